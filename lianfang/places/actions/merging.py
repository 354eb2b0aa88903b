"""Two lines that are one: households, persons who live or work in a place, places.

What belonged to the merged one moves over; its own line stays, with `merged_into`, so that records
which name it lead to the one that is kept. `undo_register_merge` moves back what is still there.
"""

from collections import defaultdict
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any, TypeVar
from uuid import UUID

from django.apps import apps
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import Conflict, Refused, field_error
from lianfang.book.registers import new_id
from lianfang.book.rights import Right
from lianfang.people.actions.seen import taken
from lianfang.people.models import Assignment, Membership, Person, PostHeld
from lianfang.people.namekeys import renew_keys
from lianfang.places.actions.passes import revoke_passes_of
from lianfang.places.indexing import bucket_of, employees_changed, households_changed
from lianfang.places.models import (
    Building,
    Employee,
    EntryPass,
    Household,
    Merge,
    MergedKind,
    Place,
    PlaceState,
    Resident,
    Spot,
    Vehicle,
)

M = TypeVar("M", bound=models.Model)


@action("merge_households", says=_("{officer}合并了住户{subject}"))
def merge_households(act: Act, *, household: Household, into: Household) -> Merge:
    """`household` was `into`, registered twice. Its people, vehicles and measures move over.

    Somebody registered in both stays once. Its household passes are revoked: one household, one quota.
    Raises Refused, Conflict.
    """
    act.require(Right.KEEP_PLACES, household)
    act.require(Right.KEEP_PLACES, into)
    household, into = _both(Household, household, into)
    if household.place_id != into.place_id:
        raise field_error("into", _("只能合并同一场所的住户。"), "other_place")
    if household.ended_on or into.ended_on:
        raise Refused(
            _("「%(label)s」已注销或已并入另一户。") % {"label": household.label}, "household_ended"
        )
    moved: dict[str, Any] = defaultdict(list)
    there = set(into.residents.filter(valid_to=None).values_list("person_id", flat=True))
    for resident in household.residents.select_related("person"):
        if resident.valid_to is None and resident.person_id in there:
            _end(act, resident, moved)
        else:
            _move(act, resident, moved, household=into)
    for vehicle in household.vehicles.all():
        _move(act, vehicle, moved, household=into)
    for measure in household.measures.all():
        _move(act, measure, moved, household=into)
    if into.head_id is None and household.head_id:
        moved["head"] = [str(household.head_id)]
        act.change(into, head=household.head)
    if household.needs and household.needs not in into.needs:
        moved["needs"] = [into.needs]
        act.change(into, needs=";".join(part for part in (into.needs, household.needs) if part)[:200])
    revoke_passes_of(act, household, str(_("并户")))
    act.change(household, merged_into=into)
    households_changed(
        [household.pk, into.pk], also=[(household.place_id, bucket_of(household.building_id, household.pk))]
    )
    return _note(act, MergedKind.HOUSEHOLD, into.place, household, into, moved)


@action("merge_persons", says=_("{officer}合并了重复的人员{subject}"))
def merge_persons(act: Act, *, place: Place, person: Person, into: Person) -> Merge:
    """`person` was `into`, registered twice by those who keep this place.

    Raises Refused where `person` holds posts, assignments or a sign-in: then merge the other way round.
    """
    act.require(Right.KEEP_PERSONS, place)
    person, into = _both(Person, person, into)
    act.require(Right.KEEP_PERSONS, person)
    act.require(Right.KEEP_PERSONS, into)
    _hold_plain(person)
    if person.document_index and into.document_index and person.document_index != into.document_index:
        raise Refused(_("两人的证件号码不同,不是同一人。"), "different_numbers")
    moved: dict[str, Any] = defaultdict(list)
    homes = set(into.residences.filter(valid_to=None).values_list("household_id", flat=True))
    touched = set(homes)
    for residence in person.residences.all():
        touched.add(residence.household_id)
        if residence.valid_to is None and residence.household_id in homes:
            _end(act, residence, moved)
        else:
            _move(act, residence, moved, person=into)
    sites = set(into.employments.filter(valid_to=None).values_list("place_id", flat=True))
    for employment in person.employments.all():
        if employment.valid_to is None and employment.place_id in sites:
            _end(act, employment, moved)
        else:
            _move(act, employment, moved, person=into)
    for entry_pass in person.passes.all():
        _move(act, entry_pass, moved, person=into)
    for household in Household.objects.filter(head=person):
        _move(act, household, moved, head=into)
    act.change(person, merged_into=into)
    _renew_person(person, into, touched)
    return _note(act, MergedKind.PERSON, place, person, into, moved)


