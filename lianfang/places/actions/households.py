"""Households, those who live in them, and their vehicles."""

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import Refused, field_error
from lianfang.book.models import ReadEntry
from lianfang.book.registers import new_id
from lianfang.book.rights import Right
from lianfang.people.actions.persons import add_person, note_read
from lianfang.people.actions.seen import known, taken
from lianfang.people.models import Body, Person
from lianfang.places.addresses import PLATE, plate_of
from lianfang.places.indexing import households_changed
from lianfang.places.models import (
    Building,
    Household,
    Place,
    Resident,
    ResidentKind,
    Room,
    Vehicle,
)

HEAD = "户主"


@action("register_household", says=_("{officer}登记了住户{subject}"))
def register_household(
    act: Act,
    *,
    place: Place,
    room: Room | None = None,
    building: Building | None = None,
    head_name: str = "",
    phone: str = "",
    needs: str = "",
    id: UUID | None = None,
) -> Household:
    """A household in a room, or (in a village) of a group; its head moves in at once if named.

    Raises ValidationError.
    """
    act.require(Right.KEEP_PLACES, place)
    if found := known(Household, id):
        return found
    building = room.building if room else building
    if building and building.place_id != place.pk:
        raise field_error("room", _("这间房屋不在该场所。"), "other_place")
    if room is None and not head_name.strip():
        raise field_error("head_name", _("没有房号时,请填写户主姓名。"), "required")
    household = act.add(
        Household(
            id=id or new_id(),
            place=place,
            room=room,
            building=building,
            label=label_of(room, building, head_name.strip()),
            needs=needs.strip(),
        )
    )
    if head_name.strip():
        head = add_person(act, name=head_name, phone=phone, area=place.area)
        act.add(Resident(id=new_id(), person=head, household=household, relation=HEAD))
        act.change(household, head=head)
    households_changed([household.pk])
    return household


@action("change_household", says=_("{officer}修改了住户{subject}"))
def change_household(
    act: Act, *, household: Household, label: str, head: Person | None, needs: str, seen: str = ""
) -> Household:
    """Another name, head or needs. The head lives in the household. Raises ValidationError, Conflict."""
    act.require(Right.KEEP_PLACES, household)
    household = taken(household, seen)
    if head and not household.residents.filter(person=head, valid_to=None).exists():
        raise field_error("head", _("户主应是该户的居住人员。"), "head_elsewhere")
    household = act.change(household, label=" ".join(label.split()), head=head, needs=needs.strip())
    households_changed([household.pk])
    return household


@action("end_household", says=_("{officer}注销了住户{subject}"))
def end_household(act: Act, *, household: Household, on: date, seen: str = "") -> Household:
    """Nobody of the household lives here any more; its people and vehicles leave with it, measures end."""
    act.require(Right.KEEP_PLACES, household)
    household = taken(household, seen)
    for resident in household.residents.filter(valid_to=None):
        leave(act, resident, on)
    household = taken(household)
    for vehicle in household.vehicles.filter(valid_to=None):
        act.change(vehicle, valid_to=max(on, vehicle.valid_from or on))
    for measure in household.measures.filter(ends_at=None):
        act.change(measure, ends_at=max(act.at, measure.begins_at))
    household = act.change(household, ended_on=on)
    households_changed([household.pk])
    return household


@action("register_resident", says=_("{officer}登记了居住人员{subject}"))
def register_resident(
    act: Act,
    *,
    household: Household,
    name: str = "",
    person: Person | None = None,
    kind: str = ResidentKind.RESIDENT,
    relation: str = "",
    document_kind: str = "",
    document_number: str = "",
    phone: str = "",
    valid_from: date | None = None,
    id: UUID | None = None,
) -> Resident:
    """Somebody lives in the household: a person who is registered already, or a new one.

    Whoever is named as 户主 becomes its head if it has none. Raises ValidationError.
    """
    act.require(Right.KEEP_PLACES, household)
    act.require(Right.KEEP_PERSONS, household)
    if found := known(Resident, id):
        return found
    _hold_standing(household)
    if person is None:
        person = add_person(
            act,
            name=name,
            area=household.place.area,
            document_kind=document_kind,
            document_number=document_number,
            phone=phone,
        )
    resident = act.add(
        Resident(
            id=id or new_id(),
            person=person,
            household=household,
            kind=kind,
            relation=relation.strip(),
            valid_from=valid_from,
        )
    )
    if household.head_id is None and relation.strip() in (HEAD, "本人"):
        act.change(taken(household), head=person)
    households_changed([household.pk])
    return resident


