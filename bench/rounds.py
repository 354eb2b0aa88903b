"""The coverage page of a place with 2,000 spots and 100,000 marks: time to the first byte.

    python bench/rounds.py [--database sqlite|postgresql|both] [--spots N] [--marks N] [--requests N]

Fills a book of its own, counts the queries of the page at a tenth of the size and at the whole, compares what
it shows with a scan of every mark, then serves the page by gunicorn as `lianfang serve` does and asks for it
as a signed-in officer. Ends with 1 if p95 is above 200 ms, the queries grow, or the scan sees something else.
"""

import argparse
import http.client
import os
import random
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from statistics import median, quantiles
from typing import TYPE_CHECKING, Any

from fieldwork.houses import a_house

if TYPE_CHECKING:
    from lianfang.places.models import Place

LIMIT_MS = 200
FLOORS, STAIRWELLS = 18, 3
HOUSE_SPOTS = FLOORS * STAIRWELLS
INTERVAL = timedelta(hours=12)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--spots", type=int, default=2_000)
    parser.add_argument("--marks", type=int, default=100_000)
    parser.add_argument("--requests", type=int, default=60)
    wanted = parser.parse_args()
    if wanted.database == "both":
        return max(
            subprocess.run(
                [
                    sys.executable,
                    __file__,
                    f"--database={kind}",
                    f"--spots={wanted.spots}",
                    f"--marks={wanted.marks}",
                    f"--requests={wanted.requests}",
                ],
                check=False,
            ).returncode
            for kind in ("sqlite", "postgresql")
        )
    with a_house(wanted.database) as environment:
        return _measure(wanted, environment)


