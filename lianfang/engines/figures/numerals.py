"""Value of one written number: 一百七十多万, 2千余万, 3万5, １，２４０, 壹拾万零伍佰, 十几万, 数万."""

from __future__ import annotations

import re
from decimal import Decimal
from functools import lru_cache
from typing import NamedTuple

DIGITS = "零〇一二两三四五六七八九壹贰貳叁參肆伍陆陸柒捌玖兩"
SMALL_UNITS = "十百千拾佰仟廿卅"
LARGE_UNITS = "万亿萬億"

_TO_PLAIN = str.maketrans(
    "０１２３４５６７８９．壹贰貳叁參肆伍陆陸柒捌玖兩两拾佰仟萬億〇",
    "0123456789.一二二三三四五六六七八九二二十百千万亿零",
    ",，' 　",
)
_DIGIT_VALUE = {digit: index for index, digit in enumerate("零一二三四五六七八九")}
_UNIT_VALUE = {"十": 10, "百": 100, "千": 1000, "万": 10**4, "亿": 10**8}
_TOKEN = re.compile(r"[0-9]+(?:\.[0-9]+)?|[零一二三四五六七八九十百千万亿廿卅余多来几数上]")
_LONGEST_NUMBER = 40


class Numeral(NamedTuple):
    """What a written number says. `value` None: vague (几十万) or no number at all."""

    value: Decimal | None
    over: bool = False
    """余、多 or 上 stands in the number: the value or more."""
    about: bool = False
    """来 stands in the number (十来万)."""
    upper: Decimal | None = None
    """Upper end where the number itself spans a range (十几万, 三四万)."""
    coefficient: Decimal | None = None
    """The plain number in front of one single unit ("5" of 5万, `unit` 10000), to read 3-5万."""
    unit: int = 1


VAGUE = Numeral(None)


@lru_cache(maxsize=8192)
def read_numeral(written: str) -> Numeral:
    """Value of `written`, which is a number without currency, measure word or outer qualifier."""
    if len(written) > _LONGEST_NUMBER:
        return VAGUE
    if written.isascii() and written.isdigit():
        value = Decimal(int(written))
        return Numeral(value, coefficient=value)
    plain = written.translate(_TO_PLAIN)
    if plain[0] in "0123456789" and plain.replace(".", "", 1).isdigit():
        value = _tidy(Decimal(plain))
        return Numeral(value, coefficient=value)
    parts = _TOKEN.findall(plain)
    if not parts or parts[0] in "数几余多来" or written == "若干":
        return VAGUE
    if parts[0] == "上":
        return read_numeral(plain[1:])._replace(over=True) if len(plain) > 1 else VAGUE
    several = _read_several(parts)
    if several is not None:
        return several
    over = "余" in parts or "多" in parts
    about = "来" in parts
    numbers = [part for part in parts if part not in "余多来"]
    value = _tidy(_total(numbers))
    if len(numbers) == 2 and numbers[1] in "万亿" and numbers[0] not in "十百千万亿":
        return Numeral(value, over, about, None, _number(numbers[0]), _UNIT_VALUE[numbers[1]])
    return Numeral(value, over, about, None, None)


def _read_several(parts: list[str]) -> Numeral | None:
    """十几万, 三四万 and 三五 (户) span a range; None where `parts` do neither."""
    if "几" in parts or "数" in parts:
        place = parts.index("几") if "几" in parts else parts.index("数")
        head, tail = parts[:place], parts[place + 1 :]
        if head[-1] not in "十百千廿卅":
            return VAGUE
        low = _total(head + tail)
        step = _UNIT_VALUE.get(head[-1], 10)
        for part in tail:
            step *= _UNIT_VALUE.get(part, 1)
        return Numeral(_tidy(low), over=True, upper=_tidy(low + step))
    for index in range(len(parts) - 1):
        low_digit, high_digit = _DIGIT_VALUE.get(parts[index], 0), _DIGIT_VALUE.get(parts[index + 1], 0)
        if not 0 < low_digit < high_digit:
            continue
        before, after = parts[:index], parts[index + 2 :]
        if any(part in _DIGIT_VALUE for part in before[-1:] + after[:1]):
            continue
        low = _total([*before, parts[index], *after])
        high = _total([*before, parts[index + 1], *after])
        return Numeral(_tidy(low), over=True, upper=_tidy(high))
    return None


def _total(parts: list[str]) -> Decimal:
    """Sum of a number in Chinese places, with Arabic digits in any place (1亿3000万, 3万5)."""
    if all(part in _DIGIT_VALUE for part in parts):
        return Decimal("".join(str(_DIGIT_VALUE[part]) for part in parts))
    total = section = Decimal(0)
    number: Decimal | None = None
    last_unit = 1
    for part in parts:
        unit = _UNIT_VALUE.get(part)
        if part in "廿卅":
            section += 20 if part == "廿" else 30
            number, last_unit = None, 10
        elif unit is None:
            if part == "零":
                last_unit = 10
                continue
            number = _number(part) if number is None else number * 10 + _number(part)
        elif unit < 10**4:
            section += (Decimal(1) if number is None else number) * unit
            number, last_unit = None, unit
        else:
            section += number or 0
            if section == 0 and total == 0:
                section = Decimal(1)
            total = (total + section) * unit if total < unit else total + section * unit
            section, number, last_unit = Decimal(0), None, unit
    if number is None:
        return total + section
    # 三万五 and 3万5 leave out the last unit: the digit counts tenths of the unit before it.
    if number < 10 and number == number.to_integral_value() and last_unit > 10:
        number = number * last_unit / 10
    return total + section + number


def _number(part: str) -> Decimal:
    digit = _DIGIT_VALUE.get(part)
    return Decimal(part) if digit is None else Decimal(digit)


def _tidy(value: Decimal) -> Decimal:
    """`value` without needless zeros after the point and without an exponent."""
    whole = value.to_integral_value()
    return Decimal(int(whole)) if value == whole else value.normalize()
