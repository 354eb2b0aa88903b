"""Sayings with a grammar of their own: 捐款10万元的有甲、乙; 捐款最多的是丙; 里面是3600元捐款,署名“小草”."""

import re
from typing import Final

from lianfang.engines.figures import Bound
from lianfang.engines.intake.article import Article
from lianfang.engines.intake.chains import read_chained_givers, rows_in
from lianfang.engines.intake.claim import DonorKind, DoubtReason, GiftKind, Scope
from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.given import is_given
from lianfang.engines.intake.givers import Giver, read_givers
from lianfang.engines.intake.goods import read_articles
from lianfang.engines.intake.heads import class_head
from lianfang.engines.intake.lexicon import RECEIVE
from lianfang.engines.intake.parties import party_at, receiver_of
from lianfang.engines.intake.passage import Passage
from lianfang.engines.intake.phrases import read_lead
from lianfang.engines.intake.records import make_record
from lianfang.engines.intake.sentence import ANY_FIGURE, COUNT, MONEY
from lianfang.engines.intake.subjects import carried_givers
from lianfang.engines.intake.topics import is_plausible


def read_saying(passage: Passage, start: int, end: int) -> bool:
    """Whether the clause is one of the sayings; each is tried only where its own words stand."""
    words = passage.masked[start:end]
    money = "\ue000" in words
    return (
        (money and "捐" in words and _read_level_list(passage, start, end))
        or (("“" in words or '"' in words) and _read_quoted_row(passage, start, end))
        or (("最" in words or "居" in words) and _read_most(passage, start, end))
        or ((money or "署" in words or "落" in words) and _read_signed(passage, start, end))
        or (money and _read_brought(passage, start, end))
    )


def _read_level_list(passage: Passage, start: int, end: int) -> bool:
    """捐款10万元的有:甲、乙、丙 – each of them gave that much; 捐款的企业有甲50万元、乙30万元."""
    masked = passage.masked
    listed = _GIVERS_ARE.search(masked, start, end)
    if listed is not None:
        return read_chained_givers(passage, listed.end(), end)
    if _GIVERS_FOLLOW.search(masked, start, end) and passage.index + 1 < len(passage.clauses):
        first, last = passage.clauses[passage.index + 1]
        told = read_chained_givers(passage, first, last)
        if told:
            passage.clauses[passage.index + 1] = (last, last)
        return told
    level = _LEVEL.search(masked, start, end)
    if level is None:
        return False
    figure = passage.sentence.figures.get(level.start("money"))
    if figure is None or figure.bound is not Bound.EXACT:
        return False
    first, last = level.end(), end
    if first >= end - 1 and passage.index + 1 < len(passage.clauses):
        first, last = passage.clauses[passage.index + 1]
    if (inside := ANY_FIGURE.search(masked, first, last)) is not None and masked[
        inside.start()
    ] in "\ue000\ue003":
        return False
    givers = [
        g
        for g in read_givers(passage.sentence, first, last)
        if g.name is not None and is_plausible(passage, g) and g.kind is not DonorKind.GROUP
    ]
    if not givers:
        return False
    records = []
    for giver in givers:
        record = make_record(
            passage,
            giver,
            Article(GiftKind.CASH, level.start("money"), figure.end, figure),
            Scope.GIFT,
            None,
            None,
            start,
            end,
        )
        record.end = passage.sentence.base + giver.place[1]
        records.append(record)
    passage.keep(records, Scope.GIFT)
    return True


def _read_quoted_row(passage: Passage, start: int, end: int) -> bool:
    """应为“某公司20000元”: a row told in quotation marks."""
    masked = passage.masked
    quoted = _QUOTED_ROW.search(masked, start, end)
    if quoted is None:
        return False
    rows = rows_in(passage, quoted.start("row"), quoted.end("row"))
    if not rows:
        return False
    for givers, articles, row_start, row_end in rows:
        records = [
            make_record(passage, giver, article, Scope.GIFT, None, None, row_start, row_end)
            for giver in givers
            for article in articles
        ]
        passage.keep(records, Scope.GIFT)
    passage.thread.open = False
    return True


