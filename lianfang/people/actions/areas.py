"""Areas: the territorial tree."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import Refused, field_error
from lianfang.book.registers import new_id
from lianfang.book.rights import COUNTY, Right
from lianfang.people.actions.seen import known, taken, tidy
from lianfang.people.models import Area, AreaLevel
from lianfang.people.namekeys import renew_keys

_ORDER = [AreaLevel.COUNTY, AreaLevel.TOWNSHIP, AreaLevel.COMMUNITY, AreaLevel.GRID]


@action("register_area", says=_("{officer}登记了属地{subject}"))
def register_area(
    act: Act,
    *,
    name: str,
    level: str,
    parent: Area | None = None,
    division_code: str = "",
    id: UUID | None = None,
) -> Area:
    """A new unit below `parent`; a county stands at the top and has none. Raises ValidationError."""
    act.require(Right.KEEP_REGISTERS, parent or COUNTY)
    if found := known(Area, id):
        return found
    _below(level, parent)
    area = act.add(
        Area(id=id or new_id(), name=tidy(name), level=level, parent=parent, division_code=division_code)
    )
    renew_keys(area)
    return area


@action("move_area", says=_("{officer}将{subject}划入另一属地"))
def move_area(act: Act, *, area: Area, parent: Area, seen: str = "") -> Area:
    """Put an area, with all below it, under another. Whoever holds a role there holds it on it too."""
    act.require(Right.KEEP_REGISTERS, area)
    act.require(Right.KEEP_REGISTERS, parent)
    area = taken(area, seen)
    if area.parent is None:
        raise Refused(_("县(市、区)是属地的最上级,不能划入其他属地。"), "area_is_the_top")
    act.require(Right.KEEP_REGISTERS, area.parent)
    _below(area.level, parent)
    return act.change(area, parent=parent)


@action("change_area", says=_("{officer}修改了属地{subject}"))
def change_area(act: Act, *, area: Area, name: str, division_code: str = "", seen: str = "") -> Area:
    """Rename an area or set its division code. Raises ValidationError, Conflict."""
    act.require(Right.KEEP_REGISTERS, area)
    area = act.change(taken(area, seen), name=tidy(name), division_code=division_code)
    renew_keys(area)
    return area


def _below(level: str, parent: Area | None) -> None:
    """An area stands below one of a higher level, so that the tree has no cycles."""
    if parent is None:
        if level != AreaLevel.COUNTY:
            raise field_error("parent", _("请选择上级属地;只有县(市、区)没有上级。"), "required")
    elif _ORDER.index(AreaLevel(level)) <= _ORDER.index(AreaLevel(parent.level)):
        raise field_error("parent", _("上级属地的级别应当更高。"), "area_level")
