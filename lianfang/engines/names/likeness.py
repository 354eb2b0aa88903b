"""The answer to "are these two one?": a score with its reasons."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reason:
    """One piece of evidence, for or against. `code` for programs, `text` in Chinese for people."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Likeness:
    """How far two names speak of one: 0 (surely two) to 1 (the same name). A person decides."""

    score: float
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Context:
    """Where the names were written: what "县" and "镇" mean there, and which names were changed.

    Full names with their ending: 山东省, 滨州市, 博兴县, 店子镇. `former_names` are pairs (former, present).
    """

    province: str = ""
    city: str = ""
    county: str = ""
    towns: tuple[str, ...] = ()
    former_names: tuple[tuple[str, str], ...] = ()


NO_CONTEXT = Context()


@dataclass(frozen=True, slots=True)
class Pair:
    """Two names that may be one, the first of the two as it came first in the list."""

    first: str
    second: str
    likeness: Likeness
