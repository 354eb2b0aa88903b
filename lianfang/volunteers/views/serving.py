"""Postings, hours, certificates."""

from datetime import timedelta
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianfang.book.actions import Actor
from lianfang.book.errors import NotAllowed, Refused
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.forms import errors_into
from lianfang.desk.lists import Choice, Column, DateRange, Empty, Kind, List, Of
from lianfang.desk.masking import masked_name
from lianfang.desk.rendering import moment_text
from lianfang.desk.states import State, Tone
from lianfang.places.models import Place
from lianfang.volunteers import actions, queries
from lianfang.volunteers.actions.hours import leads
from lianfang.volunteers.forms import CorrectHoursForm, DeclineForm, HoursForm, PostingForm
from lianfang.volunteers.models import (
    HoursBasis,
    PostingKind,
    ServiceCertificate,
    ServiceHours,
    Volunteer,
)
from lianfang.volunteers.papers import certificate_pdf, check_address
from lianfang.volunteers.proposing import Proposal, proposals_at
from lianfang.volunteers.queries import Opening
from lianfang.volunteers.views.volunteers import form_page, volunteer_of


def _posting_state(row: object) -> State:
    now = timezone.now()
    if getattr(row, "begins_at") > now:  # noqa: B009
        return State(_("未开始"), Tone.NEW)
    ends = getattr(row, "ends_at", None)
    if ends is not None and ends <= now:
        return State(_("已结束"), Tone.PLAIN)
    return State(_("进行中"), Tone.DONE)


def _certificate_state(row: ServiceCertificate) -> State:
    return State(_("已收回"), Tone.STOPPED) if row.withdrawn else State(_("已出具"), Tone.DONE)


POSTINGS = List(
    code="volunteer_postings",
    title=gettext_lazy("派岗"),
    columns=[
        Column(
            "volunteer",
            gettext_lazy("志愿者"),
            "volunteer.person.name",
            sort="volunteer__person__name",
            mask=masked_name,
        ),
        Column("place", gettext_lazy("场所"), "place.name", sort="place__name"),
        Column("kind", gettext_lazy("类别"), "get_kind_display", sort="kind"),
        Column("what", gettext_lazy("岗位、任务"), "what"),
        Column("begins", gettext_lazy("从"), "begins_at", Kind.MOMENT, sort="begins_at"),
        Column(
            "ends",
            gettext_lazy("到"),
            lambda row: moment_text(row.ends_at) if row.ends_at else _("另行通知"),
            sort="ends_at",
        ),
        Column("state", gettext_lazy("状态"), _posting_state, Kind.STATE),
    ],
    filters=[
        Choice("kind", gettext_lazy("类别"), PostingKind.choices, "kind"),
        DateRange("begins", gettext_lazy("起始日期"), "begins_at"),
    ],
    search=["volunteer__person__name", "place__name", "what"],
    order="-begins",
    opens=lambda row: reverse("volunteers:volunteer", args=[row.volunteer_id]),
    empty=Empty(
        gettext_lazy("还没有派岗。打开一位志愿者,就可以派岗。"),
        gettext_lazy("志愿者"),
        "volunteers:volunteers",
    ),
)

HOURS = List(
    code="volunteer_hours",
    title=gettext_lazy("服务时长"),
    columns=[
        Column("day", gettext_lazy("服务日期"), "day", Kind.DAY, sort="day"),
        Column(
            "volunteer",
            gettext_lazy("志愿者"),
            "volunteer.person.name",
            sort="volunteer__person__name",
            mask=masked_name,
        ),
        Column("hours", gettext_lazy("时长"), "in_words", sort="minutes"),
        Column("minutes", gettext_lazy("分钟"), "minutes", Kind.COUNT),
        Column("what", gettext_lazy("服务内容"), "what"),
        Column("place", gettext_lazy("场所"), "place.name", sort="place__name"),
        Column("team", gettext_lazy("志愿队"), "team.name", sort="team__name"),
        Column("basis", gettext_lazy("依据"), "get_basis_display", sort="basis"),
        Column("by", gettext_lazy("填报"), "written_by"),
    ],
    filters=[
        Choice("basis", gettext_lazy("依据"), HoursBasis.choices, "basis"),
        DateRange("day", gettext_lazy("服务日期"), "day", Of.DAY),
    ],
    search=["volunteer__person__name", "place__name", "team__name", "what"],
    order="-day",
    opens=lambda row: reverse("volunteers:hours_line", args=[row.root_id]),
    empty=Empty(
        gettext_lazy("还没有服务时长。可以按考勤和巡查记录核定,也可以填报。"),
        gettext_lazy("按记录核定"),
        "volunteers:hours_take",
    ),
)

