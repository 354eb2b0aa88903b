"""While it is undecided which mentions are one gift, the total is a range that holds whatever is decided."""

from __future__ import annotations

import random
from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lianfang.engines.figures import UNKNOWN, Amount, Bound, FigureError
from lianfang.engines.figures.overlap import (
    ConflictKind,
    Pair,
    Relation,
    TotalRange,
    total_range,
    unite,
)
from lianfang.engines.figures.tests.strategies import amounts

SAME, PART_OF, DISTINCT = Relation.SAME, Relation.PART_OF, Relation.DISTINCT


def yuan(value: int, bound: Bound = Bound.EXACT, upper: int | None = None) -> Amount:
    return Amount(Decimal(value), bound, None if upper is None else Decimal(upper))


def same(left: str, right: str) -> Pair[str]:
    return Pair(SAME, left, right)


def part_of(part: str, whole: str) -> Pair[str]:
    return Pair(PART_OF, part, whole)


def distinct(left: str, right: str) -> Pair[str]:
    return Pair(DISTINCT, left, right)


def ends(found: TotalRange[str]) -> tuple[Decimal, Decimal | None]:
    return found.low.low, found.high.high


def test_without_pairs_the_total_is_the_sum() -> None:
    found = total_range({"a": yuan(10), "b": yuan(5)})
    assert ends(found) == (15, 15)
    assert found.low == found.high
    assert total_range({}).low.said == 0


def test_an_undecided_pair_counts_once_at_the_low_end_and_twice_at_the_high_end() -> None:
    found = total_range({"a": yuan(10), "b": yuan(10), "c": yuan(1)}, [same("a", "b")])
    assert ends(found) == (11, 21)
    assert found.undecided == 1


def test_mentions_that_contradict_each_other_count_at_the_smaller_and_the_larger() -> None:
    nodes = {"a": yuan(10), "b": yuan(12)}
    assert ends(total_range(nodes, [same("a", "b")])) == (10, 22)
    united = total_range(nodes, [], [same("a", "b")])
    assert ends(united) == (10, 12)
    assert [conflict.kind for conflict in united.conflicts] == [ConflictKind.VALUES]


def test_mentions_that_agree_count_at_what_both_say() -> None:
    found = total_range({"a": yuan(10, Bound.OVER), "b": yuan(12)}, [], [same("a", "b")])
    assert ends(found) == (12, 12)
    assert unite([yuan(10, Bound.ABOUT), yuan(12)]) == yuan(12)
    assert unite([yuan(10, Bound.OVER), yuan(20, Bound.NEARLY)]) == yuan(10, Bound.OVER, 20)
    assert unite([UNKNOWN, yuan(3)]) == yuan(3)
    assert unite([UNKNOWN, UNKNOWN]) == UNKNOWN


def test_a_gift_that_may_lie_in_the_sum_of_its_chamber_adds_nothing_at_the_low_end() -> None:
    nodes = {"chamber": yuan(208_000), "li": yuan(10_000), "han": yuan(10_000)}
    pairs = [part_of("li", "chamber"), part_of("han", "chamber")]
    assert ends(total_range(nodes, pairs)) == (208_000, 228_000)
    assert ends(total_range(nodes, pairs[1:], pairs[:1])) == (208_000, 218_000)
    assert ends(total_range(nodes, [], pairs)) == (208_000, 208_000)
    assert ends(total_range(nodes, pairs[1:], [distinct("li", "chamber")])) == (218_000, 228_000)


def test_a_whole_counts_at_least_its_decided_parts() -> None:
    nodes = {"whole": yuan(5, Bound.OVER), "a": yuan(4), "b": yuan(3)}
    found = total_range(nodes, [], [part_of("a", "whole"), part_of("b", "whole")])
    assert (found.low.low, found.high.high) == (7, None)
    assert total_range({**nodes, "whole": UNKNOWN}, [], [part_of("a", "whole")]).low.low == 7


def test_parts_that_exceed_an_exact_whole_are_reported_and_do_not_raise_it() -> None:
    nodes = {"whole": yuan(10), "a": yuan(8), "b": yuan(9)}
    found = total_range(nodes, [], [part_of("a", "whole"), part_of("b", "whole")])
    assert found.low.low == 10
    (conflict,) = found.conflicts
    assert (conflict.kind, conflict.nodes) == (ConflictKind.PARTS_EXCEED_WHOLE, ("a", "b", "whole"))


