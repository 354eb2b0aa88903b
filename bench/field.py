"""What a phone's records cost the server: CPU for a batch and for one passage, beside doing it bare.

    python bench/field.py [--database sqlite|postgresql|both] [--rows 10000000] [--batches 30] [--singles 300]

For a batch of 200 passages with a temperature each, everything included (device, digests, rules, answer,
audit), against the same rows put in bare: staged COPY … ON CONFLICT DO NOTHING on PostgreSQL, executemany on
SQLite; on a table that is nearly empty, and on one of `--rows`. For one passage, against a bare create by
Django REST framework. CPU of this process and of the database's is counted, both sides in turn.
Ends with 1 if a limit does not hold.
"""

import argparse
import gzip
import io
import json
import random
import subprocess
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from fieldwork.houses import a_house

LIMIT_POSTGRESQL, LIMIT_SQLITE, LIMIT_FULL, LIMIT_SINGLE = 2.5, 2.0, 1.6, 0.75
BATCH = 200
BLOCK, SINGLES_BLOCK = 5, 50


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--rows", type=int, default=10_000_000)
    parser.add_argument("--batches", type=int, default=30)
    parser.add_argument("--singles", type=int, default=300)
    wanted = parser.parse_args()
    if wanted.database == "both":
        runs = [
            subprocess.run([sys.executable, __file__, "--database", kind, *_passed_on(wanted)], check=False)
            for kind in ("sqlite", "postgresql")
        ]
        return max(run.returncode for run in runs)
    with a_house(wanted.database):
        return _measure(wanted)


def _passed_on(wanted: argparse.Namespace) -> list[str]:
    numbers = {"--rows": wanted.rows, "--batches": wanted.batches, "--singles": wanted.singles}
    return [word for name, value in numbers.items() for word in (name, str(value))]


def _measure(wanted: argparse.Namespace) -> int:
    from fieldwork.filling import fill
    from fieldwork.worlds import a_world

    world = a_world()
    bench = Bench(world, wanted.database)
    bench.batches(5)
    empty = bench.batches(wanted.batches)
    limit = LIMIT_POSTGRESQL if wanted.database == "postgresql" else LIMIT_SQLITE
    held = [_say(f"{wanted.database}, batch, nearly empty table", empty, limit)]
    bench.singles(50)
    held.append(_say(f"{wanted.database}, one passage", bench.singles(wanted.singles), LIMIT_SINGLE, 1))
    if wanted.rows:
        began = time.monotonic()
        fill(world, wanted.rows)
        print(f"table filled to {wanted.rows:,} passages in {time.monotonic() - began:.0f} s", flush=True)
        bench.batches(5)
        full = bench.batches(wanted.batches)
        held.append(_say(f"{wanted.database}, batch, {wanted.rows:,} rows", full, limit))
        growth = full.ours / empty.ours
        ok = growth <= LIMIT_FULL
        print(f"  full over empty: {growth:.2f} (limit {LIMIT_FULL}) {'held' if ok else 'NOT HELD'}")
        held.append(ok)
    return 0 if all(held) else 1


class Cost:
    """CPU seconds of both sides for as many rows."""

    def __init__(self, ours: float, bare: float, rows: int) -> None:
        self.ours, self.bare, self.rows = ours, bare, rows


def _say(what: str, cost: Cost, limit: float, rows_each: int = 2) -> bool:
    ratio = cost.ours / cost.bare
    ok = ratio <= limit
    unit = "passage with its temperature" if rows_each == 2 else "passage"
    print(
        f"{what}: {cost.ours / cost.rows * 1e6:.0f} µs a {unit}, bare {cost.bare / cost.rows * 1e6:.0f} µs; "
        f"ratio {ratio:.2f} (limit {limit}) {'held' if ok else 'NOT HELD'}",
        flush=True,
    )
    return ok


class Bench:
    """Both sides in turn, on the same rows."""

    def __init__(self, world: Any, kind: str) -> None:
        from fieldwork.bare import copy_staged, execute_many

        from lianfang.wsgi import application

        self.world = world
        self.phone = world.phone()
        self.chance = random.Random(7)
        self.at = datetime(2020, 2, 1, tzinfo=UTC)
        self.handler = application
        self.put_in: Callable[[Any], None] = copy_staged if kind == "postgresql" else execute_many

    def batches(self, count: int) -> Cost:
        from fieldwork.bare import last_uploads, like_those_of
        from fieldwork.meters import Meter

        ours, bare = Meter(), Meter()
        for _block in range(count // BLOCK):
            bodies = [self._written(BATCH) for _index in range(BLOCK)]
            # The kernel counts another process's time in hundredths of a second: not batch by batch.
            with ours:
                answers = [self._post(body) for body in bodies]
            for answer in map(read_answer, answers):
                if [one["status"] for one in answer["results"]].count("stored") != BATCH:
                    raise AssertionError(answer)
            rows = [like_those_of(upload) for upload in last_uploads(self.phone.device, BLOCK)]
            with bare:
                for values in rows:
                    self.put_in(values)
        return Cost(ours.seconds, bare.seconds, count // BLOCK * BLOCK * BATCH)

    def singles(self, count: int) -> Cost:
        from fieldwork.bare import create_by_rest_framework, last_uploads, like_those_of
        from fieldwork.meters import Meter

        ours, bare = Meter(), Meter()
        create = create_by_rest_framework()
        for _block in range(count // SINGLES_BLOCK):
            bodies = [self._written(1) for _index in range(SINGLES_BLOCK)]
            with ours:
                answers = [self._post(body) for body in bodies]
            if {read_answer(answer)["results"][0]["status"] for answer in answers} != {"stored"}:
                raise AssertionError(answers)
            uploads = last_uploads(self.phone.device, SINGLES_BLOCK)
            requests = [create.request_for(like_those_of(upload)) for upload in uploads]
            with bare:
                for request in requests:
                    create(request)
        return Cost(ours.seconds, bare.seconds, count // SINGLES_BLOCK * SINGLES_BLOCK)

    def _written(self, count: int) -> bytes:
        from fieldwork.worlds import write_passages

        self.phone.outbox.clear()
        write_passages(self.world, self.phone, count, self.chance, self.at, timedelta(seconds=11))
        self.at += count * timedelta(seconds=11)
        body = self.phone.batch()
        return gzip.compress(body) if count > 1 else body

    def _post(self, body: bytes) -> bytes:
        return post_to(self.handler, "/api/field/records", body, self.phone.token)


def post_to(handler: Any, path: str, body: bytes, token: str) -> bytes:
    """A request as a WSGI server hands it on; the whole house answers."""
    environ = environ_of(path, body)
    environ["HTTP_AUTHORIZATION"] = f"Bearer {token}"
    environ["HTTP_ACCEPT_ENCODING"] = "gzip"
    if body[:2] == b"\x1f\x8b":
        environ["HTTP_CONTENT_ENCODING"] = "gzip"
    response = handler(environ, lambda *_head: None)
    try:
        return b"".join(response)
    finally:
        response.close()


def read_answer(body: bytes) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(gzip.decompress(body) if body[:2] == b"\x1f\x8b" else body)
    return found


def environ_of(path: str, body: bytes) -> dict[str, Any]:
    return {
        "REQUEST_METHOD": "POST",
        "PATH_INFO": path,
        "QUERY_STRING": "",
        "SERVER_NAME": "localhost",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "HTTP_HOST": "localhost",
        "CONTENT_TYPE": "application/json",
        "CONTENT_LENGTH": str(len(body)),
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }


if __name__ == "__main__":
    sys.exit(main())