@action("merge_places", says=_("{officer}合并了场所{subject}"))
def merge_places(act: Act, *, place: Place, into: Place) -> Merge:
    """`place` was `into`, registered twice. All that stands in it moves over.

    Raises Refused naming buildings, spots and plates of the same name in both: they must be told apart
    or merged first.
    """
    act.require(Right.KEEP_PLACES, place)
    act.require(Right.KEEP_PLACES, into)
    place, into = _both(Place, place, into)
    _hold_distinct(place, into)
    moved: dict[str, Any] = defaultdict(list)
    households = list(Household.objects.filter(place=place))
    employees = list(Employee.objects.filter(place=place))
    for model in (Building, Household, Vehicle, Spot, EntryPass, Employee):
        for line in model._base_manager.filter(place=place):
            _move(act, line, moved, place=into)
    for state in PlaceState.objects.filter(place=place, ends_at=None):
        act.change(state, ends_at=max(act.at, state.begins_at + timedelta(seconds=1)))
        moved["ended_states"].append(str(state.pk))
    act.change(place, merged_into=into)
    households_changed(
        [household.pk for household in households],
        also=[(place.pk, bucket_of(one.building_id, one.pk)) for one in households],
    )
    for where in (place.pk, into.pk):
        employees_changed(where, [employee.person_id for employee in employees])
    return _note(act, MergedKind.PLACE, into, place, into, moved)


@action("undo_register_merge", says=_("{officer}撤销了合并{subject}"))
def undo_register_merge(act: Act, *, merge: Merge) -> Merge:
    """Each is itself again; what moved goes back if it is still where the merge put it.

    Revoked passes stay revoked: a revocation may be on phones already. Raises Conflict.
    """
    act.require(Right.KEEP_PLACES, merge)
    merge = taken(merge)
    if merge.undone_at is not None:
        raise Conflict
    model = _MODELS[merge.kind]
    merged = taken(model._base_manager.get(pk=merge.merged))
    into = taken(model._base_manager.get(pk=merge.into))
    if getattr(into, "merged_into_id", None) is not None:
        raise Refused(
            _("「%(into)s」后来又并入别处,请先撤销那次合并。") % {"into": merge.into_name}, "merged_again"
        )
    act.change(merged, merged_into=None)
    for entry, field in merge.moved.get("lines", []):
        line = _line(entry)
        if line is not None and getattr(line, f"{field}_id") == merge.into:
            act.change(line, **{field: merged})
    for entry, valid_from, valid_to in merge.moved.get("ended", []):
        line = _line(entry)
        if line is not None:
            act.change(line, valid_from=_day(valid_from), valid_to=_day(valid_to))
    for pk in merge.moved.get("ended_states", []):
        state = PlaceState.objects.filter(pk=pk).first()
        if state is not None:
            act.change(state, ends_at=None)
    _give_back(act, merge, merged, into)
    act.change(merge, undone_at=act.at)
    return merge


def _give_back(act: Act, merge: Merge, merged: models.Model, into: models.Model) -> None:
    """The head and the needs that a household got from the merged one; keys and versions anew."""
    if isinstance(merged, Household) and isinstance(into, Household):
        if str(into.head_id) in merge.moved.get("head", []):
            act.change(into, head=None)
        if merge.moved.get("needs"):
            act.change(into, needs=merge.moved["needs"][0])
        households_changed([merged.pk, into.pk])
    elif isinstance(merged, Person) and isinstance(into, Person):
        homes = Resident.objects.filter(person__in=[merged, into]).values_list("household_id", flat=True)
        _renew_person(merged, into, set(homes))
    elif isinstance(merged, Place) and isinstance(into, Place):
        rows = list(Household.objects.filter(place=merged).values_list("pk", "building_id"))
        households_changed(
            [pk for pk, _building in rows], also=[(into.pk, bucket_of(where, pk)) for pk, where in rows]
        )
        staff = list(Employee.objects.filter(place=merged).values_list("person_id", flat=True))
        for where in (merged.pk, into.pk):
            employees_changed(where, staff)


