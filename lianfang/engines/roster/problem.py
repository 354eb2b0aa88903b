"""The problem as data: who there is, which duties are wanted, which rules hold and what they weigh.

Times are local and carry no zone: a roster is written in the time of the wall clock. A duty belongs to the
day on which it starts, however long after midnight it ends. All weights are whole numbers.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated

from msgspec import Meta


class Sex(StrEnum):
    UNKNOWN = ""
    FEMALE = "female"
    MALE = "male"


class WomenAtNight(StrEnum):
    """Whether a woman may be on a night duty without company."""

    ANY = "any"
    NOT_ALONE = "not_alone"  # she is not the only person on the duty
    NOT_THE_ONLY_WOMAN = "not_the_only_woman"


class QuotaSpan(StrEnum):
    DAY = "day"
    HORIZON = "horizon"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """From one moment up to another, which is not part of it."""

    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """A day on which somebody would like to be on duty, or off."""

    day: date
    on: Annotated[bool, Meta(description="true: on duty; false: not")] = False
    shift: Annotated[str, Meta(description="a shift's name; empty: any shift")] = ""
    weight: Annotated[int, Meta(description="what it costs when the wish is not met")] = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """What a person brings along from before the first day."""

    nights: Annotated[int, Meta(description="night duties so far, for fairness")] = 0
    weekends: Annotated[int, Meta(description="duties on days of weekends so far")] = 0
    holidays: Annotated[int, Meta(description="duties on holidays so far")] = 0
    duties: Annotated[int, Meta(description="duties so far")] = 0
    last_end: Annotated[datetime | None, Meta(description="end of the last duty before the first day")] = None
    last_minutes: Annotated[int, Meta(description="length of that duty")] = 0
    run_days: Annotated[int, Meta(description="days on duty in a row up to the eve of the first day")] = 0
    run_nights: Annotated[int, Meta(description="nights in a row up to the eve of the first day")] = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Hard limits of a roster. None: no limit, or for a person: the limit of the rules."""

    most_minutes: Annotated[int | None, Meta(description="minutes on duty in the whole horizon")] = None
    fewest_minutes: Annotated[int | None, Meta(description="minutes on duty at least")] = None
    most_duties: Annotated[int | None, Meta(description="number of duties")] = None
    most_nights: Annotated[int | None, Meta(description="number of night duties")] = None
    most_weekends: Annotated[int | None, Meta(description="weekends with a duty on either day")] = None
    longest_run_days: Annotated[int | None, Meta(description="days on duty in a row")] = None
    shortest_run_days: Annotated[
        int | None, Meta(description="days in a row, once on duty; not at the ends")
    ] = None
    shortest_days_off: Annotated[
        int | None, Meta(description="days off in a row, once off; not at the ends")
    ] = None
    longest_run_nights: Annotated[int | None, Meta(description="nights on duty in a row")] = None
    days_off_after_nights: Annotated[
        int | None, Meta(description="days without duty after the last night of a run")
    ] = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    id: str
    name: str = ""
    skills: Annotated[tuple[str, ...], Meta(description="skills and roles, such as 民警 or 带班")] = ()
    team: Annotated[str, Meta(description="fixed team, to limit contacts")] = ""
    unit: Annotated[str, Meta(description="the body that sends the person")] = ""
    sex: Sex = Sex.UNKNOWN
    posts: Annotated[tuple[str, ...], Meta(description="posts that the person may hold; empty: any")] = ()
    available: Annotated[tuple[Span, ...], Meta(description="empty: always; else within these only")] = ()
    absences: tuple[Span, ...] = ()
    most_of_shift: Annotated[dict[str, int], Meta(description="shift: duties of it at most")] = field(
        default_factory=dict
    )
    limits: Limits = Limits()
    history: History = History()
    wishes: tuple[Wish, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Mix:
    """So many of the people on a duty have one of these skills."""

    skills: tuple[str, ...]
    count: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Duty:
    """One span of time at one post, held by some people together."""

    id: str
    shift: Annotated[str, Meta(description="name of the shift, such as 早班")]
    start: datetime
    minutes: int
    post: str = ""
    wanted: Annotated[int, Meta(description="people wanted")] = 1
    minimum: Annotated[int | None, Meta(description="below it the post is open; null: as wanted")] = None
    skills: Annotated[tuple[str, ...], Meta(description="each person needs one of these; empty: any")] = ()
    mix: tuple[Mix, ...] = ()
    night: Annotated[bool | None, Meta(description="null: told by the rules' night window")] = None
    on_call: Annotated[bool, Meta(description="on call: its minutes are not counted as hours")] = False
    short_weight: Annotated[int | None, Meta(description="in place of weights.short")] = None
    over_weight: Annotated[int | None, Meta(description="in place of weights.over")] = None

    @property
    def end(self) -> datetime:
        return self.start + timedelta(minutes=self.minutes)

    @property
    def day(self) -> date:
        return self.start.date()

    @property
    def needed(self) -> int:
        """The number of people below which the post is open."""
        return self.wanted if self.minimum is None else self.minimum


@dataclass(frozen=True, slots=True, kw_only=True)
class Quota:
    """How many duties the people of one sending unit take, in a day or in the whole horizon."""

    unit: str
    span: QuotaSpan = QuotaSpan.HORIZON
    fewest: int = 0
    most: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What a departure costs. 0: it does not count."""

    open: Annotated[int, Meta(description="each person missing below a duty's minimum, beside `short`")] = (
        5000
    )
    short: Annotated[int, Meta(description="each person missing below the number wanted")] = 500
    over: Annotated[int, Meta(description="each person beyond the number wanted")] = 50
    mix: Annotated[int, Meta(description="each person missing from a role mix")] = 2000
    quota: Annotated[int, Meta(description="each duty outside a unit's quota")] = 200
    team: Annotated[int, Meta(description="each further team on one duty")] = 0
    nights: Annotated[int, Meta(description="times the square of a person's nights")] = 0
    weekends: Annotated[int, Meta(description="times the square of a person's weekend duties")] = 0
    holidays: Annotated[int, Meta(description="times the square of a person's holiday duties")] = 0
    duties: Annotated[int, Meta(description="times the square of a person's duties")] = 0
    change: Annotated[int, Meta(description="each assignment added to or taken from `current`")] = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Rules:
    rest_minutes: Annotated[int, Meta(description="rest between two duties of a person")] = 0
    long_duty_minutes: Annotated[int, Meta(description="a duty from this length on is a long one")] = 1440
    rest_after_long_duty: Annotated[int, Meta(description="rest after a long duty, in minutes")] = 2880
    longest_duty_minutes: Annotated[int, Meta(description="no duty may be longer")] = 1440
    duties_a_day: Annotated[int, Meta(description="duties of a person that start on one day")] = 1
    successions_forbidden: Annotated[
        tuple[tuple[str, str], ...], Meta(description="(shift, shift of the next day) that may not follow")
    ] = ()
    night_from: time = time(23, 0)
    night_until: time = time(6, 0)
    night_minutes: Annotated[int, Meta(description="this much of the night window makes a night duty")] = 180
    women_at_night: WomenAtNight = WomenAtNight.ANY
    limits: Annotated[Limits, Meta(description="for everybody who has none of his own")] = Limits()
    weights: Weights = Weights()


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Assignment:
    """A person on a duty, by their ids."""

    duty: str
    person: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    first_day: date
    days: int
    people: tuple[Person, ...]
    duties: tuple[Duty, ...]
    rules: Rules = Rules()
    skills: Annotated[
        tuple[str, ...], Meta(description="skills that exist though nobody here has them, to be borrowed")
    ] = ()
    quotas: tuple[Quota, ...] = ()
    holidays: tuple[date, ...] = ()
    workdays: Annotated[
        tuple[date, ...], Meta(description="Saturdays and Sundays that are worked (调休)")
    ] = ()
    current: Annotated[tuple[Assignment, ...], Meta(description="the roster that is in force")] = ()
    frozen_until: Annotated[
        datetime | None, Meta(description="what starts earlier stays as in `current`")
    ] = None

    @property
    def dates(self) -> tuple[date, ...]:
        return tuple(self.first_day + timedelta(days=number) for number in range(self.days))
