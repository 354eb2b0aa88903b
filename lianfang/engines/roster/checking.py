"""The checker: every broken rule of a roster, and its cost counted anew.

It reads the problem and nothing else: no solver's table, no compiled code. What it says is what counts.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import fields
from datetime import date, datetime, time, timedelta
from functools import lru_cache

from lianfang.engines.roster.problem import (
    Duty,
    Limits,
    Person,
    Problem,
    QuotaSpan,
    Rules,
    Sex,
    WomenAtNight,
)
from lianfang.engines.roster.roster import Broken, CostName, Report, Roster, RuleName


def check(problem: Problem, roster: Roster) -> Report:
    """Every hard rule that the roster breaks, and its cost part by part."""
    duties = {duty.id: duty for duty in problem.duties}
    people = {person.id: person for person in problem.people}
    broken: list[Broken] = []
    on: dict[str, list[Person]] = defaultdict(list)
    of: dict[str, list[Duty]] = defaultdict(list)
    for cell in roster.assignments:
        if cell.person not in people:
            broken.append(Broken(RuleName.UNKNOWN_PERSON, cell.person, (cell.duty,)))
        elif cell.duty not in duties:
            broken.append(Broken(RuleName.UNKNOWN_DUTY, cell.person, (cell.duty,)))
        else:
            on[cell.duty].append(people[cell.person])
            of[cell.person].append(duties[cell.duty])
    view = View(problem)
    for person in problem.people:
        broken.extend(broken_by(view, person, of[person.id]))
    broken.extend(_women_at_night(view, on))
    broken.extend(_frozen(problem, roster))
    costs: Counter[CostName] = Counter()
    for duty in problem.duties:
        costs.update(costs_of_duty(view, duty, on[duty.id]))
    for person in problem.people:
        costs.update(costs_of_person(view, person, of[person.id]))
    costs.update(_costs_of_quotas(problem, of))
    if problem.rules.weights.change and problem.current:
        changed = set(roster.assignments) ^ set(problem.current)
        costs[CostName.CHANGE] = problem.rules.weights.change * len(changed)
    return Report(tuple(broken), {name: cost for name, cost in costs.items() if cost})


class View:
    """What the checker looks up again and again in one problem."""

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        self.rules = problem.rules
        self.holidays = frozenset(problem.holidays)
        self.workdays = frozenset(problem.workdays)
        self.forbidden = frozenset(problem.rules.successions_forbidden)
        self.nights: dict[str, bool] = {}
        self.last_day = problem.first_day + timedelta(days=problem.days - 1)

    def is_night(self, duty: Duty) -> bool:
        night = self.nights.get(duty.id)
        if night is None:
            night = self.nights[duty.id] = is_night(self.rules, duty)
        return night

    def is_weekend(self, day: date) -> bool:
        return day.weekday() >= 5 and day not in self.workdays

    def is_holiday(self, day: date) -> bool:
        return day in self.holidays


def limits_of(problem: Problem, person: Person) -> Limits:
    """The person's own limits, and those of the rules where he has none."""
    own, general = person.limits, problem.rules.limits
    if own == Limits():
        return general
    return Limits(
        **{
            each.name: getattr(general, each.name)
            if getattr(own, each.name) is None
            else getattr(own, each.name)
            for each in fields(Limits)
        }
    )


def is_night(rules: Rules, duty: Duty) -> bool:
    """The duty says so, or covers enough of the rules' night window."""
    if duty.night is not None:
        return duty.night
    return _minutes_of_night(rules.night_from, rules.night_until, duty.start, duty.end) >= rules.night_minutes


