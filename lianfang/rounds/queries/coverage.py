"""Coverage: what was not done in its interval, by place, as a list and as a picture of the place.

Each stop of a round has a clock: when it was last done, and when it is due again. The clocks of all stops of
a place are read in two queries, however many spots and marks there are.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from django.db.models import Max, Q, QuerySet
from django.utils import timezone

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.people.models import Officer
from lianfang.places.models import Building, Place
from lianfang.rounds.models import Mark, Round, RoundSpot


class Light(StrEnum):
    """How a clock stands."""

    DONE = "done"
    DUE = "due"
    """Less than a fifth of the interval is left."""
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Clock:
    """One stop of a round: last done (None: never), due at, and how that stands."""

    stop: RoundSpot
    last: datetime | None
    due_at: datetime
    light: Light

    @property
    def round(self) -> Round:
        planned: Round = self.stop.round
        return planned


@dataclass(slots=True)
class Cell:
    """A floor of a stairwell (or a spot that stands alone) with the worst of its clocks."""

    label: str
    clocks: list[Clock] = field(default_factory=list)

    @property
    def light(self) -> Light | None:
        return worst(self.clocks)


@dataclass(frozen=True, slots=True)
class HousePicture:
    """A building as floors × stairwells: `rows` from the top floor down, one cell a stairwell."""

    name: str
    stairwells: Sequence[str]
    rows: Sequence[tuple[str, Sequence[Cell]]]


@dataclass(frozen=True, slots=True)
class Coverage:
    """The clocks of a place, the latest first, and the picture."""

    place: Place
    at: datetime
    clocks: Sequence[Clock]
    houses: Sequence[HousePicture]
    others: Sequence[Cell]

    @property
    def overdue(self) -> list[Clock]:
        return [clock for clock in self.clocks if clock.light is Light.OVERDUE]

    @property
    def done_share(self) -> int | None:
        """Clocks that are not overdue, in per cent; None where nothing is planned."""
        return round(100 * (1 - len(self.overdue) / len(self.clocks))) if self.clocks else None


def visible_round_places(officer: Officer) -> QuerySet[Place]:
    rows = officer.reach(Right.KEEP_ROUNDS).rows(areas=["area"], bodies=["body"], places=["pk"])
    rows |= officer.reach(Right.INSPECT).rows(areas=["area"], bodies=["body"], places=["pk"])
    return Place.objects.filter(rows, merged_into__isnull=True).order_by("name")


def clocks_of(places: Iterable[Place | UUID], response: Response, at: datetime) -> list[Clock]:
    """The clocks of all rounds in force at these places, the most overdue first. Two queries."""
    day = timezone.localdate(at)
    wanted = list(places)
    stops = list(
        RoundSpot.objects.filter(
            Q(round__valid_from__isnull=True) | Q(round__valid_from__lte=day),
            Q(round__valid_to__isnull=True) | Q(round__valid_to__gte=day),
            Q(ended_at__isnull=True) | Q(ended_at__gt=at),
            round__place__in=wanted,
            since__lte=at,
        ).select_related("round__place", "spot__building", "spot__stairwell")
    )
    last: dict[tuple[UUID, str], datetime] = {
        (spot, kind): moment
        for spot, kind, moment in Mark.objects.current()
        .filter(response=response, spot__place__in=wanted, happened_at__lte=at)
        .order_by()
        .values_list("spot", "kind")
        .annotate(last=Max("happened_at"))
    }
    clocks = [_clock(stop, last.get((stop.spot_id, stop.round.kind)), at) for stop in stops]
    return sorted(clocks, key=lambda clock: (clock.due_at, clock.stop.order))


def coverage_of(place: Place, response: Response, at: datetime) -> Coverage:
    """The clocks of a place and its picture. Three queries."""
    clocks = clocks_of([place], response, at)
    houses, others = _picture(clocks)
    return Coverage(place, at, clocks, houses, others)


def worst(clocks: Iterable[Clock]) -> Light | None:
    lights = {clock.light for clock in clocks}
    return next((light for light in (Light.OVERDUE, Light.DUE, Light.DONE) if light in lights), None)


def marks_of(officer: Officer, response: Response) -> QuerySet[Any]:
    """What was done at the places in reach, newest first."""
    rows = officer.reach(Right.KEEP_ROUNDS).rows(
        areas=["spot__place__area"], bodies=["spot__place__body"], places=["spot__place"]
    ) | officer.reach(Right.INSPECT).rows(
        areas=["spot__place__area"], bodies=["spot__place__body"], places=["spot__place"]
    )
    found: QuerySet[Any] = Mark.objects.current().filter(rows, response=response)
    return found.select_related("spot__place", "written_by")


def _clock(stop: RoundSpot, last: datetime | None, at: datetime) -> Clock:
    begun = last if last is not None and last >= stop.since else None
    due = stop.round.due_after(begun or stop.since)
    if at > due:
        light = Light.OVERDUE
    elif due - at < stop.round.interval / 5:
        light = Light.DUE
    else:
        light = Light.DONE
    return Clock(stop, begun, due, light)


def _picture(clocks: Sequence[Clock]) -> tuple[list[HousePicture], list[Cell]]:
    """Clocks of spots in stairwells by floor; a spot without a floor stands for all of its stairwell."""
    indoors: dict[UUID, list[Clock]] = {}
    others: dict[UUID, Cell] = {}
    for clock in clocks:
        spot = clock.stop.spot
        if spot.building_id:
            indoors.setdefault(spot.building_id, []).append(clock)
        else:
            others.setdefault(spot.pk, Cell(spot.name)).clocks.append(clock)
    houses = []
    buildings = Building.objects.filter(pk__in=indoors).order_by("number")
    for building in sorted(buildings, key=lambda one: (len(one.number), one.number)):
        inside = indoors[building.pk]
        names = sorted({clock.stop.spot.stairwell.number for clock in inside if clock.stop.spot.stairwell})
        floors = list(range(building.floors or 1, 0, -1))
        rows = []
        for floor in floors:
            cells = []
            for name in names or [""]:
                here = [
                    clock
                    for clock in inside
                    if (clock.stop.spot.stairwell.number if clock.stop.spot.stairwell else "") == name
                    and clock.stop.spot.floor in (None, floor)
                ]
                cells.append(Cell(f"{floor}", here))
            rows.append((f"{floor}", cells))
        houses.append(HousePicture(str(building), names or [""], rows))
    return houses, list(others.values())
