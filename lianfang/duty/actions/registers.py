"""Posts, people and their wishes."""

from datetime import date
from typing import Any

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import field_error
from lianfang.book.rights import Right
from lianfang.duty.models import DutyMember, DutyPost, DutyWish
from lianfang.people.models import Person
from lianfang.places.models import Place, Spot

# The limits of a member that pages offer, by the names of the engine.
LIMITS = ("most_duties", "most_nights", "most_weekends", "most_minutes")


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
    act.require(Right.PLAN_DUTY, member)
    found = DutyWish.objects.filter(member=member, day=day).first()
    if found:
        return act.change(found, on=on)
    return act.add(DutyWish(member=member, day=day, on=on))
