"""What fields pick from while somebody types: places."""

from collections.abc import Iterable

from lianfang.desk.picking import Choice, known
from lianfang.people.models import Officer
from lianfang.places.queries.places import matching_places, visible_anywhere


@known("place")
def places(officer: Officer, typed: str, limit: int) -> Iterable[Choice]:
    """A place on which the officer holds any right, by its name, pinyin or initials."""
    rows = visible_anywhere(officer).select_related("area")
    found = matching_places(rows, typed) if typed else rows
    return [Choice(str(place.pk), place.name, place.area.name) for place in found[:limit]]
