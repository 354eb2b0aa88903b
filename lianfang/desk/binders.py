"""The work ledger (工作台账) of a place as a binder: each room registers its sections in a module `binders`.

    @binder_section(_("值班"), order=120)
    def duty(officer: Officer, place: Place, response: Response, since: date, until: date) -> Section | None:
        return Section(["日期", "班次", "值班员"], rows)

An inspector asks for a binder in a fixed order (`order`); a section without rows says that there is none,
which is a statement too. None leaves the section out. Names are masked unless `whole` rows are given.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any

from lianfang.book.models import Response

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from lianfang.people.models import Officer


@dataclass(frozen=True, slots=True)
class Section:
    """A table of the binder; `widths` are shares of the line, `note` stands above it."""

    titles: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float] = field(default=())
    note: str = ""


Source = Callable[["Officer", Any, Response, date, date], Section | None]
_sources: list[tuple[int, "str | StrPromise", Source]] = []


def binder_section(title: "str | StrPromise", order: int) -> Callable[[Source], Source]:
    """Register a section under its title."""

    def register(source: Source) -> Source:
        _sources.append((order, title, source))
        return source

    return register


def binder_of(
    officer: "Officer", place: Any, response: Response, since: date, until: date
) -> list[tuple["str | StrPromise", Section]]:
    """The sections of a place's binder in order, from a day to a day (both included)."""
    found = []
    for _order, title, source in sorted(_sources, key=lambda one: one[0]):
        section = source(officer, place, response, since, until)
        if section is not None:
            found.append((title, section))
    return found
