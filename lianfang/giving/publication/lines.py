"""From the book to the lines of a publication: which gifts stand in it, which do not and why.

In it are the gifts that had arrived by the cut-off hour and were known to have by then, that stand now,
and that this body has not published before; gifts that people found to be one stand once. A gift that
was booked after the cut-off goes into the next publication, marked as late. Pledges are never in it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from lianfang.book.sealing import blind_index
from lianfang.engines.figures import Amount, Bound, to_chinese
from lianfang.engines.figures.overlap import Pair, Relation, unite
from lianfang.giving.models import (
    Counting,
    Coverage,
    Disclosure,
    DisclosureLine,
    DisclosureState,
    Donation,
    DonationLine,
    DonationReceipt,
    DonationState,
    DonationStep,
    DonorNaming,
    GiftKind,
    ReceiptRoute,
)
from lianfang.giving.queries.overlaps import gifts_that_are_one, pairs_of
from lianfang.people.models import Area, AreaLevel, Body, BodyKind
from lianfang.people.models.bodies import with_merged
from lianfang.people.queries.areas import area_and_below

ANONYMOUS = "爱心人士"
"""How a giver who is not named is printed, whether the name is withheld or not known."""


# Bodies that speak for their whole area; others publish what went through their own hands.
_FOR_THE_AREA = {BodyKind.FEDERATION, BodyKind.HEADQUARTERS, BodyKind.GOVERNMENT, BodyKind.WORKING_GROUP}


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Gifts that are not in the publication, for one reason; of those published before only the number."""

    code: str
    reason: str
    count: int
    gifts: Sequence[Donation] = ()


@dataclass(frozen=True, slots=True)
class Drafted:
    """What a publication would hold, as the book stands now."""

    lines: Sequence[DisclosureLine]
    left_out: Sequence[LeftOut]
    open_pairs: int
    considered: int


@dataclass(slots=True)
class _Book:
    """What is read of the book, once, for all lines."""

    steps: dict[UUID, dict[str, DonationStep]]
    known: set[UUID]
    goods: dict[UUID, list[DonationLine]]
    receipts: dict[UUID, str]
    heads: Mapping[UUID, UUID]
    published: Mapping[UUID, tuple[int, int]]
    towns: "_Towns"
    names: "_BodyNames"


def drafted(disclosure: Disclosure) -> Drafted:
    """The lines of `disclosure` as the book stands now. A constant number of queries."""
    gifts = list(
        _gifts_covered(disclosure)
        .exclude(_listed(disclosure, "root"))
        .select_related("recipient", "via", "beneficiary", "donor_body", "donor_person")
        .order_by("happened_at", "root__received_at")
    )
    book = _read_book(disclosure)
    kept: dict[UUID, list[Donation]] = defaultdict(list)
    left: dict[str, list[Donation]] = defaultdict(list)
    for gift in gifts:
        reason = _why_not(gift, disclosure, book)
        if reason:
            left[reason].append(gift)
        else:
            kept[book.heads.get(gift.root_id, gift.root_id)].append(gift)
    left["merged"] += [gift for group in kept.values() for gift in group[1:]]
    lines = [_line(disclosure, group, book) for group in kept.values()]
    lines.sort(key=lambda line: (line.given_on is None, line.given_on or date.min))
    for position, line in enumerate(lines, 1):
        line.position = position
    open_pairs = mark_doubles(lines, disclosure, book.heads, book.published)
    before = _gifts_covered(disclosure).filter(_listed(disclosure, "root")).count()
    left_out = [LeftOut(code, _reason(code), len(left[code]), left[code]) for code in _REASONS if left[code]]
    if before:
        left_out.append(LeftOut("listed", _reason("published"), before))
    return Drafted(lines, left_out, open_pairs, len(gifts) + before)


def mark_doubles(
    lines: Sequence[DisclosureLine],
    disclosure: Disclosure,
    heads: Mapping[UUID, UUID],
    published: Mapping[UUID, tuple[int, int]],
) -> int:
    """Mark the lines that lie within others, and those that may be the same money as another.

    Of gifts that may be one, the largest counts and the others are doubtful; what was published before
    counts already. Returns how many pairs are undecided.
    """
    by_gift = {line.donation_id: line for line in lines}
    for root, head in heads.items():
        if head in by_gift:
            by_gift.setdefault(root, by_gift[head])
    pairs = pairs_of(disclosure.response)
    if disclosure.coverage == Coverage.AREA:
        for line in lines:
            if line.route == ReceiptRoute.PASSED_ON:
                line.counting = Counting.WITHIN
    for pair in pairs.decided:
        if pair.relation is Relation.PART_OF and pair.left in by_gift:
            whole = _where(pair.right, by_gift, published)
            if whole:
                _mark(by_gift[pair.left], Counting.WITHIN, whole)
    undecided = [pair for pair in pairs.undecided if _touches(pair, by_gift, published)]
    for pair in undecided:
        if pair.relation is Relation.PART_OF and pair.left in by_gift:
            whole = _where(pair.right, by_gift, published)
            if whole:
                _mark(by_gift[pair.left], Counting.DOUBTFUL, whole)
    _mark_same([pair for pair in undecided if pair.relation is Relation.SAME], by_gift, published)
    return len(undecided)


