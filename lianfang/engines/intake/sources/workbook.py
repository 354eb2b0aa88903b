"""xlsx, xlsm and old xls workbooks: values by calamine, everything else that matters by a scan of the XML.

calamine gives values; it does not say which come from formulas, which rows are hidden, or that a number is
shown as "10万元" only through its format. Those are read here, before it runs, and so are the bounds: two
cells in opposite corners of a sheet would otherwise fill the memory.
"""

from __future__ import annotations

import io
import posixpath
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from xml.parsers import expat

from lianfang.engines.intake.sources.archive import member_bytes, open_archive
from lianfang.engines.intake.sources.errors import SourceError
from lianfang.engines.intake.sources.number_format import number_in_format, says_more_than_digits
from lianfang.engines.intake.sources.source import (
    Kind,
    Limits,
    Merge,
    Remark,
    Source,
    Table,
    lines_of,
    table_of,
)

Position = tuple[int, int]


def read_workbook(data: bytes, limits: Limits) -> Source:
    """All sheets of an xlsx or xlsm, hidden ones too (a warning names them).

    Of a formula the value that was stored with it is taken. Numbers keep all their digits, without the
    separators and rounding of their format, but with its words: 10 shown as "10万元" is read so.
    Raises SourceError: as `open_archive`, and `broken_file`, `too_many_rows`, `too_many_columns`,
    `too_many_cells`.
    """
    archive = open_archive(data, limits)
    parts = _sheet_parts(archive)
    formats = _Formats.of(
        member_bytes(archive, "xl/styles.xml") if "xl/styles.xml" in archive.namelist() else b""
    )
    scans: dict[str, _Scan] = {}
    for name, part in parts.items():
        scan = _Scan(formats)
        _parse(member_bytes(archive, part), scan.start, scan.text, scan.end)
        _check_bounds(name, scan.last_row - scan.first_row + 1, scan.last_column + 1, limits)
        scans[name] = scan
    return _source(data, scans, limits)


def read_old_workbook(data: bytes, limits: Limits) -> Source:
    """All sheets of an xls (BIFF). A warning says that formulas, formats and hidden rows are not told."""
    source = _source(data, {}, limits)
    remark = Remark(
        "old_workbook", "旧式 xls 表格：公式、隐藏行和单位格式无法辨认，请核对；最好另存为 xlsx。"
    )
    return Source(source.kind, source.text, source.tables, warnings=(remark, *source.warnings))


def _source(data: bytes, scans: dict[str, _Scan], limits: Limits) -> Source:
    book = _opened(data)
    tables: list[Table] = []
    remarks: list[Remark] = []
    cells = 0
    for sheet_facts in book.sheets_metadata:
        sheet = _sheet(book, sheet_facts.name)
        if sheet is None:
            continue
        _check_bounds(sheet.name, sheet.total_height, sheet.total_width, limits)
        scan = scans.get(sheet.name)
        rows = [list(row) for row in sheet.to_python(skip_empty_area=False)]
        cells += sum(map(len, rows))
        if cells > limits.cells:
            raise SourceError("too_many_cells", f"工作簿超过 {limits.cells:,} 个单元格，请分成几个文件上传。")
        remarks += _sheet_remarks(sheet.name, str(sheet_facts.visible), rows, scan)
        merges = tuple(
            Merge(*first, *last) for first, last in (sheet.merged_cell_ranges or ()) if first[0] < len(rows)
        )
        if merges:
            remarks.append(
                Remark("merged_cells", f"表“{sheet.name}”有 {len(merges)} 处合并单元格，只在左上角读到内容。")
            )
        texts = _texts(rows, scan)
        if any(any(row) for row in texts):
            tables.append(table_of(sheet.name, texts, merges))
    text = "\n\n".join(filter(None, map(lines_of, tables)))
    return Source(Kind.WORKBOOK, text, tuple(tables), warnings=tuple(remarks))


def _opened(data: bytes) -> Any:
    from python_calamine import CalamineError, CalamineWorkbook

    try:
        return CalamineWorkbook.from_filelike(io.BytesIO(data))
    except (CalamineError, OSError, ValueError) as broken:
        raise _broken() from broken
    except BaseException as panic:
        _raise_if_not_panic(panic)
        raise _broken() from panic


