"""Passes: signed for one place and one holder, found by their code, revoked for good."""

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lianfang.book.errors import NotAllowed, Refused
from lianfang.book.rights import Role
from lianfang.engines.papers import CardLayout
from lianfang.engines.passes import PassCode, check_pass
from lianfang.people.tests.builders import a_response, an_actor
from lianfang.places import actions, queries, signing
from lianfang.places.models import EntryPass, HouseholdMeasure, Place, PlaceKind
from lianfang.places.queries.lookup import lookup_marks, lookup_rows
from lianfang.places.tests.builders import (
    a_compound,
    a_household,
    a_place,
    a_resident,
    an_officer_at,
    headquarters,
    validity,
)

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def keys(tmp_path: Path, settings: Any) -> Iterator[None]:
    """Keys of this test's own."""
    settings.DATA_DIR = tmp_path
    return iter(())


def checked(one: EntryPass, place: Place, **how: Any) -> PassCode:
    now = int(timezone.now().timestamp()) + 1
    check = check_pass(
        one.token, signing.trusted_keys(), now=now, latest_seen=now, place=str(place.pk), **how
    )
    return check.code


def a_pass(place: Place | None = None) -> EntryPass:
    place = place or a_compound(buildings=1)
    household = a_household(place, "1-1-101")
    return actions.issue_passes(
        headquarters(), place=place, holders=[household], validity=validity(begins_at=timezone.now())
    )[0]


def test_a_household_pass_holds_at_its_place_and_nowhere_else() -> None:
    one = a_pass()
    assert checked(one, one.place) is PassCode.VALID
    assert checked(one, a_place()) is not PassCode.VALID


def test_every_household_of_a_building_gets_one_and_only_one() -> None:
    place = a_compound(buildings=1)
    for room, name in (("1-1-101", "甲"), ("1-1-102", "乙"), ("1-2-101", "丙")):
        a_household(place, room, name)
    building = place.buildings.get()
    made = actions.issue_household_passes(headquarters(), place=place, validity=validity(), building=building)
    assert len(made) == 3
    assert len({one.spoken_code for one in made}) == 3
    assert len({one.number for one in made}) == 3
    assert actions.issue_household_passes(headquarters(), place=place, validity=validity()) == []


def test_persons_vehicles_and_staff_get_passes_of_their_kinds() -> None:
    place = a_compound(buildings=1)
    household = a_household(place, "1-1-101")
    vehicle = actions.register_vehicle(headquarters(), place=place, plate="鲁M12345", household=household)
    resident = household.residents.get()
    made = actions.issue_passes(headquarters(), place=place, holders=[resident, vehicle], validity=validity())
    site = a_place("", PlaceKind.ENTERPRISE_SITE)
    employee = actions.register_employee(headquarters(), place=site, name="赵云")
    made += actions.issue_passes(headquarters(), place=site, holders=[employee], validity=validity())
    assert [one.kind for one in made] == ["person", "vehicle", "staff"]
    assert all(checked(one, one.place) is PassCode.VALID for one in made)


def test_a_pass_is_found_by_its_number_and_by_its_spoken_code() -> None:
    one = a_pass()
    for typed in (one.number, one.spoken_code, one.spoken_code.lower()):
        assert [found.label for found in queries.find(one.place, typed)][:1] == ["1-1-101"]


def test_a_revoked_pass_is_on_the_list_and_found_no_more() -> None:
    one = a_pass()
    known = queries.revocations_since(one.place)
    actions.revoke_passes(headquarters(), passes=[one], reason="遗失")
    delta = queries.revocations_since(one.place, known["to"])
    assert delta["add"] == [one.number]
    assert queries.revocations_since(one.place, delta["to"]) == {
        "from": delta["to"],
        "to": delta["to"],
        "add": [],
        "drop": [],
    }
    assert queries.find(one.place, one.number) == []
    with pytest.raises(ValidationError):
        actions.revoke_passes(headquarters(), passes=[a_pass()], reason=" ")


def test_a_replaced_pass_leaves_one_that_holds_as_long() -> None:
    old = a_pass()
    new = actions.replace_pass(headquarters(), entry_pass=old, reason="遗失")
    old.refresh_from_db()
    assert old.revoked_at is not None
    assert new.valid_to == old.valid_to
    assert checked(new, new.place) is PassCode.VALID
    with pytest.raises(Refused):
        actions.replace_pass(headquarters(), entry_pass=old, reason="遗失")


