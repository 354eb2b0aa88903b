"""What phones on a round send: a mark at a spot. Nothing is refused for what it says or for want of proof."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Annotated, Literal
from uuid import UUID

import msgspec
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act
from lianfang.book.arriving import Arrival, Corrections, Refusal, RowMaker, Sender, record_type
from lianfang.book.models import Response
from lianfang.places.models import Spot
from lianfang.rounds.actions.marks import Disinfected
from lianfang.rounds.models import Mark
from lianfang.rounds.proving import proof_of, screens_of

Count = Annotated[int, msgspec.Meta(ge=0, le=32_000)]
Large = Annotated[int, msgspec.Meta(ge=0, le=2_000_000_000)]


class MarkContent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Something done at a spot. `code` is what was scanned or typed there; a position is in
    hundred-thousandths of a degree; `strength` is mg/L of available chlorine (ethanol: per cent)."""

    spot: UUID
    kind: Literal["disinfection", "patrol", "ventilation", "cleaning", "publicity_check"]
    people: Annotated[str, msgspec.Meta(max_length=120)] = ""
    code: Annotated[str, msgspec.Meta(max_length=200)] = ""
    latitude: Annotated[int, msgspec.Meta(ge=-9_000_000, le=9_000_000)] | None = None
    longitude: Annotated[int, msgspec.Meta(ge=-18_000_000, le=18_000_000)] | None = None
    agent: Literal["", "chlorine", "ethanol", "quats", "peroxide", "other"] = ""
    method: Literal["", "spray", "wipe", "mop", "soak", "fume"] = ""
    target: Literal[
        "",
        "touched",
        "floor_wall",
        "bin",
        "stairwell",
        "lift",
        "vehicle_inside",
        "vehicle_outside",
        "people",
        "street",
        "outdoor_air",
        "room_air",
        "contact_objects",
    ] = ""
    strength: Large | None = None
    contact_minutes: Count | None = None
    area_m2: Large | None = None
    amount_ml: Large | None = None
    minutes: Count | None = None
    found: Annotated[str, msgspec.Meta(max_length=300)] = ""
    persuaded: Count | None = None
    reason: Annotated[str, msgspec.Meta(max_length=200)] = ""
    withdrawn: bool = False


def accept_marks(
    act: Act, response: Response, sender: Sender, arrivals: Sequence[Arrival]
) -> Sequence[Refusal]:
    refusals: list[Refusal] = []
    wanted = {arrival.content.spot for arrival in arrivals}
    spots = {spot.pk: spot for spot in Spot.objects.filter(pk__in=wanted, place=sender.place_id)}
    screens = screens_of(list(spots))
    corrections = Corrections(Mark, arrivals)
    make = RowMaker(Mark, act, response, sender)
    rows = []
    for arrival in arrivals:
        content: MarkContent = arrival.content
        spot = spots.get(content.spot)
        refusal = corrections.refusal_of(arrival)
        if spot is None:
            refusal = Refusal(arrival.id, "other_place", _("点位不属于这部手机所在的场所。"))
        if refusal is not None or spot is None:
            refusals += [refusal] if refusal else []
            continue
        done = Disinfected(
            content.agent, content.method, content.target, content.strength, content.contact_minutes
        )
        values = {
            "spot_id": spot.pk,
            "kind": content.kind,
            "people": content.people or arrival.guard_name,
            "proof": proof_of(content.code, spot, screens, arrival.happened_at).value,
            "latitude": _degrees(content.latitude),
            "longitude": _degrees(content.longitude),
            "agent": content.agent,
            "strength": content.strength,
            "method": content.method,
            "target": content.target,
            "contact_minutes": content.contact_minutes,
            "area_m2": content.area_m2,
            "amount_ml": content.amount_ml,
            "minutes": content.minutes,
            "found": content.found,
            "persuaded": content.persuaded,
            "advice": done.advice if content.agent else [],
        }
        rows.append(make(arrival, corrections.take(arrival), values))
    act.add_rows(Mark, [make.tuple_of(row) for row in rows])
    return refusals


def _degrees(hundred_thousandths: int | None) -> Decimal | None:
    return None if hundred_thousandths is None else Decimal(hundred_thousandths).scaleb(-5)


record_type("mark", title=_("消毒巡查"), model=Mark, content=MarkContent, accept=accept_marks)
