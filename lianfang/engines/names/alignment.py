"""How two short strings of characters differ: sign by sign, with milder costs for likely slips."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache

from lianfang.engines.names.characters import look_alike, other_form
from lianfang.engines.names.pinyin import same_sound
from lianfang.engines.names.vocabulary import OPPOSED

SAME_SOUND, LOOK_ALIKE, SWAPPED, OTHER_FORM = 0.3, 0.3, 0.4, 0.1
ADDED, CHANGED = 0.7, 1.0


@dataclass(frozen=True, slots=True)
class Difference:
    """The cheapest way from one string to the other; `slips` names each step with the signs concerned."""

    cost: float
    slips: tuple[tuple[str, str, str], ...] = field(default=())

    def has(self, kind: str) -> bool:
        return any(slip[0] == kind for slip in self.slips)


@lru_cache(maxsize=65536)
def difference(one: str, other: str) -> Difference:
    """Weighted edit distance with swaps of neighbours (optimal string alignment). Symmetric in its cost."""
    if one == other:
        return Difference(0.0)
    costs = _costs(one, other)
    return Difference(round(costs[-1][-1], 6), _slips(one, other, costs))


def opposed(one: str, other: str) -> bool:
    """Whether two signs name two things on purpose: 东 and 西, 一 and 二."""
    return one != other and any(one in group and other in group for group in OPPOSED)


@lru_cache(maxsize=65536)
def change(left: str, right: str) -> tuple[str, float]:
    """What kind of slip it is to write one sign for another, and its cost."""
    if left == right:
        return "same", 0.0
    if opposed(left, right):
        return "opposed", CHANGED
    if other_form(left) == other_form(right):
        return "other_form", OTHER_FORM
    if same_sound(left, right):
        return "same_sound", SAME_SOUND
    if look_alike(left, right):
        return "look_alike", LOOK_ALIKE
    return "changed", CHANGED


def _costs(one: str, other: str) -> list[list[float]]:
    costs = [[ADDED * column for column in range(len(other) + 1)]]
    for row, left in enumerate(one):
        above, line = costs[row], [ADDED * (row + 1)]
        for column, right in enumerate(other):
            cost = min(
                above[column] + change(left, right)[1], above[column + 1] + ADDED, line[column] + ADDED
            )
            if _is_swap(one, other, row, column):
                cost = min(cost, costs[row - 1][column - 1] + SWAPPED)
            line.append(cost)
        costs.append(line)
    return costs


def _is_swap(one: str, other: str, row: int, column: int) -> bool:
    if row < 1 or column < 1 or one[row] == other[column]:
        return False
    return one[row] == other[column - 1] and one[row - 1] == other[column]


def _slips(one: str, other: str, costs: list[list[float]]) -> tuple[tuple[str, str, str], ...]:
    """The steps of one cheapest way, from the last sign back to the first, in the order of the text."""
    slips: list[tuple[str, str, str]] = []
    row, column = len(one), len(other)
    while row or column:
        cost = costs[row][column]
        if _is_swap(one, other, row - 1, column - 1) and _equal(cost, costs[row - 2][column - 2] + SWAPPED):
            slips.append(("swapped", one[row - 2 : row], other[column - 2 : column]))
            row, column = row - 2, column - 2
            continue
        if row and column:
            kind, step = change(one[row - 1], other[column - 1])
            if _equal(cost, costs[row - 1][column - 1] + step):
                row, column = row - 1, column - 1
                if kind != "same":
                    slips.append((kind, one[row], other[column]))
                continue
        if row and _equal(cost, costs[row - 1][column] + ADDED):
            row -= 1
            slips.append(("added", one[row], ""))
        else:
            column -= 1
            slips.append(("added", "", other[column]))
    return tuple(reversed(slips))


def _equal(one: float, other: float) -> bool:
    return abs(one - other) < 1e-9
