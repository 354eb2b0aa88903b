"""Pages of an inspection: where, what was seen, what was found; what to read before going there."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianfang.book.actions import Actor
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.charts import Chart, Series
from lianfang.desk.forms import errors_into
from lianfang.desk.lists import Column, DateRange, Empty, Kind, List
from lianfang.desk.panels import Panel, panels_for
from lianfang.desk.states import State, Tone
from lianfang.inspections import actions, queries
from lianfang.inspections.forms import (
    BeginForm,
    InspectionForm,
    ProblemRows,
)
from lianfang.inspections.models import (
    Checklist,
    ChecklistItem,
    Finding,
    Inspection,
)
from lianfang.inspections.papers import paper_of_walk
from lianfang.inspections.standing import standings_of
from lianfang.inspections.views.photos import addresses_of, keep_photos
from lianfang.inspections.views.showing import ids_from, paper, state_of
from lianfang.places.models import Place

_BOTH = (Right.INSPECT, Right.RECTIFY)


INSPECTIONS = List(
    code="inspections",
    title=gettext_lazy("检查记录"),
    columns=[
        Column("at", gettext_lazy("检查时间"), "happened_at", Kind.MOMENT, sort="happened_at"),
        Column("place", gettext_lazy("被检点位"), "place.name", sort="place__name"),
        Column("team", gettext_lazy("检查组"), "team.name", sort="team__name"),
        Column("inspectors", gettext_lazy("检查人"), "inspectors"),
        Column("checklist", gettext_lazy("检查表"), lambda row: str(row.checklist or "")),
        Column("findings", gettext_lazy("发现问题数"), "finding_count", Kind.COUNT),
        Column("summary", gettext_lazy("检查情况"), "summary"),
    ],
    filters=[DateRange("at", gettext_lazy("检查日期"), "happened_at")],
    search=["place__name", "inspectors", "summary", "team__name"],
    search_hint=gettext_lazy("点位、检查人"),
    order="-at",
    opens=lambda row: reverse("inspections:inspection", args=[row.pk]),
    empty=Empty(gettext_lazy("还没有检查记录。"), gettext_lazy("登记一次检查"), "inspections:begin"),
)


@signed_in
@needs(*_BOTH)
def inspections(request: Request) -> HttpResponse:
    return INSPECTIONS.respond(
        request,
        queries.visible_inspections(request.user, request.response),
        template="inspections/inspections.html",
        context={"may_inspect": request.user.may(Right.INSPECT)},
    )


@signed_in
@needs(Right.INSPECT)
def begin(request: Request) -> HttpResponse:
    """Choose the place and the checklist."""
    places = queries.places_to_inspect(request.user)
    form = BeginForm(places, queries.checklists_in_use(), request.GET or None)
    if form.is_bound and form.is_valid():
        chosen = form.cleaned_data["checklist"]
        address = reverse("inspections:record", args=[form.cleaned_data["place"].pk])
        return redirect(f"{address}?checklist={chosen.pk}" if chosen else address)
    return render(request, "inspections/begin.html", {"form": form})


@signed_in
@needs(Right.INSPECT)
def record(request: Request, place: UUID) -> HttpResponse:
    """Write down what was seen: line by line of the checklist, and what else was found."""
    where = get_object_or_404(queries.places_to_inspect(request.user), pk=place)
    checklist = _chosen_checklist(request)
    form = InspectionForm(
        request.POST or None,
        request.FILES or None,
        initial={
            "inspectors": str(request.user),
            "responsible_body": where.body_id,
            "team": request.user.body_id,
        },
    )
    rows = ProblemRows.of(checklist, request.POST or None)
    if request.method == "POST" and form.is_valid() & rows.is_valid():
        found = [row for row in rows.rows if row.found]
        if found and form.cleaned_data["responsible_body"] is None:
            form.add_error("responsible_body", _("发现了问题,请选择责任单位。"))
        else:
            with errors_into(form):
                made = _write(request, where, checklist, form.cleaned_data, rows)
                messages.success(request, _("已登记,发现问题 %d 项。") % len(found))
                return redirect("inspections:inspection", made.pk)
    return render(
        request,
        "inspections/record.html",
        {"form": form, "rows": rows.rows, "place": where, "checklist": checklist},
    )


@signed_in
@needs(*_BOTH)
def inspection(request: Request, pk: UUID) -> HttpResponse:
    """One inspection: what was seen, what was found and how that stands."""
    found: Inspection = get_object_or_404(queries.visible_inspections(request.user, request.response), pk=pk)
    roots = Finding.objects.newest().filter(inspection__root=found.root_id).order_by("received_at")
    known = standings_of(roots.values_list("root_id", flat=True))
    return render(
        request,
        "inspections/inspection.html",
        {
            "inspection": found,
            "seen": _seen(found),
            "standings": [(one, state_of(one)) for one in known.values()],
            "photos": addresses_of(found.photos),
        },
    )


@signed_in
@needs(Right.INSPECT)
def statistics(request: Request) -> HttpResponse:
    """What the last 7, 14 or 30 days found, and what came of it."""
    days = {"7": 7, "14": 14, "30": 30}.get(request.GET.get("days", ""), 14)
    now = timezone.now()
    found = queries.statistics(request.user, request.response, since=now - timedelta(days=days), until=now)
    chart = None
    if found.by_kind:
        kinds = [name for name, _found, _closed in found.by_kind]
        chart = Chart(
            _("%(kind)s的问题最多,%(count)d项") % {"kind": kinds[0], "count": found.by_kind[0][1]},
            _("问题类别"),
            kinds,
            [
                Series(_("发现"), [count for _name, count, _closed in found.by_kind]),
                Series(_("已销号"), [closed for _name, _count, closed in found.by_kind]),
            ],
        )
    return render(request, "inspections/statistics.html", {"figures": found, "chart": chart, "days": days})


@signed_in
@needs(Right.INSPECT)
def walk(request: Request, place: UUID) -> HttpResponse:
    """The sheet to read before walking to a place."""
    where = get_object_or_404(queries.places_to_inspect(request.user), pk=place)
    now = timezone.now()
    sheet = queries.before_a_visit(request.user, request.response, where, now)
    return render(
        request,
        "inspections/walk.html",
        {
            "sheet": sheet,
            "open": [(one, state_of(one)) for one in sheet.open],
            "place": where,
            # Who is on duty now, what is overdue on the rounds: the other rooms say it themselves.
            "panels": panels_for("place", request.user, where),
        },
    )


@signed_in
@needs(Right.INSPECT)
def walk_paper(request: Request, place: UUID, form: str) -> HttpResponse:
    where = get_object_or_404(queries.places_to_inspect(request.user), pk=place)
    now = timezone.now()
    sheet = queries.before_a_visit(request.user, request.response, where, now)
    told = [(str(one.title), _lines_of(one)) for one in panels_for("place", request.user, where)]
    return paper(paper_of_walk(sheet, told, now), form, f"walk-{where.pk}")


def _lines_of(panel: Panel) -> list[str]:
    """What another room says of the place, for the paper."""
    figures = ",".join(f"{one.word} {one.value}" for one in panel.figures)
    lines = [f"{one.name} {one.detail} {one.state or ''}".strip() for one in panel.lines]
    return [line for line in (figures, *lines) if line] or [str(panel.empty)]


def _write(
    request: Request, place: Place, checklist: Checklist | None, data: dict[str, Any], rows: ProblemRows
) -> Inspection:
    """The inspection with its photographs. A photograph that is none refuses all, before it is written."""
    kept = keep_photos(request, place, data["photos"], data["happened_at"])
    return actions.record_inspection(
        Actor.at_desk(request),
        response=request.response,
        place=place,
        inspectors=data["inspectors"],
        happened_at=data["happened_at"],
        team=data["team"],
        unannounced=data["unannounced"],
        checklist=checklist,
        answers=rows.answers,
        summary=data["summary"],
        photos=kept,
        problems=rows.problems(data),
    )


def _seen(found: Inspection) -> list[tuple[ChecklistItem, State]]:
    words = {
        "yes": State(_("符合"), Tone.DONE),
        "no": State(_("不符合"), Tone.URGENT),
        "not_seen": State(_("未查看"), Tone.PLAIN),
    }
    if found.checklist is None:
        return []
    return [
        (item, words[found.answers.get(str(item.pk), "not_seen")]) for item in found.checklist.items.all()
    ]


def _chosen_checklist(request: Request) -> Checklist | None:
    found: Checklist | None = (
        queries.checklists_in_use().filter(pk__in=ids_from(request.GET.get("checklist", ""))).first()
    )
    return found
