"""The pages of the desk about phones: enrol one, see how it stands, revoke it; PINs; what was not taken."""

from uuid import UUID

from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from lianfang.book.actions import Actor
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.forms import errors_into
from lianfang.desk.lists import Choice, Column, Empty, Kind, List
from lianfang.desk.rendering import moment_text
from lianfang.desk.states import State, Tone
from lianfang.engines.papers import qr_svg
from lianfang.field import actions
from lianfang.field.forms import EnrolmentForm, PinForm, RenameForm, RevokeForm, SettleForm
from lianfang.field.models import Device, DutyPin, RefusedArrival
from lianfang.field.queries import devices as queries
from lianfang.field.today import SILENT_AFTER
from lianfang.places.queries.places import visible_places


def state_of(device: Device) -> State:
    """How a phone is: revoked, never heard of, silent, with gaps, or well."""
    if device.revoked_at:
        return State(gettext_lazy("已注销"), Tone.STOPPED)
    standing = queries.standing_of(device)
    if standing.last_seen_at is None:
        return State(gettext_lazy("尚未联系"), Tone.NEW)
    if standing.missing:
        return State(gettext_lazy("缺记录"), Tone.WAITING)
    if standing.last_seen_at < timezone.now() - SILENT_AFTER:
        return State(gettext_lazy("久未联系"), Tone.WAITING)
    return State(gettext_lazy("正常"), Tone.DONE)


def _in_state(rows: QuerySet[Device], value: str) -> QuerySet[Device]:
    long_ago = timezone.now() - SILENT_AFTER
    silent = Q(chain__last_seen_at__lt=long_ago) | Q(chain__last_seen_at=None, enrolled_at__lt=long_ago)
    wanted = {
        "live": Q(revoked_at=None),
        "silent": Q(revoked_at=None) & silent,
        "revoked": Q(revoked_at__isnull=False),
    }
    return rows.filter(wanted[value])


DEVICES = List(
    code="devices",
    title=gettext_lazy("值守手机"),
    columns=[
        Column("name", gettext_lazy("名称"), "name", sort="name"),
        Column("place", gettext_lazy("场所"), "place.name", sort="place__name"),
        Column("spot", gettext_lazy("点位"), "spot.name", sort="spot__name"),
        Column("state", gettext_lazy("状态"), state_of, Kind.STATE),
        Column(
            "seen", gettext_lazy("最近联系"), "chain.last_seen_at", Kind.MOMENT, sort="chain__last_seen_at"
        ),
        Column("records", gettext_lazy("已收记录"), lambda row: queries.standing_of(row).records, Kind.COUNT),
        Column("missing", gettext_lazy("已知缺号"), lambda row: queries.standing_of(row).missing, Kind.COUNT),
        Column("enrolled", gettext_lazy("登记时间"), "enrolled_at", Kind.MOMENT, sort="enrolled_at"),
    ],
    filters=[
        Choice(
            "state",
            gettext_lazy("状态"),
            [
                ("live", gettext_lazy("在用")),
                ("silent", gettext_lazy("久未联系")),
                ("revoked", gettext_lazy("已注销")),
            ],
            _in_state,
        )
    ],
    search=["name", "place__name", "spot__name"],
    order="place",
    opens=lambda device: reverse("field:device", args=[device.pk]),
    empty=Empty(
        gettext_lazy("还没有值守手机。登记一部,就可以在出入口扫码登记。"),
        gettext_lazy("登记新手机"),
        "field:enrol_phone",
    ),
)


@signed_in
@needs(Right.MANAGE_DEVICES)
def devices(request: Request) -> HttpResponse:
    return DEVICES.respond(request, queries.visible_devices(request.user), template="field/devices.html")


@never_cache
@signed_in
@needs(Right.MANAGE_DEVICES)
def enrol_phone(request: Request) -> HttpResponse:
    """Choose the post; then the code is shown once, to be scanned by the phone."""
    form = EnrolmentForm(
        queries.spots_for_phones(request.user), request.POST or None, initial=request.GET.dict()
    )
    if form.is_valid():
        with errors_into(form):
            prepared = actions.prepare_enrolment(
                Actor.at_desk(request), response=request.response, **form.cleaned_data
            )
            address = request.build_absolute_uri(f"{reverse('field:enrol_page')}#{prepared.code}")
            return render(
                request,
                "field/enrolment.html",
                {
                    "enrolment": prepared.enrolment,
                    "code": prepared.code,
                    "address": address,
                    "picture": mark_safe(qr_svg(address)),  # noqa: S308 made here from a code made here
                    "secure": request.is_secure() or request.get_host().split(":")[0] == "localhost",
                },
            )
    return render(request, "field/enrol_phone.html", {"form": form})


@require_safe
@signed_in
@needs(Right.MANAGE_DEVICES)
def enrolment(request: Request, pk: UUID) -> HttpResponse:
    """Whether the phone has scanned the code: asked again and again by the page that shows it."""
    found = get_object_or_404(queries.visible_enrolments(request.user), pk=pk)
    return render(
        request,
        "field/enrolment_state.html",
        {"enrolment": found, "over": found.expires_at <= timezone.now()},
    )


