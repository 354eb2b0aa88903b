"""A first roster by going through the duties once: simple, quick, and never without an answer.

The duties that fewest people can take come first. Each takes those who may, fewest duties so far first. Only
rules that further duties cannot mend are asked; the hard rules that need more duties (fewest minutes,
shortest runs) are left to the search that follows.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Callable, Iterator

from lianfang.engines.roster.checking import View, broken_by, is_night, missing_from_mix, women_alone
from lianfang.engines.roster.faults import frozen_part
from lianfang.engines.roster.problem import Assignment, Duty, Person, Problem
from lianfang.engines.roster.roster import Broken, Roster, RuleName

MENDED_LATER = frozenset(
    {RuleName.FEWEST_MINUTES, RuleName.SHORTEST_RUN_DAYS, RuleName.SHORTEST_DAYS_OFF, RuleName.WOMEN_AT_NIGHT}
)


def fill(problem: Problem, *, seed: int = 0, cancelled: Callable[[], bool] = lambda: False) -> Roster:
    """A roster in which nobody's own rules are broken, as full as one pass makes it."""
    return _Filling(problem, seed).roster(cancelled)


class _Filling:
    def __init__(self, problem: Problem, seed: int) -> None:
        self.problem = problem
        self.view = View(problem)
        self.chance = random.Random(seed)  # noqa: S311 (not for secrets)
        self.duties = {duty.id: duty for duty in problem.duties}
        self.of: dict[str, list[Duty]] = defaultdict(list)
        self.on: dict[str, list[Person]] = defaultdict(list)
        people = {person.id: person for person in problem.people}
        self.kept = frozen_part(problem)
        for cell in self.kept.assignments:
            self.of[cell.person].append(self.duties[cell.duty])
            self.on[cell.duty].append(people[cell.person])

    def roster(self, cancelled: Callable[[], bool]) -> Roster:
        for duty in self._hardest_first():
            if cancelled():
                break
            self._fill(duty)
        return Roster.of(
            Assignment(duty=duty, person=person.id) for duty, people in self.on.items() for person in people
        )

    def _hardest_first(self) -> list[Duty]:
        until = self.problem.frozen_until
        duties = [duty for duty in self.problem.duties if until is None or duty.start >= until]
        return sorted(duties, key=lambda duty: (duty.day, not (duty.skills or duty.mix), duty.start))

    def _fill(self, duty: Duty) -> None:
        on = self.on[duty.id]
        candidates = list(self._candidates(duty))
        for mix, missing in zip(duty.mix, missing_from_mix(duty, on), strict=True):
            skilled = [person for person in candidates if set(person.skills) & set(mix.skills)]
            for person in skilled[:missing]:
                if len(on) < duty.wanted:
                    self._take(person, duty)
                    candidates.remove(person)
        for person in candidates:
            if len(on) >= duty.wanted:
                break
            self._take(person, duty)
        while list(women_alone(self.view, duty, on)):
            woman = next(women_alone(self.view, duty, on)).person
            on[:] = [person for person in on if person.id != woman]
            self.of[woman].remove(duty)

    def _take(self, person: Person, duty: Duty) -> None:
        self.on[duty.id].append(person)
        self.of[person.id].append(duty)

    def _candidates(self, duty: Duty) -> Iterator[Person]:
        """Who may take the duty, those with the fewest duties of the kind first."""
        night = is_night(self.view.rules, duty)
        rank = []
        for person in self.problem.people:
            mine = self.of[person.id]
            nights = sum(is_night(self.view.rules, each) for each in mine) if night else 0
            load = len(mine) + person.history.duties
            rank.append((nights, load, self.chance.random(), person))
        for *_, person in sorted(rank, key=lambda each: each[:3]):
            if not may_take(self.view, person, self.of[person.id], duty):
                yield person


def may_take(view: View, person: Person, duties: list[Duty], duty: Duty) -> tuple[Broken, ...]:
    """The rules that a further duty would break for a person and no more duties would mend."""
    before = {(each.rule, each.duties) for each in broken_by(view, person, duties)}
    return tuple(
        each
        for each in broken_by(view, person, [*duties, duty])
        if each.rule not in MENDED_LATER and (each.rule, each.duties) not in before
    )
