"""QR codes, for print and for pages."""

from __future__ import annotations

import io
from typing import Any

from lianfang.engines.papers.errors import PaperError


def qr_svg(text: str, *, border: int = 4) -> str:
    """The QR code of `text` as an SVG document, error level M (15 % may be dirty or torn).

    `border` is the quiet zone in modules; the standard (ISO/IEC 18004) asks for 4.
    Raises PaperError(`qr_too_long`) above 2,331 bytes.
    """
    out = io.BytesIO()
    _code(text).save(
        out, kind="svg", border=border, xmldecl=False, svgns=True, omitsize=True, unit=None, nl=False
    )
    return out.getvalue().decode()


def qr_png(text: str, *, scale: int = 8, border: int = 4) -> bytes:
    """The same code as a PNG, `scale` pixels a module. Raises as `qr_svg`."""
    out = io.BytesIO()
    _code(text).save(out, kind="png", scale=scale, border=border)
    return out.getvalue()


def _code(text: str) -> Any:
    import segno

    try:
        return segno.make(text, error="m", micro=False, boost_error=False, encoding="utf-8")
    except segno.DataOverflowError as too_long:
        raise PaperError(
            "qr_too_long", f"内容有 {len(text)} 个字，超过一个二维码所能容纳的长度。"
        ) from too_long
