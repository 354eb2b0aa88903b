"""The review of a source: its text with every mention where it stands, and what became of each."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.giving.models import (
    Donation,
    GiftSource,
    Mention,
    MentionDecision,
    MentionVerdict,
    OverlapDecision,
    OverlapProposal,
)
from lianfang.people.models import Officer


@dataclass(frozen=True, slots=True)
class Reviewed:
    """A mention in its newest version, and the decision that stands on it."""

    mention: Mention
    decision: MentionDecision | None

    @property
    def doubted(self) -> frozenset[str]:
        """The fields that deserve a second look."""
        return frozenset(doubt["field"] for doubt in self.mention.doubts)


@dataclass(frozen=True, slots=True)
class Stretch:
    """A piece of the text, the positions of the mentions that rest on it, and whether it was not read."""

    text: str
    mentions: tuple[int, ...]
    unread: bool


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the review of a source is."""

    total: int
    booked: int
    joined: int
    stated: int
    rejected: int
    overlaps: int

    @property
    def open(self) -> int:
        return self.total - self.booked - self.joined - self.stated - self.rejected

    @property
    def done_in_hundredths(self) -> int:
        return 100 * (self.total - self.open) // self.total if self.total else 100


def visible_sources(officer: Officer, response: Response | None) -> QuerySet[Any]:
    """The sources that the officer may work on, newest first, each with its open and total mentions."""
    rows = officer.reach(Right.BOOK_GIFTS).rows(areas=["area", "body__area"], bodies=["body"])
    decided = MentionDecision.objects.current().filter(mention=OuterRef("mentions__root"))
    sources: QuerySet[Any] = (
        GiftSource.objects.current()
        # A table that is imported row by row is worked on its own pages.
        .filter(rows, response=response, table_import__isnull=True)
        .annotate(
            mention_count=Count(
                "mentions",
                filter=Q(mentions__correction__isnull=True, mentions__withdrawn=False),
                distinct=True,
            ),
            open_count=Count(
                "mentions",
                filter=Q(Q(mentions__correction__isnull=True, mentions__withdrawn=False), ~Exists(decided)),
                distinct=True,
            ),
        )
        .select_related("written_by")
        .order_by("-received_at")
    )
    return sources


def visible_mentions(officer: Officer) -> QuerySet[Mention]:
    """The newest versions of the mentions that the officer may decide."""
    rows = officer.reach(Right.BOOK_GIFTS).rows(
        areas=["from_source__area", "from_source__body__area"], bodies=["from_source__body"]
    )
    found: QuerySet[Mention] = (
        Mention.objects.current()
        .filter(rows)
        .select_related("from_source__body", "from_source__area", "response")
    )
    return found


def reviewed_mentions(source: GiftSource) -> list[Reviewed]:
    """All mentions of a source in the order of the text. Two queries, whatever their number."""
    mentions = list(
        Mention.objects.current()
        .filter(from_source=source)
        .select_related("from_source__body", "from_source__area")
        .order_by("position")
    )
    decisions = {
        decision.mention_id: decision
        for decision in MentionDecision.objects.current()
        .filter(mention__from_source=source)
        .select_related("donation", "statement", "written_by")
    }
    return [Reviewed(mention, decisions.get(mention.root_id)) for mention in mentions]


def reviewed_mention(mention: Mention) -> Reviewed:
    decision = (
        MentionDecision.objects.current()
        .filter(mention_id=mention.root_id)
        .select_related("donation", "statement", "written_by")
        .first()
    )
    return Reviewed(mention, decision)


def progress_of(source: GiftSource, reviewed: Sequence[Reviewed]) -> Progress:
    verdicts = Counter(one.decision.verdict for one in reviewed if one.decision)
    gifts = [one.decision.donation_id for one in reviewed if one.decision and one.decision.donation_id]
    return Progress(
        total=len(reviewed),
        booked=verdicts[MentionVerdict.BOOKED],
        joined=verdicts[MentionVerdict.JOINED],
        stated=verdicts[MentionVerdict.STATED],
        rejected=verdicts[MentionVerdict.REJECTED],
        overlaps=open_overlaps(source.response_id, gifts),
    )


def open_overlaps(response_id: UUID, gifts: Sequence[UUID]) -> int:
    """How many pairs that touch these gifts wait for a decision."""
    decided = OverlapDecision.objects.current().filter(first=OuterRef("first"), second=OuterRef("second"))
    return (
        OverlapProposal.objects.current()
        .filter(response_id=response_id)
        .filter(Q(first__in=gifts) | Q(second__in=gifts))
        .filter(~Exists(decided))
        .count()
    )


def may_be_the_same(mention: Mention, *, most: int = 5) -> list[Donation]:
    """Gifts in the book that this mention may speak of: same giver's name, same kind, a sum that fits."""
    if not mention.donor:
        return []
    candidates = (
        Donation.objects.current()
        .filter(response=mention.response, kind=mention.kind)
        .filter(
            Q(donor_name=mention.donor)
            | Q(donor_body__name=mention.donor)
            | Q(donor_body__aliases__name=mention.donor)
        )
        .select_related("recipient", "via")
        .distinct()
    )
    fitting = [gift for gift in candidates[:200] if _fits(gift, mention)]
    return fitting[:most]


def stretches(text: str, mentions: Sequence[Mention], unread: Sequence[dict[str, int]]) -> Iterator[Stretch]:
    """The whole text, cut where a quote or an unread stretch begins or ends."""
    marks: list[tuple[int, int, int | None]] = [
        (mention.start, mention.end, mention.position)
        for mention in mentions
        if mention.start is not None and mention.end is not None
    ]
    marks += [(place["start"], place["end"], None) for place in unread]
    edges = sorted({0, len(text), *(edge for start, end, _position in marks for edge in (start, end))})
    starts: dict[int, list[tuple[int, int | None]]] = {}
    for start, end, position in marks:
        starts.setdefault(start, []).append((end, position))
    running: list[tuple[int, int | None]] = []
    for left, right in pairwise(edges):
        running = [(end, position) for end, position in running if end > left] + starts.get(left, [])
        here = sorted({position for _end, position in running if position is not None})
        yield Stretch(text[left:right], tuple(here), any(position is None for _end, position in running))


def _fits(gift: Donation, mention: Mention) -> bool:
    return gift.value is None or mention.value is None or gift.value == mention.value
