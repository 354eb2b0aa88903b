"""What other rooms show on a page that is not theirs: each registers, in its module `panels`, a function.

    @panel("place", order=20)
    def todays_passages(officer: Officer, place: Place) -> Panel | None:
        return Panel(
            _("今日出入"),
            figures=[Figure(_("人次"), 120, url), Figure(_("暂留"), 1, url, Tone.URGENT)],
            lines=[Line("东门", url, detail)],
        )

A page asks `panels_for("place", officer, place)`. A function returns None where it has nothing to say, or
where the officer may not see it: it asks the right itself. Figures lead to their records.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from lianfang.desk.states import State, Tone

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from lianfang.people.models import Officer


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with its word; `url` opens the records behind it ("" where there are none to open)."""

    word: "str | StrPromise"
    value: "int | str"
    url: str = ""
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Line:
    """One thing: its name, where it opens, what tells more of it, its state."""

    name: "str | StrPromise"
    url: str = ""
    detail: "str | StrPromise" = ""
    state: State | None = None


@dataclass(frozen=True, slots=True)
class Panel:
    """A part of a page. `more` is the address of all of it, named by `more_says`."""

    title: "str | StrPromise"
    figures: Sequence[Figure] = ()
    lines: Sequence[Line] = ()
    empty: "str | StrPromise" = ""
    """What is said where there are no figures and no lines."""
    more: str = ""
    more_says: "str | StrPromise" = ""


Source = Callable[["Officer", Any], Panel | None]
_sources: dict[str, list[tuple[int, Source]]] = {}


def panel(page: str, order: int) -> Callable[[Source], Source]:
    """Register a function for a page ("place", "person", "household")."""

    def register(source: Source) -> Source:
        _sources.setdefault(page, []).append((order, source))
        return source

    return register


def panels_for(page: str, officer: "Officer", subject: Any) -> list[Panel]:
    """The panels of a page about `subject`, in order."""
    ordered = sorted(_sources.get(page, ()), key=lambda one: one[0])
    return [made for _order, source in ordered if (made := source(officer, subject)) is not None]
