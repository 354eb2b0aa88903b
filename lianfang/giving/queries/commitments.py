"""Pledged gifts by their ids, and what became of them: what an appeal's page asks."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from lianfang.engines.figures import Amount
from lianfang.giving.models import Donation, DonationState, DonationStep, GiftKind


@dataclass(frozen=True, slots=True)
class Commitment:
    """A pledged gift as it stands now."""

    donation_id: UUID
    donor: str
    kind: str
    amount: Amount
    goods: str
    state: DonationState

    @property
    def money(self) -> bool:
        return self.kind != GiftKind.GOODS

    @property
    def lapsed(self) -> bool:
        return self.state == DonationState.LAPSED

    @property
    def arrived(self) -> bool:
        return self.state not in {DonationState.PLEDGED, DonationState.LAPSED}


def commitments(ids: Iterable[UUID]) -> Mapping[UUID, Commitment]:
    """The gifts of these root ids that still stand, in two queries and the lines in a third."""
    wanted = list(ids)
    gifts = list(Donation.objects.current().filter(root__in=wanted))
    states = {
        step.donation_id: DonationState(step.state)
        for step in DonationStep.objects.current().filter(donation__in=wanted).order_by("received_at", "pk")
    }
    lines: dict[UUID, list[str]] = {}
    for gift in Donation.objects.filter(pk__in=wanted).prefetch_related("lines"):
        lines[gift.pk] = [line.item for line in gift.lines.all() if not line.withdrawn]
    return {
        gift.root_id: Commitment(
            donation_id=gift.root_id,
            donor=gift.donor_name,
            kind=gift.kind,
            amount=gift.amount,
            goods="、".join(lines.get(gift.root_id, [])),
            state=states.get(gift.root_id, DonationState.PLEDGED),
        )
        for gift in gifts
    }
