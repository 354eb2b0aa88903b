"""The passphrase that seals the keys of a backup: from a file, from the environment, or asked."""

import getpass
import os
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from lianfang.commandline.exits import CommandFailed, ExitCode
from lianfang.commandline.language import _

VARIABLE = "LIANFANG_BACKUP_PASSPHRASE"
SHORTEST = 10


def add_argument(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--passphrase-file",
        type=Path,
        metavar=_("文件"),
        help=_("封存密钥的口令,取文件的第一行;也可放在环境变量 {variable} 中,都没有时在终端询问").format(
            variable=VARIABLE
        ),
    )


def given(arguments: Namespace) -> str | None:
    """The passphrase of the file or the environment. Raises CommandFailed (UNREADABLE)."""
    if arguments.passphrase_file is None:
        return os.environ.get(VARIABLE) or None
    try:
        lines = arguments.passphrase_file.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise CommandFailed(_("读不了口令文件:{error}").format(error=error), ExitCode.UNREADABLE) from error
    return lines[0] if lines and lines[0] else None


def asked() -> str | None:
    """The passphrase typed at the terminal; None where there is no terminal or nothing is typed."""
    if not sys.stdin or not sys.stdin.isatty():
        return None
    return getpass.getpass(_("口令:")) or None
