"""Today's work: each app registers, in its module `today`, a function that says what waits for an officer.

    @todays_work
    def claims_to_review(officer: Officer, response: Response) -> Iterable[Item]:
        ...
        yield Item(_("待识读审核的通报"), count, reverse("reviews"), Urgency.WAITING)

A function yields nothing where nothing waits, and nothing that the officer may not do.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from enum import IntEnum
from typing import TYPE_CHECKING

from lianfang.book.models import Response

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from lianfang.people.models import Officer


class Urgency(IntEnum):
    """In the order in which they stand on the page."""

    LATE = 0
    DUE = 1
    WAITING = 2


@dataclass(frozen=True, slots=True)
class Item:
    """One line of today's work. `count` things wait at `url`; `due_at` is when they should be done."""

    title: "str | StrPromise"
    count: int
    url: str
    urgency: Urgency = Urgency.WAITING
    detail: "str | StrPromise" = ""
    due_at: datetime | None = None


Source = Callable[["Officer", Response], Iterable[Item]]
_sources: list[Source] = []


def todays_work(source: Source) -> Source:
    """Register a function that yields items."""
    _sources.append(source)
    return source


def items_for(officer: "Officer", response: Response) -> list[Item]:
    """What waits for an officer: late first, then what is due soonest. Once the emergency has ended, what was
    not settled still waits, but nothing is late any longer."""
    found = [item for source in _sources for item in source(officer, response) if item.count]
    if response.ended_on is not None:
        found = [replace(item, urgency=Urgency.WAITING, due_at=None) for item in found]
    return sorted(
        found, key=lambda item: (item.urgency, item.due_at is None, item.due_at and item.due_at.timestamp())
    )
