"""From a problem to the best roster that the time allows."""

from __future__ import annotations

import time
from collections.abc import Callable

from lianfang.engines.roster.checking import check
from lianfang.engines.roster.faults import ProblemError, find_faults
from lianfang.engines.roster.filling import fill
from lianfang.engines.roster.gaps import borrowing, openings
from lianfang.engines.roster.problem import Problem
from lianfang.engines.roster.roster import Progress, Roster, Solution, Status


def solve(
    problem: Problem,
    *,
    seconds: float = 30.0,
    threads: int = 2,
    seed: int = 0,
    on_progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Solution:
    """The best roster found within the time, never none.

    ProblemError when the problem is at fault (`find_faults`). Where people do not suffice, duties stay
    open: the solution lists them with the reasons and with the fewest people to borrow. `cancelled` is asked
    every few moments; when it says yes, the best roster so far comes back.
    """
    if faults := find_faults(problem):
        raise ProblemError(faults)
    del seconds, threads  # one pass needs neither
    began = time.monotonic()
    stop = cancelled or (lambda: False)
    roster = fill(problem, seed=seed, cancelled=stop)
    return finished(problem, roster, began, cancelled=stop(), on_progress=on_progress)


def finished(
    problem: Problem,
    roster: Roster,
    began: float,
    *,
    bound: int | None = None,
    iterations: int = 0,
    cancelled: bool = False,
    on_progress: Callable[[Progress], None] | None = None,
) -> Solution:
    """The roster with what the checker says of it."""
    report = check(problem, roster)
    found = openings(problem, roster)
    if not report.holds:
        status = Status.BROKEN
    elif bound is not None and report.cost <= bound:
        status = Status.OPTIMAL
    else:
        status = Status.CANCELLED if cancelled else Status.FEASIBLE
    seconds = time.monotonic() - began
    if on_progress:
        on_progress(Progress("finished", seconds, report.cost, bound, iterations))
    return Solution(roster, report, status, bound, found, borrowing(problem, found), seconds, iterations)
