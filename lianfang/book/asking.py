"""Questions asked for every batch of a phone, in SQL, with as little around them as possible.

    HOUSEHOLDS = Question(
        "SELECT id, place_id FROM places_household WHERE id IN {ids}", (ID, ID)
    )
    for pk, place in HOUSEHOLDS.of(ids): ...

The ORM builds a statement anew each time, which costs more than the database's answer. A question is written
once for both databases; values come and go as Python has them (UUID, datetime in UTC, bool). On PostgreSQL
it is prepared once a connection.
"""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID

import msgspec
import psycopg
from django.db import connection


# A column of SQLite's values, as Python has them: a call or two into compiled code for all of it.
def _ids(column: Sequence[str | None]) -> Iterable[UUID | None]:
    return msgspec.convert(column, list[UUID | None])


def _moments(column: Sequence[str | None]) -> Iterable[datetime | None]:
    """SQLite keeps texts, in UTC without saying so."""
    texts = [None if value is None else f"{value}Z" for value in column]
    return msgspec.convert(texts, list[datetime | None])


def _days(column: Sequence[str | None]) -> Iterable[date | None]:
    return msgspec.convert(column, list[date | None])


def _truths(column: Sequence[int | None]) -> Iterable[bool | None]:
    return [None if value is None else bool(value) for value in column]


def _same(column: Sequence[Any]) -> Iterable[Any]:
    return column


Kind = Callable[[Sequence[Any]], Iterable[Any]]
ID: Kind = _ids
MOMENT: Kind = _moments
DAY: Kind = _days
TRUTH: Kind = _truths
PLAIN: Kind = _same


class Question:
    """A SELECT whose columns are of these kinds. `{ids}` stands for the list of ids that it is asked for."""

    def __init__(self, sql: str, kinds: Sequence[Kind]) -> None:
        self._sql = sql
        self._kinds = tuple(kinds)
        self._postgresql = sql.replace("IN {ids}", "= ANY(%s::uuid[])")

    def of(self, ids: Iterable[UUID], *more: Any) -> list[tuple[Any, ...]]:
        """The answer for these ids; further parameters stand after the ids in the statement."""
        known = list(ids)
        if not known:
            return []
        if connection.vendor == "postgresql":
            return self._ask_postgresql(["{" + ",".join(map(str, known)) + "}", *more])
        places = ",".join(["%s"] * len(known))
        return self._ask_sqlite(
            self._sql.replace("{ids}", f"({places})"), [*(one.hex for one in known), *map(_bound, more)]
        )

    def ask(self, *parameters: Any) -> list[tuple[Any, ...]]:
        """The answer of a statement without a list of ids."""
        if connection.vendor == "postgresql":
            return self._ask_postgresql(parameters)
        return self._ask_sqlite(self._sql, [*map(_bound, parameters)])

    def _ask_postgresql(self, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
        with server_cursor() as cursor:
            return cursor.execute(self._postgresql, parameters, prepare=True).fetchall()

    def _ask_sqlite(self, sql: str, parameters: Sequence[Any]) -> list[tuple[Any, ...]]:
        with connection.cursor() as cursor:
            cursor.execute(sql, parameters)
            found = cursor.fetchall()
        columns = zip(*found)  # noqa: B905
        return list(zip(*(kind(column) for kind, column in zip(self._kinds, columns)), strict=True))  # noqa: B905


def tell(sql: str, *parameters: Any) -> None:
    """Run a statement that changes rows."""
    if connection.vendor == "postgresql":
        with server_cursor() as cursor:
            cursor.execute(sql, parameters, prepare=True)
        return
    with connection.cursor() as cursor:
        cursor.execute(sql, [*map(_bound, parameters)])


def server_cursor() -> "psycopg.Cursor[tuple[Any, ...]]":
    """A cursor that sends values apart from the statement, which alone can be prepared."""
    connection.ensure_connection()
    return psycopg.Cursor(connection.connection)


def _bound(value: Any) -> Any:
    if isinstance(value, UUID):
        return value.hex
    if isinstance(value, datetime):
        return str(value.astimezone(UTC).replace(tzinfo=None))
    return value
