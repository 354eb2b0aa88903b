"""The command line `lianfang`.

Each command is a module of this package with `add_arguments(parser)` and `run(arguments) -> int`.
A command's module is imported only when it is called, so that `lianfang intake FILE` starts at once
and never loads Django. Exit codes are in `exits.py`; every command, option and exit code has its
entry in `docs/reference/command-line.md`, which a test holds against the parser.
"""

import argparse
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import NoReturn

from lianfang.commandline.exits import CommandFailed, ExitCode
from lianfang.commandline.language import _

# Command → its module here.
COMMANDS: dict[str, str] = {
    "prepare": "prepare",
    "serve": "serve",
    "load": "load",
    "intake": "intake",
    "import": "importing",
    "figures": "figures",
    "check": "check",
    "backup": "backup",
    "restore": "restore",
    "user": "user",
    "enrol": "enrol",
    "passages": "passages",
    "rules": "rules",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command that `arguments` (by default those of the process) name; return its exit code."""
    words = sys.argv[1:] if arguments is None else list(arguments)
    chosen = next((word for word in words if not word.startswith("-")), None)
    try:
        known = frozenset({chosen} if chosen in COMMANDS else ())
        parsed = parser_for(known).parse_args(words)
        code: int = parsed.run(parsed)
        sys.stdout.flush()
    except CommandFailed as failure:
        print(f"lianfang {chosen}: {failure}", file=sys.stderr)
        return failure.code
    except KeyboardInterrupt:
        return ExitCode.INTERRUPTED
    except BrokenPipeError:
        # Whoever read our output has heard enough (`lianfang intake … | head`).
        sys.stderr.close()
        return ExitCode.OK
    return code


def parser_for(commands: frozenset[str]) -> argparse.ArgumentParser:
    """The parser, with the arguments of the named `commands` (those of the others are left out)."""
    parser = _Parser(
        prog="lianfang",
        description=_("联防:一个县的联防联控台账。"),
        epilog=_("“lianfang 命令 --help” 说明每个命令。退出码见 docs/reference/command-line.md。"),
    )
    parser.add_argument("--version", action="version", version=_version(), help=_("显示版本后退出"))
    below = parser.add_subparsers(title=_("命令"), metavar=_("命令"), dest="command", required=True)
    for command, summary in summaries().items():
        sub = below.add_parser(command, help=summary, description=summary)
        if command in commands:
            module = import_module(f"lianfang.commandline.{COMMANDS[command]}")
            module.add_arguments(sub)
            sub.set_defaults(run=module.run)
    return parser


def summaries() -> dict[str, str]:
    """Each command in a sentence."""
    return {
        "prepare": _("准备本机:生成密钥、建表、编译译文、收集静态文件;可重复执行"),
        "serve": _("启动网站"),
        "load": _("载入一个演示场景"),
        "intake": _("识读通知、表格、接龙中的捐赠"),
        "import": _("从表格导入名册、捐赠或银行流水"),
        "figures": _("台账中的各项合计,与来源所说的数对照"),
        "check": _("核查台账:操作记录链、引用、勾稽关系"),
        "backup": _("把台账、附件和密钥备份成一个文件"),
        "restore": _("从备份文件恢复"),
        "user": _("管理用户与授权"),
        "enrol": _("为出入口登记一个上传设备,输出它的令牌"),
        "passages": _("一个出入口一天的出入登记"),
        "rules": _("规则档案:列出、查看、采用"),
    }


class _Parser(argparse.ArgumentParser):
    """argparse with its headings in our language."""

    def __init__(self, **options: object) -> None:
        super().__init__(**{"formatter_class": _Layout, "add_help": False, **options})  # type: ignore[arg-type]
        self._positionals.title = _("参数")
        self._optionals.title = _("选项")
        self.add_argument("-h", "--help", action="help", help=_("显示本说明后退出"))

    def error(self, message: str) -> NoReturn:
        self.print_usage(sys.stderr)
        self.exit(
            ExitCode.USAGE, _("{command}:用法不对:{what}").format(command=self.prog, what=message) + "\n"
        )


class _Layout(argparse.HelpFormatter):
    def add_usage(self, usage, actions, groups, prefix=None):  # type: ignore[no-untyped-def]
        super().add_usage(usage, actions, groups, _("用法:") if prefix is None else prefix)


def _version() -> str:
    from lianfang import __version__

    return f"lianfang {__version__}"
