"""Thanking donors: letters and certificates with a code by which anybody can see that they are real.

They are no receipts: official receipts are issued by entitled bodies only.
"""

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianfang.book.actions import Act, action
from lianfang.book.errors import Refused, field_error
from lianfang.book.rights import Right
from lianfang.giving.models import (
    Acknowledgement,
    AcknowledgementKind,
    Donation,
    DonationState,
    DonationStep,
)
from lianfang.giving.queries.acknowledgements import amount_in_words, next_number
from lianfang.people.models import Body


@action("issue_acknowledgement", says=gettext_lazy("{officer}出具了{subject}"))
def issue_acknowledgement(
    act: Act, *, donation: Donation, issuer: Body, kind: str, addressee: str, text: str, number: str = ""
) -> Acknowledgement:
    """Thank for a gift that has arrived. The number is the issuer's next one unless given.

    Raises Refused (`not_received`, `gift_withdrawn`), ValidationError, NotAllowed.
    """
    act.require(Right.BOOK_GIFTS, issuer)
    gift: Donation = (
        Donation.objects.newest().select_related("recipient", "via", "response").get(root=donation.root_id)
    )
    act.require(Right.BOOK_GIFTS, gift)
    if gift.withdrawn:
        raise Refused(_("这笔捐赠已撤销。"), "gift_withdrawn")
    arrived = DonationStep.objects.current().filter(donation=gift.root_id, state=DonationState.RECEIVED)
    if not arrived.exists():
        raise Refused(_("这笔捐赠还没有到账、接收,收到以后再出具感谢信、证书。"), "not_received")
    if kind not in AcknowledgementKind.values:
        raise field_error("kind", _("请选择感谢信或捐赠证书。"), "invalid_choice")
    return act.add(
        Acknowledgement(
            response=gift.response,
            kind=kind,
            issuer=issuer,
            number=number.strip() or next_number(issuer, kind, act.at),
            donation_id=gift.root_id,
            addressee=addressee.strip(),
            amount_text=amount_in_words(gift)[:300],
            text=text.strip(),
            happened_at=act.at,
            written_by=act.officer,
            written_at=act.at,
        )
    )


@action("withdraw_acknowledgement", says=gettext_lazy("{officer}收回了{subject}"))
def withdraw_acknowledgement(act: Act, *, acknowledgement: Acknowledgement, reason: str) -> Acknowledgement:
    """Take a paper back: whoever checks it is told so. Raises Conflict, ValidationError, NotAllowed."""
    act.require(Right.BOOK_GIFTS, acknowledgement.issuer)
    return act.withdraw(acknowledgement, reason)
