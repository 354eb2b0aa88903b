"""Rolls: lines that name a giver and a figure without a verb (接龙, 光荣榜, lists of names).

3.邸小芹 200元      官志远(250元)    竺春雷:500元      永丰米业 大米 3000公斤      甲、乙 各200元
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from lianfang.engines.figures import Figure
from lianfang.engines.intake.article import VALUE_END, Article
from lianfang.engines.intake.claim import DonorKind, GiftKind, Scope
from lianfang.engines.intake.draft import Draft, draft
from lianfang.engines.intake.entries import giver_in, parts_of, read_entries, row_record
from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.givers import Giver
from lianfang.engines.intake.goods import read_articles
from lianfang.engines.intake.heads import class_head
from lianfang.engines.intake.lexicon import COLLECT, GIVE, NOT_GIFT
from lianfang.engines.intake.sentence import ANY_FIGURE, MONEY, Sentence, read_sentence

NUMBER_LEAD: Final = expression(
    r"\s*(?:№?\d{1,4}\ufe0f?\u20e3|№\d{1,5}|[\[(]?\d{1,4}[\])]|第\d{1,4}[号位名]?|"
    r"\d{1,4}(?=\s+[^\s\d元万])|\d{1,4}\s*[、.:)号,\-_。](?!\d|楼)|\d{1,4}\s*[、.:)](?=\d{1,3}[-#栋幢]\d)|"
    r"\d{1,4}\s+(?=\d{1,3}[-#栋幢]\d)|[①-⑳⑴-⒇⒈-⒛㊀-㊉]|[一二三四五六七八九十]{1,3}、|"
    r"[■●◆▲★※·•▪◇○□☆►▶→*#\-+✅❤️🌹💪🙏👍]+)\s*[、.:)]?\s*"
)
_ROOM: Final = expression(
    r"\s*(?:\d{1,2}:\d{2}(?::\d{2})?|\d{1,3}(?:-|#|栋|幢|号?楼|单元)(?:\d{1,2}(?:-|单元))?\d{1,4}(?:室|单元|"
    r"号|户)?|\d{1,3}号?楼(?=\s)|[A-Z]\d{0,2}-\d{2,4})\s+"
)
_SEPARATOR: Final = expression(r"[\s:/|_,\-]+")
_LEAD_WORD: Final = expression(
    r"^(?:再加|再捐|又捐|另捐|追加|再|加|捐赠|捐款|捐助|捐献|捐|各|送|赠|现金|人民币|共)+"
)
_TOTAL: Final = expression(
    r"^(?:[(\[])?\s*(?:本[期月日周季年页次批榜]|当[日月期])?(?:总合计|合计|总计|共计|小计|累计|本页小计|"
    r"本页合计|总额|总金额|捐款合计|捐款总计|现金合计|以上合计|以上共计|总和|总数)(?:金额|捐款|现金|"
    r"人民币)?(?:[)\]])?\s*[:]?"
)
_LONGEST_ROW: Final = 160


def read_row(sentence: Sentence, per_unit: Decimal = Decimal(1)) -> list[Draft] | None:
    """The records of one line of a roll; None where the line is no such row.

    `per_unit` is how many yuan a figure without a unit counts (10000 under 单位:万元).
    """
    records = _read_row(sentence)
    if records is not None and per_unit != 1:
        for record in records:
            place = record.spans.get("yuan")
            if (
                record.yuan is not None
                and place is not None
                and not re.search(
                    r"[元万亿块]", sentence.text[place[0] - sentence.base : place[1] - sentence.base]
                )
            ):
                record.yuan *= per_unit
    return records


@dataclass(frozen=True, slots=True)
class AmountHeading:
    """A heading that tells what each of the names under it gave (捐款500元:)."""

    figure: Figure
    drafts: list[Draft]


_AMOUNT_HEADING: Final = expression(
    rf"\s*(?:[\[(■●◆*•·一二三四五六七八九十\d、.)]{{0,4}})\s*(?:捐款|捐赠|各捐|现金|每人|以下|下列|单笔|"
    rf"善款|捐)*(?:人员|金额)?(?:各|为|达)?\s*(?P<money>{MONEY})(?:整|的|者|人员|名单|有|:|\s|"
    rf"\])*(?:\((?P<count>[^()]{{1,8}})\))?\s*[:]\s*(?P<names>.*)$"
)


def read_amount_heading(text: str, original: str, base: int) -> AmountHeading | None:
    """捐款500元:甲、乙、丙 – one sum for each of the names that follow; None for any other line."""
    if len(text) > 2000 or not _DIGIT.search(text[:40]) or ":" not in text[:60]:
        return None
    sentence = read_sentence(text, original, base)
    match = _AMOUNT_HEADING.match(sentence.masked)
    if match is None:
        return None
    figure = sentence.figures.get(match.start("money"))
    if (
        figure is None
        or figure.value is None
        or ANY_FIGURE.search(match["names"])
        or GIVE.search(match["names"])
    ):
        return None
    return AmountHeading(figure, _names(sentence, match.start("names"), len(text), figure))


def read_names(text: str, original: str, base: int, figure: Figure) -> list[Draft] | None:
    """A line of nothing but names under such a heading; None for any other line."""
    sentence = read_sentence(text, original, base)
    if ANY_FIGURE.search(sentence.masked) or re.search(r"[。:;!?捐]", text) or len(text) > 2000:
        return None
    return _names(sentence, 0, len(text), figure) or None


def _names(sentence: Sentence, start: int, end: int, figure: Figure) -> list[Draft]:
    records = []
    for match in re.finditer(r"[^\s、,。;]+", sentence.text[start:end]):
        first, last = start + match.start(), start + match.end()
        if last - first > 24:
            return []
        for giver in giver_in(sentence, [(first, last)]):
            article = Article(GiftKind.CASH, first, last, figure)
            record = draft(giver, article, Scope.GIFT, sentence.base)
            record.spans.pop("yuan", None)
            record.start, record.end = sentence.base + first, sentence.base + last
            record.from_row = True
            records.append(record)
    return records


def _read_row(sentence: Sentence) -> list[Draft] | None:
    masked = sentence.masked
    if len(masked) > _LONGEST_ROW * 4 or "。" in masked.rstrip("。 "):
        return None
    lead = NUMBER_LEAD.match(sentence.text)
    start = lead.end() if lead is not None and lead.end() < len(masked) else 0
    room = _ROOM.match(sentence.text, start)
    if room is not None and room.end() < len(masked):
        start = room.end()
    total = _TOTAL.match(masked, start)
    figures = [m for m in ANY_FIGURE.finditer(masked, start) if masked[m.start()] in "\ue000\ue001\ue003"]
    if not figures:
        return _read_without_figure(sentence, start)
    if total is not None:
        return _read_total(sentence, total, figures)
    front = masked[start : figures[0].start()]
    if (
        _ASIDE.search(front)
        or ("," in front and VALUE_END.search(front) is None)
        or NOT_GIFT.search(front)
        or _QUOTED_ASIDE.search(masked)
    ):
        return None
    verb = GIVE.search(masked, start, figures[0].start())
    if verb is not None and verb.start() > start and not re.match(r"[\s(]", masked[verb.start() - 1]):
        return None
    if verb is not None and verb.start() > start and re.search(r"[,;]|价值|总|合计|款物", masked):
        return None
    if _NO_ROW.search(front) or COLLECT.search(front) or _ARRIVED.search(masked, figures[-1].end()):
        return None
    level = _LEVEL_HEADING.search(masked)
    if level is not None and re.search(
        r"以上|以下|至|到|-|~|不等", sentence.text[level.start() : level.end()]
    ):
        return None
    return read_entries(sentence, start, figures)


_NO_ROW: Final = expression(
    r"其余|设立|成立|投入|启动|(?:^|[:\s])向(?!阳)[\u4e00-\u9fff]{2,}|为[\u4e00-\u9fff]{2,}提供|利息|"
    r"服务收入|政府购买|财政|免费接送|调派|派出|出动|运送|拟|已送"
)
_ARRIVED: Final = expression(r"已(?:经)?(?:全部)?(?:送|运|发)[抵达到往]")
_ASIDE: Final = expression(r"《|有误|更正|应为|说明|备注")


_QUOTED_ASIDE: Final = expression(
    r"有误|应为|误|[“\"][^”\"]*[\ue000-\ue003]|[“\"][^”\"]{9,}|[”\"][^\ue000-\ue003:\s(]{9,}|"
    r"^[^“\"]*[”\"]|[“\"][^”\"]*$"
)
"""Quotation marks that do more than set off a name."""
_LEVEL_HEADING: Final = expression(
    rf"[(]{MONEY}(?:[(]?含[)]?)?(?:以上|以下|及以上|及以下)?(?:(?:至|到|-|~){MONEY})?(?:以上|以下|"
    rf"及以上|及以下|不等)?[)][:]?\s*$"
)
"""一等(5000元及以上): a heading that names a level, not a giver."""


def looks_like_row(text: str) -> bool:
    """A quick look at a line in normal writing: short, with a figure, and no sentence in it."""
    line = text.strip()
    return 0 < len(line) <= _LONGEST_ROW and _DIGIT.search(line) is not None and "。" not in line.rstrip("。")


_DIGIT: Final = expression(
    r"\d|[一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟]{2}|"
    r"[一二两三四五六七八九十百千万壹贰叁肆伍陆柒捌玖拾佰仟]+(?:元|块|"
    r"[个只箱袋瓶桶吨斤把副双条床台套盒份件])|若干|一批|管够"
)


def _read_total(sentence: Sentence, total: re.Match[str], figures: list[re.Match[str]]) -> list[Draft] | None:
    for match in figures:
        if match.start() < total.end() - 1 or sentence.masked[match.start()] == "\ue001":
            continue
        figure = sentence.figures[match.start()]
        article = Article(GiftKind.CASH, match.start(), figure.end, figure)
        record = draft(Giver(None, DonorKind.GROUP, (-1, -1)), article, Scope.TOTAL, sentence.base)
        record.start, record.end = sentence.base + total.start(), sentence.base + figure.end
        return [record]
    return None


def _read_without_figure(sentence: Sentence, start: int) -> list[Draft] | None:
    masked = sentence.masked
    vague = re.search(r"一批|若干|管够|管饱|一宗|免费送", masked[start:])
    parts = parts_of(masked, start, len(masked))
    if vague is None or len(parts) < 2 or len(masked) > 40:
        return None
    giver = giver_in(sentence, [parts[0]])
    articles = read_articles(sentence, parts[1][0], len(masked))
    if not giver or not articles:
        return None
    return [row_record(sentence, giver[0], articles[0], start)]


def read_line(text: str, original: str, base: int) -> list[Draft] | None:
    """The records of a line given as text."""
    return read_row(read_sentence(text, original, base))


__all__ = ["NUMBER_LEAD", "class_head", "looks_like_row", "read_line", "read_row"]
