"""What must hold in the registers of places: walked by `lianfang check`."""

from collections.abc import Iterator
from typing import Any
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from lianfang.book.soundness import Finding, walk
from lianfang.people.models import Assignment, Grant, Person
from lianfang.places.models import (
    AddressKey,
    Employee,
    EntryPass,
    Household,
    HouseholdMeasure,
    Place,
    PlaceState,
    Resident,
    Room,
    Spot,
    Vehicle,
)


@walk("households")
def households() -> Iterator[Finding]:
    """A household stands in one place with its room; its head lives in it; merges end somewhere."""
    kept = Household.objects.filter(merged_into=None)
    wrong = kept.exclude(room=None).exclude(building=F("room__building"))
    yield from _found("households", wrong, _("楼栋与房屋不符"))
    elsewhere = Household.objects.exclude(building=None).exclude(place=F("building__place"))
    yield from _found("households", elsewhere, _("房屋不在该户所在的场所"))
    heads = dict(kept.filter(ended_on=None).exclude(head=None).values_list("pk", "head"))
    living = set(
        Resident.objects.filter(household__in=kept)
        .exclude(valid_to__lt=timezone.localdate())
        .values_list("household_id", "person_id")
    )
    for household, head in heads.items():
        if (household, head) not in living:
            yield Finding("households", f"places.household:{household}", _("户主不在该户居住"))
    yield from _rings("households", Household)
    yield from _rings("merged_places", Place)
    yield from _rings("merged_persons", Person)


@walk("place_states")
def place_states() -> Iterator[Finding]:
    """A place is in one state at a time, and a measure of one kind holds once at a time."""
    for model, same in ((PlaceState, ["place_id"]), (HouseholdMeasure, ["household_id", "kind"])):
        last: dict[tuple[Any, ...], Any] = {}
        for line in model._base_manager.order_by(*same, "begins_at", "pk").iterator(chunk_size=2000):
            key = tuple(getattr(line, name) for name in same)
            before = last.get(key)
            if before is not None and (before.ends_at is None or before.ends_at > line.begins_at):
                yield Finding("place_states", f"{model._meta.label_lower}:{line.pk}", _("与前一段时间重叠"))
            if line.ends_at is not None and line.ends_at <= line.begins_at:
                yield Finding("place_states", f"{model._meta.label_lower}:{line.pk}", _("结束早于开始"))
            last[key] = line


@walk("place_references")
def place_references() -> Iterator[Finding]:
    """What stands in a place refers to what stands in the same place; ids of places are known."""
    pairs: list[tuple[QuerySet[Any], str]] = [
        (Room.objects.exclude(stairwell=None).exclude(building=F("stairwell__building")), _("单元不在该楼")),
        (Spot.objects.exclude(building=None).exclude(place=F("building__place")), _("点位的楼栋不在该场所")),
        (
            Vehicle.objects.exclude(household=None).exclude(place=F("household__place")),
            _("车辆与住户不在同一场所"),
        ),
        (
            Employee.objects.exclude(dormitory_room=None).exclude(place=F("dormitory_room__building__place")),
            _("宿舍不在该厂区"),
        ),
    ]
    for rows, message in pairs:
        yield from _found("place_references", rows, message)
    known = set(Place.objects.values_list("pk", flat=True))
    for model in (Grant, Assignment):
        for pk, place in model._base_manager.exclude(place_id=None).values_list("pk", "place_id"):
            if place not in known:
                yield Finding("place_references", f"{model._meta.label_lower}:{pk}", _("所指的场所没有登记"))


@walk("residents_once")
def residents_once() -> Iterator[Finding]:
    """Nobody lives in two households of one place at a time."""
    today = timezone.localdate()
    twice = (
        Resident.objects.on(today)
        .filter(household__merged_into=None)
        .order_by()
        .values("person", "household__place")
        .annotate(homes=Count("household", distinct=True))
        .filter(homes__gt=1)
    )
    for row in twice:
        yield Finding("residents_once", f"people.person:{row['person']}", _("同时登记在同一场所的两户"))


@walk("entry_passes")
def entry_passes() -> Iterator[Finding]:
    """A pass names one holder of its kind, has its dates in order, and its code once in its place."""
    holders = {"household": "household", "person": "person", "vehicle": "vehicle", "staff": "person"}
    for kind, holder in holders.items():
        nobody = EntryPass.objects.filter(Q(**{f"{holder}__isnull": True}), kind=kind)
        yield from _found("entry_passes", nobody, _("没有持证的户、人或车辆"))
    yield from _found(
        "entry_passes", EntryPass.objects.filter(valid_to__lte=F("valid_from")), _("有效期颠倒")
    )
    yield from _found("entry_passes", EntryPass.objects.filter(token=""), _("没有签名"))


@walk("address_keys")
def address_keys() -> Iterator[Finding]:
    """Every household that stands, and nobody else, is found by its room and its people's names."""
    today = timezone.localdate()
    standing = Household.objects.filter(ended_on=None, merged_into=None)
    keyed = set(
        AddressKey.objects.exclude(household_id=None)
        .order_by()
        .values_list("household_id", flat=True)
        .distinct()
    )
    for pk in standing.exclude(building=None).values_list("pk", flat=True).iterator(chunk_size=2000):
        if pk not in keyed:
            yield Finding("address_keys", f"places.household:{pk}", _("按房号找不到该户"))
    for gone in keyed - set(standing.values_list("pk", flat=True)):
        yield Finding("address_keys", f"places.household:{gone}", _("已注销的住户还能被找到"))
    named = set(
        AddressKey.objects.exclude(person_id=None).order_by().values_list("person_id", flat=True).distinct()
    )
    living = Resident.objects.on(today).filter(household__in=standing).order_by()
    for pk in living.values_list("person_id", flat=True).distinct().iterator(chunk_size=2000):
        if pk not in named:
            yield Finding("address_keys", f"people.person:{pk}", _("按姓名找不到此人"))


def _found(code: str, rows: QuerySet[Any], message: str) -> Iterator[Finding]:
    for pk in rows.order_by().values_list("pk", flat=True):
        yield Finding(code, f"{rows.model._meta.label_lower}:{pk}", message)


def _rings(code: str, model: type[Any]) -> Iterator[Finding]:
    into: dict[UUID, UUID | None] = dict(
        model._base_manager.filter(merged_into__isnull=False).values_list("pk", "merged_into_id")
    )
    for start in into:
        seen, step = {start}, start
        while (target := into.get(step)) is not None:
            if target in seen:
                yield Finding(code, f"{model._meta.label_lower}:{start}", _("合并绕成了圈"))
                break
            seen.add(target)
            step = target
