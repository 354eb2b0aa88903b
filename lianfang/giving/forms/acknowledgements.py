"""The form of a letter or certificate."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lianfang.desk.fields import PickField
from lianfang.engines.papers import unprintable
from lianfang.people.models import Body


class AcknowledgementForm(forms.Form):
    """Who thanks whom, in which words."""

    issuer = PickField(None, known="body", label=_("致谢单位"))
    addressee = forms.CharField(label=_("致"), max_length=200)
    text = forms.CharField(
        label=_("正文"),
        max_length=1200,
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("可以按实际情况修改。每段一行。"),
    )
    number = forms.CharField(
        label=_("编号"), max_length=40, required=False, help_text=_("留空则按单位当年的次序编号。")
    )

    def __init__(self, bodies: QuerySet[Body], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issuer"].queryset = bodies  # type: ignore[attr-defined]

    def clean_text(self) -> str:
        """Paragraphs end with \\n, whatever the browser sends."""
        return "\n".join(self.cleaned_data["text"].splitlines())

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        for name in ("addressee", "text"):
            signs = unprintable(data.get(name, ""))
            if signs:
                self.add_error(
                    name,
                    forms.ValidationError(
                        _("这些字印不出来:%(signs)s。请换一种写法,或手工填写。"),
                        code="unprintable",
                        params={"signs": "、".join(signs)},
                    ),
                )
        return data
