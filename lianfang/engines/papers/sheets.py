"""Tables out: xlsx for people, csv for programs and for people.

A text is written as a text: a cell that begins with `=` is never a formula in the reader's program.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from lianfang.engines.papers.cleaning import clean_text
from lianfang.engines.papers.errors import PaperError

Cell = str | int | float | Decimal | date | datetime | None
"""What a cell may hold; None is an empty cell. A datetime must be naive local time: sheets know no zones."""

MOST_ROWS = 1_048_576
MOST_COLUMNS = 16_384
LONGEST_TEXT = 32_767
"""Limits of the xlsx format."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet: a header row, and rows as wide as the header or narrower.

    `widths` are column widths in characters (0 = by the content); `caption` is a line above the header.
    """

    name: str
    header: Sequence[str]
    rows: Iterable[Sequence[Cell]]
    widths: Sequence[float] = ()
    caption: str = ""


def xlsx(sheets: Sequence[Sheet]) -> bytes:
    """An xlsx workbook with the sheets in their order, header frozen, filtered and repeated in print.

    Numbers that a sheet would round (over 15 digits: ID and account numbers) are written as texts.
    Raises PaperError: `row_too_wide`, `sheet_too_large`, `cell_too_long`.
    """
    import xlsxwriter

    out = io.BytesIO()
    book = xlsxwriter.Workbook(
        out, {"in_memory": True, "strings_to_urls": False, "strings_to_formulas": False}
    )
    formats = {
        "caption": book.add_format({"bold": True, "font_size": 14}),
        "header": book.add_format({"bold": True, "bg_color": "#F2F2F2", "border": 1, "text_wrap": True}),
        "text": book.add_format({"num_format": "@", "valign": "top", "text_wrap": True}),
        "number": book.add_format({"num_format": "#,##0.##", "valign": "top"}),
        "whole": book.add_format({"num_format": "#,##0", "valign": "top"}),
        "date": book.add_format({"num_format": "yyyy-mm-dd", "valign": "top"}),
        "moment": book.add_format({"num_format": "yyyy-mm-dd hh:mm", "valign": "top"}),
    }
    taken: set[str] = set()
    for sheet in sheets:
        _write_sheet(book.add_worksheet(_sheet_name(sheet.name, taken)), sheet, formats)
    book.close()
    return out.getvalue()


def csv_bytes(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """A csv in UTF-8 with a byte order mark (spreadsheet programs need it to see Chinese), lines end in CRLF.

    Texts that a spreadsheet would run as a formula get a leading apostrophe (see `guarded`).
    Raises PaperError(`row_too_wide`).
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow([guarded(clean_text(title)) for title in header])
    for number, row in enumerate(rows, start=1):
        _check_width(row, header, number)
        writer.writerow([_csv_text(cell) for cell in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode()


def guarded(text: str) -> str:
    """`text` with an apostrophe before it where a spreadsheet would read a formula.

    A formula begins with = + - @ (also in full width), after blanks, a tab or a line break.
    Source: OWASP, CSV Injection.
    """
    return f"'{text}" if text.lstrip()[:1] in _FORMULA_SIGNS or text.startswith(("\t", "\r", "\n")) else text


_FORMULA_SIGNS = frozenset("=+-@＝＋－＠")


def _csv_text(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, str):
        return guarded(clean_text(cell))
    if isinstance(cell, Decimal):
        return format(cell, "f")
    if isinstance(cell, datetime):
        return cell.isoformat(sep=" ", timespec="seconds")
    return cell.isoformat() if isinstance(cell, date) else str(cell)


def _write_sheet(page: Any, sheet: Sheet, formats: dict[str, Any]) -> None:
    first = 0
    if sheet.caption:
        page.write_string(0, 0, _fitting_text(sheet.caption, 0, 0), formats["caption"])
        first = 1
    widest = [_shown_width(title) for title in sheet.header]
    for column, title in enumerate(sheet.header):
        page.write_string(first, column, _fitting_text(title, first, column), formats["header"])
    last = first
    for number, row in enumerate(sheet.rows, start=1):
        _check_width(row, sheet.header, number)
        last = first + number
        if last >= MOST_ROWS:
            raise PaperError("sheet_too_large", f"表“{sheet.name}”超过 {MOST_ROWS:,} 行，请分成几张表导出。")
        for column, cell in enumerate(row):
            _write_cell(page, last, column, cell, formats)
            widest[column] = max(widest[column], _shown_width(cell))
    for column, width in enumerate(widest):
        given = sheet.widths[column] if column < len(sheet.widths) else 0
        page.set_column(column, column, given or min(60, width + 2))
    page.freeze_panes(first + 1, 0)
    page.repeat_rows(first)
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.set_footer("&C第 &P 页　共 &N 页")
    if sheet.header:
        page.autofilter(first, 0, last, len(sheet.header) - 1)


def _write_cell(page: Any, row: int, column: int, cell: Cell, formats: dict[str, Any]) -> None:
    if cell is None or cell == "":
        return
    if isinstance(cell, str):
        page.write_string(row, column, _fitting_text(cell, row, column), formats["text"])
    elif isinstance(cell, datetime):
        page.write_datetime(row, column, cell.replace(tzinfo=None), formats["moment"])
    elif isinstance(cell, date):
        page.write_datetime(row, column, datetime(cell.year, cell.month, cell.day), formats["date"])
    elif isinstance(cell, bool):
        page.write_string(row, column, "是" if cell else "否", formats["text"])
    elif _is_exact_in_a_sheet(cell):
        page.write_number(row, column, cell, formats["whole" if cell == int(cell) else "number"])
    else:
        page.write_string(row, column, str(cell), formats["text"])


def _is_exact_in_a_sheet(number: int | float | Decimal) -> bool:
    """Sheets keep 15 significant digits; infinity and NaN have no cell."""
    if isinstance(number, float):
        return number == number and abs(number) != float("inf")
    if isinstance(number, Decimal):
        return number.is_finite() and len(number.as_tuple().digits) <= 15
    return abs(number) < 10**15


def _fitting_text(text: str, row: int, column: int) -> str:
    cleaned = clean_text(text)
    if len(cleaned) > LONGEST_TEXT:
        raise PaperError(
            "cell_too_long",
            f"第 {row + 1} 行第 {column + 1} 列有 {len(cleaned):,} 个字，"
            f"超过单元格的上限 {LONGEST_TEXT:,} 个字。",
        )
    return cleaned


def _check_width(row: Sequence[Cell], header: Sequence[str], number: int) -> None:
    if len(row) > len(header) or len(header) > MOST_COLUMNS:
        raise PaperError("row_too_wide", f"第 {number} 行有 {len(row)} 列，表头只有 {len(header)} 列。")


def _shown_width(cell: Cell) -> float:
    """Width in Latin characters; a Chinese character counts two."""
    if isinstance(cell, datetime):
        return 16
    if isinstance(cell, date):
        return 10
    longest = max(str("" if cell is None else cell).split("\n"), key=len)[:60]
    return sum(2 if ord(sign) >= 0x2E80 else 1 for sign in longest)


def _sheet_name(name: str, taken: set[str]) -> str:
    """A name that xlsx allows: at most 31 characters, none of []:*?/\\, no apostrophe at an end, unique."""
    allowed = "".join("_" if sign in "[]:*?/\\" else sign for sign in clean_text(name).replace("\n", " "))
    allowed = allowed.strip().strip("'")[:31] or "表"
    unique, number = allowed, 2
    while unique.casefold() in taken or unique.casefold() == "history":
        ending = f"_{number}"
        unique, number = allowed[: 31 - len(ending)] + ending, number + 1
    taken.add(unique.casefold())
    return unique
