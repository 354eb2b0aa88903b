"""Finding by a part of a name, its pinyin or its initials, through the index of search keys."""

from dataclasses import dataclass
from typing import Generic, TypeVar
from uuid import UUID

from django.db.models import QuerySet

from lianfang.book.rights import Right
from lianfang.engines.names import search_query
from lianfang.people.models import Area, Body, NamedKind, NameKey, Officer, Person
from lianfang.people.models.namekeys import KEY_LENGTH
from lianfang.people.queries.areas import visible_areas
from lianfang.people.queries.bodies import visible_bodies
from lianfang.people.queries.persons import visible_persons

# So many keys are looked at at a time.
_LOOK_AT = 300

Named = TypeVar("Named", Area, Body, Person)


@dataclass(frozen=True, slots=True)
class FoundByName(Generic[Named]):
    """A line that was found, and the one of its names that matched."""

    line: Named
    by: str


def find_bodies(officer: Officer, text: str, *, limit: int = 10) -> list[FoundByName[Body]]:
    """The bodies in reach one of whose names matches, best first; merged ones under their one name."""
    return _found(NamedKind.BODY, visible_bodies(officer).select_related("area"), text, limit)


def find_any_body(text: str, *, limit: int = 10) -> list[FoundByName[Body]]:
    """As `find_bodies`, but not limited: a clerk of one chamber may name any giver. Names are public."""
    return _found(NamedKind.BODY, Body.objects.select_related("area"), text, limit)


def find_kept_bodies(officer: Officer, text: str, *, limit: int = 10) -> list[FoundByName[Body]]:
    """The bodies whose register the officer keeps; with no text, the first of them."""
    kept = visible_bodies(officer, Right.KEEP_REGISTERS).filter(merged_into__isnull=True)
    kept = kept.select_related("area")
    if not text.strip():
        return [FoundByName(body, body.name) for body in kept[:limit]]
    return _found(NamedKind.BODY, kept, text, limit)


def bodies_for_choice() -> QuerySet[Body]:
    """All bodies that stand under their own name."""
    return Body.objects.filter(merged_into__isnull=True).select_related("area")


def find_areas(officer: Officer, text: str, *, limit: int = 10) -> list[FoundByName[Area]]:
    return _found(NamedKind.AREA, visible_areas(officer).select_related("parent"), text, limit)


def find_persons(officer: Officer, text: str, *, limit: int = 10) -> list[FoundByName[Person]]:
    return _found(NamedKind.PERSON, visible_persons(officer), text, limit)


def keys_matching(kind: str, text: str) -> QuerySet[NameKey]:
    """The keys of a kind that each word of `text` begins; those nearest to a name's beginning first."""
    words = [search_query(word) for word in text.split()]
    if not words:
        return NameKey.objects.none()
    keys = NameKey.objects.filter(kind=kind, key__begins=words[0][:KEY_LENGTH])
    for word in words[1:]:
        keys = keys.filter(
            subject_id__in=NameKey.objects.filter(kind=kind, key__begins=word[:KEY_LENGTH]).values(
                "subject_id"
            )
        )
    return keys.order_by("position", "name", "pk")


def _found(kind: str, lines: QuerySet[Named], text: str, limit: int) -> list[FoundByName[Named]]:
    """Walk the hits from the best on, a stretch at a time, until enough of them lie in `lines`.

    Asked in two steps: a database that is given both at once would rather walk all lines.
    """
    hits = keys_matching(kind, text).values_list("subject_id", "name")
    found: dict[UUID, FoundByName[Named]] = {}
    start = 0
    while len(found) < limit and (stretch := list(hits[start : start + _LOOK_AT])):
        start += _LOOK_AT
        within = lines.in_bulk({subject_id for subject_id, _name in stretch})
        for subject_id, name in stretch:
            if subject_id in within and subject_id not in found and len(found) < limit:
                found[subject_id] = FoundByName(within[subject_id], name)
    return list(found.values())
