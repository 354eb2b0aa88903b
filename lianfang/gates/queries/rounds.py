"""Rounds of readings as they are read: of each person the readings of a day, morning, noon and evening."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils import timezone

from lianfang.book.models import Response
from lianfang.gates.models import PersonCategory, Temperature
from lianfang.gates.queries.passages import day_span, visible_passages
from lianfang.people.models import Officer, Person
from lianfang.places.models import Place

# A round has no name of its own: the hour says which one it is.
_NOON_FROM, _EVENING_FROM = time(11), time(16)
ROUNDS = ("morning", "noon", "evening")


@dataclass(slots=True)
class DayReadings:
    """The readings of one person on a day, by round, the last of a round last; those at gates count too."""

    morning: list[Temperature] = field(default_factory=list)
    noon: list[Temperature] = field(default_factory=list)
    evening: list[Temperature] = field(default_factory=list)

    @property
    def all(self) -> list[Temperature]:
        return [*self.morning, *self.noon, *self.evening]

    def last(self, part: str) -> Temperature | None:
        rows: list[Temperature] = getattr(self, part)
        return rows[-1] if rows else None


def round_of(moment: datetime) -> str:
    clock = timezone.localtime(moment).time()
    if clock < _NOON_FROM:
        return "morning"
    return "noon" if clock < _EVENING_FROM else "evening"


def readings_of_day(
    place: Place, response: Response | None, day: date, persons: "Iterable[Person | UUID] | QuerySet[Any]"
) -> dict[UUID, DayReadings]:
    """The readings of these persons at a place on a day, in one query. Whoever was not measured is absent."""
    begin, end = day_span(day)
    found: dict[UUID, DayReadings] = {}
    rows = (
        Temperature.objects.current()
        .filter(response=response, place=place, happened_at__gte=begin, happened_at__lt=end)
        .filter(person__in=persons)
        .order_by("happened_at")
    )
    for row in rows:
        if row.person_id and row.happened_at:
            day_readings = found.setdefault(row.person_id, DayReadings())
            getattr(day_readings, round_of(row.happened_at)).append(row)
    return found


def others_than_employees(
    officer: Officer, response: Response, place: Place, begin: datetime, end: datetime
) -> "QuerySet[Any]":
    """Visitors, couriers, workers and vehicles that passed the gates of a place, the oldest first."""
    rows: QuerySet[Any] = visible_passages(officer, response).filter(
        gate__place=place, happened_at__gte=begin, happened_at__lt=end
    )
    return rows.exclude(category=PersonCategory.EMPLOYEE, plate="").order_by("happened_at")