CERTIFICATES = List(
    code="service_certificates",
    title=gettext_lazy("服务证明"),
    columns=[
        Column("number", gettext_lazy("编号"), "number", sort="number"),
        Column("name", gettext_lazy("姓名"), "name", sort="name", mask=masked_name),
        Column("hours", gettext_lazy("累计时长"), "in_words", sort="minutes"),
        Column("first", gettext_lazy("从"), "first_day", Kind.DAY, sort="first_day"),
        Column("last", gettext_lazy("到"), "last_day", Kind.DAY, sort="last_day"),
        Column("issuer", gettext_lazy("出具单位"), "issuer.name", sort="issuer__name"),
        Column("at", gettext_lazy("出具时间"), "happened_at", Kind.MOMENT, sort="happened_at"),
        Column("state", gettext_lazy("状态"), _certificate_state, Kind.STATE),
    ],
    filters=[DateRange("at", gettext_lazy("出具日期"), "happened_at")],
    search=["number", "name", "issuer__name"],
    order="-at",
    opens=lambda row: reverse("volunteers:certificate", args=[row.root_id]),
    empty=Empty(gettext_lazy("还没有出具过服务证明。打开一位有服务时长的志愿者,就可以出具。")),
)


@signed_in
@needs(Right.KEEP_VOLUNTEERS)
def postings(request: Request) -> HttpResponse:
    return POSTINGS.respond(request, queries.visible_postings(request.user, request.response))


@signed_in
@needs(Right.KEEP_VOLUNTEERS)
def post_choose(request: Request, pk: UUID) -> HttpResponse:
    """To which place; a place of one's own is opened at once."""
    found = volunteer_of(request, pk)
    places = queries.places_for_volunteers(request.user)
    chosen = places.filter(pk=request.GET["place"]).first() if _is_id(request.GET.get("place")) else None
    if chosen is None and found.place_id and not request.GET.get("other"):
        chosen = places.filter(pk=found.place_id).first()
    if chosen is not None:
        return redirect("volunteers:post_new", pk, chosen.pk)
    return render(request, "volunteers/post_choose.html", {"volunteer": found, "places": places[:200]})


@signed_in
@needs(Right.KEEP_VOLUNTEERS)
def post_new(request: Request, pk: UUID, place: UUID) -> HttpResponse:
    """Onto the list for rosters, as an extra hand in a shift, to a round, to another task."""
    found = volunteer_of(request, pk)
    at = get_object_or_404(queries.places_for_volunteers(request.user), pk=place)
    now = timezone.now()
    openings = queries.openings_at(at, now, now + timedelta(days=7), leader=queries.may_lead(found, at))
    form = PostingForm(
        [(f"{number}", _words(one)) for number, one in enumerate(openings)] + [("other", _("其他任务"))],
        request.POST or None,
        initial={"opening": "0"},
    )
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            actions.post_volunteer(
                Actor.at_desk(request),
                response=request.response,
                volunteer=Volunteer.objects.get(pk=pk),
                place=at,
                **_posting_values(form, openings),
            )
            messages.success(request, _("已派岗。"))
            return redirect("volunteers:volunteer", pk)
    return render(
        request,
        "volunteers/post_new.html",
        {"volunteer": found, "place": at, "form": form},
        status=400 if form.errors else 200,
    )


@signed_in
@needs(Right.KEEP_VOLUNTEERS)
def posting_cancel(request: Request, pk: UUID) -> HttpResponse:
    found = get_object_or_404(queries.visible_postings(request.user, request.response), root=pk)
    back = reverse("volunteers:volunteer", args=[found.volunteer_id])
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            actions.cancel_posting(Actor.at_desk(request), posting=found, reason=form.cleaned_data["reason"])
            messages.success(request, _("已取消派岗。"))
            return redirect(back)
    return form_page(request, form, _("取消派岗"), str(found), _("取消派岗"), back)


@signed_in
@needs(Right.KEEP_VOLUNTEERS)
def hours(request: Request) -> HttpResponse:
    return HOURS.respond(
        request, queries.visible_hours(request.user, request.response), template="volunteers/hours.html"
    )


@signed_in
@needs(Right.KEEP_VOLUNTEERS)
def hours_new(request: Request) -> HttpResponse:
    form = HoursForm(
        queries.visible_volunteers(request.user),
        request.POST or None,
        initial={"volunteer": request.GET.get("volunteer")},
    )
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            made = actions.enter_hours(Actor.at_desk(request), response=request.response, **form.values())
            messages.success(request, _("已登记时长。"))
            return redirect("volunteers:volunteer", made.volunteer_id)
    return form_page(request, form, _("填报服务时长"), "", _("登记"), reverse("volunteers:hours"))


@signed_in
@needs(Right.KEEP_VOLUNTEERS)
def hours_take(request: Request) -> HttpResponse:
    """What attendance and rounds of a place show of the last days; a person confirms it."""
    places = queries.places_for_volunteers(request.user)
    place = places.filter(pk=request.GET["place"]).first() if _is_id(request.GET.get("place")) else None
    days = {"7": 7, "31": 31}.get(request.GET.get("days", ""), 7)
    found = _proposals(request, place, days) if place else []
    if request.method == "POST" and place:
        wanted = set(request.POST.getlist("evidence"))
        try:
            made = actions.take_hours(
                Actor.at_desk(request),
                response=request.response,
                proposals=[one for one in found if one.evidence in wanted],
            )
            messages.success(request, _("已核定 %d 条。") % len(made))
        except forms.ValidationError as error:
            messages.error(request, " ".join(error.messages))
        except Refused as error:
            messages.error(request, str(error))
        return redirect(request.get_full_path())
    return render(
        request,
        "volunteers/hours_take.html",
        {"places": places[:200], "place": place, "days": days, "proposals": found},
    )


