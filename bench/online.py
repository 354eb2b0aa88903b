"""How long a guard waits for the answer to one passage, with eight phones at it all the time.

    python bench/online.py [--database sqlite|postgresql|both] [--passages 4000] [--connections 8]

The server is another process, with the settings that `lianfang serve` has (gunicorn, as many workers as there
are processors, threads). Each phone keeps one connection, sends a passage with its temperature, waits for the
answer, and sends the next at once. Prints what half, 95 and 99 of a hundred wait at most, and the longest.
Ends with 1 if one in a hundred waits for 100 ms or longer, or a passage is not stored.
"""

import argparse
import http.client
import json
import os
import random
import signal
import socket
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from typing import Any

from fieldwork.houses import HOUSE, a_house

LIMIT = 0.1
"""Seconds that 99 in a hundred wait at most."""
_SERVE = """
import os, sys
import django; django.setup()
from lianfang.commandline.serve import serve_at
serve_at("127.0.0.1", int(sys.argv[1]), min(4, os.cpu_count() or 1))
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--database", choices=["sqlite", "postgresql", "both"], default="both")
    parser.add_argument("--passages", type=int, default=4000)
    parser.add_argument("--connections", type=int, default=8)
    wanted = parser.parse_args()
    if wanted.database == "both":
        numbers = ["--passages", str(wanted.passages), "--connections", str(wanted.connections)]
        runs = [
            subprocess.run([sys.executable, __file__, "--database", kind, *numbers], check=False)
            for kind in ("sqlite", "postgresql")
        ]
        return max(run.returncode for run in runs)
    with a_house(wanted.database) as environment:
        return _measure(wanted, environment)


def _measure(wanted: argparse.Namespace, environment: dict[str, str]) -> int:
    from django.db import connections
    from fieldwork.worlds import a_world, write_passages

    world = a_world()
    phones = [world.phone(index % 4) for index in range(wanted.connections)]
    connections.close_all()
    each = wanted.passages // wanted.connections
    chance, begin = random.Random(8), datetime(2020, 2, 10, tzinfo=UTC)
    for phone in phones:
        write_passages(world, phone, each + _WARMING, chance, begin, timedelta(seconds=20))
    with socket.create_server(("127.0.0.1", 0)) as probe:
        port = probe.getsockname()[1]
    server = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", _SERVE, str(port)],
        env=environment,
        cwd=HOUSE,
        stdout=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait_for(port)
        visitors = [Visitor(port, phone) for phone in phones]
        began = time.perf_counter()
        for visitor in visitors:
            visitor.start()
        for visitor in visitors:
            visitor.join()
        seconds = time.perf_counter() - began
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait()
    waits = sorted(wait for visitor in visitors for wait in visitor.waits)
    lost = wanted.connections * each - len(waits)
    at = {share: waits[min(len(waits) - 1, int(share * len(waits)))] for share in (0.5, 0.95, 0.99)}
    held = lost == 0 and at[0.99] < LIMIT
    print(
        f"{wanted.database}, one passage, {wanted.connections} connections, {len(waits)} passages "
        f"({len(waits) / seconds:.0f} a second): p50 {at[0.5] * 1000:.0f} ms, p95 {at[0.95] * 1000:.0f} ms, "
        f"p99 {at[0.99] * 1000:.0f} ms (limit {LIMIT * 1000:.0f} ms), longest {waits[-1] * 1000:.0f} ms, "
        f"not stored {lost}; {'held' if held else 'NOT HELD'}",
        flush=True,
    )
    return 0 if held else 1


_WARMING = 25
"""Passages that each phone sends before time is taken."""


class Visitor(threading.Thread):
    """A phone with its one connection."""

    def __init__(self, port: int, phone: Any) -> None:
        super().__init__(daemon=True)
        self._connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
        self._bodies = [phone.batch([record]) for record in phone.outbox]
        self._headers = {"Authorization": f"Bearer {phone.token}", "Content-Type": "application/json"}
        self.waits: list[float] = []

    def run(self) -> None:
        for number, body in enumerate(self._bodies):
            began = time.perf_counter()
            self._connection.request("POST", "/api/field/records", body, self._headers)
            answer = self._connection.getresponse()
            told = json.loads(answer.read())
            if answer.status != 200 or told["results"][0]["status"] != "stored":
                raise AssertionError(told)
            if number >= _WARMING:
                self.waits.append(time.perf_counter() - began)


def _wait_for(port: int) -> None:
    until = time.monotonic() + 120
    while time.monotonic() < until:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError("the server does not listen")


if __name__ == "__main__":
    sys.exit(main())
