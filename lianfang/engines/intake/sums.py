"""Sums told by who took them in or collected them: 共收到社会各界捐款80万元, 青石商会共募集善款30万元."""

import re
from typing import Final

from lianfang.engines.intake.article import MIXED_NOUN, MIXED_WORDS, Article
from lianfang.engines.intake.claim import DonorKind, GiftKind, Scope
from lianfang.engines.intake.draft import Party
from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.given import is_given
from lianfang.engines.intake.givers import Giver, read_givers
from lianfang.engines.intake.goods import read_articles
from lianfang.engines.intake.heads import class_head
from lianfang.engines.intake.lexicon import GIVE
from lianfang.engines.intake.parties import party_at, receiver_of
from lianfang.engines.intake.passage import Passage
from lianfang.engines.intake.phrases import Sharing, read_lead
from lianfang.engines.intake.records import joint_giver, make_record, trim_quotes
from lianfang.engines.intake.sentence import BARE, COUNT, MONEY, QUANTITY
from lianfang.engines.intake.subjects import EMPTY_SUBJECT, carried_givers, names_in
from lianfang.engines.intake.topics import DEED_IN_NAME, as_carried, is_plausible, resolve


def read_receipt(passage: Passage, verb: re.Match[str], start: int, end: int) -> bool:
    """A sum told from the receiving side: "县红十字会共接收社会各界捐款80万元"."""
    masked = passage.masked
    after = masked[verb.end() : end]
    noun = _RECEIVED.match(after)
    if noun is None or _OTHER_SUM.search(noun["who"] or ""):
        return False
    lead = read_lead(passage.sentence, start, verb.start())
    recipient = receiver_of(passage, lead)
    who = noun.group("who") or ""
    listed = re.fullmatch(r"(?P<items>[\u4e00-\u9fffA-Za-z0-9、]{2,30})等", who)
    if listed is not None and re.match(r"(?:各类|防疫|救灾|抗疫|生活)?(?:物资|物品)", noun["what"]):
        who = ""
    who_start = verb.end() + noun.start("who")
    givers = _source_givers(passage, who_start, who_start + len(who)) if who.strip() else []
    object_start = verb.end() + noun.start("what")
    object_start = skip_given_noun(passage, object_start, end)
    articles = [a for a in read_articles(passage.sentence, object_start, end) if is_given(passage, a, True)]
    what = noun.group("what")
    mind_kind(articles, what)
    same = recipient is None or recipient is passage.thread.recipient
    if not givers and same and passage.thread.receiving and passage.thread.givers and not who.strip():
        givers = as_carried(passage.thread.givers)
    if not givers:
        givers = [Giver(None, DonorKind.GROUP, (-1, -1))]
    passage.thread.recipient, passage.thread.via = recipient, None
    if not articles and "物" in what:
        articles = _goods_alone(passage, object_start, end)
    if not articles:
        if "物" in what:
            passage.notice.vague = as_carried(givers), recipient, None, None
        passage.thread.givers = givers
        passage.thread.scope = Scope.TOTAL if givers[0].kind is DonorKind.GROUP else Scope.GIFT
        passage.thread.waiting = (start, end)
        passage.thread.receiving = True
        passage.thread.open = True
        return True
    _emit_receipt(passage, givers, articles, recipient, start, end)
    if len(articles) == 1 and articles[0].item == "物资" and articles[0].quantity is not None:
        passage.notice.vague = as_carried(givers), recipient, None, None
    return True


def _goods_alone(passage: Passage, start: int, end: int) -> list[Article]:
    """接收捐赠物资|9216.2万件: a quantity of things that are not named."""
    match = _QUANTITY_ALONE.fullmatch(passage.masked, start, end)
    figure = None if match is None else passage.sentence.figures.get(match.start("number"))
    if match is None or figure is None or figure.unit in ("笔", "批", "批次", "次", "宗"):
        return []
    return [Article(GiftKind.GOODS, figure.start, figure.end, None, "物资", None, figure)]


_QUANTITY_ALONE: Final = expression(
    rf"(?:共计|共|合计|总计|约|近|超)*(?P<number>{QUANTITY})(?:\([^()]*\))?[,。]?"
)


