"""Inspections that a phone sends: what is taken with its findings and photographs, and what is refused."""

import base64
import io
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.test import Client
from PIL import Image

from lianfang.book.actions import Actor
from lianfang.book.registers import new_id
from lianfang.book.rights import Role
from lianfang.book.soundness import findings as unsound
from lianfang.field.models import Device
from lianfang.field.tests.builders import a_gate, a_phone
from lianfang.field.tests.phones import NOON, Phone
from lianfang.inspections import actions
from lianfang.inspections.actions import Line
from lianfang.inspections.models import Checklist, Finding, Inspection, Reinspection
from lianfang.inspections.phone_tasks import inspections_of
from lianfang.inspections.standing import Stage, standings_of
from lianfang.people.models import Body
from lianfang.people.tests.builders import a_body, an_actor, an_officer
from lianfang.places.models import Photo, Place, Spot

pytestmark = pytest.mark.django_db

HOUR = timedelta(hours=1)
LATER = (NOON + timedelta(days=1)).isoformat()


def a_photo(colour: str = "red") -> str:
    out = io.BytesIO()
    Image.new("RGB", (40, 30), colour).save(out, "JPEG")
    return base64.b64encode(out.getvalue()).decode()


def a_checklist() -> Checklist:
    return actions.publish_checklist(
        an_actor(Role.HEADQUARTERS),
        theme="卡点",
        lines=[Line("门口24小时有人", "duty", "serious"), Line("登记表齐全", "ledger", "minor")],
    )


def a_problem(answerable: Body, **values: Any) -> dict[str, Any]:
    return {
        "id": str(new_id()),
        "text": "门口无人值守",
        "kind": "duty",
        "severity": "serious",
        "body": str(answerable.pk),
        "deadline": LATER,
        **values,
    }


def inspect(phone: Phone, place: Place, **values: Any) -> str:
    data = {"place": str(place.pk), "inspectors": "李督导", "summary": "到场查看", **values}
    return phone.write("inspection", data)


def statuses(client: Client, phone: Phone) -> list[str]:
    """What is said of the last record."""
    answer = phone.send(client, phone.outbox[-1:])
    return [one.get("code") or one["status"] for one in answer["results"]]


def the_phone() -> tuple[Phone, Spot]:
    gate = a_gate()
    return a_phone(gate, an_actor(Role.HEADQUARTERS)), gate


def test_a_visit_is_taken_with_its_findings_photographs_and_deadlines(client: Client) -> None:
    phone, gate = the_phone()
    body, checklist = a_body(), a_checklist()
    first, second = checklist.items.order_by("order")
    answers = {str(first.pk): "no", str(second.pk): "yes"}
    problem = a_problem(body, item=str(first.pk), photos=[a_photo()], person="周某", requirement="补齐人员")
    spotted = a_problem(body, text="标语脱落", kind="publicity", fixed_on_spot=True)
    del spotted["deadline"]
    pk = inspect(phone, gate.place, checklist=str(checklist.pk), answers=answers, findings=[problem, spotted])
    assert statuses(client, phone) == ["stored"]
    inspection = Inspection.objects.get(pk=pk)
    assert (inspection.inspectors, inspection.answers, inspection.source) == ("李督导", answers, "phone")
    found = {one.text: one for one in inspection.findings.all()}
    serious = found["门口无人值守"]
    assert (serious.item, serious.responsible_body, serious.responsible_person) == (first, body, "周某")
    assert serious.deadline == datetime.fromisoformat(LATER)
    [photo] = Photo.objects.filter(pk__in=serious.photos)
    assert (photo.place, photo.source) == (gate.place, "phone")
    assert standings_of([found["标语脱落"].pk])[found["标语脱落"].pk].stage is Stage.CLOSED
    assert list(unsound(frozenset({"audit_chain", "record_rows", "batches", "inspections"}))) == []


