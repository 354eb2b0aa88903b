"""A grid as the line programme reads it, and whether it can: rules that a line of one person can hold."""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np

from lianfang.engines.roster.grid import (
    FEWEST_MINUTES,
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
    Grid,
)
from lianfang.engines.roster.lines import LineRules

MOST_STATES = 40_000_000


@dataclass(frozen=True, slots=True)
class LineTables:
    grid: Grid
    states: int  # of the largest programme
    rules: LineRules


def line_tables(grid: Grid) -> LineTables | None:
    """The tables, or None where a rule of the grid needs more than the programme's state holds."""
    limits = grid.limits
    beyond = (
        len(grid.forbidden) > 1
        or grid.squares.any()
        or (limits[:, [MOST_DUTIES, MOST_NIGHTS, LONGEST_NIGHTS]] < NO_LIMIT).any()
        or limits[:, OFF_AFTER_NIGHTS].any()
    )
    tables = None if beyond else bare_line_tables(grid)
    return tables if tables is not None and tables.states <= MOST_STATES else None


def bare_line_tables(grid: Grid) -> LineTables:
    """The tables, whether or not they hold every rule of the grid."""
    limits = grid.limits
    unit = math.gcd(*(int(minutes) for minutes in grid.minutes)) or 1
    longest_day = int(grid.minutes.max())
    units = (grid.minutes // unit).astype(np.int64)
    reach = int(units.max()) * grid.days
    most = np.minimum(limits[:, MOST_MINUTES] // unit, reach).astype(np.int64)
    least = np.maximum(0, -(-limits[:, FEWEST_MINUTES] // unit)).astype(np.int64)
    free = limits[:, MOST_MINUTES] >= longest_day * grid.days
    if (free & (least == 0)).all():  # hours do not matter
        units = np.zeros_like(units)
        most = np.zeros_like(most)
    count = len({int(number) for number in grid.weekend if number >= 0})
    weekends = np.minimum(limits[:, MOST_WEEKENDS], count).astype(np.int64)
    cap = np.minimum(limits[:, LONGEST_RUN], grid.days)
    states = (most + 1) * (weekends + 1) * (limits[:, SHORTEST_OFF] + cap * (grid.options - 1)) * grid.days
    rules = LineRules(
        follows=grid.forbidden[0],
        units=units,
        least=np.minimum(least, most + 1),
        most=most,
        weekend=grid.weekend,
        weekends=weekends,
        longest=limits[:, LONGEST_RUN].astype(np.int64),
        shortest=np.maximum(1, limits[:, SHORTEST_RUN]).astype(np.int64),
        off=np.maximum(1, limits[:, SHORTEST_OFF]).astype(np.int64),
        run_before=grid.history[:, 4].astype(np.int64),
        types=grid.types,
        most_of_type=grid.most_of_type,
    )
    return LineTables(grid, int(states.max()), rules)
