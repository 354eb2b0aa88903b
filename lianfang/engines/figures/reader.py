"""Finding the numbers in a Chinese text, with what their surroundings say about them."""

from __future__ import annotations

import re
from decimal import Decimal
from enum import StrEnum
from typing import NamedTuple

from lianfang.engines.figures.amount import Amount, Bound, FigureError
from lianfang.engines.figures.currencies import CODE_OF
from lianfang.engines.figures.numerals import DIGITS, LARGE_UNITS, SMALL_UNITS, Numeral, read_numeral
from lianfang.engines.figures.patterns import (
    NOT_QUALIFIED_AFTER,
    QUALIFIER_LAST,
    QUALIFIERS,
    SUFFIX_BOUNDS,
    after_number_pattern,
    currency_before_pattern,
    number_pattern,
    number_sign_pattern,
    qualifier_pattern,
    range_mark_pattern,
)


class FigureKind(StrEnum):
    """What a number counts."""

    MONEY = "money"
    """A currency word or sign stands with it."""
    QUANTITY = "quantity"
    """A measure word follows (3000只); it is in `unit`."""
    BARE = "bare"
    """A plain number, perhaps with 万: money, a quantity of an unlisted unit, or a row number."""
    PERCENT = "percent"
    DATE = "date"
    TIME = "time"
    ORDINAL = "ordinal"
    """第3期, 17号, a list marker (3、)."""
    CODE = "code"
    """Phone and account numbers, N95, 84消毒液: digits that count nothing."""


class Figure(NamedTuple):
    """One number-like stretch of a text. Positions are offsets in the text that was searched.

    `start`:`end` is the whole stretch with qualifiers, currency and 整; `number_start`:`number_end`
    the number itself with its 万 or 亿. `value` counts whole units (29.2万元 → 292000) and is None
    where the text is vague (数万元) or the digits count nothing. `unit` is the currency or measure word
    as written, "" without one; `currency` is an ISO 4217 code for money, else "".
    """

    start: int
    end: int
    number_start: int
    number_end: int
    value: Decimal | None
    bound: Bound | None
    upper: Decimal | None
    unit: str
    kind: FigureKind
    currency: str

    @property
    def is_money(self) -> bool:
        return self.kind is FigureKind.MONEY

    def as_amount(self) -> Amount:
        """The figure as money; a bare number counts as yuan (GUIDE rule i: "600万" is yuan).

        Raises FigureError for a number beyond what money can be.
        """
        return Amount(self.value, self.bound, self.upper, self.currency or "CNY")


def find_figures(text: str, start: int = 0, end: int | None = None) -> list[Figure]:
    """Every number-like stretch of `text[start:end]` in order, none overlapping another.

    Dates, times, ordinals, phone numbers and codes are among them, told apart by `kind`. Single
    numerals inside words (统一, 万事达, 百货) are left out.
    """
    limit = len(text) if end is None else end
    figures: list[Figure] = []
    first_sign = number_sign_pattern().search(text, start, limit)
    if first_sign is None:
        return figures
    for match in number_pattern().finditer(text, first_sign.start(), limit):
        floor = figures[-1].end if figures else start
        if match.start() < floor:
            continue  # the 5 of 12元5角 is read already
        if match.lastgroup is not None:
            first, last = match.span()
            kind = _NOISE_KIND[match.lastgroup]
            figures.append(Figure(first, last, first, last, None, None, None, "", kind, ""))
            continue
        figure = _read(text, match.start(), match.end(), floor, limit)
        if figure is None:
            continue
        near = bool(figures) and 0 < figure.start - figures[-1].end <= _LONGEST_RANGE_MARK
        joined = _join_range(text, figures[-1], figure) if near else None
        if joined is None:
            figures.append(figure)
        else:
            figures[-1] = joined
    return figures


