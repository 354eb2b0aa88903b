"""Builders for tests: a compound with its rooms, a household with its people, in one call each."""

from datetime import datetime, timedelta
from itertools import count

from django.utils import timezone

from lianfang.book.actions import Actor
from lianfang.book.rights import Role
from lianfang.people.models import Area, Body, Grant, Officer
from lianfang.people.tests.builders import a_body, a_township, an_actor, an_officer
from lianfang.places import actions
from lianfang.places.models import Household, Place, PlaceKind, Resident, Room, Spot, SpotKind

_numbers = count(1)


def headquarters() -> Actor:
    """Somebody who may keep places and issue passes in the whole county."""
    return an_actor(Role.HEADQUARTERS)


def a_place(
    name: str = "",
    kind: str = PlaceKind.COMPOUND,
    *,
    area: Area | None = None,
    body: Body | None = None,
    actor: Actor | None = None,
    unmanaged: bool = False,
) -> Place:
    if kind == PlaceKind.ENTERPRISE_SITE and body is None:
        body = a_body()
    return actions.register_place(
        actor or headquarters(),
        name=name or f"测试小区{next(_numbers)}",
        kind=kind,
        area=area or a_township(),
        body=body,
        unmanaged=unmanaged,
    )


def a_compound(actor: Actor | None = None, *, buildings: int = 3) -> Place:
    """Buildings 1–3 with two stairwells, six floors, two rooms a floor."""
    actor = actor or headquarters()
    place = a_place(actor=actor)
    actions.build_compound(actor, place=place, plan=actions.Plan(1, buildings, 2, 6, 2))
    return place


def a_room(place: Place, building: str = "3", stairwell: str = "2", number: str = "501") -> Room:
    return Room.objects.get(
        building__place=place, building__number=building, stairwell__number=stairwell, number=number
    )


def a_household(
    place: Place, room: str = "3-2-501", head: str = "王大明", *, phone: str = "", actor: Actor | None = None
) -> Household:
    building, stairwell, number = room.split("-")
    return actions.register_household(
        actor or headquarters(),
        place=place,
        room=a_room(place, building, stairwell, number),
        head_name=head,
        phone=phone,
    )


def a_resident(
    household: Household, name: str = "李小红", actor: Actor | None = None, **values: object
) -> Resident:
    return actions.register_resident(
        actor or headquarters(),
        household=household,
        name=name,
        **values,  # type: ignore[arg-type]
    )


def a_gate(place: Place, name: str = "东门") -> Spot:
    return actions.register_spot(headquarters(), place=place, kind=SpotKind.GATE, name=name)


def an_officer_at(place: Place, role: str = Role.PLACE_LEAD) -> Officer:
    """An officer whose role reaches this place and nothing else."""
    officer = an_officer(None)
    Grant.objects.create(officer=officer, role=role, place_id=place.pk)
    return officer


def validity(days: int = 14, begins_at: datetime | None = None) -> actions.Validity:
    begins_at = begins_at or timezone.now()
    return actions.Validity(begins_at, begins_at + timedelta(days=days))
