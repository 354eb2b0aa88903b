"""The ledger in the navigation, in today's work, in the search, and in `lianfang check`."""

from collections.abc import Iterator

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.desk.navigation import Section, entry
from lianfang.desk.rendering import amount_text
from lianfang.desk.searching import Hit, searched
from lianfang.desk.today import Item, todays_work
from lianfang.giving import walks
from lianfang.giving.models import DonationState, DonationStep, GiftKind
from lianfang.giving.queries.ledger import visible_donations
from lianfang.giving.queries.overlaps import undecided, visible_pairs
from lianfang.giving.queries.receipts import gifts_without_receipt
from lianfang.giving.views.ledger import gifts_found, money_of
from lianfang.people.models import Officer

__all__ = ["walks"]

entry(_("捐赠台账"), "giving:ledger", Right.READ_BOOK, Section.GIVING, 20, icon="journal-text")
entry(_("疑似重复"), "giving:overlaps", Right.READ_BOOK, Section.GIVING, 30, icon="intersect")
entry(_("捐赠数字"), "giving:figures", Right.READ_BOOK, Section.GIVING, 40, icon="bar-chart")
entry(_("来源所称的数"), "giving:statements", Right.READ_BOOK, Section.GIVING, 45, icon="chat-left-quote")
entry(_("票据簿"), "giving:receipts", Right.READ_BOOK, Section.GIVING, 60, icon="receipt")


@todays_work
def pairs_to_decide(officer: Officer, response: Response) -> Iterator[Item]:
    """Pairs that may be the same money, for those who may decide."""
    if officer.may(Right.DECIDE_GIFTS):
        waiting = undecided(visible_pairs(officer, response)).count()
        detail = _("判定之前,合计是一个范围。")
        yield Item(_("疑似重复待判定"), waiting, reverse("giving:overlaps"), detail=detail)


@todays_work
def gifts_to_look_after(officer: Officer, response: Response) -> Iterator[Item]:
    """Pledges that have not arrived, goods without a value, gifts whose receipt is due."""
    if not officer.may(Right.BOOK_GIFTS):
        return
    ledger = reverse("giving:ledger")
    gifts = visible_donations(officer, response).select_related(None)
    steps = DonationStep.objects.current().filter(donation=OuterRef("root"))
    arrived = steps.filter(state=DonationState.RECEIVED)
    over = steps.filter(state__in=[DonationState.RECEIVED, DonationState.LAPSED])
    pledged = gifts.filter(~Exists(over)).count()
    unvalued = gifts.filter(Exists(arrived), kind=GiftKind.GOODS, value=None).count()
    yield Item(_("认捐未到"), pledged, f"{ledger}?state=pledged")
    yield Item(
        _("捐物没有折价"), unvalued, f"{ledger}?look=no_value", detail=_("没有凭据的不要估,留空即可。")
    )
    yield Item(
        _("收到而未开票据"), gifts_without_receipt(officer, response).count(), f"{ledger}?look=no_receipt"
    )


@searched(_("捐赠"), order=20)
def gifts(officer: Officer, typed: str, limit: int) -> Iterator[Hit]:
    """Gifts by giver (also by pinyin), article, bodies on the way; the newest first."""
    response = Response.objects.first()
    for gift in gifts_found(visible_donations(officer, response), typed).order_by("-received_at")[:limit]:
        where = gift.recipient_name or gift.via_name
        detail = " · ".join(
            part for part in (str(gift.get_kind_display()), amount_text(money_of(gift)), where) if part
        )
        yield Hit(
            gift.donor_name or str(_("(未具名)")), reverse("giving:donation", args=[gift.root_id]), detail
        )
