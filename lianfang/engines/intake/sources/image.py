"""Photos of lists and notices, read by RapidOCR where the extra `[ocr]` is installed.

The recognition models travel inside that package; nothing is fetched.
"""

from __future__ import annotations

import io
from functools import cache
from importlib.util import find_spec
from typing import Any

from lianfang.engines.intake.sources.errors import SourceError
from lianfang.engines.intake.sources.source import Kind, Limits, Remark, Source

_DOUBTFUL_BELOW = 0.8
"""Confidence under which a line is named in a warning."""


def text_recognition_is_installed() -> bool:
    """Whether the extra `[ocr]` is there."""
    return find_spec("rapidocr_onnxruntime") is not None


def read_image(data: bytes, limits: Limits) -> Source:
    """The text of a photo, line by line from the top, pieces of one line from the left.

    Raises SourceError: `needs_ocr`, `broken_file`, `too_many_pixels`, `no_text_found`.
    """
    if not text_recognition_is_installed():
        raise SourceError(
            "needs_ocr",
            "这是一张图片。读取图片里的文字需要安装文字识别组件（lianfang[ocr]）；也可以直接粘贴文字。",
        )
    found, _ = _recogniser()(_pixels(data, limits))
    if not found:
        raise SourceError("no_text_found", "图片里没有认出文字，请换一张更清楚的图片。")
    remarks = [Remark("recognised", "文字由图片识别得到，可能有错字，请逐项核对。")]
    doubtful = [text for _, text, confidence in found if float(confidence) < _DOUBTFUL_BELOW]
    if doubtful:
        shown = "；".join(doubtful[:5])
        remarks.append(Remark("doubtful_lines", f"有 {len(doubtful)} 处识别把握不大：{shown}"))
    return Source(Kind.IMAGE, _lines([(box, text) for box, text, _ in found]), warnings=tuple(remarks))


@cache
def _recogniser() -> Any:
    """Loading the models takes about a second, so they are kept."""
    from rapidocr_onnxruntime import RapidOCR

    return RapidOCR()


def _pixels(data: bytes, limits: Limits) -> Any:
    import numpy
    from PIL import Image, ImageOps

    try:
        with Image.open(io.BytesIO(data)) as image:
            width, height = image.size
            if width * height > limits.pixels:
                raise SourceError(
                    "too_many_pixels",
                    f"图片有 {width}×{height} 像素，超过上限 {limits.pixels // 10_000:,} 万像素。",
                )
            upright = ImageOps.exif_transpose(image)
            return numpy.asarray(upright.convert("RGB"))[:, :, ::-1]
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as broken:
        raise SourceError("broken_file", "图片已损坏或格式不支持，请换成 PNG 或 JPEG 图片。") from broken


def _lines(found: list[tuple[Any, str]]) -> str:
    """Pieces whose middles lie within half a line's height of each other stand on one line."""
    pieces = sorted((_Piece.of(box, text) for box, text in found), key=lambda piece: piece.middle)
    lines: list[list[_Piece]] = []
    for piece in pieces:
        if lines and abs(piece.middle - lines[-1][0].middle) < lines[-1][0].height / 2:
            lines[-1].append(piece)
        else:
            lines.append([piece])
    return "\n".join(
        " ".join(piece.text for piece in sorted(line, key=lambda piece: piece.left)) for line in lines
    )


class _Piece:
    __slots__ = ("height", "left", "middle", "text")

    def __init__(self, left: float, middle: float, height: float, text: str) -> None:
        self.left, self.middle, self.height, self.text = left, middle, height, text

    @classmethod
    def of(cls, box: Any, text: str) -> _Piece:
        ups = [float(corner[1]) for corner in box]
        return cls(min(float(corner[0]) for corner in box), sum(ups) / len(ups), max(ups) - min(ups), text)
