"""Spots: what stands in a place and has a printed code."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import field_error
from lianfang.book.registers import new_id
from lianfang.book.rights import Right
from lianfang.people.actions.seen import known, taken, tidy
from lianfang.places.models import Building, Lane, Place, Spot, SpotKind, Stairwell, Way, new_spot_code


@action("register_spot", says=_("{officer}登记了点位{subject}"))
def register_spot(
    act: Act,
    *,
    place: Place,
    kind: str,
    name: str,
    building: Building | None = None,
    stairwell: Stairwell | None = None,
    floor: int | None = None,
    lane: str = "",
    way: str = "",
    id: UUID | None = None,
) -> Spot:
    """A gate or another spot, with a code of its own. Raises ValidationError."""
    act.require(Right.KEEP_PLACES, place)
    if found := known(Spot, id):
        return found
    if building and building.place_id != place.pk:
        raise field_error("building", _("这栋楼不在该场所。"), "other_place")
    gate = kind == SpotKind.GATE
    return act.add(
        Spot(
            id=id or new_id(),
            place=place,
            kind=kind,
            name=tidy(name),
            building=stairwell.building if stairwell else building,
            stairwell=stairwell,
            floor=floor,
            lane=(lane or Lane.BOTH) if gate else "",
            way=(way or Way.BOTH) if gate else "",
        )
    )


@action("register_stairwell_spots", says=_("{officer}为各单元建立了点位{subject}等"))
def register_stairwell_spots(act: Act, *, place: Place, kind: str = SpotKind.STAIRWELL) -> list[Spot]:
    """One spot of this kind for each stairwell that has none. Doing it twice adds nothing."""
    act.require(Right.KEEP_PLACES, place)
    has = set(Spot.objects.filter(place=place, kind=kind).values_list("stairwell_id", flat=True))
    taken_names = set(Spot.objects.filter(place=place).values_list("name", flat=True))
    spots = []
    for stairwell in Stairwell.objects.filter(building__place=place).select_related("building"):
        name = f"{stairwell} {SpotKind(kind).label}"
        if stairwell.pk not in has and name not in taken_names:
            spots.append(
                Spot(
                    id=new_id(),
                    place=place,
                    kind=kind,
                    name=name,
                    building=stairwell.building,
                    stairwell=stairwell,
                )
            )
    return act.add_many(spots)


@action("change_spot", says=_("{officer}修改了点位{subject}"))
def change_spot(
    act: Act,
    *,
    spot: Spot,
    name: str,
    lane: str = "",
    way: str = "",
    floor: int | None = None,
    seen: str = "",
) -> Spot:
    """Another name or way. What it is and its code stay: they are printed. Raises ValidationError."""
    act.require(Right.KEEP_PLACES, spot)
    spot = taken(spot, seen)
    gate = spot.kind == SpotKind.GATE
    return act.change(spot, name=tidy(name), floor=floor, lane=lane if gate else "", way=way if gate else "")


@action("close_spot", says=_("{officer}停用了点位{subject}"))
def close_spot(act: Act, *, spot: Spot, on: date | None) -> Spot:
    """The spot is used no more from the day after `on`; None opens it again."""
    act.require(Right.KEEP_PLACES, spot)
    return act.change(taken(spot), ended_on=on)


@action("renew_spot_code", says=_("{officer}更换了{subject}的点位码"))
def renew_spot_code(act: Act, *, spot: Spot) -> Spot:
    """A new code, when the printed one was copied; the old one leads nowhere."""
    act.require(Right.KEEP_PLACES, spot)
    return act.change(taken(spot), code=new_spot_code())
