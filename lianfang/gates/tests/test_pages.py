"""The desk pages of the gates: who opens which, what stands there, what is logged."""

import re
from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lianfang.book.models import ExportEntry, ReadEntry
from lianfang.book.rights import Role
from lianfang.desk.banners import banners_for
from lianfang.desk.panels import panels_for
from lianfang.desk.today import items_for
from lianfang.gates.models import HealthIncident, IncidentStep, PaperSheet, Passage, StepKind, Temperature
from lianfang.gates.tests.builders import (
    a_case,
    a_gate,
    a_household,
    a_keeper,
    a_passage,
    a_place,
    a_resident,
)
from lianfang.people.models import Officer
from lianfang.people.tests.builders import a_person, a_response, an_officer

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _county() -> None:
    a_response()
    a_gate()


def signed_in(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def lead(role: str = Role.PLACE_LEAD) -> Client:
    return signed_in(a_keeper(role).officer)


def text_of(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(f"gates:{name}", args=args), query, follow=True)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


def test_every_page_opens_for_the_lead_of_the_place() -> None:
    person = a_resident("王一")
    passage = a_passage(person, celsius="36.5")
    case = a_case()
    client = lead()
    gate = a_gate()
    pages: list[tuple[str, object]] = [
        ("register", gate.pk),
        ("enter", gate.pk),
        ("enter_vehicle", gate.pk),
        ("passage", passage.root_id),
        ("correct", passage.root_id),
        ("withdraw", passage.root_id),
        ("person", person.pk),
        ("incident", case.root_id),
    ]
    for name in (
        "today",
        "inside",
        "differences",
        "incidents",
        "report_incident",
        "papers",
        "sheets",
        "begin_sheet",
    ):
        text_of(client, name)
    for name, key in pages:
        text_of(client, name, key)
    assert "王一" in text_of(client, "enter_household", gate.pk, room="3-2-501")


@pytest.mark.parametrize("name", ["today", "inside", "incidents", "papers"])
def test_a_reader_of_the_book_does_not_read_the_gates(name: str) -> None:
    client = signed_in(an_officer(Role.READER))
    assert client.get(reverse(f"gates:{name}")).status_code == 403


def test_the_lead_of_another_place_finds_nothing_here() -> None:
    passage, case = a_passage(name="张访客"), a_case()
    client = signed_in(a_keeper(Role.PLACE_LEAD, a_place("另一小区")).officer)
    for name, key in (("register", a_gate().pk), ("passage", passage.root_id), ("incident", case.root_id)):
        assert client.get(reverse(f"gates:{name}", args=[key])).status_code == 404
    assert "张访客" not in text_of(client, "today")


def test_a_person_is_registered_from_the_desk() -> None:
    person = a_resident("王一")
    answer = lead().post(
        reverse("gates:enter", args=[a_gate().pk]),
        {
            "direction": "in",
            "happened_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
            "name": "王一",
            "address": "3-2-501",
            "readings": "365",
            "exposure": "no",
            "outcome": "admitted",
        },
    )
    assert answer.status_code == 302
    passage = Passage.objects.get()
    assert (passage.person, passage.answers) == (person, {"exposure": "no"})
    assert str(Temperature.objects.get().celsius) == "36.5"


def test_what_was_typed_stays_when_something_is_wrong() -> None:
    answer = lead().post(
        reverse("gates:enter", args=[a_gate().pk]),
        {
            "direction": "in",
            "happened_at": "2020-02-10T08:05",
            "name": "张访客",
            "readings": "46",
            "outcome": "admitted",
        },
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "体温应在 34.0 至 43.0" in page
    assert 'value="张访客"' in page
    assert not Passage.objects.exists()


def test_a_household_goes_out_together() -> None:
    people = [a_resident("王一"), a_resident("王二")]
    household = a_household()
    data = {
        "direction": "out",
        "happened_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
        "outcome": "admitted",
    }
    for person in people:
        data |= {f"with_{person.pk.hex}": "on", f"celsius_{person.pk.hex}": "36.6"}
    url = reverse("gates:enter_household", args=[a_gate().pk])
    assert lead().post(f"{url}?room={household.label}", data).status_code == 302
    assert Passage.objects.values("party").distinct().count() == 1
    assert Temperature.objects.count() == 2


def test_a_vehicle_is_registered_with_everybody_on_board() -> None:
    data = {
        "direction": "in",
        "happened_at": timezone.localtime().strftime("%Y-%m-%dT%H:%M"),
        "plate": "鲁md12345",
        "outcome": "admitted",
        "on-TOTAL_FORMS": "2",
        "on-INITIAL_FORMS": "0",
        "on-0-name": "赵师傅",
        "on-0-readings": "366",
        "on-1-name": "钱师傅",
        "on-1-readings": "正常",
    }
    assert lead().post(reverse("gates:enter_vehicle", args=[a_gate().pk]), data).status_code == 302
    assert Passage.objects.count() == 3
    assert Temperature.objects.count() == 2


def test_reading_a_persons_passages_is_logged() -> None:
    person = a_resident("王一")
    a_passage(person)
    text_of(lead(), "person", person.pk)
    assert ReadEntry.objects.get().person_id == person.pk


def test_the_register_of_a_gate_opens_on_today_and_exports_masked() -> None:
    a_passage(name="张大方")
    a_passage(name="李古人", at=timezone.now() - timedelta(days=3))
    client, url = lead(), reverse("gates:register", args=[a_gate().pk])
    page = client.get(url, follow=True)
    assert ("张大方" in page.content.decode(), "李古人" in page.content.decode()) == (True, False)
    table = client.post(f"{url}?at_from=2000-01-01", {"export": "csv", "purpose": "报县指挥部"})
    assert "张*方" in table.content.decode("utf-8-sig")
    assert ExportEntry.objects.get().masked


def test_an_open_case_stands_on_every_page_of_those_who_handle_it() -> None:
    case = a_case()
    leader, reader = a_keeper(Role.DUTY_LEADER).officer, an_officer(Role.READER)
    page = signed_in(leader).get(reverse("home")).content.decode()
    assert "1 起发热等异常事件未结案" in page
    assert reverse("gates:incident", args=[case.root_id]) in page
    assert not banners_for(reader, a_response())


def test_a_late_step_is_late_work() -> None:
    a_case(at=timezone.now() - timedelta(hours=1))
    items = items_for(a_keeper(Role.DUTY_LEADER).officer, a_response())
    assert any("超时" in str(item.title) and item.urgency == 0 for item in items)


def test_a_case_is_walked_on_its_page() -> None:
    case = a_case()
    client, url = lead(), reverse("gates:incident", args=[case.root_id])
    assert client.post(url, {"kind": "recheck"}).status_code == 422
    assert client.post(url, {"kind": "recheck", "celsius": "379"}).status_code == 302
    assert client.post(url, {"kind": "outcome", "result": "ruled_out"}).status_code == 302
    assert client.post(url, {"kind": "closed"}).status_code == 302
    assert "已结案" in text_of(client, "incident", case.root_id)
    assert IncidentStep.objects.filter(kind=StepKind.RECHECK).get().temperature


def test_the_slip_for_the_clinic_is_a_pdf_and_is_logged() -> None:
    passage = a_passage(a_resident("王一"), celsius="38.1", outcome="held", reasons=["发热"])
    case = HealthIncident.objects.get(encounter=passage.root_id)
    answer = lead().get(reverse("gates:slip", args=[case.root_id]))
    assert answer.content.startswith(b"%PDF")
    assert "移交" in ReadEntry.objects.get().purpose


def test_held_without_a_case_is_shown_and_opened_by_one_click() -> None:
    from lianfang.gates.tests.test_checks import change

    passage = a_passage(name="张访客")
    change(Passage, passage.pk, outcome="held")
    client = lead()
    assert "张访客" in text_of(client, "incidents")
    client.post(reverse("gates:open_incident", args=[passage.root_id]))
    assert HealthIncident.objects.get().name == "张访客"


def test_the_contact_question_asks_for_a_purpose_and_is_logged() -> None:
    ill = a_resident("病例甲")
    a_passage(ill)
    a_passage(name="张同行")
    headquarters = signed_in(an_officer(Role.HEADQUARTERS))
    asked = {"person": str(ill.pk), "minutes": "10", "days": "14", "purpose": ""}
    refused = headquarters.post(reverse("gates:contacts"), asked)
    assert refused.status_code == 422
    assert not ReadEntry.objects.exists()
    answer = headquarters.post(reverse("gates:contacts"), asked | {"purpose": "县疾控中心流调"})
    assert "张同行" in answer.content.decode()
    assert ReadEntry.objects.get().purpose == "县疾控中心流调"
    table = headquarters.post(
        reverse("gates:contacts"), asked | {"purpose": "县疾控中心流调", "export": "xlsx"}
    )
    assert table["Content-Type"].startswith("application/vnd.openxml")
    assert ExportEntry.objects.get().masked


def test_a_place_lead_does_not_trace_contacts() -> None:
    assert lead().get(reverse("gates:contacts")).status_code == 403


def test_blank_sheets_are_numbered_and_filled_ones_logged() -> None:
    a_passage(name="张访客")
    client, url, gate = lead(), reverse("gates:papers"), str(a_gate().pk)
    blank = client.post(url, {"blank": "1", "blank-gate": gate, "blank-kind": "persons", "blank-count": "2"})
    assert blank.content.startswith(b"%PDF")
    assert PaperSheet.objects.count() == 2
    day = {
        "filled": "1",
        "day-gate": gate,
        "day-kind": "persons",
        "day-day": timezone.localdate().isoformat(),
    }
    assert client.post(url, day).status_code == 422
    filled = client.post(url, day | {"day-purpose": "报街道"})
    assert filled.content.startswith(b"%PDF")
    assert ExportEntry.objects.get().row_count == 1


def a_sheet_at(client: Client) -> PaperSheet:
    client.post(
        reverse("gates:begin_sheet"),
        {"gate": str(a_gate().pk), "kind": "persons", "number": "a-1", "day": "2020-02-10"},
    )
    return PaperSheet.objects.get(number="A-1")


def test_a_sheet_saves_what_is_right_and_says_what_is_wrong_at_its_cell() -> None:
    client = lead()
    sheet = a_sheet_at(client)
    answer = client.post(
        reverse("gates:sheet", args=[sheet.pk]),
        {
            "r1_time_in": "805",
            "r1_name": "张访客",
            "r1_purpose": "送货",
            "r2_time_in": "810",
            "r2_name": "李访客",
            "r2_purpose": "〃",
            "r3_time_in": "八点",
            "r3_name": "赵访客",
        },
    )
    page = answer.content.decode()
    assert answer.status_code == 422
    assert set(Passage.objects.values_list("name", "purpose")) == {("张访客", "送货"), ("李访客", "送货")}
    assert re.search(r'name="r3_time_in" value="八点"[^>]*aria-invalid', page)
    assert 'value="赵访客"' in page
    assert page.count("data-saved\n") + page.count("data-saved>") == 2


def test_one_row_is_saved_alone_and_comes_back_as_saved() -> None:
    client = lead()
    sheet = a_sheet_at(client)
    url = reverse("gates:sheet_row", args=[sheet.pk, 1])
    row = {"r1_time_in": "805", "r1_name": "张访客", "r1_phone": "13800001111"}
    saved = client.post(url, row).content.decode()
    assert "data-saved" in saved
    assert "13800001111" not in saved
    assert client.post(url, row).status_code == 200
    assert Passage.objects.count() == 1


def test_the_same_crossing_is_asked_about_and_written_only_when_told() -> None:
    client = lead()
    sheet = a_sheet_at(client)
    first = {"r1_time_in": "805", "r1_name": "张访客"}
    client.post(reverse("gates:sheet_row", args=[sheet.pk, 1]), first)
    url = reverse("gates:sheet_row", args=[sheet.pk, 2])
    second = {"r2_time_in": "805", "r2_name": "张访客"}
    answer = client.post(url, second)
    assert answer.status_code == 422
    assert "仍要登记" in answer.content.decode()
    assert client.post(url, second | {"r2_again": "on"}).status_code == 200
    assert Passage.objects.count() == 2


def test_people_of_the_place_are_offered_while_one_types() -> None:
    a_resident("王一", "3-2-501")
    a_person("王外人")
    found = lead().get(reverse("gates:find", args=[a_gate().pk]), {"q": "王"}).json()["choices"]
    assert [(one["name"], one["detail"]) for one in found] == [("王一", "3-2-501")]


def test_the_number_of_queries_does_not_grow_with_the_gates_and_passages(
    django_assert_max_num_queries: object,
) -> None:
    for number in range(4):
        a_passage(name=f"访客{number}", gate=a_gate(f"{number}号门"))
    client = lead()
    with django_assert_max_num_queries(40):  # type: ignore[operator]
        text_of(client, "today")


def test_the_page_of_a_place_shows_todays_figures_of_its_gates() -> None:
    a_passage(name="张访客")
    made = panels_for("place", a_keeper().officer, a_place())
    todays = next(one for one in made if str(one.title) == "今日出入")
    assert [figure.value for figure in todays.figures][:2] == [1, 0]
    assert [str(line.name) for line in todays.lines] == ["东门"]


def test_the_page_of_a_person_leads_to_the_passages_without_showing_them() -> None:
    person = a_resident("王一")
    a_passage(person)
    shown = [one for one in panels_for("person", a_keeper().officer, person) if one.more]
    assert [one.more for one in shown] == [reverse("gates:person", args=[person.pk])]
    assert not ReadEntry.objects.exists()


def test_the_page_of_a_household_shows_its_last_passages() -> None:
    a_passage(a_resident("王一"))
    made = panels_for("household", a_keeper().officer, a_household())
    assert any("王一" in str(line.name) for one in made for line in one.lines)
