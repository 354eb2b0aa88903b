"""How fast tables come in: 10,000 gifts with audit entries, the same file again, 10,000 lines of an account.

    python bench/imports.py [--gifts 10000] [--lines 10000] [--confirm 500]

Works in a database of its own that is thrown away. Prints rows a second and the share of the limit used.
"""

import argparse
import csv
import io
import os
import random
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from lianfang.book.actions import Actor
    from lianfang.giving.actions.imports import SheetChoice
    from lianfang.giving.models import TableImport
    from lianfang.giving.queries.bank import Proposed
    from lianfang.people.models import Body

LIMIT = 60.0
"""Seconds within which 10,000 rows are in the book, on two cores."""

_FAMILIES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗"
_GIVEN = "小明建国红梅伟强芳丽军燕霞涛静波春晓"
_BRANDS = ("青禾", "万松", "柳溪", "澄波", "谷雨", "霁月", "禹门", "归云", "石桥", "云岭", "南山", "东湖")
_TRADES = ("食品有限公司", "建材厂", "纺织有限公司", "商贸有限公司", "木业有限公司")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--gifts", type=int, default=10_000)
    parser.add_argument("--lines", type=int, default=10_000)
    parser.add_argument("--confirm", type=int, default=500)
    wanted = parser.parse_args()
    sys.path.insert(0, str(Path(__file__).resolve().parent.parent))
    with tempfile.TemporaryDirectory(prefix="lianfang-bench-") as data:
        os.environ["LIANFANG_DATA"] = data
        os.environ["DJANGO_SETTINGS_MODULE"] = "lianfang.settings"
        import django
        from django.core.management import call_command

        django.setup()
        call_command("migrate", verbosity=0)
        return _measure(wanted.gifts, wanted.lines, wanted.confirm)


def _measure(gift_count: int, line_count: int, confirmed: int) -> int:
    from lianfang.book.models import AuditEntry
    from lianfang.giving.models import BankLine, Donation, OverlapProposal

    rows = list(_gifts(gift_count))
    table = _table(
        [("日期", "捐赠单位(个人)", "捐款金额(元)", "捐赠物资", "数量", "计量单位", "备注"), *rows]
    )
    by, body = _officer_and_body()

    with _timed() as taken:
        held, first = _import(by, table)
    import_seconds = taken[0]
    said = f"{held.row_count} rows, {held.gift_count} gifts in {_seconds(taken)}"
    print(f"import: {said}, {held.row_count / taken[0]:.0f} rows/s, {taken[0] / LIMIT:.0%} of {LIMIT:.0f} s")
    print(
        f"  audit entries: {AuditEntry.objects.count()}, overlaps proposed: {OverlapProposal.objects.count()}"
    )

    counts = (Donation.objects.count(), AuditEntry.objects.count())
    with _timed() as taken:
        _again, added = _import(by, table)
    changed = (Donation.objects.count() - counts[0], AuditEntry.objects.count() - counts[1])
    print(f"the same file again: {added} gifts added, {changed[1]} audit entries, {_seconds(taken)}")

    header = ("交易日期", "收入金额", "支出金额", "对方户名", "对方账号", "附言", "流水号")
    lines = _table([header, *_lines(rows, line_count)])
    with _timed() as taken:
        _take_in(by, body, lines)
    print(f"statement: {BankLine.objects.count()} lines in {_seconds(taken)}")

    with _timed() as taken:
        sure = _proposed(by)
    rate = f"{line_count / taken[0]:.0f} lines/s"
    print(f"  matched: {len(sure)} of {line_count} surely, in {_seconds(taken)}, {rate}")
    with _timed() as taken:
        done = _confirm(by, sure[:confirmed])
    if done:
        print(f"  confirmed: {done} in {_seconds(taken)}, {done / taken[0]:.0f} a second")
    good = first == held.gift_count and changed[0] == 0 and import_seconds < LIMIT
    return 0 if good else 1


def _seconds(taken: list[float]) -> str:
    return f"{taken[0]:.1f} s ({taken[1]:.1f} s of one core)"


def _import(by: "Actor", table: bytes) -> "tuple[TableImport, int]":
    """The import, and how many gifts this run has added."""
    from lianfang.book.models import Response
    from lianfang.giving.actions import imports as acts
    from lianfang.giving.models import ImportState
    from lianfang.giving.tables.sheets import read_sheets

    response = Response.objects.get()
    held = acts.prepare_import(by, response=response, sheets=read_sheets("明细.csv", table)).table_import
    before = held.gift_count
    if held.state == ImportState.OPEN:
        held = acts.set_columns(by, table_import=held, choices=_choices(held.columns))
        held = acts.start_import(by, table_import=held, faulty_rows=acts.FaultyRows.REFUSE_ALL)
    while held.state == ImportState.BOOKING:
        held = acts.book_next_rows(by, table_import=held, from_row=held.next_row)
    return held, held.gift_count - before


