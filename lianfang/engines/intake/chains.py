"""Names with figures that need no verb of their own: 甲集团300万、乙集团200万."""

import re
from typing import Final

from lianfang.engines.intake.article import VALUE, Article
from lianfang.engines.intake.claim import DonorKind, Place, Scope
from lianfang.engines.intake.draft import Draft
from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.given import is_given
from lianfang.engines.intake.givers import Giver, read_givers
from lianfang.engines.intake.goods import read_articles
from lianfang.engines.intake.heads import body_head, class_head, title_length
from lianfang.engines.intake.lexicon import NOT_GIFT
from lianfang.engines.intake.names import is_person_name, titled_name_length
from lianfang.engines.intake.parties import body_before_item
from lianfang.engines.intake.passage import Passage
from lianfang.engines.intake.records import joint_giver, make_record
from lianfang.engines.intake.sentence import BARE, MONEY
from lianfang.engines.intake.topics import is_plausible, resolve

Row = tuple[list[Giver], list[Article], int, int]
"""Who gave what, and where it is told."""


def read_chained_givers(passage: Passage, start: int, end: int) -> bool:
    """香驰集团300万、渤海集团300万: names with figures that go on with the verb before."""
    return _keep_rows(passage, rows_in(passage, start, end))


def _keep_rows(passage: Passage, rows: list[Row]) -> bool:
    if not rows:
        return False
    thread = passage.thread
    records: list[Draft] = []
    for givers, articles, row_start, row_end in rows:
        scope = Scope.TOTAL if givers[0].kind is DonorKind.GROUP else Scope.GIFT
        for giver in givers:
            for article in articles:
                record = make_record(passage, giver, article, scope, None, None, row_start, row_end)
                record.start = passage.sentence.base + (
                    giver.place[0] if article is articles[0] else article.start
                )
                record.pledged = thread.pledged
                records.append(record)
        thread.givers = givers
    thread.recipient = thread.via = None
    passage.keep(records, records[-1].scope)
    return True


def read_bare_rows(passage: Passage, start: int, end: int) -> bool:
    """Names with figures in a notice that is a list of gifts: 原名单中甲1500元、乙3000元三笔登记无误."""
    if _PAID_OUT.search(passage.masked, 0, start) or NOT_GIFT.search(passage.masked, start, end):
        return False
    if not (passage.notice.is_list or passage.notice.about_giving):
        return False
    rows = rows_in(passage, start, end)
    one_of_many = (
        passage.notice.speaks_of_giving
        and len(rows) == 1
        and all(giver.kind is DonorKind.PERSON for giver in rows[0][0])
        and _alike(passage) >= 2
    )
    sure = passage.notice.is_list or passage.masked[end - 1] in "\ue000\ue010" or len(rows) >= 2
    return (one_of_many or sure) and _keep_rows(passage, rows)


def _alike(passage: Passage) -> int:
    """How many clauses of the sentence are only a short name and a sum (娄国庆10万,宇文斌10万)."""
    return sum(
        _NAME_AND_SUM.fullmatch(passage.masked, first, last) is not None for first, last in passage.clauses
    )


def rows_in(passage: Passage, start: int, end: int) -> list[Row]:
    """The rows "name, figure" of a list within a sentence, with their places."""
    masked = passage.masked
    rows: list[Row] = []
    first = start
    within = _WITHIN_LIST.match(masked, start, end)
    if within is not None:
        first = within.end()
    waiting: list[Giver] = []
    for piece_start, piece_end in _pieces(masked, first, end):
        figure = _OF_A_ROW.search(masked, piece_start, piece_end)
        if figure is None:
            name = read_givers(passage.sentence, piece_start, piece_end)
            if len(name) == 1 and _is_row_name(passage, name[0]):
                waiting.append(name[0])
                continue
            if rows and not waiting:
                extra = [a for a in read_articles(passage.sentence, piece_start, piece_end) if a.vague]
                rows[-1][1].extend(extra)
                if extra:
                    continue
            return rows if rows and not waiting else []
        name_end = _row_name_end(passage, piece_start, figure)
        if name_end is None:
            unknown = _UNKNOWN_NAME.fullmatch(masked, piece_start, piece_end) if rows else None
            if unknown is not None and not waiting:
                giver = Giver(
                    passage.sentence.original[slice(*unknown.span("name"))],
                    DonorKind.ENTERPRISE,
                    unknown.span("name"),
                    guessed=True,
                )
                told = read_articles(passage.sentence, unknown.end("name"), piece_end)
                rows.append(([giver], told, piece_start, piece_end))
                continue
            if rows and not waiting:
                rows[-1][1].extend(
                    a
                    for a in read_articles(passage.sentence, piece_start, piece_end)
                    if is_given(passage, a, True)
                )
                continue
            return rows
        givers = [
            g
            for g in resolve(passage, read_givers(passage.sentence, piece_start, name_end))
            if _is_row_name(passage, g)
        ]
        if not givers:
            return rows
        each = _EACH.search(masked, piece_start, figure.start()) is not None
        articles = [
            a for a in read_articles(passage.sentence, name_end, piece_end) if is_given(passage, a, True)
        ]
        if not articles:
            return rows
        if waiting and not each:
            givers = [joint_giver(passage, [*waiting, *givers])]
        rows.append(([*waiting, *givers] if each else givers, articles, piece_start, piece_end))
        waiting = []
    return rows


