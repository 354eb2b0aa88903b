from __future__ import annotations

import pytest

from lianfang.engines.papers import PaperError, qr_png, qr_svg


def test_svg_is_one_drawing_without_script_or_outer_reference() -> None:
    drawn = qr_svg("https://example.org/c/ABCD?a=1&b=<2>")
    assert drawn.startswith("<svg")
    assert "viewBox" in drawn
    assert "example.org" not in drawn


def test_png_is_a_png() -> None:
    assert qr_png("捐赠证书 第12号").startswith(b"\x89PNG")


def test_text_too_long_for_a_code_is_refused() -> None:
    with pytest.raises(PaperError) as caught:
        qr_svg("长" * 2000)
    assert caught.value.code == "qr_too_long"
