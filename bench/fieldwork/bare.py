"""The same rows without all that a house needs: what the database alone costs, and a bare framework."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection, models, transaction
from psycopg.types.json import Json

from lianfang.book.registers import new_id
from lianfang.book.rows import columns_of
from lianfang.field.models import Upload
from lianfang.gates.models import Passage, Temperature

Rows = list[tuple[type[models.Model], list[tuple[Any, ...]]]]


def last_uploads(device: str, count: int) -> list[Any]:
    """The newest uploads of a device."""
    return list(
        Upload.objects.filter(phone=UUID(device))
        .order_by("-received_at")
        .values_list("pk", flat=True)[:count]
    )


def like_those_of(upload: Any) -> Rows:
    """The rows that an upload has brought, under other ids."""
    passages = list(
        Passage.objects.filter(upload=upload).order_by("device_sequence").values_list(*columns_of(Passage))
    )
    readings = list(
        Temperature.objects.filter(encounter__in=[row[0] for row in passages]).values_list(
            *columns_of(Temperature)
        )
    )
    return [
        (Passage, _under_other_ids(Passage, passages)),
        (Temperature, _under_other_ids(Temperature, readings)),
    ]


def _under_other_ids(model: type[models.Model], rows: Sequence[tuple[Any, ...]]) -> list[tuple[Any, ...]]:
    names = columns_of(model)
    ids = {names.index("id"), names.index("root_id")}
    found = []
    for row in rows:
        pk = new_id()
        found.append(tuple(pk if at in ids else value for at, value in enumerate(row)))
    return found


_STAGED: set[int] = set()


def copy_staged(rows: Rows) -> None:
    """COPY into a temporary table, then INSERT … ON CONFLICT DO NOTHING, in one transaction."""
    connection.ensure_connection()
    raw = connection.connection
    if id(raw) not in _STAGED:
        with raw.cursor() as cursor:
            for model, _values in rows:
                table = model._meta.db_table
                cursor.execute(f"CREATE TEMP TABLE staged_{table} (LIKE {table}) ON COMMIT PRESERVE ROWS")
        _STAGED.add(id(raw))
    with transaction.atomic(), raw.cursor() as cursor:
        for model, values in rows:
            table = model._meta.db_table
            names = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
            plain = [tuple(_json(value) for value in row) for row in values]
            with cursor.copy(f"COPY staged_{table} ({names}) FROM STDIN") as copy:
                for row in plain:
                    copy.write_row(row)
            cursor.execute(
                f"INSERT INTO {table} ({names}) SELECT {names} FROM staged_{table} ON CONFLICT DO NOTHING"
            )
            cursor.execute(f"TRUNCATE staged_{table}")


def execute_many(rows: Rows) -> None:
    """One prepared INSERT for all rows, in one transaction, of values as SQLite takes them."""
    connection.ensure_connection()
    raw = connection.connection
    with transaction.atomic():
        for model, values in rows:
            converters = _converters(model)
            names = ", ".join(f'"{field.column}"' for field in model._meta.concrete_fields)
            places = ", ".join("?" * len(converters))
            plain = [
                tuple(
                    convert(value) if convert else value
                    for convert, value in zip(converters, row, strict=True)
                )
                for row in values
            ]
            raw.executemany(
                f"INSERT OR IGNORE INTO {model._meta.db_table} ({names}) VALUES ({places})", plain
            )


@cache
def _converters(model: type[models.Model]) -> list[Callable[[Any], Any] | None]:
    """How a value of each column is told to SQLite."""
    found = []
    for field in model._meta.concrete_fields:
        while isinstance(field, models.ForeignKey):
            field = field.target_field
        found.append(_TOLD.get(field.get_internal_type()))
    return found


_TOLD: dict[str, Callable[[Any], Any]] = {
    "UUIDField": lambda value: None if value is None else value.hex,
    "DateTimeField": lambda value: None if value is None else value.isoformat(" ")[:-6],
    "JSONField": lambda value: msgspec.json.encode(value).decode(),
    "DecimalField": lambda value: None if value is None else str(value),
}


def _json(value: Any) -> Any:
    return Json(value) if isinstance(value, dict | list) else value


@dataclass(frozen=True, slots=True)
class Creator:
    """A bare create view of Django REST framework: no sign-in, no rights, no audit."""

    view: Any

    def request_for(self, rows: Rows) -> Any:
        from django.core.handlers.wsgi import WSGIRequest
        from field import environ_of

        (_model, passages), *_others = rows
        names = columns_of(Passage)
        values = dict(zip(names, passages[0], strict=True))
        data = {
            field.name: values[field.attname]
            for field in Passage._meta.concrete_fields
            if field.editable and values[field.attname] is not None
        }
        body = json.dumps(data, default=str, ensure_ascii=False).encode()
        return WSGIRequest(environ_of("/passages", body))

    def __call__(self, request: Any) -> None:
        response = self.view(request)
        response.render()
        if response.status_code != 201:
            raise AssertionError(response.data)


def create_by_rest_framework() -> Creator:
    from django.conf import settings

    settings.REST_FRAMEWORK = {
        "DEFAULT_AUTHENTICATION_CLASSES": [],
        "DEFAULT_PERMISSION_CLASSES": [],
        "DEFAULT_PARSER_CLASSES": ["rest_framework.parsers.JSONParser"],
        "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
        "UNAUTHENTICATED_USER": None,
    }
    from rest_framework import serializers
    from rest_framework.generics import CreateAPIView

    class PassageSerializer(serializers.ModelSerializer):  # type: ignore[misc]
        class Meta:
            model = Passage
            fields = "__all__"

    class CreatePassage(CreateAPIView):  # type: ignore[misc]
        queryset = Passage.objects.all()
        serializer_class = PassageSerializer

    return Creator(CreatePassage.as_view())
