"""What `make test` runs: every test on SQLite, then those that touch the database on PostgreSQL.

    python tools/tests.py [--only sqlite|postgres|browser] [further arguments of pytest]

Paths among the further arguments are run instead of everything.

Chromium, PostgreSQL and a Chinese font are installed by apt where they are missing (on Debian and
Ubuntu, as root or by sudo); elsewhere a sentence says what to install. PostgreSQL runs as a cluster of
its own, in a temporary folder, on a socket that only this run knows, and is gone at the end.
"""

import argparse
import os
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
PROCESSES = "2"
WHERE_DEBIAN_KEEPS_POSTGRESQL = Path("/usr/lib/postgresql")

# Tests of engines touch no database, and those of the whole house set up one of each kind: once is enough.
# The long walks in the browser begin first, so that no process is left alone with them at the end.
ON_SQLITE = ["e2e", "lianfang", "tests", "--ignore=tests/whole_house"]
ON_POSTGRESQL = ["lianfang", "tests", "--ignore=lianfang/engines", "--ignore=tests/documentation"]
IN_THE_BROWSER = ["e2e"]


@dataclass(frozen=True, slots=True)
class Outcome:
    name: str
    passed: bool
    summary: str
    seconds: float


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--only", choices=["sqlite", "postgres", "browser"])
    chosen, further = parser.parse_known_args()
    install_what_is_missing(chosen.only)
    compile_catalogues()
    outcomes = []
    with tempfile.TemporaryDirectory(prefix="lianfang-test-") as data:
        environment = {**os.environ, "LIANFANG_DATA": data}
        environment.pop("DATABASE_URL", None)
        if chosen.only == "browser":
            outcomes.append(run("Chromium", chosen_tests(IN_THE_BROWSER, further), environment))
        if chosen.only in {None, "sqlite"}:
            outcomes.append(run("SQLite", chosen_tests(ON_SQLITE, further), environment))
        if chosen.only in {None, "postgres"}:
            with throwaway_postgresql() as url:
                with_url = {**environment, "DATABASE_URL": url}
                arguments = ["--only-database", *chosen_tests(ON_POSTGRESQL, further)]
                outcomes.append(run("PostgreSQL", arguments, with_url))
    print()
    for outcome in outcomes:
        print(f"{outcome.name}: {outcome.summary} ({outcome.seconds:.0f} s)")
    return 0 if all(outcome.passed for outcome in outcomes) else 1


def chosen_tests(usual: list[str], further: list[str]) -> list[str]:
    """The arguments of pytest: the usual paths, unless further arguments name other ones."""
    names_paths = any((HOUSE / argument.split("::")[0]).exists() for argument in further)
    return further if names_paths else [*usual, *further]


def run(name: str, arguments: list[str], environment: dict[str, str]) -> Outcome:
    """Run pytest, showing its output as it comes, and keep its closing line."""
    print(f"\n=== {name} ===", flush=True)
    started = time.monotonic()
    command = [
        *(sys.executable, "-m", "pytest", "-q", "-n", PROCESSES),
        *("--dist", "loadfile", "--no-loadscope-reorder", *arguments),
    ]
    last = "no output"
    with subprocess.Popen(
        command, cwd=HOUSE, env=environment, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True
    ) as process:
        assert process.stdout is not None
        for line in process.stdout:
            print(line, end="", flush=True)
            last = line.strip() or last
    return Outcome(name, process.returncode == 0, last.strip("= "), time.monotonic() - started)


def compile_catalogues() -> None:
    """English pages are tested with their translations."""
    sys.path.insert(0, str(HOUSE))
    from lianfang.commandline.catalogues import compile_catalogues as compile_them

    compile_them()