def read_amount(text: str) -> Amount:
    """The one amount that `text` is: a form field or a table cell. A bare number is yuan.

    Raises FigureError with codes `amount.empty`, `amount.not_a_number`, `amount.negative`,
    `amount.too_large`, `amount.several`, `amount.not_money`.
    """
    stripped = text.strip().rstrip("。.;；,，")
    if not stripped:
        raise FigureError("amount.empty", "没有填写金额")
    if len(stripped) > _LONGEST_AMOUNT:
        raise FigureError("amount.not_a_number", "这不是一个金额:文字太长")
    if _SCIENTIFIC.fullmatch(stripped):
        raise FigureError("amount.not_a_number", f"“{stripped}”不是常用的金额写法,请写成普通数字")
    if stripped[0] in "-－−–负" or _ACCOUNTING_NEGATIVE.fullmatch(stripped):
        raise FigureError("amount.negative", "金额不能是负数")
    figures = find_figures(stripped)
    if not figures:
        raise FigureError("amount.not_a_number", f"“{stripped}”不是金额")
    if len(figures) > 1:
        raise FigureError("amount.several", f"“{stripped}”里有不止一个数")
    figure = figures[0]
    rest = stripped[: figure.start] + stripped[figure.end :]
    if _SIGN_INSIDE.search(stripped[: figure.number_start]):
        raise FigureError("amount.negative", "金额不能是负数")
    if not _BESIDE_AN_AMOUNT.fullmatch(rest):
        raise FigureError("amount.not_a_number", f"“{stripped}”里除了金额还有别的文字:{rest.strip()}")
    if figure.kind is FigureKind.CODE and figure.number_end - figure.number_start > 13:
        raise FigureError("amount.too_large", "金额超出可能的范围(大于十万亿)")
    if figure.kind not in (FigureKind.MONEY, FigureKind.BARE, FigureKind.CODE):
        raise FigureError("amount.not_money", f"“{stripped}”不是金额")
    if figure.kind is FigureKind.CODE:
        numeral = read_numeral(stripped[figure.number_start : figure.number_end])
        if numeral.value is None or not stripped[figure.start : figure.end].isdigit():
            raise FigureError("amount.not_money", f"“{stripped}”不是金额")
        return Amount(numeral.value, Bound.EXACT)
    return figure.as_amount()


_LONGEST_AMOUNT = 60
_SCIENTIFIC = re.compile(r"[+-]?[0-9.]+[eE][+-]?[0-9]+|[+-]?(?:nan|inf(?:inity)?)", re.IGNORECASE)
_ACCOUNTING_NEGATIVE = re.compile(r"[(（][0-9０-９,，.]+[)）](?:元)?")
_SIGN_INSIDE = re.compile(r"[-－−–负]\s*$")
_BESIDE_AN_AMOUNT = re.compile(r"[ 　共计合:：为]*")

_NOISE_KIND = {kind.value: kind for kind in FigureKind}
_CURRENCY_LAST = frozenset(name[-1] for name in CODE_OF)
_GAPS = frozenset(" 　:：")
_SPACES = frozenset(" 　")
_ENDS_CURRENCY = _CURRENCY_LAST | _GAPS
_ENDS_QUALIFIER = QUALIFIER_LAST | _SPACES
_ARABIC_DIGITS = frozenset("0123456789０１２３４５６７８９")
_LETTERS = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz")
_ORDINAL_AFTER = frozenset("号號期届楼栋栏")
_ROUND_ALONE = frozenset("万亿萬億")
_ROUND = frozenset("十百千万亿拾佰仟萬億")
_ONE_OF_A_WORD = frozenset("统唯专单同之归逐不进万任周合划均")
_LIST_MARKS = "0123456789０１２３４５６７８９"
_UPPER_CASE = frozenset("壹贰貳叁參肆伍陆陸柒捌玖")
_LONGEST_BARE = 9
_LONGEST_CURRENCY = 7
_LONGEST_QUALIFIER = 6
_LONGEST_RANGE_MARK = 4


class _After(NamedTuple):
    """The groups of `after_number_pattern`; None where a part is not there."""

    more: str | None
    early: str | None
    measure: str | None
    yuan: str | None
    jiao: str | None
    fen: str | None
    money: str | None
    spaced_measure: str | None
    late: str | None


_NOTHING_AFTER = _After(None, None, None, None, None, None, None, None, None)


