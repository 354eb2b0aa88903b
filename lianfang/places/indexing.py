"""Search keys and versions of look-up data, kept in step with the registers.

The actions of this app call `households_changed` and `employees_changed` with what they touched. A
person who is renamed in the register of persons is noticed by a signal, since that room knows nothing
of places.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import Any
from uuid import UUID

from django.db.models import Q
from django.db.models.signals import post_save
from django.dispatch import receiver
from django.utils import timezone

from lianfang.book.registers import new_id
from lianfang.engines.names import Reading
from lianfang.people.models import Person
from lianfang.people.namekeys import keys_of
from lianfang.places.addresses import plate_keys, room_keys
from lianfang.places.models import (
    AddressKey,
    AddressKeyKind,
    Employee,
    EntryPass,
    Household,
    LookupMark,
    Resident,
    Vehicle,
)
from lianfang.places.models.finding import KEY_LENGTH

_AT_ONCE = 2000
_IDS_AT_ONCE = 500


def bucket_of(building_id: UUID | None, household_id: UUID) -> str:
    """In which bucket of the look-up data a household lies: that of its building, or one of sixteen."""
    return building_id.hex if building_id else f"~{household_id.hex[-1]}"


def staff_bucket(person_id: UUID) -> str:
    """In which of the sixteen buckets of employees a person lies."""
    return f"staff-{person_id.hex[-1]}"


def households_changed(ids: Iterable[UUID], *, also: Iterable[tuple[UUID, str]] = ()) -> None:
    """Make the search keys of these households again and give their buckets a new version.

    `also` names buckets (place, bucket) in which they lay before.
    """
    households = list(dict.fromkeys(ids))
    marked = set(also)
    for some in _stretches(households):
        AddressKey.objects.filter(household_id__in=some).delete()
        rows = Household.objects.filter(pk__in=some).values_list(
            "pk",
            "place_id",
            "label",
            "ended_on",
            "merged_into_id",
            "building_id",
            "building__number",
            "room__stairwell__number",
            "room__number",
        )
        standing: dict[UUID, UUID] = {}
        keys: list[AddressKey] = []
        for pk, place, label, ended, merged, building, house, stairs, number in rows:
            marked.add((place, bucket_of(building, pk)))
            if ended or merged:
                continue
            standing[pk] = place
            if building:
                keys.extend(
                    _key(place, AddressKeyKind.ROOM, key, pk, None, label)
                    for key in room_keys(house, stairs or "", number or "")
                )
        keys.extend(_keys_of_people(standing))
        AddressKey.objects.bulk_create(keys, batch_size=_AT_ONCE)
    _mark(marked)


def employees_changed(place_id: UUID, person_ids: Collection[UUID]) -> None:
    """As `households_changed`, for employees of a site."""
    today = timezone.localdate()
    for some in _stretches(list(person_ids)):
        AddressKey.objects.filter(place_id=place_id, person_id__in=some, household_id=None).delete()
        rows = (Employee.objects.on(today).filter(place_id=place_id, person_id__in=some)).values_list(
            "person_id", "person__name"
        )
        keys = [
            _key(place_id, AddressKeyKind.NAME, key, None, person, name)
            for person, name in rows
            for key in name_keys(name)
        ]
        AddressKey.objects.bulk_create(keys, batch_size=_AT_ONCE)
    _mark({(place_id, staff_bucket(person)) for person in person_ids})


def passes_changed(passes: Iterable[EntryPass]) -> None:
    """Give the buckets in which these passes are listed a new version."""
    rows = list(passes)
    households = {one.household_id or (one.vehicle.household_id if one.vehicle else None) for one in rows} - {
        None
    }
    people = [one.person_id for one in rows if one.person_id]
    found = Resident.objects.filter(person_id__in=people, valid_to=None).values_list(
        "household_id", flat=True
    )
    buckets = Household.objects.filter(Q(pk__in=households) | Q(pk__in=list(found))).values_list(
        "place_id", "pk", "building_id"
    )
    marked = {(place, bucket_of(building, pk)) for place, pk, building in buckets}
    marked |= {(one.place_id, staff_bucket(one.person_id)) for one in rows if one.person_id}
    _mark(marked)


@lru_cache(maxsize=32768)
def name_keys(name: str) -> tuple[str, ...]:
    """By what a name is found here: itself, pinyin or initials, from the surname or the given name on."""
    return tuple(dict.fromkeys(key for key, position in keys_of(name, Reading.PERSON) if position <= 1))


@receiver(post_save, sender=Person)
def person_saved(instance: Person, created: bool, **_facts: Any) -> None:
    """Somebody was renamed, or has another phone: whoever lives or works here is found anew."""
    if created:
        return
    households_changed(
        Resident.objects.filter(person=instance, valid_to=None).values_list("household_id", flat=True)
    )
    for place in Employee.objects.filter(person=instance).values_list("place_id", flat=True).distinct():
        employees_changed(place, [instance.pk])


def _keys_of_people(standing: dict[UUID, UUID]) -> Iterator[AddressKey]:
    """The keys of those who live in these households today, and of their vehicles."""
    today = timezone.localdate()
    people = Resident.objects.on(today).filter(household_id__in=standing)
    for household, person, name in people.values_list("household_id", "person_id", "person__name"):
        for key in name_keys(name):
            yield _key(standing[household], AddressKeyKind.NAME, key, household, person, name)
    vehicles = Vehicle.objects.on(today).filter(household_id__in=standing)
    for household, plate in vehicles.values_list("household_id", "plate"):
        for key in plate_keys(plate):
            yield _key(standing[household], AddressKeyKind.PLATE, key, household, None, plate)


def _key(
    place: UUID, kind: AddressKeyKind, key: str, household: UUID | None, person: UUID | None, shown: str
) -> AddressKey:
    return AddressKey(
        place_id=place,
        kind=kind,
        key=key[:KEY_LENGTH],
        household_id=household,
        person_id=person,
        shown=shown,
    )


def _mark(buckets: set[tuple[UUID, str]]) -> None:
    by_place: dict[UUID, set[str]] = defaultdict(set)
    for place, bucket in buckets:
        by_place[place].add(bucket)
    LookupMark.objects.bulk_create(
        [
            LookupMark(place_id=place, bucket=bucket, version=new_id())
            for place, names in by_place.items()
            for bucket in sorted(names)
        ],
        batch_size=_AT_ONCE,
        update_conflicts=True,
        unique_fields=["place", "bucket"],
        update_fields=["version"],
    )


def _stretches(ids: list[UUID]) -> Iterator[list[UUID]]:
    for start in range(0, len(ids), _IDS_AT_ONCE):
        yield ids[start : start + _IDS_AT_ONCE]
