"""What is done with appeals: draft, submit, approve or return, send, sign, remind, answer, close."""

from collections.abc import Iterable, Sequence
from datetime import date, datetime
from uuid import UUID

from django.db.models import Exists, OuterRef
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import Conflict, Refused, field_error
from lianfang.book.models import Response
from lianfang.book.registers import new_id
from lianfang.book.rights import Right
from lianfang.engines.figures import Amount
from lianfang.giving.actions.donations import Donor, GoodsLine, pledge_donation
from lianfang.notices.models import Appeal, AppealState, Delivery, Reading, Reminder, Reply, ReplyKind
from lianfang.people.models import Body


@action("draft_appeal", says=_("{officer}起草了倡议《{subject}》"))
def draft_appeal(
    act: Act,
    *,
    response: Response,
    body: Body,
    title: str,
    text: str = "",
    points: Sequence[str] = (),
    greeting: str = "",
    number: str = "",
    dated_on: date | None = None,
    read_by: datetime | None = None,
    id: UUID | None = None,
) -> Appeal:
    """Begin an appeal. With an `id` that is in the book, that one is returned unchanged.

    Raises ValidationError.
    """
    act.require(Right.DRAFT_NOTICE, body)
    if id and (found := Appeal.objects.filter(pk=id).first()):
        return found
    return act.add(
        Appeal(
            id=id or new_id(),
            response=response,
            body=body,
            title=title.strip(),
            text=text,
            points=_tidy_points(points),
            greeting=_without_colon(greeting),
            number=number,
            dated_on=dated_on,
            read_by=read_by,
            drafted_by=act.officer,
        )
    )


@action("change_appeal", says=_("{officer}修改了倡议《{subject}》"))
def change_appeal(
    act: Act,
    *,
    appeal: Appeal,
    title: str,
    text: str,
    points: Sequence[str],
    greeting: str,
    number: str,
    dated_on: date | None,
    read_by: datetime | None,
) -> Appeal:
    """Change the words of a draft. Refused once it is submitted."""
    act.require(Right.DRAFT_NOTICE, appeal)
    appeal = _in_state(appeal, AppealState.DRAFT)
    return act.change(
        appeal,
        title=title.strip(),
        text=text,
        points=_tidy_points(points),
        greeting=_without_colon(greeting),
        number=number,
        dated_on=dated_on,
        read_by=read_by,
    )


@action("submit_appeal", says=_("{officer}将倡议《{subject}》送审"))
def submit_appeal(act: Act, *, appeal: Appeal) -> Appeal:
    """Hand a draft to those who approve."""
    act.require(Right.DRAFT_NOTICE, appeal)
    return act.change(_in_state(appeal, AppealState.DRAFT), state=AppealState.SUBMITTED, returned_why="")


@action("approve_appeal", says=_("{officer}审批通过了倡议《{subject}》"))
def approve_appeal(act: Act, *, appeal: Appeal) -> Appeal:
    """Approve an appeal; never one's own (two pairs of eyes)."""
    act.require(Right.APPROVE_NOTICE, appeal)
    appeal = _in_state(appeal, AppealState.SUBMITTED)
    if appeal.drafted_by_id == act.officer.pk:
        raise Refused(_("起草人不能审批自己的倡议,请由另一人审批。"), "own_draft")
    return act.change(appeal, state=AppealState.APPROVED, approved_by=act.officer, approved_at=act.at)


@action("return_appeal", says=_("{officer}退回了倡议《{subject}》"))
def return_appeal(act: Act, *, appeal: Appeal, why: str) -> Appeal:
    """Send a submitted appeal back to its drafter, with a reason."""
    act.require(Right.APPROVE_NOTICE, appeal)
    appeal = _in_state(appeal, AppealState.SUBMITTED)
    if not why.strip():
        raise field_error("why", _("请写明退回的意见。"), "required")
    return act.change(appeal, state=AppealState.DRAFT, returned_why=why.strip())


@action("send_appeal", says=_("{officer}发送了倡议《{subject}》"))
def send_appeal(act: Act, *, appeal: Appeal, to: Iterable[Body]) -> list[Delivery]:
    """Send an approved appeal to these bodies; those that have it already are passed over.

    Returns the new deliveries. Raises ValidationError if no body is named, Refused before approval.
    """
    return _deliver(act, appeal, to, act.at)


@action("note_appeal_sent", says=_("{officer}登记了倡议《{subject}》此前已发送"))
def note_appeal_sent(
    act: Act, *, appeal: Appeal, to: Iterable[Body], happened_at: datetime | None
) -> list[Delivery]:
    """Note that an approved appeal went to these bodies by other ways, at a time that may be unknown.

    Raises ValidationError for a time in the future, otherwise as `send_appeal`.
    """
    if happened_at and happened_at > act.at:
        raise field_error("happened_at", _("发送时间不能晚于现在。"), "date_in_future")
    return _deliver(act, appeal, to, happened_at)


