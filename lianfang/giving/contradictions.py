"""Which standing decisions exclude a new one on a pair of gifts (a = b and b = c exclude a ≠ c).

Pure: works on pairs of gifts and what was decided of them.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Sequence
from typing import Protocol, TypeVar
from uuid import UUID

from lianfang.giving.models import OverlapVerdict


class Decided(Protocol):
    """What was decided of the pair `first_id`, `second_id`."""

    @property
    def first_id(self) -> UUID: ...
    @property
    def second_id(self) -> UUID: ...
    @property
    def verdict(self) -> str: ...


Decision = TypeVar("Decision", bound=Decided)


def contradicting(
    standing: Sequence[Decision], first: UUID, second: UUID, verdict: OverlapVerdict
) -> list[Decision]:
    """The decisions of `standing` that together exclude `verdict` on the pair; none if it fits.

    Gifts that are the same are one; what holds of one of them holds of all. Two gifts are one thing only:
    the same, distinct, or one within the other, and nothing lies within itself, however many steps away.
    """
    same = [one for one in standing if one.verdict == OverlapVerdict.SAME]
    distinct = [one for one in standing if one.verdict == OverlapVerdict.DISTINCT]
    one_gift, upward = _both_ways(same), _upward(standing, same)
    roads = [_road(upward, first, second), _road(upward, second, first)]
    if verdict == OverlapVerdict.DISTINCT:
        return next((road for road in roads if road is not None), [])
    if verdict == OverlapVerdict.SAME:
        within = [road for road in roads if road and any(one.verdict != OverlapVerdict.SAME for one in road)]
        return (
            within[0]
            if within
            else _apart(distinct, upward, first, second) or _apart(distinct, upward, second, first)
        )
    united = _road(one_gift, first, second)
    part, whole = (first, second) if verdict == OverlapVerdict.FIRST_IN_SECOND else (second, first)
    return united or _road(upward, whole, part) or _apart(distinct, upward, part, whole)


def _apart(
    distinct: Iterable[Decision], upward: "Steps[Decision]", part: UUID, whole: UUID
) -> list[Decision]:
    """A decision that two gifts are distinct which would lie in each other if `part` lay in `whole`."""
    for one in distinct:
        for low, high in ((one.first_id, one.second_id), (one.second_id, one.first_id)):
            there, beyond = _road(upward, low, part), _road(upward, whole, high)
            if there is not None and beyond is not None:
                return [*there, one, *beyond]
    return []


Steps = dict[UUID, list[tuple[UUID, Decision]]]


def _both_ways(same: Iterable[Decision]) -> "Steps[Decision]":
    steps: Steps[Decision] = defaultdict(list)
    for one in same:
        steps[one.first_id].append((one.second_id, one))
        steps[one.second_id].append((one.first_id, one))
    return steps


def _upward(standing: Iterable[Decision], same: Iterable[Decision]) -> "Steps[Decision]":
    """From parts to wholes, and between gifts that are one."""
    steps = _both_ways(same)
    for one in standing:
        if one.verdict == OverlapVerdict.FIRST_IN_SECOND:
            steps[one.first_id].append((one.second_id, one))
        if one.verdict == OverlapVerdict.SECOND_IN_FIRST:
            steps[one.second_id].append((one.first_id, one))
    return steps


def _road(steps: "Steps[Decision]", start: UUID, end: UUID) -> list[Decision] | None:
    """The shortest way from `start` to `end`: the decisions along it; None if there is none."""
    before: dict[UUID, tuple[UUID, Decision] | None] = {start: None}
    queue = deque([start])
    while queue:
        here = queue.popleft()
        if here == end:
            road = []
            while (step := before[here]) is not None:
                here, decision = step
                road.append(decision)
            return road[::-1]
        for there, decision in steps.get(here, ()):
            if there not in before:
                before[there] = (here, decision)
                queue.append(there)
    return None
