"""A day at the gates in figures: by hour, by outcome, and which gate is silent. Passages of persons and of
vehicles are counted apart; nobody's passages are taken for a number of people."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import (
    Case,
    CharField,
    Count,
    F,
    Func,
    Max,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.utils import timezone

from lianfang.book.models import Response
from lianfang.gates.models import Direction, Outcome, Passage
from lianfang.gates.queries.judgements import differing
from lianfang.gates.queries.passages import day_span
from lianfang.places.models import Spot

SILENT_AFTER = timedelta(minutes=60)


@dataclass(slots=True)
class Tally:
    """Passages counted: of persons in and out, of vehicles, and what was decided.

    `turned_back_vehicles` are cars; the persons in them are counted in `turned_back` as persons.
    """

    persons_in: int = 0
    persons_out: int = 0
    vehicles: int = 0
    refused: int = 0
    turned_back: int = 0
    turned_back_vehicles: int = 0
    held: int = 0
    late: int = 0
    differs: int = 0

    @property
    def persons(self) -> int:
        return self.persons_in + self.persons_out

    @property
    def any(self) -> bool:
        return any(getattr(self, name) for name in self.__slots__)

    def __iadd__(self, other: "Tally") -> "Tally":
        for name in self.__slots__:
            setattr(self, name, getattr(self, name) + getattr(other, name))
        return self


@dataclass(slots=True)
class GateDay:
    """One gate on a day. `last_at` is the time of its last record, None where there is none."""

    gate: Spot
    tally: Tally = field(default_factory=Tally)
    last_at: datetime | None = None
    silent_for: timedelta | None = None
    """How long it has been silent, if it has been for long while others have not."""


@dataclass(frozen=True, slots=True)
class Day:
    """The gates of a day: each gate, all together, and the passages of persons per hour in and out."""

    day: date
    gates: Sequence[GateDay]
    total: Tally
    hours_in: Sequence[int]
    hours_out: Sequence[int]

    @property
    def silent(self) -> list[GateDay]:
        return [one for one in self.gates if one.silent_for is not None]

    @property
    def busiest(self) -> int | None:
        """The hour with most passages, None on a day without any."""
        sums = [inside + out for inside, out in zip(self.hours_in, self.hours_out, strict=True)]
        return sums.index(max(sums)) if any(sums) else None


def day_of(gates: Iterable[Spot], response: Response | None, day: date, now: datetime) -> Day:
    """What happened at these gates on a day (of all responses, if None is named).

    Two queries, whatever the number of passages.
    """
    open_gates = {gate.pk: GateDay(gate) for gate in gates if gate.ended_on is None or gate.ended_on >= day}
    hours_in, hours_out = [0] * 24, [0] * 24
    for row in _counts(list(open_gates), response, day):
        found = open_gates[row["gate"]]
        hour = (int(row["hour"]) + _HOURS_AHEAD) % 24
        _count(found.tally, row)
        if row["is_person"] == "1" and row["outcome"] == Outcome.ADMITTED:
            hours = hours_in if row["direction"] == Direction.IN else hours_out
            hours[hour] += row["n"]
        if found.last_at is None or row["last_at"] > found.last_at:
            found.last_at = row["last_at"]
    for gate, number in _differing(list(open_gates), response, day):
        open_gates[gate].tally.differs = number
    total = Tally()
    for one in open_gates.values():
        total += one.tally
    if day == timezone.localdate(now):
        _mark_silent(list(open_gates.values()), now)
    return Day(day, list(open_gates.values()), total, hours_in, hours_out)


def last_day_before(gates: QuerySet[Spot], response: Response | None, day: date) -> date | None:
    """The last day before `day` on which these gates recorded something. One step in the index a gate."""
    begin = timezone.make_aware(datetime.combine(day, time.min))
    rows = Passage.objects.filter(gate=OuterRef("pk"), happened_at__lt=begin)
    if response:
        rows = rows.filter(response=response)
    newest = Subquery(rows.order_by("-happened_at").values("happened_at")[:1])
    found = gates.order_by().annotate(last=newest).values_list("last", flat=True)
    last: datetime | None = max((one for one in found if one is not None), default=None)
    return timezone.localdate(last) if last else None


# China has one time zone and no summer time.
_HOURS_AHEAD = 8


class _HourInUtc(Func):
    """The hour of a moment in UTC, told by the database itself: at 200,000 passages a day this counts."""

    output_field = CharField()

    def as_sqlite(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, template="substr(%(expressions)s, 12, 2)", **extra)

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(
            compiler, connection, template="to_char(%(expressions)s AT TIME ZONE 'UTC', 'HH24')", **extra
        )


def _differing(gates: list[UUID], response: Response | None, day: date) -> list[tuple[UUID, int]]:
    """How many passages of each gate were decided otherwise than the rules say."""
    rows = differing(_of_day(gates, response, day)).order_by().values_list("gate").annotate(Count("pk"))
    return list(rows)


def _of_day(gates: list[UUID], response: Response | None, day: date) -> Any:
    begin, end = day_span(day)
    rows = Passage.objects.current().filter(gate__in=gates, happened_at__gte=begin, happened_at__lt=end)
    return rows.filter(response=response) if response else rows


def _counts(gates: list[UUID], response: Response | None, day: date) -> Iterable[dict[str, Any]]:
    rows: Iterable[dict[str, Any]] = (
        _of_day(gates, response, day)
        .order_by()
        .annotate(
            hour=_HourInUtc(F("happened_at")),
            is_person=Case(
                When(plate="", then=Value("1")), default=Value("0"), output_field=CharField(max_length=1)
            ),
        )
        .values("gate", "direction", "outcome", "hour", "is_person")
        .annotate(
            n=Count("pk"),
            last_at=Max("happened_at"),
            late=Count("pk", filter=Q(late_entry=True)),
        )
    )
    return rows


def _count(tally: Tally, row: dict[str, Any]) -> None:
    n, person, outcome = row["n"], row["is_person"] == "1", row["outcome"]
    tally.late += row["late"]
    if outcome == Outcome.TURNED_BACK and not person:
        tally.turned_back_vehicles += n
    if outcome == Outcome.ADMITTED and not person:
        tally.vehicles += n
    if not person:
        return
    if outcome == Outcome.ADMITTED:
        tally.persons_in += n if row["direction"] == Direction.IN else 0
        tally.persons_out += n if row["direction"] == Direction.OUT else 0
    elif outcome == Outcome.REFUSED:
        tally.refused += n
    elif outcome == Outcome.TURNED_BACK:
        tally.turned_back += n
    else:
        tally.held += n


def _mark_silent(gates: Sequence[GateDay], now: datetime) -> None:
    """A gate is silent when it has written nothing for an hour while another gate here has."""
    heard = [one.last_at for one in gates if one.last_at]
    if not heard or now - max(heard) > SILENT_AFTER:
        return
    begin, _end = day_span(timezone.localdate(now))
    for one in gates:
        since = now - (one.last_at or begin)
        if since > SILENT_AFTER:
            one.silent_for = since
