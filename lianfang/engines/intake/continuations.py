"""Clauses without a verb that go on with the one before: 另有口罩2万只; 其中现金5万元."""

import re
from typing import Final

from lianfang.engines.figures import Bound
from lianfang.engines.intake.chains import read_bare_rows, read_chained_givers, rows_in
from lianfang.engines.intake.claim import DonorKind, GiftKind, Scope
from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.given import is_given
from lianfang.engines.intake.givers import Giver
from lianfang.engines.intake.goods import read_articles
from lianfang.engines.intake.heads import body_head
from lianfang.engines.intake.lexicon import NOT_GIFT
from lianfang.engines.intake.parties import party_at
from lianfang.engines.intake.passage import Passage
from lianfang.engines.intake.records import joint_giver, make_record
from lianfang.engines.intake.sentence import ANY_FIGURE, MONEY, QUANTITY
from lianfang.engines.intake.topics import as_carried
from lianfang.engines.intake.worth import read_value


def read_continuation(passage: Passage, start: int, end: int) -> bool:
    """Read a clause without a verb; whether it goes on with what was told."""
    masked, thread = passage.masked, passage.thread
    settled = _SETTLED.search(masked, start, end)
    if settled is not None and thread.drafts:
        party = party_at(passage, settled.span("who"))
        if party is None or party.name.endswith(("灾区", "疫区", "前线", "一线")):
            return True
        for record in passage.found or thread.drafts:
            record.recipient = record.recipient or party
            record.pledged = False
        return True
    figure = ANY_FIGURE.search(masked, start, end)
    if figure is None or (NOT_GIFT.search(masked, start, end) and not _WORTH.search(masked, start, end)):
        vague = figure is None and thread.open and re.search(r"若干$|一批$", masked[start:end]) is not None
        if not vague:
            return False
    if read_value(passage, start, end) or _read_exact_sum(passage, start, end):
        return True
    part = _PART.match(masked, start, end) or (
        GOODS_ARE.match(masked, start, end) if passage.notice.vague is not None else None
    )
    if not thread.open and thread.waiting is None:
        if (
            part is not None
            and masked.startswith("其中", start)
            and passage.index == 0
            and thread.drafts
            and thread.drafts[0].yuan is not None
        ):
            return _read_parts(passage, part.end(), start, end)
        return read_bare_rows(passage, start, end)
    if part is not None and thread.waiting is not None and not passage.found:
        start, part = part.end(), None
    if (
        part is None
        and passage.index
        and masked[slice(*passage.clauses[passage.index - 1])].strip()
        in ("其中", "包括", "包含", "有", "分别是", "主要有")
    ):
        part = re.compile("").match(masked, start, end)
    if part is not None and re.match(r"[是为]", masked[figure.end() : end] if figure else ""):
        return True
    if part is not None:
        return _read_parts(passage, part.end(), start, end)
    if read_chained_givers(passage, start, end):
        return True
    if thread.parts_go_on and passage.index == 0:
        return False
    if masked.startswith(("作为", "不断"), start) or not _continues(passage, start, end):
        return False
    if not _is_bare_gift(passage, start, end):
        return False
    if _ARRIVED.search(masked, start, end):
        return True
    front = _FRONT.match(masked, start, end)
    articles = [
        a
        for a in read_articles(passage.sentence, front.end() if front else start, end)
        if is_given(passage, a, True)
    ]
    if not articles or not thread.givers:
        return False
    records = []
    scope = thread.scope if thread.scope is not Scope.TIER else Scope.TOTAL
    giver = (
        thread.givers[0]
        if len(thread.givers) == 1
        else joint_giver(passage, thread.givers)
        if thread.givers[0].place[0] >= 0
        else thread.givers[0]
    )
    if giver.kind is DonorKind.GROUP and giver.name is not None and thread.waiting is not None:
        scope = Scope.TOTAL
    if thread.waiting is not None and _ALL_TOLD.match(masked, start, end):
        scope = Scope.TOTAL
        for article in articles:
            if thread.kind is GiftKind.MIXED and article.item is None and article.money is not None:
                article.kind = GiftKind.MIXED
    for article in articles:
        record = make_record(
            passage,
            as_carried([giver])[0] if giver.place[0] >= 0 else giver,
            article,
            scope,
            thread.recipient,
            thread.via,
            start,
            end,
        )
        record.pledged = thread.pledged
        if thread.waiting is not None and article is articles[0]:
            record.start = passage.sentence.base + thread.waiting[0]
        else:
            record.start = passage.sentence.base + max(
                start, article.start if article is not articles[0] else start
            )
        records.append(record)
    several = thread.scope is Scope.TOTAL or thread.listing
    passage.keep([*thread.drafts, *records] if several else records, scope)
    passage.found = [
        record
        for position, record in enumerate(passage.found)
        if not any(record is earlier for earlier in passage.found[:position])
    ]
    return True


