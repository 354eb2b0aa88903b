"""Posts, people and their wishes."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import field_error
from lianfang.book.rights import Right
from lianfang.duty.models import DutyMember, DutyPost, DutyWish, PublishedRoster
from lianfang.people.models import Body, Person
from lianfang.places.models import Place, Spot

# The limits of a member that pages offer, by the names of the engine.
LIMITS = ("most_duties", "most_nights", "most_weekends", "most_minutes")
WISHED_AHEAD = timedelta(days=92)


@action("keep_duty_post", says=_("{officer}登记了值班岗位{subject}"))
def keep_post(
    act: Act, *, place: Place, name: str, spot: Spot | None = None, for_leaders: bool = False
) -> DutyPost:
    """A post of a place. Raises ValidationError where its spot is another place's."""
    act.require(Right.PLAN_DUTY, place)
    if spot is not None and spot.place_id != place.pk:
        raise field_error("spot", _("这是另一个场所的点位。"), "other_place")
    return act.add(DutyPost(place=place, name=name.strip(), spot=spot, for_leaders=for_leaders))


@action("end_duty_post", says=_("{officer}停用了值班岗位{subject}"))
def end_post(act: Act, *, post: DutyPost) -> DutyPost:
    act.require(Right.PLAN_DUTY, post)
    return act.change(post, ended_on=timezone.localdate(act.at))


@action("enter_member", says=_("{officer}把{subject}列入了值班名单"))
def enter_member(
    act: Act, *, place: Place, person: Person, body: Body, unit: str = "", skills: Sequence[str] = ()
) -> DutyMember:
    """Somebody of the register of persons is on the list of a place from now on: the next roster offers the
    name. One who is on the list already is returned. Raises ValidationError."""
    act.require(Right.PLAN_DUTY, place)
    rows = DutyMember.objects.filter(place=place, ended_on__isnull=True)
    found = (
        rows.filter(person=person).first()
        or rows.filter(name=person.name, unit=unit, person__isnull=True).first()
    )
    if found is not None:
        return act.change(found, person=person)
    return act.add(
        DutyMember(place=place, name=person.name, person=person, body=body, unit=unit, skills=list(skills))
    )


@action("change_member", says=_("{officer}更新了值班人员{subject}"))
def change_member(act: Act, /, *, member: DutyMember, **values: Any) -> DutyMember:
    """Change what is known of somebody on the roster. Raises ValidationError for limits of unknown names."""
    act.require(Right.PLAN_DUTY, member)
    limits = values.get("limits", {})
    if any(name not in LIMITS or not isinstance(value, int) or value < 0 for name, value in limits.items()):
        raise field_error("limits", _("个人上限应为不小于 0 的整数。"), "limit_invalid")
    return act.change(member, **values)


@action("end_member", says=_("{officer}从值班名单中去掉了{subject}"))
def end_member(act: Act, *, member: DutyMember) -> DutyMember:
    """Somebody is no longer on the roster from now on; what has been published stays."""
    act.require(Right.PLAN_DUTY, member)
    return act.change(member, ended_on=timezone.localdate(act.at))


@action("link_member", says=_("{officer}把值班人员{subject}对应到人员名册"))
def link_member(act: Act, *, member: DutyMember, person: Person | None) -> DutyMember:
    act.require(Right.PLAN_DUTY, member)
    return act.change(member, person=person)


@action("renew_calendar", says=_("{officer}更换了{subject}的日历地址"))
def renew_calendar(act: Act, *, member: DutyMember) -> DutyMember:
    """The old address of the calendar no longer works."""
    if member.person_id is None or member.person_id != act.officer.person_id:
        act.require(Right.PLAN_DUTY, member)
    act.anyone()
    return act.change(member, calendar_serial=member.calendar_serial + 1)


@action("wish", says=_("{officer}登记了{subject}的值班意愿"))
def wish(act: Act, *, member: DutyMember, day: date, on: bool = False) -> DutyWish:
    """A day on which somebody would like to be on duty or off: said by himself, or written down by who plans.

    Raises ValidationError for a day that is over, too far ahead, or already published.
    """
    _own_or_planned(act, member)
    today = timezone.localdate(act.at)
    if day < today:
        raise field_error("day", _("这一天已经过去。"), "day_past")
    if day > today + WISHED_AHEAD:
        raise field_error("day", _("最多登记 92 天以内的意愿。"), "day_too_far")
    if _is_published(member, day):
        raise field_error("day", _("这一天的值班表已经发布,请用“换班”或请假。"), "already_published")
    found = DutyWish.objects.filter(member=member, day=day).first()
    if found:
        return act.change(found, on=on)
    return act.add(DutyWish(member=member, day=day, on=on))


@action("withdraw_wish", says=_("{officer}取消了值班意愿{subject}"))
def withdraw_wish(act: Act, *, wish: DutyWish) -> None:
    _own_or_planned(act, wish.member)
    act.strike(wish)


def _own_or_planned(act: Act, member: DutyMember) -> None:
    if act.officer.person_id is not None and act.officer.person_id == member.person_id:
        act.anyone()
        return
    act.require(Right.PLAN_DUTY, member)


def _is_published(member: DutyMember, day: date) -> bool:
    rows = PublishedRoster.objects.current().filter(roster__place=member.place_id, roster__first_day__lte=day)
    return any(
        str(member.pk) in version.roster.members
        and day < version.roster.first_day + timedelta(days=version.roster.days)
        for version in rows.filter(roster__first_day__gt=day - timedelta(days=93)).select_related("roster")
    )