def _take_in(by: "Actor", body: "Body", table: bytes) -> None:
    from lianfang.book.models import Response
    from lianfang.giving.actions import bank as acts
    from lianfang.giving.tables.sheets import read_sheets

    response = Response.objects.get()
    received = acts.upload_statement(
        by,
        response=response,
        sheets=read_sheets("流水.csv", table),
        body=body,
        account_name="农行 尾号 6217",
        account_kind="bank",
    )
    assert received.draft
    choices = _choices(received.draft.columns)
    acts.take_in_statement(by, response=response, draft=received.draft, choices=choices)


def _proposed(by: "Actor") -> "list[Proposed]":
    """What may be confirmed at once, asked for in pages of 500 lines."""
    from lianfang.book.models import Response
    from lianfang.giving.queries import bank as queries

    response = Response.objects.get()
    lines = list(queries.open_lines(queries.visible_lines(by.officer, response)).order_by("row"))
    sure = []
    for start in range(0, len(lines), 500):
        found = queries.proposed(by.officer, response, lines[start : start + 500])
        sure += queries.sure_pairs(found)
    return sure


def _confirm(by: "Actor", sure: "list[Proposed]") -> int:
    from lianfang.giving.actions import bank as acts

    taken: set[object] = set()
    pairs = []
    for one in sure:
        if not taken & set(one.proposal.gifts):
            taken |= set(one.proposal.gifts)
            pairs.append(acts.Pairing(one.lines, one.gifts, one.proposal.reasons))
    for start in range(0, len(pairs), 50):
        acts.confirm_matches(by, pairs=pairs[start : start + 50])
    return len(pairs)


def _choices(columns: list[Any]) -> "list[SheetChoice]":
    from lianfang.giving.actions.imports import SheetChoice
    from lianfang.giving.tables.sheets import ChosenColumn, SheetColumns

    sheets = [SheetColumns.from_json(one) for one in columns]
    return [
        SheetChoice(one.taken, [ChosenColumn(column.role, column.factor) for column in one.columns])
        for one in sheets
    ]


def _officer_and_body() -> "tuple[Actor, Body]":
    from lianfang.book.actions import Actor, Origin
    from lianfang.people.models import BodyKind
    from lianfang.people.tests.builders import a_body, a_response, an_officer

    a_response()
    return Actor(an_officer(), Origin.COMMAND_LINE), a_body("云溪县红十字会", BodyKind.CHARITY)


def _gifts(count: int) -> Iterator[tuple[object, ...]]:
    """Invented gifts as a county's list has them: persons and firms, round sums, some goods."""
    chance = random.Random(20200210)
    for number in range(1, count + 1):
        day = f"2020-02-{chance.randint(1, 28):02}"
        if chance.random() < 0.7:
            giver = chance.choice(_FAMILIES) + "".join(chance.sample(_GIVEN, chance.choice([1, 2])))
        else:
            giver = f"{chance.choice(_BRANDS)}{chance.choice(_BRANDS)}{number % 97}{chance.choice(_TRADES)}"
        if chance.random() < 0.15:
            yield day, giver, "", "医用口罩", chance.randint(10, 900), "只", ""
        else:
            yield day, giver, chance.choice([50, 100, 200, 500, 1000, 2000, number]), "", "", "", ""


def _lines(gifts: list[tuple[object, ...]], count: int) -> Iterator[tuple[object, ...]]:
    """Lines for the gifts of money in their order, then lines of payers whom no gift knows."""
    chance = random.Random(7)
    money = [gift for gift in gifts if gift[2] != ""]
    for number in range(count):
        if number < len(money):
            day, giver, value = money[number][:3]
        else:
            day, giver, value = "2020-02-20", f"未知{number}厂", chance.randint(50, 5000)
        yield day, f"{value}.00", "", giver, f"62284800{number:011}", "捐款", f"N{number:08}"


def _table(rows: list[tuple[object, ...]]) -> bytes:
    text = io.StringIO()
    csv.writer(text).writerows(rows)
    return text.getvalue().encode("gb18030")


@contextmanager
def _timed() -> Iterator[list[float]]:
    """A list that holds the seconds taken once the block is left; then those of the processor."""
    taken = [0.0, 0.0]
    start, worked = time.perf_counter(), time.process_time()
    yield taken
    taken[:] = [time.perf_counter() - start, time.process_time() - worked]


if __name__ == "__main__":
    sys.exit(main())
