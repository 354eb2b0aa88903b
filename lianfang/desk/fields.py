"""Form fields of the house: amounts as people write them, moments in China, things picked by name."""

from datetime import datetime
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Model, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.engines import figures
from lianfang.engines.figures import Amount, FigureError


class AmountField(forms.CharField):
    """An amount as it was said: 144万余, 近10万元, 叁万元整. Cleans to an Amount, or None if empty."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("help_text", _("照原话写即可,例如 144万余、近10万元、12000。"))
        super().__init__(**{"max_length": 60, **options})
        self.widget.attrs.update({"autocomplete": "off", "class": "amount-input"})

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        if not text:
            return None
        try:
            return figures.read_amount(text)
        except FigureError as error:
            raise ValidationError(error.message, code=error.code) from error

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, Amount):
            return "" if value.value is None else figures.to_chinese(value)
        return value


class DayField(forms.DateField):
    """A day: 2020-02-10, 2020年2月10日, 2020.2.10 or 2020/2/10."""

    widget = forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"})

    def __init__(self, **options: Any) -> None:
        options.setdefault("input_formats", ["%Y-%m-%d", "%Y年%m月%d日", "%Y.%m.%d", "%Y/%m/%d"])
        options.setdefault("error_messages", {}).setdefault("invalid", _("请写成 2020-02-10 这样的日期。"))
        super().__init__(**options)


class MomentField(forms.DateTimeField):
    """A day and an hour in China. Empty where the source does not say: an unknown time is not made up."""

    widget = forms.DateTimeInput(format="%Y-%m-%dT%H:%M", attrs={"type": "datetime-local"})

    def __init__(self, **options: Any) -> None:
        options.setdefault(
            "input_formats",
            [
                "%Y-%m-%dT%H:%M",
                "%Y-%m-%dT%H:%M:%S",
                "%Y-%m-%d %H:%M",
                "%Y年%m月%d日 %H:%M",
                "%Y年%m月%d日%H:%M",
            ],
        )
        options.setdefault("error_messages", {}).setdefault(
            "invalid", _("请写成 2020-02-10 18:05 这样的时间。")
        )
        super().__init__(**options)

    def prepare_value(self, value: Any) -> Any:
        if isinstance(value, datetime) and timezone.is_aware(value):
            return timezone.localtime(value).replace(tzinfo=None)
        return super().prepare_value(value)


class PickWidget(forms.Select):
    """A plain select; with scripts a field in which one types a name, pinyin or initials.

    `within` narrows what is looked up (see `picking.known_within`): the key of a place, for example.

    The select holds at most `most` options; what is beyond is found by typing.
    """

    most = 300

    def __init__(self, known: str, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs)
        self.known = known
        self.within = ""

    def get_context(self, name: str, value: Any, attrs: dict[str, Any] | None) -> dict[str, Any]:
        context = super().get_context(name, value, attrs)
        address = reverse("known", args=[self.known])
        context["widget"]["attrs"]["data-pick"] = (
            f"{address}?within={self.within}" if self.within else address
        )
        return context

    def optgroups(self, name: str, value: list[str], attrs: dict[str, Any] | None = None) -> list[Any]:
        field: Any = self.choices.field  # type: ignore[attr-defined]
        shown = list(field.queryset[: self.most])
        shown += [row for row in _rows_of(field.queryset, value) if row not in shown]
        options = [(field.prepare_value(row), field.label_from_instance(row)) for row in shown]
        if field.empty_label is not None:
            options.insert(0, ("", field.empty_label))
        return forms.Select(self.attrs, options).optgroups(name, value, attrs)


class PickField(forms.ModelChoiceField):  # type: ignore[type-arg]
    """One thing of those known. `known` is the name of its lookup (see `lianfang.desk.picking`)."""

    def __init__(self, queryset: QuerySet[Any] | None, *, known: str, **options: Any) -> None:
        options.setdefault("empty_label", _("(未选)"))
        options.setdefault("error_messages", {}).setdefault("invalid_choice", _("请从已有的名单中选择。"))
        super().__init__(queryset, widget=PickWidget(known), **options)


def _rows_of(rows: QuerySet[Model], keys: list[str]) -> list[Model]:
    try:
        return list(rows.filter(pk__in=[key for key in keys if key]))
    except (ValidationError, ValueError):
        return []
