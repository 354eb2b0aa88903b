"""`lianfang backup FILE`: the book, the uploads and the sealed keys in one file."""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from lianfang.commandline import passphrases
from lianfang.commandline.exits import CommandFailed, ExitCode
from lianfang.commandline.house import in_house
from lianfang.commandline.language import _


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar=_("文件"), help=_("备份写到哪个文件;已有同名文件时不覆盖"))
    passphrases.add_argument(parser)
    parser.add_argument(
        "--without-keys",
        action="store_true",
        help=_("不含密钥:没有另存的密钥,备份中的证件号码和电话打不开"),
    )


@in_house
def run(arguments: Namespace) -> int:
    from lianfang.book import backups

    if arguments.file.exists():
        raise CommandFailed(_("{file} 已存在,不覆盖。").format(file=arguments.file), ExitCode.USAGE)
    try:
        written = backups.write(arguments.file, passphrase=_passphrase(arguments))
    except OSError as error:
        raise CommandFailed(_("写不了备份:{error}").format(error=error), ExitCode.UNREADABLE) from error
    print(
        _("已备份 {rows} 行、{uploads} 个附件,{megabytes:.1f} MB。").format(
            rows=written.rows, uploads=written.uploads, megabytes=written.length / 1024 / 1024
        )
    )
    if not written.keys:
        print(_("备份不含密钥。请另行妥善保存数据目录中的 keys 目录。"))
    return ExitCode.OK


def _passphrase(arguments: Namespace) -> str | None:
    if arguments.without_keys:
        return None
    passphrase = passphrases.given(arguments) or passphrases.asked()
    if passphrase is None:
        raise CommandFailed(
            _("请给出封存密钥的口令(--passphrase-file 或环境变量 {variable}),或写明 --without-keys。").format(
                variable=passphrases.VARIABLE
            ),
            ExitCode.USAGE,
        )
    if len(passphrase) < passphrases.SHORTEST:
        raise CommandFailed(
            _("口令至少 {length} 个字符。").format(length=passphrases.SHORTEST), ExitCode.USAGE
        )
    return passphrase
