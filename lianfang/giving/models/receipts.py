"""Official receipts (公益事业捐赠票据): numbered vouchers of an entitled body."""

from decimal import Decimal

from django.core.validators import MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.records import Record
from lianfang.book.rights import Scope as RightsScope
from lianfang.giving.models.donations import Donation
from lianfang.people.models import Body


class DonationReceipt(Record):
    """A voucher with its number. Voiding withdraws it with a reason; the number stays in the sequence."""

    issuer = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="receipts", verbose_name=_("开具单位")
    )
    form_code = models.CharField(_("票据代码"), max_length=20, blank=True)
    number = models.CharField(_("票据号码"), max_length=20)
    donation = models.ForeignKey(Donation, on_delete=models.PROTECT, related_name="receipts")
    payer = models.CharField(_("交款人"), max_length=200)
    value = models.DecimalField(
        _("金额(元)"),
        max_digits=16,
        decimal_places=2,
        validators=[MinValueValidator(Decimal("0.01"), _("金额应大于 0。"))],
    )
    issued_on = models.DateField(_("开具日期"))

    class Meta(Record.Meta):
        verbose_name = _("捐赠票据")
        ordering = ["issuer", "form_code", "number"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["issuer", "form_code", "number"],
                condition=models.Q(corrects__isnull=True),
                name="receipt_number_once_an_issuer",
                violation_error_message=_("这个票据号码已经用过(作废的号码也不能再用)。"),
            ),
        ]

    def __str__(self) -> str:
        return f"№ {self.number}"

    def scope(self) -> RightsScope:
        return self.issuer.scope()
