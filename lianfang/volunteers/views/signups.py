"""Sign-ups and the calls through which they come."""

from uuid import UUID

from django.conf import settings
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianfang.book.actions import Actor
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.forms import errors_into
from lianfang.desk.lists import Choice, Column, Empty, Kind, List, Rows
from lianfang.desk.masking import masked_name
from lianfang.desk.states import State, Tone
from lianfang.engines.papers import qr_svg
from lianfang.people.models import Person
from lianfang.volunteers import actions, queries
from lianfang.volunteers.forms import AcceptForm, CallForm, DeclineForm, DeskSignUpForm
from lianfang.volunteers.models import SignUpVerdict, VolunteerCall
from lianfang.volunteers.views.volunteers import form_page


def _state(row: object) -> State:
    verdict = getattr(row, "verdict", None)
    if verdict == SignUpVerdict.ACCEPTED:
        return State(_("已同意"), Tone.DONE)
    if verdict == SignUpVerdict.DECLINED:
        return State(_("已婉拒"), Tone.STOPPED)
    return State(_("待处理"), Tone.WAITING)


def _by_verdict(rows: Rows, value: str) -> Rows:
    return rows.filter(verdict__isnull=True) if value == "waiting" else rows.filter(verdict=value)


def _call_state(row: VolunteerCall) -> State:
    if row.is_open(timezone.localdate()):
        return State(_("开放"), Tone.DONE)
    return State(_("已结束"), Tone.STOPPED)


SIGN_UPS = List(
    code="volunteer_sign_ups",
    title=gettext_lazy("志愿者报名"),
    columns=[
        Column("name", gettext_lazy("姓名"), "name", sort="name", mask=masked_name),
        Column("unit", gettext_lazy("所在单位或住处"), "unit"),
        Column("skills", gettext_lazy("能做什么"), "skills_in_words"),
        Column("times", gettext_lazy("什么时候能来"), "times_in_words"),
        Column("place", gettext_lazy("服务场所"), "place.name", sort="place__name"),
        Column("way", gettext_lazy("途径"), lambda row: _("网上报名") if row.in_public else _("电脑登记")),
        Column("at", gettext_lazy("报名时间"), "happened_at", Kind.MOMENT, sort="happened_at"),
        Column("state", gettext_lazy("状态"), _state, Kind.STATE),
    ],
    filters=[
        Choice(
            "verdict",
            gettext_lazy("状态"),
            [("waiting", gettext_lazy("待处理")), *SignUpVerdict.choices],
            _by_verdict,
        )
    ],
    search=["name", "unit"],
    order="-at",
    opens=lambda row: reverse("volunteers:sign_up", args=[row.root_id]),
    empty=Empty(
        gettext_lazy("还没有人报名。开放招募以后,任何人都可以在网页上报名。"),
        gettext_lazy("开放招募"),
        "volunteers:call_new",
    ),
)

CALLS = List(
    code="volunteer_calls",
    title=gettext_lazy("招募"),
    columns=[
        Column("title", gettext_lazy("标题"), "title", sort="title"),
        Column("body", gettext_lazy("招募单位"), "body.name", sort="body__name"),
        Column("place", gettext_lazy("服务场所"), "place.name", sort="place__name"),
        Column("count", gettext_lazy("报名人数"), "count", Kind.COUNT),
        Column("last", gettext_lazy("截止日期"), lambda row: row.last_day or "", sort="last_day"),
        Column("opened", gettext_lazy("开放时间"), "created_at", Kind.MOMENT, sort="created_at"),
        Column("state", gettext_lazy("状态"), _call_state, Kind.STATE),
    ],
    search=["title", "body__name", "place__name"],
    order="-opened",
    opens=lambda row: reverse("volunteers:call", args=[row.pk]),
    empty=Empty(
        gettext_lazy("没有招募。开放以后,网页上就能报名。"), gettext_lazy("开放招募"), "volunteers:call_new"
    ),
)


@signed_in
@needs(Right.KEEP_VOLUNTEERS)
def sign_ups(request: Request) -> HttpResponse:
    return SIGN_UPS.respond(
        request,
        queries.visible_sign_ups(request.user, request.response),
        template="volunteers/sign_ups.html",
    )


@signed_in
@needs(Right.KEEP_VOLUNTEERS)
def sign_up_new(request: Request) -> HttpResponse:
    form = DeskSignUpForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            made = actions.sign_up_at_desk(
                Actor.at_desk(request), response=request.response, **form.cleaned_data
            )
            return redirect("volunteers:sign_up", made.pk)
    return form_page(request, form, _("登记志愿者报名"), "", _("登记"), reverse("volunteers:sign_ups"))


@signed_in
@needs(Right.KEEP_VOLUNTEERS)
def sign_up(request: Request, pk: UUID) -> HttpResponse:
    """One sign-up: who this is, and yes or no."""
    found = get_object_or_404(queries.visible_sign_ups(request.user, request.response), root=pk)
    same = queries.same_phone(found, request.user)
    accept = AcceptForm(
        Person.objects.filter(pk__in=[one.pk for one in same]),
        request.POST if request.POST.get("verb") == "accept" else None,
    )
    decline = DeclineForm(request.POST if request.POST.get("verb") == "decline" else None)
    actor = Actor.at_desk(request)
    if accept.is_bound and accept.is_valid():
        with errors_into(accept):
            made = actions.accept_sign_up(actor, sign_up=found, person=accept.cleaned_data["person"])
            messages.success(request, _("%s 已登记为志愿者。") % made)
            return redirect("volunteers:volunteer", made.pk)
    if decline.is_bound and decline.is_valid():
        with errors_into(decline):
            actions.decline_sign_up(actor, sign_up=found, **decline.cleaned_data)
            messages.success(request, _("已登记,请答复本人。"))
            return redirect("volunteers:sign_ups")
    return render(
        request,
        "volunteers/sign_up.html",
        {"sign_up": found, "state_now": _state(found), "accept": accept, "decline": decline, "same": same},
    )


@signed_in
@needs(Right.KEEP_VOLUNTEERS)
def calls(request: Request) -> HttpResponse:
    return CALLS.respond(
        request, queries.visible_calls(request.user, request.response), template="volunteers/calls.html"
    )


@signed_in
@needs(Right.KEEP_VOLUNTEERS)
def call_new(request: Request) -> HttpResponse:
    form = CallForm(request.user, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            made = actions.open_call(Actor.at_desk(request), response=request.response, **form.cleaned_data)
            return redirect("volunteers:call", made.pk)
    lead = _("开放以后,任何人不用登录就能报名;报名要由您或同事同意,才成为志愿者。")
    return form_page(request, form, _("开放招募"), "", _("开放"), reverse("volunteers:calls"), lead)


@signed_in
@needs(Right.KEEP_VOLUNTEERS)
def call(request: Request, pk: UUID) -> HttpResponse:
    """A call with the code that is put up on walls; on POST it is closed."""
    found = get_object_or_404(queries.visible_calls(request.user, request.response), pk=pk)
    if request.method == "POST":
        actions.close_call(Actor.at_desk(request), call=VolunteerCall.objects.get(pk=pk))
        messages.success(request, _("已关闭,网页上不能再报名。"))
        return redirect("volunteers:call", pk)
    address = settings.PUBLIC_ADDRESS + reverse("volunteers:public_sign_up", args=[pk])
    return render(
        request,
        "volunteers/call.html",
        {
            "call": found,
            "state_now": _call_state(found),
            "is_open": found.is_open(timezone.localdate()),
            "address": address,
            "code": mark_safe(qr_svg(address, border=2)),  # noqa: S308  our own drawing
        },
    )
