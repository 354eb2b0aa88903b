"""Search across the book: each app registers, in its module `searching`, a provider.

    @searched(_("单位"), order=10)
    def bodies(officer: Officer, typed: str, limit: int) -> Iterable[Hit]:
        ...

A provider finds by name, pinyin and initials, within the officer's reach, and stops at `limit`.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from lianfang.people.models import Officer


@dataclass(frozen=True, slots=True)
class Hit:
    """One thing found: its name, where it opens, and a line that tells it from its namesakes."""

    name: str
    url: str
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Found:
    """What one provider found; `more` says that there is more than is shown."""

    title: "str | StrPromise"
    hits: list[Hit]
    more: bool


Provider = Callable[["Officer", str, int], Iterable[Hit]]
_providers: list[tuple[int, "str | StrPromise", Provider]] = []


def searched(title: "str | StrPromise", order: int) -> Callable[[Provider], Provider]:
    """Register a provider; `title` is the heading of its hits."""

    def register(provider: Provider) -> Provider:
        _providers.append((order, title, provider))
        return provider

    return register


def search(officer: "Officer", typed: str, limit: int) -> list[Found]:
    """What the book holds under `typed`, at most `limit` hits of a kind; kinds without a hit are left out."""
    typed = typed.strip()
    if not typed:
        return []
    found = []
    for _order, title, provider in sorted(_providers, key=lambda one: one[0]):
        hits = list(islice(provider(officer, typed, limit + 1), limit + 1))
        if hits:
            found.append(Found(title, hits[:limit], len(hits) > limit))
    return found
