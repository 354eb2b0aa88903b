"""Filing to resume work (复工备案), with the opinions that it needs."""

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.records import Record
from lianfang.book.registers import Register
from lianfang.book.rights import Scope
from lianfang.people.models import Officer
from lianfang.places.models import Place


class FilingState(models.TextChoices):
    DRAFT = "draft", _("草稿")
    SUBMITTED = "submitted", _("审核中")
    RETURNED = "returned", _("退回补正")
    APPROVED = "approved", _("已备案")
    REFUSED = "refused", _("暂不同意")


class ResumptionFiling(Register):
    """What an enterprise files to resume work at a site. Its words are fixed while it is under review.

    `levels` are the opinions that it needs, by the rules in force when it was submitted.
    """

    response = models.ForeignKey(
        "book.Response", on_delete=models.PROTECT, related_name="+", verbose_name=_("应急响应")
    )
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="filings", verbose_name=_("厂区"))
    credit_code = models.CharField(_("统一社会信用代码"), max_length=18, blank=True)
    industry = models.CharField(_("行业"), max_length=60)
    legal_representative = models.CharField(_("法定代表人"), max_length=60)
    in_charge = models.CharField(_("防控负责人"), max_length=60)
    in_charge_phone = models.CharField(_("联系电话"), max_length=30, blank=True)
    staff_total = models.PositiveIntegerField(_("员工总数"))
    staff_local = models.PositiveIntegerField(_("本地员工"))
    staff_elsewhere = models.PositiveIntegerField(_("外地员工"))
    staff_key_area = models.PositiveIntegerField(_("其中疫区员工"), default=0)
    first_return = models.PositiveIntegerField(_("首批返岗人数"))
    resumes_on = models.DateField(_("拟复工日期"))
    isolation_rooms = models.PositiveIntegerField(_("隔离房间数"))
    masks = models.PositiveIntegerField(_("口罩(只)"))
    thermometers = models.PositiveIntegerField(_("体温计(支)"))
    disinfectant = models.CharField(_("消毒剂"), max_length=60, blank=True)
    supplies_days = models.PositiveSmallIntegerField(_("物资够用(天)"))
    has_plan = models.BooleanField(_("有防控方案"), default=False)
    has_emergency_plan = models.BooleanField(_("有应急预案"), default=False)
    has_pledge = models.BooleanField(_("有承诺书"), default=False)
    state = models.CharField(
        _("状态"), max_length=9, choices=FilingState.choices, default=FilingState.DRAFT, editable=False
    )
    levels = models.JSONField(_("须经意见"), default=list, blank=True, editable=False)
    submitted_by = models.ForeignKey(
        Officer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        editable=False,
        related_name="+",
        verbose_name=_("报送人"),
    )
    submitted_at = models.DateTimeField(_("报送时间"), null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("复工备案")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.place} · {self._meta.verbose_name}"

    def clean(self) -> None:
        super().clean()
        _hold(
            self.staff_total == self.staff_local + self.staff_elsewhere,
            "staff_total",
            _("员工总数应等于本地加外地。"),
        )
        _hold(self.staff_key_area <= self.staff_elsewhere, "staff_key_area", _("疫区员工不能比外地员工多。"))
        _hold(self.first_return <= self.staff_total, "first_return", _("首批返岗人数不能比员工总数多。"))

    def scope(self) -> Scope:
        return self.place.scope()


class Opinion(models.TextChoices):
    AGREE = "agree", _("同意")
    RETURN = "return", _("退回补正")
    REFUSE = "refuse", _("暂不同意")


class OpinionLevel(models.TextChoices):
    TOWNSHIP = "township", _("镇街意见")
    DEPARTMENT = "department", _("主管部门意见")
    HEADQUARTERS = "headquarters", _("指挥部意见")


class FilingOpinion(Record):
    """What one level says of a filing."""

    filing = models.ForeignKey(
        ResumptionFiling, on_delete=models.PROTECT, related_name="opinions", verbose_name=_("复工备案")
    )
    level = models.CharField(_("层级"), max_length=12, choices=OpinionLevel.choices)
    opinion = models.CharField(_("意见"), max_length=6, choices=Opinion.choices)
    text = models.CharField(_("说明"), max_length=300, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("复工备案意见")
        ordering = ["received_at"]

    def __str__(self) -> str:
        return f"{self.get_level_display()}:{self.get_opinion_display()}"

    def scope(self) -> Scope:
        return self.filing.scope()


def _hold(holds: bool, field: str, message: object) -> None:
    if not holds:
        raise ValidationError({field: ValidationError(message, code="does_not_add_up")})  # type: ignore[arg-type]
