"""Volunteers themselves: entered, changed, gone; their numbers opened for a purpose."""

from collections.abc import Sequence
from datetime import date

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import Refused, field_error
from lianfang.book.models import ReadEntry
from lianfang.book.rights import Right
from lianfang.people.actions.persons import note_read
from lianfang.people.actions.seen import taken
from lianfang.people.models import Person
from lianfang.volunteers.models import (
    ServiceTime,
    Skill,
    TeamMembership,
    Volunteer,
    VolunteerSignUp,
)


@action("change_volunteer", says=_("{officer}修改了志愿者{subject}"))
def change_volunteer(
    act: Act,
    *,
    volunteer: Volunteer,
    unit: str,
    party_member: bool,
    skills: Sequence[str],
    times: Sequence[str],
    remark: str = "",
) -> Volunteer:
    """Raises ValidationError for an unknown skill or time."""
    act.require(Right.KEEP_VOLUNTEERS, volunteer)
    if set(skills) - set(Skill.values):
        raise field_error("skills", _("没有这项技能,请从列出的技能中选择。"), "unknown_skill")
    if set(times) - set(ServiceTime.values):
        raise field_error("times", _("没有这个时间,请从列出的时间中选择。"), "unknown_time")
    return act.change(
        taken(volunteer),
        unit=unit.strip(),
        party_member=party_member,
        skills=list(skills),
        times=list(times),
        remark=remark.strip(),
    )


@action("end_volunteer", says=_("{officer}登记了志愿者{subject}退出"))
def end_volunteer(act: Act, *, volunteer: Volunteer, on: date, reason: str = "") -> Volunteer:
    """Somebody serves no longer, and leaves the teams; what was served stays. Raises ValidationError."""
    act.require(Right.KEEP_VOLUNTEERS, volunteer)
    now = taken(volunteer)
    if now.ended_on is not None:
        raise Refused(_("此人已经退出。"), "already_left")
    if on < now.joined_on:
        raise field_error("on", _("退出日期不能早于登记日期。"), "period_reversed")
    for line in TeamMembership.objects.filter(volunteer=now, valid_to__isnull=True):
        act.change(line, valid_to=max(on, line.valid_from or on), leaving_reason=reason.strip()[:120])
    return act.change(now, ended_on=on)


@action("read_volunteer", says=_("{officer}查阅了志愿者{subject}"))
def read_volunteer(act: Act, *, volunteer: Volunteer) -> ReadEntry:
    """Somebody looks at a volunteer's page: called before anything is shown, logged with the person."""
    act.require(Right.KEEP_VOLUNTEERS, volunteer)
    return note_read(act, volunteer.person, gettext("志愿者页面"), "")


@action("open_volunteer_phone", says=_("{officer}打开了志愿者{subject}的电话"))
def open_phone(act: Act, *, volunteer: Volunteer, purpose: str) -> str:
    """The number, for a stated purpose; logged with the person. Raises ValidationError."""
    act.require(Right.KEEP_VOLUNTEERS, volunteer)
    if len(purpose.strip()) < 2:
        raise field_error("purpose", _("请写明查看的用途。"), "required")
    clear = volunteer.person.open_phone()
    note_read(act, volunteer.person, gettext("电话"), purpose.strip()[:200])
    act.note(volunteer, opened="phone", purpose=purpose.strip()[:200])
    return clear


def enter(act: Act, person: Person, sign_up: VolunteerSignUp, day: date) -> Volunteer:
    """Within an act that accepts a sign-up: the line of the person, new or opened again."""
    given = {
        "unit": sign_up.unit,
        "party_member": sign_up.party_member,
        "skills": list(sign_up.skills),
        "times": list(sign_up.times),
    }
    known = Volunteer.objects.filter(person=person).first()
    if known is None:
        return act.add(
            Volunteer(person=person, body=sign_up.body, place=sign_up.place, joined_on=day, **given)
        )
    if known.ended_on is None:
        raise Refused(_("此人已是登记的志愿者。"), "already_volunteer")
    return act.change(known, ended_on=None, place=sign_up.place, body=sign_up.body, **given)
