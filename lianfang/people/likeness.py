"""Which bodies may be one under two names: the names of the book, asked of the names engine."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import reduce
from itertools import pairwise
from operator import or_
from uuid import UUID

from django.db.models import Q, QuerySet

from lianfang.engines import names
from lianfang.people.models import (
    AliasKind,
    AliasState,
    Area,
    AreaLevel,
    Body,
    BodyAlias,
    NamedKind,
    NameKey,
)


@dataclass(frozen=True, slots=True)
class AlikeBodies:
    """Two bodies with the score (0 to 1) and the reasons for which they may be one."""

    one: UUID
    other: UUID
    score: float
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class AlikeName:
    """A name of a body that looks like the one asked for."""

    body: UUID
    name: str
    score: float
    reasons: tuple[str, ...]


def alike_pairs(bodies: QuerySet[Body], among: frozenset[UUID] = frozenset()) -> Iterator[AlikeBodies]:
    """Pairs of these bodies that look like one, the likeliest first, each pair once.

    Only pairs with one of `among`, if any are named. All confirmed names of a body count.
    """
    bearers: dict[str, set[UUID]] = {}
    for name, body in _names_of(bodies):
        bearers.setdefault(name, set()).add(body)
    seen: set[frozenset[UUID]] = set()
    for pair in names.propose(bearers, context=context_of_the_book()):
        for one in bearers[pair.first]:
            for other in bearers[pair.second]:
                both = frozenset({one, other})
                if len(both) == 1 or both in seen or (among and not both & among):
                    continue
                seen.add(both)
                yield AlikeBodies(one, other, pair.likeness.score, _sentences(pair.likeness))


def alike_names(name: str, *, limit: int = 8) -> list[AlikeName]:
    """The names in the book that look most like this one, best first.

    Compared are the names that share two neighbouring syllables with what sets this one apart.
    """
    context = context_of_the_book()
    parts = names.take_apart(name, context)
    telling = parts.proper if len(parts.proper) > 1 else parts.whole
    spoken = names.pinyin(telling).split()
    starts = {"".join(two) for two in pairwise(spoken)} or set(spoken)
    if not starts:
        return []
    shared = reduce(or_, (Q(key__begins=start) for start in sorted(starts)))
    candidates = (
        NameKey.objects.filter(shared, kind=NamedKind.BODY)
        .order_by()
        .values_list("subject_id", "name")
        .distinct()[:_COMPARED]
    )
    found = [
        AlikeName(body, known, likeness.score, _sentences(likeness))
        for body, known in candidates
        if (likeness := names.compare_bodies(name, known, context=context)).score >= names.PROPOSED_FROM
    ]
    return sorted(found, key=lambda one: (-one.score, one.name))[:limit]


def context_of_the_book() -> names.Context:
    """What 县 and 镇 mean in the names of this book, and which names were changed."""
    counties = Area.objects.filter(level=AreaLevel.COUNTY, parent__isnull=True).values_list("name", flat=True)
    towns = Area.objects.filter(level=AreaLevel.TOWNSHIP).values_list("name", flat=True)
    former = BodyAlias.objects.filter(kind=AliasKind.FORMER, state=AliasState.CONFIRMED)
    return names.Context(
        county=next(iter(counties), ""),
        towns=tuple(towns),
        former_names=tuple(former.values_list("name", "body__name")),
    )


# More names than this that share a sound say too little to be compared while somebody waits.
_COMPARED = 300


def _names_of(bodies: QuerySet[Body]) -> Iterator[tuple[str, UUID]]:
    yield from bodies.order_by("pk").values_list("name", "pk")
    yield from BodyAlias.objects.filter(
        state=AliasState.CONFIRMED, body__in=bodies.order_by().values("pk")
    ).values_list("name", "body_id")


def _sentences(likeness: names.Likeness) -> tuple[str, ...]:
    return tuple(reason.text for reason in likeness.reasons)
