"""Arranging a roster, a few seconds at a time: each step keeps the better of what there was and its own.

Nothing runs in the background: the page asks for one step after another, shows how far it has come, and may
stop after any of them.
"""

from dataclasses import dataclass

from lianfang.duty.models import DutyRoster, PublishedRoster
from lianfang.duty.problems import problem_of, roster_of
from lianfang.engines import roster as engine
from lianfang.engines.roster import Problem, Report, Roster
from lianfang.engines.roster.gaps import openings

SECONDS_A_STEP = 2.0


@dataclass(frozen=True, slots=True)
class Arranged:
    """A roster with what the checker says; `open` are the places that stay empty."""

    problem: Problem
    roster: Roster
    report: Report
    openings: tuple[engine.Opening, ...]

    @property
    def open(self) -> int:
        return sum(one.missing for one in self.openings)


def arrange(
    roster: DutyRoster, *, step: int, seconds: float = SECONDS_A_STEP, current: PublishedRoster | None = None
) -> Arranged:
    """The draft, or a better one. ProblemError when the problem is at fault."""
    problem = problem_of(roster, current=current)
    solution = engine.solve(problem, seconds=seconds, threads=2, seed=step)
    found = Arranged(problem, solution.roster, solution.report, solution.openings)
    if step > 1 and (before := standing(problem, roster)) and _rank(before.report) <= _rank(found.report):
        return before
    return found


def standing(problem: Problem, roster: DutyRoster) -> Arranged | None:
    """The draft as it stands, None where it names people or duties that are no longer there."""
    people, duties = {one.id for one in problem.people}, {one.id for one in problem.duties}
    if not roster.draft or any(m not in people or d not in duties for d, m in roster.draft):
        return None
    draft = roster_of(roster.draft)
    return Arranged(problem, draft, engine.check(problem, draft), openings(problem, draft))


def _rank(report: Report) -> tuple[int, int]:
    return len(report.broken), report.cost
