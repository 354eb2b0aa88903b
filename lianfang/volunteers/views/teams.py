"""Teams, who is in them, what they vowed."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianfang.book.actions import Actor
from lianfang.book.errors import NotAllowed
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.forms import errors_into
from lianfang.desk.lists import Choice, Column, Empty, Kind, List
from lianfang.desk.states import State, Tone
from lianfang.volunteers import actions, queries
from lianfang.volunteers.actions.hours import leads
from lianfang.volunteers.forms import (
    HoursForm,
    JoinForm,
    LeavingForm,
    PledgeForm,
    SignatureForm,
    TeamForm,
    drawn_shape,
)
from lianfang.volunteers.models import Pledge, TeamMembership, Volunteer, VolunteerTeam
from lianfang.volunteers.views.volunteers import form_page


def _state(row: VolunteerTeam) -> State:
    if row.ended_on:
        return State(_("已解散"), Tone.STOPPED)
    if not getattr(row, "members", 0):
        return State(_("还没有队员"), Tone.WAITING)
    return State(_("在岗"), Tone.DONE)


TEAMS = List(
    code="volunteer_teams",
    title=gettext_lazy("志愿队"),
    columns=[
        Column("name", gettext_lazy("队名"), "name", sort="name"),
        Column("body", gettext_lazy("组建单位"), "body.name", sort="body__name"),
        Column("place", gettext_lazy("服务场所"), "place.name", sort="place__name"),
        Column("organiser", gettext_lazy("组织人"), "organiser.name"),
        Column("members", gettext_lazy("队员"), "members", Kind.COUNT, sort="members"),
        Column(
            "pledged",
            gettext_lazy("承诺"),
            lambda row: State(_("已承诺"), Tone.DONE) if row.pledged else State(_("未登记")),
            Kind.STATE,
        ),
        Column("state", gettext_lazy("状态"), _state, Kind.STATE),
    ],
    filters=[
        Choice(
            "party",
            gettext_lazy("党员队"),
            [("yes", gettext_lazy("党员队")), ("no", gettext_lazy("其他"))],
            lambda rows, value: rows.filter(of_party_members=value == "yes"),
        )
    ],
    search=["name", "body__name", "organiser__name", "place__name"],
    order="name",
    opens=lambda row: reverse("volunteers:team", args=[row.pk]),
    empty=Empty(gettext_lazy("还没有志愿队。"), gettext_lazy("登记志愿队"), "volunteers:team_new"),
)


@signed_in
@needs(Right.READ_BOOK, Right.KEEP_VOLUNTEERS)
def teams(request: Request) -> HttpResponse:
    return TEAMS.respond(
        request,
        queries.visible_teams(request.user),
        template="volunteers/teams.html",
        context={"may_add": request.user.may(Right.KEEP_VOLUNTEERS)},
    )


@signed_in
@needs(Right.KEEP_VOLUNTEERS)
def team_new(request: Request) -> HttpResponse:
    form = TeamForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            made = actions.set_up_team(Actor.at_desk(request), **form.cleaned_data)
            return redirect("volunteers:team", made.pk)
    return form_page(request, form, _("登记志愿队"), "", _("登记"), reverse("volunteers:teams"))


@signed_in
def team(request: Request, pk: UUID) -> HttpResponse:
    """A team: who is in it (for those who keep it or lead it), its pledges, its hours."""
    found = _team(request, pk)
    keeps, leading = queries.may_keep(request.user, found), leads(request.user.person_id, found)
    join = JoinForm(
        queries.visible_volunteers(request.user).filter(ended_on__isnull=True),
        request.POST if keeps and request.POST.get("verb") == "join" else None,
    )
    enter = HoursForm(
        Volunteer.objects.filter(memberships__team=found).select_related("person").distinct(),
        request.POST if (keeps or leading) and request.POST.get("verb") == "hours" else None,
    )
    actor = Actor.at_desk(request)
    if join.is_bound and join.is_valid():
        with errors_into(join):
            actions.join_team(actor, team=VolunteerTeam.objects.get(pk=pk), **join.cleaned_data)
            messages.success(request, _("已编入。"))
            return redirect("volunteers:team", pk)
    if enter.is_bound and enter.is_valid():
        with errors_into(enter):
            actions.enter_hours(
                actor, response=request.response, team=found, place=found.place, **enter.values()
            )
            messages.success(request, _("已登记时长。"))
            return redirect("volunteers:team", pk)
    return render(
        request,
        "volunteers/team.html",
        {
            "team": found,
            "state_now": _state(found),
            "members": queries.members_of(found) if keeps or leading else None,
            "past": queries.past_members_of(found) if keeps else None,
            "pledges": queries.pledges_of(found),
            "hours": queries.hours_of_team(found)[:30] if keeps or leading else None,
            "join": join if keeps and not found.ended_on else None,
            "enter": enter if keeps or leading else None,
            "keeps": keeps,
        },
        status=400 if join.errors or enter.errors else 200,
    )


@signed_in
@needs(Right.KEEP_VOLUNTEERS)
def team_end(request: Request, pk: UUID) -> HttpResponse:
    found = _kept_team(request, pk)
    form = LeavingForm(request.POST or None)
    del form.fields["reason"]
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            actions.end_team(
                Actor.at_desk(request), team=VolunteerTeam.objects.get(pk=pk), on=form.cleaned_data["on"]
            )
            messages.success(request, _("队伍已解散,队员同时退队;承诺和时长都留着。"))
            return redirect("volunteers:team", pk)
    return form_page(
        request, form, _("解散志愿队"), found.name, _("解散"), reverse("volunteers:team", args=[pk])
    )


@signed_in
@needs(Right.KEEP_VOLUNTEERS)
def leave(request: Request, pk: UUID) -> HttpResponse:
    line = get_object_or_404(TeamMembership.objects.select_related("team", "volunteer__person"), pk=pk)
    _kept_team(request, line.team_id)
    form = LeavingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            actions.leave_team(Actor.at_desk(request), membership=line, **form.cleaned_data)
            messages.success(request, _("已登记退队。"))
            return redirect("volunteers:team", line.team_id)
    back = reverse("volunteers:team", args=[line.team_id])
    return form_page(request, form, _("退队"), f"{line.volunteer} · {line.team}", _("登记退队"), back)


@signed_in
@needs(Right.KEEP_VOLUNTEERS)
def pledge_new(request: Request, pk: UUID) -> HttpResponse:
    found = _kept_team(request, pk)
    form = PledgeForm(found, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            made = actions.make_pledge(
                Actor.at_desk(request), response=request.response, team=found, **form.values()
            )
            return redirect("volunteers:pledge", made.root_id)
    return form_page(
        request, form, _("登记承诺"), found.name, _("登记"), reverse("volunteers:team", args=[pk])
    )


@signed_in
@needs(Right.READ_BOOK, Right.KEEP_VOLUNTEERS)
def pledge(request: Request, pk: UUID) -> HttpResponse:
    """A pledge with the names under it. Without the right to keep the team, how many names there are."""
    found: Pledge = get_object_or_404(queries.visible_pledges(request.user), root=pk)
    keeps = queries.may_keep(request.user, found.team)
    names = list(queries.signatures_of(found))
    return render(
        request,
        "volunteers/pledge.html",
        {
            "pledge": found,
            "count": len(names),
            "names": [(one, drawn_shape(one)) for one in names] if keeps else None,
            "unsigned": queries.unsigned_of(found) if keeps else [],
            "state_now": State(_("%d 人已签名") % len(names), Tone.DONE)
            if names
            else State(_("还没有人签名"), Tone.WAITING),
        },
    )


@signed_in
@needs(Right.KEEP_VOLUNTEERS)
def sign(request: Request, pk: UUID, volunteer: UUID) -> HttpResponse:
    """One member puts the name under a pledge, on this screen or as it stands on paper."""
    found: Pledge = get_object_or_404(queries.visible_pledges(request.user), root=pk)
    who = get_object_or_404(Volunteer.objects.filter(memberships__team=found.team).distinct(), pk=volunteer)
    form = SignatureForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            actions.sign_pledge(Actor.at_desk(request), pledge=found, signed=form.signed(who))
            messages.success(request, _("%s 已签名。") % who)
            return redirect("volunteers:pledge", pk)
    return render(
        request,
        "volunteers/sign.html",
        {"pledge": found, "who": who, "form": form},
        status=400 if form.errors else 200,
    )


def _team(request: Request, pk: UUID) -> VolunteerTeam:
    found: VolunteerTeam = get_object_or_404(queries.visible_teams(request.user), pk=pk)
    return found


def _kept_team(request: Request, pk: UUID) -> VolunteerTeam:
    found = _team(request, pk)
    if not queries.may_keep(request.user, found):
        raise NotAllowed(Right.KEEP_VOLUNTEERS)
    return found
