"""Exact search by CP-SAT: a small problem whole, or a window of one (some people, some days) while the rest
stands. It starts from the roster in hand, and its bound is proved.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import numpy as np
from ortools.sat.python import cp_model

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
    OFF_AFTER_NIGHTS,
    SHORTEST_OFF,
    SHORTEST_RUN,
    Array,
    Grid,
)


@dataclass(frozen=True, slots=True)
class Answer:
    cells: Array | None
    bound: int | None  # for the whole problem only


def solve_exactly(
    grid: Grid,
    cells: Array,
    *,
    seconds: float,
    people: Array | None = None,
    days: range | None = None,
    seed: int = 0,
    workers: int = 8,
    cancelled: Callable[[], bool] = lambda: False,
    on_bound: Callable[[int], None] = lambda _: None,
    on_cells: Callable[[Array], None] = lambda _: None,
) -> Answer:
    """The best table of options found, and the bound; `cells` is where the search starts."""
    chosen = np.arange(grid.people) if people is None else people
    window = range(grid.days) if days is None else days
    model = _Model(grid, cells, chosen, window)
    solver = cp_model.CpSolver()
    solver.parameters.max_time_in_seconds = seconds
    solver.parameters.num_workers = workers
    solver.parameters.random_seed = seed
    whole = people is None and days is None

    class Watch(cp_model.CpSolverSolutionCallback):
        def on_solution_callback(self) -> None:
            on_cells(model.cells(self.Value))
            if cancelled():
                self.StopSearch()

    def bounded(value: float) -> None:
        if whole:
            on_bound(int(np.ceil(value - 1e-6)))
        if cancelled():
            solver.stop_search()

    solver.best_bound_callback = bounded
    status = solver.solve(model.model, Watch())
    if status not in (cp_model.OPTIMAL, cp_model.FEASIBLE):
        return Answer(None, None)
    bound = int(np.ceil(solver.best_objective_bound - 1e-6)) if whole else None
    return Answer(model.cells(solver.value), bound)


class _Model:
    def __init__(self, grid: Grid, cells: Array, people: Array, window: range) -> None:
        self.grid = grid
        self.start = cells
        self.people = [int(person) for person in people]
        self.window = window
        self.model = cp_model.CpModel()
        self.cost: list[Any] = []
        self.x: dict[tuple[int, int], dict[int, Any]] = {}
        for person in self.people:
            self._cells_of(person)
            self._runs(person)
            self._nights(person)
            self._totals(person)
        self._rows()
        self.model.minimize(sum(self.cost) + grid.constant)

    def cells(self, value: Callable[[Any], int]) -> Array:
        cells = self.start.copy()
        for (person, day), options in self.x.items():
            if len(options) > 1:
                for option, literal in options.items():
                    if value(literal):
                        cells[person, day] = option
        return cells

    def _cells_of(self, person: int) -> None:
        grid, model = self.grid, self.model
        for day in range(grid.days):
            now = int(self.start[person, day])
            if day not in self.window:
                self.x[person, day] = {now: 1}
                self.cost.append(int(grid.cost[person, day, now]))
                continue
            options = [int(option) for option in np.nonzero(grid.allowed[person, day])[0]]
            literals = {option: model.new_bool_var("") for option in options}
            model.add_exactly_one(literals.values())
            for option, literal in literals.items():
                model.add_hint(literal, int(option == now))
                if grid.cost[person, day, option]:
                    self.cost.append(int(grid.cost[person, day, option]) * literal)
            self.x[person, day] = literals
        for lag, table in enumerate(grid.forbidden, 1):
            for day in range(grid.days - lag):
                for before, one in self.x[person, day].items():
                    after = [
                        two for option, two in self.x[person, day + lag].items() if table[before, option]
                    ]
                    if after:
                        model.add(one + sum(after) <= 1)

    def _on(self, person: int, day: int) -> Any:
        """The sum of the options on duty: 0 or 1."""
        return sum(literal for option, literal in self.x[person, day].items() if option)

    def _night(self, person: int, day: int) -> Any:
        return sum(literal for option, literal in self.x[person, day].items() if self.grid.nights[option])

    def _runs(self, person: int) -> None:
        grid, model = self.grid, self.model
        limits = grid.limits[person]
        on = [self._on(person, day) for day in range(grid.days)]
        before = int(grid.history[person, 4])
        longest = int(limits[LONGEST_RUN])
        for start in range(-before, grid.days - longest):
            stretch = on[max(0, start) : start + longest + 1]
            ahead = max(0, -start)
            if stretch and longest < NO_LIMIT:
                model.add(sum(stretch) + ahead <= longest)
        for length in range(1, int(limits[SHORTEST_RUN])):
            for start in range(1, grid.days - length):
                # off, `length` days on, off: not inside the horizon
                model.add(on[start - 1] - sum(on[start : start + length]) + on[start + length] >= 1 - length)
        for length in range(1, int(limits[SHORTEST_OFF])):
            for start in range(1, grid.days - length):
                model.add(on[start - 1] - sum(on[start : start + length]) + on[start + length] <= 1)

    def _nights(self, person: int) -> None:
        grid, model = self.grid, self.model
        limits = grid.limits[person]
        longest, rest = int(limits[LONGEST_NIGHTS]), int(limits[OFF_AFTER_NIGHTS])
        if longest >= NO_LIMIT and not rest:
            return
        night = [self._night(person, day) for day in range(grid.days)]
        on = [self._on(person, day) for day in range(grid.days)]
        before = int(grid.history[person, 5])
        if longest < NO_LIMIT:
            for start in range(-before, grid.days - longest):
                stretch = night[max(0, start) : start + longest + 1]
                if stretch:
                    model.add(sum(stretch) + max(0, -start) <= longest)
        for day in range(-1 if before else 0, grid.days):
            ended: Any = 1 if day < 0 else night[day]
            for later in range(day + 1, min(grid.days, day + 1 + rest)):
                following = night[day + 1]
                # The run ends on `day`: night there, none the day after; then nothing for the days of rest.
                model.add(ended - following + on[later] <= 1)

    def _totals(self, person: int) -> None:
        grid, model = self.grid, self.model
        limits, history = grid.limits[person], grid.history[person]

        def total(amount: Callable[[int, int], int]) -> Any:
            return sum(
                amount(day, option) * literal
                for day in range(grid.days)
                for option, literal in self.x[person, day].items()
                if amount(day, option)
            )

        minutes = total(lambda _, option: int(grid.minutes[option]))
        duties = total(lambda _, option: int(grid.duties[option]))
        nights = total(lambda _, option: int(grid.nights[option]))
        for value, column in ((minutes, MOST_MINUTES), (duties, MOST_DUTIES), (nights, MOST_NIGHTS)):
            if limits[column] < NO_LIMIT:
                self._hold(value <= int(limits[column]))
        if limits[FEWEST_MINUTES] > 0:
            self._hold(minutes >= int(limits[FEWEST_MINUTES]))
        for kind in range(grid.types.shape[1]):
            if grid.most_of_type[person, kind] < NO_LIMIT:
                of_kind = grid.types[:, kind].tolist()
                count = total(lambda _, option, of_kind=of_kind: of_kind[option])  # type: ignore[misc]
                self._hold(count <= int(grid.most_of_type[person, kind]))
        if limits[MOST_WEEKENDS] < NO_LIMIT:
            worked = []
            for weekend in sorted({int(number) for number in grid.weekend if number >= 0}):
                either = model.new_bool_var("")
                for day in np.nonzero(grid.weekend == weekend)[0]:
                    model.add(either >= self._on(person, int(day)))
                worked.append(either)
            model.add(sum(worked) <= int(limits[MOST_WEEKENDS]))
        weekend_days = total(lambda day, option: int(grid.duties[option]) * int(grid.weekend[day] >= 0))
        holidays = total(lambda day, option: int(grid.duties[option]) * int(grid.holiday[day]))
        for kind, value in enumerate((duties, nights, weekend_days, holidays)):
            if grid.squares[kind]:
                self._square(int(grid.squares[kind]), int(history[kind]), value)

    def _hold(self, condition: Any) -> None:
        if condition is not True:
            self.model.add(condition)

    def _square(self, weight: int, before: int, value: Any) -> None:
        self.cost.append(weight * before**2)
        most = self.grid.days * int(self.grid.duties.max())
        steps = [self.model.new_bool_var("") for _ in range(most)]
        for number, step in enumerate(steps):
            self.cost.append(weight * (2 * (before + number) + 1) * step)
            if number:
                self.model.add_implication(step, steps[number - 1])
        self.model.add(sum(steps) == value)

    def _rows(self) -> None:
        grid, model = self.grid, self.model
        parts: dict[int, list[Any]] = {}
        fixed = np.zeros(len(grid.table_size), dtype=np.int64)
        chosen = set(self.people)
        for person in range(grid.people):
            group = int(grid.group[person])
            if person not in chosen:
                for begin, end in grid.row_start[group, np.arange(grid.days), self.start[person]]:
                    np.add.at(fixed, grid.row_of[begin:end], grid.row_amount[begin:end])
                continue
            for day in range(grid.days):
                for option, literal in self.x[person, day].items():
                    begin, end = grid.row_start[group, day, option]
                    for place in range(begin, end):
                        row, amount = int(grid.row_of[place]), int(grid.row_amount[place])
                        if isinstance(literal, int):
                            fixed[row] += amount
                        else:
                            parts.setdefault(row, []).append(amount * literal)
        for row in range(len(fixed)):
            self._row(row, int(fixed[row]), parts.get(row, []))
        del model

    def _row(self, row: int, fixed: int, parts: list[Any]) -> None:
        grid, model = self.grid, self.model
        begin, size, slope = int(grid.table_start[row]), int(grid.table_size[row]), int(grid.slope[row])
        table = [int(cost) for cost in grid.table[begin : begin + size]]

        def at(count: int) -> int:
            return table[count] if count < size else table[-1] + slope * (count - size + 1)

        if not parts:
            self.cost.append(min(at(fixed), HARD))
            return
        most = fixed + 2 * len(parts)
        costs = [at(count) for count in range(most + 1)]
        count = model.new_int_var(fixed, most, "")
        model.add(count == fixed + sum(parts))
        forbidden = [number for number in range(fixed, most + 1) if costs[number] >= HARD // 2]
        for number in forbidden:
            model.add(count != number)
        steps = [after - before for before, after in itertools.pairwise(costs)]
        if not forbidden and all(one <= two for one, two in itertools.pairwise(steps)):
            self._convex(count, costs, fixed, most)
            return
        if len(set(costs[fixed:])) == 1:
            self.cost.append(costs[fixed])
            return
        value = model.new_int_var(min(costs), max(cost for cost in costs if cost < HARD // 2), "")
        safe = [cost if cost < HARD // 2 else 0 for cost in costs]
        model.add_element(count, safe, value)
        self.cost.append(value)

    def _convex(self, count: Any, costs: list[int], low: int, most: int) -> None:
        """The cost as the highest of the lines through neighbouring counts."""
        slopes: dict[int, int] = {}
        for number in range(low, most):
            slopes.setdefault(costs[number + 1] - costs[number], number)
        if set(slopes) <= {0}:
            self.cost.append(costs[low])
            return
        value = self.model.new_int_var(min(costs[low:]), max(costs[low:]), "")
        for slope, number in slopes.items():
            self.model.add(value >= costs[number] + slope * (count - number))
        self.cost.append(value)
