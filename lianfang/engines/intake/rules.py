"""Our own reader: line by line, as table, roll or running text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lianfang.engines.intake.claim import Place, Reading
from lianfang.engines.intake.draft import Draft
from lianfang.engines.intake.notice import Notice, open_notice
from lianfang.engines.intake.prose import read_prose
from lianfang.engines.intake.rolls import looks_like_row, read_row
from lianfang.engines.intake.sentence import read_sentence
from lianfang.engines.intake.settle import settle
from lianfang.engines.intake.tables import Cell, Header, read_cells, read_header
from lianfang.engines.intake.unread import find_unread


@dataclass(frozen=True, slots=True)
class RuleExtractor:
    """The grammar of this package as an `Extractor`."""

    def read(self, text: str, *, title: str | None = None) -> Reading:
        """Everything that the notice says about giving."""
        return read_notice(text, title=title)


def read_notice(text: str, *, title: str | None = None) -> Reading:
    """The claims of a notice, and the stretches that look like giving but were not understood.

    Deterministic; never raises for any text. `title` is the heading where it does not stand in the text.
    """
    notice = open_notice(text, title)
    drafts: list[Draft] = []
    unread_places: list[Place] = []
    header: Header | None = None
    rows_before = 0
    heading_read = False
    for start, end in _lines(notice.text):
        line = notice.text[start:end]
        if not line.strip():
            rows_before = 0
            continue
        if _HEADING.fullmatch(line):
            continue
        cells = _cells(notice, start, end)
        if cells is not None:
            found_header = read_header([cell.text for cell in cells])
            if found_header is not None:
                header = found_header
                continue
            if header is not None:
                records = _table_row(cells, header, notice)
                if records is not None:
                    drafts.extend(records)
                    continue
        if (notice.is_list or rows_before or _numbered(line)) and looks_like_row(line):
            sentence = read_sentence(line, notice.original[start:end], start)
            found = read_row(sentence)
            if found and (notice.is_list or rows_before or _is_sure(found)):
                drafts.extend(found)
                rows_before += 1
                continue
        if len(line) > 40:
            header = None
        if not heading_read and "。" not in line and len(line) <= 80:
            drafts.extend(_read_heading(notice, start, end))
        else:
            drafts.extend(read_prose(notice, start + _bullet(line), end))
        heading_read = True
    claims = settle(notice, drafts)
    return Reading(tuple(claims), tuple(find_unread(notice, claims, unread_places)))


_HEADING: Final = re.compile(r"\s*\[[^\[\]]{1,24}\]\s*[:]?\s*|(?:说明|备注|注)\s*[:]?\s*")
_BRACKET_HEADING: Final = re.compile(r"\s*\[[^\[\]]{1,14}\]\s*")
_LINE: Final = re.compile(r"[^\n]+")
_BULLET: Final = re.compile(r"\s*(?:[■●◆▲★※·•▪◇○□☆►▶→*#]+|[(]?[一二三四五六七八九十]{1,3}[)、.]|[(]?\d{1,2}[)、.](?!\d)|第[一二三四五六七八九十]{1,2}[,、])\s*")
_NUMBERED: Final = re.compile(r"\s*\d{1,4}\s*[、.:)]")


def _lines(text: str) -> Iterator[Place]:
    for match in _LINE.finditer(text):
        yield match.span()


def _bullet(line: str) -> int:
    match = _BULLET.match(line) or _BRACKET_HEADING.match(line)
    return match.end() if match is not None else 0


def _numbered(line: str) -> bool:
    return _NUMBERED.match(line) is not None


def _is_sure(found: list[Draft]) -> bool:
    return all(record.yuan is not None or record.quantity is not None for record in found)


def _read_heading(notice: Notice, start: int, end: int) -> list[Draft]:
    """The records of the headline, whose parts are set apart by spaces or bars."""
    found: list[Draft] = []
    for match in re.finditer(r"[^\s|]+", notice.text[start:end]):
        found.extend(read_prose(notice, start + match.start(), start + match.end()))
    for record in found:
        record.from_heading = True
    return found


def _cells(notice: Notice, start: int, end: int) -> list[Cell] | None:
    """The cells of a line that is set as a table row: parted by bars, tabs or spaces."""
    line = notice.text[start:end]
    if len(line) > 400:
        return None
    if "|" in line:
        pattern = r"[^|]*"
        bare = line.strip()
        first = start + line.index("|") + 1 if bare.startswith("|") else start
        last = start + line.rindex("|") if bare.startswith("|") and bare.endswith("|") else end
        spans = [(m.start(), m.end()) for m in re.finditer(r"[^|]*(?:\||$)", notice.text[first:last])]
        del pattern
        cells = []
        for a, b in spans:
            piece = notice.text[first + a : first + b].rstrip("|")
            if a == b and cells:
                continue
            cells.append(_cell(notice, first + a, first + a + len(piece)))
        return cells
    if "\t" in line:
        found = []
        place = start
        for piece in line.split("\t"):
            found.append(_cell(notice, place, place + len(piece)))
            place += len(piece) + 1
        return found
    parts = [_cell(notice, start + m.start(), start + m.end()) for m in re.finditer(r"\S+", line)]
    return parts if len(parts) >= 2 else None


def _cell(notice: Notice, start: int, end: int) -> Cell:
    raw = notice.original[start:end]
    left = len(raw) - len(raw.lstrip())
    return Cell(raw.strip(), start + left)


def _table_row(cells: list[Cell], header: Header, notice: Notice) -> list[Draft] | None:
    line_has_bars = len(cells) == len(header.columns)
    if not line_has_bars and abs(len(cells) - len(header.columns)) > 1:
        return None
    records = read_cells(cells, header, notice.receiver, notice.original)
    if records and any(record.donor is not None and re.search(r"[\d:。]", record.donor or "") for record in records) and not line_has_bars:
        return None
    return records
