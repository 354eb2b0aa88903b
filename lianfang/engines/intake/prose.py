"""Running text: who gives what, clause by clause, with what one clause leaves to be understood in the next.

A clause is read as one of

    a gift          甲向乙捐款5万元               (giver, verb, object)
    a sum           共收到社会各界捐款80万元       (receiver or collector, verb, object)
    a tier          捐款10万元以上的有8家          (`tiers`)
    a continuation  另有口罩2万只; 丙公司3万元; 价值9万元; 其中现金5万元
"""

import re
from functools import partial
from typing import Final

from lianfang.engines.intake.article import Article
from lianfang.engines.intake.claim import DonorKind, GiftKind, Scope
from lianfang.engines.intake.clauses import sentences
from lianfang.engines.intake.continuations import GOODS_ARE, read_continuation
from lianfang.engines.intake.draft import Draft, Party
from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.gifts import main_verb, read_gift
from lianfang.engines.intake.givers import Giver, read_givers
from lianfang.engines.intake.heads import class_head
from lianfang.engines.intake.lexicon import APPEAL, COLLECT, NEGATED, RECEIVE
from lianfang.engines.intake.notice import Notice
from lianfang.engines.intake.parties import party_at
from lianfang.engines.intake.passage import Passage, Thread
from lianfang.engines.intake.records import joint_giver, make_record
from lianfang.engines.intake.sayings import counted_class, read_saying
from lianfang.engines.intake.sentence import ANY_FIGURE, MONEY, read_sentence
from lianfang.engines.intake.sums import read_collection, read_receipt
from lianfang.engines.intake.tiers import may_tell_tiers, read_tiers
from lianfang.engines.intake.topics import note_topic
from lianfang.engines.intake.totals import read_grand_total


def read_prose(
    notice: Notice,
    start: int,
    end: int,
    speaker: Giver | None = None,
    topic: Giver | None = None,
    *,
    labelled: bool = False,
) -> list[Draft]:
    """The records told in a stretch of running text; `speaker` is who says "I".

    `topic` is the giver that a heading of its own names; `labelled` if it stands before a colon, so that what
    follows is its gift even without a verb.
    """
    last_deed = 0
    for match in _DEED.finditer(notice.text, start, end):
        last_deed = match.end()
    found: list[Draft] = []
    if (
        last_deed == 0
        and not notice.about_giving
        and not notice.is_list
        and topic is None
        and speaker is None
    ):
        return found
    thread = Thread(labelled=labelled, last_deed=last_deed)
    if topic is not None:
        thread.givers = [topic]
        thread.topic = topic
    if notice.kind is not None:
        thread.kind = notice.kind
    if speaker is not None:
        thread.speaker = speaker
        thread.givers = [speaker]
    for sentence_start, sentence_end in sentences(notice.text, start, end):
        if sentence_start > last_deed and not _MAY_TELL.search(notice.text, sentence_start, sentence_end):
            continue
        mark = _LIST_MARK.match(notice.text, sentence_start, sentence_end)
        if mark is not None:
            sentence_start = mark.end()
        sentence = read_sentence(
            notice.text[sentence_start:sentence_end],
            notice.original[sentence_start:sentence_end],
            sentence_start,
        )
        passage = Passage(notice, sentence, thread)
        thread.joined = notice.text[sentence_start - 1 : sentence_start] == ";"
        thread.parts_go_on = thread.parts_go_on and thread.joined
        found.extend(_read_passage(passage))
        thread.parts_go_on = thread.parts_go_on or passage.within_sum
    return found


