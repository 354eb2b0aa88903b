"""What a person makes of a mention: book it, join it to a gift, keep it as a total, reject it, undo."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, Actor, action
from lianfang.book.errors import Conflict, Refused, field_error
from lianfang.book.rights import Right
from lianfang.engines.figures import Amount
from lianfang.giving.actions import donations, statements
from lianfang.giving.actions.donations import Donor, GoodsLine
from lianfang.giving.models import (
    Donation,
    DonorKind,
    DonorNaming,
    Evidence,
    GiftKind,
    GiftSource,
    Mention,
    MentionDecision,
    MentionVerdict,
    Scope,
    Statement,
)
from lianfang.people.models import Body
from lianfang.people.queries.bodies import the_body_called

EDITABLE = frozenset(
    {
        "donor",
        "donor_kind",
        "kind",
        "scope_of_figure",
        "value",
        "bound",
        "currency",
        "currency_value",
        "item",
        "quantity",
        "quantity_bound",
        "unit",
        "recipient",
        "via",
        "count",
        "pledged",
    }
)


@action("add_mention", says=_("{officer}补录了线报「{subject}」"))
def add_mention(
    act: Act,
    /,
    *,
    from_source: GiftSource,
    quote: str = "",
    source_reference: str = "",
    **values: Any,
) -> Mention:
    """Add by hand what the reader of a source missed, or what a source without text says.

    A quote is looked for in the text; where it stands there, the mention is shown at its place.
    """
    act.require(Right.BOOK_GIFTS, from_source)
    if unknown := values.keys() - EDITABLE:
        raise ValueError(f"not a field of a mention: {sorted(unknown)}")
    start = from_source.text.find(quote) if quote else -1
    if quote and start < 0:
        raise field_error("quote", _("原文中没有这句话,请从原文逐字复制。"), "quote_not_found")
    last = Mention.objects.filter(from_source=from_source).aggregate(last=Max("position"))["last"] or 0
    return act.add(
        Mention(
            response=from_source.response,
            written_by=act.officer,
            from_source=from_source,
            position=last + 1,
            quote=quote,
            start=start if start >= 0 else None,
            end=start + len(quote) if start >= 0 else None,
            source_reference=source_reference,
            **values,
        )
    )


@action("edit_mention", says=_("{officer}更正了识读结果「{subject}」"))
def edit_mention(act: Act, /, *, mention: Mention, **values: Any) -> Mention:
    """Correct what was read. Only what is not decided yet. Raises Conflict if somebody was quicker."""
    act.require(Right.BOOK_GIFTS, mention)
    if unknown := values.keys() - EDITABLE:
        raise ValueError(f"not a field of a mention: {sorted(unknown)}")
    _refuse_decided(mention)
    return act.correct(mention, str(_("审核时更正")), **values, doubts=[])


@action("book_mention", says=_("{officer}确认入账「{subject}」"))
def book_mention(act: Act, *, mention: Mention) -> Donation:
    """Book the gift that a mention speaks of, as told by its source; possible overlaps are proposed.

    Bodies are taken from the register where a name or a confirmed alias fits exactly one; otherwise
    the name stays as it is written. Raises Conflict if the mention is decided already.
    """
    act.require(Right.BOOK_GIFTS, mention)
    if mention.scope_of_figure != Scope.GIFT:
        raise Refused(_("合计与分档数不能入账,只能留作对照。"), "not_a_gift")
    _refuse_decided(mention)
    donation = _book(act.actor, mention)
    _decide(act, mention, MentionVerdict.BOOKED, donation=donation)
    return donation


@action("join_mention", says=_("{officer}将「{subject}」并入已有捐赠"))
def join_mention(act: Act, *, mention: Mention, donation: Donation) -> MentionDecision:
    """Say that a mention speaks of a gift that is in the book already: one gift, two mentions."""
    act.require(Right.BOOK_GIFTS, mention)
    act.require(Right.BOOK_GIFTS, donation)
    _refuse_decided(mention)
    return _decide(act, mention, MentionVerdict.JOINED, donation=donation.root)


@action("keep_as_statement", says=_("{officer}将「{subject}」留作对照"))
def keep_as_statement(act: Act, *, mention: Mention) -> Statement:
    """Keep a total or a tier as what its source states; it is compared, never added."""
    act.require(Right.BOOK_GIFTS, mention)
    if mention.scope_of_figure == Scope.GIFT:
        raise Refused(_("单笔捐赠请入账,不作总数。"), "not_a_total")
    _refuse_decided(mention)
    statement = statements.state_figure(
        act.actor,
        from_source=mention.from_source,
        subject=mention.donor,
        kind=mention.kind,
        scope_of_figure=mention.scope_of_figure,
        amount=mention.amount,
        count=mention.count,
        item=mention.item,
        covers_donor_kind=_covered_kind(mention),
        covers_body=_named(mention.donor),
        source_reference=mention.source_reference,
    )
    _decide(act, mention, MentionVerdict.STATED, statement=statement)
    return statement


@action("reject_mention", says=_("{officer}认定「{subject}」不是捐赠"))
def reject_mention(act: Act, *, mention: Mention, reason: str = "") -> MentionDecision:
    """Say that a mention is no gift."""
    act.require(Right.BOOK_GIFTS, mention)
    _refuse_decided(mention)
    return _decide(act, mention, MentionVerdict.REJECTED, reason=reason)


@action("undo_mention", says=_("{officer}撤回了对「{subject}」的处理"))
def undo_mention(act: Act, *, mention: Mention) -> None:
    """Take the standing decision back, and with it the gift or statement that it made.

    A gift that another mention speaks of too, that is published or has gone further, stays: Refused.
    """
    act.require(Right.BOOK_GIFTS, mention)
    decision = standing_decision(mention)
    if decision is None:
        raise Conflict
    reason = str(_("审核时撤回"))
    act.withdraw(decision, reason)
    if decision.verdict == MentionVerdict.BOOKED and decision.donation:
        others = (
            MentionDecision.objects.current()
            .filter(donation=decision.donation)
            .exclude(mention_id=mention.root_id)
            .exists()
        )
        if others:
            raise Refused(_("另有线报也说到这笔捐赠,请先撤回那一条的处理。"), "still_referred_to")
        newest = Donation.objects.current().get(root=decision.donation)
        donations.withdraw_donation(act.actor, donation=newest, reason=reason)
    if decision.verdict == MentionVerdict.STATED and decision.statement:
        newest_statement = Statement.objects.current().get(root=decision.statement)
        act.withdraw(newest_statement, reason)


def standing_decision(mention: Mention) -> MentionDecision | None:
    """The decision on a mention that stands, if any."""
    found: MentionDecision | None = (
        MentionDecision.objects.current().filter(mention_id=mention.root_id).first()
    )
    return found


def _refuse_decided(mention: Mention) -> None:
    if standing_decision(mention) is not None:
        raise Conflict(_("这一条已有人处理,请刷新后再看。"))


def _decide(act: Act, mention: Mention, verdict: MentionVerdict, **values: Any) -> MentionDecision:
    """Write the decision. Of two that come at once the database lets one in; the other is a Conflict."""
    withdrawn: MentionDecision | None = (
        MentionDecision.objects.newest().filter(mention_id=mention.root_id).first()
    )
    if withdrawn is not None:
        cleared = {"donation": None, "statement": None, "reason": "", **values}
        return act.correct(withdrawn, str(_("重新处理")), withdrawn=False, verdict=verdict, **cleared)
    decision = MentionDecision(
        response=mention.response,
        written_by=act.officer,
        mention_id=mention.root_id,
        verdict=verdict,
        **values,
    )
    try:
        with transaction.atomic():
            return act.add(decision)
    except (IntegrityError, ValidationError) as error:
        if MentionDecision.objects.filter(mention_id=mention.root_id).exists():
            raise Conflict(_("这一条已有人处理,请刷新后再看。")) from error
        raise


def _book(actor: Actor, mention: Mention) -> Donation:
    receive = donations.pledge_donation if mention.pledged else donations.receive_donation
    recipient, via = _named(mention.recipient), _named(mention.via)
    return receive(
        actor,
        response=mention.response,
        donor=Donor(
            name=mention.donor,
            kind=mention.donor_kind,
            body=_named(mention.donor) if mention.donor_kind != DonorKind.PERSON else None,
            naming=DonorNaming.NAMED if mention.donor else DonorNaming.UNKNOWN,
            count=mention.count,
        ),
        kind=mention.kind,
        amount=mention.amount,
        foreign=(mention.currency, mention.currency_value) if mention.currency else None,
        lines=_lines(mention),
        recipient=recipient,
        recipient_name="" if recipient else mention.recipient,
        via=via,
        via_name="" if via else mention.via,
        area=mention.from_source.area,
        evidence=Evidence.AS_TOLD,
        source=mention.source,
        source_reference=f"{mention.from_source_id}#{mention.position}",
    )


def _lines(mention: Mention) -> list[GoodsLine]:
    if mention.kind != GiftKind.GOODS:
        return []
    return [
        GoodsLine(
            item=mention.item or str(_("物资")),
            quantity=Decimal(mention.quantity) if mention.quantity is not None else None,
            quantity_bound=mention.quantity_bound,
            unit=mention.unit,
            stated_value=mention.amount if mention.value is not None else Amount(None, None),
        )
    ]


def _covered_kind(mention: Mention) -> str:
    return "" if mention.donor_kind == DonorKind.GROUP else str(mention.donor_kind)


def _named(name: str) -> Body | None:
    """The body of the register that bears this name (or a confirmed alias), if there is exactly one."""
    return the_body_called(name) if name else None
