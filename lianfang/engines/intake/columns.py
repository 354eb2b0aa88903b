"""Tables that lost their lines: every cell stands on a line of its own, the header's cells first."""

import re
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Final

from lianfang.engines.intake.draft import Draft
from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.headers import Cell, Column, Header, column_of, read_header
from lianfang.engines.intake.normal import normal
from lianfang.engines.intake.notice import Notice
from lianfang.engines.intake.tables import read_cells

_LONGEST_CELL: Final = 60
_WIDEST: Final = 9
_SUM: Final = expression(
    r"(?:现金|捐款|物资|资金|善款|物资折价|本期)?(?:合计|总计|共计|小计|折价合计)$|^(?:合计|总计|小计)"
)


@dataclass(slots=True)
class Columns:
    """The part of a notice that is such a table, and the records in it."""

    start: int
    end: int
    drafts: list[Draft] = field(default_factory=list)
    taken: bool = False


def read_columns(notice: Notice) -> Columns | None:
    """The first such table of the notice; None where there is none."""
    lines = [match.span() for match in re.finditer(r"[^\n]+", notice.text) if match.group().strip()]
    for index, (start, end) in enumerate(lines):
        if end - start > 20 or index + 4 > len(lines):
            continue
        found = _header_at(notice, lines, index)
        if found is None:
            continue
        header, width = found
        unit = re.findall(r"单位\s*:\s*(?:人民币)?(万)?元", notice.text[:start])
        if unit and unit[-1]:
            header = header.per(Decimal(10000))
        return _read_rows(notice, header, lines, index, width)
    return None


def _header_at(notice: Notice, lines: list[tuple[int, int]], index: int) -> tuple[Header, int] | None:
    best: tuple[Header, int] | None = None
    if column_of(notice.text[slice(*lines[index])]) is None:
        return None
    for width in range(2, _WIDEST + 1):
        cells = [notice.text[start:end].strip() for start, end in lines[index : index + width]]
        if len(cells) < width or any(len(cell) > 16 or _MORE_THAN_A_LABEL.search(cell) for cell in cells):
            break
        header = read_header(cells, of_one_line=False)
        if header is not None:
            best = (header, width)
    return best


_MORE_THAN_A_LABEL: Final = expression(r"[\s|,。:]")


def _read_rows(
    notice: Notice, header: Header, lines: list[tuple[int, int]], index: int, width: int
) -> Columns:
    found = Columns(lines[index][0], lines[index + width - 1][1])
    place = index + width
    while place < len(lines):
        words = notice.text[slice(*lines[place])].strip()
        if len(words) > _LONGEST_CELL or re.search(r"[。:]$", words):
            break
        if _SUM.search(words) and place + 1 < len(lines):
            cells = [_cell(notice, lines[place]), _cell(notice, lines[place + 1])]
            found.drafts.extend(_sum(notice, cells, header))
            place += 2
            found.end = lines[place - 1][1]
            continue
        row = lines[place : place + width]
        if len(row) < width or any(end - start > _LONGEST_CELL for start, end in row):
            break
        cells = [_cell(notice, span) for span in row]
        records = read_cells(cells, header, notice.receiver, notice.original)
        if not records:
            break
        found.drafts.extend(records)
        place += width
        found.end = row[-1][1]
    return found


def _cell(notice: Notice, span: tuple[int, int]) -> Cell:
    raw = notice.original[span[0] : span[1]]
    left = len(raw) - len(raw.lstrip())
    return Cell(raw.strip(), span[0] + left)


def _sum(notice: Notice, cells: list[Cell], header: Header) -> list[Draft]:
    words = normal(cells[0].text)
    column = Column.VALUE if re.search(r"物资|物品|折价", words) else Column.MONEY
    named = Cell("合计", cells[0].start)
    records = (
        read_cells(
            [named, cells[1]],
            Header((Column.DONOR, column), header.yuan_per_unit, header.value_per_unit),
            notice.receiver,
            notice.original,
        )
        or []
    )
    for record in records:
        record.start = cells[0].start
        if column is Column.VALUE:
            record.item = "物资" if "物资" in words else None
    return records
