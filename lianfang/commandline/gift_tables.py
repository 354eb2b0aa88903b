"""`lianfang import FILE --kind donations|bank`: gifts, or lines of an account, from a table."""

import json
import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from lianfang.commandline.acting import (
    actor,
    add_response_argument,
    response_called,
    the_one,
)
from lianfang.commandline.exits import CommandFailed, ExitCode
from lianfang.commandline.language import _

if TYPE_CHECKING:
    from lianfang.book.actions import Actor
    from lianfang.giving.models import TableImport
    from lianfang.giving.tables.sheets import Sheets
    from lianfang.people.models import Body

ACCOUNT_KINDS = ("bank", "wechat", "alipay")
_FAULTS_SHOWN = 50


def add_gift_arguments(parser: ArgumentParser) -> None:
    """The options of `lianfang import` for gifts and for statements of accounts."""
    parser.add_argument(
        "--recipient", metavar=_("单位"), help=_("捐赠:表里没写接收单位的行记入哪个单位;流水:账户单位")
    )
    parser.add_argument("--via", metavar=_("单位"), help=_("捐赠:经手单位,如报来名单的商会"))
    parser.add_argument("--pledged", action="store_true", help=_("捐赠:登记为认捐(不写时登记为到账、接收)"))
    parser.add_argument("--account", metavar=_("账户"), help=_("流水:账户名称或尾号"))
    parser.add_argument(
        "--account-kind",
        choices=ACCOUNT_KINDS,
        default=ACCOUNT_KINDS[0],
        metavar=_("账户类别"),
        help=_("流水:{kinds}(默认 {default})").format(
            kinds="、".join(ACCOUNT_KINDS), default=ACCOUNT_KINDS[0]
        ),
    )
    parser.add_argument("--json", action="store_true", help=_("以 JSON 输出结果"))
    add_response_argument(parser)


def import_gifts(arguments: Namespace) -> int:
    """Book the gifts of a table, in stretches; a run that was broken off goes on where it stood."""
    from lianfang.book.rights import Right

    by = actor(arguments, Right.BOOK_GIFTS)
    return _donations(arguments, by, _sheets(arguments.file))


def import_statement(arguments: Namespace) -> int:
    """Take in the lines of an account's statement; they are matched to gifts on the page."""
    from lianfang.book.rights import Right

    by = actor(arguments, Right.BOOK_GIFTS)
    return _bank(arguments, by, _sheets(arguments.file))


def _sheets(path: Path) -> "Sheets":
    from lianfang.book.errors import Refused
    from lianfang.engines.intake.sources import SourceError
    from lianfang.giving.tables.sheets import read_sheets

    try:
        return read_sheets(path.name, path.read_bytes())
    except OSError as error:
        reason = _("读不了 {file}:{reason}").format(file=path, reason=error.strerror or error)
        raise CommandFailed(reason, ExitCode.UNREADABLE) from error
    except (SourceError, Refused) as error:
        raise CommandFailed(f"{path.name}:{error} [{error.code}]", ExitCode.UNREADABLE) from error


def _donations(arguments: Namespace, by: "Actor", sheets: "Sheets") -> int:
    from lianfang.giving.actions import imports as acts
    from lianfang.giving.models import DonationState, ImportCheck, ImportState

    prepared = acts.prepare_import(
        by,
        response=response_called(arguments.response),
        sheets=sheets,
        recipient=_body(arguments.recipient),
        via=_body(arguments.via),
        booked_as=DonationState.PLEDGED if arguments.pledged else DonationState.RECEIVED,
    )
    held = prepared.table_import
    if held.state == ImportState.FINISHED:
        _tell(arguments, held, _("以前已导入,没有变化。"), [], added=0)
        return ExitCode.OK
    if held.state == ImportState.OPEN:
        held = acts.set_columns(by, table_import=held, choices=_choices(held.columns, arguments.sheet))
    faults = list(held.check_of_rows.faults)
    if held.state == ImportState.OPEN:
        if faults and not arguments.leave_out_bad_rows:
            _tell(arguments, held, _("有问题的行如下,一行也没有导入。"), faults, added=0)
            return ExitCode.FOUND
        held = acts.start_import(by, table_import=held, faulty_rows=acts.FaultyRows.LEAVE_OUT)
    before = held.gift_count
    while held.state == ImportState.BOOKING:
        held = acts.book_next_rows(by, table_import=held, from_row=held.next_row)
        if sys.stderr.isatty():
            print(f"\r{held.next_row} / {held.row_count}", end="", file=sys.stderr, flush=True)
    faults = list(ImportCheck.objects.get(pk=held.pk).faults)
    _tell(arguments, held, _("导入完成。"), faults, added=held.gift_count - before)
    return ExitCode.FOUND if faults else ExitCode.OK


