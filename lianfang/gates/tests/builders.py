"""Builders for tests of the gates: a place with people, a gate, a passage, a case."""

from datetime import datetime, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from lianfang.book.actions import Actor, Origin
from lianfang.book.rights import Role
from lianfang.gates.actions.crossings import register_passages
from lianfang.gates.models import Direction, HealthIncident, Outcome, Passage, PersonCategory
from lianfang.gates.writing import Circumstances, Crossing, ReadingTaken
from lianfang.people.models import Grant, Person
from lianfang.people.tests.builders import a_county, a_person, a_response, an_officer
from lianfang.places.indexing import households_changed
from lianfang.places.models import (
    Building,
    Household,
    Lane,
    Place,
    PlaceKind,
    Resident,
    Room,
    Spot,
    SpotKind,
    Stairwell,
    Way,
)

_numbers = count(1)


def a_place(name: str = "家具城小区", kind: str = PlaceKind.COMPOUND) -> Place:
    found, _made = Place.objects.get_or_create(name=name, area=a_county(), defaults={"kind": kind})
    return found


def a_gate(name: str = "东门", place: Place | None = None) -> Spot:
    found, _made = Spot.objects.get_or_create(
        place=place or a_place(),
        name=name,
        defaults={"kind": SpotKind.GATE, "lane": Lane.BOTH, "way": Way.BOTH},
    )
    return found


def a_household(label: str = "3-2-501", place: Place | None = None) -> Household:
    place = place or a_place()
    if found := Household.objects.filter(place=place, label=label).first():
        return found
    house, stairs, number = label.split("-")
    building, _made = Building.objects.get_or_create(place=place, number=house)
    stairwell, _made = Stairwell.objects.get_or_create(building=building, number=stairs)
    room = Room.objects.create(building=building, stairwell=stairwell, number=number)
    return Household.objects.create(place=place, room=room, label=label)


def a_resident(name: str = "", label: str = "3-2-501", place: Place | None = None) -> Person:
    person = a_person(name or f"住户{next(_numbers)}")
    household = a_household(label, place)
    Resident.objects.create(person=person, household=household)
    households_changed([household.pk])
    return person


def a_keeper(role: str = Role.PLACE_LEAD, place: Place | None = None) -> Actor:
    """Somebody with a role on the place alone."""
    officer = an_officer(None)
    Grant.objects.create(officer=officer, role=role, place_id=(place or a_place()).pk)
    return Actor(officer, Origin.DESK, "127.0.0.1")


def circumstances(**values: Any) -> Circumstances:
    defaults: dict[str, Any] = {
        "response": a_response(),
        "gate": values.pop("gate", None) or a_gate(),
        "direction": Direction.IN,
        "happened_at": timezone.now() - timedelta(minutes=5),
        "guard_name": "值守员甲",
    }
    return Circumstances(**{**defaults, **values})


def a_passage(
    person: Person | None = None,
    *,
    actor: Actor | None = None,
    gate: Spot | None = None,
    at: datetime | None = None,
    direction: str = Direction.IN,
    celsius: str = "",
    **values: Any,
) -> Passage:
    """One passage with its reading, through the action."""
    gate = gate or a_gate()
    if person is None and "name" not in values and "plate" not in values:
        values["name"] = f"访客{next(_numbers)}"
    household = values.pop("household", None)
    if person and household is None:
        line = Resident.objects.filter(person=person, household__place=gate.place).first()
        household = line.household if line else None
    crossing = Crossing(
        category=values.pop("category", PersonCategory.RESIDENT if household else PersonCategory.VISITOR),
        person=person,
        household=household,
        readings=[ReadingTaken(Decimal(celsius))] if celsius else [],
        **values,
    )
    passages = register_passages(
        actor or a_keeper(place=gate.place),
        crossings=[crossing],
        at=circumstances(
            gate=gate, direction=direction, happened_at=at or timezone.now() - timedelta(minutes=5)
        ),
    )
    return passages[0]


def a_case(actor: Actor | None = None, *, at: datetime | None = None, name: str = "王发热") -> HealthIncident:
    """The open case of a visitor who was held with 38.0."""
    held = a_passage(
        name=name, actor=actor, at=at, celsius="38.0", outcome=Outcome.HELD, reasons=["体温异常"]
    )
    return HealthIncident.objects.get(encounter=held.root_id)