def published_name(gift: Donation) -> str:
    """The giver as the public reads it."""
    return gift.donor_name if gift.naming == DonorNaming.NAMED else ANONYMOUS


def line_columns_of(
    gift: Donation,
    goods: Iterable[DonationLine],
    amount: Amount | None = None,
    body_name: Callable[[Body], str] = str,
) -> dict[str, object]:
    """The columns of a line that say what the gift is: the name as published, sums and goods as printed.

    A giver who wants to stay unnamed is taken out of every text, wherever the name was written.
    """
    hidden = _names_of(gift) if gift.naming != DonorNaming.NAMED else ()

    def shown(text: str) -> str:
        for name in hidden:
            text = text.replace(name, ANONYMOUS)
        return text

    money = gift.amount if amount is None else amount
    return {
        "given_on": timezone.localdate(gift.happened_at) if gift.happened_at else None,
        "donor": published_name(gift),
        "naming": gift.naming,
        "donor_kind": gift.donor_kind,
        "donor_count": gift.donor_count,
        "kind": gift.kind,
        "value": money.value,
        "bound": str(money.bound) if money.value is not None else "",
        "currency": gift.currency,
        "currency_value": gift.currency_value,
        "value_text": _value_text(gift, money),
        "goods": shown("、".join(goods_text(line) for line in goods)),
        "intent": gift.intent,
        "purpose": shown(gift.purpose),
        "recipient": shown(body_name(gift.recipient) if gift.recipient else gift.recipient_name),
        "beneficiary": shown(body_name(gift.beneficiary) if gift.beneficiary else ""),
        "via": shown(body_name(gift.via) if gift.via else gift.via_name),
        "channel": gift.channel,
        "route": gift.route,
    }


def goods_text(line: DonationLine) -> str:
    """医用口罩(N95)约500只: the article with its standard, its quantity as it was said."""
    text = f"{line.item}({line.specification})" if line.specification else line.item
    if line.quantity is None:
        return text
    number = f"{Decimal(line.quantity).normalize():f}"
    match line.quantity_bound:
        case Bound.OVER:
            return f"{text}{number}余{line.unit}"
        case Bound.NEARLY:
            return f"{text}近{number}{line.unit}"
        case Bound.ABOUT:
            return f"{text}约{number}{line.unit}"
    return f"{text}{number}{line.unit}"


def code_index(code: str) -> str:
    """The keyed index by which a donor's own code is found."""
    return blind_index(code, "gift_code")


def _names_of(gift: Donation) -> list[str]:
    """Every name of the giver that the book holds, the longest first; single characters name nobody."""
    names = {
        gift.donor_name,
        gift.donor_body.name if gift.donor_body else "",
        gift.donor_person.name if gift.donor_person else "",
    }
    return sorted((name for name in names if len(name) > 1), key=len, reverse=True)


_REASONS = ("pledged", "arrived_later", "booked_later", "merged", "published")


def _reason(code: str) -> str:
    return {
        "pledged": _("认捐,尚未到账、接收:只公示收到的"),
        "arrived_later": _("截止时间之后到账,列入下一期"),
        "booked_later": _("截止时间之后才登记,列入下一期并注明补录"),
        "merged": _("经判定与表中另一笔是同一笔,只列一次"),
        "published": _("本单位此前各期已公示"),
    }[code]


def _why_not(gift: Donation, disclosure: Disclosure, book: _Book) -> str:
    """The code of the reason why a gift is not in it, "" if it is."""
    root = gift.root_id
    if root in book.published or book.heads.get(root) in book.published:
        return "published"
    arrived = book.steps.get(root, {}).get(DonationState.RECEIVED)
    if arrived is None:
        return "pledged"
    cutoff = disclosure.window_to
    at = arrived.happened_at or gift.happened_at
    if at and at > cutoff:
        return "arrived_later"
    if root not in book.known or arrived.root.received_at > cutoff:
        return "booked_later"
    return ""


def _gifts_covered(disclosure: Disclosure) -> QuerySet[Donation]:
    gifts: QuerySet[Donation] = Donation.objects.current().filter(response=disclosure.response_id)
    return gifts.filter(covered(disclosure))


