"""The fonts of printed papers, and which characters they can print.

Both faces are the full Simplified Chinese cut of Noto (SIL Open Font License 1.1): every character of
GB 2312, of the 8,105 characters for general use (通用规范汉字表) and of CJK Extension A, with the rare
characters of names (喆 堃 骉 龑 㛃). Most of Extension B and later is not drawn there.
"""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path

from lianfang.engines.papers.errors import PaperError

BODY_FONT = "Noto Serif SC"
SMALL_FONT = "Noto Sans SC"

GETA = "〓"
"""The printers' mark for a type that the case does not hold (U+3013)."""


def font_folder() -> Path:
    """The folder that holds both font files.

    Raises PaperError(`fonts_missing`) where the font package is not installed.
    """
    try:
        from pylopdf_fonts_zh_cn import serif_path
    except ImportError as missing:
        raise PaperError(
            "fonts_missing", "缺少中文字体包 pylopdf-fonts-zh-cn，无法排版；请按说明安装。"
        ) from missing
    return Path(serif_path()).parent


def unprintable(text: str) -> tuple[str, ...]:
    """The characters of `text` that the body font cannot draw, each once, in their order.

    A caller that prints a person's name should show these before the paper goes out.
    """
    drawn = _drawn_by_body_font()
    return tuple(dict.fromkeys(sign for sign in text if ord(sign) not in drawn and sign not in "\r\n\t"))


@cache
def _drawn_by_body_font() -> frozenset[int]:
    return _code_points(_body_font_file().read_bytes())


def _body_font_file() -> Path:
    return font_folder() / "NotoSerifSC-Regular.otf"


def _code_points(font: bytes) -> frozenset[int]:
    """Code points with a glyph, from the OpenType `cmap` table (subtable format 12, ISO/IEC 14496-22)."""
    table_count = struct.unpack_from(">H", font, 4)[0]
    for index in range(table_count):
        tag, _, start, _ = struct.unpack_from(">4sIII", font, 12 + 16 * index)
        if tag == b"cmap":
            return _code_points_of_cmap(font, start)
    return frozenset()


def _code_points_of_cmap(font: bytes, start: int) -> frozenset[int]:
    found: set[int] = set()
    subtable_count = struct.unpack_from(">H", font, start + 2)[0]
    for index in range(subtable_count):
        _, _, offset = struct.unpack_from(">HHI", font, start + 4 + 8 * index)
        if struct.unpack_from(">H", font, start + offset)[0] != 12:
            continue
        group_count = struct.unpack_from(">I", font, start + offset + 12)[0]
        for group in range(group_count):
            first, last, glyph = struct.unpack_from(">III", font, start + offset + 16 + 12 * group)
            found.update(range(first if glyph else first + 1, last + 1))
    return frozenset(found)
