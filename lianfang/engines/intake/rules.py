"""Our own reader: line by line, as table, roll or running text."""

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from lianfang.engines.figures import Figure
from lianfang.engines.intake.chats import is_chat, read_chat
from lianfang.engines.intake.claim import DonorKind, Place, Reading
from lianfang.engines.intake.columns import read_columns
from lianfang.engines.intake.draft import Draft
from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.forms import read_forms
from lianfang.engines.intake.givers import Giver, read_givers
from lianfang.engines.intake.headers import Cell, Header, is_spending_header, read_header
from lianfang.engines.intake.notice import Notice, open_notice
from lianfang.engines.intake.prose import read_prose
from lianfang.engines.intake.rolls import looks_like_row, read_amount_heading, read_names, read_row
from lianfang.engines.intake.sentence import read_sentence
from lianfang.engines.intake.settle import settle
from lianfang.engines.intake.tables import read_cells
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
    slips, slip_places = read_forms(notice)
    drafts.extend(slips)
    header: Header | None = None
    rows_before = 0
    heading_read = False
    per_unit = Decimal(1)
    spending = notice.is_spending
    tier: Figure | None = None
    topic: Giver | None = None
    last_cells: list[Cell] = []
    rolls = _roll_runs(notice.text) if notice.speaks_of_giving else []
    for start, end in _lines(notice.text):
        line = notice.text[start:end]
        if not line.strip():
            rows_before = 0
            continue
        if _lies_in(start, slip_places):
            continue
        if columns and start < columns.end:
            if not columns.taken and start >= columns.start:
                columns.taken = True
                drafts.extend(columns.drafts)
            if start >= columns.start:
                continue
        if _HEADING.fullmatch(line):
            topic = _heading_giver(notice, line, start)
            continue
        unit = _UNIT_LINE.search(line)
        if unit is not None and len(line) < 60:
            per_unit = Decimal(10000) if unit["wan"] else Decimal(1)
        cells = _cells(notice, start, end)
        found_header = read_header([cell.text for cell in cells]) if cells is not None else None
        is_title = len(line) <= 30 and not _DIGIT.search(line.lstrip("0123456789、.()一二三四五六七八九十"))
        if found_header is None and is_title:
            if _SPENDING.search(line):
                spending = True
            elif _INCOME.search(line):
                spending = False
        if cells is not None:
            if found_header is not None:
                spending = spending and is_spending_header([cell.text for cell in cells])
                header = found_header.per(per_unit)
                continue
            if header is None and is_spending_header([cell.text for cell in cells]):
                spending = True
                continue
            if header is not None and set(line.strip()) <= set("|-: +="):
                continue
            if header is not None and not spending:
                records = _table_row(_repeated(cells, last_cells), header, notice)
                last_cells = cells if records else last_cells
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
        in_roll = _lies_in(start, rolls)
        plain = not _IN_SENTENCES.search(line)
        if (notice.is_list or in_roll or ((rows_before or _numbered(line)) and plain)) and looks_like_row(
            line
        ):
            found = _read_rows(notice, start, end, per_unit)
            if found and (notice.is_list or in_roll or rows_before or _is_sure(found)):
                drafts.extend(found)
                rows_before += 1
                continue
        if len(line) > 40:
            header = None
        if not heading_read and "。" not in line and len(line) <= 80:
            drafts.extend(_read_heading(notice, start, end))
        else:
            body = _heading_giver(notice, line, start)
            if body is not None:
                topic = body
                heading_read = True
                continue
            first = start + _bullet(line)
            bracket = _BRACKET_HEADING.match(line)
            own = _heading_giver(notice, bracket.group(), start) if bracket is not None else None
            if own is None and _is_inner_heading(notice.text, line, end):
                told = _read_heading(notice, start, end)
                drafts.extend(told)
                if len(told) == 1 and told[0].donor is not None:
                    topic = Giver(told[0].donor, told[0].donor_kind, (-1, -1))
                    continue
            labelled = _labelled_giver(notice, first, end) if own is None else None
            if labelled is not None:
                drafts.extend(read_prose(notice, labelled[1], end, topic=labelled[0], labelled=True))
                continue
            drafts.extend(read_prose(notice, first, end, topic=own or topic))
            if len(line) > 30:
                topic = None
        heading_read = True
    claims = settle(notice, drafts)
    return Reading(tuple(claims), tuple(find_unread(notice, claims, unread_places)))


