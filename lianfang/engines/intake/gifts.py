"""A gift told with giver, verb and object: 甲向乙捐款5万元."""

import re
from typing import Final

from lianfang.engines.intake.article import Article
from lianfang.engines.intake.claim import DonorKind, DoubtReason, GiftKind, Place, Scope
from lianfang.engines.intake.draft import Draft, Party
from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.given import (
    bought_with,
    has_arrived,
    is_given,
    kind_of_verb,
    object_told_before,
    subject_is_thing,
    weak_is_gift,
)
from lianfang.engines.intake.givers import Giver, read_givers
from lianfang.engines.intake.goods import read_articles
from lianfang.engines.intake.heads import body_head
from lianfang.engines.intake.lexicon import GIVE, SEND, VISIT
from lianfang.engines.intake.parties import TO, object_and_recipient, party_at, via_at
from lianfang.engines.intake.passage import Passage
from lianfang.engines.intake.phrases import Lead, Sharing, read_lead
from lianfang.engines.intake.records import carries_parties, make_records
from lianfang.engines.intake.sentence import ANY_FIGURE, MONEY, QUANTITY
from lianfang.engines.intake.subjects import EMPTY_SUBJECT, givers_of
from lianfang.engines.intake.topics import as_carried, is_plausible, resolve, topic_of
from lianfang.engines.intake.worth import read_value


def main_verb(passage: Passage, start: int, end: int) -> re.Match[str] | None:
    """The verb that says the giving: the first own one, but of 购买…捐给丙 the second."""
    masked = passage.masked
    first: re.Match[str] | None = None
    for verb in GIVE.finditer(masked, start, end):
        called_for = _CALLED_FOR.search(masked, max(start, verb.start() - 2), verb.start())
        if called_for is not None and not masked.startswith(("\ue000", "\ue003"), verb.end()):
            continue
        if (
            masked.startswith("的", verb.end())
            and not re.match(
                r"的(?:是|首批|第一批|现金|人民币|善款)?[\ue000\ue003]", masked[verb.end() : end]
            )
            and first is None
        ):
            following = GIVE.search(masked, verb.end(), end)
            if following is not None:
                continue
        if first is None or (
            (TO.match(masked, verb.end()) or verb.group().endswith(("给", "到", "至")))
            and (
                not ANY_FIGURE.search(masked, first.end(), verb.start())
                or masked[first.end() : first.end() + 1] in "的了额"
            )
        ):
            first = verb
    if first is not None:
        return first
    for verb in SEND.finditer(masked, start, end):
        first = verb
    if first is not None and VISIT.search(masked, 0, first.start()) and not GIVE.search(masked):
        return None  # officials on a visit bring things without giving them
    return first


def _has_subject(passage: Passage, lead: Lead) -> bool:
    """Whether the clause names who acts."""
    words = passage.masked[lead.subject[0] : lead.subject[1]].strip(" ,:、“”")
    return bool(words) and EMPTY_SUBJECT.match(words) is None


def _is_place(words: str) -> bool:
    """Whether the words name a place, whose figure is a sum over its people."""
    head = body_head(words.strip(" ,"))
    return head is not None and head[0] in ("镇", "乡", "村", "县", "市", "区", "街道", "社区", "办事处")


def _through_before(passage: Passage) -> Party | None:
    """某集团通过某基金会,|紧急捐赠…: the channel stands at the end of the clause before."""
    if not passage.index:
        return None
    through = _THROUGH.search(passage.masked, *passage.clauses[passage.index - 1])
    if through is None or _HANDS_ON.search(through["via"]) is None:
        return None
    return party_at(passage, through.span("via"), resolve=False)


def _toward_before(passage: Passage) -> Place | None:
    """派代表,向某镇政府,|捐赠口罩: the receiver has a clause of its own."""
    if not passage.index:
        return None
    toward = _TOWARD.fullmatch(passage.masked, *passage.clauses[passage.index - 1])
    return None if toward is None else toward.span("who")


def _toward_goes_on(passage: Passage, lead: Lead, start: int) -> Place | None:
    """先后向甲医院、乙医院,|以及一线的公安干警捐赠…: the words before the verb are more receivers."""
    if not passage.index or lead.recipient is not None or _MORE_OF_THEM.match(passage.masked, start) is None:
        return None
    before = passage.clauses[passage.index - 1]
    toward = _OPEN_TOWARD.search(passage.masked, *before)
    if toward is None or GIVE.search(passage.masked, *before):
        return None
    return toward.start("who"), lead.subject[1]