_ALL_TOLD: Final = expression(r"\s*(?:累计|先后|前后|合计|共计)(?=[^,]*[\ue000\ue001])")
"""多次捐款捐物,|累计价值2万余元: a sum over all of them."""
_FRONT: Final = expression(
    r"(?:\s|有(?![机色线源声孔效])|另有|另外|另|还有|以及|及|和|并|同时|外加|加上|还|共|首批|第一批|,)+"
)
_WORTH: Final = expression(r"价值|折合")


def _read_exact_sum(passage: Passage, start: int, end: int) -> bool:
    """突破一百万元,达到112.4万元: the second figure says exactly what the first one rounded."""
    told = passage.found[-1] if passage.found else None
    match = _EXACTLY.fullmatch(passage.masked, start, end) if told is not None else None
    figure = None if match is None else passage.sentence.figures.get(match.start("money"))
    if (
        told is None
        or figure is None
        or figure.value is None
        or told.scope is not Scope.TOTAL
        or told.bound is not Bound.OVER
        or told.yuan is None
        or not told.yuan <= figure.value <= told.yuan * 2
    ):
        return False
    base = passage.sentence.base
    told.yuan, told.bound, told.end = figure.value, figure.bound, base + figure.end
    told.spans["yuan"] = (base + figure.start, base + figure.end)
    return True


def _is_bare_gift(passage: Passage, start: int, end: int) -> bool:
    """Whether a verbless clause consists of things given and little else."""
    rest = ANY_FIGURE.sub("", passage.masked[start:end])
    return _OTHER_DEED.search(rest) is None


def _continues(passage: Passage, start: int, end: int) -> bool:
    return _NEW_MATTER.search(passage.masked[start:end]) is None


_NEW_MATTER: Final = expression(
    r"[把将]|(?<!首批)(?<!一批)采购|每[\u4e00-\u9fff]{0,2}(?:只|人|天|袋|箱|件|户|座|台|套|辆|"
    r"所|间|名|吨|盒|瓶|桶|把|条|份)|其余|剩余|占|同比|增长|净增|较上|比上|用于|确诊|住户|来自"
)


