"""Orders (交办单), measures taken (整改), checking again (复查), and what follows where nothing is done."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.records import FieldRecord, Record
from lianfang.book.rights import Scope
from lianfang.inspections.models.inspections import Finding
from lianfang.people.models import Body


class OrderKind(models.TextChoices):
    ORDER = "order", _("交办单")
    SUPERVISION = "supervision", _("督办单")
    NOTICE = "notice", _("告知书")


class RectificationOrder(Record):
    """A numbered order to a body to put findings right and to answer by an hour.

    Numbers run without holes for each kind and year; an order that is withdrawn keeps its number.
    """

    kind = models.CharField(_("文种"), max_length=11, choices=OrderKind.choices, default=OrderKind.ORDER)
    year = models.PositiveSmallIntegerField(_("年度"))
    serial = models.PositiveIntegerField(_("序号"))
    issuer = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="orders_given", verbose_name=_("交办单位")
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="orders_received", verbose_name=_("承办单位")
    )
    reply_by = models.DateTimeField(_("回复时限"))
    text = models.CharField(_("交办要求"), max_length=500, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("交办单")
        ordering = ["-year", "-serial"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["response", "kind", "year", "serial"],
                condition=models.Q(corrects__isnull=True),
                name="order_number_once",
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """As offices write it: 联防交办〔2020〕3号."""
        word = {"order": "交办", "supervision": "督办", "notice": "告知"}[self.kind]
        return f"联防{word}〔{self.year}〕{self.serial}号"

    def scope(self) -> Scope:
        return self.body.scope()


class OrderedFinding(Record):
    """A finding stands in an order."""

    order = models.ForeignKey(
        RectificationOrder, on_delete=models.PROTECT, related_name="lines", verbose_name=_("交办单")
    )
    finding = models.ForeignKey(
        Finding, on_delete=models.PROTECT, related_name="ordered", verbose_name=_("问题")
    )

    class Meta(Record.Meta):
        verbose_name = _("交办的问题")
        ordering = ["received_at"]

    def __str__(self) -> str:
        return f"{self.order} {self.finding}"

    def scope(self) -> Scope:
        return self.finding.scope()


class Rectification(Record):
    """What the responsible body did about a finding, with evidence (整改措施、整改情况、佐证)."""

    finding = models.ForeignKey(
        Finding, on_delete=models.PROTECT, related_name="rectifications", verbose_name=_("问题")
    )
    measures = models.CharField(_("整改措施"), max_length=500)
    result = models.CharField(_("整改情况"), max_length=500, blank=True)
    done_by = models.CharField(_("整改人"), max_length=60, blank=True)
    photos = models.JSONField(_("佐证"), default=list, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("整改")
        ordering = ["received_at"]

    def __str__(self) -> str:
        return self.measures

    def scope(self) -> Scope:
        return self.finding.scope()


class Verdict(models.TextChoices):
    CLOSED = "closed", _("销号")
    REOPENED = "reopened", _("未通过,重新整改")


class Reinspection(FieldRecord):
    """Somebody else checked again (复查): the finding is struck off, or open again with a new deadline."""

    finding = models.ForeignKey(
        Finding, on_delete=models.PROTECT, related_name="reinspections", verbose_name=_("问题")
    )
    rectification = models.ForeignKey(
        Rectification, on_delete=models.PROTECT, related_name="reinspections", verbose_name=_("整改")
    )
    verdict = models.CharField(_("复查结论"), max_length=8, choices=Verdict.choices)
    text = models.CharField(_("复查情况"), max_length=300, blank=True)
    deadline = models.DateTimeField(_("新的整改时限"), null=True, blank=True)
    photos = models.JSONField(_("照片"), default=list, blank=True)

    class Meta(FieldRecord.Meta):
        verbose_name = _("复查")
        ordering = ["received_at"]

    def __str__(self) -> str:
        return self.get_verdict_display()

    def scope(self) -> Scope:
        return self.finding.scope()


class EscalationKind(models.TextChoices):
    REPORTED = "reported", _("通报")
    TALK = "talk", _("约谈")
    ACCOUNTABILITY = "accountability", _("问责")


class Escalation(Record):
    """A repeated or unanswered finding goes a step further: made public inside, a talk, accountability."""

    finding = models.ForeignKey(
        Finding, on_delete=models.PROTECT, related_name="escalations", verbose_name=_("问题")
    )
    kind = models.CharField(_("方式"), max_length=14, choices=EscalationKind.choices)
    text = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("升级督办")
        ordering = ["received_at"]

    def __str__(self) -> str:
        return self.get_kind_display()

    def scope(self) -> Scope:
        return self.finding.scope()
