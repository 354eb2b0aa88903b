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
    with _without_checks():
        _name_people(*_county(world, gates, households))
        sample = _sample(world)
        for begin in range(0, rows, _CHUNK):
            _insert(sample, begin, min(begin + _CHUNK, rows), rows, 3 * households)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA analysis_limit = 100000" if _sqlite() else "SELECT 1")
        cursor.execute("ANALYZE gates_passage" if _sqlite() else "VACUUM ANALYZE gates_passage")


def _sqlite() -> bool:
    return connection.vendor == "sqlite"


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


def _name_people(spots: list[uuid.UUID], people: list[tuple[uuid.UUID, uuid.UUID]]) -> None:
    """A temporary table of people by number: resident n lives behind gate (n / 3) modulo gates."""

    def text(pk: uuid.UUID) -> str:
        return pk.hex if _sqlite() else str(pk)

    kind = "text" if _sqlite() else "uuid"
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMP TABLE bench_people "
            f"(n integer PRIMARY KEY, person {kind}, household {kind}, gate {kind})"
        )
        cursor.executemany(
            "INSERT INTO bench_people VALUES (%s, %s, %s, %s)",
            [
                (n, text(person), text(household), text(spots[n // 3 % len(spots)]))
                for n, (person, household) in enumerate(people)
            ],
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


def _insert(sample: dict[str, Any], begin: int, end: int, rows: int, people: int) -> None:
    names = [str(field.column) for field in Passage._meta.concrete_fields]
    values, given = [], []
    for field in Passage._meta.concrete_fields:
        if field.column in _PER_ROW:
            values.append(_PER_ROW[field.column])
        elif field.column in sample:
            values.append("%s" if _sqlite() else f"%s::{field.db_type(connection)}")
            given.append(sample[field.column])
        else:
            values.append(_EMPTY.get(field.get_internal_type(), "NULL"))
    step = DAYS * 86_400_000 // rows or 1
    milliseconds = f"{int(BEGIN.timestamp() * 1000)} + i * {step}"
    if _sqlite():
        series = (
            f"(WITH RECURSIVE s(i) AS (SELECT {begin} UNION ALL SELECT i + 1 FROM s WHERE i < {end - 1}) "
            "SELECT i FROM s)"
        )
        pk = f"printf('%%012x70008%%015x', {milliseconds}, i)"
        at = f"strftime('%%Y-%%m-%%d %%H:%%M:%%f', ({milliseconds}) / 1000.0, 'unixepoch')"
    else:
        series = f"generate_series({begin}::bigint, {end - 1}) AS i"
        pk = f"(lpad(to_hex({milliseconds}), 12, '0') || '7000' || '8' || lpad(to_hex(i), 15, '0'))::uuid"
        at = f"to_timestamp(({milliseconds}) / 1000.0)"
    with connection.cursor() as cursor:
        cursor.execute(
            f"WITH w AS MATERIALIZED (SELECT i, {pk} AS pk, {at} AS at, (i * 7919) %% {people} AS who "
            f"FROM {series}) "
            f"INSERT INTO gates_passage ({', '.join(names)}) SELECT {', '.join(values)} "
            "FROM w CROSS JOIN bench_people AS p WHERE p.n = w.who",
            given,
        )


_PER_ROW = {
    "id": "w.pk",
    "root_id": "w.pk",
    "happened_at": "w.at",
    "written_at": "w.at",
    "received_at": "w.at",
    "device_sequence": "w.i + 1",
    "gate_id": "p.gate",
    "person_id": "p.person",
    "household_id": "p.household",
    "direction": "CASE w.i %% 2 WHEN 0 THEN 'out' ELSE 'in' END",
}
"""The expression of a column that differs from row to row."""
_EMPTY = {"CharField": "''", "TextField": "''", "BooleanField": "false", "JSONField": "'{}'"}


@contextmanager
def _without_checks() -> Iterator[None]:
    """No foreign keys and no secondary indexes for a while; the indexes are made anew at the end."""
    indexes = [*Passage._meta.indexes, *Passage._meta.constraints]
    with connection.cursor() as cursor:
        for told in _FILLING[connection.vendor]:
            cursor.execute(told)
        for index in indexes:
            cursor.execute(f'DROP INDEX "{index.name}"')
    yield
    with connection.schema_editor() as editor:
        for index in Passage._meta.indexes:
            editor.add_index(Passage, index)
        for constraint in Passage._meta.constraints:
            editor.add_constraint(Passage, constraint)
    with connection.cursor() as cursor:
        for told in _AFTERWARDS[connection.vendor]:
            cursor.execute(told)


_FILLING = {
    "sqlite": [
        "PRAGMA foreign_keys = OFF",
        "PRAGMA journal_mode = OFF",
        "PRAGMA synchronous = OFF",
        "PRAGMA cache_size = -800000",
        "PRAGMA temp_store = MEMORY",
        "PRAGMA threads = 2",
    ],
    "postgresql": [
        "SET session_replication_role = replica",
        "SET maintenance_work_mem = '1GB'",
        "SET synchronous_commit = off",
    ],
}
_AFTERWARDS = {
    "sqlite": [
        "PRAGMA journal_mode = WAL",
        "PRAGMA synchronous = NORMAL",
        "PRAGMA foreign_keys = ON",
        "PRAGMA cache_size = -2000",
        "PRAGMA temp_store = DEFAULT",
        "PRAGMA threads = 0",
    ],
    "postgresql": [
        "SET session_replication_role = origin",
        "RESET maintenance_work_mem",
        "RESET synchronous_commit",
    ],
}


def moment_of(share: float) -> datetime:
    """A moment within the days of the table."""
    return BEGIN + share * timedelta(days=DAYS)