def _read_most(passage: Passage, start: int, end: int) -> bool:
    """捐款最多的是某公司,达260万元."""
    match = _MOST.search(passage.masked, start, end)
    if match is None:
        return False
    figure = _GIVEN.search(passage.masked, match.end(), end)
    stop = figure.start() if figure is not None else end
    givers = [g for g in read_givers(passage.sentence, match.end(), stop) if g.name is not None]
    if not givers:
        return False
    passage.thread.givers, passage.thread.waiting, passage.thread.open = givers, (start, end), True
    passage.thread.scope, passage.thread.kind = Scope.GIFT, GiftKind.CASH
    passage.thread.recipient = passage.thread.via = None
    if figure is not None:
        articles = [
            a for a in read_articles(passage.sentence, figure.start(), end) if is_given(passage, a, True)
        ]
        passage.keep(
            [make_record(passage, givers[0], a, Scope.GIFT, None, None, start, end) for a in articles],
            Scope.GIFT,
        )
    return True


def _read_signed(passage: Passage, start: int, end: int) -> bool:
    """里面是3600元捐款,署名“小草”: the giver is told after the money."""
    masked = passage.masked
    signed = _SIGNED.search(masked, start, end)
    if signed is not None and passage.thread.drafts and passage.thread.drafts[-1].donor is None:
        record = passage.thread.drafts[-1]
        record.donor = passage.sentence.original[signed.start("name") : signed.end("name")]
        record.donor_kind = DonorKind.PERSON
        record.end = passage.sentence.base + min(end, signed.end() + 1)
        return True
    inside = _INSIDE.search(masked, start, end)
    if inside is None or not (passage.notice.about_giving or re.search(r"捐|善款|爱心", masked)):
        return False
    figure = passage.sentence.figures.get(inside.start("money"))
    if figure is None:
        return False
    handed = next(
        (
            m
            for first, last in reversed(passage.clauses[: passage.index])
            if (m := _HANDED_OVER.search(masked, first, last))
        ),
        None,
    )
    received = next(
        (
            m
            for first, last in reversed(passage.clauses[: passage.index])
            if (m := RECEIVE.search(masked, first, last))
        ),
        None,
    )
    recipient, giver = None, Giver(None, DonorKind.PERSON, (-1, -1))
    if handed is not None and received is None:
        spoken_of = [g for g in carried_givers(passage) if g.kind is DonorKind.PERSON and g.name is not None]
        giver = spoken_of[0] if len(spoken_of) == 1 else giver
        recipient = party_at(passage, handed.span("who"))
    if received is not None:
        clause = next(c for c in passage.clauses if c[0] <= received.start() < c[1])
        recipient = receiver_of(passage, read_lead(passage.sentence, clause[0], received.start()))
    record = make_record(
        passage,
        giver,
        Article(GiftKind.CASH, inside.start("money"), figure.end, figure),
        Scope.GIFT,
        recipient,
        None,
        start,
        end,
    )
    passage.keep([record], Scope.GIFT)
    return True


def _read_brought(passage: Passage, start: int, end: int) -> bool:
    """退休教师王某,带着5000元现金来到镇政府: in a notice of gifts that is one, whatever was said then."""
    notice = passage.notice
    if not (notice.about_giving or notice.is_list):
        return False
    brought = _BROUGHT.search(passage.masked, start, end)
    figure = None if brought is None else passage.sentence.figures.get(brought.start("money"))
    if brought is None or figure is None:
        return False
    named = read_givers(passage.sentence, start, brought.start()) if brought.start() > start else []
    givers = [giver for giver in named if is_plausible(passage, giver)] or carried_givers(passage)
    if len(givers) != 1 or givers[0].name is None:
        return False
    article = Article(GiftKind.CASH, brought.start("money"), figure.end, figure)
    recipient = party_at(passage, brought.span("who"))
    record = make_record(passage, givers[0], article, Scope.GIFT, recipient, None, start, end)
    record.doubt("kind", DoubtReason.WEAK_VERB)
    passage.thread.givers = givers
    passage.keep([record], Scope.GIFT)
    return True


