"""The server is killed (kill -9) amid batches, many times: each batch is there once, or not yet."""

import http.client
import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from lianfang.field.tests.phones import NOON, Phone

# Django is loaded and the tables are made once; after each killed server a new one takes the same socket.
_SERVE = """
import io, os
import django; django.setup()
from django.db import connections
from lianfang.commandline.prepare import bring_up_tables
bring_up_tables()
from lianfang.field.tests.builders import a_phone
phone = a_phone()
print(phone.device, phone.token, phone.gate, flush=True)
from wsgiref.simple_server import WSGIRequestHandler, make_server
from wsgiref.util import setup_testing_defaults
from django.core.wsgi import get_wsgi_application
application = get_wsgi_application()
first = {"PATH_INFO": "/api/field/records", "wsgi.input": io.BytesIO()}
setup_testing_defaults(first)
application(first, lambda *_head: None).close()
connections.close_all()
WSGIRequestHandler.log_message = lambda *_said: None
server = make_server("127.0.0.1", 0, application, handler_class=WSGIRequestHandler)
print(server.server_port, flush=True)
while True:
    serving = os.fork()
    if not serving:
        server.serve_forever()
    print(serving, flush=True)
    os.waitpid(serving, 0)
"""
_CHECK = """
import django; django.setup()
from lianfang.book.soundness import findings
print([finding.message for finding in findings(frozenset({"audit_chain", "record_rows", "batches"}))])
"""
_KILLS = 8
_BATCHES = 16


def test_killed_many_times_the_server_loses_and_doubles_nothing(tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "LIANFANG_DATA": str(tmp_path),
        "DJANGO_SETTINGS_MODULE": "lianfang.settings",
        "DATABASE_URL": f"sqlite:///{tmp_path / 'book.sqlite3'}",
    }
    chance = random.Random(9)
    nursery = subprocess.Popen(
        [sys.executable, "-W", "ignore", "-c", _SERVE], env=environment, stdout=subprocess.PIPE, text=True
    )
    assert nursery.stdout is not None
    phone = Phone(*nursery.stdout.readline().split())
    for _index in range(_BATCHES * 40):
        phone.passes(at=NOON, tenths=365)
    port, serving = int(nursery.stdout.readline()), int(nursery.stdout.readline())
    kills = 0
    try:
        for number in range(_BATCHES):
            batch = phone.outbox[number * 40 : number * 40 + 40]
            connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            if kills < _KILLS and chance.random() < 0.6:
                _ask(connection, phone, batch)
                time.sleep(chance.uniform(0, 0.03))
                os.kill(serving, signal.SIGKILL)
                serving = int(nursery.stdout.readline())
                kills += 1
                connection.close()
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
            _ask(connection, phone, batch)
            answer = json.loads(connection.getresponse().read())
            said = {one["status"] for one in answer["results"]}
            # All of it or nothing: never a part of a batch.
            assert said in ({"stored"}, {"already_there"})
            connection.close()
    finally:
        nursery.kill()
        nursery.wait()
        os.kill(serving, signal.SIGKILL)
    with sqlite3.connect(tmp_path / "book.sqlite3") as book:
        count, different = book.execute("SELECT count(*), count(DISTINCT id) FROM gates_passage").fetchone()
    assert kills == _KILLS
    assert (count, different) == (_BATCHES * 40, _BATCHES * 40)
    assert _run(_CHECK, environment) == "[]"


def _ask(connection: http.client.HTTPConnection, phone: Phone, batch: list[str]) -> None:
    headers = {"Authorization": f"Bearer {phone.token}", "Content-Type": "application/json"}
    connection.request("POST", "/api/field/records", phone.batch(batch), headers)


def _run(program: str, environment: dict[str, str]) -> str:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        env=environment,
        stdout=subprocess.PIPE,
        text=True,
        check=True,
    )
    return done.stdout.strip()
