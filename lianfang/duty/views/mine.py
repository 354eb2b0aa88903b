"""One's own duties, swaps, the calendar feed."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lianfang.book.actions import Actor
from lianfang.book.errors import Refused
from lianfang.desk.access import Request, signed_in
from lianfang.desk.forms import errors_into
from lianfang.desk.lists import Column, Empty, Kind, List
from lianfang.desk.states import State, Tone
from lianfang.duty import actions, queries
from lianfang.duty.calendars import address_of, calendar_of, member_of
from lianfang.duty.forms import WishForm
from lianfang.duty.models import DutyMember, DutySwap, DutyWish, PublishedRoster, SwapAnswerKind

SWAPS = List(
    code="duty_swaps",
    title=gettext_lazy("换班"),
    columns=[
        Column("asker", gettext_lazy("申请人"), "asker.name"),
        Column("duty", gettext_lazy("申请人的班"), lambda row: duty_words(row.version, row.duty)),
        Column("colleague", gettext_lazy("对方"), "colleague.name"),
        Column("other", gettext_lazy("对方的班"), lambda row: duty_words(row.version, row.other_duty)),
        Column("at", gettext_lazy("申请时间"), "happened_at", Kind.MOMENT, sort="happened_at"),
        Column("state", gettext_lazy("状态"), lambda row: swap_state(row), Kind.STATE),
    ],
    search=["asker__name", "colleague__name"],
    order="-at",
    opens=lambda row: reverse("duty:swap", args=[row.pk]),
    empty=Empty(gettext_lazy("没有换班申请。在“我的班”里可以申请。"), gettext_lazy("我的班"), "duty:mine"),
)


def duty_words(version: PublishedRoster, duty: str) -> str:
    """A duty of a version in words: day, hours, shift."""
    for one in version.problem["duties"]:
        if one["id"] == duty:
            return f"{one['start'][5:10]} {one['start'][11:16]} {one['shift']}"
    return duty


def swap_state(row: DutySwap) -> State:
    kind = getattr(row, "state", None)
    if kind == SwapAnswerKind.APPROVED:
        return State(_("已批准"), Tone.DONE)
    if kind in (SwapAnswerKind.DECLINED, SwapAnswerKind.REFUSED):
        return State(SwapAnswerKind(kind).label, Tone.STOPPED)
    if getattr(row, "outdated", False):
        return State(_("值班表已有新版本,作废"), Tone.STOPPED)
    if kind == SwapAnswerKind.ACCEPTED:
        return State(_("待批准"), Tone.WAITING)
    return State(_("待对方同意"), Tone.NEW)


@signed_in
def mine(request: Request) -> HttpResponse:
    """My next duties: whom I relieve, who relieves me; wishes; my calendar; whom I might ask for a swap."""
    now = timezone.now()
    person = request.user.person_id
    turns = queries.turns_of_person(person, now, now + timedelta(days=62)) if person else []
    members = queries.own_members(request.user)
    form = WishForm(members, request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            actions.wish(Actor.at_desk(request), **form.cleaned_data)
            messages.success(request, _("已登记意愿,下次排班时会尽量照顾。"))
            return redirect("duty:mine")
    wanted = request.GET.get("swap", "")
    asked = next((turn for turn in turns if turn.duty == wanted), None)
    return render(
        request,
        "duty/mine.html",
        {
            "turns": [(turn, *queries.beside(turn)) for turn in turns[:40]],
            "person": person,
            "members": members,
            "form": form,
            "wishes": queries.wishes_ahead(members),
            "calendars": [address_of(one) for one in members],
            "asked": asked,
            "others": queries.swaps_possible(asked) if asked else [],
        },
    )


@signed_in
@require_POST
def withdraw_wish(request: Request, pk: UUID) -> HttpResponse:
    """One's own wish, or that of somebody whose roster the officer plans."""
    members = queries.own_members(request.user) | queries.visible_members(request.user)
    found = get_object_or_404(DutyWish, pk=pk, member__in=members.values("pk"))
    actions.withdraw_wish(Actor.at_desk(request), wish=found)
    messages.success(request, _("已取消。"))
    if found.member.person_id and found.member.person_id == request.user.person_id:
        return redirect("duty:mine")
    return redirect("duty:member", found.member_id)


@signed_in
@require_POST
def swap_ask(request: Request) -> HttpResponse:
    values = request.POST
    version = get_object_or_404(PublishedRoster, pk=_uuid(values.get("version", "")))
    asker = get_object_or_404(DutyMember, pk=_uuid(values.get("member", "")), place=version.roster.place_id)
    colleague = get_object_or_404(
        DutyMember, pk=_uuid(values.get("colleague", "")), place=version.roster.place_id
    )
    try:
        actions.ask_swap(
            Actor.at_desk(request),
            version=version,
            asker=asker,
            duty=values.get("duty", ""),
            colleague=colleague,
            other_duty=values.get("other_duty", ""),
        )
        messages.success(request, _("已申请,等 %s 同意。") % colleague.name)
    except Refused as error:
        messages.error(request, str(error))
    return redirect("duty:swaps")


@signed_in
def swaps(request: Request) -> HttpResponse:
    return SWAPS.respond(request, queries.visible_swaps(request.user, request.response))


@signed_in
def swap(request: Request, pk: UUID) -> HttpResponse:
    found = get_object_or_404(queries.visible_swaps(request.user, request.response), pk=pk)
    if request.method == "POST":
        actor = Actor.at_desk(request)
        yes, text = request.POST.get("answer") == "yes", request.POST.get("text", "")[:120]
        try:
            if request.POST.get("who") == "colleague":
                actions.answer_swap(actor, swap=found, accepted=yes, text=text)
            else:
                actions.decide_swap(actor, swap=found, approved=yes, text=text)
            messages.success(request, _("已登记答复。"))
        except Refused as error:
            messages.error(request, str(error))
        return redirect("duty:swap", pk)
    return render(
        request,
        "duty/swap.html",
        {
            "swap": found,
            "state": swap_state(found),
            "duty": duty_words(found.version, found.duty),
            "other": duty_words(found.version, found.other_duty),
            "answers": found.answers.select_related("written_by").order_by("received_at"),
            "waits_for": ""
            if found.outdated
            else {None: "colleague", "accepted": "leader"}.get(found.state, ""),
        },
    )


def calendar(_request: HttpRequest, token: str) -> HttpResponse:
    """The feed of whoever holds the address; it needs no sign-in."""
    member = member_of(token)
    if member is None:
        raise Http404(token)
    return HttpResponse(
        calendar_of(member),
        content_type="text/calendar; charset=utf-8",
        headers={"Cache-Control": "private, max-age=600", "X-Robots-Tag": "noindex"},
    )


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Http404(text) from error
