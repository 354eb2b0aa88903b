"""Checklists (检查表) by theme. A version that is in use stays as it is; a change makes the next one."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.registers import Register


class Severity(models.TextChoices):
    MINOR = "minor", _("一般")
    SERIOUS = "serious", _("较重")
    GRAVE = "grave", _("严重")


class ProblemKind(models.TextChoices):
    GATE = "gate", _("出入管理")
    DUTY = "duty", _("值班值守")
    DISINFECTION = "disinfection", _("消毒通风")
    PUBLICITY = "publicity", _("宣传引导")
    SCREENING = "screening", _("人员排查")
    SUPPLIES = "supplies", _("物资保障")
    LEDGER = "ledger", _("台账资料")
    DORMITORY = "dormitory", _("宿舍食堂")
    OTHER = "other", _("其他")


class Checklist(Register):
    """One version of the checklist of a theme."""

    theme = models.CharField(_("检查主题"), max_length=60)
    version = models.PositiveSmallIntegerField(_("版本"))
    basis = models.CharField(_("依据"), max_length=200, blank=True)
    ended_on = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("检查表")
        ordering = ["theme", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["theme", "version"],
                name="checklist_version_once",
                violation_error_message=_("这个主题已有此版本。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.theme}(第{self.version}版)"


class ChecklistItem(Register):
    """One line to be checked. Its text says what is right, so that the answer is yes or no."""

    checklist = models.ForeignKey(
        Checklist, on_delete=models.PROTECT, related_name="items", verbose_name=_("检查表")
    )
    order = models.PositiveSmallIntegerField(_("序号"))
    text = models.CharField(_("检查内容"), max_length=200)
    kind = models.CharField(
        _("问题类别"), max_length=12, choices=ProblemKind.choices, default=ProblemKind.OTHER
    )
    severity = models.CharField(_("严重程度"), max_length=7, choices=Severity.choices, default=Severity.MINOR)

    class Meta:
        verbose_name = _("检查项")
        ordering = ["checklist", "order"]
        constraints = [
            models.UniqueConstraint(fields=["checklist", "order"], name="checklist_item_order_once")
        ]

    def __str__(self) -> str:
        return self.text