def test_a_circle_of_parts_loses_no_money() -> None:
    nodes = {"a": yuan(10), "b": yuan(12), "c": yuan(1)}
    circle = [part_of("a", "b"), part_of("b", "a")]
    decided = total_range(nodes, [], circle)
    assert decided.low.low == 13
    assert ConflictKind.CIRCLE in {conflict.kind for conflict in decided.conflicts}
    assert total_range(nodes, circle).low.low == 13
    assert total_range(nodes, [], [part_of("a", "a")]).low.low == 23


def test_distinct_decisions_reach_through_united_mentions() -> None:
    nodes = {name: yuan(10) for name in "abc"}
    found = total_range(nodes, [same("b", "c")], [same("a", "b"), distinct("a", "c")])
    assert found.undecided == 0
    assert ends(found) == (20, 20)


def test_a_decision_against_another_is_reported() -> None:
    nodes = {name: yuan(10) for name in "abc"}
    found = total_range(nodes, [], [same("a", "b"), same("b", "c"), distinct("a", "c")])
    assert [conflict.kind for conflict in found.conflicts] == [ConflictKind.CONTRADICTION]
    assert ends(found) == (10, 10)


def test_unknown_money_opens_the_range_and_is_counted() -> None:
    found = total_range({"a": yuan(10), "b": UNKNOWN}, [same("a", "b")])
    assert ends(found) == (10, None)
    assert (found.low.unknown_count, found.high.unknown_count) == (0, 1)


@pytest.mark.parametrize(
    ("nodes", "pairs", "code"),
    [
        ({"a": yuan(1)}, [same("a", "b")], "overlap.unknown_node"),
        ({"a": Amount(Decimal(1), currency="USD")}, [], "overlap.foreign_money"),
        ({"a": yuan(1), "b": yuan(1)}, [distinct("a", "b")], "overlap.relation"),
    ],
)
def test_what_cannot_be_bounded_is_refused(
    nodes: dict[str, Amount], pairs: list[Pair[str]], code: str
) -> None:
    with pytest.raises(FigureError) as caught:
        total_range(nodes, pairs)
    assert caught.value.code == code


@st.composite
def pairs_over(draw: st.DrawFn, names: list[int], *, relations: list[Relation]) -> list[Pair[int]]:
    if len(names) < 2:
        return []
    node = st.sampled_from(names)
    drawn = draw(st.lists(st.tuples(st.sampled_from(relations), node, node), max_size=8))
    return [Pair(relation, left, right) for relation, left, right in drawn if left != right]


@st.composite
def cases(draw: st.DrawFn) -> tuple[dict[int, Amount], list[Pair[int]], list[Pair[int]]]:
    nodes = dict(enumerate(draw(st.lists(amounts(), max_size=6))))
    undecided = draw(pairs_over(list(nodes), relations=[SAME, PART_OF]))
    decided = draw(pairs_over(list(nodes), relations=[SAME, PART_OF, DISTINCT]))
    return nodes, undecided, decided


def within(inner: TotalRange[int], outer: TotalRange[int]) -> bool:
    low_holds = inner.low.low >= outer.low.low
    high_holds = outer.high.high is None or (
        inner.high.high is not None and inner.high.high <= outer.high.high
    )
    return low_holds and high_holds


def is_sound(found: TotalRange[int]) -> bool:
    """Whether decisions contradict neither each other nor, as parts and wholes, the figures."""
    return all(conflict.kind is ConflictKind.VALUES for conflict in found.conflicts)


@settings(max_examples=100)
@given(st.data(), cases())
def test_deciding_a_pair_without_conflict_never_widens_the_range(
    data: st.DataObject, case: tuple[dict[int, Amount], list[Pair[int]], list[Pair[int]]]
) -> None:
    nodes, undecided, decided = case
    before = total_range(nodes, undecided, decided)
    assume(is_sound(before))
    left = list(undecided)
    while left:
        pair = left.pop(data.draw(st.integers(0, len(left) - 1)))
        if total_range(nodes, left, decided).undecided == before.undecided:
            continue  # earlier decisions settle the pair: nobody is asked
        answer = pair.relation if data.draw(st.booleans()) else DISTINCT
        after = total_range(nodes, left, [*decided, Pair(answer, pair.left, pair.right)])
        assert total_range(nodes, [*left, pair], decided) == before  # undone
        if not is_sound(after):
            before = total_range(nodes, left, decided)
            continue
        assert within(after, before)
        decided = [*decided, Pair(answer, pair.left, pair.right)]
        before = after


