"""The types that a rule's value may have."""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum


class DurationUnit(StrEnum):
    HOURS = "hours"
    DAYS = "days"
    WORKING_DAYS = "working_days"
    MONTHS = "months"
    YEARS = "years"


class Comparison(StrEnum):
    AT_LEAST = "at_least"
    OVER = "over"
    AT_MOST = "at_most"
    UNDER = "under"


@dataclass(frozen=True, slots=True)
class Duration:
    """`count` units of time, as a law counts them.

    Hours run from the moment. Days, months and years run from the day after, to the end of the last day
    (24:00); a month that lacks the day ends on its last day. Working days are Monday to Friday without
    the `holidays` that the caller knows.
    """

    count: int
    unit: DurationUnit

    def end_from(self, start: datetime, holidays: Collection[date] = ()) -> datetime:
        """The last moment in time, in the time zone of `start`."""
        match self.unit:
            case DurationUnit.HOURS:
                return start + timedelta(hours=self.count)
            case DurationUnit.DAYS:
                last = start.date() + timedelta(days=self.count)
            case DurationUnit.WORKING_DAYS:
                last = _working_day_after(start.date(), self.count, holidays)
            case DurationUnit.MONTHS:
                last = _month_after(start.date(), self.count)
            case DurationUnit.YEARS:
                last = _month_after(start.date(), 12 * self.count)
        return end_of_day(last, start)


@dataclass(frozen=True, slots=True)
class Threshold:
    """A value to compare with, and how: 37.3 and "at_least" is "37.3 or more"."""

    comparison: Comparison
    value: Decimal
    unit: str = ""

    def holds(self, measured: Decimal) -> bool:
        """Whether `measured`, in the same unit, reaches the threshold."""
        match self.comparison:
            case Comparison.AT_LEAST:
                return measured >= self.value
            case Comparison.OVER:
                return measured > self.value
            case Comparison.AT_MOST:
                return measured <= self.value
            case Comparison.UNDER:
                return measured < self.value


@dataclass(frozen=True, slots=True, order=True)
class DayOfYear:
    """A day that returns each year; never 29 February."""

    month: int
    day: int

    def end_after(self, start: datetime) -> datetime:
        """The end of the first such day that is not over at `start`."""
        day = date(start.year, self.month, self.day)
        if day < start.date():
            day = date(start.year + 1, self.month, self.day)
        return end_of_day(day, start)


@dataclass(frozen=True, slots=True)
class Window:
    """A span of the day, from `start` to `end` minutes after midnight; over midnight where start > end."""

    start: int
    end: int

    def __str__(self) -> str:
        return f"{self.start // 60:02}:{self.start % 60:02}-{self.end // 60:02}:{self.end % 60:02}"


PlainValue = (
    Duration
    | int
    | Decimal
    | str
    | tuple[str, ...]
    | tuple[Window, ...]
    | Threshold
    | DayOfYear
    | date
    | bool
)
Row = Mapping[str, PlainValue]
"""One line of a rule that is a table: field → value, without the fields that it leaves out."""

RuleValue = PlainValue | tuple[Row, ...]


def end_of_day(day: date, like: datetime) -> datetime:
    """24:00 of `day` in the time zone of `like`."""
    return datetime.combine(day + timedelta(days=1), time(), like.tzinfo)


def _month_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _working_day_after(day: date, count: int, holidays: Collection[date]) -> date:
    while count > 0:
        day += timedelta(days=1)
        if day.weekday() < 5 and day not in holidays:
            count -= 1
    return day
