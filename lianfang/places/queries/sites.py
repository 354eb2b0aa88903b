"""Buildings, spots and employees of a place, as they are read."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Count, QuerySet
from django.utils import timezone

from lianfang.book.rights import Right
from lianfang.people.models import Officer
from lianfang.places.addresses import order_of
from lianfang.places.models import Building, Employee, Household, Place, Resident, Room, Spot

_PLACE = {"areas": ["place__area"], "bodies": ["place__body"], "places": ["place"]}


def visible_spots(officer: Officer, right: Right = Right.READ_BOOK) -> QuerySet[Spot]:
    return Spot.objects.filter(officer.reach(right).rows(**_PLACE)).select_related("place", "building")


def visible_employees(officer: Officer, right: Right = Right.READ_PERSONS) -> QuerySet[Employee]:
    return Employee.objects.filter(officer.reach(right).rows(**_PLACE)).select_related(
        "person", "employer", "place"
    )


def visible_buildings(officer: Officer, right: Right = Right.READ_BOOK) -> QuerySet[Building]:
    return Building.objects.filter(officer.reach(right).rows(**_PLACE)).select_related("place")


def spots_of(place: Place) -> QuerySet[Spot]:
    """Those in use, gates first."""
    today = timezone.localdate()
    rows = Spot.objects.filter(place=place).exclude(ended_on__lt=today)
    return rows.select_related("building").order_by("kind", "name")


def gates_of(place: Place) -> QuerySet[Spot]:
    return spots_of(place).filter(kind="gate")


def employees_now(place: Place) -> QuerySet[Employee]:
    return (
        Employee.objects.on(timezone.localdate())
        .filter(place=place)
        .select_related("person", "employer")
        .order_by("department", "created_at")
    )


@dataclass(frozen=True, slots=True)
class BuildingLine:
    """A building with how many rooms, households and people it has."""

    building: Building
    rooms: int
    households: int
    people: int


def buildings_of(place: Place) -> list[BuildingLine]:
    """In the order in which people count: 2 before 10. Four queries."""
    today = timezone.localdate()
    rooms = _counted(Room.objects.filter(building__place=place), "building")
    standing = Household.objects.filter(place=place, ended_on=None, merged_into=None)
    households = _counted(standing, "building")
    people = _counted(
        Resident.objects.on(today).filter(household__in=standing.order_by()), "household__building"
    )
    return [
        BuildingLine(
            building,
            rooms.get(building.pk, 0),
            households.get(building.pk, 0),
            people.get(building.pk, 0),
        )
        for building in sorted(place.buildings.all(), key=lambda one: order_of(one.number))
    ]


def count_of_people(place: Place) -> int:
    today = timezone.localdate()
    return Resident.objects.on(today).filter(household__place=place, household__merged_into=None).count()


@dataclass(frozen=True, slots=True)
class Cell:
    """A room in the plan of a building, with the households that live in it."""

    room: Room
    households: list[Household]


@dataclass(frozen=True, slots=True)
class Plan:
    """A building drawn as it stands: floors from the top down, each with its stairwells, each with rooms."""

    stairwells: list[str]
    floors: list[tuple[int | None, list[list[Cell]]]]
    elsewhere: list[Household]
    """Households of the building (of the village group) that have no room."""


def plan_of(building: Building) -> Plan:
    rooms = list(building.rooms.select_related("stairwell"))
    households: dict[UUID | None, list[Household]] = {}
    standing = Household.objects.filter(building=building, ended_on=None, merged_into=None)
    for household in standing.select_related("head").order_by("label"):
        households.setdefault(household.room_id, []).append(household)
    for room in rooms:
        room.building = building
    stairs = sorted({_stairwell(room) for room in rooms}, key=order_of)
    floors = sorted({room.floor for room in rooms}, key=lambda floor: -(floor if floor is not None else -99))
    cells = {
        (floor, stair): [
            Cell(room, households.get(room.pk, []))
            for room in sorted(rooms, key=lambda one: order_of(one.number))
            if room.floor == floor and _stairwell(room) == stair
        ]
        for floor in floors
        for stair in stairs
    }
    return Plan(
        stairs,
        [(floor, [cells[floor, stair] for stair in stairs]) for floor in floors],
        households.get(None, []),
    )


def _stairwell(room: Room) -> str:
    return room.stairwell.number if room.stairwell else ""


def _counted(rows: QuerySet[Room] | QuerySet[Household] | QuerySet[Resident], by: str) -> dict[UUID, int]:
    return dict(rows.order_by().values_list(by).annotate(count=Count("pk")))
