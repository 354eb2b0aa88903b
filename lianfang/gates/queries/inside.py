"""Who is inside now, who is still out, and for how long: told from the last passage of each person."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import CharField, F, QuerySet, Value, Window
from django.db.models.functions import Cast, Coalesce, NullIf, RowNumber

from lianfang.book.models import Response
from lianfang.gates.models import Direction, Outcome, Passage, PersonCategory
from lianfang.gates.rules import rules_at
from lianfang.places.models import Place

# Somebody whose last passage is older than this is no longer looked for here.
LOOKED_BACK = timedelta(days=14)
AT_HOME = (PersonCategory.RESIDENT, PersonCategory.TENANT)


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """One person by the last passage, made at `since`; `over` is by how much the allowed time is exceeded."""

    passage: Passage
    since: datetime
    lasting: timedelta
    over: timedelta | None


@dataclass(frozen=True, slots=True)
class Inside:
    """A place at a moment. Residents of whom no passage is known are taken to be at home, and not listed."""

    visitors: list[Whereabouts]
    """Who does not live here and came in: 在内人员."""
    out: list[Whereabouts]
    """Who lives here and went out: 外出未归, the longest first."""

    @property
    def overstaying(self) -> list[Whereabouts]:
        return [one for one in (*self.out, *self.visitors) if one.over is not None]


def inside_of(
    place: Place,
    response: Response,
    now: datetime,
    *,
    allowed_out: timedelta | None = None,
    allowed_in: timedelta | None = None,
) -> Inside:
    """Who is inside and who is out. `allowed_out` is 外出时限, `allowed_in` how long visitors may stay.

    A person without a line in the register is the same person by ID number, phone, or else by name.
    """
    visitors: list[Whereabouts] = []
    out: list[Whereabouts] = []
    for passage in _last_passages(place, response, now):
        lives_here = passage.category in AT_HOME
        if lives_here == (passage.direction == Direction.IN):
            continue
        lasting = now - passage.happened_at
        allowed = allowed_out if lives_here else allowed_in
        over = lasting - allowed if allowed is not None and lasting > allowed else None
        (out if lives_here else visitors).append(Whereabouts(passage, passage.happened_at, lasting, over))
    return Inside(sorted(visitors, key=lambda one: one.since), sorted(out, key=lambda one: one.since))


def allowed_out(place: Place, at: datetime) -> timedelta | None:
    """How long an outing may last by the rules in force (外出时限): the longest that they name, or None."""
    rules = rules_at(place, at)
    minutes = [quota["minutes_out"] for quota in rules["quotas"] if quota.get("minutes_out")] if rules else []
    return timedelta(minutes=max(minutes)) if minutes else None


def vehicles_inside(place: Place, response: Response, now: datetime) -> list[Whereabouts]:
    """The vehicles whose last passage was inbound, the longest first."""
    rows = (
        _admitted(place, response, now)
        .exclude(plate="")
        .annotate(
            nth=Window(
                RowNumber(), partition_by=[F("plate")], order_by=[F("happened_at").desc(), F("pk").desc()]
            )
        )
        .filter(nth=1)
    )
    found = [
        Whereabouts(row, row.happened_at, now - row.happened_at, None)
        for row in rows
        if row.direction == Direction.IN
    ]
    return sorted(found, key=lambda one: one.since)


def _last_passages(place: Place, response: Response, now: datetime) -> QuerySet[Any]:
    who = Coalesce(
        Cast("person_id", CharField()),
        NullIf(F("document_index"), Value("")),
        NullIf(F("phone_index"), Value("")),
        F("name"),
        output_field=CharField(),
    )
    rows: QuerySet[Any] = (
        _admitted(place, response, now)
        .filter(plate="")
        .annotate(
            nth=Window(RowNumber(), partition_by=[who], order_by=[F("happened_at").desc(), F("pk").desc()])
        )
        .filter(nth=1)
        .select_related("household", "gate")
    )
    return rows


def _admitted(place: Place, response: Response, now: datetime) -> QuerySet[Any]:
    gates: list[UUID] = list(place.spots.values_list("pk", flat=True))
    rows: QuerySet[Any] = Passage.objects.current().filter(
        response=response,
        gate__in=gates,
        outcome=Outcome.ADMITTED,
        happened_at__gt=now - LOOKED_BACK,
        happened_at__lte=now,
    )
    return rows.order_by()
