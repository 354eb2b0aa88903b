"""Rows in one form for every database: a line of JSON a row, values as each field reads them back."""

import json
from collections.abc import Iterable, Iterator
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.apps import apps
from django.db import connection, models
from django.utils.duration import duration_string

_AT_ONCE = 1000

# Who is signed in just now, and on which device, is not the book's.
_LEFT_OUT = {"sessions.session", "usersessions.usersession"}
# What `migrate` itself writes into empty tables.
_MADE_BY_MIGRATE = {"contenttypes.contenttype", "auth.permission"}

Model = type[models.Model]


def tables() -> list[Model]:
    """The models whose rows are the book, by table name."""
    kept = [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.label_lower not in _LEFT_OUT
    ]
    return sorted(kept, key=lambda model: model._meta.db_table)


def is_empty() -> bool:
    """Whether nothing has been written yet but what `migrate` writes."""
    return not any(
        model._base_manager.exists() for model in tables() if model._meta.label_lower not in _MADE_BY_MIGRATE
    )


def lines(model: Model) -> Iterator[str]:
    """The table as lines: the columns, then the rows in the order of their keys."""
    fields = _fields(model)
    yield json.dumps([field.attname for field in fields])
    found = model._base_manager.order_by("pk").values_list(*(field.attname for field in fields))
    for row in found.iterator(chunk_size=_AT_ONCE):
        yield json.dumps([_plain(value) for value in row], ensure_ascii=False, separators=(",", ":"))


def clear(all_models: Iterable[Model]) -> None:
    """Delete every row, past the records' own refusal; foreign keys are checked when all is written."""
    with connection.cursor() as cursor:
        for model in all_models:
            cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608


def insert(model: Model, all_lines: Iterator[str]) -> int:
    """Write the rows of a table; return how many. Raises ValueError when a line does not fit the table."""
    fields = {field.attname: field for field in _fields(model)}
    columns = json.loads(next(all_lines, "[]"))
    if set(columns) != set(fields):
        raise ValueError(model._meta.db_table)
    ordered = [fields[column] for column in columns]
    quote = connection.ops.quote_name
    statement = (
        f"INSERT INTO {quote(model._meta.db_table)} "  # noqa: S608  names from the models
        f"({', '.join(quote(field.column) for field in ordered)}) "
        f"VALUES ({', '.join(['%s'] * len(ordered))})"
    )
    written = 0
    with connection.cursor() as cursor:
        for batch in _batches(all_lines):
            cursor.executemany(statement, [_prepared(ordered, line) for line in batch])
            written += len(batch)
    return written


def _fields(model: Model) -> list[Any]:
    return [field for field in model._meta.concrete_fields if not getattr(field, "generated", False)]


def _batches(all_lines: Iterator[str]) -> Iterator[list[str]]:
    batch: list[str] = []
    for line in all_lines:
        batch.append(line)
        if len(batch) == _AT_ONCE:
            yield batch
            batch = []
    if batch:
        yield batch


def _prepared(fields: list[Any], line: str) -> list[Any]:
    values = json.loads(line)
    if len(values) != len(fields):
        raise ValueError(line[:80])
    return [
        field.get_db_prep_save(_read(field, value), connection)
        for field, value in zip(fields, values, strict=True)
    ]


def _read(field: Any, value: Any) -> Any:
    """The value that `_plain` wrote, in the field's own type."""
    if value is None:
        return None
    return (field.target_field if field.is_relation else field).to_python(value)


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, timedelta):
        return duration_string(value)
    if isinstance(value, Decimal | UUID):
        return str(value)
    if isinstance(value, bytes | memoryview):
        from base64 import b64encode

        return b64encode(bytes(value)).decode()
    return value
