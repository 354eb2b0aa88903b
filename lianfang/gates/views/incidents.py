"""Fever cases: the list that nobody can miss, a case with its next step, the slip for the clinic."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from lianfang.book.actions import Actor
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.forms import errors_into
from lianfang.desk.lists import Choice, Column, DateRange, Empty, Kind, List
from lianfang.desk.masking import masked_name
from lianfang.gates import paper, showing
from lianfang.gates.actions import incidents as actions
from lianfang.gates.forms import IncidentForm, ReasonForm, StepForm
from lianfang.gates.models import HealthIncident, IncidentStep, Passage
from lianfang.gates.queries import incidents as queries
from lianfang.gates.queries.passages import visible_gate_places, visible_gates
from lianfang.gates.writing import ReadingTaken

INCIDENTS = List(
    code="incidents",
    title=gettext_lazy("异常事件"),
    columns=[
        Column("name", gettext_lazy("姓名"), "name", sort="name", mask=masked_name),
        Column("state", gettext_lazy("进展"), showing.case_state_of, Kind.STATE, sort="is_closed"),
        Column("due", gettext_lazy("下一步期限"), "standing.due_at", Kind.MOMENT),
        Column("place", gettext_lazy("场所"), "place.name", sort="place__name"),
        Column("at", gettext_lazy("暂留时间"), "happened_at", Kind.MOMENT, sort="happened_at"),
        Column("guard", gettext_lazy("值守人"), "guard_name"),
    ],
    filters=[
        Choice(
            "state",
            gettext_lazy("进展"),
            [("open", gettext_lazy("未结案")), ("closed", gettext_lazy("已结案"))],
            lambda rows, value: rows.filter(is_closed=value == "closed"),
        ),
        DateRange("at", gettext_lazy("暂留日期"), "happened_at"),
    ],
    search=["name", "place__name"],
    search_hint=gettext_lazy("姓名、场所"),
    order="state",
    opens=lambda row: reverse("gates:incident", args=[row.root_id]),
    empty=Empty(gettext_lazy("没有异常事件。出入口暂留人员时,这里会出现一份卷宗。")),
    prepare=queries.give_standings,
)


@signed_in
@needs(Right.HANDLE_INCIDENTS, Right.READ_GATES)
def incidents(request: Request) -> HttpResponse:
    """All cases, the open ones first; above them whoever is held without a case."""
    return INCIDENTS.respond(
        request,
        queries.visible_incidents(request.user, request.response),
        template="gates/incidents.html",
        context={
            "without_case": list(queries.held_without_case(request.user, request.response)[:20]),
            "may_handle": request.user.may(Right.HANDLE_INCIDENTS),
        },
    )


@signed_in
@needs(Right.HANDLE_INCIDENTS)
def report(request: Request) -> HttpResponse:
    """A case that did not begin at a gate."""
    form = IncidentForm(visible_gate_places(request.user, Right.HANDLE_INCIDENTS), request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            data = form.cleaned_data
            measured = bool(request.POST.get("celsius", "").strip())
            made = actions.report_incident(
                Actor.at_desk(request),
                response=request.response,
                place=data["place"],
                name=data["name"],
                happened_at=data["happened_at"],
                text=data["text"],
                celsius=ReadingTaken(data["celsius"] or None) if measured else None,
            )
            return redirect("gates:incident", made.root_id)
    return render(request, "gates/incident_form.html", {"form": form}, status=422 if form.errors else 200)


@require_POST
@signed_in
@needs(Right.HANDLE_INCIDENTS)
def open_for(request: Request, pk: UUID) -> HttpResponse:
    """Open the case of somebody who is held and has none."""
    gates = visible_gates(request.user, Right.HANDLE_INCIDENTS)
    newest = Passage.versions_of(pk).filter(correction__isnull=True, withdrawn=False)
    held = get_object_or_404(newest.filter(gate__in=gates))
    made = actions.open_incident(Actor.at_desk(request), passage=held)
    return redirect("gates:incident", made.root_id)


@never_cache
@signed_in
@needs(Right.HANDLE_INCIDENTS, Right.READ_GATES)
def incident(request: Request, pk: UUID) -> HttpResponse:
    """One case: its line of steps, what comes next and by when, its readings."""
    found = _incident(request, pk)
    file = queries.case_file(found)
    may_handle = request.user.may(Right.HANDLE_INCIDENTS, found.scope())
    form = StepForm(
        request.POST or None,
        initial={"kind": file.standing.awaited, "happened_at": None},
    )
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            step = actions.take_step(Actor.at_desk(request), incident=found, **form.values())
            messages.success(request, _("已登记:%(step)s。") % {"step": step.get_kind_display()})
            return redirect("gates:incident", found.root_id)
    return render(
        request,
        "gates/incident.html",
        {
            "incident": found,
            "file": file,
            "state": showing.state_of_standing(file.standing),
            "steps": [
                (step, file.reading_of(step), step.happened_at != step.written_at and _late(step))
                for step in file.steps
            ],
            "now": timezone.now(),
            "form": form,
            "may_handle": may_handle,
            "may_trace": bool(found.person_id) and request.user.may(Right.TRACE_CONTACTS),
        },
        status=422 if form.errors else 200,
    )


@never_cache
@signed_in
@needs(Right.HANDLE_INCIDENTS)
def slip(request: Request, pk: UUID) -> HttpResponse:
    """The slip that goes with the person to the clinic: with the whole ID number, and logged as an export."""
    found = get_object_or_404(
        queries.visible_incidents(request.user, request.response, Right.HANDLE_INCIDENTS), root=pk
    )
    content = paper.clinic_slip(queries.case_file(found))
    actions.note_slip(Actor.at_desk(request), incident=found)
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={
            "Content-Disposition": f'inline; filename="slip-{found.root_id}.pdf"',
            "Cache-Control": "no-store",
        },
    )


@signed_in
@needs(Right.HANDLE_INCIDENTS)
def withdraw_step(request: Request, pk: UUID) -> HttpResponse:
    """Say that a step was not taken."""
    cases = queries.visible_incidents(request.user, request.response, Right.HANDLE_INCIDENTS)
    step = get_object_or_404(IncidentStep.objects.current().filter(incident__in=cases.values("root")), pk=pk)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            actions.withdraw_step(Actor.at_desk(request), step=step, reason=form.cleaned_data["reason"])
            messages.success(request, _("这一步已撤销,记录仍保留。"))
            return redirect("gates:incident", step.incident_id)
    return render(
        request,
        "gates/step_withdraw.html",
        {"form": form, "step": step},
        status=422 if form.errors else 200,
    )


def _incident(request: Request, pk: UUID) -> HealthIncident:
    found: HealthIncident = get_object_or_404(
        queries.visible_incidents(request.user, request.response), root=pk
    )
    return found


def _late(step: IncidentStep) -> bool:
    """Written well after it was done: both times are shown."""
    return step.happened_at is not None and (step.written_at - step.happened_at).total_seconds() > 600
