"""What is given: whether articles beside a verb are a gift, and where else they may be told."""

import re
from typing import Final

from lianfang.engines.intake.article import GOODS_END, VALUE, Article
from lianfang.engines.intake.claim import DonorKind, GiftKind, Place
from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.givers import Giver, read_givers
from lianfang.engines.intake.goods import read_articles
from lianfang.engines.intake.heads import body_head
from lianfang.engines.intake.lexicon import GIVE, NOT_GIFT, VISIT
from lianfang.engines.intake.parties import TO
from lianfang.engines.intake.passage import Passage
from lianfang.engines.intake.phrases import Lead
from lianfang.engines.intake.sentence import ANY_FIGURE, BARE, MONEY


def is_given(passage: Passage, article: Article, weak: bool) -> bool:
    """Whether an article counts as given; `weak`: the verb alone does not say giving."""
    if article.money is not None and article.money.value is None and article.kind is GiftKind.CASH:
        return False
    if article.quantity is not None and article.quantity.value == 0:
        return False
    if article.money is None and article.item is not None and article.item.startswith(_MONEY_WORDS):
        return False
    if article.item is not None and (_NOT_GOODS.match(article.item) or _names_a_body(article.item)):
        return False
    if (
        article.kind is GiftKind.GOODS
        and article.quantity is None
        and article.money is None
        and not article.vague
    ):
        if article.item is None:
            return False
        if _value_follows(passage):
            return True
        if _GENERIC_GOODS.fullmatch(article.item):
            return False
        if article.item.startswith(("物资", "款物", "善款", "捐款", "资金")):
            return False
        return not weak and (
            _NAMED_GOODS.search(article.item) is not None or GOODS_END.search(article.item) is not None
        )
    return True


_MONEY_WORDS: Final = ("善款", "捐款", "资金", "款项")
_NOT_GOODS: Final = expression(r"免费|在(?!线)|另行|特意|纸条|证书|锦旗|感谢信|军礼|鞠躬|.*(?:组成|出发)")


def _names_a_body(item: str) -> bool:
    """Whether the words are the name of an office or a chamber, or none at all, and no thing."""
    head = body_head(item)
    office = head is not None and head[1] in (DonorKind.GOVERNMENT, DonorKind.CHAMBER)
    return item in ("每", "各", "用", "从") or (office and head is not None and len(item) > len(head[0]) > 1)


_HAS: Final = expression(r"(?:\s|,|表示|称|说)*有")


def subject_is_thing(passage: Passage, lead: Lead, verb: re.Match[str]) -> bool:
    """首批价值500万元的乳制品已送抵…: what stands before the verb is the thing."""
    if not verb.group().endswith(("到", "抵", "达", "往", "至", "出", "去")) and not (
        verb.group().endswith("给") and _HAS.match(passage.masked, lead.subject[0])
    ):
        return False
    match = ANY_FIGURE.search(passage.masked, *lead.subject)
    return (
        match is not None
        and passage.masked[match.start()] in "\ue000\ue001"
        and all(giver.guessed for giver in read_givers(passage.sentence, lead.subject[0], match.start()))
    )


def _value_follows(passage: Passage) -> bool:
    """Whether the next clause tells what the articles of this one are worth."""
    if passage.index + 1 >= len(passage.clauses):
        return False
    return VALUE_CLAUSE.match(passage.masked, *passage.clauses[passage.index + 1]) is not None


def weak_is_gift(
    passage: Passage, givers: list[Giver], articles: list[Article], verb: re.Match[str], start: int
) -> bool:
    """Whether a verb such as 送来 or 拿出 tells a gift here."""
    if not givers or all(
        giver.guessed and giver.name is not None and len(giver.name) > 10 for giver in givers
    ):
        return False
    cash = any(article.kind is GiftKind.CASH for article in articles)
    word = verb.group()
    if all(_is_office(giver) for giver in givers) and VISIT.search(passage.masked, start):
        return False
    if word.startswith(("交纳", "缴纳")) and "党费" not in passage.notice.title + passage.notice.text:
        return False
    if cash and not re.match(
        r"汇|投|拿出|掏出|凑|送上|递|捧|挤|省|提来|带回|送回|追加|支援|驰援|援助|送来|送去|送到|"
        r"交给|交到|交来|交纳|缴|交|转来|打|寄|塞|放|留|出资|赞助|捎",
        word,
    ):
        return False
    if cash and re.match(
        r"(?:的)?(?:专项|工作|专门)?(?:经费|补贴|补助|周转金|预算)",
        _words_after(passage.masked, articles[0]),
    ):
        return False
    if (
        cash
        and word in ("拿出", "出资", "掏出", "交给", "交到", "凑了", "凑出")
        and not _speaks_of_giving_nearby(passage)
    ):
        return False
    return not NOT_GIFT.search(passage.masked, start, verb.start())


def _is_office(giver: Giver) -> bool:
    """Whether a giver is an authority, a place that one governs, or another public body."""
    return giver.kind in (DonorKind.GOVERNMENT, DonorKind.ORGANISATION)


def bought_with(passage: Passage, article: Article, end: int) -> None:
    """出资48万元购买医用手套,捐献给…: what is given is the thing, worth the money."""
    bought = _BOUGHT.match(passage.masked, article.end, end)
    if bought is None or GIVE.search(passage.masked, bought.end()) is None:
        return
    things = read_articles(passage.sentence, bought.end(), end)
    if things and things[0].kind is GiftKind.GOODS and things[0].money is None:
        article.kind, article.item, article.item_place = (
            GiftKind.GOODS,
            things[0].item,
            things[0].item_place,
        )
        article.quantity, article.end = things[0].quantity, things[0].end


