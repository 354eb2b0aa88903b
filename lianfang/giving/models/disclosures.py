"""Disclosure (公示): numbered publications, frozen when they go out; corrections by published statement."""

from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.records import Record
from lianfang.book.registers import Register
from lianfang.book.rights import Scope as RightsScope
from lianfang.engines.figures import Amount, Bound
from lianfang.giving.models.donations import (
    Channel,
    Donation,
    DonationState,
    DonorNaming,
    Intent,
    ReceiptRoute,
    new_gift_code,
)
from lianfang.giving.models.figures import BoundChoice, DonorKind, GiftKind
from lianfang.people.models import Body, Officer


class DisclosureState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    REVIEWED = "reviewed", _("已复核")
    PUBLISHED = "published", _("已发布")
    DISCARDED = "discarded", _("已作废")


class Coverage(models.TextChoices):
    """Whose gifts a publication lists."""

    OWN = "own", _("本单位接收、经手的捐赠")
    AREA = "area", _("本属地各单位接收、经手的捐赠")


class Counting(models.TextChoices):
    """Whether a published line counts in the sums beside it."""

    COUNTED = "counted", _("计入合计")
    WITHIN = "within", _("已含在另一笔之内,不重复计入")
    DOUBTFUL = "doubtful", _("可能与另一笔重复,待核实")


class Disclosure(Register):
    """Publication no. n of a body: window, cut-off, new and cumulative figures, the list.

    While a draft, its lines are read from the book. The reviewer's digest says what the reviewer saw.
    When it is published, lines and figures are frozen with a digest, and nothing in it changes any more.
    """

    response = models.ForeignKey("book.Response", on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="disclosures", verbose_name=_("公示单位")
    )
    number = models.PositiveIntegerField(_("期号"))
    title = models.CharField(_("标题"), max_length=200)
    window_from = models.DateTimeField(_("起"))
    window_to = models.DateTimeField(_("截止"))
    coverage = models.CharField(_("范围"), max_length=4, choices=Coverage.choices, default=Coverage.OWN)
    state = models.CharField(
        _("状态"), max_length=9, choices=DisclosureState.choices, default=DisclosureState.DRAFT
    )
    prepared_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="+", verbose_name=_("填报人")
    )
    reviewed_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("复核人")
    )
    reviewed_at = models.DateTimeField(_("复核时间"), null=True, blank=True)
    published_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("发布人")
    )
    published_at = models.DateTimeField(_("发布时间"), null=True, blank=True)
    remark = models.TextField(_("说明"), blank=True)
    figures = models.JSONField(_("汇总数"), default=dict, blank=True)
    digest = models.CharField(_("内容摘要(SHA-256)"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("公示")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "body", "number"],
                condition=~models.Q(state=DisclosureState.DISCARDED),
                name="disclosure_number_once",
                violation_error_message=_("这个期号已经用过。"),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def scope(self) -> RightsScope:
        return self.body.scope()


class DisclosureLine(models.Model):
    """A published line, frozen. A gift stands in one publication of a body only.

    `donor` is the name as published; `value_text` and `goods` as printed; the figures beside them are for
    the sums and for open data. Nothing here leads to a donor who wants to stay unnamed: the code by which
    the donor finds the own line is kept as a keyed index.
    """

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField(_("序号"))
    donation = models.ForeignKey(Donation, on_delete=models.PROTECT, related_name="+")
    code_index = models.CharField(max_length=65, db_index=True)
    given_on = models.DateField(_("捐赠时间"), null=True, blank=True)
    late = models.BooleanField(_("往期补录"), default=False)
    donor = models.CharField(_("捐赠人"), max_length=200)
    naming = models.CharField(
        _("公开方式"), max_length=8, choices=DonorNaming.choices, default=DonorNaming.NAMED
    )
    donor_kind = models.CharField(_("捐赠人类别"), max_length=12, choices=DonorKind.choices)
    donor_count = models.PositiveIntegerField(_("捐赠人数"), null=True, blank=True)
    kind = models.CharField(_("款物"), max_length=5, choices=GiftKind.choices)
    value = models.DecimalField(_("金额(元)"), max_digits=16, decimal_places=2, null=True, blank=True)
    bound = models.CharField(_("约数"), max_length=6, choices=BoundChoice.choices, blank=True)
    currency = models.CharField(_("外币"), max_length=3, blank=True)
    currency_value = models.DecimalField(
        _("外币金额"), max_digits=16, decimal_places=2, null=True, blank=True
    )
    value_text = models.CharField(_("金额"), max_length=120, blank=True)
    goods = models.TextField(_("物资"), blank=True)
    intent = models.CharField(_("意向"), max_length=8, choices=Intent.choices, blank=True)
    purpose = models.CharField(_("定向用途"), max_length=200, blank=True)
    recipient = models.CharField(_("接收单位"), max_length=200, blank=True)
    beneficiary = models.CharField(_("最终使用单位"), max_length=200, blank=True)
    via = models.CharField(_("经手单位"), max_length=200, blank=True)
    town = models.CharField(_("镇街"), max_length=60, blank=True)
    channel = models.CharField(_("渠道"), max_length=12, choices=Channel.choices, blank=True)
    route = models.CharField(
        _("接收途径"), max_length=9, choices=ReceiptRoute.choices, default=ReceiptRoute.DIRECT
    )
    reached = models.CharField(
        _("去向"), max_length=11, choices=DonationState.choices, default=DonationState.RECEIVED
    )
    receipt_number = models.CharField(_("票据号"), max_length=20, blank=True)
    counting = models.CharField(_("计入"), max_length=8, choices=Counting.choices, default=Counting.COUNTED)
    counted_with = models.CharField(_("与之相关的一笔"), max_length=40, blank=True)

    class Meta:
        verbose_name = _("公示明细")
        ordering = ["disclosure", "position"]
        constraints = [
            models.UniqueConstraint(fields=["disclosure", "position"], name="disclosure_line_position_once"),
            models.UniqueConstraint(fields=["disclosure", "donation"], name="disclosure_line_once_a_gift"),
        ]

    def __str__(self) -> str:
        return f"{self.position} {self.donor}"

    @property
    def amount(self) -> Amount:
        """The money of the line: yuan, else the foreign sum, else unknown."""
        if self.value is not None:
            return Amount(Decimal(self.value), Bound(self.bound or Bound.EXACT))
        if self.currency and self.currency_value is not None:
            return Amount(Decimal(self.currency_value), Bound.EXACT, currency=self.currency)
        return Amount(None, None)


class CorrectionState(models.TextChoices):
    PROPOSED = "proposed", _("待发布")
    PUBLISHED = "published", _("已发布")
    REFUSED = "refused", _("不予更正")


class CorrectionEffect(models.TextChoices):
    AMEND = "amend", _("更正内容")
    WITHDRAW = "withdraw", _("撤销这一笔")
    WORDS = "words", _("只作说明,不改明细")


class CorrectionProposal(Register):
    """A correction of what is published, worded by one officer, waiting for another to publish it.

    `changes` holds the parts of the gift that are to change (see `lianfang.giving.amending`).
    """

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="proposals")
    line = models.ForeignKey(
        DisclosureLine, on_delete=models.PROTECT, null=True, blank=True, related_name="proposals"
    )
    effect = models.CharField(_("更正方式"), max_length=8, choices=CorrectionEffect.choices)
    changes = models.JSONField(_("更正的内容"), default=dict, blank=True)
    was = models.TextField(_("原公示内容"))
    now = models.TextField(_("更正为"))
    why = models.TextField(_("更正原因"))
    state = models.CharField(
        _("状态"), max_length=9, choices=CorrectionState.choices, default=CorrectionState.PROPOSED
    )
    proposed_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="+", verbose_name=_("提出人")
    )
    decided_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("处理人")
    )
    decided_at = models.DateTimeField(_("处理时间"), null=True, blank=True)
    refusal = models.CharField(_("不予更正的理由"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("更正申请")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.disclosure} {self.get_effect_display()}"

    def scope(self) -> RightsScope:
        return self.disclosure.scope()


class CorrectionStatement(Record):
    """A published account of what was wrong in a publication and what is right (更正说明).

    `after` holds the columns of the line as they read from now on (empty: wording only), `figures` the
    sums of the publication and of all publications of the body after it. What was frozen stays as it was.
    """

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="corrections_published")
    number = models.PositiveIntegerField(_("更正编号"))
    line = models.ForeignKey(
        DisclosureLine, on_delete=models.PROTECT, null=True, blank=True, related_name="corrections_published"
    )
    was = models.TextField(_("原公示内容"))
    now = models.TextField(_("更正为"))
    why = models.TextField(_("更正原因"))
    effect = models.CharField(
        _("更正方式"), max_length=8, choices=CorrectionEffect.choices, default=CorrectionEffect.WORDS
    )
    after = models.JSONField(_("更正后的明细"), default=dict, blank=True)
    figures = models.JSONField(_("更正后的汇总数"), default=dict, blank=True)
    approved_by = models.ForeignKey(Officer, on_delete=models.PROTECT, related_name="+")

    class Meta(Record.Meta):
        verbose_name = _("更正说明")
        ordering = ["disclosure", "number"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(fields=["disclosure", "number"], name="correction_statement_number_once"),
        ]

    def __str__(self) -> str:
        return f"{self.disclosure} 更正{self.number}"

    def scope(self) -> RightsScope:
        return self.disclosure.scope()