def _read_passage(passage: Passage) -> list[Draft]:
    parties = _led_in(passage)
    thread = passage.thread
    listing = thread.listing and thread.joined and bool(thread.drafts)
    thread.listing = thread.listing and (thread.joined or _WORTH_FIRST.match(passage.masked) is not None)
    going_on = passage.thread.parts_go_on and bool(passage.thread.sum_drafts)
    passage.thread.open = passage.thread.labelled or going_on or listing
    if going_on:
        passage.within_sum = True
        parties = passage.thread.sum_drafts[0].recipient, passage.thread.sum_drafts[0].via
    passage.thread.waiting = (0, 0) if passage.thread.labelled else None
    passage.thread.receiving = passage.thread.receiving and passage.thread.joined
    passage.thread.labelled = False
    if _NO_DEED.search(passage.masked):
        return []
    passage.may_turn = _MAY_TURN.search(passage.masked) is not None
    for index, (start, end) in enumerate(passage.clauses):
        passage.index = index
        _read_clause(passage, start, end)
    if len(passage.found) > 1:
        passage.found = [record for record in passage.found if not _told_with_number(record, passage.found)]
    for record in passage.found if parties is not None else ():
        if record.recipient is None and record.via is None:
            record.recipient, record.via = parties or (None, None)
    return passage.found


def _told_with_number(record: Draft, found: list[Draft]) -> bool:
    """捐赠蔬菜,共筹集21840斤新鲜蔬菜: the article is told again in the sentence, with its number."""
    item = record.item
    if item is None or record.quantity is not None or record.yuan is not None:
        return False
    same = [other for other in found if other.donor == record.donor and other.quantity is not None]
    return any((other.item or "").endswith(item) for other in same)


def _led_in(passage: Passage) -> tuple[Party | None, Party | None] | None:
    """Receiver and channel from a sentence before that told no gift: …通过红十字会捐款。其中,甲捐款…"""
    thread = passage.thread
    if thread.waiting is None or not _AMONG_THEM.match(passage.masked) or not thread.givers:
        return None
    return (thread.recipient, thread.via) if thread.recipient or thread.via else None


def _read_clause(passage: Passage, start: int, end: int) -> None:
    masked = passage.masked
    if _SIGN.search(masked, start, end) is None:
        note_topic(passage, start, end)
        return
    if passage.notice.vague is not None and _are_told(passage, start, end):
        return
    if passage.may_turn and _turns_away(passage, start, end):
        return
    tiers = (
        read_tiers(
            passage.notice, passage.sentence, start, end, partial(_classes, passage), passage.thread.kind
        )
        if may_tell_tiers(masked, start, end)
        else []
    )
    if tiers:
        for tier in tiers:
            if passage.thread.sum_drafts and tier.recipient is None:
                tier.recipient = passage.thread.sum_drafts[0].recipient
        passage.thread.tiers = tiers
        passage.thread.kind = tiers[-1].kind
        passage.keep(tiers, Scope.TIER)
        return
    if read_saying(passage, start, end):
        return
    counted = counted_class(passage, start, end)
    if counted is not None:
        passage.thread.givers, passage.thread.waiting, passage.thread.open = [counted], (start, end), True
        return
    if _read_given_by(passage, start, end):
        return
    give = main_verb(passage, start, end)
    receive = RECEIVE.search(masked, start, end)
    collect = COLLECT.search(masked, start, end)
    if (
        receive is not None
        and (give is None or receive.start() < give.start())
        and read_receipt(passage, receive, start, end)
    ):
        return
    if (
        collect is not None
        and (give is None or collect.start() < give.start())
        and read_collection(passage, collect, start, end)
    ):
        return
    if read_grand_total(passage, start, end):
        return
    if give is not None and read_gift(passage, give, start, end):
        return
    if give is None and _TAKE_UP.search(masked, start, end) and ANY_FIGURE.search(masked, start, end):
        passage.taken = (start, end)
    elif give is None and read_continuation(passage, start, end):
        return
    note_topic(passage, start, end)


