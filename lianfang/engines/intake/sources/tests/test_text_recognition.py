"""Reading photos: only where the extra `[ocr]` is installed."""

from __future__ import annotations

import io

import pytest

pytest.importorskip("rapidocr_onnxruntime", reason="needs the extra [ocr]")

from PIL import Image, ImageDraw, ImageFont
from pylopdf_fonts_zh_cn import sans_path

from lianfang.engines.intake.sources import Kind, Limits, SourceError, read_source


def a_photo(*lines: str, kind: str = "PNG") -> bytes:
    image = Image.new("RGB", (900, 80 + 70 * len(lines)), "white")
    draw = ImageDraw.Draw(image)
    font = ImageFont.truetype(str(sans_path()), 40)
    for number, line in enumerate(lines):
        draw.text((40, 40 + 70 * number), line, fill="black", font=font)
    out = io.BytesIO()
    image.save(out, kind)
    return out.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "BMP", "WEBP"])
def test_photo_of_a_notice_is_read_line_by_line_with_a_warning(kind: str) -> None:
    source = read_source("照片", a_photo("青禾木业有限公司捐款10万元", "李明捐赠口罩2000只", kind=kind))
    assert source.kind is Kind.IMAGE
    assert [line.replace(" ", "") for line in source.text.splitlines()] == [
        "青禾木业有限公司捐款10万元",
        "李明捐赠口罩2000只",
    ]
    assert source.warnings[0].code == "recognised"


def test_scanned_pdf_is_read() -> None:
    out = io.BytesIO()
    Image.open(io.BytesIO(a_photo("青禾木业有限公司捐款10万元"))).save(out, "PDF")
    source = read_source("扫描.pdf", out.getvalue())
    assert source.kind is Kind.PDF
    assert "10万元" in source.text


def test_white_photo_says_that_nothing_was_found() -> None:
    with pytest.raises(SourceError) as caught:
        read_source("照片", a_photo(""))
    assert caught.value.code == "no_text_found"


def test_photo_of_too_many_pixels_is_refused() -> None:
    with pytest.raises(SourceError) as caught:
        read_source("照片", a_photo("甲"), limits=Limits(pixels=1000))
    assert caught.value.code == "too_many_pixels"


def test_damaged_photo_is_refused() -> None:
    with pytest.raises(SourceError) as caught:
        read_source("照片", a_photo("甲")[:300])
    assert caught.value.code == "broken_file"
