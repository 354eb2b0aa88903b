"""Gifts that may be the same money: proposed by the system, decided and undone by a person."""

from collections.abc import Iterable, Iterator, Sequence
from uuid import UUID

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianfang.book.actions import Act, action
from lianfang.book.errors import Conflict, Refused, field_error
from lianfang.book.rights import Right
from lianfang.giving.contradictions import contradicting
from lianfang.giving.models import Donation, OverlapDecision, OverlapProposal, OverlapVerdict
from lianfang.giving.overlapping import Seen, Suggestion, best, judge
from lianfang.giving.queries.candidates import Candidates
from lianfang.giving.queries.overlaps import decisions_around, pair_in_order

# A person can look at so many pairs of one gift; the likeliest are shown.
_MOST_A_GIFT = 20
_AT_ONCE = 500


@action("propose_overlaps", says=gettext_lazy("{officer}登记后,系统提出疑似重复:{subject}"))
def propose_overlaps(act: Act, *, donation: Donation) -> list[OverlapProposal]:
    """Look for gifts that may be the same money as `donation`, and propose the pairs.

    Pairs that have been proposed or decided are left alone. The work is bounded whatever the size of
    the book: candidates are found by giver, by figure and by the bodies on the way, at most some hundreds.
    """
    return _propose(act, [donation])


@action("propose_overlaps_of_many", says=gettext_lazy("{officer}登记后,系统提出疑似重复:{subject}"))
def propose_overlaps_of_many(act: Act, *, donations: Sequence[Donation]) -> list[OverlapProposal]:
    """As `propose_overlaps`, for many gifts of one response with a constant number of queries per 500."""
    return [
        proposal
        for start in range(0, len(donations), _AT_ONCE)
        for proposal in _propose(act, donations[start : start + _AT_ONCE])
    ]


@action("decide_overlap", says=gettext_lazy("{officer}判定:{subject}"))
def decide_overlap(
    act: Act, *, first: Donation, second: Donation, verdict: OverlapVerdict, reason: str = ""
) -> OverlapDecision:
    """Say what a pair of gifts is: the same gift, two gifts, or one within the other.

    `verdict` speaks of `first` and `second` as they are given. The same verdict twice changes nothing.
    Raises Refused (`contradiction`, naming the decisions that stand against it; `gift_withdrawn`;
    `two_responses`), Conflict if somebody has decided the pair otherwise, ValidationError, NotAllowed.
    """
    act.require(Right.DECIDE_GIFTS, first, second)
    if first.root_id == second.root_id:
        raise field_error("second", _("请选两笔不同的捐赠。"), "one_gift")
    if first.response_id != second.response_id:
        raise Refused(_("两笔捐赠不属于同一次应急响应。"), "two_responses")
    _refuse_withdrawn([first, second])
    one, other, ordered = pair_in_order(first.root_id, second.root_id, verdict)
    standing: OverlapDecision | None = (
        OverlapDecision.objects.newest().filter(first=one, second=other).first()
    )
    if standing and not standing.withdrawn:
        if standing.verdict == ordered:
            return standing
        raise Conflict(_("这一对刚才已有人判定,请先撤销原判定。"))
    _refuse_contradiction(first.response_id, one, other, ordered)
    if standing:
        return act.correct(
            standing, str(_("重新判定")), withdrawn=False, verdict=ordered, reason=reason.strip()
        )
    decision = OverlapDecision(
        first_id=one,
        second_id=other,
        verdict=ordered,
        reason=reason.strip(),
        response=first.response,
        written_by=act.officer,
        written_at=act.at,
    )
    try:
        with transaction.atomic():
            return act.add(decision)
    except IntegrityError as error:
        raise Conflict from error


@action("undo_overlap_decision", says=gettext_lazy("{officer}撤销了判定:{subject}"))
def undo_decision(act: Act, *, decision: OverlapDecision, reason: str = "") -> OverlapDecision:
    """Take a decision back: the pair is open again, and the range as wide as before.

    Raises Conflict if it is not the one that stands, NotAllowed.
    """
    act.require(Right.DECIDE_GIFTS, decision.first, decision.second)
    if decision.withdrawn:
        raise Conflict
    return act.withdraw(decision, reason.strip() or str(_("撤销判定")))


def _propose(act: Act, donations: Sequence[Donation]) -> list[OverlapProposal]:
    act.require(Right.BOOK_GIFTS, *donations)
    if not donations:
        return []
    candidates = Candidates.around(donations)
    found = best(
        suggestion
        for gift in candidates.own
        for suggestion in best(_suggestions(gift, candidates.near(gift)), _MOST_A_GIFT)
    )
    known = _known_pairs({one.first for one in found})
    new = [one for one in found if (one.first, one.second) not in known]
    gifts = Donation.objects.in_bulk({root for one in new for root in (one.first, one.second)})
    proposals = [
        OverlapProposal(
            first=gifts[one.first],
            second=gifts[one.second],
            suggests=one.suggests,
            score=one.score,
            reasons=[dict(reason) for reason in one.reasons],
            response_id=donations[0].response_id,
            written_by=act.officer,
            written_at=act.at,
        )
        for one in new
    ]
    return act.add_many(proposals, validated=True)


def _suggestions(gift: Seen, near: Iterable[Seen]) -> Iterator[Suggestion]:
    for other in near:
        suggestion = judge(gift, other)
        if suggestion:
            yield suggestion


def _known_pairs(firsts: set[UUID]) -> set[tuple[UUID, UUID]]:
    """Pairs that were proposed or decided before, also those taken back."""
    known: set[tuple[UUID, UUID]] = set()
    for model in (OverlapProposal, OverlapDecision):
        known |= set(model.objects.filter(first__in=firsts).values_list("first_id", "second_id"))
    return known


def _refuse_withdrawn(donations: Sequence[Donation]) -> None:
    for donation in donations:
        if Donation.objects.newest().filter(root=donation.root_id, withdrawn=True).exists():
            raise Refused(_("「%(gift)s」已撤销,不必判定。") % {"gift": donation}, "gift_withdrawn")


def _refuse_contradiction(response_id: UUID, first: UUID, second: UUID, verdict: OverlapVerdict) -> None:
    """Raises Refused (`contradiction`) where the decisions that stand exclude the new one."""
    standing = decisions_around(response_id, [first, second])
    against = contradicting(standing, first, second, verdict)
    if not against:
        return
    gifts = Donation.objects.in_bulk({root for one in against for root in (one.first_id, one.second_id)})
    said = ";".join(
        _("「%(one)s」与「%(other)s」:%(verdict)s")
        % {
            "one": gifts[one.first_id],
            "other": gifts[one.second_id],
            "verdict": OverlapVerdict(one.verdict).label,
        }
        for one in against
    )
    raise Refused(
        _("这一判定与已有的判定矛盾:%(said)s。请先撤销其中一项,再作判定。") % {"said": said}, "contradiction"
    )
