"""The text format of Curtois and Qu: read as it is, its cost counted exactly, small ones proved."""

from pathlib import Path

import numpy as np
import pytest

from lianfang.engines.roster import (
    Assignment,
    FaultCode,
    ProblemError,
    Roster,
    Status,
    check,
    find_faults,
    solve,
)
from lianfang.engines.roster.annealing import tables_of
from lianfang.engines.roster.curtois import duty_id, read_curtois
from lianfang.engines.roster.exact import solve_exactly
from lianfang.engines.roster.grid import grid_of
from lianfang.engines.roster.line_tables import line_tables
from lianfang.engines.roster.lines import NEVER, price_people
from lianfang.engines.roster.tests.test_solvers_agree import measured, random_cells

VILLAGE = Path(__file__).resolve().parents[4] / "bench" / "roster_instances" / "village-14.txt"

SMALL = """\ufeff# made up
SECTION_HORIZON\r
7
SECTION_SHIFTS
E,480,
L,600,E
SECTION_STAFF
A,E=7|L=2,2400,1440,4,2,2,1
B, E=7|L=7 ,2400,960,3,1,2,1
C,L=0|E=3,1440,480,3,1,1,0

SECTION_DAYS_OFF
A,3
B,1, 2

SECTION_SHIFT_ON_REQUESTS
A,0,E,2
SECTION_SHIFT_OFF_REQUESTS
B,4,L,3
SECTION_COVER
0,E,1,100,1
0,L,1,100,2
1,E,2,90,1
4,L,1,100,1
"""


def of_cells(*cells: tuple[str, int, str]) -> Roster:
    return Roster.of(Assignment(person=person, duty=duty_id(day, shift)) for person, day, shift in cells)


def test_an_instance_is_read_with_all_its_rules() -> None:
    problem = read_curtois(SMALL)
    assert find_faults(problem) == ()
    assert [person.id for person in problem.people] == ["A", "B", "C"]
    assert len(problem.duties) == 14
    a, b, c = problem.people
    assert (a.most_of_shift, c.most_of_shift) == ({"L": 2}, {"L": 0, "E": 3})
    assert (a.limits.fewest_minutes, b.limits.longest_run_days, c.limits.most_weekends) == (1440, 3, 0)
    assert [span.start.day for span in b.absences] == [2, 3]
    assert problem.rules.successions_forbidden == (("L", "E"),)


def test_the_cost_is_that_of_the_format() -> None:
    """One missing twice on day 1 (180), one too many on day 2 (0: no cover there), the on-wish met."""
    problem = read_curtois(SMALL)
    roster = of_cells(
        ("A", 0, "E"), ("A", 1, "E"), ("A", 2, "E"), ("B", 3, "L"), ("B", 4, "L"), ("C", 0, "E")
    )
    costs = check(problem, roster).costs
    assert costs == {"short": 100 + 90, "over": 1, "wish": 3}


@pytest.mark.parametrize(
    ("old", "new", "place"),
    [
        ("L,600,E\n", "L,600,X\n", "line 6"),
        ("L,600,E\n", "L,x,E\n", "line 6"),
        ("A,3\n", "Z,3\n", "line 13"),
        ("A,3\n", "A,9\n", "line 13"),
        ("0,L,1,100,2", "0,L,1", "line 22"),
        ("0,L,1,100,2", "0,E,1,100,2", "line 22"),
        ("A,0,E,2", "A,0,Q,2", "line 17"),
        ("SECTION_COVER", "SECTION_COVERS", "line 20"),
        ("C,L=0|E=3", "A,L=0|E=3", "line 10"),
        ("C,L=0|E=3", "C,L=0|E", "line 10"),
        ("SECTION_STAFF", "SECTION_COVER", "SECTION_STAFF"),
    ],
)
def test_what_cannot_be_read_names_its_line(old: str, new: str, place: str) -> None:
    with pytest.raises(ProblemError) as refused:
        read_curtois(SMALL.replace(old, new, 1))
    assert [(fault.code, fault.place) for fault in refused.value.faults] == [(FaultCode.UNREADABLE, place)]


