"""The text of a code and the envelope in it: who signed, what, and the signature.

A pass has exactly one form, so the envelope is not parsed but compared, byte by byte:

    D2 84                        tag 18 (COSE_Sign1), a list of 4
    49 A2 01 27 04 44 kkkkkkkk   protected header, 9 bytes: alg -8 (EdDSA), key id of 4 bytes
    A0                           no unprotected header
    58 nn …  or  59 nnnn …       the claims, 24 to 1,000 bytes
    58 40 …                      the signature, 64 bytes
"""

from __future__ import annotations

from typing import NamedTuple

import base45

PREFIX = "LF1:"
SHORTEST_PAYLOAD = 24
LONGEST_PAYLOAD = 1000

_HEAD = bytes.fromhex("d28449a201270444")
_KID = 4
_SIGNATURE = 64


class Envelope(NamedTuple):
    kid: bytes
    payload: bytes
    signature: bytes


def text_of(envelope: Envelope) -> str:
    return PREFIX + str(base45.b45encode(message_of(envelope)).decode())


def message_of(envelope: Envelope) -> bytes:
    """The bytes of the COSE_Sign1 message."""
    return (
        _HEAD + envelope.kid + b"\xa0" + _bytes_head(envelope.payload) + envelope.payload
        + b"\x58\x40" + envelope.signature
    )  # fmt: skip


def read(text: str) -> Envelope | None:
    """The envelope in the text of a code; None where it is anything else.

    Blanks around it do no harm: a blank is a sign of base45, but never its last one.
    """
    text = text.strip()
    if not text.startswith(PREFIX) or len(text) > 2 * LONGEST_PAYLOAD:
        return None
    try:
        message: bytes = base45.b45decode(text[len(PREFIX) :])
    except ValueError:
        return None
    return read_message(message)


def read_message(message: bytes) -> Envelope | None:
    """The envelope in the bytes of a message; None where they are anything else."""
    at = len(_HEAD) + _KID
    kid = message[len(_HEAD) : at]
    if not message.startswith(_HEAD) or message[at : at + 1] != b"\xa0":
        return None
    head, body = message[at + 1 :], b""
    if head[:1] == b"\x58":
        length, body = head[1:2], head[2:]
    elif head[:1] == b"\x59":
        length, body = head[1:3], head[3:]
    else:
        return None
    size = int.from_bytes(length, "big")
    payload, rest = body[:size], body[size:]
    if (
        not SHORTEST_PAYLOAD <= len(payload) == size <= LONGEST_PAYLOAD
        or _bytes_head(payload) + payload != head[: len(head) - len(rest)]
    ):
        return None
    if len(rest) != 2 + _SIGNATURE or not rest.startswith(b"\x58\x40"):
        return None
    return Envelope(kid, payload, rest[2:])


def signed_bytes(kid: bytes, payload: bytes) -> bytes:
    """What the signature is over: the Sig_structure of COSE (RFC 9052, 4.4) for Sign1 without extra data."""
    return b"\x84\x6aSignature1\x49" + _HEAD[3:] + kid + b"\x40" + _bytes_head(payload) + payload


def _bytes_head(payload: bytes) -> bytes:
    size = len(payload)
    return bytes([0x58, size]) if size < 256 else b"\x59" + size.to_bytes(2, "big")
