"""A table of millions of passages, made by the database itself: a county's gates over some days."""

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Any

from django.db import connection

from fieldwork.worlds import World
from lianfang.gates.models import Passage
from lianfang.people.models import Person
from lianfang.places.models import Household, Place, PlaceKind, Spot, SpotKind

DAYS = 14
BEGIN = datetime(2020, 1, 27, tzinfo=UTC)
_CHUNK = 500_000


def fill(world: World, rows: int, *, gates: int = 1000, households: int = 20_000) -> None:
    """Add `rows` passages of residents over 14 days from 27 January 2020 at `gates` gates of as many places.

    Three people a household, each seen again and again; ids in the order of time, as phones make them. The
    foreign keys are not checked while this goes on, and the indexes are made anew afterwards.
    """
    spots, people = _county(world, gates, households)
    with _without_checks():
        _name_lists(spots, people)
        sample = _sample(world)
        for begin in range(0, rows, _CHUNK):
            _insert(sample, begin, min(begin + _CHUNK, rows), rows)
    with connection.cursor() as cursor:
        cursor.execute(
            "ANALYZE gates_passage" if connection.vendor == "sqlite" else "VACUUM ANALYZE gates_passage"
        )


def _county(
    world: World, gates: int, households: int
) -> tuple[list[uuid.UUID], list[tuple[uuid.UUID, uuid.UUID]]]:
    area = world.place.area
    places = Place.objects.bulk_create(
        Place(name=f"小区{index}", kind=PlaceKind.COMPOUND, area=area) for index in range(gates)
    )
    spots = Spot.objects.bulk_create(
        Spot(place=place, kind=SpotKind.GATE, name="大门", lane="both", way="both") for place in places
    )
    homes = Household.objects.bulk_create(
        (Household(place=places[index % gates], label=f"{index}号") for index in range(households)),
        batch_size=2000,
    )
    persons = Person.objects.bulk_create(
        (Person(name=f"居民{index}") for index in range(3 * households)), batch_size=2000
    )
    people = [(person.pk, homes[index // 3].pk) for index, person in enumerate(persons)]
    return [spot.pk for spot in spots], people


def _name_lists(spots: list[uuid.UUID], people: list[tuple[uuid.UUID, uuid.UUID]]) -> None:
    """Temporary tables of gates and people, by number: resident n lives behind gate (n / 3) modulo gates."""

    def text(pk: uuid.UUID) -> str:
        return str(pk) if connection.vendor == "postgresql" else pk.hex

    kind = "uuid" if connection.vendor == "postgresql" else "text"
    with connection.cursor() as cursor:
        cursor.execute(f"CREATE TEMP TABLE bench_gates (n integer PRIMARY KEY, gate {kind})")
        cursor.execute(
            f"CREATE TEMP TABLE bench_people (n integer PRIMARY KEY, person {kind}, household {kind})"
        )
        cursor.executemany(
            "INSERT INTO bench_gates VALUES (%s, %s)", [(n, text(pk)) for n, pk in enumerate(spots)]
        )
        cursor.executemany(
            "INSERT INTO bench_people VALUES (%s, %s, %s)",
            [(n, text(person), text(household)) for n, (person, household) in enumerate(people)],
        )


def _sample(world: World) -> dict[str, Any]:
    """The values that all rows share."""

    def pk(one: uuid.UUID) -> str:
        return str(one) if connection.vendor == "postgresql" else one.hex

    return {
        "response_id": pk(world.response.pk),
        "written_by_id": pk(world.officer.pk),
        "device": str(uuid.UUID(int=7)),
        "upload": pk(uuid.UUID(int=8)),
        "source": "phone",
        "category": "resident",
        "outcome": "admitted",
        "judged_outcome": "admitted",
        "guard_name": "王某某",
        "name": "居民",
    }


def _insert(sample: dict[str, Any], begin: int, end: int, rows: int) -> None:
    names = [str(field.column) for field in Passage._meta.concrete_fields]
    per_row = _POSTGRESQL if connection.vendor == "postgresql" else _SQLITE
    values, given = [], []
    for field in Passage._meta.concrete_fields:
        if field.column in per_row:
            values.append(per_row[field.column])
        elif field.column in sample:
            values.append("%s" if connection.vendor == "sqlite" else f"%s::{field.db_type(connection)}")
            given.append(sample[field.column])
        else:
            values.append(_EMPTY.get(field.get_internal_type(), "NULL"))
    series = (
        f"generate_series({begin}, {end - 1}) AS i"
        if connection.vendor == "postgresql"
        else f"(WITH RECURSIVE s(i) AS (SELECT {begin} UNION ALL SELECT i + 1 FROM s WHERE i < {end - 1}) "
        "SELECT i FROM s)"
    )
    step = DAYS * 86_400_000 // rows or 1
    started = int(BEGIN.timestamp() * 1000)
    source = (
        f"SELECT i, {started} + i * {step} AS ms, (i * 7919) % (SELECT count(*) FROM bench_people) AS who "
        f"FROM {series}"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO gates_passage ({', '.join(names)}) SELECT {', '.join(values)} "
            f"FROM ({source}) AS w JOIN bench_people AS p ON p.n = w.who "
            "JOIN bench_gates AS g ON g.n = (w.who / 3) % (SELECT count(*) FROM bench_gates)",
            given,
        )


# The expression of a column that differs from row to row: w.ms is the time in milliseconds, w.i the number.
_PG_ID = "(lpad(to_hex(w.ms), 12, '0') || '7000' || '8' || lpad(to_hex(w.i), 15, '0'))::uuid"
_PG_MOMENT = "to_timestamp(w.ms / 1000.0)"
_POSTGRESQL = {
    "id": _PG_ID,
    "root_id": _PG_ID,
    "happened_at": _PG_MOMENT,
    "written_at": _PG_MOMENT,
    "received_at": _PG_MOMENT,
    "device_sequence": "w.i + 1",
    "gate_id": "g.gate",
    "person_id": "p.person",
    "household_id": "p.household",
    "direction": "CASE w.i % 2 WHEN 0 THEN 'out' ELSE 'in' END",
}
_SQLITE_ID = "printf('%%012x70008%%015x', w.ms, w.i)"
_SQLITE_MOMENT = "strftime('%%Y-%%m-%%d %%H:%%M:%%f', w.ms / 1000.0, 'unixepoch')"
_SQLITE = {
    **_POSTGRESQL,
    "id": _SQLITE_ID,
    "root_id": _SQLITE_ID,
    "happened_at": _SQLITE_MOMENT,
    "written_at": _SQLITE_MOMENT,
    "received_at": _SQLITE_MOMENT,
}
_EMPTY = {"CharField": "''", "TextField": "''", "BooleanField": "false", "JSONField": "'{}'"}


@contextmanager
def _without_checks() -> Iterator[None]:
    """No foreign keys and no secondary indexes for a while; the indexes are made anew at the end."""
    indexes = [*Passage._meta.indexes, *Passage._meta.constraints]
    sqlite = connection.vendor == "sqlite"
    with connection.cursor() as cursor:
        if sqlite:
            cursor.execute("PRAGMA foreign_keys = OFF")
            cursor.execute("PRAGMA synchronous = OFF")
            cursor.execute("PRAGMA cache_size = -400000")
        else:
            cursor.execute("SET session_replication_role = replica")
            cursor.execute("SET maintenance_work_mem = '512MB'")
        for index in indexes:
            cursor.execute(f'DROP INDEX "{index.name}"')
    yield
    with connection.schema_editor() as editor:
        for index in Passage._meta.indexes:
            editor.add_index(Passage, index)
        for constraint in Passage._meta.constraints:
            editor.add_constraint(Passage, constraint)
    with connection.cursor() as cursor:
        if sqlite:
            cursor.execute("PRAGMA foreign_keys = ON")
            cursor.execute("PRAGMA synchronous = NORMAL")
        else:
            cursor.execute("SET session_replication_role = origin")


def moment_of(share: float) -> datetime:
    """A moment within the days of the table."""
    return BEGIN + share * timedelta(days=DAYS)
