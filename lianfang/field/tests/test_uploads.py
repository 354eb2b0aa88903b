"""A batch from a phone: each record is stored once, refused with a reason, or waits."""

from datetime import UTC, datetime, timedelta

import pytest
from django.test import Client

from lianfang.book.models import AuditEntry
from lianfang.book.registers import new_id
from lianfang.book.soundness import findings
from lianfang.field.actions import revoke_device
from lianfang.field.models import Device, DeviceChain, RefusedArrival, Upload
from lianfang.field.tests.builders import a_gate, a_household, a_phone, a_place, a_resident
from lianfang.field.tests.phones import NOON, WALKS, days, post, statuses
from lianfang.gates.models import HealthIncident, IncidentStep, Passage, Temperature
from lianfang.people.tests.builders import an_actor

pytestmark = pytest.mark.django_db


def test_a_batch_of_every_kind_is_stored(client: Client) -> None:
    gate = a_gate()
    household = a_household(gate.place)
    person = a_resident(household)
    phone = a_phone(gate)
    passage = phone.passes(
        person=str(person.pk), household=str(household.pk), category="resident", tenths=380, outcome="held"
    )
    phone.write("temperature", {"encounter": passage, "tenths": 375, "body_site": "axillary"})
    incident = phone.write("incident", {"encounter": passage, "person": str(person.pk), "name": "张某某"})
    phone.write("incident_step", {"incident": incident, "kind": "leader_told", "told_to": "李某某"})
    answer = phone.send(client)
    assert (answer["http"], statuses(answer)) == (200, ["stored"] * 4)
    assert answer["gaps"] == []
    assert answer["next_seq"] == 5
    stored = Passage.objects.get()
    assert (stored.gate, stored.person, stored.guard_name, str(stored.root_id)) == (
        gate,
        person,
        "王某某",
        passage,
    )
    assert stored.happened_at == NOON
    assert sorted(str(one.celsius) for one in Temperature.objects.all()) == ["37.5", "38.0"]
    assert HealthIncident.objects.get().steps.get().kind == "leader_told"
    assert list(findings(WALKS)) == []


def test_numbers_and_phones_are_sealed_and_found(client: Client) -> None:
    phone = a_phone()
    number = "110101199003077475"
    first = phone.passes(document_number=number, phone="138 0000 0000")
    phone.write(
        "passage",
        {"direction": "in", "category": "visitor", "outcome": "refused", "name": "张某", "reason": "写错"},
        corrects=first,
    )
    assert statuses(phone.send(client)) == ["stored"] * 2
    old, new = Passage.objects.order_by("received_at")
    assert number not in old.document_number
    assert (new.document_index, new.document_number) == (old.document_index, old.document_number)
    assert list(Passage.objects.current()) == [new]


def test_one_audit_entry_stands_for_the_batch(client: Client) -> None:
    phone = a_phone()
    before = AuditEntry.objects.count()
    for _index in range(5):
        phone.passes(tenths=365)
    phone.send(client)
    entry = AuditEntry.objects.first()
    assert AuditEntry.objects.count() == before + 1
    assert entry is not None
    assert entry.values["rows"]["gates.passage"]["count"] == 5
    assert entry.values["rows"]["gates.temperature"]["count"] == 5


@pytest.mark.parametrize(
    "change",
    [
        "UPDATE gates_passage SET name = 'x'",
        "DELETE FROM gates_passage",
        "UPDATE gates_passage SET upload = NULL",
    ],
)
def test_a_row_that_was_changed_past_the_actions_is_found(client: Client, change: str) -> None:
    from django.db import connection

    phone = a_phone()
    phone.passes()
    phone.passes()
    phone.send(client)
    with connection.cursor() as cursor:
        cursor.execute(change)
    assert {finding.code for finding in findings(WALKS)} & {"batches", "record_rows"}


def test_what_comes_twice_is_stored_once(client: Client) -> None:
    phone = a_phone()
    phone.passes(tenths=365)
    phone.passes()
    phone.send(client)
    again = phone.send(client, phone.outbox + phone.outbox)
    assert statuses(again) == ["already_there"] * 4
    assert Passage.objects.count() == 2
    assert list(findings(WALKS)) == []


