"""Sending volunteers where hands are needed."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import Refused, field_error
from lianfang.book.models import Response
from lianfang.book.registers import new_id
from lianfang.book.rights import Right
from lianfang.duty.actions import enter_member
from lianfang.duty.queries import turns_at
from lianfang.places.models import Place
from lianfang.volunteers.models import PostingKind, ServicePosting, Volunteer
from lianfang.volunteers.queries import may_lead


@action("post_volunteer", says=_("{officer}派岗:{subject}"))
def post_volunteer(
    act: Act,
    *,
    response: Response,
    volunteer: Volunteer,
    place: Place,
    kind: str,
    what: str,
    begins_at: datetime,
    ends_at: datetime | None = None,
    target: str = "",
    id: UUID | None = None,
) -> ServicePosting:
    """A volunteer is sent to a place. Onto its list for rosters (`roster`): from then on the next roster
    offers the name; for a shift, a round or another task: from a moment to a moment.

    Raises Refused (`already_left`, `posted_elsewhere`, `leaders_only`), ValidationError.
    """
    act.require(Right.KEEP_VOLUNTEERS, volunteer)
    act.require(Right.KEEP_VOLUNTEERS, place)
    known: ServicePosting | None = ServicePosting.objects.filter(pk=id).first() if id else None
    if known:
        return known
    if volunteer.ended_on is not None:
        raise Refused(_("此人已经退出。"), "already_left")
    if kind == PostingKind.ROSTER:
        ends_at = None
        enter_member(
            act.actor,
            place=place,
            person=volunteer.person,
            body=volunteer.body,
            unit="志愿者",
            skills=[],
        )
    else:
        _hold_span(begins_at, ends_at)
        if kind == PostingKind.SHIFT and ends_at is not None:
            _hold_no_leader(volunteer, place, target, begins_at, ends_at)
        _hold_free(volunteer, begins_at, ends_at)
    return act.add(
        ServicePosting(
            id=id or new_id(),
            response=response,
            volunteer=volunteer,
            place=place,
            kind=kind,
            what=what.strip(),
            target=target,
            begins_at=begins_at,
            ends_at=ends_at,
            happened_at=act.at,
            written_at=act.at,
            written_by=act.officer,
        )
    )


@action("cancel_posting", says=_("{officer}取消了派岗:{subject}"))
def cancel_posting(act: Act, *, posting: ServicePosting, reason: str) -> ServicePosting:
    """Somebody is not sent after all. Raises Conflict, ValidationError without a reason."""
    act.require(Right.KEEP_VOLUNTEERS, posting)
    return act.withdraw(posting, reason)


def _hold_span(begins_at: datetime, ends_at: datetime | None) -> None:
    if ends_at is None:
        raise field_error("ends_at", _("请写明到什么时候。"), "required")
    if ends_at <= begins_at:
        raise field_error("ends_at", _("截止时间应晚于起始时间。"), "period_reversed")
    if (ends_at - begins_at).total_seconds() > 24 * 3600:
        raise field_error("ends_at", _("一次派岗不能超过24小时,请分几次派。"), "shift_too_long")


def _hold_no_leader(
    volunteer: Volunteer, place: Place, target: str, begins_at: datetime, ends_at: datetime
) -> None:
    leads = any(turn.leads and turn.duty == target for turn in turns_at(place, begins_at, ends_at))
    if leads and not may_lead(volunteer, place):
        raise Refused(_("带班领导的班次只由带班领导值守,请选择其他班次。"), "leaders_only")


def _hold_free(volunteer: Volunteer, begins_at: datetime, ends_at: datetime | None) -> None:
    busy = (
        ServicePosting.objects.current()
        .filter(Q(ends_at__gt=begins_at), volunteer=volunteer, begins_at__lt=ends_at)
        .select_related("place")
        .first()
    )
    if busy is not None:
        raise Refused(
            _("此人这段时间已派往%(place)s(%(what)s)。") % {"place": busy.place.name, "what": busy.what},
            "posted_elsewhere",
        )