def _measure(wanted: argparse.Namespace, environment: dict[str, str]) -> int:
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection
    from django.test import Client
    from django.test.utils import CaptureQueriesContext
    from django.utils import timezone

    from lianfang.book.rights import Role
    from lianfang.people.tests.builders import a_response, an_officer
    from lianfang.rounds.queries.coverage import clocks_of

    call_command("collectstatic", verbosity=0, interactive=False)
    began = time.monotonic()
    small, _few = _filled(wanted.spots // 10, wanted.marks // 10)
    place, done = _filled(wanted.spots, wanted.marks)
    if connection.vendor == "postgresql":
        # As the server does by itself within a minute.
        with connection.cursor() as cursor:
            cursor.execute("ANALYZE")
    print(f"{wanted.spots:,} spots, {wanted.marks:,} marks in {time.monotonic() - began:.0f} s", flush=True)

    client = Client(headers={"accept-language": "zh-CN", "host": "localhost"})
    client.force_login(an_officer(Role.HEADQUARTERS), backend="django.contrib.auth.backends.ModelBackend")
    asked = []
    for one in (small, small, place):
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(f"/rounds/{one.pk}/")
        if answer.status_code != 200:
            raise SystemExit(f"the page answers {answer.status_code}")
        asked.append(len(seen))
    now = timezone.now()
    shown = Counter(clock.light.value for clock in clocks_of([place], a_response(), now))
    same, constant = shown == Counter(_light(last, now) for last in done), asked[1] == asked[2]
    print(
        f"queries: {asked[1]} at a tenth, {asked[2]} at the whole; "
        f"clocks {'as' if same else 'NOT as'} a scan of the marks tells them",
        flush=True,
    )

    cookie = f"{settings.SESSION_COOKIE_NAME}={client.cookies[settings.SESSION_COOKIE_NAME].value}"
    with _served(environment) as port:
        times = [_first_byte(port, f"/rounds/{place.pk}/", cookie) for _turn in range(wanted.requests + 5)][
            5:
        ]
    p95 = 1000 * quantiles(times, n=20)[-1]
    held = p95 <= LIMIT_MS
    print(
        f"{wanted.database}, coverage page: p50 {1000 * median(times):.0f} ms, p95 {p95:.0f} ms "
        f"(limit {LIMIT_MS}) {'held' if held else 'NOT HELD'}",
        flush=True,
    )
    return 0 if held and same and constant else 1


def _filled(spots: int, marks: int) -> tuple["Place", list[datetime]]:
    """A place with so many spots in houses of eighteen floors, and when each was last done."""
    from django.utils import timezone

    from lianfang.people.tests.builders import a_response, an_officer
    from lianfang.places.models import Building, Spot, Stairwell
    from lianfang.places.tests.builders import a_place
    from lianfang.rounds.models import Mark, Round, RoundKind, RoundSpot

    chance, now = random.Random(spots), timezone.now()
    place, response, officer = a_place(), a_response(), an_officer()
    houses = Building.objects.bulk_create(
        Building(place=place, number=str(number + 1), floors=FLOORS)
        for number in range(-(-spots // HOUSE_SPOTS))
    )
    stairs = {
        (house.pk, number): Stairwell(building=house, number=str(number + 1))
        for house in houses
        for number in range(STAIRWELLS)
    }
    Stairwell.objects.bulk_create(stairs.values())
    made = []
    for number in range(spots):
        house, rest = houses[number // HOUSE_SPOTS], number % HOUSE_SPOTS
        stair = stairs[house.pk, rest // FLOORS]
        made.append(
            Spot(
                place=place,
                kind="stairwell",
                name=f"{house.number}号楼{stair.number}单元{rest % FLOORS + 1}层",
                building=house,
                stairwell=stair,
                floor=rest % FLOORS + 1,
            )
        )
    Spot.objects.bulk_create(made, batch_size=500)
    since = now - timedelta(days=30)
    planned = Round.objects.create(
        place=place,
        kind=RoundKind.DISINFECTION,
        name="楼道消毒",
        interval_minutes=INTERVAL.total_seconds() // 60,
        valid_from=since.date(),
    )
    RoundSpot.objects.bulk_create(
        (RoundSpot(round=planned, spot=spot, order=number, since=since) for number, spot in enumerate(made)),
        batch_size=500,
    )
    each = marks // spots
    done: list[datetime] = []
    rows: list[Any] = []
    for spot in made:
        # The last time is up to fourteen hours ago; the others lie half a day apart before it.
        last = now - timedelta(minutes=chance.randrange(5, 840))
        done.append(last)
        for back in range(each):
            at = last - back * INTERVAL
            rows.append(
                Mark(
                    response=response,
                    spot=spot,
                    kind=RoundKind.DISINFECTION,
                    happened_at=at,
                    written_at=at,
                    written_by=officer,
                )
            )
        if len(rows) > 5000:
            Mark._base_manager.bulk_create(rows, batch_size=1000)
            rows = []
    Mark._base_manager.bulk_create(rows, batch_size=1000)
    return place, done


def _light(last: datetime, now: datetime) -> str:
    left = last + INTERVAL - now
    return "overdue" if left < timedelta() else "due" if left < INTERVAL / 5 else "done"


@contextmanager
def _served(environment: dict[str, str]) -> Iterator[int]:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = [sys.executable, "-m", "gunicorn", "lianfang.wsgi:application", "--bind", f"127.0.0.1:{port}"]
    server = subprocess.Popen(
        [*command, "--workers", "2", "--threads", "4", "--log-level", "error"],
        env={**os.environ, **environment},
    )
    try:
        for _attempt in range(300):
            try:
                socket.create_connection(("127.0.0.1", port), 1).close()
                break
            except OSError:
                time.sleep(0.1)
        yield port
    finally:
        server.terminate()
        server.wait()


def _first_byte(port: int, path: str, cookie: str) -> float:
    """Seconds from sending to the first byte of the answer."""
    connection = http.client.HTTPConnection("127.0.0.1", port)
    connection.connect()
    began = time.perf_counter()
    connection.request("GET", path, None, {"Cookie": cookie, "Accept-Encoding": "gzip"})
    answer = connection.getresponse()
    answer.read(1)
    took = time.perf_counter() - began
    if answer.status != 200:
        raise SystemExit(f"{path}: {answer.status}")
    answer.read()
    connection.close()
    return took


if __name__ == "__main__":
    sys.exit(main())
