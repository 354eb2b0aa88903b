"""Phones and PINs as they are read: within reach, with how far each phone's records stand in the book."""

from dataclasses import dataclass
from datetime import datetime

from django.db.models import Q, QuerySet
from django.utils import timezone

from lianfang.book.rights import Right
from lianfang.field.models import Device, DutyPin, Enrolment, RefusedArrival
from lianfang.people.models import Officer
from lianfang.places.models import Spot, SpotKind

ENROLLED_AT = (SpotKind.GATE, SpotKind.DUTY_POST)


def visible_devices(officer: Officer) -> QuerySet[Device]:
    """The phones of the places on which the officer manages phones."""
    return Device.objects.filter(_within(officer, Right.MANAGE_DEVICES)).select_related(
        "place", "spot", "officer", "chain"
    )


def spots_for_phones(officer: Officer) -> QuerySet[Spot]:
    """Gates and posts at which the officer may enrol a phone."""
    return (
        Spot.objects.filter(_within(officer, Right.MANAGE_DEVICES), kind__in=ENROLLED_AT, ended_on=None)
        .select_related("place")
        .order_by("place__name", "name")
    )


def visible_enrolments(officer: Officer) -> QuerySet[Enrolment]:
    """The codes that the officer made; nobody else's, since whoever has the code has the phone."""
    return Enrolment.objects.filter(officer=officer).select_related("place", "spot", "device")


def visible_pins(officer: Officer) -> QuerySet[DutyPin]:
    """The shift PINs that hold today or later."""
    rows = DutyPin.objects.filter(_within(officer, Right.MANAGE_DEVICES)).select_related("place")
    return rows.filter(Q(valid_to__isnull=True) | Q(valid_to__gte=timezone.localdate()))


def visible_refused(officer: Officer) -> QuerySet[RefusedArrival]:
    """Records that the server did not take and nobody has dealt with. Those that wait are not among them."""
    reach = officer.reach(Right.KEEP_GATE)
    within = reach.rows(areas=["phone__place__area"], bodies=["phone__place__body"], places=["phone__place"])
    rows: QuerySet[RefusedArrival] = RefusedArrival.objects.current()
    return rows.filter(within).exclude(code="waiting").select_related("phone__place", "phone__spot")


@dataclass(frozen=True, slots=True)
class Standing:
    """How far a phone's records are in the book: the last number, the holes, when it was heard last."""

    records: int
    missing: int
    waiting: int
    last_seen_at: datetime | None
    clock_offset_ms: int | None


def standing_of(device: Device) -> Standing:
    chain = getattr(device, "chain", None)
    if chain is None:
        return Standing(0, 0, 0, None, None)
    top = max([chain.next_sequence - 1, *(piece[1] for piece in chain.pieces)])
    there = chain.next_sequence - 1 + sum(piece[1] - piece[0] + 1 for piece in chain.pieces)
    return Standing(there, top - there, chain.waiting, chain.last_seen_at, chain.clock_offset_ms)


def _within(officer: Officer, right: Right) -> Q:
    return officer.reach(right).rows(areas=["place__area"], bodies=["place__body"], places=["place"])
