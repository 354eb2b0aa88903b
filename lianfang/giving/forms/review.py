"""Forms of the review: handing something in, and editing what was read."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.desk.fields import AmountField, DayField
from lianfang.giving.models import DonorKind, GiftKind, Mention, Scope, SourceKind
from lianfang.giving.models.figures import amount_columns


class TakeInForm(forms.Form):
    """A pasted text or a file."""

    text = forms.CharField(
        label=_("粘贴文字"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 12, "autofocus": True, "spellcheck": "false"}),
        help_text=_("通讯、公示、接龙、表格都可以,整篇粘贴,不必整理。"),
    )
    file = forms.FileField(
        label=_("或选择文件"),
        required=False,
        help_text=_("Word、Excel、CSV、PDF(文字版)、TXT。"),
    )
    title = forms.CharField(label=_("标题"), max_length=200, required=False, help_text=_("留空时取第一行。"))
    kind = forms.ChoiceField(label=_("类别"), choices=SourceKind.choices, initial=SourceKind.NOTICE)
    publisher = forms.CharField(label=_("发布方"), max_length=120, required=False)
    published_on = DayField(label=_("发布日期"), required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not (data.get("text") or "").strip() and not data.get("file") and "file" not in self.errors:
            self.add_error("text", forms.ValidationError(_("请粘贴文字,或选择文件。"), code="required"))
        if (data.get("text") or "").strip() and data.get("file"):
            self.add_error(
                "file",
                forms.ValidationError(_("请只粘贴文字或只选择文件,两者分两次提交。"), code="text_and_file"),
            )
        return data


class MentionForm(forms.Form):
    """What was read of one gift, as a person corrects it."""

    donor = forms.CharField(
        label=_("捐赠人"), max_length=200, required=False, help_text=_("不知姓名的留空。")
    )
    donor_kind = forms.ChoiceField(label=_("捐赠人类别"), choices=DonorKind.choices)
    scope_of_figure = forms.ChoiceField(label=_("口径"), choices=Scope.choices)
    kind = forms.ChoiceField(label=_("款物"), choices=GiftKind.choices)
    amount = AmountField(label=_("金额"), required=False)
    item = forms.CharField(label=_("物资名称"), max_length=200, required=False)
    quantity = forms.DecimalField(
        label=_("数量"), required=False, min_value=0, max_digits=18, decimal_places=4
    )
    unit = forms.CharField(label=_("计量单位"), max_length=20, required=False)
    recipient = forms.CharField(label=_("接收单位"), max_length=200, required=False)
    via = forms.CharField(label=_("经手单位"), max_length=200, required=False)
    count = forms.IntegerField(label=_("家数、人数"), required=False, min_value=1)
    pledged = forms.BooleanField(label=_("认捐(还没有到账)"), required=False)

    @classmethod
    def of(cls, mention: Mention, data: Any = None) -> "MentionForm":
        names = [name for name in cls.base_fields if name != "amount"]
        initial = {name: getattr(mention, name) for name in names}
        initial["amount"] = mention.amount if mention.value is not None else None
        form = cls(data, initial=initial, prefix=f"m{mention.position}", label_suffix="")
        doubted = [doubt["field"] for doubt in mention.doubts]
        first = {"yuan": "amount"}.get(doubted[0], doubted[0]) if doubted else "donor"
        if first in form.fields:
            form.fields[first].widget.attrs["autofocus"] = True
        return form

    def values(self) -> dict[str, Any]:
        """The column values of the corrected mention."""
        data = dict(self.cleaned_data)
        amount = data.pop("amount")
        return {
            **data,
            **(amount_columns(amount) if amount else {"value": None, "bound": ""}),
        }


class NewMentionForm(MentionForm):
    """A gift that a person found in the source: with the words that say so, where there are any."""

    quote = forms.CharField(
        label=_("原文摘句"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("从原文逐字复制;来源没有原文的可以留空。"),
    )
    field_order = ("quote",)
