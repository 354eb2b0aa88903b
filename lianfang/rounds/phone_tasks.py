"""The rounds on the guards' phone: the stops of the place with their clocks, a mark at each."""

from typing import Any
from uuid import UUID

from django.db.models import Max
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.desk.phone_tasks import phone_task
from lianfang.places.models import Place
from lianfang.rounds.models import Mark, RoundSpot


def stops_of(place: UUID) -> dict[str, Any]:
    """The stops in force at a place with when they were last done, for the phone to keep its own clocks."""
    at = timezone.now()
    found = Place.objects.filter(pk=place).first()
    if found is None:
        return {"stops": []}
    last = {
        (spot, kind): moment
        for spot, kind, moment in Mark.objects.current()
        .filter(spot__place=place, happened_at__lte=at)
        .order_by()
        .values_list("spot", "kind")
        .annotate(last=Max("happened_at"))
    }
    day = timezone.localdate(at)
    stops = RoundSpot.objects.filter(round__place=place, ended_at__isnull=True).select_related(
        "round", "spot"
    )
    rows = []
    for stop in stops.order_by("round__name", "order"):
        planned = stop.round
        if planned.holds_on(day):
            done = last.get((stop.spot_id, planned.kind))
            rows.append(
                {
                    "spot": str(stop.spot_id),
                    "name": stop.spot.name,
                    "code": stop.spot.code,
                    "kind": planned.kind,
                    "round": planned.name,
                    "people": planned.people_needed,
                    "minutes": planned.interval_minutes,
                    "from": f"{planned.hours_from:%H:%M}" if planned.hours_from else "",
                    "to": f"{planned.hours_to:%H:%M}" if planned.hours_to else "",
                    "last": int((done or stop.since).timestamp()),
                    "never": done is None,
                }
            )
    return {"stops": rows}


phone_task(
    "rounds",
    title=_("消毒巡查"),
    module="rounds/field/rounds.js",
    icon="flag",
    order=30,
    record_types=["mark"],
    data=stops_of,
)
