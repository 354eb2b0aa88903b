"""Many rows at once, straight into their table, and the digest by which they are found again unchanged.

A phone's batch brings hundreds of rows. Making a model instance of each, an audit entry of each and an
INSERT of each costs far more than the rows are worth: here they go in as they are (COPY on PostgreSQL,
one prepared statement on SQLite), and one digest over all of them stands in the audit entry of the batch.

A row is a tuple of Python values (UUID, datetime in UTC, str, bool, Decimal, dict …) in the order of
`columns_of(model)`. Nothing is validated here: who calls has done it.
"""

import hashlib
from collections.abc import Callable, Iterable, Sequence
from functools import cache
from typing import Any
from uuid import UUID

import msgspec
from django.db import connection, models

from lianfang.book.asking import server_cursor
from lianfang.book.records import Record

Row = Sequence[Any]

_WORTH_COPYING = 6

_IN_ORDER = msgspec.json.Encoder(order="deterministic")
_PLAIN_JSON = msgspec.json.Encoder()
_HEXADECIMAL = msgspec.json.Encoder(uuid_format="hex")


def columns_of(model: type[models.Model]) -> tuple[str, ...]:
    """The columns of a row, `id` first: the names under which a model's values are read."""
    return tuple(field.attname for field in model._meta.concrete_fields)


def insert_rows(model: type[models.Model], rows: Sequence[Row]) -> None:
    """Insert rows of one model. Raises IntegrityError when one of them is there already."""
    if not rows:
        return
    if connection.vendor == "postgresql" and len(rows) < _WORTH_COPYING:
        _insert_one_by_one(_table_of(model, "few"), rows)
        return
    table = _table_of(model, connection.vendor)
    columns = [_converted(column, convert) for column, convert in zip(zip(*rows), table.columns)]  # noqa: B905
    if connection.vendor == "postgresql":
        lines = "\n".join(map("\t".join, zip(*columns, strict=True)))
        with connection.cursor() as cursor, cursor.copy(table.statement) as copy:
            copy.write(lines.encode() + b"\n")
    else:
        with connection.cursor() as cursor:
            cursor.executemany(table.statement, list(zip(*columns, strict=True)))


def _insert_one_by_one(table: "_Table", rows: Sequence[Row]) -> None:
    """For a few rows a prepared INSERT costs less than COPY."""
    with server_cursor() as cursor:
        for row in rows:
            values = [convert(value) if convert else value for convert, value in zip(table.values, row)]  # noqa: B905
            cursor.execute(table.statement, values, prepare=True)


def line_of(row: Row) -> bytes:
    """The one form in which a row is digested, the same before and after a trip through any database."""
    return _IN_ORDER.encode(row)


def digest_of_lines(lines: Iterable[bytes]) -> str:
    """The digest of many rows, in the order of their ids, with which each line begins."""
    whole = hashlib.sha256()
    for line in sorted(lines):
        whole.update(line)
        whole.update(b"\n")
    return whole.hexdigest()


def is_covered_by_its_upload(model: type[Record]) -> bool:
    """Whether rows of this kind may have come in a batch, under the digest of the batch."""
    return any(field.name == "upload" for field in model._meta.concrete_fields)


class _Table:
    """How the rows of a model are written in one kind of database."""

    def __init__(self, model: type[models.Model], vendor: str) -> None:
        fields = model._meta.concrete_fields
        names = ", ".join(f'"{field.column}"' for field in fields)
        if vendor == "postgresql":
            self.statement = f'COPY "{model._meta.db_table}" ({names}) FROM STDIN'
        else:
            places = ", ".join(["%s"] * len(fields))
            self.statement = f'INSERT INTO "{model._meta.db_table}" ({names}) VALUES ({places})'  # noqa: S608
        kinds = [_kind(field) for field in fields]
        self.columns = [(_COPIED if vendor == "postgresql" else _BOUND)[kind] for kind in kinds]
        self.values = [_TOLD[kind] for kind in kinds]


@cache
def _table_of(model: type[models.Model], vendor: str) -> _Table:
    return _Table(model, vendor)


