"""What rows refer to, read once for a whole table: areas and bodies by their names."""

from collections import defaultdict
from dataclasses import dataclass, field
from uuid import UUID

from django.utils.translation import gettext as _

from lianfang.people.models import AliasState, Area, Body, BodyAlias
from lianfang.people.queries.areas import paths_of_areas
from lianfang.people.queries.bodies import canonical_ids


class RowError(Exception):
    """A cell that cannot be taken: its field, and the sentence that says why."""

    def __init__(self, field: str, message: str) -> None:
        super().__init__(message)
        self.field = field
        self.message = message


@dataclass(slots=True)
class Known:
    """Areas and bodies by every name that leads to them."""

    areas: dict[UUID, Area] = field(default_factory=dict)
    bodies: dict[UUID, Body] = field(default_factory=dict)
    _areas_by_name: dict[str, list[Area]] = field(default_factory=dict)
    _bodies_by_name: dict[str, set[UUID]] = field(default_factory=dict)

    @classmethod
    def now(cls) -> "Known":
        """Five queries, however many rows a table has."""
        areas = {area.pk: area for area in Area.objects.all()}
        bodies = {body.pk: body for body in Body.objects.select_related("area")}
        known = cls(areas, bodies)
        names: dict[str, list[Area]] = defaultdict(list)
        paths = paths_of_areas()
        for area in areas.values():
            for name in {area.name, paths[area.pk].replace(" ", ""), area.division_code} - {""}:
                names[name].append(area)
        known._areas_by_name = dict(names)
        into = canonical_ids()
        by_name: dict[str, set[UUID]] = defaultdict(set)
        for body in bodies.values():
            by_name[body.name].add(into.get(body.pk, body.pk))
        aliases = BodyAlias.objects.filter(state=AliasState.CONFIRMED).values_list("body_id", "name")
        for pk, name in aliases:
            by_name[name].add(into.get(pk, pk))
        known._bodies_by_name = dict(by_name)
        return known

    def area(self, text: str) -> Area | None:
        """The area of this name, path or code. Raises RowError if there is none, or several."""
        name = "".join(text.split())
        if not name:
            return None
        found = self._areas_by_name.get(name, [])
        if not found:
            raise RowError("area", _("名册中没有属地「%(name)s」,请先登记属地。") % {"name": text})
        if len(found) > 1:
            raise RowError("area", _("有几个属地叫「%(name)s」,请写成「上级/名称」。") % {"name": text})
        return found[0]

    def body(self, text: str, field: str) -> Body:
        """The body of this name or confirmed alias. Raises RowError if there is none, or several."""
        found = self._bodies_by_name.get(text, set())
        if not found:
            raise RowError(field, _("名册中没有单位「%(name)s」,请先登记单位。") % {"name": text})
        if len(found) > 1:
            raise RowError(field, _("有几个单位叫「%(name)s」,请写全称。") % {"name": text})
        return self.bodies[next(iter(found))]

    def holders(self, name: str) -> set[UUID]:
        """The bodies that bear this name already."""
        return self._bodies_by_name.get(name, set())

    @property
    def top(self) -> Area | None:
        """The county, if there is just one."""
        tops = [area for area in self.areas.values() if area.parent_id is None]
        return tops[0] if len(tops) == 1 else None
