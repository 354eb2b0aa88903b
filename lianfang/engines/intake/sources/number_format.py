"""Words that a sheet puts around a number only by its format: 10 shown as “10万元”, 0.5 as 50%.

Digits are never rounded and never grouped: what is paid is the stored number.
Source: ECMA-376 part 1, 18.8.31 (numFmts).
"""

from __future__ import annotations

import re
from decimal import Decimal

_TOKEN = re.compile(
    r'"(?P<quoted>[^"]*)"|[\\!](?P<escaped>.)|\[\$(?P<currency>[^\]-]*)[^\]]*\]|\[[^\]]*\]|[_*].'
    r"|(?P<digits>[0#?][0#?,.]*)|(?P<percent>%)|(?P<plain>.)",
    re.DOTALL,
)


def says_more_than_digits(number_format: str) -> bool:
    """Whether the format adds words, a percent sign or a scale to a number. Dates are none of it."""
    section = _section(number_format, Decimal(1))
    if not section or section.lower() == "general" or _is_date(section):
        return False
    before, after, scale = _parts(section)
    return bool(before or after) or scale != 0


def number_in_format(number: Decimal, number_format: str) -> str:
    """The number with all its digits, between the words of its format."""
    section = _section(number_format, number)
    if not section or section.lower() == "general" or _is_date(section):
        return _digits(number)
    before, after, scale = _parts(section)
    if len(number_format.split(";")) > 1 and number < 0:
        before, number = (before if "-" in before or "(" in before else f"-{before}"), -number
    return before + _digits(number.scaleb(scale)) + after


def _section(number_format: str, number: Decimal) -> str:
    """A format has up to four parts: for positive numbers, negative ones, zero, and texts."""
    sections = re.split(r';(?=(?:[^"]*"[^"]*")*[^"]*$)', number_format)
    if number < 0 and len(sections) > 1:
        return sections[1]
    if number == 0 and len(sections) > 2:
        return sections[2]
    return sections[0]


def _is_date(section: str) -> bool:
    bare = re.sub(r'"[^"]*"|[\\!].|\[[^\]]*\]', "", section).lower()
    return any(sign in bare for sign in "ymdhs") and "#" not in bare


def _parts(section: str) -> tuple[str, str, int]:
    """Words before the digits, words after them, and the power of ten by which the shown number is scaled."""
    before, after, scale = "", "", 0
    seen_digits = False
    for token in _TOKEN.finditer(section):
        if digits := token["digits"]:
            scale -= 3 * (len(digits) - len(digits.rstrip(",")))
            if after == ".":
                # 0!.0, is how sheets show 万: a point set as a word before the last of the thousands.
                scale, after = scale - len(digits.rstrip(",")), ""
            seen_digits = True
            continue
        words = token["quoted"] or token["escaped"] or token["currency"] or token["plain"] or ""
        if token["percent"]:
            scale, words = scale + 2, "%"
        if seen_digits:
            after += words
        else:
            before += words
    return before.strip(), after.strip(), scale


def _digits(number: Decimal) -> str:
    text = format(number, "f")
    return text.rstrip("0").rstrip(".") if "." in text else text
