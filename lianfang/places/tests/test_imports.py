"""Tables of a place: any order of columns, bad rows named, twice the same as once."""

import pytest

from lianfang.book.errors import NotAllowed
from lianfang.book.rights import Role
from lianfang.book.soundness import findings
from lianfang.people.actions import BadRows, RowsRefused
from lianfang.people.models import Person
from lianfang.people.tests.builders import an_actor
from lianfang.places import actions, queries
from lianfang.places.importing import Table, read_rows
from lianfang.places.models import Employee, Household, Place, PlaceKind, Resident, Room, Vehicle
from lianfang.places.tests.builders import a_compound, a_household, a_place, headquarters

pytestmark = pytest.mark.django_db

RESIDENTS = [
    ["电话", "姓名", "与户主关系", "房号", "车牌号", "证件类型", "身份证号"],
    ["13900001234", "王大明", "户主", "3-2-501", "鲁M12345", "", "379901199003070011"],
    ["", "李小红", "妻", "3号楼2单元501室", "", "", ""],
    ["13900005678", "赵云", "户主", "5-1-101", "", "", ""],
]


def imported(place: Place, rows: list[list[str]], table: str = Table.RESIDENTS, **how: object) -> object:
    return actions.import_place_rows(
        headquarters(),
        place=place,
        table=table,
        rows=rows,
        **how,  # type: ignore[arg-type]
    )


def counted() -> list[int]:
    return [model.objects.count() for model in (Room, Household, Resident, Person, Vehicle, Employee)]


def test_residents_come_with_their_rooms_households_heads_and_vehicles() -> None:
    place = a_place()
    imported(place, RESIDENTS)
    household = Household.objects.get(label="3-2-501")
    assert household.head
    assert household.head.name == "王大明"
    assert [resident.person.name for resident in queries.residents_now(household)] == ["王大明", "李小红"]
    assert [vehicle.plate for vehicle in queries.vehicles_now(household)] == ["鲁M12345"]
    assert household.room
    assert household.room.floor == 5
    assert [found.label for found in queries.find(place, "zy")] == ["5-1-101"]
    assert list(findings()) == []


def test_the_same_table_twice_changes_nothing() -> None:
    place = a_place()
    imported(place, RESIDENTS)
    before = counted()
    done = imported(place, RESIDENTS)
    assert (done.added, done.there) == (0, 3)  # type: ignore[attr-defined]
    assert counted() == before


def test_rows_join_the_household_that_stands_there() -> None:
    place = a_compound()
    household = a_household(place)
    imported(place, [["姓名", "楼号", "单元", "室"], ["李小红", "3", "2", "501"]])
    assert {resident.person.name for resident in queries.residents_now(household)} == {"王大明", "李小红"}


def test_a_bad_row_is_named_and_nothing_is_written() -> None:
    place = a_place()
    rows = [*RESIDENTS, ["139", "孙权", "", "看不懂", "", "", ""], ["", "", "子", "3-2-501", "", "", ""]]
    before = counted()
    with pytest.raises(RowsRefused) as refused:
        imported(place, rows)
    assert [(row.number, row.column) for row in refused.value.rows] == [(5, "房号"), (6, "姓名")]
    assert counted() == before


def test_exactly_the_bad_rows_are_left_out_when_so_chosen() -> None:
    place = a_place()
    rows = [*RESIDENTS, ["", "孙权", "", "6-1-101", "乱写", "", ""]]
    done = imported(place, rows, bad_rows=BadRows.LEAVE_OUT)
    assert done.added == 3  # type: ignore[attr-defined]
    assert [(row.number, row.column) for row in done.left_out] == [(5, "车牌号")]  # type: ignore[attr-defined]


def test_an_id_number_known_elsewhere_in_the_place_is_named_not_doubled() -> None:
    place = a_place()
    imported(place, RESIDENTS)
    rows = [["姓名", "房号", "身份证号"], ["王大明", "6-1-101", "379901199003070011"]]
    with pytest.raises(RowsRefused) as refused:
        imported(place, rows)
    assert "3-2-501" in refused.value.rows[0].message


def test_a_person_known_in_another_place_is_the_same_person() -> None:
    first, second = a_place(), a_place()
    imported(first, RESIDENTS)
    before = Person.objects.count()
    rows = [["姓名", "房号", "身份证号"], ["王大明", "6-1-101", "379901199003070011"]]
    imported(second, rows)
    assert Person.objects.count() == before


def test_numbers_in_a_preview_are_shown_by_their_ends_only() -> None:
    rows = [["姓名", "房号", "身份证号"], ["王大明", "6-1-101", "379901199003070012"]]
    bad = read_rows(Table.RESIDENTS, a_place(), rows).bad
    assert bad[0].value == "**************0012"


def test_a_village_is_imported_by_group_and_head() -> None:
    place = a_place("三官庙村", PlaceKind.VILLAGE)
    rows = [["村民小组", "户主", "电话"], ["2组", "王大明", "13900001234"], ["第3组", "赵云", ""]]
    imported(place, [rows[0], rows[1]], Table.HOUSEHOLDS)
    assert Household.objects.get().label == "2组 王大明家"
    assert imported(place, [rows[0], rows[1]], Table.HOUSEHOLDS).there == 1  # type: ignore[attr-defined]


def test_vacant_rooms_are_households_without_people() -> None:
    place = a_place()
    imported(place, [["户主", "房号"], ["空置", "1-1-101"]], Table.HOUSEHOLDS)
    assert Household.objects.get().head is None
    assert Room.objects.get().use == "vacant"


def test_vehicles_go_to_the_household_named() -> None:
    place = a_compound()
    household = a_household(place)
    rows = [["车牌", "房号"], ["鲁M·12345", "3-2-501"], ["鲁M99999", ""]]
    imported(place, rows, Table.VEHICLES)
    assert [one.plate for one in queries.vehicles_now(household)] == ["鲁M12345"]
    assert Vehicle.objects.get(plate="鲁M99999").household is None
    assert imported(place, rows, Table.VEHICLES).there == 2  # type: ignore[attr-defined]


def test_employees_are_imported_with_department_and_job() -> None:
    site = a_place("示例厂区", PlaceKind.ENTERPRISE_SITE)
    rows = [
        ["工号", "员工姓名", "车间", "岗位"],
        ["001", "王大明", "一车间", "焊工"],
        ["002", "王大明", "", ""],
    ]
    imported(site, rows, Table.EMPLOYEES)
    assert Employee.objects.get(number="001").department == "一车间"
    assert imported(site, rows, Table.EMPLOYEES).there == 2  # type: ignore[attr-defined]
    assert len(queries.find(site, "wdm")) == 2


def test_whoever_does_not_keep_the_place_imports_nothing() -> None:
    place = a_place()
    with pytest.raises(NotAllowed):
        actions.import_place_rows(an_actor(Role.READER), place=place, table=Table.RESIDENTS, rows=RESIDENTS)