def install_what_is_missing(only: str | None) -> None:
    """apt-get what the chosen tests need and this machine lacks. Exits with a sentence where it cannot."""
    missing = []
    if only != "postgres":
        if not any(map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))):
            missing.append("chromium")
        if shutil.which("pdftotext") is None:
            missing.append("poppler-utils")
        if not _has_a_chinese_font():
            missing.append("fonts-wqy-microhei")
    if only not in {"sqlite", "browser"} and _postgresql_program("initdb") is None:
        missing.append("postgresql")
    if not missing:
        return
    print(f"Installing {', '.join(missing)} …", flush=True)
    privilege = [] if os.geteuid() == 0 else ["sudo"]
    if shutil.which("apt-get") is None or (privilege and shutil.which("sudo") is None):
        sys.exit(f"The tests need: {', '.join(missing)}. Please install them and run the tests again.")
    quiet = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
    for arguments in (["update", "-qq"], ["install", "-y", "-qq", "--no-install-recommends", *missing]):
        done = subprocess.run(
            [*privilege, "apt-get", *arguments],
            env=quiet,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            check=False,
        )
        if done.returncode:
            sys.exit(f"apt-get {arguments[0]} failed. Please install {', '.join(missing)} by hand.")


@contextmanager
def throwaway_postgresql() -> Iterator[str]:
    """The DATABASE_URL of a PostgreSQL cluster that lives as long as the block."""
    folder = Path(tempfile.mkdtemp(prefix="lf-pg-"))
    user = _unprivileged_user()
    as_user = ["runuser", "-u", user, "--"] if user else []
    if user:
        shutil.chown(folder, user)
    cluster = folder / "cluster"
    server: subprocess.Popen[bytes] | None = None
    try:
        _quietly(
            [
                *as_user, _program("initdb"), "-D", str(cluster), "-U", "lianfang",
                "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync",
            ],
            folder,
        )  # fmt: skip
        with (folder / "log").open("wb") as log:
            server = subprocess.Popen(
                [
                    *as_user, _program("postgres"), "-D", str(cluster), "-k", str(folder),
                    "-c", "listen_addresses=", "-c", "fsync=off", "-c", "full_page_writes=off",
                    "-c", "synchronous_commit=off", "-c", "max_connections=60", "-c", "jit=off",
                ],
                cwd=folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
            )  # fmt: skip
        _wait_until_ready(folder, server)
        yield f"postgresql://lianfang@/postgres?host={folder}"
    finally:
        if server is not None:
            _stop(cluster, as_user, server)
        shutil.rmtree(folder, ignore_errors=True)


def _wait_until_ready(folder: Path, server: "subprocess.Popen[bytes]") -> None:
    import psycopg

    give_up_at = time.monotonic() + 60
    while True:
        try:
            psycopg.connect(f"host={folder} user=lianfang dbname=postgres").close()
        except psycopg.OperationalError:
            if server.poll() is not None or time.monotonic() > give_up_at:
                log = (folder / "log").read_text(errors="replace")
                sys.exit(f"PostgreSQL did not start:\n{log}")
            time.sleep(0.1)
        else:
            return


def _stop(cluster: Path, as_user: list[str], server: "subprocess.Popen[bytes]") -> None:
    """Stop the server that was started here; pg_ctl signals the process named in the cluster itself."""
    subprocess.run(
        [*as_user, _program("pg_ctl"), "stop", "-D", str(cluster), "-m", "immediate", "-s"],
        cwd=cluster.parent,
        check=False,
    )
    try:
        server.wait(timeout=20)
    except subprocess.TimeoutExpired:
        server.kill()


def _unprivileged_user() -> str:
    """PostgreSQL refuses to run as root: then the `postgres` user of the package runs it."""
    return "postgres" if os.geteuid() == 0 else ""


def _quietly(command: list[str], folder: Path) -> None:
    done = subprocess.run(
        command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    if done.returncode:
        sys.exit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")


def _program(name: str) -> str:
    found = _postgresql_program(name)
    if found is None:
        sys.exit(f"PostgreSQL's {name} was not found.")
    return found


def _postgresql_program(name: str) -> str | None:
    """A server program: Debian keeps them out of the path, one folder a version."""
    versions = sorted(
        WHERE_DEBIAN_KEEPS_POSTGRESQL.glob(f"*/bin/{name}"),
        key=lambda path: float(path.parts[-3]),
    )
    return str(versions[-1]) if versions else shutil.which(name)


def _has_a_chinese_font() -> bool:
    if shutil.which("fc-list") is None:
        return False
    listed = subprocess.run(["fc-list", ":lang=zh"], capture_output=True, text=True, check=False)
    return bool(listed.stdout.strip())


if __name__ == "__main__":
    sys.exit(main())
