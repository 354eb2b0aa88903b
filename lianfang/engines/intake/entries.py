"""The entries of a row of a roll: each a name with what it gave."""

import re
from typing import Final

from lianfang.engines.figures import Figure
from lianfang.engines.intake.article import VALUE, VALUE_END, Article
from lianfang.engines.intake.claim import DonorKind, GiftKind, Place, Scope
from lianfang.engines.intake.draft import Draft, Party, draft
from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.givers import Giver, read_givers
from lianfang.engines.intake.goods import read_articles
from lianfang.engines.intake.heads import TITLES, body_head
from lianfang.engines.intake.lexicon import GIVE, NOT_GIFT
from lianfang.engines.intake.names import is_person_name, kind_of_name, titled_name_length
from lianfang.engines.intake.normal import normal
from lianfang.engines.intake.sentence import ANY_FIGURE, Sentence

_CASH_WORD: Final = expression(
    r"^(?:人民币|现金|善款|捐款|爱心款|转账|微信|支付宝|红包|压岁钱|利是钱?|利市|香油钱|零花钱|工资|"
    r"积蓄|合计|共计|共|捐|各|各捐|首批|分别|承诺|再加|加|追加|又|另|另外|再|另捐|跟捐|跟|接|续捐|续|"
    r"补捐|补|转|已转|认捐|捐赠|¥|RMB|元|金额|款)+$"
)
_NAME_ASIDE: Final = expression(
    r"(?:小学生|学生|老师|教师|家属|儿童|退休|在职|党员|群众|预备党员|已转账|已缴|现金|微信|支付宝|扫码|"
    r"银行转账|业主|租户|志愿者|会员|理事|会长|副会长|父子|母女|夫妻|代|妻子|丈夫|原|现|"
    r"已?经?(?:直接|另外|先)?捐(?:给|到|至|赠给?)?[\u4e00-\u9fff]{1,10}(?:医院|红十字会|慈善会|慈善总会|指挥部|卫生院|村委会|镇政府|社区|学校))"
)
_DIRECTED: Final = expression(
    r"(?:\(|[,、;]\s*)(?:定向|指定|捐给|用于)(?:捐赠|捐|给|用于|至|:)*(?P<who>[^(),。]{2,24})(?:\)|$)"
)
_STRAIGHT_TO: Final = expression(
    r"(?:^|[\s,、(])已?经?(?:直接|另外|先)?捐(?:给|到|至|赠给?)?"
    r"(?P<who>[\u4e00-\u9fff]{1,10}(?:医院|红十字会|慈善会|慈善总会|指挥部|卫生院|村委会|镇政府|社区|学校))(?=\d|\s|$|[,)])"
)
"""濮存义 已直接捐县医院1万: it went there, and not to whom the list collects for."""
_PARTS_OF: Final = expression(r"\((?:其中|含)")
_PLEDGED: Final = expression(r"[拟认](?=捐)|承诺|未到账|待转|未付|年底付|计划捐")
_ROW_ASIDE: Final = expression(
    r"\([^()]*(?:已|每|转|负责|待|群里|全|人|岁|级|届|管|另|代|编号|票|收据|备注|缴|交)[^()]*\)"
)