def _bank(arguments: Namespace, by: "Actor", sheets: "Sheets") -> int:
    from lianfang.giving.actions import bank as acts

    body = _body(arguments.recipient)
    if body is None or not arguments.account:
        raise CommandFailed(_("流水请用 --recipient 写明账户单位,用 --account 写明账户。"), ExitCode.USAGE)
    response = response_called(arguments.response)
    received = acts.upload_statement(
        by,
        response=response,
        sheets=sheets,
        body=body,
        account_name=arguments.account,
        account_kind=arguments.account_kind,
    )
    if received.draft is None:
        said: dict[str, Any] = {"already_there": True, "lines": 0, "left_out": []}
        print(json.dumps(said, ensure_ascii=False) if arguments.json else _("以前已导入,没有变化。"))
        return ExitCode.OK
    choices = _choices(received.draft.columns, arguments.sheet)
    statement = acts.take_in_statement(by, response=response, draft=received.draft, choices=choices)
    lines = statement.lines.count()
    if arguments.json:
        said = {
            "already_there": False,
            "lines": lines,
            "seen_before": statement.seen_before,
            "left_out": [_as_json(fault) for fault in statement.left_out],
        }
        print(json.dumps(said, ensure_ascii=False))
        return ExitCode.OK
    print(
        _("导入 {lines} 条流水,此前已有 {before} 条,未导入 {left} 行。").format(
            lines=lines, before=statement.seen_before, left=len(statement.left_out)
        )
    )
    _print_faults(statement.left_out)
    return ExitCode.OK


def _body(name: str | None) -> "Body | None":
    from lianfang.people.queries import bodies_for_choice

    return the_one(bodies_for_choice(), name) if name else None


def _choices(columns: list[Any], only: str | None) -> list[Any]:
    """The columns as they were remembered for this header, or as they are guessed; of one sheet, if named.

    Raises CommandFailed (UNREADABLE) where there is no such sheet.
    """
    from lianfang.giving.actions.imports import SheetChoice
    from lianfang.giving.tables.sheets import ChosenColumn, SheetColumns

    sheets: list[SheetColumns] = [SheetColumns.from_json(one) for one in columns]
    if only is not None and only not in {sheet.name for sheet in sheets}:
        names = "、".join(sheet.name for sheet in sheets)
        raise CommandFailed(_("文件里没有这个表。有:{names}").format(names=names), ExitCode.UNREADABLE)
    return [
        SheetChoice(
            sheet.taken if only is None else sheet.name == only,
            [ChosenColumn(column.role, column.factor) for column in sheet.columns],
        )
        for sheet in sheets
    ]


def _tell(arguments: Namespace, held: "TableImport", sentence: str, faults: list[Any], *, added: int) -> None:
    if arguments.json:
        said = {
            "state": str(held.state),
            "rows": held.row_count,
            "gifts_added": added,
            "gifts": held.gift_count,
            "left_out": [_as_json(fault) for fault in faults],
        }
        print(json.dumps(said, ensure_ascii=False))
        return
    print(
        sentence
        + _("可入账 {rows} 行,本次入账 {added} 笔,未导入 {left} 行。").format(
            rows=held.row_count, added=added, left=held.left_out_count
        )
    )
    _print_faults(faults)


def _print_faults(faults: list[Any]) -> None:
    for fault in faults[:_FAULTS_SHOWN]:
        one = _as_json(fault)
        place = _("{sheet} 第 {row} 行 {column}").format(
            sheet=one["sheet"], row=one["row"], column=one["column"]
        )
        print(f"  {place}:{one['message']} [{one['code']}]")
    if len(faults) > _FAULTS_SHOWN:
        print("  " + _("另有 {count} 处。").format(count=len(faults) - _FAULTS_SHOWN))


def _as_json(fault: Any) -> dict[str, Any]:
    sheet, row, column, value, message, code = fault
    return {"sheet": sheet, "row": row, "column": column, "value": value, "message": message, "code": code}
