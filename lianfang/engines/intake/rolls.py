"""Rolls: lines that name a giver and a figure without a verb (接龙, 光荣榜, lists of names).

3.邸小芹 200元      官志远(250元)    竺春雷:500元      永丰米业 大米 3000公斤      甲、乙 各200元
"""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from lianfang.engines.figures import Figure
from lianfang.engines.intake.claim import DonorKind, GiftKind, Place, Scope
from lianfang.engines.intake.draft import Draft, Party, draft
from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.givers import Giver, is_person_name, kind_of_name, read_givers
from lianfang.engines.intake.goods import VALUE, VALUE_END, Article, read_articles
from lianfang.engines.intake.heads import TITLES, body_head, class_head
from lianfang.engines.intake.lexicon import GIVE, NOT_GIFT
from lianfang.engines.intake.normal import normal
from lianfang.engines.intake.sentence import ANY_FIGURE, MONEY, Sentence, read_sentence

NUMBER_LEAD: Final = expression(
    r"\s*(?:№?\d{1,4}\ufe0f?\u20e3|№\d{1,5}|[\[(]?\d{1,4}[\])]|第\d{1,4}[号位名]?|"
    r"\d{1,4}(?=\s+[^\s\d元万])|\d{1,4}\s*[、.:)号,\-_。](?!\d)|\d{1,4}\s*[、.:)](?=\d{1,3}[-#栋幢]\d)|"
    r"\d{1,4}\s+(?=\d{1,3}[-#栋幢]\d)|[①-⑳⑴-⒇⒈-⒛㊀-㊉]|[一二三四五六七八九十]{1,3}、|"
    r"[■●◆▲★※·•▪◇○□☆►▶→*#\-+✅❤️🌹💪🙏👍]+)\s*[、.:)]?\s*"
)
_ROOM: Final = expression(
    r"\s*(?:\d{1,2}:\d{2}(?::\d{2})?|\d{1,3}(?:-|#|栋|幢|号楼|单元)(?:\d{1,2}(?:-|单元))?\d{1,4}(?:室|"
    r"号|户)?|[A-Z]\d{0,2}-\d{2,4})\s+"
)
_SEPARATOR: Final = expression(r"[\s:/|_,\-]+")
_CASH_WORD: Final = expression(
    r"^(?:人民币|现金|善款|捐款|爱心款|转账|微信|支付宝|红包|压岁钱|利是钱?|利市|香油钱|零花钱|工资|"
    r"积蓄|合计|共计|共|捐|各|各捐|首批|分别|承诺|再加|加|追加|又|另|另外|再|另捐|跟捐|跟|接|续捐|续|"
    r"补捐|补|转|已转|认捐|捐赠|¥|RMB|元|金额|款)+$"
)
_LEAD_WORD: Final = expression(
    r"^(?:再加|再捐|又捐|另捐|追加|再|加|捐赠|捐款|捐助|捐献|捐|各|送|赠|现金|人民币|共)+"
)
_NAME_ASIDE: Final = expression(
    r"(?:小学生|学生|老师|教师|家属|儿童|退休|在职|党员|群众|预备党员|已转账|已缴|现金|微信|支付宝|扫码|"
    r"银行转账|业主|租户|志愿者|会员|理事|会长|副会长|父子|母女|夫妻|代|妻子|丈夫|原|现)"
)
_DIRECTED: Final = expression(r"\((?:定向|指定|捐给|用于)(?:捐赠|捐|给|用于|至|:)*(?P<who>[^(),。]{2,24})\)")
_TOTAL: Final = expression(
    r"^(?:[(\[])?\s*(?:本[期月日周季年页次批榜]|当[日月期])?(?:总合计|合计|总计|共计|小计|累计|本页小计|"
    r"本页合计|总额|总金额|捐款合计|捐款总计|现金合计|以上合计|以上共计|总和|总数)(?:金额|捐款|现金|"
    r"人民币)?(?:[)\]])?\s*[:]?"
)
_LONGEST_ROW: Final = 160
_PLEDGED: Final = expression(r"[拟认](?=捐)|承诺|未到账|待转|未付|年底付|计划捐")
_ROW_ASIDE: Final = expression(
    r"\([^()]*(?:已|每|转|负责|待|群里|全|人|岁|级|届|管|另|代|编号|票|收据|备注|缴|交)[^()]*\)"
)


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
        for giver in _giver(sentence, [(first, last)]):
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
        re.search(r"《|有误|更正|应为|说明|备注", front)
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
    if re.search(
        r"设立|成立|投入|启动|(?:^|[:\s])向(?!阳)[\u4e00-\u9fff]{2,}|为[\u4e00-\u9fff]{2,}提供|利息|"
        r"服务收入|政府购买|财政|免费接送|调派|派出|出动|运送|拟|已送",
        front,
    ):
        return None
    level = _LEVEL_HEADING.search(masked)
    if level is not None and re.search(
        r"以上|以下|至|到|-|~|不等", sentence.text[level.start() : level.end()]
    ):
        return None
    return _read_entries(sentence, start, figures)


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
    parts = _parts(masked, start, len(masked))
    if vague is None or len(parts) < 2 or len(masked) > 40:
        return None
    giver = _giver(sentence, [parts[0]])
    articles = read_articles(sentence, parts[1][0], len(masked))
    if not giver or not articles:
        return None
    return [_record(sentence, giver[0], articles[0], start)]