_IN_SENTENCES: Final = expression(r"[,;捐赠]")


_HEADING: Final = expression(r"\s*\[[^\[\]]{1,24}\]\s*[:]?\s*|(?:说明|备注|注)\s*[:]?\s*")
_BRACKET_HEADING: Final = expression(r"\s*\[[^\[\]]{1,14}\]\s*")
_UNIT_LINE: Final = expression(r"单位\s*[:]?\s*(?:人民币)?(?P<wan>万)?元")
_DIGIT: Final = expression(r"\d|[\u4e00-\u9fff]元")
_SPENDING: Final = expression(r"拨付|使用|支出|发放|采购|分配|去向|资助|慰问对象|调拨")
_INCOME: Final = expression(r"接收|接受|收到|收入|捐款|捐赠|捐物|货币|资金来源|善款|名单")
_LINE: Final = expression(r"[^\n]+")
_BULLET: Final = expression(
    r"\s*(?:[■●◆▲★※·•▪◇○□☆►▶→*#✅✓✔❤☑♥]+|[(]?[一二三四五六七八九十]{1,3}[)、.]|[(]?\d{1,2}[)、.](?!\d)|"
    r"第[一二三四五六七八九十]{1,2}[,、])\s*"
)
_NUMBERED: Final = expression(r"\s*(?:\d{1,4}\s*[、.:)]|[■●◆▲★※·•▪◇○□☆►▶→*✅✓✔❤☑♥①-⑳])")


def _lines(text: str) -> Iterator[Place]:
    for match in _LINE.finditer(text):
        yield match.span()


_ROW_LIKE: Final = expression(
    r"^[^。!?;]{2,60}?(?:\d|"
    r"[一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟])(?:[\d,.万亿千百十仟佰拾余多]*)(?:元|块|"
    r"美元|欧元|港币|港元|圆|日元|英镑|加元|万|亿|[个只箱袋瓶桶吨斤把副双条床台套盒份件枚本册])?(?:整|"
    r"人民币)?(?:\([^()]*\))?\s*$"
)
_ROW_ENDS: Final = frozenset(
    "一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟余多,.元块圆币镑整)"
    "个只箱袋瓶桶吨斤把副双条床台套盒份件枚本册"
)
"""The characters, besides digits, with which such a line can end."""
_SENTENCE_WORD: Final = expression(
    r"(?:了|着|把|将|被|是|在|已|于)(?=[\u4e00-\u9fff])|截至|据|电话|账号|日期|年\d|时间|第\d+期|确诊|"
    r"新增|受灾|倒塌|转移|贷款|减免|拨付"
)


def _lies_in(place: int, stretches: list[Place]) -> bool:
    """Whether a place lies in one of the stretches, which are in order and do not overlap."""
    index = bisect_right(stretches, (place, sys.maxsize)) - 1
    return index >= 0 and place < stretches[index][1]


def _roll_runs(text: str) -> list[Place]:
    """Runs of three or more lines that each name somebody and end in a figure: rolls under any heading."""
    runs: list[Place] = []
    count, first, last = 0, 0, 0
    for match in _LINE.finditer(text):
        line = match.group().strip()
        if not line:
            continue
        row = (
            len(line) <= 60
            and (line[-1] in _ROW_ENDS or line[-1].isdigit())
            and _ROW_LIKE.match(line) is not None
            and _SENTENCE_WORD.search(line) is None
        )
        if row:
            if count == 0:
                first = match.start()
            count, last = count + 1, match.end()
            continue
        if count >= 3:
            runs.append((first, last))
        count = 0
    if count >= 3:
        runs.append((first, last))
    return runs


