"""Donations (捐赠): one donor's one gift to one recipient, its goods line by line, its states."""

import secrets
from datetime import date
from decimal import Decimal
from typing import ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import MinValueValidator
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.records import Record
from lianfang.book.rights import Scope as RightsScope
from lianfang.engines.figures import UNKNOWN, Amount, Bound
from lianfang.giving.models.figures import BoundChoice, DonorKind, FigureColumns, GiftKind, measure_of
from lianfang.people.models import Area, Body, Person

# Letters and digits that cannot be taken for one another when read aloud or written by hand.
_CODE_ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_gift_code() -> str:
    """The short code by which a donor finds the own gift: 8 of 31 characters, about 40 bits."""
    return "".join(secrets.choice(_CODE_ALPHABET) for _place in range(8))


class DonorNaming(models.TextChoices):
    NAMED = "named", _("公开姓名(名称)")
    WITHHELD = "withheld", _("对外匿名")
    UNKNOWN = "unknown", _("不知姓名")


class Intent(models.TextChoices):
    UNSTATED = "", _("未说明")
    DIRECTED = "directed", _("定向")
    POOLED = "pooled", _("统筹")


class ReceiptRoute(models.TextChoices):
    DIRECT = "direct", _("直接接收")
    PASSED_ON = "passed_on", _("间接接收(转交)")


class Channel(models.TextChoices):
    UNKNOWN = "", _("未说明")
    BANK = "bank", _("银行转账")
    WECHAT = "wechat", _("微信")
    ALIPAY = "alipay", _("支付宝")
    CASH = "cash", _("现金")
    INTERMEDIARY = "intermediary", _("商会等经手")
    DELIVERY = "delivery", _("实物送达")


