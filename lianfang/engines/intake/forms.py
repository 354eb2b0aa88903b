"""Slips that tell a gift label by label, one on a line.

捐赠单位:某公司
捐赠金额:20万元
受赠单位:某医院
"""

import re
from dataclasses import dataclass, field
from typing import Final

from lianfang.engines.intake.draft import Draft
from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.headers import Cell, Column, Header, column_of
from lianfang.engines.intake.notice import Notice
from lianfang.engines.intake.tables import read_cells

_LINE: Final = expression(
    r"^[ \t\d.、()*•·\-■●]*(?P<label>[\u4e00-\u9fff()/]{2,10})[ \t]*:[ \t]*(?P<value>[^\n]{1,80})$",
    re.MULTILINE,
)
_NEEDED: Final = frozenset((Column.MONEY, Column.ITEM, Column.VALUE))


@dataclass(slots=True)
class _Slip:
    columns: list[Column] = field(default_factory=list)
    cells: list[Cell] = field(default_factory=list)
    start: int = 0
    end: int = 0


def read_forms(notice: Notice) -> tuple[list[Draft], list[tuple[int, int]]]:
    """The records of all slips in the notice, and the stretches that they take up."""
    drafts: list[Draft] = []
    taken: list[tuple[int, int]] = []
    for slip in _slips(notice):
        if Column.DONOR not in slip.columns or not _NEEDED & set(slip.columns):
            continue
        header = Header(tuple(slip.columns))
        records = read_cells(slip.cells, header, notice.receiver, notice.original)
        if records:
            drafts.extend(records)
            taken.append((slip.start, slip.end))
    return drafts, taken


def _slips(notice: Notice) -> list[_Slip]:
    slips: list[_Slip] = []
    current: _Slip | None = None
    for match in _LINE.finditer(notice.text):
        column = column_of(match["label"])
        if column is None or column is Column.INDEX:
            continue
        near = current is not None and match.start() - current.end <= 60
        if current is None or not near or (column in current.columns and column is not Column.OTHER):
            current = _Slip(start=match.start())
            slips.append(current)
        first, last = match.span("value")
        current.columns.append(column)
        current.cells.append(Cell(notice.original[first:last].strip(), first))
        current.end = match.end()
    return slips
