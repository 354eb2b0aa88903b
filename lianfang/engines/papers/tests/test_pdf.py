"""The PDF is opened again, and what a person sees in it is read."""

from __future__ import annotations

import io
from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from pypdf import PdfReader

from lianfang.engines.papers import (
    TEMPLATES,
    Column,
    Heading,
    Notice,
    PaperError,
    Paragraph,
    Table,
    notice_pdf,
    qr_svg,
    typeset,
    unprintable,
)

ECHO = '#import "/parts.typ": *\n#show: sheet.with(title: "试")\n#data.text'


def pages(pdf: bytes) -> list[str]:
    return [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]


def text_of(pdf: bytes) -> str:
    """All text with blanks and breaks taken out: where a line breaks is not what these tests are about."""
    return "".join("".join(page.split()) for page in pages(pdf)).replace("\u200b", "")


def a_notice(**changes: object) -> Notice:
    parts: dict[str, object] = {
        "title": "关于接收社会捐赠情况的公示",
        "blocks": [Heading("一、接收情况"), Paragraph("截至2月10日18时，共接收资金1608万余元。")],
        "organisation": "青禾县工商业联合会文件",
        "number": "青工商联发〔2020〕3号",
        "addressee": "各镇街商会",
        "signed_by": "青禾县工商业联合会",
        "signed_on": date(2020, 2, 9),
    }
    return Notice(**(parts | changes))  # type: ignore[arg-type]


def test_notice_prints_head_number_title_addressee_body_signature_and_date() -> None:
    seen = text_of(notice_pdf(a_notice(attachments=["捐赠明细"], remark="此件公开发布")))
    for part in (
        "青禾县工商业联合会文件",
        "青工商联发〔2020〕3号",
        "关于接收社会捐赠情况的公示",
        "各镇街商会：",
        "共接收资金1608万余元",
        "附件：1.捐赠明细",
        "2020年2月9日",
        "（此件公开发布）",
    ):
        assert part in seen


def test_every_page_says_which_page_of_how_many() -> None:
    printed = pages(notice_pdf(a_notice(blocks=[Paragraph("防控。" * 2000)])))
    assert len(printed) > 3
    for number, page in enumerate(printed, start=1):
        assert f"第{number}页共{len(printed)}页" in "".join(page.split())


def test_long_table_repeats_its_header_on_every_page_and_loses_no_row() -> None:
    rows = [[f"第{number}家企业", f"{number}元"] for number in range(1, 201)]
    table = Table([Column("捐赠人", 2), Column("数额", 1, "right")], rows, numbered=True)
    printed = pages(notice_pdf(a_notice(blocks=[table])))
    with_rows = [page for page in printed if "家企业" in page]
    assert len(with_rows) > 3
    assert all("捐赠人" in page and "序号" in page for page in with_rows)
    everything = "".join("".join(printed).split())
    assert all(f"第{number}家企业" in everything for number in range(1, 201))


def test_sheet_is_a4_with_margins_and_grid_of_gbt_9704() -> None:
    reader = PdfReader(io.BytesIO(typeset(ECHO, {"text": "字" * 28 * 22 * 2})))
    page = reader.pages[0]
    assert (round(float(page.mediabox.width)), round(float(page.mediabox.height))) == (595, 842)
    lines = [line for line in page.extract_text().splitlines() if set(line.strip()) == {"字"}]
    assert len(lines) == 22
    assert [len(line.strip()) for line in lines] == [26, *[28] * 21]


@pytest.mark.parametrize(
    "hostile",
    [
        '#panic("x")',
        "$ x^2 $",
        "*粗* _斜_ `码` @ref <label>",
        "#import sys: inputs",
        ']#read("/parts.typ")[',
        '"); #panic("',
        "<script>alert(1)</script>",
        "= 标题",
        "// 注释 /* 不见 */",
        "\\u{41} \\",
    ],
)
def test_text_of_people_is_printed_and_never_run(hostile: str) -> None:
    seen = text_of(typeset(ECHO, {"text": f"前{hostile}后"}))
    assert "".join(f"前{hostile}后".split()) in seen


@given(st.text(max_size=60))
@settings(max_examples=60, deadline=None)
def test_no_text_breaks_a_paper(text: str) -> None:
    assert typeset(ECHO, {"text": text}).startswith(b"%PDF")


