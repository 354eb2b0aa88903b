"""Who belongs to a body, in which role, from when to when; and the leading group."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import Refused, field_error
from lianfang.book.registers import new_id
from lianfang.book.rights import Right
from lianfang.people.actions.bodies import file_document, register_body
from lianfang.people.actions.seen import known, taken, tidy
from lianfang.people.models import (
    Body,
    BodyKind,
    DocumentKind,
    Membership,
    MembershipRole,
    Person,
)


@action("admit_member", says=_("{officer}登记了成员{subject}"))
def admit_member(
    act: Act,
    *,
    body: Body,
    member_body: Body | None = None,
    member_person: Person | None = None,
    role: str = MembershipRole.MEMBER,
    valid_from: date | None = None,
    valid_to: date | None = None,
    id: UUID | None = None,
) -> Membership:
    """A body or a person joins a body in a role; unknown dates stay empty. Raises ValidationError."""
    act.require(Right.KEEP_REGISTERS, body)
    if found := known(Membership, id):
        return found
    if member_person:
        act.require(Right.READ_PERSONS, member_person)
    if member_body and member_body.pk == body.pk:
        raise field_error("member_body", _("单位不能是自己的成员。"), "member_of_itself")
    membership = Membership(
        id=id or new_id(),
        body=body,
        member_body=member_body,
        member_person=member_person,
        role=role,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    _not_twice(membership)
    return act.add(membership)


@action("end_membership", says=_("{officer}登记了退出:{subject}"))
def end_membership(act: Act, *, membership: Membership, on: date, seen: str = "") -> Membership:
    """The last day of the membership is `on`. Raises ValidationError, Conflict."""
    act.require(Right.KEEP_REGISTERS, membership)
    return act.change(taken(membership, seen), valid_to=on)


@action("change_role", says=_("{officer}变更了{subject}的职务"))
def change_role(
    act: Act, *, membership: Membership, role: str, on: date | None = None, id: UUID | None = None
) -> Membership:
    """The member has another role from `on`: the old membership ends the day before, a new one begins.

    Without a day the role was entered wrongly and is set right in place. Raises ValidationError.
    """
    act.require(Right.KEEP_REGISTERS, membership)
    if found := known(Membership, id):
        return found
    old = taken(membership)
    if on is None:
        return act.change(old, role=role)
    if old.valid_to and old.valid_to < on:
        raise field_error("on", _("成员关系在这一天之前已经结束。"), "membership_ended")
    if old.valid_from and on <= old.valid_from:
        raise field_error("on", _("变更日期应晚于起始日期。"), "period_reversed")
    new = Membership(
        id=id or new_id(),
        body=old.body,
        member_body=old.member_body,
        member_person=old.member_person,
        role=role,
        valid_from=on,
        valid_to=old.valid_to,
    )
    act.change(old, valid_to=on - timedelta(days=1))
    _not_twice(new)
    return act.add(new)


@action("date_membership", says=_("{officer}更正了{subject}的起止日期"))
def date_membership(
    act: Act, *, membership: Membership, valid_from: date | None, valid_to: date | None, seen: str = ""
) -> Membership:
    """Set the days from and to which a membership holds. Raises ValidationError, Conflict."""
    act.require(Right.KEEP_REGISTERS, membership)
    line = taken(membership, seen)
    changed = act.change(line, valid_from=valid_from, valid_to=valid_to)
    _not_twice(changed)
    return changed


@dataclass(frozen=True, slots=True)
class GroupMember:
    """A person in a leading group, in a role (组长、副组长、成员)."""

    person: Person
    role: str = MembershipRole.MEMBER


@dataclass(frozen=True, slots=True)
class WorkPlan:
    """The paper by which a group works. What is not known stays empty."""

    title: str
    number: str = ""
    dated_on: date | None = None
    text: str = ""


@action("set_up_leading_group", says=_("{officer}登记了领导小组{subject}"))
def set_up_leading_group(
    act: Act,
    *,
    of: Body,
    name: str,
    members: Iterable[GroupMember] = (),
    plan: WorkPlan | None = None,
    set_up_on: date | None = None,
    id: UUID | None = None,
) -> Body:
    """A working group below the body `of`, with its members from `set_up_on` and its work plan.

    The members may be unknown; a group has one leader (组长) at most. Raises ValidationError.
    """
    act.require(Right.KEEP_REGISTERS, of)
    if found := known(Body, id):
        return found
    chosen = list(members)
    if sum(member.role == MembershipRole.GROUP_LEADER for member in chosen) > 1:
        raise field_error("members", _("组长只能有一名。"), "one_group_leader")
    if len({member.person.pk for member in chosen}) < len(chosen):
        raise field_error("members", _("同一人在小组中只能列一次。"), "member_twice")
    group = register_body(
        act.actor, name=tidy(name), kind=BodyKind.WORKING_GROUP, area=of.area, parent=of, id=id
    )
    for member in chosen:
        admit_member(
            act.actor, body=group, member_person=member.person, role=member.role, valid_from=set_up_on
        )
    if plan:
        file_document(
            act.actor,
            body=group,
            kind=DocumentKind.WORK_PLAN,
            title=plan.title,
            number=plan.number,
            dated_on=plan.dated_on,
            text=plan.text,
        )
    act.note(group, set_up_for=of.name)
    return group


def _not_twice(new: Membership) -> None:
    """A member holds a role in a body once at a time. Unknown dates are open."""
    same = Membership.objects.filter(
        body=new.body, member_body=new.member_body, member_person=new.member_person, role=new.role
    ).exclude(pk=new.pk)
    if new.valid_to:
        same = same.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=new.valid_to))
    if new.valid_from:
        same = same.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=new.valid_from))
    if same.exists():
        raise Refused(_("该成员在这段时间已担任这一职务。"), "member_twice")
