"""Whole lines as columns: a linear programme chooses one line for each person, and asks for better ones.

The programme's duals put a price on each cell; `lines` finds for each person the cheapest line at these
prices. When none is cheaper than those known, the programme's value is a lower bound on the cost of every
roster; on the way there, Lagrange's bound holds at any prices. Whole numbers come from diving: lines that
the programme takes nearly whole are fixed one after another, and the rest is priced anew.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass

import highspy
import numpy as np

from lianfang.engines.roster.grid import HARD, Array
from lianfang.engines.roster.line_tables import LineTables
from lianfang.engines.roster.linear import new_solver
from lianfang.engines.roster.lines import NEVER, price_people

ARTIFICIAL = 1e5
PULL = 0.7  # towards the duals of the best bound
PRICE_ROUNDS = 4  # for limits of shifts that are priced


@dataclass(slots=True)
class RowParts:
    """A row's table as pieces of equal slope, cheapest first; only for tables that never bend down."""

    start: int  # cost of the count 0
    slopes: list[int]
    lengths: list[int]

    def after(self, count: int) -> RowParts:
        """The parts that are left when so many are there already."""
        start, slopes, lengths = self.start, [], []
        for slope, length in zip(self.slopes, self.lengths, strict=True):
            taken = min(count, length)
            start += taken * slope
            count -= taken
            if length > taken:
                slopes.append(slope)
                lengths.append(length - taken)
        return RowParts(start, slopes, lengths)


def row_parts(tables: LineTables) -> list[RowParts] | None:
    """The pieces of every row, or None where a row is not convex."""
    grid = tables.grid
    parts = []
    for row, begin in enumerate(grid.table_start):
        table = [int(cost) for cost in grid.table[begin : begin + grid.table_size[row]]]
        if max(table) >= HARD:
            return None
        steps = [after - before for before, after in itertools.pairwise(table)]
        slopes: list[int] = []
        lengths: list[int] = []
        for step in [*steps, int(grid.slope[row])]:
            if slopes and step < slopes[-1]:
                return None
            if slopes and step == slopes[-1]:
                lengths[-1] += 1
            else:
                slopes.append(step)
                lengths.append(1)
        lengths[-1] = 1 << 20
        parts.append(RowParts(table[0], slopes, lengths))
    return parts


class Pricing:
    """The line programme for many people at once, divided over threads."""

    def __init__(self, tables: LineTables, threads: int) -> None:
        self.tables = tables
        self.threads = max(1, threads)
        grid = tables.grid
        self.prices = np.zeros(grid.people)
        self.bounds = np.zeros(grid.people)
        self.lines = np.zeros((grid.people, grid.days), dtype=np.int16)
        self.executor = ThreadPoolExecutor(self.threads)
        self.counted = np.zeros(tables.rules.most_of_type.shape, dtype=np.uint8)
        cells = grid.row_start.reshape(-1, 2)
        lengths = cells[:, 1] - cells[:, 0]
        self.cell_of = np.repeat(np.arange(len(cells)), lengths)
        self.shape = grid.row_start.shape[:3]

    def values(self, duals: Array) -> Array:
        """What each cell is worth at these duals of the rows."""
        grid = self.tables.grid
        value = np.zeros(self.shape).reshape(-1)
        np.add.at(value, self.cell_of, duals[grid.row_of] * grid.row_amount)  # only the rows' own duals
        return value.reshape(self.shape)

    def price(self, people: Array, value: Array) -> None:
        """Fill `prices`, `bounds` and `lines` of the people."""
        grid = self.tables.grid
        halves = [people[number :: self.threads] for number in range(self.threads)]

        def one(half: Array) -> None:
            price_people(
                half,
                grid.cost,
                value,
                grid.group,
                grid.allowed,
                self.tables.rules,
                PRICE_ROUNDS,
                self.counted,
                self.prices,
                self.bounds,
                self.lines,
            )

        list(self.executor.map(one, [half for half in halves if len(half)]))


# HiGHS's numbers of the simplex methods. A new column leaves the last solution feasible: the primal method
# goes on from there. A new limit leaves its prices so: the dual method does.
DUAL, PRIMAL = 1, 4


