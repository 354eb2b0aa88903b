"""How two mentions of gifts may be related, and how decisions may conflict."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeVar

Id = TypeVar("Id", bound=Hashable)


class Relation(StrEnum):
    SAME = "same"
    PART_OF = "part_of"
    DISTINCT = "distinct"


@dataclass(frozen=True, slots=True)
class Pair(Generic[Id]):
    """`left` is the same as, a part of, or distinct from `right`."""

    relation: Relation
    left: Id
    right: Id


class ConflictKind(StrEnum):
    CONTRADICTION = "contradiction"
    """Decided distinct, but united or made part by other decisions. The union or the part stands."""
    VALUES = "values"
    """United nodes whose values exclude each other (exactly 5 and exactly 6)."""
    PARTS_EXCEED_WHOLE = "parts_exceed_whole"
    """Decided parts add up to more than the whole can be."""
    CIRCLE = "circle"
    """Decided to be parts of each other, or of themselves."""


@dataclass(frozen=True, slots=True)
class Conflict(Generic[Id]):
    """Decisions and values that cannot all be right; `nodes` are the mentions to look at."""

    kind: ConflictKind
    nodes: tuple[Id, ...]
