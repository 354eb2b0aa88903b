"""A lower bound by linear programming: people divided into fractions, every rule kept that a line can say.

The squares that make a roster fair become ordered increments (1, 3, 5, … times the weight). A row that is
not convex is replaced by the greatest convex function below it. What the programme leaves out only lowers
its value, so no roster can cost less.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Callable

import highspy
import numpy as np

from lianfang.engines.roster.grid import (
    FEWEST_MINUTES,
    HARD,
    LONGEST_NIGHTS,
    LONGEST_RUN,
    MOST_DUTIES,
    MOST_MINUTES,
    MOST_NIGHTS,
    MOST_WEEKENDS,
    NO_LIMIT,
    SHORTEST_OFF,
    SHORTEST_RUN,
    Array,
    Grid,
)
from lianfang.engines.roster.linear import new_solver

SLACK = 1e-7  # of the value, for the arithmetic of the solver


def linear_bound(
    grid: Grid, seconds: float, cancelled: Callable[[], bool] = lambda: False, *, threads: int = 1
) -> int | None:
    """The bound, or None when it was not reached in time."""
    if cancelled():
        return None
    programme = _Programme(grid)
    programme.keep_runs()
    solver = programme.solver()
    solver.setOptionValue("time_limit", max(0.1, seconds))
    solver.setOptionValue("threads", threads)
    if grid.people > 150:
        solver.setOptionValue("solver", "ipm")
    solver.run()
    if solver.getModelStatus() != highspy.HighsModelStatus.kOptimal:
        return None
    value = solver.getInfo().objective_function_value + programme.constant
    return math.ceil(value - SLACK * abs(value) - 1e-6)


def row_prices(grid: Grid, seconds: float) -> Array:
    """What one more in each row is worth, about: a place from which to look for better prices."""
    programme = _Programme(grid)
    solver = programme.solver()
    solver.setOptionValue("time_limit", max(0.1, seconds))
    solver.setOptionValue("solver", "ipm")
    solver.setOptionValue("run_crossover", "off")
    solver.setOptionValue("ipm_optimality_tolerance", 1e-3)
    solver.run()
    duals = np.array(solver.getSolution().row_dual)
    return duals[programme.cover] if len(duals) else np.zeros(len(programme.cover))


class _Programme:
    def __init__(self, grid: Grid) -> None:
        self.grid = grid
        self.constant = float(grid.constant)
        self.costs: list[Array] = []
        self.uppers: list[Array] = []
        self.columns = 0
        self.rows = 0
        self.lower: list[Array] = []
        self.upper: list[Array] = []
        self.entries: list[tuple[Array, Array, Array]] = []
        self._cells()
        self._one_a_day()
        self._successions()
        self._windows()
        self._weekends()
        self._totals()
        self._squares()
        self._cover()

    def solver(self) -> highspy.Highs:
        model = highspy.HighsLp()
        model.num_col_ = self.columns
        model.num_row_ = self.rows
        model.col_cost_ = np.concatenate(self.costs)
        model.col_lower_ = np.zeros(self.columns)
        model.col_upper_ = np.concatenate(self.uppers)
        model.row_lower_ = np.concatenate(self.lower)
        model.row_upper_ = np.concatenate(self.upper)
        rows = np.concatenate([each[0] for each in self.entries])
        columns = np.concatenate([each[1] for each in self.entries])
        values = np.concatenate([each[2] for each in self.entries])
        order = np.argsort(rows, kind="stable")
        model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        model.a_matrix_.start_ = np.searchsorted(rows[order], np.arange(self.rows + 1)).astype(np.int32)
        model.a_matrix_.index_ = columns[order].astype(np.int32)
        model.a_matrix_.value_ = values[order].astype(float)
        solver = new_solver()
        solver.passModel(model)
        return solver

    def _add_columns(self, costs: Array, uppers: Array) -> Array:
        numbers = np.arange(self.columns, self.columns + len(costs))
        self.costs.append(np.asarray(costs, dtype=float))
        self.uppers.append(np.asarray(uppers, dtype=float))
        self.columns += len(costs)
        return numbers

    def _add_rows(self, count: int, lower: Array | float, upper: Array | float) -> Array:
        numbers = np.arange(self.rows, self.rows + count)
        self.lower.append(np.broadcast_to(np.asarray(lower, dtype=float), (count,)))
        self.upper.append(np.broadcast_to(np.asarray(upper, dtype=float), (count,)))
        self.rows += count
        return numbers

    def _enter(self, rows: Array, columns: Array, values: Array | float) -> None:
        values = np.broadcast_to(np.asarray(values, dtype=float), rows.shape)
        self.entries.append((rows, columns, values))

    def _cells(self) -> None:
        """A column for each cell and option on duty; a day off is what is left."""
        grid = self.grid
        off_cost = grid.cost[:, :, 0].astype(float)
        self.constant += float(off_cost.sum())
        usable = grid.allowed.astype(bool)
        usable[:, :, 0] = False
        self.person, self.day, self.option = np.nonzero(usable)
        cost = grid.cost[self.person, self.day, self.option] - off_cost[self.person, self.day]
        self.cell = np.full(grid.allowed.shape, -1, dtype=np.int64)
        self.cell[self.person, self.day, self.option] = self._add_columns(cost, np.ones(len(cost)))
        self.on = self.cell[self.person, self.day, self.option]

    def _one_a_day(self) -> None:
        grid = self.grid
        lower = np.where(grid.allowed[:, :, 0], 0.0, 1.0).reshape(-1)
        rows = self._add_rows(grid.people * grid.days, lower, 1.0)
        self._enter(rows[self.person * grid.days + self.day], self.on, 1.0)

    def _successions(self) -> None:
        grid = self.grid
        for lag, table in enumerate(grid.forbidden, 1):
            after_sets = {tuple(np.nonzero(row)[0].tolist()) for row in table if row.any()}
            for after in sorted(after_sets):
                before = [option for option, row in enumerate(table) if all(row[list(after)])]
                count = grid.days - lag
                rows = self._add_rows(grid.people * max(0, count), -np.inf, 1.0)
                for options, shift in ((before, 0), (list(after), lag)):
                    use = np.isin(self.option, options) & (self.day >= shift) & (self.day - shift < count)
                    self._enter(rows[self.person[use] * count + self.day[use] - shift], self.on[use], 1.0)

    def _windows(self) -> None:
        """No more than the longest run in any stretch of one day more."""
        grid = self.grid
        for column, chosen in (
            (LONGEST_RUN, self.option > 0),
            (LONGEST_NIGHTS, grid.nights[self.option] > 0),
        ):
            limits = grid.limits[:, column]
            for longest in sorted({int(limit) for limit in limits if limit < grid.days}):
                people = np.nonzero(limits == longest)[0]
                place = np.full(grid.people, -1)
                place[people] = np.arange(len(people))
                count = grid.days - longest
                rows = self._add_rows(len(people) * count, -np.inf, float(longest))
                for shift in range(longest + 1):
                    first = self.day - shift
                    use = chosen & (place[self.person] >= 0) & (first >= 0) & (first < count)
                    self._enter(rows[place[self.person[use]] * count + first[use]], self.on[use], 1.0)

    def keep_runs(self) -> None:
        """No run of days on duty, or off, that is shorter than the fewest, but at the ends of the horizon."""
        grid = self.grid
        for column, sign in ((SHORTEST_RUN, 1.0), (SHORTEST_OFF, -1.0)):
            limits = np.minimum(grid.limits[:, column], grid.days)
            for length in range(1, int(limits.max(initial=1))):
                people = np.nonzero(limits > length)[0]
                place = np.full(grid.people, -1)
                place[people] = np.arange(len(people))
                count = grid.days - length - 1
                if count <= 0 or not len(people):
                    continue
                # The day before and the day after, less the days between: 1 - length at least for a run
                # that may not be; with signs turned, 1 at most for days off.
                if sign > 0:
                    rows = self._add_rows(len(people) * count, 1.0 - length - 1e-9, np.inf)
                else:
                    rows = self._add_rows(len(people) * count, -np.inf, 1.0)
                for shift in range(length + 2):
                    first = self.day - shift
                    use = (place[self.person] >= 0) & (first >= 0) & (first < count)
                    value = 1.0 if shift in (0, length + 1) else -1.0
                    self._enter(rows[place[self.person[use]] * count + first[use]], self.on[use], value)

    def _weekends(self) -> None:
        """A column for each person and weekend: at least what is worked on each of its days."""
        grid = self.grid
        numbers = sorted({int(number) for number in grid.weekend if number >= 0})
        people = np.nonzero(grid.limits[:, MOST_WEEKENDS] < len(numbers))[0]
        if not len(people):
            return
        place = np.full(grid.people, -1)
        place[people] = np.arange(len(people))
        worked = self._add_columns(np.zeros(len(people) * len(numbers)), np.ones(len(people) * len(numbers)))
        for day in np.nonzero(grid.weekend >= 0)[0]:
            rows = self._add_rows(len(people), -np.inf, 0.0)
            use = (self.day == day) & (place[self.person] >= 0)
            self._enter(rows[place[self.person[use]]], self.on[use], 1.0)
            weekend = numbers.index(int(grid.weekend[day]))
            self._enter(rows, worked[np.arange(len(people)) * len(numbers) + weekend], -1.0)
        rows = self._add_rows(len(people), -np.inf, grid.limits[people, MOST_WEEKENDS].astype(float))
        self._enter(np.repeat(rows, len(numbers)), worked, 1.0)

    def _totals(self) -> None:
        grid = self.grid
        for column, amount in (
            (MOST_MINUTES, grid.minutes),
            (MOST_DUTIES, grid.duties),
            (MOST_NIGHTS, grid.nights),
        ):
            most = grid.limits[:, column].astype(float)
            least = (
                grid.limits[:, FEWEST_MINUTES].astype(float)
                if column == MOST_MINUTES
                else np.zeros(grid.people)
            )
            bound = (most < NO_LIMIT) | (least > 0)
            if bound.any():
                self._sum_rows(
                    amount[self.option], np.where(bound, least, 0.0), np.where(most < NO_LIMIT, most, np.inf)
                )
        for kind in range(grid.types.shape[1]):
            most = grid.most_of_type[:, kind].astype(float)
            if (most < NO_LIMIT).any():
                self._sum_rows(grid.types[self.option, kind], np.zeros(grid.people), most)

    def _sum_rows(self, amounts: Array, least: Array, most: Array) -> Array:
        rows = self._add_rows(self.grid.people, least, most)
        use = amounts != 0
        self._enter(rows[self.person[use]], self.on[use], amounts[use])
        return rows

    def _squares(self) -> None:
        """Increments in order: the next duty of a kind costs more than the one before."""
        grid = self.grid
        amounts = (
            (0, grid.duties[self.option]),
            (1, grid.nights[self.option]),
            (2, grid.duties[self.option] * (grid.weekend[self.day] >= 0)),
            (3, grid.duties[self.option] * (grid.holiday[self.day] > 0)),
        )
        for kind, amount in amounts:
            weight = int(grid.squares[kind])
            if not weight:
                continue
            before = grid.history[:, kind].astype(float)
            self.constant += weight * float((before**2).sum())
            rows = self._sum_rows(amount, np.zeros(grid.people), np.zeros(grid.people))
            most = np.zeros(grid.people)
            np.maximum.at(most, self.person, 0)
            by_day = np.zeros((grid.people, grid.days))
            np.maximum.at(by_day, (self.person, self.day), amount)
            most = by_day.sum(axis=1)
            for step in range(int(most.max(initial=0))):
                people = np.nonzero(most > step)[0]
                columns = self._add_columns(weight * (2 * (before[people] + step) + 1), np.ones(len(people)))
                self._enter(rows[people], columns, -1.0)

    def _cover(self) -> None:
        grid = self.grid
        rows = self.cover = self._add_rows(len(grid.table_size), 0.0, 0.0)
        spans = grid.row_start[grid.group[self.person], self.day, self.option]
        lengths = spans[:, 1] - spans[:, 0]
        columns = np.repeat(self.on, lengths)
        offsets = np.arange(int(lengths.sum())) - np.repeat(np.cumsum(lengths) - lengths, lengths)
        places = np.repeat(spans[:, 0], lengths) + offsets
        self._enter(rows[grid.row_of[places]], columns, grid.row_amount[places])
        costs, uppers, of_row = [], [], []
        for row in range(len(rows)):
            begin = grid.table_start[row]
            table = [int(cost) for cost in grid.table[begin : begin + grid.table_size[row]]]
            start, pieces = convex_below(table, int(grid.slope[row]))
            self.constant += start
            for slope, length in pieces:
                costs.append(slope)
                uppers.append(length)
                of_row.append(row)
        numbers = self._add_columns(np.array(costs), np.array(uppers))
        self._enter(rows[np.array(of_row)], numbers, -1.0)


def convex_below(table: list[int], slope: int) -> tuple[float, list[tuple[float, float]]]:
    """The greatest convex function below a table: its start, and pieces of slope and length.

    Entries that stand for a broken rule are left out, which only lowers it.
    """
    points = [(count, cost) for count, cost in enumerate(table) if cost < HARD]
    hull: list[tuple[int, int]] = []
    for count, cost in points:
        while len(hull) >= 2:
            (one, first), (two, second) = hull[-2], hull[-1]
            if (second - first) * (count - one) >= (cost - first) * (two - one):
                hull.pop()
            else:
                break
        hull.append((count, cost))
    while len(hull) >= 2 and (hull[-1][1] - hull[-2][1]) >= slope * (hull[-1][0] - hull[-2][0]):
        hull.pop()
    pieces = [
        ((second - first) / (two - one), float(two - one))
        for (one, first), (two, second) in itertools.pairwise(hull)
    ]
    return float(hull[0][1]), [*pieces, (float(slope), np.inf)]
