"""Builders for tests of imports and bank statements: a file, an import, a statement, in one call each."""

import csv
import io
from collections.abc import Sequence
from datetime import UTC, date, datetime

import openpyxl

from lianfang.book.actions import Actor
from lianfang.giving.actions import imports as acts
from lianfang.giving.actions.bank import take_in_statement, upload_statement
from lianfang.giving.models import BankStatement, ImportState, TableImport
from lianfang.giving.tables.sheets import ChosenColumn, SheetColumns, Sheets, read_sheets
from lianfang.people.models import Body, BodyKind
from lianfang.people.tests.builders import a_body, a_response, an_actor

HEADER = ("日期", "捐赠单位(个人)", "捐款金额(元)", "备注")
BANK_HEADER = ("交易日期", "收入金额", "支出金额", "对方户名", "对方账号", "附言", "流水号")
Cells = Sequence[object]


def a_workbook(*rows: Cells, header: Cells = HEADER, sheet: str = "捐款") -> bytes:
    book = openpyxl.Workbook()
    page = book.active
    assert page is not None
    page.title = sheet
    for row in (header, *rows):
        page.append([cell.isoformat() if isinstance(cell, date) else cell for cell in row])
    file = io.BytesIO()
    book.save(file)
    return file.getvalue()


def a_csv(*rows: Cells, header: Cells = HEADER, encoding: str = "utf-8") -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows([header, *rows])
    return text.getvalue().encode(encoding)


def some_rows(count: int, name: str = "青禾第{}食品厂") -> list[Cells]:
    return [("2020-02-10", name.format(number), 100 + number, "") for number in range(1, count + 1)]


def guessed_choices(columns: Sequence[object]) -> list[acts.SheetChoice]:
    """The columns as they were guessed."""
    sheets = [SheetColumns.from_json(one) for one in columns]  # type: ignore[arg-type]
    return [
        acts.SheetChoice(sheet.taken, [ChosenColumn(column.role, column.factor) for column in sheet.columns])
        for sheet in sheets
    ]


def an_import(
    data: bytes | Sequence[Cells],
    *,
    actor: Actor | None = None,
    name: str = "明细.xlsx",
    header: Cells = HEADER,
    recipient: Body | None = None,
    via: Body | None = None,
) -> TableImport:
    """A table that was uploaded and whose columns are confirmed as guessed."""
    by = actor or an_actor()
    content = data if isinstance(data, bytes) else a_workbook(*data, header=header)
    prepared = acts.prepare_import(
        by, response=a_response(), sheets=read_sheets(name, content), recipient=recipient, via=via
    )
    held = prepared.table_import
    if held.state != ImportState.OPEN:
        return held
    return acts.set_columns(by, table_import=held, choices=guessed_choices(held.columns))


def book_all(held: TableImport, actor: Actor | None = None) -> TableImport:
    """Book to the end, leaving out what is faulty."""
    by = actor or an_actor()
    held = acts.start_import(by, table_import=held, faulty_rows=acts.FaultyRows.LEAVE_OUT)
    while held.state == ImportState.BOOKING:
        held = acts.book_next_rows(by, table_import=held, from_row=held.next_row)
    return held


def an_account() -> Body:
    found = Body.objects.filter(name="云溪县红十字会").first()
    return found or a_body("云溪县红十字会", BodyKind.CHARITY)


def sheets_of_file(data: bytes, name: str = "流水.csv") -> Sheets:
    return read_sheets(name, data)


def a_statement(
    *rows: Cells,
    actor: Actor | None = None,
    body: Body | None = None,
    header: Cells = BANK_HEADER,
    account: str = "农行 尾号 6217",
    kind: str = "bank",
    encoding: str = "gb18030",
) -> BankStatement:
    """A statement whose lines are in the book, its columns as guessed."""
    by = actor or an_actor()
    received = upload_statement(
        by,
        response=a_response(),
        sheets=sheets_of_file(a_csv(*rows, header=header, encoding=encoding)),
        body=body or an_account(),
        account_name=account,
        account_kind=kind,
    )
    if received.draft is None:
        assert received.statement
        return received.statement
    choices = guessed_choices(received.draft.columns)
    return take_in_statement(by, response=a_response(), draft=received.draft, choices=choices)


def came_in(
    value: object,
    payer: str = "青禾食品厂",
    *,
    on: str = "2020-02-10",
    memo: str = "捐款",
    number: str = "",
) -> Cells:
    return (on, value, "", payer, "6228480012345678901", memo, number)


def at_noon(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 4, tzinfo=UTC)