class Master:
    """The linear programme over the lines known of some people; what the others do is given by counts."""

    def __init__(
        self,
        tables: LineTables,
        parts: list[RowParts],
        people: Array,
        base: Array,
        totals: Sequence[Array] = (),
    ) -> None:
        """`totals`: sets of rows; how far their first parts are filled together can be bounded."""
        self.grid = tables.grid
        self.people = people
        self.place = {int(person): place for place, person in enumerate(people)}
        self.rows = len(parts)
        self.parts = [part.after(int(count)) for part, count in zip(parts, base, strict=True)]
        solver = new_solver(presolve="off")
        self.limits_changed = False
        self.solver = solver
        none, no_values = np.array([], dtype=np.int32), np.array([])
        for _ in range(self.rows):
            solver.addRow(0.0, 0.0, 0, none, no_values)
        for _ in people:
            solver.addRow(1.0, 1.0, 0, none, no_values)
        for row, part in enumerate(self.parts):
            index = np.array([row], dtype=np.int32)
            for slope, length in zip(part.slopes, part.lengths, strict=True):
                solver.addCol(float(slope), 0.0, float(length), 1, index, np.array([-1.0]))
        self.totals = list(totals)
        self.limits: list[tuple[float, float]] = [(-np.inf, np.inf)] * len(totals)
        self.first_part = np.cumsum([0, *(len(part.slopes) for part in self.parts)])[:-1]
        self.slope_row = np.repeat(np.arange(self.rows), [len(part.slopes) for part in self.parts])
        self.slopes = np.array([slope for part in self.parts for slope in part.slopes], dtype=float)
        self.lengths = np.array([length for part in self.parts for length in part.lengths], dtype=float)
        for place in range(len(people)):
            index = np.array([self.rows + place], dtype=np.int32)
            solver.addCol(ARTIFICIAL, 0.0, highspy.kHighsInf, 1, index, np.array([1.0]))
        self.row_of_total: dict[int, int] = {}  # only those that were ever bounded have one
        self.places: list[int] = []  # of the columns, in the solver
        self.columns: list[tuple[int, Array]] = []
        self.entries: list[tuple[Array, Array]] = []  # the rows of each column and how much it adds to them
        self.costs: list[int] = []
        self.of_person: dict[int, list[int]] = {int(person): [] for person in people}
        self.seen: set[tuple[int, bytes]] = set()
        self.constant = sum(part.start for part in self.parts)

    def line_cost(self, person: int, line: Array) -> int:
        return int(self.grid.cost[person, np.arange(self.grid.days), line].sum())

    def add(self, person: int, line: Array) -> bool:
        """Add a line that is not there yet."""
        key = (person, line.tobytes())
        if key in self.seen:
            return False
        self.seen.add(key)
        line = line.copy()
        rows, amounts = self._counts(person, line)
        index = np.append(rows, self.rows + self.place[person]).astype(np.int32)
        cost = self.line_cost(person, line)
        self.solver.addCol(float(cost), 0.0, highspy.kHighsInf, len(index), index, np.append(amounts, 1.0))
        self.places.append(self.solver.getNumCol() - 1)
        self.of_person[person].append(len(self.columns))
        self.columns.append((person, line))
        self.entries.append((rows, amounts))
        self.costs.append(cost)
        return True

    def _counts(self, person: int, line: Array) -> tuple[Array, Array]:
        grid = self.grid
        starts = grid.row_start[int(grid.group[person]), np.arange(grid.days), line]
        lengths = starts[:, 1] - starts[:, 0]
        places = np.repeat(starts[:, 1] - np.cumsum(lengths), lengths) + np.arange(int(lengths.sum()))
        counts = np.bincount(grid.row_of[places], weights=grid.row_amount[places], minlength=self.rows)
        rows = np.nonzero(counts)[0]
        return rows, counts[rows]

    def solve(self) -> tuple[float, Array, Array, Array]:
        """Objective, duals of the rows and then of the totals, duals of the people, value of each line."""
        self.solver.setOptionValue("simplex_strategy", DUAL if self.limits_changed else PRIMAL)
        self.limits_changed = False
        self.solver.run()
        solution = self.solver.getSolution()
        duals = np.array(solution.row_dual)
        values = np.array(solution.col_value)
        objective = self.solver.getInfo().objective_function_value + self.constant
        people = self.rows + len(self.people)
        self.filled = values[self.first_part]
        of_totals = np.zeros(len(self.totals))
        for total, row in self.row_of_total.items():
            of_totals[total] = duals[row]
        of_rows = np.concatenate([duals[: self.rows], of_totals])
        return objective, of_rows, duals[self.rows : people], values[self.places]

    def limit(self, number: int, low: float, high: float) -> None:
        """Bound a total."""
        self.limits_changed = True
        self.limits[number] = (low, high)
        inf = highspy.kHighsInf
        if number not in self.row_of_total:
            index = self.first_part[self.totals[number]].astype(np.int32)
            self.row_of_total[number] = row = self.solver.getNumRow()
            self.solver.addRow(-inf, inf, len(index), index, np.ones(len(index)))
            only = np.array([row], dtype=np.int32)
            for sign in (1.0, -1.0):
                self.solver.addCol(ARTIFICIAL, 0.0, inf, 1, only, np.array([sign]))
        self.solver.changeRowBounds(self.row_of_total[number], max(low, -inf), min(high, inf))

    def release(self) -> bool:
        """Bound no total any more; whether one was."""
        none = (-np.inf, np.inf)
        bounded = [number for number, limits in enumerate(self.limits) if limits != none]
        for number in bounded:
            self.limit(number, *none)
        return bool(bounded)

    def fix(self, column: int) -> None:
        self.limits_changed = True
        self.solver.changeColBounds(self.places[column], 1.0, 1.0)

    def free(self, column: int) -> None:
        self.limits_changed = True
        self.solver.changeColBounds(self.places[column], 0.0, highspy.kHighsInf)

    def lagrange(self, duals: Array, lines: float) -> float:
        """The bound that these duals prove, with the sum of the people's cheapest lines at them."""
        value = lines + self.constant
        relief = np.zeros(self.rows)
        for total, (low, high), dual in zip(self.totals, self.limits, duals[self.rows :], strict=True):
            bound = low if dual > 0 else high
            if abs(dual) > 1e-12 and np.isfinite(bound):
                relief[total] += dual
                value += dual * bound
        slopes = self.slopes + duals[self.slope_row]
        slopes[self.first_part] -= relief
        most = len(self.people) * self.grid.days * int(self.grid.row_amount.max(initial=1))
        return value + float((np.minimum(slopes, 0) * np.minimum(self.lengths, most)).sum())

    def whole(self, cost: float, seconds: float) -> dict[int, Array] | None:
        """The best choice of whole lines among the columns, if it costs less than `cost`.

        Columns whose reduced cost alone would lift the programme's value above `cost` are left out.
        """
        objective, duals, people_duals, _ = self.solve()
        room = cost - objective - 1 + 1e-6
        if room < 0:
            return None
        solver = new_solver(time_limit=seconds, mip_abs_gap=0.999, mip_rel_gap=0.0)
        none, no_values = np.array([], dtype=np.int32), np.array([])
        for _ in range(self.rows):
            solver.addRow(0.0, 0.0, 0, none, no_values)
        for _ in self.people:
            solver.addRow(1.0, 1.0, 0, none, no_values)
        for row, part in enumerate(self.parts):
            index = np.array([row], dtype=np.int32)
            for slope, length in zip(part.slopes, part.lengths, strict=True):
                solver.addCol(float(slope), 0.0, float(length), 1, index, np.array([-1.0]))
        inf = highspy.kHighsInf
        for total in self.row_of_total:
            low, high = self.limits[total]
            index = self.first_part[self.totals[total]].astype(np.int32)
            solver.addRow(max(low, -inf), min(high, inf), len(index), index, np.ones(len(index)))
        first = solver.getNumCol()
        kept = []
        for column, (person, _) in enumerate(self.columns):
            rows, amounts = self.entries[column]
            reduced = self.costs[column] - duals[rows] @ amounts - people_duals[self.place[person]]
            if reduced > room:
                continue
            kept.append(column)
            index = np.append(rows, self.rows + self.place[person]).astype(np.int32)
            solver.addCol(float(self.costs[column]), 0.0, 1.0, len(index), index, np.append(amounts, 1.0))
            solver.changeColIntegrality(solver.getNumCol() - 1, highspy.HighsVarType.kInteger)
        solver.setOptionValue("objective_bound", float(cost - self.constant))
        solver.run()
        info = solver.getInfo()
        if info.primal_solution_status != 2 or info.objective_function_value + self.constant > cost - 0.5:
            return None
        values = np.array(solver.getSolution().col_value)[first:]
        return {
            self.columns[column][0]: self.columns[column][1]
            for column, value in zip(kept, values, strict=True)
            if value > 0.5
        }


