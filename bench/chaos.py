"""Chaos: 4 phones, 7 days, 50,000 records, and a network that does everything to their uploads. Twice.

    python bench/chaos.py [--records 50000] [--seed 20200210] [--database sqlite|postgresql]

The same outboxes are delivered in two orders with other faults, each into an empty book: repeated, cut off,
garbage, under a false name, days late, in any order, and the server killed (kill -9) in the middle of a
batch, after which another one takes its place. Prints what was done, and ends with 1 unless nothing is lost,
nothing doubled, the chains are whole, the book is sound and both ends are the same.
"""

import argparse
import http.client
import json
import os
import random
import shutil
import signal
import socket
import sys
import time
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer

from fieldwork.houses import a_house

_LARGEST = 120
"""Records of a batch, so that there are hundreds of them, and dozens of servers killed."""
_WALKS = frozenset({"audit_chain", "record_rows", "batches", "corrections"})


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=50_000)
    parser.add_argument("--seed", type=int, default=20200210)
    parser.add_argument("--database", choices=["sqlite", "postgresql"], default="sqlite")
    wanted = parser.parse_args()
    print(f"seed {wanted.seed}")
    with a_house(wanted.database):
        return _run(wanted.records, wanted.seed)


def _run(records: int, seed: int) -> int:
    from fieldwork.worlds import a_world

    from lianfang.field.tests.chaos import write_week

    world = a_world(households=400)
    phones = [world.phone(gate) for gate in range(4)]
    households = [(str(home), [str(pk) for pk, _name in inside]) for home, inside in world.households]
    write_week(phones, households, records, datetime(2020, 2, 3, tzinfo=UTC), random.Random(seed))
    written = sum(len(phone.outbox) for phone in phones)
    print(f"{written} records written by 4 phones in 7 days")
    first, second = (_delivered(phones, seed + turn, book) for turn, book in enumerate(_two_books(), 1))
    readings = sum(text.count('"body_site"') for phone in phones for text in phone.outbox)
    lost = written + readings - len(first)
    print(f"lost or doubled: {lost}; the same in both orders: {first == second}")
    marked = sum(1 for values in first.values() if values[-1] is True)
    print(f"passages that the rules say were decided otherwise: {marked}")
    return 0 if lost == 0 and first == second else 1


def _two_books() -> list[str]:
    """The book with its phones, without a record, twice: each delivery has one of its own."""
    from django.db import connection, connections

    name = str(connection.settings_dict["NAME"])
    books = [f"{name}-{turn}" for turn in (1, 2)]
    if connection.vendor == "sqlite":
        # The last to leave writes the log back into the file.
        connections.close_all()
        for book in books:
            shutil.copy(name, book)
        return books
    connection.close()
    connection.settings_dict["NAME"] = "postgres"
    with connection.cursor() as cursor:
        for book in books:
            cursor.execute(f'CREATE DATABASE "{book}" TEMPLATE "{name}"')
    connections.close_all()
    return books


def _delivered(phones: list[Any], seed: int, book: str) -> dict[str, tuple[Any, ...]]:
    from django.db import connection, connections

    from lianfang.book.soundness import findings
    from lianfang.field.models import DeviceChain, RefusedArrival
    from lianfang.field.tests.chaos import deliver, state_of_book

    connection.settings_dict["NAME"] = book
    began = time.monotonic()
    server, chance = Server(), random.Random(seed)
    try:
        faults = deliver(
            phones, server.post, lambda token, body: server.die(token, body, chance), chance, _LARGEST
        )
    finally:
        server.kill()
    took = time.monotonic() - began
    print(
        f"delivered in {took:.0f} s, {server.seconds:.0f} s CPU of the server: {faults}; "
        f"of {server.kills} killed servers {server.too_late} had kept the batch already",
        flush=True,
    )
    for phone in phones:
        chain = DeviceChain.objects.get(device=phone.device)
        if (chain.next_sequence, chain.head) != (phone.sequence + 1, phone.head):
            raise AssertionError("a chain is not whole")
    unsound = [str(finding) for finding in findings(_WALKS)]
    left = RefusedArrival.objects.current().count()
    if unsound or left or faults.refused:
        raise AssertionError((unsound[:5], left, faults.refused[:5]))
    found = state_of_book()
    connections.close_all()
    return found


class Server:
    """A process that serves one phone after the other, until it is killed; then there is another one."""

    def __init__(self) -> None:
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self.kills = self.too_late = 0
        self.seconds = 0.0
        self._serving = self._fork()

    def _fork(self) -> int:
        serving = os.fork()
        if serving:
            return serving
        from lianfang.wsgi import application

        server = WSGIServer(("127.0.0.1", 0), _Silent, bind_and_activate=False)
        server.socket.close()
        server.socket = self._listening
        server.server_name, server.server_port = "127.0.0.1", self.port
        server.setup_environ()
        server.set_app(application)
        server.serve_forever()
        os._exit(0)

    def post(self, token: str, body: bytes) -> dict[str, Any]:
        connection = self._ask(token, body)
        answer = connection.getresponse()
        told: dict[str, Any] = json.loads(answer.read())
        connection.close()
        return {"http": answer.status, **told}

    def die(self, token: str, body: bytes, chance: random.Random) -> None:
        """Killed at any moment while it works on this batch."""
        connection = self._ask(token, body)
        connection.sock.settimeout(chance.uniform(0, 0.2))
        with suppress(TimeoutError):
            connection.sock.recv(1)
            self.too_late += 1
        connection.close()
        self.kill()
        self.kills += 1
        self._serving = self._fork()

    def kill(self) -> None:
        os.kill(self._serving, signal.SIGKILL)
        used = os.wait4(self._serving, 0)[2]
        self.seconds += used.ru_utime + used.ru_stime

    def _ask(self, token: str, body: bytes) -> http.client.HTTPConnection:
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=300)
        headers = {"Authorization": f"Bearer {token}", "Content-Type": "application/json"}
        connection.request("POST", "/api/field/records", body, headers)
        return connection


class _Silent(WSGIRequestHandler):
    def log_message(self, *_said: object) -> None:
        return


if __name__ == "__main__":
    sys.exit(main())
