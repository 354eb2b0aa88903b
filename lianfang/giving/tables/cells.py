"""What one cell says: a day, a sum of money, a quantity."""

import re
from dataclasses import replace
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from unicodedata import normalize

from django.utils import timezone
from django.utils.translation import gettext as _

from lianfang.engines.figures import Amount, Bound, FigureError, FigureKind, find_figures, read_amount

_NOTHING = frozenset({"", "-", "--", "—", "——", "/", "\\", "无", "空", "未填", "n/a", "none", "null"})
_SAYS_ITS_UNIT = re.compile(r"[元圆万亿块]")
_DAY = re.compile(
    r"(?P<year>\d{4})[-/.年](?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})日?(?P<rest>.*)", re.DOTALL
)
_COMPACT_DAY = re.compile(
    r"(?P<year>(?:19|20)\d\d)(?P<month>\d\d)(?P<day>\d\d)(?P<rest>(?:\D.*)?)", re.DOTALL
)
_SHORT_DAY = re.compile(r"(?P<month>\d{1,2})[-/.月](?P<day>\d{1,2})[日号]?(?P<rest>.*)", re.DOTALL)
_HOUR = re.compile(
    r"[ T]*(?P<hour>\d{1,2})[:时点](?P<minute>\d{1,2})?(?:[:分](?P<second>\d{1,2})(?:\.\d+)?)?[分秒]?"
)
_COMPACT_HOUR = re.compile(r"(?P<hour>\d\d)(?P<minute>\d\d)(?P<second>\d\d)")
_TAG = re.compile(r"</?[A-Za-z!][^<>]*>")


class CellError(Exception):
    """A cell does not say what its column should: a sentence for people, a code for programs."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.message = message
        self.code = code


def says_nothing(text: str) -> bool:
    """Whether a cell is empty, or holds one of the signs that people put into empty cells."""
    return normalize("NFKC", text).strip().casefold() in _NOTHING


def refuse_markup(text: str) -> None:
    """Raises CellError (`markup`) where a name holds tags of a web page, by mistake or on purpose."""
    if found := _TAG.search(text):
        raise CellError(_("名称中夹有网页代码「%(tag)s」,请删去。") % {"tag": found[0][:40]}, "markup")


def read_money(text: str, factor: int = 1) -> Amount:
    """The amount in a cell whose column counts in `factor` yuan, unless the cell itself says 元 or 万.

    Raises CellError.
    """
    try:
        amount = read_amount(text)
        if factor == 1 or amount.value is None or _SAYS_ITS_UNIT.search(normalize("NFKC", text)):
            return amount
        return replace(
            amount,
            value=amount.value * factor,
            upper=None if amount.upper is None else amount.upper * factor,
        )
    except FigureError as error:
        raise CellError(error.message, error.code) from error


def read_quantity(text: str) -> tuple[Decimal, Bound, str]:
    """How many, how exactly, and the unit that stands in the same cell ("" if none). Raises CellError."""
    stripped = normalize("NFKC", text).strip()
    if stripped.startswith("-"):
        raise CellError(_("数量不能为负。"), "negative")
    figures = find_figures(stripped)
    if len(figures) != 1 or figures[0].value is None:
        raise CellError(_("「%(text)s」不是一个数量。") % {"text": text[:40]}, "not_a_quantity")
    figure = figures[0]
    if figure.kind is FigureKind.MONEY or figure.start > 1 or len(stripped) - figure.end > 8:
        raise CellError(_("「%(text)s」不是一个数量。") % {"text": text[:40]}, "not_a_quantity")
    unit = figure.unit or stripped[figure.end :].strip(" ()")
    return figure.value or Decimal(0), figure.bound or Bound.EXACT, unit


def read_moment(text: str, started_on: date, hour: str = "") -> datetime:
    """A day in China, with its hour where the cell (or the cell `hour` beside it) tells one.

    A day without a year is that of the twelve months around the response that began on `started_on`.
    Raises CellError (`not_a_day`).
    """
    folded = normalize("NFKC", text).strip()
    wrong = CellError(_("「%(text)s」不是日期,请写成 2020-02-10。") % {"text": text[:40]}, "not_a_day")
    found = _DAY.fullmatch(folded) or _COMPACT_DAY.fullmatch(folded) or _SHORT_DAY.fullmatch(folded)
    if found is None:
        raise wrong
    parts = found.groupdict()
    try:
        if "year" in parts:
            day = date(int(parts["year"]), int(parts["month"]), int(parts["day"]))
        else:
            day = _nearest(started_on, int(parts["month"]), int(parts["day"]))
        clock = _hour(parts["rest"].strip() or hour.strip())
    except ValueError as error:
        raise wrong from error
    return timezone.make_aware(datetime.combine(day, clock))


def read_day(text: str, started_on: date) -> date:
    """As `read_moment`, for a cell that holds a day alone."""
    return timezone.localdate(read_moment(text, started_on))


def _nearest(started_on: date, month: int, day: int) -> date:
    """The day of the year that begins two months before the response."""
    first = started_on - timedelta(days=61)
    for year in (first.year, first.year + 1):
        if (found := date(year, month, day)) >= first:
            return found
    raise ValueError("no such day")


def _hour(text: str) -> time:
    if not text:
        return time(0)
    found = _HOUR.fullmatch(text) or _COMPACT_HOUR.fullmatch(text)
    if found is None:
        # A weekday or a remark behind the day says nothing about the hour.
        if any(sign.isdigit() for sign in text):
            raise ValueError(text)
        return time(0)
    return time(int(found["hour"]), int(found["minute"] or 0), int(found["second"] or 0))
