"""Measures under which a household is kept: begun and released, never public."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import Refused, field_error
from lianfang.book.registers import new_id
from lianfang.book.rights import Right
from lianfang.people.actions.seen import known, taken
from lianfang.places.models import Household, HouseholdMeasure


@action("begin_measure", says=_("{officer}登记了措施:{subject}"))
def begin_measure(
    act: Act,
    *,
    household: Household,
    kind: str,
    begins_at: datetime,
    ends_at: datetime | None = None,
    reason: str = "",
    void_passes: bool = False,
    id: UUID | None = None,
) -> HouseholdMeasure:
    """A household is under a measure from a moment on, until it is released or until `ends_at`.

    `void_passes`: where the rules say so (a returnee joins), its household passes become void at once.
    Raises ValidationError when the same measure holds at that time already.
    """
    from lianfang.places.actions.passes import revoke_passes_of

    act.require(Right.KEEP_PLACES, household)
    if found := known(HouseholdMeasure, id):
        return found
    if household.ended_on or household.merged_into_id:
        raise Refused(
            _("「%(label)s」已注销或已并入另一户。") % {"label": household.label}, "household_ended"
        )
    if ends_at and ends_at <= begins_at:
        raise field_error("ends_at", _("解除时间应晚于起始时间。"), "period_reversed")
    same = HouseholdMeasure.objects.filter(Q(ends_at=None) | Q(ends_at__gt=begins_at), household=household)
    if ends_at:
        same = same.filter(begins_at__lt=ends_at)
    if same.filter(kind=kind).exists():
        raise field_error("kind", _("该户这段时间已有这项措施。"), "measure_overlaps")
    measure = act.add(
        HouseholdMeasure(
            id=id or new_id(),
            household=household,
            kind=kind,
            begins_at=begins_at,
            ends_at=ends_at,
            reason=reason.strip(),
        )
    )
    if void_passes:
        revoke_passes_of(act, household, str(measure.get_kind_display()))
    return measure


@action("release_measure", says=_("{officer}解除了措施:{subject}"))
def release_measure(act: Act, *, measure: HouseholdMeasure, at: datetime) -> HouseholdMeasure:
    """The measure ends; from then on no guard sees it. Raises ValidationError."""
    act.require(Right.KEEP_PLACES, measure)
    measure = taken(measure)
    if at <= measure.begins_at:
        raise field_error("at", _("解除时间应晚于起始时间。"), "period_reversed")
    return act.change(measure, ends_at=at)
