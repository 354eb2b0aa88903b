"""Keying in a sheet of paper: the list of sheets, the sheet on the table, its rows one by one.

A row is sent when Enter is pressed in its last cell (or all at once with the button, without scripts). What
is right is saved and stays on the page as saved; what is wrong comes back with the sentence at its cell,
and what was typed.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Count, Q
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lianfang.book.actions import Actor
from lianfang.book.errors import Refused
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.forms import errors_into
from lianfang.desk.lists import Choice, Column, DateRange, Empty, Kind, List, Of
from lianfang.desk.rendering import moment_text
from lianfang.desk.states import State, Tone
from lianfang.gates import filled
from lianfang.gates.actions import sheets as actions
from lianfang.gates.forms import SheetForm
from lianfang.gates.handwriting import read_moment
from lianfang.gates.keying import RowWrong, SheetHead, is_empty, read_row, without_dittos
from lianfang.gates.models import Direction, PaperSheet, Passage, SheetKind, SheetRow, Temperature
from lianfang.gates.queries.passages import readings_of, visible_gate_places, visible_gates
from lianfang.gates.registers import REGISTERS, ROWS_A_SHEET
from lianfang.gates.registers import Column as Cell


@dataclass(slots=True)
class GridRow:
    """One row as the page shows it: to be typed, saved, or wrong at some cells."""

    number: int
    cells: list[tuple[Cell, str, str]]
    """Column, what stands in it, what is wrong with it."""
    saved: bool = False
    ask_again: bool = False
    """The same crossing is in the book: it is written only if somebody says that there were two."""
    error: str = ""
    passage: str = ""
    """Where the saved row opens."""

    @property
    def wrong(self) -> bool:
        return bool(self.error or any(error for _cell, _value, error in self.cells))


@dataclass(slots=True)
class _Typed:
    """All that stands in the grid as it was sent."""

    rows: dict[int, dict[str, str]]
    again: set[int] = field(default_factory=set)


def _state_of(sheet: PaperSheet) -> State:
    if sheet.finished_at:
        return State(_("已补录完"), Tone.DONE)
    if sheet.keyed_at:
        return State(_("补录到一半"), Tone.WAITING)
    return State(_("已印制"), Tone.PLAIN)


def _moment_keyed(sheet: PaperSheet) -> str:
    return moment_text(sheet.keyed_at) if sheet.keyed_at else ""


SHEETS = List(
    code="sheets",
    title=gettext_lazy("补录登记表"),
    columns=[
        Column("number", gettext_lazy("编号"), "number", sort="number"),
        Column("kind", gettext_lazy("登记表"), "get_kind_display", sort="kind"),
        Column("place", gettext_lazy("场所"), "place.name", sort="place__name"),
        Column("gate", gettext_lazy("出入口"), "gate.name"),
        Column("day", gettext_lazy("日期"), "day", Kind.DAY, sort="day"),
        Column("rows", gettext_lazy("已补录行数"), "row_count", Kind.COUNT),
        Column("state", gettext_lazy("状态"), _state_of, Kind.STATE),
        Column("by", gettext_lazy("补录人"), "keyed_by"),
        Column("at", gettext_lazy("补录时间"), _moment_keyed, sort="keyed_at"),
    ],
    filters=[
        Choice(
            "state",
            gettext_lazy("状态"),
            [
                ("begun", gettext_lazy("补录到一半")),
                ("finished", gettext_lazy("已补录完")),
                ("printed", gettext_lazy("已印制")),
            ],
            lambda rows, value: {
                "begun": rows.filter(keyed_at__isnull=False, finished_at=None),
                "finished": rows.filter(finished_at__isnull=False),
            }.get(value, rows.filter(keyed_at=None)),
        ),
        Choice("kind", gettext_lazy("登记表"), SheetKind.choices, "kind"),
        DateRange("day", gettext_lazy("日期"), "day", Of.DAY),
    ],
    search=["number", "place__name"],
    search_hint=gettext_lazy("编号、场所"),
    order="-number",
    opens=lambda row: reverse("gates:sheet", args=[row.pk]),
    empty=Empty(
        gettext_lazy("还没有登记表。把纸质表补录进来,或先印制空白表。"),
        gettext_lazy("补录一张"),
        "gates:begin_sheet",
    ),
)


@signed_in
@needs(Right.KEEP_GATE)
def sheets(request: Request) -> HttpResponse:
    rows = PaperSheet.objects.filter(place__in=visible_gate_places(request.user, Right.KEEP_GATE))
    return SHEETS.respond(
        request,
        rows.select_related("place", "gate", "keyed_by").annotate(row_count=Count("rows")),
        template="gates/sheets.html",
    )


@signed_in
@needs(Right.KEEP_GATE)
def begin(request: Request) -> HttpResponse:
    """Which sheet lies on the table. One that was begun is opened where it was left."""
    gates = visible_gates(request.user, Right.KEEP_GATE).order_by("place__name", "name")
    only = list(gates[:2])
    form = SheetForm(
        gates,
        request.POST or None,
        initial={"gate": only[0].pk if len(only) == 1 else None, "day": timezone.localdate()},
    )
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            data = form.cleaned_data
            sheet = actions.begin_sheet(
                Actor.at_desk(request),
                place=data["gate"].place,
                gate=data["gate"],
                kind=data["kind"],
                number=data["number"],
                day=data["day"],
            )
            done = sheet.rows.count()
            if done:
                messages.warning(
                    request,
                    ngettext(
                        "编号 %(number)s 的登记表已补录过 %(count)d 行,不会重复登记。",
                        "编号 %(number)s 的登记表已补录过 %(count)d 行,不会重复登记。",
                        done,
                    )
                    % {"number": sheet.number, "count": done},
                )
            return redirect("gates:sheet", sheet.pk)
    return render(request, "gates/sheet_new.html", {"form": form}, status=422 if form.errors else 200)


@never_cache
@signed_in
@needs(Right.KEEP_GATE)
def sheet(request: Request, pk: UUID) -> HttpResponse:
    """The grid of a sheet. Sent as a whole, it saves every row that is right."""
    found = _sheet(request, pk)
    typed = _typed(request, found)
    rows: list[GridRow] | None = None
    if request.method == "POST" and "finish" in request.POST:
        actions.finish_sheet(Actor.at_desk(request), sheet=found)
        messages.success(request, _("登记表 %(number)s 已补录完。") % {"number": found.number})
        return redirect("gates:begin_sheet")
    if request.method == "POST":
        rows = [_save(request, found, number, typed) for number in range(1, ROWS_A_SHEET + 1)]
        wrong = sum(row.wrong for row in rows)
        if wrong:
            messages.error(
                request,
                ngettext(
                    "有 %(count)d 行还不能登记,请看标出的格子;其余的已登记。",
                    "有 %(count)d 行还不能登记,请看标出的格子;其余的已登记。",
                    wrong,
                )
                % {"count": wrong},
            )
    rows = rows or [_shown(found, number, {}) for number in range(1, ROWS_A_SHEET + 1)]
    _fill_saved(found, rows)
    register = REGISTERS[found.kind]
    return render(
        request,
        "gates/sheet.html",
        {
            "sheet": found,
            "register": register,
            "columns": register.keyed,
            "rows": rows,
            "saved": sum(row.saved for row in rows),
            "directions": Direction.choices,
            "direction": _direction(request),
            "rounds": [
                (code, title, request.POST.get(f"round_{code}", clock)) for code, title, clock in _ROUNDS
            ],
            "is_vehicles": found.kind == SheetKind.VEHICLES,
            "is_temperatures": found.kind == SheetKind.TEMPERATURES,
        },
        status=422 if any(row.wrong for row in rows) else 200,
    )


@require_POST
@never_cache
@signed_in
@needs(Right.KEEP_GATE)
def row(request: Request, pk: UUID, number: int) -> HttpResponse:
    """Save one row of the grid and give it back, saved or with what is wrong."""
    found = _sheet(request, pk)
    if not 1 <= number <= ROWS_A_SHEET:
        raise Http404
    saved = _save(request, found, number, _typed(request, found))
    _fill_saved(found, [saved])
    return render(
        request,
        "gates/sheet_row.html",
        {"row": saved, "sheet": found},
        status=422 if saved.wrong else 200,
    )


def _save(request: Request, sheet: PaperSheet, number: int, typed: _Typed) -> GridRow:
    """Write a row that is not yet written, and say how it stands."""
    if SheetRow.objects.filter(sheet=sheet, row=number).exists():
        return _shown(sheet, number, typed.rows.get(number, {}), saved=True)
    cells = typed.rows.get(number, {})
    if is_empty(cells):
        return _shown(sheet, number, cells)
    try:
        read = read_row(cells, _head(request, sheet))
        again = "twice" if number in typed.again else ""
        actions.key_in_row(
            Actor.at_desk(request),
            response=request.response,
            sheet=sheet,
            number=number,
            row=read,
            again=again,
        )
    except RowWrong as wrong:
        return _shown(sheet, number, cells, wrong.errors)
    except ValidationError as error:
        return _shown(sheet, number, cells, *_at_cells(sheet, error))
    except Refused as refused:
        shown = _shown(sheet, number, cells, error=str(refused))
        shown.ask_again = refused.code == "row_already_there"
        return shown
    return _shown(sheet, number, cells, saved=True)


def _at_cells(sheet: PaperSheet, error: ValidationError) -> tuple[dict[str, str], str]:
    """What an action refused, at the cell that it names; what has no cell here stands before the row."""
    codes = {column.code for column in REGISTERS[sheet.kind].keyed}
    first = "time_in" if sheet.kind == SheetKind.PERSONS else "time"
    cells: dict[str, str] = {}
    rest = []
    for name, messages_there in (error.message_dict if hasattr(error, "error_dict") else {}).items():
        cell = first if name == "happened_at" and first in codes else name
        if cell in codes:
            cells[cell] = " ".join(messages_there)
        else:
            rest.extend(messages_there)
    if not hasattr(error, "error_dict"):
        rest.extend(error.messages)
    return cells, " ".join(rest)


def _shown(
    sheet: PaperSheet,
    number: int,
    cells: Mapping[str, str],
    errors: Mapping[str, str] | None = None,
    error: str = "",
    *,
    saved: bool = False,
) -> GridRow:
    errors = errors or {}
    return GridRow(
        number,
        [
            (column, cells.get(column.code, ""), errors.get(column.code, ""))
            for column in REGISTERS[sheet.kind].keyed
        ],
        saved=saved,
        error=error,
    )


def _fill_saved(sheet: PaperSheet, rows: list[GridRow]) -> None:
    """Show the rows that are in the book as the book has them. A constant number of queries."""
    lines = {line.row: line for line in sheet.rows.all()}
    ids = [UUID(one) for line in lines.values() for one in line.records]
    written = Q(pk__in=ids) | Q(root__in=ids, corrects__isnull=False)
    newest = Passage.objects.newest().filter(written).select_related("household", "entry_pass", "gate")
    passages = {one.root_id: one for one in newest}
    readings = readings_of(passages)
    rounds = {one.root_id: one for one in Temperature.objects.newest().filter(written)}
    for shown in rows:
        line = lines.get(shown.number)
        if line is None:
            continue
        own = [UUID(one) for one in line.records]
        cells = _cells_of(sheet, [passages[pk] for pk in own if pk in passages], readings)
        if sheet.kind == SheetKind.TEMPERATURES:
            cells = _cells_of_readings([rounds[pk] for pk in own if pk in rounds])
        shown.saved = True
        shown.cells = [(column, cells.get(column.code, ""), "") for column, _value, _error in shown.cells]
        shown.passage = next((reverse("gates:passage", args=[pk]) for pk in own if pk in passages), "")


def _cells_of(sheet: PaperSheet, passages: list[Passage], readings: filled.Readings) -> dict[str, str]:
    if not passages:
        return {}
    if sheet.kind == SheetKind.VEHICLES:
        vehicle = next((one for one in passages if one.plate), passages[0])
        party = [one for one in passages if one is not vehicle]
        return filled.vehicle_cells(vehicle, party, readings, whole=False)
    cells: dict[str, str] = {}
    for one in passages:
        own = filled.person_cells(one, readings.get(one.root_id, []), whole=False)
        cells |= {code: text for code, text in own.items() if text}
        cells["name"] = one.name
    return cells


def _cells_of_readings(readings: list[Temperature]) -> dict[str, str]:
    parts: dict[str, list[Temperature]] = {"morning": [], "noon": [], "evening": []}
    for one in readings:
        hour = timezone.localtime(one.happened_at).hour if one.happened_at else 0
        parts["morning" if hour < 11 else "noon" if hour < 16 else "evening"].append(one)
    cells = {code: filled.readings_text(own) for code, own in parts.items()}
    first = readings[0] if readings else None
    if first:
        cells |= {
            "name": first.person.name if first.person else "",
            "site": first.get_body_site_display(),
            "guard": first.guard_name,
        }
    return cells


_ROUNDS = (
    ("morning", gettext_lazy("晨检时间"), "8:00"),
    ("noon", gettext_lazy("午检时间"), "12:00"),
    ("evening", gettext_lazy("晚检时间"), "18:00"),
)


def _head(request: Request, sheet: PaperSheet) -> SheetHead:
    day: date = sheet.day or timezone.localdate()
    rounds = {}
    for code, _title, clock in _ROUNDS:
        try:
            at = read_moment(request.POST.get(f"round_{code}", "") or clock, day)
        except ValidationError:
            at = read_moment(clock, day)
        rounds[code] = timezone.localtime(at).time()
    return SheetHead(sheet.kind, sheet.place, day, _direction(request), rounds)


def _direction(request: Request) -> str:
    typed = request.POST.get("direction", "")
    return typed if typed in Direction.values else Direction.IN


def _typed(request: Request, sheet: PaperSheet) -> _Typed:
    """The grid as it was sent, dittos replaced by what stands above."""
    codes = [column.code for column in REGISTERS[sheet.kind].keyed]
    typed = _Typed({})
    above: dict[str, str] = {}
    for number in range(1, ROWS_A_SHEET + 1):
        cells = {code: request.POST.get(f"r{number}_{code}", "")[:200] for code in codes}
        above = typed.rows[number] = without_dittos(above, cells)
        if request.POST.get(f"r{number}_again") == "on":
            typed.again.add(number)
    return typed


def _sheet(request: Request, pk: UUID) -> PaperSheet:
    """A sheet of a place where the officer keeps gates; one that was only printed is taken up now."""
    places = visible_gate_places(request.user, Right.KEEP_GATE)
    found: PaperSheet = get_object_or_404(
        PaperSheet.objects.filter(place__in=places).select_related("place", "gate__place"), pk=pk
    )
    if found.keyed_at is None:
        found = actions.begin_sheet(
            Actor.at_desk(request),
            place=found.place,
            gate=found.gate,
            kind=found.kind,
            number=found.number,
            day=found.day or timezone.localdate(),
        )
    return found