def _bullet(line: str) -> int:
    match = _BULLET.match(line) or _BRACKET_HEADING.match(line)
    return match.end() if match is not None else 0


def _heading_giver(notice: Notice, line: str, start: int) -> Giver | None:
    """The body or person that a short line of its own names, as the heading of what follows, or None."""
    bare = line.strip(" []:■●◆▲★※·•▪◇○□☆►▶→*#一二三四五六七八九十、.()")
    if not 2 < len(bare) <= 24 or _NO_HEADING.search(bare):
        return None
    place = line.index(bare)
    sentence = read_sentence(line, notice.original[start : start + len(line)], start)
    found = read_givers(sentence, place, place + len(bare))
    if len(found) != 1 or found[0].points_back or found[0].name is None:
        return None
    giver = found[0]
    if giver.guessed and not (
        _UNKNOWN_FIRM.fullmatch(bare) and _ITS_DEEDS.match(notice.text, start + len(line))
    ):
        return None
    if (
        giver.kind is DonorKind.GROUP
        or giver.name != notice.original[start + place : start + place + len(bare)]
    ):
        return None
    return Giver(giver.name, giver.kind, (-1, -1))


_UNKNOWN_FIRM: Final = expression(r"[\u4e00-\u9fff]{3,8}")
_ITS_DEEDS: Final = expression(
    r"\s*(?:(?:\d{1,2}月)?\d{1,2}日,?)?(?:分别(?:于|向)|向|公司|该公司|本公司|集团|企业|第一时间|紧急|主动|先后|通过|拟向|捐)"
)
"""What follows a heading of an unknown name, and has no giver of its own."""
_NO_HEADING: Final = expression(r"[。,;!?\d]|捐|赠|在行动|情况|名单|如下|一览")


def _read_rows(notice: Notice, start: int, end: int, per_unit: Decimal) -> list[Draft] | None:
    """The rows of a line: one, or several set apart by semicolons (付铁牛 水泥30包;全四海 钢管120米)."""
    line = notice.text[start:end]
    pieces = [match.span() for match in re.finditer(r"[^;]+", line)] if ";" in line.strip(" ;") else []
    if len(pieces) < 2:
        return read_row(read_sentence(line, notice.original[start:end], start), per_unit)
    found: list[Draft] = []
    for first, last in pieces:
        sentence = read_sentence(
            line[first:last], notice.original[start + first : start + last], start + first
        )
        row = read_row(sentence, per_unit)
        if row is None and not found:
            return None
        found.extend(row or read_prose(notice, start + first, start + last))
    return found or None


_LABEL: Final = expression(r"\s*(?P<name>[^\s:,。;!?]{2,24}?)\s*:\s*(?=\S)")
_PLAIN_LABEL: Final = expression(
    r"时间|地点|电话|合计|总计|小计|说明|备注|来源|编辑|记者|账号|户名|联系|其中|截至|收款|现金|物资|款|"
    r"要闻|情况|标题|主题|附|日期|名单|小结|播报|统计|总结|群主|提醒|温馨|供稿|摄影|单位$|^问$|^答$|"
    r"金额|数字|通知|公告|方式|地址|发布|浏览|阅读|点击|作者|字号|责编|审核|记者|通讯员|报道"
)
_DEED_FIRST: Final = expression(
    r"(?:首批|共|各|累计|先后|现金|物资|[+及和、]|合计|价值|款物)*(?:\d|"
    r"[一二两三四五六七八九十百千]{1,4}[万亿]|捐|赠|募|认捐|RMB|[¥$€£]|向[^,。]{2,20}捐)"
)


