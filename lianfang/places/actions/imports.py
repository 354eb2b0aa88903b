"""Households, residents, vehicles and employees from a table: all rows, or those that can be taken."""

from collections.abc import Sequence
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.registers import new_id
from lianfang.book.rights import Right
from lianfang.people.actions.imports import DRAFT_HOLDS, BadRows, Imported, RowsRefused
from lianfang.people.models import ImportDraft, Person
from lianfang.people.namekeys import renew_many
from lianfang.places.actions.buildings import floor_of
from lianfang.places.actions.households import HEAD
from lianfang.places.importing import EmployeeRow, HouseholdRow, ResidentRow, VehicleRow, read_rows
from lianfang.places.importing.known import Address, Known
from lianfang.places.importing.rows import Home, Row
from lianfang.places.indexing import employees_changed, households_changed
from lianfang.places.models import (
    Building,
    BuildingKind,
    Employee,
    Household,
    Place,
    PlaceKind,
    Resident,
    ResidentKind,
    Room,
    RoomUse,
    Stairwell,
    Vehicle,
)

__all__ = ["BadRows", "Imported", "RowsRefused", "import_place_rows", "keep_place_import_draft"]


@action("keep_place_import_draft", says=_("{officer}上传了待导入的表{subject}"))
def keep_place_import_draft(
    act: Act, *, place: Place, table: str, file_name: str, rows: Sequence[Sequence[str]]
) -> ImportDraft:
    """Keep an uploaded table, sealed, until the officer has seen its preview and decided."""
    act.require(Right.KEEP_PLACES, place)
    ImportDraft.objects.filter(created_at__lt=act.at - DRAFT_HOLDS).delete()
    draft = ImportDraft(
        officer=act.officer, table=table, place_id=place.pk, file_name=file_name[:200], created_at=act.at
    )
    draft.seal_rows(rows)
    draft.save()
    return draft


@action("import_place_rows", says=_("{officer}导入了{subject}"))
def import_place_rows(
    act: Act,
    *,
    place: Place,
    table: str,
    rows: Sequence[Sequence[str]],
    bad_rows: BadRows = BadRows.REFUSE_ALL,
) -> Imported:
    """Add what a table says to a place; what stands there already is left as it is.

    Buildings, stairwells and rooms that a row names are added with it. The same table imported twice
    changes nothing. Raises RowsRefused (nothing is written), NoHeader.
    """
    act.require(Right.KEEP_PLACES, place)
    act.require(Right.KEEP_PERSONS, place)
    reading = read_rows(table, place, rows)
    if reading.bad and bad_rows is BadRows.REFUSE_ALL:
        raise RowsRefused(reading.bad)
    writer = _Writer(act, place)
    for row in reading.good:
        writer.take(row)
    writer.write()
    return Imported(len(reading.new), len(reading.there), reading.bad)


