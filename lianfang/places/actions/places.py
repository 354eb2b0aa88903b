"""Places, and the state in which each is kept from when to when."""

from datetime import datetime
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import field_error
from lianfang.book.registers import new_id
from lianfang.book.rights import Right
from lianfang.people.actions.seen import known, taken, tidy
from lianfang.people.models import Area, Body
from lianfang.places.models import Place, PlaceKind, PlaceState


@action("register_place", says=_("{officer}登记了场所{subject}"))
def register_place(
    act: Act,
    *,
    name: str,
    kind: str,
    area: Area,
    unmanaged: bool = False,
    body: Body | None = None,
    address: str = "",
    remark: str = "",
    id: UUID | None = None,
) -> Place:
    """A compound, a village or an enterprise site. Raises ValidationError."""
    act.require(Right.KEEP_PLACES, area)
    if found := known(Place, id):
        return found
    place = Place(
        id=id or new_id(),
        name=tidy(name),
        kind=kind,
        area=area,
        unmanaged=unmanaged,
        body=body,
        address=address.strip(),
        remark=remark.strip(),
    )
    _hold_kind(place)
    return act.add(place)


@action("change_place", says=_("{officer}修改了场所{subject}"))
def change_place(
    act: Act,
    *,
    place: Place,
    name: str,
    kind: str,
    area: Area,
    unmanaged: bool,
    body: Body | None,
    address: str,
    remark: str,
    seen: str = "",
) -> Place:
    """Set what is known of a place. Raises ValidationError, Conflict."""
    act.require(Right.KEEP_PLACES, place)
    place = taken(place, seen)
    if place.area_id != area.pk:
        act.require(Right.KEEP_PLACES, area)
    _hold_kind(Place(kind=kind, unmanaged=unmanaged, body=body))
    return act.change(
        place,
        name=tidy(name),
        kind=kind,
        area=area,
        unmanaged=unmanaged,
        body=body,
        address=address.strip(),
        remark=remark.strip(),
    )


@action("set_place_state", says=_("{officer}设定了{subject}"))
def set_place_state(
    act: Act,
    *,
    place: Place,
    regime: str,
    begins_at: datetime,
    ends_at: datetime | None = None,
    authority: str = "",
    id: UUID | None = None,
) -> PlaceState:
    """From a moment on the place is kept in this way; the state before it ends there.

    Raises ValidationError when it would overlap one that begins later.
    """
    act.require(Right.KEEP_PLACES, place)
    if found := known(PlaceState, id):
        return found
    if ends_at and ends_at <= begins_at:
        raise field_error("ends_at", _("截止时间应晚于起始时间。"), "period_reversed")
    later = PlaceState.objects.filter(place=place, begins_at__gte=begins_at)
    if ends_at:
        later = later.filter(begins_at__lt=ends_at)
    if found_later := later.order_by("begins_at").first():
        raise field_error(
            "begins_at",
            _("自该时间之后已设定「%(regime)s」,请先改它。") % {"regime": found_later.get_regime_display()},
            "state_overlaps",
        )
    running = PlaceState.objects.filter(Q(ends_at__isnull=True) | Q(ends_at__gt=begins_at), place=place)
    for state in running:
        act.change(state, ends_at=begins_at)
    return act.add(
        PlaceState(
            id=id or new_id(),
            place=place,
            regime=regime,
            begins_at=begins_at,
            ends_at=ends_at,
            authority=authority.strip(),
        )
    )


@action("end_place_state", says=_("{officer}解除了{subject}"))
def end_place_state(act: Act, *, state: PlaceState, at: datetime) -> PlaceState:
    """The state ends; from then on the place is open until another is set. Raises ValidationError."""
    act.require(Right.KEEP_PLACES, state)
    state = taken(state)
    if at <= state.begins_at:
        raise field_error("at", _("解除时间应晚于起始时间。"), "period_reversed")
    return act.change(state, ends_at=at)


def _hold_kind(place: Place) -> None:
    if place.unmanaged and place.kind != PlaceKind.COMPOUND:
        raise field_error("unmanaged", _("只有小区才有“三无”之说。"), "unmanaged_compound_only")
    if place.unmanaged and place.body:
        raise field_error(
            "body", _("三无小区没有物业等所属单位;包保单位请在「包保」中登记。"), "unmanaged_body"
        )
    if place.kind == PlaceKind.ENTERPRISE_SITE and place.body is None:
        raise field_error("body", _("企业厂区请选择所属企业。"), "required")
