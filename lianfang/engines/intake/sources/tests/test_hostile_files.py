from __future__ import annotations

import io
import struct
import zipfile
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.engines.intake.sources import (
    Kind,
    Limits,
    SourceError,
    read_source,
    text_recognition_is_installed,
)

from .files import a_docx, a_pdf, a_png, a_scanned_pdf, an_xlsx, changed, rows_written

XLSX = an_xlsx(rows_written([["捐赠人", "金额"], ["喆堃实业", 100000]]))
DOCX = a_docx("捐款10万元", [["甲", "乙"]])
PDF = a_pdf("Zhe Kun gave 100000 yuan")


def refusal(data: bytes, *, limits: Limits | None = None) -> SourceError:
    with pytest.raises(SourceError) as caught:
        read_source("文件", data, limits=limits or Limits())
    return caught.value


def read_or_refused(data: bytes) -> bool:
    """Whether the file was read, or refused with a code and a sentence; any other error passes through."""
    try:
        return isinstance(read_source("文件", data).text, str)
    except SourceError as refused:
        return bool(refused.code) and "。" in refused.message


def test_zip_bomb_in_a_workbook_is_refused_before_it_is_unpacked() -> None:
    bomb = changed(XLSX, "xl/worksheets/sheet1.xml", lambda xml: xml + b" " * 300_000_000)
    assert len(bomb) < 1_000_000
    assert refusal(bomb).code == "zip_bomb"


def test_zip_that_lies_about_its_size_is_refused() -> None:
    bomb = changed(XLSX, "xl/worksheets/sheet1.xml", lambda xml: xml + b" " * 250_000_000)
    at = bomb.rindex(b"xl/worksheets/sheet1.xml") - 46
    lying = bomb[: at + 24] + struct.pack("<I", 1000) + bomb[at + 28 :]
    assert refusal(lying).code == "zip_bomb"


def test_zip_with_overlapping_parts_is_refused() -> None:
    data = bytearray(XLSX)
    at = data.rindex(b"xl/worksheets/sheet1.xml") - 46
    data[at + 20 : at + 24] = struct.pack("<I", len(data) + 5)
    assert refusal(bytes(data)).code == "zip_bomb"


def test_archive_of_files_is_refused_and_never_opened_inside() -> None:
    inner = io.BytesIO()
    with zipfile.ZipFile(inner, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("明细.xlsx", XLSX)
    assert refusal(inner.getvalue()).code == "archive"


@pytest.mark.parametrize(
    ("data", "part"),
    [(XLSX, "xl/worksheets/sheet1.xml"), (XLSX, "xl/workbook.xml"), (DOCX, "word/document.xml")],
)
def test_xml_with_entities_is_refused(data: bytes, part: str) -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;">]><x>&b;</x>'
    assert refusal(changed(data, part, lambda _: bomb)).code == "xml_entities"


@pytest.mark.parametrize(("data", "part"), [(XLSX, "xl/workbook.xml"), (DOCX, "word/document.xml")])
def test_xml_in_an_unknown_encoding_is_refused(data: bytes, part: str) -> None:
    damaged = changed(data, part, lambda xml: xml.replace(b"UTF-8", b"UWF-8", 1))
    assert refusal(damaged).code == "broken_file"


def test_two_cells_in_opposite_corners_do_not_fill_the_memory() -> None:
    def fill(sheet: Any, book: Any) -> None:
        sheet.write("A1", "甲")
        sheet.write("XFD1048576", "乙")

    assert refusal(an_xlsx(fill)).code == "too_many_rows"


def test_workbook_of_too_many_cells_is_refused() -> None:
    assert refusal(XLSX, limits=Limits(cells=3)).code == "too_many_cells"


@pytest.mark.parametrize(
    ("stream", "code"),
    [("EncryptedPackage", "encrypted"), ("WordDocument", "old_format"), ("PowerPoint", "unknown_kind")],
)
def test_old_or_encrypted_office_file_is_named(stream: str, code: str) -> None:
    data = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le") + bytes(500)
    assert refusal(data).code == code


def test_encrypted_pdf_is_refused() -> None:
    assert refusal(a_pdf("secret words in here", encrypt="pass")).code == "encrypted"


def test_pdf_gives_its_text_page_by_page() -> None:
    source = read_source("a.pdf", a_pdf("The first page of all", "The second page of all"))
    assert source.kind is Kind.PDF
    assert source.text == "The first page of all\n\nThe second page of all"


def test_pdf_of_too_many_pages_is_refused() -> None:
    assert refusal(a_pdf("one page here", "another page"), limits=Limits(pages=1)).code == "too_many_pages"


@pytest.mark.skipif(text_recognition_is_installed(), reason="[ocr] is installed")
def test_scanned_pdf_says_that_text_recognition_is_needed() -> None:
    refused = refusal(a_scanned_pdf())
    assert refused.code == "scanned"
    assert "lianfang[ocr]" in refused.message


@pytest.mark.skipif(text_recognition_is_installed(), reason="[ocr] is installed")
def test_picture_names_the_extra_that_would_read_it() -> None:
    refused = refusal(a_png())
    assert refused.code == "needs_ocr"
    assert "lianfang[ocr]" in refused.message


@pytest.mark.parametrize("start", [b"Rar!\x1a\x07", b"7z\xbc\xaf\x27\x1c", b"\x1f\x8b\x08"])
def test_other_archives_are_named(start: bytes) -> None:
    assert refusal(start + b"x" * 100).code == "archive"


@pytest.mark.parametrize("data", [XLSX, DOCX, PDF], ids=["xlsx", "docx", "pdf"])
@given(data_from=st.data())
@settings(max_examples=40, deadline=None)
def test_damaged_file_is_read_or_refused_by_name(data: bytes, data_from: st.DataObject) -> None:
    """Cut, or with some bytes changed: a SourceError or a Source, nothing else."""
    damaged = bytearray(data)
    for _ in range(data_from.draw(st.integers(0, 6))):
        damaged[data_from.draw(st.integers(0, len(data) - 1))] = data_from.draw(st.integers(0, 255))
    end = data_from.draw(st.one_of(st.just(len(data)), st.integers(0, len(data))))
    assert read_or_refused(bytes(damaged[:end]))


@given(st.binary(max_size=400))
@settings(deadline=None)
def test_any_bytes_are_read_or_refused_by_name(data: bytes) -> None:
    assert read_or_refused(data)
