"""Bank statements as an officer sees them: lines, what each may be, and what is unmatched on both sides."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models import Sum as Total
from django.utils import timezone
from django.utils.translation import gettext as _

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.engines.figures import Amount, Bound, Sum, add
from lianfang.giving.matching import Gift, Line, Proposal, Reason, proposals
from lianfang.giving.models import (
    BankLine,
    BankMatch,
    BankSetAside,
    BankStatement,
    BoundChoice,
    Donation,
    DonationState,
    DonationStep,
    DonorKind,
    DonorNaming,
    GiftKind,
    LineDirection,
    StatementDraft,
)
from lianfang.giving.queries.ledger import bookable_donations
from lianfang.giving.tables.directory import Directory
from lianfang.people.models import Officer

# What a page's lines are compared with, at most.
_MOST_GIFTS = 4000


@dataclass(frozen=True, slots=True)
class Seen:
    """A line with what was decided of it, and what it may be where nothing was."""

    line: BankLine
    matches: tuple[BankMatch, ...] = ()
    aside: BankSetAside | None = None
    proposed: "tuple[Proposed, ...]" = ()

    @property
    def state(self) -> str:
        if self.matches:
            return "matched"
        return "aside" if self.aside else "open"


@dataclass(frozen=True, slots=True)
class Proposed:
    """A proposal with the gifts it means, and its reasons in words."""

    proposal: Proposal
    gifts: tuple[Donation, ...]
    lines: tuple[BankLine, ...]
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Side:
    """What is unmatched on one side: how many, and what it comes to."""

    count: int
    total: Sum


def visible_statements(officer: Officer, response: Response | None) -> QuerySet[Any]:
    """The statements that the officer may work on, newest first, each with its lines in and those open."""
    rows = officer.reach(Right.BOOK_GIFTS).rows(areas=["body__area"], bodies=["body"])
    into = Q(lines__direction=LineDirection.IN)
    matched = BankMatch.objects.current().filter(line=OuterRef("lines__root"))
    aside = BankSetAside.objects.current().filter(line=OuterRef("lines__root"))
    found: QuerySet[Any] = (
        BankStatement.objects.current()
        .filter(rows, response=response)
        .annotate(
            in_count=Count("lines", filter=into, distinct=True),
            open_count=Count("lines", filter=into & ~Exists(matched) & ~Exists(aside), distinct=True),
        )
        .select_related("body", "written_by")
        .order_by("-received_at")
    )
    return found


def visible_drafts(officer: Officer) -> QuerySet[StatementDraft]:
    """The uploads of the officer whose columns are to be confirmed."""
    rows = officer.reach(Right.BOOK_GIFTS).rows(areas=["body__area"], bodies=["body"])
    found: QuerySet[StatementDraft] = StatementDraft.objects.filter(
        rows, table__officer=officer
    ).select_related("table", "body")
    return found


def visible_lines(officer: Officer, response: Response | None) -> QuerySet[BankLine]:
    """The lines of the officer's statements."""
    rows = officer.reach(Right.BOOK_GIFTS).rows(areas=["statement__body__area"], bodies=["statement__body"])
    found: QuerySet[BankLine] = (
        BankLine.objects.current()
        .filter(rows, response=response)
        .select_related("statement__body", "response")
    )
    return found


def open_lines(lines: QuerySet[BankLine]) -> QuerySet[BankLine]:
    """Those that came in, and of which nothing is decided."""
    matched = BankMatch.objects.current().filter(line=OuterRef("root"))
    aside = BankSetAside.objects.current().filter(line=OuterRef("root"))
    found: QuerySet[BankLine] = lines.filter(~Exists(matched), ~Exists(aside), direction=LineDirection.IN)
    return found


def unmatched_gifts(officer: Officer, response: Response | None) -> QuerySet[Donation]:
    """The gifts of money whose arrival no line shows, and which did not lapse."""
    matched = BankMatch.objects.current().filter(donation=OuterRef("root"))
    lapsed = DonationStep.objects.current().filter(donation=OuterRef("root"), state=DonationState.LAPSED)
    found: QuerySet[Donation] = bookable_donations(officer, response).filter(
        ~Exists(matched), ~Exists(lapsed), ~Q(kind=GiftKind.GOODS), withdrawn=False
    )
    return found


def line_side(lines: QuerySet[BankLine]) -> Side:
    """What the open lines come to."""
    facts = open_lines(lines).aggregate(count=Count("pk"), total=Total("value"))
    return Side(facts["count"], add([Amount(facts["total"] or Decimal(0), Bound.EXACT)]))