def _sheet(book: Any, name: str) -> Any:
    """The sheet; None for a chart or a macro sheet."""
    from python_calamine import CalamineError

    try:
        return book.get_sheet_by_name(name)
    except CalamineError:
        return None
    except BaseException as panic:
        _raise_if_not_panic(panic)
        raise _broken() from panic


def _raise_if_not_panic(caught: BaseException) -> None:
    """A damaged file can make the Rust reader panic, which reaches Python as a BaseException."""
    if type(caught).__name__ != "PanicException":
        raise caught


def _broken() -> SourceError:
    return SourceError("broken_file", "表格文件已损坏，无法打开。请用原来的软件重新保存后再上传。")


def _check_bounds(name: str, rows: int, columns: int, limits: Limits) -> None:
    if rows > limits.rows:
        raise SourceError(
            "too_many_rows", f"表“{name}”有 {rows:,} 行，超过上限 {limits.rows:,} 行，请分成几个文件上传。"
        )
    if columns > limits.columns:
        raise SourceError(
            "too_many_columns", f"表“{name}”有 {columns:,} 列，超过上限 {limits.columns} 列，请删去多余的列。"
        )
    if rows * columns > limits.cells:
        raise SourceError(
            "too_many_cells", f"表“{name}”有 {rows:,} 行 {columns:,} 列，单元格超过上限 {limits.cells:,} 个。"
        )


def _sheet_remarks(name: str, visible: str, rows: list[list[Any]], scan: _Scan | None) -> list[Remark]:
    remarks = []
    if not visible.endswith("Visible"):
        remarks.append(Remark("hidden_sheet", f"表“{name}”是隐藏的，也已读入。"))
    if scan is None:
        return remarks
    if scan.formulas:
        remarks.append(
            Remark(
                "formula_values",
                f"表“{name}”有 {len(scan.formulas)} 个公式单元格（{_places(scan.formulas)}），"
                "读入的是上次保存的结果。",
            )
        )
    empty = [place for place in scan.formulas if place not in scan.filled]
    if empty:
        remarks.append(
            Remark(
                "formula_without_value",
                f"表“{name}”有公式没有保存结果（{_places(empty)}），按空白读入，请打开原表保存一次。",
            )
        )
    if scan.errors:
        remarks.append(
            Remark("error_cells", f"表“{name}”有出错的单元格（{_places(scan.errors)}），按空白读入。")
        )
    if scan.hidden_rows:
        remarks.append(Remark("hidden_rows", f"表“{name}”有 {scan.hidden_rows} 个隐藏行，也已读入。"))
    rounded = [
        (row, column)
        for row, cells in enumerate(rows)
        for column, value in enumerate(cells)
        if isinstance(value, float) and abs(value) >= 1e15
    ]
    if rounded:
        remarks.append(
            Remark(
                "long_numbers",
                f"表“{name}”有超过 15 位的数字（{_places(rounded)}），表格软件只保留前 15 位，请核对。",
            )
        )
    return remarks


def _places(positions: Iterable[Position]) -> str:
    shown = [f"{_letters(column)}{row + 1}" for row, column in sorted(positions)]
    return "、".join(shown[:5]) + (" 等" if len(shown) > 5 else "")


def _letters(column: int) -> str:
    letters, rest = "", column + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        letters = chr(ord("A") + digit) + letters
    return letters


def _texts(rows: list[list[Any]], scan: _Scan | None) -> list[list[str]]:
    formats = scan.formatted if scan else {}
    return [
        [_shown(value, formats.get((row, column), "")) for column, value in enumerate(cells)]
        for row, cells in enumerate(rows)
    ]