def test_a_visit_sent_again_changes_nothing(client: Client) -> None:
    phone, gate = the_phone()
    inspect(phone, gate.place, findings=[a_problem(a_body(), photos=[a_photo()])])
    assert statuses(client, phone) == ["stored"]
    assert statuses(client, phone) == ["already_there"]
    assert (Inspection.objects.count(), Finding.objects.count(), Photo.objects.count()) == (1, 1, 1)


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"summary": ""}, "nothing_answered"),
        ({"problem": {"text": " "}}, "required"),
        ({"problem": {"deadline": None}}, "deadline_missing"),
        ({"problem": {"deadline": (NOON - HOUR).isoformat()}}, "period_reversed"),
        ({"problem": {"body": str(new_id())}}, "unknown_body"),
        ({"problem": {"photos": [base64.b64encode(b"no picture").decode()]}}, "not_a_photo"),
        ({"problem": {"photos": ["!!"]}}, "not_a_photo"),
        ({"checklist": str(new_id())}, "unknown_item"),
    ],
)
def test_a_visit_that_says_nothing_or_not_enough_is_refused(
    client: Client, values: dict[str, Any], code: str
) -> None:
    phone, gate = the_phone()
    given = {**values}
    if "problem" in given:
        given["findings"] = [a_problem(a_body(), **given.pop("problem"))]
    inspect(phone, gate.place, **given)
    assert statuses(client, phone) == [code]
    assert not Inspection.objects.exists()
    assert not Photo.objects.exists()


def test_a_checklist_of_which_no_line_was_seen_is_no_inspection(client: Client) -> None:
    phone, gate = the_phone()
    checklist = a_checklist()
    answers = {str(item.pk): "not_seen" for item in checklist.items.all()}
    inspect(phone, gate.place, checklist=str(checklist.pk), answers=answers)
    assert statuses(client, phone) == ["nothing_answered"]


def test_a_phone_that_the_place_enrolled_inspects_nobody(client: Client) -> None:
    phone, gate = the_phone()
    lead = an_officer(Role.PLACE_LEAD)
    Device.objects.update(officer=lead)
    inspect(phone, gate.place)
    assert statuses(client, phone) == ["may_not_inspect"]
    assert inspections_of(lead, gate.place_id) is None


def test_another_person_checks_again_and_strikes_off(client: Client) -> None:
    phone, gate = the_phone()
    inspect(phone, gate.place, findings=[a_problem(a_body())])
    statuses(client, phone)
    finding = Finding.objects.get()

    def check(guard: str, verdict: str = "closed", **values: Any) -> list[str]:
        data = {"finding": str(finding.pk), "verdict": verdict, "text": "已补齐", **values}
        phone.write("reinspection", data, guard=guard)
        return statuses(client, phone)

    assert check("王复查") == ["nothing_to_reinspect"]
    actions.rectify(
        Actor(an_officer(Role.HEADQUARTERS)), finding=finding, measures="增派两人", done_by="赵整改"
    )
    assert check("李督导") == ["same_person"]
    assert check("赵整改") == ["same_person"]
    assert check("") == ["nobody_named"]
    assert check("王复查", "reopened") == ["deadline_missing"]
    told = inspections_of(Device.objects.get().officer, gate.place_id)
    assert told
    [shown] = told["places"][0]["findings"]
    assert shown["stage"] == "to_reinspect"
    assert {"李督导", "赵整改"} <= set(shown["not_by"])
    assert check("王复查", photos=[a_photo("green")]) == ["stored"]
    assert standings_of([finding.pk])[finding.pk].stage is Stage.CLOSED
    assert Reinspection.objects.get().guard_name == "王复查"
    assert list(unsound(frozenset({"audit_chain", "record_rows", "batches", "inspections"}))) == []


def test_a_phone_knows_the_checklists_and_who_answers_at_its_place() -> None:
    _phone, gate = the_phone()
    body, checklist = a_body(), a_checklist()
    gate.place.body = body
    gate.place.save()
    told = inspections_of(Device.objects.get().officer, gate.place_id)
    assert told
    assert told["places"][0]["id"] == str(gate.place_id)
    assert told["places"][0]["bodies"] == [[str(body.pk), body.name]]
    assert [one["id"] for one in told["lists"]] == [str(checklist.pk)]
    assert [item["kind"] for item in told["lists"][0]["items"]] == ["duty", "ledger"]


@pytest.mark.parametrize("text", ["门口24小时有人", ""])
def test_a_line_found_wrong_without_own_words_says_that_it_is_not_so(client: Client, text: str) -> None:
    phone, gate = the_phone()
    checklist = a_checklist()
    item = checklist.items.get(order=min(one.order for one in checklist.items.all()))
    problem = a_problem(a_body(), item=str(item.pk), text=text)
    inspect(phone, gate.place, checklist=str(checklist.pk), answers={str(item.pk): "no"}, findings=[problem])
    assert statuses(client, phone) == ["stored"]
    assert Finding.objects.get().text == "不符合:门口24小时有人"
