"""What fields pick from while somebody types: places, rooms, households."""

from collections.abc import Iterable
from uuid import UUID

from django.db.models import QuerySet

from lianfang.book.rights import Right
from lianfang.desk.picking import Choice, known, known_within
from lianfang.people.models import Officer
from lianfang.places.models import Place
from lianfang.places.queries import find, find_rooms, visible_places
from lianfang.places.queries.places import matching_places, visible_anywhere


@known("place")
def places(officer: Officer, typed: str, limit: int) -> Iterable[Choice]:
    """A place on which the officer holds any right, by its name, pinyin or initials."""
    rows = visible_anywhere(officer).select_related("area")
    found = matching_places(rows, typed) if typed else rows
    return [Choice(str(place.pk), place.name, place.area.name) for place in found[:limit]]


@known_within("room")
def rooms(officer: Officer, typed: str, limit: int, within: str) -> Iterable[Choice]:
    """A room of a place that the officer keeps, by 3-2-501, 3号楼501 or 501."""
    for room in find_rooms(_kept(officer, within), typed, limit=limit):
        yield Choice(str(room.pk), str(room), room.building.place.name)


@known_within("household")
def households(officer: Officer, typed: str, limit: int, within: str) -> Iterable[Choice]:
    """A household of a place that the officer keeps, by room, name, plate or a number's last four signs."""
    for place in _kept(officer, within)[:1] if within else []:
        for found in find(place, typed, limit=limit):
            if found.household:
                yield Choice(str(found.household.pk), found.household.label, found.shown)


def _kept(officer: Officer, within: str) -> QuerySet[Place]:
    """The places that the officer keeps; the one whose key is `within`, if that is given."""
    kept = visible_places(officer, Right.KEEP_PLACES)
    if not within:
        return kept
    try:
        return kept.filter(pk=UUID(within))
    except ValueError:
        return kept.none()
