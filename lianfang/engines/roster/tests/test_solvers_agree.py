"""The solvers' tables, the compiled search, exact search and the bounds say what the checker says."""

import itertools
import math
from dataclasses import replace

import numpy as np
import pytest

from lianfang.engines.roster import Problem, Status, check, find_faults, solve
from lianfang.engines.roster.annealing import measure, tables_of
from lianfang.engines.roster.bounds import convex_below, linear_bound
from lianfang.engines.roster.exact import solve_exactly
from lianfang.engines.roster.grid import Grid, grid_of
from lianfang.engines.roster.tests.random_problems import a_random_problem

SEEDS = range(60)


def measured(grid: Grid, cells: np.ndarray) -> tuple[int, int]:
    counts = np.zeros(len(grid.table_size), dtype=np.int64)
    lines, breaks = np.zeros(grid.people, dtype=np.int64), np.zeros(grid.people, dtype=np.int64)
    cost, broken = measure(tables_of(grid), cells, counts, lines, breaks)
    return int(cost) + grid.constant, int(broken)


def random_cells(grid: Grid, seed: int) -> np.ndarray:
    """Allowed options, half of the days off."""
    chance = np.random.default_rng(seed)
    worth = chance.random(grid.allowed.shape) * grid.allowed
    worth[:, :, 0] *= 1 + chance.random() * 2
    return worth.argmax(axis=2).astype(np.int16)


@pytest.mark.parametrize("seed", SEEDS)
def test_the_compiled_measure_is_the_checkers(seed: int) -> None:
    problem = a_random_problem(seed)
    grid = grid_of(problem)
    for again in range(15):
        cells = random_cells(grid, 100 * seed + again)
        roster = grid.roster(cells)
        report = check(problem, roster)
        cost, broken = measured(grid, cells)
        assert cost == report.cost
        assert (broken == 0) == report.holds, (broken, report.broken)
        assert (grid.cells(roster) == cells).all()


def every_roster(grid: Grid) -> list[np.ndarray]:
    choices = [np.nonzero(options)[0] for options in grid.allowed.reshape(-1, grid.options)]
    if math.prod(len(each) for each in choices) > 20_000:
        return []
    shape = (grid.people, grid.days)
    return [np.array(cells, dtype=np.int16).reshape(shape) for cells in itertools.product(*choices)]


def cheapest_of(problem: Problem, grid: Grid) -> int | None:
    """By trying every roster; None where each breaks a rule, and -1 where there are too many."""
    rosters = every_roster(grid)
    if not rosters:
        return -1
    costs = [cost for cells in rosters for cost, broken in [measured(grid, cells)] if not broken]
    return min(costs, default=None)


@pytest.mark.parametrize("seed", range(25))
def test_exact_search_finds_the_cheapest_and_no_bound_is_above_it(seed: int) -> None:
    problem = a_random_problem(seed, people=2, days=3)
    grid = grid_of(problem)
    cheapest = cheapest_of(problem, grid)
    if cheapest == -1:
        pytest.skip("too many rosters to try them all")
    answer = solve_exactly(grid, random_cells(grid, seed), seconds=20, workers=1)
    if cheapest is None:
        assert answer.cells is None
        return
    assert answer.cells is not None
    assert measured(grid, answer.cells) == (cheapest, 0)
    assert answer.bound == cheapest
    bound = linear_bound(grid, 20)
    assert bound is not None
    assert bound <= cheapest


@pytest.mark.parametrize("seed", range(8))
def test_no_linear_bound_is_above_the_cheapest_where_there_are_weekends_and_short_runs(seed: int) -> None:
    drawn = a_random_problem(seed + 900, people=3, days=8)
    limits = replace(
        drawn.rules.limits, most_weekends=seed % 2, shortest_run_days=2, shortest_days_off=2 + seed % 2
    )
    problem = replace(drawn, rules=replace(drawn.rules, limits=limits))
    if find_faults(problem):
        pytest.skip("these limits contradict others of the problem")
    grid = grid_of(problem)
    answer = solve_exactly(grid, random_cells(grid, seed), seconds=20, workers=1)
    bound = linear_bound(grid, 20)
    if answer.cells is not None and bound is not None:
        assert bound <= measured(grid, answer.cells)[0]


@pytest.mark.parametrize("seed", range(6))
def test_a_window_is_improved_and_the_rest_stands(seed: int) -> None:
    problem = a_random_problem(seed + 500)
    grid = grid_of(problem)
    cells = random_cells(grid, seed)
    people = np.array([0, 1])
    answer = solve_exactly(grid, cells, seconds=10, people=people, days=range(1, 4), workers=1)
    if answer.cells is None:
        return
    changed = np.nonzero(answer.cells != cells)
    assert set(changed[0]) <= {0, 1}
    assert set(changed[1]) <= {1, 2, 3}


@pytest.mark.parametrize("seed", [3, 8, 21])
def test_solving_gives_a_roster_whose_cost_is_the_checkers_and_not_below_the_bound(seed: int) -> None:
    problem = a_random_problem(seed, people=5, days=7)
    solution = solve(problem, seconds=1, threads=2)
    assert solution.report == check(problem, solution.roster)
    assert solution.report.holds == (solution.status != Status.BROKEN)
    assert solution.bound is None or solution.bound <= solution.cost


def test_the_convex_function_below_a_table() -> None:
    assert convex_below([10, 0, 0], 5) == (10.0, [(-10.0, 1.0), (0.0, 1.0), (5.0, math.inf)])
    assert convex_below([0, 4], 0) == (0.0, [(0.0, math.inf)])
    assert convex_below([6, 5, 0], 2) == (6.0, [(-3.0, 2.0), (2.0, math.inf)])
