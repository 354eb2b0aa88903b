"""An emergency that the county answers, and the dated rules by which it does."""

from datetime import datetime, time, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.registers import Register


class Response(Register):
    """One emergency (应急响应). Every record belongs to one."""

    name = models.CharField(_("名称"), max_length=80, unique=True)
    county = models.CharField(_("县(市、区)"), max_length=60)
    county_code = models.CharField(_("行政区划代码"), max_length=12)
    started_on = models.DateField(_("启动日期"))
    ended_on = models.DateField(_("结束日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("应急响应")
        ordering = ["-started_on"]

    def __str__(self) -> str:
        return self.name

    def clock(self, now: datetime) -> datetime:
        """The moment by which what is due is judged: now, or the end of the last day once it has ended."""
        if self.ended_on is None:
            return now
        end = timezone.make_aware(datetime.combine(self.ended_on + timedelta(days=1), time.min))
        return min(now, end)


class RuleProfile(Register):
    """A dated rule profile (规则档案) as the book keeps it: thresholds, periods, quotas as data.

    `parameters` is valid by the schema of its subject (see `lianfang.engines.rules`).
    """

    code = models.CharField(_("代码"), max_length=60, unique=True)
    subject = models.CharField(_("适用事项"), max_length=30)
    title = models.CharField(_("名称"), max_length=120)
    authority = models.CharField(_("依据"), max_length=300)
    valid_from = models.DateField(_("生效日期"))
    valid_to = models.DateField(_("失效日期"), null=True, blank=True)
    parameters = models.JSONField(_("参数"))

    class Meta:
        verbose_name = _("规则档案")
        ordering = ["subject", "-valid_from"]

    def __str__(self) -> str:
        return self.title
