"""The tables are opened again and read."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from lianfang.engines.papers import Cell, PaperError, Sheet, csv_bytes, xlsx


def rows_of(content: bytes, sheet: int = 0) -> list[list[Any]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(sheet).to_python()


def a_sheet(
    rows: Sequence[Sequence[Cell]], name: str = "捐赠", header: Sequence[str] = ("捐赠人", "数额")
) -> Sheet:
    return Sheet(name=name, header=header, rows=rows)


def test_xlsx_gives_back_texts_numbers_and_dates() -> None:
    content = xlsx([a_sheet([["喆堃实业", 100000], ["某人", Decimal("29.20")], [None, date(2020, 2, 9)]])])
    assert rows_of(content) == [
        ["捐赠人", "数额"],
        ["喆堃实业", 100000.0],
        ["某人", 29.2],
        ["", date(2020, 2, 9)],
    ]


@pytest.mark.parametrize(
    "hostile", ["=1+1", '=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "{=1}", "\t=1"]
)
def test_xlsx_holds_a_text_that_looks_like_a_formula_as_text(hostile: str) -> None:
    content = xlsx([a_sheet([[hostile, 1]])])
    page = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in page
    assert b"hyperlink" not in page
    assert rows_of(content)[1][0] == hostile


def test_account_number_keeps_all_its_digits() -> None:
    content = xlsx([a_sheet([["账号", 6222021234567890123]])])
    assert rows_of(content)[1][1] == "6222021234567890123"


def test_sheet_names_are_made_allowed_and_distinct() -> None:
    content = xlsx(
        [a_sheet([], name="一/二[三]"), a_sheet([], name="一/二[三]"), a_sheet([], name="长" * 50)]
    )
    names = CalamineWorkbook.from_filelike(io.BytesIO(content)).sheet_names
    assert names == ["一_二_三_", "一_二_三__2", "长" * 31]


def test_caption_stands_above_the_header() -> None:
    content = xlsx([Sheet("捐赠", ["捐赠人"], [["甲"]], caption="截至2月10日18时")])
    assert [row[0] for row in rows_of(content)] == ["截至2月10日18时", "捐赠人", "甲"]


def test_text_longer_than_a_cell_is_refused_and_not_cut() -> None:
    with pytest.raises(PaperError, match="第 2 行第 1 列") as caught:
        xlsx([a_sheet([["长" * 40_000, 1]])])
    assert caught.value.code == "cell_too_long"


def test_row_wider_than_its_header_is_refused() -> None:
    with pytest.raises(PaperError, match="第 2 行") as caught:
        csv_bytes(["甲"], [["1"], ["1", "2"]])
    assert caught.value.code == "row_too_wide"


def test_csv_begins_with_a_byte_order_mark_and_reads_back() -> None:
    content = csv_bytes(
        ["捐赠人", "数额"], [["喆堃,“实业”\n公司", Decimal("1.50")], [None, datetime(2020, 2, 9, 18)]]
    )
    assert content.startswith(b"\xef\xbb\xbf")
    assert list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline=""))) == [
        ["捐赠人", "数额"],
        ["喆堃,“实业”\n公司", "1.50"],
        ["", "2020-02-09 18:00:00"],
    ]


@pytest.mark.parametrize("hostile", ["=1+1", "+8613800000000", "-2", "@a", " =1", "\t=1", "＝1+1", "\n=1"])
def test_csv_marks_a_text_that_a_spreadsheet_would_run(hostile: str) -> None:
    rows = list(csv.reader(io.StringIO(csv_bytes(["名"], [[hostile]]).decode("utf-8-sig"), newline="")))
    assert rows[1][0] == f"'{hostile}"


def test_csv_leaves_a_negative_number_a_number() -> None:
    assert csv_bytes(["数"], [[-2]]).decode("utf-8-sig") == "数\r\n-2\r\n"


@given(st.lists(st.tuples(st.text(max_size=40), st.text(max_size=40)), max_size=8))
@settings(max_examples=40, deadline=None)
def test_no_text_becomes_a_formula(rows: list[tuple[str, str]]) -> None:
    page = zipfile.ZipFile(io.BytesIO(xlsx([a_sheet(rows)]))).read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in page
    for row in csv.reader(io.StringIO(csv_bytes(["甲", "乙"], rows).decode("utf-8-sig"), newline="")):
        assert not any(cell.lstrip()[:1] in set("=+-@＝＋－＠") for cell in row if cell)
