"""A problem as tables of numbers, which the compiled search and the exact solvers read.

A person's day is a cell. A cell holds an *option*: 0 is a day off, another number a duty of a certain shape
(post, shift, time of day, length), or several duties where more than one may start on a day. Everything that
people on duty together cost is a *row*: a count with a table that says what each count costs. A total, a
role mix, a quota, a team on a duty are all rows.
"""

from __future__ import annotations

import itertools
import math
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from lianfang.engines.roster.checking import is_night, limits_of, rest_needed
from lianfang.engines.roster.faults import Fault, FaultCode, ProblemError, frozen_part, weekend_days
from lianfang.engines.roster.problem import (
    Assignment,
    Duty,
    Person,
    Problem,
    QuotaSpan,
    Sex,
    WomenAtNight,
)
from lianfang.engines.roster.roster import Roster

NO_LIMIT = 1 << 28
MOST_OPTIONS = 2000
MOST_CELLS = 400_000_000
HARD = 1 << 40  # the cost in a row's table that stands for a broken hard rule

Array = Any  # a numpy array; numpy's own types add nothing for a reader here


@dataclass(slots=True)
class Grid:
    people: int
    days: int
    options: int
    allowed: Array  # [person, day, option] 0 or 1
    cost: Array  # [person, day, option]
    minutes: Array  # [option]
    nights: Array  # [option]
    duties: Array  # [option] how many duties
    types: Array  # [option, shift] how many duties of each shift
    forbidden: Array  # [lag - 1, option, option of a later day]
    weekend: Array  # [day] number of its weekend, -1 on other days
    holiday: Array  # [day] 0 or 1
    limits: Array  # [person, LIMITS]
    most_of_type: Array  # [person, shift]
    limited_types: Array  # [person] 1 where a shift is limited
    history: Array  # [person, HISTORY]
    squares: Array  # [SQUARES] weights of duties, nights, weekend days, holidays
    group: Array  # [person] people of a group count alike in all rows
    row_start: Array  # [group, day, option + 1] where the rows of a cell begin in row_of
    row_of: Array
    row_amount: Array
    table_start: Array  # [row] where its table begins in `table`
    table_size: Array  # [row]
    table: Array
    slope: Array  # [row] what each further count costs beyond its table
    constant: int
    option_duties: dict[tuple[int, int], tuple[str, ...]]
    person_ids: tuple[str, ...]
    option_minute: Array  # [option] minute of the day at which it starts

    def roster(self, cells: Array) -> Roster:
        """The roster that a table of options [person, day] stands for."""
        people, days = np.nonzero(cells)
        return Roster.of(
            Assignment(duty=duty, person=self.person_ids[person])
            for person, day in zip(people.tolist(), days.tolist(), strict=True)
            for duty in self.option_duties[day, int(cells[person, day])]
        )

    def cells(self, roster: Roster) -> Array:
        """The table of options of a roster. KeyError for duties of a day that make no option together."""
        option = {(day, frozenset(duties)): number for (day, number), duties in self.option_duties.items()}
        day_of = {duty: day for (day, _), duties in self.option_duties.items() for duty in duties}
        index = {name: number for number, name in enumerate(self.person_ids)}
        on: dict[tuple[int, int], set[str]] = defaultdict(set)
        for cell in roster.assignments:
            on[index[cell.person], day_of[cell.duty]].add(cell.duty)
        cells = np.zeros((self.people, self.days), dtype=np.int16)
        for (person, day), duties in on.items():
            cells[person, day] = option[day, frozenset(duties)]
        return cells


