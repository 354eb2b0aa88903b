"""What is decided: which mentions are one gift, which lie in which, which are distinct."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Generic

from lianfang.engines.figures.amount import Amount, FigureError
from lianfang.engines.figures.overlap.graph import Forest, circles, parts_first
from lianfang.engines.figures.overlap.pairs import Conflict, ConflictKind, Id, Pair, Relation
from lianfang.engines.figures.overlap.worth import Worth, raised, stated, united
from lianfang.engines.figures.sums import ZERO


class Decisions(Generic[Id]):
    """What is decided: classes of united nodes, which are parts of which, which are distinct."""

    def __init__(self, nodes: Mapping[Id, Amount], decided: Iterable[Pair[Id]]) -> None:
        self.nodes = nodes
        self.conflicts: list[Conflict[Id]] = []
        decisions = list(decided)
        self._forest: Forest[Id] = Forest()
        for pair in decisions:
            if pair.relation is Relation.SAME:
                self._forest.join(pair.left, pair.right)
        self.members: dict[Id, list[Id]] = defaultdict(list)
        for node in nodes:
            self.members[self._forest.root(node)].append(node)
        self.value = {name: self._class_value(members) for name, members in self.members.items()}
        self._distinct: set[tuple[Id, Id]] = set()
        self.wholes: dict[Id, set[Id]] = defaultdict(set)
        self._relate(decisions)
        self.circle = circles(self.wholes)
        self._report_circles()
        self.parts: dict[Id, set[Id]] = defaultdict(set)
        for part, wholes in self.wholes.items():
            for whole in wholes:
                if not self.in_one_circle(part, whole):
                    self.parts[whole].add(part)
        self.order = parts_first(self.parts)

    def open_pairs(self, undecided: Iterable[Pair[Id]]) -> list[tuple[Relation, Id, Id]]:
        """The undecided pairs that no decision settles, by class, each once."""
        found: dict[tuple[Relation, Id, Id], None] = {}
        seen_same: set[tuple[Id, Id]] = set()
        for pair in undecided:
            if pair.relation is Relation.DISTINCT:
                raise FigureError("overlap.relation", "“不是同一笔”只能作为决定,不能作为待定")
            left, right = self._forest.root(pair.left), self._forest.root(pair.right)
            settled = (
                left == right
                or (left, right) in self._distinct
                or right in self.wholes.get(left, ())
                or left in self.wholes.get(right, ())
            )
            if settled:
                continue
            if pair.relation is Relation.SAME:
                if (right, left) in seen_same:
                    continue
                seen_same.add((left, right))
            found[(pair.relation, left, right)] = None
        return list(found)

    def in_one_circle(self, left: Id, right: Id) -> bool:
        return left in self.circle and self.circle[left] == self.circle.get(right)

    def whole_values(self) -> dict[Id, Worth]:
        """The value of every class, raised by its decided parts."""
        values = dict(self.value)
        for whole in self.order:
            parts = self.parts[whole]
            lows = [values[part].low for part in parts if len(self.wholes[part]) == 1]
            largest = max(values[part].low for part in parts)
            values[whole] = raised(values[whole], sum(lows, ZERO), largest)
        return values

    def report_exceeding(self, whole: Id) -> None:
        """Report a whole that cannot hold its decided parts."""
        names = [*self.members[whole], *(name for part in self.parts[whole] for name in self.members[part])]
        self.conflicts.append(Conflict(ConflictKind.PARTS_EXCEED_WHOLE, self._in_order(names)))

    def _class_value(self, members: list[Id]) -> Worth:
        values = [stated(self.nodes[member]) for member in members]
        together = united(values)
        if len(values) > 1 and max(value.low for value in values) > together.ceiling:
            self.conflicts.append(Conflict(ConflictKind.VALUES, self._in_order(members)))
        return together

    def _relate(self, decisions: list[Pair[Id]]) -> None:
        for pair in decisions:
            if pair.relation is Relation.SAME:
                continue
            left, right = self._forest.root(pair.left), self._forest.root(pair.right)
            if left == right:
                kind = ConflictKind.CIRCLE
                if pair.relation is Relation.DISTINCT:
                    kind = ConflictKind.CONTRADICTION
                self.conflicts.append(Conflict(kind, self._in_order([pair.left, pair.right])))
            elif pair.relation is Relation.DISTINCT:
                self._distinct |= {(left, right), (right, left)}
            else:
                self.wholes[left].add(right)
        for part, wholes in self.wholes.items():
            for whole in wholes:
                if (part, whole) in self._distinct:
                    names = (*self.members[part], *self.members[whole])
                    self.conflicts.append(Conflict(ConflictKind.CONTRADICTION, self._in_order(names)))

    def _report_circles(self) -> None:
        by_circle: dict[int, list[Id]] = defaultdict(list)
        for name, circle in self.circle.items():
            by_circle[circle] += self.members[name]
        for names in by_circle.values():
            self.conflicts.append(Conflict(ConflictKind.CIRCLE, self._in_order(names)))

    def _in_order(self, names: Iterable[Id]) -> tuple[Id, ...]:
        """Nodes sorted for a reader, whatever their type."""
        return tuple(sorted(set(names), key=lambda name: (str(type(name)), str(name))))
