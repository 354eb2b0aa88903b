"""Whoever writes past the actions is found by `lianfang check`, at the place."""

import json
from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

import pytest
from django.db import connection
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.book import audit
from lianfang.book.actions import Act, Actor, action
from lianfang.book.errors import Conflict
from lianfang.book.models import AuditEntry, AuditHead
from lianfang.book.registers import new_id
from lianfang.book.rights import Right
from lianfang.commandline import main
from lianfang.giving.models import GiftSource
from lianfang.people.models import Body, Person
from lianfang.people.tests.builders import a_body, an_actor
from tests.promises import acts
from tests.promises.building import a_record

pytestmark = pytest.mark.django_db


@action("promises.rename", says="{officer} {subject}")
def rename(act: Act, body: Body, name: str) -> Body:
    act.require(Right.KEEP_REGISTERS, body)
    return act.change(body, name=name)


@action("promises.write_down", says="{officer} {subject}")
def write_down(act: Act, *, name: str, phone: str, number: str) -> Person:
    act.anyone()
    person = Person(name=name, document_kind="passport")
    person.seal_phone(phone)
    person.seal_document_number(number)
    return act.add(person)


@action("promises.forgets_to_ask", says="{officer} {subject}")
def forgets_to_ask(act: Act, body: Body) -> Body:
    return act.change(body, remark="没有问过权限")


@action("promises.stumbles", says="{officer} {subject}")
def stumbles(act: Act, body: Body) -> None:
    act.anyone()
    act.change(body, remark="改了一半")
    raise RuntimeError("stumbled")


@action("promises.strike", says="{officer} {subject}")
def strike(act: Act, body: Body) -> None:
    act.anyone()
    act.strike(body)


def a_chain(length: int = 6) -> Actor:
    actor, body = an_actor(), a_body()
    for number in range(length):
        rename(actor, Body.objects.get(pk=body.pk), f"第{number}次改名")
    return actor


def sql(statement: str, *values: object) -> None:
    with connection.cursor() as cursor:
        cursor.execute(statement, values)


def findings() -> list[tuple[int, str]]:
    return [(found.sequence, found.reason) for found in audit.breaks()]


def sequences() -> list[int]:
    return list(AuditEntry.objects.order_by("sequence").values_list("sequence", flat=True))


def test_a_chain_that_nobody_touched_holds() -> None:
    a_chain()
    assert findings() == []


COLUMNS: list[tuple[str, object]] = [
    ("at", "2020-01-01 00:00:00+00:00"),
    ("act", "00000000000070008000000000000000"),
    ("action", "another"),
    ("officer_id", None),
    ("officer_name", "别人"),
    ("origin", "api"),
    ("address", "10.0.0.9"),
    ("subject_kind", "people.person"),
    ("subject_id", "0"),
    ("subject_name", "别的单位"),
    ("values", json.dumps({"new": {"name": "另一个"}})),
]


@pytest.mark.parametrize(("column", "value"), COLUMNS, ids=[column for column, _value in COLUMNS])
def test_an_edited_column_is_found_at_its_entry(column: str, value: object) -> None:
    a_chain()
    place = sequences()[2]
    sql(f'UPDATE book_auditentry SET "{column}" = %s WHERE sequence = %s', value, place)
    assert findings() == [(place, "edited")]


def test_every_column_of_an_entry_is_attacked_here() -> None:
    attacked = {column for column, _value in COLUMNS} | {"sequence", "previous", "digest"}
    assert {field.column for field in AuditEntry._meta.concrete_fields} == attacked


@settings(max_examples=10)
@given(st.integers(0, 5))
def test_a_deleted_entry_is_found_wherever_it_stood(which: int) -> None:
    from django.db import transaction

    with transaction.atomic():
        a_chain()
        gone = sequences()[-6:][which]
        last = sequences()[-1]
        sql("DELETE FROM book_auditentry WHERE sequence = %s", gone)
        assert findings()[0] == (gone, "end_missing" if gone == last else "missing")
        transaction.set_rollback(True)


def test_entries_cut_off_at_the_end_are_found() -> None:
    a_chain()
    keep = sequences()[3]
    sql("DELETE FROM book_auditentry WHERE sequence > %s", keep)
    assert findings() == [(keep + 1, "end_missing")]


def test_an_entry_slipped_in_is_found() -> None:
    a_chain()
    last = AuditEntry.objects.order_by("-sequence").first()
    assert last is not None
    last.sequence += 1
    last.previous = last.digest
    last.digest = audit.digest_of_entry(last)
    last.save(force_insert=True)
    assert findings() == [(last.sequence + 1, "end_missing")]


def test_two_entries_that_change_places_are_found() -> None:
    a_chain()
    first, second = AuditEntry.objects.order_by("sequence")[1:3]
    for place, other in ((first.sequence, second), (second.sequence, first)):
        sql("UPDATE book_auditentry SET subject_name = %s WHERE sequence = %s", other.subject_name, place)
        sql("UPDATE book_auditentry SET digest = %s WHERE sequence = %s", other.digest, place)
    assert {(first.sequence, "edited"), (second.sequence, "edited")} <= set(findings())


def test_an_entry_edited_with_its_digest_made_anew_breaks_the_link_to_the_next() -> None:
    a_chain()
    entry = AuditEntry.objects.order_by("sequence")[2]
    entry.officer_name = "别人"
    entry.digest = audit.digest_of_entry(entry)
    entry.save()
    assert findings() == [(entry.sequence + 1, "not_linked")]


def test_a_head_set_back_does_not_hide_a_cut() -> None:
    a_chain()
    keep = AuditEntry.objects.order_by("sequence")[3]
    AuditHead.objects.update(sequence=keep.sequence, digest=keep.digest)
    assert findings() == [(sequences()[-1] + 1, "end_missing")]


