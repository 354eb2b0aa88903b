"""csv and tsv, and texts that are tables: the delimiter is found, not asked for."""

from __future__ import annotations

import csv
import io
from collections import Counter

from lianfang.engines.intake.sources.errors import SourceError
from lianfang.engines.intake.sources.source import Limits, Table, table_of

_DELIMITERS = ("\t", ",", ";", "|", "，")
_SAMPLE_LINES = 400


def delimited_table(text: str, limits: Limits, *, name: str = "") -> Table | None:
    """The table that `text` is, or None where it is running text.

    A text is a table when most of its lines have the same number of two or more columns; lines before the
    header and after the last row (as payment apps write them) may differ.
    Raises SourceError: `too_many_rows`, `too_many_columns`.
    """
    lines = [line for line in text.split("\n")[:_SAMPLE_LINES] if line.strip()]
    delimiter = _delimiter(lines)
    if delimiter is None:
        return None
    rows: list[list[str]] = []
    for row in _rows(text, delimiter):
        if not any(row):
            continue
        rows.append(row)
        _check(rows, limits)
    return table_of(name, rows)


def _delimiter(lines: list[str]) -> str | None:
    best, best_share = None, 0.6
    for delimiter in _DELIMITERS:
        share = _share_of_equal_rows(lines, delimiter)
        if share > best_share:
            best, best_share = delimiter, share
    return best


def _share_of_equal_rows(lines: list[str], delimiter: str) -> float:
    """Share of the lines in the commonest column count; 0 where that is one column or one line."""
    rows = [row for row in _rows("\n".join(lines), delimiter) if row]
    counts = Counter(len(row) for row in rows)
    if not counts:
        return 0
    columns, times = max(counts.items(), key=lambda pair: (pair[0] > 1, pair[1], pair[0]))
    if columns < 2 or times < 2 or _reads_like_prose(rows, columns, delimiter):
        return 0
    return times / len(rows)


def _reads_like_prose(rows: list[list[str]], columns: int, delimiter: str) -> bool:
    """Sentences parted by commas are not a table: their parts are long and end with a full stop."""
    cells = [cell for row in rows if len(row) == columns for cell in row]
    endings = sum(cell.rstrip().endswith(("。", "！", "；", "？")) for cell in cells)
    mean = sum(map(len, cells)) / len(cells)
    return (
        endings * 3 > len(rows) or (delimiter in ",，" and mean > 25) or (delimiter == "，" and columns < 3)
    )


def _rows(text: str, delimiter: str) -> list[list[str]]:
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    try:
        rows = [[_unwrapped(cell) for cell in row] for row in reader]
    except csv.Error:
        return _rows_of_lines(text, delimiter)
    swallowed = any(cell.count("\n") > _MOST_LINES_IN_A_CELL for row in rows for cell in row)
    return _rows_of_lines(text, delimiter) if swallowed else rows


_MOST_LINES_IN_A_CELL = 20
"""More lines in one cell come from a quote that is never closed: then quotes are plain characters."""


def _rows_of_lines(text: str, delimiter: str) -> list[list[str]]:
    return [[_unwrapped(cell) for cell in line.split(delimiter)] for line in text.split("\n")]


def _unwrapped(cell: str) -> str:
    """Banks write ="6222…" so that a spreadsheet keeps all digits of an account number."""
    cell = cell.strip()
    return cell[2:-1] if cell.startswith('="') and cell.endswith('"') and len(cell) > 2 else cell


def _check(rows: list[list[str]], limits: Limits) -> None:
    if len(rows) > limits.rows:
        raise SourceError("too_many_rows", f"表格超过 {limits.rows:,} 行，请分成几个文件上传。")
    if len(rows[-1]) > limits.columns:
        raise SourceError(
            "too_many_columns",
            f"表格第 {len(rows)} 行有 {len(rows[-1]):,} 列，超过上限 {limits.columns} 列。",
        )
