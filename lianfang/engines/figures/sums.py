"""Adding amounts up without losing what their sources said.

A *world* gives each amount a true value that its bound allows: exact the value itself, over the value
or more (at most `upper` where stated), nearly anything from 0 to the value, about and unknown anything
from 0 up (how near "约" is, no source says). A sum claims only what holds in every world.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from decimal import Decimal
from enum import StrEnum
from functools import reduce

from lianfang.engines.figures.amount import Amount, Bound

ZERO = Decimal(0)


class Claim(StrEnum):
    """What may be said of a sum."""

    EXACT = "exact"
    """It is `said`."""
    AT_LEAST = "at_least"
    """It is `low` or more."""
    AT_MOST = "at_most"
    """It is `high` or less (the sum of exact and nearly amounts)."""
    BETWEEN = "between"
    """It lies from `low` to `high`."""
    ABOUT = "about"
    """It is near `said`, on either side, and not under `low`."""
    OPEN = "open"
    """Nothing: values are unknown, and no part gives a floor."""


@dataclass(frozen=True, slots=True)
class Sum:
    """The sum of amounts of one currency, with those of other currencies beside it.

    `said` adds the stated values as they stand. The true sum is at least `low` and at most `high`
    (None: no upper end). `unknown_count` of the `count` amounts have no value and add nothing to
    `said` and `low`, but open `high`. Money in other currencies is never added in: it stands in
    `beside`, one sum a currency, by currency code.
    """

    said: Decimal = ZERO
    low: Decimal = ZERO
    high: Decimal | None = ZERO
    count: int = 0
    unknown_count: int = 0
    over_count: int = 0
    nearly_count: int = 0
    about_count: int = 0
    currency: str = "CNY"
    beside: tuple[Sum, ...] = ()

    def __add__(self, other: Sum) -> Sum:
        """Order and grouping do not matter: addition is associative and commutative."""
        if other.currency != self.currency:
            return _beside(self, other)
        return Sum(
            self.said + other.said,
            self.low + other.low,
            None if self.high is None or other.high is None else self.high + other.high,
            self.count + other.count,
            self.unknown_count + other.unknown_count,
            self.over_count + other.over_count,
            self.nearly_count + other.nearly_count,
            self.about_count + other.about_count,
            self.currency,
            _merge(self.beside, other.beside) if self.beside or other.beside else (),
        )

    @property
    def claim(self) -> Claim:
        """The strongest statement that holds in every world."""
        if self.high is not None and self.low == self.high:
            return Claim.EXACT
        if self.high is not None:
            only_nearly = self.nearly_count and not self.over_count
            return Claim.AT_MOST if only_nearly else Claim.BETWEEN
        if self.about_count and not self.over_count and not self.unknown_count:
            return Claim.ABOUT
        return Claim.AT_LEAST if self.low > 0 else Claim.OPEN

    def as_amount(self) -> Amount:
        """The sum as one amount that claims no more than the sum does (an open sum is unknown)."""
        match self.claim:
            case Claim.EXACT:
                return Amount(self.said, Bound.EXACT, None, self.currency)
            case Claim.AT_LEAST:
                return Amount(self.low, Bound.OVER, None, self.currency)
            case Claim.AT_MOST:
                return Amount(self.high, Bound.NEARLY, None, self.currency)
            case Claim.BETWEEN:
                return Amount(self.low, Bound.OVER, self.high, self.currency)
            case Claim.ABOUT:
                return Amount(self.said, Bound.ABOUT, None, self.currency)
            case Claim.OPEN:
                return Amount(None, None, None, self.currency)


NOTHING = Sum()
"""The sum of no amounts: exactly 0 yuan."""


def as_sum(amount: Amount) -> Sum:
    """One amount as a sum of yuan; foreign money stands beside 0 yuan."""
    own = _own_sum(amount)
    return own if own.currency == "CNY" else replace(NOTHING, beside=(own,))


def add(amounts: Iterable[Amount]) -> Sum:
    """The sum of `amounts` in yuan, in any order; foreign money beside it."""
    return reduce(Sum.__add__, map(as_sum, amounts), NOTHING)


def _own_sum(amount: Amount) -> Sum:
    value, currency = amount.value, amount.currency
    match amount.bound:
        case None:
            return Sum(ZERO, ZERO, None, 1, unknown_count=1, currency=currency)
        case Bound.EXACT:
            known = value or ZERO
            return Sum(known, known, known, 1, currency=currency)
        case Bound.OVER:
            known = value or ZERO
            return Sum(known, known, amount.upper, 1, over_count=1, currency=currency)
        case Bound.NEARLY:
            known = value or ZERO
            return Sum(known, ZERO, known, 1, nearly_count=1, currency=currency)
        case Bound.ABOUT:
            known = value or ZERO
            return Sum(known, ZERO, None, 1, about_count=1, currency=currency)


def _beside(left: Sum, right: Sum) -> Sum:
    """Sums of two currencies as yuan with the rest beside."""
    return _in_yuan(left) + _in_yuan(right)


def _in_yuan(one: Sum) -> Sum:
    if one.currency == "CNY":
        return one
    return replace(NOTHING, beside=_merge((replace(one, beside=()),), one.beside))


def _merge(left: tuple[Sum, ...], right: tuple[Sum, ...]) -> tuple[Sum, ...]:
    by_currency: dict[str, Sum] = {}
    for one in (*left, *right):
        known = by_currency.get(one.currency)
        by_currency[one.currency] = one if known is None else known + one
    return tuple(by_currency[currency] for currency in sorted(by_currency))