def _shown(value: Any, number_format: str) -> str:
    if isinstance(value, str):
        return value.replace("\r\n", "\n").strip()
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, int | float):
        return number_in_format(Decimal(format(value, ".15g")), number_format)
    if isinstance(value, datetime):
        return value.isoformat(sep=" ", timespec="seconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        seconds = round(value.total_seconds())
        return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
    return "" if value is None else str(value)


def _sheet_parts(archive: Any) -> dict[str, str]:
    """Sheet name → part of the archive, through the relationships of the workbook."""
    targets: dict[str, str] = {}
    sheets: list[tuple[str, str]] = []

    def relation(tag: str, attributes: dict[str, str]) -> None:
        if tag == "Relationship" and attributes.get("TargetMode") != "External":
            target = attributes.get("Target", "")
            targets[attributes.get("Id", "")] = posixpath.normpath(posixpath.join("/xl", target)).lstrip("/")

    def sheet(tag: str, attributes: dict[str, str]) -> None:
        if tag == "sheet":
            key = next(
                (
                    value
                    for name, value in attributes.items()
                    if name.endswith(("id", "}id")) and name != "sheetId"
                ),
                "",
            )
            sheets.append((attributes.get("name", ""), key))

    _parse(member_bytes(archive, "xl/_rels/workbook.xml.rels"), relation)
    _parse(member_bytes(archive, "xl/workbook.xml"), sheet)
    present = set(archive.namelist())
    return {name: targets[key] for name, key in sheets if targets.get(key) in present}


@dataclass(slots=True)
class _Formats:
    """Number formats by style index (`cellXfs`), only those that say more than digits."""

    by_style: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, styles: bytes) -> _Formats:
        made = cls()
        codes: dict[str, str] = {"9": "0%", "10": "0.00%"}
        open_tags: list[str] = []
        used: list[str] = []

        def start(tag: str, attributes: dict[str, str]) -> None:
            open_tags.append(tag)
            if tag == "numFmt":
                codes[attributes.get("numFmtId", "")] = attributes.get("formatCode", "")
            elif tag == "xf" and "cellXfs" in open_tags:
                used.append(attributes.get("numFmtId", "0"))

        if styles:
            _parse(styles, start, None, lambda _tag: open_tags.pop())
        for style, number in enumerate(used):
            if says_more_than_digits(code := codes.get(number, "")):
                made.by_style[style] = code
        return made


class _Scan:
    """What one sheet's XML says beside its values."""

    def __init__(self, formats: _Formats) -> None:
        self.formulas: set[Position] = set()
        self.filled: set[Position] = set()
        self.errors: list[Position] = []
        self.formatted: dict[Position, str] = {}
        self.hidden_rows = 0
        self.first_row, self.last_row, self.last_column = 0, -1, -1
        self._formats = formats.by_style
        self._row, self._column = -1, -1
        self._format = ""
        self._is_error = False
        self._in_value = False

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        if tag == "c":
            self._start_cell(attributes)
        elif tag == "row":
            self._row = int(attributes.get("r", self._row + 2)) - 1
            self._column = -1
            self.hidden_rows += attributes.get("hidden") in {"1", "true"}
        elif tag in {"v", "t"}:
            self._in_value = True
        elif tag == "f":
            self.formulas.add((self._row, self._column))

    def text(self, text: str) -> None:
        if self._in_value and text:
            self._note_value()

    def end(self, tag: str) -> None:
        if tag in {"v", "t"}:
            self._in_value = False

    def _start_cell(self, attributes: dict[str, str]) -> None:
        reference = attributes.get("r")
        self._column = self._column + 1 if reference is None else _column_of(reference)
        self._format = self._formats.get(int(attributes.get("s", 0)), "") if self._formats else ""
        self._is_error = attributes.get("t") == "e"

    def _note_value(self) -> None:
        place = (self._row, self._column)
        self.last_row, self.last_column = max(self.last_row, place[0]), max(self.last_column, place[1])
        if place in self.formulas:
            self.filled.add(place)
        if self._format:
            self.formatted[place] = self._format
        if self._is_error and (not self.errors or self.errors[-1] != place):
            self.errors.append(place)


def _column_of(reference: str) -> int:
    column = 0
    for sign in reference:
        if not sign.isalpha():
            break
        column = column * 26 + (ord(sign.upper()) - ord("A") + 1)
    return column - 1


def _parse(xml: bytes, start: Any, text: Any = None, end: Any = None) -> None:
    """Runs `start(tag, attributes)`, `text(text)`, `end(tag)` over the XML; tags lose their namespace."""
    parser = expat.ParserCreate(namespace_separator="}")
    parser.buffer_text = True
    parser.StartElementHandler = lambda tag, attributes: start(tag.rpartition("}")[2], attributes)
    if text:
        parser.CharacterDataHandler = text
    if end:
        parser.EndElementHandler = lambda tag: end(tag.rpartition("}")[2])
    try:
        parser.Parse(xml, True)
    except (expat.ExpatError, ValueError, LookupError) as broken:
        raise _broken() from broken
