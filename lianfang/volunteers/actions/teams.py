"""Teams: set up, joined, left, dissolved."""

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import Refused, field_error
from lianfang.book.registers import new_id
from lianfang.book.rights import Right
from lianfang.people.actions.seen import taken, tidy
from lianfang.people.models import Body, Person
from lianfang.places.models import Place
from lianfang.volunteers.models import TeamMembership, Volunteer, VolunteerTeam


@action("set_up_team", says=_("{officer}登记了志愿队{subject}"))
def set_up_team(
    act: Act,
    *,
    name: str,
    body: Body,
    place: Place | None = None,
    organiser: Person | None = None,
    of_party_members: bool = False,
    founded_on: date | None = None,
    remark: str = "",
    id: UUID | None = None,
) -> VolunteerTeam:
    """A team of a body. With an `id` that is in the book, that one is returned. Raises ValidationError."""
    act.require(Right.KEEP_VOLUNTEERS, place or body)
    known = VolunteerTeam.objects.filter(pk=id).first() if id else None
    if known:
        return known
    if founded_on and founded_on > timezone.localdate(act.at):
        raise field_error("founded_on", _("成立日期不能晚于今天。"), "date_in_future")
    return act.add(
        VolunteerTeam(
            id=id or new_id(),
            name=tidy(name),
            body=body,
            place=place,
            organiser=organiser,
            of_party_members=of_party_members,
            founded_on=founded_on,
            remark=remark.strip(),
        )
    )


@action("join_team", says=_("{officer}把{subject}编入了志愿队"))
def join_team(
    act: Act,
    *,
    team: VolunteerTeam,
    volunteer: Volunteer,
    on: date | None = None,
    leader: bool = False,
    id: UUID | None = None,
) -> TeamMembership:
    """A volunteer belongs to a team. Into a team of party members come party members only.

    Raises Refused (`team_ended`, `already_left`, `no_party_member`), ValidationError.
    """
    act.require(Right.KEEP_VOLUNTEERS, team)
    known: TeamMembership | None = TeamMembership.objects.filter(pk=id).first() if id else None
    if known:
        return known
    act.require(Right.KEEP_VOLUNTEERS, volunteer)
    if team.ended_on is not None:
        raise Refused(_("这支队伍已经解散。"), "team_ended")
    if volunteer.ended_on is not None:
        raise Refused(_("此人已经退出。"), "already_left")
    if team.of_party_members and not volunteer.party_member:
        raise Refused(_("党员队只编入党员;如登记有误,请先在志愿者页面改正。"), "no_party_member")
    day = on or timezone.localdate(act.at)
    if day > timezone.localdate(act.at):
        raise field_error("on", _("日期不能晚于今天。"), "date_in_future")
    return act.add(
        TeamMembership(id=id or new_id(), team=team, volunteer=volunteer, leader=leader, valid_from=day)
    )


@action("leave_team", says=_("{officer}登记了{subject}退队"))
def leave_team(act: Act, *, membership: TeamMembership, on: date, reason: str = "") -> TeamMembership:
    """The last day in the team is `on`; what was pledged and served stays. Raises ValidationError."""
    act.require(Right.KEEP_VOLUNTEERS, membership.team)
    line = taken(membership)
    if line.valid_to is not None:
        raise Refused(_("此人已经退出。"), "already_left")
    return act.change(line, valid_to=on, leader=False, leaving_reason=reason.strip())


@action("end_team", says=_("{officer}登记了志愿队{subject}解散"))
def end_team(act: Act, *, team: VolunteerTeam, on: date) -> VolunteerTeam:
    """The team is dissolved, and everybody has left it."""
    act.require(Right.KEEP_VOLUNTEERS, team)
    now = taken(team)
    if now.founded_on and on < now.founded_on:
        raise field_error("on", _("解散日期不能早于成立日期。"), "period_reversed")
    for line in TeamMembership.objects.filter(team=now, valid_to__isnull=True):
        act.change(line, valid_to=max(on, line.valid_from or on))
    return act.change(now, ended_on=on)
