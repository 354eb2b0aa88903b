"""Bank statements and payment-app bills: lines, and the gifts they are matched to."""

from datetime import date, datetime, time
from typing import ClassVar

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.records import Record
from lianfang.book.registers import new_id
from lianfang.book.rights import Scope as RightsScope
from lianfang.giving.models.donations import Channel, Donation
from lianfang.giving.models.imports import UploadedTable
from lianfang.people.models import Body


class LineDirection(models.TextChoices):
    IN = "in", _("收入")
    OUT = "out", _("支出")


class AccountKind(models.TextChoices):
    """Where the account is kept; the values are those of Channel."""

    BANK = Channel.BANK.value, _("银行账户")
    WECHAT = Channel.WECHAT.value, _("微信")
    ALIPAY = Channel.ALIPAY.value, _("支付宝")


class StatementDraft(models.Model):
    """A statement that was uploaded and whose columns nobody has confirmed yet. Struck the next day."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    table = models.OneToOneField(UploadedTable, on_delete=models.CASCADE, related_name="statement_draft")
    body = models.ForeignKey(Body, on_delete=models.CASCADE, related_name="+")
    account_name = models.CharField(max_length=80)
    account_kind = models.CharField(max_length=12, choices=AccountKind.choices, default=AccountKind.BANK)
    columns = models.JSONField(default=list)

    def __str__(self) -> str:
        return str(self.table)


class BankStatement(Record):
    """One file of lines of one account of a body. Recognised by `digest` when it comes again."""

    SCOPE_AREAS: ClassVar[tuple[str, ...]] = ("body__area",)
    SCOPE_BODIES: ClassVar[tuple[str, ...]] = ("body",)

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", verbose_name=_("账户单位"))
    account_name = models.CharField(_("账户"), max_length=80)
    account_kind = models.CharField(
        _("账户类别"), max_length=12, choices=AccountKind.choices, default=AccountKind.BANK
    )
    file_name = models.CharField(_("文件名"), max_length=200)
    digest = models.CharField(_("内容摘要(SHA-256)"), max_length=64)
    left_out = models.JSONField(_("未导入的行"), default=list, blank=True)
    seen_before = models.PositiveIntegerField(_("此前已导入的行数"), default=0)

    class Meta(Record.Meta):
        verbose_name = _("银行对账单")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["response", "body", "digest"],
                condition=models.Q(corrects__isnull=True),
                name="bank_statement_once",
                violation_error_message=_("这份对账单已经导入过。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_name} · {self.file_name}"

    def scope(self) -> RightsScope:
        return self.body.scope()


class BankLine(Record):
    """One line. `fingerprint` recognises it when another file of the account overlaps.

    Of the counterparty's account only the tail is kept.
    """

    personal: ClassVar[frozenset[str]] = frozenset({"counterparty_account"})

    statement = models.ForeignKey(BankStatement, on_delete=models.PROTECT, related_name="lines")
    row = models.PositiveIntegerField(_("行"))
    direction = models.CharField(_("收支"), max_length=3, choices=LineDirection.choices)
    value = models.DecimalField(_("金额(元)"), max_digits=16, decimal_places=2)
    counterparty = models.CharField(_("对方户名"), max_length=200, blank=True)
    counterparty_account = models.CharField(_("对方账号(尾号)"), max_length=40, blank=True)
    memo = models.CharField(_("摘要、附言"), max_length=300, blank=True)
    reference = models.CharField(_("流水号"), max_length=80, blank=True)
    fingerprint = models.CharField(max_length=64)

    class Meta(Record.Meta):
        verbose_name = _("流水")
        ordering = ["statement", "row"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["fingerprint"], condition=models.Q(corrects__isnull=True), name="bank_line_once"
            ),
        ]
        indexes = [models.Index(fields=["value"])]

    def __str__(self) -> str:
        return f"{self.counterparty} {self.value}"

    @property
    def told_at(self) -> date | datetime | None:
        """The moment of the line; only the day where its statement tells no hour."""
        if self.happened_at is None:
            return None
        local = timezone.localtime(self.happened_at)
        return local.date() if local.time() == time(0) else self.happened_at

    def scope(self) -> RightsScope:
        return self.statement.scope()


class BankMatch(Record):
    """A line is this gift's arrival, whole or in part. Undone by withdrawing."""

    line = models.ForeignKey(BankLine, on_delete=models.PROTECT, related_name="matches")
    donation = models.ForeignKey(Donation, on_delete=models.PROTECT, related_name="bank_matches")
    reasons = models.JSONField(_("依据"), default=list, blank=True)
    booked_new = models.BooleanField(_("按流水新登记"), default=False)

    class Meta(Record.Meta):
        verbose_name = _("流水与捐赠的对应")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["line", "donation"],
                condition=models.Q(corrects__isnull=True),
                name="bank_match_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.line} = {self.donation}"

    def scope(self) -> RightsScope:
        return self.line.scope()


class BankSetAside(Record):
    """A line that came in is no gift: interest, a refund, a fee. Undone by withdrawing."""

    line = models.ForeignKey(BankLine, on_delete=models.PROTECT, related_name="set_aside")
    reason = models.CharField(_("说明"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("不是捐赠的流水")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["line"], condition=models.Q(corrects__isnull=True), name="bank_set_aside_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.line)

    def scope(self) -> RightsScope:
        return self.line.scope()
