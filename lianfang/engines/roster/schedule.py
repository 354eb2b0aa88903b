"""How annealing cools: temperatures taken from the problem, slices fitted to the clock."""

from __future__ import annotations

import time
from collections.abc import Callable

import numpy as np

from lianfang.engines.roster.annealing import anneal, measure
from lianfang.engines.roster.grid import Grid
from lianfang.engines.roster.line_search import Best

FIRST_SLICE = 5_000


class Annealing:
    """One course of annealing from the best state, which it offers its own states to.

    `warmth`: the share of the full temperature at which it begins.
    """

    def __init__(self, best: Best, grid: Grid, seed: int, *, warmth: float = 1.0) -> None:
        self.best = best
        self.grid = grid
        self.tables = best.tables
        self.seed = seed
        self.cells, _ = best.snapshot()
        people = grid.people
        self.counts = np.zeros(len(grid.table_size), dtype=np.int64)
        self.lines = np.zeros(people, dtype=np.int64)
        self.breaks = np.zeros(people, dtype=np.int64)
        cost, broken = measure(self.tables, self.cells, self.counts, self.lines, self.breaks)
        never = 1 << 60
        self.kept = self.cells.copy()
        self.state = np.array([cost, broken, cost if broken == 0 else never], dtype=np.int64)
        self.people = np.arange(people)
        self.slices = 0
        step = self._typical_step()
        self.hot = max(1.0, 0.3 * step * warmth)
        self.cold = max(0.4, 0.006 * step) if step > 60 else 0.4
        self.penalty = int(max(20.0, 3.0 * step))

    def _typical_step(self) -> float:
        """What a person too few costs, as a rule; else the largest wish."""
        grid = self.grid
        first = grid.table[grid.table_start]
        second = grid.table[np.minimum(grid.table_start + 1, len(grid.table) - 1)]
        steps = np.abs(second - first)[(grid.table_size > 1)]
        steps = steps[(steps > 0) & (steps < 1 << 30)]
        return float(np.median(steps)) if len(steps) else float(max(1, grid.cost.max()))

    def run_until(self, until: float, over: Callable[[], bool], span: float) -> int:
        """Cool down until a moment, in slices of about `span` seconds; the number of moves made."""
        began = time.monotonic()
        whole = max(1e-3, until - began)
        moves, done = FIRST_SLICE, 0
        while True:
            now = time.monotonic()
            share = (now - began) / whole
            if share >= 1 or over() or self.best.proved:
                break
            after = min(1.0, share + span / whole)
            self._slice(moves, share, after)
            done += moves
            taken = time.monotonic() - now
            moves = int(np.clip(moves * span / max(taken, 1e-4), moves / 2, moves * 4)) + 1
            self._offer()
        return done

    def run_moves(self, moves: int, over: Callable[[], bool]) -> int:
        """Cool down in so many moves; nothing depends on the clock."""
        slices = max(1, min(200, moves // FIRST_SLICE))
        for number in range(slices):
            if over():
                break
            self._slice(moves // slices, number / slices, (number + 1) / slices)
        self._offer()
        return moves

    def _slice(self, moves: int, share: float, after: float) -> None:
        ratio = self.cold / self.hot
        self.slices += 1
        anneal(
            self.tables,
            self.people,
            self.cells,
            self.counts,
            self.lines,
            self.breaks,
            self.kept,
            self.state,
            moves,
            self.hot * ratio**share,
            self.hot * ratio**after,
            self.penalty,
            (self.seed * 100_003 + self.slices) % (1 << 31),
        )
        if self.state[1] > 0 and share > 0.7:
            self.penalty = min(1 << 24, int(self.penalty * 1.05) + 1)

    def _offer(self) -> None:
        cost = self.best.cost
        if self.state[2] < 1 << 60 and (cost is None or self.state[2] + self.grid.constant < cost):
            self.best.offer(self.kept)
        elif cost is None:
            self.best.offer_broken(self.cells, int(self.state[1]), int(self.state[0]))