_EACH: Final = expression(r"(?:各|均|分别|都|每人|每家)(?:是|为|捐)?$", needs="各均别都每")


def _is_row_name(passage: Passage, giver: Giver) -> bool:
    if giver.name is None:
        return True
    if giver.points_back or giver.guessed or not is_plausible(passage, giver):
        return False
    return len(giver.name) >= 2


def _row_name_end(passage: Passage, start: int, figure: re.Match[str]) -> int | None:
    """Where the giver's name ends in "name figure" or "name article figure"; None if there is no name."""
    masked = passage.masked
    first = figure.start()
    words = masked[start:first]
    plain = _ROW_LEAD.sub("", words)
    start += len(words) - len(plain)
    plain = _ROW_TAIL.sub("", plain)
    value = _VALUE_AT_END.search(words)
    if value is not None:
        plain = words[len(words) - len(words.lstrip()) : value.start()]
    if len(plain) < 2:
        return None
    if masked[first] in "\ue000\ue003":
        if _GOODS_WORD.search(plain) and body_head(plain) is None:
            return None
        if (
            body_head(plain) is not None
            or is_person_name(plain[-3:])
            or titled_name_length(plain) is not None
            or title_length(plain)
            or class_head(plain)
        ):
            return start + len(plain)
        return None
    if masked[first] == "\ue001":
        cut = body_before_item(passage, start, first, receiver=False)
        return cut if cut is not None and cut - start >= 4 else None
    return None


_ROW_TAIL: Final = expression(
    r"(?:各|均|分别|每人|每家|:|\s|共|也|则|价值|折合|人民币|现金|达|约|近|以|\()+$"
)


_ROW_LEAD: Final = expression(r"^(?:实收|即|应为|实为|更正为|其中|另有|还有)")
_VALUE_AT_END: Final = expression(VALUE + r"$")


def _pieces(masked: str, start: int, end: int) -> list[Place]:
    pieces = []
    first = start
    for match in _BETWEEN_ROWS.finditer(masked, start, end):
        if match.start() > first:
            pieces.append((first, match.start()))
        first = match.end()
    if first < end:
        pieces.append((first, end))
    return pieces


_BETWEEN_ROWS: Final = expression(r"、\s*|\s+(?![\ue000-\ue003\s])")
_OF_A_ROW: Final = expression("[\ue000\ue001\ue003\ue004][\ue010\ue011\ue013\ue014]*")
"""What a row tells of a giver; 141位爱心人士 before it counts givers."""
_UNKNOWN_NAME: Final = expression(
    rf"\s*(?P<name>(?![\u4e00-\u9fff]*(?:现金|人民币|善款|捐款|物资|价值|折合|合计|共计|总计|以上|以下|其中))"
    rf"[\u4e00-\u9fff]{{3,12}}){MONEY}\s*"
)
"""A name of no known form between rows (华漕星园20万元)."""
_PAID_OUT: Final = expression(r"拨付|划拨|支出|下拨|调拨|转拨|发放|分配")
_NAME_AND_SUM: Final = expression(rf"\s*[\u4e00-\u9fff]{{2,4}}(?:{MONEY}|{BARE})\s*")
_WITHIN_LIST: Final = expression(r"[^、,]{0,20}?(?:名单|榜单|公示|榜|列表)(?:中|里|上)(?:的)?")
_GOODS_WORD: Final = expression(
    r"(?:物资|口罩|现金|人民币|善款|款物|捐款|捐物|总额|合计|共计|资金|消毒液|酒精|防护服)$"
)