@settings(max_examples=100)
@given(cases(), st.randoms(use_true_random=False))
def test_the_order_of_nodes_and_pairs_does_not_matter(
    case: tuple[dict[int, Amount], list[Pair[int]], list[Pair[int]]], order: random.Random
) -> None:
    nodes, undecided, decided = case
    expected = total_range(nodes, undecided, decided)
    names = list(nodes)
    order.shuffle(names)
    undecided, decided = list(undecided), list(decided)
    order.shuffle(undecided)
    order.shuffle(decided)
    found = total_range({name: nodes[name] for name in names}, undecided, decided)
    assert (found.low, found.high, found.undecided) == (expected.low, expected.high, expected.undecided)
    assert sorted(map(repr, found.conflicts)) == sorted(map(repr, expected.conflicts))


def _statement(draw: st.DrawFn, true: int) -> Amount:
    """Some way in which a source may speak of `true` yuan without lying."""
    slack = draw(st.integers(0, 50))
    return draw(
        st.sampled_from(
            [
                yuan(true),
                yuan(max(0, true - slack), Bound.OVER),
                yuan(max(0, true - slack), Bound.OVER, true + slack),
                yuan(true + slack, Bound.NEARLY),
                yuan(max(0, true - slack), Bound.ABOUT),
                UNKNOWN,
            ]
        )
    )


@settings(max_examples=100)
@given(st.data())
def test_the_true_total_lies_in_the_range(data: st.DataObject) -> None:
    """A world of gifts, some within others, each mentioned; people decide some pairs, rightly."""
    draw = data.draw
    own = draw(st.lists(st.integers(0, 100), min_size=1, max_size=4))
    inside = [draw(st.none() | st.integers(0, gift - 1)) if gift else None for gift in range(len(own))]
    true = list(own)
    for gift in reversed(range(len(own))):
        whole = inside[gift]
        if whole is not None:
            true[whole] += true[gift]
    gifts = [gift for gift in range(len(own)) for _ in range(draw(st.integers(1, 3)))]
    nodes = {node: _statement(draw, true[gift]) for node, gift in enumerate(gifts)}
    undecided: list[Pair[int]] = []
    decided: list[Pair[int]] = []
    for left, left_gift in enumerate(gifts):
        for right, right_gift in enumerate(gifts):
            for relation, holds in (
                (SAME, left < right and left_gift == right_gift),
                (PART_OF, inside[left_gift] == right_gift),
            ):
                if left == right or not (holds or draw(st.integers(0, 4)) == 0):
                    continue
                related = left_gift == right_gift or right_gift in (inside[left_gift],)
                related = related or inside[right_gift] == left_gift
                if draw(st.booleans()):
                    undecided.append(Pair(relation, left, right))
                elif holds:
                    decided.append(Pair(relation, left, right))
                elif not related:
                    decided.append(Pair(DISTINCT, left, right))
    total = sum(true[gift] for gift in range(len(own)) if inside[gift] is None)
    found = total_range(nodes, undecided, decided)
    assert found.low.low <= total
    assert found.high.high is None or total <= found.high.high
    assert found.conflicts == ()


def test_a_county_of_mentions_is_bounded() -> None:
    chance = random.Random(20200219)
    nodes = {node: yuan(chance.randrange(1, 10**6)) for node in range(20_000)}
    undecided = [
        Pair(chance.choice([SAME, PART_OF]), chance.randrange(20_000), chance.randrange(20_000))
        for _ in range(5_000)
    ]
    decided = [
        Pair(chance.choice(list(Relation)), chance.randrange(20_000), chance.randrange(20_000))
        for _ in range(2_000)
    ]
    found = total_range(nodes, undecided, decided)
    assert found.high.high is not None
    assert 0 < found.low.low < found.high.high
