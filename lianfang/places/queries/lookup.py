"""The look-up data of a place: what a guard's phone may know of the people there, and no more.

A phone's bundle is cut into *buckets* (a building; sixteen for households without a building, sixteen
for employees). `lookup_marks` gives the version of each: a bucket whose version a phone has already
need not be read or sent again. Versions change with the registers; what changes by the clock alone is
not in the buckets: whether a pass is within its days stands in its dates, which passes are revoked in
`passes.revocations_since`, and measures of households are a short list of their own
(`lookup_measures`), so that an ended one vanishes from every phone at once.
"""

import hmac
import re
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import lru_cache
from typing import Any
from uuid import UUID, uuid5

from django.conf import settings
from django.db.models import Q
from django.utils import timezone

from lianfang.book import sealing
from lianfang.engines.names import Reading as ReadAs
from lianfang.engines.names import pinyin
from lianfang.places.indexing import bucket_of, staff_bucket
from lianfang.places.models import (
    Employee,
    EntryPass,
    Household,
    HouseholdMeasure,
    LookupMark,
    Place,
    Resident,
    Vehicle,
)


@dataclass(frozen=True, slots=True)
class LookupPass:
    """A pass as a phone finds it without its QR code. It may be revoked: ask the revocation list."""

    number: str
    spoken_code: str
    kind: str
    valid_from: datetime
    valid_to: datetime


@dataclass(frozen=True, slots=True)
class LookupPerson:
    """`kind` is resident, tenant or employee. `initials` and `pinyin` are of the name (wdm, wangdaming),
    so that a phone finds by them without a table of its own. `tails` are the keyed digests
    (`tail_digest` under the place's `tail_key`) of the last four signs of phone and ID number."""

    id: UUID
    name: str
    kind: str
    initials: str
    pinyin: str
    tails: tuple[str, ...]
    passes: tuple[LookupPass, ...]


@dataclass(frozen=True, slots=True)
class LookupHousehold:
    """A household with those who live in it today. `room` is what is typed: "3-2-501" ("" in a village).

    For employees `id` is the site's own id with one row a department: `label` is the department, `room`
    is empty, `plates` are those of the employer's vehicles.
    """

    id: UUID
    label: str
    building: str
    room: str
    head: UUID | None
    persons: tuple[LookupPerson, ...]
    plates: tuple[str, ...]
    passes: tuple[LookupPass, ...]


@dataclass(frozen=True, slots=True)
class LookupMeasure:
    """A measure that a household's passage depends on. `ends_at` None: until it is released."""

    household: UUID
    kind: str
    begins_at: datetime
    ends_at: datetime | None


def lookup_marks(place: Place) -> dict[str, UUID]:
    """Each bucket of a place's look-up data with its version. Equal versions: equal content."""
    marks = dict(LookupMark.objects.filter(place=place).values_list("bucket", "version"))
    for bucket in _moved_by_the_calendar(place, marks):
        marks[bucket] = uuid5(marks[bucket], timezone.localdate().isoformat())
    return marks


def lookup_rows(
    place: Place, buckets: Collection[str] | None = None
) -> Iterator[tuple[str, list[LookupHousehold]]]:
    """The content of all buckets, or of those named, one bucket after another, in a fixed order.

    A named bucket in which nobody is left comes with an empty list.
    """
    digests = _tail_digests(place)
    for bucket in sorted(lookup_marks(place) if buckets is None else buckets):
        if bucket.startswith("staff-"):
            yield bucket, _staff(place, bucket, digests)
        else:
            yield bucket, _households(place, bucket, digests)


def lookup_measures(place: Place, at: datetime) -> list[LookupMeasure]:
    """The measures in force at a moment, and those that are to begin. Ended ones are not told."""
    rows = HouseholdMeasure.objects.filter(household__place=place).exclude(ends_at__lte=at)
    return [
        LookupMeasure(*row)
        for row in rows.order_by("household_id", "begins_at", "pk").values_list(
            "household_id", "kind", "begins_at", "ends_at"
        )
    ]


