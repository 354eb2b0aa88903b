"""How employees are: at work, not back yet, isolated. And the figures that a site reports each day."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianfang.book.records import Record
from lianfang.book.registers import Register
from lianfang.book.rights import Scope
from lianfang.people.models.periods import Period
from lianfang.places.models import Employee, Place


class StaffCondition(models.TextChoices):
    AT_WORK = "at_work", _("在岗")
    NOT_BACK = "not_back", _("外地未返")
    ISOLATED = "isolated", _("隔离中")
    LEAVE = "leave", _("请假")


class StaffState(Register, Period):
    """How an employee is from a day on (返岗、隔离台账). Whoever has none is at work."""

    personal: ClassVar[frozenset[str]] = frozenset({"where", "reason"})

    employee = models.ForeignKey(
        Employee, on_delete=models.PROTECT, related_name="states", verbose_name=_("员工")
    )
    condition = models.CharField(_("在岗情况"), max_length=8, choices=StaffCondition.choices)
    where = models.CharField(_("所在地"), max_length=80, blank=True)
    reason = models.CharField(_("原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("员工在岗情况")
        ordering = ["employee", "-valid_from"]
        constraints = [
            models.UniqueConstraint(
                fields=["employee"],
                condition=Q(valid_to__isnull=True),
                name="staff_state_one_open",
                violation_error_message=_("此人已有一条未结束的在岗情况。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.employee.person.name} · {self.get_condition_display()}"

    def clean(self) -> None:
        super().clean()
        if self.valid_from is None:
            raise ValidationError({"valid_from": ValidationError(_("请填写从哪天起。"), code="required")})

    def scope(self) -> Scope:
        return self.employee.scope()


class StaffSummary(Record):
    """The staff of a site on a day, as it reports them upward: 应到、实到、缺勤、未返、隔离、异常.

    The figures come out of the book; where the enterprise knows better, it changes them with a reason.
    Nothing reported is not zero.
    """

    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="staff_summaries", verbose_name=_("厂区")
    )
    day = models.DateField(_("日期"))
    expected = models.PositiveIntegerField(_("应到"))
    present = models.PositiveIntegerField(_("实到"))
    absent = models.PositiveIntegerField(_("缺勤"))
    not_back = models.PositiveIntegerField(_("外地未返"))
    isolated = models.PositiveIntegerField(_("隔离中"))
    abnormal = models.PositiveIntegerField(_("体温异常"))
    changed_why = models.CharField(_("与台账不同的原因"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("员工健康日报")
        ordering = ["-day", "place"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["place", "day"],
                condition=Q(corrects__isnull=True),
                name="staff_summary_once_a_day",
                violation_error_message=_("这一天已经上报过,请更正原来的一份。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.place} {self.day}"

    def clean(self) -> None:
        super().clean()
        if self.expected != self.present + self.absent:
            raise ValidationError(
                {"absent": ValidationError(_("应到应等于实到加缺勤。"), code="does_not_add_up")}
            )
        if self.abnormal > self.present:
            raise ValidationError(
                {"abnormal": ValidationError(_("体温异常的不能比实到的多。"), code="does_not_add_up")}
            )

    def scope(self) -> Scope:
        return self.place.scope()
