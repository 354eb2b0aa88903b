"""Forms of the notices."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lianfang.desk.fields import AmountField, DayField, MomentField, PickField
from lianfang.giving.kinds import DonorKind, GiftKind
from lianfang.people.models import Area, Body, BodyKind


class AppealForm(forms.Form):
    """The words of an appeal."""

    title = forms.CharField(label=_("标题"), max_length=200)
    number = forms.CharField(label=_("文号"), max_length=60, required=False)
    greeting = forms.CharField(
        label=_("称谓"), max_length=120, required=False, help_text=_("例如:各商会、各会员企业")
    )
    text = forms.CharField(label=_("正文"), required=False, widget=forms.Textarea(attrs={"rows": 10}))
    points = forms.CharField(
        label=_("倡议要点"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("一行一条。倡议自愿,不设数额、不作摊派。"),
    )
    dated_on = DayField(label=_("成文日期"), required=False)
    read_by = MomentField(label=_("请于此时前签收"), required=False)

    def values(self) -> dict[str, Any]:
        return {**self.cleaned_data, "points": self.cleaned_data["points"].splitlines()}


class BodyForm(forms.Form):
    """Which body sends it."""

    body = PickField(None, known="body", label=_("发出单位"))

    def __init__(self, bodies: QuerySet[Body], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]


class SendForm(forms.Form):
    """To whom: bodies of these kinds, in this area; the preview lets single ones out."""

    kinds = forms.MultipleChoiceField(
        label=_("单位类别"),
        choices=BodyKind.choices,
        widget=forms.CheckboxSelectMultiple,
        required=False,
        initial=[BodyKind.CHAMBER],
    )
    area: "forms.ModelChoiceField[Area]" = forms.ModelChoiceField(
        label=_("属地"), queryset=Area.objects.none(), required=False, empty_label=_("全县")
    )

    def __init__(self, areas: QuerySet[Area], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["area"].queryset = areas  # type: ignore[attr-defined]


class AnswerForm(forms.Form):
    text = forms.CharField(label=_("回复内容"), widget=forms.Textarea(attrs={"rows": 4}))


class CommitmentForm(forms.Form):
    """A commitment: by the body itself, or by one of its members through it."""

    donor_name = forms.CharField(
        label=_("捐赠人"), max_length=200, required=False, help_text=_("留空即为本单位。")
    )
    donor_kind = forms.ChoiceField(label=_("捐赠人类别"), choices=DonorKind.choices, required=False)
    kind = forms.ChoiceField(label=_("款物"), choices=GiftKind.choices[:2])
    amount = AmountField(label=_("金额(物资填折价)"), required=False)
    item = forms.CharField(label=_("物资名称"), max_length=200, required=False)
    quantity = forms.DecimalField(
        label=_("数量"), required=False, min_value=0, max_digits=18, decimal_places=4
    )
    unit = forms.CharField(label=_("计量单位"), max_length=20, required=False)
    text = forms.CharField(label=_("说明"), required=False, widget=forms.Textarea(attrs={"rows": 2}))

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("kind") == GiftKind.CASH and not data.get("amount") and "amount" not in self.errors:
            self.add_error("amount", forms.ValidationError(_("认捐款项请填写金额。"), code="required"))
        if data.get("kind") == GiftKind.GOODS and not data.get("item"):
            self.add_error("item", forms.ValidationError(_("认捐物资请填写物资名称。"), code="required"))
        return data
