"""Builders for tests of the field: a gate with a phone, a household."""

from itertools import count

from lianfang.book.actions import Actor
from lianfang.field.actions import enrol_at_once
from lianfang.field.tests.phones import Phone
from lianfang.people.models import Person
from lianfang.people.tests.builders import a_county, a_person, a_response, an_actor
from lianfang.places.models import Household, Place, PlaceKind, Resident, Spot, SpotKind

_numbers = count(1)


def a_place(name: str = "") -> Place:
    return Place.objects.create(
        name=name or f"测试小区{next(_numbers)}", kind=PlaceKind.COMPOUND, area=a_county()
    )


def a_gate(place: Place | None = None, name: str = "") -> Spot:
    return Spot.objects.create(
        place=place or a_place(),
        kind=SpotKind.GATE,
        name=name or f"门{next(_numbers)}",
        lane="both",
        way="both",
    )


def a_household(place: Place, label: str = "3-2-501") -> Household:
    return Household.objects.create(place=place, label=label)


def a_resident(household: Household, name: str = "") -> Person:
    person = a_person(name)
    Resident.objects.create(household=household, person=person)
    return person


def a_phone(gate: Spot | None = None, by: Actor | None = None, name: str = "测试手机") -> Phone:
    spot = gate or a_gate()
    enrolled = enrol_at_once(by or an_actor(), response=a_response(), spot=spot, name=name)
    return Phone(str(enrolled.device.pk), enrolled.token, str(spot.pk))
