"""Totals and tiers that a source states: kept to be compared with the book, never added to it."""

from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import Conflict, Refused, field_error
from lianfang.book.rights import Right
from lianfang.engines.figures import UNKNOWN, Amount
from lianfang.giving.models import GiftSource, MentionDecision, Scope, Statement
from lianfang.giving.models.figures import amount_columns
from lianfang.people.models import Body


@action("state_figure", says=_("{officer}登记了来源所称的数:{subject}"))
def state_figure(
    act: Act,
    *,
    from_source: GiftSource,
    subject: str,
    kind: str,
    scope_of_figure: str,
    amount: Amount = UNKNOWN,
    count: int | None = None,
    item: str = "",
    qualifier: str = "",
    covers_donor_kind: str = "",
    covers_body: Body | None = None,
    source_reference: str = "",
    id: UUID | None = None,
) -> Statement:
    """Keep a total (2000余万元) or a tier (30 givers above 10万元) as its source states it.

    `covers_donor_kind` and `covers_body` say with which gifts of the book it is compared. With an `id`
    that is in the book already, nothing is written. Raises ValidationError, NotAllowed.
    """
    act.require(Right.BOOK_GIFTS, from_source)
    known: Statement | None = Statement.objects.newest().filter(root=id).first() if id else None
    if known:
        return known
    if scope_of_figure not in {Scope.TOTAL, Scope.TIER}:
        raise field_error("scope_of_figure", _("单笔捐赠请登记为捐赠,这里只留合计与分档。"), "not_a_total")
    if scope_of_figure == Scope.TIER and not count:
        raise field_error("count", _("分档统计请写明家数或人数。"), "required")
    if scope_of_figure == Scope.TIER and amount.value is None:
        raise field_error("value", _("分档统计请写明以多少元为界。"), "required")
    if amount.currency != "CNY":
        raise field_error("value", _("这里填人民币金额。"), "foreign_in_yuan")
    statement = Statement(
        from_source=from_source,
        subject=subject.strip(),
        kind=kind,
        scope_of_figure=scope_of_figure,
        **amount_columns(amount),
        count=count,
        item=item.strip(),
        qualifier=qualifier.strip(),
        covers_donor_kind=covers_donor_kind,
        covers_body=covers_body,
        source=from_source.source,
        source_reference=source_reference,
        happened_at=from_source.happened_at,
        response=from_source.response,
        rule_profile=from_source.rule_profile,
        written_by=act.officer,
        written_at=act.at,
    )
    if id:
        statement.id = statement.root_id = id
    return act.add(statement)


@action("set_coverage", says=_("{officer}改了对照范围:{subject}"))
def set_coverage(
    act: Act, *, statement: Statement, covers_donor_kind: str, covers_body: Body | None, reason: str
) -> Statement:
    """Say anew with which gifts of the book a statement is compared. Raises Conflict, ValidationError."""
    act.require(Right.BOOK_GIFTS, statement.from_source)
    return act.correct(statement, reason, covers_donor_kind=covers_donor_kind, covers_body=covers_body)


@action("withdraw_statement", says=_("{officer}撤销了来源所称的数:{subject}"))
def withdraw_statement(act: Act, *, statement: Statement, reason: str) -> Statement:
    """A statement was read wrongly. Raises Refused (`mentioned`) while a mention's decision made it."""
    act.require(Right.BOOK_GIFTS, statement.from_source)
    if statement.withdrawn:
        raise Conflict
    if MentionDecision.objects.current().filter(statement=statement.root_id).exists():
        raise Refused(_("它由来源材料中的一条提及而来,请在审核页撤销那一条的处理。"), "mentioned")
    return act.withdraw(statement, reason)
