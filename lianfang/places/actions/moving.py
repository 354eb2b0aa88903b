"""Moving within a place: a household to another room, a person to another household, a household in two."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import field_error
from lianfang.book.registers import new_id
from lianfang.book.rights import Right
from lianfang.people.actions.seen import known, taken
from lianfang.people.models import Person
from lianfang.places.actions.households import HEAD, label_of, leave
from lianfang.places.indexing import bucket_of, households_changed
from lianfang.places.models import Building, Household, Resident, Room


@action("move_household", says=_("{officer}登记了移户:{subject}"))
def move_household(act: Act, *, household: Household, room: Room, seen: str = "") -> Household:
    """The household lives in another room of the same place from now on; it stays the same household.

    Raises ValidationError.
    """
    act.require(Right.KEEP_PLACES, household)
    household = taken(household, seen)
    if room.building.place_id != household.place_id:
        raise field_error("room", _("请选择同一场所内的房屋;搬到别处请先注销、再登记。"), "other_place")
    if household.room_id == room.pk:
        raise field_error("room", _("该户就住在这里。"), "nothing_changes")
    before = (household.place_id, bucket_of(household.building_id, household.pk))
    head = household.head.name if household.head else ""
    act.change(household, room=room, building=room.building, label=label_of(room, room.building, head))
    households_changed([household.pk], also=[before])
    return household


@action("move_resident", says=_("{officer}登记了移居:{subject}"))
def move_resident(
    act: Act,
    *,
    resident: Resident,
    to: Household,
    on: date,
    relation: str = "",
    id: UUID | None = None,
    seen: str = "",
) -> Resident:
    """From `on` somebody lives in another household; the day before is the last in the old one.

    Raises ValidationError.
    """
    act.require(Right.KEEP_PLACES, resident)
    act.require(Right.KEEP_PLACES, to)
    if found := known(Resident, id):
        return found
    resident = taken(resident, seen)
    if to.ended_on or to.merged_into_id:
        raise field_error(
            "to", _("「%(label)s」已注销或已并入另一户。") % {"label": to.label}, "household_ended"
        )
    if to.pk == resident.household_id:
        raise field_error("to", _("此人就住在该户。"), "nothing_changes")
    old = resident.household_id
    kind = resident.kind
    person = resident.person
    leave(act, resident, on - timedelta(days=1))
    moved = act.add(
        Resident(
            id=id or new_id(),
            person=person,
            household=to,
            kind=kind,
            relation=relation.strip(),
            valid_from=on,
        )
    )
    households_changed([old, to.pk])
    return moved


@action("split_household", says=_("{officer}登记了分户:{subject}"))
def split_household(
    act: Act,
    *,
    household: Household,
    residents: Sequence[Resident],
    head: Person,
    on: date,
    room: Room | None = None,
    building: Building | None = None,
    id: UUID | None = None,
) -> Household:
    """Some of a household are one of their own from `on`, in the same room, another one, or a group.

    Raises ValidationError when nobody would be left, or the head is not among those who go.
    """
    act.require(Right.KEEP_PLACES, household)
    if found := known(Household, id):
        return found
    household = taken(household)
    going = {resident.pk for resident in residents}
    staying = household.residents.filter(valid_to=None).exclude(pk__in=going)
    if not going or not staying.exists():
        raise field_error("residents", _("请选择分出去的人,原户至少留一人。"), "required")
    if any(resident.household_id != household.pk for resident in residents):
        raise field_error("residents", _("只能从该户分出。"), "other_household")
    if head.pk not in {resident.person_id for resident in residents}:
        raise field_error("head", _("新户的户主应在分出去的人里。"), "head_elsewhere")
    room = room or (None if building else household.room)
    building = room.building if room else (building or household.building)
    if building and building.place_id != household.place_id:
        raise field_error("room", _("这间房屋不在该场所。"), "other_place")
    new = act.add(
        Household(
            id=id or new_id(),
            place=household.place,
            room=room,
            building=building,
            label=label_of(room, building, head.name),
        )
    )
    for resident in residents:
        person, kind = resident.person, resident.kind
        relation = HEAD if person.pk == head.pk else resident.relation
        leave(act, taken(resident), on - timedelta(days=1))
        act.add(
            Resident(id=new_id(), person=person, household=new, kind=kind, relation=relation, valid_from=on)
        )
    act.change(new, head=head)
    households_changed([household.pk, new.pk])
    return new
