"""Sums whose givers are not named beside them: 以上现金合计80万元."""

import re
from typing import Final

from lianfang.engines.intake.article import MIXED_WORDS, Article
from lianfang.engines.intake.claim import DonorKind, GiftKind, Scope
from lianfang.engines.intake.draft import Party
from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.given import kind_of_verb
from lianfang.engines.intake.givers import Giver, read_givers
from lianfang.engines.intake.lexicon import GIVE, NOT_GIFT
from lianfang.engines.intake.parties import PLACE_ONLY, party_at
from lianfang.engines.intake.passage import Passage
from lianfang.engines.intake.phrases import read_lead
from lianfang.engines.intake.records import joint_giver, make_record
from lianfang.engines.intake.sentence import BARE, MONEY
from lianfang.engines.intake.subjects import carried_givers, names_in
from lianfang.engines.intake.topics import as_carried, is_plausible, resolve, topic_of
from lianfang.engines.intake.worth import read_worth


def read_grand_total(passage: Passage, start: int, end: int) -> bool:
    """A sum whose givers are not named: "以上现金合计…", "第二批捐款总额…调整为…"."""
    masked = passage.masked
    if masked.find("\ue000", start, end) < 0 and masked.find("\ue003", start, end) < 0:
        return False
    match = _GRAND_TOTAL.search(masked, start, end)
    if match is None:
        return False
    front = masked[start : match.start()].strip(" ,:-")
    money_start = match.start("money")
    changed = re.search(
        rf"(?:调整为|更正为|变更为|更改为|增至|增加到|增加至)\s*({MONEY})", masked[match.end() : end]
    )
    if changed is not None:
        money_start = match.end() + changed.start(1)
    figure = passage.sentence.figures.get(money_start)
    if figure is None:
        return False
    words = match.group("what") or ""
    lead_words = front + words
    verb = GIVE.search(masked, start, match.start("money"))
    if verb is not None and verb.end() > match.start() + 1 and not _NO_SUBJECT.fullmatch(front):
        return False
    if NOT_GIFT.search(front) and not re.search(r"捐|善款", lead_words):
        return False
    if verb is not None and any(
        giver.name is not None and not giver.guessed and not PLACE_ONLY.fullmatch(giver.name)
        for giver in names_in(passage, *read_lead(passage.sentence, start, verb.start()).subject)
    ):
        return False
    if (
        not front
        and re.match(r"合计|共计|总计", words)
        and not re.search(r"现金|款", words)
        and passage.thread.waiting is None
        and read_worth(passage, figure)
    ):
        return True
    waiting = passage.thread.waiting is not None
    about_giving = (
        (passage.thread.open and re.match(r"合计|共计|总计|累计", words) is not None)
        or re.search(r"捐|善款|募|赠|款物|现金|接龙|以上|物资", lead_words) is not None
        or waiting
        or passage.notice.is_list
    )
    if not about_giving:
        return False
    kind = kind_of_verb(words) or GiftKind.CASH
    if re.search(MIXED_WORDS, lead_words):
        kind = GiftKind.MIXED
    elif re.search(r"物资|物品|捐物|实物", lead_words) and not re.search(r"款物|捐款|现金", lead_words):
        kind = GiftKind.GOODS
    article = Article(kind, money_start, figure.end, figure)
    recipient: Party | None = None
    givers: list[Giver] = []
    listed = ""
    if waiting:
        givers, recipient = passage.thread.givers, passage.thread.recipient
        if givers and not passage.thread.receiving:
            recipient = passage.thread.recipient
    else:
        if words.startswith(("物资", "物品")) and front.endswith("等"):
            front, listed = "", front[:-1]
        subject = re.sub(
            r"(?:其中|以上|截至.*|本次|此次|活动|现场|累计|共|目前|全部|第.{1,3}批|名单|更正后|"
            r"经统计|爱心)",
            "",
            front,
        ).strip()
        if subject and len(subject) >= 2 and start <= match.start():
            lead = read_lead(passage.sentence, start, match.start())
            found = [
                g
                for g in read_givers(passage.sentence, *lead.subject)
                if g.name is not None and is_plausible(passage, g) and not g.guessed
            ]
            givers = resolve(passage, [g for g in found if not PLACE_ONLY.fullmatch(str(g.name))])
            recipient = party_at(passage, lead.recipient)
    if not givers and not front and passage.index == 1 and masked[start - 1 : start] == ":":
        givers = topic_of(passage, *passage.clauses[0])
    if (
        not givers
        and not front
        and len({record.donor for record in passage.found}) == 1
        and passage.thread.open
    ):
        givers = as_carried(passage.thread.givers)
    if (
        re.match(r"合计|共计|总计|累计", words)
        and not front
        and {GiftKind.CASH, GiftKind.GOODS} <= {record.kind for record in passage.found}
    ):
        article.kind = GiftKind.MIXED
    topic = passage.thread.topic
    if not givers and not front and topic is not None and re.match(r"捐|累计|合计|总计|共计", words):
        givers = as_carried([topic])
    if not givers and not front and passage.index and not passage.found:
        givers = [g for g in carried_givers(passage) if g.kind is DonorKind.GROUP and g.name is not None]
    if not givers:
        givers = [Giver(None, DonorKind.GROUP, (-1, -1))]
    giver = (
        givers[0]
        if len(givers) == 1
        else joint_giver(passage, givers)
        if givers[0].place[0] >= 0
        else givers[0]
    )
    if givers and giver.name is None and giver.kind is not DonorKind.GROUP:
        giver = Giver(None, DonorKind.GROUP, (-1, -1))
    record = make_record(
        passage, giver, article, Scope.TOTAL, recipient, passage.thread.via if waiting else None, start, end
    )
    if kind is GiftKind.GOODS:
        item = re.search(r"(防疫物资|抗疫物资|救灾物资|医疗物资|生活物资|物资|物品)", lead_words)
        record.item = listed or (None if item is None or "捐赠物资" in lead_words else item.group(1))
        if listed and passage.thread.sum_drafts:
            record.recipient = record.recipient or passage.thread.sum_drafts[0].recipient
    passage.thread.receiving = False
    if giver.name is not None:
        passage.thread.givers = [giver]
        passage.thread.recipient = passage.thread.via = None
    passage.keep([record], Scope.TOTAL)
    return True


_NO_SUBJECT: Final = expression(
    r"(?:其中|以上|截至.{0,12}|截止.{0,12}|本次|此次|活动|现场|累计|共计|共|目前|全部|第.{1,3}批|"
    r"前.{1,2}[期批]|.{0,2}第?.{1,2}期|本期|名单|更正后|经统计|经清点|据统计|爱心|已|[\ue004\ue014\s,]|"
    r"目前|当天|当日|今年|一周|期间)*"
)
_GRAND_TOTAL: Final = expression(
    rf"(?P<what>(?:捐款捐物|捐赠款物|捐赠资金|捐赠物资|爱心捐款|捐款|捐赠|善款|款物|现金|物资|款项|募捐|"
    rf"接龙|价值|捐物)?(?:价值)?(?:金额|总额|总数|总金额|总计|合计|共计|累计|总价值|总值|"
    rf"小计)+(?:由原来的|由原先的|由原|由|计|为|是|达到|达|共|约|现金|人民币|捐款|折合|折合人民币|:|"
    rf"\s)*)(?P<money>{MONEY}|{BARE}(?=[,。\s]|$))",
    needs="额数计值",
)
