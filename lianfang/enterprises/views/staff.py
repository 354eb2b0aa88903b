"""The staff of a day: readings keyed in for all at once, conditions, the daily report."""

from datetime import date, datetime, time
from uuid import UUID

from django.contrib import messages
from django.core.exceptions import ValidationError
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.dateparse import parse_date
from django.utils.translation import gettext as _

from lianfang.book.actions import Actor
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.forms import errors_into
from lianfang.enterprises import actions
from lianfang.enterprises.forms import StateForm, SummaryForm
from lianfang.enterprises.models import StaffCondition
from lianfang.enterprises.queries.staff import StaffLine, employees_on, figures_of, staff_of_day
from lianfang.enterprises.rules import rules_on
from lianfang.enterprises.views.sites import own_site
from lianfang.gates.actions.rounds import RoundReading, record_readings
from lianfang.gates.handwriting import read_celsius
from lianfang.gates.queries.rounds import ROUNDS, round_of

# When a round that is keyed in afterwards was taken, unless it is the one going on now.
_USUAL = {"morning": time(8), "noon": time(12), "evening": time(18)}


@signed_in
@needs(Right.KEEP_ENTERPRISE)
def staff(request: Request, place: UUID) -> HttpResponse:
    """All employees of a day with their readings; a reading is typed as 365 or 36.5, 正常 or √ by word."""
    found = own_site(request, place)
    day = _day(request)
    part = request.GET.get("round", "")
    part = part if part in ROUNDS else round_of(timezone.now())
    lines = staff_of_day(found, request.response, day)
    wrong: dict[str, str] = {}
    if request.method == "POST":
        readings, wrong = _typed(request, lines, _moment(day, part))
        if not wrong and readings:
            record_readings(Actor.at_desk(request), response=request.response, place=found, readings=readings)
            messages.success(request, _("已登记 %d 人的体温。") % len(readings))
            rules = rules_on(day)
            hot = [one.person.name for one in readings if rules.abnormal(one.celsius)]
            if hot:
                names = "、".join(hot)
                messages.error(request, _("体温异常:%s。请先安排到隔离观察区复测,并登记异常事件。") % names)
            return redirect(f"{request.path}?day={day}&round={part}")
        if wrong:
            messages.error(request, _("有 %d 格没有读懂,改好后再保存;这次没有存任何一格。") % len(wrong))
    typed = request.POST if wrong else {}
    rows = [
        (line, typed.get(f"t-{line.employee.pk}", ""), wrong.get(str(line.employee.pk), "")) for line in lines
    ]
    return render(
        request,
        "enterprises/staff.html",
        {
            "place": found,
            "day": day,
            "rows": rows,
            "round": part,
            "rounds": [("morning", _("晨检")), ("noon", _("午检")), ("evening", _("晚检"))],
        },
    )


@signed_in
@needs(Right.KEEP_ENTERPRISE)
def state(request: Request, place: UUID, pk: UUID) -> HttpResponse:
    """How one employee is, from a day on."""
    found = own_site(request, place)
    employee = get_object_or_404(employees_on(found, timezone.localdate()), pk=pk)
    form = StateForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            actions.set_staff_state(Actor.at_desk(request), employee=employee, **form.cleaned_data)
            messages.success(request, _("已登记。"))
            return redirect("enterprises:staff", place)
    return render(
        request,
        "enterprises/state.html",
        {"place": found, "employee": employee, "form": form, "states": employee.states.all()},
    )


@signed_in
@needs(Right.KEEP_ENTERPRISE)
def report(request: Request, place: UUID) -> HttpResponse:
    """The daily report: figures out of the book, changed only with a reason."""
    found = own_site(request, place)
    day = _day(request)
    lines = staff_of_day(found, request.response, day)
    known = figures_of(lines)
    form = SummaryForm(request.POST or None, initial=known.values())
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            actions.report_staff(
                Actor.at_desk(request),
                response=request.response,
                place=found,
                day=day,
                figures=form.figures,
                changed_why=form.cleaned_data["changed_why"],
            )
            messages.success(request, _("已上报。"))
            return redirect("enterprises:site", place)
    return render(
        request,
        "enterprises/report.html",
        {"place": found, "day": day, "form": form, "unmeasured": sum(line.unmeasured for line in lines)},
    )


def _typed(
    request: Request, lines: list[StaffLine], at: datetime
) -> tuple[list[RoundReading], dict[str, str]]:
    """What was typed into the cells, and what is wrong with which."""
    readings, wrong = [], {}
    for line in lines:
        text = request.POST.get(f"t-{line.employee.pk}", "").strip()
        if not text or line.condition != StaffCondition.AT_WORK:
            continue
        try:
            readings.append(RoundReading(line.employee.person, read_celsius(text), at))
        except ValidationError as error:
            wrong[str(line.employee.pk)] = " ".join(error.messages)
    return readings, wrong


def _day(request: Request) -> date:
    try:
        return parse_date(request.GET.get("day", "")) or timezone.localdate()
    except ValueError:
        return timezone.localdate()


def _moment(day: date, part: str) -> datetime:
    now = timezone.now()
    if day == timezone.localdate(now) and part == round_of(now):
        return now
    return timezone.make_aware(datetime.combine(day, _USUAL[part]))