def _is_reached_by_all(passage: Passage, lead: Lead, after: int, givers: list[Giver]) -> bool:
    """截至目前,捐款已达7万余元: what all gave together, not the person told of before."""
    return (
        lead.together
        and bool(passage.index)
        and len(givers) == 1
        and givers[0].kind is DonorKind.PERSON
        and not _has_subject(passage, lead)
        and _REACHED_SO_FAR.match(passage.masked, after) is not None
        and _UNTIL.match(passage.masked, *passage.clauses[passage.index - 1]) is not None
    )


def _own_lot(passage: Passage, lead: Lead, recipient: Place | None) -> bool:
    """拟捐赠隔离服1000套,|目前首批300套已送达某处: a part of what was told, which tells its receiver."""
    told = [record for record in passage.thread.drafts if record in passage.found]
    if not told or _FIRST_LOT.fullmatch(passage.masked, *lead.subject) is None:
        return False
    party = party_at(passage, recipient)
    for record in told:
        record.recipient = record.recipient or party
    return True


def _next_bare_place(passage: Passage, words: str) -> bool:
    """向西安捐款100万元、安康|捐款100万元: both names are places without the word for it."""
    told = passage.thread.recipient
    return told is not None and 2 <= len(words) <= 3 >= len(told.name) and body_head(told.name) is None


def _receiver_before_verb(passage: Passage, lead: Lead, start: int) -> bool:
    """向安西市捐款100万元、安远县|捐款100万元: the place goes on with 向 of the clause before."""
    words = passage.masked[lead.subject[0] : lead.subject[1]].strip(" ,")
    return (
        passage.thread.open
        and passage.thread.recipient is not None
        and passage.masked[max(0, start - 1) : start] == "、"
        and (_RECEIVING_PLACE.fullmatch(words) is not None or _next_bare_place(passage, words))
    )


def _batch_before_figure(passage: Passage, lead: Lead) -> re.Match[str] | None:
    """某商会的|第一批捐赠物资|2000件防护服已送达…: what parts the giver from the things."""
    figure = ANY_FIGURE.search(passage.masked, *lead.subject)
    if figure is None or figure.start() - lead.subject[0] < 4:
        return None
    batch = _BATCH_OF.search(passage.masked, lead.subject[0], figure.start())
    return batch if batch is not None and batch.start() - lead.subject[0] >= 3 else None


def _went_to(passage: Passage) -> Party | None:
    """来到城东卡点,送来牛奶50箱: the body to which the givers went a clause before."""
    for first, last in reversed(passage.clauses[max(0, passage.index - 2) : passage.index]):
        went = _WENT_TO.search(passage.masked, first, last)
        if went is not None and (
            body_head(went["who"]) is not None or went["who"].endswith(("卡点", "一线"))
        ):
            return party_at(passage, went.span("who"))
    return None


def _spends_the_money(passage: Passage, articles: list[Article], start: int) -> bool:
    """捐款10万元,购买测温仪捐赠给县指挥部: the sum is the gift, the articles are what it buys (guide, f)."""
    told = passage.thread.drafts
    return (
        bool(articles)
        and passage.thread.open
        and bool(told)
        and all(record.kind is GiftKind.CASH and record in passage.found for record in told)
        and all(article.kind is GiftKind.GOODS and article.money is None for article in articles)
        and _BUYS.match(passage.masked, start) is not None
    )


def _owners(passage: Passage, lead: Lead) -> list[Giver]:
    """将|同学们|的爱心善款1.6万元交到…: whose the money is that somebody brings."""
    owned = _OWNED.match(passage.masked, *lead.object) if lead.object is not None else None
    if owned is None:
        return []
    owners = [giver for giver in read_givers(passage.sentence, *owned.span("who")) if giver.name is not None]
    good = len(owners) == 1 and not owners[0].points_back and is_plausible(passage, owners[0])
    if not good or (owners[0].guessed and owners[0].kind is not DonorKind.PERSON):
        return []
    return resolve(passage, owners)