def _speaks_of_giving_nearby(passage: Passage) -> bool:
    """Whether the sentence, its neighbours or the heading speak of giving."""
    if passage.notice.about_giving:
        return True
    first, last = passage.sentence.base, passage.sentence.base + len(passage.masked)
    return (
        re.search(
            r"捐|赠|献|支援|爱心|善款|红十字|慈善|心意|党费",
            passage.notice.text[max(0, first - 80) : last + 60],
        )
        is not None
    )


def has_arrived(passage: Passage, end: int) -> bool:
    """Whether what was promised is told to have come in."""
    return (
        re.search(
            r"已(?:经)?(?:于[^,。]{0,8})?(?:全部)?(?:到账|到位|转入|汇入|拨付|送达|送抵|交付|支付|"
            r"打入|落实)",
            passage.masked[end:],
        )
        is not None
    )


def object_told_before(passage: Passage, verb: re.Match[str], start: int) -> list[Article]:
    """What is given where the verb itself has no object: "从境外采购口罩5000只,捐赠给…"."""
    masked = passage.masked
    own = masked[start : verb.start()]
    if not (
        verb.group().endswith(("给", "到", "至", "往", "抵", "达", "进", "向", "出", "来", "去"))
        or TO.match(masked, verb.end())
        or re.match(r"了?(?:出[来去]?)?[,。]?$|用于|支持|支援|驰援|助力", masked[verb.end() :].split(",")[0])
    ):
        return []
    own_figure = _TOLD_FIGURE.search(own)
    where = start + (0 if own_figure is None else own_figure.start())
    if own_figure is not None:
        region = _told_region(passage, start, verb.start())
        articles = read_articles(passage.sentence, *region)
        return [a for a in articles if is_given(passage, a, True)]
    if passage.taken is not None:
        first, last = passage.taken
        passage.taken = None
        told = [
            a
            for a in read_articles(passage.sentence, *_told_region(passage, first, last))
            if is_given(passage, a, True)
        ]
        if told:
            return told
    if passage.index == 0 or passage.thread.open:
        return []
    for previous in range(passage.index - 1, max(-1, passage.index - 4), -1):
        first, last = passage.clauses[previous]
        if VALUE_CLAUSE.match(masked, first, last):
            passage.value_told = (first, last)
            continue
        if not ANY_FIGURE.search(masked, first, last):
            continue
        if NOT_GIFT.search(masked, first, last) and not re.search(
            r"采购|购买|购置|生产|赶制|调配|调集|筹集|调运|运来", masked[first:last]
        ):
            return []
        articles = [
            a
            for a in read_articles(passage.sentence, *_told_region(passage, first, last))
            if is_given(passage, a, True)
        ]
        if articles:
            for article in articles:
                article.start = min(article.start, where)
            return articles
    return []


def _told_region(passage: Passage, start: int, end: int) -> Place:
    """The part of a clause that names the thing, after 把、将、购买 … where one of them stands."""
    found = None
    for match in _TAKE.finditer(passage.masked, start, end):
        if ANY_FIGURE.search(passage.masked, match.end(), end):
            found = match
    return (found.end() if found is not None else start), end


def _words_after(masked: str, article: Article) -> str:
    """The words that follow an article in the masked sentence."""
    return masked[article.end : article.end + 8]


def kind_of_verb(verb: str) -> GiftKind | None:
    if verb == "捐物":
        return GiftKind.GOODS
    if _MIXED_VERB.search(verb):
        return GiftKind.MIXED
    return None


_MIXED_VERB: Final = expression(r"捐款捐物|捐钱捐物|捐资捐物|捐物捐款|款物|捐款、捐物|财物|钱物")


_TOLD_FIGURE: Final = expression("[\ue000\ue001\ue003]")
_TAKE: Final = expression(
    r"把|将|采摘(?:了)?|采收(?:了)?|(?:紧急)?(?:调配|调集|调来|调运)(?:了)?|购买(?:了)?|采购(?:了)?|购置(?:了)?|购进|购得|买来|买了|筹集(?:了)?|拿出(?:了)?|凑了|省下|"
    r"赶制(?:了)?|定制(?:了)?|订购(?:了)?|生产(?:的|了)?|加工(?:了)?|做好(?:了)?|准备(?:了)?|带着|拉着|"
    r"载着|扛着|从"
)
_BOUGHT: Final = expression(
    r"(?:人民币|现金|的?资金)?(?:紧急|专门|先后|统一)?(?:购买|采购|购置|购进|购得|买来|买|订购)(?:了)?"
)
VALUE_CLAUSE: Final = expression(
    rf"(?:\s|合计|共计|共|总计|总)*(?:{VALUE})(?:为|是|共|约)*(?P<money>{MONEY}|{BARE})"
)
_GENERIC_GOODS: Final = expression(
    r"(?:医用|医疗|防疫|抗疫|防控|防护|救灾|抗灾|疫情|生活|爱心|捐赠|捐助|应急|紧缺|相关|慰问|急需|各类|此批|首批|有关|暖心|"
    r"这些|这批|该批|所有|所捐|、)*(?:物资|物品|用品|物质|款物|东西)"
)
"""物资: says that things were given, but not what."""
_NAMED_GOODS: Final = expression(
    r"(?:口罩|物资|药品|食品|用品|防护服|酒精|消毒液|蔬菜|水果|大米|牛奶|方便面|矿泉水|衣物|被褥|棉被|"
    r"图书|设备|器材|面包|酱醋|手套|护目镜|面粉|食用油|救护车|呼吸机|车辆|帐篷|被子|衣服)"
)