def _read_given_by(passage: Passage, start: int, end: int) -> bool:
    """其中5万元为某寺捐赠: the part of a sum stands before who gave it."""
    by = _GIVEN_BY.fullmatch(passage.masked, start, end)
    figure = None if by is None else passage.sentence.figures.get(by.start("money"))
    if by is None or figure is None:
        return False
    givers = [giver for giver in read_givers(passage.sentence, *by.span("who")) if giver.name is not None]
    if not givers:
        return False
    giver = givers[0] if len(givers) == 1 else joint_giver(passage, givers)
    article = Article(GiftKind.CASH, by.start("money"), by.end("money"), figure)
    scope = Scope.TOTAL if giver.kind is DonorKind.GROUP else Scope.GIFT
    told = passage.thread.sum_drafts or passage.thread.drafts
    parties = (told[0].recipient, told[0].via) if told else (None, None)
    passage.within_sum = True
    passage.keep([make_record(passage, giver, article, scope, *parties, start, end)], scope)
    return True


def _are_told(passage: Passage, start: int, end: int) -> bool:
    """物资包括口罩3000只: a clause that tells what the 物资 given before were."""
    told = passage.notice.vague
    first = passage.masked[slice(*passage.clauses[0])].strip()
    among = (passage.index == 1 and first == "其中") or (
        passage.index > 0
        and passage.masked[slice(*passage.clauses[passage.index - 1])].strip() in ("包括", "包含", "主要有")
        and _SUCH_GOODS.match(first) is not None
    )
    if told is None or not (among or GOODS_ARE.match(passage.masked, start, end)):
        return False
    thread = passage.thread
    thread.givers, thread.recipient, thread.via, whole = told
    thread.waiting, thread.open, thread.kind = (0, 0), True, GiftKind.GOODS
    thread.drafts = []
    if not read_continuation(passage, start, end):
        return False
    if whole is not None:
        whole.scope = Scope.TOTAL
    return True


_SUCH_GOODS: Final = expression(r"(?:本次|此次|这次|这批|此批|该批|上述|所)?(?:的)?(?:捐赠)?的?(?:物资|物品)")


def _turns_away(passage: Passage, start: int, end: int) -> bool:
    """Whether a clause tells no gift of its own: it denies, corrects, asks, or directs what was told."""
    masked = passage.masked
    if NEGATED.search(masked, start, end) or _CORRECTED_AWAY.search(masked, start, end):
        passage.thread.open = False
        return True
    if _AS_FOLLOWS.search(masked, start, end) or (
        "不等" in masked[start:end] and ANY_FIGURE.search(masked, start, end)
    ):
        return True
    directed = _DIRECTED.fullmatch(masked, start, end)
    if directed is not None and passage.found:
        party = party_at(passage, directed.span("who" if directed["who"] else "body"))
        for record in passage.found if party is not None else ():
            record.recipient, record.directed = party, directed["who"] is not None
        return True
    appeal = APPEAL.search(masked, start, end)
    if (
        appeal is not None
        and not RECEIVE.search(masked, start, end)
        and not _TOLD_BEFORE.search(masked, start, appeal.start())
    ):
        passage.thread.open = False
        return True
    return False


def _classes(passage: Passage) -> list[Giver]:
    """The classes of givers that a tier may divide, the nearest last."""
    before = passage.clauses[passage.index - 1] if passage.index else None
    if before is not None:
        within = re.search(
            r"(?P<class>[\u4e00-\u9fff]{2,20}?)(?:当?中|里)$", passage.masked[before[0] : before[1]]
        )
        if within is not None and class_head(within["class"]) is not None:
            first = before[0] + within.start("class")
            return [Giver(within["class"], DonorKind.GROUP, (first, first + len(within["class"])))]
    known = [
        record
        for record in [*passage.thread.sum_drafts, *passage.thread.tiers]
        if record.donor is not None and record.donor_kind is DonorKind.GROUP
    ]
    return [Giver(record.donor, DonorKind.GROUP, (-1, -1)) for record in known] or passage.thread.givers


