"""From the cells of one row of a paper register to what is written in the book.

A row is typed as it stands on the paper. Cells are read by `handwriting`, people and rooms are found in
the registers of the place. Whatever is wrong is said at its cell; a row is written whole or not at all.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, TypeVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lianfang.gates import handwriting, knowing
from lianfang.gates.models import BodySite, Direction, Outcome, PersonCategory, SheetKind
from lianfang.gates.registers import REGISTERS
from lianfang.gates.writing import Crossing, ReadingTaken
from lianfang.people.models import Person
from lianfang.places.models import Household, Place

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

T = TypeVar("T")

Cells = Mapping[str, str]
MOST_OCCUPANTS = 80


@dataclass(frozen=True, slots=True)
class SheetHead:
    """What stands on the head of a sheet and holds for all its rows."""

    kind: str
    place: Place
    day: date
    direction: str = Direction.IN
    """Of a sheet of vehicles, whose rows have one time."""
    rounds: Mapping[str, time] = field(
        default_factory=lambda: {"morning": time(8), "noon": time(12), "evening": time(18)}
    )
    """When the readings of a sheet of temperatures were taken."""


@dataclass(frozen=True, slots=True)
class KeyedCrossing:
    """Those of one row who cross together, at one time, one way."""

    direction: str
    happened_at: datetime
    crossings: list[Crossing]


@dataclass(frozen=True, slots=True)
class KeyedReading:
    """One reading of a sheet of temperatures."""

    person: Person
    taken: ReadingTaken


@dataclass(frozen=True, slots=True)
class KeyedRow:
    """What one row says: crossings (in and out may stand in one row), or readings."""

    crossings: list[KeyedCrossing] = field(default_factory=list)
    readings: list[KeyedReading] = field(default_factory=list)
    guard: str = ""


class RowWrong(Exception):
    """A row that cannot be written yet: what is wrong with which of its cells."""

    def __init__(self, errors: Mapping[str, "str | StrPromise"]) -> None:
        super().__init__(errors)
        self.errors = {cell: str(message) for cell, message in errors.items()}


def is_empty(cells: Cells) -> bool:
    return not any(value.strip() for value in cells.values())


def without_dittos(above: Cells, cells: Cells) -> dict[str, str]:
    """The cells with 〃 and 同上 replaced by what stands above; a mark below nothing stays, and is wrong."""
    return {
        code: above.get(code, "") or value.strip() if handwriting.is_ditto(value) else value.strip()
        for code, value in cells.items()
    }


def read_row(cells: Cells, head: SheetHead) -> KeyedRow:
    """What a row says. Raises RowWrong with all that is wrong, each at its cell."""
    reading = _Reading(cells, head)
    for code, text in reading.cells.items():
        if handwriting.is_ditto(text):
            reading.wrong(code, _("上一行这一格没有可照抄的内容,请写全。"))
    row = _READERS[head.kind](reading)
    if reading.errors:
        raise RowWrong(reading.errors)
    return row


class _Reading:
    """One row while it is read: values of cells, and the errors found so far."""

    def __init__(self, cells: Cells, head: SheetHead) -> None:
        self.cells = {
            column.code: handwriting.plain(cells.get(column.code, ""))
            for column in REGISTERS[head.kind].keyed
        }
        self.head = head
        self.errors: dict[str, str | StrPromise] = {}

    def text(self, code: str) -> str:
        return self.cells.get(code, "")

    def value(self, code: str, read: Callable[[str], T], empty: T) -> T:
        """The value of a cell; `empty` where nothing stands in it, or something that is wrong."""
        if not self.text(code):
            return empty
        try:
            return read(self.text(code))
        except ValidationError as error:
            self.wrong(code, error)
            return empty

    def looked_up(self, find: Callable[[], T], empty: T) -> T:
        try:
            return find()
        except ValidationError as error:
            for code in error.error_dict if hasattr(error, "error_dict") else ():
                self.wrong(code, ValidationError(error.error_dict[code]))
            return empty

    def moment(self, code: str) -> datetime | None:
        return self.value(code, lambda text: handwriting.read_moment(text, self.head.day), None)

    def wrong(self, code: str, error: "ValidationError | str | StrPromise") -> None:
        message = " ".join(error.messages) if isinstance(error, ValidationError) else error
        self.errors.setdefault(code, message)


def _persons(row: _Reading) -> KeyedRow:
    time_in, time_out = row.moment("time_in"), row.moment("time_out")
    if not (row.text("time_in") or row.text("time_out")):
        row.wrong("time_in", _("请写进入时间或离开时间。"))
    if not row.text("name"):
        row.wrong("name", _("请写姓名。"))
    readings = _readings(row, "celsius")
    household, person = _who(row)
    category = _category(row, household, person)
    outcome = handwriting.read_outcome(row.text("remark")) or Outcome.ADMITTED
    crossing = Crossing(
        category=category,
        name=row.text("name"),
        person=person,
        household=household,
        document_number=row.text("document_number"),
        phone=row.text("phone"),
        entry_pass=row.looked_up(lambda: knowing.pass_with(row.head.place, row.text("pass_number")), None),
        purpose=row.text("purpose"),
        answers=_answers(row, "exposure", "symptoms", "mask"),
        outcome=outcome,
        reasons=[row.text("remark")[:80]] if outcome in _NOT_ADMITTED else [],
        readings=readings,
    )
    if outcome == Outcome.REFUSED and household and category in _AT_HOME and time_in:
        row.wrong("remark", _("住户、租户回家一律放行;体温异常的写“暂留”。"))
    address = "" if household else row.text("address")
    guard = row.text("remark") if outcome == Outcome.ADMITTED and len(row.text("remark")) <= 8 else ""
    crossings = []
    for direction, at in ((Direction.OUT, time_out), (Direction.IN, time_in)):
        if at:
            crossings.append(KeyedCrossing(direction, at, [_on_the_way(crossing, direction, row, address)]))
    crossings.sort(key=lambda one: one.happened_at)
    # Whoever passes twice in one row was measured when coming in.
    return KeyedRow(crossings=_measured_once(crossings), guard=guard)


_AT_HOME = {PersonCategory.RESIDENT, PersonCategory.TENANT}
_NOT_ADMITTED = {Outcome.REFUSED, Outcome.TURNED_BACK, Outcome.HELD}


def _vehicles(row: _Reading) -> KeyedRow:
    at = row.moment("time")
    if not row.text("time"):
        row.wrong("time", _("请写时间。"))
    plate = row.value("plate", handwriting.plate_of, "")
    if not row.text("plate"):
        row.wrong("plate", _("请写车牌号;没有牌照写“无牌”。"))
    readings = _readings(row, "celsius")
    occupants = row.value("occupants", _count_of, max(len(readings), 1))
    if len(readings) > occupants:
        row.wrong("celsius", _("体温的个数多于乘员数。"))
    outcome = handwriting.read_outcome(row.text("outcome")) or Outcome.ADMITTED
    if row.text("outcome") and not handwriting.read_outcome(row.text("outcome")):
        row.wrong("outcome", _("处置请写:放行、劝返、拒绝或暂留。"))
    known = knowing.vehicle_with(row.head.place, plate) if plate else None
    household = known.household if known else None
    driver = row.looked_up(
        lambda: knowing.person_at(
            row.head.place,
            name=row.text("name"),
            household=household,
            document_number=row.text("document_number"),
        ),
        None,
    )
    if driver and household is None:
        household = knowing.household_of(row.head.place, driver)
    category = PersonCategory.RESIDENT if household else PersonCategory.VISITOR
    common = {
        "category": category,
        "coming_from": row.text("coming_from"),
        "going_to": row.text("going_to"),
        "outcome": outcome,
        "reasons": [row.text("outcome")] if outcome in _NOT_ADMITTED else [],
    }
    vehicle = Crossing(
        plate=plate,
        household=household,
        vehicle=_facts(row, occupants),
        entry_pass=row.looked_up(lambda: knowing.pass_with(row.head.place, row.text("pass_number")), None),
        **common,  # type: ignore[arg-type]
    )
    crossings = [vehicle]
    for number in range(occupants):
        first = number == 0
        crossings.append(
            Crossing(
                name=(row.text("name") or str(_("驾驶人"))) if first else str(_("同车人员")),
                person=driver if first else None,
                household=household if first else None,
                document_number=row.text("document_number") if first else "",
                phone=row.text("phone") if first else "",
                readings=[readings[number]] if number < len(readings) else [],
                **common,  # type: ignore[arg-type]
            )
        )
    if at is None:
        return KeyedRow()
    return KeyedRow([KeyedCrossing(row.head.direction, at, crossings)], guard=row.text("guard"))


def _temperatures(row: _Reading) -> KeyedRow:
    if not row.text("name"):
        row.wrong("name", _("请写姓名。"))
    site = row.value("site", _site_of, "")
    found = row.looked_up(lambda: knowing.person_at(row.head.place, name=row.text("name")), None)
    if row.text("name") and found is None:
        row.wrong("name", _("本场所的住户、员工名册中没有此人。"))
    readings = []
    for code, clock in row.head.rounds.items():
        at = handwriting.read_moment(f"{clock:%H:%M}", row.head.day)
        for place, taken in enumerate(_readings(row, code, site)):
            when = at + timedelta(minutes=10 * place)
            readings.append(ReadingTaken(taken.celsius, site, happened_at=when))
    if not readings and not any(code in row.errors for code in row.head.rounds):
        row.wrong("morning", _("请至少写一次体温。"))
    keyed = [KeyedReading(found, taken) for taken in readings] if found else []
    return KeyedRow(readings=keyed, guard=row.text("guard"))


_READERS: dict[str, Callable[[_Reading], KeyedRow]] = {
    SheetKind.PERSONS: _persons,
    SheetKind.VEHICLES: _vehicles,
    SheetKind.TEMPERATURES: _temperatures,
}


def _readings(row: _Reading, code: str, site: str = "") -> list[ReadingTaken]:
    values: list[Decimal | None] = row.value(code, handwriting.read_readings, [])
    return [ReadingTaken(value, site) for value in values]


def _who(row: _Reading) -> tuple[Household | None, Person | None]:
    place = row.head.place
    household = knowing.household_at(place, row.text("address"))
    person = row.looked_up(
        lambda: knowing.person_at(
            place,
            name=row.text("name"),
            household=household,
            document_number=row.text("document_number"),
        ),
        None,
    )
    if person and household is None:
        household = knowing.household_of(place, person)
    return household, person


def _category(row: _Reading, household: Household | None, person: Person | None) -> str:
    written = row.value("category", handwriting.read_category, "")
    if written:
        return written
    if household:
        return PersonCategory.RESIDENT
    return PersonCategory.EMPLOYEE if person else PersonCategory.VISITOR


def _answers(row: _Reading, *codes: str) -> dict[str, str]:
    """What was asked: yes, no, or the words themselves. An empty cell was not asked, and is not there."""
    found = {}
    for code in codes:
        if text := row.text(code):
            answer = handwriting.read_answer(text)
            found[code] = text if answer == "yes" and len(text) > 1 else answer
    return found


def _on_the_way(crossing: Crossing, direction: str, row: _Reading, address: str) -> Crossing:
    said = row.text("from_to")
    if direction == Direction.IN:
        return replace(crossing, coming_from=";".join(part for part in (said, address) if part))
    return replace(crossing, going_to=said, coming_from=address)


def _measured_once(crossings: list[KeyedCrossing]) -> list[KeyedCrossing]:
    if len(crossings) < 2:
        return crossings
    return [
        one
        if one.direction == Direction.IN
        else replace(one, crossings=[replace(each, readings=()) for each in one.crossings])
        for one in crossings
    ]


def _facts(row: _Reading, occupants: int) -> dict[str, object]:
    facts: dict[str, object] = {
        "kind": row.text("vehicle_kind"),
        "via": row.text("via"),
        "load": row.text("load"),
        "driver": row.text("name"),
    }
    disinfected = handwriting.read_answer(row.text("disinfected"))
    if disinfected:
        facts["disinfected"] = disinfected == "yes"
    return {key: value for key, value in facts.items() if value != ""} | {"occupants": occupants}


def _count_of(text: str) -> int:
    digits = text.rstrip("人个")
    if not digits.isdigit() or not 1 <= int(digits) <= MOST_OCCUPANTS:
        raise ValidationError(_("乘员数请写 1 至 80 的整数,含驾驶人。"), code="occupants")
    return int(digits)


def _site_of(text: str) -> str:
    for sign, site in (
        ("额", BodySite.FOREHEAD),
        ("腋", BodySite.AXILLARY),
        ("耳", BodySite.EAR),
        ("腕", BodySite.WRIST),
    ):
        if sign in text:
            return site
    raise ValidationError(_("测量方式请写:额、腋、耳或腕。"), code="body_site")