@signed_in
def hours_line(request: Request, pk: UUID) -> HttpResponse:
    """One line, its versions, and its correction."""
    found = ServiceHours.objects.newest().filter(root=pk, response=request.response).first()
    if found is None:
        raise Http404
    if not (
        queries.may_keep(request.user, found.volunteer)
        or (found.team and leads(request.user.person_id, found.team))
    ):
        raise NotAllowed(Right.KEEP_VOLUNTEERS)
    form = CorrectHoursForm(request.POST or None, initial={"hours": found.minutes / 60})
    actor = Actor.at_desk(request)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            reason = form.cleaned_data["correction_reason"]
            if request.POST.get("verb") == "withdraw":
                actions.withdraw_hours(actor, hours=found, reason=reason)
            else:
                minutes = round(form.cleaned_data["hours"] * 60)
                actions.correct_hours(actor, hours=found, minutes=minutes, reason=reason)
            messages.success(request, _("已更正,原记录仍可查。"))
            return redirect("volunteers:hours_line", pk)
    return render(
        request,
        "volunteers/hours_line.html",
        {
            "hours": found,
            "versions": ServiceHours.objects.filter(root=pk).order_by("-received_at"),
            "form": None if found.withdrawn else form,
        },
        status=400 if form.errors else 200,
    )


@signed_in
@needs(Right.KEEP_VOLUNTEERS)
def certificates(request: Request) -> HttpResponse:
    return CERTIFICATES.respond(request, queries.visible_certificates(request.user, request.response))


@signed_in
@needs(Right.KEEP_VOLUNTEERS)
def certificate(request: Request, pk: UUID) -> HttpResponse:
    """One certificate; on POST it is taken back."""
    found = _certificate(request, pk)
    form = DeclineForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        with errors_into(form):
            actions.withdraw_certificate(
                Actor.at_desk(request), certificate=found, reason=form.cleaned_data["reason"]
            )
            messages.success(request, _("已收回。在核验页面上会看到已收回。"))
            return redirect("volunteers:certificate", pk)
    return render(
        request,
        "volunteers/certificate.html",
        {
            "found": found,
            "state_now": _certificate_state(found),
            "form": None if found.withdrawn else form,
            "address": check_address(found),
        },
    )


@signed_in
@needs(Right.KEEP_VOLUNTEERS)
def certificate_paper(request: Request, pk: UUID) -> HttpResponse:
    """The PDF, to be printed and stamped. One that was taken back is not printed again."""
    found = _certificate(request, pk)
    if found.withdrawn:
        raise Http404
    response = HttpResponse(certificate_pdf(found), content_type="application/pdf")
    response["Content-Disposition"] = f'inline; filename="certificate-{found.pk}.pdf"'
    response["Cache-Control"] = "private, no-store"
    return response


def _certificate(request: Request, pk: UUID) -> ServiceCertificate:
    rows = queries.visible_certificates(request.user, request.response)
    found: ServiceCertificate = get_object_or_404(rows, root=pk)
    return found


def _words(opening: Opening) -> str:
    match opening.kind:
        case PostingKind.ROSTER:
            return _("列入值班名单(下次排班时一起排)")
        case PostingKind.SHIFT:
            ends = f"{timezone.localtime(opening.ends_at):%H:%M}" if opening.ends_at else ""
            return _("加派到班次:%(when)s–%(ends)s %(what)s(在班 %(names)s)") % {
                "when": moment_text(opening.begins_at),
                "ends": ends,
                "what": opening.what,
                "names": opening.detail,
            }
        case _:
            return _("例行工作:%s") % opening.what


def _posting_values(form: PostingForm, openings: list[Opening]) -> dict[str, Any]:
    data = form.cleaned_data
    span = {"begins_at": data["begins_at"] or timezone.now(), "ends_at": data["ends_at"]}
    if data["opening"] == "other":
        if not data["what"].strip():
            raise forms.ValidationError({"what": forms.ValidationError(_("请写明任务。"), code="required")})
        return {"kind": PostingKind.OTHER, "what": data["what"], **span}
    chosen = openings[int(data["opening"])]
    if chosen.kind == PostingKind.SHIFT:
        span = {"begins_at": chosen.begins_at, "ends_at": chosen.ends_at}
    if chosen.kind == PostingKind.ROSTER:
        return {"kind": chosen.kind, "what": "值班名单", "begins_at": timezone.now()}
    return {"kind": chosen.kind, "what": chosen.what, "target": chosen.target, **span}


def _proposals(request: Request, place: Place, days: int) -> list[Proposal]:
    begin, end = queries.span_of(days)
    return proposals_at(place, queries.visible_volunteers(request.user), begin, end, end)


def _is_id(text: str | None) -> bool:
    try:
        UUID(text or "")
    except ValueError:
        return False
    return True
