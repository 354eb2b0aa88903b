"""What one gift may be worth by all that its mentions say."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from lianfang.engines.figures.amount import Amount, Bound, FigureError
from lianfang.engines.figures.sums import as_sum

INFINITE = Decimal("Infinity")


def unite(amounts: Iterable[Amount]) -> Amount:
    """The value that mentions of one gift give it together: 约10万 and 10.2万 are 10.2万.

    Contradicting mentions (5万, 6万) give the range over them.
    """
    return amount_of(united([stated(amount) for amount in amounts]))


@dataclass(frozen=True, slots=True)
class Worth:
    """What one class may be worth: from `low` to `high`; `ceiling` is the strictest upper end said."""

    low: Decimal
    high: Decimal
    ceiling: Decimal
    said: Amount | None = None
    """The amount as its only source states it."""
    about: Decimal | None = None


def in_yuan(amount: Amount) -> Amount:
    if amount.currency != "CNY":
        raise FigureError("overlap.foreign_money", "外币不能与人民币一起去重合计")
    return amount


def stated(amount: Amount) -> Worth:
    known = as_sum(in_yuan(amount))
    high = INFINITE if known.high is None else known.high
    about = amount.value if amount.bound is Bound.ABOUT else None
    return Worth(known.low, high, high, amount, about)


def united(values: list[Worth]) -> Worth:
    """The hull of what the largest agreeing groups of `values` allow."""
    if len(values) == 1:
        return values[0]
    ceiling = min(value.ceiling for value in values)
    floor = max(value.low for value in values)
    low = max(value.low for value in values if value.low <= ceiling)
    high = min(value.ceiling for value in values if value.ceiling >= floor)
    about = min((value.about for value in values if value.about is not None), default=None)
    said = values[0].said if all(value.said == values[0].said for value in values) else None
    return Worth(low, high, ceiling, said, about)


def raised(value: Worth, parts: Decimal, largest_part: Decimal) -> Worth:
    """`value` of a whole whose parts add up to `parts`."""
    low = max(value.low, min(parts, value.ceiling), largest_part)
    if low == value.low:
        return value
    return Worth(low, max(value.high, low), value.ceiling)


def rank(value: Worth) -> tuple[Decimal, Decimal, str]:
    """The surer of two values ranks higher; values of one rank are alike."""
    return value.low, -value.high, repr(amount_of(value))


def amount_of(value: Worth) -> Amount:
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