class AcknowledgementKind(models.TextChoices):
    LETTER = "letter", _("感谢信")
    CERTIFICATE = "certificate", _("捐赠证书")


class Acknowledgement(Record):
    """A letter or certificate that went to a donor; its QR leads to a page that says whether it is real."""

    kind = models.CharField(_("类别"), max_length=11, choices=AcknowledgementKind.choices)
    issuer = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", verbose_name=_("致谢单位"))
    number = models.CharField(_("编号"), max_length=40)
    donation = models.ForeignKey(Donation, on_delete=models.PROTECT, related_name="acknowledgements")
    addressee = models.CharField(_("致"), max_length=200)
    check_code = models.CharField(
        _("核验码"), max_length=8, default=new_gift_code, editable=False, db_index=True
    )
    amount_text = models.CharField(_("捐赠内容"), max_length=300, blank=True)
    text = models.TextField(_("正文"))

    class Meta(Record.Meta):
        verbose_name = _("感谢信、证书")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["issuer", "number"],
                condition=models.Q(corrects__isnull=True),
                name="acknowledgement_number_once",
                violation_error_message=_("这个编号已经用过。"),
            ),
            models.UniqueConstraint(
                fields=["check_code"],
                condition=models.Q(corrects__isnull=True),
                name="acknowledgement_check_code_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    def scope(self) -> RightsScope:
        return self.issuer.scope()
