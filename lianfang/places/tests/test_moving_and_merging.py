"""Moving, splitting, merging: nobody is lost, nobody is doubled, old ids still lead somewhere."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from lianfang.book.errors import Conflict, Refused
from lianfang.book.soundness import findings
from lianfang.people.queries import canonical_person
from lianfang.places import actions, queries
from lianfang.places.models import Household, HouseholdMeasure, Merge, Place, Resident, Vehicle
from lianfang.places.queries.lookup import lookup_marks, lookup_rows
from lianfang.places.tests.builders import (
    a_compound,
    a_gate,
    a_household,
    a_place,
    a_resident,
    a_room,
    headquarters,
)

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate


def names(household: Household) -> list[str]:
    return sorted(one.person.name for one in queries.residents_now(household))


def where_everybody_lives(place: Place) -> list[tuple[str, str]]:
    rows = Resident.objects.on(TODAY()).filter(household__place=place, household__merged_into=None)
    return sorted(rows.values_list("household__label", "person__name"))


def test_a_household_that_moves_stays_the_same_household() -> None:
    place = a_compound()
    household = a_household(place)
    actions.move_household(headquarters(), household=household, room=a_room(place, "1", "1", "101"))
    household.refresh_from_db()
    assert household.label == "1-1-101"
    assert [found.label for found in queries.find(place, "wdm")] == ["1-1-101"]
    assert queries.find(place, "3-2-501") == []


def test_a_household_moves_only_within_its_place() -> None:
    household = a_household(a_compound())
    with pytest.raises(ValidationError):
        actions.move_household(headquarters(), household=household, room=a_room(a_compound()))


def test_a_person_who_moves_lives_in_the_new_household_from_that_day_on() -> None:
    place = a_compound()
    old, new = a_household(place), a_household(place, "1-1-101", "赵云")
    resident = a_resident(old)
    actions.move_resident(headquarters(), resident=resident, to=new, on=TODAY())
    assert names(old) == ["王大明"]
    assert names(new) == ["李小红", "赵云"]


def test_a_head_who_moves_out_leaves_the_place_of_the_head_vacant() -> None:
    household = a_household(a_compound())
    actions.move_out(headquarters(), resident=household.residents.get(), on=TODAY() - timedelta(days=1))
    household.refresh_from_db()
    assert household.head is None


def test_a_split_household_takes_those_who_go_and_keeps_the_others() -> None:
    place = a_compound()
    household = a_household(place)
    son = a_resident(household, "王小明")
    wife = a_resident(household, "孙小妹")
    new = actions.split_household(
        headquarters(),
        household=household,
        residents=[son, wife],
        head=son.person,
        on=TODAY(),
        room=a_room(place, "1", "1", "101"),
    )
    assert names(household) == ["王大明"]
    assert names(new) == ["孙小妹", "王小明"]
    assert new.head == son.person
    assert list(findings()) == []


def test_nobody_splits_off_everybody() -> None:
    household = a_household(a_compound())
    head = household.residents.get()
    with pytest.raises(ValidationError):
        actions.split_household(
            headquarters(), household=household, residents=[head], head=head.person, on=TODAY()
        )


def test_merged_households_are_one_and_the_old_id_leads_to_it() -> None:
    place = a_compound()
    one, other = a_household(place), a_household(place, "3-1-501", "李小红")
    actions.register_vehicle(headquarters(), place=place, plate="鲁M12345", household=one)
    actions.merge_households(headquarters(), household=one, into=other)
    one.refresh_from_db()
    assert names(other) == ["李小红", "王大明"]
    assert queries.canonical_household(one) == other
    assert queries.canonical_households([one.pk, other.pk]) == {one.pk: other.pk, other.pk: other.pk}
    assert queries.one_with_household(other) == {one.pk, other.pk}
    assert Vehicle.objects.get().household == other
    assert {found.label for found in queries.find(place, "wdm")} == {"3-1-501"}
    assert list(findings()) == []


def test_undoing_a_merge_puts_everybody_back() -> None:
    place = a_compound()
    one, other = a_household(place), a_household(place, "3-1-501", "李小红")
    a_resident(other, "王大明", person=one.residents.get().person)
    before = where_everybody_lives(place)
    merge = actions.merge_households(headquarters(), household=one, into=other)
    actions.undo_register_merge(headquarters(), merge=merge)
    assert where_everybody_lives(place) == before
    assert queries.find(place, "3-2-501")[0].label == "3-2-501"
    with pytest.raises(Conflict):
        actions.undo_register_merge(headquarters(), merge=merge)


def test_a_merge_below_a_later_merge_is_undone_after_it() -> None:
    place = a_compound()
    first, second, third = (
        a_household(place, room, name)
        for room, name in (("1-1-101", "甲"), ("1-1-102", "乙"), ("1-1-201", "丙"))
    )
    merge = actions.merge_households(headquarters(), household=first, into=second)
    actions.merge_households(headquarters(), household=second, into=third)
    with pytest.raises(Refused):
        actions.undo_register_merge(headquarters(), merge=merge)


def test_a_person_registered_twice_becomes_one_and_can_be_two_again() -> None:
    place = a_compound()
    household = a_household(place)
    twice = a_resident(household, "王大明").person
    kept = household.residents.order_by("created_at")[0].person
    merge = actions.merge_persons(headquarters(), place=place, person=twice, into=kept)
    twice.refresh_from_db()
    assert names(household) == ["王大明"]
    assert canonical_person(twice) == kept
    actions.undo_register_merge(headquarters(), merge=merge)
    assert len(names(household)) == 2


def test_places_that_are_one_bring_everything_along_and_come_apart_again() -> None:
    one, other = a_compound(buildings=2), a_place()
    household = a_household(one, "1-1-101")
    gate = a_gate(one)
    merge = actions.merge_places(headquarters(), place=one, into=other)
    assert [found.label for found in queries.find(other, "wdm")] == ["1-1-101"]
    gate.refresh_from_db()
    assert gate.place == other
    assert not queries.visible_places(headquarters().officer).filter(pk=one.pk).exists()
    actions.undo_register_merge(headquarters(), merge=merge)
    household.refresh_from_db()
    assert household.place == one
    assert [found.label for found in queries.find(one, "wdm")] == ["1-1-101"]
    assert queries.find(other, "wdm") == []


def test_places_with_buildings_of_the_same_number_are_not_mixed_up() -> None:
    with pytest.raises(Refused, match="楼号"):
        actions.merge_places(headquarters(), place=a_compound(), into=a_compound())
    assert not Merge.objects.exists()


def test_an_ended_measure_is_told_to_no_phone_and_two_of_a_kind_do_not_overlap() -> None:
    from lianfang.places.queries.lookup import lookup_measures

    household = a_household(a_compound())
    now = timezone.now()
    measure = actions.begin_measure(
        headquarters(), household=household, kind=HouseholdMeasure.Kind.HOME_OBSERVATION, begins_at=now
    )
    assert [one.household for one in lookup_measures(household.place, now)] == [household.pk]
    with pytest.raises(ValidationError):
        actions.begin_measure(headquarters(), household=household, kind=measure.kind, begins_at=now)
    actions.release_measure(headquarters(), measure=measure, at=now + timedelta(hours=1))
    assert lookup_measures(household.place, now + timedelta(hours=1)) == []


def test_states_of_a_place_follow_one_another() -> None:
    place = a_place()
    now = timezone.now()
    first = actions.set_place_state(headquarters(), place=place, regime="closed", begins_at=now)
    actions.set_place_state(
        headquarters(), place=place, regime="controlled", begins_at=now + timedelta(days=1)
    )
    first.refresh_from_db()
    assert first.ends_at == now + timedelta(days=1)
    state = queries.state_of(place, now + timedelta(days=2))
    assert state is not None
    assert state.regime == "controlled"
    with pytest.raises(ValidationError):
        actions.set_place_state(headquarters(), place=place, regime="open", begins_at=now)
    assert list(findings()) == []


@settings(
    max_examples=8,
    deadline=None,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(
    steps=st.lists(
        st.tuples(
            st.sampled_from(["move", "person", "merge", "undo", "out"]), st.integers(0, 5), st.integers(0, 5)
        ),
        max_size=5,
    )
)
def test_whatever_moves_and_merges_nobody_is_lost_and_versions_tell_every_change(
    steps: list[tuple[str, int, int]],
) -> None:
    """After any moves: each person lives in at most one household, keys and look-up data agree with the
    registers, and a bucket whose version is the same has the same content."""
    actor = headquarters()
    place = a_compound(actor, buildings=1)
    homes = [a_household(place, f"1-{1 + n % 2}-{1 + n // 2}01", f"户主{n}", actor=actor) for n in range(4)]
    content = dict(lookup_rows(place))
    for verb, one, other in steps:
        marks = lookup_marks(place)
        try:
            _step(actor, place, homes, verb, one, other)
        except (ValidationError, Refused):
            continue
        now = dict(lookup_rows(place))
        for bucket, version in lookup_marks(place).items():
            if marks.get(bucket) == version:
                assert now[bucket] == content[bucket]
        content = now
    told = sorted(
        (home.label, person.name) for rows in content.values() for home in rows for person in home.persons
    )
    assert told == where_everybody_lives(place)
    people = [name for _label, name in told]
    assert len(people) == len(set(people))
    assert list(findings(frozenset({"households", "address_keys"}))) == []


def _step(actor: object, place: Place, homes: list[Household], verb: str, one: int, other: int) -> None:
    first, second = homes[one % 4], homes[other % 4]
    for home in homes:
        home.refresh_from_db()
    living = list(first.residents.filter(valid_to=None))
    match verb:
        case "move":
            room = a_room(place, "1", str(1 + other % 2), f"{1 + other}02")
            actions.move_household(actor, household=first, room=room)  # type: ignore[arg-type]
        case "person" if living:
            actions.move_resident(actor, resident=living[0], to=second, on=TODAY())  # type: ignore[arg-type]
        case "merge":
            actions.merge_households(actor, household=first, into=second)  # type: ignore[arg-type]
        case "undo" if merge := Merge.objects.filter(undone_at=None).first():
            actions.undo_register_merge(actor, merge=merge)  # type: ignore[arg-type]
        case "out" if living:
            yesterday = TODAY() - timedelta(days=1)
            actions.move_out(actor, resident=living[0], on=yesterday)  # type: ignore[arg-type]
