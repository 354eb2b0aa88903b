"""Amounts in financial capitals (大写) for receipts, there and back.

Rules: Basic Rules of Accounting Work (会计基础工作规范), art. 52: 整 after 元 or 角, none after 分;
零 for a gap of zeros; 零 between 元 and 分 where 角 is zero.
"""

from __future__ import annotations

import re
from decimal import Decimal

from lianfang.engines.figures.amount import LARGEST_YUAN, FigureError
from lianfang.engines.figures.numerals import read_numeral

_DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_CAPITALS = re.compile(
    r"(?:人民币)?(?:(?P<yuan>[零壹贰叁肆伍陆柒捌玖拾佰仟万亿]+)[元圆])?"
    r"(?:零?(?P<jiao>[壹贰叁肆伍陆柒捌玖])角)?(?:零?(?P<fen>[壹贰叁肆伍陆柒捌玖])分)?[整正]?"
)


def to_capitals(yuan: Decimal) -> str:
    """100500 → 人民币壹拾万零伍佰元整; 0.05 → 人民币伍分.

    Raises FigureError for a value with parts of a fen, below 0 or beyond the largest possible amount.
    """
    if not yuan.is_finite() or yuan < 0 or yuan > LARGEST_YUAN:
        raise FigureError("capitals.out_of_range", "只有零到十万亿元的金额能写成大写")
    if yuan != yuan.quantize(Decimal("0.01")):
        raise FigureError("capitals.parts_of_fen", "金额最小到分,不能写成大写")
    whole, fen_total = divmod(int(yuan * 100), 100)
    jiao, fen = divmod(fen_total, 10)
    if not fen_total:
        return f"人民币{_whole(whole)}元整"
    written = f"{_whole(whole)}元" if whole else ""
    if jiao:
        written += f"{_DIGITS[jiao]}角"
    elif whole:
        written += "零"
    return "人民币" + written + (f"{_DIGITS[fen]}分" if fen else "整")


def from_capitals(text: str) -> Decimal:
    """人民币壹拾万零伍佰元整 → 100500. Raises FigureError where `text` is no amount in capitals."""
    match = _CAPITALS.fullmatch(text.strip())
    if match is None or not any(match.groups()):
        raise FigureError("capitals.not_an_amount", f"“{text[:40]}”不是大写金额")
    value = Decimal(0)
    if match["yuan"]:
        whole = read_numeral(match["yuan"]).value
        if whole is None:
            raise FigureError("capitals.not_an_amount", f"“{text[:40]}”不是大写金额")
        value = whole
    for digit, part in ((match["jiao"], Decimal("0.1")), (match["fen"], Decimal("0.01"))):
        if digit:
            value += _DIGITS.index(digit) * part
    return value


def _whole(number: int) -> str:
    """`number` in capitals, without 元."""
    if number == 0:
        return "零"
    for size, name in ((10**8, "亿"), (10**4, "万")):
        if number >= size:
            high, rest = divmod(number, size)
            gap = "零" if 0 < rest < size // 10 else ""
            return _whole(high) + name + gap + (_whole(rest) if rest else "")
    return _below_ten_thousand(number)


def _below_ten_thousand(number: int) -> str:
    written, gap = "", False
    for place in (3, 2, 1, 0):
        digit = number // 10**place % 10
        if digit == 0:
            gap = bool(written)
            continue
        written += ("零" if gap else "") + _DIGITS[digit] + _PLACES[place]
        gap = False
    return written