_DEED: Final = expression(
    r"捐|赠|献|募|汇|凑|筹|塞给|递给|提来|端来|挑来|扛来|背来|牵来|驮来|拎来|抱来|捧来|载来|拿来|拉来|运来|"
    r"抬来|搬来|捎来|挤出|省出|追加|卸在|送[去来给到至往上达抵出了]|善款|收到|接收|接受|交给|投进|拿出|掏出|出资|赞助|驰援|支援|援助|放下|"
    r"留下|塞进|寄[来去给]|款物|党费"
)
"""Words without which a paragraph tells no gift, unless it is a list of them."""
_SIGN_WORDS: Final = "物资|来自|的是|应为|提供|驰援|援助|支援|拉到|运|捎|定向|指定|缴|交纳"
_SIGN: Final = expression(rf"[\ue000-\ue003捐赠献募善款送收汇凑寄投赞认署落误若存转]|{_SIGN_WORDS}")
"""Words without which a clause says nothing of giving but may name who is spoken of."""
_MAY_TELL: Final = expression(
    r"[\d〇零一二两三四五六七八九十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟廿卅数几半若"
    rf"捐赠献募善款送收汇凑寄投赞认署落误存转]|{_SIGN_WORDS}"
)
"""What a sentence must hold, before its figures are found, to have a clause with such a word or a figure."""
_GIVEN_BY: Final = expression(
    rf"\s*(?:其中)?[,:]?(?P<money>{MONEY})(?:现金|善款|捐款)?(?:为|是|系|由)(?P<who>[^,。]{{2,24}}?)"
    r"所?(?:捐赠|捐款|捐助|捐献|捐资|捐)的?[,。;]?"
)
_LIST_MARK: Final = expression(
    r"\s*(?:[(]?\d{1,2}[.、)](?!\d)|[①-⑳]|[(][一二三四五六七八九十]{1,3}[)])\s*(?=[^\d\s])"
)
"""What numbers the points of a paragraph (1.某公司捐款…。2.某商会…)."""
_NO_DEED: Final = expression(r"颁发捐赠证书|捐赠账户|捐款账号|开户行")
_TOLD_BEFORE: Final = expression(rf"捐[款赠献资出助]{{0,2}}(?:了)?{MONEY}.{{0,6}}$")
"""A deed told before the appeal in one clause (带头捐款1.1万元并发起捐款倡议)."""
_WORTH_FIRST: Final = expression(
    r"\s*(?:以上|上述|这批|全部)?(?:物资)?(?:总价值|价值|合计价值|共计价值|总计|折合)"
)
_AMONG_THEM: Final = expression(r"\s*(?:其中|具体|包括|有)")
_AS_FOLLOWS: Final = expression(
    r"(?:公示|公布|公告|通报|明细|名单|说明|汇总|鸣谢|情况)(?:具体)?如下|名单附后|详见附件",
    needs="下附",
)
_DIRECTED: Final = expression(
    r"\s*(?:受赠|接收|受捐|接受)(?:单位|方|人|对象)(?:为|是|系)(?P<body>[\u4e00-\u9fff()]{3,24})|\s*(?:均|全部|都|其中|指明|并)*(?:定向|指定)(?:用于|捐给|捐赠给|给|"
    r"捐赠|支援|支持)?(?!用|采购|购买|购置|添置)(?P<who>[\u4e00-\u9fff()、]{3,40}?)(?:(?:采购|购买|购置|添置)[^,。]{2,20})?"
)
_TAKE_UP: Final = expression(
    r"调配|调集|把(?!关)|将(?=[^,]{0,20}[\ue000\ue001])|购买|采购|购置|采摘|采收|赶制|定制|订购|买来|买了|生产的|自制|先期"
)
_CORRECTED: Final = (
    r"有误|原登(?!记在)|原刊|误登|误写|错登|误记|误将|误录|误为|原登记|原公布|原文|登记为.*有误|系笔误"
)
_CORRECTED_AWAY: Final = expression(_CORRECTED)
_MAY_TURN: Final = expression(
    rf"{NEGATED.pattern}|{APPEAL.pattern}|{_CORRECTED}|如下|名单附后|详见附件|不等|单位|人|对象|方|定向|指定"
)
"""Words without which no clause of a sentence turns away from telling gifts."""
