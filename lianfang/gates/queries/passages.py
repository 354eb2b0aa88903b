"""Passages as an officer may read them: by gate and day, of one person, of a party."""

from collections.abc import Iterable
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.gates.models import Passage, Temperature
from lianfang.people.models import Officer, Person
from lianfang.places.models import Household, Place, Spot, SpotKind

GATE_KINDS = (SpotKind.GATE, SpotKind.DUTY_POST)
# Those who passed the same gate in a party are written down within so many minutes.
_PARTY_WITHIN = timedelta(minutes=30)


def visible_gates(officer: Officer, *rights: Right) -> QuerySet[Spot]:
    """The gates on whose place the officer holds one of `rights` (to read or to keep gates by default)."""
    reached = Q(pk__in=())
    for right in rights or (Right.READ_GATES, Right.KEEP_GATE):
        reached |= officer.reach(right).rows(areas=["place__area"], bodies=["place__body"], places=["place"])
    return Spot.objects.filter(reached, kind__in=GATE_KINDS).select_related("place")


def visible_gate_places(officer: Officer, *rights: Right) -> QuerySet[Place]:
    """The places that have a gate on which the officer holds one of `rights`."""
    return Place.objects.filter(pk__in=visible_gates(officer, *rights).values("place")).order_by("name")


def visible_passages(officer: Officer, response: Response | None) -> QuerySet[Any]:
    """The newest versions of what was written at the gates that the officer reads, newest first."""
    rows: QuerySet[Any] = Passage.objects.current().filter(response=response)
    if not officer.reach(Right.READ_GATES).everywhere:
        rows = rows.filter(gate__in=visible_gates(officer, Right.READ_GATES))
    return rows.order_by("-happened_at")


def passages_of_gate(gate: Spot, response: Response | None) -> QuerySet[Any]:
    """The register of one gate. Whoever may read the gate may read it."""
    rows: QuerySet[Any] = Passage.objects.current().filter(response=response, gate=gate)
    return rows.select_related("household", "entry_pass")


def passages_of_person(officer: Officer, response: Response | None, person: Person) -> QuerySet[Any]:
    """Where one person passed, newest first, at the gates that the officer reads."""
    rows: QuerySet[Any] = visible_passages(officer, response).filter(person=person)
    return rows.select_related("gate__place", "household")


def passages_of_household(household: Household) -> QuerySet[Any]:
    """The passages of a household's people, newest first. Whoever calls has asked the right."""
    rows: QuerySet[Any] = Passage.objects.current().filter(household=household, happened_at__isnull=False)
    return rows.select_related("gate").order_by("-happened_at")


def versions_of(passage: Passage) -> list[Passage]:
    """All versions of one passage, the newest first."""
    return list(Passage.versions_of(passage.root_id).select_related("written_by").order_by("-received_at"))


def party_of(passage: Passage) -> list[Passage]:
    """Those who crossed together with it, itself left out."""
    if passage.party is None or passage.happened_at is None:
        return []
    around = (passage.happened_at - _PARTY_WITHIN, passage.happened_at + _PARTY_WITHIN)
    rows = Passage.objects.current().filter(
        gate=passage.gate_id, happened_at__range=around, party=passage.party
    )
    return list(rows.exclude(root=passage.root_id).select_related("household").order_by("plate", "name"))


def readings_of(encounters: Iterable[UUID]) -> dict[UUID, list[Temperature]]:
    """The readings of these encounters, each in the order in which they were taken. One query."""
    found: dict[UUID, list[Temperature]] = {}
    rows = Temperature.objects.current().filter(encounter__in=list(encounters))
    for reading in rows.order_by("happened_at", "received_at"):
        found.setdefault(reading.encounter, []).append(reading)
    return found


def give_readings(passages: list[Passage]) -> None:
    """Give each passage the `readings` of its encounter. One query for a page."""
    found = readings_of(passage.root_id for passage in passages)
    for passage in passages:
        passage.readings = found.get(passage.root_id, [])  # type: ignore[attr-defined]


def day_span(day: date) -> tuple[datetime, datetime]:
    """Midnight to midnight of a day in China."""
    begin = timezone.make_aware(datetime.combine(day, time.min))
    return begin, begin + timedelta(days=1)


def count_of_passages(response: Response) -> int:
    """All passages of a response, for whoever loads or checks a book as a whole."""
    return Passage.objects.current().filter(response=response).count()
