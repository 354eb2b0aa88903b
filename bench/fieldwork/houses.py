"""A book of its own for a benchmark, on SQLite or on a PostgreSQL cluster that is thrown away."""

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from runpy import run_path

HOUSE = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(HOUSE))


@contextmanager
def a_house(kind: str) -> Iterator[dict[str, str]]:
    """An installation whose tables are made; gives the environment in which programs find it.

    May be entered once a process: Django's settings are read once.
    """
    with tempfile.TemporaryDirectory(prefix="lianfang-bench-") as data:
        os.environ["LIANFANG_DATA"] = data
        os.environ["DJANGO_SETTINGS_MODULE"] = "lianfang.settings"
        os.environ.pop("DATABASE_URL", None)
        if kind == "sqlite":
            yield _prepared(data)
            return
        # The tool is called as the tests are, whose package would be found first.
        with run_path(str(HOUSE / "tools" / "tests.py"))["throwaway_postgresql"]() as url:
            os.environ["DATABASE_URL"] = url
            try:
                yield _prepared(data)
            finally:
                from django.db import connections

                connections.close_all()


def _prepared(data: str) -> dict[str, str]:
    import django
    from django.db import connection

    django.setup()
    from lianfang.commandline.prepare import bring_up_tables

    # One connection for all that is measured: its process is known by its number.
    connection.settings_dict["CONN_MAX_AGE"] = None
    bring_up_tables()
    return {**os.environ, "LIANFANG_DATA": data}
