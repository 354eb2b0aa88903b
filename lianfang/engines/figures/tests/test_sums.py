"""A sum claims what holds whatever the true values are."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from lianfang.engines.figures import NOTHING, UNKNOWN, Amount, Bound, Claim, Sum, add, as_sum
from lianfang.engines.figures.tests.strategies import amounts, true_value


def an_amount(
    yuan: int, bound: Bound = Bound.EXACT, upper: int | None = None, currency: str = "CNY"
) -> Amount:
    return Amount(Decimal(yuan), bound, None if upper is None else Decimal(upper), currency)


def test_sum_over_exact_amounts_is_exact() -> None:
    total = add([an_amount(100_000), an_amount(66_000)])
    assert (total.claim, total.said) == (Claim.EXACT, 166_000)


def test_sum_over_over_bounds_is_at_least() -> None:
    total = add([an_amount(1_440_000, Bound.OVER), an_amount(720_000)])
    assert (total.claim, total.low, total.high) == (Claim.AT_LEAST, 2_160_000, None)


def test_sum_with_a_nearly_amount_is_at_most() -> None:
    total = add([an_amount(600_000), an_amount(100_000, Bound.NEARLY)])
    assert (total.claim, total.low, total.high) == (Claim.AT_MOST, 600_000, 700_000)


def test_sum_with_over_and_nearly_claims_only_what_the_sure_parts_give() -> None:
    total = add([an_amount(130_000, Bound.OVER), an_amount(66_000), an_amount(100_000, Bound.NEARLY)])
    assert (total.claim, total.low, total.said) == (Claim.AT_LEAST, 196_000, 296_000)


def test_sum_with_an_about_amount_is_about() -> None:
    total = add([an_amount(200_000), an_amount(153_000, Bound.ABOUT)])
    assert (total.claim, total.said, total.low) == (Claim.ABOUT, 353_000, 200_000)


def test_sum_over_ranges_is_between() -> None:
    total = add([an_amount(50_000, Bound.OVER, 100_000), an_amount(10_000)])
    assert (total.claim, total.low, total.high) == (Claim.BETWEEN, 60_000, 110_000)


def test_unknown_is_counted_and_never_zero() -> None:
    total = add([an_amount(50_000), UNKNOWN, UNKNOWN])
    assert (total.claim, total.low, total.high, total.unknown_count) == (Claim.AT_LEAST, 50_000, None, 2)
    assert add([UNKNOWN]).claim is Claim.OPEN
    assert add([UNKNOWN]).as_amount() == UNKNOWN


def test_no_amounts_sum_to_exactly_nothing() -> None:
    assert add([]) == NOTHING
    assert (NOTHING.claim, NOTHING.said) == (Claim.EXACT, 0)


def test_foreign_money_stands_beside_and_is_never_added_in() -> None:
    total = add(
        [an_amount(20_000, currency="USD"), an_amount(500), an_amount(10, Bound.OVER, currency="USD")]
    )
    (dollars,) = total.beside
    assert (total.said, total.count) == (500, 1)
    assert (dollars.currency, dollars.claim, dollars.low) == ("USD", Claim.AT_LEAST, 20_010)


@given(st.data(), st.lists(amounts(), max_size=8))
def test_the_claim_holds_in_every_world(data: st.DataObject, parts: list[Amount]) -> None:
    total = add(parts)
    true = sum((data.draw(true_value(part)) for part in parts), Decimal(0))
    assert total.low <= true
    assert total.high is None or true <= total.high
    match total.claim:
        case Claim.EXACT:
            assert true == total.said
        case Claim.AT_LEAST:
            assert true >= total.low > 0
        case Claim.AT_MOST | Claim.BETWEEN:
            assert total.high is not None
        case Claim.ABOUT | Claim.OPEN:
            assert total.high is None


@given(st.data(), st.lists(amounts(), max_size=8))
def test_a_sum_as_one_amount_claims_no_more_than_the_sum(data: st.DataObject, parts: list[Amount]) -> None:
    total = add(parts)
    again = as_sum(total.as_amount())
    assert again.low <= total.low
    assert again.high is None or (total.high is not None and total.high <= again.high)


@given(
    st.lists(amounts(("CNY", "USD", "HKD")), max_size=8), st.randoms(use_true_random=False), st.integers(0, 8)
)
def test_order_and_grouping_do_not_matter(parts: list[Amount], random: object, cut: int) -> None:
    shuffled = list(parts)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    whole: Sum = add(parts)
    assert add(shuffled) == whole
    assert add(parts[:cut]) + add(parts[cut:]) == whole
    assert whole + NOTHING == whole
