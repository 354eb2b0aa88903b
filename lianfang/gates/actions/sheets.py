"""Paper: blank sheets are printed with numbers, filled ones are keyed in row by row."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import Conflict, Refused, field_error
from lianfang.book.models import Response
from lianfang.book.records import Source
from lianfang.book.rights import Right
from lianfang.gates.actions.crossings import register_passages
from lianfang.gates.keying import KeyedCrossing, KeyedReading, KeyedRow
from lianfang.gates.models import PaperSheet, Passage, SheetKind, SheetRow, Temperature
from lianfang.gates.registers import REGISTERS, ROWS_A_SHEET
from lianfang.gates.writing import Circumstances, checked_celsius
from lianfang.places.models import Place, Spot

MOST_SHEETS = 100
# The same crossing on a phone and on paper: times of two watches.
_SAME_TIME = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Saved:
    """What became of a row: the ids of what was written."""

    row: SheetRow
    records: Sequence[Any]


@action("number_sheets", says=_("{officer}印制了登记表{subject}"))
def number_sheets(
    act: Act, *, place: Place, gate: Spot | None, kind: str, count: int, day: date | None = None
) -> list[PaperSheet]:
    """Blank sheets with the next free numbers of the gate, to be printed.

    Raises ValidationError for no sheet at all, or for too many.
    """
    act.require(Right.KEEP_GATE, place)
    if not 1 <= count <= MOST_SHEETS:
        raise field_error("count", _("一次请印 1 至 100 张。"), "sheet_count")
    head = f"{_stem(place, gate)}-{REGISTERS[kind].letter}"
    first = _highest(head) + 1
    return act.add_many(
        PaperSheet(
            place=place, gate=gate, kind=kind, number=f"{head}{number:04d}", day=day, printed_at=act.at
        )
        for number in range(first, first + count)
    )


@action("begin_sheet", says=_("{officer}开始补录登记表{subject}"))
def begin_sheet(
    act: Act, *, place: Place, gate: Spot | None, kind: str, number: str, day: date
) -> PaperSheet:
    """The sheet that lies before somebody: the one that was printed with this number, or a new one.

    A sheet that somebody has begun is returned with its rows: nothing on it is written twice. Raises
    ValidationError when the number belongs to a sheet of another kind or place.
    """
    act.require(Right.KEEP_GATE, place)
    number = "".join(number.split()).upper()
    if not number:
        raise field_error("number", _("请写登记表右上角的编号;没有编号的,自编一个。"), "required")
    if kind != SheetKind.TEMPERATURES and gate is None:
        raise field_error("gate", _("请选择这张登记表所在的出入口。"), "required")
    known = PaperSheet.objects.select_for_update().filter(number=number).first()
    if known is None:
        return act.add(
            PaperSheet(
                place=place,
                gate=gate,
                kind=kind,
                number=number,
                day=day,
                keyed_by=act.officer,
                keyed_at=act.at,
            )
        )
    if known.kind != kind or known.place_id != place.pk:
        raise field_error(
            "number",
            _("编号 %(number)s 是%(place)s的%(kind)s,请核对。")
            % {"number": number, "place": known.place, "kind": known.get_kind_display()},
            "sheet_of_another",
        )
    if known.keyed_at:
        return known
    return act.change(known, day=day, gate=gate or known.gate, keyed_by=act.officer, keyed_at=act.at)


@action("key_in_row", says=_("{officer}补录了{subject}"))
def key_in_row(
    act: Act, *, response: Response, sheet: PaperSheet, number: int, row: KeyedRow, again: str = ""
) -> Saved:
    """Write one row of a sheet into the book, with the sheet and row as its source and the paper's time.

    `again` is why it is written although the same crossing is in the book already. Raises Conflict for a
    row that is keyed already, Refused (`row_already_there`) for a crossing that is in the book.
    """
    act.require(Right.KEEP_GATE, sheet)
    if not 1 <= number <= ROWS_A_SHEET:
        raise field_error("row", _("一张登记表有 20 行。"), "row_number")
    if not again:
        _not_there_yet(sheet, row)
    reference = f"{sheet.number} 第{number}行"
    records: list[Any] = []
    for crossing in row.crossings:
        records += _cross(act, response, sheet, crossing, reference, row.guard)
    records += act.add_many(_reading(act, response, sheet, one, reference, row.guard) for one in row.readings)
    line = SheetRow(sheet=sheet, row=number, records=[str(one.pk) for one in records])
    if SheetRow.objects.filter(sheet=sheet, row=number).exists():
        raise Conflict(_("这一行刚才已有人补录,请刷新后再看。"))
    try:
        with transaction.atomic():
            act.add(line)
    except IntegrityError as error:
        raise Conflict from error
    return Saved(line, records)


@action("finish_sheet", says=_("{officer}补录完了登记表{subject}"))
def finish_sheet(act: Act, *, sheet: PaperSheet) -> PaperSheet:
    """Say that all that stands on the sheet is in the book."""
    act.require(Right.KEEP_GATE, sheet)
    return act.change(sheet, finished_at=sheet.finished_at or act.at)


def _stem(place: Place, gate: Spot | None) -> str:
    """The beginning of a number: of the gate's printed code, or of the place's id."""
    return gate.code[:4] if gate else place.pk.hex[-4:].upper()


def _highest(head: str) -> int:
    numbers = PaperSheet.objects.filter(number__startswith=head).values_list("number", flat=True)
    return max((int(found[1]) for one in numbers if (found := re.search(r"(\d+)$", one))), default=0)


def _cross(
    act: Act,
    response: Response,
    sheet: PaperSheet,
    crossing: KeyedCrossing,
    reference: str,
    guard: str,
) -> list[Passage]:
    if sheet.gate is None:
        raise field_error("gate", _("请选择这张登记表所在的出入口。"), "required")
    return register_passages(
        act.actor,
        crossings=crossing.crossings,
        at=Circumstances(
            response=response,
            gate=sheet.gate,
            direction=crossing.direction,
            happened_at=crossing.happened_at,
            guard_name=guard,
            source=Source.PAPER,
            source_reference=reference,
            proxy_entry=False,
        ),
    )


def _reading(
    act: Act,
    response: Response,
    sheet: PaperSheet,
    keyed: KeyedReading,
    reference: str,
    guard: str,
) -> Temperature:
    when: datetime | None = keyed.taken.happened_at
    if when and when > act.at:
        raise field_error("morning", _("测温时间不能晚于现在。"), "date_in_future")
    return Temperature(
        response=response,
        place=sheet.place,
        person=keyed.person,
        celsius=checked_celsius(keyed.taken.celsius, "morning"),
        normal_by_word=keyed.taken.celsius is None,
        body_site=keyed.taken.body_site,
        guard_name=guard,
        happened_at=when,
        written_by=act.officer,
        written_at=act.at,
        source=Source.PAPER,
        source_reference=reference,
    )


def _not_there_yet(sheet: PaperSheet, row: KeyedRow) -> None:
    """The same person or plate, same way, same minute, at the same gate: it is in the book already."""
    for crossing in row.crossings:
        first = crossing.crossings[0]
        around = (crossing.happened_at - _SAME_TIME, crossing.happened_at + _SAME_TIME)
        rows = Passage.objects.current().filter(
            gate=sheet.gate_id, happened_at__range=around, direction=crossing.direction
        )
        rows = rows.filter(plate=first.plate) if first.plate else rows.filter(name=first.name, plate="")
        if first.household:
            rows = rows.filter(household=first.household)
        known = rows.first()
        if known:
            raise Refused(
                _("台账中已有这一次出入(%(source)s %(reference)s)。确是两次的,勾选“仍要登记”。")
                % {"source": known.get_source_display(), "reference": known.source_reference},
                "row_already_there",
            )
    for one in row.readings:
        if (
            Temperature.objects.current()
            .filter(
                place=sheet.place_id, person=one.person, happened_at=one.taken.happened_at, encounter=None
            )
            .exists()
        ):
            raise Refused(_("台账中已有此人这一次的体温。确是两次的,勾选“仍要登记”。"), "row_already_there")
