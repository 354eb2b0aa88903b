"""PDF: its text page by page; scanned pages by text recognition where that is installed."""

from __future__ import annotations

import io
from typing import Any

from lianfang.engines.intake.sources.errors import SourceError
from lianfang.engines.intake.sources.image import read_image, text_recognition_is_installed
from lianfang.engines.intake.sources.source import Kind, Limits, Remark, Source

_SIGNS_OF_A_WRITTEN_PAGE = 10


def read_pdf(data: bytes, limits: Limits) -> Source:
    """The text of all pages, a blank line between pages.

    Raises SourceError: `broken_file`, `encrypted`, `too_many_pages`, `scanned` (pages are pictures and the
    extra `[ocr]` is not installed), `no_text_found`.
    """
    try:
        pages, pictures = _pages(data, limits)
    except SourceError:
        raise
    except Exception as broken:
        # Damaged PDFs raise far more than the reader documents: KeyError, RecursionError, zlib.error…
        raise SourceError("broken_file", "PDF 文件已损坏，无法读取。请重新导出后再上传。") from broken
    remarks: list[Remark] = []
    scanned = [
        number
        for number, text in enumerate(pages)
        if len(text) < _SIGNS_OF_A_WRITTEN_PAGE and pictures[number]
    ]
    if scanned and not text_recognition_is_installed():
        if len(scanned) == len(pages):
            raise SourceError(
                "scanned",
                "这份 PDF 是扫描的图片，没有文字。请安装文字识别组件（lianfang[ocr]），或上传原来的文字版。",
            )
        shown = "、".join(str(number + 1) for number in scanned[:10])
        remarks.append(
            Remark(
                "scanned_pages",
                f"第 {shown} 页是扫描的图片，没有读到文字；读取需要文字识别组件（lianfang[ocr]）。",
            )
        )
    else:
        for number in scanned:
            pages[number] = _recognised(pictures[number], limits)
        if scanned:
            remarks.append(
                Remark("recognised", f"有 {len(scanned)} 页由图片识别得到，可能有错字，请逐项核对。")
            )
    text = "\n\n".join(page for page in pages if page)
    if not text:
        raise SourceError("no_text_found", "这份 PDF 里没有文字。")
    return Source(Kind.PDF, text, warnings=tuple(remarks))


def _pages(data: bytes, limits: Limits) -> tuple[list[str], list[list[bytes]]]:
    """Text of each page, and the pictures of the pages that have no text."""
    import pypdf

    reader = pypdf.PdfReader(io.BytesIO(data))
    if reader.is_encrypted and not reader.decrypt(""):
        raise SourceError("encrypted", "PDF 加了密码，无法读取。请去掉密码后再上传。")
    if len(reader.pages) > limits.pages:
        raise SourceError("too_many_pages", f"PDF 有 {len(reader.pages):,} 页，超过上限 {limits.pages} 页。")
    texts: list[str] = []
    pictures: list[list[bytes]] = []
    for page in reader.pages:
        texts.append(page.extract_text().replace("\x00", "").strip())
        pictures.append(_pictures(page) if len(texts[-1]) < _SIGNS_OF_A_WRITTEN_PAGE else [])
    return texts, pictures


def _pictures(page: Any) -> list[bytes]:
    if not text_recognition_is_installed():
        return [b""] if _has_picture(page) else []
    return [image.data for image in page.images]


def _has_picture(page: Any) -> bool:
    drawn = page.get("/Resources", {}).get_object().get("/XObject", {}).get_object()
    return any(drawn[name].get_object().get("/Subtype") == "/Image" for name in drawn)


def _recognised(pictures: list[bytes], limits: Limits) -> str:
    texts = []
    for picture in pictures:
        try:
            texts.append(read_image(picture, limits).text)
        except SourceError as unread:
            if unread.code != "no_text_found":
                raise
    return "\n".join(texts)
