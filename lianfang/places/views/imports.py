"""Tables of a place: upload, preview, and what was done."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lianfang.book.actions import Actor
from lianfang.book.errors import Refused
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.engines.intake.sources import SourceError
from lianfang.people.actions import BadRows, give_up_import
from lianfang.people.models import ImportDraft
from lianfang.people.views.form_page import told
from lianfang.people.views.imports import rows_of
from lianfang.places import actions
from lianfang.places.forms import UploadForm
from lianfang.places.importing import COLUMNS, Table, read_rows
from lianfang.places.models import Place
from lianfang.places.views.places import kept

_SHOWN_ROWS = 50


@signed_in
@needs(Right.KEEP_PLACES)
def place_import(request: Request, pk: UUID) -> HttpResponse:
    """Choose a file; it is read, kept sealed, and shown before anything is written."""
    place = kept(request, pk)
    form = UploadForm(request.POST or None, request.FILES or None, initial=request.GET.dict())
    if request.method == "POST" and form.is_valid():
        file, table = form.cleaned_data["file"], form.cleaned_data["table"]
        try:
            rows = rows_of(file.name, file.read())
            read_rows(table, place, rows)
            draft = actions.keep_place_import_draft(
                Actor.at_desk(request), place=place, table=table, file_name=file.name, rows=rows
            )
            return redirect("place_import_preview", draft.pk)
        except (Refused, SourceError) as error:
            form.add_error("file", str(error))
    return render(
        request,
        "places/import.html",
        {
            "form": form,
            "place": place,
            "columns": [(Table(table).label, columns) for table, columns in COLUMNS.items()],
        },
        status=422 if form.errors else 200,
    )


@never_cache
@signed_in
@needs(Right.KEEP_PLACES)
def place_import_preview(request: Request, pk: UUID) -> HttpResponse:
    """What the table says and what will be done; on POST it is done."""
    draft, place = _draft(request, pk)
    rows = draft.open_rows()
    if request.method == "POST" and request.POST.get("bad_rows") in set(BadRows):
        try:
            done = actions.import_place_rows(
                Actor.at_desk(request),
                place=place,
                table=draft.table,
                rows=rows,
                bad_rows=BadRows(request.POST["bad_rows"]),
            )
        except Refused as error:
            told(request, error)
        else:
            give_up_import(Actor.at_desk(request), draft=draft)
            return render(request, "places/import_done.html", {"done": done, "draft": draft, "place": place})
    reading = read_rows(draft.table, place, rows)
    return render(
        request,
        "places/import_preview.html",
        {
            "draft": draft,
            "place": place,
            "table": Table(draft.table),
            "reading": reading,
            "first": reading.good[:_SHOWN_ROWS],
            "more": max(0, len(reading.good) - _SHOWN_ROWS),
        },
    )


@require_POST
@signed_in
@needs(Right.KEEP_PLACES)
def place_import_give_up(request: Request, pk: UUID) -> HttpResponse:
    draft, place = _draft(request, pk)
    give_up_import(Actor.at_desk(request), draft=draft)
    messages.info(request, _("没有导入,上传的表已删除。"))
    return redirect("place_import", place.pk)


def _draft(request: Request, pk: UUID) -> tuple[ImportDraft, Place]:
    draft = get_object_or_404(ImportDraft, pk=pk, officer=request.user, place_id__isnull=False)
    assert draft.place_id is not None
    return draft, kept(request, draft.place_id)