@lru_cache(maxsize=65536)
def _minutes_of_night(begins: time, ends: time, start: datetime, end: datetime) -> int:
    minutes = 0
    for shift in (-1, 0, 1):
        day = start.date() + timedelta(days=shift)
        opens = datetime.combine(day, begins)
        closes = datetime.combine(day, ends)
        if closes <= opens:
            closes += timedelta(days=1)
        overlap = (min(end, closes) - max(start, opens)).total_seconds()
        minutes += max(0, int(overlap // 60))
    return minutes


def broken_by(view: View, person: Person, duties: Iterable[Duty]) -> Iterator[Broken]:
    """The rules that a person's own duties break, whoever else is on duty."""
    ordered = sorted(duties, key=lambda duty: duty.start)
    limits = limits_of(view.problem, person)
    yield from _fitness(person, ordered)
    yield from _spacing(view, person, ordered)
    yield from _totals(view, person, limits, ordered)
    yield from _runs(view, person, limits, ordered)


def _fitness(person: Person, duties: Sequence[Duty]) -> Iterator[Broken]:
    for duty in duties:
        if duty.skills and not set(duty.skills) & set(person.skills):
            yield Broken(RuleName.SKILL, person.id, (duty.id,))
        if person.posts and duty.post not in person.posts:
            yield Broken(RuleName.POST, person.id, (duty.id,))
        away = any(span.start < duty.end and duty.start < span.end for span in person.absences)
        there = not person.available or any(
            span.start <= duty.start and duty.end <= span.end for span in person.available
        )
        if away or not there:
            yield Broken(RuleName.ABSENT, person.id, (duty.id,))


def rest_needed(rules: Rules, minutes: int) -> int:
    return max(rules.rest_minutes, rules.rest_after_long_duty if minutes >= rules.long_duty_minutes else 0)


def _spacing(view: View, person: Person, duties: Sequence[Duty]) -> Iterator[Broken]:
    rules = view.rules
    history = person.history
    longest_rest = max(rules.rest_minutes, rules.rest_after_long_duty, 2880)
    for number, duty in enumerate(duties):
        if history.last_end is not None:
            rest = int((duty.start - history.last_end).total_seconds() // 60)
            needed = rest_needed(rules, history.last_minutes)
            if rest < needed:
                yield Broken(RuleName.REST, person.id, (duty.id,), rest, needed)
        end, needed = duty.end, rest_needed(rules, duty.minutes)
        for later in duties[number + 1 :]:
            rest = int((later.start - end).total_seconds() // 60)
            if rest >= longest_rest:
                break
            if rest < 0:
                yield Broken(RuleName.TWO_DUTIES_AT_ONCE, person.id, (duty.id, later.id))
                continue
            if rest < needed:
                yield Broken(RuleName.REST, person.id, (duty.id, later.id), rest, needed)
            if (duty.shift, later.shift) in view.forbidden and (later.day - duty.day).days == 1:
                yield Broken(RuleName.SUCCESSION, person.id, (duty.id, later.id))
    starts = Counter(duty.day for duty in duties)
    for day, count in starts.items():
        if count > rules.duties_a_day:
            ids = tuple(duty.id for duty in duties if duty.day == day)
            yield Broken(RuleName.DUTIES_A_DAY, person.id, ids, count, rules.duties_a_day)


def _totals(view: View, person: Person, limits: Limits, duties: Sequence[Duty]) -> Iterator[Broken]:
    minutes = sum(duty.minutes for duty in duties if not duty.on_call)
    if limits.most_minutes is not None and minutes > limits.most_minutes:
        yield Broken(RuleName.MOST_MINUTES, person.id, (), minutes, limits.most_minutes)
    if limits.fewest_minutes is not None and minutes < limits.fewest_minutes:
        yield Broken(RuleName.FEWEST_MINUTES, person.id, (), minutes, limits.fewest_minutes)
    if limits.most_duties is not None and len(duties) > limits.most_duties:
        yield Broken(RuleName.MOST_DUTIES, person.id, (), len(duties), limits.most_duties)
    if limits.most_nights is not None:
        nights = sum(view.is_night(duty) for duty in duties)
        if nights > limits.most_nights:
            yield Broken(RuleName.MOST_NIGHTS, person.id, (), nights, limits.most_nights)
    if limits.most_weekends is not None:
        weekends = {
            duty.day - timedelta(days=duty.day.weekday()) for duty in duties if view.is_weekend(duty.day)
        }
        if len(weekends) > limits.most_weekends:
            yield Broken(RuleName.MOST_WEEKENDS, person.id, (), len(weekends), limits.most_weekends)
    for shift, most in person.most_of_shift.items():
        count = sum(duty.shift == shift for duty in duties)
        if count > most:
            ids = tuple(duty.id for duty in duties if duty.shift == shift)
            yield Broken(RuleName.MOST_OF_SHIFT, person.id, ids, count, most)


def _runs(view: View, person: Person, limits: Limits, duties: Sequence[Duty]) -> Iterator[Broken]:
    """Days in a row. Runs that touch the ends of the horizon may go on beyond them."""
    first, last = view.problem.first_day, view.last_day
    days = sorted({duty.day for duty in duties})
    runs = _in_a_row(days)
    for start, end in runs:
        length = (end - start).days + 1
        before = person.history.run_days if start == first else 0
        if limits.longest_run_days is not None and length + before > limits.longest_run_days:
            ids = tuple(duty.id for duty in duties if start <= duty.day <= end)
            yield Broken(RuleName.LONGEST_RUN_DAYS, person.id, ids, length + before, limits.longest_run_days)
        inside = start != first and end != last
        if inside and limits.shortest_run_days is not None and length < limits.shortest_run_days:
            ids = tuple(duty.id for duty in duties if start <= duty.day <= end)
            yield Broken(RuleName.SHORTEST_RUN_DAYS, person.id, ids, length, limits.shortest_run_days)
    for (_, end), (start, _) in itertools.pairwise(runs):
        off = (start - end).days - 1
        if limits.shortest_days_off is not None and off < limits.shortest_days_off:
            ids = tuple(duty.id for duty in duties if duty.day in (start, end))
            yield Broken(RuleName.SHORTEST_DAYS_OFF, person.id, ids, off, limits.shortest_days_off)
    yield from _night_runs(view, person, limits, duties)


def _night_runs(view: View, person: Person, limits: Limits, duties: Sequence[Duty]) -> Iterator[Broken]:
    first = view.problem.first_day
    nights = [duty for duty in duties if view.is_night(duty)]
    night_days = {duty.day for duty in nights}
    runs = _in_a_row(sorted(night_days))
    if limits.longest_run_nights is not None:
        for start, end in runs:
            length = (end - start).days + 1 + (person.history.run_nights if start == first else 0)
            if length > limits.longest_run_nights:
                ids = tuple(duty.id for duty in nights if start <= duty.day <= end)
                yield Broken(RuleName.LONGEST_RUN_NIGHTS, person.id, ids, length, limits.longest_run_nights)
    off = limits.days_off_after_nights or 0
    if not off:
        return
    ends = [end for _, end in runs]
    if person.history.run_nights and first not in night_days:
        ends.append(first - timedelta(days=1))
    for end in ends:
        for duty in duties:
            days = (duty.day - end).days
            if 0 < days <= off:
                ids = tuple(each.id for each in nights if each.day == end)
                yield Broken(RuleName.DAYS_OFF_AFTER_NIGHTS, person.id, (*ids, duty.id), days - 1, off)
                break


def _in_a_row(days: Sequence[date]) -> list[tuple[date, date]]:
    runs: list[tuple[date, date]] = []
    for day in days:
        if runs and (day - runs[-1][1]).days == 1:
            runs[-1] = (runs[-1][0], day)
        else:
            runs.append((day, day))
    return runs


def _women_at_night(view: View, on: dict[str, list[Person]]) -> Iterator[Broken]:
    for duty in view.problem.duties:
        yield from women_alone(view, duty, on.get(duty.id, []))


def women_alone(view: View, duty: Duty, people: Sequence[Person]) -> Iterator[Broken]:
    """The option that no woman is on a night duty without company."""
    option = view.rules.women_at_night
    if option == WomenAtNight.ANY or not view.is_night(duty):
        return
    women = [person for person in people if person.sex == Sex.FEMALE]
    alone = len(women) == 1 and (option == WomenAtNight.NOT_THE_ONLY_WOMAN or len(people) == 1)
    if alone:
        yield Broken(RuleName.WOMEN_AT_NIGHT, women[0].id, (duty.id,), len(people), 2)


def _frozen(problem: Problem, roster: Roster) -> Iterator[Broken]:
    if problem.frozen_until is None:
        return
    starts = {duty.id: duty.start for duty in problem.duties}
    for cell in sorted(set(roster.assignments) ^ set(problem.current)):
        if cell.duty in starts and starts[cell.duty] < problem.frozen_until:
            yield Broken(RuleName.FROZEN, cell.person, (cell.duty,))


def costs_of_duty(view: View, duty: Duty, people: Sequence[Person]) -> dict[CostName, int]:
    """What the cover of one duty costs."""
    weights = view.rules.weights
    count = len(people)
    short = weights.short if duty.short_weight is None else duty.short_weight
    over = weights.over if duty.over_weight is None else duty.over_weight
    costs = {
        CostName.OPEN: weights.open * max(0, duty.needed - count) if duty.short_weight is None else 0,
        CostName.SHORT: short * max(0, duty.wanted - count),
        CostName.OVER: over * max(0, count - duty.wanted),
        CostName.MIX: weights.mix * sum(missing_from_mix(duty, people)),
    }
    if weights.team and people:
        teams = {person.team for person in people}
        costs[CostName.TEAM] = weights.team * (len(teams) - 1)
    return costs


def missing_from_mix(duty: Duty, people: Sequence[Person]) -> list[int]:
    """How many people each role mix of the duty lacks."""
    return [
        max(0, mix.count - sum(bool(set(mix.skills) & set(person.skills)) for person in people))
        for mix in duty.mix
    ]


def costs_of_person(view: View, person: Person, duties: Sequence[Duty]) -> dict[CostName, int]:
    """What a person's duties cost: wishes not met, and the squares that make a roster fair."""
    weights, history = view.rules.weights, person.history
    first, last = view.problem.first_day, view.last_day
    wish_cost = 0
    for wish in person.wishes:
        if not first <= wish.day <= last:
            continue
        met = any(duty.day == wish.day and wish.shift in ("", duty.shift) for duty in duties)
        wish_cost += wish.weight if met != wish.on else 0
    costs = {CostName.WISH: wish_cost}
    if weights.nights:
        nights = history.nights + sum(view.is_night(duty) for duty in duties)
        costs[CostName.NIGHTS] = weights.nights * nights**2
    if weights.weekends:
        weekends = history.weekends + sum(view.is_weekend(duty.day) for duty in duties)
        costs[CostName.WEEKENDS] = weights.weekends * weekends**2
    if weights.holidays:
        holidays = history.holidays + sum(view.is_holiday(duty.day) for duty in duties)
        costs[CostName.HOLIDAYS] = weights.holidays * holidays**2
    if weights.duties:
        costs[CostName.DUTIES] = weights.duties * (history.duties + len(duties)) ** 2
    return costs


def _costs_of_quotas(problem: Problem, of: dict[str, list[Duty]]) -> dict[CostName, int]:
    weight = problem.rules.weights.quota
    if not weight or not problem.quotas:
        return {}
    of_unit: Counter[tuple[str, date]] = Counter()
    for person in problem.people:
        of_unit.update((person.unit, duty.day) for duty in of[person.id])
    outside = 0
    for quota in problem.quotas:
        by_day = [of_unit[quota.unit, day] for day in problem.dates]
        counts = by_day if quota.span == QuotaSpan.DAY else [sum(by_day)]
        for count in counts:
            outside += max(0, quota.fewest - count)
            if quota.most is not None:
                outside += max(0, count - quota.most)
    return {CostName.QUOTA: weight * outside}
