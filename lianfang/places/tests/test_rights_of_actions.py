"""Nobody writes in a place without the right on that place."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from lianfang.book.actions import Actor
from lianfang.book.errors import NotAllowed
from lianfang.book.rights import Role
from lianfang.people.actions import BadRows
from lianfang.people.tests.builders import a_person, a_response, an_actor
from lianfang.places import actions
from lianfang.places.importing import Table
from lianfang.places.models import HouseholdMeasure, PlaceKind
from lianfang.places.tests.builders import (
    a_compound,
    a_gate,
    a_household,
    a_place,
    a_resident,
    a_room,
    an_officer_at,
    headquarters,
    validity,
)

pytestmark = pytest.mark.django_db


def every_act() -> dict[str, Callable[[Actor], Any]]:
    """One call of each action of the app on one place, as somebody who may would make it."""
    place, other = a_compound(buildings=1), a_place()
    household, second = a_household(place, "1-1-101"), a_household(place, "1-1-102", "赵云")
    resident, gate = a_resident(household), a_gate(place)
    building, now, today = place.buildings.get(), timezone.now(), timezone.localdate()
    site = a_place("", PlaceKind.ENTERPRISE_SITE)
    employee = actions.register_employee(headquarters(), place=site, name="钱多")
    vehicle = actions.register_vehicle(headquarters(), place=place, plate="鲁M12345", household=household)
    measure = actions.begin_measure(
        headquarters(), household=second, kind=HouseholdMeasure.Kind.SHOPPING_FOR, begins_at=now
    )
    state = actions.set_place_state(headquarters(), place=place, regime="closed", begins_at=now)
    merge = actions.merge_places(headquarters(), place=a_place(), into=other)
    one = actions.issue_passes(headquarters(), place=place, holders=[household], validity=validity())[0]
    room = a_room(place, "1", "2", "101")
    rows = [["姓名", "房号"], ["孙权", "1-2-102"]]
    where = {"name": "x", "kind": "compound", "unmanaged": False, "body": None, "address": "", "remark": ""}
    return {
        "register_place": lambda by: actions.register_place(by, name="新", kind="compound", area=place.area),
        "change_place": lambda by: actions.change_place(by, place=place, area=place.area, **where),  # type: ignore[arg-type]
        "set_place_state": lambda by: actions.set_place_state(
            by, place=place, regime="open", begins_at=now + timedelta(days=1)
        ),
        "end_place_state": lambda by: actions.end_place_state(by, state=state, at=now + timedelta(hours=1)),
        "build_compound": lambda by: actions.build_compound(
            by, place=place, plan=actions.Plan(7, 7, 1, 1, 1)
        ),
        "add_building": lambda by: actions.add_building(by, place=place, number="9"),
        "change_building": lambda by: actions.change_building(
            by, building=building, number="8", kind="residential", floors=6
        ),
        "add_room": lambda by: actions.add_room(by, building=building, number="999"),
        "change_room_use": lambda by: actions.change_room_use(by, room=room, use="own"),
        "strike_room": lambda by: actions.strike_room(by, room=room),
        "register_household": lambda by: actions.register_household(by, place=place, room=room),
        "change_household": lambda by: actions.change_household(
            by, household=household, label="x", head=None, needs=""
        ),
        "end_household": lambda by: actions.end_household(by, household=household, on=today),
        "register_resident": lambda by: actions.register_resident(by, household=household, name="甲"),
        "change_resident": lambda by: actions.change_resident(
            by, resident=resident, kind="tenant", relation=""
        ),
        "move_out": lambda by: actions.move_out(by, resident=resident, on=today),
        "move_resident": lambda by: actions.move_resident(by, resident=resident, to=second, on=today),
        "move_household": lambda by: actions.move_household(by, household=household, room=room),
        "split_household": lambda by: actions.split_household(
            by, household=household, residents=[resident], head=resident.person, on=today
        ),
        "register_vehicle": lambda by: actions.register_vehicle(by, place=place, plate="鲁M99999"),
        "end_vehicle": lambda by: actions.end_vehicle(by, vehicle=vehicle),
        "read_household": lambda by: actions.read_household(by, household=household),
        "call_person": lambda by: actions.call_person(by, place=place, person=a_person()),
        "begin_measure": lambda by: actions.begin_measure(
            by, household=household, kind=HouseholdMeasure.Kind.SHOPPING_FOR, begins_at=now
        ),
        "release_measure": lambda by: actions.release_measure(
            by, measure=measure, at=now + timedelta(hours=1)
        ),
        "merge_households": lambda by: actions.merge_households(by, household=household, into=second),
        "merge_persons": lambda by: actions.merge_persons(
            by, place=place, person=resident.person, into=a_person()
        ),
        "merge_places": lambda by: actions.merge_places(by, place=place, into=other),
        "undo_register_merge": lambda by: actions.undo_register_merge(by, merge=merge),
        "register_employee": lambda by: actions.register_employee(by, place=site, name="乙"),
        "change_employee": lambda by: actions.change_employee(
            by,
            employee=employee,
            employer=employee.employer,
            number="",
            department="",
            job="",
            dormitory_room=None,
        ),
        "end_employment": lambda by: actions.end_employment(by, employee=employee, on=today),
        "register_spot": lambda by: actions.register_spot(by, place=place, kind="gate", name="南门"),
        "register_stairwell_spots": lambda by: actions.register_stairwell_spots(by, place=place),
        "change_spot": lambda by: actions.change_spot(by, spot=gate, name="北门"),
        "close_spot": lambda by: actions.close_spot(by, spot=gate, on=today),
        "renew_spot_code": lambda by: actions.renew_spot_code(by, spot=gate),
        "issue_passes": lambda by: actions.issue_passes(
            by, place=place, holders=[second], validity=validity()
        ),
        "issue_household_passes": lambda by: actions.issue_household_passes(
            by, place=place, validity=validity()
        ),
        "replace_pass": lambda by: actions.replace_pass(by, entry_pass=one, reason="遗失"),
        "revoke_passes": lambda by: actions.revoke_passes(by, passes=[one], reason="遗失"),
        "rotate_pass_key": lambda by: actions.rotate_pass_key(by),
        "withdraw_pass_key": lambda by: actions.withdraw_pass_key(by, kid="00000000"),
        "keep_place_import_draft": lambda by: actions.keep_place_import_draft(
            by, place=place, table=Table.RESIDENTS, file_name="a.csv", rows=rows
        ),
        "import_place_rows": lambda by: actions.import_place_rows(
            by, place=place, table=Table.RESIDENTS, rows=rows, bad_rows=BadRows.REFUSE_ALL
        ),
    }


# Whoever reads the book of a place may call who is in charge of it.
_MAY_CALL = "call_person"


def test_whoever_has_no_right_on_a_place_writes_nothing_there() -> None:
    a_response()
    strangers = [an_actor(None), Actor(an_officer_at(a_place())), an_actor(Role.GIFT_CLERK)]
    clerk = strangers[-1]
    allowed = [
        code
        for code, act in every_act().items()
        for stranger in strangers
        if not (code == _MAY_CALL and stranger is clerk) and not _is_refused(act, stranger)
    ]
    assert allowed == []


def _is_refused(act: Callable[[Actor], Any], by: Actor) -> bool:
    try:
        act(by)
    except NotAllowed:
        return True
    return False


def test_the_table_holds_every_action_of_the_app() -> None:
    named = {name for name in actions.__all__ if name[0].islower()}
    assert set(every_act()) == named
