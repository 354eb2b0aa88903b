"""The totals on top of the ledger, made by the database where it can: quick at any number of gifts.

Nearly all gifts are in yuan and in no pair; of those the database counts and adds each kind of bound.
The few others are loaded and go through the same range as everywhere (`queries.totals`).
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.db.models import BigIntegerField, Count, F, Q, QuerySet
from django.db.models import Sum as DatabaseSum
from django.db.models.functions import Cast, Round

from lianfang.book.models import Response
from lianfang.engines.figures import Bound, Sum
from lianfang.giving.models import GiftKind, ReceiptRoute
from lianfang.giving.queries.ledger import BookedGift, Ledger, ledger_of, standing
from lianfang.giving.queries.overlaps import pairs_of
from lianfang.giving.queries.totals import Overview, Total, Totals, overview_of, totals_of
from lianfang.people.models import Officer

# With more gifts in pairs than this, naming them costs more than loading all.
_MOST_PAIRED = 5000
_ZERO = Decimal(0)


@dataclass(frozen=True, slots=True)
class _Heap:
    """Gifts that have all of these in common, as the database added them up."""

    kind: str
    bound: str
    route: str
    arrived: bool
    lapsed: bool
    count: int
    yuan: Decimal

    @property
    def unknown(self) -> int:
        return 0 if self.bound else self.count

    @property
    def sum(self) -> Sum:
        match self.bound:
            case Bound.EXACT:
                return Sum(self.yuan, self.yuan, self.yuan, self.count)
            case Bound.OVER:
                return Sum(self.yuan, self.yuan, None, self.count, over_count=self.count)
            case Bound.NEARLY:
                return Sum(self.yuan, _ZERO, self.yuan, self.count, nearly_count=self.count)
            case Bound.ABOUT:
                return Sum(self.yuan, _ZERO, None, self.count, about_count=self.count)
            case _:
                return Sum(_ZERO, _ZERO, None, self.count, unknown_count=self.count)


def overview(
    response: Response, officer: Officer | None = None, as_of: datetime | None = None, within: Q | None = None
) -> Overview:
    """The totals at a moment, as the officer may see them (all, if None), of the gifts `within` a filter.

    A fixed number of queries, and nearly the same work for any number of gifts.
    """
    gifts = standing(response, officer, as_of)
    if within is not None:
        gifts = gifts.filter(within)
    pairs = pairs_of(response, as_of)
    paired = {root for pair in (*pairs.decided, *pairs.undecided) for root in (pair.left, pair.right)}
    if len(paired) > _MOST_PAIRED:
        return overview_of(ledger_of(gifts, pairs))
    apart = Q(root__in=paired) | ~Q(currency="")
    single = ledger_of(gifts.filter(apart), pairs)
    heaps = _heaps(gifts.exclude(apart))
    return Overview(
        _part(
            single,
            heaps,
            lambda gift: gift.arrived and gift.route == ReceiptRoute.DIRECT,
            lambda heap: heap.arrived and heap.route == ReceiptRoute.DIRECT,
        ),
        _part(
            single,
            heaps,
            lambda gift: gift.arrived and gift.route == ReceiptRoute.PASSED_ON,
            lambda heap: heap.arrived and heap.route == ReceiptRoute.PASSED_ON,
        ),
        _part(
            single,
            heaps,
            lambda gift: not gift.arrived and not gift.lapsed,
            lambda heap: not heap.arrived and not heap.lapsed,
        ),
    )


def _heaps(gifts: QuerySet[Any]) -> list[_Heap]:
    """Added up in fen: whole numbers are exact in every database."""
    fen = Cast(Round(F("value") * 100), BigIntegerField())
    rows = (
        gifts.order_by()
        .values("kind", "bound", "route", "arrived", "lapsed")
        .annotate(count=Count("pk"), fen=DatabaseSum(fen))
    )
    return [
        _Heap(
            row["kind"],
            row["bound"],
            row["route"],
            bool(row["arrived"]),
            bool(row["lapsed"]),
            row["count"],
            Decimal(row["fen"] or 0) / 100,
        )
        for row in rows
    ]


def _part(
    single: Ledger,
    heaps: Iterable[_Heap],
    has_gift: Callable[[BookedGift], bool],
    has_heap: Callable[[_Heap], bool],
) -> Totals:
    loaded = totals_of([gift for gift in single.gifts if has_gift(gift)], single)
    added = [heap for heap in heaps if has_heap(heap)]
    return Totals(
        *(_with(loaded.of(kind), [heap for heap in added if heap.kind == kind]) for kind in GiftKind.values)
    )


def _with(total: Total, heaps: Iterable[_Heap]) -> Total:
    low, high, count, unknown = total.low, total.high, total.gifts, total.unknown
    for heap in heaps:
        low, high = low + heap.sum, high + heap.sum
        count, unknown = count + heap.count, unknown + heap.unknown
    return replace(total, low=low, high=high, gifts=count, unknown=unknown)
