"""Whether two gifts of the book may be the same money: judged from what is told of them, with reasons.

Pure: it sees `Seen` gifts, not the database. It proposes; only a person decides. Two ways of counting
money twice are looked for (DOMAIN 3.3.2, 4.1.3): the same gift told by two sources or seen at two points
of its way, and a member's gift that lies within the sum of the chamber through which it went.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum
from functools import lru_cache
from typing import Any
from unicodedata import normalize
from uuid import UUID

from lianfang.engines.figures import Amount, Bound
from lianfang.engines.names import Likeness, compare_bodies, compare_persons
from lianfang.giving.models import DonorKind, DonorNaming, GiftKind, OverlapVerdict

# Proposals below this are not worth a person's time.
LEAST_SCORE = 0.5
# Below this two names are merely similar (a town and its chamber).
_ALIKE_FROM = 0.75
# How far "about", "over" and "nearly" may reach for two figures to be one, as a share of the figure.
_REACH = Decimal("0.1")
# The same gift told twice is told within this many days.
_DAYS_APART = 10


class Reason(StrEnum):
    SAME_DONOR = "same_donor"
    ALIKE_DONOR = "alike_donor"
    SAME_FIGURE = "same_figure"
    FIGURE_FITS = "figure_fits"
    FIGURE_UNKNOWN = "figure_unknown"
    SAME_GOODS = "same_goods"
    SAME_RECIPIENT = "same_recipient"
    RECIPIENT_IS_VIA = "recipient_is_via"
    SAME_DAY = "same_day"
    THROUGH = "through"
    INTO = "into"
    MEMBER = "member"
    SMALLER = "smaller"


@dataclass(frozen=True, slots=True)
class Party:
    """A body, a person or only a name; `body` is the one that it was merged into."""

    name: str = ""
    body: UUID | None = None
    person: UUID | None = None

    def __bool__(self) -> bool:
        return bool(self.name or self.body or self.person)


@dataclass(frozen=True, slots=True)
class Seen:
    """What is told of a gift, as far as it bears on the question."""

    root: UUID
    donor: Party
    donor_kind: str
    naming: str
    kind: str
    amount: Amount
    via: Party
    recipient: Party
    day: date | None
    goods: frozenset[tuple[str, Decimal | None, str]] = frozenset()
    member_of: frozenset[UUID] = frozenset()


@dataclass(frozen=True, slots=True)
class Suggestion:
    """That `first` and `second` may be what `suggests` says; `reasons` are codes with their values."""

    first: UUID
    second: UUID
    suggests: OverlapVerdict
    score: float
    reasons: tuple[Mapping[str, Any], ...]


def judge(one: Seen, other: Seen) -> Suggestion | None:
    """The likelier of the two ways in which `one` and `other` may be the same money, or None."""
    if one.root == other.root:
        return None
    first, second = sorted((one, other), key=lambda gift: gift.root)
    found = [
        _same(first, second),
        _within(first, second, OverlapVerdict.FIRST_IN_SECOND),
        _within(second, first, OverlapVerdict.SECOND_IN_FIRST),
    ]
    return max((one for one in found if one), key=lambda suggestion: suggestion.score, default=None)


def alike_party(one: Party, other: Party) -> float:
    """How far two parties may be one: 1 where the registers say so, else by their names; 0 if surely not."""
    if not one or not other:
        return 0.0
    if one.body and one.body == other.body:
        return 1.0
    if one.person and other.person:
        return 1.0 if one.person == other.person else 0.0
    return 1.0 if plain(one.name) == plain(other.name) else names_alike(one.name, other.name)


def alike_givers(one: Seen, other: Seen) -> float:
    """As `alike_party`; a person and a body are never one."""
    if DonorKind.PERSON not in {one.donor_kind, other.donor_kind}:
        return alike_party(one.donor, other.donor)
    if one.donor_kind != other.donor_kind:
        return 0.0
    if (one.donor.person and other.donor.person) or plain(one.donor.name) == plain(other.donor.name):
        return alike_party(one.donor, other.donor)
    return _alike(compare_persons(one.donor.name, other.donor.name))


@lru_cache(maxsize=50_000)
def names_alike(one: str, other: str) -> float:
    """How far two names may be one body's: 0 where they are not worth a person's look."""
    return _alike(compare_bodies(one, other))


def _alike(likeness: Likeness) -> float:
    return likeness.score if likeness.score >= _ALIKE_FROM else 0.0


@lru_cache(maxsize=10_000)
def plain(name: str) -> str:
    """A name without spaces, in one width and case."""
    return "".join(normalize("NFKC", name).split()).casefold()


def _same(first: Seen, second: Seen) -> Suggestion | None:
    if first.kind != second.kind or DonorNaming.UNKNOWN in {first.naming, second.naming}:
        return None
    likeness = alike_givers(first, second)
    if not likeness or _days_apart(first, second) > _DAYS_APART:
        return None
    who = Reason.SAME_DONOR if likeness == 1.0 else Reason.ALIKE_DONOR
    reasons = [_because(who, one=first.donor.name, other=second.donor.name)]
    if first.kind == GiftKind.GOODS:
        money = _goods_told_twice(first, second)
    else:
        money = _figure_told_twice(first.amount, second.amount)
    met = _met(first, second)
    if money is None or met is None:
        return None
    reasons += [_because(money[1]), *met]
    score = 0.45 * likeness + money[0] + 0.1 * len(met)
    return _suggestion(first, second, OverlapVerdict.SAME, score, reasons)


def _figure_told_twice(one: Amount, other: Amount) -> tuple[float, Reason] | None:
    """How strongly the figures speak for one gift; None where they exclude it."""
    if one.value is None or other.value is None:
        return 0.0, Reason.FIGURE_UNKNOWN
    if one.value == other.value:
        return 0.3, Reason.SAME_FIGURE
    if one.bound is Bound.EXACT and other.bound is Bound.EXACT:
        return None
    (low, high), (other_low, other_high) = _span(one), _span(other)
    return (0.15, Reason.FIGURE_FITS) if low <= other_high and other_low <= high else None


def _goods_told_twice(one: Seen, other: Seen) -> tuple[float, Reason] | None:
    """The same article in the same quantity speaks louder than a value; other articles exclude it."""
    if any(article[1] is not None for article in one.goods & other.goods):
        return 0.3, Reason.SAME_GOODS
    shared = {article[0] for article in one.goods} & {article[0] for article in other.goods}
    counted = [
        {article[0] for article in gift.goods if article[1] is not None} & shared for gift in (one, other)
    ]
    if not shared or counted[0] & counted[1]:
        return None
    return _figure_told_twice(one.amount, other.amount)


def _met(first: Seen, second: Seen) -> list[Mapping[str, Any]] | None:
    """What speaks for one gift in where it went and when; None where it went to two places."""
    reasons = []
    if first.recipient and second.recipient:
        if alike_party(first.recipient, second.recipient):
            reasons.append(_because(Reason.SAME_RECIPIENT, name=first.recipient.name))
        elif alike_party(first.recipient, second.via) or alike_party(first.via, second.recipient):
            reasons.append(_because(Reason.RECIPIENT_IS_VIA))
        else:
            return None
    if first.day and first.day == second.day:
        reasons.append(_because(Reason.SAME_DAY, day=first.day.isoformat()))
    return reasons


def _within(part: Seen, whole: Seen, verdict: OverlapVerdict) -> Suggestion | None:
    """Whether `part` may lie within the sum of a chamber (or another collecting body), `whole`."""
    if whole.donor_kind in {DonorKind.PERSON, DonorKind.ENTERPRISE} or not _smaller(part, whole):
        return None
    if part.donor == whole.donor:
        return None
    roads = [
        (Reason.THROUGH, alike_party(part.via, whole.donor), part.via.name),
        (Reason.INTO, alike_party(part.recipient, whole.donor), part.recipient.name),
        (
            Reason.MEMBER,
            0.8 if whole.donor.body in part.member_of and not part.recipient else 0.0,
            part.donor.name,
        ),
    ]
    road, likeness, name = max(roads, key=lambda found: found[1])
    if not likeness:
        return None
    reasons = [_because(road, name=name, whole=whole.donor.name), _because(Reason.SMALLER)]
    first, second = (part, whole) if verdict == OverlapVerdict.FIRST_IN_SECOND else (whole, part)
    return _suggestion(first, second, verdict, 0.35 + 0.5 * likeness, reasons)


def _smaller(part: Seen, whole: Seen) -> bool:
    """Whether the figures and kinds allow `part` within `whole`."""
    if part.kind != whole.kind and whole.kind != GiftKind.MIXED:
        return False
    if part.amount.value is None or whole.amount.value is None:
        return False
    return _span(part.amount)[0] <= _span(whole.amount)[1] and part.amount.value <= whole.amount.value


def _span(amount: Amount) -> tuple[Decimal, Decimal]:
    """From where to where a figure may reach in a writer's mouth (144万余 is no 200万)."""
    value = amount.value or Decimal(0)
    match amount.bound:
        case Bound.OVER:
            return value, amount.upper or value * (1 + _REACH)
        case Bound.NEARLY:
            return value * (1 - _REACH), value
        case Bound.ABOUT:
            return value * (1 - _REACH), value * (1 + _REACH)
        case _:
            return value, value


def _days_apart(one: Seen, other: Seen) -> int:
    return abs((one.day - other.day).days) if one.day and other.day else 0


def _because(code: Reason, **values: str) -> Mapping[str, Any]:
    return {"code": code.value, **values}


def _suggestion(
    first: Seen, second: Seen, suggests: OverlapVerdict, score: float, reasons: Sequence[Mapping[str, Any]]
) -> Suggestion | None:
    if score < LEAST_SCORE:
        return None
    return Suggestion(first.root, second.root, suggests, round(min(score, 1.0), 2), tuple(reasons))


def best(suggestions: Iterable[Suggestion], most: int | None = None) -> list[Suggestion]:
    """The `most` likeliest of these (all, if None), each pair once."""
    pairs = {(one.first, one.second): one for one in suggestions}
    return sorted(pairs.values(), key=lambda one: (-one.score, one.first, one.second))[:most]