def covered(disclosure: Disclosure) -> Q:
    """The gifts that a publication of its body is about."""
    body = disclosure.body
    if disclosure.coverage == Coverage.AREA and body.area is not None:
        if body.area.parent_id is None:
            return Q()
        below = area_and_below(body.area)
        return Q(area__in=below) | Q(recipient__area__in=below) | Q(via__area__in=below)
    bodies = with_merged(frozenset({body.pk}))
    return Q(recipient__in=bodies) | Q(via__in=bodies)


def default_coverage(body: Body) -> Coverage:
    """A body that speaks for its area publishes the area's gifts, any other its own."""
    return Coverage.AREA if body.kind in _FOR_THE_AREA and body.area_id else Coverage.OWN


def published_before(disclosure: Disclosure) -> dict[UUID, tuple[int, int]]:
    """For each gift in the publications of this body (or one merged with it): which one, which line."""
    rows = DisclosureLine.objects.filter(
        disclosure__response=disclosure.response_id,
        disclosure__body__in=with_merged(frozenset({disclosure.body_id})),
        disclosure__state=DisclosureState.PUBLISHED,
    ).exclude(disclosure=disclosure.pk)
    return {
        gift: (number, position)
        for gift, number, position in rows.values_list("donation_id", "disclosure__number", "position")
    }


def _listed(disclosure: Disclosure, gift: str) -> Exists:
    """Whether the gift that the column `gift` names stands in an earlier publication of this body."""
    return Exists(
        DisclosureLine.objects.filter(
            donation=OuterRef(gift),
            disclosure__body__in=with_merged(frozenset({disclosure.body_id})),
            disclosure__state=DisclosureState.PUBLISHED,
        ).exclude(disclosure=disclosure.pk)
    )


def _read_book(disclosure: Disclosure) -> _Book:
    """What is read of the gifts that are not published yet."""
    response = disclosure.response_id
    listed = _listed(disclosure, "donation")
    steps: dict[UUID, dict[str, DonationStep]] = defaultdict(dict)
    reached = (
        DonationStep.objects.current()
        .filter(
            response=response,
            state__in=[DonationState.RECEIVED, DonationState.ALLOCATED, DonationState.HANDED_OVER],
        )
        .exclude(listed)
    )
    for step in reached.select_related("root").only(
        "donation", "state", "happened_at", "received_at", "root__received_at"
    ):
        steps[step.donation_id][step.state] = step
    goods: dict[UUID, list[DonationLine]] = defaultdict(list)
    for line in (
        DonationLine.objects.current()
        .filter(response=response)
        .exclude(listed)
        .order_by("donation", "position")
    ):
        goods[line.donation_id].append(line)
    return _Book(
        steps=steps,
        known=set(
            Donation.objects.filter(
                response=response, corrects__isnull=True, received_at__lte=disclosure.window_to
            ).values_list("pk", flat=True)
        ),
        goods=goods,
        receipts=dict(
            DonationReceipt.objects.current().filter(response=response).values_list("donation_id", "number")
        ),
        heads=gifts_that_are_one(disclosure.response),
        published=_with_their_groups(disclosure),
        towns=_Towns(),
        names=_BodyNames(),
    )


def _with_their_groups(disclosure: Disclosure) -> dict[UUID, tuple[int, int]]:
    """What was published before, under every gift that is one with it."""
    published = published_before(disclosure)
    heads = gifts_that_are_one(disclosure.response) if published else {}
    by_head = {heads[gift]: place for gift, place in published.items() if gift in heads}
    return {**{root: by_head[head] for root, head in heads.items() if head in by_head}, **published}


def _line(disclosure: Disclosure, group: Sequence[Donation], book: _Book) -> DisclosureLine:
    """The line of a gift, or of several that are one: the first booked with the value that all allow."""
    gift = min(group, key=lambda one: one.root_id)
    united = unite(one.amount for one in group) if len(group) > 1 else gift.amount
    steps = book.steps[gift.root_id]
    arrived = steps[DonationState.RECEIVED]
    line = DisclosureLine(
        disclosure=disclosure,
        position=0,
        donation_id=gift.root_id,
        code_index=code_index(gift.code),
        town=book.towns.of(
            gift.area_id,
            gift.recipient.area_id if gift.recipient else None,
            gift.via.area_id if gift.via else None,
            gift.donor_body.area_id if gift.donor_body else None,
        ),
        receipt_number=next(
            (book.receipts[one.root_id] for one in group if one.root_id in book.receipts), ""
        ),
        reached=next(
            state
            for state in (DonationState.HANDED_OVER, DonationState.ALLOCATED, DonationState.RECEIVED)
            if state in steps
        ),
        **line_columns_of(
            gift,
            book.goods.get(gift.root_id, ()),
            united if united.upper is None else gift.amount,
            book.names.of,
        ),
    )
    line.given_on = line.given_on or (
        timezone.localdate(arrived.happened_at) if arrived.happened_at else None
    )
    line.late = bool(
        line.given_on and disclosure.number > 1 and line.given_on < timezone.localdate(disclosure.window_from)
    )
    return line