def tail_key(place: Place) -> bytes:
    """The key under which a phone of this place finds people by the last four signs of a number."""
    return hmac.digest(settings.KEYRING.index_key, b"lookup tails " + place.pk.bytes, "sha256")


def tail_digest(key: bytes, tail: str) -> str:
    """The digest of four signs (digits, or X at the end of an ID number): 16 hexadecimal digits."""
    return hmac.digest(key, tail.upper().encode(), "sha256").hex()[:16]


def _moved_by_the_calendar(place: Place, marks: Mapping[str, UUID]) -> set[str]:
    """The buckets in which a line has begun or ended, by its dates, since they were marked."""
    today = timezone.localdate()
    marked = {bucket: _day_of(version) for bucket, version in marks.items()}
    first = min(marked.values(), default=today)
    if first >= today:
        return set()
    turned = Q(valid_to__gte=first, valid_to__lt=today) | Q(valid_from__gt=first, valid_from__lte=today)
    dates = ("valid_from", "valid_to")
    lines = [
        (bucket_of(building, household), begins, ends)
        for model in (Resident, Vehicle)
        for household, building, begins, ends in model.objects.filter(turned, household__place=place)
        .order_by()
        .values_list("household_id", "household__building_id", *dates)
    ]
    lines += [
        (staff_bucket(person), begins, ends)
        for person, begins, ends in Employee.objects.filter(turned, place=place)
        .order_by()
        .values_list("person_id", *dates)
    ]
    return {
        bucket
        for bucket, begins, ends in lines
        if bucket in marked
        and ((ends and marked[bucket] <= ends < today) or (begins and marked[bucket] < begins <= today))
    }


def _day_of(version: UUID) -> date:
    """The day on which an id was made: its first 48 bits are milliseconds (RFC 9562)."""
    moment = datetime.fromtimestamp((version.int >> 80) / 1000, tz=UTC)
    return timezone.localtime(moment).date()


_HOUSEHOLD = re.compile(r"[0-9a-f]{32}|~[0-9a-f]")


def _households(place: Place, bucket: str, digests: Mapping[str, str]) -> list[LookupHousehold]:
    if not _HOUSEHOLD.fullmatch(bucket):
        return []
    rows = Household.objects.filter(place=place, ended_on=None, merged_into=None)
    without_building = bucket.startswith("~")
    rows = rows.filter(building=None) if without_building else rows.filter(building_id=UUID(bucket))
    households = [
        row
        for row in rows.order_by("label", "pk").values_list(
            "pk",
            "label",
            "head_id",
            "building__number",
            "room__stairwell__number",
            "room__number",
        )
        if not without_building or bucket_of(None, row[0]) == bucket
    ]
    ids = [row[0] for row in households]
    people = _people(ids, digests)
    plates = _plates(ids)
    passes = _passes_of_households(ids)
    return [
        LookupHousehold(
            id=pk,
            label=label,
            building=house or "",
            room="-".join(part for part in (house, stairs, number) if part) if number else "",
            head=head,
            persons=tuple(people.get(pk, ())),
            plates=tuple(plates.get(pk, ())),
            passes=tuple(passes.get(pk, ())),
        )
        for pk, label, head, house, stairs, number in households
    ]


def _people(households: list[UUID], digests: Mapping[str, str]) -> dict[UUID, list[LookupPerson]]:
    today = timezone.localdate()
    rows: list[tuple[Any, ...]] = []
    for some in _stretches(households):
        rows.extend(
            Resident.objects.on(today)
            .filter(household_id__in=some)
            .order_by("created_at", "pk")
            .values_list(
                "household_id",
                "person_id",
                "person__name",
                "kind",
                "person__phone_tail",
                "person__document_tail",
            )
        )
    passes = _passes_of_persons([row[1] for row in rows])
    found: dict[UUID, list[LookupPerson]] = defaultdict(list)
    for household, person, name, kind, phone, document in rows:
        found[household].append(_person(person, name, kind, (phone, document), digests, passes))
    return found