RARE_IN_NAMES = "喆堃骉犇淼焱垚赟翀囍㛃䶮龑旻玥珺琎燚煊晟暐钘锳镕鋆頔颙靓韡骐骦龘靐齉爨𬱖𫖮𬭎𬘭𬀩𬭚"


def test_rare_characters_of_names_have_a_glyph_and_can_be_copied_out() -> None:
    assert unprintable(RARE_IN_NAMES) == ()
    assert RARE_IN_NAMES in text_of(typeset(ECHO, {"text": RARE_IN_NAMES}))


def test_all_characters_of_gb2312_can_be_printed() -> None:
    zone = [bytes([lead, trail]) for lead in range(0xB0, 0xF8) for trail in range(0xA1, 0xFF)]
    signs = "".join(pair.decode("gb2312", "ignore") for pair in zone)
    assert len(signs) == 6763
    assert unprintable(signs) == ()


def test_character_without_glyph_is_named_and_printed_as_geta() -> None:
    assert unprintable("张𠀋𠀋明") == ("𠀋",)
    assert "张〓明" in text_of(typeset(ECHO, {"text": "张𠀋明"}))


def test_line_breaks_as_browsers_send_them_are_line_breaks() -> None:
    assert unprintable("感谢\r\n捐赠\r款") == ()
    printed = text_of(typeset(ECHO, {"text": "感谢\r\n捐赠"}))
    assert "感谢捐赠" in printed
    assert "〓" not in printed


def test_marks_that_turn_the_reading_direction_are_taken_out() -> None:
    assert "捐1万元" in text_of(typeset(ECHO, {"text": "捐\u202e1万\u0000元"}))


def test_long_address_stays_inside_the_margins() -> None:
    address = "https://example.org/" + "a" * 300
    printed = pages(typeset(ECHO, {"text": address}))[0]
    assert address in "".join(printed.split()).replace("\u200b", "")
    assert max(len(line.replace("\u200b", "")) for line in printed.splitlines()) < 70


def test_decimals_keep_their_zeros_and_dates_are_iso() -> None:
    source = '#import "/parts.typ": *\n#data.sum 与 #data.day'
    assert "0.10与2020-02-09" in text_of(typeset(source, {"sum": Decimal("0.10"), "day": date(2020, 2, 9)}))


def test_all_fonts_are_embedded() -> None:
    reader = PdfReader(io.BytesIO(notice_pdf(a_notice())))
    fonts = [font for page in reader.pages for font in page["/Resources"]["/Font"].values()]  # type: ignore[index]
    descriptors = [
        font.get_object()["/DescendantFonts"][0].get_object()["/FontDescriptor"].get_object()
        for font in fonts
    ]
    assert descriptors
    assert all("/FontFile3" in descriptor or "/FontFile2" in descriptor for descriptor in descriptors)


def test_equal_data_and_moment_give_equal_bytes() -> None:
    moment = datetime(2020, 2, 9, 18, tzinfo=UTC)
    assert notice_pdf(a_notice(), made_at=moment) == notice_pdf(a_notice(), made_at=moment)


def test_certificate_carries_its_number_its_words_and_its_code() -> None:
    pdf = typeset(
        TEMPLATES / "certificate.typ",
        {
            "title": "捐赠证书",
            "number": "QH2020-0012",
            "receiver": "喆堃实业有限公司",
            "body": ["感谢贵单位捐赠人民币壹拾万元整。"],
            "organisation": "青禾县工商业联合会",
            "day": "2020年2月11日",
            "qr": qr_svg("https://example.org/c/QH2020-0012"),
            "check": "扫码核验",
        },
    )
    assert len(pages(pdf)) == 1
    seen = text_of(pdf)
    assert all(
        part in seen for part in ("捐赠证书", "QH2020-0012", "喆堃实业有限公司", "壹拾万元整", "扫码核验")
    )


def test_missing_template_is_named() -> None:
    with pytest.raises(PaperError, match=r"nothing\.typ") as caught:
        typeset(TEMPLATES / "nothing.typ", {})
    assert caught.value.code == "template_missing"


def test_broken_template_says_so() -> None:
    with pytest.raises(PaperError) as caught:
        typeset("#nosuchfunction()", {})
    assert caught.value.code == "template_broken"


def test_data_that_is_not_plain_is_refused_with_its_type() -> None:
    with pytest.raises(PaperError, match="set") as caught:
        typeset(ECHO, {"text": {1, 2}})
    assert caught.value.code == "data_not_plain"
