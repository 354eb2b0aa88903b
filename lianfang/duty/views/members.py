"""Pages of the people on rosters, and of those who cannot come."""

from datetime import timedelta
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from lianfang.book.actions import Actor
from lianfang.book.errors import Refused
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.forms import errors_into
from lianfang.desk.lists import Column, Empty, Kind, List
from lianfang.desk.states import State, Tone
from lianfang.duty import actions, queries
from lianfang.duty.forms import AbsenceForm, MemberForm, WishForm
from lianfang.duty.models import DutyAbsence, PublishedRoster
from lianfang.people.queries import visible_persons

MEMBERS = List(
    code="duty_members",
    title=gettext_lazy("值班人员"),
    columns=[
        Column("name", gettext_lazy("姓名"), "name", sort="name"),
        Column("place", gettext_lazy("场所"), "place.name", sort="place__name"),
        Column("unit", gettext_lazy("派出单位"), lambda row: row.unit or row.body or ""),
        Column("skills", gettext_lazy("技能、角色"), lambda row: "、".join(row.skills)),
        Column("team", gettext_lazy("固定班组"), "team"),
        Column("leader", gettext_lazy("带班"), lambda row: _("带班领导") if row.leader else ""),
        Column(
            "person",
            gettext_lazy("人员名册"),
            lambda row: State(_("已对应"), Tone.DONE) if row.person_id else State(_("未对应"), Tone.PLAIN),
            Kind.STATE,
        ),
    ],
    search=["name", "unit", "place__name"],
    order="place",
    opens=lambda row: reverse("duty:member", args=[row.pk]),
    empty=Empty(
        gettext_lazy("还没有值班人员。排第一张值班表时写上即可。"), gettext_lazy("排值班表"), "duty:new"
    ),
)

ABSENCES = List(
    code="duty_absences",
    title=gettext_lazy("请假与替班"),
    columns=[
        Column("member", gettext_lazy("姓名"), "member.name"),
        Column("place", gettext_lazy("场所"), "member.place.name", sort="member__place__name"),
        Column("begins", gettext_lazy("从"), "begins_at", Kind.MOMENT, sort="begins_at"),
        Column("ends", gettext_lazy("到"), "ends_at", Kind.MOMENT, sort="ends_at"),
        Column("reason", gettext_lazy("原因"), "reason"),
    ],
    search=["member__name", "reason"],
    order="begins",
    opens=lambda row: reverse("duty:absence", args=[row.pk]),
    empty=Empty(gettext_lazy("没有未结束的请假。"), gettext_lazy("登记请假"), "duty:absence_new"),
)


@signed_in
@needs(Right.PLAN_DUTY)
def members(request: Request) -> HttpResponse:
    return MEMBERS.respond(request, queries.visible_members(request.user))


@signed_in
@needs(Right.PLAN_DUTY)
def member(request: Request, pk: UUID) -> HttpResponse:
    found = get_object_or_404(queries.visible_members(request.user), pk=pk)
    actor = Actor.at_desk(request)
    if request.method == "POST" and request.POST.get("verb") == "end":
        actions.end_member(actor, member=found)
        messages.success(request, _("%s 不再排班。") % found.name)
        return redirect("duty:members")
    ones = queries.visible_members(request.user).filter(pk=pk)
    verb = request.POST.get("verb", "")
    wishing = WishForm(ones, request.POST if verb == "wish" else None)
    if verb == "wish" and wishing.is_valid():
        with errors_into(wishing):
            actions.wish(actor, **wishing.cleaned_data)
            messages.success(request, _("已登记意愿,下次排班时会尽量照顾。"))
            return redirect("duty:member", pk)
    typed = request.POST if request.method == "POST" and not verb else None
    form = MemberForm(visible_persons(request.user), typed, instance=found)
    if typed is not None and form.is_valid():
        fresh = ones.get()
        with errors_into(form):
            actions.change_member(actor, member=fresh, **form.values())
            messages.success(request, _("已保存。"))
            return redirect("duty:members")
    context = {"form": form, "member": ones.get(), "wishing": wishing, "wishes": queries.wishes_ahead(ones)}
    return render(request, "duty/member.html", context)


@signed_in
@needs(Right.PLAN_DUTY)
def absences(request: Request) -> HttpResponse:
    return ABSENCES.respond(
        request, queries.absences_ahead(request.user, request.response), template="duty/absences.html"
    )


@signed_in
@needs(Right.PLAN_DUTY)
def absence_new(request: Request) -> HttpResponse:
    now = timezone.localtime().replace(minute=0, second=0, microsecond=0)
    form = AbsenceForm(
        queries.visible_members(request.user),
        request.POST or None,
        initial={"begins_at": now, "ends_at": now + timedelta(days=1), "member": request.GET.get("member")},
    )
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            made = actions.report_absence(
                Actor.at_desk(request), response=request.response, **form.cleaned_data
            )
            return redirect("duty:absence", made.pk)
    return render(request, "duty/absence_new.html", {"form": form})


@signed_in
@needs(Right.PLAN_DUTY)
def absence(request: Request, pk: UUID) -> HttpResponse:
    """The duties that an absence leaves open, and whom to call."""
    found: DutyAbsence = get_object_or_404(queries.absences_ahead(request.user, request.response), pk=pk)
    return render(request, "duty/absence.html", {"absence": found, "holes": queries.holes_of(found)})


@signed_in
@needs(Right.PLAN_DUTY)
@require_POST
def call_in(request: Request, pk: UUID) -> HttpResponse:
    """One click: somebody takes one duty of the absent; nothing else changes."""
    found: DutyAbsence = get_object_or_404(queries.absences_ahead(request.user, request.response), pk=pk)
    version = get_object_or_404(PublishedRoster, pk=request.POST.get("version") or None)
    try:
        made = actions.substitute(
            Actor.at_desk(request),
            version=version,
            duty=request.POST.get("duty", ""),
            absent=str(found.member_id),
            put_on=request.POST.get("put_on", ""),
        )
        messages.success(request, _("%s。其他人的班没有变。") % made.correction_reason)
    except Refused as error:
        messages.error(request, str(error))
    return redirect("duty:absence", pk)
