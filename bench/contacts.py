"""Who passed the same gate within ten minutes of a person over 14 days, on a table of ten million passages.

    python bench/contacts.py [--database sqlite|postgresql|both] [--rows N] [--gates N] [--people N]

The contact question of a case, answered warm for some people, against the same question as bare SQL: one
statement by hand, its rows fetched as they come. CPU of this process and of the database's is counted, both
sides in turn. Both must find the same passages. Ends with 1 if it costs more than twice. Fewer rows at as
many fewer gates (--rows 500000 --gates 50) ask for as many passages in a table that is made in a minute.
"""

import argparse
import random
import subprocess
import sys
import time
from datetime import timedelta
from typing import Any

from fieldwork.houses import a_house

LIMIT = 2.0
MINUTES, TIMES = 10, 3


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--gates", type=int, default=1000)
    parser.add_argument("--people", type=int, default=12)
    wanted = parser.parse_args()
    if wanted.database == "both":
        return max(
            subprocess.run(
                [
                    sys.executable,
                    __file__,
                    f"--database={kind}",
                    f"--rows={wanted.rows}",
                    f"--gates={wanted.gates}",
                    f"--people={wanted.people}",
                ],
                check=False,
            ).returncode
            for kind in ("sqlite", "postgresql")
        )
    with a_house(wanted.database):
        return _measure(wanted)


def _measure(wanted: argparse.Namespace) -> int:
    from fieldwork.filling import BEGIN, DAYS, fill
    from fieldwork.meters import Meter
    from fieldwork.worlds import a_world

    from lianfang.gates.queries.contacts import contacts_of, meetings_of
    from lianfang.people.models import Person

    world = a_world(households=10, gates=1)
    began = time.monotonic()
    fill(world, wanted.rows, gates=wanted.gates, households=20 * wanted.gates)
    print(f"table filled to {wanted.rows:,} passages in {time.monotonic() - began:.0f} s", flush=True)
    since, until = BEGIN, BEGIN + timedelta(days=DAYS)
    residents = list(Person.objects.filter(name__startswith="居民"))
    asked = random.Random(14).sample(residents, wanted.people)

    def ours(person: Person) -> set[Any]:
        meetings = meetings_of(person, world.response, minutes=MINUTES, since=since, until=until)
        contacts_of(meetings)
        return {one.passage_id for one in meetings}

    by_us, bare = Meter(), Meter()
    slowest, found = 0.0, 0
    for turn in range(TIMES + 1):
        for person in asked:
            # The first turn only warms both.
            us, them = (by_us, bare) if turn else (Meter(), Meter())
            clock = time.perf_counter()
            with us:
                answer = ours(person)
            slowest = max(slowest, time.perf_counter() - clock) if turn else 0.0
            with them:
                rows = _bare(person.pk, world.response.pk, since, until)
            if answer != _ids(rows):
                sys.exit(f"the two do not find the same: {len(answer)} and {len(rows)} passages")
            found += len(answer) if turn else 0
    questions = TIMES * len(asked)
    ratio = by_us.seconds / bare.seconds
    print(
        f"{wanted.database}, contact question, {found / questions:.0f} passages found: "
        f"{1000 * by_us.seconds / questions:.1f} ms CPU, bare SQL {1000 * bare.seconds / questions:.1f} ms, "
        f"{ratio:.2f} times (limit {LIMIT}) {'held' if ratio <= LIMIT else 'NOT HELD'}; "
        f"slowest answer {1000 * slowest:.0f} ms",
        flush=True,
    )
    return 0 if ratio <= LIMIT else 1


def _bare(person: Any, response: Any, since: Any, until: Any) -> list[tuple[Any, ...]]:
    from django.db import connection

    if connection.vendor == "postgresql":
        near = (
            f"other.happened_at BETWEEN own.happened_at - interval '{MINUTES} minutes' "
            f"AND own.happened_at + interval '{MINUTES} minutes'"
        )
        given = [person, response, since, until]
    else:
        form = "'%%Y-%%m-%%d %%H:%%M:%%f'"
        near = (
            f"other.happened_at BETWEEN strftime({form}, own.happened_at, '-{MINUTES} minutes') "
            f"AND strftime({form}, own.happened_at, '+{MINUTES} minutes')"
        )
        given = [person.hex, response.hex, *(f"{at:%Y-%m-%d %H:%M:%S}" for at in (since, until))]
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT other.id, other.gate_id, other.happened_at, other.direction, other.person_id, "
            "other.name, other.plate, other.category, home.label, other.document_index, other.phone_index "
            "FROM gates_passage AS own "
            f"JOIN gates_passage AS other ON other.gate_id = own.gate_id AND {near} "
            "LEFT JOIN places_household AS home ON home.id = other.household_id "
            "WHERE own.person_id = %s AND own.response_id = %s AND own.happened_at >= %s "
            "AND own.happened_at <= %s AND NOT own.withdrawn "
            "AND NOT EXISTS (SELECT 1 FROM gates_passage AS c WHERE c.corrects_id = own.id) "
            "AND (other.person_id IS NULL OR other.person_id <> own.person_id) "
            "AND other.response_id = own.response_id AND NOT other.withdrawn "
            "AND NOT EXISTS (SELECT 1 FROM gates_passage AS c WHERE c.corrects_id = other.id)",
            given,
        )
        rows: list[tuple[Any, ...]] = cursor.fetchall()
    return rows


def _ids(rows: list[tuple[Any, ...]]) -> set[Any]:
    from uuid import UUID

    return {row[0] if isinstance(row[0], UUID) else UUID(row[0]) for row in rows}


if __name__ == "__main__":
    sys.exit(main())
