"""A day at the gates, who is inside and who is out, and where decisions differ from the rules."""

from datetime import date, timedelta
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.charts import Chart, Series
from lianfang.desk.lists import Choice, Column, DateRange, Empty, Kind, List
from lianfang.desk.masking import masked_name
from lianfang.gates import showing
from lianfang.gates.models import Direction, Outcome, Passage
from lianfang.gates.queries import days as day_queries
from lianfang.gates.queries.differences import (
    differing_passages,
    give_judgements,
    is_quota_conflict,
    judgement_of,
)
from lianfang.gates.queries.inside import allowed_out, inside_of, vehicles_inside
from lianfang.gates.queries.passages import visible_gate_places, visible_gates
from lianfang.people.models import Officer
from lianfang.places.models import Place

# How long an outing may last where no rule is in the book, in hours: 外出时限.
HOURS_OUT = 2


@signed_in
@needs(Right.READ_GATES, Right.KEEP_GATE)
def today(request: Request) -> HttpResponse:
    """The gates of a day: each with its figures and its last record, and the passages by the hour."""
    places = list(visible_gate_places(request.user))
    place = _chosen(places, request.GET.get("place", ""))
    shown_day = _day(request.GET.get("day", ""))
    gates = visible_gates(request.user).order_by("place__name", "name")
    if place:
        gates = gates.filter(place=place)
    now = timezone.now()
    day = day_queries.day_of(list(gates), request.response, shown_day, now)
    may_keep = set(visible_gates(request.user, Right.KEEP_GATE).values_list("pk", flat=True))
    may_read = set(visible_gates(request.user, Right.READ_GATES).values_list("pk", flat=True))
    return render(
        request,
        "gates/today.html",
        {
            "day": day,
            "is_today": shown_day == timezone.localdate(now),
            "before": shown_day - timedelta(days=1),
            "after": shown_day + timedelta(days=1),
            "places": places,
            "place": place,
            "chart": _hours_chart(day),
            "empty": not day.total.any,
            "last_day": None
            if day.total.any
            else day_queries.last_day_before(gates, request.response, shown_day),
            "rows": [(one, one.gate.pk in may_keep, one.gate.pk in may_read) for one in day.gates],
            "silent": [
                (one.gate, showing.lasting_text(one.silent_for)) for one in day.silent if one.silent_for
            ],
        },
    )


@signed_in
@needs(Right.READ_GATES)
def inside(request: Request) -> HttpResponse:
    """Who is inside a place now, who is still out, and who has been out for too long."""
    places = list(visible_gate_places(request.user, Right.READ_GATES))
    place = _chosen(places, request.GET.get("place", "")) or (places[0] if places else None)
    hours = _hours(request.GET.get("hours", ""), place)
    context: dict[str, Any] = {"places": places, "place": place, "hours": hours}
    if place:
        now = timezone.now()
        found = inside_of(place, request.response, now, allowed_out=timedelta(hours=hours))
        context |= {
            "visitors": [(one, showing.lasting_text(one.lasting)) for one in found.visitors],
            "out": [
                (one, showing.lasting_text(one.lasting), showing.lasting_text(one.over) if one.over else "")
                for one in found.out
            ],
            "over": sum(one.over is not None for one in found.out),
            "vehicles": [
                (one.passage, showing.lasting_text(one.lasting))
                for one in vehicles_inside(place, request.response, now)
            ],
        }
    return render(request, "gates/inside.html", context)


def gates_of(officer: Officer | None) -> list[tuple[Any, str]]:
    """The gates by which a list may be narrowed."""
    if officer is None:
        return []
    gates = visible_gates(officer, Right.READ_GATES).order_by("place__name", "name")
    return [(gate.pk, str(gate)) for gate in gates[:500]]


def _kind_of_difference(passage: Passage) -> str:
    return str(_("限次用了两次") if is_quota_conflict(passage) else _("处置不同"))


def _rule_reasons(passage: Passage) -> str:
    return showing.reasons_in_words(judgement_of(passage).reasons)


DIFFERENCES = List(
    code="gate-differences",
    title=gettext_lazy("与规则不同的处置"),
    columns=[
        Column("at", gettext_lazy("时间"), "happened_at", Kind.MOMENT, sort="happened_at"),
        Column("gate", gettext_lazy("出入口"), lambda row: str(row.gate), sort="gate__name"),
        Column("who", gettext_lazy("姓名/车牌"), showing.who_of, sort="name", mask=masked_name),
        Column("household", gettext_lazy("住户"), "household.label"),
        Column("outcome", gettext_lazy("现场处置"), showing.outcome_of, Kind.STATE),
        Column("judged", gettext_lazy("按规则"), showing.judged_outcome_of, Kind.STATE),
        Column("kind", gettext_lazy("情形"), _kind_of_difference),
        Column("why", gettext_lazy("规则原因"), _rule_reasons),
        Column("override", gettext_lazy("特批人"), "overridden_by"),
        Column("guard", gettext_lazy("值守人"), "guard_name"),
    ],
    filters=[
        Choice("gate", gettext_lazy("出入口"), gates_of, "gate"),
        Choice("direction", gettext_lazy("方向"), Direction.choices, "direction"),
        Choice("outcome", gettext_lazy("现场处置"), Outcome.choices, "outcome"),
        DateRange("at", gettext_lazy("日期"), "happened_at"),
    ],
    search=["name", "plate", "guard_name"],
    search_hint=gettext_lazy("姓名、车牌、值守人"),
    order="-at",
    opens=lambda row: reverse("gates:passage", args=[row.root_id]),
    empty=Empty(gettext_lazy("没有与规则不同的处置。")),
    prepare=give_judgements,
)


@signed_in
@needs(Right.READ_GATES)
def differences(request: Request) -> HttpResponse:
    return DIFFERENCES.respond(
        request,
        differing_passages(request.user, request.response),
        template="gates/differences.html",
    )


def _hours_chart(day: day_queries.Day) -> Chart:
    return Chart(
        sentence=_sentence(day),
        axis=_("时"),
        labels=[str(hour) for hour in range(24)],
        series=[Series(_("进"), day.hours_in), Series(_("出"), day.hours_out)],
        unit=_("人次"),
    )


def _sentence(day: day_queries.Day) -> str:
    busiest = day.busiest
    if busiest is None:
        return _("这一天还没有人员出入记录")
    number = day.hours_in[busiest] + day.hours_out[busiest]
    return ngettext(
        "全天放行 %(total)s 人次,%(begin)d 时至 %(end)d 时最多,有 %(number)d 人次",
        "全天放行 %(total)s 人次,%(begin)d 时至 %(end)d 时最多,有 %(number)d 人次",
        day.total.persons,
    ) % {
        "total": f"{day.total.persons:,}",
        "begin": busiest,
        "end": busiest + 1,
        "number": number,
    }


def _chosen(places: list[Place], typed: str) -> Place | None:
    return next((one for one in places if str(one.pk) == typed), None)


def _day(typed: str) -> date:
    try:
        return date.fromisoformat(typed)
    except ValueError:
        return timezone.localdate()


def _hours(typed: str, place: Place | None) -> int:
    """The hours that were typed, or those of the rules in force, or two."""
    if typed.isascii() and typed.isdigit() and 1 <= int(typed) <= 72:
        return int(typed)
    allowed = allowed_out(place, timezone.now()) if place else None
    return max(1, round(allowed / timedelta(hours=1))) if allowed else HOURS_OUT