class _Writer:
    """Gathers the new lines of a table, then writes each kind at once, in the order of references."""

    def __init__(self, act: Act, place: Place) -> None:
        self.act = act
        self.place = place
        self.known = Known(place)
        self.persons: list[Person] = []
        self.new_buildings: list[Building] = []
        self.new_stairwells: list[Stairwell] = []
        self.new_rooms: list[Room] = []
        self.new_households: list[Household] = []
        self.residents: list[Resident] = []
        self.vehicles: list[Vehicle] = []
        self.employees: list[Employee] = []
        self.heads: dict[UUID, tuple[Household, UUID]] = {}
        self.touched: set[UUID] = set()
        self._homes: dict[object, Household] = {}
        self._plates: set[str] = set()

    def take(self, row: Row) -> None:
        match row:
            case ResidentRow():
                self._resident(row)
            case HouseholdRow():
                self._household(row)
            case VehicleRow():
                self._vehicle(row)
            case EmployeeRow():
                self._employee(row)

    def write(self) -> None:
        add = self.act.add_many
        add(self.new_buildings, validated=True)
        add(self.new_stairwells, validated=True)
        add(self.new_rooms, validated=True)
        add(self.persons, validated=True)
        add(self.new_households, validated=True)
        add(self.residents, validated=True)
        add(self.vehicles, validated=True)
        add(self.employees, validated=True)
        for household, head in self.heads.values():
            self.act.change(Household.objects.get(pk=household.pk), head_id=head)
        renew_many(self.persons)
        households_changed(sorted(self.touched))
        if self.employees:
            employees_changed(self.place.pk, [employee.person_id for employee in self.employees])

    def _resident(self, row: ResidentRow) -> None:
        household = self._home(row.home, row.needs)
        self._add_plates(household, row.plates, "")
        if row.there:
            return
        person = self._person(row.person, row.known_person)
        is_head = row.relation in (HEAD, "本人") or row.home.head == row.name
        self._live(household, person, row.kind, row.relation, is_head=is_head)

    def _household(self, row: HouseholdRow) -> None:
        household = self._home(row.home, row.needs, row.use)
        self._add_plates(household, row.plates, "")
        if row.there or row.person is None:
            return
        person = self._person(row.person, row.known_person)
        self._live(household, person, ResidentKind.RESIDENT, HEAD, is_head=True)

    def _live(self, household: Household, person: UUID, kind: str, relation: str, *, is_head: bool) -> None:
        self.residents.append(
            Resident(id=new_id(), household_id=household.pk, person_id=person, kind=kind, relation=relation)
        )
        self.touched.add(household.pk)
        if is_head and household.head_id is None:
            household.head_id = person
            if household.pk in self.known.households:
                self.heads[household.pk] = (household, person)

    def _vehicle(self, row: VehicleRow) -> None:
        if not row.there:
            self._add_plates(row.home.standing if row.home else None, (row.name,), row.kind)

    def _employee(self, row: EmployeeRow) -> None:
        if row.there:
            return
        self.employees.append(
            Employee(
                id=new_id(),
                person_id=self._person(row.person, row.known_person),
                place=self.place,
                employer=row.employer,
                number=row.staff_number,
                department=row.department,
                job=row.job,
            )
        )

    def _person(self, person: Person, known: UUID | None) -> UUID:
        if known:
            return known
        self.persons.append(person)
        return person.pk

    def _home(self, home: Home, needs: str, use: str = RoomUse.UNKNOWN) -> Household:
        """The household that stands there, or a new one, once for all its rows."""
        if home.standing:
            return self.known.households[home.standing.pk]
        if home.key in self._homes:
            return self._homes[home.key]
        building, _stairwell, room_number = home.address
        room = self._room(home.address, use) if room_number else None
        house = room.building if room else (self._building(building) if building else None)
        label = str(room) if room else (f"{house} {home.head}家" if house else f"{home.head}家")
        household = Household(
            id=new_id(), place=self.place, room=room, building=house, label=label[:80], needs=needs
        )
        self.new_households.append(household)
        self.touched.add(household.pk)
        self._homes[home.key] = household
        return household

    def _room(self, address: Address, use: str) -> Room:
        found = self.known.room_at(address)
        if found is None:
            building, stairwell, number = address
            found = Room(
                id=new_id(),
                building=self._building(building),
                stairwell=self._stairwell(building, stairwell) if stairwell else None,
                number=number,
                floor=floor_of(number),
                use=use,
            )
            self.known.rooms[address] = found
            self.new_rooms.append(found)
        return found

    def _building(self, number: str) -> Building:
        if number not in self.known.buildings:
            village = self.place.kind == PlaceKind.VILLAGE
            kind = BuildingKind.VILLAGE_GROUP if village else BuildingKind.RESIDENTIAL
            building = Building(id=new_id(), place=self.place, number=number, kind=kind)
            self.known.buildings[number] = building
            self.new_buildings.append(building)
        return self.known.buildings[number]

    def _stairwell(self, building: str, number: str) -> Stairwell:
        if (building, number) not in self.known.stairwells:
            stairwell = Stairwell(id=new_id(), building=self._building(building), number=number)
            self.known.stairwells[building, number] = stairwell
            self.new_stairwells.append(stairwell)
        return self.known.stairwells[building, number]

    def _add_plates(self, household: Household | None, plates: Sequence[str], kind: str) -> None:
        for plate in plates:
            if plate in self._plates:
                continue
            self._plates.add(plate)
            self.vehicles.append(
                Vehicle(
                    id=new_id(),
                    place=self.place,
                    plate=plate,
                    kind=kind,
                    household_id=household.pk if household else None,
                )
            )
            if household:
                self.touched.add(household.pk)
