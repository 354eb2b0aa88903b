"""From a problem to the best roster that the time allows.

First a roster by going through the duties once, so that there is an answer. Then compiled annealing on each
thread. What follows depends on the problem: where one person's line can be priced by a dynamic programme,
columns are generated, which proves a bound and finds nearly whole rosters; small problems go to CP-SAT whole;
and larger ones are searched window by window. Up to a hundred people a bound is proved by linear programming.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

from lianfang.engines.roster.checking import check
from lianfang.engines.roster.faults import ProblemError, find_faults
from lianfang.engines.roster.filling import fill
from lianfang.engines.roster.gaps import borrowing, openings
from lianfang.engines.roster.problem import Problem
from lianfang.engines.roster.roster import Progress, Roster, Solution, Status

if TYPE_CHECKING:
    from lianfang.engines.roster.grid import Grid
    from lianfang.engines.roster.line_search import Best, LineSearch

BOUND_UP_TO = 100  # people, unless a bound is asked for
EXACT_UP_TO = 25  # people, for a whole problem in CP-SAT
FILL_UP_TO = 10_000  # people × duties, to go through before the search
SLICE = 0.12  # seconds of one slice of annealing
ANNEAL_A_CELL = 0.005  # seconds, where whole lines are searched afterwards
FAR = 1.15  # times the bound: where annealing still finds better rosters sooner than exact search
WARM = 0.15  # of the full temperature


def solve(
    problem: Problem,
    *,
    seconds: float = 30.0,
    threads: int = 2,
    seed: int = 0,
    iterations: int | None = None,
    prove: bool | None = None,
    on_progress: Callable[[Progress], None] | None = None,
    cancelled: Callable[[], bool] | None = None,
) -> Solution:
    """The best roster found within the time, never none.

    ProblemError when the problem is at fault (`find_faults`). Where people do not suffice, duties stay
    open: the solution lists them with the reasons and with the fewest people to borrow. `cancelled` is asked
    every few moments; when it says yes, the best roster so far comes back.

    With `iterations` the search makes so many moves on each thread and looks at no clock: the same problem,
    seed, threads and iterations give the same roster. `prove`: whether to spend time on a lower bound; None
    does so up to a hundred people. The time for compiling, when this machine has not done it yet, is not
    counted.
    """
    if faults := find_faults(problem):
        raise ProblemError(faults)
    return _Search(problem, seconds, threads, seed, iterations, prove, on_progress, cancelled).run()


class _Search:
    def __init__(
        self,
        problem: Problem,
        seconds: float,
        threads: int,
        seed: int,
        iterations: int | None,
        prove: bool | None,
        on_progress: Callable[[Progress], None] | None,
        cancelled: Callable[[], bool] | None,
    ) -> None:
        self.problem = problem
        self.seconds = seconds
        self.threads = max(1, threads)
        self.seed = seed
        self.iterations = iterations
        self.prove = len(problem.people) <= BOUND_UP_TO if prove is None else prove
        self.on_progress = on_progress or (lambda _: None)
        self.asked = cancelled or (lambda: False)
        self.caller = threading.current_thread()
        self.began = time.monotonic()
        self.stopped = threading.Event()
        self.moves = 0
        self.stage = "filling"
        self.best: Best | None = None
        self.told = 0.0

    def run(self) -> Solution:
        roster = Roster()
        if len(self.problem.people) * len(self.problem.duties) <= FILL_UP_TO:
            roster = fill(self.problem, seed=self.seed, cancelled=self.cancelled)
        if self.cancelled():
            return self._finished(roster)
        self._tell("compiling")
        from lianfang.engines.roster.grid import grid_of
        from lianfang.engines.roster.warming import warm

        warm()
        self.began = time.monotonic()
        grid = grid_of(self.problem)
        self._start(grid, roster)
        self.deadline = self.began + self.seconds
        with ThreadPoolExecutor(self.threads) as pool:
            self._anneal(pool, grid)
            if self.iterations is None and not self._over():
                self._refine(pool, grid)
        return self._finished(self._roster(grid))

    def _start(self, grid: Grid, roster: Roster) -> None:
        """The first state: the first roster, or what is frozen and nothing else."""
        import numpy as np

        from lianfang.engines.roster import line_search
        from lianfang.engines.roster.annealing import tables_of

        cells = np.where(grid.allowed[:, :, 0] > 0, 0, grid.allowed.argmax(axis=2)).astype(np.int16)
        self.best = line_search.Best(tables_of(grid), grid.constant, cells, None)
        if roster.assignments:
            cells = grid.cells(roster)
        else:
            self._fill_compiled(grid, cells)
        self.best.offer(cells)

    def _fill_compiled(self, grid: Grid, cells: Any) -> None:
        """A first roster for problems too large to go through in Python."""
        import numpy as np

        from lianfang.engines.roster.annealing import fill_greedily, measure

        assert self.best is not None
        tables = self.best.tables
        counts = np.zeros(len(grid.table_size), dtype=np.int64)
        lines, breaks = np.zeros(grid.people, dtype=np.int64), np.zeros(grid.people, dtype=np.int64)
        measure(tables, cells, counts, lines, breaks)
        fill_greedily(tables, cells, counts, lines, breaks, self.seed)

    def _anneal(self, pool: ThreadPoolExecutor, grid: Grid) -> None:
        from lianfang.engines.roster.line_tables import line_tables

        assert self.best is not None
        self.lines = line_tables(grid)
        self.parts = None
        if self.lines is not None:
            from lianfang.engines.roster.columns import row_parts

            self.parts = row_parts(self.lines)
        share = 1.0
        if self.parts is not None:
            self._tell("lines")
            self._lines(0).construct()
            share = min(0.3, grid.people * grid.days * ANNEAL_A_CELL / max(1e-3, self.seconds))
        elif grid.people <= EXACT_UP_TO:
            share = 0.25
        elif self.prove:
            share = 0.6
        least = min(1.0, 0.2 + grid.people * grid.days / 1000)
        until = self.began + max(min(least, self.seconds), self.seconds * share)
        if grid.people * grid.days <= 300:
            until = self.began + min(self.seconds, 0.4)
        self._tell("annealing")
        works: list[Future[Any]] = []
        bound_too = self.prove and self.parts is None and self.threads > 1 and self.iterations is None
        for thread in range(self.threads):
            if bound_too and thread == self.threads - 1 and grid.people > EXACT_UP_TO:
                works.append(pool.submit(self._bound, grid, until))
            else:
                works.append(pool.submit(self._anneal_once, grid, until, self.seed * 1009 + thread))
        self._wait(works)

    def _anneal_once(self, grid: Grid, until: float, seed: int) -> None:
        from lianfang.engines.roster.schedule import Annealing

        assert self.best is not None
        annealing = Annealing(self.best, grid, seed)
        if self.iterations is not None:
            self.moves += annealing.run_moves(self.iterations, self.cancelled)
        else:
            self.moves += annealing.run_until(until, self._over, SLICE)

    def _bound(self, grid: Grid, until: float) -> None:
        from lianfang.engines.roster.bounds import linear_bound

        assert self.best is not None
        bound = linear_bound(grid, max(1.0, self.deadline - time.monotonic()), self.cancelled)
        if bound is not None:
            self.best.prove(bound)
        if time.monotonic() < until:
            self._anneal_once(grid, until, self.seed * 1009 + 500)

    def _refine(self, pool: ThreadPoolExecutor, grid: Grid) -> None:
        """Everything that is exact, in the time that is left."""
        works: list[Future[Any]] = []
        if self.parts is not None:
            self._tell("columns")
            works.append(pool.submit(self._lines(0).run))
            works += [pool.submit(self._improve_beside, grid, thread) for thread in range(1, self.threads)]
        elif grid.people <= EXACT_UP_TO:
            self._tell("exact")
            works.append(pool.submit(self._solve_whole, grid))
        elif self.prove:
            self._tell("windows")
            assert self.best is not None
            if self.best.bound is None:
                works.append(pool.submit(self._bound, grid, 0.0))
            if self.threads > 1 or self.best.bound is not None:
                works.append(pool.submit(self._windows, grid))
        self._wait(works)

    def _improve_beside(self, grid: Grid, thread: int) -> None:
        """Groups of people while another thread proves; far from the bound, annealing as well, warm."""
        from lianfang.engines.roster.schedule import Annealing

        assert self.best is not None
        lines = self._lines(thread)
        number = 0
        while not self._over() and not self.best.proved:
            cost, bound = self.best.cost, self.best.bound
            if cost is None or bound is None or cost > FAR * bound:
                number += 1
                seed = self.seed * 1009 + 100 * thread + 700 + number
                again = Annealing(self.best, grid, seed, warmth=WARM)
                span = min(self._left(), max(2.0, self.seconds * 0.1))
                self.moves += again.run_until(time.monotonic() + span, self._over, SLICE)
            lines.improve_groups(6)

    def _lines(self, thread: int) -> LineSearch:
        from lianfang.engines.roster.line_search import LineSearch

        assert self.best is not None
        assert self.lines is not None
        assert self.parts is not None
        seed = self.seed * 1009 + thread
        return LineSearch(self.lines, self.parts, self.best, seed, self._over, self._left)

    def _left(self) -> float:
        return self.deadline - time.monotonic()

    def _solve_whole(self, grid: Grid) -> None:
        from lianfang.engines.roster.exact import solve_exactly

        assert self.best is not None
        cells, _ = self.best.snapshot()
        answer = solve_exactly(
            grid,
            cells,
            seconds=max(0.1, self.deadline - time.monotonic()),
            seed=self.seed,
            workers=8 if self.threads > 1 else 1,
            cancelled=self._over,
            on_bound=self.best.prove,
            on_cells=self._offer,
        )
        if answer.cells is not None:
            self.best.offer(answer.cells)
        if answer.bound is not None:
            self.best.prove(answer.bound)

    def _offer(self, cells: Any) -> None:
        assert self.best is not None
        self.best.offer(cells)

    def _windows(self, grid: Grid) -> None:
        """Some people in some days by exact search, while the rest stands."""
        import numpy as np

        from lianfang.engines.roster.exact import solve_exactly

        assert self.best is not None
        chance = np.random.default_rng(self.seed)
        while not self._over() and not self.best.proved:
            cells, _ = self.best.snapshot()
            people = np.sort(chance.choice(grid.people, min(grid.people, 12), replace=False))
            start = int(chance.integers(max(1, grid.days - 9)))
            answer = solve_exactly(
                grid,
                cells,
                seconds=max(0.1, min(2.0, self.deadline - time.monotonic())),
                people=people,
                days=range(start, min(grid.days, start + 10)),
                seed=int(chance.integers(1 << 30)),
                workers=1,
                cancelled=self._over,
            )
            if answer.cells is not None:
                self.best.offer(answer.cells)

    def cancelled(self) -> bool:
        """Asks the caller, if this is his thread; others see what he said last."""
        if not self.stopped.is_set() and threading.current_thread() is self.caller and self.asked():
            self.stopped.set()
        return self.stopped.is_set()

    def _over(self) -> bool:
        return self.stopped.is_set() or time.monotonic() > self.deadline

    def _wait(self, works: list[Future[Any]]) -> None:
        """Until the works are done; meanwhile the caller is told and asked, from his own thread."""
        while any(not work.done() for work in works):
            time.sleep(0.05)
            if self.asked():
                self.stopped.set()
            if time.monotonic() - self.told > 0.5:
                self._tell(self.stage)
            if self.best is not None and self.best.proved:
                self.stopped.set()
        for work in works:
            work.result()

    def _tell(self, stage: str) -> None:
        self.stage = stage
        self.told = time.monotonic()
        best = self.best
        self.on_progress(
            Progress(
                stage,
                self.told - self.began,
                best.cost if best else None,
                best.bound if best else None,
                self.moves,
            )
        )

    def _roster(self, grid: Grid) -> Roster:
        assert self.best is not None
        return grid.roster(self.best.cells)

    def _finished(self, roster: Roster) -> Solution:
        """The roster with what the checker says of it."""
        report = check(self.problem, roster)
        found = openings(self.problem, roster)
        bound = self.best.bound if self.best else None
        if bound is not None and report.holds:
            bound = min(bound, report.cost)
        if not report.holds:
            status = Status.BROKEN
        elif bound is not None and report.cost <= bound:
            status = Status.OPTIMAL
        else:
            status = Status.CANCELLED if self.asked() else Status.FEASIBLE
        seconds = time.monotonic() - self.began
        self.on_progress(Progress("finished", seconds, report.cost, bound, self.moves))
        return Solution(
            roster, report, status, bound, found, borrowing(self.problem, found), seconds, self.moves
        )
