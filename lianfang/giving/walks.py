"""What must hold of the gifts in the book; `lianfang check` walks it."""

from collections import defaultdict
from collections.abc import Iterator
from uuid import UUID

from django.db.models import Count, F
from django.utils.translation import gettext as _

from lianfang.book.soundness import Finding, walk
from lianfang.engines.figures import add
from lianfang.giving.contradictions import contradicting
from lianfang.giving.models import (
    Donation,
    DonationLine,
    DonationReceipt,
    DonationState,
    DonationStep,
    GiftKind,
    OverlapDecision,
    OverlapVerdict,
)

_ORDER = [DonationState.PLEDGED, DonationState.RECEIVED, DonationState.ALLOCATED, DonationState.HANDED_OVER]


@walk("gift_lines")
def lines_do_not_exceed_their_gift() -> Iterator[Finding]:
    """The values of a gift's articles fit into the value of the gift; goods have an article."""
    worth: dict[UUID, list[DonationLine]] = defaultdict(list)
    for line in DonationLine.objects.current().iterator(chunk_size=2000):
        worth[line.donation_id].append(line)
    for gift in Donation.objects.current().iterator(chunk_size=2000):
        lines = worth.get(gift.root_id, [])
        if gift.kind == GiftKind.GOODS and not lines:
            yield _of(gift, "gift_lines", _("捐物没有物资明细。"))
        if gift.kind == GiftKind.CASH and lines:
            yield _of(gift, "gift_lines", _("捐款却有物资明细。"))
        told, listed = add([gift.amount]), add(line.worth for line in lines)
        if gift.value is not None and told.high is not None and listed.low > told.high:
            yield _of(gift, "gift_lines", _("各行折价之和超过总额。"))


@walk("gift_states")
def states_stand_in_order() -> Iterator[Finding]:
    """Each gift has a state, each state once, and none without the one that goes before it."""
    states: dict[UUID, list[str]] = defaultdict(list)
    for root, state in DonationStep.objects.current().values_list("donation_id", "state"):
        states[root].append(state)
    for gift in Donation.objects.current().iterator(chunk_size=2000):
        reached = states.get(gift.root_id, [])
        if not reached:
            yield _of(gift, "gift_states", _("没有任何状态。"))
        if len(reached) != len(set(reached)):
            yield _of(gift, "gift_states", _("同一状态登记了两次。"))
        if DonationState.RECEIVED not in reached and set(reached) & set(_ORDER[2:]):
            yield _of(gift, "gift_states", _("已分配或交付,却没有到账、接收。"))
        if DonationState.LAPSED in reached and set(reached) - {DonationState.PLEDGED, DonationState.LAPSED}:
            yield _of(gift, "gift_states", _("认捐未兑现,却又到账。"))


@walk("overlap_decisions")
def decisions_do_not_contradict() -> Iterator[Finding]:
    """No decision is excluded by the others, and none speaks of a gift that is withdrawn."""
    by_response: dict[UUID, list[OverlapDecision]] = defaultdict(list)
    for decision in OverlapDecision.objects.current().order_by("received_at"):
        by_response[decision.response_id].append(decision)
    gone = set(Donation.objects.newest().filter(withdrawn=True).values_list("root_id", flat=True))
    for decisions in by_response.values():
        for place, decision in enumerate(decisions):
            verdict = OverlapVerdict(decision.verdict)
            if contradicting(decisions[:place], decision.first_id, decision.second_id, verdict):
                yield Finding("overlap_decisions", f"overlap:{decision.pk}", _("与更早的判定矛盾。"))
            if {decision.first_id, decision.second_id} & gone:
                yield Finding("overlap_decisions", f"overlap:{decision.pk}", _("判定涉及的捐赠已撤销。"))


@walk("receipt_numbers")
def receipts_hold() -> Iterator[Finding]:
    """A gift has one standing receipt at most, over its value; receipts of withdrawn gifts are void."""
    twice = (
        DonationReceipt.objects.current()
        .values("donation")
        .annotate(count=Count("pk"))
        .filter(count__gt=1)
        .values_list("donation", flat=True)
    )
    for root in twice:
        yield Finding("receipt_numbers", f"donation:{root}", _("一笔捐赠有两张有效票据。"))
    gifts = {gift.root_id: gift for gift in Donation.objects.newest().filter(root__receipts__isnull=False)}
    for receipt in DonationReceipt.objects.current().iterator(chunk_size=2000):
        gift = gifts[receipt.donation_id]
        if gift.withdrawn:
            yield Finding("receipt_numbers", f"receipt:{receipt.pk}", _("捐赠已撤销,票据却仍有效。"))
        elif gift.value != receipt.value:
            yield Finding("receipt_numbers", f"receipt:{receipt.pk}", _("票据金额与捐赠金额不符。"))
    unsettled = DonationReceipt.objects.exclude(corrects=None).exclude(number=F("corrects__number"))
    for receipt in unsettled:
        yield Finding("receipt_numbers", f"receipt:{receipt.pk}", _("作废时号码被改。"))


def _of(gift: Donation, code: str, message: str) -> Finding:
    return Finding(code, f"donation:{gift.root_id}", f"{gift}:{message}")