class Donation(Record, FigureColumns):
    """A gift as the book holds it.

    Four roles: the donor (a body, a person, or a name as told), the intermediary it came `via`,
    the `recipient` that takes it into its books, the `beneficiary` that uses it in the end.
    `recipient_name` keeps what was written where no body of the register is meant ("全县14家企事业单位").
    `code` is the donor's own, never published.
    """

    personal: ClassVar[frozenset[str]] = frozenset({"code"})
    # The paths by which `scope` is asked of many rows at once: hand them to `Reach.rows`.
    SCOPE_AREAS: ClassVar[tuple[str, ...]] = ("area", "recipient__area", "via__area")
    SCOPE_BODIES: ClassVar[tuple[str, ...]] = ("recipient", "via", "donor_body")

    donor_name = models.CharField(_("捐赠人"), max_length=200, blank=True)
    donor_kind = models.CharField(_("捐赠人类别"), max_length=12, choices=DonorKind.choices)
    donor_body = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="gifts_made",
        verbose_name=_("捐赠单位(名册)"),
    )
    donor_person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="gifts_made",
        verbose_name=_("捐赠个人(名册)"),
    )
    donor_count = models.PositiveIntegerField(_("捐赠人数"), null=True, blank=True)
    naming = models.CharField(
        _("公开方式"), max_length=8, choices=DonorNaming.choices, default=DonorNaming.NAMED
    )
    via = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="gifts_passed_on",
        verbose_name=_("经手单位"),
    )
    via_name = models.CharField(_("经手单位(原文)"), max_length=200, blank=True)
    recipient = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="gifts_received",
        verbose_name=_("接收单位"),
    )
    recipient_name = models.CharField(_("接收单位(原文)"), max_length=200, blank=True)
    beneficiary = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="gifts_used",
        verbose_name=_("最终使用单位"),
    )
    area = models.ForeignKey(
        Area,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="gifts",
        verbose_name=_("归入镇街"),
    )
    kind = models.CharField(_("款物"), max_length=5, choices=GiftKind.choices)
    intent = models.CharField(_("意向"), max_length=8, choices=Intent.choices, blank=True)
    purpose = models.CharField(_("用途"), max_length=200, blank=True)
    route = models.CharField(
        _("接收途径"), max_length=9, choices=ReceiptRoute.choices, default=ReceiptRoute.DIRECT
    )
    channel = models.CharField(_("渠道"), max_length=12, choices=Channel.choices, blank=True)
    receipt_wanted = models.BooleanField(_("需要票据"), default=True)
    code = models.CharField(_("查询码"), max_length=8, default=new_gift_code, editable=False, db_index=True)
    remark = models.CharField(_("备注"), max_length=300, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("捐赠")
        ordering = ["-happened_at", "-received_at"]
        indexes = [models.Index(fields=["donor_name"]), models.Index(fields=["response", "kind"])]

    def __str__(self) -> str:
        return f"{self.donor_name or _('(未具名)')} · {self.get_kind_display()}"

    def clean(self) -> None:
        super().clean()
        if not self.donor_name and self.naming == DonorNaming.NAMED:
            raise ValidationError(
                {
                    "donor_name": ValidationError(
                        _("请填写捐赠人;不知姓名的,请选「不知姓名」。"), code="required"
                    )
                }
            )

    @property
    def day(self) -> date | None:
        """The day of the gift in China; None where nobody told it."""
        return timezone.localdate(self.happened_at) if self.happened_at else None

    def scope(self) -> RightsScope:
        """A gift stands at its recipient, its intermediary, its giver, and in the town it is counted in."""
        return RightsScope.of(
            areas=[
                self.area_id,
                self.recipient.area_id if self.recipient else None,
                self.via.area_id if self.via else None,
            ],
            bodies=[self.recipient_id, self.via_id, self.donor_body_id],
        )


class DonationLine(Record):
    """One article of a gift of goods. `donation` is the root of the gift's versions."""

    donation = models.ForeignKey(Donation, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveSmallIntegerField(_("行"), default=1)
    item = models.CharField(_("物资名称"), max_length=200)
    specification = models.CharField(_("规格型号、标准"), max_length=120, blank=True)
    quantity = models.DecimalField(
        _("数量"),
        max_digits=18,
        decimal_places=4,
        null=True,
        blank=True,
        validators=[MinValueValidator(0, _("数量不能为负。"))],
    )
    quantity_bound = models.CharField(_("数量约数"), max_length=6, choices=BoundChoice.choices, blank=True)
    unit = models.CharField(_("计量单位"), max_length=20, blank=True)
    stated_value = models.DecimalField(
        _("折价(元)"),
        max_digits=16,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(0, _("折价不能为负。"))],
    )
    stated_value_bound = models.CharField(
        _("折价约数"), max_length=6, choices=BoundChoice.choices, blank=True
    )
    value_basis = models.CharField(
        _("价值依据"), max_length=120, blank=True, help_text=_("发票、合同、市场价、捐赠人说明")
    )
    expires_on = models.DateField(_("有效期至"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("捐赠物资明细")
        ordering = ["donation", "position"]

    def __str__(self) -> str:
        return self.item

    @property
    def measure(self) -> str:
        """How many, as it was told: 28000余只, 近40桶; empty where nobody told."""
        return measure_of(self.quantity, self.quantity_bound, self.unit)

    @property
    def worth(self) -> Amount:
        """The value stated for it; unknown where none was."""
        if self.stated_value is None:
            return UNKNOWN
        return Amount(Decimal(self.stated_value), Bound(self.stated_value_bound or Bound.EXACT))

    def scope(self) -> RightsScope:
        return self.donation.scope()


class DonationState(models.TextChoices):
    PLEDGED = "pledged", _("认捐")
    RECEIVED = "received", _("到账、接收")
    ALLOCATED = "allocated", _("已分配")
    HANDED_OVER = "handed_over", _("已交付")
    LAPSED = "lapsed", _("认捐未兑现")


class Evidence(models.TextChoices):
    AS_TOLD = "as_told", _("据来源所述")
    BANK_LINE = "bank_line", _("银行(支付)流水")
    COUNTED = "counted", _("清点验收")
    SIGNED = "signed", _("签收单")


class DonationStep(Record):
    """A gift reached a state: on which day (`happened_at`, null if not told), told or seen by whom."""

    donation = models.ForeignKey(Donation, on_delete=models.PROTECT, related_name="steps")
    state = models.CharField(_("状态"), max_length=11, choices=DonationState.choices)
    evidence = models.CharField(_("凭据"), max_length=9, choices=Evidence.choices, default=Evidence.AS_TOLD)
    person_name = models.CharField(_("经办人"), max_length=80, blank=True)
    to_body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("去向单位")
    )
    remark = models.CharField(_("备注"), max_length=300, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("捐赠状态")
        ordering = ["donation", "received_at"]

    def __str__(self) -> str:
        return f"{self.donation}: {self.get_state_display()}"

    @property
    def day(self) -> date | None:
        """The day in China on which the state was reached; None where nobody told it."""
        return timezone.localdate(self.happened_at) if self.happened_at else None

    def scope(self) -> RightsScope:
        return self.donation.scope()