def gift_side(gifts: QuerySet[Donation]) -> Side:
    """What the unmatched gifts come to, with bounds."""
    rows = gifts.order_by().values_list("value", "bound")
    amounts = [
        Amount(None, None) if value is None else Amount(value, Bound(bound or Bound.EXACT))
        for value, bound in rows
    ]
    return Side(len(amounts), add(amounts))


def seen_lines(officer: Officer, response: Response | None, lines: Sequence[BankLine]) -> list[Seen]:
    """These lines with their decisions; the open ones with what they may be. A constant number of queries."""
    roots = [line.root_id for line in lines]
    matches: dict[UUID, list[BankMatch]] = {}
    standing = BankMatch.objects.current().filter(line__in=roots)
    for match in standing.select_related("donation__recipient", "written_by"):
        matches.setdefault(match.line_id, []).append(match)
    aside = {
        one.line_id: one
        for one in BankSetAside.objects.current().filter(line__in=roots).select_related("written_by")
    }
    waiting = [
        line
        for line in lines
        if line.direction == LineDirection.IN and line.root_id not in matches and line.root_id not in aside
    ]
    found = proposed(officer, response, waiting)
    return [
        Seen(
            line,
            tuple(matches.get(line.root_id, ())),
            aside.get(line.root_id),
            tuple(found.get(line.root_id, ())),
        )
        for line in lines
    ]


def proposed(
    officer: Officer, response: Response | None, lines: Sequence[BankLine]
) -> dict[UUID, list[Proposed]]:
    """What these open lines may be, by the root of the line. Reads at most some thousand gifts."""
    if not lines:
        return {}
    directory = Directory(line.counterparty for line in lines)
    bodies = {line.root_id: directory.body(line.counterparty) for line in lines}
    candidates = _candidates(officer, response, lines, {body.pk for body in bodies.values() if body})
    pledged = _pledged(candidates)
    found = proposals(
        [
            Line(
                line.root_id,
                line.value,
                line.counterparty,
                timezone.localdate(line.happened_at) if line.happened_at else None,
                line.memo,
                body.pk if (body := bodies[line.root_id]) else None,
            )
            for line in lines
        ],
        [_gift(one, pledged) for one in candidates.values()],
    )
    by_root = {line.root_id: line for line in lines}
    return {
        root: [
            Proposed(
                one,
                tuple(candidates[gift] for gift in one.gifts),
                tuple(by_root[line] for line in one.lines),
                tuple(reason_in_words(reason) for reason in one.reasons),
            )
            for one in some
        ]
        for root, some in found.items()
    }


def sure_pairs(found: dict[UUID, list[Proposed]]) -> list[Proposed]:
    """The proposals that may be confirmed at once, each once, none sharing a line or a gift with another."""
    taken: set[UUID] = set()
    pairs: list[Proposed] = []
    for some in found.values():
        first = some[0] if some and some[0].proposal.sure else None
        own = {*first.proposal.lines, *first.proposal.gifts} if first else set()
        if first and not own & taken:
            taken |= own
            pairs.append(first)
    return pairs


def reason_in_words(reason: dict[str, Any]) -> str:
    """A reason as a person reads it."""
    match reason["code"]:
        case Reason.SAME_FIGURE:
            return _("金额相同")
        case Reason.FIGURE_FITS:
            return _("金额在约数范围内")
        case Reason.SAME_NAME:
            return _("户名就是捐赠人")
        case Reason.ALIKE_NAME:
            return _("户名「%(one)s」与捐赠人「%(other)s」相近") % reason
        case Reason.MASKED_NAME:
            return _("部分隐去的户名「%(name)s」相符") % reason
        case Reason.MEMO_NAMES_GIVER:
            return _("附言里写有捐赠人「%(name)s」") % reason
        case Reason.GIVER_UNKNOWN:
            return _("捐赠人不知姓名")
        case Reason.SAME_DAY:
            return _("同一天")
        case Reason.DAYS_APART:
            return _("相差 %(days)d 天") % reason
        case Reason.AFTER_PLEDGE:
            return _("认捐后 %(days)d 天到账") % reason
        case Reason.SUM_OF_LIST:
            return _("经「%(name)s」转交的 %(count)d 笔之和") % reason
        case _:
            return _("「%(name)s」的 %(count)d 条流水之和") % reason


