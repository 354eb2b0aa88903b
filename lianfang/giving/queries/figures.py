"""The figures of the book on one sheet: per giver, per kind of giver, all cash, goods, what is stated.

The sheet is a value that a page draws and the command line prints as JSON (`as_plain`).
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils import timezone

from lianfang.book.models import Response
from lianfang.engines.figures import Amount
from lianfang.giving.models import GiftKind, Scope
from lianfang.giving.queries.ledger import BookedGift, Ledger, ledger
from lianfang.giving.queries.statements import Comparison, compare, visible_statements
from lianfang.giving.queries.totals import (
    By,
    Overview,
    Share,
    Total,
    direct,
    overview_of,
    shares,
)
from lianfang.giving.wording import amount_text
from lianfang.people.models import Officer


@dataclass(frozen=True, slots=True)
class Counts:
    """How many records there are: gifts, stated totals, stated tiers."""

    gifts: int
    totals: int
    tiers: int


@dataclass(frozen=True, slots=True)
class Figures:
    """The sheet of a response at a moment."""

    response: Response
    as_of: datetime
    counts: Counts
    overview: Overview
    donors: tuple[Share, ...]
    donor_kinds: tuple[Share, ...]
    goods_with_value: tuple[BookedGift, ...]
    goods_without_value: tuple[BookedGift, ...]
    statements: tuple[Comparison, ...]
    book: Ledger


def figures_of_book(
    response: Response, officer: Officer | None = None, as_of: datetime | None = None
) -> Figures:
    """The sheet as the officer may see it (all, if None), as it stood at `as_of` (now, if None)."""
    book = ledger(response, officer, as_of)
    stated = list(visible_statements(officer, response, as_of))
    received = direct(book.received())
    goods = [gift for gift in received if gift.kind == GiftKind.GOODS]
    return Figures(
        response,
        as_of or timezone.now(),
        Counts(
            len(book.gifts),
            sum(one.scope_of_figure == Scope.TOTAL for one in stated),
            sum(one.scope_of_figure == Scope.TIER for one in stated),
        ),
        overview_of(book),
        tuple(shares(received, book, By.DONOR)),
        tuple(shares(received, book, By.DONOR_KIND)),
        tuple(gift for gift in goods if gift.amount.value is not None),
        tuple(gift for gift in goods if gift.amount.value is None),
        tuple(compare(stated, book)),
        book,
    )


def as_plain(figures: Figures) -> dict[str, Any]:
    """The sheet as values for JSON; money as strings of yuan, so that no digit is lost."""
    return {
        "response": figures.response.name,
        "as_of": figures.as_of.isoformat(),
        "records": {
            "all": figures.counts.gifts + figures.counts.totals + figures.counts.tiers,
            "gift": figures.counts.gifts,
            "total": figures.counts.totals,
            "tier": figures.counts.tiers,
        },
        "received": _plain_totals(figures.overview.received),
        "passed_on": _plain_totals(figures.overview.passed_on),
        "pledged": _plain_totals(figures.overview.pledged),
        "donors": [_plain_share(share) for share in figures.donors],
        "donor_kinds": [_plain_share(share) for share in figures.donor_kinds],
        "goods_with_value": [_plain_gift(gift) for gift in figures.goods_with_value],
        "goods_without_value": [_plain_gift(gift) for gift in figures.goods_without_value],
        "statements": [
            {
                "subject": one.statement.subject,
                "scope": one.statement.scope_of_figure,
                "kind": one.statement.kind,
                **_plain_amount(one.statement.amount),
                "count": one.statement.count,
                "finding": one.finding.value,
                "sentence": one.sentence,
            }
            for one in figures.statements
        ],
    }


def _plain_share(share: Share) -> dict[str, Any]:
    return {"key": share.key, "label": share.label, **_plain_totals(share.totals)}


def _plain_totals(totals: Any) -> dict[str, Any]:
    return {kind: _plain_total(totals.of(kind)) for kind in GiftKind.values if totals.of(kind).gifts}


def _plain_total(total: Total) -> dict[str, Any]:
    return {
        "gifts": total.gifts,
        "unknown": total.unknown,
        "undecided": total.undecided,
        "low": {"yuan": str(total.low.low), "claim": total.low.claim.value},
        "high": {"yuan": str(total.high.low), "claim": total.high.claim.value},
        "said": str(total.high.said),
        "beside": [
            {"currency": one.currency, "low": str(low.low), "high": str(one.low)}
            for low, one in zip(total.low.beside, total.high.beside, strict=False)
        ],
        "text": total.text,
    }


def _plain_gift(gift: BookedGift) -> dict[str, Any]:
    return {"donor": gift.donor.name, **_plain_amount(gift.amount)}


def _plain_amount(amount: Amount) -> dict[str, Any]:
    return {
        "yuan": None if amount.value is None else str(amount.value),
        "bound": None if amount.bound is None else amount.bound.value,
        "text": amount_text(amount),
    }
