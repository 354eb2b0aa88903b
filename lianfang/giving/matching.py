"""Whether a line of an account is a gift's arrival: judged from what is told of both, with reasons.

Pure: it sees `Line` and `Gift` values, not the database. It proposes; a person confirms. Sums agree in
every proposal: one line for one gift, one for a list of gifts that went through its payer, or several lines
of one payer for one gift.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from lianfang.engines.figures import Amount, add
from lianfang.engines.names import compare_persons
from lianfang.giving.overlapping import names_alike, plain

LEAST_SCORE = 0.5
# From here on a proposal is confirmed without a second look, if no other comes near it.
SURE_FROM = 0.85
_MOST_A_LINE = 5
_NEAR, _WITHIN, _LONGEST = 3, 15, 60
# A promise is kept within this many days.
_PLEDGE_HOLDS = 180
# A figure that more gifts share says nothing by itself.
_COMMON = 60
_MASKED = re.compile(r"[*＊·]")


class Reason(StrEnum):
    SAME_FIGURE = "same_figure"
    FIGURE_FITS = "figure_fits"
    SAME_NAME = "same_name"
    ALIKE_NAME = "alike_name"
    MASKED_NAME = "masked_name"
    MEMO_NAMES_GIVER = "memo_names_giver"
    GIVER_UNKNOWN = "giver_unknown"
    SAME_DAY = "same_day"
    DAYS_APART = "days_apart"
    AFTER_PLEDGE = "after_pledge"
    SUM_OF_LIST = "sum_of_list"
    SUM_OF_LINES = "sum_of_lines"


@dataclass(frozen=True, slots=True)
class Line:
    """A line that came in; `body` is the one body of the register that bears the payer's name."""

    id: UUID
    value: Decimal
    payer: str
    day: date | None
    memo: str = ""
    body: UUID | None = None


@dataclass(frozen=True, slots=True)
class Gift:
    """A gift of money whose arrival is not seen yet. `listed` tells the gifts of one list from others."""

    id: UUID
    amount: Amount
    giver: str
    day: date | None
    person: bool = False
    giver_unknown: bool = False
    giver_body: UUID | None = None
    via: str = ""
    via_body: UUID | None = None
    pledged: bool = False
    listed: str = ""


@dataclass(frozen=True, slots=True)
class Proposal:
    """That these lines are these gifts; one side is one. `reasons` are codes with their values."""

    lines: tuple[UUID, ...]
    gifts: tuple[UUID, ...]
    score: float
    reasons: tuple[dict[str, Any], ...]
    sure: bool = False


def proposals(lines: Sequence[Line], gifts: Sequence[Gift]) -> dict[UUID, list[Proposal]]:
    """What each line may be, the likeliest first.

    A proposal is `sure` where figure and name are the same, and neither the line nor the gift has another
    proposal that is as likely.
    """
    by_figure: dict[Decimal, list[Gift]] = defaultdict(list)
    for gift in gifts:
        if gift.amount.value is not None:
            by_figure[gift.amount.value].append(gift)
    vague = [gift for gift in gifts if not _is_exact(gift.amount)]
    through = _by_way(gifts)
    found: dict[UUID, list[Proposal]] = defaultdict(list)
    for line in lines:
        ones = (_one_to_one(line, gift) for gift in [*_near(line, by_figure), *vague])
        found[line.id] += [one for one in ones if one]
        found[line.id] += list(_lump_sum(line, through))
    for several in _in_parts(lines, gifts):
        for line_id in several.lines:
            found[line_id].append(several)
    best = {line: _best(some) for line, some in found.items()}
    return _with_sure(best)


def _near(line: Line, by_figure: dict[Decimal, list[Gift]]) -> list[Gift]:
    """The gifts of the line's figure; of a figure that many share, only those that the line names."""
    same = by_figure.get(line.value, [])
    if len(same) <= _COMMON:
        return same
    payer = plain(line.payer)
    named = [
        gift
        for gift in same
        if plain(gift.giver) == payer
        or (line.body and gift.giver_body == line.body)
        or (len(gift.giver) > 1 and gift.giver in line.memo)
        or (gift.giver_unknown and gift.day == line.day)
    ]
    return named[:_COMMON]


