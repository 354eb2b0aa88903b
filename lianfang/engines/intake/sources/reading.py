"""The way in: a file of any kind, told by its content and never by its name.

Each reader is imported when a file of its kind comes: a text should not wait for what reads workbooks.
"""

from __future__ import annotations

import io
import re

from lianfang.engines.intake.sources.decoding import decode
from lianfang.engines.intake.sources.delimited import delimited_table
from lianfang.engines.intake.sources.errors import SourceError
from lianfang.engines.intake.sources.source import MEBIBYTE, Kind, Limits, Source

DEFAULT_LIMITS = Limits()

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"GIF87a", b"GIF89a", b"II*\x00", b"MM\x00*")
_PACKED = {
    b"Rar!": "RAR",
    b"7z\xbc\xaf\x27\x1c": "7z",
    b"\x1f\x8b": "gzip",
    b"\xfd7zXZ": "xz",
    b"BZh": "bzip2",
}
_WEB_PAGE = re.compile(
    r"\s*(<\?xml[^>]*>\s*)?(<!--.*?-->\s*)*<(!doctype\s+html|html|table)\b", re.I | re.DOTALL
)


def read_source(name: str, data: bytes, *, limits: Limits = DEFAULT_LIMITS) -> Source:
    """What the file `name` with the content `data` says: its text and its tables.

    `name` is used in messages and as the name of the table of a csv; what the file is, its content tells.
    Raises SourceError; every code of it can occur.
    """
    if len(data) > limits.size:
        raise SourceError(
            "too_large",
            f"“{_short(name)}”有 {len(data) / MEBIBYTE:.1f} MB，超过上限 {limits.size / MEBIBYTE:g} MB。"
            "请分成几个文件，或只上传需要的部分。",
        )
    if not data.strip(b"\x00\t\n\r \xef\xbb\xbf\xfe\xff"):
        raise SourceError("empty", f"“{_short(name)}”是空的。")
    if data.startswith(b"PK\x03\x04"):
        return _read_zip(name, data, limits)
    if data.startswith(_OLE):
        return _read_ole(name, data, limits)
    if b"%PDF-" in data[:1024]:
        from lianfang.engines.intake.sources.pdf import read_pdf

        return read_pdf(data, limits)
    if _is_image(data):
        from lianfang.engines.intake.sources.image import read_image

        return read_image(data, limits)
    for start, packer in _PACKED.items():
        if data.startswith(start):
            raise SourceError("archive", f"“{_short(name)}”是 {packer} 压缩包。请解压后逐个上传里面的文件。")
    return _read_text(name, data, limits)


def _read_zip(name: str, data: bytes, limits: Limits) -> Source:
    from lianfang.engines.intake.sources.archive import open_archive

    members = _member_names(data)
    if "xl/workbook.xml" in members:
        from lianfang.engines.intake.sources.workbook import read_workbook

        return read_workbook(data, limits)
    if "word/document.xml" in members:
        from lianfang.engines.intake.sources.document import read_document

        return read_document(data, limits)
    archive = open_archive(data, limits)
    if any(member.startswith("ppt/") for member in archive.namelist()):
        raise SourceError("unknown_kind", "演示文稿（pptx）不能读取。请把文字粘贴进来，或另存为 PDF。")
    if any(member in {"content.xml", "xl/workbook.bin"} for member in archive.namelist()):
        raise SourceError("unknown_kind", f"“{_short(name)}”的格式不能读取。请另存为 xlsx 或 docx。")
    raise SourceError("archive", f"“{_short(name)}”是压缩包。请解压后逐个上传里面的文件。")


def _member_names(data: bytes) -> set[str]:
    import zipfile

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, IndexError) as broken:
        raise SourceError("broken_file", "文件不完整或已损坏，无法打开。请重新保存或重新上传。") from broken


def _read_ole(name: str, data: bytes, limits: Limits) -> Source:
    """Files of Office before 2007, and encrypted files of any Office, told by their stream names (UTF-16)."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        raise SourceError("encrypted", f"“{_short(name)}”加了密码，无法读取。请去掉密码后再上传。")
    if "WordDocument".encode("utf-16-le") in data:
        raise SourceError("old_format", "旧式 Word 文档（doc、wps）不能读取。请另存为 docx 后再上传。")
    if "Workbook".encode("utf-16-le") in data or "Book".encode("utf-16-le") in data:
        from lianfang.engines.intake.sources.workbook import read_old_workbook

        return read_old_workbook(data, limits)
    raise SourceError("unknown_kind", f"“{_short(name)}”的格式不能读取。请另存为 xlsx、docx 或 PDF。")


def _is_image(data: bytes) -> bool:
    is_webp = data[:4] == b"RIFF" and data[8:12] == b"WEBP"
    is_heif = data[4:8] == b"ftyp" and data[8:12] in {b"heic", b"heix", b"mif1", b"avif"}
    is_bitmap = data[:2] == b"BM" and data[6:10] == b"\x00\x00\x00\x00"
    return data.startswith(_IMAGES) or is_webp or is_heif or is_bitmap


def _read_text(name: str, data: bytes, limits: Limits) -> Source:
    text, encoding, remarks = decode(data)
    if _WEB_PAGE.match(text[:4096]):
        from lianfang.engines.intake.sources.web_page import read_web_page

        return read_web_page(text, encoding, remarks, limits)
    table = delimited_table(text, limits, name=_short(name))
    if table is None:
        return Source(Kind.TEXT, text, (), encoding, remarks)
    return Source(Kind.DELIMITED, text, (table,), encoding, remarks)


def _short(name: str) -> str:
    return name if len(name) <= 60 else f"{name[:40]}…{name[-15:]}"