class Generation:
    """Columns generated for some people, while the others stay as they are."""

    def __init__(
        self,
        pricing: Pricing,
        parts: list[RowParts],
        people: Array,
        base: Array,
        totals: Sequence[Array] = (),
    ) -> None:
        self.pricing = pricing
        self.grid = pricing.tables.grid
        self.people = people
        self.master = Master(pricing.tables, parts, people, base, totals)
        self.bound = -NEVER
        self.center: Array | None = None  # the duals of the best bound
        self.objective = -NEVER
        self.rounds = 0
        self.dive_rounds = 12 if len(people) <= 30 else 5

    def add(self, cells: Array) -> None:
        """Add the people's lines of a table of cells."""
        for person in self.people:
            self.master.add(int(person), cells[person])

    def relax(
        self,
        people: Array,
        stop: Callable[[], bool],
        *,
        prove: bool,
        rounds: int = 100000,
        below: float = NEVER,
        tell: Callable[[], None] = lambda: None,
    ) -> Array:
        """Generate columns for these people until none helps; the values of the columns then.

        With `prove` the bound rises as far as it can, and the work ends when it shows that nothing below
        `below` exists. Lines are then asked for between the programme's duals and those of the best bound
        so far (`center`, which may be given beforehand), since the programme's own jump about.
        """
        self.bound = -NEVER
        pull = PULL
        for _ in range(rounds):
            objective, duals, people_duals, _ = self.master.solve()
            if stop() or not len(people):
                break
            at = duals if self.center is None or not prove else pull * self.center + (1 - pull) * duals
            self.pricing.price(people, self.pricing.values(at))
            self.rounds += 1
            if prove:
                bound = self.master.lagrange(at, float(self.pricing.bounds[people].sum()))
                if bound > self.bound:
                    self.bound, self.center = bound, at
                    tell()
                whole = math.ceil(self.bound - 1e-6)
                if whole >= objective - 1e-6 or whole >= below:
                    break
            if self._add_cheaper(people, duals, people_duals):
                pull = PULL
            elif prove and pull:
                pull = 0.0 if pull < 0.1 else pull / 2
            else:
                break
        self.objective, _, _, values = self.master.solve()
        return values

    def _add_cheaper(self, people: Array, duals: Array, people_duals: Array) -> int:
        """Add the lines just priced whose cost at the duals is below what their people pay; how many."""
        added = 0
        true = self.pricing.values(duals)
        days = np.arange(self.grid.days)
        for person in people:
            if self.pricing.prices[person] >= NEVER:
                continue
            line = self.pricing.lines[person]
            worth = true[self.grid.group[person], days, line].sum()
            paid = people_duals[self.master.place[int(person)]]
            if self.master.line_cost(person, line) - worth - paid < -1e-6:
                added += self.master.add(int(person), line)
        return added

    def dive(
        self, stop: Callable[[], bool], chance: np.random.Generator, below: float, noise: float = 1e-3
    ) -> dict[int, Array] | None:
        """Fix lines one after another until everybody has one.

        None when time ran out, or when what is fixed leaves nothing that costs less than `below`.
        """
        master = self.master
        fixed: dict[int, int] = {}
        try:
            while len(fixed) < len(self.people):
                free = np.array([person for person in self.people if int(person) not in fixed])
                values = self.relax(free, stop, prove=False, rounds=self.dive_rounds)
                if math.ceil(self.objective - 1e-6) >= below and master.release():
                    values = self.relax(free, stop, prove=False, rounds=self.dive_rounds)
                if stop() or math.ceil(self.objective - 1e-6) >= below:
                    return None
                ranked = sorted(
                    (
                        (values[column] + noise * chance.random(), column)
                        for person in free
                        for column in master.of_person[int(person)]
                        if values[column] > 1e-6
                    ),
                    reverse=True,
                )
                if not ranked:
                    return None
                step = max(1, len(free) // 15)
                for value, column in ranked:
                    person = master.columns[column][0]
                    if person not in fixed and (value > 0.9 or step > 0):
                        master.fix(column)
                        fixed[person] = column
                        step -= 1
            return {person: master.columns[column][1] for person, column in fixed.items()}
        finally:
            for column in fixed.values():
                master.free(column)