def lines_of(statement: BankStatement) -> QuerySet[BankLine]:
    found: QuerySet[BankLine] = (
        BankLine.objects.current()
        .filter(statement=statement.root_id)
        .select_related("statement__body", "response")
    )
    return found


@dataclass(frozen=True, slots=True)
class MatchedGroup:
    """Lines and gifts that were matched with one another, one of both sides being one."""

    matches: tuple[BankMatch, ...]
    lines: tuple[BankLine, ...]
    gifts: tuple[Donation, ...]


def matched_groups() -> Iterator[MatchedGroup]:
    """All standing matches, those that share a line or a gift together; gifts in their newest versions."""
    matches = list(BankMatch.objects.current().select_related("line").order_by("received_at"))
    by_line: dict[UUID, list[BankMatch]] = {}
    by_gift: dict[UUID, list[BankMatch]] = {}
    for match in matches:
        by_line.setdefault(match.line_id, []).append(match)
        by_gift.setdefault(match.donation_id, []).append(match)
    newest = _newest_gifts(list(by_gift))
    seen: set[UUID] = set()
    for match in matches:
        if match.pk in seen:
            continue
        group = {one.pk: one for one in [*by_line[match.line_id], *by_gift[match.donation_id]]}
        seen |= set(group)
        lines = {one.line_id: one.line for one in group.values()}
        gifts = {one.donation_id: newest[one.donation_id] for one in group.values()}
        yield MatchedGroup(tuple(group.values()), tuple(lines.values()), tuple(gifts.values()))


def matched_and_set_aside() -> Iterator[BankLine]:
    """Lines of which both was said."""
    aside = BankSetAside.objects.current().filter(line=OuterRef("line"))
    for match in BankMatch.objects.current().filter(Exists(aside)).select_related("line"):
        yield match.line


def _newest_gifts(roots: Sequence[UUID]) -> dict[UUID, Donation]:
    found: dict[UUID, Donation] = {}
    for start in range(0, len(roots), 800):
        for gift in Donation.objects.newest().filter(root__in=roots[start : start + 800]):
            found[gift.root_id] = gift
    return found


def _candidates(
    officer: Officer, response: Response | None, lines: Sequence[BankLine], bodies: set[UUID]
) -> dict[UUID, Donation]:
    """The unmatched gifts that these lines may be: by name, by body, by what the memo says, by figure."""
    names = {line.counterparty for line in lines if line.counterparty}
    days = [line.happened_at for line in lines if line.happened_at]
    gifts = unmatched_gifts(officer, response)
    named = gifts.filter(
        Q(donor_name__in=names) | Q(donor_body__in=bodies) | Q(via__in=bodies) | Q(via_name__in=names)
    )
    figures = gifts.filter(value__in={line.value for line in lines})
    vague = gifts.exclude(bound=BoundChoice.EXACT).filter(
        value__gte=min(line.value for line in lines) / 2, value__lte=max(line.value for line in lines)
    )
    if days:
        around = Q(happened_at__isnull=True) | Q(
            happened_at__gte=min(days) - timedelta(days=200), happened_at__lte=max(days) + timedelta(days=61)
        )
        figures, vague = figures.filter(around), vague.filter(around)
    found: dict[UUID, Donation] = {}
    for some, most in ((named, _MOST_GIFTS), (figures, _MOST_GIFTS), (vague, _MOST_GIFTS // 4)):
        for gift in some.order_by("-received_at")[:most]:
            found.setdefault(gift.root_id, gift)
    return found


def _pledged(gifts: Iterable[UUID]) -> set[UUID]:
    """Those that have not been received."""
    roots = list(gifts)
    received: set[UUID] = set()
    for start in range(0, len(roots), 800):
        steps = DonationStep.objects.current().filter(
            donation__in=roots[start : start + 800], state=DonationState.RECEIVED
        )
        received |= set(steps.values_list("donation_id", flat=True))
    return set(roots) - received


def _gift(gift: Donation, pledged: set[UUID]) -> Gift:
    return Gift(
        gift.root_id,
        gift.amount,
        gift.donor_name,
        timezone.localdate(gift.happened_at) if gift.happened_at else None,
        gift.donor_kind == DonorKind.PERSON,
        gift.naming == DonorNaming.UNKNOWN,
        gift.donor_body_id,
        gift.via_name,
        gift.via_id,
        gift.root_id in pledged,
        gift.source_reference.partition("#")[0],
    )
