"""Keying in a sheet: what a row says, what is wrong at which cell, and nothing twice."""

from datetime import date, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lianfang.book.errors import Conflict, Refused
from lianfang.book.records import Source
from lianfang.gates.actions.sheets import begin_sheet, key_in_row, number_sheets
from lianfang.gates.keying import RowWrong, SheetHead, read_row, without_dittos
from lianfang.gates.models import (
    Direction,
    HealthIncident,
    Outcome,
    PaperSheet,
    Passage,
    PersonCategory,
    SheetKind,
    SheetRow,
    Temperature,
)
from lianfang.gates.tests.builders import a_gate, a_keeper, a_place, a_resident
from lianfang.people.tests.builders import a_response

pytestmark = pytest.mark.django_db
DAY = date(2020, 2, 10)


def head(kind: str = SheetKind.PERSONS, **values: object) -> SheetHead:
    return SheetHead(kind, a_place(), DAY, **values)  # type: ignore[arg-type]


def a_sheet(kind: str = SheetKind.PERSONS, number: str = "T-0001") -> PaperSheet:
    return begin_sheet(a_keeper(), place=a_place(), gate=a_gate(), kind=kind, number=number, day=DAY)


def key_in(sheet: PaperSheet, number: int = 1, again: str = "", **cells: str) -> SheetRow:
    row = read_row(cells, head(sheet.kind))
    return key_in_row(a_keeper(), response=a_response(), sheet=sheet, number=number, row=row, again=again).row


def test_a_resident_is_found_by_room_and_name() -> None:
    person = a_resident("王一", "3-2-501")
    key_in(a_sheet(), time_in="805", name="王一", address="3号楼2单元501", celsius="365")
    passage = Passage.objects.get()
    assert (passage.person, passage.household.label) == (person, "3-2-501")  # type: ignore[union-attr]
    assert passage.category == PersonCategory.RESIDENT
    assert (passage.source, passage.source_reference) == (Source.PAPER, "T-0001 第1行")
    assert passage.happened_at == timezone.make_aware(datetime(2020, 2, 10, 8, 5))
    assert passage.late_entry
    assert Temperature.objects.get().celsius == Decimal("36.5")


def test_in_and_out_in_one_row_are_two_passages_measured_once() -> None:
    a_resident("王一")
    key_in(a_sheet(), time_out="8:05", time_in="9:10", name="王一", celsius="正常")
    assert list(Passage.objects.order_by("happened_at").values_list("direction", flat=True)) == [
        Direction.OUT,
        Direction.IN,
    ]
    assert Temperature.objects.get().normal_by_word


def test_a_stranger_is_written_as_a_visitor_with_the_address() -> None:
    key_in(a_sheet(), time_in="8:05", name="张访客", address="石桥镇李村", phone="13800001111", symptoms="无")
    passage = Passage.objects.get()
    assert (passage.category, passage.person) == (PersonCategory.VISITOR, None)
    assert passage.coming_from == "石桥镇李村"
    assert passage.answers == {"symptoms": "no"}


def test_all_that_is_wrong_is_said_at_its_cell() -> None:
    with pytest.raises(RowWrong) as wrong:
        read_row({"time_in": "八点", "celsius": "46", "category": "猫", "pass_number": "X1"}, head())
    assert set(wrong.value.errors) == {"time_in", "celsius", "category", "name", "pass_number"}


def test_namesakes_are_told_apart_by_room() -> None:
    a_resident("王一", "3-2-501"), a_resident("王一", "4-1-101")
    with pytest.raises(RowWrong) as wrong:
        read_row({"time_in": "8:05", "name": "王一"}, head())
    assert "楼栋房号" in wrong.value.errors["name"]
    assert read_row({"time_in": "8:05", "name": "王一", "address": "4-1-101"}, head()).crossings


def test_whoever_is_held_on_paper_has_a_case() -> None:
    key_in(a_sheet(), time_in="8:05", name="张访客", celsius="38.0/37.8", remark="暂留")
    assert HealthIncident.objects.get().name == "张访客"


def test_a_turned_back_car_is_one_car_and_its_persons() -> None:
    sheet = a_sheet(SheetKind.VEHICLES)
    key_in(
        sheet,
        time="10:20",
        plate="鲁MD12345",
        name="驾驶人甲",
        occupants="3",
        celsius="36.5/36.8/正常",
        outcome="劝返",
        disinfected="否",
    )
    rows = Passage.objects.filter(outcome=Outcome.TURNED_BACK)
    assert (rows.exclude(plate="").count(), rows.filter(plate="").count()) == (1, 3)
    assert rows.exclude(plate="").get().vehicle["disinfected"] is False
    assert rows.values("party").distinct().count() == 1
    assert Temperature.objects.count() == 3


