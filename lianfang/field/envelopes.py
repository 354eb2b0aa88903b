"""What a phone sends and is answered: the envelope of a record, the batch, and the answer.

`docs/reference/field-protocol.md` describes it for whoever writes another client.
"""

import hashlib
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from functools import cache
from typing import Annotated, Any, NamedTuple
from uuid import UUID

import msgspec
from django.utils.translation import gettext_lazy as _

from lianfang.book.arriving import RECORD_TYPES, Arrival
from lianfang.book.errors import Refused
from lianfang.book.models import Response

MOST_BYTES = 10 * 1024 * 1024
"""Of a batch, inflated."""
MOST_RECORDS = 5000
"""Of a batch."""
MOST_AHEAD = timedelta(days=2)
"""How far a phone's clock may be ahead of the server's."""

Moment = Annotated[datetime, msgspec.Meta(tz=True)]
Digest = Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{64}$")]


class Envelope(msgspec.Struct, frozen=True, gc=False, forbid_unknown_fields=True):
    """One record of a phone. `prev` is the SHA-256 of the envelope with the sequence number before."""

    id: UUID
    type: Annotated[str, msgspec.Meta(max_length=40)]
    seq: Annotated[int, msgspec.Meta(ge=1, le=2**53)]
    prev: Digest
    happened_at: Moment
    written_at: Moment
    data: msgspec.Raw
    guard: Annotated[str, msgspec.Meta(max_length=80)] = ""
    corrects: UUID | None = None


class Batch(msgspec.Struct, frozen=True):
    """The body of an upload."""

    device: UUID
    sent_at: Moment
    records: list[msgspec.Raw]


class Result(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """The answer to one record, in the order in which they were sent."""

    id: UUID | None
    seq: int | None
    status: str
    """stored, already_there or refused"""
    code: str = ""
    message: str = ""


class Answer(msgspec.Struct, frozen=True):
    """The answer to an upload."""

    received_at: datetime
    clock_offset_ms: int
    results: list[Result]
    gaps: list[tuple[int, int]]
    next_seq: int


class Letter(NamedTuple):
    """One record of a batch as it came: its bytes, their digest, and what could be read of it."""

    raw: bytes
    digest: bytes
    envelope: Envelope | None
    arrival: Arrival | None
    """None where it must be refused, for the reason in `code` and `message`."""
    code: str = ""
    message: str = ""


def inflated(body: bytes, encoding: str) -> bytes:
    """The bytes of a request's body. Raises Refused: batch_too_large, not_gzip, unknown_encoding."""
    if encoding in {"", "identity"}:
        if len(body) > MOST_BYTES:
            raise _too_large()
        return body
    if encoding != "gzip":
        raise Refused(_("只接受不压缩或 gzip 压缩的内容。"), "unknown_encoding")
    inflater = zlib.decompressobj(wbits=31)
    try:
        whole = inflater.decompress(body, MOST_BYTES + 1)
    except zlib.error as error:
        raise Refused(_("内容不是 gzip 格式。"), "not_gzip") from error
    if len(whole) > MOST_BYTES:
        raise _too_large()
    if not inflater.eof:
        raise Refused(_("内容不完整。"), "not_gzip")
    return whole


def batch_of(body: bytes) -> Batch:
    """Raises Refused: batch_unreadable, batch_too_large."""
    try:
        batch = _BATCHES.decode(body)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise Refused(
            _("这一批内容无法读取:{what}").format(what=str(error)[:200]), "batch_unreadable"
        ) from error
    if len(batch.records) > MOST_RECORDS:
        raise _too_large()
    return batch


def letters_of(batch: Batch, received_at: datetime, not_before: datetime) -> Iterator[Letter]:
    """The records of a batch, each read as far as it can be.

    One without `prev` follows the record before it in the batch: its digest is put in where it belongs. It
    is the third of a record that no compression makes smaller.
    """
    before = b""
    for record in batch.records:
        raw = bytes(record)
        if before and _PREVIOUS not in raw:
            place = raw.rfind(_SEQUENCE)
            if place > 0:
                raw = b'%b%b%b",%b' % (raw[:place], _PREVIOUS, before, raw[place:])
        letter = letter_of(raw, received_at, not_before)
        before = letter.digest.hex().encode()
        yield letter


def letter_of(raw: bytes, received_at: datetime, not_before: datetime) -> Letter:
    digest = hashlib.sha256(raw).digest()
    try:
        envelope = _ENVELOPES.decode(raw)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        return Letter(raw, digest, None, None, "envelope_unreadable", _unreadable(error))
    if b"\\u0000" in raw:
        return Letter(raw, digest, envelope, None, "unstorable_text", str(_("含有无法保存的字符。")))
    if envelope.type not in RECORD_TYPES:
        return Letter(raw, digest, envelope, None, "unknown_type", str(_("服务器不认识这类记录。")))
    try:
        content = _contents_of(envelope.type).decode(envelope.data)
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        return Letter(raw, digest, envelope, None, "content_unreadable", _unreadable(error))
    try:
        happened_at = envelope.happened_at.astimezone(UTC)
        written_at = envelope.written_at.astimezone(UTC)
    except OverflowError:
        return Letter(raw, digest, envelope, None, "implausible_time", str(_("时间不可信。")))
    if not (not_before <= happened_at <= received_at + MOST_AHEAD and written_at <= received_at + MOST_AHEAD):
        return Letter(
            raw, digest, envelope, None, "implausible_time", str(_("时间不可信,请核对手机的时钟。"))
        )
    arrival = Arrival(
        envelope.id,
        envelope.seq,
        happened_at,
        written_at,
        envelope.guard,
        envelope.corrects,
        digest,
        content,
    )
    return Letter(raw, digest, envelope, arrival)


def beginning_of(response: Response) -> datetime:
    """Nothing that a phone writes for a response happened before this: two days before it began."""
    return datetime.combine(response.started_on, time(), UTC) - timedelta(days=2)


def answer_bytes(answer: Answer) -> bytes:
    return _ANSWERS.encode(answer)


_PREVIOUS, _SEQUENCE = b'"prev":"', b'"seq":'
_BATCHES = msgspec.json.Decoder(Batch)
_ENVELOPES = msgspec.json.Decoder(Envelope)
_ANSWERS = msgspec.json.Encoder()


@cache
def _contents_of(code: str) -> "msgspec.json.Decoder[Any]":
    return msgspec.json.Decoder(RECORD_TYPES[code].content)


def _too_large() -> Refused:
    return Refused(
        _("一批最多 {records} 条、{megabytes} MB,请分几批上传。").format(
            records=MOST_RECORDS, megabytes=MOST_BYTES // 1024 // 1024
        ),
        "batch_too_large",
    )


def _unreadable(error: Exception) -> str:
    return str(_("记录内容无法读取:{what}").format(what=str(error)[:200]))
