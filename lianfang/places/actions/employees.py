"""Employees of a site (员工花名册)."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import field_error
from lianfang.book.registers import new_id
from lianfang.book.rights import Right
from lianfang.people.actions.persons import add_person
from lianfang.people.actions.seen import known, taken
from lianfang.people.models import Body, Person
from lianfang.places.indexing import employees_changed
from lianfang.places.models import Employee, Place, Room


@action("register_employee", says=_("{officer}登记了员工{subject}"))
def register_employee(
    act: Act,
    *,
    place: Place,
    employer: Body | None = None,
    name: str = "",
    person: Person | None = None,
    number: str = "",
    department: str = "",
    job: str = "",
    dormitory_room: Room | None = None,
    document_kind: str = "",
    document_number: str = "",
    phone: str = "",
    valid_from: date | None = None,
    id: UUID | None = None,
) -> Employee:
    """Somebody works at the site: a person who is registered already, or a new one.

    Raises ValidationError.
    """
    act.require(Right.KEEP_PLACES, place)
    act.require(Right.KEEP_PERSONS, place)
    if found := known(Employee, id):
        return found
    employer = employer or place.body
    if employer is None:
        raise field_error("employer", _("请选择用工单位。"), "required")
    if person is None:
        person = add_person(
            act,
            name=name,
            area=place.area,
            document_kind=document_kind,
            document_number=document_number,
            phone=phone,
        )
    employee = act.add(
        Employee(
            id=id or new_id(),
            person=person,
            place=place,
            employer=employer,
            number=number.strip(),
            department=department.strip(),
            job=job.strip(),
            dormitory_room=dormitory_room,
            valid_from=valid_from,
        )
    )
    employees_changed(place.pk, [person.pk])
    return employee


@action("change_employee", says=_("{officer}修改了员工{subject}"))
def change_employee(
    act: Act,
    *,
    employee: Employee,
    employer: Body,
    number: str,
    department: str,
    job: str,
    dormitory_room: Room | None,
    seen: str = "",
) -> Employee:
    act.require(Right.KEEP_PLACES, employee)
    employee = act.change(
        taken(employee, seen),
        employer=employer,
        number=number.strip(),
        department=department.strip(),
        job=job.strip(),
        dormitory_room=dormitory_room,
    )
    employees_changed(employee.place_id, [employee.person_id])
    return employee


@action("end_employment", says=_("{officer}登记了离岗:{subject}"))
def end_employment(act: Act, *, employee: Employee, on: date, seen: str = "") -> Employee:
    """The last day at the site is `on`; one that had begun later never was. Passes are revoked."""
    from lianfang.places.actions.passes import revoke_staff_passes

    act.require(Right.KEEP_PLACES, employee)
    employee = taken(employee, seen)
    revoke_staff_passes(act, employee, str(_("已离岗")))
    if employee.valid_from and on < employee.valid_from:
        act.strike(employee)
    else:
        act.change(employee, valid_to=on)
    employees_changed(employee.place_id, [employee.person_id])
    return employee