def sums_agree(values: Iterable[Decimal], amounts: Iterable[Amount]) -> bool:
    """Whether what came in can be what was told: within the bounds of the gifts, to the fen where exact."""
    came, told = sum(values, Decimal(0)), add(amounts)
    return told.low <= came and (told.high is None or came <= told.high)


def _one_to_one(line: Line, gift: Gift) -> Proposal | None:
    if not sums_agree([line.value], [gift.amount]):
        return None
    score = 0.45 if line.value == gift.amount.value else 0.3
    if gift.amount.value is None or line.value > gift.amount.value * 2:
        return None
    reasons = [_because(Reason.SAME_FIGURE if score == 0.45 else Reason.FIGURE_FITS)]
    named, why = _named(line, gift)
    when = _when(line.day, gift)
    if when is None or (not named and not gift.giver_unknown and why is None and score < 0.45):
        return None
    reasons += [one for one in (why, when[1]) if one]
    return _proposal([line], [gift], score + 0.4 * named + when[0], reasons)


def _named(line: Line, gift: Gift) -> tuple[float, dict[str, Any] | None]:
    """How strongly the names speak for the gift, and why."""
    if line.body and line.body == gift.giver_body:
        return 1.0, _because(Reason.SAME_NAME, name=line.payer)
    if gift.giver and plain(gift.giver) == plain(line.payer):
        return 1.0, _because(Reason.SAME_NAME, name=line.payer)
    if len(gift.giver) > 1 and gift.giver in line.memo:
        return 0.9, _because(Reason.MEMO_NAMES_GIVER, name=gift.giver)
    if gift.giver_unknown:
        return 0.2, _because(Reason.GIVER_UNKNOWN)
    if not line.payer or not gift.giver:
        return 0.0, None
    if _MASKED.search(line.payer):
        fits = _fits_mask(line.payer, gift.giver)
        return (0.7, _because(Reason.MASKED_NAME, name=line.payer)) if fits else (0.0, None)
    alike = _alike(line.payer, gift)
    return (alike, _because(Reason.ALIKE_NAME, one=line.payer, other=gift.giver)) if alike else (0.0, None)


def _alike(payer: str, gift: Gift) -> float:
    if gift.person:
        if len(payer) > 4:
            return 0.0
        score = compare_persons(payer, gift.giver).score
        return score if score >= 0.75 else 0.0
    # Names without a common sign are not one body's; asking costs more than looking.
    if not set(payer) & set(gift.giver):
        return 0.0
    return names_alike(payer, gift.giver)


def _fits_mask(masked: str, name: str) -> bool:
    """Whether a name that a payment app shows in part ("*小满", "丛**") can be `name`."""
    pattern = "".join("." if _MASKED.fullmatch(sign) else re.escape(sign) for sign in masked)
    some_shown = len(_MASKED.sub("", masked)) >= 1
    return some_shown and re.fullmatch(pattern, name) is not None


def _when(day: date | None, gift: Gift) -> tuple[float, dict[str, Any] | None] | None:
    """How the days speak for the gift; None where they exclude it."""
    if day is None or gift.day is None:
        return 0.03, None
    apart = (day - gift.day).days
    if apart == 0:
        return 0.15, _because(Reason.SAME_DAY)
    if gift.pledged:
        return (0.1, _because(Reason.AFTER_PLEDGE, days=apart)) if 0 < apart <= _PLEDGE_HOLDS else None
    apart = abs(apart)
    if apart > _LONGEST:
        return None
    weight = 0.12 if apart <= _NEAR else 0.08 if apart <= _WITHIN else 0.02
    return weight, _because(Reason.DAYS_APART, days=apart)


Way = dict[str, list[Gift]]


def _by_way(gifts: Sequence[Gift]) -> Way:
    found: Way = defaultdict(list)
    for gift in gifts:
        if gift.via_body:
            found[str(gift.via_body)].append(gift)
        elif gift.via:
            found[plain(gift.via)].append(gift)
    return found


