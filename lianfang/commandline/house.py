"""Opening the house for a command: Django set up, the book ready, failures turned into exit codes."""

import os
from argparse import Namespace
from collections.abc import Callable
from functools import wraps

from lianfang.commandline.exits import CommandFailed, ExitCode
from lianfang.commandline.language import _, language

Run = Callable[[Namespace], int]


def set_up_django() -> None:
    """Read the settings and load the apps. Raises CommandFailed (NOT_READY) when the settings are wrong."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "lianfang.settings")
    import django
    from django.core.exceptions import ImproperlyConfigured
    from django.utils import translation

    from lianfang.book.keyring import KeyringError

    try:
        django.setup()
    except (ImproperlyConfigured, KeyringError) as error:
        raise CommandFailed(_("设置有误:{error}").format(error=error), ExitCode.NOT_READY) from error
    except OSError as error:
        raise CommandFailed(_("数据目录不可用:{error}").format(error=error), ExitCode.NOT_READY) from error
    translation.activate(language())


def in_house(run: Run) -> Run:
    """A command that works on the book: it finds the house set up and the database prepared.

    What the house refuses ends with FOUND, a missing right with NOT_ALLOWED, a database that is not
    there or not prepared with NOT_READY.
    """

    @wraps(run)
    def inside(arguments: Namespace) -> int:
        set_up_django()
        from django.core.exceptions import ValidationError
        from django.db import DatabaseError

        from lianfang.book.errors import NotAllowed, Refused

        try:
            _hold_the_book_is_prepared()
            return run(arguments)
        except NotAllowed as error:
            raise CommandFailed(str(error), ExitCode.NOT_ALLOWED) from error
        except Refused as error:
            raise CommandFailed(f"{error} [{error.code}]", ExitCode.FOUND) from error
        except ValidationError as error:
            raise CommandFailed("\n".join(_sentences(error)), ExitCode.FOUND) from error
        except DatabaseError as error:
            raise CommandFailed(_("数据库不可用:{error}").format(error=error), ExitCode.NOT_READY) from error

    return inside


def unapplied_migrations() -> int:
    """How many migrations the database still lacks."""
    from django.db import connection
    from django.db.migrations.executor import MigrationExecutor

    executor = MigrationExecutor(connection)
    return len(executor.migration_plan(executor.loader.graph.leaf_nodes()))


def _hold_the_book_is_prepared() -> None:
    if unapplied_migrations():
        raise CommandFailed(_("数据库尚未准备好,请先运行 lianfang prepare。"), ExitCode.NOT_READY)


def _sentences(error: "Exception") -> list[str]:
    from django.core.exceptions import ValidationError

    assert isinstance(error, ValidationError)
    if hasattr(error, "error_dict"):
        return [
            f"{field}:{sentence}" if field != "__all__" else sentence
            for field, sentences in error.message_dict.items()
            for sentence in sentences
        ]
    return list(error.messages)
