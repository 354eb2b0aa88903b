"""Lines that stand on every page until they are dealt with: each app registers, in its module `banners`.

    @banner
    def open_cases(officer: Officer, response: Response) -> Iterable[Banner]:
        yield Banner(State(_("2 起发热事件未结案"), Tone.URGENT), reverse("gates:incidents"))

Only for what nobody may miss. A function yields nothing where nothing waits, and asks the database once.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from lianfang.book.models import Response
from lianfang.desk.states import State

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from lianfang.people.models import Officer


@dataclass(frozen=True, slots=True)
class Banner:
    """One line: a state (colour, shape and word), where it opens, and a few words more."""

    state: State
    url: str
    detail: "str | StrPromise" = ""


Source = Callable[["Officer", Response], Iterable[Banner]]
_sources: list[Source] = []


def banner(source: Source) -> Source:
    """Register a function that yields lines."""
    _sources.append(source)
    return source


def banners_for(officer: "Officer", response: Response) -> list[Banner]:
    return [one for source in _sources for one in source(officer, response)]
