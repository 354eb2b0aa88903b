"""What sources state, beside what the book knows: compared in words, never forced to agree."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from enum import StrEnum
from urllib.parse import urlencode
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.engines.figures import Amount, Bound
from lianfang.engines.figures.sums import as_sum
from lianfang.giving.models import DonorKind, GiftKind, Scope, Statement
from lianfang.giving.overlapping import plain
from lianfang.giving.queries.ledger import BookedGift, Ledger, ledger
from lianfang.giving.queries.totals import By, Total, direct, shares, total_of
from lianfang.giving.wording import bounded_text
from lianfang.people.models import Body, Membership, Officer

# Words for givers in general; anything else names the giver whose own total it is.
_COLLECTIVE = re.compile(r"^(全|各|本|我|广大|社会|辖区|爱心)|民营企业|企业家|执委|会员|各界")


class Finding(StrEnum):
    """How a stated figure and the known gifts stand to each other."""

    NOTHING_KNOWN = "nothing_known"
    NOTHING_STATED = "nothing_stated"
    AGREES = "agrees"
    SHORT = "short"
    """The book knows less, whatever the bounds mean."""
    SHORT_AS_SAID = "short_as_said"
    """The figures as said differ; their bounds leave open by how much, or whether at all."""
    EXCEEDS = "exceeds"
    """The book knows more than was stated: two things were counted differently."""


@dataclass(frozen=True, slots=True)
class TierCount:
    """How many known givers stand above (or below) a line: for sure, and perhaps."""

    certain: int
    possible: int


@dataclass(frozen=True, slots=True)
class Comparison:
    """A statement, what the book knows of the same, and both in one sentence.

    `covers` says in words which gifts were compared, `query` opens them in the ledger.
    `gap` is the difference of the figures as said (stated less known); `sure_gap` is what it is at
    least, whatever the bounds mean, None where nothing is sure.
    """

    statement: Statement
    known: Total
    finding: Finding
    gap: Decimal | None
    sure_gap: Decimal | None
    tier: TierCount | None
    sentence: str
    covers: str
    query: str


def visible_statements(
    officer: Officer | None, response: Response, as_of: datetime | None = None
) -> QuerySet[Statement]:
    """The standing statements of sources that the officer may read (all, if None)."""
    found: QuerySet[Statement] = (
        (Statement.objects.as_of(as_of) if as_of else Statement.objects.current())
        .filter(response=response)
        .select_related("from_source", "covers_body", "written_by")
        .order_by("scope_of_figure", "-received_at")
    )
    if officer is None:
        return found
    return found.filter(
        officer.reach(Right.READ_BOOK).rows(
            areas=["from_source__area", "from_source__body__area"], bodies=["from_source__body"]
        )
    )


def comparisons(
    response: Response, officer: Officer | None = None, as_of: datetime | None = None
) -> list[Comparison]:
    """Every statement that the officer may read, compared with all gifts that the officer may read."""
    return compare(list(visible_statements(officer, response, as_of)), ledger(response, officer, as_of))


def compare(statements: Sequence[Statement], book: Ledger) -> list[Comparison]:
    members = _members({one.covers_body_id for one in statements if one.covers_body_id})
    nobody: frozenset[str] = frozenset()
    return [
        _compare(one, book, members[one.covers_body_id] if one.covers_body_id else nobody)
        for one in statements
    ]


def covered(statement: Statement, book: Ledger, members: frozenset[str] = frozenset()) -> list[BookedGift]:
    """The received gifts that a statement speaks of.

    A figure for money and goods together covers all kinds. `members` are the keys of the covered
    body's members and of the body itself.
    """
    gifts = direct(book.received())
    if statement.kind != GiftKind.MIXED:
        gifts = [gift for gift in gifts if gift.kind == statement.kind]
    if statement.covers_body_id:
        return [
            gift
            for gift in gifts
            if gift.donor.key in members or (gift.via is not None and gift.via.key in members)
        ]
    kind = _donor_kind_meant(statement)
    if kind:
        gifts = [gift for gift in gifts if gift.donor_kind == kind]
    if not _is_one_givers_own(statement):
        return gifts
    names = {plain(name) for name in (statement.subject, *re.split(r"[、,,及和与]", statement.subject))}
    return [
        gift
        for gift in gifts
        if plain(gift.donor.name) in names or (gift.via is not None and plain(gift.via.name) in names)
    ]


def _is_one_givers_own(statement: Statement) -> bool:
    """Whether it is the total of one named giver, and not of givers in general."""
    general = not statement.subject or _COLLECTIVE.search(statement.subject)
    return bool(statement.covers_donor_kind and not statement.covers_body_id and not general)


def _coverage(statement: Statement) -> tuple[str, str]:
    """Which gifts are compared, in words and as a query of the ledger."""
    query = {} if statement.kind == GiftKind.MIXED else {"kind": statement.kind}
    kind = _donor_kind_meant(statement)
    if statement.covers_body:
        words = _("「%(body)s」、其会员及经其转交的捐赠") % {"body": statement.covers_body.name}
        query["q"] = statement.covers_body.name
    elif _is_one_givers_own(statement):
        words = _("「%(subject)s」的捐赠") % {"subject": statement.subject}
        query["q"] = statement.subject
    elif kind:
        words = _("「%(kind)s」的捐赠") % {"kind": DonorKind(kind).label}
        query["donor_kind"] = kind
    else:
        words = _("全部捐赠")
    return words, urlencode(query)


def _donor_kind_meant(statement: Statement) -> str:
    """A tier of firms ("执委企业 30 家") counts firms, also where its source is taken for a group."""
    if statement.covers_donor_kind:
        return statement.covers_donor_kind
    firms = statement.scope_of_figure == Scope.TIER and statement.subject.endswith("企业")
    return DonorKind.ENTERPRISE if firms else ""


def _members(bodies: set[UUID]) -> dict[UUID, frozenset[str]]:
    """For each body: the keys of itself, of what was merged into it, and of its members."""
    found: dict[UUID, set[str]] = {body: {str(body)} for body in bodies}
    for body, name in Body.objects.filter(pk__in=bodies).values_list("pk", "name"):
        found[body].add(name)
    rows = Membership.objects.filter(body__in=bodies)
    for body, firm, person in rows.values_list("body_id", "member_body_id", "member_person_id"):
        found[body].add(str(firm or person))
    return {body: frozenset(keys) for body, keys in found.items()}


def _compare(statement: Statement, book: Ledger, members: frozenset[str]) -> Comparison:
    gifts = covered(statement, book, members)
    known = total_of(gifts, book)
    coverage = _coverage(statement)
    if statement.scope_of_figure == Scope.TIER:
        tier = _tier(statement, gifts, book)
        found = _tier_finding(statement, tier)
        sentence = _tier_sentence(statement, tier)
        return Comparison(statement, known, found, None, None, tier, sentence, *coverage)
    finding, gap, sure = _difference(statement.amount, known)
    return Comparison(
        statement,
        known,
        finding,
        gap,
        sure,
        None,
        _total_sentence(statement, known, finding, gap, sure),
        *coverage,
    )


def _difference(stated: Amount, known: Total) -> tuple[Finding, Decimal | None, Decimal | None]:
    """How far the stated total is from the known one: as said, and for sure."""
    if known.gifts == known.unknown:
        return Finding.NOTHING_KNOWN, None, None
    if stated.value is None:
        return Finding.NOTHING_STATED, None, None
    bounds = as_sum(stated)
    gap = stated.value - known.high.said
    if known.high.high is not None and bounds.low > known.high.high:
        return Finding.SHORT, gap, bounds.low - known.high.high
    if bounds.high is not None and known.low.low > bounds.high:
        return Finding.EXCEEDS, gap, known.low.low - bounds.high
    if gap > 0:
        return Finding.SHORT_AS_SAID, gap, None
    return Finding.AGREES, gap, None


def _total_sentence(
    statement: Statement, known: Total, finding: Finding, gap: Decimal | None, sure: Decimal | None
) -> str:
    parts = [_("来源称%(stated)s") % {"stated": _stated_text(statement)}]
    if finding is Finding.NOTHING_KNOWN and not known.gifts:
        parts.append(_("台账中没有可对照的捐赠"))
    else:
        parts.append(_("已知捐赠 %(known)s") % {"known": known.sentence})
    match finding:
        case Finding.SHORT:
            exact = statement.bound == Bound.EXACT and known.low == known.high
            text = _("相差%(gap)s") if exact else _("相差至少%(gap)s")
            parts.append(text % {"gap": bounded_text(Amount(sure))})
        case Finding.SHORT_AS_SAID:
            parts.append(
                _("按所称数字相差%(gap)s,因数字不是确数,实际相差多少不能断定")
                % {"gap": bounded_text(Amount(gap))}
            )
        case Finding.EXCEEDS:
            parts.append(
                _("已知的比来源所称多出至少%(gap)s,口径不同,请核对") % {"gap": bounded_text(Amount(sure))}
            )
        case Finding.AGREES:
            parts.append(_("两者不矛盾"))
    return _(";").join(parts) + _("。")


def _stated_text(statement: Statement) -> str:
    text = bounded_text(statement.amount)
    if statement.item:
        text = _("%(item)s:%(amount)s") % {"item": statement.item, "amount": text}
    if not statement.qualifier:
        return text
    return _("(%(qualifier)s)%(amount)s") % {"qualifier": statement.qualifier, "amount": text}


def _tier(statement: Statement, gifts: Sequence[BookedGift], book: Ledger) -> TierCount:
    """Givers on the stated side of the line. One exactly on it is on neither side for sure."""
    line = statement.amount.value or Decimal(0)
    below = statement.bound == Bound.NEARLY
    certain = possible = 0
    for share in shares(gifts, book, By.DONOR):
        total = share.totals.of(statement.kind)
        high = total.high.high
        if below:
            sure = high is not None and high < line
            may = total.low.low <= line
        else:
            sure = total.low.low > line
            may = high is None or high >= line
        certain += sure
        possible += may and not sure
    return TierCount(certain, possible)


def _tier_finding(statement: Statement, tier: TierCount) -> Finding:
    if tier.certain > (statement.count or 0):
        return Finding.EXCEEDS
    if tier.certain + tier.possible == 0:
        return Finding.NOTHING_KNOWN
    return Finding.AGREES if tier.certain + tier.possible >= (statement.count or 0) else Finding.SHORT


def _tier_sentence(statement: Statement, tier: TierCount) -> str:
    line = bounded_text(Amount(statement.amount.value))
    side = _("不足%(line)s") if statement.bound == Bound.NEARLY else _("超过%(line)s")
    parts = [
        _("来源称%(side)s的有 %(count)d 家(人)") % {"side": side % {"line": line}, "count": statement.count},
        ngettext("已知确在其列的 %(count)d 家(人)", "已知确在其列的 %(count)d 家(人)", tier.certain)
        % {"count": tier.certain},
    ]
    if tier.possible:
        parts.append(
            ngettext("另有 %(count)d 家(人)可能在其列", "另有 %(count)d 家(人)可能在其列", tier.possible)
            % {"count": tier.possible}
        )
    missing = (statement.count or 0) - tier.certain
    if missing > 0:
        parts.append(
            ngettext("其余 %(count)d 家(人)台账中不知", "其余 %(count)d 家(人)台账中不知", missing)
            % {"count": missing}
        )
    if missing < 0:
        parts.append(_("已知的比来源所称多,口径不同,请核对"))
    return _(";").join(parts) + _("。")