def test_twice_in_one_batch_is_stored_once(client: Client) -> None:
    phone = a_phone()
    phone.passes()
    phone.passes(household=str(new_id()))
    answer = phone.send(client, [*phone.outbox, *phone.outbox])
    assert statuses(answer) == ["stored", "unknown_household", "already_there", "unknown_household"]
    assert Passage.objects.count() == 1


def test_records_come_in_any_order_and_gaps_are_named(client: Client) -> None:
    phone = a_phone()
    for _index in range(10):
        phone.passes()
    box = phone.outbox
    answer = phone.send(client, [box[8], box[9], box[3]])
    assert statuses(answer) == ["stored"] * 3
    assert answer["gaps"] == [[1, 3], [5, 8]]
    assert answer["next_seq"] == 11
    assert phone.send(client, box[4:8])["gaps"] == [[1, 3]]
    assert phone.send(client, [box[2], box[0], box[1]])["gaps"] == []
    chain = DeviceChain.objects.get()
    assert (chain.next_sequence, chain.head, chain.pieces) == (11, phone.head, [])
    assert Passage.objects.count() == 10


def test_a_correction_that_overtakes_waits_for_what_it_corrects(client: Client) -> None:
    phone = a_phone()
    first = phone.passes()
    undone = {
        "direction": "in",
        "category": "visitor",
        "outcome": "admitted",
        "name": "张某某",
        "reason": "误登",
        "withdrawn": True,
    }
    phone.write("passage", undone, corrects=first)
    answer = phone.send(client, phone.outbox[1:])
    assert [(one["status"], one["code"]) for one in answer["results"]] == [("stored", "waiting")]
    assert Passage.objects.count() == 0
    assert statuses(phone.send(client, phone.outbox[1:])) == ["waiting"]
    assert statuses(phone.send(client, phone.outbox[:1])) == ["stored"]
    assert Passage.objects.count() == 2
    assert not Passage.objects.current().exists()
    assert not RefusedArrival.objects.current().exists()
    assert statuses(phone.send(client)) == ["already_there"] * 2
    assert list(findings(WALKS)) == []


def test_a_correction_of_what_never_comes_is_refused_when_there_is_no_gap(client: Client) -> None:
    phone = a_phone()
    phone.passes()
    undone = {
        "direction": "in",
        "category": "visitor",
        "outcome": "admitted",
        "name": "张某某",
        "reason": "误登",
        "withdrawn": True,
    }
    phone.write("passage", undone, corrects=str(new_id()))
    phone.send(client, phone.outbox[1:])
    phone.send(client, phone.outbox[:1])
    assert RefusedArrival.objects.current().get().code == "unknown_record"
    assert DeviceChain.objects.get().waiting == 0
    assert statuses(phone.send(client)) == ["already_there", "unknown_record"]


def test_a_record_that_does_not_fit_the_chain_is_refused_and_the_true_one_still_taken(client: Client) -> None:
    phone = a_phone()
    phone.passes()
    phone.send(client)
    genuine_head = phone.head
    phone.head = "ab" * 32
    phone.passes(name="假")
    forged = phone.outbox.pop()
    assert statuses(phone.send(client, [forged])) == ["chain_broken"]
    phone.sequence, phone.head = 1, genuine_head
    phone.passes(name="真")
    assert statuses(phone.send(client)) == ["already_there", "stored"]
    assert statuses(phone.send(client, [forged])) == ["chain_broken"]
    assert sorted(Passage.objects.values_list("name", flat=True)) == sorted(["张某某", "真"])


def test_another_record_under_a_number_that_is_taken_is_refused(client: Client) -> None:
    phone = a_phone()
    phone.passes()
    phone.send(client)
    phone.sequence, phone.head = 0, "0" * 64
    phone.passes(name="另一个")
    assert statuses(phone.send(client, phone.outbox[1:])) == ["sequence_taken"]
    assert statuses(phone.send(client, phone.outbox[1:])) == ["sequence_taken"]
    assert RefusedArrival.objects.count() == 1


