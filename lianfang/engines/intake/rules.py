"""Our own reader: line by line, as table, roll or running text."""

import re
from decimal import Decimal
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from lianfang.engines.figures import Figure
from lianfang.engines.intake.chats import is_chat, read_chat
from lianfang.engines.intake.claim import Place, Reading
from lianfang.engines.intake.draft import Draft
from lianfang.engines.intake.notice import Notice, open_notice
from lianfang.engines.intake.prose import read_prose
from lianfang.engines.intake.columns import read_columns
from lianfang.engines.intake.rolls import looks_like_row, read_amount_heading, read_names, read_row
from lianfang.engines.intake.sentence import read_sentence
from lianfang.engines.intake.settle import settle
from lianfang.engines.intake.tables import Cell, Header, is_spending_header, read_cells, read_header
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
    if is_chat(notice.text):
        claims = settle(notice, read_chat(notice))
        return Reading(tuple(claims), tuple(find_unread(notice, claims, ())))
    columns = read_columns(notice)
    header: Header | None = None
    rows_before = 0
    heading_read = False
    per_unit = Decimal(1)
    spending = notice.is_spending
    tier: Figure | None = None
    for start, end in _lines(notice.text):
        line = notice.text[start:end]
        if not line.strip():
            rows_before = 0
            continue
        if columns and start < columns.end:
            if not columns.taken and start >= columns.start:
                columns.taken = True
                drafts.extend(columns.drafts)
            if start >= columns.start:
                continue
        if _HEADING.fullmatch(line):
            continue
        unit = _UNIT_LINE.search(line)
        if unit is not None and len(line) < 60:
            per_unit = Decimal(10000) if unit["wan"] else Decimal(1)
        if len(line) <= 30 and not _DIGIT.search(line.lstrip("0123456789、.()一二三四五六七八九十")):
            if _SPENDING.search(line):
                spending = True
            elif _INCOME.search(line):
                spending = False
        cells = _cells(notice, start, end)
        if cells is not None:
            found_header = read_header([cell.text for cell in cells])
            if found_header is not None:
                header = found_header.per(per_unit)
                continue
            if header is None and is_spending_header([cell.text for cell in cells]):
                spending = True
                continue
            if header is not None and set(line.strip()) <= set("|-: +="):
                continue
            if header is not None and not spending:
                records = _table_row(cells, header, notice)
                if records is not None:
                    drafts.extend(records)
                    continue
        if not spending and notice.is_list:
            head = read_amount_heading(line, notice.original[start:end], start)
            if head is not None:
                tier = head.figure
                drafts.extend(head.drafts)
                continue
            if tier is not None:
                named = read_names(line, notice.original[start:end], start, tier)
                if named:
                    drafts.extend(named)
                    continue
        if spending and (_DIGIT.search(line) and len(line) < 80 and "。" not in line):
            continue
        if (notice.is_list or rows_before or _numbered(line)) and looks_like_row(line):
            sentence = read_sentence(line, notice.original[start:end], start)
            found = read_row(sentence, per_unit)
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
_UNIT_LINE: Final = re.compile(r"单位\s*[:]?\s*(?:人民币)?(?P<wan>万)?元")
_DIGIT: Final = re.compile(r"\d|[\u4e00-\u9fff]元")
_SPENDING: Final = re.compile(r"拨付|使用|支出|发放|采购|分配|去向|资助|慰问对象|调拨")
_INCOME: Final = re.compile(r"接收|接受|收到|收入|捐款|捐赠|捐物|货币|资金来源|善款|名单")
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
