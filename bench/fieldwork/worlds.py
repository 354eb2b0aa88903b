"""A compound of 5,000 people with gates and phones, and what its guards write in a day. All invented."""

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from lianfang.book.actions import Actor, Origin
from lianfang.book.models import Response, RuleProfile
from lianfang.book.registers import new_id
from lianfang.book.rights import Role
from lianfang.engines.rules import as_data
from lianfang.engines.rules.gates import presets
from lianfang.field.actions import enrol_at_once
from lianfang.field.tests.phones import Phone
from lianfang.people.models import Area, AreaLevel, Grant, Officer, Person
from lianfang.places.models import Household, Place, PlaceKind, PlaceState, Regime, Resident, Spot, SpotKind

_FAMILIES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "小明建国红梅伟强芳丽军燕霞涛静波春晓"


@dataclass(slots=True)
class World:
    """One place of the book: who lives there, its gates, and the officer who enrols phones."""

    response: Response
    place: Place
    gates: list[Spot]
    officer: Officer
    households: list[tuple[UUID, list[tuple[UUID, str]]]] = field(default_factory=list)
    """Household → persons with their names."""

    @property
    def actor(self) -> Actor:
        return Actor(self.officer, Origin.COMMAND_LINE)

    def phone(self, gate: int = 0) -> Phone:
        spot = self.gates[gate]
        enrolled = enrol_at_once(self.actor, response=self.response, spot=spot, name=f"手机{new_id()}")
        return Phone(str(enrolled.device.pk), enrolled.token, str(spot.pk))


def a_world(*, households: int = 2000, gates: int = 4, ruled: bool = True) -> World:
    """A compound under closed management: one person of a household every two days, if `ruled`."""
    county = Area.objects.create(name="云溪县", level=AreaLevel.COUNTY, division_code="379901")
    response = Response.objects.create(
        name="云溪县疫情防控", county="云溪县", county_code="379901", started_on=date(2020, 1, 24)
    )
    officer = Officer.objects.create(username="bench", display_name="试验员")
    Grant.objects.create(officer=officer, role=Role.HEADQUARTERS, area=county)
    place = Place.objects.create(name="试验小区", kind=PlaceKind.COMPOUND, area=county)
    PlaceState.objects.create(place=place, regime=Regime.CLOSED, begins_at=datetime(2020, 1, 26, tzinfo=UTC))
    spots = [
        Spot.objects.create(place=place, kind=SpotKind.GATE, name=f"{index + 1}号门", lane="both", way="both")
        for index in range(gates)
    ]
    world = World(response, place, spots, officer)
    _settle(world, households)
    if ruled:
        preset = next(one for one in presets() if one.code == "preset-dorbod")
        RuleProfile.objects.create(
            code="bench-gate",
            subject="gate",
            title=preset.title,
            authority=preset.source,
            valid_from=date(2020, 1, 1),
            parameters=as_data(preset),
        )
    return world


def _settle(world: World, count: int) -> None:
    chance = random.Random(3)
    homes = Household.objects.bulk_create(
        Household(place=world.place, label=f"{index % 40 + 1}-{index // 40 % 4 + 1}-{index // 160 + 101}")
        for index in range(count)
    )
    people, residents = [], []
    for home in homes:
        inside = []
        for _index in range(chance.choice((1, 2, 2, 3, 3, 4))):
            person = Person(name=chance.choice(_FAMILIES) + chance.choice(_GIVEN) + chance.choice(_GIVEN))
            people.append(person)
            residents.append(Resident(household=home, person=person))
            inside.append((person.pk, person.name))
        world.households.append((home.pk, inside))
    Person.objects.bulk_create(people, batch_size=1000)
    Resident.objects.bulk_create(residents, batch_size=1000)


def one_passage(world: World, phone: Phone, at: datetime, chance: random.Random) -> None:
    """What a guard writes of the next one at the gate: mostly residents, some visitors with a phone."""
    reading = {
        "id": str(new_id()),
        "tenths": chance.randint(358, 370),
        "kind": "forehead_gun",
        "body_site": "forehead",
        "thermometer": "额温枪1",
    }
    data: dict[str, Any] = {"direction": chance.choice(("in", "out")), "readings": [reading]}
    kind = chance.random()
    if kind < 0.8:
        home, inside = chance.choice(world.households)
        person, name = chance.choice(inside)
        data |= {
            "category": "resident",
            "household": str(home),
            "person": str(person),
            "name": name,
            "outcome": "admitted",
            "facts": {"identity": "register"},
        }
    elif kind < 0.93:
        home, _inside = chance.choice(world.households)
        data |= {
            "category": "visitor",
            "household": str(home),
            "name": chance.choice(_FAMILIES) + chance.choice(_GIVEN),
            "phone": f"139{chance.randint(0, 99999999):08d}",
            "coming_from": "本县",
            "purpose": "走访",
            "outcome": "turned_back",
            "reasons": ["outsider"],
            "facts": {"host": "declined"},
            "answers": {"mask": "yes", "travel": "no", "symptoms": "no"},
        }
    else:
        data |= {
            "category": "courier",
            "name": "",
            "outcome": "turned_back",
            "reasons": ["goods_on_shelf"],
            "answers": {"mask": "yes"},
        }
    phone.write("passage", data, at=at)


def write_passages(
    world: World, phone: Phone, count: int, chance: random.Random, begin: datetime, step: timedelta
) -> None:
    for index in range(count):
        one_passage(world, phone, begin + index * step, chance)