def test_check_names_the_place_and_ends_with_one(capsys: pytest.CaptureFixture[str]) -> None:
    a_chain()
    place = sequences()[1]
    sql("UPDATE book_auditentry SET officer_name = 'x' WHERE sequence = %s", place)
    assert main(["check", "--json", "--only", "audit_chain"]) == 1
    printed = json.loads(capsys.readouterr().out)
    assert printed["sound"] is False
    assert [finding["subject"] for finding in printed["findings"]] == [f"audit:{place}"]


TAMPERING: list[tuple[str, Callable[[UUID], None]]] = [
    ("改动", lambda pk: sql("UPDATE giving_giftsource SET title = 'x' WHERE id = %s", _stored(pk))),
    ("不见", lambda pk: sql("DELETE FROM giving_giftsource WHERE id = %s", _stored(pk))),
]


def _stored(pk: UUID) -> object:
    return pk if connection.vendor == "postgresql" else pk.hex


@pytest.mark.parametrize(("word", "tamper"), TAMPERING, ids=["changed", "deleted"])
def test_a_record_changed_past_the_actions_is_found(
    word: str, tamper: Callable[[UUID], None], capsys: pytest.CaptureFixture[str]
) -> None:
    actor = an_actor()
    record = acts.add(actor, a_record(GiftSource, actor.officer))
    tamper(record.pk)
    assert main(["check", "--only", "record_rows"]) == 1
    printed = capsys.readouterr().out
    assert f"giving.giftsource:{record.pk}" in printed
    assert word in printed


def test_a_record_that_no_action_wrote_is_found(capsys: pytest.CaptureFixture[str]) -> None:
    actor = an_actor()
    record = a_record(GiftSource, actor.officer)
    record.save()
    assert main(["check", "--only", "record_rows"]) == 1
    assert f"giving.giftsource:{record.pk}" in capsys.readouterr().out


def test_an_action_that_raises_writes_nothing() -> None:
    actor, body = a_chain(1), a_body()
    before, history = sequences(), body.history.count()
    with pytest.raises(RuntimeError):
        stumbles(actor, body)
    assert (sequences(), Body.objects.get(pk=body.pk).remark) == (before, "")
    assert body.history.count() == history


def test_an_action_that_asks_for_no_right_fails_and_writes_nothing() -> None:
    actor, body = a_chain(1), a_body()
    before = sequences()
    with pytest.raises(AssertionError, match="has not asked for a right"):
        forgets_to_ask(actor, body)
    assert (sequences(), Body.objects.get(pk=body.pk).remark) == (before, "")


def test_a_change_from_a_stale_reading_is_a_conflict() -> None:
    actor, body = an_actor(), a_body("甲厂")
    stale = Body.objects.get(pk=body.pk)
    rename(actor, body, "乙厂")
    with pytest.raises(Conflict):
        rename(actor, stale, "丙厂")
    assert Body.objects.get(pk=body.pk).name == "乙厂"


def test_a_line_that_was_struck_keeps_its_name_and_id_in_the_log() -> None:
    actor, body = an_actor(), a_body("要删的企业")
    pk = str(body.pk)
    strike(actor, body)
    entry = AuditEntry.objects.get(action="promises.strike")
    assert (entry.subject_id, entry.subject_name) == (pk, "要删的企业")
    assert entry.values["old"]["name"] == "要删的企业"


def test_each_act_has_a_moment_of_its_own_even_when_the_clock_is_set_back(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    actor, body = an_actor(), a_body()
    rename(actor, body, "先改")
    then = AuditEntry.objects.get(action="promises.rename").at
    monkeypatch.setattr("lianfang.book.audit.timezone.now", lambda: then - timedelta(seconds=5))
    rename(actor, Body.objects.get(pk=body.pk), "后改")
    moments = list(AuditEntry.objects.order_by("sequence").values_list("at", flat=True))
    assert moments == sorted(set(moments))


NUMBER, PHONE = "E12345678", "13912345678"


def test_no_number_or_phone_stands_in_clear_in_log_or_history() -> None:
    actor = an_actor()
    person = write_down(actor, name="喆某", phone=PHONE, number=NUMBER)
    strike(actor, person)  # type: ignore[arg-type]
    everything = json.dumps(list(AuditEntry.objects.values()), default=str, ensure_ascii=False)
    everything += json.dumps(list(Person.history.values()), default=str, ensure_ascii=False)
    assert "喆某" in everything
    for secret in (NUMBER, PHONE, PHONE[-4:]):
        assert secret not in everything.replace(str(person.pk), "")
    logged = AuditEntry.objects.get(action="promises.write_down").values["new"]
    assert {logged[name] for name in Person.personal} == {audit.MASK}


@pytest.mark.parametrize("text", ["甲\x00乙", "半个\ud83d"])
def test_a_text_that_no_database_keeps_is_refused_at_its_field(text: str) -> None:
    from django.core.exceptions import ValidationError

    actor, body = an_actor(), a_body()
    with pytest.raises(ValidationError) as refused:
        rename(actor, body, text)
    assert refused.value.error_dict["name"][0].code == "unstorable_text"


def test_a_row_keeps_its_digest_through_the_database() -> None:
    """Numbers, times and nested values come back from any database in the form that was digested."""
    actor = an_actor()
    unread = [{"start": 1, "share": 0.1, "whole": 2.0, "big": 1e16, "text": "余\u200b"}]
    source = acts.add(actor, a_record(GiftSource, actor.officer, unread=unread, id=new_id()))
    assert audit.digest_of_row(source) == audit.digest_of_row(GiftSource.objects.get(pk=source.pk))
    assert findings() == []
