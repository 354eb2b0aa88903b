"""Signing a pass.

The form: COSE_Sign1 (tag 18) with alg EdDSA and the key id in the protected header, around a CWT claims
set: 2 subject, 3 places (one, or a list), 4 valid until, 5 valid from, 6 issued at, and one private claim
-65537, a map of what CWT has no claim for: 1 number, 2 kind, 3 household, 4 label, 5 colour, 6 phase, 7
persons. Ids that are UUIDs stand there as 16 bytes. The encoding is deterministic (RFC 8949, 4.2), so a
pass has exactly one form, and whoever checks it reads the envelope byte by byte (`envelope.py`). Then
base45 behind "LF1:", which a QR code holds in its alphanumeric mode.
"""

from __future__ import annotations

import re
from typing import Any
from uuid import UUID

import cbor2
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from lianfang.engines.passes import envelope
from lianfang.engines.passes.claims import PassClaims, PassError, PassKind
from lianfang.engines.passes.keys import SigningKey

LONGEST = 420
"""Characters beyond which a code of 35 mm could not be read from paper (QR version 13 at level M)."""

OWN_CLAIM = -65537
KINDS = (PassKind.HOUSEHOLD, PassKind.PERSON, PassKind.VEHICLE, PassKind.STAFF)
MOST_PLACES = 4
LONGEST_TEXT = 22
_UUID = re.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")


def issue_pass(claims: PassClaims, key: SigningKey) -> str:
    """The text of the code. Raises PassError: `pass_period`, `pass_places`, `pass_text`, `pass_number`,
    `pass_key`, `pass_too_long`."""
    _check(claims, key)
    kid = key.trusted.kid
    payload = cbor2.dumps(_claims_map(claims), canonical=True)
    signature = Ed25519PrivateKey.from_private_bytes(key.private).sign(envelope.signed_bytes(kid, payload))
    text = envelope.text_of(envelope.Envelope(kid, payload, signature))
    if len(text) > LONGEST:
        raise PassError("pass_too_long", f"出入证内容太长（{len(text)} 个字符），二维码印不清。")
    return text


def _claims_map(claims: PassClaims) -> dict[int, Any]:
    further = {
        3: _packed(claims.household),
        4: claims.label,
        5: claims.colour,
        6: claims.phase,
        7: claims.persons,
    }
    own = {1: claims.number, 2: KINDS.index(claims.kind)} | {
        key: value for key, value in further.items() if value
    }
    return {
        2: _packed(claims.subject),
        3: _packed(claims.places[0]) if len(claims.places) == 1 else [_packed(one) for one in claims.places],
        4: claims.valid_until,
        5: claims.valid_from,
        6: claims.issued_at,
        OWN_CLAIM: own,
    }


def _packed(identity: str) -> str | bytes:
    """A UUID as its 16 bytes, any other id as its text."""
    return UUID(identity).bytes if _UUID.fullmatch(identity) else identity


def _check(claims: PassClaims, key: SigningKey) -> None:
    if not claims.valid_from < claims.valid_until:
        raise PassError("pass_period", "出入证的失效时间应晚于生效时间。")
    if not 1 <= len(claims.places) <= MOST_PLACES or not all(claims.places):
        raise PassError("pass_places", f"一张出入证应写明 1 至 {MOST_PLACES} 个场所。")
    ids = (claims.subject, claims.household, *claims.places)
    texts = (claims.label, claims.colour, claims.phase, *(one for one in ids if not _UUID.fullmatch(one)))
    if not claims.subject or any(len(text) > LONGEST_TEXT for text in texts):
        raise PassError("pass_text", f"出入证的每项文字应为 1 至 {LONGEST_TEXT} 个字。")
    if not 1 <= len(claims.number) <= 20 or not 0 <= claims.persons < 1000:
        raise PassError("pass_number", "出入证编号应为 1 至 20 个字符，人数不能是负数。")
    if not 0 <= min(claims.issued_at, claims.valid_from) <= claims.valid_until < 2**53:
        raise PassError("pass_period", "出入证的时间不对。")
    if claims.issued_at < key.active_from:
        raise PassError("pass_key", "签发时间早于这把密钥的启用时间。")
