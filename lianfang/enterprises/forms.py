"""Forms of the enterprises."""

from datetime import date
from typing import Any

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.desk.fields import DayField, MomentField, PickField
from lianfang.enterprises.figures import StaffFigures
from lianfang.enterprises.models import (
    EntryKind,
    MeasureKind,
    Opinion,
    ResumptionFiling,
    StaffCondition,
)
from lianfang.people.models import Person


class StateForm(forms.Form):
    condition = forms.ChoiceField(label=_("在岗情况"), choices=StaffCondition.choices)
    since = DayField(label=_("从哪天起"))
    where = forms.CharField(label=_("所在地"), max_length=80, required=False)
    reason = forms.CharField(label=_("原因"), max_length=200, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("since", timezone.localdate())


class SummaryForm(forms.Form):
    """The day's figures as they come out of the book; what is changed needs a reason."""

    expected = forms.IntegerField(label=_("应到"), min_value=0)
    present = forms.IntegerField(label=_("实到"), min_value=0)
    absent = forms.IntegerField(label=_("缺勤"), min_value=0)
    not_back = forms.IntegerField(label=_("外地未返"), min_value=0)
    isolated = forms.IntegerField(label=_("隔离中"), min_value=0)
    abnormal = forms.IntegerField(label=_("体温异常"), min_value=0)
    changed_why = forms.CharField(label=_("与台账不同的原因"), max_length=200, required=False)

    @property
    def figures(self) -> StaffFigures:
        names = ("expected", "present", "absent", "not_back", "isolated", "abnormal")
        return StaffFigures(**{name: self.cleaned_data[name] for name in names})


class MeasureForm(forms.Form):
    kind = forms.ChoiceField(label=_("措施"), choices=MeasureKind.choices)
    text = forms.CharField(label=_("做法"), max_length=300, required=False)
    valid_from = DayField(label=_("起始日期"), required=False)


class PostForm(forms.Form):
    name = forms.CharField(label=_("岗位名称"), max_length=60)
    of_party_members = forms.BooleanField(label=_("党员岗"), required=False)
    duty = forms.CharField(label=_("职责"), max_length=300, required=False)
    valid_from = DayField(label=_("起始日期"), required=False)


class HolderForm(forms.Form):
    person = PickField(None, known="person", label=_("上岗人员"))
    valid_from = DayField(label=_("起始日期"), required=False)

    def __init__(self, persons: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = persons  # type: ignore[attr-defined]


class EntryForm(forms.Form):
    kind = forms.ChoiceField(label=_("台账类别"), choices=EntryKind.choices)
    title = forms.CharField(label=_("事项"), max_length=120, help_text=_("物资写品名,例如:一次性医用口罩。"))
    happened_at = MomentField(label=_("时间"))
    where = forms.CharField(label=_("区域、部位"), max_length=120, required=False)
    text = forms.CharField(
        label=_("内容"), max_length=500, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    person_count = forms.IntegerField(label=_("人数"), min_value=0, required=False)
    done_by = forms.CharField(label=_("经办人"), max_length=60, required=False)
    stock = forms.DecimalField(
        label=_("结存(物资)"), min_value=0, max_digits=14, decimal_places=2, required=False
    )
    daily_use = forms.DecimalField(
        label=_("每日用量(物资)"), min_value=0, max_digits=14, decimal_places=2, required=False
    )
    unit = forms.CharField(label=_("计量单位"), max_length=10, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("happened_at", timezone.now())


class FilingForm(forms.ModelForm):  # type: ignore[type-arg]
    resumes_on = DayField(label=_("拟复工日期"))

    class Meta:
        model = ResumptionFiling
        fields = [
            "credit_code",
            "industry",
            "legal_representative",
            "in_charge",
            "in_charge_phone",
            "staff_total",
            "staff_local",
            "staff_elsewhere",
            "staff_key_area",
            "first_return",
            "resumes_on",
            "isolation_rooms",
            "masks",
            "thermometers",
            "disinfectant",
            "supplies_days",
            "has_plan",
            "has_emergency_plan",
            "has_pledge",
        ]


class OpinionForm(forms.Form):
    opinion = forms.ChoiceField(label=_("意见"), choices=Opinion.choices, widget=forms.RadioSelect)
    text = forms.CharField(label=_("说明"), max_length=300, required=False)


class BinderForm(forms.Form):
    """From when to when, and what for: the binder leaves the house."""

    since = DayField(label=_("从"))
    until = DayField(label=_("到"))
    purpose = forms.CharField(label=_("用途"), max_length=200, help_text=_("例如:接受县指挥部检查。"))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        since, until = data.get("since"), data.get("until")
        if isinstance(since, date) and isinstance(until, date):
            if until < since:
                self.add_error(
                    "until", forms.ValidationError(_("截止日期不能早于起始日期。"), code="period_reversed")
                )
            elif (until - since).days > 62:
                self.add_error("since", forms.ValidationError(_("一次最多印两个月。"), code="too_long"))
        return data


_REVERSED = _("截止日期不能早于起始日期。")


def persons_of(place: Any) -> Any:
    """Who works at a site: those who may stand for its posts."""
    return Person.objects.filter(employments__place=place).distinct()
