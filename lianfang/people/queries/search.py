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

# So many keys are looked at for one question: enough to fill a page after namesakes fall together.
_LOOK_AT = 400

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
    return keys.order_by("position", "name")


def _found(kind: str, lines: QuerySet[Named], text: str, limit: int) -> list[FoundByName[Named]]:
    within = keys_matching(kind, text).filter(subject_id__in=lines.order_by().values("pk"))
    by: dict[UUID, str] = {}
    for subject_id, name in within.values_list("subject_id", "name")[:_LOOK_AT]:
        by.setdefault(subject_id, name)
        if len(by) == limit:
            break
    found = lines.in_bulk(list(by))
    return [FoundByName(found[pk], name) for pk, name in by.items() if pk in found]
