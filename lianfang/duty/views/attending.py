"""Pages of attendance and handing over."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianfang.book.actions import Actor
from lianfang.book.errors import Refused
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.actions import export_table
from lianfang.desk.lists import Column, Empty, Kind, List
from lianfang.duty import actions
from lianfang.duty.attendance import Hours, counts_of, hours_of, relief_of, visible_handovers
from lianfang.duty.models import Handover, HandoverReview
from lianfang.engines.papers import Sheet, xlsx
from lianfang.places.models import Place
from lianfang.places.queries import visible_places

HANDOVERS = List(
    code="handovers",
    title=gettext_lazy("交接班记录"),
    columns=[
        Column("at", gettext_lazy("交接时间"), "happened_at", Kind.MOMENT, sort="happened_at"),
        Column("place", gettext_lazy("场所"), "place.name", sort="place__name"),
        Column("spot", gettext_lazy("点位"), "spot.name"),
        Column("from", gettext_lazy("交班人"), "handed_by"),
        Column("to", gettext_lazy("接班人"), "taken_by"),
        Column("open", gettext_lazy("未尽事项"), "open_matters"),
    ],
    search=["handed_by", "taken_by", "open_matters", "place__name"],
    order="-at",
    opens=lambda row: reverse("duty:handover", args=[row.root_id]),
    empty=Empty(gettext_lazy("还没有交接班记录。值守手机的“交接班”里写。")),
)
SIGN = (Right.SIGN_HANDOVER, Right.PLAN_DUTY)


@signed_in
@needs(*SIGN)
def handovers(request: Request) -> HttpResponse:
    return HANDOVERS.respond(request, visible_handovers(request.user, request.response))


@signed_in
@needs(*SIGN)
def handover(request: Request, pk: UUID) -> HttpResponse:
    found: Handover = get_object_or_404(visible_handovers(request.user, request.response), root=pk)
    if request.method == "POST":
        try:
            actions.review_handover(
                Actor.at_desk(request), handover=found, text=request.POST.get("text", "")[:200]
            )
            messages.success(request, _("已复核签字。"))
        except Refused as error:
            messages.error(request, str(error))
        return redirect("duty:handover", pk)
    review = HandoverReview.objects.current().filter(handover=pk).select_related("written_by").first()
    counts = review.counts if review else counts_of(found, timezone.now())
    return render(
        request,
        "duty/handover.html",
        {
            "handover": found,
            "review": review,
            "counts": [(word, counts.get(name, 0)) for name, word in COUNT_WORDS],
            "relief": relief_of(found),
            "signatures": [
                (word, name, _paths(found.signatures.get(side, [])), _pin_signed(found, side))
                for word, name, side in (
                    (_("交班人"), found.handed_by, "from"),
                    (_("接班人"), found.taken_by, "to"),
                )
            ],
            "may_sign": not review and request.user.reach(Right.SIGN_HANDOVER).covers(found.scope()),
        },
    )


def _pin_signed(found: Handover, side: str) -> datetime | None:
    """When one of the two signed by the shift PIN; None where the signature was drawn."""
    signed = found.signatures.get(f"{side}_pin")
    return datetime.fromisoformat(signed["at"]) if signed else None


COUNT_WORDS = [
    ("in", gettext_lazy("进(人次)")),
    ("out", gettext_lazy("出(人次)")),
    ("vehicles", gettext_lazy("车次")),
    ("refused", gettext_lazy("拒绝、劝返")),
    ("held", gettext_lazy("暂留")),
    ("still_out", gettext_lazy("外出未归(人)")),
]


@signed_in
@needs(*SIGN)
def hours(request: Request) -> HttpResponse:
    """Hours of each person at a place from a day to a day; on POST a table for allowances or insurance."""
    places = visible_places(request.user, Right.PLAN_DUTY) | visible_places(request.user, Right.SIGN_HANDOVER)
    values = request.POST if request.method == "POST" else request.GET
    place = _chosen(list(places.distinct()), values.get("place", ""))
    until = _day(values.get("until", "")) or timezone.localdate()
    since = _day(values.get("since", "")) or until.replace(day=1)
    lines: list[Hours] = []
    if place is not None and since <= until <= since + timedelta(days=92):
        lines = hours_of(place, _begin(since), _begin(until + timedelta(days=1)), timezone.now())
    if request.method == "POST" and place is not None:
        return _table(request, place, since, until, lines)
    return render(
        request,
        "duty/hours.html",
        {
            "places": places.distinct(),
            "place": place,
            "since": since,
            "until": until,
            "lines": lines,
            "too_long": since > until or until > since + timedelta(days=92),
        },
    )


def _table(request: Request, place: Place, since: date, until: date, lines: list[Hours]) -> HttpResponse:
    title = _("值班工时")
    export_table(
        Actor.at_desk(request),
        table=f"{place.name} {title}",
        purpose=request.POST.get("purpose", "") or _("值班补助、保险"),
        row_count=len(lines),
        masked=True,
    )
    header = [
        _("姓名"),
        _("派出单位"),
        _("应值班次"),
        _("到岗班次"),
        _("未到"),
        _("小时"),
        _("迟到次数"),
        _("未签离次数"),
    ]
    rows: list[list[Any]] = [
        [one.name, one.unit, one.planned, one.kept, one.missed, one.hours, one.late, one.forgotten]
        for one in lines
    ]
    caption = _("%(place)s %(since)s 至 %(until)s;未签离的算到本班结束为止") % {
        "place": place.name,
        "since": since,
        "until": until,
    }
    return HttpResponse(
        xlsx([Sheet(str(title), header, rows, caption=caption)]),
        content_type="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        headers={"Content-Disposition": f'attachment; filename="hours-{since}-{until}.xlsx"'},
    )


def _chosen(places: list[Place], wanted: str) -> Place | None:
    return next((one for one in places if str(one.pk) == wanted), places[0] if places else None)


def _begin(day: date) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _paths(lines: list[list[int]]) -> list[str]:
    """The drawn lines as points of an SVG."""
    return [
        " ".join(f"{x},{y}" for x, y in zip(line[::2], line[1::2], strict=False)) for line in lines if line
    ]
