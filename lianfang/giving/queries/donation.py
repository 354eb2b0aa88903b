"""All that the book knows of one gift, for its page."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Q
from django.utils.translation import gettext as _

from lianfang.giving.models import (
    BankMatch,
    DisclosureLine,
    DisclosureState,
    Donation,
    DonationLine,
    DonationReceipt,
    DonationState,
    DonationStep,
    Intent,
    MentionDecision,
)
from lianfang.giving.queries.overlaps import ReviewPair, gifts_that_are_one, review_pairs, visible_pairs
from lianfang.people.models import Officer

# What a correction can change, in the order of the page.
_SHOWN = (
    "donor_name",
    "donor_kind",
    "donor_body",
    "donor_person",
    "donor_count",
    "naming",
    "kind",
    "value",
    "bound",
    "currency",
    "currency_value",
    "via_name",
    "via",
    "recipient_name",
    "recipient",
    "beneficiary",
    "area",
    "intent",
    "purpose",
    "route",
    "channel",
    "happened_at",
    "receipt_wanted",
    "remark",
)


@dataclass(frozen=True, slots=True)
class Change:
    """One field that a correction changed."""

    title: str
    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Version:
    """The gift as it was written once: by whom, when, why, and what differs from the version before."""

    donation: Donation
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Sheet:
    """One gift with its lines, states, sources, pairs, receipts, publications and history."""

    donation: Donation
    lines: tuple[DonationLine, ...]
    steps: tuple[DonationStep, ...]
    mentions: tuple[MentionDecision, ...]
    one_with: tuple[Donation, ...]
    pairs: tuple[ReviewPair, ...]
    receipts: tuple[DonationReceipt, ...]
    bank_lines: tuple[BankMatch, ...]
    published: tuple[DisclosureLine, ...]
    versions: tuple[Version, ...]

    @property
    def state(self) -> DonationState | None:
        """The furthest state that stands."""
        reached = {step.state for step in self.steps}
        return next((state for state in reversed(DonationState) if state in reached), None)

    @property
    def next_states(self) -> list[DonationState]:
        return next_states(self.donation, [step.state for step in self.steps])


def sheet(officer: Officer, donation: Donation) -> Sheet:
    """The page of a gift, of which `donation` is the newest version. A fixed number of queries."""
    root = donation.root_id
    group = gifts_that_are_one(donation.response)
    others = [
        other for other, head in group.items() if root in group and head == group[root] and other != root
    ]
    together = [root, *others]
    steps = DonationStep.objects.current().filter(donation=root).select_related("written_by", "to_body")
    pairs = visible_pairs(officer, donation.response).filter(Q(first=root) | Q(second=root))
    return Sheet(
        donation,
        tuple(DonationLine.objects.current().filter(donation=root).order_by("position")),
        tuple(sorted(steps, key=lambda step: list(DonationState).index(DonationState(step.state)))),
        tuple(
            MentionDecision.objects.current()
            .filter(donation__in=together)
            .select_related("mention__from_source", "written_by")
            .order_by("received_at")
        ),
        tuple(Donation.objects.current().filter(root__in=others).select_related("recipient", "via")),
        tuple(review_pairs(pairs)),
        tuple(DonationReceipt.objects.newest().filter(donation=root).select_related("issuer", "written_by")),
        tuple(BankMatch.objects.current().filter(donation=root).select_related("line__statement")),
        tuple(
            DisclosureLine.objects.filter(
                donation__in=together, disclosure__state=DisclosureState.PUBLISHED
            ).select_related("disclosure__body")
        ),
        tuple(_versions(donation)),
    )


def next_states(donation: Donation, reached: Sequence[str]) -> list[DonationState]:
    """The states that the gift may reach from where it stands."""
    if donation.withdrawn or DonationState.LAPSED in reached or DonationState.HANDED_OVER in reached:
        return []
    if DonationState.RECEIVED not in reached:
        return [DonationState.RECEIVED, DonationState.LAPSED]
    if DonationState.ALLOCATED in reached:
        return [DonationState.HANDED_OVER]
    if donation.intent == Intent.POOLED:
        return [DonationState.ALLOCATED]
    return [DonationState.ALLOCATED, DonationState.HANDED_OVER]


def _versions(donation: Donation) -> list[Version]:
    rows = list(
        Donation.objects.filter(root=donation.root_id)
        .select_related("written_by", "donor_body", "donor_person", "via", "recipient", "beneficiary", "area")
        .order_by("received_at", "pk")
    )
    found = []
    before: Donation | None = None
    for row in rows:
        found.append(Version(row, tuple(_changes(before, row)) if before else ()))
        before = row
    return found[::-1]


def _changes(old: Donation, new: Donation) -> list[Change]:
    found = []
    for name in _SHOWN:
        field: Any = Donation._meta.get_field(name)
        if getattr(old, field.attname) != getattr(new, field.attname):
            found.append(Change(str(field.verbose_name), _shown(old, name), _shown(new, name)))
    return found


def _shown(donation: Donation, name: str) -> str:
    display = getattr(donation, f"get_{name}_display", None)
    value = display() if display else getattr(donation, name)
    if value is None or value == "":
        return _("(空)")
    if isinstance(value, bool):
        return _("是") if value else _("否")
    return str(value)