def _read_entries(sentence: Sentence, start: int, figures: list[re.Match[str]]) -> list[Draft] | None:
    masked = sentence.masked
    records: list[Draft] = []
    givers: list[Giver] = []
    place = start
    entry_start = len(masked) - len(masked.lstrip())
    first_start = entry_start
    told = 0
    for match in figures:
        if match.start() < place or _in_aside(masked, match.start()):
            continue
        figure = sentence.figures[match.start()]
        before_end = match.start()
        value = VALUE_END.search(masked[place:before_end])
        if value is not None and not records:
            listed = _valued_list(sentence, start, before_end - len(value.group()), figure)
            if listed is not None:
                return listed
        written = sentence.text[figure.start : figure.end]
        if (
            records
            and records[-1].kind is GiftKind.GOODS
            and records[-1].yuan is None
            and masked[match.start()] == "\ue003"
            and not masked[place:before_end].strip()
            and re.search(r"\.\d\d$|\d,\d{3}", written)
        ):
            records[-1].yuan, records[-1].bound, records[-1].end = (
                figure.value,
                figure.bound,
                sentence.base + figure.end,
            )
            place = figure.end
            continue
        if (
            value is not None
            and records
            and records[-1].kind is GiftKind.GOODS
            and records[-1].yuan in (None, figure.value)
        ):
            if figure.currency in ("", "CNY"):
                records[-1].yuan, records[-1].bound = figure.value, figure.bound
            else:
                records[-1].currency, records[-1].amount = figure.currency, figure.value
            records[-1].end = sentence.base + figure.end
            place = figure.end
            continue
        if NOT_GIFT.search(masked, place, before_end):
            return records or None
        parts = _parts(masked, place, before_end)
        each = (
            bool(parts) and re.search(r"各$|均$|各捐$|每人$", masked[parts[-1][0] : parts[-1][1]]) is not None
        )
        split = _split(sentence, parts, match, bool(givers))
        if split is None:
            return records or None
        giver_parts, item = split
        if giver_parts:
            named = _giver(sentence, giver_parts)
            if not named:
                return records or None
            givers = named
            entry_start = giver_parts[0][0] if records else first_start
        if not givers:
            return records or None
        article = _article(sentence, figure, match, item)
        if article is None:
            place = figure.end
            continue
        respectively = re.search(r"分别", masked[start : match.start()]) is not None
        if respectively and len(givers) > 1:
            giver = givers[min(told, len(givers) - 1)]
            told += 1
            records.append(_record(sentence, giver, article, entry_start))
        elif each or len(givers) == 1:
            for giver in givers:
                record = _record(sentence, giver, article, entry_start)
                records.append(record)
        else:
            first, last = givers[0].place[0], givers[-1].place[1]
            joint = Giver(sentence.original[first:last], givers[0].kind, (first, last))
            record = _record(sentence, joint, article, entry_start)
            record.scope = Scope.TOTAL
            records.append(record)
        place = max(figure.end, match.end())
        if masked[place : place + 1] in ")":
            place += 1
    tail = _vague_tail(sentence, place, givers)
    records = [record for record in records if record.yuan != 0]
    directed = _DIRECTED.search(sentence.text)
    for record in records:
        if directed is not None:
            first, last = directed.span("who")
            record.recipient = Party(
                sentence.original[first:last], (sentence.base + first, sentence.base + last)
            )
            record.directed = True
        if _PLEDGED.search(sentence.text):
            record.pledged = True
    return records + tail or None


