"""The two ends of the range: every undecided pair false, or true."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from decimal import Decimal

from lianfang.engines.figures.overlap.decisions import Decisions
from lianfang.engines.figures.overlap.graph import Forest
from lianfang.engines.figures.overlap.pairs import Id, Relation
from lianfang.engines.figures.overlap.worth import Worth, amount_of, raised, rank, stated, united
from lianfang.engines.figures.sums import NOTHING, ZERO, Sum, as_sum


def high_end(book: Decisions[Id], values: Mapping[Id, Worth]) -> Sum:
    """The total if every undecided pair is false."""
    total = NOTHING
    circles: dict[int, list[Id]] = defaultdict(list)
    for name in book.members:
        if name in book.circle:
            circles[book.circle[name]].append(name)
        elif not book.wholes.get(name):
            total += as_sum(amount_of(values[name]))
    for names in circles.values():
        if all(book.in_one_circle(name, whole) for name in names for whole in book.wholes[name]):
            low = max(values[name].low for name in names)
            high = max(low, min(values[name].high for name in names))
            total += as_sum(amount_of(Worth(low, high, high)))
    return total


def low_end(book: Decisions[Id], open_pairs: list[tuple[Relation, Id, Id]]) -> Sum:
    """The total if every undecided pair is true, or a little less where that cannot be."""
    heaps: Forest[Id] = Forest()
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
    clusters: Forest[Id] = Forest()
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
    excess: dict[Id, tuple[Decimal, Worth, Id | None]] = {}  # by cluster

    def order(lacking: Decimal, value: Worth, standing: Id | None) -> tuple[object, ...]:
        return lacking, rank(value), () if standing is None else rank(counted[standing])

    for heap in outward:
        standing = holder.get(heap)
        lacking = alone[heap].low - (ZERO if standing is None else counted[standing].low)
        found, cluster = (lacking, alone[heap], standing), clusters.root(heap)
        if lacking > 0 and (cluster not in excess or order(*found) > order(*excess[cluster])):
            excess[cluster] = found
    replaced = {standing: value for _, value, standing in excess.values() if standing is not None}
    total = NOTHING
    for heap, value in counted.items():
        total += as_sum(amount_of(replaced.get(heap, value)))
    for _, value, standing in excess.values():
        if standing is None:
            total += as_sum(amount_of(value))
    return total


def _holders(heaps: Forest[Id], wholes: Mapping[Id, set[Id]], counted: Mapping[Id, Worth]) -> dict[Id, Id]:
    """For each heap that may lie in a counted one, however indirectly, the largest such."""
    inside: dict[Id, list[Id]] = defaultdict(list)
    for heap, targets in wholes.items():
        for target in targets:
            inside[heaps.root(target)].append(heap)
    holder: dict[Id, Id] = {}
    for top in sorted(counted, key=lambda heap: rank(counted[heap]), reverse=True):
        work = list(inside.get(top, ()))
        while work:
            heap = work.pop()
            if heap not in holder:
                holder[heap] = top
                work += inside.get(heap, ())
    return holder


def _heap_values(
    book: Decisions[Id], heaps: Forest[Id], classes: Mapping[Id, list[Id]], wholes: Mapping[Id, set[Id]]
) -> tuple[dict[Id, Worth], dict[Id, Worth]]:
    """What each heap of perhaps united classes is worth, with the decided parts of its classes.

    First with the parts of all its classes, as where no class of the heap lies in anything outside it;
    then with those of its best class only, as where the classes may come to lie in each other.
    """
    smallest = {heap: min(book.value[name].low for name in names) for heap, names in classes.items()}
    # United from what each node says: the value of a class of contradicting nodes says less.
    together = {
        heap: book.value[names[0]]
        if len(names) == 1
        else united([stated(book.nodes[node]) for name in names for node in book.members[name]])
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
        sure[whole] = max(smallest[heap], min(total, together[heap].ceiling), largest)
    alone = dict(together)
    for heap, names in classes.items():
        if any(name in book.parts for name in names):
            total, largest = parts_of(names, heap)
            alone[heap] = raised(together[heap], ZERO, max(sure.get(name, ZERO) for name in names))
            together[heap] = raised(together[heap], total, largest)
    return together, alone


def _circle_heads(
    book: Decisions[Id],
    heaps: Forest[Id],
    wholes: Mapping[Id, set[Id]],
    values: Mapping[Id, Worth],
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
        heads.append(max(heap_names, key=lambda heap: rank(values[heap])))
    return heads
