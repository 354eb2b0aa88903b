"""Appeals, and what happened with them: sent, read, reminded of, answered."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.records import Record
from lianfang.book.registers import Register
from lianfang.book.rights import Scope
from lianfang.people.models import Body, Officer


class AppealState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("待审批")
    APPROVED = "approved", _("已审批")
    SENT = "sent", _("已发送")
    CLOSED = "closed", _("已结束")


class Appeal(Register):
    """A call to give or to act (倡议书). Its words are fixed once it is approved."""

    response = models.ForeignKey(
        "book.Response", on_delete=models.PROTECT, related_name="+", verbose_name=_("应急响应")
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="appeals", verbose_name=_("发出单位")
    )
    number = models.CharField(_("文号"), max_length=60, blank=True)
    title = models.CharField(_("标题"), max_length=200)
    greeting = models.CharField(_("称谓"), max_length=120, blank=True)
    text = models.TextField(_("正文"), blank=True)
    points = models.JSONField(_("倡议要点"), default=list, blank=True)
    dated_on = models.DateField(_("成文日期"), null=True, blank=True)
    read_by = models.DateTimeField(_("请于此时前签收"), null=True, blank=True)
    state = models.CharField(_("状态"), max_length=9, choices=AppealState.choices, default=AppealState.DRAFT)
    drafted_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="+", verbose_name=_("起草人")
    )
    approved_by = models.ForeignKey(
        Officer, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("审批人")
    )
    approved_at = models.DateTimeField(_("审批时间"), null=True, blank=True)
    returned_why = models.CharField(_("退回意见"), max_length=300, blank=True)
    sent_at = models.DateTimeField(_("发送时间"), null=True, blank=True)
    closed_at = models.DateTimeField(_("结束时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("倡议")
        ordering = ["-created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["response", "body", "title"],
                name="appeal_title_once",
                violation_error_message=_("这个标题的倡议已经有了。"),
            )
        ]

    def __str__(self) -> str:
        return self.title

    def clean(self) -> None:
        super().clean()
        if not self.text.strip() and not self.points:
            raise ValidationError(
                {"text": ValidationError(_("请填写正文,或至少写一条倡议要点。"), code="required")}
            )

    def scope(self) -> Scope:
        return self.body.scope()


class Delivery(Record):
    """An appeal went to a body."""

    appeal = models.ForeignKey(
        Appeal, on_delete=models.PROTECT, related_name="deliveries", verbose_name=_("倡议")
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="deliveries", verbose_name=_("收件单位")
    )

    class Meta(Record.Meta):
        verbose_name = _("倡议送达")
        ordering = ["appeal", "body__name"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["appeal", "body"],
                condition=models.Q(corrects__isnull=True),
                name="appeal_delivered_once_to_a_body",
                violation_error_message=_("已经发送给该单位。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.appeal} → {self.body.name}"

    def scope(self) -> Scope:
        return self.body.scope()


class Reading(Record):
    """Somebody of the body has read the appeal and signed for it (签收). One a delivery."""

    delivery = models.ForeignKey(
        Delivery, on_delete=models.PROTECT, related_name="readings", verbose_name=_("送达")
    )
    reader_name = models.CharField(_("签收人"), max_length=80)

    class Meta(Record.Meta):
        verbose_name = _("签收")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["delivery"],
                condition=models.Q(corrects__isnull=True),
                name="delivery_read_once",
                violation_error_message=_("已经签收过。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.delivery}: {self.reader_name}"

    def scope(self) -> Scope:
        return self.delivery.scope()


class Reminder(Record):
    """A body that had not read the appeal was reminded of it."""

    delivery = models.ForeignKey(
        Delivery, on_delete=models.PROTECT, related_name="reminders", verbose_name=_("送达")
    )
    way = models.CharField(_("提醒方式"), max_length=60, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("签收提醒")

    def __str__(self) -> str:
        return str(self.delivery)

    def scope(self) -> Scope:
        return self.delivery.appeal.scope()


class ReplyKind(models.TextChoices):
    COMMITMENT = "commitment", _("认捐")
    MEASURES = "measures", _("落实情况")
    OTHER = "other", _("其他回复")


class Reply(Record):
    """What a body answers. A commitment is booked as a pledged gift; `donation_id` is that gift's id."""

    delivery = models.ForeignKey(
        Delivery, on_delete=models.PROTECT, related_name="replies", verbose_name=_("送达")
    )
    kind = models.CharField(_("类别"), max_length=10, choices=ReplyKind.choices)
    text = models.TextField(_("回复内容"), blank=True)
    donation_id = models.UUIDField(_("认捐的捐赠"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("倡议回复")
        ordering = ["received_at"]

    def __str__(self) -> str:
        return f"{self.delivery}: {self.get_kind_display()}"

    def clean(self) -> None:
        super().clean()
        if self.kind != ReplyKind.COMMITMENT and not self.text.strip():
            raise ValidationError({"text": ValidationError(_("请填写回复内容。"), code="required")})

    def scope(self) -> Scope:
        return self.delivery.scope()
