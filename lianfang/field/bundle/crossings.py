"""Who crossed the gates of a place lately, as its phones need it for the quotas: ids and times, no names."""

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from lianfang.field.models import Device
from lianfang.gates.models import Outcome, Passage

LOOKED_BACK = timedelta(days=4)
MOST = 4000


def crossings(device: Device, after: str) -> dict[str, Any]:
    """Rows [first id, household, person, second, direction, counts] that came in after the cursor `after`.

    A passage that was corrected or withdrawn comes again with its newest version, under its first id.
    What the phone sent itself is left out. Raises ValueError for a cursor that is none.
    """
    moment, last = _cursor(after)
    later = Q(received_at__gt=moment)
    if last:
        later |= Q(received_at=moment, pk__gt=last)
    rows = (
        Passage.objects.filter(
            later, gate__place=device.place_id, happened_at__gt=timezone.now() - LOOKED_BACK
        )
        .exclude(device=str(device.pk))
        .exclude(household=None, person=None)
        .order_by("received_at", "pk")
        .values_list(
            "root_id",
            "household_id",
            "person_id",
            "happened_at",
            "direction",
            "outcome",
            "withdrawn",
            "received_at",
            "pk",
        )
    )
    found = list(rows[: MOST + 1])
    more = len(found) > MOST
    found = found[:MOST]
    return {
        "rows": [
            [
                str(root),
                str(household or ""),
                str(person or ""),
                int(happened_at.timestamp()),
                direction,
                outcome == Outcome.ADMITTED and not withdrawn,
            ]
            for root, household, person, happened_at, direction, outcome, withdrawn, *_rest in found
        ],
        "next": f"{found[-1][-2].isoformat()}~{found[-1][-1]}" if found else after,
        "more": more,
    }


def _cursor(after: str) -> tuple[datetime, str]:
    if not after:
        return timezone.now() - LOOKED_BACK - timedelta(days=1), ""
    moment, _tilde, last = after.partition("~")
    found = datetime.fromisoformat(moment)
    if found.tzinfo is None:
        raise ValueError(after)
    return found, last
