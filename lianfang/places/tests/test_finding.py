"""A household is found by whatever one knows of it."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianfang.book.rights import Right, Role
from lianfang.people import actions as people_actions
from lianfang.places import actions, queries
from lianfang.places.models import PlaceKind
from lianfang.places.tests.builders import (
    a_compound,
    a_household,
    a_place,
    a_resident,
    an_officer_at,
    headquarters,
)

pytestmark = pytest.mark.django_db

ID_NUMBER = "37990119900307001X"


def labels(place: object, typed: str) -> list[str]:
    return [found.label for found in queries.find(place, typed)]  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "typed",
    ["3-2-501", "3号楼2单元501室", "3号楼501", "32501", "3-2-5", "王大明", "大明", "wdm", "wangdaming", "dm"],
)
def test_a_household_is_found_by_its_room_or_its_heads_name(typed: str) -> None:
    place = a_compound()
    a_household(place)
    a_household(place, "1-1-101", "赵云")
    assert labels(place, typed) == ["3-2-501"]


def test_a_room_number_alone_finds_every_building() -> None:
    place = a_compound()
    a_household(place, "1-1-501", "赵云")
    a_household(place, "3-2-501", "王大明")
    assert set(labels(place, "501")) == {"1-1-501", "3-2-501"}


def test_the_last_four_signs_of_phone_or_id_number_find_the_person_who_has_them() -> None:
    place = a_compound()
    household = a_household(place, phone="13900001234")
    a_resident(household, "李小红", document_kind="other", document_number="AB12345678")
    assert [found.person.name for found in queries.find(place, "1234") if found.person] == ["王大明"]
    assert [found.person.name for found in queries.find(place, "5678") if found.person] == ["李小红"]
    assert queries.find(place, "4321") == []


@pytest.mark.parametrize("typed", ["鲁MA1234", "鲁m·a1234", "a1234", "234"])
def test_a_vehicle_is_found_by_a_fragment_of_its_plate(typed: str) -> None:
    place = a_compound()
    household = a_household(place)
    actions.register_vehicle(headquarters(), place=place, plate="鲁M·A1234", household=household)
    assert labels(place, typed) == ["3-2-501"]


def test_several_words_all_apply() -> None:
    place = a_place("三官庙村", PlaceKind.VILLAGE)
    two = actions.add_building(headquarters(), place=place, number="2组")
    three = actions.add_building(headquarters(), place=place, number="3")
    actions.register_household(headquarters(), place=place, building=two, head_name="王大明")
    actions.register_household(headquarters(), place=place, building=three, head_name="王大壮")
    assert labels(place, "2组 王") == ["2组 王大明家"]
    assert labels(place, "wd 3组") == ["3组 王大壮家"]


def test_another_places_people_are_not_found() -> None:
    place, other = a_compound(), a_compound()
    a_household(other)
    assert labels(place, "王大明") == []


def test_an_officer_finds_over_all_places_in_reach_and_no_farther() -> None:
    place, other = a_compound(), a_compound()
    a_household(place)
    a_household(other, "1-1-101", "王大明")
    lead = an_officer_at(place, Role.PLACE_LEAD)
    found = queries.find_visible(lead, "wdm", right=Right.READ_PERSONS)
    assert [one.place_id for one in found] == [place.pk]
    everywhere = queries.find_visible(headquarters().officer, "wdm", right=Right.READ_PERSONS)
    assert {one.place_id for one in everywhere} == {place.pk, other.pk}


def test_a_person_who_is_renamed_is_found_under_the_new_name() -> None:
    place = a_compound()
    household = a_household(place)
    head = household.residents.get().person
    people_actions.change_person(
        headquarters(), person=head, name="王大亮", rank="", area=head.area, remark=""
    )
    assert labels(place, "wdl") == ["3-2-501"]
    assert labels(place, "王大明") == []


def test_who_has_moved_out_is_found_no_more() -> None:
    place = a_compound()
    household = a_household(place)
    actions.end_household(headquarters(), household=household, on=household.created_at.date())
    assert labels(place, "3-2-501") == []
    assert labels(place, "wdm") == []


def test_a_renumbered_building_is_found_by_its_new_number() -> None:
    place = a_compound()
    household = a_household(place)
    assert household.building
    actions.change_building(
        headquarters(), building=household.building, number="9", kind="residential", floors=6
    )
    assert labels(place, "9-2-501") == ["9-2-501"]
    assert labels(place, "3-2-501") == []


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(typed=st.text(max_size=30))
def test_whatever_is_typed_gets_an_answer(typed: str) -> None:
    assert queries.find(a_place(), typed.replace("\x00", "")) == []
