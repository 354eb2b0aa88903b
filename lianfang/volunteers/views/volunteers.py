"""Volunteers: the list, and somebody's page."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianfang.book.actions import Actor
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.forms import errors_into
from lianfang.desk.lists import Choice, Column, Empty, Kind, List, Rows
from lianfang.desk.masking import masked_name
from lianfang.desk.states import State, Tone
from lianfang.people.models import Officer, Person
from lianfang.people.queries import matching_persons
from lianfang.volunteers import actions, queries
from lianfang.volunteers.forms import IssuerForm, LeavingForm, PurposeForm, VolunteerForm
from lianfang.volunteers.models import ServiceTime, Skill, Volunteer, hours_in_words


def state_of(row: Volunteer) -> State:
    return State(_("已退出"), Tone.STOPPED) if row.ended_on else State(_("在册"), Tone.DONE)


def _search(rows: Rows, typed: str) -> Rows:
    return rows.filter(person__in=matching_persons(Person.objects.all(), typed).values("pk"))


def _places(officer: Officer | None) -> list[tuple[str, str]]:
    if officer is None:
        return []
    return [(str(one.pk), one.name) for one in queries.places_for_volunteers(officer)[:200]]


VOLUNTEERS = List(
    code="volunteers",
    title=gettext_lazy("志愿者"),
    columns=[
        Column("name", gettext_lazy("姓名"), "person.name", sort="person__name", mask=masked_name),
        Column("unit", gettext_lazy("所在单位或住处"), "unit", sort="unit"),
        Column("place", gettext_lazy("服务场所"), "place.name", sort="place__name"),
        Column("party", gettext_lazy("党员"), lambda row: _("党员") if row.party_member else ""),
        Column("skills", gettext_lazy("技能"), "skills_in_words"),
        Column("times", gettext_lazy("可服务时间"), "times_in_words"),
        Column(
            "served",
            gettext_lazy("累计时长"),
            lambda row: hours_in_words(row.served) if row.served else "",
            sort="served",
        ),
        Column("joined", gettext_lazy("登记日期"), "joined_on", Kind.DAY, sort="joined_on"),
        Column("state", gettext_lazy("状态"), state_of, Kind.STATE, sort="ended_on"),
    ],
    filters=[
        Choice("place", gettext_lazy("服务场所"), _places, "place"),
        Choice(
            "skill",
            gettext_lazy("技能"),
            Skill.choices,
            lambda rows, value: rows.filter(skills__icontains=f'"{value}"'),
        ),
        Choice(
            "time",
            gettext_lazy("可服务时间"),
            ServiceTime.choices,
            lambda rows, value: rows.filter(times__icontains=f'"{value}"'),
        ),
        Choice(
            "party",
            gettext_lazy("党员"),
            [("yes", gettext_lazy("党员")), ("no", gettext_lazy("群众"))],
            lambda rows, value: rows.filter(party_member=value == "yes"),
        ),
        Choice(
            "state",
            gettext_lazy("状态"),
            [("in", gettext_lazy("在册")), ("left", gettext_lazy("已退出"))],
            lambda rows, value: rows.filter(ended_on__isnull=value == "in"),
        ),
    ],
    search=_search,
    search_hint=gettext_lazy("姓名、拼音、电话后四位"),
    order="-joined",
    opens=lambda row: reverse("volunteers:volunteer", args=[row.pk]),
    empty=Empty(
        gettext_lazy("还没有志愿者。开放招募,或在电脑上登记报名。"),
        gettext_lazy("登记报名"),
        "volunteers:sign_up_new",
    ),
)


@signed_in
@needs(Right.KEEP_VOLUNTEERS)
def volunteers(request: Request) -> HttpResponse:
    return VOLUNTEERS.respond(
        request, queries.visible_volunteers(request.user), template="volunteers/volunteers.html"
    )


@signed_in
@needs(Right.KEEP_VOLUNTEERS)
def volunteer(request: Request, pk: UUID) -> HttpResponse:
    """Everything of one volunteer; reading it is logged. On POST: a certificate."""
    found = volunteer_of(request, pk)
    actor = Actor.at_desk(request)
    form = IssuerForm(
        request.user, request.POST or None, initial={"issuer": request.user.body_id or found.body_id}
    )
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            made = actions.issue_certificate(
                actor, response=request.response, volunteer=found, issuer=form.cleaned_data["issuer"]
            )
            messages.success(request, _("已出具 %s。") % made.number)
            return redirect("volunteers:certificate", made.pk)
    actions.read_volunteer(actor, volunteer=found)
    return render(
        request,
        "volunteers/volunteer.html",
        {
            "volunteer": found,
            "state_now": state_of(found),
            "served": hours_in_words(getattr(found, "served", 0)),
            "teams": queries.teams_of(found),
            "postings": queries.postings_of(found)[:20],
            "hours": queries.hours_of(found)[:50],
            "certificates": queries.visible_certificates(request.user, request.response).filter(
                volunteer=found
            ),
            "form": form,
        },
        status=400 if form.errors else 200,
    )


@signed_in
@needs(Right.KEEP_VOLUNTEERS)
def volunteer_edit(request: Request, pk: UUID) -> HttpResponse:
    found = volunteer_of(request, pk)
    initial = {name: getattr(found, name) for name in VolunteerForm.base_fields}
    form = VolunteerForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            actions.change_volunteer(Actor.at_desk(request), volunteer=found, **form.cleaned_data)
            messages.success(request, _("已保存。"))
            return redirect("volunteers:volunteer", pk)
    return form_page(
        request,
        form,
        _("修改志愿者"),
        found.person.name,
        _("保存"),
        reverse("volunteers:volunteer", args=[pk]),
    )


@signed_in
@needs(Right.KEEP_VOLUNTEERS)
def phone(request: Request, pk: UUID) -> HttpResponse:
    """The whole number, once, for a purpose that is kept."""
    found = volunteer_of(request, pk)
    form, clear = PurposeForm(request.POST or None), None
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            clear = actions.open_phone(Actor.at_desk(request), volunteer=found, **form.cleaned_data)
    response = render(request, "volunteers/phone.html", {"volunteer": found, "form": form, "clear": clear})
    response["Cache-Control"] = "no-store"
    return response


@signed_in
@needs(Right.KEEP_VOLUNTEERS)
def volunteer_end(request: Request, pk: UUID) -> HttpResponse:
    found = volunteer_of(request, pk)
    form = LeavingForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            actions.end_volunteer(Actor.at_desk(request), volunteer=found, **form.cleaned_data)
            messages.success(request, _("已登记退出。服务时长和证明都留着。"))
            return redirect("volunteers:volunteer", pk)
    return form_page(
        request,
        form,
        _("退出志愿服务"),
        found.person.name,
        _("登记退出"),
        reverse("volunteers:volunteer", args=[pk]),
    )


def volunteer_of(request: Request, pk: UUID) -> Volunteer:
    found: Volunteer = get_object_or_404(queries.visible_volunteers(request.user), pk=pk)
    return found


def form_page(
    request: Request, form: object, title: str, of: str, button: str, back: str, lead: str = ""
) -> HttpResponse:
    """A page that is one form."""
    return render(
        request,
        "volunteers/form.html",
        {"form": form, "title": title, "of": of, "button": button, "back": back, "lead": lead},
        status=400 if getattr(form, "errors", None) else 200,
    )
