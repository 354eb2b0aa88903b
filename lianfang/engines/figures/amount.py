"""An amount as a source states it: a value, how the source bounds it, and in which currency."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

LARGEST_YUAN = Decimal(10) ** 13
"""No single gift or sum of a county comes near this; a larger number is a slip or an attack."""


class Bound(StrEnum):
    """How a text qualifies a figure (GLOSSARY: 余、近、约)."""

    EXACT = "exact"
    OVER = "over"
    """The true value is the stated one or more (余、多、超、逾、以上、至少、突破)."""
    NEARLY = "nearly"
    """The true value is the stated one or less (近、将近、不足、以内)."""
    ABOUT = "about"
    """The true value lies somewhere near the stated one, on either side (约、左右)."""


class FigureError(ValueError):
    """A text or value that is not a usable figure: `code` is for programs, the message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Amount:
    """Money as said.

    `value` is in whole units of `currency` (yuan, not fen); None means that the source gives no
    number (数万元): unknown, never 0, and then `bound` is None too. `upper` is the upper end where
    the source gives a range (5万元至10万元: value 50000, bound over, upper 100000).
    """

    value: Decimal | None
    bound: Bound | None = Bound.EXACT
    upper: Decimal | None = None
    currency: str = "CNY"

    def __post_init__(self) -> None:
        if self.value is None:
            if self.upper is not None:
                raise FigureError("amount.upper_without_value", "没有数额,不能只有上限")
            object.__setattr__(self, "bound", None)
            return
        if not self.value.is_finite():
            raise FigureError("amount.not_a_number", "金额不是一个数")
        if self.value < 0:
            raise FigureError("amount.negative", "金额不能是负数")
        if self.value > LARGEST_YUAN:
            raise FigureError("amount.too_large", "金额超出可能的范围(大于十万亿)")
        if self.bound is None:
            raise FigureError("amount.bound_missing", "有数额时必须说明是整数、余、近还是约")
        if self.upper is None:
            return
        if not self.upper.is_finite() or self.upper > LARGEST_YUAN:
            raise FigureError("amount.too_large", "金额上限超出可能的范围(大于十万亿)")
        if self.bound is not Bound.OVER or self.upper < self.value:
            raise FigureError("amount.range", "区间的上限不能小于下限")


UNKNOWN = Amount(None, None)
"""Money whose value the source leaves out."""