@action("sign_for_appeal", says=_("{officer}签收了倡议:{subject}"))
def sign_for_appeal(act: Act, *, delivery: Delivery, reader_name: str = "") -> Reading:
    """Say that the body has read the appeal. Signed for once: a second time returns the first."""
    act.require(Right.ANSWER_NOTICE, delivery)
    known: Reading | None = Reading.objects.current().filter(delivery=delivery).first()
    if known:
        return known
    return act.add(
        Reading(
            response=delivery.response,
            delivery=delivery,
            reader_name=reader_name.strip() or str(act.officer),
            written_by=act.officer,
            written_for="" if not reader_name.strip() else delivery.body.name,
            happened_at=act.at,
        )
    )


@action("remind_of_appeal", says=_("{officer}提醒签收倡议《{subject}》"))
def remind_of_appeal(act: Act, *, appeal: Appeal, way: str = "") -> list[Reminder]:
    """Remind every body that has not read the appeal yet."""
    act.require(Right.DRAFT_NOTICE, appeal)
    read = Reading.objects.current().filter(delivery=OuterRef("pk"))
    unread = Delivery.objects.current().filter(appeal=appeal).filter(~Exists(read))
    return act.add_many(
        Reminder(
            response=appeal.response,
            delivery=delivery,
            way=way,
            written_by=act.officer,
            happened_at=act.at,
        )
        for delivery in unread
    )


@action("answer_appeal", says=_("{officer}回复了倡议:{subject}"))
def answer_appeal(act: Act, *, delivery: Delivery, text: str, kind: str = ReplyKind.MEASURES) -> Reply:
    """Answer in words: what was done, what is asked. Reading is signed for with it."""
    act.require(Right.ANSWER_NOTICE, delivery)
    if kind == ReplyKind.COMMITMENT:
        raise field_error("kind", _("认捐请填写金额或物资。"), "commitment_needs_gift")
    _open(delivery)
    sign_for_appeal(act.actor, delivery=delivery)
    return act.add(
        Reply(
            response=delivery.response,
            delivery=delivery,
            kind=kind,
            text=text,
            written_by=act.officer,
            happened_at=act.at,
        )
    )


@action("commit_to_appeal", says=_("{officer}认捐:{subject}"))
def commit_to_appeal(
    act: Act,
    *,
    delivery: Delivery,
    donor: Donor,
    kind: str,
    amount: Amount,
    lines: Sequence[GoodsLine] = (),
    recipient: Body | None = None,
    text: str = "",
) -> Reply:
    """Answer with a commitment: it is booked as a pledged gift, which counts once it has arrived.

    A gift of somebody else than the body itself comes via the body. Raises ValidationError.
    """
    act.require(Right.ANSWER_NOTICE, delivery)
    _open(delivery)
    sign_for_appeal(act.actor, delivery=delivery)
    own = donor.body is not None and donor.body.pk == delivery.body_id
    donation = pledge_donation(
        act.actor,
        response=delivery.response,
        donor=donor,
        kind=kind,
        amount=amount,
        lines=lines,
        recipient=recipient,
        via=None if own else delivery.body,
        area=delivery.body.area,
    )
    return act.add(
        Reply(
            response=delivery.response,
            delivery=delivery,
            kind=ReplyKind.COMMITMENT,
            text=text,
            donation_id=donation.root_id,
            written_by=act.officer,
            happened_at=act.at,
        )
    )


@action("close_appeal", says=_("{officer}结束了倡议《{subject}》"))
def close_appeal(act: Act, *, appeal: Appeal) -> Appeal:
    """No more answers are awaited."""
    act.require(Right.DRAFT_NOTICE, appeal)
    return act.change(_in_state(appeal, AppealState.SENT), state=AppealState.CLOSED, closed_at=act.at)


def _deliver(act: Act, appeal: Appeal, to: Iterable[Body], at: datetime | None) -> list[Delivery]:
    act.require(Right.DRAFT_NOTICE, appeal)
    appeal = _in_state(appeal, AppealState.APPROVED, AppealState.SENT)
    bodies = {(body.merged_into or body).pk: body.merged_into or body for body in to}
    bodies.pop(appeal.body_id, None)
    if not bodies:
        raise field_error("to", _("请选择要发送的单位。"), "required")
    known = set(Delivery.objects.filter(appeal=appeal).values_list("body_id", flat=True))
    deliveries = act.add_many(
        Delivery(response=appeal.response, appeal=appeal, body=body, written_by=act.officer, happened_at=at)
        for pk, body in bodies.items()
        if pk not in known
    )
    if appeal.state != AppealState.SENT:
        act.change(appeal, state=AppealState.SENT, sent_at=at)
    return deliveries


def _in_state(appeal: Appeal, *states: AppealState) -> Appeal:
    """The appeal as it stands now, locked. Raises Conflict if it is in another state meanwhile."""
    newest = Appeal.objects.select_for_update().select_related("body").get(pk=appeal.pk)
    if newest.state not in states:
        raise Conflict(
            _("这份倡议现在是「%(state)s」,不能这样处理。") % {"state": newest.get_state_display()}
        )
    return newest


def _open(delivery: Delivery) -> None:
    if delivery.appeal.state == AppealState.CLOSED:
        raise Refused(_("这份倡议已经结束,不再接收回复。"), "appeal_closed")


def _without_colon(greeting: str) -> str:
    """Page and paper put the colon behind those who are addressed."""
    return greeting.strip().rstrip(":：")


def _tidy_points(points: Sequence[str]) -> list[str]:
    return [point.strip() for point in points if point.strip()]
