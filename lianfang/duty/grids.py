"""Shift grids (班次) of any shape, also across midnight: the usual ones, and those that people type."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

LONGEST = 24 * 60
MOST_SHIFTS = 12


@dataclass(frozen=True, slots=True)
class Shift:
    """A span of duty that begins on a day; it may end on the next."""

    name: str
    starts: time
    minutes: int

    @property
    def ends(self) -> time:
        return (datetime.combine(date(2020, 1, 1), self.starts) + timedelta(minutes=self.minutes)).time()

    @property
    def span(self) -> str:
        return f"{_hour(self.starts)}–{_hour(self.ends)}"

    def as_data(self) -> dict[str, Any]:
        return {"name": self.name, "starts": self.starts.strftime("%H:%M"), "minutes": self.minutes}

    @classmethod
    def of(cls, data: dict[str, Any]) -> "Shift":
        return cls(data["name"], time.fromisoformat(data["starts"]), data["minutes"])


@dataclass(frozen=True, slots=True)
class Grid:
    code: str
    title: "str | StrPromise"
    shifts: tuple[Shift, ...]


def _even(names: str, hours: int) -> tuple[Shift, ...]:
    return tuple(
        Shift(name, time((8 + number * hours) % 24), hours * 60) for number, name in enumerate(names.split())
    )


GRIDS = [
    Grid("three", _("三班,每班8小时(8–16、16–24、0–8)"), _even("早班 中班 夜班", 8)),
    Grid("two", _("两班,每班12小时(8–20、20–8)"), _even("白班 夜班", 12)),
    Grid("one", _("一班,24小时(8点换班)"), _even("全天", 24)),
    Grid("six", _("六班,每班4小时(天冷时)"), _even("一班 二班 三班 四班 五班 六班", 4)),
    Grid(
        "twelve",
        _("十二班,每班2小时(极冷时)"),
        _even("一班 二班 三班 四班 五班 六班 七班 八班 九班 十班 十一班 十二班", 2),
    ),
]
GRID_OF = {grid.code: grid for grid in GRIDS}


def read_shifts(text: str) -> list[Shift]:
    """Shifts typed one a line: 早班 8:00-16:00. The end may be on the next day.

    Raises ValidationError, naming the line.
    """
    shifts: list[Shift] = []
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip():
            continue
        found = _LINE.fullmatch(line.strip().replace("\uff1a", ":"))
        if not found:
            raise _fault(number, _("第 %d 行请写成:早班 8:00-16:00"), "shift_unreadable")
        name, begin, end = found.groups()
        starts, ends = _minutes(begin, number), _minutes(end, number)
        # A span such as 8:00-38:00 is one of thirty hours.
        length = ends - starts if ends > starts else ends + LONGEST - starts
        if length > LONGEST:
            raise _fault(number, _("第 %d 行的班次超过24小时,请拆成几班。"), "shift_too_long")
        if starts >= LONGEST:
            raise _fault(number, _("第 %d 行请写成:早班 8:00-16:00"), "shift_unreadable")
        if any(shift.name == name for shift in shifts):
            raise _fault(number, _("第 %d 行的班次名已用过。"), "shift_twice")
        shifts.append(Shift(name, time(starts // 60, starts % 60), length))
    if not shifts:
        raise ValidationError(_("请写至少一个班次。"), code="required")
    if len(shifts) > MOST_SHIFTS:
        raise ValidationError(_("一天最多12班。"), code="too_many_shifts")
    return shifts


def shifts_text(shifts: Iterable[Shift]) -> str:
    """Shifts as they may be typed again."""
    return "\n".join(f"{one.name} {one.starts:%H:%M}-{one.ends:%H:%M}" for one in shifts)


_LINE = re.compile(r"(\S{1,10}?)\s*(\d{1,2}(?::\d{2})?)\s*(?:-|–|—|~|至|到)\s*(\d{1,2}(?::\d{2})?)")


def _minutes(typed: str, line: int) -> int:
    hour, _colon, minute = typed.partition(":")
    if int(minute or 0) > 59:
        raise _fault(line, _("第 %d 行请写成:早班 8:00-16:00"), "shift_unreadable")
    return int(hour) * 60 + int(minute or 0)


def _fault(line: int, sentence: "StrPromise", code: str) -> ValidationError:
    return ValidationError(sentence % line, code=code)


def _hour(at: time) -> str:
    return f"{at.hour}:{at.minute:02}" if at.minute else str(at.hour)
