"""A total while it is undecided which mentions speak of the same money.

Nodes are mentions of gifts in yuan. A pair of nodes may be SAME (two mentions of one gift), PART_OF (the
left lies within the right: a member's gift within the chamber's sum) or DISTINCT (two gifts, neither within
the other). Pairs are decided by people; an undecided pair may turn out true or false; nodes without a
pair are distinct.

`total_range` gives the total if every undecided pair is true (`low`: all that may be one is one) and if
every one is false (`high`). Whatever people decide in the end, the total lies from `low.low` to
`high.high`, and deciding a pair never moves either end outward, unless the decision contradicts the
figures or other decisions: then it is reported as a conflict. The rules:

- United nodes have the value that all of them allow. Where they contradict each other, the smaller value
  stands for the lower end and the larger for the upper.
- What is part of something is not added. A whole counts at least its decided parts, as far as its own
  upper end allows, and never less than its largest part.
- What may be part of something adds nothing to `low`.
- Parts that contain each other in a circle count once, at the largest of them.

The work is linear in nodes and pairs but for sorting and union-find.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import Generic, TypeVar

from lianfang.engines.figures.amount import Amount, Bound, FigureError
from lianfang.engines.figures.sums import NOTHING, ZERO, Sum, add, as_sum

Id = TypeVar("Id", bound=Hashable)
INFINITE = Decimal("Infinity")


class Relation(StrEnum):
    SAME = "same"
    PART_OF = "part_of"
    DISTINCT = "distinct"


@dataclass(frozen=True, slots=True)
class Pair(Generic[Id]):
    """`left` is the same as, a part of, or distinct from `right`."""

    relation: Relation
    left: Id
    right: Id


class ConflictKind(StrEnum):
    CONTRADICTION = "contradiction"
    """Decided distinct, but united or made part by other decisions. The union or the part stands."""
    VALUES = "values"
    """United nodes whose values exclude each other (exactly 5 and exactly 6)."""
    PARTS_EXCEED_WHOLE = "parts_exceed_whole"
    """Decided parts add up to more than the whole can be."""
    CIRCLE = "circle"
    """Decided to be parts of each other, or of themselves."""


@dataclass(frozen=True, slots=True)
class Conflict(Generic[Id]):
    """Decisions and values that cannot all be right; `nodes` are the mentions to look at."""

    kind: ConflictKind
    nodes: tuple[Id, ...]


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
    alone = add(_in_yuan(amount) for node, amount in nodes.items() if node not in paired)
    book = _Book(paired, decided)
    open_pairs = book.open_pairs(undecided)
    values = book.whole_values()
    low, high = alone + _low(book, open_pairs), alone + _high(book, values)
    conflicts = sorted(set(book.conflicts), key=lambda conflict: (conflict.kind, str(conflict.nodes)))
    return TotalRange(low, high, len(open_pairs), tuple(conflicts))


def unite(amounts: Iterable[Amount]) -> Amount:
    """The value that mentions of one gift give it together: 约10万 and 10.2万 are 10.2万.

    Contradicting mentions (5万, 6万) give the range over them.
    """
    return _amount_of(_united([_stated(amount) for amount in amounts]))


@dataclass(frozen=True, slots=True)
class _Value:
    """What one class may be worth: from `low` to `high`; `ceiling` is the strictest upper end said."""

    low: Decimal
    high: Decimal
    ceiling: Decimal
    said: Amount | None = None
    """The amount as its only source states it."""
    about: Decimal | None = None


def _in_yuan(amount: Amount) -> Amount:
    if amount.currency != "CNY":
        raise FigureError("overlap.foreign_money", "外币不能与人民币一起去重合计")
    return amount


def _stated(amount: Amount) -> _Value:
    known = as_sum(_in_yuan(amount))
    high = INFINITE if known.high is None else known.high
    about = amount.value if amount.bound is Bound.ABOUT else None
    return _Value(known.low, high, high, amount, about)


def _united(values: list[_Value]) -> _Value:
    """The hull of what the largest agreeing groups of `values` allow."""
    if len(values) == 1:
        return values[0]
    ceiling = min(value.ceiling for value in values)
    floor = max(value.low for value in values)
    low = max(value.low for value in values if value.low <= ceiling)
    high = min(value.ceiling for value in values if value.ceiling >= floor)
    about = min((value.about for value in values if value.about is not None), default=None)
    said = values[0].said if all(value.said == values[0].said for value in values) else None
    return _Value(low, high, ceiling, said, about)


def _raised(value: _Value, parts: Decimal, largest_part: Decimal) -> _Value:
    """`value` of a whole whose parts add up to `parts`."""
    low = max(value.low, min(parts, value.ceiling), largest_part)
    if low == value.low:
        return value
    return _Value(low, max(value.high, low), value.ceiling)


def _rank(value: _Value) -> tuple[Decimal, Decimal, str]:
    """The surer of two values ranks higher; values of one rank are alike."""
    return value.low, -value.high, repr(_amount_of(value))


def _amount_of(value: _Value) -> Amount:
    if value.said is not None:
        return value.said
    if value.low == value.high:
        return Amount(value.low)
    if value.high != INFINITE:
        if value.low == 0:
            return Amount(value.high, Bound.NEARLY)
        return Amount(value.low, Bound.OVER, value.high)
    if value.low > 0:
        return Amount(value.low, Bound.OVER)
    return Amount(None) if value.about is None else Amount(value.about, Bound.ABOUT)


class _Forest(Generic[Id]):
    """Union-find with path halving; the smaller tree is hung under the larger."""

    def __init__(self) -> None:
        self._parent: dict[Id, Id] = {}
        self._size: dict[Id, int] = {}

    def root(self, item: Id) -> Id:
        parent = self._parent
        while (above := parent.get(item, item)) != item:
            parent[item] = parent.get(above, above)
            item = above
        return item

    def join(self, left: Id, right: Id) -> None:
        left, right = self.root(left), self.root(right)
        if left == right:
            return
        if self._size.get(left, 1) < self._size.get(right, 1):
            left, right = right, left
        self._parent[right] = left
        self._size[left] = self._size.get(left, 1) + self._size.get(right, 1)


class _Book(Generic[Id]):
    """What is decided: classes of united nodes, which are parts of which, which are distinct."""

    def __init__(self, nodes: Mapping[Id, Amount], decided: Iterable[Pair[Id]]) -> None:
        self.nodes = nodes
        self.conflicts: list[Conflict[Id]] = []
        decisions = list(decided)
        self._forest: _Forest[Id] = _Forest()
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
        self.circle = _circles(self.wholes)
        self._report_circles()
        self.parts: dict[Id, set[Id]] = defaultdict(set)
        for part, wholes in self.wholes.items():
            for whole in wholes:
                if not self.in_one_circle(part, whole):
                    self.parts[whole].add(part)
        self.order = _parts_first(self.parts)

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

    def whole_values(self) -> dict[Id, _Value]:
        """The value of every class, raised by its decided parts."""
        values = dict(self.value)
        for whole in self.order:
            parts = self.parts[whole]
            lows = [values[part].low for part in parts if len(self.wholes[part]) == 1]
            largest = max(values[part].low for part in parts)
            values[whole] = _raised(values[whole], sum(lows, ZERO), largest)
        return values

    def report_exceeding(self, whole: Id) -> None:
        """Report a whole that cannot hold its decided parts."""
        names = [*self.members[whole], *(name for part in self.parts[whole] for name in self.members[part])]
        self.conflicts.append(Conflict(ConflictKind.PARTS_EXCEED_WHOLE, self._in_order(names)))

    def _class_value(self, members: list[Id]) -> _Value:
        values = [_stated(self.nodes[member]) for member in members]
        united = _united(values)
        if len(values) > 1 and max(value.low for value in values) > united.ceiling:
            self.conflicts.append(Conflict(ConflictKind.VALUES, self._in_order(members)))
        return united

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


def _high(book: _Book[Id], values: Mapping[Id, _Value]) -> Sum:
    """The total if every undecided pair is false."""
    total = NOTHING
    circles: dict[int, list[Id]] = defaultdict(list)
    for name in book.members:
        if name in book.circle:
            circles[book.circle[name]].append(name)
        elif not book.wholes.get(name):
            total += as_sum(_amount_of(values[name]))
    for names in circles.values():
        if all(book.in_one_circle(name, whole) for name in names for whole in book.wholes[name]):
            low = max(values[name].low for name in names)
            high = max(low, min(values[name].high for name in names))
            total += as_sum(_amount_of(_Value(low, high, high)))
    return total


def _low(book: _Book[Id], open_pairs: list[tuple[Relation, Id, Id]]) -> Sum:
    """The total if every undecided pair is true, or a little less where that cannot be."""
    heaps: _Forest[Id] = _Forest()
    for relation, left, right in open_pairs:
        if relation is Relation.SAME:
            heaps.join(left, right)
    classes: dict[Id, list[Id]] = defaultdict(list)
    for name in book.members:
        classes[heaps.root(name)].append(name)
    wholes: dict[Id, set[Id]] = defaultdict(set)  # by heap: the classes that it is or may be part of
    for part, decided_wholes in book.wholes.items():
        wholes[heaps.root(part)] |= decided_wholes
    for relation, left, right in open_pairs:
        if relation is Relation.PART_OF:
            wholes[heaps.root(left)].add(right)

    values, alone = _heap_values(book, heaps, classes, wholes)
    clusters: _Forest[Id] = _Forest()
    for heap, targets in wholes.items():
        for target in targets:
            clusters.join(heap, heaps.root(target))
    outward = {
        heap for heap, targets in wholes.items() if any(heaps.root(target) != heap for target in targets)
    }
    counted = {heap: values[heap] for heap in classes if heap not in outward}
    counted |= {heap: alone[heap] for heap in _circle_heads(book, heaps, wholes, alone)}
    holder = _holders(heaps, wholes, counted)
    # What may lie in something larger is held by one of the standing heaps at least. In each cluster the
    # largest that its holders cannot cover takes the place of the best of them.
    excess: dict[Id, tuple[Decimal, _Value, Id | None]] = {}  # by cluster

    def order(lacking: Decimal, value: _Value, standing: Id | None) -> tuple[object, ...]:
        return lacking, _rank(value), () if standing is None else _rank(counted[standing])

    for heap in outward:
        standing = holder.get(heap)
        lacking = alone[heap].low - (ZERO if standing is None else counted[standing].low)
        found, cluster = (lacking, alone[heap], standing), clusters.root(heap)
        if lacking > 0 and (cluster not in excess or order(*found) > order(*excess[cluster])):
            excess[cluster] = found
    replaced = {standing: value for _, value, standing in excess.values() if standing is not None}
    total = NOTHING
    for heap, value in counted.items():
        total += as_sum(_amount_of(replaced.get(heap, value)))
    for _, value, standing in excess.values():
        if standing is None:
            total += as_sum(_amount_of(value))
    return total


def _holders(heaps: _Forest[Id], wholes: Mapping[Id, set[Id]], counted: Mapping[Id, _Value]) -> dict[Id, Id]:
    """For each heap that may lie in a counted one, however indirectly, the largest such."""
    inside: dict[Id, list[Id]] = defaultdict(list)
    for heap, targets in wholes.items():
        for target in targets:
            inside[heaps.root(target)].append(heap)
    holder: dict[Id, Id] = {}
    for top in sorted(counted, key=lambda heap: _rank(counted[heap]), reverse=True):
        work = list(inside.get(top, ()))
        while work:
            heap = work.pop()
            if heap not in holder:
                holder[heap] = top
                work += inside.get(heap, ())
    return holder


def _heap_values(
    book: _Book[Id], heaps: _Forest[Id], classes: Mapping[Id, list[Id]], wholes: Mapping[Id, set[Id]]
) -> tuple[dict[Id, _Value], dict[Id, _Value]]:
    """What each heap of perhaps united classes is worth, with the decided parts of its classes.

    First with the parts of all its classes, as where no class of the heap lies in anything outside it;
    then with those of its best class only, as where the classes may come to lie in each other.
    """
    smallest = {heap: min(book.value[name].low for name in names) for heap, names in classes.items()}
    # United from what each node says: the value of a class of contradicting nodes says less.
    united = {
        heap: book.value[names[0]]
        if len(names) == 1
        else _united([_stated(book.nodes[node]) for name in names for node in book.members[name]])
        for heap, names in classes.items()
    }
    sure: dict[Id, Decimal] = {}  # by class: what its gift is worth at least, whatever it is united with

    def parts_of(names: Iterable[Id], own: Id) -> tuple[Decimal, Decimal]:
        """The sum and the largest of the decided parts of `names` that lie outside the heap `own`."""
        by_heap: dict[Id, Decimal] = {}
        largest = ZERO
        for name in names:
            for part in book.parts.get(name, ()):
                heap = heaps.root(part)
                if heap == own:
                    continue
                worth = max(smallest[heap], sure.get(part, ZERO))
                largest = max(largest, worth)
                if len(wholes[heap]) == 1:
                    by_heap[heap] = max(by_heap.get(heap, ZERO), worth)
        return sum(by_heap.values(), ZERO), largest

    for whole in book.order:
        heap = heaps.root(whole)
        total, largest = parts_of([whole], heap)
        if max(total, largest) > book.value[whole].ceiling:
            book.report_exceeding(whole)
        sure[whole] = max(smallest[heap], min(total, united[heap].ceiling), largest)
    alone = dict(united)
    for heap, names in classes.items():
        if any(name in book.parts for name in names):
            total, largest = parts_of(names, heap)
            alone[heap] = _raised(united[heap], ZERO, max(sure.get(name, ZERO) for name in names))
            united[heap] = _raised(united[heap], total, largest)
    return united, alone


def _circle_heads(
    book: _Book[Id],
    heaps: _Forest[Id],
    wholes: Mapping[Id, set[Id]],
    values: Mapping[Id, _Value],
) -> list[Id]:
    """For each decided circle that is part of nothing else, its largest heap."""
    circles: dict[int, set[Id]] = defaultdict(set)
    for name, circle in book.circle.items():
        circles[circle].add(heaps.root(name))
    heads: list[Id] = []
    taken: set[Id] = set()
    for heap_names in circles.values():
        stands = all(
            heaps.root(target) in heap_names for heap in heap_names for target in wholes.get(heap, ())
        )
        if not stands or len(heap_names) == 1 or heap_names & taken:
            continue  # one heap: its arrows stay inside it, it stands already
        taken |= heap_names
        heads.append(max(heap_names, key=lambda heap: _rank(values[heap])))
    return heads


def _circles(wholes: Mapping[Id, set[Id]]) -> dict[Id, int]:
    """Number of the circle of every class that is, in the end, part of itself (Tarjan, iterative)."""
    index: dict[Id, int] = {}
    lowest: dict[Id, int] = {}
    stack: list[Id] = []
    on_stack: set[Id] = set()
    circle: dict[Id, int] = {}
    for start in list(wholes):
        if start in index:
            continue
        work = [(start, iter(wholes.get(start, ())))]
        index[start] = lowest[start] = len(index)
        stack.append(start)
        on_stack.add(start)
        while work:
            name, targets = work[-1]
            target = next(targets, None)
            if target is None:
                work.pop()
                if work:
                    lowest[work[-1][0]] = min(lowest[work[-1][0]], lowest[name])
                if lowest[name] == index[name]:
                    _close_circle(name, stack, on_stack, circle)
            elif target not in index:
                index[target] = lowest[target] = len(index)
                stack.append(target)
                on_stack.add(target)
                work.append((target, iter(wholes.get(target, ()))))
            elif target in on_stack:
                lowest[name] = min(lowest[name], index[target])
    return circle


def _close_circle(name: Id, stack: list[Id], on_stack: set[Id], circle: dict[Id, int]) -> None:
    found = [stack.pop()]
    while found[-1] != name:
        found.append(stack.pop())
    on_stack.difference_update(found)
    if len(found) > 1:
        number = len(circle)
        circle.update(dict.fromkeys(found, number))


def _parts_first(parts: Mapping[Id, set[Id]]) -> list[Id]:
    """The wholes, each after those of its parts that are wholes themselves (there are no circles)."""
    order: list[Id] = []
    done: set[Id] = set()
    for start in list(parts):
        work = [start]
        while work:
            name = work[-1]
            waiting = [part for part in parts[name] if part in parts and part not in done]
            if name in done or not waiting:
                work.pop()
                if name not in done:
                    done.add(name)
                    order.append(name)
            else:
                work += waiting
    return order