def test_a_refused_record_is_kept_sealed_and_the_next_ones_go_on(client: Client) -> None:
    phone = a_phone()
    phone.passes(gate=str(a_gate().pk), name="别处")
    phone.passes()
    answer = phone.send(client)
    assert statuses(answer) == ["other_place", "stored"]
    assert answer["results"][0]["message"]
    line = RefusedArrival.objects.get()
    assert "别处" not in line.content
    assert line.device_sequence == 1
    assert statuses(phone.send(client)) == ["other_place", "already_there"]
    assert RefusedArrival.objects.count() == 1
    assert list(findings(WALKS)) == []


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("17", "envelope_unreadable"),
        ('{"id":"nonsense"}', "envelope_unreadable"),
        ("[" * 600 + "]" * 600, "envelope_unreadable"),
    ],
)
def test_an_unreadable_record_is_refused_alone(client: Client, text: str, code: str) -> None:
    phone = a_phone()
    phone.passes()
    assert statuses(phone.send(client, [text, *phone.outbox])) == [code, "stored"]
    assert statuses(phone.send(client, [text])) == [code]
    assert RefusedArrival.objects.count() == 1


def test_what_a_record_carries_is_checked(client: Client) -> None:
    phone = a_phone()
    phone.write("dance", {})
    phone.passes(direction="up")
    phone.passes(nonsense=1)
    phone.passes(name="\x00")
    phone.passes(tenths=4000)
    phone.passes(at=datetime.now(UTC) + timedelta(days=9))
    phone.passes(at=datetime(1970, 1, 1, tzinfo=UTC))
    phone.passes(person=str(new_id()))
    phone.passes(entry_pass=str(new_id()))
    assert statuses(phone.send(client)) == [
        "unknown_type",
        "content_unreadable",
        "content_unreadable",
        "unstorable_text",
        "content_unreadable",
        "implausible_time",
        "implausible_time",
        "unknown_person",
        "unknown_pass",
    ]
    assert Passage.objects.count() == 0
    assert RefusedArrival.objects.count() == 9
    assert list(findings(WALKS)) == []


def test_a_clock_that_jumps_by_a_day_loses_nothing_and_is_seen(client: Client) -> None:
    phone = a_phone()
    now = datetime.now(UTC)
    phone.passes(at=now)
    phone.passes(at=now + days(1))
    phone.passes(at=now - days(1))
    answer = post(client, phone.token, phone.batch(sent_at=now + days(1)))
    assert statuses(answer) == ["stored"] * 3
    assert abs(answer["clock_offset_ms"] + 86_400_000) < 60_000
    upload = Upload.objects.get()
    assert upload.clock_offset_ms == answer["clock_offset_ms"]
    assert upload.clock_went_back == 1


def test_a_revoked_device_is_refused_at_once_also_what_it_sent_before(client: Client) -> None:
    phone = a_phone()
    phone.passes()
    phone.send(client)
    device = Device.objects.get()
    revoke_device(an_actor(), device=device, why="手机丢失")
    phone.passes()
    answer = phone.send(client)
    assert (answer["http"], answer["code"]) == (401, "device_revoked")
    assert Passage.objects.count() == 1


def test_a_remembered_device_that_is_revoked_is_refused_at_once(client: Client) -> None:
    phone = a_phone()
    phone.passes()
    phone.send(client)
    revoke_device(an_actor(), device=Device.objects.get(), why="手机丢失")
    response = client.post(
        "/api/field/records",
        phone.batch(),
        content_type="application/json",
        headers={"authorization": f"Bearer {phone.token}"},
    )
    assert (response.status_code, response.json()["code"]) == (401, "device_revoked")


@pytest.mark.parametrize(("token", "code"), [("", "token_missing"), ("nonsense", "token_unknown")])
def test_without_a_token_nothing_is_taken(client: Client, token: str, code: str) -> None:
    phone = a_phone()
    phone.passes()
    answer = post(client, token, phone.batch())
    assert (answer["http"], answer["code"]) == (401, code)
    assert Passage.objects.count() == 0


def test_the_token_of_another_device_does_not_send_for_this_one(client: Client) -> None:
    phone, other = a_phone(), a_phone()
    phone.passes()
    answer = post(client, other.token, phone.batch())
    assert (answer["http"], answer["code"]) == (403, "device_mismatch")


