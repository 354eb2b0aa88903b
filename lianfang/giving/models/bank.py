"""Bank statements and payment-app bills: lines, and the gifts they are matched to."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.records import Record
from lianfang.book.rights import Scope as RightsScope
from lianfang.giving.models.donations import Donation
from lianfang.people.models import Body


class LineDirection(models.TextChoices):
    IN = "in", _("收入")
    OUT = "out", _("支出")


class BankStatement(Record):
    """One file of lines of one account of a body. Recognised by `digest` when it comes again."""

    body = models.ForeignKey(Body, on_delete=models.PROTECT, related_name="+", verbose_name=_("账户单位"))
    account_name = models.CharField(_("账户"), max_length=80)
    file_name = models.CharField(_("文件名"), max_length=200)
    digest = models.CharField(_("内容摘要(SHA-256)"), max_length=64)
    left_out = models.JSONField(_("未导入的行"), default=list, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("银行对账单")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["body", "digest"],
                condition=models.Q(corrects__isnull=True),
                name="bank_statement_once",
                violation_error_message=_("这份对账单已经导入过。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.account_name} {self.file_name}"

    def scope(self) -> RightsScope:
        return self.body.scope()


class BankLine(Record):
    """One line. `fingerprint` recognises it when another file of the account overlaps."""

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

    def __str__(self) -> str:
        return f"{self.counterparty} {self.value}"

    def scope(self) -> RightsScope:
        return self.statement.scope()


class BankMatch(Record):
    """A line is this gift's arrival. Undone by withdrawing."""

    line = models.ForeignKey(BankLine, on_delete=models.PROTECT, related_name="matches")
    donation = models.ForeignKey(Donation, on_delete=models.PROTECT, related_name="bank_matches")
    reasons = models.JSONField(_("依据"), default=list, blank=True)

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
