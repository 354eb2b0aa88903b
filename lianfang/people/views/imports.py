"""Registers from a table: upload, preview, and what was done."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianfang.book.actions import Actor
from lianfang.book.errors import Refused
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.engines.intake.sources import SourceError, read_source
from lianfang.people import actions
from lianfang.people.actions.imports import RIGHT_FOR_TABLE
from lianfang.people.forms import ImportForm
from lianfang.people.importing import NoHeader, Table, read_rows
from lianfang.people.importing.tables import COLUMNS
from lianfang.people.models import ImportDraft
from lianfang.people.views.form_page import told

_SHOWN_ROWS = 50


@signed_in
@needs(Right.KEEP_REGISTERS, Right.KEEP_PERSONS)
def register_import(request: Request) -> HttpResponse:
    """Choose a file; it is read, kept sealed, and shown before anything is written."""
    tables = [table for table, right in RIGHT_FOR_TABLE.items() if request.user.may(right)]
    form = ImportForm(tables, request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid():
        file, table = form.cleaned_data["file"], form.cleaned_data["table"]
        try:
            rows = rows_of(file.name, file.read())
            read_rows(table, rows, request.user.reach(RIGHT_FOR_TABLE[table]))
            draft = actions.keep_import_draft(
                Actor.at_desk(request), table=table, file_name=file.name, rows=rows
            )
            return redirect("register_import_preview", draft.pk)
        except (Refused, SourceError) as error:
            form.add_error("file", str(error))
    return render(
        request,
        "people/import.html",
        {
            "form": form,
            "columns": [
                (Table(table).label, columns) for table, columns in COLUMNS.items() if table in tables
            ],
        },
        status=422 if form.errors else 200,
    )


@signed_in
@needs(Right.KEEP_REGISTERS, Right.KEEP_PERSONS)
def register_import_preview(request: Request, pk: UUID) -> HttpResponse:
    """What the table says and what will be done; on POST it is done."""
    draft = get_object_or_404(ImportDraft, pk=pk, officer=request.user, place_id=None)
    rows = draft.open_rows()
    if request.method == "POST" and request.POST.get("bad_rows") in set(actions.BadRows):
        try:
            done = actions.import_rows(
                Actor.at_desk(request),
                table=draft.table,
                rows=rows,
                bad_rows=actions.BadRows(request.POST["bad_rows"]),
            )
        except Refused as error:
            told(request, error)
        else:
            actions.give_up_import(Actor.at_desk(request), draft=draft)
            return render(request, "people/import_done.html", {"done": done, "draft": draft})
    reading = read_rows(draft.table, rows, request.user.reach(RIGHT_FOR_TABLE[draft.table]))
    return render(
        request,
        "people/import_preview.html",
        {
            "draft": draft,
            "table": Table(draft.table),
            "reading": reading,
            "first": reading.good[:_SHOWN_ROWS],
            "more": max(0, len(reading.good) - _SHOWN_ROWS),
        },
    )


@require_POST
@signed_in
@needs(Right.KEEP_REGISTERS, Right.KEEP_PERSONS)
def register_import_give_up(request: Request, pk: UUID) -> HttpResponse:
    draft = get_object_or_404(ImportDraft, pk=pk, officer=request.user, place_id=None)
    actions.give_up_import(Actor.at_desk(request), draft=draft)
    messages.info(request, _("没有导入,上传的表已删除。"))
    return redirect("register_import")


def rows_of(name: str, data: bytes) -> list[list[str]]:
    """The rows of the first table with content. Raises SourceError, NoHeader."""
    source = read_source(name, data)
    for table in source.tables:
        if any(any(cell.strip() for cell in row) for row in table.rows):
            return [list(row) for row in table.rows]
    raise NoHeader(_("名称"))
