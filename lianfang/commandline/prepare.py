"""`lianfang prepare`: everything that must be there before the site starts. Quick when it is."""

import hashlib
import sqlite3
from argparse import ArgumentParser, Namespace
from pathlib import Path

from lianfang.commandline.exits import CommandFailed, ExitCode
from lianfang.commandline.house import set_up_django, unapplied_migrations
from lianfang.commandline.language import _


def add_arguments(parser: ArgumentParser) -> None:
    del parser  # nothing to choose


def run(arguments: Namespace) -> int:
    del arguments
    from lianfang.commandline.catalogues import compile_catalogues

    compiled = compile_catalogues()
    set_up_django()  # makes the keys
    from django.conf import settings
    from django.db import DatabaseError

    say(_("数据目录"), str(settings.DATA_DIR))
    say(_("译文"), _("编译了 {count} 份").format(count=compiled) if compiled else _("已是最新"))
    try:
        say(_("数据库"), bring_up_tables())
    except (DatabaseError, sqlite3.Error) as error:
        raise CommandFailed(_("数据库不可用:{error}").format(error=error), ExitCode.NOT_READY) from error
    say(_("静态文件"), _collect_static_files())
    say(_("排班计算"), _compile_roster_search())
    return ExitCode.OK


def say(what: str, state: str) -> None:
    print(f"{what}:{state}", flush=True)


def bring_up_tables() -> str:
    """Make the tables of a new database, or change those of an older one; says what was done."""
    from django.core.management import call_command
    from django.db import connection
    from django.db.migrations.recorder import MigrationRecorder

    waiting = unapplied_migrations()
    if waiting and not MigrationRecorder(connection).applied_migrations():
        _make_all_tables()
    elif waiting:
        call_command("migrate", interactive=False, verbosity=0)
    call_command("createcachetable", verbosity=0)
    return _("执行了 {count} 项变更").format(count=waiting) if waiting else _("已是最新")


def _make_all_tables() -> None:
    """Make the tables of a new database as the models say, and note the migrations that lead to them as done.

    One migration after the other, every model would be built anew for each: half a minute of the processor.
    That the models are where the migrations lead is held by a test. The tables are made in one transaction,
    the notes written in another; who was stopped between the two goes on with the notes.
    """
    from django.apps import apps
    from django.conf import settings
    from django.core.management import call_command
    from django.db import connection, transaction
    from django.db.migrations.loader import MigrationLoader
    from django.db.migrations.recorder import MigrationRecorder

    usual = settings.MIGRATION_MODULES
    settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}
    try:
        call_command("migrate", run_syncdb=True, interactive=False, verbosity=0)
    finally:
        settings.MIGRATION_MODULES = usual
    recorder = MigrationRecorder(connection)
    recorder.ensure_schema()
    with transaction.atomic():
        for app, name in sorted(MigrationLoader(connection).disk_migrations):
            recorder.record_applied(app, name)


def _collect_static_files() -> str:
    """Collect, hash and compress the static files, unless they are as they were last time."""
    from django.conf import settings
    from django.core.management import call_command

    stamp = Path(settings.STATIC_ROOT).with_suffix(".stamp")
    fingerprint = _fingerprint_of_static_files()
    if stamp.exists() and stamp.read_text(encoding="ascii") == fingerprint and _manifest().exists():
        return _("已是最新")
    call_command("collectstatic", interactive=False, verbosity=0)
    stamp.write_text(fingerprint, encoding="ascii")
    return _("已收集")


def _compile_roster_search() -> str:
    """Compile the search for rosters, so that the first roster need not wait for it."""
    from django.conf import settings

    from lianfang.engines.roster.warming import fingerprint

    stamp = Path(settings.DATA_DIR) / "roster.stamp"
    if stamp.exists() and stamp.read_text(encoding="ascii") == fingerprint():
        return _("已是最新")
    print(_("排班计算:正在编译,只需一次,一两分钟……"), flush=True)
    from lianfang.engines.roster.warming import warm

    warm()
    stamp.write_text(fingerprint(), encoding="ascii")
    return _("已编译")


def _manifest() -> Path:
    from django.conf import settings

    return Path(settings.STATIC_ROOT) / "staticfiles.json"


def _fingerprint_of_static_files() -> str:
    from django.contrib.staticfiles.finders import get_finders

    digest = hashlib.sha256()
    for finder in get_finders():
        for name, storage in finder.list([]):
            state = Path(storage.path(name)).stat()
            digest.update(f"{name}:{state.st_size}:{state.st_mtime_ns}\n".encode())
    return digest.hexdigest()
