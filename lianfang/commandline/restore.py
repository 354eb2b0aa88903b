"""`lianfang restore FILE`: what a backup holds, into this installation; all of it or nothing."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from lianfang.commandline import passphrases
from lianfang.commandline.exits import CommandFailed, ExitCode
from lianfang.commandline.house import in_house
from lianfang.commandline.language import _


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar=_("文件"), help=_("lianfang backup 写成的备份文件"))
    passphrases.add_argument(parser)
    parser.add_argument(
        "--replace",
        action="store_true",
        help=_("本机台账已有内容时,以备份替换;原来的密钥和附件改名保留在旁边"),
    )


@in_house
def run(arguments: Namespace) -> int:
    from lianfang.book import backups

    if_not_empty = backups.IfNotEmpty.REPLACE if arguments.replace else backups.IfNotEmpty.REFUSE
    passphrase = passphrases.given(arguments) or passphrases.asked()
    try:
        restored = backups.restore(arguments.file, passphrase=passphrase, if_not_empty=if_not_empty)
    except backups.BackupUnreadable as error:
        raise CommandFailed(f"{error} [{error.code}]", ExitCode.UNREADABLE) from error
    except OSError as error:
        raise CommandFailed(_("读不了备份:{error}").format(error=error), ExitCode.UNREADABLE) from error
    print(
        _("已恢复 {made_at} 的备份:{rows} 行、{uploads} 个附件{keys}。").format(
            made_at=restored.made_at,
            rows=restored.rows,
            uploads=restored.uploads,
            keys=_(",以及密钥") if restored.keys else "",
        )
    )
    print(_("请重新启动网站,并运行 lianfang check 核查。"))
    return ExitCode.OK
