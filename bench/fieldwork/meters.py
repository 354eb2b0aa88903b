"""CPU time, also that of the database's own process."""

import os
import time
from dataclasses import dataclass, field
from pathlib import Path

from django.db import connection


def backend_pid() -> int | None:
    """The process that serves our connection, on PostgreSQL."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return int(cursor.fetchone()[0])


@dataclass(slots=True)
class Meter:
    """Adds up the CPU seconds of this process and of the backend of our connection."""

    pid: int | None = field(default_factory=backend_pid)
    seconds: float = 0.0
    _since: float = 0.0

    def __enter__(self) -> "Meter":
        self._since = self._now()
        return self

    def __exit__(self, *_failure: object) -> None:
        self.seconds += self._now() - self._since

    def _now(self) -> float:
        used = time.process_time()
        if self.pid is not None:
            user, system = Path(f"/proc/{self.pid}/stat").read_text().rpartition(")")[2].split()[11:13]
            used += (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")
        return used