_MODELS: dict[str, type[Any]] = {
    MergedKind.HOUSEHOLD: Household,
    MergedKind.PERSON: Person,
    MergedKind.PLACE: Place,
}


def _both(model: type[M], one: M, other: M) -> tuple[M, M]:
    """Both lines, locked in one order. Raises when they are one, or one of them is merged already."""
    rows = {pk: taken(model(pk=pk)) for pk in sorted({one.pk, other.pk})}
    if len(rows) == 1:
        raise Refused(_("不能与自身合并。"), "merge_into_itself")
    for row in rows.values():
        if getattr(row, "merged_into_id", None) is not None:
            raise Conflict(_("「%(name)s」刚才已被合并。") % {"name": row})
    return rows[one.pk], rows[other.pk]


def _move(act: Act, line: models.Model, moved: dict[str, Any], **to: models.Model) -> None:
    (field,) = to
    moved["lines"].append([f"{line._meta.label_lower}:{line.pk}", field])
    act.change(line, **to)


def _end(act: Act, line: Resident | Employee, moved: dict[str, Any]) -> None:
    """Somebody is registered in both: this line, which stays with the merged one, ended yesterday."""
    yesterday = timezone.localdate(act.at) - timedelta(days=1)
    moved["ended"].append(
        [
            f"{line._meta.label_lower}:{line.pk}",
            line.valid_from and line.valid_from.isoformat(),
            line.valid_to and line.valid_to.isoformat(),
        ]
    )
    begun = min(line.valid_from, yesterday) if line.valid_from else None
    act.change(line, valid_from=begun, valid_to=yesterday)


def _note(
    act: Act, kind: MergedKind, place: Place, merged: models.Model, into: models.Model, moved: dict[str, Any]
) -> Merge:
    return act.add(
        Merge(
            id=new_id(),
            kind=kind,
            place=place,
            merged=merged.pk,
            merged_name=str(merged)[:80],
            into=into.pk,
            into_name=str(into)[:80],
            moved=dict(moved),
        )
    )


def _line(entry: str) -> models.Model | None:
    label, _colon, pk = entry.partition(":")
    found: models.Model | None = apps.get_model(label)._base_manager.filter(pk=pk).first()
    return found


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None


def _renew_person(person: Person, into: Person, households: Iterable[UUID]) -> None:
    renew_keys(person, into)
    households_changed(households)
    for one in (person, into):
        for place in Employee.objects.filter(person=one).values_list("place_id", flat=True).distinct():
            employees_changed(place, [person.pk, into.pk])


def _hold_plain(person: Person) -> None:
    busy = (
        PostHeld.objects.filter(person=person).exists()
        or Assignment.objects.filter(person=person).exists()
        or Membership.objects.filter(member_person=person).exists()
        or hasattr(person, "officer")
    )
    if busy:
        raise Refused(
            _("「%(name)s」有任职、包保或账号,请反过来合并。") % {"name": person.name}, "person_in_use"
        )


def _hold_distinct(place: Place, into: Place) -> None:
    for model, field, word in (
        (Building, "number", _("楼号")),
        (Spot, "name", _("点位")),
        (Vehicle, "plate", _("车牌")),
    ):
        names = model._base_manager.filter(place=into).values_list(field, flat=True)
        both = list(
            model._base_manager.filter(place=place, **{f"{field}__in": names}).values_list(field, flat=True)[
                :5
            ]
        )
        if both:
            raise Refused(
                _("两处有同名的%(word)s:%(names)s。请先改名,或核对是否同一处。")
                % {"word": word, "names": "、".join(map(str, both))},
                "same_names",
            )
