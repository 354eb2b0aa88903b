"""Forms of phones and PINs."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from lianfang.desk.fields import DayField
from lianfang.places.models import Place, Spot


class SpotChoice(forms.ModelChoiceField):  # type: ignore[type-arg]
    """A gate or post, by its place and name; those of one place stand together."""

    def label_from_instance(self, spot: Spot) -> str:
        return f"{spot.place.name} · {spot.name}"


class EnrolmentForm(forms.Form):
    """Where the new phone will be, and what it is called."""

    spot = SpotChoice(Spot.objects.none(), label=_("值守点位"), empty_label=_("(未选)"))
    name = forms.CharField(
        label=_("手机名称"),
        max_length=60,
        required=False,
        help_text=_("按岗位起名,例如:东门白班。不填时用点位的名称。"),
    )

    def __init__(self, spots: QuerySet[Spot], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["spot"].queryset = spots  # type: ignore[attr-defined]


class RevokeForm(forms.Form):
    why = forms.CharField(label=_("注销原因"), max_length=200, help_text=_("例如:手机遗失、换岗、不再使用。"))


class RenameForm(forms.Form):
    name = forms.CharField(label=_("手机名称"), max_length=60)


class PinForm(forms.Form):
    """Who may say by a PIN that they are on duty at a phone of the place."""

    place: "forms.ModelChoiceField[Place]" = forms.ModelChoiceField(
        Place.objects.none(), label=_("场所"), empty_label=_("(未选)")
    )
    name = forms.CharField(label=_("值守人"), max_length=80)
    pin = forms.CharField(
        label=_("口令"),
        min_length=4,
        max_length=6,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        help_text=_("4 至 6 位数字,告诉本人即可,系统只存摘要。"),
    )
    valid_from = DayField(label=_("起始日期"), required=False)
    valid_to = DayField(label=_("截止日期"), required=False)

    def __init__(self, places: QuerySet[Place], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]


class SettleForm(forms.Form):
    reason = forms.CharField(
        label=_("怎样处理的"), max_length=300, help_text=_("例如:已在电脑上补登、是测试、重复。")
    )
