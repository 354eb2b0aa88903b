"""Pages of rosters: the list, the page of a new one, the roster itself, its papers."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from lianfang.book.actions import Actor
from lianfang.book.errors import Refused
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.forms import errors_into
from lianfang.desk.lists import Column, Empty, Kind, List
from lianfang.desk.states import State, Tone
from lianfang.duty import actions, papers, queries
from lianfang.duty.actions.rosters import broken_in_words
from lianfang.duty.forms import RosterForm, roster_title
from lianfang.duty.grid import Grid, grid_of
from lianfang.duty.models import DutyMember, DutyRoster, PublishedRoster
from lianfang.duty.problems import (
    cells_of,
    current_version,
    names_of,
    problem_from,
    problem_of,
    roster_of,
    without_frozen,
)
from lianfang.duty.solving import arrange
from lianfang.engines import roster as engine
from lianfang.engines.papers import rosters_pdf
from lianfang.engines.roster import Assignment, Problem, ProblemError, Roster
from lianfang.places.queries import visible_places

STEPS = 3
READ = (Right.PLAN_DUTY, Right.READ_BOOK)

ROSTERS = List(
    code="rosters",
    title=gettext_lazy("值班表"),
    columns=[
        Column("title", gettext_lazy("值班表"), "title"),
        Column("place", gettext_lazy("场所"), "place.name", sort="place__name"),
        Column("first", gettext_lazy("起始日期"), "first_day", Kind.DAY, sort="first_day"),
        Column("days", gettext_lazy("天数"), "days", Kind.COUNT),
        Column("people", gettext_lazy("人数"), lambda row: len(row.members), Kind.COUNT),
        Column("state", gettext_lazy("状态"), lambda row: _state(row.version), Kind.STATE),
    ],
    search=["title", "place__name"],
    order="-first",
    opens=lambda row: reverse("duty:roster", args=[row.pk]),
    empty=Empty(
        gettext_lazy("还没有值班表。写上岗位和人,几秒钟就能排出来。"), gettext_lazy("排值班表"), "duty:new"
    ),
)


def _state(version: int | None) -> State:
    if version is None:
        return State(_("草稿"), Tone.WAITING)
    return State(_("已发布第%d版") % version, Tone.DONE)


@signed_in
@needs(*READ)
def rosters(request: Request) -> HttpResponse:
    return ROSTERS.respond(
        request,
        queries.visible_rosters(request.user, request.response),
        template="duty/rosters.html",
        context={"may_plan": request.user.may(Right.PLAN_DUTY)},
    )


@signed_in
@needs(Right.PLAN_DUTY)
def new(request: Request) -> HttpResponse:
    """Place → everything on one page → arranged."""
    places = visible_places(request.user, Right.PLAN_DUTY)
    wanted = request.GET.get("place", "")
    if wanted:
        place = get_object_or_404(places, pk=_uuid(wanted))
    elif places.count() == 1:
        place = places.get()
    else:
        return render(request, "duty/choose_place.html", {"places": places})
    form = RosterForm(place, request.POST or None)
    if request.method == "POST" and form.is_valid():
        values = form.values
        with errors_into(form):
            roster = actions.set_up_roster(
                Actor.at_desk(request),
                response=request.response,
                place=place,
                title=roster_title(place, values["first_day"], values["days"]),
                **values,
            )
            return redirect(reverse("duty:roster", args=[roster.pk]) + "?arrange=1")
    return render(request, "duty/new.html", {"form": form, "place": place})


@signed_in
@needs(Right.PLAN_DUTY)
def settings(request: Request, pk: UUID) -> HttpResponse:
    """What a roster is to hold, changed after it was set up."""
    found = _roster(request, pk)
    form = RosterForm(found.place, request.POST or None, roster=found)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            actions.change_roster(Actor.at_desk(request), roster=found, **form.values)
            messages.success(request, _("已保存。"))
            return redirect("duty:roster", found.pk)
    context = {"form": form, "place": found.place, "roster": found, "published": current_version(found)}
    return render(request, "duty/new.html", context)


@signed_in
@needs(*READ)
def roster(request: Request, pk: UUID) -> HttpResponse:
    """The roster as a picture; without a draft the page arranges one at once."""
    found = _roster(request, pk)
    return render(request, "duty/roster.html", _context(request, found))


@signed_in
@needs(Right.PLAN_DUTY)
@require_POST
def step(request: Request, pk: UUID) -> HttpResponse:
    """One step of arranging. To a script it tells how far it has come, to others it shows the roster."""
    found = _roster(request, pk)
    typed = request.POST.get("step", "1")
    number = int(typed) if typed.isdigit() else 1
    try:
        made = arrange(found, step=number, current=current_version(found))
    except ProblemError as error:
        said = faults_in_words(found, error)
        if request.headers.get("Accept") == "application/json":
            return JsonResponse({"error": said}, status=422)
        messages.error(request, said)
        return redirect("duty:roster", found.pk)
    actions.keep_draft(Actor.at_desk(request), roster=found, found=made.roster)
    if request.headers.get("Accept") == "application/json":
        return JsonResponse(
            {
                "step": number,
                "of": STEPS,
                "done": number >= STEPS,
                "says": _("第 %(step)d 轮:缺岗 %(open)d,不均衡分 %(cost)d")
                % {"step": number, "open": made.open, "cost": made.report.cost},
            }
        )
    return redirect("duty:roster", found.pk)


@signed_in
@needs(*READ)
def why(request: Request, pk: UUID) -> HttpResponse:
    """Why this person is on this duty: what everybody else would break or cost."""
    found = _roster(request, pk)
    problem, shown, version = _shown(found, _wants_published(request))
    duty = request.GET.get("duty", "")
    member = request.GET.get("member", "")
    duties = {one.id: one for one in problem.duties}
    if duty not in duties:
        raise Http404(duty)
    on = shown.people_on(duty)
    if not member:
        member = next((one.id for one in problem.people if one.id not in on), "")
    if member not in {one.id for one in problem.people}:
        raise Http404(member)
    told = engine.explain(problem, shown, Assignment(duty=duty, person=member), most=8)
    names = names_of(problem)
    held = member in on
    return render(
        request,
        "duty/why.html",
        {
            "roster": found,
            "version": version,
            "duty": duties[duty],
            "title": names[duty],
            "member": member if held else "",
            "name": names[member] if held else "",
            "on": [names[one] for one in on],
            "alternatives": [
                {
                    "id": one.person,
                    "name": names[one.person],
                    "cost": one.extra_cost,
                    "free": not one.broken,
                    "why": broken_in_words(problem, one.broken),
                }
                for one in told.alternatives
                if held or one.person not in on
            ],
            "may_plan": request.user.reach(Right.PLAN_DUTY).covers(found.scope()),
        },
    )


@signed_in
@needs(Right.PLAN_DUTY)
@require_POST
def exchange(request: Request, pk: UUID) -> HttpResponse:
    """Two cells of the draft change hands; the rule that would break is named at once."""
    found = _roster(request, pk)
    values = request.POST
    first = Assignment(duty=values.get("duty", ""), person=values.get("member", ""))
    second = Assignment(duty=values.get("other_duty", ""), person=values.get("other_member", ""))
    says = _tried(
        lambda: actions.exchange_cells(Actor.at_desk(request), roster=found, first=first, second=second),
        _("已对调。"),
    )
    return _picture(request, found, says)


@signed_in
@needs(Right.PLAN_DUTY)
@require_POST
def put(request: Request, pk: UUID) -> HttpResponse:
    """Somebody else on a duty of the draft, or, in a published roster, as a substitute."""
    found = _roster(request, pk)
    values = request.POST
    duty, off, on = values.get("duty", ""), values.get("member", ""), values.get("put_on", "")
    version = current_version(found)
    actor = Actor.at_desk(request)
    if version and _same_as_published(found, version):
        says = _tried(
            lambda: actions.substitute(actor, version=version, duty=duty, absent=off, put_on=on),
            _("已改,发布为新的一版。"),
        )
    else:
        says = _tried(
            lambda: actions.put_on_duty(actor, roster=found, duty=duty, taken_off=off, put_on=on), _("已改。")
        )
    found.refresh_from_db()
    return _picture(request, found, says)


@signed_in
@needs(Right.PLAN_DUTY)
@require_POST
def publish(request: Request, pk: UUID) -> HttpResponse:
    found = _roster(request, pk)
    seen = request.POST.get("seen", "")
    try:
        made = actions.publish_roster(
            Actor.at_desk(request), roster=found, seen=_uuid(seen) if seen else None
        )
        messages.success(request, _("已发布第 %d 版。值班人员现在能看到自己的班。") % made.number)
    except Refused as error:
        messages.error(request, str(error))
    return redirect("duty:roster", found.pk)


@signed_in
@needs(*READ)
def paper(request: Request, pk: UUID, kind: str) -> HttpResponse:
    """A4 landscape: the month by person or by post, or its weeks; what is published, else the draft."""
    found = _roster(request, pk)
    problem, shown, version = _shown(found, published=True)
    weeks = papers.weeks_of(problem) if kind.startswith("week") else [list(problem.dates)]
    make = {"person": papers.paper_by_person, "post": papers.paper_by_post}.get(kind.split("-")[-1])
    if make is None or kind not in PAPERS:
        raise Http404(kind)
    title = found.title + ("" if version else "(草稿)")
    content = rosters_pdf([make(title, problem, shown, days) for days in weeks])
    return HttpResponse(
        content,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="roster-{found.first_day}-{kind}.pdf"'},
    )


PAPERS = {
    "month-post": gettext_lazy("全期,按岗位"),
    "month-person": gettext_lazy("全期,按人"),
    "week-post": gettext_lazy("分周,按岗位"),
    "week-person": gettext_lazy("分周,按人"),
}


def faults_in_words(roster: DutyRoster, error: ProblemError) -> str:
    """What is wrong with a problem, at most five of it."""
    say = engine.to_chinese if (get_language() or "zh").startswith("zh") else engine.to_english
    names = {
        str(pk): name
        for pk, name in DutyMember.objects.filter(place=roster.place_id).values_list("pk", "name")
    }
    return ";".join(say(fault, names) for fault in error.faults[:5])


def _context(request: Request, found: DutyRoster, says: State | None = None) -> dict[str, Any]:
    version = current_version(found)
    context: dict[str, Any] = {
        "roster": found,
        "version": version,
        "changed": version is not None and not _same_as_published(found, version),
        "state": _state(version.number if version else None),
        "may_plan": request.user.reach(Right.PLAN_DUTY).covers(found.scope()),
        "papers": PAPERS.items(),
        "says": says,
        "steps": range(1, STEPS + 1),
        "versions": queries.versions_of(found)[:20] if version else (),
    }
    try:
        problem, shown, _version = _shown(found, published=False)
        context["grid"] = _grid(problem, shown)
    except ProblemError as error:
        context["faults"] = faults_in_words(found, error)
    return context


def _grid(problem: Problem, shown: Roster) -> Grid | None:
    if faults := engine.find_faults(problem):
        raise ProblemError(faults)
    return grid_of(problem, shown) if shown.assignments else None


def _shown(found: DutyRoster, published: bool) -> tuple[Problem, Roster, PublishedRoster | None]:
    """The roster to show: the draft, or (`published`) what is in force where there is something."""
    version = current_version(found)
    if version and (published or _same_as_published(found, version)):
        return problem_from(version.problem), roster_of(version.assignments), version
    problem = without_frozen(problem_of(found))
    people, duties = {one.id for one in problem.people}, {one.id for one in problem.duties}
    cells = [(duty, member) for duty, member in found.draft if member in people and duty in duties]
    return problem, roster_of(cells), None


def _same_as_published(found: DutyRoster, version: PublishedRoster) -> bool:
    return bool(cells_of(roster_of(found.draft)) == cells_of(roster_of(version.assignments)))


def _wants_published(request: Request) -> bool:
    return request.GET.get("published") == "1"


def _tried(act: Any, done: str) -> State:
    try:
        act()
    except Refused as error:
        return State(str(error), Tone.URGENT)
    return State(done, Tone.DONE)


def _picture(request: Request, found: DutyRoster, says: State) -> HttpResponse:
    if request.headers.get("HX-Request"):
        return render(request, "duty/picture.html", _context(request, found, says))
    (messages.error if says.tone is Tone.URGENT else messages.success)(request, str(says))
    return redirect("duty:roster", found.pk)


def _roster(request: Request, pk: UUID) -> DutyRoster:
    found: DutyRoster = get_object_or_404(queries.visible_rosters(request.user, request.response), pk=pk)
    return found


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404(text) from error
