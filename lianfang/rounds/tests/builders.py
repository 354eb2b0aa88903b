"""Builders: a place with spots, a round over them, a mark."""

from datetime import datetime, timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from lianfang.book.actions import Actor
from lianfang.book.rights import Role
from lianfang.people.models import Body
from lianfang.people.tests.builders import a_body, a_county, a_response, an_actor
from lianfang.places.models import Building, Place, PlaceKind, Spot, SpotKind, Stairwell
from lianfang.rounds import actions
from lianfang.rounds.actions import Disinfected
from lianfang.rounds.models import Mark, Round, RoundKind

_numbers = count(1)


def a_place(body: Body | None = None) -> Place:
    number = next(_numbers)
    return Place.objects.create(
        name=f"测试小区{number}", kind=PlaceKind.COMPOUND, area=a_county(), body=body or a_body()
    )


def a_spot(place: Place, kind: str = SpotKind.BIN, **values: Any) -> Spot:
    return Spot.objects.create(place=place, kind=kind, name=f"点位{next(_numbers)}", **values)


def a_house(place: Place, *, stairwells: int = 2, floors: int = 3) -> list[Spot]:
    """A building with a spot of kind stairwell on each floor of each stairwell."""
    building = Building.objects.create(place=place, number=str(next(_numbers)), floors=floors)
    spots = []
    for number in range(1, stairwells + 1):
        well = Stairwell.objects.create(building=building, number=str(number))
        spots += [
            a_spot(place, SpotKind.STAIRWELL, building=building, stairwell=well, floor=floor)
            for floor in range(1, floors + 1)
        ]
    return spots


def a_lead(place: Place) -> Actor:
    return an_actor(Role.PLACE_LEAD, body=place.body)


def a_round(place: Place, spots: list[Spot], **values: Any) -> Round:
    common = {
        "kind": RoundKind.DISINFECTION,
        "name": f"例行{next(_numbers)}",
        "interval_minutes": 720,
        "since": timezone.now() - timedelta(days=2),
    }
    return actions.plan_round(a_lead(place), place=place, spots=spots, **{**common, **values})


CHLORINE = Disinfected("chlorine", "wipe", "stairwell", 500, 30)


def a_mark(spot: Spot, at: datetime, actor: Actor | None = None, **values: Any) -> Mark:
    common = {"kind": RoundKind.DISINFECTION, "disinfected": CHLORINE, "people": "某甲"}
    return actions.record_mark(
        actor or a_lead(spot.place),
        response=a_response(),
        spot=spot,
        happened_at=at,
        **{**common, **values},
    )