def test_a_missing_section_is_named() -> None:
    with pytest.raises(ProblemError, match="SECTION_SHIFTS"):
        read_curtois("SECTION_HORIZON\n7\n")


@pytest.mark.parametrize("seed", range(4))
def test_the_cheapest_line_is_the_one_that_exact_search_finds(seed: int) -> None:
    problem = read_curtois(VILLAGE.read_text(encoding="utf-8"))
    grid = grid_of(problem)
    lines = line_tables(grid)
    assert lines is not None
    chance = np.random.default_rng(seed)
    grid.cost[:] = chance.integers(-9, 10, grid.cost.shape)
    grid.table[:] = 0
    grid.slope[:] = 0
    prices, bounds = np.zeros(grid.people), np.zeros(grid.people)
    found = np.zeros((grid.people, grid.days), dtype=np.int16)
    value = np.zeros(grid.row_start.shape[:3])
    everybody = np.arange(grid.people)
    price_people(
        everybody,
        grid.cost,
        value,
        grid.group,
        grid.allowed,
        lines.rules,
        3,
        np.zeros(lines.rules.most_of_type.shape, dtype=np.uint8),
        prices,
        bounds,
        found,
    )
    answer = solve_exactly(grid, random_cells(grid, seed), seconds=20)
    assert answer.bound == round(prices.sum()) + grid.constant
    assert measured(grid, found) == (answer.bound, 0)
    assert (np.abs(prices - bounds) < 1e-6).all()


@pytest.mark.parametrize("seed", range(4))
def test_limits_of_shifts_are_counted_in_the_cheapest_line(seed: int) -> None:
    grid = grid_of(read_curtois(VILLAGE.read_text(encoding="utf-8")))
    chance = np.random.default_rng(seed + 50)
    grid.most_of_type[:] = chance.integers(3, 7, grid.most_of_type.shape)
    grid.cost[:] = chance.integers(-9, 10, grid.cost.shape)
    grid.table[:] = 0
    grid.slope[:] = 0
    lines = line_tables(grid)
    assert lines is not None
    prices, bounds = np.zeros(grid.people), np.zeros(grid.people)
    found = np.zeros((grid.people, grid.days), dtype=np.int16)
    counted = np.zeros(grid.most_of_type.shape, dtype=np.uint8)
    value = np.zeros(grid.row_start.shape[:3])
    everybody = np.arange(grid.people)
    price_people(
        everybody, grid.cost, value, grid.group, grid.allowed, lines.rules, 3, counted, prices, bounds, found
    )
    answer = solve_exactly(grid, random_cells(grid, seed), seconds=20, workers=1)
    possible = prices < NEVER
    if answer.cells is None:
        assert not possible.all()
        return
    assert answer.bound == round(prices.sum()) + grid.constant
    assert measured(grid, found) == (answer.bound, 0)
    assert (np.abs(prices - bounds) < 1e-6).all()


def test_a_line_that_cannot_be_is_never() -> None:
    problem = read_curtois(SMALL.replace("C,L=0|E=3,1440,480", "C,L=0|E=3,1440,1440"))
    grid = grid_of(problem)
    lines = line_tables(grid)
    assert lines is not None
    lines.rules.longest[2] = 1
    lines.rules.off[2] = 4
    prices, bounds = np.zeros(3), np.zeros(3)
    found, value = np.zeros((3, 7), dtype=np.int16), np.zeros(grid.row_start.shape[:3])
    only = np.array([2])
    counted = np.zeros(lines.rules.most_of_type.shape, dtype=np.uint8)
    price_people(
        only, grid.cost, value, grid.group, grid.allowed, lines.rules, 3, counted, prices, bounds, found
    )
    assert prices[2] >= NEVER


def test_a_small_instance_is_solved_and_proved() -> None:
    problem = read_curtois(VILLAGE.read_text(encoding="utf-8"))
    solution = solve(problem, seconds=90)
    assert solution.status == Status.OPTIMAL
    assert solution.cost == solution.bound == check(problem, solution.roster).cost
    grid = grid_of(problem)
    exact = solve_exactly(grid, grid.cells(solution.roster), seconds=60)
    assert exact.bound == solution.cost
    assert len(tables_of(grid).table_size) == 28
