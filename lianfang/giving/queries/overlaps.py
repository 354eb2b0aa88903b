"""Pairs of gifts that may be the same money: what is proposed, what is decided, which gifts are one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils.translation import gettext as _

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.engines.figures.overlap import Pair, Relation
from lianfang.giving.models import Donation, OverlapDecision, OverlapProposal, OverlapVerdict
from lianfang.people.models import Officer

_SWAPPED = {
    OverlapVerdict.FIRST_IN_SECOND: OverlapVerdict.SECOND_IN_FIRST,
    OverlapVerdict.SECOND_IN_FIRST: OverlapVerdict.FIRST_IN_SECOND,
}


@dataclass(frozen=True, slots=True)
class OpenPairs:
    """What is known of pairs at one moment: those decided, and those proposed and still open."""

    decided: tuple[Pair[UUID], ...]
    undecided: tuple[Pair[UUID], ...]


@dataclass(frozen=True, slots=True)
class ReviewPair:
    """A pair as a person looks at it: both gifts in their newest versions, why, and what was decided."""

    proposal: OverlapProposal
    first: Donation
    second: Donation
    reasons: tuple[str, ...]
    decision: OverlapDecision | None


def pair_in_order(
    first: UUID, second: UUID, verdict: OverlapVerdict | str
) -> tuple[UUID, UUID, OverlapVerdict]:
    """A pair as the book keeps it, the smaller id first, with the verdict turned accordingly."""
    verdict = OverlapVerdict(verdict)
    if first < second:
        return first, second, verdict
    return second, first, _SWAPPED.get(verdict, verdict)


def as_pair(first: UUID, second: UUID, verdict: str) -> Pair[UUID]:
    """A verdict in the terms of the engine."""
    match verdict:
        case OverlapVerdict.SAME:
            return Pair(Relation.SAME, first, second)
        case OverlapVerdict.FIRST_IN_SECOND:
            return Pair(Relation.PART_OF, first, second)
        case OverlapVerdict.SECOND_IN_FIRST:
            return Pair(Relation.PART_OF, second, first)
        case _:
            return Pair(Relation.DISTINCT, first, second)


def pairs_of(response: Response, as_of: datetime | None = None) -> OpenPairs:
    """All pairs of a response at a moment (now, if none is given). Two queries."""
    decisions = _at(OverlapDecision.objects.filter(response=response), as_of)
    proposals = _at(OverlapProposal.objects.filter(response=response), as_of)
    decided = {
        (first, second): as_pair(first, second, verdict)
        for first, second, verdict in decisions.values_list("first_id", "second_id", "verdict")
    }
    undecided = tuple(
        as_pair(first, second, suggests)
        for first, second, suggests in proposals.values_list("first_id", "second_id", "suggests")
        if (first, second) not in decided
    )
    return OpenPairs(tuple(decided.values()), undecided)


def gifts_that_are_one(response: Response, as_of: datetime | None = None) -> dict[UUID, UUID]:
    """For each gift that was decided to be the same as others: the first booked of them.

    Gifts that stand alone are not in it. A list that shows gifts shows each of these once, under the
    gift that is named here. Gifts that are withdrawn are left out.
    """
    decided = [pair for pair in pairs_of(response, as_of).decided if pair.relation is Relation.SAME]
    named = {root for pair in decided for root in (pair.left, pair.right)}
    standing = set(_at(Donation.objects.filter(root__in=named), as_of).values_list("root_id", flat=True))
    heads: dict[UUID, UUID] = {}

    def head(root: UUID) -> UUID:
        while (above := heads.get(root, root)) != root:
            root = above
        return root

    for pair in decided:
        if pair.left in standing and pair.right in standing:
            one, other = sorted((head(pair.left), head(pair.right)))
            if one != other:
                heads[other] = one
    members = {root for pair in decided for root in (pair.left, pair.right) if root in standing}
    found = {root: head(root) for root in members}
    shared = {top for root, top in found.items() if root != top}
    return {root: top for root, top in found.items() if top in shared}


def visible_pairs(officer: Officer, response: Response) -> QuerySet[OverlapProposal]:
    """The proposals whose gifts both stand, and of which the officer may read one at least."""
    reach = officer.reach(Right.READ_BOOK)
    rows = Q(pk__in=())
    for side in ("first", "second"):
        rows |= reach.rows(
            areas=[f"{side}__{path}" for path in Donation.SCOPE_AREAS],
            bodies=[f"{side}__{path}" for path in Donation.SCOPE_BODIES],
        )
    found: QuerySet[OverlapProposal] = (
        OverlapProposal.objects.current()
        .filter(rows, response=response)
        .exclude(Exists(_withdrawn("first")))
        .exclude(Exists(_withdrawn("second")))
        .order_by("-score", "pk")
    )
    return found


def undecided(pairs: QuerySet[OverlapProposal]) -> QuerySet[OverlapProposal]:
    """Those on which no decision stands."""
    return pairs.exclude(Exists(_decision()))


def review_pairs(proposals: Iterable[OverlapProposal]) -> list[ReviewPair]:
    """Proposals with all that a person needs to decide. Three queries, whatever their number."""
    rows = list(proposals)
    roots = {root for row in rows for root in (row.first_id, row.second_id)}
    gifts = {
        gift.root_id: gift
        for gift in Donation.objects.newest()
        .filter(root__in=roots)
        .select_related("donor_body", "donor_person", "via", "recipient", "area", "written_by")
    }
    decisions = {
        (one.first_id, one.second_id): one
        for one in OverlapDecision.objects.current()
        .filter(first__in={row.first_id for row in rows})
        .select_related("written_by", "first", "second")
    }
    return [
        ReviewPair(
            row,
            gifts[row.first_id],
            gifts[row.second_id],
            tuple(reason_sentence(reason) for reason in row.reasons),
            decisions.get((row.first_id, row.second_id)),
        )
        for row in rows
    ]


def reason_sentence(reason: dict[str, str]) -> str:
    """Why a pair was proposed, in a sentence."""
    values = {key: value for key, value in reason.items() if key != "code"}
    match reason["code"]:
        case "same_donor":
            return _("捐赠人相同:%(one)s") % values
        case "alike_donor":
            return _("捐赠人名称相近:%(one)s、%(other)s") % values
        case "same_figure":
            return _("金额相同")
        case "figure_fits":
            return _("两个约数可以是同一个数")
        case "figure_unknown":
            return _("其中一笔数额不详")
        case "same_goods":
            return _("同样的物资、同样的数量")
        case "same_recipient":
            return _("接收单位相同:%(name)s") % values
        case "recipient_is_via":
            return _("一笔的接收单位是另一笔的经手单位")
        case "same_day":
            return _("同一天:%(day)s") % values
        case "through":
            return _("经「%(name)s」捐出,可能已算在「%(whole)s」的数内") % values
        case "into":
            return _("捐给「%(name)s」,可能已算在「%(whole)s」的数内") % values
        case "member":
            return _("「%(name)s」是「%(whole)s」的会员,可能已算在其数内") % values
        case _:
            return _("金额不超过对方")


def decisions_around(response_id: UUID, roots: Sequence[UUID]) -> list[OverlapDecision]:
    """The standing decisions that hang together with `roots`, however far."""
    standing = list(
        OverlapDecision.objects.current()
        .filter(response=response_id)
        .only("id", "first", "second", "verdict")
    )
    near, grown = set(roots), True
    while grown:
        before = len(near)
        for one in standing:
            if one.first_id in near or one.second_id in near:
                near |= {one.first_id, one.second_id}
        grown = len(near) > before
    return [one for one in standing if one.first_id in near]


def _at(rows: QuerySet, as_of: datetime | None) -> QuerySet:  # type: ignore[type-arg]
    found: QuerySet = rows.as_of(as_of) if as_of else rows.current()  # type: ignore[attr-defined, type-arg]
    return found


def _decision() -> QuerySet[OverlapDecision]:
    found: QuerySet[OverlapDecision] = OverlapDecision.objects.current().filter(
        first=OuterRef("first"), second=OuterRef("second")
    )
    return found


def _withdrawn(side: str) -> QuerySet[Donation]:
    found: QuerySet[Donation] = Donation.objects.newest().filter(root=OuterRef(f"{side}_id"), withdrawn=True)
    return found
