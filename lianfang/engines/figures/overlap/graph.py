"""Union-find, circles and order of parts and wholes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Generic

from lianfang.engines.figures.overlap.pairs import Id


class Forest(Generic[Id]):
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


def circles(wholes: Mapping[Id, set[Id]]) -> dict[Id, int]:
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


def parts_first(parts: Mapping[Id, set[Id]]) -> list[Id]:
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
