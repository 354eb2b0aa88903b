"""Tiers: how many givers stand over or under a line, or gave the same each.

捐款10万元以上的会员企业8家      执委企业中捐款超过10万元的达到30家      6名副会长各捐1万元
"""

import re
from collections.abc import Callable
from typing import Final

from lianfang.engines.intake.article import Article
from lianfang.engines.intake.claim import DonorKind, GiftKind, Scope
from lianfang.engines.intake.draft import Draft, draft
from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.givers import Giver
from lianfang.engines.intake.heads import body_head, class_head
from lianfang.engines.intake.notice import Notice
from lianfang.engines.intake.sentence import COUNT, MONEY, QUANTITY, Sentence

_COUNTED: Final = rf"(?P<count>{COUNT}|{QUANTITY})"
_GIVE: Final = r"(?P<give>捐款捐物|捐赠款物|捐款|捐赠|捐献|捐资|捐助|捐|善款|认捐|出资)"
_LINE_FIRST: Final = expression(
    rf"(?:(?P<class>(?![捐单其])[\u4e00-\u9fff]{{2,24}}?)(?:中|里|当中)?,?)?(?:单笔|个人|累计|单位|单家|其中|有)?(?:{_GIVE}(?:总?金?额|数额|款物|总额|资金)?)?(?:在|为|达|达到|超过|超出|:)?(?P<money>{MONEY})(?:\(含\))?(?:以上|以下|及以上)?(?:、|,)?(?:(?:不足|不到|以下|至|到|低于|未满)?{MONEY}(?:以下)?)?(?:之间)?的?(?:爱心|共)?(?P<what>[\u4e00-\u9fff、]{{0,12}}?)(?:就|已|共|也)?(?:最多|最少|居多|较多|数量最多)?,?(?:有|达到|达|共计|共|多达|为|是|:)?(?:有)?{_COUNTED}"
)
_COUNT_FIRST: Final = expression(
    rf"(?:有|已有|共有|其中|,|^)*{_COUNTED}(?P<what>[\u4e00-\u9fff]{{0,10}}?)(?:的)?(?:{_GIVE}(?:总?金?额|数额|款物|总额)?)(?:都|均)?(?:在|达|达到|超过|超|逾)?(?P<money>{MONEY})(?P<line>\(含\)|以上|以下|$)?"
)


def read_tiers(
    notice: Notice,
    sentence: Sentence,
    start: int,
    end: int,
    last: Callable[[], list[Giver]],
    last_kind: GiftKind,
) -> list[Draft]:
    """The tiers told in a clause; `last` reads who the clauses before spoke of."""
    del notice
    masked = sentence.masked
    found: list[Draft] = []
    place = start
    while place < end:
        match = _LINE_FIRST.match(masked, place, end) or _LINE_FIRST.search(masked, place, end)
        if match is None:
            break
        tier = _tier(sentence, match, last, last_kind, start)
        if tier is not None:
            found.append(tier)
        place = match.end()
    if found:
        return found
    match = _COUNT_FIRST.search(masked, start, end)
    if match is not None and re.search(r"[\u4e00-\u9fff]", match["what"] or "") and _is_line(sentence, match):
        tier = _tier(sentence, match, last, last_kind, start)
        return [tier] if tier is not None else []
    return []


def may_tell_tiers(masked: str, start: int, end: int) -> bool:
    """Whether the masked words have the money and the count without which there is no tier."""
    return masked.find("\ue000", start, end) >= 0 and (
        masked.find("\ue001", start, end) >= 0 or masked.find("\ue002", start, end) >= 0
    )


def _is_line(sentence: Sentence, match: re.Match[str]) -> bool:
    """Whether the figure is a line (以上, 超过) and not a sum of the counted givers."""
    figure = sentence.figures.get(match.start("money"))
    if figure is None:
        return False
    words = sentence.text[figure.start : figure.end] + (match["line"] or "")
    said = sentence.text[match.start() : match.end()]
    return re.search(r"以上|以下|及以上", words) is not None and not re.search(r"共|累计|合计", said)


def _tier(
    sentence: Sentence, match: re.Match[str], last: Callable[[], list[Giver]], last_kind: GiftKind, start: int
) -> Draft | None:
    money = sentence.figures.get(match.start("money"))
    count = sentence.figures.get(match.start("count"))
    if money is None or count is None or money.value is None or count.value is None:
        return None
    what_told = re.sub(r"[、有达共]", "", match.groupdict().get("what") or "")
    if count.unit not in ("家", "人", "名", "位", "户", "个", "例") or (
        what_told and class_head(what_told) is None
    ):
        return None
    if count.unit == "个" and not what_told:
        return None
    text = sentence.text[match.start() : match.end()]
    words = sentence.text[money.start : money.end]
    line = re.search(
        r"以上|以下|及以上|超|逾|不足|不到|低于|至|到|-|~|在|达|突破|多于|不低于|少于|高于",
        words + sentence.text[match.start("money") - 3 : match.start("money")],
    )
    if not re.search(r"的", sentence.masked[match.start("money") : match.start("count")]) and line is None:
        return None
    groups = match.groupdict()
    what = re.sub(r"^(?:的)?(?:爱心)?", "", groups.get("what") or "").strip("、有达共")
    named = _class_name(groups.get("class") or "")
    group = what if class_head(what) is not None else ""
    place = (-1, -1)
    if group:
        name: str | None = group
        first = match.start("what") + (match["what"] or "").index(group)
        place = (first, first + len(group))
    elif named:
        name = named
        first = match.start("class") + (match["class"] or "").index(named)
        place = (first, first + len(named))
    else:
        name = _class_of_last(last(), count.unit)
    kind = last_kind if not groups.get("give") else _kind(groups["give"])
    if groups.get("give") in ("捐赠", "捐") and last_kind is GiftKind.MIXED:
        kind = GiftKind.MIXED
    if kind is GiftKind.GOODS:
        kind = GiftKind.CASH
    article = Article(kind, match.start("money"), money.end, money)
    giver = Giver(name, DonorKind.GROUP, place, int(count.value))
    tier = draft(giver, article, Scope.TIER, sentence.base)
    tier.count = int(count.value)
    tier.start = sentence.base + max(start, match.start())
    tier.end = sentence.base + match.end()
    del text
    return tier


def _kind(verb: str) -> GiftKind:
    return GiftKind.MIXED if re.search(r"捐款捐物|款物", verb) else GiftKind.CASH


def _class_name(words: str) -> str:
    words = (
        re.sub(r"^(?:其中|据统计|目前|截至目前|在|全县|全市)+", "", words) if not class_head(words) else words
    )
    words = re.sub(r"^(?:其中|据统计|目前|截至目前|在|就)+", "", words)
    words = re.sub(r"(?:中|里|当中|,|单笔|个人|累计|有)+$", "", words)
    return (
        words
        if (len(words) >= 2 and (class_head(words) is not None) and body_head(words) is not None)
        or class_head(words)
        else ""
    )


def _class_of_last(last: list[Giver], unit: str) -> str | None:
    for giver in reversed(last):
        if giver.kind is DonorKind.GROUP and giver.name is not None:
            return giver.name
    return {"家": "企业", "人": "个人", "名": "个人", "位": "个人", "户": "户"}.get(unit)