def _emit_receipt(
    passage: Passage,
    givers: list[Giver],
    articles: list[Article],
    recipient: Party | None,
    start: int,
    end: int,
) -> None:
    single = (
        len(givers) == 1
        and givers[0].kind is not DonorKind.GROUP
        and (givers[0].name is not None or givers[0].place[0] >= 0)
    )
    scope = Scope.GIFT if single and not (givers[0].count or 0) > 1 else Scope.TOTAL
    giver = givers[0] if len(givers) == 1 else joint_giver(passage, givers)
    records = [
        make_record(passage, giver, article, scope, recipient, None, start, end) for article in articles
    ]
    trim_quotes(passage, records, articles, start)
    passage.thread.givers = [giver]
    passage.thread.receiving = True
    passage.keep(records, scope)


def _source_givers(passage: Passage, start: int, end: int) -> list[Giver]:
    """The givers named on the receiving side; a word such as 匿名 or 社会 names none."""
    toward = re.search(r"(?<=.{2})(?:向|为|给|对).{2,}$", passage.masked[start:end])
    if toward is not None:
        end = start + toward.start()
    of = re.search(r"(?:捐购|捐赠|捐献|捐来|捐出|捐助|捐|寄来|送来|汇来)的?$", passage.masked[start:end])
    if of is not None:
        end = start + of.start()
    words = passage.masked[start:end].strip(" 的:,、")
    if words in ("个人", "单位", "企业", "集体") or _are_classes(words):
        return [Giver(words, DonorKind.GROUP, (start, end))]
    if not words or words in _NO_SOURCE:
        return []
    found = read_givers(passage.sentence, start, end)
    return [
        giver for giver in found if is_plausible(passage, giver) and (giver.name is None or not giver.guessed)
    ]


def _are_classes(words: str) -> bool:
    """爱心企业、个人: nothing but classes of givers, who are the donor of what was received (e)."""
    parts = re.split(r"、|以及|[和及与]", words)
    return words not in _NO_SOURCE and all(
        part in ("爱心企业", "爱心人士", "热心人士", "爱心商家", "热心市民") or class_head(part) == part
        for part in parts
    )


def read_collection(passage: Passage, verb: re.Match[str], start: int, end: int) -> bool:
    """A sum that somebody collected: "青石商会共募集善款30万元"."""
    masked = passage.masked
    articles = [
        a
        for a in read_articles(passage.sentence, skip_given_noun(passage, verb.end(), end), end)
        if is_given(passage, a, True)
    ]
    if DEED_IN_NAME.match(masked[start:end].lstrip(" ,")) and masked[start:end].lstrip(" ,").startswith(
        ("个别", "某些", "少数")
    ):
        return True
    if _WHAT_WAS_COLLECTED.match(masked, verb.end()) and _AS_A_LIST.match(masked, verb.end(), end) is None:
        return False
    listed = _AS_A_LIST.match(masked, verb.end(), end)
    if listed is not None and passage.index + 1 < len(passage.clauses):
        lead = read_lead(passage.sentence, start, verb.start())
        found = [g for g in names_in(passage, *lead.subject) if g.name is None or not _HERE.fullmatch(g.name)]
        passage.thread.givers = resolve(passage, found) or [Giver(None, DonorKind.GROUP, (-1, -1))]
        passage.thread.recipient = passage.thread.via = None
        passage.thread.waiting, passage.thread.open, passage.thread.scope = (start, end), True, Scope.TOTAL
        return True
    if not articles or (
        GIVE.search(masked, verb.end(), end)
        and re.search(r"捐给|转捐|捐至|捐往|捐予|捐赠给|捐献给", masked[verb.end() : end])
    ):
        return False
    mind_kind(articles, masked[verb.end() : end])
    lead = read_lead(passage.sentence, start, verb.start())
    words = masked[lead.subject[0] : lead.subject[1]].strip(" ,:、")
    givers: list[Giver] = []
    if words and not EMPTY_SUBJECT.match(words):
        found = names_in(passage, *lead.subject)
        givers = resolve(
            passage,
            [
                g
                for g in found
                if g.name is None
                or len(found) > 1
                or (g.points_back and g.name[-1] in "校院会司")
                or not _HERE.fullmatch(g.name)
            ],
        )
    else:
        givers = carried_givers(passage)
    if not givers:
        givers = [Giver(None, DonorKind.GROUP, (-1, -1))]
    giver = givers[0] if len(givers) == 1 else joint_giver(passage, givers)
    recipient, via = party_at(passage, lead.recipient), party_at(passage, lead.via)
    records = [
        make_record(passage, giver, article, Scope.TOTAL, recipient, via, start, end) for article in articles
    ]
    if lead.sharing is Sharing.RESPECTIVELY and len(givers) == len(articles) > 1:
        records = [
            make_record(passage, one, article, Scope.TOTAL, recipient, via, start, end)
            for one, article in zip(givers, articles, strict=True)
        ]
    for record in records:
        record.pledged = lead.pledged
    trim_quotes(passage, records, articles, start)
    passage.thread.givers, passage.thread.recipient, passage.thread.via = [giver], recipient, via
    passage.keep(records, Scope.TOTAL)
    return True


