"""Orders, measures, checking again, escalation."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import Refused, field_error
from lianfang.book.models import Response
from lianfang.book.registers import new_id
from lianfang.book.rights import Right
from lianfang.inspections.models import (
    Escalation,
    Finding,
    OrderedFinding,
    OrderKind,
    Rectification,
    RectificationOrder,
    Reinspection,
    Verdict,
)
from lianfang.inspections.standing import Stage, found_or_rectified_by, standings_of
from lianfang.people.models import Body


@action("order_rectification", says=_("{officer}下达了{subject}"))
def order_rectification(
    act: Act,
    *,
    response: Response,
    issuer: Body,
    findings: Sequence[Finding],
    reply_by: datetime,
    kind: str = OrderKind.ORDER,
    text: str = "",
    id: UUID | None = None,
) -> RectificationOrder:
    """Order one body to put these findings right. The number is the next of its kind and year.

    Raises ValidationError where there is nothing to order, where the findings are not all of one body,
    or for a time that has passed; Refused for a finding that is struck off.
    """
    act.require_one_of((Right.INSPECT,), issuer)
    known: RectificationOrder | None = RectificationOrder.objects.filter(pk=id).first() if id else None
    if known:
        return known
    if not findings:
        raise field_error("findings", _("请选择要交办的问题。"), "required")
    bodies = {finding.responsible_body_id for finding in findings}
    if len(bodies) > 1:
        raise field_error("findings", _("一份交办单只交给一个单位,请分开下达。"), "several_bodies")
    if reply_by <= act.at:
        raise field_error("reply_by", _("回复时限应在现在之后。"), "date_in_past")
    for finding in findings:
        act.require(Right.INSPECT, finding)
    for standing in standings_of([finding.root_id for finding in findings]).values():
        if standing.stage is Stage.CLOSED:
            raise Refused(_("问题已经销号,不必再交办。"), "finding_closed")
    year = timezone.localtime(act.at).year
    last = RectificationOrder.objects.filter(response=response, kind=kind, year=year)
    order = act.add(
        RectificationOrder(
            id=id or new_id(),
            response=response,
            kind=kind,
            year=year,
            serial=(last.aggregate(last=Max("serial"))["last"] or 0) + 1,
            issuer=issuer,
            body=findings[0].responsible_body,
            reply_by=reply_by,
            text=text.strip(),
            happened_at=act.at,
            written_at=act.at,
            written_by=act.officer,
        )
    )
    for finding in findings:
        act.add(
            OrderedFinding(
                response=response,
                order=order,
                finding_id=finding.root_id,
                happened_at=act.at,
                written_at=act.at,
                written_by=act.officer,
            )
        )
    return order


@action("rectify", says=_("{officer}登记了整改:{subject}"))
def rectify(
    act: Act,
    *,
    finding: Finding,
    measures: str,
    result: str = "",
    done_by: str = "",
    happened_at: datetime | None = None,
    photos: Sequence[UUID] = (),
) -> Rectification:
    """Say what was done about a finding, with evidence. Refused once it is struck off.

    Raises ValidationError.
    """
    act.require(Right.RECTIFY, finding)
    standing = standings_of([finding.root_id])[finding.root_id]
    if standing.stage is Stage.CLOSED:
        raise Refused(_("问题已经销号。"), "finding_closed")
    if not measures.strip():
        raise field_error("measures", _("请写明采取了什么措施。"), "required")
    if happened_at and happened_at > act.at:
        raise field_error("happened_at", _("完成时间不能晚于现在。"), "date_in_future")
    return act.add(
        Rectification(
            response=finding.response,
            finding_id=finding.root_id,
            measures=measures.strip(),
            result=result.strip(),
            done_by=done_by.strip(),
            photos=[str(photo) for photo in photos],
            happened_at=happened_at or act.at,
            written_at=act.at,
            written_by=act.officer,
        )
    )


@action("reinspect", says=_("{officer}复查:{subject}"))
def reinspect(
    act: Act,
    *,
    finding: Finding,
    verdict: str,
    text: str = "",
    deadline: datetime | None = None,
    photos: Sequence[UUID] = (),
) -> Reinspection:
    """Check again what was put right: strike it off, or open it again with a new deadline.

    Another person does it: neither who found the problem nor who wrote that it was put right. Raises
    Refused otherwise, and where nothing has been put right yet; ValidationError without a new deadline.
    """
    act.require(Right.INSPECT, finding)
    standing = standings_of([finding.root_id])[finding.root_id]
    if standing.stage is not Stage.TO_REINSPECT or standing.rectification is None:
        raise Refused(_("还没有待复查的整改。"), "nothing_to_reinspect")
    officers = {standing.rectification.written_by_id}
    if not finding.guard_name:
        officers.add(finding.written_by_id)
    if act.officer.pk in officers or (
        finding.guard_name and str(act.officer) in found_or_rectified_by(standing)
    ):
        raise Refused(_("复查须由另一人进行:不能是发现问题的人,也不能是登记整改的人。"), "same_person")
    if verdict == Verdict.REOPENED and (deadline is None or deadline <= act.at):
        raise field_error("deadline", _("未通过的,请给出新的整改时限。"), "required")
    return act.add(
        Reinspection(
            response=finding.response,
            finding_id=finding.root_id,
            rectification=standing.rectification,
            verdict=verdict,
            text=text.strip(),
            deadline=deadline if verdict == Verdict.REOPENED else None,
            photos=[str(photo) for photo in photos],
            happened_at=act.at,
            written_at=act.at,
            written_by=act.officer,
        )
    )


@action("escalate", says=_("{officer}对问题升级督办:{subject}"))
def escalate(act: Act, *, finding: Finding, kind: str, text: str = "") -> Escalation:
    """Take a finding a step further. Refused once it is struck off, and for one that is neither late nor
    repeated nor opened again: nobody is called to account at the first sight of a problem."""
    act.require(Right.INSPECT, finding)
    standing = standings_of([finding.root_id])[finding.root_id]
    if standing.stage is Stage.CLOSED:
        raise Refused(_("问题已经销号。"), "finding_closed")
    if not (standing.late(act.at) or finding.repeats_id or standing.reopened):
        raise Refused(_("首次发现且未逾期的问题不升级督办。"), "nothing_to_escalate")
    return act.add(
        Escalation(
            response=finding.response,
            finding_id=finding.root_id,
            kind=kind,
            text=text.strip(),
            happened_at=act.at,
            written_at=act.at,
            written_by=act.officer,
        )
    )
