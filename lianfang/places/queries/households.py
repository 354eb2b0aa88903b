"""Households, those who live in them, vehicles and measures, as they are read."""

from collections.abc import Collection, Iterable
from datetime import datetime, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from lianfang.book.rights import Right
from lianfang.people.models import Officer, Person
from lianfang.places.addresses import segments
from lianfang.places.models import (
    Building,
    Household,
    HouseholdMeasure,
    Merge,
    Place,
    Resident,
    Room,
    Vehicle,
)

MEASURE_REVIEWED_AFTER = timedelta(days=14)
_PLACE = {"areas": ["place__area"], "bodies": ["place__body"], "places": ["place"]}
_HOUSEHOLD_PLACE = {
    "areas": ["household__place__area"],
    "bodies": ["household__place__body"],
    "places": ["household__place"],
}


def visible_households(officer: Officer, right: Right = Right.READ_PERSONS) -> QuerySet[Household]:
    """The households that stand where the officer holds `right`; merged ones under the one kept."""
    return Household.objects.filter(officer.reach(right).rows(**_PLACE), merged_into__isnull=True)


def visible_residents(officer: Officer, right: Right = Right.READ_PERSONS) -> QuerySet[Resident]:
    return Resident.objects.filter(officer.reach(right).rows(**_HOUSEHOLD_PLACE))


def visible_vehicles(officer: Officer, right: Right = Right.READ_PERSONS) -> QuerySet[Vehicle]:
    return Vehicle.objects.filter(officer.reach(right).rows(**_PLACE))


def visible_measures(officer: Officer, right: Right = Right.READ_PERSONS) -> QuerySet[HouseholdMeasure]:
    """Never public: of those who may read persons, and of a guard in the phone's own short list."""
    return HouseholdMeasure.objects.filter(officer.reach(right).rows(**_HOUSEHOLD_PLACE)).select_related(
        "household__place"
    )


def visible_merges(officer: Officer, right: Right = Right.KEEP_PLACES) -> QuerySet[Merge]:
    return Merge.objects.filter(officer.reach(right).rows(**_PLACE)).select_related("place")


def standing_households(place: Place, building: Building | None = None) -> QuerySet[Household]:
    """Those that live there now."""
    rows = Household.objects.filter(place=place, ended_on=None, merged_into=None)
    return rows.filter(building=building) if building else rows


def residents_now(household: Household) -> QuerySet[Resident]:
    """Who lives there today, the head first as far as relations tell."""
    return (
        Resident.objects.on(timezone.localdate())
        .filter(household=household)
        .select_related("person")
        .order_by("created_at", "pk")
    )


def vehicles_now(household: Household) -> QuerySet[Vehicle]:
    return Vehicle.objects.on(timezone.localdate()).filter(household=household)


def homes_of(person: Person) -> QuerySet[Resident]:
    """Where a person lives or lived, the present home first."""
    return (
        Resident.objects.filter(person=person)
        .select_related("household__place")
        .order_by("-valid_to", "-created_at")
    )


def measures_in_force(at: datetime) -> QuerySet[HouseholdMeasure]:
    return HouseholdMeasure.objects.filter(Q(ends_at=None) | Q(ends_at__gt=at), begins_at__lte=at)


def is_under_measure(household: Household, at: datetime) -> bool:
    return measures_in_force(at).filter(household=household).exists()


def canonical_household(household: Household) -> Household:
    """The one under which a household is kept, whatever it was registered as."""
    while household.merged_into is not None:
        household = household.merged_into
    return household


def canonical_households(ids: Collection[UUID]) -> dict[UUID, UUID]:
    """Each id with the id under which it is kept now. Two or three queries, however many."""
    into: dict[UUID, UUID] = {}
    asked = set(ids)
    while asked:
        rows = dict(
            Household.objects.filter(pk__in=asked, merged_into__isnull=False).values_list(
                "pk", "merged_into_id"
            )
        )
        into.update({pk: target for pk, target in rows.items() if target})
        asked = {target for target in rows.values() if target and target not in into}
    found = {}
    for pk in ids:
        top = pk
        while top in into:
            top = into[top]
        found[pk] = top
    return found


def one_with_household(household: Household) -> set[UUID]:
    """The ids under which records may name this household: its own, and of those merged into it."""
    ids = {household.pk}
    below = ids
    while below:
        below = set(Household.objects.filter(merged_into__in=below).values_list("pk", flat=True)) - ids
        ids |= below
    return ids


def one_with_person(person: Person) -> set[UUID]:
    """The ids under which records may name this person."""
    ids = {person.pk}
    below = ids
    while below:
        below = set(Person.objects.filter(merged_into__in=below).values_list("pk", flat=True)) - ids
        ids |= below
    return ids


def read_people(households: Iterable[Household]) -> None:
    """Give each household `names` and `count` of those who live in it. One query for a page."""
    rows = {household.pk: household for household in households}
    names: dict[UUID, list[str]] = {pk: [] for pk in rows}
    living = Resident.objects.on(timezone.localdate()).filter(household__in=rows)
    for household, name in living.order_by("created_at", "pk").values_list("household_id", "person__name"):
        names[household].append(name)
    plates: dict[UUID, list[str]] = {pk: [] for pk in rows}
    vehicles = Vehicle.objects.on(timezone.localdate()).filter(household__in=rows)
    for owner, plate in vehicles.values_list("household_id", "plate"):
        if owner:
            plates[owner].append(plate)
    for pk, household in rows.items():
        household.names = "、".join(names[pk])  # type: ignore[attr-defined]
        household.count = len(names[pk])  # type: ignore[attr-defined]
        household.plates = "、".join(plates[pk])  # type: ignore[attr-defined]


def rooms_of(place: Place) -> QuerySet[Room]:
    return Room.objects.filter(building__place=place).select_related("building", "stairwell")


def find_rooms(places: QuerySet[Place], typed: str, *, limit: int) -> list[Room]:
    """Rooms of these places, by building, stairwell and number as far as they are typed."""
    rows = Room.objects.filter(building__place__in=places).select_related("building__place", "stairwell")
    parts = segments(typed)
    match len(parts):
        case 3:
            asked = Q(building__number=parts[0], stairwell__number=parts[1], number__begins=parts[2])
        case 2:
            asked = Q(building__number=parts[0], number__begins=parts[1])
            asked |= Q(building__number=parts[0], stairwell__number=parts[1])
        case 1:
            asked = Q(number=parts[0]) | Q(building__number=parts[0])
        case _:
            asked = Q() if not typed.strip() else Q(pk__in=())
    return list(rows.filter(asked).order_by("building__place", "building", "stairwell", "number")[:limit])


def households_in_state(rows: QuerySet[Household], state: str) -> QuerySet[Household]:
    """Living here ("now"), under a measure ("measure"), under one without an end for fourteen days
    ("measure_due"), with needs ("needs"), or gone ("ended")."""
    match state:
        case "measure":
            return rows.filter(pk__in=measures_in_force(timezone.now()).values("household"))
        case "measure_due":
            begun = timezone.now() - MEASURE_REVIEWED_AFTER
            due = HouseholdMeasure.objects.filter(ends_at=None, begins_at__lte=begun)
            return rows.filter(pk__in=due.values("household"))
        case "needs":
            return rows.filter(ended_on=None).exclude(needs="")
        case "ended":
            return rows.filter(ended_on__isnull=False)
        case _:
            return rows.filter(ended_on=None)
