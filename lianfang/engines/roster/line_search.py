"""Search among whole lines: columns for everybody, then again and again for a few while the others stand."""

from __future__ import annotations

import heapq
import math
import threading
from collections.abc import Callable

import numpy as np

from lianfang.engines.roster.annealing import Tables, measure
from lianfang.engines.roster.bounds import row_prices
from lianfang.engines.roster.columns import Generation, Master, Pricing, RowParts
from lianfang.engines.roster.grid import Array
from lianfang.engines.roster.line_tables import LineTables
from lianfang.engines.roster.lines import NEVER

Limits = dict[int, tuple[float, float]]  # of the totals of a programme


class Best:
    """The best state that any of the searches has found, and the best bound; safe between threads."""

    def __init__(self, tables: Tables, constant: int, cells: Array, cost: int | None) -> None:
        self.lock = threading.Lock()
        self.tables = tables
        self.constant = constant
        self.cells = cells
        self.cost = cost  # None while a hard rule is broken
        self.bound: int | None = None
        self.broken = (1 << 60, 0)
        self.guide: tuple[Array, Array] | None = None  # worth of cells, cheapest line of each, at the bound

    def offer(self, cells: Array) -> bool:
        """Take the state if it breaks no rule and costs less."""
        counts = np.zeros(len(self.tables.table_size), dtype=np.int64)
        lines = np.zeros(len(cells), dtype=np.int64)
        breaks = np.zeros(len(cells), dtype=np.int64)
        cost, broken = measure(self.tables, cells, counts, lines, breaks)
        with self.lock:
            if broken or (self.cost is not None and cost + self.constant >= self.cost):
                return False
            self.cells = cells.copy()
            self.cost = int(cost) + self.constant
            return True

    def offer_broken(self, cells: Array, broken: int, cost: int) -> None:
        """Take a state that breaks rules while there is none that does not: the one that breaks fewest."""
        with self.lock:
            if self.cost is None and (broken, cost) < self.broken:
                self.cells, self.broken = cells.copy(), (broken, cost)

    def prove(self, bound: float) -> None:
        with self.lock:
            whole = max(0, math.ceil(bound - 1e-6))  # no cost is below 0
            self.bound = whole if self.bound is None else max(self.bound, whole)

    @property
    def proved(self) -> bool:
        return self.cost is not None and self.bound is not None and self.cost <= self.bound

    def snapshot(self) -> tuple[Array, int | None]:
        with self.lock:
            return self.cells.copy(), self.cost


