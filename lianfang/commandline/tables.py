"""Tables on a terminal, where a Chinese character takes two columns."""

import unicodedata
from collections.abc import Sequence


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """The rows under their heads, in columns as wide as their widest cell."""
    lines = [[_one_line(cell) for cell in row] for row in (heads, *rows)]
    widths = [max(width(cell) for cell in column) for column in zip(*lines, strict=True)]
    return "\n".join(
        "  ".join(cell + " " * (wide - width(cell)) for cell, wide in zip(line, widths, strict=True)).rstrip()
        for line in lines
    )


def width(text: str) -> int:
    """How many terminal columns `text` takes."""
    return sum(
        0 if unicodedata.combining(character) else 2 if unicodedata.east_asian_width(character) in "WF" else 1
        for character in text
    )


def _one_line(text: str) -> str:
    """Line breaks and control characters (which could steer a terminal) become spaces."""
    return "".join(" " if unicodedata.category(character) == "Cc" else character for character in text)