# Columns of `limits`
(
    MOST_MINUTES,
    FEWEST_MINUTES,
    MOST_DUTIES,
    MOST_NIGHTS,
    MOST_WEEKENDS,
    LONGEST_RUN,
    SHORTEST_RUN,
    SHORTEST_OFF,
    LONGEST_NIGHTS,
    OFF_AFTER_NIGHTS,
) = range(10)
LIMIT_NAMES = (
    ("most_minutes", NO_LIMIT),
    ("fewest_minutes", 0),
    ("most_duties", NO_LIMIT),
    ("most_nights", NO_LIMIT),
    ("most_weekends", NO_LIMIT),
    ("longest_run_days", NO_LIMIT),
    ("shortest_run_days", 1),
    ("shortest_days_off", 1),
    ("longest_run_nights", NO_LIMIT),
    ("days_off_after_nights", 0),
)
# Columns of `history`
HISTORY_NAMES = ("duties", "nights", "weekends", "holidays", "run_days", "run_nights")


def grid_of(problem: Problem) -> Grid:
    """The tables of a problem without faults. ProblemError when it is larger than can be held."""
    return _Builder(problem).grid()


@dataclass(frozen=True, slots=True)
class _Shape:
    """What duties of different days have in common."""

    post: str
    shift: str
    minute: int
    minutes: int
    on_call: bool
    night: bool
    skills: tuple[str, ...]

    @property
    def end(self) -> int:
        return self.minute + self.minutes