def _labelled_giver(notice: Notice, start: int, end: int) -> tuple[Giver, int] | None:
    """红岭酒业:1.5亿元。 – the giver before a colon, and where what is told of it begins."""
    line = notice.text[start:end]
    label = _LABEL.match(line)
    if label is None or not (notice.about_giving or notice.is_list) or _PLAIN_LABEL.search(label["name"]):
        return None
    sentence = read_sentence(line, notice.original[start:end], start)
    found = read_givers(sentence, *label.span("name"))
    if len(found) != 1 or found[0].name is None or found[0].points_back:
        return None
    giver = found[0]
    if _DEED_FIRST.match(line, label.end()) is None or (giver.guessed and len(label["name"]) > 8):
        return None
    return Giver(giver.name, giver.kind, (-1, -1), giver.count, guessed=giver.guessed), start + label.end()


def _repeated(cells: list[Cell], before: list[Cell]) -> list[Cell]:
    """The row with 同上 replaced by what the row before says in that column."""
    if len(before) != len(cells):
        return cells
    return [before[i] if cell.text.strip() in _SAME else cell for i, cell in enumerate(cells)]


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


_LONGEST_INNER_HEADING: Final = 26
_INNER_HEADING: Final = expression(
    r"\s*[\u4e00-\u9fff、()“”]{2,20}捐[款赠][\u4e00-\u9fff]{0,4}[\d.,]+[万亿]?元\s*"
)


def _is_inner_heading(text: str, line: str, end: int) -> bool:
    """Whether a line tells in short, without a stop, what the paragraph after it tells in full."""
    if len(line) > _LONGEST_INNER_HEADING or _INNER_HEADING.fullmatch(line) is None:
        return False
    following = _LINE.search(text, end)
    return (
        following is not None
        and len(following.group()) > _LONGEST_INNER_HEADING
        and "。" in following.group()
    )


def _cells(notice: Notice, start: int, end: int) -> list[Cell] | None:
    """The cells of a line that is set as a table row: parted by bars, tabs or spaces."""
    line = notice.text[start:end]
    if len(line) > 400:
        return None
    if "|" in line:
        bare = line.strip()
        first = start + line.index("|") + 1 if bare.startswith("|") else start
        last = start + line.rindex("|") if bare.startswith("|") and bare.endswith("|") else end
        spans = [(m.start(), m.end()) for m in re.finditer(r"[^|]*(?:\||$)", notice.text[first:last])]
        cells: list[Cell] = []
        for a, b in spans:
            piece = notice.text[first + a : first + b].rstrip("|")
            if a == b and cells:
                continue
            cells.append(_cell(notice, first + a, first + a + len(piece)))
        return cells
    if (
        line.count(",") >= 2
        and "。" not in line
        and not re.search(r"\d,\d{3}(?!\d)|[\u4e00-\u9fff]{12,}", line)
    ):
        found = []
        place = start
        for piece in line.split(","):
            found.append(_cell(notice, place, place + len(piece)))
            place += len(piece) + 1
        return found
    if "\t" in line:
        found = []
        place = start
        for piece in line.split("\t"):
            found.append(_cell(notice, place, place + len(piece)))
            place += len(piece) + 1
        return found
    if len(line.split(None, 1)) < 2:
        return None
    return [
        Cell(notice.original[start + m.start() : start + m.end()], start + m.start())
        for m in _WORD.finditer(line)
    ]


_WORD: Final = expression(r"\S+")


def _cell(notice: Notice, start: int, end: int) -> Cell:
    raw = notice.original[start:end]
    left = len(raw) - len(raw.lstrip())
    return Cell(raw.strip(), start + left)


_SAME: Final = frozenset(("同上", "〃", "″", '"', "”", "''"))


def _table_row(cells: list[Cell], header: Header, notice: Notice) -> list[Draft] | None:
    line_has_bars = len(cells) == len(header.columns)
    if not line_has_bars and abs(len(cells) - len(header.columns)) > 1:
        return None
    records = read_cells(cells, header, notice.receiver, notice.original)
    if (
        records
        and any(record.donor is not None and re.search(r"[\d:。]", record.donor or "") for record in records)
        and not line_has_bars
    ):
        return None
    return records