def _kind(field: "models.Field[Any, Any]") -> str:
    """The inner type of a field: that of the key which it points to, if it points to one."""
    while isinstance(field, models.ForeignKey):
        field = field.target_field
    kind = field.get_internal_type()
    if kind not in _COPIED:
        raise TypeError(f"rows with {kind} cannot be inserted in bulk")
    return kind


Column = Sequence[Any]
"""The values of one column. A whole column is converted by a call or two into compiled code."""


def _converted(column: Column, convert: Callable[[Column], Column] | None) -> Column:
    """A column in the form of the database; a value that stands in every row is converted once."""
    if convert is None:
        return column
    first = column[0]
    if first is column[-1] and all(value is first for value in column):
        return list(convert(column[:1])) * len(column)
    return convert(column)


_NULL = "\\N"
_ESCAPES = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


def _hexadecimal(column: Column) -> list[str | None]:
    found: list[str | None] = msgspec.json.decode(_HEXADECIMAL.encode(column))
    return found


def _with_nulls(column: Column) -> Column:
    return [_NULL if value is None else value for value in column] if None in column else column


def _copied_ids(column: Column) -> Column:
    return _with_nulls(_hexadecimal(column))


def _copied_moments(column: Column) -> Column:
    return _with_nulls(msgspec.to_builtins(column))


def _copied_texts(column: Column) -> Column:
    # One look tells whether there is anything to escape: in nearly every text there is not.
    return [
        _NULL
        if value is None
        else value
        if value.isprintable() and "\\" not in value
        else value.translate(_ESCAPES)
        for value in column
    ]


def _copied_numbers(column: Column) -> Column:
    return [_NULL if value is None else str(value) for value in column]


def _copied_truths(column: Column) -> Column:
    return [_NULL if value is None else "t" if value else "f" for value in column]


def _copied_json(column: Column) -> Column:
    return _copied_texts(_json_texts(column))


def _copied_bytes(column: Column) -> Column:
    return [_NULL if value is None else "\\\\x" + value.hex() for value in column]


def _json_texts(column: Column) -> Column:
    return [
        _PLAIN_JSON.encode(value).decode()
        if value or not isinstance(value, dict | list)
        else _EMPTY[type(value)]
        for value in column
    ]


_EMPTY: dict[type[Any], str] = {dict: "{}", list: "[]"}

_COPIED: dict[str, Callable[[Column], Column] | None] = {
    "UUIDField": _copied_ids,
    "DateTimeField": _copied_moments,
    "DateField": _copied_moments,
    "CharField": _copied_texts,
    "TextField": _copied_texts,
    "BooleanField": _copied_truths,
    "JSONField": _copied_json,
    "BinaryField": _copied_bytes,
    "DecimalField": _copied_numbers,
    "PositiveBigIntegerField": _copied_numbers,
    "PositiveIntegerField": _copied_numbers,
    "PositiveSmallIntegerField": _copied_numbers,
    "SmallIntegerField": _copied_numbers,
    "BigIntegerField": _copied_numbers,
    "IntegerField": _copied_numbers,
}


def _bound_moments(column: Column) -> Column:
    """As Django writes them on SQLite: in UTC, without saying so."""
    texts = _PLAIN_JSON.encode(column).replace(b"T", b" ").replace(b'Z"', b'"')
    found: list[str | None] = msgspec.json.decode(texts)
    return found


def _bound_texts(column: Column) -> Column:
    return [None if value is None else str(value) for value in column]


_BOUND: dict[str, Callable[[Column], Column] | None] = {
    **dict.fromkeys(_COPIED),
    "UUIDField": _hexadecimal,
    "DateTimeField": _bound_moments,
    "DateField": msgspec.to_builtins,
    "JSONField": _json_texts,
    "DecimalField": _bound_texts,
}


def _told_text(value: UUID | None) -> str | None:
    return None if value is None else str(value)


def _told_json(value: Any) -> str:
    return _PLAIN_JSON.encode(value).decode()


def _told_bytes(value: bytes | None) -> str | None:
    return None if value is None else "\\x" + value.hex()


# One value: PostgreSQL reads these texts as it reads literals; numbers go as they are.
_TOLD: dict[str, Callable[[Any], Any] | None] = {
    **dict.fromkeys(_COPIED),
    "UUIDField": _told_text,
    "JSONField": _told_json,
    "BinaryField": _told_bytes,
}
