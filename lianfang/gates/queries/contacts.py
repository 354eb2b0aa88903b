"""Who passed the same gate within so many minutes of a person, over so many days: for a case, with a purpose.

Fast on a table of tens of millions of rows: the person's own passages are found by (person, happened_at),
turned into spans of time at each gate, and the others are read by (gate, happened_at). Nothing else is
touched. The rows are read as plain values, and grouped by person here.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any
from uuid import UUID

from django.db.models import Q

from lianfang.book.models import Response
from lianfang.gates.models import Passage
from lianfang.people.models import Person
from lianfang.places.models import Spot

_SPANS_AT_ONCE = 80
_COLUMNS = (
    "pk",
    "gate_id",
    "happened_at",
    "direction",
    "person_id",
    "name",
    "plate",
    "category",
    "household__label",
    "document_index",
    "phone_index",
)


@dataclass(frozen=True, slots=True)
class Meeting:
    """Somebody else's passage near one of the person's: `apart` is the time between the two."""

    passage_id: UUID
    gate_id: UUID
    happened_at: datetime
    direction: str
    person_id: UUID | None
    name: str
    plate: str
    category: str
    household: str
    apart: timedelta
    who: str
    """The same for all passages of one person: by register line, ID number, phone, or else by name."""


@dataclass(frozen=True, slots=True)
class Contact:
    """One person (or vehicle) with all meetings: the closest, the first and the last."""

    meetings: Sequence[Meeting]

    @property
    def name(self) -> str:
        return self.meetings[0].name or self.meetings[0].plate

    @property
    def household(self) -> str:
        return next((one.household for one in self.meetings if one.household), "")

    @property
    def person_id(self) -> UUID | None:
        return self.meetings[0].person_id

    @property
    def category(self) -> str:
        return self.meetings[-1].category

    @property
    def closest(self) -> Meeting:
        return min(self.meetings, key=lambda one: one.apart)

    @property
    def first_at(self) -> datetime:
        return min(one.happened_at for one in self.meetings)

    @property
    def last_at(self) -> datetime:
        return max(one.happened_at for one in self.meetings)


def meetings_of(
    person: Person,
    response: Response,
    *,
    minutes: int,
    since: datetime,
    until: datetime,
    gates: Iterable[Spot] | None = None,
) -> list[Meeting]:
    """The passages of others at the same gate within ± `minutes` of each passage of `person`.

    `gates`: only at these (those that the officer may trace at); all of them if None.
    """
    own = _own(person, response, since, until, gates)
    reach = timedelta(minutes=minutes)
    found: list[Meeting] = []
    waiting = _spans(own, reach)
    while spans := list(islice(waiting, _SPANS_AT_ONCE)):
        near = Q()
        for gate, begin, end in spans:
            near |= Q(gate=gate, happened_at__gte=begin, happened_at__lte=end)
        rows = Passage.objects.current().filter(near, response=response).order_by().values_list(*_COLUMNS)
        found.extend(_meeting(row, own[row[1]]) for row in rows if row[4] != person.pk)
    return found


def contacts_of(meetings: Iterable[Meeting]) -> list[Contact]:
    """The meetings grouped by person, those who came closest and most often first."""
    grouped: dict[str, list[Meeting]] = {}
    for meeting in meetings:
        grouped.setdefault(meeting.who, []).append(meeting)
    contacts = [Contact(sorted(one, key=lambda each: each.happened_at)) for one in grouped.values()]
    return sorted(contacts, key=lambda one: (one.closest.apart, -len(one.meetings), one.name))


def _own(
    person: Person,
    response: Response,
    since: datetime,
    until: datetime,
    gates: Iterable[Spot] | None,
) -> dict[UUID, list[datetime]]:
    """The person's times at each gate, in order."""
    rows: Any = Passage.objects.current().filter(
        response=response, person=person, happened_at__gte=since, happened_at__lte=until
    )
    if gates is not None:
        rows = rows.filter(gate__in=gates)
    own: dict[UUID, list[datetime]] = {}
    for gate, at in rows.order_by("happened_at").values_list("gate_id", "happened_at"):
        own.setdefault(gate, []).append(at)
    return own


def _spans(own: dict[UUID, list[datetime]], reach: timedelta) -> Iterator[tuple[UUID, datetime, datetime]]:
    """The spans of time at each gate; those that overlap are one, so that no row is read twice."""
    for gate, times in own.items():
        begin, end = times[0] - reach, times[0] + reach
        for at in times[1:]:
            if at - reach <= end:
                end = at + reach
                continue
            yield gate, begin, end
            begin, end = at - reach, at + reach
        yield gate, begin, end


def _meeting(row: tuple[Any, ...], own: Sequence[datetime]) -> Meeting:
    pk, gate, at, direction, person, name, plate, category, household, document, phone = row
    return Meeting(
        pk,
        gate,
        at,
        direction,
        person,
        name,
        plate,
        category,
        household or "",
        min(abs(at - one) for one in own),
        str(person or document or phone or f"{name} {plate}"),
    )