def skip_given_noun(passage: Passage, start: int, end: int) -> int:
    """Where the words begin that follow 善款, 捐赠物资 and the like."""
    noun = _GIVEN_NOUN.match(passage.masked, start, end)
    return noun.end() if noun is not None else start


def mind_kind(articles: list[Article], words: str) -> None:
    """款物 and 捐款捐物 make one figure stand for both; 捐物 and 物资 make it goods."""
    if not articles:
        return
    front = words.split("\ue000")[0]
    first = articles[0]
    if first.kind is GiftKind.GOODS and first.item is None and first.quantity is None and "款" in front:
        first.kind = GiftKind.CASH
    if (
        first.kind is GiftKind.GOODS
        and first.quantity is None
        and (_BOTH.search(front) or MIXED_NOUN.search(front))
    ):
        first.kind, first.item = GiftKind.MIXED, None
    if first.kind is GiftKind.CASH and re.search(MIXED_WORDS + r"|捐赠款、物|捐款、捐物|捐物捐款", front):
        first.kind = GiftKind.MIXED
    elif first.kind is GiftKind.CASH and re.search(r"物资|捐物|物品|实物", front):
        first.kind = GiftKind.GOODS
        match = re.search(
            r"(?:[\u4e00-\u9fff]{0,6}?)(防疫物资|抗疫物资|救灾物资|医疗物资|生活物资|爱心物资|"
            r"防控物资|物资|物品)",
            front,
        )
        first.item = match.group(1) if match else None


_BOTH: Final = expression(r"善款物资|款物|捐款捐物|捐资捐物")
_OTHER_SUM: Final = expression(
    r"补助|拨款|废品|废纸|货款|房租|租金|工资|拨付|上级|财政|贷款|税|罚|退款|[^捐善]款$"
)
_RECEIVED: Final = expression(
    rf"(?P<who>[^\ue000\ue001\ue003,。]{{0,24}}?)(?P<what>(?:的)?(?:爱心)?(?:捐款捐物|捐赠款物|捐赠资金|"
    rf"捐赠物资|捐赠物品|捐赠款|捐款|捐赠|捐物|捐资|善款|爱心款|款物|资金|款项|现金|钱款|物资|物品|赠款|"
    rf"{MONEY}|{QUANTITY}|(?:(?![的捐])[\u4e00-\u9fff]){{1,8}}{QUANTITY}|"
    rf"(?:(?![的捐])[\u4e00-\u9fff]){{1,8}}{BARE}).*)$",
    re.DOTALL,
)
_WHAT_WAS_COLLECTED: Final = expression(r"到?的(?=第|首|这|一批|\ue001|\ue000)")
"""将筹集到的第二批口罩送达…: said of the thing, not of the collecting."""
_AS_A_LIST: Final = expression(
    r"(?:到)?(?:的)?(?:各类|防疫|防控|抗疫|医疗|疫情防控|爱心)*(?:物资|款物|物品)?(?:主要|分别)?(?:有|包括|为|如下)\s*$"
)
"""筹集到的物资有:… – what was collected follows as a list."""
_NO_SOURCE_WORDS: Final = """
社会 匿名 爱心 各类 各种 首批 定向 非定向 此次 本次 全部 有效 公众 对外
"""
_NO_SOURCE: Final = frozenset(_NO_SOURCE_WORDS.split())
"""What stands before 捐款 in a receipt without naming who gave."""
_HERE: Final = expression(r"(?:全|我|本|各)[\u4e00-\u9fff]{1,3}")
"""全县: where the notice speaks from; a named county is a collector (e)."""
_GIVEN_NOUN: Final = expression(
    rf"(?:的)?(?:爱心)?(?:各类|各种)?(?:捐款捐物|捐赠款物|捐赠资金|捐赠物资(?=.{{0,8}}{QUANTITY})|"
    rf"捐赠款|捐款|捐赠|捐物|捐资|善款|爱心款|款物|资金|款项)?(?:{COUNT}|[\ue001][\ue011]*(?=[,\s]|$|共|"
    rf"合|总|折))?(?:,|\s)?(?:共计|合计|总计|累计|共|总额|总金额|达|达到|约)*"
)