def read_entries(sentence: Sentence, start: int, figures: list[re.Match[str]]) -> list[Draft] | None:
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
                whole = _worth_of_all(sentence, records, place, figure)
                if whole is not None:
                    records.append(whole)
                    place = figure.end
                    continue
                records[-1].yuan, records[-1].bound = figure.value, figure.bound
            else:
                records[-1].currency, records[-1].amount = figure.currency, figure.value
            records[-1].end = sentence.base + figure.end
            place = figure.end
            continue
        if NOT_GIFT.search(masked, place, before_end):
            return records or None
        parts = parts_of(masked, place, before_end)
        each = bool(parts) and _EACH_AT_END.search(masked[parts[-1][0] : parts[-1][1]]) is not None
        split = _split(sentence, parts, match, bool(givers))
        if split is None:
            return records or None
        giver_parts, item = split
        if giver_parts:
            named = giver_in(sentence, giver_parts)
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
        respectively = masked.find("分别", start, match.start()) >= 0
        if respectively and len(givers) > 1:
            giver = givers[min(told, len(givers) - 1)]
            told += 1
            records.append(row_record(sentence, giver, article, entry_start))
        elif each or len(givers) == 1:
            for giver in givers:
                record = row_record(sentence, giver, article, entry_start)
                records.append(record)
        else:
            first, last = givers[0].place[0], givers[-1].place[1]
            joint = Giver(sentence.original[first:last], givers[0].kind, (first, last))
            record = row_record(sentence, joint, article, entry_start)
            record.scope = Scope.TOTAL
            records.append(record)
        place = max(figure.end, match.end())
        if masked[place : place + 1] in ")":
            place += 1
    if len(records) > 1 and _PARTS_OF.search(masked) and records[0].yuan is not None:
        records[0].scope = Scope.TOTAL
    tail = _vague_tail(sentence, place, givers)
    records = [record for record in records if record.yuan != 0]
    through_us = _DIRECTED.search(sentence.text)
    directed = through_us or _STRAIGHT_TO.search(sentence.text)
    for record in records:
        if directed is not None:
            first, last = directed.span("who")
            record.recipient = Party(
                sentence.original[first:last], (sentence.base + first, sentence.base + last)
            )
            record.directed = through_us is not None
        if _PLEDGED.search(sentence.text):
            record.pledged = True
    return records + tail or None


_EACH_AT_END: Final = expression(r"各$|均$|各捐$|每人$")


def _worth_of_all(sentence: Sentence, records: list[Draft], place: int, figure: Figure) -> Draft | None:
    """口罩5000只、消毒湿巾200箱,价值5.2万元: the value set apart by a comma is of all of them (f)."""
    donor = records[-1].donor
    listed = [r for r in records if r.kind is GiftKind.GOODS and r.yuan is None and r.donor == donor]
    set_apart = re.match(r"\s*[,;]|\s*[共合总]", sentence.masked[place:])
    if len(listed) < max(2, len(records)) or set_apart is None:
        return None
    names = list(dict.fromkeys(str(record.item) for record in listed))
    first = listed[0]
    return Draft(
        first.donor, first.donor_kind, GiftKind.GOODS, Scope.TOTAL, first.start, sentence.base + figure.end,
        yuan=figure.value, bound=figure.bound, item="、".join(names), from_row=True,
    )  # fmt: skip


def _valued_list(sentence: Sentence, start: int, end: int, figure: Figure) -> list[Draft] | None:
    """好粥道粥铺 白粥、包子,价值3000余元: articles without numbers and what they are worth."""
    parts = parts_of(sentence.masked, start, end)
    if len(parts) < 2:
        return None
    givers = giver_in(sentence, parts[:-1])
    articles = read_articles(sentence, parts[-1][0], end)
    if len(givers) != 1 or not articles:
        return None
    article = articles[0]
    article.money, article.end = figure, figure.end
    return [row_record(sentence, givers[0], article, start)]


def _vague_tail(sentence: Sentence, place: int, givers: list[Giver]) -> list[Draft]:
    match = _VAGUE_THING.match(sentence.masked, place)
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
    return [row_record(sentence, givers[0], article, match.start("item"))]


_VAGUE_THING: Final = expression(r"[,、+\s]*(?P<item>[\u4e00-\u9fff]{1,8}?)(?:一批|若干|管够|免费送)")


def _in_aside(masked: str, place: int) -> bool:
    opened = masked.rfind("(", max(0, place - 30), place)
    if opened < 0 or masked.find(")", opened, place) >= 0:
        return False
    closed = masked.find(")", place)
    return closed >= 0 and _ROW_ASIDE.match(masked, opened, closed + 1) is not None