def _read(text: str, number_start: int, number_end: int, first: int, limit: int) -> Figure | None:
    """The figure around the number at `number_start`:`number_end`; None where it is part of a word."""
    written = text[number_start:number_end]
    arabic = written[0] in _ARABIC_DIGITS
    before = text[number_start - 1] if number_start > first else ""
    if before == "第":
        return _mark(number_start - 1, number_end, FigureKind.ORDINAL)
    match = after_number_pattern().match(text, number_end, limit)
    end = number_end if match is None else match.end()
    after = _NOTHING_AFTER if match is None or match.lastindex is None else _After(*match.groups())
    start, own, word = number_start, after.yuan or after.money, None
    if before in _ENDS_CURRENCY and _last_before(text, first, number_start, _GAPS) in _CURRENCY_LAST:
        start, word = _currency_before(text, first, number_start)
        before = text[start - 1] if start > first else ""
    if arabic and word is None and (before in _LETTERS or _continues(text, number_start, first)):
        return _mark(number_start, number_end, FigureKind.CODE)
    prefix: list[Bound] = []
    if before in _ENDS_QUALIFIER and _last_before(text, first, start, _SPACES) in QUALIFIER_LAST:
        start, prefix = _read_qualifiers(text, start, first, written[0])
    if own or word:
        if written in _ROUND_ALONE and not (prefix or after.more or after.late):
            return None  # 万元 in a table's head is a unit, not a number.
        kind, unit = FigureKind.MONEY, own or word or ""
        currency = _currency(own, word)
    else:
        if not arabic and not _counts(written, before, prefix, after):
            return None
        kind, unit, currency = (
            _kind(text, number_start, number_end, after, first, limit),
            after.measure or after.spaced_measure or "",
            "",
        )
        if kind is FigureKind.CODE or kind is FigureKind.ORDINAL:
            return _mark(number_start, number_end, kind)
    if not (unit or after.more or after.late or after.early):
        end = number_end
    numeral = read_numeral(written)
    value = numeral.value
    if value is None:
        return Figure(start, end, number_start, number_end, None, None, None, unit, kind, currency)
    if after.jiao or after.fen:
        value = _with_jiao(value, after.jiao, after.fen)
    bound = _bound(numeral, prefix, after)
    return Figure(start, end, number_start, number_end, value, bound, numeral.upper, unit, kind, currency)


def _last_before(text: str, first: int, place: int, gaps: frozenset[str]) -> str:
    """The character before the place, or before the one gap that stands there; empty at the beginning."""
    if place > first and text[place - 1] in gaps:
        place -= 1
    return text[place - 1] if place > first else ""


def _mark(start: int, end: int, kind: FigureKind) -> Figure:
    return Figure(start, end, start, end, None, None, None, "", kind, "")


def _continues(text: str, number_start: int, first: int) -> bool:
    """Whether the digits are the end of something longer: COVID-19, .5."""
    if number_start - first < 2:
        return False
    mark, before = text[number_start - 1], text[number_start - 2]
    return (mark == "-" and before in _LETTERS) or (mark == "." and before not in "." + _LIST_MARKS)


def _currency_before(text: str, first: int, number_start: int) -> tuple[int, str | None]:
    """Where a currency word before the number begins, and the word; `number_start` without one."""
    match = currency_before_pattern().search(text, max(first, number_start - _LONGEST_CURRENCY), number_start)
    if match is None:
        return number_start, None
    return match.start(), match.group().rstrip(" 　:：")


def _currency(own: str | None, word: str | None) -> str:
    """港币10万元 is HKD: a currency before the number is nearer told than a mere 元 behind it."""
    behind = CODE_OF[own.removeprefix("元") or own] if own else "CNY"
    return CODE_OF[word] if word and behind == "CNY" else behind


def _read_qualifiers(text: str, start: int, first: int, head: str) -> tuple[int, list[Bound]]:
    """The words before `start` that bound a number with first character `head`: new start, meanings."""
    found: list[Bound] = []
    while start > first:
        match = qualifier_pattern().search(text, max(first, start - _LONGEST_QUALIFIER), start)
        if match is None:
            break
        word = match[1]
        before = text[match.start() - 1] if match.start() > first else ""
        if before and before in NOT_QUALIFIED_AFTER.get(word, ""):
            break
        if word in "上过" and head not in _ROUND:
            break
        found.append(QUALIFIERS[word])
        start = match.start()
    return start, found


