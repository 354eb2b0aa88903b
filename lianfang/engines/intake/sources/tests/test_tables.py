from __future__ import annotations

import io
from datetime import datetime
from pathlib import Path
from typing import Any

import docx
import pytest

from lianfang.engines.intake.sources import Kind, Limits, Source, SourceError, filled, read_source

from .files import a_docx, an_xlsx, changed, rows_written

ROWS = [["捐赠人", "金额（元）"], ["喆堃实业", "100000"], ["李某, 王某", "29.5"]]


def rows_of(source: Source) -> list[list[str]]:
    return [list(row) for row in source.tables[0].rows]


def codes(source: Source) -> set[str]:
    return {remark.code for remark in source.warnings}


@pytest.mark.parametrize("delimiter", [",", "\t", ";", "|"])
@pytest.mark.parametrize("encoding", ["utf-8-sig", "gbk", "utf-16"])
def test_delimited_text_is_read_whatever_parts_it(delimiter: str, encoding: str) -> None:
    text = "\r\n".join(delimiter.join(f'"{cell}"' for cell in row) for row in ROWS)
    source = read_source("明细.dat", text.encode(encoding))
    assert source.kind is Kind.DELIMITED
    assert rows_of(source) == ROWS


def test_lines_before_the_header_of_a_bill_do_not_hide_the_table() -> None:
    bill = "支付宝交易记录明细查询\n账号:[某某]\n---------\n" + "\n".join(
        ",".join(row) for row in [["a", "b", "c"]] * 9
    )
    assert len(rows_of(read_source("bill.csv", bill.encode("gbk")))) == 12


def test_cell_with_line_breaks_stays_one_cell() -> None:
    text = '捐赠人,备注\n"喆堃实业","一\n二"\n李某,无\n'
    assert rows_of(read_source("a.csv", text.encode()))[1] == ["喆堃实业", "一\n二"]


def test_workbook_gives_texts_numbers_and_dates_as_written() -> None:
    def fill(sheet: Any, book: Any) -> None:
        sheet.write_row(0, 0, ["喆堃实业", 100000, 29.2, 0.1 + 0.2, True])
        sheet.write_datetime(1, 0, datetime(2020, 2, 9), book.add_format({"num_format": "m月d日"}))

    assert rows_of(read_source("a.xlsx", an_xlsx(fill))) == [
        ["喆堃实业", "100000", "29.2", "0.3", "TRUE"],
        ["2020-02-09", "", "", "", ""],
    ]


@pytest.mark.parametrize(
    ("number", "number_format", "shown"),
    [
        (10, '0.00"万元"', "10万元"),
        (10.25, '#,##0"元"', "10.25元"),
        (0.5, "0%", "50%"),
        (1234567.5, "#,##0.00", "1234567.5"),
        (29.6, "0", "29.6"),
        (100000, '0!.0,"万"', "10万"),
        (-5, '0"元";-0"元"', "-5元"),
        (8, "[$¥-804]#,##0.00", "¥8"),
        (8, "General", "8"),
    ],
)
def test_unit_that_stands_only_in_the_number_format_is_read(
    number: float, number_format: str, shown: str
) -> None:
    def fill(sheet: Any, book: Any) -> None:
        sheet.write(0, 0, number, book.add_format({"num_format": number_format}))

    assert rows_of(read_source("a.xlsx", an_xlsx(fill))) == [[shown]]


def test_formula_gives_its_stored_value_and_a_warning_names_the_cell() -> None:
    def fill(sheet: Any, book: Any) -> None:
        sheet.write(0, 0, 3)
        sheet.write_formula(0, 1, "=A1*2", None, 6)

    source = read_source("a.xlsx", an_xlsx(fill))
    assert rows_of(source) == [["3", "6"]]
    assert "B1" in next(remark.text for remark in source.warnings if remark.code == "formula_values")


def test_formula_without_stored_value_is_empty_and_named() -> None:
    def fill(sheet: Any, book: Any) -> None:
        sheet.write(0, 0, "甲")
        sheet.write_formula(0, 1, "=1+1", None, 77)

    data = changed(an_xlsx(fill), "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<v>77</v>", b""))
    source = read_source("a.xlsx", data)
    assert rows_of(source)[0][0] == "甲"
    assert {"formula_values", "formula_without_value"} <= codes(source)


def test_error_cell_is_empty_and_named() -> None:
    def fill(sheet: Any, book: Any) -> None:
        sheet.write(0, 0, "甲")
        sheet.write_formula(0, 1, "=1/0", None, "#DIV/0!")

    source = read_source("a.xlsx", an_xlsx(fill))
    assert "B1" in next(remark.text for remark in source.warnings if remark.code == "error_cells")


def test_all_sheets_are_read_and_hidden_ones_named() -> None:
    def fill(sheet: Any, book: Any) -> None:
        sheet.write(0, 0, "甲")
        hidden = book.add_worksheet("底稿")
        hidden.write(0, 0, "乙")
        hidden.hide()
        sheet.set_row(5, None, None, {"hidden": True})

    source = read_source("a.xlsx", an_xlsx(fill))
    assert [table.name for table in source.tables] == ["捐赠", "底稿"]
    assert {"hidden_sheet", "hidden_rows"} <= codes(source)


