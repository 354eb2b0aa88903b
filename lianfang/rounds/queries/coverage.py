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

from django.db.models import OuterRef, Q, QuerySet, Subquery
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
class Stop:
    """A spot to which a round goes, as far as a clock needs it: a place may have thousands."""

    round: Round
    spot_id: UUID
    name: str
    building_id: UUID | None
    stairwell: str
    floor: int | None
    order: int
    since: datetime


@dataclass(frozen=True, slots=True)
class Clock:
    """One stop of a round: last done (None: never), due at, and how that stands."""

    stop: Stop
    last: datetime | None
    due_at: datetime
    light: Light

    @property
    def round(self) -> Round:
        return self.stop.round


@dataclass(slots=True)
class Cell:
    """A floor of a stairwell (or a spot that stands alone) with the worst of its clocks."""

    label: str
    clocks: list[Clock] = field(default_factory=list)

    @property
    def clock(self) -> Clock | None:
        """The one that says how the cell stands: the clocks come with the most overdue first."""
        return self.clocks[0] if self.clocks else None

    @property
    def light(self) -> Light | None:
        return self.clock.light if self.clock else None


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
    """The clocks of all rounds in force at these places, the most overdue first. Two queries.

    The last mark of each stop is one step in the index of marks, however many there are.
    """
    day = timezone.localdate(at)
    rounds = {
        one.pk: one
        for one in Round.objects.filter(
            Q(valid_from__isnull=True) | Q(valid_from__lte=day),
            Q(valid_to__isnull=True) | Q(valid_to__gte=day),
            place__in=list(places),
        ).select_related("place")
    }
    last = (
        Mark.objects.current()
        .filter(spot=OuterRef("spot"), kind=OuterRef("round__kind"), response=response, happened_at__lte=at)
        .order_by("-happened_at")
        .values("happened_at")[:1]
    )
    rows = (
        RoundSpot.objects.filter(
            Q(ended_at__isnull=True) | Q(ended_at__gt=at), round__in=rounds, since__lte=at
        )
        .order_by()
        .annotate(last=Subquery(last))
        .values_list(
            "round",
            "spot",
            "spot__name",
            "spot__building",
            "spot__stairwell__number",
            "spot__floor",
            "order",
            "since",
            "last",
        )
    )
    clocks = [
        _clock(Stop(rounds[planned], spot, name, house, stairwell or "", floor, order, since), done, at)
        for planned, spot, name, house, stairwell, floor, order, since, done in rows
    ]
    return sorted(clocks, key=lambda clock: (clock.due_at, clock.stop.order, clock.stop.name))


def coverage_of(place: Place, response: Response, at: datetime) -> Coverage:
    """The clocks of a place and its picture. Three queries."""
    clocks = clocks_of([place], response, at)
    houses, others = _picture(clocks)
    return Coverage(place, at, clocks, houses, others)


def marks_of(officer: Officer, response: Response) -> QuerySet[Any]:
    """What was done at the places in reach, newest first."""
    rows = officer.reach(Right.KEEP_ROUNDS).rows(
        areas=["spot__place__area"], bodies=["spot__place__body"], places=["spot__place"]
    ) | officer.reach(Right.INSPECT).rows(
        areas=["spot__place__area"], bodies=["spot__place__body"], places=["spot__place"]
    )
    found: QuerySet[Any] = Mark.objects.current().filter(rows, response=response)
    return found.select_related("spot__place", "written_by")


def _clock(stop: Stop, last: datetime | None, at: datetime) -> Clock:
    planned = stop.round
    begun = last if last is not None and last >= stop.since else None
    due = planned.due_after(begun or stop.since)
    if at > due:
        light = Light.OVERDUE
    elif due - at < planned.interval / 5:
        light = Light.DUE
    else:
        light = Light.DONE
    return Clock(stop, begun, due, light)


def _picture(clocks: Sequence[Clock]) -> tuple[list[HousePicture], list[Cell]]:
    """Clocks of spots in stairwells by floor; a spot without a floor stands for all of its stairwell."""
    indoors: dict[UUID, list[Clock]] = {}
    others: dict[UUID, Cell] = {}
    for clock in clocks:
        stop = clock.stop
        if stop.building_id:
            indoors.setdefault(stop.building_id, []).append(clock)
        else:
            others.setdefault(stop.spot_id, Cell(stop.name)).clocks.append(clock)
    buildings = Building.objects.filter(pk__in=indoors)
    return [
        _house(building, indoors[building.pk])
        for building in sorted(buildings, key=lambda one: (len(one.number), one.number))
    ], list(others.values())


def _house(building: Building, inside: Sequence[Clock]) -> HousePicture:
    here: dict[tuple[int | None, str], list[Clock]] = {}
    for clock in inside:
        here.setdefault((clock.stop.floor, clock.stop.stairwell), []).append(clock)
    names = sorted({clock.stop.stairwell for clock in inside if clock.stop.stairwell}) or [""]
    rows = [
        (f"{floor}", [_cell(f"{floor}", here, floor, name) for name in names])
        for floor in range(building.floors or 1, 0, -1)
    ]
    return HousePicture(str(building), names, rows)


def _cell(label: str, here: dict[tuple[int | None, str], list[Clock]], floor: int, name: str) -> Cell:
    """The clocks of a floor in a stairwell, the most overdue first."""
    found, everywhere = here.get((floor, name), []), here.get((None, name), [])
    if found and everywhere:
        return Cell(label, sorted([*found, *everywhere], key=lambda clock: clock.due_at))
    return Cell(label, found or everywhere)