def _valued_list(sentence: Sentence, start: int, end: int, figure: Figure) -> list[Draft] | None:
    """好粥道粥铺 白粥、包子,价值3000余元: articles without numbers and what they are worth."""
    parts = _parts(sentence.masked, start, end)
    if len(parts) < 2:
        return None
    givers = _giver(sentence, parts[:-1])
    articles = read_articles(sentence, parts[-1][0], end)
    if len(givers) != 1 or not articles:
        return None
    article = articles[0]
    article.money, article.end = figure, figure.end
    return [_record(sentence, givers[0], article, start)]


def _vague_tail(sentence: Sentence, place: int, givers: list[Giver]) -> list[Draft]:
    match = re.compile(r"[,、+\s]*(?P<item>[\u4e00-\u9fff]{1,8}?)(?:一批|若干|管够|免费送)").match(
        sentence.masked, place
    )
    if match is None or not givers:
        return []
    article = Article(
        GiftKind.GOODS,
        match.start("item"),
        match.end(),
        None,
        sentence.original[match.start("item") : match.end("item")],
        match.span("item"),
    )
    return [_record(sentence, givers[0], article, match.start("item"))]


def _in_aside(masked: str, place: int) -> bool:
    opened = masked.rfind("(", max(0, place - 30), place)
    if opened < 0 or masked.find(")", opened, place) >= 0:
        return False
    closed = masked.find(")", place)
    return closed >= 0 and _ROW_ASIDE.match(masked, opened, closed + 1) is not None


def _parts(masked: str, start: int, end: int) -> list[Place]:
    region = re.sub(
        r"\([^()]*\)",
        lambda m: (
            " " * len(m.group())
            if re.search(r"已|每|转|负责|待|代|元$", m.group())
            else "\u0001" * len(m.group())
        ),
        masked[start:end],
    )
    region = region.replace("(", " ").replace(")", " ")
    words = re.finditer(r"[^\s:/|_,+;\u2190-\u27bf\ufe0f\u20e3\U0001f000-\U0001faff]+", region)
    return [(start + match.start(), start + match.end()) for match in words]


def _split(
    sentence: Sentence, parts: list[Place], match: re.Match[str], continued: bool
) -> tuple[list[Place], Place | None] | None:
    """Which parts before a figure name the giver, and which the article."""
    masked = sentence.masked
    words = [(p, masked[p[0] : p[1]]) for p in parts]
    words = [(p, w) for p, w in words if not _NAME_ASIDE.fullmatch(w)]
    words = [
        (p, w) for p, w in words if not _CASH_WORD.match(w.strip("、的()\u0001")) and w.strip("、()\u0001")
    ]
    block = sentence.figures[match.start()].unit == "块" and len(words) < 2
    quantity = (masked[match.start()] == "\ue001" and not block) or (
        _own_unit(masked, match) is not None and bool(continued or len(words) > 1)
    )
    if not words:
        return ([], None) if continued or not quantity else None
    if not quantity:
        last_place, last = words[-1]
        goods = (
            re.search(r"物资|口罩|酒精|消毒液|防护服|用品|食品|药品", last) is not None
            and body_head(last) is None
        )
        if goods and (continued or len(words) > 1):
            return [p for p, _ in words[:-1]], last_place
        if continued and VALUE and re.match(VALUE, last):
            return [], None
        return [p for p, _ in words], None
    if continued and len(words) == 1:
        return [], words[-1][0]
    if len(words) >= 2:
        after_name = len(words) - 1
        return [p for p, _ in words[:after_name]], words[-1][0]
    (start, end), only = words[0]
    for cut in range(end - 1, start + 1, -1):
        head = body_head(masked[start:cut])
        if head is not None and len(head[0]) >= 2 and cut - start > len(head[0]):
            return [(start, cut)], (cut, end)
    lead = re.match(
        r"(?P<name>[^捐赠送]{2,10}?)(?:又|还|另|再|也|另外)?(?:捐赠|捐献|捐助|捐|赠送|赠|送)(?P<item>.+)$",
        only,
    )
    if lead is not None:
        return [(start, start + lead.end("name"))], (start + lead.start("item"), end)
    return None


def _bracket_stem(name: str) -> str | None:
    """The name before a bracket that only says who it is (仇小宝(小学生)); else None."""
    match = re.fullmatch(r"(?P<stem>[^()（）]{2,6})[(（](?P<aside>[^()（）]{1,8})[)）]", name)
    if match is not None and is_person_name(normal(match["stem"])):
        return match["stem"]
    if match is None or not (
        re.fullmatch(r"\d+岁", match["aside"])
        or _NAME_ASIDE.fullmatch(match["aside"])
        or match["aside"] in TITLES
        or match["aside"] in ("个人", "本人", "家庭")
    ):
        return None
    return match["stem"]


