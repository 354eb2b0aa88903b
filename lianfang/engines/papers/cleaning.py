"""Text of people made safe to print: what cannot be seen must not act."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal

from lianfang.engines.papers.errors import PaperError

_DIRECTION_MARKS = frozenset("\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Marks that turn the reading direction: `张三\u202e四五` would be printed with its end reversed."""


def clean_text(text: str) -> str:
    """`text` without control characters, direction marks and lone surrogates; line breaks and tabs stay."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\u2028", "\n").replace("\u2029", "\n")
    if text.isprintable():
        return text if _DIRECTION_MARKS.isdisjoint(text) else _without_unseen(text)
    return _without_unseen(text)


def plain(value: object) -> object:
    """`value` as JSON can hold it, with all texts cleaned.

    Decimals become texts, so that 0.10 keeps its zero; dates become ISO texts.
    Raises PaperError(`data_not_plain`) for anything that has no plain form, and for a key that is no text.
    """
    if isinstance(value, str):
        return clean_text(value)
    if value is None or isinstance(value, int | float):
        return value
    if isinstance(value, Decimal):
        return format(value, "f")
    if isinstance(value, datetime | date):
        return value.isoformat()
    if isinstance(value, Mapping):
        return {_key(key): plain(inner) for key, inner in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, bytes | bytearray):
        return [plain(inner) for inner in value]
    raise PaperError("data_not_plain", f"排版数据中有无法打印的值：{type(value).__name__}。")


def _key(key: object) -> str:
    if not isinstance(key, str):
        raise PaperError("data_not_plain", f"排版数据的名称必须是文字，而不是 {type(key).__name__}。")
    return key


def _without_unseen(text: str) -> str:
    return "".join(sign for sign in text if sign in "\n\t" or not _is_unseen(sign))


def _is_unseen(sign: str) -> bool:
    return sign in _DIRECTION_MARKS or unicodedata.category(sign) in {"Cc", "Cs"}
