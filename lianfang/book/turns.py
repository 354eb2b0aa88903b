"""Writers of a book on SQLite stand in a queue.

SQLite lets one write at a time and has the others try again: they sleep for longer and longer, and whoever
comes just then goes before them, so that with eight phones at it one in a hundred waits for a second. Here
they wait in a queue of the operating system, across threads and processes, and each is woken when it is its
turn. PostgreSQL has such a queue of its own, at the row that every act locks.
"""

import fcntl
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection


@contextmanager
def in_turn() -> Iterator[None]:
    """Wait for one's turn to begin a transaction that writes; the next one's comes at the end.

    Within a transaction it has come already. Who is killed leaves the queue.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    line = _line_of(f"{connection.settings_dict['NAME']}-turn")
    fcntl.flock(line, fcntl.LOCK_EX)
    try:
        yield
    finally:
        fcntl.flock(line, fcntl.LOCK_UN)


# Each thread has a file of its own open: the same one, opened twice, excludes as another process does. A file
# that was open before the process was forked does not, and is opened anew.
_open = threading.local()


def _line_of(path: str) -> int:
    known: dict[tuple[int, str], int] = _open.__dict__.setdefault("lines", {})
    key = (os.getpid(), path)
    if key not in known:
        known[key] = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    return known[key]
