"""After publication: who can step in, who may swap, and why a cell is as it is.

Each answer changes one duty by one call and leaves every other cell as it stands. The rules are the
checker's; only the people concerned are checked again.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import replace

from lianfang.engines.roster.checking import (
    View,
    broken_by,
    costs_of_duty,
    costs_of_person,
    women_alone,
)
from lianfang.engines.roster.problem import Assignment, Duty, Person, Problem, QuotaSpan, Span
from lianfang.engines.roster.roster import (
    Alternative,
    Broken,
    Explanation,
    Roster,
    Substitute,
    SwapAnswer,
)


def substitutes(
    problem: Problem, roster: Roster, person: str, absence: Span, *, most: int = 5
) -> dict[str, tuple[Substitute, ...]]:
    """For each duty that the person cannot take during the absence: the best people to call, best first.

    One call fills the duty: whoever is named may take it without breaking a rule and without any other
    change. An empty tuple: nobody can; `explain` says what keeps each one away.
    """
    table = _Table(problem, roster)
    holes = [duty for duty in table.of[person] if duty.start < absence.end and absence.start < duty.end]
    absent = replace(table.people[person], absences=(*table.people[person].absences, absence))
    table.people[person] = absent
    for duty in holes:
        table.remove(person, duty)
    return {duty.id: table.substitutes(duty, most, besides=person) for duty in holes}


def check_swap(problem: Problem, roster: Roster, first: Assignment, second: Assignment) -> SwapAnswer:
    """Whether the two people may take each other's duty: the rules that would break anew, and the cost."""
    table = _Table(problem, roster)
    for cell in (first, second):
        if cell not in roster.assignments:
            raise KeyError(cell)
    before = table.state_of((first.person, second.person), (first.duty, second.duty))
    table.remove(first.person, table.duties[first.duty])
    table.remove(second.person, table.duties[second.duty])
    table.add(first.person, table.duties[second.duty])
    table.add(second.person, table.duties[first.duty])
    after = table.state_of((first.person, second.person), (first.duty, second.duty))
    return SwapAnswer(_anew(before[0], after[0]), after[1] - before[1])


def explain(problem: Problem, roster: Roster, cell: Assignment, *, most: int = 10) -> Explanation:
    """Why this person: what everybody else would break or cost in the same place.

    `cell` may also be empty in the roster: then the answer is about filling it. People who could take the
    place come first, cheapest first; then those who break fewest rules.
    """
    table = _Table(problem, roster)
    duty = table.duties[cell.duty]
    held = cell in roster.assignments
    cost_with = table.state_of((cell.person,), (duty.id,))[1]
    if held:
        table.remove(cell.person, duty)
    cost_empty = table.state_of((cell.person,), (duty.id,))[1]
    others = [
        person
        for person in problem.people
        if person.id != cell.person and duty.id not in {each.id for each in table.of[person.id]}
    ]
    answers = [table.alternative(person, duty) for person in others]
    if not held:
        answers.append(table.alternative(table.people[cell.person], duty))
    base = cost_with - cost_empty if held else 0
    ranked = sorted(answers, key=lambda each: (len(each.broken), each.extra_cost, each.person))
    return Explanation(
        cell.person,
        duty.id,
        duty.start,
        cost_empty - cost_with if held else 0,
        tuple(replace(each, extra_cost=each.extra_cost - base) for each in ranked[:most]),
    )


