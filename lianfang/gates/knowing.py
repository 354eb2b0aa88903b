"""Who it is that stands on a row: by ID number, by room and name, by name alone where there is one of it."""

from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from lianfang.book import sealing
from lianfang.gates.handwriting import plain
from lianfang.people.models import Person
from lianfang.places.addresses import segments
from lianfang.places.models import (
    AddressKey,
    AddressKeyKind,
    Employee,
    EntryPass,
    Household,
    Place,
    Resident,
    Vehicle,
)
from lianfang.places.queries import find


def household_at(place: Place, address: str) -> Household | None:
    """The household of a room as people write it: 3-2-501, 3号楼2单元501室; in a village by its name."""
    text = plain(address)
    if not text:
        return None
    rows = Household.objects.filter(place=place, ended_on=None, merged_into=None)
    numbers = "-".join(segments(text))
    by_room = AddressKey.objects.filter(place=place, kind=AddressKeyKind.ROOM, key=numbers)
    named = Q(label=text)
    if numbers:
        named |= Q(label=numbers) | Q(pk__in=by_room.values("household_id"))
    found = list(rows.filter(named)[:2])
    return found[0] if len(found) == 1 else None


def person_at(
    place: Place, *, name: str, household: Household | None = None, document_number: str = ""
) -> Person | None:
    """The person of the registers that is meant, or None for somebody who is not in them.

    Raises ValidationError at `name` when several of that name live or work here and nothing tells which.
    """
    if document_number:
        index = sealing.blind_index("".join(document_number.split()).upper(), "document")
        if found := Person.objects.filter(document_index=index).first():
            return found
    name = plain(name)
    if not name:
        return None
    today = timezone.localdate()
    residents = Resident.objects.on(today).filter(person__name=name, household__place=place)
    if household:
        residents = residents.filter(household=household)
    ids = set(residents.values_list("person_id", flat=True)[:5])
    if not ids and household is None:
        employees = Employee.objects.on(today).filter(place=place, person__name=name)
        ids = set(employees.values_list("person_id", flat=True)[:5])
    if len(ids) > 1:
        message = ngettext(
            "这里有 %(count)d 位“%(name)s”,请写明楼栋房号或身份证号。",
            "这里有 %(count)d 位“%(name)s”,请写明楼栋房号或身份证号。",
            len(ids),
        )
        raise ValidationError(
            {"name": ValidationError(message % {"count": len(ids), "name": name}, code="namesakes")}
        )
    return Person.objects.get(pk=ids.pop()) if ids else None


def household_of(place: Place, person: Person) -> Household | None:
    """The household in which somebody lives here today."""
    line = Resident.objects.on(timezone.localdate()).filter(person=person, household__place=place)
    found = line.select_related("household").first()
    return found.household if found else None


def pass_with(place: Place, number: str) -> EntryPass | None:
    """The pass of a number, revoked or not. Raises ValidationError at `pass_number` for an unknown one."""
    number = plain(number)
    if not number:
        return None
    found = EntryPass.objects.filter(number=number).first()
    if found is None or found.place_id != place.pk:
        raise ValidationError(
            {"pass_number": ValidationError(_("本场所没有签发过这个编号的出入证。"), code="unknown_pass")}
        )
    return found


def vehicle_with(place: Place, plate: str) -> Vehicle | None:
    return Vehicle.objects.on(timezone.localdate()).filter(place=place, plate=plate).first()


@dataclass(frozen=True, slots=True)
class Known:
    """Somebody of the place, offered while one types."""

    person: UUID
    name: str
    room: str


def people_like(place: Place, typed: str, most: int) -> list[Known]:
    """Who lives or works here and fits what is typed: a name, pinyin, initials, a room, last four digits.

    A room offers all who live in it.
    """
    found: dict[UUID, Known] = {}
    rooms: dict[UUID, str] = {}
    for one in find(place, plain(typed), limit=most):
        if one.person:
            found[one.person.pk] = Known(one.person.pk, one.person.name, one.label)
        elif one.household:
            rooms[one.household.pk] = one.label
    lines = Resident.objects.on(timezone.localdate()).filter(household__in=rooms)
    for person, name, household in lines.order_by("household__label", "created_at").values_list(
        "person_id", "person__name", "household_id"
    ):
        found.setdefault(person, Known(person, name, rooms[household]))
    return list(found.values())[:most]
