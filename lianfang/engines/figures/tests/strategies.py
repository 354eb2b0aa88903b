"""Amounts for property tests, and worlds that fit what they say."""

from __future__ import annotations

from decimal import Decimal

from hypothesis import strategies as st

from lianfang.engines.figures import Amount, Bound

yuan = st.one_of(
    st.integers(0, 10**6).map(Decimal),
    st.integers(1, 10**4).map(lambda n: Decimal(n) * 10_000),
    st.integers(1, 10**9).map(lambda n: Decimal(n) / 100),
)


@st.composite
def amounts(draw: st.DrawFn, currencies: tuple[str, ...] = ("CNY",)) -> Amount:
    currency = draw(st.sampled_from(currencies))
    bound = draw(st.sampled_from([None, *Bound]))
    if bound is None:
        return Amount(None, None, None, currency)
    value = draw(yuan)
    upper = None
    if bound is Bound.OVER and draw(st.booleans()):
        upper = value + draw(yuan)
    return Amount(value, bound, upper, currency)


@st.composite
def true_value(draw: st.DrawFn, amount: Amount) -> Decimal:
    """A true value of `amount` in some world."""
    match amount.bound:
        case Bound.EXACT:
            assert amount.value is not None
            return amount.value
        case Bound.OVER:
            assert amount.value is not None
            more = draw(yuan)
            return amount.value + more if amount.upper is None else min(amount.value + more, amount.upper)
        case Bound.NEARLY:
            assert amount.value is not None
            return max(Decimal(0), amount.value - draw(yuan))
        case _:
            return draw(yuan)