def test_more_readings_than_occupants_are_refused() -> None:
    with pytest.raises(RowWrong) as wrong:
        read_row(
            {"time": "8:05", "plate": "鲁M12345", "occupants": "1", "celsius": "36.5/36.6"},
            head(SheetKind.VEHICLES),
        )
    assert set(wrong.value.errors) == {"celsius"}


def test_a_log_of_temperatures_gives_three_readings_of_a_known_person() -> None:
    a_resident("王一")
    key_in(
        a_sheet(SheetKind.TEMPERATURES),
        name="王一",
        morning="365",
        noon="36.6",
        evening="正常",
        site="额温枪",
    )
    found = Temperature.objects.order_by("happened_at")
    assert [one.celsius for one in found] == [Decimal("36.5"), Decimal("36.6"), None]
    assert timezone.localtime(found[0].happened_at).hour == 8


def test_a_log_of_temperatures_names_whom_it_does_not_know() -> None:
    with pytest.raises(RowWrong) as wrong:
        read_row({"name": "某人", "morning": "365"}, head(SheetKind.TEMPERATURES))
    assert "名册" in wrong.value.errors["name"]


def test_ditto_marks_take_what_stands_above() -> None:
    assert without_dittos({"purpose": "买菜", "name": "王一"}, {"purpose": "〃", "name": "王二"}) == {
        "purpose": "买菜",
        "name": "王二",
    }


def test_a_row_is_keyed_once() -> None:
    sheet = a_sheet()
    key_in(sheet, 1, time_in="8:05", name="张访客")
    with pytest.raises(Conflict):
        key_in(sheet, 1, time_in="8:07", name="李访客")
    assert Passage.objects.count() == 1


def test_the_same_sheet_brought_twice_is_recognised() -> None:
    first = a_sheet(number="A-0007")
    key_in(first, 1, time_in="8:05", name="张访客")
    again = a_sheet(number=" a-0007 ")
    assert again.pk == first.pk
    assert [row.row for row in again.rows.all()] == [1]


def test_the_same_crossing_on_another_sheet_is_asked_about() -> None:
    key_in(a_sheet(), time_in="8:05", name="张访客")
    other = a_sheet(number="T-0002")
    with pytest.raises(Refused) as refused:
        key_in(other, time_in="8:05", name="张访客")
    assert refused.value.code == "row_already_there"
    assert "T-0001" in str(refused.value)
    key_in(other, time_in="8:05", name="张访客", again="确是两次")
    assert Passage.objects.count() == 2


def test_a_number_of_another_kind_of_sheet_is_refused() -> None:
    a_sheet(number="A-1")
    with pytest.raises(ValidationError) as refused:
        a_sheet(SheetKind.VEHICLES, "A-1")
    assert refused.value.error_dict["number"][0].code == "sheet_of_another"


def test_sheets_are_numbered_on_from_the_last() -> None:
    keeper = a_keeper()
    for _time in range(2):
        number_sheets(keeper, place=a_place(), gate=a_gate(), kind=SheetKind.PERSONS, count=2)
    stem = f"{a_gate().code[:4]}-R"
    assert sorted(PaperSheet.objects.values_list("number", flat=True)) == [
        f"{stem}000{number}" for number in range(1, 5)
    ]


def test_a_printed_sheet_is_taken_up_when_it_is_keyed() -> None:
    keeper = a_keeper()
    printed = number_sheets(keeper, place=a_place(), gate=a_gate(), kind=SheetKind.PERSONS, count=1)[0]
    sheet = a_sheet(number=printed.number)
    assert (sheet.pk, sheet.day) == (printed.pk, DAY)


def test_a_row_in_the_future_is_not_written() -> None:
    sheet = a_sheet()
    row = read_row(
        {"time_in": "8:05", "name": "张访客"},
        SheetHead(SheetKind.PERSONS, a_place(), timezone.localdate() + timedelta(days=2)),
    )
    with pytest.raises(ValidationError):
        key_in_row(a_keeper(), response=a_response(), sheet=sheet, number=1, row=row)
    assert not SheetRow.objects.exists()