def test_a_returnee_who_joins_voids_the_household_pass_where_the_rules_say_so() -> None:
    one = a_pass()
    assert one.household
    actions.begin_measure(
        headquarters(),
        household=one.household,
        kind=HouseholdMeasure.Kind.RETURNEE_JOINED,
        begins_at=timezone.now(),
        void_passes=True,
    )
    one.refresh_from_db()
    assert one.revoked_at is not None
    assert queries.revocations_since(one.place)["add"] == [one.number]


def test_a_new_key_signs_and_what_was_signed_holds_on() -> None:
    old = a_pass()
    kid = actions.rotate_pass_key(headquarters())
    new = a_pass()
    assert new.key_id == kid != old.key_id
    assert checked(old, old.place) is PassCode.VALID
    assert (
        checked(
            new,
            new.place,
        )
        is PassCode.VALID
    )


def test_a_key_that_leaked_holds_for_nothing_and_another_signs() -> None:
    old = a_pass()
    actions.withdraw_pass_key(headquarters(), kid=old.key_id)
    assert checked(old, old.place) is not PassCode.VALID
    new = a_pass()
    assert new.key_id != old.key_id
    assert checked(new, new.place) is PassCode.VALID
    with pytest.raises(Refused):
        actions.withdraw_pass_key(headquarters(), kid="00000000")


def test_the_look_up_data_carry_passes_and_a_new_version() -> None:
    place = a_compound(buildings=1)
    household = a_household(place, "1-1-101", phone="13900001234")
    a_resident(household)
    before = lookup_marks(place)
    one = actions.issue_passes(headquarters(), place=place, holders=[household], validity=validity())[0]
    after = lookup_marks(place)
    assert after != before
    (row,) = [row for _bucket, rows in lookup_rows(place) for row in rows]
    assert [held.number for held in row.passes] == [one.number]
    assert (row.room, row.label, row.building) == ("1-1-101", "1-1-101", "1")
    assert [(person.name, person.initials) for person in row.persons] == [
        ("王大明", "wdm"),
        ("李小红", "lxh"),
    ]
    from lianfang.places.queries.lookup import tail_digest, tail_key

    assert row.persons[0].tails == (tail_digest(tail_key(place), "1234"),)


def test_who_leaves_a_site_loses_the_staff_pass() -> None:
    site = a_place("", PlaceKind.ENTERPRISE_SITE)
    employee = actions.register_employee(headquarters(), place=site, name="赵云")
    one = actions.issue_passes(headquarters(), place=site, holders=[employee], validity=validity())[0]
    actions.end_employment(headquarters(), employee=employee, on=timezone.localdate())
    one.refresh_from_db()
    assert one.revoked_at is not None


@pytest.mark.parametrize("role", [Role.READER, Role.GUARD, Role.DUTY_LEADER, Role.FEDERATION_OFFICE])
def test_who_may_not_issue_passes_issues_none(role: str) -> None:
    place = a_compound(buildings=1)
    with pytest.raises(NotAllowed):
        actions.issue_household_passes(an_actor(role), place=place, validity=validity())


def test_no_pass_begins_after_it_ends_or_in_the_past() -> None:
    place = a_compound(buildings=1)
    past = actions.Validity(timezone.now() - timedelta(days=2), timezone.now() - timedelta(days=1))
    with pytest.raises(ValidationError):
        actions.issue_household_passes(headquarters(), place=place, validity=past)


def test_the_cards_of_a_building_print_and_a_pass_is_replaced_on_its_page() -> None:
    one = a_pass()
    a_response()
    client = Client()
    client.force_login(an_officer_at(one.place))
    for layout in CardLayout:
        pdf = client.get(reverse("pass_cards", args=[one.place_id]), {"layout": layout})
        assert pdf.content.startswith(b"%PDF")
    answer = client.post(reverse("pass_replace", args=[one.pk]), {"reason": "遗失"}, follow=True)
    assert answer.status_code == 200
    assert EntryPass.objects.filter(revoked_at=None).count() == 1
    form = {"begins_at": "2026-01-01T00:00", "ends_at": "2099-01-01T00:00", "colour": ""}
    refused = client.post(reverse("pass_new", args=["household", one.household_id]), form)
    assert refused.status_code == 422


def test_without_passes_there_is_nothing_to_print_and_the_page_says_so() -> None:
    a_response()
    place = a_place()
    client = Client()
    client.force_login(an_officer_at(place))
    shown = client.get(reverse("place", args=[place.pk])).content.decode()
    assert "签发以后在这里打印" in shown
    assert reverse("pass_cards", args=[place.pk]) not in shown
    answer = client.get(reverse("pass_cards", args=[place.pk]))
    assert answer.status_code == 404
    assert "没有有效的出入证" in answer.content.decode()