def parts_of(masked: str, start: int, end: int) -> list[Place]:
    """The words of a stretch of a row; what stands in brackets is part of a word, or left out."""
    region = masked[start:end]
    if "(" in region or ")" in region:
        region = _BRACKETED.sub(_hidden, region).replace("(", " ").replace(")", " ")
    if "--" in region:
        region = _DASHES.sub(lambda match: " " * len(match.group()), region)
    return [(start + match.start(), start + match.end()) for match in _WORDS.finditer(region)]


def _hidden(bracketed: re.Match[str]) -> str:
    sign = " " if _TOLD_IN_BRACKETS.search(bracketed.group()) else "\u0001"
    return sign * len(bracketed.group())


_DASHES: Final = expression(r"-{2,}")
_BRACKETED: Final = expression(r"\([^()]*\)")
_TOLD_IN_BRACKETS: Final = expression(r"已|每|转|负责|待|代|元$")
_WORDS: Final = expression(r"[^\s:/|_,+;\u2190-\u27bf\ufe0f\u20e3\U0001f000-\U0001faff]+")


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
        goods = _GOODS_NAMED.search(last) is not None and body_head(last) is None
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


_GOODS_NAMED: Final = expression(r"物资|口罩|酒精|消毒液|防护服|用品|食品|药品")


def _bracket_stem(name: str) -> str | None:
    """The name before a bracket that only says who it is (仇小宝(小学生)); else None."""
    if not name.endswith((")", "）")):
        return None
    match = re.fullmatch(r"(?P<stem>[^()（）]{2,8})[(（](?P<aside>[^()（）]{1,8})[)）]", name)
    if match is not None and is_person_name(normal(match["stem"])):
        return match["stem"]
    titled = titled_name_length(normal(match["stem"])) if match is not None else None
    if match is not None and titled is not None:
        return match["stem"][-titled:]
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
    unit = _UNIT_ALONE.match(masked, match.end())
    return None if unit is None or unit.group() in "元块整" else unit.group()


_UNIT_ALONE: Final = expression(r"[\u4e00-\u9fff](?=[\s,;、。)+]|$)")


def giver_in(sentence: Sentence, parts: list[Place]) -> list[Giver]:
    """The giver that a row names; titles may stand in parts of their own before the name."""
    masked = sentence.masked
    if len(parts) == 2 and _person_with_body(masked[slice(*parts[0])], masked[slice(*parts[1])]):
        parts = parts[:1]
    start, end = parts[-1]
    if masked[start:end].isascii() and re.fullmatch(r"[A-Za-z.]+", masked[start:end]):
        for first, last in reversed(parts[:-1]):
            if re.fullmatch(r"[A-Za-z.]+", masked[first:last]):
                start = first
    if len(parts) > 1 and GIVE.search(masked, start, end):
        start, end = parts[-2]
    aside = re.search(r"\([^()]*\)$", masked[start:end]) if masked.find("(", start, end) >= 0 else None
    if (
        aside is not None
        and aside.start() > 1
        and is_person_name(masked[start : start + aside.start()])
        and not is_person_name(aside.group()[1:-1])
    ):
        end = start + aside.start()
    words = masked[start:end]
    trimmed = _VERBS_AT_END.sub("", words)
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
            first += name.index(stem)
            giver = Giver(stem, DonorKind.PERSON, (first, first + len(stem)), giver.count)
            name = stem
        if giver.guessed and len(name) > 12:
            return []
        if _NO_NAME.search(name) or len(name) > 40:
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


_VERBS_AT_END: Final = expression(r"(?:再加|再捐|又捐|另捐|追加|捐款|捐赠|捐|各|均|共)+$")
_NO_NAME: Final = expression(r"[。!?;]|为准|已向|合计|总计|序号|联系|电话|账号|开户|日期|时间")


def _person_with_body(first: str, second: str) -> bool:
    """王学军 工商联: the person, and where he is from."""
    if len(first) != 3 or len(second) < 3 or body_head(first) is not None:
        return False
    return is_person_name(first) and body_head(second) is not None


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


def row_record(sentence: Sentence, giver: Giver, article: Article, start: int) -> Draft:
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
