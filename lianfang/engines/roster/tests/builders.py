"""Small problems, built up from what a test is about. The first day is Monday, 10 February 2020."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from lianfang.engines.roster import Assignment, Duty, Limits, Person, Problem, Roster, Rules, Span

MONDAY = date(2020, 2, 10)
EARLY, LATE, NIGHT = ("早班", 8), ("中班", 16), ("夜班", 0)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2020, 2, 10, hour, minute) + timedelta(days=day)


def a_person(name: str = "甲", **values: Any) -> Person:
    return Person(id=name, **values)


def people(count: int, **values: Any) -> tuple[Person, ...]:
    return tuple(Person(id=f"p{number:02}", **values) for number in range(count))


def a_duty(day: int = 0, shift: tuple[str, int] = EARLY, **values: Any) -> Duty:
    """A duty of eight hours, named like `0早班`; `post` is put before it."""
    name, hour = shift
    values.setdefault("minutes", 480)
    return Duty(id=f"{values.get('post', '')}{day}{name}", shift=name, start=at(day, hour), **values)


def round_the_clock(days: int, **values: Any) -> tuple[Duty, ...]:
    return tuple(a_duty(day, shift, **values) for day in range(days) for shift in (NIGHT, EARLY, LATE))


def a_problem(
    people: Sequence[Person] = (),
    duties: Sequence[Duty] = (),
    *,
    days: int = 7,
    limits: Limits | None = None,
    rules: Rules | None = None,
    **values: Any,
) -> Problem:
    return Problem(
        first_day=MONDAY,
        days=days,
        people=tuple(people) or (a_person(),),
        duties=tuple(duties) or (a_duty(),),
        rules=rules or Rules(limits=limits or Limits()),
        **values,
    )


def a_roster(*cells: tuple[str, str]) -> Roster:
    """Of pairs (person, duty)."""
    return Roster.of(Assignment(person=person, duty=duty) for person, duty in cells)


def a_span(day: int, until: int) -> Span:
    """Whole days, up to the end of the day `until`."""
    return Span(start=at(day, 0), end=at(until + 1, 0))