class LineSearch:
    """Column generation for all, a choice of whole lines, then the same for changing groups of people."""

    def __init__(
        self,
        tables: LineTables,
        parts: list[RowParts],
        best: Best,
        seed: int,
        stop: Callable[[], bool],
        left: Callable[[], float] = lambda: 1e9,
    ) -> None:
        """`left`: the seconds that are left; `stop` is asked more often."""
        self.left = left
        self.tables = tables
        self.grid = tables.grid
        self.parts = parts
        self.best = best
        self.chance = np.random.default_rng(seed)
        self.stop = lambda: stop() or best.proved
        self.pricing = Pricing(tables, 1)
        self.whole: Generation | None = None
        self.limits: Limits = {}  # of the totals, where the cheapest rosters are expected

    def run(self) -> None:
        """Until the time is over or the best roster is proved to be one of the cheapest."""
        self.prove()
        while not self.stop() and self.best.cost is not None:
            assert self.whole is not None
            kind = self.chance.random()
            if kind < 0.4:
                self._limit(self.whole.master, self.limits)
                self._dive(self.whole, 0.3)
            elif kind < 0.5:
                self._limit(self.whole.master, {})
                self._choose(self.whole, 6.0)
            else:
                self.improve(self._size())

    def improve_groups(self, number: int) -> None:
        """So many groups, one after another, beside another search that proves."""
        for _ in range(number):
            if self.stop() or self.best.cost is None:
                return
            self.improve(self._size())

    def _at_most(self, seconds: float) -> float:
        return max(0.1, min(seconds, self.left()))

    def _size(self) -> int:
        """Of the next group: from a few people to a third, as long as that can be searched at once."""
        most = max(4, min(14, self.grid.people // 3))
        return int(self.chance.integers(min(4, most), most + 1))

    def construct(self) -> None:
        """A roster that breaks no rule: each takes the line that is cheapest beside those before."""
        grid = self.grid
        if self.best.cost is not None:
            return
        cells = np.zeros((grid.people, grid.days), dtype=np.int16)
        counts = np.zeros(len(self.parts), dtype=np.int64)
        below = np.array([part.start for part in self.parts], dtype=float)
        for person in self.chance.permutation(grid.people):
            if self.stop():
                return
            change = np.array(
                [part.after(int(count) + 1).start for part, count in zip(self.parts, counts, strict=True)]
            )
            duals = below - change
            self.pricing.price(np.array([person]), self.pricing.values(duals))
            if self.pricing.prices[person] >= NEVER:
                return
            cells[person] = self.pricing.lines[person]
            for begin, end in grid.row_start[int(grid.group[person]), np.arange(grid.days), cells[person]]:
                for place in range(begin, end):
                    row = int(grid.row_of[place])
                    counts[row] += grid.row_amount[place]
                    below[row] = self.parts[row].after(int(counts[row])).start
        self.best.offer(cells)

    def prove(self, nodes: int = 1000) -> None:
        """Raise the bound of the whole problem by branching on totals; take rosters found on the way.

        How far the first parts of all rows, of those of a day, of each are filled together is a whole
        number. Where the programme says it is not, either side is looked at by itself.
        """
        grid = self.grid
        everybody = np.arange(grid.people)
        base = np.zeros(len(self.parts), dtype=np.int64)
        generation = Generation(self.pricing, self.parts, everybody, base, self._totals())
        master = generation.master
        master.constant += grid.constant
        self.whole = generation
        generation.center = self._first_duals(generation)
        open_nodes: list[tuple[float, int, Limits]] = [(-1e18, 0, {})]
        number = 0
        unresolved = 1e18
        while open_nodes and number < nodes and not self.stop():
            known, _, limits = heapq.heappop(open_nodes)
            if known >= unresolved:
                return
            self.limits = limits
            if self.best.cost is not None and math.ceil(known - 1e-6) >= self.best.cost:
                self.best.prove(self.best.cost)
                return
            self._limit(master, limits)
            cells, cost = self.best.snapshot()
            if cost is not None:
                generation.add(cells)
            others = min((node[0] for node in open_nodes), default=unresolved)
            others = min(others, unresolved)

            def tell(known: float = known, others: float = others) -> None:
                assert generation.center is not None
                self.best.prove(min(others, max(known, generation.bound)))
                self.best.guide = (self.pricing.values(generation.center), self.pricing.bounds.copy())

            generation.relax(
                everybody, self.stop, prove=True, below=1e18 if cost is None else cost, tell=tell
            )
            here = max(known, generation.bound)
            if self.stop():
                return
            self.best.prove(min(here, others))
            if cost is not None and math.ceil(here - 1e-6) >= cost:
                continue
            fractional = self._fractional()
            number += 1
            if fractional is None or number % 4 == 0:
                self._dive(generation, 1e-3 if number < 3 else 0.2)
                self._limit(master, limits)
                self._choose(generation, 3.0)
            if fractional is None:
                unresolved = min(unresolved, here)  # lines would have to be branched on
                continue
            total, value = fractional
            low, high = limits.get(total, (-np.inf, np.inf))
            for order, side in enumerate(((low, math.floor(value)), (math.ceil(value), high))):
                heapq.heappush(open_nodes, (here, 2 * number + order, limits | {total: side}))
        if not open_nodes and not self.stop():
            self.best.prove(min(unresolved, 1e18 if self.best.cost is None else self.best.cost))

    def _limit(self, master: Master, limits: Limits) -> None:
        for total, now in enumerate(master.limits):
            wanted = limits.get(total, (-np.inf, np.inf))
            if now != wanted:
                master.limit(total, *wanted)

    def _first_duals(self, generation: Generation) -> Array:
        """Duals near the right ones, from the linear programme over days."""
        master = generation.master
        highest = -np.array([part.slopes[0] for part in self.parts], dtype=float)
        lowest = -np.array([part.slopes[-1] for part in self.parts], dtype=float)
        prices = np.clip(row_prices(self.grid, self._at_most(20.0)), lowest, highest)
        duals = np.concatenate([prices, np.zeros(len(master.totals))])
        self.pricing.price(generation.people, self.pricing.values(duals))
        generation.add(self.pricing.lines)
        return duals

    def _totals(self) -> list[Array]:
        """All rows that ask for people, those of each day, and each by itself."""
        asking = [row for row, part in enumerate(self.parts) if part.slopes[0] < 0]
        if not asking:
            return []
        grid = self.grid
        day_of: dict[int, int] = {}
        for day in range(grid.days):
            for begin, end in grid.row_start[:, day].reshape(-1, 2):
                day_of.update(dict.fromkeys(grid.row_of[begin:end].tolist(), day))
        by_day = [np.array([row for row in asking if day_of.get(row) == day]) for day in range(grid.days)]
        return [
            np.array(asking),
            *(rows for rows in by_day if len(rows) > 1),
            *(np.array([row]) for row in asking),
        ]

    def _fractional(self) -> tuple[int, float] | None:
        """The first total that the programme does not fill by whole people."""
        assert self.whole is not None
        master = self.whole.master
        master.solve()
        days: tuple[float, int, float] | None = None
        for number, rows in enumerate(master.totals):
            value = float(master.filled[rows].sum())
            distance = abs(value - round(value))
            if distance > 1e-5:
                if number == 0:
                    return number, value
                if days is None or (len(rows) > 1, distance) > days[:2]:
                    days = (len(rows) > 1, distance, value)  # type: ignore[assignment]
                    chosen = number
        return None if days is None else (chosen, days[2])

    def improve(self, size: int) -> bool:
        """Take a group of people out and search for better lines for them together."""
        cells, _cost = self.best.snapshot()
        people = self._group(size, cells)
        base = self._counts(cells, people)
        generation = Generation(self.pricing, self.parts, people, base)
        generation.add(cells)
        own = self._own_cost(generation, cells)
        generation.relax(people, self.stop, prove=True, below=own)
        if self.stop() or math.ceil(generation.bound - 1e-6) >= own:
            return False
        found = generation.master.whole(own, self._at_most(4.0))
        if found is None:
            found = generation.dive(self.stop, self.chance, own)
        if found is None:
            return False
        for person, line in found.items():
            cells[person] = line
        if self.whole is not None:
            for person in people:
                self.whole.master.add(int(person), cells[person])
        return self.best.offer(cells)

    def _dive(self, generation: Generation, noise: float) -> None:
        below = 1e18 if self.best.cost is None else float(self.best.cost)
        self._take(generation.dive(self.stop, self.chance, below, noise))

    def _choose(self, generation: Generation, seconds: float) -> None:
        """The best choice of whole lines among all that are known."""
        if self.best.cost is not None and not self.stop():
            self._take(generation.master.whole(self.best.cost, self._at_most(seconds)))

    def _take(self, found: dict[int, Array] | None) -> None:
        if found is None:
            return
        cells, _ = self.best.snapshot()
        for person, line in found.items():
            cells[person] = line
        self.best.offer(cells)

    def _group(self, size: int, cells: Array) -> Array:
        """People by chance; rather those whose lines cost much more than their cheapest at the best duals."""
        grid = self.grid
        if size >= grid.people:
            return np.arange(grid.people)
        kind = self.chance.random()
        if kind < 0.25:
            return np.sort(self.chance.choice(grid.people, size, replace=False))
        days = np.arange(grid.days)
        if kind < 0.8 and self.best.guide is not None:
            values, cheapest = self.best.guide
            everybody = np.arange(grid.people)[:, None]
            prices = grid.cost[everybody, days, cells] - values[grid.group[:, None], days, cells]
            worth = np.maximum(0.0, prices.sum(axis=1) - cheapest)
            worth = (worth + 0.3 * worth.mean() + 1e-6) * self.chance.exponential(size=grid.people)
            return np.sort(np.argsort(-worth)[:size])
        # Those with the strongest wishes on a stretch of days.
        start = int(self.chance.integers(grid.days))
        days = np.arange(start, min(grid.days, start + 7))
        worth = grid.cost[:, days, :].max(axis=(1, 2)) + self.chance.random(grid.people) * (
            1 + grid.cost[:, days, :].max()
        )
        return np.sort(np.argsort(-worth)[:size])

    def _counts(self, cells: Array, without: Array) -> Array:
        grid = self.grid
        others = np.setdiff1d(np.arange(grid.people), without)
        counts = np.zeros(len(self.parts), dtype=np.int64)
        for person in others:
            starts = grid.row_start[int(grid.group[person]), np.arange(grid.days), cells[person]]
            for begin, end in starts:
                for place in range(begin, end):
                    counts[grid.row_of[place]] += grid.row_amount[place]
        return counts

    def _own_cost(self, generation: Generation, cells: Array) -> float:
        """What the group's lines cost as they stand, beside the others."""
        master = generation.master
        counts = np.zeros(len(self.parts), dtype=np.int64)
        total = 0
        for person in generation.people:
            rows, amounts = master._counts(int(person), cells[person])
            counts[rows] += amounts.astype(np.int64)
            total += master.line_cost(int(person), cells[person])
        for part, count in zip(master.parts, counts, strict=True):
            total += part.after(int(count)).start
        return float(total)