class _Builder:
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.rules = problem.rules
        self.shapes: list[_Shape] = []
        self.duty_of: dict[tuple[int, int], Duty] = {}
        index: dict[_Shape, int] = {}
        for duty in problem.duties:
            shape = self._shape(duty)
            number = index.setdefault(shape, len(index))
            self.duty_of[(duty.day - problem.first_day).days, number] = duty
        self.shapes = list(index)
        self.options = self._options()
        self._hold_the_size()

    def _shape(self, duty: Duty) -> _Shape:
        minute = duty.start.hour * 60 + duty.start.minute
        night = is_night(self.rules, duty)
        return _Shape(duty.post, duty.shift, minute, duty.minutes, duty.on_call, night, duty.skills)

    def _options(self) -> list[tuple[int, ...]]:
        """Off, each shape, and the sets of shapes that one person may hold on one day."""
        found: list[tuple[int, ...]] = [()]
        last: list[tuple[int, ...]] = [()]
        for _ in range(self.rules.duties_a_day):
            further = []
            for taken in last:
                for number, shape in enumerate(self.shapes):
                    if taken and not self._may_follow_same_day(
                        self.shapes[taken[-1]], shape, number, taken[-1]
                    ):
                        continue
                    further.append((*taken, number))
            found += further
            last = further
            if len(found) > MOST_OPTIONS:
                raise ProblemError(
                    [Fault(FaultCode.TOO_MANY_SHAPES, "duties", (str(len(found)), str(MOST_OPTIONS)))]
                )
        return found

    def _may_follow_same_day(self, before: _Shape, after: _Shape, number: int, earlier: int) -> bool:
        rest = after.minute - before.end
        return (after.minute, number) > (before.minute, earlier) and rest >= rest_needed(
            self.rules, before.minutes
        )

    def _hold_the_size(self) -> None:
        cells = len(self.problem.people) * self.problem.days * len(self.options)
        if cells > MOST_CELLS:
            raise ProblemError([Fault(FaultCode.TOO_LARGE, "people", (str(cells), str(MOST_CELLS)))])

    def grid(self) -> Grid:
        problem = self.problem
        people, days, options = len(problem.people), problem.days, len(self.options)
        self._count_types()
        option_duties = {
            (day, number): tuple(self.duty_of[day, part].id for part in parts)
            for number, parts in enumerate(self.options)
            for day in range(days)
            if parts and all((day, part) in self.duty_of for part in parts)
        }
        rows = _Rows(self)
        weights = self.rules.weights
        first_part = [parts[0] if parts else -1 for parts in self.options]
        return Grid(
            people=people,
            days=days,
            options=options,
            allowed=self._allowed(option_duties),
            cost=self._cost(option_duties),
            minutes=self._sums(lambda shape: 0 if shape.on_call else shape.minutes),
            nights=np.minimum(self._sums(lambda shape: shape.night), NO_LIMIT),
            duties=self._sums(lambda _: 1),
            types=self.types,
            forbidden=self._forbidden(),
            weekend=self._weekends(),
            holiday=np.array([day in set(problem.holidays) for day in problem.dates], dtype=np.int32),
            limits=self._limits(),
            most_of_type=self.most_of_type,
            limited_types=(self.most_of_type < NO_LIMIT).any(axis=1).astype(np.int32),
            history=np.array(
                [[getattr(person.history, name) for name in HISTORY_NAMES] for person in problem.people],
                dtype=np.int32,
            ),
            squares=np.array(
                [weights.duties, weights.nights, weights.weekends, weights.holidays], dtype=np.int64
            ),
            group=rows.group,
            row_start=rows.start,
            row_of=rows.of,
            row_amount=rows.amount,
            table_start=rows.table_start,
            table_size=rows.table_size,
            table=rows.table,
            slope=rows.slope,
            constant=rows.constant + self.constant,
            option_duties=option_duties,
            person_ids=tuple(person.id for person in problem.people),
            option_minute=np.array(
                [self.shapes[part].minute if part >= 0 else 0 for part in first_part], dtype=np.int32
            ),
        )

    def _count_types(self) -> None:
        """How many duties of each shift an option holds, and how many each person may have."""
        shifts = sorted({shape.shift for shape in self.shapes})
        self.types = np.zeros((len(self.options), len(shifts)), dtype=np.int32)
        for number, parts in enumerate(self.options):
            for part in parts:
                self.types[number, shifts.index(self.shapes[part].shift)] += 1
        self.most_of_type = np.full((len(self.problem.people), len(shifts)), NO_LIMIT, dtype=np.int32)
        for number, person in enumerate(self.problem.people):
            for shift, most in person.most_of_shift.items():
                self.most_of_type[number, shifts.index(shift)] = most

    def _sums(self, of: Any) -> Array:
        return np.array(
            [sum(int(of(self.shapes[part])) for part in parts) for parts in self.options], dtype=np.int32
        )

    def _limits(self) -> Array:
        rows = []
        for person in self.problem.people:
            limits = limits_of(self.problem, person)
            row = [getattr(limits, name) for name, _ in LIMIT_NAMES]
            rows.append(
                [none if own is None else own for own, (_, none) in zip(row, LIMIT_NAMES, strict=True)]
            )
        return np.minimum(np.array(rows, dtype=np.int64), NO_LIMIT).astype(np.int32)

    def _weekends(self) -> Array:
        free = weekend_days(self.problem)
        monday = self.problem.first_day.weekday()
        return np.array(
            [(day + monday) // 7 if day in free else -1 for day in range(self.problem.days)], dtype=np.int32
        )

    def _forbidden(self) -> Array:
        """Pairs of options that may not stand so many days apart: too little rest, forbidden successions."""
        shapes = self.shapes
        lags = 1
        for before in shapes:
            ends = before.end + rest_needed(self.rules, before.minutes)
            earliest = min(shape.minute for shape in shapes)
            lags = max(lags, math.ceil((ends - earliest) / 1440) - 0)
        lags = min(max(1, lags), max(1, self.problem.days - 1))
        pairs = np.zeros((lags, len(shapes), len(shapes)), dtype=bool)
        forbidden = set(self.rules.successions_forbidden)
        for lag in range(1, lags + 1):
            for one, before in enumerate(shapes):
                needed = before.end + rest_needed(self.rules, before.minutes)
                for two, after in enumerate(shapes):
                    pairs[lag - 1, one, two] = after.minute + lag * 1440 < needed or (
                        lag == 1 and (before.shift, after.shift) in forbidden
                    )
        table = np.zeros((lags, len(self.options), len(self.options)), dtype=np.uint8)
        member = np.zeros((len(self.options), len(shapes)), dtype=bool)
        for number, parts in enumerate(self.options):
            member[number, list(parts)] = True
        for lag in range(lags):
            table[lag] = (member.astype(int) @ pairs[lag].astype(int) @ member.T.astype(int)) > 0
        while len(table) > 1 and not table[-1].any():
            table = table[:-1]
        return table

    def _allowed(self, option_duties: dict[tuple[int, int], tuple[str, ...]]) -> Array:
        problem, options = self.problem, self.options
        there = np.zeros((problem.days, len(options)), dtype=np.uint8)
        there[:, 0] = 1
        for day, number in option_duties:
            there[day, number] = 1
        allowed = np.empty((len(problem.people), problem.days, len(options)), dtype=np.uint8)
        fits: dict[tuple[Any, ...], Array] = {}
        for number, person in enumerate(problem.people):
            kind = (frozenset(person.skills), person.posts)
            if kind not in fits:
                fit = [self._fits(shape, person) for shape in self.shapes]
                fits[kind] = there * np.array([all(fit[part] for part in parts) for parts in options])
            allowed[number] = fits[kind]
            if person.most_of_shift:
                allowed[number][:, (self.types > self.most_of_type[number]).any(axis=1)] = 0
            self._take_away(allowed[number], person)
        self._freeze(allowed)
        return allowed

    def _fits(self, shape: _Shape, person: Person) -> bool:
        skilled = not shape.skills or bool(set(shape.skills) & set(person.skills))
        return skilled and (not person.posts or shape.post in person.posts)

    def _take_away(self, allowed: Array, person: Person) -> None:
        """The cells that absences, availability and the rest after the last duty forbid."""
        problem = self.problem
        free_from = None
        if person.history.last_end is not None:
            rest = rest_needed(self.rules, person.history.last_minutes)
            free_from = person.history.last_end + timedelta(minutes=rest)
        if not person.absences and not person.available and free_from is None:
            return
        begin = datetime.combine(problem.first_day, datetime.min.time())
        spans = [(_minutes(begin, span.start), _minutes(begin, span.end)) for span in person.absences]
        inside = [(_minutes(begin, span.start), _minutes(begin, span.end)) for span in person.available]
        if free_from is not None:
            spans.append((-NO_LIMIT, _minutes(begin, free_from)))
        begins_free = _minutes(begin, free_from) if free_from is not None else -NO_LIMIT
        for day in range(problem.days):
            for number, parts in enumerate(self.options):
                if not parts or not allowed[day, number]:
                    continue
                for part in parts:
                    start = day * 1440 + self.shapes[part].minute
                    end = start + self.shapes[part].minutes
                    away = any(low < end and start < high for low, high in spans)
                    there = not inside or any(low <= start and end <= high for low, high in inside)
                    if away or not there or start < begins_free:
                        allowed[day, number] = 0
                        break

    def _freeze(self, allowed: Array) -> None:
        """Of the frozen days each person keeps the options that hold exactly what is frozen."""
        problem = self.problem
        until = problem.frozen_until
        if until is None:
            return
        kept: dict[tuple[str, int], set[str]] = defaultdict(set)
        day_of = {duty.id: (duty.day - problem.first_day).days for duty in problem.duties}
        for cell in frozen_part(problem).assignments:
            kept[cell.person, day_of[cell.duty]].add(cell.duty)
        begin = datetime.combine(problem.first_day, datetime.min.time())
        frozen_minutes = _minutes(begin, until)
        for day in range(min(problem.days, frozen_minutes // 1440 + 1)):
            frozen_parts = {
                part for part, shape in enumerate(self.shapes) if day * 1440 + shape.minute < frozen_minutes
            }
            for row, person in enumerate(problem.people):
                want = kept[person.id, day]
                for number, parts in enumerate(self.options):
                    have = {
                        self.duty_of[day, part].id
                        for part in parts
                        if part in frozen_parts and (day, part) in self.duty_of
                    }
                    if have != want:
                        allowed[row, day, number] = 0
                    elif want and all(part in frozen_parts for part in parts):
                        allowed[row, day, number] = 1

    def _cost(self, option_duties: dict[tuple[int, int], tuple[str, ...]]) -> Array:
        """Wishes and changes; what every roster pays is kept in `constant`."""
        problem = self.problem
        cost = np.zeros((len(problem.people), problem.days, len(self.options)), dtype=np.int32)
        self.constant = 0
        shifts_of = [{self.shapes[part].shift for part in parts} for parts in self.options]
        for row, person in enumerate(problem.people):
            for wish in person.wishes:
                day = (wish.day - problem.first_day).days
                if not 0 <= day < problem.days:
                    continue
                for number, shifts in enumerate(shifts_of):
                    met = bool(shifts) if not wish.shift else wish.shift in shifts
                    if met != wish.on:
                        cost[row, day, number] += wish.weight
        if self.rules.weights.change and problem.current:
            self._count_changes(cost, option_duties)
        return cost

    def _count_changes(self, cost: Array, option_duties: dict[tuple[int, int], tuple[str, ...]]) -> None:
        problem, weight = self.problem, self.rules.weights.change
        day_of = {duty.id: (duty.day - problem.first_day).days for duty in problem.duties}
        current: dict[tuple[str, int], set[str]] = defaultdict(set)
        for cell in problem.current:
            current[cell.person, day_of[cell.duty]].add(cell.duty)
        held: dict[int, list[tuple[int, set[str]]]] = defaultdict(list)
        for (day, number), duties in option_duties.items():
            held[day].append((number, set(duties)))
        for row, person in enumerate(problem.people):
            for day in range(problem.days):
                old = current.get((person.id, day), set())
                cost[row, day, 0] += weight * len(old)
                for number, own in held[day]:
                    cost[row, day, number] += weight * len(own ^ old)


def _minutes(begin: datetime, moment: datetime) -> int:
    return int((moment - begin).total_seconds() // 60)


class _Rows:
    """The rows, and to which of them each cell of each group of people adds."""

    def __init__(self, builder: _Builder) -> None:
        self.builder = builder
        self.problem = builder.problem
        self.constant = 0
        self.tables: list[tuple[list[int], int]] = []
        self.mix_skills = sorted(
            {skill for duty in self.problem.duties for mix in duty.mix for skill in mix.skills}
        )
        self._group_people()
        self._fill()
        sizes = [len(table) for table, _ in self.tables]
        self.table_size = np.array(sizes, dtype=np.int32)
        self.table_start = np.array([0, *itertools.accumulate(sizes)][:-1], dtype=np.int32)
        self.table = np.array([cost for table, _ in self.tables for cost in table], dtype=np.int64)
        self.slope = np.array([slope for _, slope in self.tables], dtype=np.int64)

    def _group_people(self) -> None:
        rules, problem = self.problem.rules, self.problem
        units = {quota.unit for quota in problem.quotas} if rules.weights.quota else set()
        self.kinds: dict[tuple[Any, ...], int] = {}
        self.members: list[Person] = []
        group = []
        for person in problem.people:
            kind = (
                tuple(skill in person.skills for skill in self.mix_skills),
                person.sex if rules.women_at_night != WomenAtNight.ANY else None,
                person.team if rules.weights.team else None,
                person.unit if person.unit in units else None,
            )
            if kind not in self.kinds:
                self.kinds[kind] = len(self.kinds)
                self.members.append(person)
            group.append(self.kinds[kind])
        self.group = np.array(group, dtype=np.int32)

    def _row(self, table: Sequence[int], slope: int = 0) -> int:
        self.tables.append((list(table), slope))
        return len(self.tables) - 1

    def _fill(self) -> None:
        builder, problem = self.builder, self.problem
        by_duty: dict[tuple[int, int], list[list[tuple[int, int]]]] = {}
        for key, duty in builder.duty_of.items():
            by_duty[key] = self._rows_of_duty(duty)
        quotas = self._rows_of_quotas()
        start: list[int] = []
        of: list[int] = []
        amount: list[int] = []
        for group, person in enumerate(self.members):
            for day in range(problem.days):
                for parts in builder.options:
                    start.append(len(of))
                    adds: dict[int, int] = defaultdict(int)
                    for part in parts:
                        for row, count in by_duty.get((day, part), [[]] * len(self.members))[group]:
                            adds[row] += count
                        for row in quotas.get((person.unit, day), ()):
                            adds[row] += 1
                    of += list(adds)
                    amount += list(adds.values())
        start.append(len(of))
        shape = (len(self.members), problem.days, len(builder.options))
        starts = np.zeros((*shape, 2), dtype=np.int32)
        starts[..., 0] = np.array(start[:-1], dtype=np.int32).reshape(shape)
        starts[..., 1] = np.array(start[1:], dtype=np.int32).reshape(shape)
        self.start = starts
        self.of = np.array(of, dtype=np.int32)
        self.amount = np.array(amount, dtype=np.int32)

    def _rows_of_duty(self, duty: Duty) -> list[list[tuple[int, int]]]:
        """For each group of people: the rows of the duty that one of them adds to."""
        weights = self.problem.rules.weights
        short = weights.short if duty.short_weight is None else duty.short_weight
        lacking = weights.open if duty.short_weight is None else 0
        over = weights.over if duty.over_weight is None else duty.over_weight
        total = [
            lacking * max(0, duty.needed - count)
            + short * max(0, duty.wanted - count)
            + over * max(0, count - duty.wanted)
            - (weights.team if count else 0)
            for count in range(duty.wanted + 2)
        ]
        rows: list[list[tuple[int, int]]] = [[] for _ in self.members]
        self._add(rows, self._row(total, over), lambda _: 1)
        for mix in duty.mix:
            table = [weights.mix * max(0, mix.count - count) for count in range(mix.count + 1)]
            self._add(
                rows, self._row(table), lambda person, mix=mix: bool(set(mix.skills) & set(person.skills))
            )
        if weights.team:
            for team in sorted({person.team for person in self.members}):
                self._add(rows, self._row([0, weights.team]), lambda person, team=team: person.team == team)
        option = self.problem.rules.women_at_night
        if option != WomenAtNight.ANY and is_night(self.problem.rules, duty):
            row = self._row([0, HARD, 0])
            if option == WomenAtNight.NOT_ALONE:
                self._add(rows, row, lambda person: 1 if person.sex == Sex.FEMALE else 2)
            else:
                self._add(rows, row, lambda person: person.sex == Sex.FEMALE)
        return rows

    def _add(self, rows: list[list[tuple[int, int]]], row: int, amount: Any) -> None:
        for person, own in zip(self.members, rows, strict=True):
            if count := int(amount(person)):
                own.append((row, count))

    def _rows_of_quotas(self) -> dict[tuple[str, int], list[int]]:
        """For each unit and day, the rows of quotas to which a duty adds."""
        weight = self.problem.rules.weights.quota
        found: dict[tuple[str, int], list[int]] = defaultdict(list)
        if not weight:
            return found
        for quota in self.problem.quotas:
            most = quota.most
            size = (quota.fewest if most is None else max(quota.fewest, most)) + 1
            table = [
                weight * (max(0, quota.fewest - count) + (max(0, count - most) if most is not None else 0))
                for count in range(size + 1)
            ]
            slope = 0 if most is None else weight
            whole = self._row(table, slope) if quota.span == QuotaSpan.HORIZON else -1
            for day in range(self.problem.days):
                found[quota.unit, day].append(self._row(table, slope) if whole < 0 else whole)
        return found
