"""包保: who is answerable for what, and handing it over."""

from datetime import date, timedelta
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import Conflict, field_error
from lianfang.book.registers import new_id
from lianfang.book.rights import Right
from lianfang.people.actions.seen import known, taken
from lianfang.people.models import Area, Assignment, Body, Person
from lianfang.people.placing import placing


@action("assign", says=_("{officer}登记了包保{subject}"))
def assign(
    act: Act,
    *,
    body: Body,
    person: Person | None = None,
    area: Area | None = None,
    helped_body: Body | None = None,
    place_name: str = "",
    place_id: UUID | None = None,
    duty: str = "",
    valid_from: date | None = None,
    valid_to: date | None = None,
    id: UUID | None = None,
) -> Assignment:
    """A body (and a person of it) becomes answerable for an area, a body or a place.

    A registered place is named by `place_id`, whose name is kept too; another one by its name alone.
    Raises ValidationError when nothing is named, or the body has this duty at that time already.
    """
    for thing in (body, area, helped_body):
        if thing:
            act.require(Right.KEEP_REGISTERS, thing)
    if place_id:
        act.require(Right.KEEP_REGISTERS, placing().scope_of(place_id))
        place_name = placing().name_of(place_id) or place_name
    if found := known(Assignment, id):
        return found
    if person:
        act.require(Right.READ_PERSONS, person)
    if helped_body and helped_body.pk == body.pk:
        raise field_error("helped_body", _("单位不能包保自己。"), "assigned_to_itself")
    assignment = Assignment(
        id=id or new_id(),
        body=body,
        person=person,
        area=area,
        helped_body=helped_body,
        place_name=" ".join(place_name.split()),
        place_id=place_id,
        duty=" ".join(duty.split()),
        valid_from=valid_from,
        valid_to=valid_to,
    )
    if _has_it_already(assignment):
        raise field_error("body", _("该单位在这段时间已承担这项包保。"), "assigned_twice")
    return act.add(assignment)


@action("end_assignment", says=_("{officer}结束了包保{subject}"))
def end_assignment(act: Act, *, assignment: Assignment, on: date, seen: str = "") -> Assignment:
    """The last day of the duty is `on`; nobody takes it over. Raises ValidationError, Conflict."""
    _require(act, assignment)
    return act.change(taken(assignment, seen), valid_to=on)


@action("hand_over", says=_("{officer}登记了包保交接:{subject}"))
def hand_over(
    act: Act,
    *,
    assignment: Assignment,
    on: date,
    to_body: Body,
    to_person: Person | None = None,
    id: UUID | None = None,
    seen: str = "",
) -> Assignment:
    """From `on` another body or person is answerable; the day before is the old one's last.

    Raises Conflict when the duty has been handed over already, ValidationError when `on` lies
    outside the old one's days or nothing would change.
    """
    _require(act, assignment)
    act.require(Right.KEEP_REGISTERS, to_body)
    if found := known(Assignment, id):
        return found
    if to_person:
        act.require(Right.READ_PERSONS, to_person)
    old = taken(assignment, seen)
    if Assignment.objects.filter(taken_over_from=old).exists():
        raise Conflict(_("这项包保刚才已经交接。"))
    if old.valid_from and on <= old.valid_from:
        raise field_error("on", _("交接日期应晚于起始日期。"), "period_reversed")
    if old.valid_to and on > old.valid_to + timedelta(days=1):
        raise field_error("on", _("包保在这一天之前已经结束。"), "assignment_ended")
    if (old.body_id, old.person_id) == (to_body.pk, to_person.pk if to_person else None):
        raise field_error("to_body", _("请选择接手的单位或责任人。"), "nothing_changes")
    end = old.valid_to if old.valid_to and old.valid_to >= on else None
    act.change(old, valid_to=on - timedelta(days=1))
    return act.add(
        Assignment(
            id=id or new_id(),
            body=to_body,
            person=to_person,
            area=old.area,
            helped_body=old.helped_body,
            place_name=old.place_name,
            place_id=old.place_id,
            duty=old.duty,
            valid_from=on,
            valid_to=end,
            taken_over_from=old,
        )
    )


def _require(act: Act, assignment: Assignment) -> None:
    """The officer keeps the registers of the answerable body and of what it answers for."""
    for thing in (assignment.body, assignment.area, assignment.helped_body):
        if thing:
            act.require(Right.KEEP_REGISTERS, thing)
    if assignment.place_id:
        act.require(Right.KEEP_REGISTERS, placing().scope_of(assignment.place_id))


def _has_it_already(new: Assignment) -> bool:
    same = Assignment.objects.filter(
        body=new.body,
        person=new.person,
        area=new.area,
        helped_body=new.helped_body,
        place_name=new.place_name,
        place_id=new.place_id,
    )
    if new.valid_to:
        same = same.filter(Q(valid_from__isnull=True) | Q(valid_from__lte=new.valid_to))
    if new.valid_from:
        same = same.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=new.valid_from))
    return same.exists()
