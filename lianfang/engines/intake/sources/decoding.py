"""Bytes to text: UTF-8 and UTF-16 with or without byte order mark, GBK and GB 18030."""

from __future__ import annotations

import codecs

from lianfang.engines.intake.sources.errors import SourceError
from lianfang.engines.intake.sources.source import Remark

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)

_DOUBTFUL_BELOW = 0.6
"""Share of everyday characters below which Chinese text was most likely written in another encoding.

Running Chinese text has over 0.95 of its characters in level 1 of GB 2312; Big5 read as such about 0.3.
"""


def decode(data: bytes) -> tuple[str, str, tuple[Remark, ...]]:
    """Text, encoding and warnings. Line ends become `\\n`.

    Raises SourceError: `broken_bytes` with the place and the bytes, `not_text`.
    """
    text, encoding = _decoded(data)
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if "\x00" in text:
        raise SourceError(
            "not_text", "这不是文字文件：里面有空字节（00）。请上传文字、表格、docx 或 PDF 文件。"
        )
    return text, encoding, _doubts(text, encoding)


def _decoded(data: bytes) -> tuple[str, str]:
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _strictly(data[len(mark) :], encoding, skipped=len(mark)), encoding
    if (wide := _wide_encoding(data)) is not None:
        return _strictly(data, wide), wide
    try:
        return data.decode("utf-8"), "utf-8"
    except UnicodeDecodeError:
        encoding = "utf-8" if _is_mostly_utf8(data) else "gb18030"
        return _strictly(data, encoding), encoding


def _strictly(data: bytes, encoding: str, *, skipped: int = 0) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as broken:
        if not _looks_like_text(data):
            raise SourceError(
                "not_text",
                "这不是文字文件，也不是认得的表格、文档或图片。请上传文字、表格、docx 或 PDF 文件。",
            ) from broken
        shown = data[broken.start : broken.start + 4].hex(" ").upper()
        line = data.count(b"\n", 0, broken.start) + 1
        raise SourceError(
            "broken_bytes",
            f"第 {line} 行有无法识别的字节：从第 {skipped + broken.start} 个字节（从 0 数起）开始的 {shown}，"
            f"不是完整的 {encoding.upper()} 文字。请用原来的软件重新保存为 UTF-8 后再上传。",
        ) from broken


def _wide_encoding(data: bytes) -> str | None:
    """UTF-16 without a mark: line ends, digits and blanks show as a zero byte beside an ASCII byte."""
    head = data[:4096]
    if len(head) < 4 or len(data) % 2 or b"\x00" not in head:
        return None
    zeros_after = sum(1 for index in range(1, len(head), 2) if head[index] == 0)
    zeros_before = sum(1 for index in range(0, len(head) - 1, 2) if head[index] == 0)
    if zeros_after and not zeros_before:
        return "utf-16-le"
    if zeros_before and not zeros_after:
        return "utf-16-be"
    return None


def _is_mostly_utf8(data: bytes) -> bool:
    """Whether the file is UTF-8 with damage, rather than GBK.

    GB 18030 accepts almost any pair of bytes, so damaged UTF-8 would be read as wrong characters.
    """
    kept = len(data.decode("utf-8", "ignore").encode())
    high = sum(1 for byte in data if byte >= 0x80)
    lost = len(data) - kept
    return high > 0 and lost / high < 0.2


def _looks_like_text(data: bytes) -> bool:
    head = data[:65536]
    controls = sum(1 for byte in head if byte < 0x20 and byte not in b"\t\n\r\f")
    return controls <= len(head) * 0.01


def _doubts(text: str, encoding: str) -> tuple[Remark, ...]:
    if encoding != "gb18030":
        return ()
    chinese = [sign for sign in text[:20000] if "\u4e00" <= sign <= "\u9fff" or "\ue000" <= sign <= "\uf8ff"]
    everyday = sum(1 for sign in chinese if _is_everyday(sign))
    if len(chinese) < 10 or everyday / len(chinese) >= _DOUBTFUL_BELOW:
        return ()
    return (Remark("doubtful_encoding", "文字编码可能判断有误（按 GB18030 读入，生僻字过多），请核对原文。"),)


def _is_everyday(sign: str) -> bool:
    """Level 1 of GB 2312: the 3,755 most used characters."""
    try:
        return b"\xb0\xa1" <= sign.encode("gb2312") <= b"\xd7\xf9"
    except UnicodeEncodeError:
        return False
