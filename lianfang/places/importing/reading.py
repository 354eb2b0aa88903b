"""Reading a table's rows: those that can be taken, and those that cannot, each with its reason."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from lianfang.book.registers import new_id
from lianfang.people.importing import BadRow, Column
from lianfang.people.importing.known import Known as KnownBodies
from lianfang.people.importing.known import RowError
from lianfang.people.importing.persons import document_kind
from lianfang.people.importing.tables import filled, find_header, shown
from lianfang.people.models import Body, Person
from lianfang.places.addresses import PLATE, number_of, plate_of, segments
from lianfang.places.importing.known import Address, Known
from lianfang.places.importing.rows import EmployeeRow, Home, HouseholdRow, ResidentRow, Row, VehicleRow
from lianfang.places.importing.tables import COLUMNS, Table
from lianfang.places.models import Place, PlaceKind, ResidentKind, RoomUse

_SEPARATOR = re.compile(r"[、;;,,/\s]+")
_HEAD_WORDS = ("户主", "本人")
_VACANT = ("", "无", "空置", "空", "空房")


@dataclass(frozen=True, slots=True)
class Reading:
    """What a table says. `columns` are those understood, each with its head in the table."""

    table: str
    columns: tuple[tuple[Column, str], ...]
    not_understood: tuple[str, ...]
    good: tuple[Row, ...]
    bad: tuple[BadRow, ...]

    @property
    def new(self) -> tuple[Row, ...]:
        return tuple(row for row in self.good if not row.there)

    @property
    def there(self) -> tuple[Row, ...]:
        return tuple(row for row in self.good if row.there)


def read_rows(table: str, place: Place, rows: Sequence[Sequence[str]]) -> Reading:
    """Read a table with a head for one place. Raises NoHeader.

    A number of queries that does not grow with the rows (one more for each 500 ID numbers).
    """
    columns = COLUMNS[table]
    header = find_header(columns, rows)
    reader = _Reader(place)
    titles = {column.field: str(column.title) for column in columns}
    good: list[tuple[Row, Mapping[str, str]]] = []
    bad: list[BadRow] = []
    for number, cells in filled(rows, header.row, header.fields):
        try:
            good.append((reader.read(table, number, cells), cells))
        except RowError as error:
            title = titles.get(error.field, str(columns[0].title))
            bad.append(BadRow(number, title, shown(cells, error.field), error.message))
    settled, unsettled = reader.settle(good)
    bad.extend(
        BadRow(number, titles.get(error.field, ""), shown(cells, error.field), error.message)
        for number, cells, error in unsettled
    )
    understood = tuple(
        (column, header.heads[header.fields.index(column.field)])
        for column in columns
        if column.field in header.fields
    )
    others = tuple(head for head, name in zip(header.heads, header.fields, strict=True) if head and not name)
    return Reading(table, understood, others, settled, tuple(sorted(bad, key=lambda row: row.number)))


class _Reader:
    """Reads the rows of one table; remembers what earlier rows have said."""

    def __init__(self, place: Place) -> None:
        self.place = place
        self.known = Known(place)
        self._bodies: KnownBodies | None = None
        self._seen: dict[object, int] = {}

    def read(self, table: str, number: int, cells: Mapping[str, str]) -> Row:
        """Raises RowError."""
        match table:
            case Table.RESIDENTS:
                return self._resident(number, cells)
            case Table.HOUSEHOLDS:
                return self._household(number, cells)
            case Table.VEHICLES:
                return self._vehicle(number, cells)
            case _:
                return self._employee(number, cells)

    def settle(
        self, rows: list[tuple[Row, Mapping[str, str]]]
    ) -> tuple[tuple[Row, ...], list[tuple[int, Mapping[str, str], RowError]]]:
        """Hold the ID numbers against the whole book: whoever is known is not registered again."""
        indexes = {
            row.person.document_index
            for row, _cells in rows
            if not isinstance(row, VehicleRow) and row.person and not row.there and row.person.document_index
        }
        persons = self.known.persons_by_number(indexes) if indexes else {}
        settled: list[Row] = []
        wrong: list[tuple[int, Mapping[str, str], RowError]] = []
        for row, cells in rows:
            try:
                settled.append(self._settled(row, persons))
            except RowError as error:
                wrong.append((row.number, cells, error))
        return tuple(settled), wrong

    def _settled(self, row: Row, persons: Mapping[str, UUID]) -> Row:
        if isinstance(row, VehicleRow) or row.there or row.person is None:
            return row
        known = persons.get(row.person.document_index) if row.person.document_index else None
        if known is None:
            return row
        if isinstance(row, EmployeeRow):
            return replace(row, known_person=known, there=known in self.known.staff_persons)
        home = self.known.home_of.get(known)
        if home is not None and (row.home.standing is None or row.home.standing.pk != home):
            raise RowError(
                "document_number",
                _("此证件号码的人已登记在 %(label)s;搬了家请用“移居”。")
                % {"label": self.known.households[home].label},
            )
        return replace(row, known_person=known, there=home is not None)

    def _resident(self, number: int, cells: Mapping[str, str]) -> ResidentRow:
        name = _name(cells, "name")
        relation = _at_most(cells, "relation", 20)
        head = cells.get("head", "") or (name if relation in _HEAD_WORDS else "")
        home = self._home(cells, head)
        person = self._person(name, cells)
        key = ("resident", home.key, name, person.document_index or person.phone_index)
        self._once(key, number, "name")
        return ResidentRow(
            number=number,
            name=name,
            person=person,
            home=home,
            kind=_kind(cells),
            relation=relation or ("户主" if head == name else ""),
            plates=self._plates(cells, home),
            needs=_at_most(cells, "needs", 200),
            there=self._lives_there(home, person),
        )

    def _household(self, number: int, cells: Mapping[str, str]) -> HouseholdRow:
        head = cells.get("head", "")
        vacant = head in _VACANT
        home = self._home(cells, "" if vacant else _name(cells, "head"))
        if vacant and not home.address[2]:
            raise RowError("head", _("没有房号时,请填写户主姓名。"))
        person = None if vacant else self._person(head, cells)
        self._once(("household", home.key, head), number, "address" if "address" in cells else "head")
        standing = home.standing
        if standing and person and standing.head and standing.head.name != person.name:
            raise RowError(
                "head",
                _("%(label)s 已登记户主 %(head)s;换了住户请先注销原户。")
                % {"label": standing.label, "head": standing.head.name},
            )
        there = standing is not None and (person is None or self._lives_there(home, person))
        return HouseholdRow(
            number=number,
            name=head or "、".join(part for part in home.address if part),
            person=person,
            home=home,
            use=_use(cells, vacant=vacant),
            plates=self._plates(cells, home),
            needs=_at_most(cells, "needs", 200),
            there=there,
        )

    def _vehicle(self, number: int, cells: Mapping[str, str]) -> VehicleRow:
        plate = _plate(cells.get("plate", ""))
        self._once(("plate", plate), number, "plate")
        named = any(cells.get(name) for name in ("address", "building", "room", "head"))
        home = self._home(cells, cells.get("head", "")) if named else None
        if home and home.standing is None:
            raise RowError("address", _("这里还没有登记住户,请先登记住户。"))
        kind = _at_most(cells, "vehicle_kind", 20)
        if plate in self.known.plates:
            owner = self.known.plates[plate]
            if home and home.standing and owner != home.standing.pk:
                label = self.known.households[owner].label if owner in self.known.households else "—"
                raise RowError("plate", _("此车牌已登记在 %(label)s。") % {"label": label})
            return VehicleRow(number, plate, home, kind, there=True)
        return VehicleRow(number, plate, home, kind, there=False)

    def _employee(self, number: int, cells: Mapping[str, str]) -> EmployeeRow:
        name = _name(cells, "name")
        person = self._person(name, cells)
        staff_number = _at_most(cells, "number", 30)
        self._once(
            ("employee", name, person.document_index or staff_number or person.phone_index), number, "name"
        )
        there = (name, person.document_index or staff_number) in self.known.staff
        return EmployeeRow(
            number=number,
            name=name,
            person=person,
            employer=self._employer(cells),
            staff_number=staff_number,
            department=_at_most(cells, "department", 60),
            job=_at_most(cells, "job", 60),
            there=there,
        )

    def _home(self, cells: Mapping[str, str], head: str) -> Home:
        address = self._address(cells)
        building, _stairwell, room_number = address
        if not room_number:
            if self.place.kind != PlaceKind.VILLAGE and building:
                raise RowError("address", _("请写明房号,例如 3-2-501。"))
            if not head:
                raise RowError("head", _("没有房号时,请填写户主姓名。"))
            return Home(address, head, self.known.households_of_group.get((building, head)))
        room = self.known.room_at(address)
        if room is None:
            return Home(address, head, None)
        address = (room.building.number, room.stairwell.number if room.stairwell else "", room.number)
        standing = self.known.households_in_room.get(room.pk, [])
        if len(standing) > 1:
            of_head = [one for one in standing if head and one.head and one.head.name == head]
            if not of_head:
                raise RowError("head", _("这间房有几户,请写明户主。"))
            standing = of_head
        return Home(address, head, standing[0] if standing else None)

    def _address(self, cells: Mapping[str, str]) -> Address:
        written = cells.get("address", "")
        parts = [
            number_of(cells[name]) if cells.get(name) else "" for name in ("building", "stairwell", "room")
        ]
        if written and not (parts[0] and parts[2]):
            read = segments(written)
            if not read and not any(parts):
                raise RowError("address", _("看不懂这个地址,请写成 3-2-501 或 3号楼2单元501。"))
            match len(read):
                case 3:
                    parts = list(read)
                case 2:
                    parts = [read[0], parts[1], read[1]]
                case 1 if parts[0]:
                    parts = [parts[0], parts[1], read[0]]
                case 1:
                    parts = [read[0], "", parts[2]]
                case 0:
                    pass
                case _:
                    raise RowError("address", _("看不懂这个地址,请写成 3-2-501 或 3号楼2单元501。"))
        if any(len(part) > 20 for part in parts):
            raise RowError("address", _("楼号、单元、房号都请写在 20 字以内。"))
        if parts[2] and not parts[0]:
            raise RowError("building" if "building" in cells else "address", _("请写明楼号。"))
        return parts[0], parts[1], parts[2]

    def _person(self, name: str, cells: Mapping[str, str]) -> Person:
        person = Person(
            id=new_id(), name=name, area_id=self.place.area_id, document_kind=document_kind(cells)
        )
        try:
            person.seal_document_number(cells.get("document_number", ""))
            person.seal_phone(cells.get("phone", ""))
        except ValidationError as error:
            raise RowError(next(iter(error.error_dict)), " ".join(error.messages)) from error
        return person

    def _lives_there(self, home: Home, person: Person) -> bool:
        """One of this name lives there, unless both have ID numbers and they differ."""
        if home.standing is None:
            return False
        return any(
            not index or not person.document_index or index == person.document_index
            for _pk, index in self.known.people[home.standing.pk].get(person.name, ())
        )

    def _plates(self, cells: Mapping[str, str], home: Home) -> tuple[str, ...]:
        """The new plates of a cell; one that another household has is an error."""
        plates = []
        for text in filter(None, _SEPARATOR.split(cells.get("plate", ""))):
            plate = _plate(text)
            if plate in self.known.plates:
                owner = self.known.plates[plate]
                if home.standing is None or owner != home.standing.pk:
                    raise RowError("plate", _("此车牌已登记在别处。"))
                continue
            holder = self._seen.setdefault(("plate", plate), home.key)  # type: ignore[arg-type]
            if holder != home.key:
                raise RowError("plate", _("此车牌在表中已属另一户。"))
            plates.append(plate)
        return tuple(dict.fromkeys(plates))

    def _employer(self, cells: Mapping[str, str]) -> Body:
        if not cells.get("employer"):
            if self.place.body is None:
                raise RowError("employer", _("请写明用工单位。"))
            return self.place.body
        if self._bodies is None:
            self._bodies = KnownBodies.now()
        return self._bodies.body(cells["employer"], "employer")

    def _once(self, key: object, number: int, field: str) -> None:
        if key in self._seen:
            raise RowError(field, _("与第 %(row)d 行重复。") % {"row": self._seen[key]})
        self._seen[key] = number


def _name(cells: Mapping[str, str], field: str) -> str:
    name = cells.get(field, "")
    if not name:
        raise RowError(field, _("请填写姓名。"))
    if len(name) > 80 or not name.isprintable():
        raise RowError(field, _("姓名请写在 80 字以内,不含不可显示的字符。"))
    return name


def _plate(text: str) -> str:
    plate = plate_of(text)
    if not PLATE.fullmatch(plate):
        raise RowError("plate", _("车牌号应像「鲁M12345」。"))
    return plate


def _at_most(cells: Mapping[str, str], field: str, length: int) -> str:
    text = cells.get(field, "")
    if len(text) > length:
        raise RowError(field, _("请写在 %(length)d 字以内。") % {"length": length})
    return text


def _kind(cells: Mapping[str, str]) -> str:
    said = cells.get("kind", "")
    return ResidentKind.TENANT if re.search("租", said) or said == "tenant" else ResidentKind.RESIDENT


def _use(cells: Mapping[str, str], *, vacant: bool) -> str:
    said = cells.get("use", "")
    if not said:
        return RoomUse.VACANT if vacant else RoomUse.UNKNOWN
    for word, use in (("租", RoomUse.LET), ("自", RoomUse.OWN), ("空", RoomUse.VACANT)):
        if word in said:
            return use
    return RoomUse.UNKNOWN
