"""Which bodies may be one under two names, asked of the names engine, without comparing all with all."""

from collections.abc import Iterator
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from lianfang.people.models import Body

# Below this the engine finds two names merely similar; a person would be asked too often.
ALIKE_FROM = 0.6


@dataclass(frozen=True, slots=True)
class Likeness:
    """Two bodies with the score (0 to 1) and the reasons for which they may be one."""

    one: UUID
    other: UUID
    score: float
    reasons: tuple[str, ...]


def alike_pairs(bodies: QuerySet[Body], among: frozenset[UUID] = frozenset()) -> Iterator[Likeness]:
    """Pairs of these bodies that look like one; only pairs with one of `among`, if any are named."""
    return iter(())


@dataclass(frozen=True, slots=True)
class LikeName:
    """A name of a body that looks like the one asked for."""

    body: UUID
    name: str
    score: float
    reasons: tuple[str, ...]


def alike_names(name: str, *, limit: int = 8) -> Iterator[LikeName]:
    """The names in the book that look most like this one, best first."""
    return iter(())
