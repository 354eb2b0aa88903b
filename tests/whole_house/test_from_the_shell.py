"""A newcomer's way, as the README tells it, by the command line in processes of its own:
prepare, load the scenario, check, read the sums, serve, back up, and move to another database."""

import json
import os
import re
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection

pytestmark = pytest.mark.own_database

HOUSE = Path(__file__).resolve().parents[2]
PASSPHRASE = "a passphrase for tests only"


@dataclass(frozen=True, slots=True)
class Installation:
    """A data folder and a database of its own."""

    home: Path
    database_url: str

    def run(self, *arguments: str, expected: int = 0) -> str:
        done = subprocess.run(
            self.command(*arguments),
            cwd=HOUSE,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == expected, f"{arguments}: {done.stdout}{done.stderr}"
        return done.stdout

    def command(self, *arguments: str) -> list[str]:
        return [sys.executable, "-m", "lianfang", *arguments]

    @property
    def environment(self) -> dict[str, str]:
        kept = {name: value for name, value in os.environ.items() if not name.startswith("LIANFANG_")}
        return {
            **kept,
            "LANG": "C.UTF-8",
            "LIANFANG_DATA": str(self.home),
            "DATABASE_URL": self.database_url,
            "LIANFANG_BACKUP_PASSPHRASE": PASSPHRASE,
        }

    def figures(self) -> dict[str, object]:
        figures: dict[str, object] = json.loads(self.run("figures", "--json"))
        return {name: value for name, value in figures.items() if name != "as_of"}


def on_sqlite(home: Path) -> Installation:
    return Installation(home, f"sqlite:///{home / 'book.sqlite3'}")


@pytest.fixture(scope="module")
def boxing(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """An installation with the scenario, as `make run` makes it."""
    house = on_sqlite(tmp_path_factory.mktemp("boxing"))
    house.run("prepare")
    house.run("load", "boxing")
    return house


@pytest.fixture(scope="module")
def elsewhere(
    tmp_path_factory: pytest.TempPathFactory, django_db_blocker: object, boxing: Installation
) -> Iterator[Installation]:
    """An empty installation on the kind of database that these tests run on."""
    del boxing  # made first, so that a broken scenario is told as such
    home = tmp_path_factory.mktemp("elsewhere")
    if connection.vendor == "sqlite":
        yield on_sqlite(home)
        return
    name = f"moved_{uuid4().hex[:8]}"
    _on_server(f'CREATE DATABASE "{name}"')
    options = "&".join(f"{key}={value}" for key, value in settings.DATABASES["default"]["OPTIONS"].items())
    facts = settings.DATABASES["default"]
    signed_in = f"{facts['USER']}:{facts['PASSWORD']}@" if facts["PASSWORD"] else f"{facts['USER']}@"
    place = f"{facts['HOST']}:{facts['PORT']}" if facts["PORT"] else facts["HOST"]
    yield Installation(home, f"postgresql://{signed_in}{place}/{name}?{options}")
    _on_server(f'DROP DATABASE "{name}" WITH (FORCE)')


def _on_server(statement: str) -> None:
    import psycopg

    facts = settings.DATABASES["default"]
    options = dict(facts["OPTIONS"])
    parts = {
        "host": facts["HOST"],
        "port": facts["PORT"],
        "user": facts["USER"],
        "password": facts["PASSWORD"],
    }
    known = {key: value for key, value in parts.items() if value}
    with psycopg.connect(dbname="postgres", autocommit=True, **{**known, **options}) as server:
        server.execute(statement)  # type: ignore[call-overload]


def test_the_scenario_is_sound_and_loading_it_again_changes_nothing(boxing: Installation) -> None:
    before = boxing.figures()
    assert "没有变动" in boxing.run("load", "boxing")
    assert boxing.figures() == before
    assert json.loads(boxing.run("check", "--json"))["findings"] == []


def test_preparing_again_finds_everything_ready(boxing: Installation) -> None:
    assert boxing.run("prepare").count("已是最新") == 4


def test_the_sums_of_the_scenario_come_out(boxing: Installation) -> None:
    """Figures of the article: cash of at least 16.08 million if all gifts are distinct, 25 records."""
    figures = boxing.figures()
    received = figures["received"]
    assert isinstance(received, dict)
    assert received["cash"]["high"]["yuan"] == "16080000.00"
    assert received["cash"]["high"]["claim"] == "at_least"


def test_a_backup_moves_to_another_database_and_back(
    boxing: Installation, elsewhere: Installation, tmp_path: Path
) -> None:
    there, back = tmp_path / "there.zip", tmp_path / "back.zip"
    boxing.run("backup", str(there))
    elsewhere.run("prepare")
    elsewhere.run("restore", str(there))
    assert json.loads(elsewhere.run("check", "--json"))["findings"] == []
    assert elsewhere.figures() == boxing.figures()
    elsewhere.run("intake", "--save", str(_a_notice(tmp_path)), "--by", "office")
    elsewhere.run("backup", str(back))

    again = on_sqlite(tmp_path / "again")
    again.run("prepare")
    again.run("restore", str(back))
    assert json.loads(again.run("check", "--json"))["findings"] == []
    assert again.run("user", "list", "--json") == boxing.run("user", "list", "--json")
    again.run("restore", str(there), expected=1)
    again.run("restore", str(there), "--replace")
    assert again.figures() == boxing.figures()


def test_the_site_answers_and_greets_with_the_demo_sign_ins(boxing: Installation) -> None:
    with subprocess.Popen(
        boxing.command("serve", "--workers", "1", "--port", str(_a_free_port())),
        cwd=HOUSE,
        env=boxing.environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    ) as server:
        try:
            assert server.stdout is not None
            greeting = []
            for line in server.stdout:
                greeting.append(line)
                if "Ctrl+C" in line:
                    break
            said = "".join(greeting)
            found = re.search(r"http://\S+", said)
            assert found, said
            with urllib.request.urlopen(found.group()) as answer:
                assert answer.status == 200
                assert "text/html" in answer.headers["Content-Type"]
            assert "office" in said
        finally:
            server.terminate()
            server.wait()


def _a_notice(folder: Path) -> Path:
    path = folder / "notice.txt"
    path.write_text("曹王镇商会会员企业青禾食品厂向县人民医院捐赠口罩500只。", encoding="utf-8")
    return path


def _a_free_port() -> int:
    import socket

    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
