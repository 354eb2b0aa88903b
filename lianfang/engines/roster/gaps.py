"""Where cover is impossible: which hours stay open, why, and the fewest people who would fill them."""

from __future__ import annotations

import heapq
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from lianfang.engines.roster.checking import View, broken_by, missing_from_mix, rest_needed
from lianfang.engines.roster.problem import Duty, Person, Problem
from lianfang.engines.roster.roster import Borrowed, Broken, Opening, Roster

MOST_ASKED = 60_000  # people asked why they cannot, over all openings
MOST_SLOTS = 150  # places to fill, beyond which the rules of runs are not asked


def openings(problem: Problem, roster: Roster) -> tuple[Opening, ...]:
    """The duties below their minimum or without their role mix, by time."""
    people = {person.id: person for person in problem.people}
    on: dict[str, list[Person]] = defaultdict(list)
    of: dict[str, list[Duty]] = defaultdict(list)
    duties = {duty.id: duty for duty in problem.duties}
    for cell in roster.assignments:
        on[cell.duty].append(people[cell.person])
        of[cell.person].append(duties[cell.duty])
    reasons = _Reasons(View(problem), of)
    found = []
    for duty in sorted(problem.duties, key=lambda each: (each.start, each.id)):
        here = on[duty.id]
        lacking = [
            (missing, mix.skills)
            for mix, missing in zip(duty.mix, missing_from_mix(duty, here), strict=True)
            if missing
        ]
        missing = max(0, duty.needed - len(here))
        for number, skills in lacking:
            found.append(Opening(duty.id, number, skills, reasons.against(duty, here, skills)))
        rest = missing - sum(number for number, _ in lacking)
        if rest > 0:
            found.append(Opening(duty.id, rest, (), reasons.against(duty, here, ())))
    return tuple(found)


class _Reasons:
    """Why people cannot take a duty, until so many have been looked at that it would take too long."""

    def __init__(self, view: View, of: dict[str, list[Duty]]) -> None:
        self.view = view
        self.of = of
        self.left = MOST_ASKED
        self.before: dict[str, set[Broken]] = {}

    def against(self, duty: Duty, here: list[Person], skills: tuple[str, ...]) -> dict[str, int]:
        """The people who are not on the duty, counted by the first rule against each."""
        reasons: Counter[str] = Counter()
        if self.left <= 0:
            return {}
        self.left -= len(self.view.problem.people)
        taken = {person.id for person in here}
        for person in self.view.problem.people:
            if person.id in taken:
                continue
            if skills and not set(skills) & set(person.skills):
                reasons["skill"] += 1
                continue
            mine = self.of[person.id]
            if person.id not in self.before:
                self.before[person.id] = set(broken_by(self.view, person, mine))
            broken = next(
                (
                    each
                    for each in broken_by(self.view, person, [*mine, duty])
                    if each not in self.before[person.id]
                ),
                None,
            )
            reasons[broken.rule.value if broken else ""] += 1
        return dict(reasons)


@dataclass
class _Loan:
    skills: set[tuple[str, ...]]
    duties: list[Duty]


def borrowing(problem: Problem, found: tuple[Opening, ...]) -> tuple[Borrowed, ...]:
    """The fewest people who would fill the openings, each with the rest and the runs that the rules ask.

    Openings in order of time are given to the borrowed person who has been free longest and may take the
    duty; a further one is borrowed only when none of them may. With rest as the only rule that is the
    smallest number possible (a colouring of intervals).
    """
    duties = {duty.id: duty for duty in problem.duties}
    view = View(problem)
    loans: list[_Loan] = []
    stranger = Person(id="")
    slots = [
        (duties[opening.duty], opening.skills or duties[opening.duty].skills)
        for opening in found
        for _ in range(opening.missing)
    ]
    slots.sort(key=lambda slot: (slot[0].start, slot[0].id, slot[1]))
    if len(slots) > MOST_SLOTS:
        return _borrowing_of_many(problem, slots)
    for duty, skills in slots:
        for loan in sorted(loans, key=lambda each: each.duties[-1].end, reverse=True):
            free = all(_apart(problem, earlier, duty) for earlier in loan.duties)
            same = not skills or skills in loan.skills or not loan.skills
            plain = [_without_skills(each) for each in (*loan.duties, duty)]
            if free and same and not _broken(view, stranger, plain):
                loan.duties.append(duty)
                loan.skills |= {skills} if skills else set()
                break
        else:
            loans.append(_Loan({skills} if skills else set(), [duty]))
    return tuple(
        Borrowed(tuple(sorted(loan.skills)), tuple(duty.id for duty in loan.duties)) for loan in loans
    )


def _borrowing_of_many(problem: Problem, slots: list[tuple[Duty, tuple[str, ...]]]) -> tuple[Borrowed, ...]:
    """The same by rest alone, each skill by itself: whoever is free earliest takes the next."""
    free: dict[tuple[str, ...], list[tuple[datetime, int]]] = defaultdict(list)
    taken: list[tuple[tuple[str, ...], list[str]]] = []
    for duty, skills in slots:
        heap = free[skills]
        if heap and heap[0][0] <= duty.start:
            _, number = heapq.heappop(heap)
        else:
            number = len(taken)
            taken.append((skills, []))
        taken[number][1].append(duty.id)
        again = duty.end + timedelta(minutes=rest_needed(problem.rules, duty.minutes))
        heapq.heappush(heap, (again, number))
    return tuple(Borrowed((skills,) if skills else (), tuple(duties)) for skills, duties in taken)


def _apart(problem: Problem, earlier: Duty, later: Duty) -> bool:
    rest = (later.start - earlier.end).total_seconds() / 60
    return rest >= rest_needed(problem.rules, earlier.minutes)


def _without_skills(duty: Duty) -> Duty:
    return replace(duty, skills=())


def _broken(view: View, person: Person, duties: list[Duty]) -> bool:
    mended = {"fewest_minutes", "shortest_run_days", "shortest_days_off"}
    return any(each.rule.value not in mended for each in broken_by(view, person, duties))
