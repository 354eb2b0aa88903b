"""What a certificate says, how it is signed, and how it is checked.

The claims: 1 issuer, 2 name, 6 issued at (seconds), 7 number (as bytes), and one private claim -65538, a
map: 1 minutes, 2 first day, 3 last day (ISO dates as text). It has no end: what was served stays served.
"""

from __future__ import annotations

import base64
import binascii
import hashlib
from collections.abc import Set
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import cbor2
from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lianfang.engines.passes import KeyRing, SigningKey, envelope

OWN_CLAIM = -65538
LONGEST = 900
"""Characters beyond which the code could not be printed at 35 mm."""


class CertificateCode(StrEnum):
    """What a check found; the first that applies, in this order."""

    UNREADABLE = "unreadable"
    UNKNOWN_KEY = "unknown_key"
    TAMPERED = "tampered"
    """The signature does not fit the content."""
    KEY_WITHDRAWN = "key_withdrawn"
    """The private key leaked: nothing that it signed counts."""
    WITHDRAWN = "withdrawn"
    """The issuer has taken the certificate back."""
    GENUINE = "genuine"


class CertificateError(ValueError):
    """A certificate that cannot be issued; `code` for programs, the message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


@dataclass(frozen=True, slots=True)
class Certificate:
    """Who served, for how long, from the first to the last day; who says so, and when (seconds)."""

    issuer: str
    number: str
    name: str
    minutes: int
    first_day: date
    last_day: date
    issued_at: int


@dataclass(frozen=True, slots=True)
class CertificateCheck:
    """`certificate` is there whenever the signature was good."""

    code: CertificateCode
    certificate: Certificate | None = None


def issue_certificate(certificate: Certificate, key: SigningKey) -> str:
    """The text to be put behind the address of a check. Raises CertificateError."""
    if certificate.minutes <= 0:
        raise CertificateError("no_hours", "没有服务时长,不能出具证明。")
    if certificate.last_day < certificate.first_day:
        raise CertificateError("period_reversed", "截止日期不能早于起始日期。")
    kid = key.trusted.kid
    payload = cbor2.dumps(_claims_of(certificate), canonical=True)
    signature = Ed25519PrivateKey.from_private_bytes(key.private).sign(envelope.signed_bytes(kid, payload))
    message = envelope.message_of(envelope.Envelope(kid, payload, signature))
    text = base64.urlsafe_b64encode(message).rstrip(b"=").decode()
    if len(text) > LONGEST:
        raise CertificateError("text_too_long", "姓名或单位名称太长,二维码印不下。")
    return text


def certificate_id(text: str) -> str:
    """By what a list of those taken back names a certificate: it says nobody's name. "" if unreadable."""
    found = _envelope_in(text)
    return _id_of(found) if found else ""


def check_certificate(text: str, keys: KeyRing, withdrawn: Set[str] = frozenset()) -> CertificateCheck:
    """What the certificate in `text` is worth; a whole address with the text behind # is taken as well.

    `withdrawn` are the ids (`certificate_id`) of those taken back. Never raises for `text`.
    """
    found = _envelope_in(text)
    if found is None:
        return _UNREADABLE
    key = keys.get(found.kid)
    if key is None:
        return CertificateCheck(CertificateCode.UNKNOWN_KEY)
    try:
        keys.public_key(found.kid).verify(found.signature, envelope.signed_bytes(found.kid, found.payload))
    except InvalidSignature:
        return CertificateCheck(CertificateCode.TAMPERED)
    certificate = _certificate_of(found.payload)
    if certificate is None:
        return _UNREADABLE
    if key.withdrawn:
        return CertificateCheck(CertificateCode.KEY_WITHDRAWN, certificate)
    if _id_of(found) in withdrawn:
        return CertificateCheck(CertificateCode.WITHDRAWN, certificate)
    return CertificateCheck(CertificateCode.GENUINE, certificate)


def _id_of(found: envelope.Envelope) -> str:
    return hashlib.sha256(envelope.message_of(found)).hexdigest()[:32]


def _envelope_in(text: str) -> envelope.Envelope | None:
    body = text.strip().rpartition("#")[2]
    if not body.isascii() or len(body) > LONGEST:
        return None
    try:
        message = base64.b64decode(body + "=" * (-len(body) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        return None
    return envelope.read_message(message)


def _claims_of(one: Certificate) -> dict[int, Any]:
    return {
        1: one.issuer,
        2: one.name,
        6: one.issued_at,
        7: one.number.encode(),
        OWN_CLAIM: {1: one.minutes, 2: one.first_day.isoformat(), 3: one.last_day.isoformat()},
    }


def _certificate_of(payload: bytes) -> Certificate | None:
    """The certificate of a payload whose signature was good; None where it is not of this form."""
    try:
        read = cbor2.loads(payload)
        own = read[OWN_CLAIM]
        minutes, issued_at = own[1], read[6]
        if not (isinstance(minutes, int) and minutes > 0 and isinstance(issued_at, int)):
            return None
        return Certificate(
            issuer=str(read[1]),
            number=bytes(read[7]).decode(),
            name=str(read[2]),
            minutes=minutes,
            first_day=date.fromisoformat(own[2]),
            last_day=date.fromisoformat(own[3]),
            issued_at=issued_at,
        )
    except (cbor2.CBORDecodeError, LookupError, TypeError, ValueError, AttributeError):
        return None


_UNREADABLE = CertificateCheck(CertificateCode.UNREADABLE)
