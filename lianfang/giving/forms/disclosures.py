"""Forms of publications: a draft, a correction of a published line or of its words."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.forms import BaseFormSet, formset_factory
from django.utils.translation import gettext_lazy as _

from lianfang.desk.fields import AmountField, DayField, MomentField, PickField
from lianfang.giving.models import CorrectionEffect, Coverage, DonorNaming
from lianfang.people.models import Body


class DisclosureForm(forms.Form):
    """The next publication: of which body, up to which hour."""

    body = PickField(None, known="body", label=_("公示单位"))
    window_to = MomentField(
        label=_("截止时间"),
        required=False,
        help_text=_("到这一时刻为止收到并登记的捐赠列入这一期,如 17 时。留空为此刻。"),
    )
    coverage = forms.ChoiceField(
        label=_("范围"),
        choices=[("", _("按单位性质")), *Coverage.choices],
        required=False,
        help_text=_("工商联、指挥部公示全县(镇)的,商会、企业公示经自己手的。"),
    )
    title = forms.CharField(
        label=_("标题"), max_length=200, required=False, help_text=_("留空则按单位和期号拟定。")
    )
    remark = forms.CharField(
        label=_("说明"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("印在公示上,例如:扫码捐赠统计至前一日 17 时。"),
    )

    def __init__(self, bodies: QuerySet[Body], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = bodies  # type: ignore[attr-defined]


class DraftForm(forms.Form):
    """The words and the cut-off of a draft."""

    title = forms.CharField(label=_("标题"), max_length=200)
    window_to = MomentField(label=_("截止时间"))
    remark = forms.CharField(
        label=_("说明"), required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )


class CorrectionForm(forms.Form):
    """What was published, what is right, and why: as it will be printed."""

    was = forms.CharField(label=_("原公示内容"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    now = forms.CharField(label=_("更正为"), max_length=1000, widget=forms.Textarea(attrs={"rows": 2}))
    why = forms.CharField(
        label=_("更正原因"),
        max_length=300,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("照实写明,例如:录入时把「1 万」看成「10 万」。原因随更正说明公布。"),
    )


class LineCorrectionForm(CorrectionForm):
    """The same, with what changes in the gift itself."""

    effect = forms.ChoiceField(
        label=_("怎样更正"),
        choices=[
            (CorrectionEffect.AMEND, _("更正内容")),
            (CorrectionEffect.WITHDRAW, _("撤销这一笔(没有这笔捐赠,或重复)")),
        ],
        widget=forms.RadioSelect,
        initial=CorrectionEffect.AMEND,
    )
    donor_name = forms.CharField(label=_("捐赠人"), max_length=200, required=False)
    naming = forms.ChoiceField(label=_("公开方式"), choices=DonorNaming.choices)
    amount = AmountField(label=_("金额"), required=False)
    given_on = DayField(label=_("捐赠日期"), required=False)
    recipient_name = forms.CharField(label=_("接收单位"), max_length=200, required=False)
    via_name = forms.CharField(label=_("经手单位"), max_length=200, required=False)
    purpose = forms.CharField(label=_("定向用途"), max_length=200, required=False)

    field_order = (
        "effect",
        "donor_name",
        "naming",
        "amount",
        "given_on",
        "recipient_name",
        "via_name",
        "purpose",
        "was",
        "now",
        "why",
    )


class GoodsForm(forms.Form):
    """One article of the corrected gift."""

    item = forms.CharField(label=_("物资名称"), max_length=200, required=False)
    specification = forms.CharField(label=_("规格型号、标准"), max_length=120, required=False)
    quantity = forms.DecimalField(
        label=_("数量"), required=False, min_value=0, max_digits=18, decimal_places=4
    )
    unit = forms.CharField(label=_("单位"), max_length=20, required=False)
    stated_value = AmountField(label=_("折价"), required=False, help_text="")


GoodsFormSet: "type[BaseFormSet[GoodsForm]]" = formset_factory(GoodsForm, extra=1, max_num=60)
