"""Sheets of a register (登记表): A4 landscape, so many rows a sheet, blank or filled.

Header 单位(盖章), 日期, 第 页; footer 填表人, 审核人, 值班人, as offices expect them.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from lianfang.engines.papers.notice import Column
from lianfang.engines.papers.pdf import TEMPLATES, typeset


@dataclass(frozen=True, slots=True)
class RegisterSheet:
    """One sheet. Fewer `rows` than the sheet has leave the rest blank for the pen.

    `unit` and `day` are left for the pen where they are empty; `number` is the sheet's own; `page` is
    written after 第, with `pages` where it is known.
    """

    rows: Sequence[Sequence[str]] = ()
    unit: str = ""
    post: str = ""
    """The gate, below the title."""
    day: str = ""
    number: str = ""
    page: str = ""


def register_pdf(
    title: str,
    columns: Sequence[Column],
    sheets: Sequence[RegisterSheet],
    *,
    rows_a_sheet: int = 20,
    remark: str = "",
    made_at: datetime | None = None,
) -> bytes:
    """The sheets as one PDF, a page each. `remark` stands small at the foot. Raises PaperError."""
    data = {
        "title": title,
        "columns": [
            {"title": column.title, "width": column.width, "align": column.align} for column in columns
        ],
        "rows_a_sheet": rows_a_sheet,
        "remark": remark,
        "sheets": [
            {
                "rows": [list(row) for row in sheet.rows],
                "unit": sheet.unit,
                "post": sheet.post,
                "day": sheet.day,
                "number": sheet.number,
                "page": sheet.page,
            }
            for sheet in sheets
        ],
    }
    return typeset(TEMPLATES / "register.typ", data, made_at=made_at)
