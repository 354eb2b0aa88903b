"""The range of a total."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic

from lianfang.engines.figures.amount import Amount, FigureError
from lianfang.engines.figures.overlap.decisions import Decisions
from lianfang.engines.figures.overlap.ends import high_end, low_end
from lianfang.engines.figures.overlap.pairs import Conflict, Id, Pair
from lianfang.engines.figures.overlap.worth import in_yuan
from lianfang.engines.figures.sums import Sum, add


@dataclass(frozen=True, slots=True)
class TotalRange(Generic[Id]):
    """The total lies from `low.low` to `high.high` (None: open), whatever is decided.

    `undecided` counts the pairs that are still open: those that earlier decisions settle are not.
    """

    low: Sum
    high: Sum
    undecided: int
    conflicts: tuple[Conflict[Id], ...] = ()


def total_range(
    nodes: Mapping[Id, Amount], undecided: Iterable[Pair[Id]] = (), decided: Iterable[Pair[Id]] = ()
) -> TotalRange[Id]:
    """The range of the total of `nodes`; the order of nodes and pairs does not matter.

    Raises FigureError `overlap.unknown_node` for a pair with a node that is not there,
    `overlap.foreign_money` for an amount that is not in yuan, `overlap.relation` for an undecided DISTINCT.
    """
    undecided, decided = list(undecided), list(decided)
    paired: dict[Id, Amount] = {}
    for pair in (*undecided, *decided):
        for node in (pair.left, pair.right):
            if node not in nodes:
                raise FigureError("overlap.unknown_node", f"没有这一笔:{node}")
            paired[node] = nodes[node]
    alone = add(in_yuan(amount) for node, amount in nodes.items() if node not in paired)
    book = Decisions(paired, decided)
    open_pairs = book.open_pairs(undecided)
    values = book.whole_values()
    low, high = alone + low_end(book, open_pairs), alone + high_end(book, values)
    conflicts = sorted(set(book.conflicts), key=lambda conflict: (conflict.kind, str(conflict.nodes)))
    return TotalRange(low, high, len(open_pairs), tuple(conflicts))
