"""Imports of tables of gifts: upload, columns, check, and the booking that can be left and found again."""

from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianfang.book.actions import Actor
from lianfang.book.errors import Conflict, Refused
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.forms import errors_into
from lianfang.engines.intake.sources import Limits, SourceError
from lianfang.giving.actions import imports as acts
from lianfang.giving.forms.imports import GIFT_ROLES, ColumnsForm, ImportForm
from lianfang.giving.models import ImportCheck, ImportState, TableImport
from lianfang.giving.queries import imports as queries
from lianfang.giving.tables.sheets import ChosenColumn, SheetColumns, read_sheets

_FAULTS_A_PAGE = 100
_IMPORTS_SHOWN = 100


@signed_in
@needs(Right.BOOK_GIFTS)
def imports(request: Request) -> HttpResponse:
    """All imports, with how far each is."""
    found = queries.visible_imports(request.user, request.response)[:_IMPORTS_SHOWN]
    return render(request, "giving/imports.html", {"imports": found})


@signed_in
@needs(Right.BOOK_GIFTS)
def upload(request: Request) -> HttpResponse:
    """Choose a file; it is read and shown before anything is booked."""
    form = ImportForm(request.user, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            sheets = read_sheets(data["file"].name, data["file"].read(Limits().size + 1))
        except (SourceError, Refused) as error:
            form.add_error("file", ValidationError(str(error), code=error.code))
        else:
            with errors_into(form):
                prepared = acts.prepare_import(
                    Actor.at_desk(request),
                    response=request.response,
                    sheets=sheets,
                    recipient=data["recipient"],
                    via=data["via"],
                    booked_as=data["booked_as"],
                )
                return _onward(request, prepared)
    return render(request, "giving/import_upload.html", {"form": form}, status=422 if form.errors else 200)


@signed_in
@needs(Right.BOOK_GIFTS)
def columns(request: Request, pk: UUID) -> HttpResponse:
    """Which column is which: the guesses with their reasons, changed by select."""
    held = _held(request, pk)
    if held.state != ImportState.OPEN:
        return redirect("giving:import", pk)
    sheets = acts.sheets_of(held)
    seen = queries.sheets_seen(sheets, [SheetColumns.from_json(one) for one in held.columns])
    form = ColumnsForm(seen, GIFT_ROLES, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            acts.set_columns(Actor.at_desk(request), table_import=held, choices=form.choices())
            return redirect("giving:import", pk)
    return render(
        request,
        "giving/import_columns.html",
        {"import": held, "form": form, "remarks": sheets.remarks},
        status=422 if form.errors else 200,
    )


@signed_in
@needs(Right.BOOK_GIFTS)
def one(request: Request, pk: UUID) -> HttpResponse:
    """An import as it stands: the check with its faults, the progress, or what it has done."""
    held = _held(request, pk)
    if held.state == ImportState.OPEN and not held.columns_confirmed:
        return redirect("giving:import_columns", pk)
    check = ImportCheck.objects.filter(pk=pk).first() or ImportCheck(table_import=held)
    faults = queries.faults_of(check)
    return render(
        request,
        "giving/import.html",
        {
            "import": held,
            "sums": queries.kind_sums(check),
            "faults": Paginator(faults, _FAULTS_A_PAGE).get_page(request.GET.get("page")),
            "fault_kinds": queries.fault_kinds(faults),
            "mark": acts.mark_of_faults(check.faults),
            "remarks": acts.sheets_of(held).remarks if held.state == ImportState.OPEN else (),
        },
    )


@require_POST
@signed_in
@needs(Right.BOOK_GIFTS)
def start(request: Request, pk: UUID) -> HttpResponse:
    """Begin booking: all rows, or all but exactly the faulty ones."""
    held = _held(request, pk)
    actor = Actor.at_desk(request)
    try:
        faulty = acts.FaultyRows(request.POST.get("faulty_rows", acts.FaultyRows.REFUSE_ALL))
        acts.start_import(actor, table_import=held, faulty_rows=faulty, seen=request.POST.get("mark", ""))
    except Conflict as error:
        acts.check_import(actor, table_import=held)
        messages.error(request, str(error))
    except (Refused, ValueError) as error:
        messages.error(request, str(error))
    return redirect("giving:import", pk)


@require_POST
@signed_in
@needs(Right.BOOK_GIFTS)
def book_next(request: Request, pk: UUID) -> HttpResponse:
    """Book the next stretch. With htmx the progress comes back, which asks for the next one."""
    held = _held(request, pk)
    try:
        from_row = int(request.POST.get("from_row", ""))
    except ValueError:
        from_row = held.next_row
    try:
        held = acts.book_next_rows(Actor.at_desk(request), table_import=held, from_row=from_row)
    except Refused as error:
        return _progress(request, held, str(error))
    return _progress(request, held, "")


@require_POST
@signed_in
@needs(Right.BOOK_GIFTS)
def check_again(request: Request, pk: UUID) -> HttpResponse:
    """Check all rows anew, after the register was put right."""
    try:
        acts.check_import(Actor.at_desk(request), table_import=_held(request, pk))
    except Refused as error:
        messages.error(request, str(error))
    return redirect("giving:import", pk)


@require_POST
@signed_in
@needs(Right.BOOK_GIFTS)
def abandon(request: Request, pk: UUID) -> HttpResponse:
    """Stop the import; what is booked stays."""
    try:
        acts.abandon_import(Actor.at_desk(request), table_import=_held(request, pk))
        messages.info(request, _("已放弃。同一份文件再上传,可以重新开始。"))
    except Refused as error:
        messages.error(request, str(error))
    return redirect("giving:imports")


def _held(request: Request, pk: UUID) -> TableImport:
    found: TableImport = get_object_or_404(queries.visible_imports(request.user, request.response), pk=pk)
    return found


def _onward(request: Request, prepared: acts.Prepared) -> HttpResponse:
    """To the columns; or, where all of them were confirmed for this header before, to the check."""
    held = prepared.table_import
    if prepared.already_there and held.state != ImportState.OPEN:
        messages.info(request, _("这份文件以前已导入过,没有重复入账。"))
        return redirect("giving:import", held.pk)
    columns = [SheetColumns.from_json(one) for one in held.columns]
    if not held.columns_confirmed and all(one.remembered for one in columns if one.taken):
        choices = [
            acts.SheetChoice(one.taken, [ChosenColumn(c.role, c.factor) for c in one.columns])
            for one in columns
        ]
        try:
            acts.set_columns(Actor.at_desk(request), table_import=held, choices=choices)
            messages.info(request, _("表头与以前导入过的相同,已按上次确认的列对应读取。"))
        except ValidationError:
            return redirect("giving:import_columns", held.pk)
    return redirect("giving:import", held.pk)


def _progress(request: Request, held: TableImport, refusal: str) -> HttpResponse:
    if not request.headers.get("HX-Request"):
        if refusal:
            messages.error(request, refusal)
        return redirect("giving:import", held.pk)
    return render(request, "giving/import_progress.html", {"import": held, "refusal": refusal})