def _own_unit(masked: str, match: re.Match[str]) -> str | None:
    """A measure word that the figures engine does not know, right after a plain number (条石20方)."""
    if masked[match.start()] != "\ue003":
        return None
    unit = re.compile(r"[\u4e00-\u9fff](?=[\s,;、。)+]|$)").match(masked, match.end())
    return None if unit is None or unit.group() in "元块整" else unit.group()


def _giver(sentence: Sentence, parts: list[Place]) -> list[Giver]:
    """The giver that a row names; titles may stand in parts of their own before the name."""
    start, end = parts[-1]
    masked = sentence.masked
    if re.fullmatch(r"[A-Za-z.]+", masked[start:end]):
        for first, last in reversed(parts[:-1]):
            if re.fullmatch(r"[A-Za-z.]+", masked[first:last]):
                start = first
    if len(parts) > 1 and GIVE.search(masked, start, end):
        start, end = parts[-2]
    aside = re.search(r"\([^()]*\)$", masked[start:end])
    if (
        aside is not None
        and aside.start() > 1
        and is_person_name(masked[start : start + aside.start()])
        and not is_person_name(aside.group()[1:-1])
    ):
        end = start + aside.start()
    words = masked[start:end]
    trimmed = re.sub(r"(?:再加|再捐|又捐|另捐|追加|捐款|捐赠|捐|各|均|共)+$", "", words)
    end = start + len(trimmed)
    if end <= start:
        return []
    found = read_givers(sentence, start, end)
    result = []
    for giver in found:
        name = giver.name
        if name is None:
            result.append(giver)
            continue
        stem = _bracket_stem(name)
        if stem is not None:
            first = giver.place[0]
            giver = Giver(stem, DonorKind.PERSON, (first, first + len(stem)), giver.count)
            name = stem
        if giver.guessed and len(name) > 12:
            return []
        if (
            re.search(r"[。!?;]|为准|已向|合计|总计|序号|联系|电话|账号|开户|日期|时间", name)
            or len(name) > 40
        ):
            return []
        whole = sentence.masked[start:end]
        if (
            giver.guessed
            and len(found) == 1
            and "的" in whole
            and giver.place[0] > start
            and len(whole) <= 8
            and ANY_FIGURE.search(whole) is None
        ):
            giver = Giver(
                sentence.original[start:end], DonorKind.PERSON, (start, end)
            )  # a nickname: 远方的游子
        elif giver.guessed or giver.points_back:
            kind, guessed = kind_of_name(name, DonorKind.PERSON)
            giver = Giver(name, kind, giver.place, giver.count, guessed=guessed)
        result.append(giver)
    return result


def _article(sentence: Sentence, figure: Figure, match: re.Match[str], item: Place | None) -> Article | None:
    if sentence.masked[match.start()] == "\ue001":
        if item is None and figure.unit == "块":
            return Article(GiftKind.CASH, match.start(), figure.end, figure)
        if item is None:
            return None
        found = read_articles(sentence, item[0], figure.end)
        closing = re.compile(
            r"\([^()]{0,12}?(?:价值|折合|约值|值|折价|计)[^()]{0,4}?(?P<money>\ue000\ue010*)[^()]{0,4}\)"
        ).match(sentence.masked, figure.end)
        if not found:
            return None
        article = found[-1]
        if closing is not None:
            article.money = sentence.figures.get(closing.start("money"))
            article.end = closing.end()
        return article
    if item is not None:
        own = _own_unit(sentence.masked, match)
        found = read_articles(sentence, item[0], figure.end)
        if own is not None and found and found[-1].quantity is not None:
            found[-1].unit = own
            found[-1].end = match.end() + 1
        return found[-1] if found else None
    if figure.value is None:
        return None
    return Article(GiftKind.CASH, match.start(), figure.end, figure)


def _record(sentence: Sentence, giver: Giver, article: Article, start: int) -> Draft:
    scope = (
        Scope.TOTAL
        if (giver.kind is DonorKind.GROUP and giver.name is not None) or (giver.count or 0) > 1
        else Scope.GIFT
    )
    record = draft(giver, article, scope, sentence.base)
    record.count = giver.count
    record.start = sentence.base + min(start, article.start)
    record.end = sentence.base + article.end
    record.from_row = True
    return record


def read_line(text: str, original: str, base: int) -> list[Draft] | None:
    """The records of a line given as text."""
    return read_row(read_sentence(text, original, base))


__all__ = ["NUMBER_LEAD", "class_head", "looks_like_row", "read_line", "read_row"]
