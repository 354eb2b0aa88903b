"""Totals and tiers that a source states: kept beside the book, compared, never added."""

from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import field_error
from lianfang.book.rights import Right
from lianfang.engines.figures import Amount
from lianfang.giving.models import GiftSource, Scope, Statement
from lianfang.giving.models.figures import amount_columns
from lianfang.people.models import Body


@action("state_figure", says=_("{officer}将「{subject}」留作对照"))
def state_figure(
    act: Act,
    *,
    from_source: GiftSource,
    subject: str,
    kind: str,
    scope_of_figure: str,
    amount: Amount,
    count: int | None = None,
    item: str = "",
    qualifier: str = "",
    covers_donor_kind: str = "",
    covers_body: Body | None = None,
    source_reference: str = "",
) -> Statement:
    """Keep a total or a tier as its source states it. Raises ValidationError."""
    act.require(Right.BOOK_GIFTS, from_source)
    if scope_of_figure == Scope.GIFT:
        raise field_error("scope_of_figure", _("单笔捐赠请入账,不作总数。"), "not_a_total")
    return act.add(
        Statement(
            response=from_source.response,
            written_by=act.officer,
            from_source=from_source,
            subject=subject,
            kind=kind,
            scope_of_figure=scope_of_figure,
            count=count,
            item=item,
            qualifier=qualifier,
            covers_donor_kind=covers_donor_kind,
            covers_body=covers_body,
            source=from_source.source,
            source_reference=source_reference,
            **amount_columns(amount),
        )
    )