def _staff(place: Place, bucket: str, digests: Mapping[str, str]) -> list[LookupHousehold]:
    today = timezone.localdate()
    rows = [
        row
        for row in Employee.objects.on(today)
        .filter(place=place)
        .order_by("department", "created_at", "pk")
        .values_list("department", "person_id", "person__name", "person__phone_tail", "person__document_tail")
        if staff_bucket(row[1]) == bucket
    ]
    passes = _passes_of_persons([row[1] for row in rows])
    departments: dict[str, list[LookupPerson]] = defaultdict(list)
    for department, person, name, phone, document in rows:
        departments[department].append(_person(person, name, "employee", (phone, document), digests, passes))
    return [
        LookupHousehold(place.pk, department, "", "", None, tuple(people), (), ())
        for department, people in departments.items()
    ]


def _person(
    pk: UUID,
    name: str,
    kind: str,
    tails: tuple[str, ...],
    digests: Mapping[str, str],
    passes: Mapping[UUID, list[LookupPass]],
) -> LookupPerson:
    initial, spoken = _sounds(name)
    return LookupPerson(
        id=pk,
        name=name,
        kind=kind,
        initials=initial,
        pinyin=spoken,
        tails=tuple(digests[tail] for tail in tails if tail in digests),
        passes=tuple(passes.get(pk, ())),
    )


@lru_cache(maxsize=32768)
def _sounds(name: str) -> tuple[str, str]:
    spoken = pinyin(name, ReadAs.PERSON).split()
    return "".join(syllable[:1] for syllable in spoken).lower(), "".join(spoken).lower()


def _plates(households: list[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    for some in _stretches(households):
        vehicles = Vehicle.objects.on(timezone.localdate()).filter(household_id__in=some)
        for household, plate in vehicles.order_by("plate").values_list("household_id", "plate"):
            found[household].append(plate)
    return found


_PASS_FIELDS = ("number", "spoken_code", "kind", "valid_from", "valid_to")


def _passes_of_households(households: list[UUID]) -> dict[UUID, list[LookupPass]]:
    """Passes of the household and of its vehicles."""
    found: dict[UUID, list[LookupPass]] = defaultdict(list)
    for some in _stretches(households):
        rows = EntryPass.objects.filter(
            Q(household_id__in=some) | Q(vehicle__household_id__in=some), revoked_at=None, person=None
        )
        for own, by_vehicle, *fields in rows.order_by("number").values_list(
            "household_id", "vehicle__household_id", *_PASS_FIELDS
        ):
            found[own or by_vehicle].append(LookupPass(*fields))
    return found


def _passes_of_persons(persons: list[UUID]) -> dict[UUID, list[LookupPass]]:
    found: dict[UUID, list[LookupPass]] = defaultdict(list)
    for some in _stretches(persons):
        rows = EntryPass.objects.filter(person_id__in=some, revoked_at=None)
        for person, *fields in rows.order_by("number").values_list("person_id", *_PASS_FIELDS):
            found[person].append(LookupPass(*fields))
    return found


def _tail_digests(place: Place) -> dict[str, str]:
    """Stored index of four signs → what a phone of this place is given for it. No number is opened."""
    key = tail_key(place)
    return {index: tail_digest(key, tail) for index, tail in _indexes_of_tails(settings.CIPHER)}


@lru_cache(maxsize=2)
def _indexes_of_tails(_cipher: str) -> tuple[tuple[str, str], ...]:
    """All that four signs can be, with the index under which the register keeps them."""
    digits = [f"{number:04}" for number in range(10_000)]
    ends = [f"{number:03}X" for number in range(1_000)]
    return (
        *((sealing.blind_index(tail, "phone_tail"), tail) for tail in digits),
        *((sealing.blind_index(tail, "document_tail"), tail) for tail in (*digits, *ends)),
    )


def _stretches(ids: list[UUID]) -> Iterator[list[UUID]]:
    for start in range(0, len(ids), 500):
        yield ids[start : start + 500]