def _value_text(gift: Donation, money: Amount) -> str:
    """The sum as it was said; goods with the value put on them, or the word that none was."""
    foreign = (
        to_chinese(Amount(Decimal(gift.currency_value), Bound.EXACT, currency=gift.currency))
        if gift.currency and gift.currency_value is not None
        else ""
    )
    if money.value is None and foreign:
        return foreign
    if money.value is None:
        return "未折价" if gift.kind == GiftKind.GOODS else "数额不详"
    text = to_chinese(money) + (f"({foreign})" if foreign else "")
    return f"折价{text}" if gift.kind == GiftKind.GOODS else text


def _where(
    root: UUID, by_gift: Mapping[UUID, DisclosureLine], published: Mapping[UUID, tuple[int, int]]
) -> tuple[int, int] | None:
    """The line of a gift: the number of the publication (0: this one) and the position in it."""
    if root in by_gift:
        return 0, by_gift[root].position
    return published.get(root)


def _mark(line: DisclosureLine, counting: Counting, other: tuple[int, int]) -> None:
    if line.counting == Counting.WITHIN:
        return
    number, position = other
    line.counting = counting
    line.counted_with = f"{number}-{position}" if number else str(position)


def _touches(
    pair: Pair[UUID],
    by_gift: Mapping[UUID, DisclosureLine],
    published: Mapping[UUID, tuple[int, int]],
) -> bool:
    """Whether an undecided pair leaves the sum of these lines open."""
    here = {pair.left, pair.right} & by_gift.keys()
    return bool(here) and all(one in by_gift or one in published for one in (pair.left, pair.right))


def _mark_same(
    pairs: Sequence[Pair[UUID]],
    by_gift: Mapping[UUID, DisclosureLine],
    published: Mapping[UUID, tuple[int, int]],
) -> None:
    """Of gifts that may be one, what was published before or else the largest counts."""
    for heap in _heaps(pairs):
        earlier = sorted(published[root] for root in heap if root in published and root not in by_gift)
        lines = {by_gift[root].position: by_gift[root] for root in heap if root in by_gift}
        first = max(lines.values(), key=lambda line: (line.amount.value or Decimal(0), -line.position))
        keeper = earlier[0] if earlier else (0, first.position)
        for position, line in lines.items():
            if (0, position) != keeper:
                _mark(line, Counting.DOUBTFUL, keeper)


def _heaps(pairs: Sequence[Pair[UUID]]) -> list[set[UUID]]:
    """The gifts that hang together by these pairs."""
    above: dict[UUID, UUID] = {}

    def top(root: UUID) -> UUID:
        while (next_up := above.get(root, root)) != root:
            above[root] = root = above.get(next_up, next_up)
        return root

    for pair in pairs:
        above[top(pair.left)] = top(pair.right)
    heaps: dict[UUID, set[UUID]] = defaultdict(set)
    for pair in pairs:
        heaps[top(pair.left)] |= {pair.left, pair.right}
    return list(heaps.values())


class _Towns:
    """The town in which an area lies; the county itself is no town."""

    def __init__(self) -> None:
        self._areas = {
            pk: (parent, level, name)
            for pk, parent, level, name in Area.objects.values_list("pk", "parent_id", "level", "name")
        }

    def of(self, *areas: UUID | None) -> str:
        return next((name for area in areas if (name := self._of(area))), "")

    def _of(self, area: UUID | None) -> str:
        seen: set[UUID] = set()
        while area and area in self._areas and area not in seen:
            seen.add(area)
            parent, level, name = self._areas[area]
            if level == AreaLevel.TOWNSHIP:
                return str(name)
            area = parent
        return ""


class _BodyNames:
    """The name under which a body is read: that of the body it was merged into."""

    def __init__(self) -> None:
        self._into = {
            pk: (into, name)
            for pk, into, name in Body.objects.filter(merged_into__isnull=False).values_list(
                "pk", "merged_into_id", "merged_into__name"
            )
        }

    def of(self, body: Body) -> str:
        name, pk, seen = body.name, body.pk, set()
        while pk in self._into and pk not in seen:
            seen.add(pk)
            pk, name = self._into[pk]
        return name
