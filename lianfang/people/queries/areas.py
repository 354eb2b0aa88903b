"""Areas as they are read."""

from collections import defaultdict
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from lianfang.book.rights import Right
from lianfang.people.models import Area, Officer


def visible_areas(officer: Officer, right: Right = Right.READ_BOOK) -> QuerySet[Area]:
    """The areas in which the officer holds `right`."""
    return Area.objects.filter(officer.reach(right).rows(areas=["pk"]))


def area_and_below(area: Area) -> QuerySet[Area]:
    """The area with all areas below it."""
    found: QuerySet[Area] = Area.objects.descendants(area, include_self=True)
    return found


@dataclass(frozen=True, slots=True)
class Branch:
    """An area with what stands below it, as a page draws it."""

    area: Area
    path: str
    depth: int
    body_count: int
    below: tuple["Branch", ...]


def area_tree(officer: Officer) -> tuple[Branch, ...]:
    """The areas that the officer may see, as trees; two queries, however many areas there are."""
    from lianfang.people.queries.bodies import body_counts_by_area

    areas = {area.pk: area for area in visible_areas(officer)}
    counts = body_counts_by_area(officer)
    below: dict[UUID | None, list[Area]] = defaultdict(list)
    for area in areas.values():
        below[area.parent_id if area.parent_id in areas else None].append(area)

    def branch(area: Area, path: str, depth: int) -> Branch:
        path = f"{path} / {area.name}" if path else area.name
        return Branch(
            area,
            path,
            depth,
            counts.get(area.pk, 0),
            tuple(branch(child, path, depth + 1) for child in below[area.pk]),
        )

    return tuple(branch(area, "", 0) for area in below[None])


def paths_of_areas() -> dict[UUID, str]:
    """Every area's name with those above it, from the top: 云溪县 / 石桥镇. One query."""
    areas = {area.pk: area for area in Area.objects.all()}
    paths: dict[UUID, str] = {}

    def path(area: Area) -> str:
        if area.pk not in paths:
            parent = areas.get(area.parent_id) if area.parent_id else None
            paths[area.pk] = f"{path(parent)} / {area.name}" if parent else area.name
        return paths[area.pk]

    for area in areas.values():
        path(area)
    return paths