class _Table:
    """A roster with its two sides, on which single cells are tried."""

    def __init__(self, problem: Problem, roster: Roster) -> None:
        self.problem = problem
        self.view = View(problem)
        self.duties = {duty.id: duty for duty in problem.duties}
        self.people = {person.id: person for person in problem.people}
        self.of: dict[str, list[Duty]] = defaultdict(list)
        self.on: dict[str, list[str]] = defaultdict(list)
        self.current = frozenset(problem.current)
        self.joined: dict[tuple[object, ...], tuple[tuple[Broken, ...], int]] = {}
        for cell in roster.assignments:
            self.add(cell.person, self.duties[cell.duty])

    def add(self, person: str, duty: Duty) -> None:
        self.of[person].append(duty)
        self.on[duty.id].append(person)

    def remove(self, person: str, duty: Duty) -> None:
        self.of[person].remove(duty)
        self.on[duty.id].remove(person)

    def substitutes(self, duty: Duty, most: int, *, besides: str) -> tuple[Substitute, ...]:
        taken = {*self.on[duty.id], besides}
        busy = self.view.rules.duties_a_day
        found = []
        for person in self.problem.people:
            mine = self.of[person.id]
            if person.id in taken or sum(each.day == duty.day for each in mine) >= busy:
                continue
            with_it = [*mine, duty]
            broken = tuple(broken_by(self.view, person, with_it))
            if broken and _anew(tuple(broken_by(self.view, person, mine)), broken):
                continue
            in_company, cost = self._joined(person, duty)
            if in_company:
                continue
            cost += sum(costs_of_person(self.view, person, with_it).values())
            cost -= sum(costs_of_person(self.view, person, mine).values())
            cost += self._change_cost(person.id, with_it) - self._change_cost(person.id, mine)
            if self.problem.quotas:
                cost -= self._quota_cost()
                self.add(person.id, duty)
                cost += self._quota_cost()
                self.remove(person.id, duty)
            found.append(Substitute(person.id, duty.id, cost, self._rest_beside(person.id, duty)))
        found.sort(key=lambda each: (each.extra_cost, -(each.rest_minutes or 1 << 30), each.person))
        return tuple(found[:most])

    def _joined(self, person: Person, duty: Duty) -> tuple[tuple[Broken, ...], int]:
        """The rules of company that break anew when the person joins the duty, and what it costs there."""
        here = tuple(self.on[duty.id])
        kind = (duty.id, here, person.skills, person.team, person.sex)
        if kind not in self.joined:
            on = [self.people[name] for name in here]
            more = [*on, person]
            broken = _anew(tuple(women_alone(self.view, duty, on)), tuple(women_alone(self.view, duty, more)))
            before = sum(costs_of_duty(self.view, duty, on).values())
            after = sum(costs_of_duty(self.view, duty, more).values())
            self.joined[kind] = (broken, after - before)
        return self.joined[kind]

    def alternative(self, person: Person, duty: Duty) -> Alternative:
        """What it breaks and costs when the person takes the duty beside what is his already."""
        quick = tuple(broken_by(self.view, person, [duty]))
        unfit = tuple(each for each in quick if each.rule in ("skill", "post", "absent"))
        if unfit:
            return Alternative(person.id, unfit, 0)
        before = self.state_of((person.id,), (duty.id,))
        self.add(person.id, duty)
        after = self.state_of((person.id,), (duty.id,))
        self.remove(person.id, duty)
        return Alternative(person.id, _anew(before[0], after[0]), after[1] - before[1])

    def state_of(self, people: Iterable[str], duties: Iterable[str]) -> tuple[list[Broken], int]:
        """The broken rules and the cost of these people and these duties."""
        broken: list[Broken] = []
        cost = 0
        for name in dict.fromkeys(people):
            person, mine = self.people[name], self.of[name]
            broken += broken_by(self.view, person, mine)
            cost += sum(costs_of_person(self.view, person, mine).values())
            cost += self._change_cost(name, mine)
        for identity in dict.fromkeys(duties):
            duty = self.duties[identity]
            on = [self.people[name] for name in self.on[identity]]
            broken += women_alone(self.view, duty, on)
            cost += sum(costs_of_duty(self.view, duty, on).values())
        return broken, cost + self._quota_cost()

    def _change_cost(self, person: str, duties: Sequence[Duty]) -> int:
        weight = self.view.rules.weights.change
        if not weight or not self.current:
            return 0
        mine = {Assignment(duty=duty.id, person=person) for duty in duties}
        return weight * len(mine ^ {cell for cell in self.current if cell.person == person})

    def _quota_cost(self) -> int:
        weight = self.view.rules.weights.quota
        if not weight or not self.problem.quotas:
            return 0
        outside = 0
        for quota in self.problem.quotas:
            members = [person.id for person in self.problem.people if person.unit == quota.unit]
            days = [duty.day for name in members for duty in self.of[name]]
            counts = (
                [days.count(day) for day in self.problem.dates]
                if quota.span == QuotaSpan.DAY
                else [len(days)]
            )
            for count in counts:
                outside += max(0, quota.fewest - count)
                outside += max(0, count - quota.most) if quota.most is not None else 0
        return weight * outside

    def _rest_beside(self, person: str, duty: Duty) -> int | None:
        gaps = [
            int(
                (
                    duty.start - other.end if other.end <= duty.start else other.start - duty.end
                ).total_seconds()
            )
            // 60
            for other in self.of[person]
        ]
        return min(gaps, default=None)


def _anew(before: Sequence[Broken], after: Sequence[Broken]) -> tuple[Broken, ...]:
    known = set(before)
    return tuple(each for each in after if each not in known)
