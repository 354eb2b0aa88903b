"""A roster as a picture: people × days, with what each carries and what stays open."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import get_language

from lianfang.duty.problems import LEADER, names_of, post_names
from lianfang.engines import roster as engine
from lianfang.engines.roster import Duty, Opening, Person, Problem, Roster
from lianfang.engines.roster.checking import is_night
from lianfang.engines.roster.gaps import borrowing, openings


@dataclass(frozen=True, slots=True)
class Held:
    """One duty in a cell: the sign of its shift and, where there are several posts, of its post."""

    duty: Duty
    sign: str
    title: str
    kind: str
    """night, leader or day: for colour."""


@dataclass(frozen=True, slots=True)
class Cell:
    day: date
    held: Sequence[Held]
    away: bool = False


@dataclass(frozen=True, slots=True)
class Row:
    """One person's month, and what it adds up to."""

    person: Person
    cells: Sequence[Cell]
    duties: int
    hours: float
    nights: int
    weekends: int


@dataclass(frozen=True, slots=True)
class Day:
    day: date
    free: bool
    """A weekend or a holiday."""


@dataclass(frozen=True, slots=True)
class Gap:
    """Places that stay open on a day, and why."""

    duty: Duty
    missing: int
    text: str


@dataclass(frozen=True, slots=True)
class Grid:
    days: Sequence[Day]
    rows: Sequence[Row]
    gaps: dict[date, list[Gap]]
    borrowing: Sequence[str] = ()
    broken: Sequence[str] = ()
    fewest: int = 0
    most: int = 0
    signs: Sequence[tuple[str, str]] = field(default=())
    """What the signs mean: sign, title."""

    @property
    def missing(self) -> int:
        return sum(gap.missing for gaps in self.gaps.values() for gap in gaps)

    @property
    def gap_days(self) -> list[list[Gap]]:
        """The gaps of each day in turn, an empty list where there are none."""
        return [self.gaps.get(day.day, []) for day in self.days]


def grid_of(problem: Problem, roster: Roster) -> Grid:
    """The picture of a roster. The checker and the openings are those of the engine."""
    names = names_of(problem)
    signs = signs_of(problem)
    duties = {duty.id: duty for duty in problem.duties}
    by_person: dict[str, list[Duty]] = defaultdict(list)
    for cell in roster.assignments:
        by_person[cell.person].append(duties[cell.duty])
    found = openings(problem, roster)
    report = engine.check(problem, roster)
    rows = [_row(problem, person, by_person[person.id], signs, names) for person in problem.people]
    counted = [row.duties for row in rows if LEADER not in row.person.skills]
    return Grid(
        [Day(day, _is_free(problem, day)) for day in problem.dates],
        rows,
        _gaps(problem, found, names),
        [_say(one, names) for one in borrowing(problem, found)],
        [_say(one, names) for one in report.broken],
        min(counted, default=0),
        max(counted, default=0),
        _legend(problem, signs),
    )


def signs_of(problem: Problem) -> dict[tuple[str, str], str]:
    """The sign of each (shift, post): the first character of the shift, and of the post where there are
    several; longer where two would be alike."""
    pairs = list(dict.fromkeys((duty.shift, duty.post) for duty in problem.duties))
    posts = post_names({post for _shift, post in pairs})
    several = len({post for shift, post in pairs if shift != LEADER}) > 1
    order = {post: number for number, post in enumerate(dict.fromkeys(post for _shift, post in pairs), 1)}
    by_post = _short({post: posts.get(post, "") for _shift, post in pairs}, order)
    by_shift = _short({shift: shift for shift, _post in pairs}, {})
    return {
        (shift, post): by_shift[shift] + (by_post[post] if several and shift != LEADER else "")
        for shift, post in pairs
    }


def duties_on(problem: Problem, roster: Roster, day: date) -> list[tuple[Duty, list[str]]]:
    """The duties that start on a day, with the names of those who hold them."""
    names = {person.id: person.name for person in problem.people}
    return [
        (duty, [names.get(one, one) for one in roster.people_on(duty.id)])
        for duty in sorted(problem.duties, key=lambda one: (one.start, one.id))
        if duty.day == day
    ]


def _short(words: dict[str, str], numbers: dict[str, int]) -> dict[str, str]:
    """One character a word while they differ, then a number or two characters."""
    for length in (1, 2, 3):
        cut = {key: word[:length] for key, word in words.items()}
        if len(set(cut.values())) == len(words):
            return cut
    return {key: str(numbers.get(key, number)) for number, key in enumerate(words, 1)}


def _row(
    problem: Problem,
    person: Person,
    duties: list[Duty],
    signs: dict[tuple[str, str], str],
    names: dict[str, str],
) -> Row:
    by_day: dict[date, list[Held]] = defaultdict(list)
    for duty in sorted(duties, key=lambda one: one.start):
        kind = "leader" if duty.shift == LEADER else "night" if is_night(problem.rules, duty) else "day"
        by_day[duty.day].append(Held(duty, signs[duty.shift, duty.post], names[duty.id], kind))
    away = {day for day in problem.dates if any(_covers(span, day) for span in person.absences)}
    return Row(
        person,
        [Cell(day, by_day[day], day in away) for day in problem.dates],
        len(duties),
        sum(duty.minutes for duty in duties if not duty.on_call) / 60,
        sum(is_night(problem.rules, duty) for duty in duties),
        sum(_is_free(problem, duty.day) for duty in duties),
    )


def _covers(span: engine.Span, day: date) -> bool:
    return span.start.date() <= day <= span.end.date() and span.end > span.start


def _gaps(problem: Problem, found: Sequence[Opening], names: dict[str, str]) -> dict[date, list[Gap]]:
    duties = {duty.id: duty for duty in problem.duties}
    gaps: dict[date, list[Gap]] = defaultdict(list)
    for one in found:
        gaps[duties[one.duty].day].append(Gap(duties[one.duty], one.missing, _say(one, names)))
    return gaps


def _is_free(problem: Problem, day: date) -> bool:
    return day in problem.holidays or (day.weekday() >= 5 and day not in problem.workdays)


def _legend(problem: Problem, signs: dict[tuple[str, str], str]) -> list[tuple[str, str]]:
    posts = post_names({post for _shift, post in signs})
    spans = {(duty.shift, duty.post): f"{duty.start:%H:%M}–{duty.end:%H:%M}" for duty in problem.duties}
    return [
        (sign, f"{shift} {spans[shift, post]} {posts.get(post, '')}".strip())
        for (shift, post), sign in signs.items()
    ]


def _say(what: Opening | engine.Broken | engine.Borrowed, names: dict[str, str]) -> str:
    chinese = (get_language() or "zh").startswith("zh")
    return engine.to_chinese(what, names) if chinese else engine.to_english(what, names)
