"""Where cover is impossible: which hours stay open, why, and the fewest people who would fill them."""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, replace

from lianfang.engines.roster.checking import View, broken_by, missing_from_mix, rest_needed
from lianfang.engines.roster.problem import Duty, Person, Problem
from lianfang.engines.roster.roster import Borrowed, Opening, Roster


def openings(problem: Problem, roster: Roster) -> tuple[Opening, ...]:
    """The duties below their minimum or without their role mix, by time."""
    people = {person.id: person for person in problem.people}
    on: dict[str, list[Person]] = defaultdict(list)
    of: dict[str, list[Duty]] = defaultdict(list)
    duties = {duty.id: duty for duty in problem.duties}
    for cell in roster.assignments:
        on[cell.duty].append(people[cell.person])
        of[cell.person].append(duties[cell.duty])
    view = View(problem)
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
            found.append(Opening(duty.id, number, skills, _reasons(view, duty, here, of, skills)))
        rest = missing - sum(number for number, _ in lacking)
        if rest > 0:
            found.append(Opening(duty.id, rest, (), _reasons(view, duty, here, of, ())))
    return tuple(found)


def _reasons(
    view: View, duty: Duty, here: list[Person], of: dict[str, list[Duty]], skills: tuple[str, ...]
) -> dict[str, int]:
    """Why each person who is not on the duty cannot take it, counted by the first rule against it."""
    reasons: Counter[str] = Counter()
    taken = {person.id for person in here}
    for person in view.problem.people:
        if person.id in taken:
            continue
        if skills and not set(skills) & set(person.skills):
            reasons["skill"] += 1
            continue
        before = set(broken_by(view, person, of[person.id]))
        broken = [each for each in broken_by(view, person, [*of[person.id], duty]) if each not in before]
        reasons[broken[0].rule.value if broken else ""] += 1
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
    for duty, skills in sorted(slots, key=lambda slot: (slot[0].start, slot[0].id, slot[1])):
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


def _apart(problem: Problem, earlier: Duty, later: Duty) -> bool:
    rest = (later.start - earlier.end).total_seconds() / 60
    return rest >= rest_needed(problem.rules, earlier.minutes)


def _without_skills(duty: Duty) -> Duty:
    return replace(duty, skills=())


def _broken(view: View, person: Person, duties: list[Duty]) -> bool:
    mended = {"fewest_minutes", "shortest_run_days", "shortest_days_off"}
    return any(each.rule.value not in mended for each in broken_by(view, person, duties))
