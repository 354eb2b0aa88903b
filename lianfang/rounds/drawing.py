"""A place drawn by its clocks: floors × stairwells, each with the time that is left, or gone over.

A place may have thousands of spots: a row is put together here, not cell by cell in a template.
"""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta

from django.utils.html import format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from lianfang.rounds.queries.coverage import Cell, HousePicture, Light

MOST_DAYS = 99


def drawn_houses(
    houses: Sequence[HousePicture], at: datetime
) -> list[tuple[HousePicture, list[tuple[str, SafeString]]]]:
    """Each house with its rows from the top floor down: the floor, and its cells."""
    say = speaking(at)
    return [(house, [(floor, _row(cells, say)) for floor, cells in house.rows]) for house in houses]


def drawn_spots(cells: Sequence[Cell], at: datetime) -> SafeString:
    """The spots that stand alone."""
    say = speaking(at)
    return format_html_join(
        "",
        '<li class="light light-{}">{} <b>{}</b></li>',
        ((cell.light or "none", cell.label, say(cell)) for cell in cells),
    )


def speaking(at: datetime) -> Callable[[Cell], str]:
    """How a cell is told: 剩3时, 超5时, 未做."""
    over, left, never = _("超%s"), _("剩%s"), _("未做")
    minutes, hours, days = _("%d分"), _("%d时"), _("%d天")

    def length(span: timedelta) -> str:
        number = int(span.total_seconds()) // 60
        if number < 60:
            return minutes % number
        return hours % (number // 60) if number < 60 * 48 else days % min(number // 1440, MOST_DAYS)

    def say(cell: Cell) -> str:
        clock = cell.clock
        if clock is None:
            return "—"
        if clock.light is not Light.OVERDUE:
            return left % length(clock.due_at - at)
        return never if clock.last is None else over % length(at - clock.due_at)

    return say


def _row(cells: Sequence[Cell], say: Callable[[Cell], str]) -> SafeString:
    return format_html_join(
        "", '<td class="light light-{}">{}</td>', ((cell.light or "none", say(cell)) for cell in cells)
    )