_OWNED: Final = expression(
    r"\s*(?P<who>[^,。的]{2,24}?)(?:自发|共同|踊跃|积极)?(?:筹集|募集|捐出|捐献|捐赠|捐助|凑集|凑)?(?:到|来)?的"
    r"(?=(?:爱心|全部|这笔)?(?:善款|捐款|爱心款|心意)|\ue000\ue010*(?:爱心)?(?:善款|捐款|爱心款))"
)


def _is_whole(passage: Passage, told: Draft, articles: list[Article]) -> bool:
    """Whether the parts that 其中 begins are those of a gift told in this sentence or the one before."""
    if told in passage.found:
        return True
    part = articles[0].yuan if articles else None
    return passage.index <= 1 and part is not None and told.yuan is not None and part < told.yuan


def read_gift(passage: Passage, verb: re.Match[str], start: int, end: int) -> bool:
    """Read a clause with a giving verb; whether it told anything."""
    masked, thread = passage.masked, passage.thread
    weak = verb.re.pattern == SEND.pattern
    corrected = _CORRECTED_TO.match(masked, start, verb.start())
    if corrected is not None:
        start = corrected.end()
    lead = read_lead(passage.sentence, start, verb.start())
    if verb.group().startswith("认捐"):
        lead.pledged = True
    going_on = _toward_goes_on(passage, lead, start)
    if going_on is not None:
        lead.recipient, lead.subject = going_on, (start, start)
    after = verb.end()
    if _SPENDING.match(masked, after, end) or _SPENT.search(masked, start, verb.start()):
        return False
    noun = _SUM_NOUN.match(masked, after, end)
    if noun is not None:
        after = noun.end()
    changed = _CHANGED.match(masked, after, end)
    if changed is not None:
        after = changed.end()
    promise = _PROMISED_SERVICE.search(masked, after, end)
    if promise is not None and ANY_FIGURE.search(masked, promise.end(), end) is None:
        end = promise.start()
    object_end, recipient = object_and_recipient(passage, verb, after, end)
    if recipient is not None and recipient[0] < object_end and recipient[0] <= after + 3:
        after = recipient[1] + (1 if masked.startswith("的", recipient[1]) else 0)
    articles = read_articles(passage.sentence, after, object_end) if after < object_end else []
    articles = [article for article in articles if is_given(passage, article, weak)]
    if _SPREAD.search(masked, start, end) or _INSURED.search(masked, start, end):
        return False
    if articles and articles[0].kind is not GiftKind.GOODS:
        lead.together = (
            lead.together
            or _REACHED_SO_FAR.match(masked, after, object_end) is not None
            or (
                _SUM_FRONT.match(masked, after, object_end) is not None
                and re.match(r"共|累计|总|合计", masked[after:object_end].strip("额款了达到")) is not None
            )
        )
    if articles and _REACHES.match(masked, after, object_end) and _is_place(masked[slice(*lead.subject)]):
        lead.together = True
    if noun is not None and "总" in noun.group():
        lead.together = True
    if lead.sharing is Sharing.RESPECTIVELY and _SUM_FRONT.match(masked, after, object_end):
        lead.sharing = Sharing.NONE
    if articles and _EACH.match(masked, after):
        lead.sharing = Sharing.EACH
    if any(article.each for article in articles) and recipient is not None:
        lead.sharing = Sharing.EACH
    if lead.object is not None and _COLLECTED.search(masked, *lead.object):
        lead.together = True
    if not articles and lead.object is not None:
        articles = [a for a in read_articles(passage.sentence, *lead.object) if is_given(passage, a, weak)]
    if not articles and _own_lot(passage, lead, recipient):
        return True
    batch = _batch_before_figure(passage, lead) if not articles else None
    if batch is not None:
        articles = [
            a
            for a in read_articles(passage.sentence, batch.end(), lead.subject[1])
            if is_given(passage, a, weak)
        ]
        if articles:
            lead.subject = (lead.subject[0], batch.start())
    if not articles and subject_is_thing(passage, lead, verb):
        articles = [a for a in read_articles(passage.sentence, *lead.subject) if is_given(passage, a, weak)]
        if articles:
            lead.subject = (lead.subject[0], lead.subject[0])
    batch_end = _BATCH_TAIL.search(masked, *lead.subject)
    apart = _APART_FROM.search(masked, *lead.subject) if masked[end - 1 : end] == "外" else None
    if apart is not None and apart.start() - lead.subject[0] >= 3:
        lead.subject = (lead.subject[0], apart.start())
    if batch_end is not None and batch_end.start() - lead.subject[0] >= 3:
        lead.subject = (lead.subject[0], batch_end.start())
    givers: list[Giver] = []
    if not articles:
        taken = passage.taken
        articles = object_told_before(passage, verb, start)
        if articles and taken is not None and not _has_subject(passage, lead):
            givers = as_carried([g for g in topic_of(passage, *taken) if not g.guessed])
    named = _BATCH_OF.search(masked, *lead.subject)
    if named is not None and not articles:
        lead.subject = (lead.subject[0], named.start())
        thread.listing = True
    if recipient is None and lead.recipient is None and _receiver_before_verb(passage, lead, start):
        lead.recipient, lead.subject = lead.subject, (start, start)
    givers = givers or _owners(passage, lead) or givers_of(passage, lead)
    if len(givers) == 1 and givers[0].name is not None and _THIS_BATCH.fullmatch(givers[0].name):
        givers = [Giver(None, DonorKind.GROUP, (-1, -1))]
        known = as_carried([giver for giver in thread.givers if giver.name is not None and not giver.guessed])
        if not articles and _OF_GOODS.match(masked, after) and len(known) == 1:
            givers, thread.listing = known, True
    if _is_reached_by_all(passage, lead, after, givers):
        givers = [Giver(None, DonorKind.GROUP, (-1, -1))]
    via = via_at(passage, lead.via) or _through_before(passage)
    own_recipient = party_at(passage, recipient or lead.recipient or _toward_before(passage))
    if (
        not articles
        and (not weak or verb.group().endswith(("到", "至", "给", "往", "抵", "达")))
        and own_recipient is not None
        and passage.found
        and thread.open
        and not _has_subject(passage, lead)
    ):
        for record in [*passage.found, *(one for one in thread.drafts if one not in passage.found)]:
            if record not in thread.drafts and (
                record.recipient is not None
                or record.donor != thread.drafts[0].donor
                or not record.kind is thread.drafts[0].kind is GiftKind.GOODS
            ):
                continue
            if record.recipient is None or any(
                doubt.reason is DoubtReason.WEAK_VERB for doubt in record.doubts
            ):
                record.recipient = own_recipient
                record.via = record.via or via
        return True
    if _spends_the_money(passage, articles, start):
        for record in thread.drafts:
            record.recipient = record.recipient or own_recipient
        return True
    if not articles:
        if givers and (not weak or thread.listing) and not _NOUN_USE.match(masked, verb.end()):
            thread.givers, thread.waiting, thread.pledged = givers, (start, end), lead.pledged
            thread.kind = kind_of_verb(verb.group()) or thread.kind
            thread.recipient, thread.via = own_recipient, via
            thread.open = True
            object_words = "" if lead.object is None else masked[slice(*lead.object)]
            if _OF_GOODS.match(masked, after) or "物资" in object_words:
                passage.notice.vague = as_carried(givers), own_recipient, via, None
            return True
        if own_recipient is not None and thread.open and not weak:
            for record in thread.drafts:
                record.recipient = record.recipient or own_recipient
        return False
    if _AVERAGE.search(masked, start, verb.start()) and givers:
        thread.givers, thread.waiting, thread.open = givers, (start, end), True
        return True
    if weak and not weak_is_gift(passage, givers, articles, verb, start):
        return False
    if not givers and lead.together and not weak and not _has_subject(passage, lead):
        givers = [Giver(None, DonorKind.GROUP, (-1, -1))]
    if not givers:
        return False
    if (
        lead.sharing is Sharing.EACH
        and len(givers) == 1
        and givers[0].kind is DonorKind.GROUP
        and givers[0].count is None
        and articles[0].kind is GiftKind.CASH
        and _PER_HEAD.search(masked, start, verb.start())
    ):
        thread.givers, thread.waiting, thread.open = givers, (start, end), True
        return True
    if own_recipient is None and thread.receiving and passage.found and not _has_subject(passage, lead):
        own_recipient = passage.found[-1].recipient
    carries = carries_parties(passage, lead, start)
    if own_recipient is None and not thread.open:
        own_recipient = _went_to(passage)
    if masked.startswith("其中", start) or (
        passage.index and masked[slice(*passage.clauses[passage.index - 1])].strip() == "其中"
    ):
        passage.within_sum = True
        own = not _has_subject(passage, lead)
        if own or not any(giver.name == record.donor for giver in givers for record in thread.drafts):
            for record in thread.drafts:
                if (
                    record.scope is Scope.GIFT
                    and record.yuan is not None
                    and _is_whole(passage, record, articles)
                ):
                    record.scope = Scope.TOTAL
                    if record.kind is GiftKind.CASH and articles[0].kind is GiftKind.GOODS:
                        record.kind = GiftKind.MIXED
    if own_recipient is None and thread.sum_drafts and passage.within_sum:
        own_recipient = thread.sum_drafts[0].recipient
    if carries and own_recipient is None and via is None:
        own_recipient, via = thread.recipient, thread.via
    if (
        via is None
        and own_recipient is not None
        and carries
        and thread.via is not None
        and lead.recipient is None
    ):
        via = thread.via
    kind = kind_of_verb(verb.group())
    among = masked.startswith("其中", start)
    if noun is not None and thread.waiting is not None and not _has_subject(passage, lead) and not among:
        kind = kind or (GiftKind.MIXED if thread.kind is GiftKind.MIXED else None)
    if weak and len(articles) == 1 and articles[0].kind is GiftKind.CASH:
        bought_with(passage, articles[0], end)
    records = make_records(passage, givers, articles, lead, own_recipient, via, kind, start, end)
    for record in records:
        record.pledged = lead.pledged and not has_arrived(passage, end)
        if weak:
            record.doubt("kind", DoubtReason.WEAK_VERB)
    thread.givers = givers
    if len(givers) > 1 and lead.sharing is Sharing.NONE and records:
        thread.givers = [Giver(records[0].donor, givers[0].kind, (-1, -1), records[0].count)]
    if (
        lead.together
        and len(records) == 1
        and "款" not in verb.group()
        and records[0].scope is Scope.TOTAL
        and records[0].kind is GiftKind.CASH
    ):
        parts = {
            record.kind
            for record in passage.found
            if record.donor == records[0].donor and record.scope is not Scope.TOTAL
        }
        if {GiftKind.CASH, GiftKind.GOODS} <= parts:
            records[0].kind = GiftKind.MIXED
    thread.recipient, thread.via, thread.pledged = own_recipient, via, lead.pledged
    if not passage.within_sum:
        thread.kind = kind or (records[0].kind if records else GiftKind.CASH)
    scope = records[0].scope if records else Scope.GIFT
    passage.keep(records, scope)
    if len(records) == 1 and records[0].quantity is None and _ONLY_GOODS.fullmatch(records[0].item or ""):
        passage.notice.vague = as_carried(givers), own_recipient, via, records[0]
    if passage.value_told is not None:
        read_value(passage, *passage.value_told)
        passage.value_told = None
    return True


