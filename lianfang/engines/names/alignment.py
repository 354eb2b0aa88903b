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
    table: list[list[Difference]] = [[Difference(0.0)]]
    for column, sign in enumerate(other):
        table[0].append(_with(table[0][column], ADDED, ("added", "", sign)))
    for row, sign in enumerate(one):
        table.append([_with(table[row][0], ADDED, ("added", sign, ""))])
        for column in range(len(other)):
            table[row + 1].append(_cheapest(table, one, other, row, column))
    return table[-1][-1]


def opposed(one: str, other: str) -> bool:
    """Whether two signs name two things on purpose: 东 and 西, 一 and 二."""
    return one != other and any(one in group and other in group for group in OPPOSED)


def _cheapest(table: list[list[Difference]], one: str, other: str, row: int, column: int) -> Difference:
    left, right = one[row], other[column]
    kind, cost = _change(left, right)
    before = table[row][column]
    options = [
        before if left == right else _with(before, cost, (kind, left, right)),
        _with(table[row][column + 1], ADDED, ("added", left, "")),
        _with(table[row + 1][column], ADDED, ("added", "", right)),
    ]
    if row and column and left != right and (left, one[row - 1]) == (other[column - 1], right):
        pair = one[row - 1 : row + 1]
        options.append(_with(table[row - 1][column - 1], SWAPPED, ("swapped", pair, pair[::-1])))
    return min(options, key=lambda option: option.cost)


def _change(left: str, right: str) -> tuple[str, float]:
    if opposed(left, right):
        return "opposed", CHANGED
    if other_form(left) == other_form(right):
        return "other_form", OTHER_FORM
    if same_sound(left, right):
        return "same_sound", SAME_SOUND
    if look_alike(left, right):
        return "look_alike", LOOK_ALIKE
    return "changed", CHANGED


def _with(before: Difference, cost: float, slip: tuple[str, str, str]) -> Difference:
    return Difference(before.cost + cost, (*before.slips, slip))
