"""Planning rounds: what, how often, at which spots."""

from collections.abc import Sequence
from datetime import date, datetime, time
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import field_error
from lianfang.book.registers import new_id
from lianfang.book.rights import Right
from lianfang.places.models import Place, Spot
from lianfang.rounds.models import Round, RoundKind, RoundSpot, SpotScreen


@action("plan_round", says=_("{officer}安排了例行工作:{subject}"))
def plan_round(
    act: Act,
    *,
    place: Place,
    kind: str,
    name: str,
    interval_minutes: int,
    spots: Sequence[Spot],
    hours_from: time | None = None,
    hours_to: time | None = None,
    valid_from: date | None = None,
    basis: str = "",
    since: datetime | None = None,
    id: UUID | None = None,
) -> Round:
    """A round over spots of the place, in this order; their clocks run from `since` (now).

    With an `id` that is in the book, that one is returned. Raises ValidationError.
    """
    act.require(Right.KEEP_ROUNDS, place)
    known: Round | None = Round.objects.filter(pk=id).first() if id else None
    if known:
        return known
    if not spots:
        raise field_error("spots", _("请至少选一个点位。"), "required")
    if any(spot.place_id != place.pk for spot in spots):
        raise field_error("spots", _("请选择本场所的点位。"), "other_place")
    planned = act.add(
        Round(
            id=id or new_id(),
            place=place,
            kind=kind,
            name=name.strip(),
            interval_minutes=interval_minutes,
            hours_from=hours_from,
            hours_to=hours_to,
            people_needed=2 if kind == RoundKind.PATROL else 1,
            valid_from=valid_from,
            basis=basis.strip(),
        )
    )
    act.add_many(
        [
            RoundSpot(round=planned, spot=spot, order=order, since=since or act.at)
            for order, spot in enumerate(spots, start=1)
        ]
    )
    return planned


@action("end_round", says=_("{officer}停止了例行工作:{subject}"))
def end_round(act: Act, *, planned: Round, on: date) -> Round:
    act.require(Right.KEEP_ROUNDS, planned)
    return act.change(planned, valid_to=on)


@action("stop_at", says=_("{officer}调整了例行点位:{subject}"))
def stop_at(act: Act, *, planned: Round, spot: Spot, going: str) -> RoundSpot:
    """Let a round go to a spot from now on (`going="on"`), or no more ("off")."""
    act.require(Right.KEEP_ROUNDS, planned)
    if spot.place_id != planned.place_id:
        raise field_error("spot", _("请选择本场所的点位。"), "other_place")
    known: RoundSpot | None = RoundSpot.objects.filter(round=planned, spot=spot).first()
    if going == "off":
        if known is None:
            raise field_error("spot", _("这个点位不在该例行工作中。"), "unknown_item")
        return act.change(known, ended_at=act.at)
    if known is not None:
        return act.change(known, ended_at=None, since=act.at) if known.ended_at else known
    return act.add(RoundSpot(round=planned, spot=spot, order=planned.stops.count() + 1, since=act.at))


@action("set_up_screen", says=_("{officer}为点位设了屏幕码:{subject}"))
def set_up_screen(act: Act, *, spot: Spot) -> SpotScreen:
    """A screen with a changing code at a spot; from now on the printed code there proves nothing."""
    act.require(Right.KEEP_ROUNDS, spot)
    known: SpotScreen | None = SpotScreen.objects.filter(spot=spot).first()
    return known or act.add(SpotScreen(spot=spot))
