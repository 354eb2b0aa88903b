"""Pages of the problems: the ledger (整改台账), and one problem to its end."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianfang.book.actions import Actor
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.desk.forms import errors_into
from lianfang.desk.lists import Choice, Column, DateRange, Empty, Kind, List
from lianfang.inspections import actions, queries
from lianfang.inspections.forms import (
    EscalateForm,
    RectifyForm,
    ReinspectForm,
)
from lianfang.inspections.models import (
    Finding,
    ProblemKind,
    Severity,
)
from lianfang.inspections.standing import Stage, standings_of, writer_of
from lianfang.inspections.views.photos import addresses_of, keep_photos
from lianfang.inspections.views.showing import state_of

_BOTH = (Right.INSPECT, Right.RECTIFY)


def _in_stage(rows: QuerySet[Any], stage: str) -> QuerySet[Any]:
    """Findings by what they wait for; late is a stage of its own here."""
    conditions: dict[str, dict[str, Any]] = {
        "to_rectify": {"closed": False, "awaiting": False},
        "late": {"closed": False, "awaiting": False, "due_at__lt": timezone.now()},
        "to_reinspect": {"closed": False, "awaiting": True},
        "closed": {"closed": True},
    }
    return rows.filter(**conditions[stage])


_STAGES = [
    ("late", gettext_lazy("逾期未整改")),
    ("to_rectify", gettext_lazy("待整改")),
    ("to_reinspect", gettext_lazy("待复查")),
    ("closed", gettext_lazy("已销号")),
]


def _with_standing(rows: list[Any]) -> None:
    known = standings_of([row.root_id for row in rows])
    for row in rows:
        row.standing = known[row.root_id]


def _from_last(name: str, attribute: str) -> Any:
    return lambda row: getattr(getattr(row.standing, name), attribute, None)


def _checked_by(row: Any) -> str:
    check = row.standing.reinspection
    return writer_of(check) if check else ""


LEDGER = List(
    code="ledger",
    title=gettext_lazy("整改台账"),
    columns=[
        Column(
            "at",
            gettext_lazy("检查时间"),
            "inspection.happened_at",
            Kind.MOMENT,
            sort="inspection__happened_at",
        ),
        Column(
            "team",
            gettext_lazy("检查组"),
            lambda row: row.inspection.team.name if row.inspection.team else row.inspection.inspectors,
        ),
        Column("place", gettext_lazy("被检点位"), "inspection.place.name", sort="inspection__place__name"),
        Column(
            "item",
            gettext_lazy("检查内容"),
            lambda row: row.item.text if row.item else row.get_kind_display(),
        ),
        Column("text", gettext_lazy("发现问题"), "text"),
        Column("kind", gettext_lazy("问题类别"), "get_kind_display", sort="kind"),
        Column("body", gettext_lazy("责任单位"), "responsible_body.name", sort="responsible_body__name"),
        Column("person", gettext_lazy("责任人"), "responsible_person"),
        Column("requirement", gettext_lazy("整改要求"), "requirement"),
        Column("due", gettext_lazy("整改时限"), "due_at", Kind.MOMENT, sort="due_at"),
        Column(
            "order", gettext_lazy("交办单"), lambda row: "、".join(one.number for one in row.standing.orders)
        ),
        Column("measures", gettext_lazy("整改措施"), _from_last("rectification", "measures")),
        Column("result", gettext_lazy("整改情况"), _from_last("rectification", "result")),
        Column("done", gettext_lazy("完成时间"), _from_last("rectification", "happened_at"), Kind.MOMENT),
        Column(
            "evidence",
            gettext_lazy("佐证"),
            lambda row: len(row.standing.rectification.photos) if row.standing.rectification else 0,
            Kind.COUNT,
        ),
        Column("checked_by", gettext_lazy("复查人"), _checked_by),
        Column("checked", gettext_lazy("复查时间"), _from_last("reinspection", "happened_at"), Kind.MOMENT),
        Column("state", gettext_lazy("是否销号"), lambda row: state_of(row.standing), Kind.STATE),
    ],
    filters=[
        Choice("stage", gettext_lazy("状态"), _STAGES, _in_stage),
        Choice("kind", gettext_lazy("问题类别"), ProblemKind.choices, "kind"),
        Choice("severity", gettext_lazy("严重程度"), Severity.choices, "severity"),
        DateRange("at", gettext_lazy("检查日期"), "inspection__happened_at"),
    ],
    search=["text", "responsible_body__name", "inspection__place__name", "responsible_person"],
    search_hint=gettext_lazy("问题、单位、点位"),
    order="due",
    opens=lambda row: reverse("inspections:finding", args=[row.root_id]),
    prepare=_with_standing,
    empty=Empty(
        gettext_lazy("没有登记过问题。检查发现的问题会列在这里,直到销号。"),
        gettext_lazy("登记一次检查"),
        "inspections:begin",
    ),
)


@signed_in
@needs(*_BOTH)
def ledger(request: Request) -> HttpResponse:
    """The ledger of rectification (整改台账), with all its columns."""
    return LEDGER.respond(request, queries.visible_findings(request.user, request.response))


@signed_in
@needs(*_BOTH)
def finding(request: Request, pk: UUID) -> HttpResponse:
    """One finding to its end: order, measures, check, escalation."""
    row = get_object_or_404(queries.visible_findings(request.user, request.response), root=pk)
    standing = standings_of([row.root_id])[row.root_id]
    scope = standing.finding.scope()
    may_inspect = request.user.may(Right.INSPECT, scope)
    may_rectify = request.user.may(Right.RECTIFY, scope)
    verb = request.POST.get("verb", "")
    rectify = RectifyForm(*_bound(request, verb == "rectify"), prefix="rectify")
    reinspect = ReinspectForm(*_bound(request, verb == "reinspect"), prefix="reinspect")
    escalate = EscalateForm(request.POST if verb == "escalate" else None, prefix="escalate")
    if _took(request, standing.finding, rectify, reinspect, escalate):
        return redirect("inspections:finding", row.root_id)
    now = timezone.now()
    return render(
        request,
        "inspections/finding.html",
        {
            "standing": standing,
            "finding": standing.finding,
            "state_now": state_of(standing),
            "late": standing.late(now),
            "photos": addresses_of(standing.finding.photos),
            "steps": [(step, addresses_of(step.photos)) for step in standing.steps],
            "rectify": rectify if may_rectify and standing.stage is not Stage.CLOSED else None,
            "reinspect": reinspect if may_inspect and standing.stage is Stage.TO_REINSPECT else None,
            "escalate": escalate
            if may_inspect
            and standing.stage is not Stage.CLOSED
            and (standing.late(now) or standing.finding.repeats_id or standing.reopened)
            else None,
            "may_order": may_inspect and standing.stage is not Stage.CLOSED,
        },
    )


def _took(
    request: Request, found: Finding, rectify: RectifyForm, reinspect: ReinspectForm, escalate: EscalateForm
) -> bool:
    """Whether one of the forms of the page was sent, and what it asks was done."""
    actor = Actor.at_desk(request)
    place = found.inspection.place
    if rectify.is_bound and rectify.is_valid():
        with errors_into(rectify):
            data = rectify.cleaned_data
            kept = keep_photos(request, place, data.pop("photos"), data["happened_at"])
            actions.rectify(actor, finding=found, photos=kept, **data)
            messages.success(request, _("已登记整改,等待另一人复查。"))
            return True
    if reinspect.is_bound and reinspect.is_valid():
        with errors_into(reinspect):
            data = reinspect.cleaned_data
            kept = keep_photos(request, place, data.pop("photos"), None)
            made = actions.reinspect(actor, finding=found, photos=kept, **data)
            messages.success(request, _("复查结论:%s。") % made.get_verdict_display())
            return True
    if escalate.is_bound and escalate.is_valid():
        with errors_into(escalate):
            actions.escalate(actor, finding=found, **escalate.cleaned_data)
            messages.success(request, _("已升级督办。"))
            return True
    return False


def _bound(request: Request, sent: bool) -> tuple[Any, Any]:
    return (request.POST, request.FILES) if sent else (None, None)
