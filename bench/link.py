"""5,000 records that a phone wrote without network reach the server over 64 kbit/s with 600 ms each way.

    python bench/link.py [--records 5000] [--batch N] [--bits 64000] [--delay 0.6]

In batches as large as the phone's, unless said otherwise. A real server, and between it and the client a link
that lets through so many bytes a second and holds each back for so long. Ends with 1 if it takes a minute or
longer.
"""

import argparse
import gzip
import http.client
import io
import json
import random
import re
import socket
import sys
import threading
import time
from datetime import UTC, datetime, timedelta
from queue import SimpleQueue
from typing import Any
from wsgiref.simple_server import WSGIRequestHandler, WSGIServer, make_server

from fieldwork.houses import HOUSE, a_house

LIMIT = 60.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--records", type=int, default=5000)
    parser.add_argument("--batch", type=int, default=_as_the_phone_sends())
    parser.add_argument("--bits", type=int, default=64_000)
    parser.add_argument("--delay", type=float, default=0.6)
    wanted = parser.parse_args()
    with a_house("sqlite"):
        return _measure(wanted)


def _measure(wanted: argparse.Namespace) -> int:
    from django.core.wsgi import get_wsgi_application
    from fieldwork.worlds import a_world, write_passages

    world = a_world()
    phone = world.phone()
    begin = datetime(2020, 2, 10, tzinfo=UTC)
    write_passages(world, phone, wanted.records, random.Random(5), begin, timedelta(seconds=8))
    clock = Clock(get_wsgi_application())
    server = make_server("127.0.0.1", 0, clock, WSGIServer, _Silent)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    link = Link(server.server_port, wanted.bits / 8, wanted.delay)
    began, sent, answered, stored = time.monotonic(), 0, 0, 0
    for start in range(0, wanted.records, wanted.batch):
        body = gzip.compress(phone.batch(phone.outbox[start : start + wanted.batch], short=True))
        answer, size = _post(link.port, phone.token, body)
        sent, answered = sent + len(body), answered + size
        stored += [one["status"] for one in answer["results"]].count("stored")
    seconds = time.monotonic() - began
    server.shutdown()
    held = stored == wanted.records and seconds < LIMIT
    print(
        f"{stored} of {wanted.records} records in batches of {wanted.batch}: {seconds:.1f} s over "
        f"{wanted.bits / 1000:.0f} kbit/s, {wanted.delay * 1000:.0f} ms each way; {sent / 1000:.0f} kB up, "
        f"{answered / 1000:.0f} kB down, {clock.seconds:.1f} s at the server (limit {LIMIT:.0f} s) "
        f"{'held' if held else 'NOT HELD'}"
    )
    return 0 if held else 1


def _as_the_phone_sends() -> int:
    """How many records the phone's page sends at a time."""
    page = (HOUSE / "lianfang" / "field" / "static" / "field" / "sync.js").read_text()
    found = re.search(r"const MOST_RECORDS = (\d+)", page)
    if found is None:
        raise LookupError("the page no longer says how many records it sends at a time")
    return int(found[1])


class Clock:
    """An application, and how long it has worked."""

    def __init__(self, application: Any) -> None:
        self._application = application
        self.seconds = 0.0

    def __call__(self, environ: Any, start_response: Any) -> Any:
        environ["wsgi.input"] = io.BytesIO(environ["wsgi.input"].read(int(environ["CONTENT_LENGTH"] or 0)))
        began = time.monotonic()
        answer = self._application(environ, start_response)
        self.seconds += time.monotonic() - began
        return answer


def _post(port: int, token: str, body: bytes) -> tuple[dict[str, Any], int]:
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=300)
    headers = {
        "Authorization": f"Bearer {token}",
        "Content-Type": "application/json",
        "Content-Encoding": "gzip",
        "Accept-Encoding": "gzip",
    }
    connection.request("POST", "/api/field/records", body, headers)
    answer = connection.getresponse().read()
    connection.close()
    found: dict[str, Any] = json.loads(gzip.decompress(answer) if answer[:2] == b"\x1f\x8b" else answer)
    return found, len(answer)


class _Silent(WSGIRequestHandler):
    def log_message(self, *_said: object) -> None:
        return


class Link:
    """Listens on `port` and hands on to the server, slowly, in both directions."""

    def __init__(self, server_port: int, bytes_a_second: float, delay: float) -> None:
        self._server_port, self._rate, self._delay = server_port, bytes_a_second, delay
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    def _serve(self) -> None:
        while True:
            near, _address = self._listening.accept()
            far = socket.create_connection(("127.0.0.1", self._server_port))
            for source, target in ((near, far), (far, near)):
                on_the_way: SimpleQueue[tuple[float, bytes]] = SimpleQueue()
                threading.Thread(target=self._take, args=(source, on_the_way), daemon=True).start()
                threading.Thread(target=self._bring, args=(on_the_way, target), daemon=True).start()

    def _take(self, source: socket.socket, on_the_way: "SimpleQueue[tuple[float, bytes]]") -> None:
        """What is sent goes onto the line at its rate, and arrives after the delay."""
        free_at = time.monotonic()
        while piece := source.recv(512):
            free_at = max(free_at, time.monotonic()) + len(piece) / self._rate
            on_the_way.put((free_at + self._delay, piece))
        on_the_way.put((free_at + self._delay, b""))

    def _bring(self, on_the_way: "SimpleQueue[tuple[float, bytes]]", target: socket.socket) -> None:
        while True:
            arrives_at, piece = on_the_way.get()
            time.sleep(max(0.0, arrives_at - time.monotonic()))
            try:
                if not piece:
                    target.shutdown(socket.SHUT_WR)
                    return
                target.sendall(piece)
            except OSError:
                return


if __name__ == "__main__":
    sys.exit(main())
