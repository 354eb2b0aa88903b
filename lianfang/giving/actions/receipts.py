"""Official receipts (公益事业捐赠票据): issued under a number, voided under the same number."""

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianfang.book.actions import Act, action
from lianfang.book.errors import Refused, field_error
from lianfang.book.rights import Right
from lianfang.giving.models import (
    Donation,
    DonationReceipt,
    DonationState,
    DonationStep,
    DonorNaming,
    GiftKind,
)
from lianfang.people.models import Body


@action("issue_receipt", says=gettext_lazy("{officer}开具了票据 {subject}"))
def issue_receipt(
    act: Act,
    *,
    donation: Donation,
    issuer: Body,
    number: str,
    issued_on: date,
    form_code: str = "",
    payer: str = "",
    id: UUID | None = None,
) -> DonationReceipt:
    """Issue the official voucher for a gift that has arrived, over its exact value.

    Only a body that may issue receipts issues them (governments from county level up and their
    departments, public-welfare institutions and public-welfare social organisations: measures for the use
    of public-welfare donation receipts). A number is used once an issuer, also when it is voided.
    `payer` is the donor's name unless another is given. Raises Refused (`not_an_issuer`, `not_arrived`,
    `receipt_stands`, `gift_withdrawn`), ValidationError (a number used before, a gift without an exact
    value), NotAllowed.
    """
    act.require(Right.BOOK_GIFTS, issuer)
    gift = Donation.objects.newest().select_related("recipient", "via", "response").get(root=donation.root_id)
    act.require(Right.BOOK_GIFTS, gift)
    known: DonationReceipt | None = DonationReceipt.objects.newest().filter(root=id).first() if id else None
    if known:
        return known
    _check_gift(gift, issuer)
    if not number.strip():
        raise field_error("number", _("请填写票据号码。"), "required")
    if issued_on > timezone.localdate(act.at):
        raise field_error("issued_on", _("开具日期在将来,请核对。"), "in_future")
    name = payer.strip() or gift.donor_name
    if not name:
        raise field_error("payer", _("请填写交款人;不知姓名的,可写「匿名」。"), "required")
    receipt = DonationReceipt(
        issuer=issuer,
        form_code=form_code.strip(),
        number=number.strip(),
        donation_id=gift.root_id,
        payer=name,
        value=gift.value,
        issued_on=issued_on,
        response=gift.response,
        rule_profile_id=gift.rule_profile_id,
        written_by=act.officer,
        written_at=act.at,
    )
    if id:
        receipt.id = receipt.root_id = id
    return act.add(receipt)


@action("void_receipt", says=gettext_lazy("{officer}作废了票据 {subject}"))
def void_receipt(act: Act, *, receipt: DonationReceipt, reason: str) -> DonationReceipt:
    """Void a receipt: its number stays in the sequence and is not used again.

    Raises Refused (`voided`), Conflict, ValidationError (no reason), NotAllowed.
    """
    act.require(Right.BOOK_GIFTS, receipt.issuer)
    if receipt.withdrawn:
        raise Refused(_("这张票据已经作废。"), "voided")
    return act.withdraw(receipt, reason)


def _check_gift(gift: Donation, issuer: Body) -> None:
    if gift.withdrawn:
        raise Refused(_("这笔捐赠已撤销。"), "gift_withdrawn")
    if not issuer.may_issue_receipts:
        raise Refused(
            _("「%(body)s」不能开具公益事业捐赠票据。商会、联盟、镇政府收到的捐赠,请由有资格的接收单位开具。")
            % {"body": issuer.name},
            "not_an_issuer",
        )
    arrived = DonationStep.objects.current().filter(donation=gift.root_id, state=DonationState.RECEIVED)
    if not arrived.exists():
        raise Refused(_("捐赠尚未到账、接收,不能开票。"), "not_arrived")
    standing = DonationReceipt.objects.current().filter(donation=gift.root_id).first()
    if standing:
        raise Refused(_("这笔捐赠已开票据 № %(number)s。") % {"number": standing.number}, "receipt_stands")
    if gift.value is None or gift.bound != "exact":
        what = _("折价") if gift.kind == GiftKind.GOODS else _("金额")
        raise field_error(
            "value", _("票据须有确数:请先核实这笔捐赠的%(what)s并更正。") % {"what": what}, "value_not_exact"
        )
    if gift.naming == DonorNaming.UNKNOWN and not gift.receipt_wanted:
        raise Refused(_("这笔捐赠不知捐赠人,也未要求票据。"), "not_wanted")
