"""Who passed the same gate within so many minutes of a person, over so many days: for a case, with a purpose.

Fast on a table of tens of millions of rows: the person's own passages are found by (person, happened_at),
turned into spans of time at each gate, and the others are read by (gate, happened_at). Nothing else is
touched. The rows are read as plain values, and grouped by person here.
"""

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from operator import attrgetter, itemgetter
from typing import Any, NamedTuple
from uuid import UUID

from django.db import connection

from lianfang.book.models import Response
from lianfang.people.models import Person
from lianfang.places.models import Spot

_SPANS_AT_ONCE = 250
_OWN = """
SELECT own.gate_id, own.happened_at
FROM gates_passage AS own
WHERE own.person_id = %s AND own.response_id = %s AND own.happened_at BETWEEN %s AND %s AND NOT own.withdrawn
AND NOT EXISTS (SELECT 1 FROM gates_passage AS later WHERE later.corrects_id = own.id)
ORDER BY own.happened_at
"""
# The spans come first (SQLite keeps the order of a CROSS JOIN): each is one look-up by (gate, happened_at).
_NEAR = """
WITH near (gate, begins_at, ends_at) AS (VALUES {spans})
SELECT other.id, other.gate_id, other.direction, other.person_id, other.name, other.plate, other.category,
home.label, other.document_index, other.phone_index, {at}
FROM near CROSS JOIN gates_passage AS other
LEFT JOIN places_household AS home ON home.id = other.household_id
WHERE other.gate_id = near.gate AND other.happened_at BETWEEN near.begins_at AND near.ends_at
AND other.response_id = %s AND NOT other.withdrawn AND (other.person_id IS NULL OR other.person_id <> %s)
AND NOT EXISTS (SELECT 1 FROM gates_passage AS later WHERE later.corrects_id = other.id)
"""


class Meeting(NamedTuple):
    """Somebody else's passage near one of the person's: `apart` is the time between the two.

    There may be thousands, so ids are kept as the database gives them, and opened where they are shown.
    """

    passage: Any
    gate: Any
    direction: str
    person: Any
    name: str
    plate: str
    category: str
    household: str | None
    document: str
    phone: str
    happened_at: datetime
    apart: timedelta

    @property
    def passage_id(self) -> UUID:
        return _uuid(self.passage)

    @property
    def gate_id(self) -> UUID:
        return _uuid(self.gate)


_apart_of = attrgetter("apart")


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
        person = self.meetings[0].person
        return _uuid(person) if person else None

    @property
    def category(self) -> str:
        return self.meetings[-1].category

    @property
    def closest(self) -> Meeting:
        return min(self.meetings, key=_apart_of)

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
    """The passages of others at the same gate within ± `minutes` of each passage of `person`, in their order.

    `gates`: only at these (those that the officer may trace at); all of them if None.
    """
    own = _own(person, response, since, until, gates)
    found: list[Meeting] = []
    waiting = _spans(own, timedelta(minutes=minutes))
    while spans := list(islice(waiting, _SPANS_AT_ONCE)):
        for row in _rows(spans, response, person):
            at = row[-1]
            if isinstance(at, str):
                at = datetime.fromisoformat(at)
                row = (*row[:-1], at)
            found.append(Meeting._make((*row, _apart(own[row[1]], at))))
    found.sort(key=itemgetter(_HAPPENED_AT))
    return found


_HAPPENED_AT = Meeting._fields.index("happened_at")


def contacts_of(meetings: Iterable[Meeting]) -> list[Contact]:
    """The meetings, which are in order, grouped by person, those who came closest and most often first."""
    grouped: dict[Any, list[Meeting]] = {}
    for meeting in meetings:
        who = meeting.person or meeting.document or meeting.phone or (meeting.name, meeting.plate)
        if who in grouped:
            grouped[who].append(meeting)
        else:
            grouped[who] = [meeting]
    contacts = [Contact(one) for one in grouped.values()]
    return sorted(contacts, key=lambda one: (one.closest.apart, -len(one.meetings), one.name))


def _own(
    person: Person,
    response: Response,
    since: datetime,
    until: datetime,
    gates: Iterable[Spot] | None,
) -> dict[Any, list[datetime]]:
    """The person's times at each gate (its id as it is stored), in order."""
    wanted = None if gates is None else {_stored(gate.pk) for gate in gates}
    own: dict[Any, list[datetime]] = {}
    for gate, at in _fetched(_OWN, [person.pk, response.pk, since, until]):
        if wanted is None or gate in wanted:
            own.setdefault(gate, []).append(_moment(at))
    return own


def _rows(spans: Sequence[tuple[Any, datetime, datetime]], response: Response, person: Person) -> list[Any]:
    values = ", ".join(["(%s, %s, %s)"] * len(spans))
    given = [value for gate, begin, end in spans for value in (_uuid(gate), begin, end)]
    # A text that says that it is UTC is read more quickly than what the driver makes of the column.
    at = "other.happened_at || 'Z'" if connection.vendor == "sqlite" else "other.happened_at"
    return _fetched(_NEAR.format(spans=values, at=at), [*given, response.pk, person.pk])


def _fetched(sql: str, given: Sequence[UUID | datetime]) -> list[Any]:
    """The rows as the driver gives them: making an object of each value costs more than finding it."""
    adapt = connection.ops.adapt_datetimefield_value
    with connection.cursor() as cursor:
        cursor.execute(sql, [_stored(one) if isinstance(one, UUID) else adapt(one) for one in given])
        return list(cursor.fetchall())


def _stored(id: UUID) -> Any:
    return id if connection.features.has_native_uuid_field else id.hex


def _uuid(stored: Any) -> UUID:
    return stored if isinstance(stored, UUID) else UUID(stored)


def _moment(stored: datetime) -> datetime:
    """SQLite keeps moments of UTC without saying so."""
    return stored if stored.tzinfo else stored.replace(tzinfo=UTC)


def _apart(times: Sequence[datetime], at: datetime) -> timedelta:
    """From `at` to the nearest of the sorted `times`."""
    place = bisect_left(times, at)
    if place == 0:
        return times[0] - at
    if place == len(times):
        return at - times[-1]
    return min(times[place] - at, at - times[place - 1])


def _spans(own: dict[Any, list[datetime]], reach: timedelta) -> Iterator[tuple[Any, datetime, datetime]]:
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
