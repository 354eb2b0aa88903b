"""What waits here for an officer."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.desk.today import Item, Urgency, todays_work
from lianfang.people.models import Officer
from lianfang.places import queries
from lianfang.places.models import PlaceKind


@todays_work
def places_without_guard(officer: Officer, _response: Response) -> Iterable[Item]:
    """Unmanaged compounds for which nobody is answerable."""
    if officer.may(Right.KEEP_REGISTERS):
        unmanaged = list(
            queries.visible_places(officer, Right.KEEP_REGISTERS).filter(
                kind=PlaceKind.COMPOUND, unmanaged=True
            )
        )
        guarded = queries.guards_of(unmanaged, timezone.localdate())
        count = sum(place.pk not in guarded for place in unmanaged)
        yield Item(_("三无小区还没有包保单位"), count, f"{reverse('places')}?unmanaged=True")


@todays_work
def passes_running_out(officer: Officer, _response: Response) -> Iterable[Item]:
    """Households whose pass ends within two days and who have no other."""
    if officer.may(Right.ISSUE_PASSES):
        ending = queries.passes_in_state(queries.visible_passes(officer, Right.ISSUE_PASSES), "ending")
        yield Item(_("两天内到期的出入证"), ending.count(), f"{reverse('passes')}?state=ending", Urgency.DUE)


@todays_work
def measures_over_their_day(officer: Officer, _response: Response) -> Iterable[Item]:
    """Measures without an end for longer than fourteen days: their release waits for a decision."""
    if officer.may(Right.READ_PERSONS) and officer.may(Right.KEEP_PLACES):
        households = queries.households_in_state(
            queries.visible_households(officer, Right.KEEP_PLACES), "measure_due"
        )
        yield Item(
            _("管控措施已满 14 天,待决定是否解除"),
            households.count(),
            f"{reverse('households')}?state=measure_due",
            Urgency.DUE,
        )
