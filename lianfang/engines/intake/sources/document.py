"""docx: paragraphs and tables in their order, as a reader who accepts all changes sees them."""

from __future__ import annotations

from typing import Any

from lianfang.engines.intake.sources.archive import member_bytes, open_archive
from lianfang.engines.intake.sources.errors import SourceError
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

_W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_SIGNS = {f"{_W}tab": "\t", f"{_W}br": "\n", f"{_W}cr": "\n", f"{_W}noBreakHyphen": "-"}
_LEFT_OUT = {f"{_W}del", f"{_W}moveFrom", f"{_W}pPr", f"{_W}rPr", _FALLBACK}


def read_document(data: bytes, limits: Limits) -> Source:
    """The text of a docx, and its tables again.

    Inserted text counts, deleted text does not; a warning says where there were changes, pictures or notes.
    Raises SourceError: as `open_archive`, and `broken_file`, `too_many_rows`, `too_many_columns`.
    """
    archive = open_archive(data, limits)
    body = _body(member_bytes(archive, "word/document.xml"))
    tables: list[Table] = []
    parts: list[str] = []
    for block in _blocks(body):
        if block.tag == f"{_W}p":
            parts.append(_text(block))
        else:
            table = _table(block, f"第 {len(tables) + 1} 个表", limits)
            tables.append(table)
            parts.append(lines_of(table))
    text = "\n".join(part.rstrip() for part in parts).strip("\n")
    return Source(Kind.DOCUMENT, text, tuple(tables), warnings=_remarks(body, archive.namelist()))


def _body(xml: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    try:
        body = etree.fromstring(xml, parser).find(f"{_W}body")
    except (etree.XMLSyntaxError, ValueError, LookupError) as broken:
        raise SourceError(
            "broken_file", "文档已损坏，无法打开。请用 Word 或 WPS 重新保存后再上传。"
        ) from broken
    if body is None:
        raise SourceError("broken_file", "文档里没有正文。请用 Word 或 WPS 重新保存后再上传。")
    return body


def _blocks(parent: Any) -> list[Any]:
    """Paragraphs and tables in order, also those inside content controls."""
    found: list[Any] = []
    for child in parent:
        if child.tag in {f"{_W}p", f"{_W}tbl"}:
            found.append(child)
        elif child.tag in {f"{_W}sdt", f"{_W}sdtContent", f"{_W}customXml", f"{_W}ins"}:
            found += _blocks(child)
    return found


def _text(element: Any) -> str:
    if element.tag == f"{_W}t":
        return element.text or ""
    if element.tag in _LEFT_OUT:
        return ""
    if element.tag in _SIGNS:
        return _SIGNS[element.tag]
    inner = "".join(map(_text, element))
    # A text box hangs inside a paragraph and has paragraphs of its own.
    return f"\n{inner}\n" if element.tag == f"{_W}txbxContent" else inner


def _table(element: Any, name: str, limits: Limits) -> Table:
    rows: list[list[str]] = []
    merges = _Merges()
    for line in element.iterchildren(f"{_W}tr"):
        row: list[str] = []
        for cell in line.iter(f"{_W}tc"):
            if next(cell.iterancestors(f"{_W}tr"), None) is line:
                merges.note(cell, len(rows), len(row))
                row += [_cell_text(cell)] + [""] * (_span(cell) - 1)
        rows.append(row)
        if len(rows) > limits.rows:
            raise SourceError("too_many_rows", f"{name}超过 {limits.rows:,} 行，请分成几个文件上传。")
        if len(row) > limits.columns:
            raise SourceError("too_many_columns", f"{name}有 {len(row):,} 列，超过上限 {limits.columns} 列。")
    return table_of(name, rows, merges.found())


class _Merges:
    """Cells that go on from the row above (`w:vMerge` without `restart`)."""

    def __init__(self) -> None:
        self._last_rows: dict[tuple[int, int], int] = {}
        self._open: dict[int, tuple[int, int]] = {}

    def note(self, cell: Any, row: int, column: int) -> None:
        mark = cell.find(f"{_W}tcPr/{_W}vMerge")
        if mark is None:
            self._open.pop(column, None)
        elif mark.get(f"{_W}val") == "restart":
            self._open[column] = (row, column)
        elif start := self._open.get(column):
            self._last_rows[start] = row

    def found(self) -> tuple[Merge, ...]:
        return tuple(Merge(row, column, last, column) for (row, column), last in self._last_rows.items())


def _cell_text(cell: Any) -> str:
    return "\n".join(filter(None, (_text(line).strip() for line in cell.iter(f"{_W}p"))))


def _span(cell: Any) -> int:
    span = cell.find(f"{_W}tcPr/{_W}gridSpan")
    shown = "" if span is None else span.get(f"{_W}val", "")
    return min(int(shown), 1000) if shown.isascii() and shown.isdigit() and int(shown) > 0 else 1


def _remarks(body: Any, members: list[str]) -> tuple[Remark, ...]:
    remarks = []
    if next(body.iter(f"{_W}ins", f"{_W}del", f"{_W}moveFrom"), None) is not None:
        remarks.append(Remark("tracked_changes", "文档带有修订痕迹：按接受全部修订读入。"))
    if pictures := sum(name.startswith("word/media/") for name in members):
        remarks.append(Remark("pictures", f"文档里有 {pictures} 张图片，图片中的文字没有读入。"))
    if {"word/footnotes.xml", "word/endnotes.xml"} & set(members) and next(
        body.iter(f"{_W}footnoteReference", f"{_W}endnoteReference"), None
    ) is not None:
        remarks.append(Remark("notes", "文档里有脚注或尾注，没有读入。"))
    return tuple(remarks)
