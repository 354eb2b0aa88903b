"""What a list can be narrowed by. Each filter has its fields in the form above the list."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from enum import StrEnum
from typing import TYPE_CHECKING, Any, Protocol

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lianfang.desk.fields import DayField

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

    from lianfang.people.models import Officer

Rows = QuerySet[Any]
Options = Iterable[tuple[Any, "str | StrPromise"]]


class Filter(Protocol):
    def fields(self, officer: "Officer | None") -> dict[str, forms.Field]: ...
    def narrow(self, rows: Rows, cleaned: dict[str, Any]) -> Rows: ...


@dataclass(frozen=True, slots=True)
class Choice:
    """One of a few values. `lookup` is a field path, or a function of the rows and the value.

    `options` are pairs of value and name, or a function that gives those an officer may choose.
    """

    name: str
    title: "str | StrPromise"
    options: "Sequence[tuple[Any, str | StrPromise]] | Callable[[Officer | None], Options]"
    lookup: str | Callable[[Rows, str], Rows]

    def fields(self, officer: "Officer | None") -> dict[str, forms.Field]:
        options = self.options(officer) if callable(self.options) else self.options
        return {
            self.name: forms.ChoiceField(
                label=self.title,
                required=False,
                choices=[("", _("全部")), *((str(k), v) for k, v in options)],
            )
        }

    def narrow(self, rows: Rows, cleaned: dict[str, Any]) -> Rows:
        value = cleaned.get(self.name)
        if not value:
            return rows
        return self.lookup(rows, value) if callable(self.lookup) else rows.filter(**{self.lookup: value})


class Of(StrEnum):
    """What a date range is held against: a day, or a moment in whole days of China."""

    DAY = "day"
    MOMENT = "moment"


@dataclass(frozen=True, slots=True)
class DateRange:
    """From a day to a day, both included. `lookup` is the path of a date or of a moment."""

    name: str
    title: "str | StrPromise"
    lookup: str
    of: Of = Of.MOMENT

    def fields(self, _officer: "Officer | None") -> dict[str, forms.Field]:
        return {
            f"{self.name}_from": DayField(label=format_lazy("{} {}", self.title, _("起")), required=False),
            f"{self.name}_to": DayField(label=format_lazy("{} {}", self.title, _("止")), required=False),
        }

    def narrow(self, rows: Rows, cleaned: dict[str, Any]) -> Rows:
        first, last = cleaned.get(f"{self.name}_from"), cleaned.get(f"{self.name}_to")
        if self.of is Of.DAY:
            rows = rows.filter(**{f"{self.lookup}__gte": first}) if first else rows
            return rows.filter(**{f"{self.lookup}__lte": last}) if last else rows
        if first:
            rows = rows.filter(**{f"{self.lookup}__gte": _midnight(first)})
        if last:
            rows = rows.filter(**{f"{self.lookup}__lt": _midnight(last + timedelta(days=1))})
        return rows


@dataclass(frozen=True, slots=True)
class Text:
    """Words that stand in a field. `lookup` is a field path."""

    name: str
    title: "str | StrPromise"
    lookup: str

    def fields(self, _officer: "Officer | None") -> dict[str, forms.Field]:
        return {self.name: forms.CharField(label=self.title, required=False, max_length=120)}

    def narrow(self, rows: Rows, cleaned: dict[str, Any]) -> Rows:
        value = (cleaned.get(self.name) or "").strip()
        return rows.filter(**{f"{self.lookup}__icontains": value}) if value else rows


def _midnight(day: Any) -> datetime:
    return timezone.make_aware(datetime.combine(day, time.min))
