"""The docx is opened again and read."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from typing import Any

import docx
import pytest
from docx.oxml.ns import qn
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.engines.papers import Column, Document, Heading, Notice, Paragraph, Table, notice_docx


def opened(content: bytes) -> Any:
    return docx.Document(io.BytesIO(content))


def a_notice() -> Notice:
    return Notice(
        title="关于接收社会捐赠情况的公示",
        organisation="青禾县工商业联合会文件",
        number="青工商联发〔2020〕3号",
        addressee="各镇街商会",
        blocks=[
            Heading("一、接收情况"),
            Paragraph("共接收资金1608万余元。"),
            Table([Column("捐赠人", 3), Column("数额", 1, "right")], [["喆堃实业", "10万元"]], numbered=True),
        ],
        attachments=["捐赠明细"],
        signed_by="青禾县工商业联合会",
        signed_on=date(2020, 2, 9),
    )


def face_of(run: Any) -> str:
    return str(run._element.rPr.rFonts.get(qn("w:eastAsia")))


def test_parts_stand_in_the_order_of_the_standard() -> None:
    lines = [line.text for line in opened(notice_docx(a_notice())).paragraphs if line.text]
    assert lines == [
        "青禾县工商业联合会文件",
        "青工商联发〔2020〕3号",
        "关于接收社会捐赠情况的公示",
        "各镇街商会：",
        "一、接收情况",
        "共接收资金1608万余元。",
        "附件：1.捐赠明细",
        "青禾县工商业联合会",
        "2020年2月9日",
    ]


def test_sheet_has_the_margins_of_gbt_9704() -> None:
    sheet = opened(notice_docx(a_notice())).sections[0]
    measures = (sheet.top_margin, sheet.bottom_margin, sheet.left_margin, sheet.right_margin)
    assert [round(measure.mm) for measure in measures] == [37, 35, 28, 26]
    assert (round(sheet.page_width.mm), round(sheet.page_height.mm)) == (210, 297)


def test_title_is_size_two_song_and_body_size_three_fangsong() -> None:
    lines = {line.text: line.runs[0] for line in opened(notice_docx(a_notice())).paragraphs if line.text}
    title, body = lines["关于接收社会捐赠情况的公示"], lines["共接收资金1608万余元。"]
    assert (face_of(title), title.font.size.pt) == ("方正小标宋简体", 22)
    assert (face_of(body), body.font.size.pt) == ("仿宋_GB2312", 16)


def test_head_is_red_and_a_long_name_becomes_smaller() -> None:
    short, long = Document(), Document()
    short.head("青禾县文件")
    long.head("青禾县新型冠状病毒肺炎疫情防控工作指挥部办公室文件")
    runs = [opened(made.content()).paragraphs[0].runs[0] for made in (short, long)]
    assert all(str(run.font.color.rgb) == "D7000F" for run in runs)
    assert runs[0].font.size > runs[1].font.size


def test_table_repeats_its_header_and_numbers_its_rows() -> None:
    table = opened(notice_docx(a_notice())).tables[0]
    assert [[cell.text for cell in row.cells] for row in table.rows] == [
        ["序号", "捐赠人", "数额"],
        ["1", "喆堃实业", "10万元"],
    ]
    assert table.rows[0]._tr.trPr.find(qn("w:tblHeader")) is not None


def test_table_columns_share_the_line_as_asked() -> None:
    table = opened(notice_docx(a_notice())).tables[0]
    number, donor, amount = (column.width.mm for column in table.columns)
    assert donor / amount == pytest.approx(3, rel=0.01)
    assert number + donor + amount == pytest.approx(156, abs=0.5)


def test_table_of_many_rows_keeps_all_in_their_order() -> None:
    rows = [[f"第{number}家", f"{number}"] for number in range(300)]
    document = Document()
    document.table(["捐赠人", "数额"], rows)
    table = opened(document.content()).tables[0]
    assert [element.text for element in table._tbl.iter(qn("w:t"))][2:] == [
        cell for row in rows for cell in row
    ]


def test_table_without_rows_shows_its_header() -> None:
    document = Document()
    document.table(["捐赠人", "数额"], [])
    assert [cell.text for cell in opened(document.content()).tables[0].rows[0].cells] == ["捐赠人", "数额"]


def test_footer_counts_pages_by_fields() -> None:
    content = notice_docx(a_notice())
    footer = opened(content).sections[0].footer.paragraphs[0]
    instructions = [element.text for element in footer._p.iter(qn("w:instrText"))]
    assert instructions == ["PAGE", "NUMPAGES"]
    assert footer.text.startswith("第 ")


def test_markup_in_a_text_is_text() -> None:
    document = Document()
    document.paragraph("<w:b/> & <script>alert(1)</script> =1+1")
    content = document.content()
    assert opened(content).paragraphs[-1].text == "<w:b/> & <script>alert(1)</script> =1+1"
    assert b"<script>" not in zipfile.ZipFile(io.BytesIO(content)).read("word/document.xml")


@given(st.text(max_size=80))
@settings(max_examples=30, deadline=None)
def test_no_text_breaks_a_document(text: str) -> None:
    document = Document(title=text)
    document.paragraph(text)
    document.table([text], [[text]])
    assert opened(document.content()).tables