def test_merged_name_can_be_repeated_but_a_merged_amount_stands_once() -> None:
    def fill(sheet: Any, book: Any) -> None:
        sheet.write_row(0, 0, ["捐赠人", "物品", "金额"])
        sheet.merge_range(1, 0, 2, 0, "喆堃实业")
        sheet.merge_range(1, 2, 2, 2, 5000)
        sheet.write(1, 1, "口罩")
        sheet.write(2, 1, "酒精")

    source = read_source("a.xlsx", an_xlsx(fill))
    assert [row[0] for row in source.tables[0].rows] == ["捐赠人", "喆堃实业", ""]
    assert filled(source.tables[0], {0}).rows[2] == ("喆堃实业", "酒精", "")
    assert "merged_cells" in codes(source)


def test_number_of_more_than_fifteen_digits_is_doubted() -> None:
    source = read_source("a.xlsx", an_xlsx(rows_written([["账号", 6222021234567890123]])))
    assert "long_numbers" in codes(source)


def test_old_xls_is_read_with_a_warning() -> None:
    source = read_source("old.xls", (Path(__file__).parent / "old.xls").read_bytes())
    assert rows_of(source) == [["捐赠人", "金额(元)"], ["喆堃实业", "100000"], ["李某", "29.5"]]
    assert codes(source) == {"old_workbook"}


def test_xls_of_a_bank_that_is_a_web_page_inside_is_read() -> None:
    page = (
        "<html><head><style>td{}</style></head><body><table><tr><td>户名</td><td>金额</td></tr>"
        "<tr><td>喆堃&amp;某</td><td>1,000.00</td></tr></table><script>alert(1)</script></body></html>"
    )
    source = read_source("对账单.xls", page.encode("gbk"))
    assert rows_of(source) == [["户名", "金额"], ["喆堃&某", "1,000.00"]]
    assert "alert" not in source.text


def test_docx_gives_paragraphs_and_tables_in_their_order() -> None:
    source = read_source("a.docx", a_docx("一、捐款", ROWS, "特此公示。"))
    assert source.text == "一、捐款\n捐赠人\t金额（元）\n喆堃实业\t100000\n李某, 王某\t29.5\n特此公示。"
    assert rows_of(source) == ROWS


def test_docx_counts_inserted_and_leaves_deleted_text() -> None:
    inserted = "<w:ins w:id='1' w:author='a'><w:r><w:t>20万元</w:t></w:r></w:ins>"
    deleted = "<w:del w:id='2' w:author='a'><w:r><w:delText>10万元</w:delText></w:r></w:del>"
    data = changed(
        a_docx("捐款"),
        "word/document.xml",
        lambda xml: xml.replace(b"</w:p>", f"{deleted}{inserted}</w:p>".encode(), 1),
    )
    source = read_source("a.docx", data)
    assert source.text == "捐款20万元"
    assert codes(source) == {"tracked_changes"}


def test_table_above_the_row_limit_is_refused() -> None:
    few = Limits(rows=10)
    for data in (
        an_xlsx(rows_written([["a", "b"]] * 11)),
        b"a,b\n" * 11,
        a_docx([["a", "b"]] * 11),
    ):
        with pytest.raises(SourceError) as caught:
            read_source("a", data, limits=few)
        assert caught.value.code == "too_many_rows"


def test_table_above_the_column_limit_is_refused() -> None:
    few = Limits(columns=3)
    for data in (an_xlsx(rows_written([list("abcd")])), b"a,b,c,d\n" * 3):
        with pytest.raises(SourceError) as caught:
            read_source("a", data, limits=few)
        assert caught.value.code == "too_many_columns"


def test_name_merged_over_rows_of_a_docx_can_be_repeated() -> None:
    made = docx.Document()
    table = made.add_table(rows=3, cols=2)
    for row, texts in zip(table.rows, [["捐赠人", "物品"], ["喆堃实业", "口罩"], ["", "酒精"]], strict=True):
        row.cells[0].text, row.cells[1].text = texts
    table.cell(1, 0).merge(table.cell(2, 0))
    out = io.BytesIO()
    made.save(out)
    read = read_source("a.docx", out.getvalue()).tables[0]
    assert [row[0] for row in read.rows] == ["捐赠人", "喆堃实业", ""]
    assert filled(read, {0}).rows[2] == ("喆堃实业", "酒精")


def test_merge_beyond_the_written_cells_is_no_trouble() -> None:
    def fill(sheet: Any, book: Any) -> None:
        sheet.write_row(0, 0, ["捐赠人", "物品"])
        sheet.merge_range(4, 6, 9, 8, "")
        sheet.merge_range(0, 5, 3, 5, "")

    table = read_source("a.xlsx", an_xlsx(fill)).tables[0]
    assert filled(table, range(20)).rows == table.rows


def test_quote_that_is_never_closed_swallows_no_rows() -> None:
    text = '捐赠人,备注\n甲公司,无\n乙公司,"首批\n' + "丙公司,无\n" * 60
    assert len(read_source("a.csv", text.encode()).tables[0].rows) == 63


def test_account_number_that_a_bank_wraps_as_a_formula_is_unwrapped() -> None:
    text = '户名,账号\n甲公司,="6222021234567890123"\n乙公司,="6222021234567890124"\n'
    assert rows_of(read_source("a.csv", text.encode("gbk")))[1] == ["甲公司", "6222021234567890123"]