def _lump_sum(line: Line, through: Way) -> Iterator[Proposal]:
    """A chamber pays in one sum what its members gave: the whole list, one list of several, or one day."""
    keys = [key for key in (str(line.body) if line.body else "", plain(line.payer)) if key]
    members = [gift for key in keys for gift in through.get(key, ())]
    groups: dict[str, list[Gift]] = {"all": members}
    for gift in members:
        groups.setdefault(f"list {gift.listed}", []).append(gift)
        groups.setdefault(f"day {gift.day}", []).append(gift)
    seen: set[frozenset[UUID]] = set()
    for group in groups.values():
        ids = frozenset(gift.id for gift in group)
        if len(group) < 2 or ids in seen or any(not _is_exact(gift.amount) for gift in group):
            continue
        seen.add(ids)
        whens = [_when(line.day, gift) for gift in group]
        if None in whens or sum((gift.amount.value or Decimal(0)) for gift in group) != line.value:
            continue
        reasons = [_because(Reason.SUM_OF_LIST, name=line.payer, count=len(group))]
        yield _proposal([line], group, 0.95, reasons)


def _in_parts(lines: Sequence[Line], gifts: Sequence[Gift]) -> Iterator[Proposal]:
    """One gift that came in several transfers of one payer."""
    by_payer: dict[str, list[Line]] = defaultdict(list)
    for line in lines:
        if line.payer:
            by_payer[str(line.body or plain(line.payer))].append(line)
    for gift in gifts:
        if gift.amount.value is None or not _is_exact(gift.amount):
            continue
        own = by_payer.get(str(gift.giver_body), []) or by_payer.get(plain(gift.giver), [])
        parts = [line for line in own if line.value < gift.amount.value and _when(line.day, gift)]
        if len(parts) < 2 or len(parts) > _LONGEST:
            continue
        for some in [parts, *_pairs(parts)]:
            if sum(line.value for line in some) == gift.amount.value:
                reasons = [_because(Reason.SUM_OF_LINES, name=gift.giver, count=len(some))]
                yield _proposal(some, [gift], 0.9, reasons)
                break


def _pairs(lines: Sequence[Line]) -> Iterator[list[Line]]:
    for at, one in enumerate(lines):
        for other in lines[at + 1 :]:
            yield [one, other]


def _best(found: Sequence[Proposal]) -> list[Proposal]:
    once = {(one.lines, one.gifts): one for one in found if one.score >= LEAST_SCORE}
    return sorted(once.values(), key=lambda one: (-one.score, one.gifts))[:_MOST_A_LINE]


def _with_sure(best: dict[UUID, list[Proposal]]) -> dict[UUID, list[Proposal]]:
    """Mark what may be confirmed at once: the clearly best of its line, wanted by no other line as much."""
    wanted: dict[UUID, list[tuple[float, tuple[UUID, ...]]]] = defaultdict(list)
    for some in best.values():
        for one in some:
            for gift in one.gifts:
                wanted[gift].append((one.score, one.lines))
    result: dict[UUID, list[Proposal]] = {}
    for line, some in best.items():
        first = some[0] if some else None
        sure = first is not None and first.score >= SURE_FROM and _has_name(first)
        if first and sure:
            rivals = [one.score for one in some[1:]]
            rivals += [s for gift in first.gifts for s, lines in wanted[gift] if lines != first.lines]
            sure = all(score < first.score for score in rivals)
        marked = [
            Proposal(one.lines, one.gifts, one.score, one.reasons, sure and place == 0)
            for place, one in enumerate(some)
        ]
        result[line] = marked
    return result


def _has_name(proposal: Proposal) -> bool:
    sure = {Reason.SAME_NAME, Reason.MEMO_NAMES_GIVER, Reason.SUM_OF_LIST, Reason.SUM_OF_LINES}
    return any(reason["code"] in sure for reason in proposal.reasons)


def _is_exact(amount: Amount) -> bool:
    return amount.value is not None and amount.bound == "exact"


def _proposal(
    lines: Sequence[Line], gifts: Sequence[Gift], score: float, reasons: Sequence[dict[str, Any]]
) -> Proposal:
    return Proposal(
        tuple(line.id for line in lines),
        tuple(gift.id for gift in gifts),
        round(min(score, 1.0), 2),
        tuple(reasons),
    )


def _because(code: Reason, **values: Any) -> dict[str, Any]:
    return {"code": code.value, **values}
