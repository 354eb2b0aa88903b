"""The audit chain and the log of reads, as tables. What they mean is in `lianfang.book.audit`."""

from django.conf import settings
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.registers import new_id


class AuditHead(models.Model):
    """The end of the chain. One row, locked by each act while it appends."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    sequence = models.PositiveBigIntegerField(default=0)
    digest = models.CharField(max_length=64, default="0" * 64)
    at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return str(self.sequence)


class AuditEntry(models.Model):
    """One thing that one act wrote: who, what, on what, when, from where, old and new values."""

    sequence = models.PositiveBigIntegerField(_("序号"), primary_key=True)
    at = models.DateTimeField(_("时间"), db_index=True)
    act = models.UUIDField(_("操作编号"), db_index=True)
    action = models.CharField(_("操作"), max_length=60, db_index=True)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("操作人"),
    )
    officer_name = models.CharField(_("操作人"), max_length=80)
    origin = models.CharField(_("途径"), max_length=12)
    address = models.CharField(_("来源地址"), max_length=64, blank=True)
    subject_kind = models.CharField(_("对象类别"), max_length=60)
    subject_id = models.CharField(_("对象编号"), max_length=64, db_index=True)
    subject_name = models.CharField(_("对象"), max_length=200)
    values = models.JSONField(_("新旧值"), default=dict)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)

    class Meta:
        verbose_name = _("操作记录")
        ordering = ["-sequence"]
        indexes = [models.Index(fields=["subject_kind", "subject_id"])]

    def __str__(self) -> str:
        return f"{self.sequence} {self.action} {self.subject_name}"


class ReadEntry(models.Model):
    """Somebody read the data of a person (or opened a sealed field)."""

    id = models.UUIDField(primary_key=True, default=new_id)
    at = models.DateTimeField(_("时间"), default=timezone.now, db_index=True)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("查阅人")
    )
    person_id = models.UUIDField(_("人员"), db_index=True)
    person_name = models.CharField(_("人员"), max_length=80)
    what = models.CharField(_("查阅内容"), max_length=120)
    purpose = models.CharField(_("用途"), max_length=200, blank=True)
    address = models.CharField(_("来源地址"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("查阅记录")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.person_name} {self.what}"


class ExportEntry(models.Model):
    """A table that left the house: who took it, what for, how many rows, until when it may be kept."""

    id = models.UUIDField(primary_key=True, default=new_id)
    at = models.DateTimeField(_("时间"), default=timezone.now, db_index=True)
    officer = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("导出人")
    )
    table = models.CharField(_("表"), max_length=120)
    purpose = models.CharField(_("用途"), max_length=200)
    row_count = models.PositiveIntegerField(_("行数"))
    masked = models.BooleanField(_("已脱敏"), default=True)
    expires_on = models.DateField(_("保存期限"))
    address = models.CharField(_("来源地址"), max_length=64, blank=True)

    class Meta:
        verbose_name = _("导出记录")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.table} {self.row_count}"
