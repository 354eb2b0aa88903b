"""Totals that claim only what they can stand behind.

A total is a range from "every undecided pair is one" to "every pair is two", each end with its bound, with
what is unknown counted beside and foreign money apart. Cash, goods and mixed figures are never added up
together, nor what one receiver passed on to another, nor what is only pledged.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from uuid import UUID

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianfang.engines.figures import UNKNOWN, Amount, Sum, add
from lianfang.engines.figures.overlap import Conflict, Pair, Relation, TotalRange, total_range
from lianfang.giving.models import DonorKind, GiftKind, ReceiptRoute
from lianfang.giving.queries.ledger import BookedGift, Ledger, Named
from lianfang.giving.wording import range_text


class By(StrEnum):
    """Ways to divide a total."""

    DONOR_KIND = "donor_kind"
    TOWN = "town"
    VIA = "via"
    RECIPIENT = "recipient"
    DONOR = "donor"


@dataclass(frozen=True, slots=True)
class Total:
    """What is known of the sum of some gifts: it lies from `low` to `high`.

    `gifts` counts them (those decided to be one once), `unknown` those without any value; `undecided`
    pairs could still move it; `conflicts` are decisions and figures that cannot all be right.
    """

    low: Sum
    high: Sum
    gifts: int
    unknown: int
    undecided: int
    conflicts: tuple[Conflict[UUID], ...] = ()

    @property
    def text(self) -> str:
        return range_text(self.low, self.high)

    @property
    def settled(self) -> bool:
        return self.undecided == 0

    @property
    def sentence(self) -> str:
        """The total with its count, what is unknown and what is undecided."""
        parts = [ngettext("%(count)d 笔", "%(count)d 笔", self.gifts) % {"count": self.gifts}]
        if self.gifts > self.unknown:
            parts.append(self.text)
        if self.unknown:
            parts.append(
                ngettext("其中 %(count)d 笔数额不详", "其中 %(count)d 笔数额不详", self.unknown)
                % {"count": self.unknown}
            )
        if self.undecided:
            parts.append(
                ngettext("%(count)d 对疑似重复待判定", "%(count)d 对疑似重复待判定", self.undecided)
                % {"count": self.undecided}
            )
        return _(",").join(parts)


@dataclass(frozen=True, slots=True)
class Totals:
    """The totals of some gifts, each kind apart."""

    cash: Total
    goods: Total
    mixed: Total

    @property
    def gifts(self) -> int:
        return self.cash.gifts + self.goods.gifts + self.mixed.gifts

    def of(self, kind: str) -> Total:
        return {GiftKind.CASH: self.cash, GiftKind.GOODS: self.goods}.get(GiftKind(kind), self.mixed)


@dataclass(frozen=True, slots=True)
class Share:
    """The totals of the gifts that have `key` in common, and what people call it."""

    key: str
    label: str
    totals: Totals


@dataclass(frozen=True, slots=True)
class Overview:
    """What stands on top of the ledger: received directly, passed on by other receivers, pledged."""

    received: Totals
    passed_on: Totals
    pledged: Totals


def overview_of(book: Ledger) -> Overview:
    received = book.received()
    return Overview(
        totals_of(direct(received), book),
        totals_of([gift for gift in received if gift.route == ReceiptRoute.PASSED_ON], book),
        totals_of(book.pledged(), book),
    )


def direct(gifts: Iterable[BookedGift]) -> list[BookedGift]:
    """Without what another receiver passed on: it was counted when the first received it."""
    return [gift for gift in gifts if gift.route == ReceiptRoute.DIRECT]


def totals_of(gifts: Iterable[BookedGift], book: Ledger) -> Totals:
    """The totals of `gifts`, with the pairs of `book` among them."""
    rows = list(gifts)
    return Totals(*(total_of([g for g in rows if g.kind == kind], book) for kind in GiftKind.values))


def total_of(gifts: Sequence[BookedGift], book: Ledger) -> Total:
    """One total over `gifts`, whatever their kinds."""
    return next(iter(_totals_by(gifts, book, lambda _gift: 0).values()), _nothing())


def shares(gifts: Iterable[BookedGift], book: Ledger, by: By) -> list[Share]:
    """The totals divided `by` something, the largest in cash first, what is not stated last.

    A gift stands in exactly one share. Shares need not add up to the total: two gifts that may be one
    can stand in two shares.
    """
    rows = list(gifts)
    labels = {_key(gift, by): _label(gift, by, book) for gift in rows}
    parts = {
        kind: _totals_by([gift for gift in rows if gift.kind == kind], book, lambda gift: _key(gift, by))
        for kind in GiftKind.values
    }
    found = [
        Share(
            key,
            label,
            Totals(*(parts[kind].get(key) or _nothing() for kind in GiftKind.values)),
        )
        for key, label in labels.items()
    ]
    return sorted(found, key=_largest_first)


def _totals_by(
    gifts: Sequence[BookedGift], book: Ledger, key: Callable[[BookedGift], Hashable]
) -> dict[Hashable, Total]:
    """One total a key; only pairs within a key bear on it."""
    groups: dict[Hashable, list[BookedGift]] = {}
    key_of: dict[UUID, Hashable] = {}
    for gift in gifts:
        name = key_of[gift.root] = key(gift)
        groups.setdefault(name, []).append(gift)
    decided = _within(book.pairs.decided, key_of)
    undecided = _within(book.pairs.undecided, key_of)
    return {
        name: _total(rows, undecided.get(name, []), decided.get(name, [])) for name, rows in groups.items()
    }


def _within(pairs: Iterable[Pair[UUID]], key_of: Mapping[UUID, Hashable]) -> dict[Hashable, list[Pair[UUID]]]:
    found: dict[Hashable, list[Pair[UUID]]] = {}
    for pair in pairs:
        if pair.left in key_of and pair.right in key_of and key_of[pair.left] == key_of[pair.right]:
            found.setdefault(key_of[pair.left], []).append(pair)
    return found


def _total(
    gifts: Sequence[BookedGift], undecided: Sequence[Pair[UUID]], decided: Sequence[Pair[UUID]]
) -> Total:
    """The range over gifts in yuan, and over gifts in each other currency beside it."""
    unknown = sum(1 for gift in gifts if gift.amount.value is None and gift.foreign is None)
    if not undecided and not decided and not any(gift.foreign for gift in gifts):
        known = add(gift.amount for gift in gifts)
        return Total(known, known, len(gifts), unknown, 0)
    # A gift in another currency alone has no value in yuan that could be unknown.
    yuan = {gift.root: gift.amount for gift in gifts if gift.foreign is None or gift.amount.value is not None}
    found = _range(yuan, undecided, decided)
    low, high, conflicts, open_pairs = found.low, found.high, found.conflicts, found.undecided
    among = {gift.root for gift in gifts}
    currencies = {gift.foreign.currency for gift in gifts if gift.foreign}
    if currencies:
        open_pairs = _range(dict.fromkeys(among, UNKNOWN), undecided, decided).undecided
    for currency in sorted(currencies):
        money = {
            gift.root: Amount(gift.foreign.value, gift.foreign.bound)
            for gift in gifts
            if gift.foreign and gift.foreign.currency == currency
        }
        beside = _range(money, undecided, decided)
        low += replace(beside.low, currency=currency)
        high += replace(beside.high, currency=currency)
        conflicts += beside.conflicts
    return Total(
        low,
        high,
        len(among) - _merged(among, decided),
        unknown,
        open_pairs,
        conflicts,
    )


def _range(
    nodes: Mapping[UUID, Amount], undecided: Iterable[Pair[UUID]], decided: Iterable[Pair[UUID]]
) -> TotalRange[UUID]:
    """The range over `nodes`; those without a pair, nearly all, are simply added to both ends."""
    undecided = [pair for pair in undecided if pair.left in nodes and pair.right in nodes]
    decided = [pair for pair in decided if pair.left in nodes and pair.right in nodes]
    paired = {root for pair in (*undecided, *decided) for root in (pair.left, pair.right)}
    rest = add(amount for root, amount in nodes.items() if root not in paired)
    if not paired:
        return TotalRange(rest, rest, 0)
    found = total_range({root: nodes[root] for root in paired}, undecided, decided)
    return TotalRange(found.low + rest, found.high + rest, found.undecided, found.conflicts)


def _merged(roots: set[UUID], decided: Iterable[Pair[UUID]]) -> int:
    """By how many fewer gifts there are than records, as some were decided to be one."""
    head = {root: root for root in roots}

    def top(root: UUID) -> UUID:
        while head[root] != root:
            root = head[root]
        return root

    joined = 0
    for pair in decided:
        if pair.relation is Relation.SAME and pair.left in roots and pair.right in roots:
            one, other = top(pair.left), top(pair.right)
            if one != other:
                head[other] = one
                joined += 1
    return joined


def _nothing() -> Total:
    return Total(Sum(), Sum(), 0, 0, 0)


def _party(gift: BookedGift, by: By) -> Named | None:
    match by:
        case By.VIA:
            return gift.via
        case By.RECIPIENT:
            return gift.recipient
        case _:
            return gift.donor


def _key(gift: BookedGift, by: By) -> str:
    if by is By.DONOR_KIND:
        return gift.donor_kind
    if by is By.TOWN:
        return str(gift.town or "")
    if by is By.DONOR and not gift.donor.key:
        return str(gift.root)
    party = _party(gift, by)
    return party.key if party else ""


def _label(gift: BookedGift, by: By, book: Ledger) -> str:
    if by is By.DONOR_KIND:
        return str(DonorKind(gift.donor_kind).label)
    if by is By.TOWN:
        return book.towns[gift.town] if gift.town else _("未归入镇街")
    party = _party(gift, by)
    if party is None:
        return _("未经其他单位") if by is By.VIA else _("未说明接收单位")
    return party.name or _("(未具名)")


def _largest_first(share: Share) -> tuple[bool, bool, object, object, str]:
    cash, goods = share.totals.cash, share.totals.goods
    return (share.key == "", cash.gifts == 0, -cash.high.said, -goods.high.said, share.label)