def _read_parts(passage: Passage, first: int, start: int, end: int) -> bool:
    """其中现金80万元、物资40万元: the parts of a sum."""
    thread = passage.thread
    parents = thread.drafts or thread.sum_drafts
    if not parents:
        return False
    rows = rows_in(passage, first, end)
    if (
        rows
        and all(g.name is not None and not g.guessed for givers, _, _, _ in rows for g in givers)
        and (parents[0].donor_kind is not DonorKind.GROUP or body_head(str(rows[0][0][0].name)) is not None)
    ):
        recipient, via = parents[0].recipient, parents[0].via
        passage.within_sum = True
        told = read_chained_givers(passage, first, end)
        for record in thread.drafts if told else ():
            record.recipient, record.via = record.recipient or recipient, record.via or via
        for parent in parents if told else ():
            parent.scope = Scope.TOTAL
        return told
    if parents[-1].kind is GiftKind.GOODS and parents[-1].yuan is None and parents[-1].quantity is not None:
        units = [a.quantity.unit for a in read_articles(passage.sentence, first, end) if a.quantity]
        if units == [parents[-1].unit]:
            return True
    if _SPENT.match(passage.masked, first, end):
        return True
    articles = [a for a in read_articles(passage.sentence, first, end) if is_given(passage, a, True)]
    if not articles:
        return False
    parent = parents[0]
    several = parent.donor_kind is DonorKind.GROUP or (
        parent.scope is Scope.TOTAL
        and (
            parent.donor_kind is DonorKind.CHAMBER
            or (parent.donor or "").endswith("等")
            or "、" in (parent.donor or "")
            or thread.receiving
        )
    )
    scope = Scope.TOTAL if several else Scope.GIFT
    if not several and parent.scope is Scope.GIFT:
        parent.scope = Scope.TOTAL
        if any(a.kind is GiftKind.GOODS for a in articles) and parent.kind is GiftKind.CASH:
            parent.kind = GiftKind.MIXED
    if (
        any(a.kind is GiftKind.GOODS for a in articles)
        and any(a.kind is GiftKind.CASH for a in articles)
        and parent.kind is GiftKind.CASH
    ):
        parent.kind = GiftKind.MIXED
    giver = Giver(parent.donor, parent.donor_kind, (-1, -1))
    records = []
    for article in articles:
        record = make_record(passage, giver, article, scope, parent.recipient, parent.via, start, end)
        record.pledged = parent.pledged
        record.start = passage.sentence.base + (start if article is articles[0] else article.start)
        records.append(record)
    passage.found.extend(records)
    thread.open = True
    return True


_OTHER_DEED: Final = expression(
    r"惠及|覆盖|受益|涉及|完成|参与|组织|运送|接待|消毒(?!液|水|用品|剂|粉|机|湿巾|片|柜|器|物|酒|品|喷|"
    r"托)|排查|义务|维修|服务|帮助|安排|建设|救助|奖励|下拨|走访|出动|派出|附言|附上|预计|占比|增长|"
    r"同比|共有|现有|最高|最大|获评|荣获|订单|合同|投保|隔离宿舍|费用|花费|运费|累计超过|补助|赔付|预算|"
    r"批发价|装进"
)
_SETTLED: Final = expression(
    r"(?:款项|善款|捐款|资金|款|物资|钱款|现金|首款)?(?:已|均已|都已|全部|现已|将|悉数|统一|当场|当日|"
    r"当天|随即|即时|随后|\ue004[\ue014]*)+(?:于)?[^,。]{0,10}?(?:转交给|转交|移交给|移交|上缴|上交|送交|汇缴|存入|转入|汇入|打入|缴入|进入|划入|转至|汇至|打到|"
    r"转到|交至|交到|送交)(?P<who>[\u4e00-\u9fff()]{2,24}?)(?:的)?(?:专户|专用账户|专项账户|账户|账号|"
    r"指定账户|公益账户|募捐账户|,|。|$)"
)
_SPENT: Final = expression(
    rf"[^\ue000]{{0,6}}{MONEY}(?:善款|捐款|资金)?(?:已|将|拟|计划)*(?:用于|用作|用来|拨付|拨给|支付|转入|转给|上缴|购买|采购|支援)"
)
"""其中391万元用于本地: what became of a sum."""
_ARRIVED: Final = expression(
    rf"(?:{MONEY}|{QUANTITY})[\u4e00-\u9fff]{{0,4}}(?:已|均已|目前已)(?:经)?(?:到位|到账|送达|发放|拨付)"
)
"""首批50万元已到账: a part of what was told before."""
_EXACTLY: Final = expression(
    rf"\s*(?:现|目前|总额|总计|共计|合计|实际)*已?(?:达到|达|为|有|计)?(?:人民币)?(?P<money>{MONEY})(?:人民币)?\s*"
)
GOODS_ARE: Final = expression(
    r"\s*(?:这批|此批|该批|这些|上述|本次|此次|捐赠的?|防疫|医疗|防控|抗疫|救援|爱心|生活|慰问)*物(?:资|品)(?:主要|分别|共|共计)?"
    r"(?:包括|包含|含|有|为|是)[:]?|\s*其中[:,]?(?=[^,。:]{2,14}\ue001)"
)
"""防疫物资包括|隔离服3000件: what was given before without its articles."""
_PART: Final = expression(r"(?:其中|含|包含|包括|内含|里面有)(?:的|有|:)?")
