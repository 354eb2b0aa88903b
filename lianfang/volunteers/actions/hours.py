"""Hours served: entered by the leader, taken from attendance and marks, corrected."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.db.models import Sum
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import field_error
from lianfang.book.models import Response
from lianfang.book.registers import new_id
from lianfang.book.rights import Right
from lianfang.places.models import Place
from lianfang.volunteers.models import (
    HoursBasis,
    ServiceHours,
    TeamMembership,
    Volunteer,
    VolunteerTeam,
)
from lianfang.volunteers.proposing import Proposal

DAY = 24 * 60


@action("enter_hours", says=_("{officer}登记了服务时长:{subject}"))
def enter_hours(
    act: Act,
    *,
    response: Response,
    volunteer: Volunteer,
    day: date,
    minutes: int,
    what: str,
    team: VolunteerTeam | None = None,
    place: Place | None = None,
    id: UUID | None = None,
) -> ServiceHours:
    """How long somebody served on a day. The leader of the team may enter it, too.

    Raises ValidationError: `too_many_hours` (over 24 h in a day, with what stands there), `no_hours`,
    `date_in_future`, `not_in_team`.
    """
    _require(act, volunteer, team)
    known: ServiceHours | None = ServiceHours.objects.filter(pk=id).first() if id else None
    if known:
        return known
    if team and not TeamMembership.objects.filter(team=team, volunteer=volunteer).exists():
        raise field_error("volunteer", _("此人不是这支队伍的队员。"), "not_in_team")
    _hold(act, volunteer, day, minutes)
    return act.add(
        _line(
            act,
            response,
            volunteer,
            id=id or new_id(),
            day=day,
            minutes=minutes,
            what=what.strip(),
            team=team,
            place=place,
            basis=HoursBasis.LEADER,
        )
    )


@action("take_hours", says=_("{officer}按记录核定了服务时长:{subject}等"))
def take_hours(act: Act, *, response: Response, proposals: Iterable[Proposal]) -> list[ServiceHours]:
    """Enter what attendance and marks show (`proposing.proposals_at`). What was taken before is passed over.

    Raises ValidationError (`too_many_hours`).
    """
    made = []
    for one in proposals:
        act.require(Right.KEEP_VOLUNTEERS, one.volunteer)
        if ServiceHours.objects.filter(evidence=one.evidence).exists():
            continue
        _hold(act, one.volunteer, one.day, one.minutes)
        line = _line(
            act,
            response,
            one.volunteer,
            day=one.day,
            minutes=one.minutes,
            what=one.what,
            place=one.place,
            basis=one.basis,
            evidence=one.evidence,
        )
        made.append(act.add(line))
    if not made:
        act.anyone()
    return made


@action("correct_hours", says=_("{officer}更正了服务时长:{subject}"))
def correct_hours(act: Act, *, hours: ServiceHours, minutes: int, reason: str) -> ServiceHours:
    """Raises Conflict, ValidationError as `enter_hours`."""
    _require(act, hours.volunteer, hours.team)
    _hold(act, hours.volunteer, hours.day, minutes, instead_of=hours)
    return act.correct(hours, reason, minutes=minutes)


@action("withdraw_hours", says=_("{officer}撤销了服务时长:{subject}"))
def withdraw_hours(act: Act, *, hours: ServiceHours, reason: str) -> ServiceHours:
    _require(act, hours.volunteer, hours.team)
    return act.withdraw(hours, reason)


def leads(officer_person: UUID | None, team: VolunteerTeam) -> bool:
    """Whether a person leads a team now."""
    if officer_person is None:
        return False
    lines = TeamMembership.objects.filter(team=team, leader=True, valid_to__isnull=True)
    return lines.filter(volunteer__person=officer_person).exists()


def _require(act: Act, volunteer: Volunteer, team: VolunteerTeam | None) -> None:
    if team is not None and leads(act.officer.person_id, team):
        act.anyone()
        return
    act.require(Right.KEEP_VOLUNTEERS, volunteer)


def _hold(
    act: Act, volunteer: Volunteer, day: date, minutes: int, *, instead_of: ServiceHours | None = None
) -> None:
    if day > timezone.localdate(act.at):
        raise field_error("day", _("服务日期不能晚于今天。"), "date_in_future")
    if minutes <= 0:
        raise field_error("minutes", _("服务时长应大于 0。"), "no_hours")
    others = ServiceHours.objects.current().filter(volunteer=volunteer, day=day)
    if instead_of is not None:
        others = others.exclude(root=instead_of.root_id)
    before = others.aggregate(total=Sum("minutes"))["total"] or 0
    if before + minutes > DAY:
        raise field_error(
            "minutes",
            _("一天不能超过24小时:%(day)s 已记 %(before)d 分钟。") % {"day": day, "before": before},
            "too_many_hours",
        )


def _line(act: Act, response: Response, volunteer: Volunteer, **values: object) -> ServiceHours:
    return ServiceHours(
        response=response,
        volunteer=volunteer,
        happened_at=None,
        written_at=act.at,
        written_by=act.officer,
        **values,
    )
