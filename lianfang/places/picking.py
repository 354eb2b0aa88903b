"""What fields pick from while somebody types: places, rooms, households."""

from collections.abc import Iterable

from lianfang.book.rights import Right
from lianfang.desk.picking import Choice, known
from lianfang.people.models import Officer
from lianfang.places.queries import find_rooms, find_visible
from lianfang.places.queries.places import matching_places, visible_anywhere


@known("place")
def places(officer: Officer, typed: str, limit: int) -> Iterable[Choice]:
    """A place on which the officer holds any right, by its name, pinyin or initials."""
    rows = visible_anywhere(officer).select_related("area")
    found = matching_places(rows, typed) if typed else rows
    return [Choice(str(place.pk), place.name, place.area.name) for place in found[:limit]]


@known("room")
def rooms(officer: Officer, typed: str, limit: int) -> Iterable[Choice]:
    """A room where the officer keeps places, by 3-2-501, 3号楼501 or 501."""
    for room in find_rooms(officer, typed, limit=limit):
        yield Choice(str(room.pk), str(room), room.building.place.name)


@known("household")
def households(officer: Officer, typed: str, limit: int) -> Iterable[Choice]:
    """A household by room, name, plate or a number's last four signs."""
    for found in find_visible(officer, typed, right=Right.KEEP_PLACES, limit=limit):
        if found.household:
            detail = f"{found.household.place.name} · {found.shown}"
            yield Choice(str(found.household.pk), found.household.label, detail)
