"""The receipts book of an issuer: every number in order, what is void, where numbers are missing."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.engines.figures import to_capitals
from lianfang.giving.models import (
    Donation,
    DonationReceipt,
    DonationState,
    DonationStep,
)
from lianfang.giving.queries.ledger import visible_donations
from lianfang.people.models import Body, Officer

# A gap longer than this is another booklet rather than lost slips.
_LONGEST_GAP = 1000
_NUMBER = re.compile(r"^(.*?)(\d+)$")


@dataclass(frozen=True, slots=True)
class ReceiptRow:
    """A receipt in the sequence, with its amount in capitals; `gap` are the numbers missing before it."""

    receipt: DonationReceipt
    capitals: str
    gap: tuple[str, str] | None


@dataclass(frozen=True, slots=True)
class Gap:
    """Numbers of one series that are neither issued nor void: from `first` to `last`."""

    issuer: UUID
    form_code: str
    first: str
    last: str
    count: int


def visible_receipts(officer: Officer, response: Response | None) -> QuerySet[DonationReceipt]:
    """All numbers, also void ones, of the issuers that the officer may read."""
    rows = officer.reach(Right.READ_BOOK).rows(areas=["issuer__area"], bodies=["issuer"])
    found: QuerySet[DonationReceipt] = (
        DonationReceipt.objects.newest()
        .filter(rows, response=response)
        .select_related("issuer", "donation", "written_by")
        .order_by("issuer__name", "form_code", "number")
    )
    return found


def issuers_for(officer: Officer) -> QuerySet[Body]:
    """The bodies for which the officer may issue receipts."""
    rows = officer.reach(Right.BOOK_GIFTS).rows(areas=["area"], bodies=["pk"])
    return Body.objects.filter(rows, may_issue_receipts=True, merged_into__isnull=True)


def receipts_book(receipts: Iterable[DonationReceipt]) -> list[ReceiptRow]:
    """The receipts of each series in the order of their numbers, with the gaps between them."""
    found = []
    for _series, rows in groupby(sorted(receipts, key=_place), key=_series_of):
        previous: DonationReceipt | None = None
        for receipt in rows:
            found.append(ReceiptRow(receipt, to_capitals(receipt.value), _between(previous, receipt)))
            previous = receipt
    return found


def gaps(receipts: Iterable[DonationReceipt]) -> Iterator[Gap]:
    """The missing numbers of every series."""
    for row in receipts_book(receipts):
        if row.gap:
            first, last = row.gap
            count = int(_digits(last)) - int(_digits(first)) + 1
            yield Gap(row.receipt.issuer_id, row.receipt.form_code, first, last, count)


def gifts_without_receipt(officer: Officer, response: Response | None) -> QuerySet[Donation]:
    """Received gifts of issuing bodies for which a receipt is due and none stands."""
    return without_receipt(visible_donations(officer, response))


def without_receipt(donations: QuerySet[Donation]) -> QuerySet[Donation]:
    """Those of `donations` that arrived at an issuing body and have no receipt that stands."""
    arrived = DonationStep.objects.current().filter(donation=OuterRef("root"), state=DonationState.RECEIVED)
    standing = DonationReceipt.objects.current().filter(donation=OuterRef("root"))
    return donations.filter(
        Exists(arrived), ~Exists(standing), Q(recipient__may_issue_receipts=True), receipt_wanted=True
    )


def next_number(receipts: Sequence[DonationReceipt]) -> str:
    """The number after the highest of one series, written as wide; empty where there is none yet."""
    numbered = [one for one in receipts if _NUMBER.match(one.number)]
    if not numbered:
        return ""
    last = max(numbered, key=_place).number
    digits = _digits(last)
    return last[: len(last) - len(digits)] + str(int(digits) + 1).zfill(len(digits))


def _series_of(receipt: DonationReceipt) -> tuple[str, str, str, int]:
    """Numbers of one length with one beginning run on; any others are a series of their own."""
    found = _NUMBER.match(receipt.number)
    head, width = (found[1], len(found[2])) if found else (receipt.number, 0)
    return str(receipt.issuer_id), receipt.form_code, head, width


def _place(receipt: DonationReceipt) -> tuple[tuple[str, str, str, int], int]:
    digits = _digits(receipt.number)
    return _series_of(receipt), int(digits) if digits else 0


def _between(previous: DonationReceipt | None, receipt: DonationReceipt) -> tuple[str, str] | None:
    if previous is None:
        return None
    before, after = _digits(previous.number), _digits(receipt.number)
    missing = int(after or 0) - int(before or 0) - 1
    if not 0 < missing <= _LONGEST_GAP:
        return None
    head = receipt.number[: len(receipt.number) - len(after)]
    first, last = int(before) + 1, int(after) - 1
    return head + str(first).zfill(len(after)), head + str(last).zfill(len(after))


def _digits(number: str) -> str:
    found = _NUMBER.match(number)
    return found[2] if found else ""