@action("change_resident", says=_("{officer}修改了居住人员{subject}"))
def change_resident(act: Act, *, resident: Resident, kind: str, relation: str, seen: str = "") -> Resident:
    act.require(Right.KEEP_PLACES, resident)
    resident = act.change(taken(resident, seen), kind=kind, relation=relation.strip())
    households_changed([resident.household_id])
    return resident


@action("move_out", says=_("{officer}登记了搬离:{subject}"))
def move_out(act: Act, *, resident: Resident, on: date, seen: str = "") -> Resident:
    """The last day on which somebody lives here is `on`. Raises ValidationError."""
    act.require(Right.KEEP_PLACES, resident)
    resident = taken(resident, seen)
    leave(act, resident, on)
    households_changed([resident.household_id])
    return resident


@action("register_vehicle", says=_("{officer}登记了车辆{subject}"))
def register_vehicle(
    act: Act,
    *,
    place: Place,
    plate: str,
    household: Household | None = None,
    body: Body | None = None,
    kind: str = "",
    id: UUID | None = None,
) -> Vehicle:
    """A vehicle of a household, of a body, or of the place. Raises ValidationError."""
    act.require(Right.KEEP_PLACES, place)
    if found := known(Vehicle, id):
        return found
    if household:
        _hold_standing(household)
        if household.place_id != place.pk:
            raise field_error("household", _("这户不在该场所。"), "other_place")
    plate = plate_of(plate)
    if not PLATE.fullmatch(plate):
        raise field_error("plate", _("车牌号应像「鲁M12345」。"), "plate")
    vehicle = act.add(
        Vehicle(
            id=id or new_id(), place=place, plate=plate, kind=kind.strip(), household=household, body=body
        )
    )
    if household:
        households_changed([household.pk])
    return vehicle


@action("end_vehicle", says=_("{officer}注销了车辆{subject}"))
def end_vehicle(act: Act, *, vehicle: Vehicle, on: date | None = None) -> Vehicle:
    act.require(Right.KEEP_PLACES, vehicle)
    vehicle = act.change(taken(vehicle), valid_to=on or timezone.localdate(act.at))
    if vehicle.household_id:
        households_changed([vehicle.household_id])
    return vehicle


@action("read_household", says=_("{officer}查阅了住户{subject}"))
def read_household(act: Act, *, household: Household) -> list[ReadEntry]:
    """Somebody looks at who lives in a household: a read of each of them, logged before it is shown."""
    act.require(Right.READ_PERSONS, household)
    residents = household.residents.filter(valid_to=None).select_related("person")
    what = str(_("住户页面 %(label)s") % {"label": household.label})
    return [note_read(act, resident.person, what, "") for resident in residents]


@action("call_person", says=_("{officer}查看了{subject}的电话以便联系"))
def call_person(act: Act, *, place: Place, person: Person) -> str:
    """The phone number of somebody in charge of a place, to call at once; a logged read.

    Whoever sees the place may call who answers for it, also a guard. Raises Refused for anybody else,
    SealBroken.
    """
    from lianfang.places.queries.places import in_charge_on

    reads = act.officer.may(Right.READ_BOOK, place.scope())
    act.require(Right.READ_BOOK if reads else Right.KEEP_GATE, place)
    if all(person != one for one, _as in in_charge_on(place, timezone.localdate(act.at))):
        raise Refused(_("此人现在不负责这个场所。"), "not_in_charge")
    number = person.open_phone()
    note_read(act, person, str(_("电话")), str(_("联系场所负责人:%(place)s") % {"place": place.name}))
    act.note(person, opened="phone", place=place.name)
    return number


def label_of(room: Room | None, building: Building | None, head: str) -> str:
    """What a guard reads: 3-2-501; 2组 王某某家. A second household of a room is told by its head."""
    if room:
        shared = Household.objects.filter(room=room, ended_on=None, merged_into=None).exists()
        return f"{room} {head}家" if shared and head else str(room)
    return f"{building} {head}家" if building else f"{head}家"


def leave(act: Act, resident: Resident, on: date) -> None:
    """End a residence on a day; one that had begun later never was. The head's place falls vacant."""
    if resident.valid_from and on < resident.valid_from:
        act.strike(resident)
    else:
        act.change(resident, valid_to=on)
    household = Household.objects.get(pk=resident.household_id)
    if household.head_id == resident.person_id:
        act.change(household, head=None)


def _hold_standing(household: Household) -> None:
    if household.ended_on or household.merged_into_id:
        raise Refused(
            _("「%(label)s」已注销或已并入另一户。") % {"label": household.label}, "household_ended"
        )
