"""Disclosure (公示): numbered publications, frozen when they go out; corrections by published statement."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.records import Record
from lianfang.book.registers import Register
from lianfang.book.rights import Scope as RightsScope
from lianfang.giving.models.donations import Donation, new_gift_code
from lianfang.people.models import Body, Officer


class DisclosureState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    REVIEWED = "reviewed", _("已复核")
    PUBLISHED = "published", _("已发布")
    DISCARDED = "discarded", _("已作废")


class Disclosure(Register):
    """Publication no. n of a body: window, cut-off, new and cumulative figures, the list.

    While a draft, its lines are read from the book; when it is published, lines and figures are
    frozen with a digest, and nothing in it changes any more.
    """

    response = models.ForeignKey("book.Response", on_delete=models.PROTECT, related_name="+")
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="disclosures", verbose_name=_("公示单位")
    )
    number = models.PositiveIntegerField(_("期号"))
    title = models.CharField(_("标题"), max_length=200)
    window_from = models.DateTimeField(_("起"))
    window_to = models.DateTimeField(_("截止"))
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

    `donor` is the name as published; `value_text`, `goods` as printed; the figures beside for open data.
    """

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="lines")
    position = models.PositiveIntegerField(_("序号"))
    donation = models.ForeignKey(Donation, on_delete=models.PROTECT, related_name="+")
    code_index = models.CharField(max_length=65, db_index=True)
    given_on = models.DateField(_("捐赠时间"), null=True, blank=True)
    donor = models.CharField(_("捐赠人"), max_length=200)
    donor_kind = models.CharField(_("捐赠人类别"), max_length=12)
    kind = models.CharField(_("款物"), max_length=5)
    value = models.DecimalField(max_digits=16, decimal_places=2, null=True, blank=True)
    bound = models.CharField(max_length=6, blank=True)
    value_text = models.CharField(_("金额"), max_length=60, blank=True)
    goods = models.TextField(_("物资"), blank=True)
    intent = models.CharField(_("意向"), max_length=8, blank=True)
    recipient = models.CharField(_("接收单位"), max_length=200, blank=True)
    via = models.CharField(_("经手单位"), max_length=200, blank=True)
    town = models.CharField(_("镇街"), max_length=60, blank=True)
    channel = models.CharField(_("渠道"), max_length=12, blank=True)
    receipt_number = models.CharField(_("票据号"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("公示明细")
        ordering = ["disclosure", "position"]
        constraints = [
            models.UniqueConstraint(fields=["disclosure", "position"], name="disclosure_line_position_once"),
            models.UniqueConstraint(fields=["disclosure", "donation"], name="disclosure_line_once_a_gift"),
        ]
        indexes = [models.Index(fields=["disclosure", "donor"])]

    def __str__(self) -> str:
        return f"{self.position} {self.donor}"


class CorrectionStatement(Record):
    """A published account of what was wrong in a publication and what is right (更正说明)."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="corrections_published")
    number = models.PositiveIntegerField(_("更正编号"))
    line = models.ForeignKey(
        DisclosureLine, on_delete=models.PROTECT, null=True, blank=True, related_name="corrections_published"
    )
    was = models.TextField(_("原公示内容"))
    now = models.TextField(_("更正为"))
    why = models.TextField(_("更正原因"))
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
        _("核验码"), max_length=8, default=new_gift_code, editable=False, unique=True
    )
    text = models.TextField(_("正文"))

    class Meta(Record.Meta):
        verbose_name = _("感谢信、证书")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["issuer", "number"],
                condition=models.Q(corrects__isnull=True),
                name="acknowledgement_number_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_kind_display()} {self.number}"

    def scope(self) -> RightsScope:
        return self.issuer.scope()
