"""What the shell reads: the log of acts, of reads and of exports, within an officer's reach."""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.apps import apps
from django.core.exceptions import FieldDoesNotExist, ValidationError
from django.db.models import Field, ForeignKey, Model, Q, QuerySet
from django.utils.dateparse import parse_datetime
from django.utils.html import format_html
from django.utils.translation import gettext as _

from lianfang.book.actions import SENTENCES
from lianfang.book.models import AuditEntry, ExportEntry, ReadEntry
from lianfang.book.rights import Right
from lianfang.desk.rendering import moment_html

if TYPE_CHECKING:
    from lianfang.people.models import Officer


Names = dict[tuple[type[Model], str], str]


def visible_entries(officer: "Officer") -> QuerySet[AuditEntry]:
    """With the right on the county, the whole log; on an area or a body, what its officers did."""
    return AuditEntry.objects.filter(_written_in_reach(officer))


def visible_reads(officer: "Officer") -> QuerySet[ReadEntry]:
    return ReadEntry.objects.filter(_written_in_reach(officer))


def visible_exports(officer: "Officer") -> QuerySet[ExportEntry]:
    """One's own exports, and those that a reader of the log may see."""
    return ExportEntry.objects.filter(_written_in_reach(officer) | Q(officer=officer))


def history(officer: "Officer", kind: str, subject: str) -> QuerySet[AuditEntry]:
    """What happened to one thing."""
    return visible_entries(officer).filter(subject_kind=kind, subject_id=subject)


def sentence(entry: AuditEntry) -> str:
    """What an entry says: 安俐登记了单位「云溪县商会」."""
    says = str(SENTENCES.get(entry.action, "{officer} · {subject}"))
    return says.format(officer=entry.officer_name or _("系统"), subject=entry.subject_name)


def kind_name(label: str) -> str:
    """What a kind of subject is called, by its model's label."""
    try:
        return str(apps.get_model(label)._meta.verbose_name)
    except LookupError:
        return label


@dataclass(frozen=True, slots=True)
class Change:
    """One field of an entry: its name and both values as people read them; `old` is None where it is new."""

    field: str
    old: str | None
    new: str


def changes(entry: AuditEntry) -> list[Change]:
    """The values of an entry, field by field. At most one query for each kind of thing they refer to."""
    old: dict[str, Any] = entry.values.get("old") or {}
    new: dict[str, Any] = entry.values.get("new") or {}
    try:
        model: type[Model] | None = apps.get_model(entry.subject_kind)
    except LookupError:
        model = None
    names = _names_referred_to(model, old, new)
    return [
        Change(
            _field_name(model, name),
            _value(model, name, old[name], names) if name in old else None,
            _value(model, name, new.get(name), names),
        )
        for name in [*new, *(name for name in old if name not in new)]
        if "old" in entry.values or new.get(name) not in (None, "", [], {})
    ]


def _written_in_reach(officer: "Officer") -> Q:
    return officer.reach(Right.READ_AUDIT).rows(areas=["officer__body__area"], bodies=["officer__body"])


def _field(model: type[Model] | None, name: str) -> "Field[Any, Any] | None":
    try:
        found = model._meta.get_field(name) if model else None
    except FieldDoesNotExist:
        return None
    return found if isinstance(found, Field) else None


def _field_name(model: type[Model] | None, name: str) -> str:
    field = _field(model, name)
    return str(field.verbose_name) if field else name


def _names_referred_to(model: type[Model] | None, *values: dict[str, Any]) -> Names:
    wanted: dict[type[Model], set[str]] = {}
    for one in values:
        for name, value in one.items():
            field = _field(model, name)
            if isinstance(field, ForeignKey) and value:
                wanted.setdefault(field.related_model, set()).add(str(value))
    names = {}
    for related, keys in wanted.items():
        try:
            rows = list(related._base_manager.filter(pk__in=keys))
        except (ValidationError, ValueError):
            continue
        names.update({(related, str(row.pk)): str(row) for row in rows})
    return names


def _value(model: type[Model] | None, name: str, value: Any, names: Names) -> str:
    field = _field(model, name)
    if value in (None, "", [], {}):
        return "—"
    if isinstance(field, ForeignKey):
        return names.get((field.related_model, str(value)), str(value))
    if isinstance(value, bool):
        return _("是") if value else _("否")
    if field is not None and field.choices:
        return str(dict(field.flatchoices).get(value, value))
    if field is not None and field.get_internal_type() == "DateTimeField":
        moment = parse_datetime(str(value))
        return moment_html(moment) if moment else str(value)
    return format_html("{}", value)