_ONLY_GOODS: Final = expression(r"[\u4e00-\u9fff]{0,6}(?:物资|物品|用品)")
_BATCH_TAIL: Final = expression(r"(?:的|所)?(?:第[一二三四五六七八九十]|首|最后一|又一|新一)批$")
_COLLECTED: Final = expression(r"(?<!自己)(?<!自己多方)(?:募集|筹集|募捐|筹得|募得|募款)(?:到|来|所得)?的?")
_REACHES: Final = expression(r"(?:总额|总数|已)*(?:达到|达|突破|超过)(?=[\ue000])")
_BATCH_OF: Final = expression(
    r"(?:所?捐[赠献](?:的)?|的)?(?:第[一二三四五六七八九十]批|首批|又一批|这批|此批|一批|本批)?(?:捐赠|防疫|抗疫|爱心|医疗|医用)*物资$"
)
"""某商会第二批物资|运抵我县,包括…: the thing, whose giver stands before it."""
_SPENDING: Final = expression(
    r"(?:款|物资|资金|款物|所得|款项)?(?:已|将|均|全部|都|悉数|统一|主要|一律|专项)+(?:支出|使用|下拨|发放|用于|用来|用以|用作|上缴|拨付|购买|采购|交由|转交)"
)
"""以上捐款全部用于购买口罩: what becomes of gifts."""
_SPENT: Final = expression(
    r"(?:分配|下拨|拨付|支出|发放|调拨|划拨|使用|结余|上缴)(?:了|非?定向|社会|各类|的|和|[、,]|下拨|拨付|使用)*$"
)
"""已分配下拨非定向|捐赠资金46.14亿元: what became of gifts."""
_RECEIVING_PLACE: Final = expression(
    r"[\u4e00-\u9fff]{1,12}(?:[省市县区乡]|红十字会|慈善总?会|慈善协会|医院|指挥部|疾控中心|政府)"
)
_WENT_TO: Final = expression(
    r"(?:来到|走进|前往|赶到|赶往|赶赴|奔赴|抵达|走访|亲临|莅临)(?:了)?(?P<who>[\u4e00-\u9fff、]{3,24})$"
)
_HANDS_ON: Final = expression(r"(?:基金会|慈善总?会|红十字会|工商联|商会|协会|联合会|统战部|侨联|总会)$")
_THROUGH: Final = expression(r"(?:通过|经由|委托)(?P<via>[\u4e00-\u9fff()]{3,24})$")
_TOWARD: Final = expression(r"\s*(?:并|分别)?向(?P<who>[\u4e00-\u9fff()、]{3,40})")
_OPEN_TOWARD: Final = expression(r"(?:向|为|给)(?P<who>[\u4e00-\u9fff()、]{3,40})$")
_MORE_OF_THEM: Final = expression(r"\s*(?:以及|和|及)")
_UNTIL: Final = expression(r"\s*(?:截至|截止|至今|目前|迄今)")
_NOUN_USE: Final = expression(
    r"的(?![^,。]{0,10}(?:物资|物品|款物)|(?:爱心)?(?:企业|单位|个人|会员|商会)|[,:]|$)"
)
"""对捐赠的|钱物进行安排: the word is part of a noun, and tells no gift."""
_FIRST_LOT: Final = expression(
    rf"[\s,]*(?:目前|现|其中|当天)*(?:首批|第一批|部分)(?:{QUANTITY})?(?:物资|货物)?[\s,]*"
)
_APART_FROM: Final = expression(r"除了?[\u4e00-\u9fff]{1,8}$")
"""某银行|除总行捐款50万元外: the words between say which part of it gave."""
_BUYS: Final = expression(r"\s*(?:用于|用来|用以|专门|专项|统一|全部)*(?:购买|采购|购置|订购)")
_CALLED_FOR: Final = expression(r"发起|开展|举行|举办|组织过")
"""发起捐款两天: the word is a noun."""
_PER_HEAD: Final = expression(r"每[人家户位名]$")
"""成员每人捐款500元: what each gave is no record of its own (d)."""
_OF_GOODS: Final = expression(r"的?(?:防疫|抗疫|爱心|医疗)*物资")
_EACH: Final = expression(r"各(?![类种级界项方位地个式])")
_CORRECTED_TO: Final = expression(r"\s*(?:实际|实|应|更正|改|调整|变更|准确|正确|现更正|确认)(?:为|是)[“\"]?")
_SUM_NOUN: Final = expression(
    r"(?:总?金额|总?数额|总额|总数|总量|额度?|数)(?:已|共|累计|合计)?(?=[\ue000\ue003达为共累合已:至超突约])"
)
_SUM_FRONT: Final = expression(r"(?:共计|合计|总计|累计|共|总额|总金额|总共)(?:达|达到|为|折合)?")
_REACHED_SO_FAR: Final = expression(
    r"(?:总?额|总数)?(?:已|现已)(?:突破|超过|超|达到|达|有)?(?=[\ue000\ue010])"
)
_THIS_BATCH: Final = expression(r"(?:本|此|该|上|首|第.{1,3})(?:批|期|次|月|周|日|轮|季度|年度?)")
"""本批捐赠现金…: a subject that names a time, not a giver."""
_PROMISED_SERVICE: Final = expression(r"(?<=[\ue000-\ue014])并(?:承诺|免费|负责|协助|安排)")
"""捐款888元并承诺为救援车辆免费检修: the service is no gift."""
_AVERAGE: Final = expression(r"(?:人均|户均|家均|平均(?:每[人户家])?)$")
_CHANGED: Final = expression(
    rf"(?:总?[金数]?[额数量]|金额|数额)?由(?:原来|原先|原)?的?{MONEY},?(?:更正|调整|改|变更|修正)(?:为|"
    rf"成)(?={MONEY})"
)
"""捐款总数由原来的213.6万元更正为231.6万元: only the second figure holds."""
_INSURED: Final = expression(r"保额|保险金额|保障额度|意外险|保险保障")
_SPREAD: Final = expression(r"不等")