def counted_class(passage: Passage, start: int, end: int) -> Giver | None:
    """公开宣布捐款的企业已超过50家: who the sum that follows is of."""
    if passage.masked.find("\ue002", start, end) < 0:
        return None
    counted = _COUNTED_CLASS.search(passage.masked, start, end)
    figure = None if counted is None else passage.sentence.figures.get(counted.start("count"))
    if counted is None or figure is None or figure.value is None or class_head(counted["class"]) is None:
        return None
    return Giver(counted["class"], DonorKind.GROUP, counted.span("class"), int(figure.value))


_GIVERS_ARE: Final = expression(
    r"捐[款赠献助](?:的)?(?:爱心)?(?:企业|单位|个人|会员|人员|商会|会员单位|会员企业)?(?:还|主要|"
    r"分别)?(?:有|包括)(?=[^\ue000\ue001]{2,30}[\ue000])"
)
_GIVERS_FOLLOW: Final = expression(
    r"捐[款赠献资助][^,。]{0,16}的(?:爱心|会员|民营)*(?:企业|单位|个人|商会|企业和个人|单位和个人|企业家|人士)(?:还|主要|分别)?(?:有|包括|为)$"
)
"""捐款10万元以上的单位有: – who gave follows, with what each gave."""
_LEVEL: Final = expression(
    rf"(?:捐[款赠献助]|认捐|捐)(?P<money>{MONEY})的(?:爱心)?(?:企业|单位|个人|会员|商会|会员单位|"
    rf"会员企业|党员|村民)?(?:还|分别)?(?:有|是|为|包括|$)"
)
_COUNTED_CLASS: Final = expression(
    rf"捐[款赠献资助]?(?:了|过)?(?:的|款的)(?P<class>[\u4e00-\u9fff]{{2,8}}?)(?:已|共|总数|数量|就|目前|"
    rf"一共)*(?:有|达|达到)?(?P<count>{COUNT})$"
)
"""公开宣布捐款的企业已超过50家: who the sum that follows is of, and how many."""
_QUOTED_ROW: Final = expression(
    r"(?:应为|应是|实为|均为|实际为|更正为|改为|即为|正确为|即|"
    r"为)\s*[“\"](?P<row>[^”\"]{3,60})[”\"](?!.{0,6}有误)"
)
_MOST: Final = expression(
    r"捐[款赠献]?(?:金?额|数额)?(?:最多|最高|最大|居首)的(?:[\ue002\ue004][\ue012\ue014]*|单位|企业|个人)?"
    r"(?:资金|捐款|善款|款项)?(?:是|为|有|来自(?:于)?)",
    needs="最居",
)
_GIVEN: Final = expression("[\ue000\ue001\ue003]")
_SIGNED: Final = expression(r"(?:署名|落款)(?:为|是|写着)?[:“\"]{0,2}(?P<name>[^“”\",。]{1,12})")
_INSIDE: Final = expression(
    rf"(?:里面|其中|里头|(?:袋子?|信封?|箱子?|包|盒子?|口袋|红包)[中内里])(?:整整齐齐|整齐|满满)?(?:是|有|装着|装有|夹着|码着|放着|包着|塞着)"
    rf"(?:整整|了)?(?P<money>{MONEY})(?:现金|现钞|钞票|钱|的)?[“\"]?(?:捐款|善款|爱心款|特殊党费|党费)?[”\"]?(?:和[^\ue000]{{0,12}})?$"
)
_HANDED_OVER: Final = expression(
    r"(?:递给|递到|交给|交到|塞给|塞到|放到|放在)(?:了)?(?P<who>[\u4e00-\u9fff]{2,20}?)(?:的)?(?:手中|手里|手上|桌上|$)"
)
"""What somebody did with the envelope in which the money is."""
_BROUGHT: Final = expression(
    rf"(?:带着|揣着|拿着|怀揣|携带?|手持|提着)(?P<money>{MONEY})(?:的)?(?:现金|现钞|人民币|爱心款|善款|捐款|钱)?,?"
    r"(?:来到|走进|赶到|找到|送到|专程来到)(?:了)?(?P<who>[\u4e00-\u9fff]{2,20})$"
)
