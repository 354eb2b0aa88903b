"""Booking gifts: pledged, received, allocated, handed over; corrected and withdrawn.

A gift is written with its lines and its first state in one act, judged by the giving rules in force on
its day. Whoever books it holds the right to book at its recipient, its intermediary or its town.

What has been published is corrected only together with a published correction statement: the action
that publishes one calls `write_correction` or `write_withdrawal` inside its own act.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, TypedDict
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from typing_extensions import Unpack

from lianfang.book.actions import Act, action
from lianfang.book.errors import Conflict, Refused, field_error
from lianfang.book.models import Response, RuleProfile
from lianfang.book.records import Source
from lianfang.book.registers import new_id
from lianfang.book.rights import Right
from lianfang.engines.figures import Amount
from lianfang.giving.actions.overlaps import propose_overlaps, propose_overlaps_of_many
from lianfang.giving.gifts import (
    Donor,
    FieldErrors,
    Gift,
    GoodsLine,
    Reached,
    day_error,
    errors_of,
    gift_columns,
    gift_of,
    line_columns,
)
from lianfang.giving.models import (
    BankMatch,
    DisclosureLine,
    DisclosureState,
    Donation,
    DonationLine,
    DonationReceipt,
    DonationState,
    DonationStep,
    Evidence,
    Intent,
    MentionDecision,
    OverlapDecision,
)
from lianfang.people.models import Area, Body

__all__ = [
    "Arrival",
    "Donor",
    "Gift",
    "GiftParts",
    "GoodsLine",
    "Reached",
    "correct_donation",
    "correct_step",
    "gift_of",
    "pledge_donation",
    "reach_state",
    "receive_donation",
    "receive_many",
    "refuse_if_published",
    "withdraw_donation",
    "write_correction",
    "write_withdrawal",
]

# Which states may follow which. Lapsed ends a pledge; a pooled gift is allocated before it is handed over.
_MAY_FOLLOW: dict[DonationState, frozenset[DonationState]] = {
    DonationState.RECEIVED: frozenset({DonationState.PLEDGED}),
    DonationState.LAPSED: frozenset({DonationState.PLEDGED}),
    DonationState.ALLOCATED: frozenset({DonationState.RECEIVED}),
    DonationState.HANDED_OVER: frozenset({DonationState.RECEIVED, DonationState.ALLOCATED}),
}


class GiftParts(TypedDict, total=False):
    """The parts of a `Gift` as keyword arguments of the booking actions."""

    donor: Donor
    kind: str
    amount: Amount
    lines: Sequence[GoodsLine]
    foreign: tuple[str, Decimal | None] | None
    via: Body | None
    via_name: str
    recipient: Body | None
    recipient_name: str
    beneficiary: Body | None
    area: Area | None
    intent: str
    purpose: str
    route: str
    channel: str
    happened_at: datetime | None
    receipt_wanted: bool
    remark: str


@dataclass(frozen=True, slots=True)
class Arrival:
    """One gift of many that are booked at once. `id` makes a repeated load change nothing."""

    gift: Gift
    source_reference: str = ""
    id: UUID | None = None
    evidence: str = Evidence.AS_TOLD
    state: DonationState = DonationState.RECEIVED


@action("pledge_donation", says=_("{officer}登记了认捐:{subject}"))
def pledge_donation(
    act: Act,
    *,
    response: Response,
    evidence: str = Evidence.AS_TOLD,
    source: str = Source.DESK,
    source_reference: str = "",
    id: UUID | None = None,
    **parts: Unpack[GiftParts],
) -> Donation:
    """Book a gift that is announced and has not arrived.

    With an `id` that is in the book already, nothing is written and the gift is returned as it stands.
    Raises ValidationError, NotAllowed.
    """
    arrival = Arrival(Gift(**parts), source_reference, id, evidence, DonationState.PLEDGED)
    return _book_one(act, response, arrival, source)


@action("receive_donation", says=_("{officer}登记了收到的捐赠:{subject}"))
def receive_donation(
    act: Act,
    *,
    response: Response,
    evidence: str = Evidence.AS_TOLD,
    source: str = Source.DESK,
    source_reference: str = "",
    id: UUID | None = None,
    **parts: Unpack[GiftParts],
) -> Donation:
    """Book a gift that has arrived: the gift, its lines and its first state.

    With an `id` that is in the book already, nothing is written and the gift is returned as it stands.
    Raises ValidationError, NotAllowed.
    """
    arrival = Arrival(Gift(**parts), source_reference, id, evidence)
    return _book_one(act, response, arrival, source)


@action("receive_many", says=_("{officer}成批登记了捐赠:{subject}"))
def receive_many(
    act: Act, *, response: Response, arrivals: Sequence[Arrival], source: str = Source.IMPORT
) -> list[Donation]:
    """Book many gifts in one act: all or none. Those whose `id` is in the book already are passed over.

    Returns the gifts that were added, in the order given. Raises ValidationError with the fields under
    `rows-<index>-…`, NotAllowed.
    """
    return _book(act, response, arrivals, source, prefix="rows-{row}-")


@action("reach_state", says=_("{officer}登记了捐赠的去向:{subject}"))
def reach_state(act: Act, *, donation: Donation, reached: Sequence[Reached]) -> list[DonationStep]:
    """A gift reaches one state, or several in one act, in order.

    Goods that go straight from the donor to the user are received and handed over in one act, each
    with its own evidence. Locks the gift. Raises Refused (`state_order`, `gift_withdrawn`),
    ValidationError, NotAllowed.
    """
    gift = _standing(donation)
    act.require(Right.BOOK_GIFTS, gift)
    states = set(DonationStep.objects.current().filter(donation=gift.root_id).values_list("state", flat=True))
    direct = {DonationState.RECEIVED, DonationState.HANDED_OVER} <= {one.state for one in reached}
    steps = []
    for one in reached:
        _check_order(gift, states, one.state, direct=direct)
        wrong = day_error(one.happened_at, gift.response, act.at)
        if wrong:
            raise field_error("happened_at", *wrong)
        states.add(one.state)
        steps.append(_write_step(act, gift, one))
    return steps


@action("correct_step", says=_("{officer}更正了{subject}"))
def correct_step(act: Act, *, step: DonationStep, reason: str, reached: Reached | None) -> DonationStep:
    """Correct the date, the evidence or the person of a state; with None, take the state back.

    Only the last state can be taken back. Raises Refused (`state_order`), Conflict, ValidationError.
    """
    gift = _standing(step.donation)
    act.require(Right.BOOK_GIFTS, gift)
    if reached is None:
        standing = DonationStep.objects.current().filter(donation=gift.root_id)
        if standing.exclude(pk=step.pk).filter(state__in=_states_after(step.state)).exists():
            raise Refused(_("之后的状态已登记,请先撤销之后的状态。"), "state_order")
        if standing.count() == 1:
            raise Refused(_("这是仅有的状态;整笔不算的,请撤销这笔捐赠。"), "state_order")
        return act.withdraw(step, reason)
    if reached.state != step.state:
        raise Refused(_("状态不能改成另一种,请撤销后重新登记。"), "state_order")
    wrong = day_error(reached.happened_at, gift.response, act.at)
    if wrong:
        raise field_error("happened_at", *wrong)
    return act.correct(step, reason, **_step_columns(reached))


@action("correct_donation", says=_("{officer}更正了捐赠:{subject}"))
def correct_donation(act: Act, *, donation: Donation, gift: Gift, reason: str) -> Donation:
    """Replace what the book says of a gift by `gift` (begin from `gift_of`). Locks the gift.

    Raises Refused (`published`: a published gift is corrected only by a correction statement;
    `receipt_stands`; `gift_withdrawn`), Conflict, ValidationError, NotAllowed.
    """
    refuse_if_published(donation)
    return write_correction(act, donation=donation, gift=gift, reason=reason)


@action("withdraw_donation", says=_("{officer}撤销了捐赠:{subject}"))
def withdraw_donation(act: Act, *, donation: Donation, reason: str) -> Donation:
    """A gift did not happen or was booked by mistake: it no longer counts, and stays to be read.

    Raises Refused (`published`, `receipt_stands`, `mentioned`, `bank_matched`, `gift_withdrawn`),
    Conflict, ValidationError, NotAllowed.
    """
    refuse_if_published(donation)
    return write_withdrawal(act, donation=donation, reason=reason)


def refuse_if_published(donation: Donation) -> None:
    """Raises Refused (`published`) for a gift that stands in a published disclosure."""
    published = (
        DisclosureLine.objects.filter(donation=donation.root_id, disclosure__state=DisclosureState.PUBLISHED)
        .select_related("disclosure")
        .first()
    )
    if published:
        raise Refused(
            _("这笔捐赠已在《%(title)s》公示,只能随更正说明一起更正。") % {"title": published.disclosure},
            "published",
        )


def write_correction(act: Act, *, donation: Donation, gift: Gift, reason: str) -> Donation:
    """Correct a gift and its lines within `act`, published or not: for the act that publishes the
    correction statement. Raises as `correct_donation`, but for `published`.
    """
    old = _standing(donation, seen=donation)
    act.require(Right.BOOK_GIFTS, old)
    columns = gift_columns(gift)
    _refuse_against_receipt(old, columns)
    _checked(gift, old.response, act.at, {"response": old.response}).throw()
    new = act.correct(old, reason, **columns)
    act.require(Right.BOOK_GIFTS, new)
    _correct_lines(act, new, gift.lines, reason)
    propose_overlaps(act.actor, donation=new)
    return new


def write_withdrawal(act: Act, *, donation: Donation, reason: str) -> Donation:
    """Withdraw a gift within `act`, published or not. Raises as `withdraw_donation`, but for `published`."""
    old = _standing(donation, seen=donation)
    act.require(Right.BOOK_GIFTS, old)
    root = old.root_id
    if DonationReceipt.objects.current().filter(donation=root).exists():
        raise Refused(_("这笔捐赠已开票据,请先作废票据。"), "receipt_stands")
    if MentionDecision.objects.current().filter(donation=root).exists():
        raise Refused(_("来源材料中有提及归入这笔捐赠,请先在审核页撤销那一条的处理。"), "mentioned")
    if BankMatch.objects.current().filter(donation=root).exists():
        raise Refused(_("这笔捐赠已与银行流水对应,请先撤销对应。"), "bank_matched")
    touching = OverlapDecision.objects.current().filter(Q(first=root) | Q(second=root))
    for decision in touching:
        # What was decided of a gift that did not happen says nothing any more.
        act.withdraw(decision, reason)
    return act.withdraw(old, reason)


def _book_one(act: Act, response: Response, arrival: Arrival, source: str) -> Donation:
    made = _book(act, response, [arrival], source)
    if made:
        return made[0]
    found: Donation = Donation.objects.newest().select_related("recipient", "via").get(root=arrival.id)
    return found


def _book(
    act: Act, response: Response, arrivals: Sequence[Arrival], source: str, prefix: str = ""
) -> list[Donation]:
    known = _known(act, response, arrivals)
    profiles = list(RuleProfile.objects.filter(subject="giving").order_by("-valid_from"))
    donations: list[Donation] = []
    lines: list[DonationLine] = []
    steps: list[DonationStep] = []
    errors = FieldErrors()
    for row, arrival in enumerate(arrivals):
        if arrival.id in known:
            continue
        house = {
            "response": response,
            "written_by": act.officer,
            "written_at": act.at,
            "source": source,
            "source_reference": arrival.source_reference,
            "rule_profile": _profile_on(profiles, arrival.gift.happened_at or act.at),
        }
        found = _checked(arrival.gift, response, act.at, house)
        for at, wrong in found.by_field.items():
            errors.by_field[prefix.format(row=row) + at] = wrong
        if found.by_field:
            continue
        donation = Donation(id=arrival.id or new_id(), **gift_columns(arrival.gift), **house)
        act.require(Right.BOOK_GIFTS, donation)
        donations.append(donation)
        lines += _lines_of(donation, arrival.gift.lines, house)
        first = Reached(arrival.state, arrival.gift.happened_at, arrival.evidence)
        steps.append(DonationStep(donation=donation, **_step_columns(first), **house))
    errors.throw()
    _insert(act, donations, lines, steps)
    if donations:
        propose_overlaps_of_many(act.actor, donations=donations)
    return donations


def _known(act: Act, response: Response, arrivals: Iterable[Arrival]) -> set[UUID]:
    """The ids that are in the book already. The act asks for the right on them all the same."""
    ids = [arrival.id for arrival in arrivals if arrival.id]
    if len(ids) != len(set(ids)):
        raise Refused(_("同一批中有重复的编号。"), "id_twice")
    known: set[UUID] = set()
    for start in range(0, len(ids), 500):
        for gift in Donation.objects.filter(pk__in=ids[start : start + 500]).select_related(
            "recipient", "via"
        ):
            act.require(Right.BOOK_GIFTS, gift)
            if gift.response_id != response.pk:
                raise Refused(_("这个编号已用于另一次应急响应的捐赠。"), "id_taken")
            known.add(gift.pk)
    return known


def _insert(
    act: Act, donations: list[Donation], lines: list[DonationLine], steps: list[DonationStep]
) -> None:
    try:
        with transaction.atomic():
            act.add_many(donations, validated=True)
            act.add_many(lines, validated=True)
            act.add_many(steps, validated=True)
    except IntegrityError as error:
        # The same id came from somewhere else at the same moment.
        raise Conflict from error


def _checked(gift: Gift, response: Response, now: datetime, house: dict[str, Any]) -> FieldErrors:
    """What the rules of a gift and the limits of its columns say, by field."""
    errors = errors_of(gift, response, now)
    columns = gift_columns(gift)
    if gift.amount.currency != "CNY":
        columns |= {"value": None, "bound": ""}
    donation = Donation(**columns, **house)
    _clean(donation, errors)
    for row, line in enumerate(_lines_of(donation, gift.lines, house)):
        _clean(line, errors, prefix=f"lines-{row}-")
    return errors


def _clean(record: Donation | DonationLine, errors: FieldErrors, prefix: str = "") -> None:
    """Check a row without a query: what it refers to was read from the database, its id is our own."""
    references = {field.name for field in record._meta.concrete_fields if field.is_relation}
    try:
        record.full_clean(exclude={"id", *references}, validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        errors.take(error, prefix)


def _lines_of(donation: Donation, lines: Iterable[GoodsLine], house: dict[str, Any]) -> list[DonationLine]:
    return [
        DonationLine(
            donation=donation,
            position=position,
            **line_columns(line),
            **house,
            happened_at=donation.happened_at,
        )
        for position, line in enumerate(lines, 1)
    ]


def _step_columns(reached: Reached) -> dict[str, Any]:
    return {
        "state": reached.state,
        "happened_at": reached.happened_at,
        "evidence": reached.evidence,
        "person_name": reached.person_name.strip(),
        "to_body": reached.to_body,
        "remark": reached.remark.strip(),
    }


def _write_step(act: Act, gift: Donation, reached: Reached) -> DonationStep:
    """Add the state, or put it back where it had been reached and was taken back."""
    before: DonationStep | None = (
        DonationStep.objects.newest()
        .filter(donation=gift.root_id, state=reached.state, withdrawn=True)
        .first()
    )
    if before:
        return act.correct(before, str(_("重新登记")), withdrawn=False, **_step_columns(reached))
    root = Donation.objects.get(pk=gift.root_id)
    return act.add(
        DonationStep(
            donation=root,
            response=gift.response,
            written_by=act.officer,
            written_at=act.at,
            rule_profile=gift.rule_profile,
            **_step_columns(reached),
        )
    )


def _check_order(gift: Donation, states: set[str], state: DonationState, *, direct: bool) -> None:
    state = DonationState(state)
    names = {"state": state.label}
    if state in states:
        raise Refused(_("「%(state)s」已经登记过。") % names, "state_order")
    if DonationState.LAPSED in states:
        raise Refused(_("这笔认捐已登记为未兑现;又兑现的,请先撤销「未兑现」。"), "state_order")
    if state == DonationState.LAPSED and states != {DonationState.PLEDGED}:
        raise Refused(_("已到账的捐赠不能登记为未兑现。"), "state_order")
    if not states & _MAY_FOLLOW.get(state, frozenset()):
        raise Refused(_("登记「%(state)s」之前,须先登记到账、接收。") % names, "state_order")
    if states & _states_after(state):
        raise Refused(_("之后的状态已登记,不能补在前面。"), "state_order")
    pooled = gift.intent == Intent.POOLED and not direct
    if state == DonationState.HANDED_OVER and pooled and DonationState.ALLOCATED not in states:
        raise Refused(_("统筹的捐赠须先分配,再交付。"), "state_order")


def _states_after(state: str) -> set[str]:
    order = [
        DonationState.PLEDGED,
        DonationState.RECEIVED,
        DonationState.ALLOCATED,
        DonationState.HANDED_OVER,
    ]
    if state == DonationState.LAPSED:
        return set()
    after = set(order[order.index(DonationState(state)) + 1 :])
    return after | ({DonationState.LAPSED} if state == DonationState.PLEDGED else set())


def _correct_lines(act: Act, donation: Donation, lines: Sequence[GoodsLine], reason: str) -> None:
    standing = {
        line.position: line for line in DonationLine.objects.current().filter(donation=donation.root_id)
    }
    root = Donation.objects.get(pk=donation.root_id)
    for position, wanted in enumerate(lines, 1):
        columns = line_columns(wanted)
        old = standing.pop(position, None)
        if old is None:
            act.add(
                DonationLine(
                    donation=root,
                    position=position,
                    response=donation.response,
                    written_by=act.officer,
                    written_at=act.at,
                    happened_at=donation.happened_at,
                    rule_profile=donation.rule_profile,
                    **columns,
                )
            )
        elif any(getattr(old, name) != value for name, value in columns.items()):
            act.correct(old, reason, **columns)
    for gone in standing.values():
        act.withdraw(gone, reason)


def _standing(donation: Donation, seen: Donation | None = None) -> Donation:
    """The newest version of a gift, its root locked. Raises Refused (`gift_withdrawn`), and Conflict
    when `seen`, the version that the officer had before the eyes, is no longer the newest.
    """
    Donation._base_manager.select_for_update().get(pk=donation.root_id)
    newest: Donation = (
        Donation.objects.newest()
        .select_related("recipient", "via", "response", "rule_profile")
        .get(root=donation.root_id)
    )
    if newest.withdrawn:
        raise Refused(_("这笔捐赠已撤销。"), "gift_withdrawn")
    if seen is not None and seen.pk != newest.pk:
        raise Conflict
    return newest


def _refuse_against_receipt(old: Donation, columns: dict[str, Any]) -> None:
    receipt = DonationReceipt.objects.current().filter(donation=old.root_id).first()
    if receipt and any(getattr(old, name) != columns[name] for name in ("donor_name", "value", "kind")):
        raise Refused(
            _("已开票据 № %(number)s;要改捐赠人、金额或款物,请先作废票据。") % {"number": receipt.number},
            "receipt_stands",
        )


def _profile_on(profiles: Sequence[RuleProfile], at: datetime) -> RuleProfile | None:
    """The giving rules in force on the day of `at`, of those given newest first."""
    day: date = timezone.localdate(at)
    return next(
        (
            profile
            for profile in profiles
            if profile.valid_from <= day and (profile.valid_to is None or day <= profile.valid_to)
        ),
        None,
    )