@pytest.mark.parametrize(
    "body", [b"", b"\x00\xff", b"{", b"[]", b'{"device":1}', b"[" * 100_000, "你好".encode("gb18030")]
)
def test_garbage_is_refused_as_a_whole(client: Client, body: bytes) -> None:
    answer = post(client, a_phone().token, body)
    assert (answer["http"], answer["code"]) == (400, "batch_unreadable")
    assert not Upload.objects.exists()


def test_a_batch_may_be_compressed_but_not_explode(client: Client) -> None:
    phone = a_phone()
    phone.passes()
    assert statuses(phone.send(client, compressed=True)) == ["stored"]
    bomb = post(client, phone.token, b" " * (11 * 1024 * 1024), compressed=True)
    assert (bomb["http"], bomb["code"]) == (413, "batch_too_large")
    broken = post(client, phone.token, b"no gzip", **{"content-encoding": "gzip"})
    assert (broken["http"], broken["code"]) == (400, "not_gzip")


def test_a_batch_of_more_than_ten_megabytes_is_refused(client: Client) -> None:
    phone = a_phone()
    answer = post(client, phone.token, b" " * (10 * 1024 * 1024 + 1))
    assert (answer["http"], answer["code"]) == (413, "batch_too_large")


def test_an_empty_batch_tells_where_the_chain_stands(client: Client) -> None:
    phone = a_phone()
    phone.passes()
    phone.send(client)
    answer = phone.send(client, [])
    assert (answer["results"], answer["next_seq"]) == ([], 2)
    assert Upload.objects.count() == 1


def test_a_record_of_a_phone_that_was_enrolled_again_is_there_already(client: Client) -> None:
    gate = a_gate()
    old, new = a_phone(gate), a_phone(gate)
    first = old.passes()
    old.send(client)
    new.passes()
    new.outbox.clear()
    new.sequence, new.head = 0, "0" * 64
    new.write(
        "passage",
        {"direction": "in", "category": "visitor", "outcome": "admitted", "name": "张某某"},
        id=first,
    )
    assert statuses(new.send(client)) == ["already_there"]


def test_an_id_that_is_another_record_is_refused(client: Client) -> None:
    place = a_place()
    old, new = a_phone(a_gate(place)), a_phone(a_gate(place))
    first = old.passes()
    old.send(client)
    content = {"direction": "in", "category": "visitor", "outcome": "admitted"}
    new.write("passage", content, id=first, at=NOON + timedelta(minutes=1))
    assert statuses(new.send(client)) == ["record_id_taken"]


def test_steps_of_a_case_of_another_place_are_refused(client: Client) -> None:
    here, there = a_phone(), a_phone()
    incident = here.write("incident", {"name": "张某某"})
    here.send(client)
    there.write("incident_step", {"incident": incident, "kind": "closed"})
    there.write("incident_step", {"incident": str(new_id()), "kind": "closed"})
    assert statuses(there.send(client)) == ["other_place", "unknown_record"]
    assert not IncidentStep.objects.exists()


def test_records_in_a_row_need_not_say_what_is_before_them(client: Client) -> None:
    phone = a_phone()
    for _index in range(5):
        phone.passes(tenths=365)
    assert statuses(post(client, phone.token, phone.batch(short=True))) == ["stored"] * 5
    assert DeviceChain.objects.get().head == phone.head
    assert statuses(phone.send(client)) == ["already_there"] * 5


def test_what_does_not_follow_the_record_before_it_is_refused(client: Client) -> None:
    phone = a_phone()
    for _index in range(3):
        phone.passes()
    body = phone.batch([phone.outbox[0], phone.outbox[2]], short=True)
    assert statuses(post(client, phone.token, body)) == ["stored", "stored"]
    phone.passes()
    assert statuses(post(client, phone.token, phone.batch(phone.outbox[1:2]))) == ["chain_broken"]
    alone = phone.batch([phone.outbox[3].replace('"prev":"', '"none":"')])
    assert statuses(post(client, phone.token, alone)) == ["envelope_unreadable"]
