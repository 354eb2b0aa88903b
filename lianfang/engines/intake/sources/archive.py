"""Zip containers (xlsx, docx) are measured before anything reads them."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from lianfang.engines.intake.sources.errors import SourceError
from lianfang.engines.intake.sources.source import Limits

_STEP = 1024 * 1024
_SMALL_ENOUGH_FOR_ANY_RATIO = 10 * _STEP
"""A table of equal cells packs very well; only a large result with a high ratio is a bomb."""

_DOCTYPES = tuple(
    word.encode(encoding)
    for word in ("<!DOCTYPE", "<!ENTITY")
    for encoding in ("ascii", "utf-16-le", "utf-16-be")
)
_OVERLAP = max(len(word) for word in _DOCTYPES) - 1


def open_archive(data: bytes, limits: Limits) -> zipfile.ZipFile:
    """The archive, after every part was unpacked once in small steps and counted.

    The sizes that a zip declares are not believed. Parts inside parts are never opened.
    Raises SourceError: `broken_file`, `encrypted`, `zip_bomb`, `xml_entities`.
    """
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
        members = archive.infolist()
    except (zipfile.BadZipFile, struct.error, ValueError, OSError, NotImplementedError) as broken:
        raise SourceError("broken_file", "文件已损坏，无法打开。请用原来的软件重新保存后再上传。") from broken
    _check_declared(members, data, limits)
    unpacked = 0
    for member in members:
        unpacked += _measured(data, member, limits, unpacked)
        _check_unpacked(unpacked, len(data), limits)
    return archive


def member_bytes(archive: zipfile.ZipFile, name: str) -> bytes:
    """One part of a measured archive. Raises SourceError(`broken_file`) where it is missing or damaged."""
    try:
        return archive.read(name)
    except (
        KeyError,
        zipfile.BadZipFile,
        zlib.error,
        EOFError,
        OSError,
        ValueError,
        NotImplementedError,
    ) as broken:
        raise SourceError("broken_file", f"文件已损坏：缺少或读不出其中的 {name}。") from broken


def _check_declared(members: list[zipfile.ZipInfo], data: bytes, limits: Limits) -> None:
    if len(members) > limits.members:
        raise SourceError(
            "zip_bomb", f"文件里有 {len(members):,} 个部件，超过上限 {limits.members:,} 个，拒绝打开。"
        )
    if any(member.flag_bits & 1 for member in members):
        raise SourceError("encrypted", "文件加了密码，无法读取。请去掉密码后再上传。")
    if any(member.compress_type not in {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED} for member in members):
        raise SourceError("broken_file", "文件用了不常见的压缩方法，无法打开。请用原来的软件重新保存。")
    if sum(member.compress_size for member in members) > len(data):
        raise SourceError("zip_bomb", "文件的部件互相重叠，是压缩炸弹，拒绝打开。")
    _check_unpacked(sum(member.file_size for member in members), len(data), limits)


def _check_unpacked(unpacked: int, packed: int, limits: Limits) -> None:
    too_dense = unpacked > _SMALL_ENOUGH_FOR_ANY_RATIO and unpacked > packed * limits.ratio
    if unpacked > limits.unpacked or too_dense:
        raise SourceError(
            "zip_bomb",
            f"文件解压后至少有 {unpacked // _STEP:,} MB（上限 {limits.unpacked // _STEP:,} MB、"
            f"{limits.ratio} 倍），可能是压缩炸弹，拒绝打开。",
        )


def _measured(data: bytes, member: zipfile.ZipInfo, limits: Limits, before: int) -> int:
    """True size of one part in bytes; its XML is searched for declared entities on the way."""
    packed = _packed(data, member)
    is_xml = member.filename.lower().endswith((".xml", ".rels", ".vml"))
    if member.compress_type == zipfile.ZIP_STORED:
        _refuse_entities(packed, is_xml)
        return len(packed)
    inflater = zlib.decompressobj(-15)
    size, tail, waiting = 0, b"", packed
    try:
        while waiting and not inflater.eof:
            step = inflater.decompress(waiting, _STEP)
            waiting = inflater.unconsumed_tail
            size += len(step)
            _check_unpacked(before + size, len(data), limits)
            _refuse_entities(tail + step, is_xml)
            tail = step[-_OVERLAP:]
    except zlib.error as broken:
        raise SourceError("broken_file", "文件已损坏，无法解压。请用原来的软件重新保存后再上传。") from broken
    return size


def _packed(data: bytes, member: zipfile.ZipInfo) -> bytes:
    """The packed bytes: they follow the local header (APPNOTE 4.3.7), whose name and extra field vary."""
    header = data[member.header_offset : member.header_offset + 30]
    if len(header) < 30 or header[:4] != b"PK\x03\x04":
        raise SourceError("broken_file", "文件已损坏，无法打开。请用原来的软件重新保存后再上传。")
    name_length, extra_length = struct.unpack_from("<HH", header, 26)
    start = member.header_offset + 30 + name_length + extra_length
    return data[start : start + member.compress_size]


def _refuse_entities(part: bytes, is_xml: bool) -> None:
    if is_xml and any(word in part for word in _DOCTYPES):
        raise SourceError("xml_entities", "文件里声明了 XML 实体，正常的表格和文档没有这种内容，拒绝打开。")
