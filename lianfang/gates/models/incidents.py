"""Fever cases (异常事件): from the first high reading to the outcome, each step a record."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.records import FieldRecord
from lianfang.book.rights import Scope
from lianfang.people.models import Person
from lianfang.places.models import Place


class HealthIncident(FieldRecord):
    """The opening of a case: somebody is held (暂留). Its steps follow as `IncidentStep`."""

    personal: ClassVar[frozenset[str]] = frozenset({"name"})

    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="incidents", verbose_name=_("场所")
    )
    encounter = models.UUIDField(_("出入登记"), null=True, blank=True, db_index=True)
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="incidents",
        verbose_name=_("人员"),
    )
    name = models.CharField(_("姓名"), max_length=80, blank=True)

    class Meta(FieldRecord.Meta):
        verbose_name = _("异常事件")
        ordering = ["-happened_at"]

    def __str__(self) -> str:
        return self.name or str(self.person or "")

    def scope(self) -> Scope:
        return self.place.scope()


class StepKind(models.TextChoices):
    HELD = "held", _("暂留")
    RECHECK = "recheck", _("复测")
    LEADER_TOLD = "leader_told", _("报告带班领导")
    HEADQUARTERS_TOLD = "headquarters_told", _("报告指挥部、社区医生")
    HANDED_OVER = "handed_over", _("移交发热门诊")
    OUTCOME = "outcome", _("结果")
    CLOSED = "closed", _("结案")


class CaseResult(models.TextChoices):
    """What the clinic or the centre for disease control found."""

    RULED_OUT = "ruled_out", _("排除")
    SUSPECTED = "suspected", _("疑似")
    CONFIRMED = "confirmed", _("确诊")
    OTHER = "other", _("其他")


class IncidentStep(FieldRecord):
    """One step of a case. `temperature` is the id of the reading of a recheck, where there is one;
    `result` is that of an outcome."""

    incident = models.ForeignKey(
        HealthIncident, on_delete=models.PROTECT, related_name="steps", verbose_name=_("异常事件")
    )
    kind = models.CharField(_("步骤"), max_length=17, choices=StepKind.choices)
    text = models.CharField(_("说明"), max_length=300, blank=True)
    told_to = models.CharField(_("对方"), max_length=120, blank=True)
    result = models.CharField(_("结果"), max_length=9, choices=CaseResult.choices, blank=True)
    temperature = models.UUIDField(_("体温记录"), null=True, blank=True)

    class Meta(FieldRecord.Meta):
        verbose_name = _("异常事件步骤")
        ordering = ["happened_at"]

    def __str__(self) -> str:
        return self.get_kind_display()

    def scope(self) -> Scope:
        return self.incident.scope()