def _counts(written: str, before: str, prefix: list[Bound], after: _After) -> bool:
    """Whether a Chinese numeral without currency is a number, not part of a word."""
    head = written[0]
    if head in "数几上若":
        return len(written) > 1
    if len(written) > 1 and head in "百千万亿佰仟" and written[1] in DIGITS:
        return False
    if written == "一" and before in _ONE_OF_A_WORD:
        return False
    if head in "百千万亿":
        return bool(after.more) or any(bound is not Bound.EXACT for bound in prefix)
    if after.measure or after.spaced_measure:
        return written not in _UPPER_CASE  # 陆家 is a name
    if len(written) == 1:
        return bool(prefix and after.more)
    return any(char in SMALL_UNITS or char in LARGE_UNITS for char in written)


def _kind(text: str, number_start: int, number_end: int, after: _After, first: int, limit: int) -> FigureKind:
    measured = after.measure or after.spaced_measure
    following = text[number_end] if number_end < limit else ""
    if text[number_start] in _ARABIC_DIGITS:
        if following in _ORDINAL_AFTER and following:
            return FigureKind.ORDINAL
        if following and following in "、.．)）" and _at_line_start(text, number_start, first):
            return FigureKind.ORDINAL
        if measured:
            return FigureKind.QUANTITY
        if number_end - number_start >= _LONGEST_BARE and text[number_start:number_end].isdigit():
            return FigureKind.CODE
        if following in _LETTERS or text.startswith("消毒", number_end):
            return FigureKind.CODE
    return FigureKind.QUANTITY if measured else FigureKind.BARE


def _at_line_start(text: str, position: int, first: int) -> bool:
    while position > first and text[position - 1] in " 　\t(（":
        position -= 1
    return position == first or text[position - 1] == "\n"


def _with_jiao(value: Decimal, jiao: str | None, fen: str | None) -> Decimal:
    tenths = read_numeral(jiao).value if jiao else None
    cents = read_numeral(fen).value if fen else None
    return value + (tenths or 0) / Decimal(10) + (cents or 0) / Decimal(100)


def _bound(numeral: Numeral, prefix: list[Bound], after: _After) -> Bound:
    """One bound out of all the words: over wins ("约20余万元" → over), then nearly, then about."""
    more = after.more
    if not (prefix or more or after.early or after.late or numeral.over or numeral.about):
        return Bound.EXACT
    said = {*prefix, SUFFIX_BOUNDS.get(after.early or ""), SUFFIX_BOUNDS.get(after.late or "")}
    if numeral.over or (more and more != "来"):
        said.add(Bound.OVER)
    if numeral.about or more == "来":
        said.add(Bound.ABOUT)
    for bound in (Bound.OVER, Bound.NEARLY, Bound.ABOUT):
        if bound in said:
            return bound
    return Bound.EXACT


def _join_range(text: str, low: Figure, high: Figure) -> Figure | None:
    """5万元至10万元 as one figure: value 50000, bound over, upper 100000; None if it is no range."""
    if range_mark_pattern().fullmatch(text, low.end, high.start) is None:
        return None
    if low.value is None or high.value is None or low.upper is not None:
        return None
    if high.kind not in (FigureKind.MONEY, FigureKind.QUANTITY, FigureKind.BARE):
        return None
    if low.kind not in (high.kind, FigureKind.BARE) or (low.unit and low.currency != high.currency):
        return None
    value = low.value
    if not low.unit:
        small = read_numeral(text[low.number_start : low.number_end])
        large = read_numeral(text[high.number_start : high.number_end])
        if small.unit == 1 and large.coefficient is not None and value < large.coefficient:
            value *= large.unit
    if value >= high.value:
        return None
    return Figure(
        low.start, high.end, low.number_start, high.number_end, value, Bound.OVER, high.value,
        high.unit, high.kind, high.currency,
    )  # fmt: skip
