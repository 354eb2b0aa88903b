"""Buildings, stairwells and rooms; a whole compound at once."""

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import field_error
from lianfang.book.registers import new_id
from lianfang.book.rights import Right
from lianfang.people.actions.seen import taken
from lianfang.places.addresses import number_of
from lianfang.places.indexing import households_changed
from lianfang.places.models import (
    Building,
    BuildingKind,
    Household,
    Place,
    PlaceKind,
    Room,
    RoomUse,
    Stairwell,
)

MOST_ROOMS = 20_000


@dataclass(frozen=True, slots=True)
class Plan:
    """Buildings alike: from number to number, so many stairwells, floors, rooms on each floor of a
    stairwell. Rooms are numbered floor and two digits: 501, 502. 0 rooms: buildings and stairwells only."""

    first: int
    last: int
    stairwells: int
    floors: int
    rooms_a_floor: int
    kind: str = BuildingKind.RESIDENTIAL

    @property
    def room_count(self) -> int:
        stairs = max(1, self.stairwells)
        return (self.last - self.first + 1) * stairs * self.floors * self.rooms_a_floor


@dataclass(frozen=True, slots=True)
class Built:
    """What was added; buildings whose number was there already were left as they are."""

    buildings: int
    stairwells: int
    rooms: int
    there: int


@action("build_compound", says=_("{officer}批量建立了{subject}等楼栋"))
def build_compound(act: Act, *, place: Place, plan: Plan) -> Built:
    """Add buildings by a plan. Doing it twice changes nothing. Raises ValidationError."""
    act.require(Right.KEEP_PLACES, place)
    _hold_plan(plan)
    there = set(place.buildings.values_list("number", flat=True))
    buildings = [
        Building(id=new_id(), place=place, number=str(number), kind=plan.kind, floors=plan.floors or None)
        for number in range(plan.first, plan.last + 1)
        if str(number) not in there
    ]
    stairwells = [
        Stairwell(id=new_id(), building=building, number=str(number))
        for building in buildings
        for number in range(1, plan.stairwells + 1)
    ]
    rooms = list(_rooms(plan, buildings, stairwells))
    act.add_many(buildings, validated=True)
    act.add_many(stairwells, validated=True)
    act.add_many(rooms, validated=True)
    there_count = plan.last - plan.first + 1 - len(buildings)
    return Built(len(buildings), len(stairwells), len(rooms), there_count)


@action("add_building", says=_("{officer}登记了楼栋{subject}"))
def add_building(
    act: Act,
    *,
    place: Place,
    number: str,
    kind: str = "",
    floors: int | None = None,
    stairwells: int = 0,
) -> Building:
    """One building, or one village group, with its stairwells. Raises ValidationError."""
    act.require(Right.KEEP_PLACES, place)
    usual = BuildingKind.VILLAGE_GROUP if place.kind == PlaceKind.VILLAGE else BuildingKind.RESIDENTIAL
    building = act.add(
        Building(id=new_id(), place=place, number=number_of(number), kind=kind or usual, floors=floors)
    )
    for stairs in range(1, stairwells + 1):
        act.add(Stairwell(id=new_id(), building=building, number=str(stairs)))
    return building


@action("change_building", says=_("{officer}修改了楼栋{subject}"))
def change_building(
    act: Act, *, building: Building, number: str, kind: str, floors: int | None, seen: str = ""
) -> Building:
    """Another number, kind or height; households that are called by the number are called by the new one.

    Raises ValidationError, Conflict.
    """
    act.require(Right.KEEP_PLACES, building)
    building = taken(building, seen)
    households = list(
        Household.objects.filter(building=building).select_related("room__building", "room__stairwell")
    )
    called = {household.pk: str(household.room) for household in households if household.room}
    building = act.change(building, number=number_of(number), kind=kind, floors=floors)
    for household in households:
        if household.room and called[household.pk] == household.label:
            household.room.building = building
            act.change(household, label=str(household.room))
    households_changed(household.pk for household in households)
    return building


@action("add_room", says=_("{officer}登记了房屋{subject}"))
def add_room(
    act: Act,
    *,
    building: Building,
    number: str,
    stairwell: str = "",
    floor: int | None = None,
    use: str = RoomUse.UNKNOWN,
) -> Room:
    """A room, with its stairwell if that is new. Raises ValidationError."""
    act.require(Right.KEEP_PLACES, building)
    stairs = None
    if name := number_of(stairwell):
        stairs = building.stairwells.filter(number=name).first() or act.add(
            Stairwell(id=new_id(), building=building, number=name)
        )
    number = number_of(number)
    return act.add(
        Room(
            id=new_id(),
            building=building,
            stairwell=stairs,
            number=number,
            floor=floor if floor is not None else floor_of(number),
            use=use,
        )
    )


@action("change_room_use", says=_("{officer}修改了房屋{subject}"))
def change_room_use(act: Act, *, room: Room, use: str) -> Room:
    act.require(Right.KEEP_PLACES, room)
    return act.change(taken(room), use=use)


@action("strike_room", says=_("{officer}删除了房屋{subject}"))
def strike_room(act: Act, *, room: Room) -> None:
    """Take out a room in which nobody was ever registered. Raises Refused."""
    act.require(Right.KEEP_PLACES, room)
    act.strike(taken(room))


def floor_of(number: str) -> int | None:
    """501 is on the fifth floor, 1203 on the twelfth."""
    return int(number[:-2]) if number.isdigit() and 3 <= len(number) <= 4 else None


def _hold_plan(plan: Plan) -> None:
    if plan.last < plan.first:
        raise field_error("last", _("末一栋的楼号不能小于第一栋。"), "range_reversed")
    if plan.rooms_a_floor and not plan.floors:
        raise field_error("floors", _("请填写层数。"), "required")
    if plan.rooms_a_floor > 99 or plan.floors > 99:
        raise field_error("rooms_a_floor", _("层数、每层户数都不能超过 99。"), "too_many")
    if plan.room_count > MOST_ROOMS:
        raise field_error(
            "last",
            _("一次最多建 %(most)d 间房,这样会有 %(count)d 间。")
            % {"most": MOST_ROOMS, "count": plan.room_count},
            "too_many",
        )


def _rooms(plan: Plan, buildings: list[Building], stairwells: list[Stairwell]) -> Iterator[Room]:
    entrances: list[tuple[Building, Stairwell | None]] = [(stair.building, stair) for stair in stairwells]
    if not plan.stairwells:
        entrances = [(building, None) for building in buildings]
    for building, stairwell in entrances:
        for floor in range(1, plan.floors + 1):
            for door in range(1, plan.rooms_a_floor + 1):
                yield Room(
                    id=new_id(),
                    building=building,
                    stairwell=stairwell,
                    number=f"{floor}{door:02}",
                    floor=floor,
                )