@signed_in
@needs(Right.MANAGE_DEVICES)
def device(request: Request, pk: UUID) -> HttpResponse:
    """One phone: how its records stand, its name, revoking it."""
    found: Device = get_object_or_404(queries.visible_devices(request.user), pk=pk)
    renaming = RenameForm(request.POST if "rename" in request.POST else None, initial={"name": found.name})
    revoking = RevokeForm(request.POST if "revoke" in request.POST else None)
    actor = Actor.at_desk(request)
    if renaming.is_bound and renaming.is_valid():
        with errors_into(renaming):
            actions.rename_device(actor, device=found, **renaming.cleaned_data)
            messages.success(request, _("已改名。"))
            return redirect("field:device", pk)
    if revoking.is_bound and revoking.is_valid():
        with errors_into(revoking):
            actions.revoke_device(actor, device=found, **revoking.cleaned_data)
            messages.success(request, _("已注销。这部手机下次联网时清除住户资料,未上传的记录加密留存。"))
            return redirect("field:device", pk)
    return render(
        request,
        "field/device.html",
        {
            "device": found,
            "state_now": state_of(found),
            "standing": queries.standing_of(found),
            "uploads": found.uploads.order_by("-received_at")[:20],
            "renaming": renaming,
            "revoking": revoking,
        },
    )


def _first_day(pin: DutyPin) -> str:
    return moment_text(pin.valid_from) if pin.valid_from else ""


def _last_day(pin: DutyPin) -> str:
    return moment_text(pin.valid_to) if pin.valid_to else _("长期有效")


PINS = List(
    code="pins",
    title=gettext_lazy("值守口令"),
    columns=[
        Column("name", gettext_lazy("值守人"), "name", sort="name"),
        Column("place", gettext_lazy("场所"), "place.name", sort="place__name"),
        Column("from", gettext_lazy("起始日期"), _first_day, sort="valid_from"),
        Column("to", gettext_lazy("截止日期"), _last_day, sort="valid_to"),
    ],
    search=["name", "place__name"],
    order="place",
    opens=lambda pin: reverse("field:pin", args=[pin.pk]),
    empty=Empty(
        gettext_lazy("还没有值守口令。有了口令,手机上就知道现在谁值守。"),
        gettext_lazy("添加口令"),
        "field:pin_new",
    ),
)


@signed_in
@needs(Right.MANAGE_DEVICES)
def pins(request: Request) -> HttpResponse:
    return PINS.respond(request, queries.visible_pins(request.user), template="field/pins.html")


@signed_in
@needs(Right.MANAGE_DEVICES)
def pin_new(request: Request) -> HttpResponse:
    places = visible_places(request.user, Right.MANAGE_DEVICES)
    form = PinForm(places, request.POST or None, initial=request.GET.dict())
    if form.is_valid():
        with errors_into(form):
            made = actions.give_pin(Actor.at_desk(request), **form.cleaned_data)
            messages.success(request, _("已添加 %s 的口令。手机下次联网后可用。") % made.name)
            return redirect("field:pins")
    return render(request, "field/pin_form.html", {"form": form})


@signed_in
@needs(Right.MANAGE_DEVICES)
def pin(request: Request, pk: UUID) -> HttpResponse:
    """One PIN: until when, and taking it back."""
    found: DutyPin = get_object_or_404(queries.visible_pins(request.user), pk=pk)
    if request.method == "POST":
        actions.end_pin(Actor.at_desk(request), pin=found)
        messages.success(request, _("已收回 %s 的口令。") % found.name)
        return redirect("field:pins")
    return render(request, "field/pin.html", {"pin": found})


REFUSED = List(
    code="refused",
    title=gettext_lazy("手机未收记录"),
    columns=[
        Column("at", gettext_lazy("收到时间"), "received_at", Kind.MOMENT, sort="received_at"),
        Column("phone", gettext_lazy("手机"), "phone.name", sort="phone__name"),
        Column("place", gettext_lazy("场所"), "phone.place.name", sort="phone__place__name"),
        Column("guard", gettext_lazy("值守人"), "guard_name"),
        Column("happened", gettext_lazy("发生时间"), "happened_at", Kind.MOMENT, sort="happened_at"),
        Column("why", gettext_lazy("原因"), "message"),
    ],
    search=["phone__name", "message", "guard_name"],
    order="-at",
    opens=lambda row: reverse("field:refused_one", args=[row.pk]),
    empty=Empty(gettext_lazy("手机送来的记录都收下了。")),
)


@signed_in
@needs(Right.KEEP_GATE)
def refused(request: Request) -> HttpResponse:
    return REFUSED.respond(request, queries.visible_refused(request.user).filter(response=request.response))


@signed_in
@needs(Right.KEEP_GATE)
def refused_one(request: Request, pk: UUID) -> HttpResponse:
    """A record that was not taken: why, from where, and how it was dealt with."""
    found: RefusedArrival = get_object_or_404(queries.visible_refused(request.user), pk=pk)
    form = SettleForm(request.POST or None)
    if form.is_valid():
        with errors_into(form):
            actions.settle_refused(Actor.at_desk(request), refused=found, **form.cleaned_data)
            messages.success(request, _("已记下处理情况。"))
            return redirect("field:refused")
    return render(request, "field/refused.html", {"refused": found, "form": form})
