"""Compile the search before it is needed, and say so: a first run takes some ten seconds more."""

from __future__ import annotations

import hashlib
import sys
from functools import cache
from importlib.metadata import version
from pathlib import Path


def fingerprint() -> str:
    """What the compiled code depends on: the source, numba, Python and this machine's place for it."""
    here = Path(__file__).parent
    digest = hashlib.sha256(f"{version('numba')} {sys.version} {here}".encode())
    for name in ("annealing.py", "compiled.py", "grid.py", "lines.py"):
        digest.update((here / name).read_bytes())
    return digest.hexdigest()


@cache
def warm() -> None:
    """Load the compiled functions, compiling what this machine has not yet compiled."""
    import numpy as np

    from lianfang.engines.roster.annealing import anneal, fill_greedily, measure, tables_of
    from lianfang.engines.roster.generator import guard_problem
    from lianfang.engines.roster.grid import grid_of
    from lianfang.engines.roster.line_tables import bare_line_tables
    from lianfang.engines.roster.lines import price_people

    grid = grid_of(guard_problem(4, 3))
    tables = tables_of(grid)
    cells = np.zeros((grid.people, grid.days), dtype=np.int16)
    counts = np.zeros(len(grid.table_size), dtype=np.int64)
    lines, breaks = np.zeros(grid.people, dtype=np.int64), np.zeros(grid.people, dtype=np.int64)
    state = np.array([*measure(tables, cells, counts, lines, breaks), 1 << 60], dtype=np.int64)
    people = np.arange(grid.people)
    fill_greedily(tables, cells, counts, lines, breaks, 0)
    anneal(tables, people, cells, counts, lines, breaks, cells.copy(), state, 1, 1.0, 1.0, 1, 0)
    value = np.zeros(grid.row_start.shape[:3])
    rules = bare_line_tables(grid).rules
    price_people(
        people,
        grid.cost,
        value,
        grid.group,
        grid.allowed,
        rules,
        1,
        np.zeros(rules.most_of_type.shape, dtype=np.uint8),
        np.zeros(grid.people),
        np.zeros(grid.people),
        np.zeros((grid.people, grid.days), dtype=np.int16),
    )
