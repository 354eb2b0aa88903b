"""Rounds as they were walked: marks that follow each other, and who made them."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone

from lianfang.places.models import Place
from lianfang.rounds.models import Mark, Round, RoundKind

PAUSE = timedelta(hours=1)
"""Marks that are farther apart belong to two walks."""
AT_A_SPOT = timedelta(minutes=5)
"""What the last mark of a walk takes where it does not say so."""

_NAMES = re.compile(r"[、,;\s\uff0c\uff1b]+")


@dataclass(frozen=True, slots=True)
class Walk:
    """Some people did one kind of round at a place, from the first to the last mark."""

    kind: str
    names: Sequence[str]
    begins_at: datetime
    ends_at: datetime
    marks: int

    @property
    def title(self) -> str:
        return str(RoundKind(self.kind).label)


def walks_of(place: Place, begin: datetime, end: datetime) -> list[Walk]:
    """The walks at a place that began in a span, by time."""
    rows = (
        Mark.objects.current()
        .filter(spot__place=place, happened_at__gte=begin, happened_at__lt=end)
        .exclude(people="")
        .order_by("kind", "people", "happened_at")
        .values_list("kind", "people", "happened_at", "minutes")
    )
    found: list[Walk] = []
    for kind, people, at, minutes in rows:
        ends = at + (timedelta(minutes=minutes) if minutes else AT_A_SPOT)
        names = tuple(name for name in _NAMES.split(people) if name)
        last = found[-1] if found else None
        if last and (last.kind, last.names) == (kind, names) and at - last.ends_at <= PAUSE:
            found[-1] = Walk(kind, names, last.begins_at, max(ends, last.ends_at), last.marks + 1)
        else:
            found.append(Walk(kind, names, at, ends, 1))
    return sorted(found, key=lambda one: one.begins_at)


def rounds_at(place: Place, day: date | None = None) -> QuerySet[Round]:
    """The rounds that a place has on a day (today)."""
    on = day or timezone.localdate()
    return Round.objects.filter(
        Q(valid_from__isnull=True) | Q(valid_from__lte=on),
        Q(valid_to__isnull=True) | Q(valid_to__gte=on),
        place=place,
    ).order_by("name")
