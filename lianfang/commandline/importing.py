"""`lianfang import FILE --kind …`: registers, gifts and accounts from a table."""

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lianfang.commandline.acting import actor, add_by_argument
from lianfang.commandline.exits import CommandFailed, ExitCode
from lianfang.commandline.gift_tables import add_gift_arguments, import_gifts, import_statement
from lianfang.commandline.house import in_house
from lianfang.commandline.language import _

if TYPE_CHECKING:
    from lianfang.engines.intake.sources import Table
    from lianfang.people.actions.imports import Imported
    from lianfang.people.importing import BadRow

REGISTERS = ("bodies", "persons")
KINDS = (*REGISTERS, "donations", "bank")


def add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument("file", type=Path, metavar=_("文件"), help=_("xlsx 或 csv 表格,前十行内有表头"))
    parser.add_argument(
        "--kind",
        required=True,
        choices=KINDS,
        metavar=_("种类"),
        help=_("导入什么:{kinds}").format(kinds="、".join(KINDS)),
    )
    parser.add_argument(
        "--sheet",
        metavar=_("工作表"),
        help=_("工作簿里哪个工作表(名册默认第一个,捐赠、流水默认认得出的各表)"),
    )
    parser.add_argument(
        "--leave-out-bad-rows",
        action="store_true",
        help=_("不能导入的行略过并逐行说明;不写时有一行不能导入就整张表不导入"),
    )
    add_gift_arguments(parser)
    add_by_argument(parser)


@in_house
def run(arguments: Namespace) -> int:
    match arguments.kind:
        case "donations":
            return import_gifts(arguments)
        case "bank":
            return import_statement(arguments)
        case _:
            return _import_register(arguments)


def _import_register(arguments: Namespace) -> int:
    from lianfang.people.actions.imports import RIGHT_FOR_TABLE, BadRows, RowsRefused, import_rows

    rows = _table(arguments.file, arguments.sheet).rows
    by = actor(arguments, RIGHT_FOR_TABLE[arguments.kind])
    bad_rows = BadRows.LEAVE_OUT if arguments.leave_out_bad_rows else BadRows.REFUSE_ALL
    try:
        imported = import_rows(by, table=arguments.kind, rows=rows, bad_rows=bad_rows)
    except RowsRefused as refused:
        _name(refused.rows)
        raise
    if arguments.json:
        print(json.dumps(_as_json(imported), ensure_ascii=False, indent=2))
        return ExitCode.FOUND if imported.left_out else ExitCode.OK
    _name(imported.left_out)
    print(
        _("新增 {added} 行,已在名册中 {there} 行,略过 {left_out} 行。").format(
            added=imported.added, there=imported.there, left_out=len(imported.left_out)
        )
    )
    return ExitCode.FOUND if imported.left_out else ExitCode.OK


def _as_json(imported: "Imported") -> dict[str, Any]:
    return {
        "added": imported.added,
        "there": imported.there,
        "left_out": [
            {"row": row.number, "column": row.column, "value": row.value, "reason": str(row.message)}
            for row in imported.left_out
        ],
    }


def _table(path: Path, sheet: str | None) -> "Table":
    """The table of a file. Raises CommandFailed (UNREADABLE)."""
    from lianfang.engines.intake.sources import SourceError, read_source

    try:
        tables = read_source(path.name, path.read_bytes()).tables
    except OSError as error:
        reason = _("读不了 {file}:{reason}").format(file=path, reason=error.strerror or error)
        raise CommandFailed(reason, ExitCode.UNREADABLE) from error
    except SourceError as error:
        raise CommandFailed(f"{error} [{error.code}]", ExitCode.UNREADABLE) from error
    chosen = [table for table in tables if sheet is None or table.name == sheet]
    if not chosen:
        names = "、".join(table.name for table in tables)
        raise CommandFailed(
            _("文件里没有这个表。有:{names}").format(names=names or _("(没有表)")), ExitCode.UNREADABLE
        )
    return chosen[0]


def _name(rows: "tuple[BadRow, ...]") -> None:
    for row in rows:
        print(
            _("第 {number} 行,{column}“{value}”:{message}").format(
                number=row.number, column=row.column, value=row.value, message=row.message
            ),
            file=sys.stderr,
        )
