"""Amounts and sums in words, as a notice or a page prints them."""

from __future__ import annotations

from decimal import Decimal

from lianfang.engines.figures.amount import Amount, Bound
from lianfang.engines.figures.currencies import CHINESE_NAME
from lianfang.engines.figures.sums import Sum

_GROUPED = 10**4
UNKNOWN_CHINESE = "数额不详"
UNKNOWN_ENGLISH = "an unstated amount"


def to_chinese(amount: Amount) -> str:
    """1608万余元, 2000余万元, 近10万元, 约15.3万元, 5万元至10万元, 187,560.50元.

    余 stands where a writer would put it: before 万 after a round number (2000余万元), else after it.
    Reading the text gives the same amount again.
    """
    if amount.value is None:
        return UNKNOWN_CHINESE
    name = CHINESE_NAME.get(amount.currency, amount.currency)
    number, unit = _chinese_number(amount.value)
    if amount.upper is not None:
        high_number, high_unit = _chinese_number(amount.upper)
        return f"{number}{unit}{name}至{high_number}{high_unit}{name}"
    match amount.bound:
        case Bound.OVER if ("." in number and not unit) or number == "0":
            return f"{number}{unit}{name}以上"
        case Bound.OVER if unit and number.endswith("0") and "." not in number:
            return f"{number}余{unit}{name}"
        case Bound.OVER:
            return f"{number}{unit}余{name}"
        case Bound.NEARLY:
            return f"近{number}{unit}{name}"
        case Bound.ABOUT:
            return f"约{number}{unit}{name}"
    return f"{number}{unit}{name}"


def to_english(amount: Amount) -> str:
    """over CNY 20 million, nearly CNY 100,000, about CNY 153,000, CNY 50,000 to 100,000."""
    if amount.value is None:
        return UNKNOWN_ENGLISH
    number = _english_number(amount.value)
    if amount.upper is not None:
        return f"{amount.currency} {number} to {_english_number(amount.upper)}"
    word = {Bound.OVER: "over ", Bound.NEARLY: "nearly ", Bound.ABOUT: "about "}
    prefix = "" if amount.bound is None else word.get(amount.bound, "")
    return f"{prefix}{amount.currency} {number}"


def sum_to_chinese(total: Sum) -> str:
    """What may be claimed of `total`: 1608万余元,另有2万美元,另有3笔数额不详."""
    parts = [to_chinese(total.as_amount())] if total.count > total.unknown_count or not total.count else []
    parts += [to_chinese(one.as_amount()) for one in total.beside if one.count > one.unknown_count]
    unknown = total.unknown_count + sum(one.unknown_count for one in total.beside)
    if total.count == 0 and len(parts) > 1:
        parts = parts[1:]
    if unknown:
        parts.append(f"{unknown}笔{UNKNOWN_CHINESE}")
    return ",另有".join(parts)


def sum_to_english(total: Sum) -> str:
    """What may be claimed of `total`: over CNY 16.08 million, and USD 20,000, and 3 of unstated value."""
    parts = [to_english(total.as_amount())] if total.count > total.unknown_count or not total.count else []
    parts += [to_english(one.as_amount()) for one in total.beside if one.count > one.unknown_count]
    unknown = total.unknown_count + sum(one.unknown_count for one in total.beside)
    if total.count == 0 and len(parts) > 1:
        parts = parts[1:]
    if unknown:
        parts.append(f"{unknown} of unstated value")
    return ", and ".join(parts)


def _chinese_number(value: Decimal) -> tuple[str, str]:
    """Digits and 万 or 亿: with 亿 up to four places after the point, with 万 two, else yuan.

    Yuan from 10,000 on are set in groups of three, so that 18,011,936.66 can be read at sight.
    """
    for size, unit, places in ((10**8, "亿", 4), (10**4, "万", 2)):
        if value >= size and value % (size // 10**places) == 0:
            return _plain(value / size), unit
    written = _plain(value) if value == value.to_integral_value() else _with_fen(value)
    return (f"{Decimal(written):,}" if value >= _GROUPED else written), ""


def _english_number(value: Decimal) -> str:
    for size, unit in ((10**9, "billion"), (10**6, "million")):
        if value >= size and value % (size // 100) == 0:
            return f"{_plain(value / size)} {unit}"
    return f"{value:,.0f}" if value == value.to_integral_value() else f"{Decimal(_with_fen(value)):,}"


def _with_fen(value: Decimal) -> str:
    fen = value.quantize(Decimal("0.01"))
    return f"{fen:f}" if fen == value else f"{value.normalize():f}"


def _plain(value: Decimal) -> str:
    return f"{value.normalize():f}"
