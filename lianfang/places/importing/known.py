"""What stands in a place already, read once for a whole table."""

from collections import defaultdict
from uuid import UUID

from django.utils.translation import gettext as _

from lianfang.people.importing.known import RowError
from lianfang.people.models import Person
from lianfang.places.models import Building, Employee, Household, Place, Resident, Room, Stairwell, Vehicle

Address = tuple[str, str, str]
"""Building (or group), stairwell, room; the last two may be ""."""


class Known:
    """Buildings, rooms, households and people of a place by what tables call them. Eight queries."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.buildings: dict[str, Building] = {one.number: one for one in place.buildings.all()}
        by_pk = {one.pk: one for one in self.buildings.values()}
        self.stairwells: dict[tuple[str, str], Stairwell] = {}
        for stairwell in Stairwell.objects.filter(building__place=place):
            stairwell.building = by_pk[stairwell.building_id]
            self.stairwells[stairwell.building.number, stairwell.number] = stairwell
        stairs = {one.pk: one for one in self.stairwells.values()}
        self.rooms: dict[Address, Room] = {}
        self._rooms_of_building: dict[tuple[str, str], list[Room]] = defaultdict(list)
        for room in Room.objects.filter(building__place=place):
            room.building = by_pk[room.building_id]
            if room.stairwell_id:
                room.stairwell = stairs[room.stairwell_id]
            self.rooms[address_of(room)] = room
            self._rooms_of_building[room.building.number, room.number].append(room)
        self.households_in_room: dict[UUID, list[Household]] = defaultdict(list)
        self.households_of_group: dict[tuple[str, str], Household] = {}
        self.households: dict[UUID, Household] = {}
        numbers = {one.pk: one.number for one in self.buildings.values()}
        for household in Household.objects.filter(
            place=place, ended_on=None, merged_into=None
        ).select_related("head"):
            self.households[household.pk] = household
            if household.room_id:
                self.households_in_room[household.room_id].append(household)
            elif household.head:
                group = numbers[household.building_id] if household.building_id else ""
                self.households_of_group[group, household.head.name] = household
        self.people: dict[UUID, dict[str, list[tuple[UUID, str]]]] = defaultdict(lambda: defaultdict(list))
        self.home_of: dict[UUID, UUID] = {}
        living = Resident.objects.filter(household__place=place, household__merged_into=None, valid_to=None)
        for home, person, name, number in living.order_by().values_list(
            "household_id", "person_id", "person__name", "person__document_index"
        ):
            self.people[home][name].append((person, number))
            self.home_of[person] = home
        self.plates = dict(
            Vehicle.objects.filter(place=place, valid_to=None).values_list("plate", "household_id")
        )
        self.staff: dict[tuple[str, str], UUID] = {}
        self.staff_persons: set[UUID] = set()
        for name, number, index, person in Employee.objects.filter(place=place, valid_to=None).values_list(
            "person__name", "number", "person__document_index", "person_id"
        ):
            self.staff[name, index or number] = person
            self.staff.setdefault((name, ""), person)
            self.staff_persons.add(person)

    def room_at(self, address: Address) -> Room | None:
        """The room of an address; one that leaves out the stairwell is found if there is just one."""
        if found := self.rooms.get(address):
            return found
        building, stairwell, number = address
        alike = [] if stairwell else self._rooms_of_building.get((building, number), [])
        if len(alike) > 1:
            raise RowError(
                "address",
                _("%(building)s号楼有几间 %(room)s,请写明单元。") % {"building": building, "room": number},
            )
        return alike[0] if alike else None

    def persons_by_number(self, indexes: set[str]) -> dict[str, UUID]:
        """Whoever in the book has one of these ID numbers, by the keyed index."""
        found: dict[str, UUID] = {}
        asked = sorted(indexes)
        for start in range(0, len(asked), 500):
            rows = Person.objects.filter(document_index__in=asked[start : start + 500], merged_into=None)
            found.update(rows.values_list("document_index", "pk"))
        return found


def address_of(room: Room) -> Address:
    return (room.building.number, room.stairwell.number if room.stairwell else "", room.number)
