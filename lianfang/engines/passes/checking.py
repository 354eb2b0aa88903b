"""Checking a pass at a gate, without network."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

import cbor2
from cryptography.exceptions import InvalidSignature

from lianfang.engines.passes import envelope
from lianfang.engines.passes.claims import PassClaims, PassKind
from lianfang.engines.passes.issuing import KINDS, OWN_CLAIM
from lianfang.engines.passes.keys import KeyRing, TrustedKey
from lianfang.engines.rules.gates.situation import PassShown


class PassCode(StrEnum):
    """What a check found; the first that applies, in this order."""

    UNREADABLE = "unreadable"
    """No pass of ours: another code, cut off, or not in the form."""
    UNKNOWN_KEY = "unknown_key"
    TAMPERED = "tampered"
    """The signature does not fit the content."""
    KEY_RETIRED = "key_retired"
    CLOCK_SET_BACK = "clock_set_back"
    """This device's clock stands before a moment that it has already seen: no date can be trusted."""
    REVOKED = "revoked"
    NOT_YET_VALID = "not_yet_valid"
    EXPIRED = "expired"
    WRONG_PLACE = "wrong_place"
    OTHER_HOUSEHOLD = "other_household"
    VALID = "valid"


@dataclass(frozen=True, slots=True)
class PassCheck:
    """`claims` are there whenever the signature was good, so that the guard sees whose pass it is."""

    code: PassCode
    claims: PassClaims | None = None

    def for_situation(self, household: str = "") -> PassShown:
        """The `shown` of a gate's situation; give the `household` that the check compared with, if any."""
        shown: PassShown = {"state": self.code.value}
        claims = self.claims
        if claims is not None:
            shown["kind"] = claims.kind.value
            shown["number"] = claims.number
            shown["colour"] = claims.colour
            shown["phase"] = claims.phase
            shown["valid_from"] = claims.valid_from
            if household:
                shown["same_household"] = _household_of(claims) == household
        return shown


def check_pass(
    text: str,
    keys: KeyRing,
    *,
    now: int,
    latest_seen: int,
    place: str = "",
    household: str = "",
    revoked: Set[str] = frozenset(),
) -> PassCheck:
    """What the pass in `text` is worth at `now`, at `place`, for somebody of `household`.

    `latest_seen` is the latest moment that this device has met (`LatestSeen`): with `now` before it, the
    clock was set back. `place` or `household` left empty are not compared: then the guard must compare
    `claims.label`. There is no grace: `valid_until` itself is expired (RFC 8392, 3.1.4). Never raises for
    what stands in `text`.
    """
    found = envelope.read(text)
    if found is None:
        return _UNREADABLE
    key = keys.get(found.kid)
    if key is None:
        return PassCheck(PassCode.UNKNOWN_KEY)
    try:
        keys.public_key(found.kid).verify(found.signature, envelope.signed_bytes(found.kid, found.payload))
    except InvalidSignature:
        return PassCheck(PassCode.TAMPERED)
    claims = _claims(found.payload)
    if claims is None:
        return _UNREADABLE
    code = _code(claims, key, now, max(latest_seen, claims.issued_at), revoked)
    if code is PassCode.VALID and place and "*" not in claims.places and place not in claims.places:
        code = PassCode.WRONG_PLACE
    if code is PassCode.VALID and household and _household_of(claims) != household:
        code = PassCode.OTHER_HOUSEHOLD
    return PassCheck(code, claims)


def _code(claims: PassClaims, key: TrustedKey, now: int, latest_seen: int, revoked: Set[str]) -> PassCode:
    issued = claims.issued_at
    retired = key.retired_at is not None and issued >= key.retired_at
    if key.withdrawn or retired or issued < key.active_from:
        return PassCode.KEY_RETIRED
    if now < latest_seen:
        return PassCode.CLOCK_SET_BACK
    if claims.number in revoked:
        return PassCode.REVOKED
    if now < claims.valid_from:
        return PassCode.NOT_YET_VALID
    if now >= claims.valid_until:
        return PassCode.EXPIRED
    return PassCode.VALID


def _household_of(claims: PassClaims) -> str:
    return claims.subject if claims.kind is PassKind.HOUSEHOLD else claims.household


def _claims(payload: bytes) -> PassClaims | None:
    """The claims of a payload whose signature was good; None where it is not of this form."""
    try:
        read = cbor2.loads(payload)
        own = read[OWN_CLAIM]
        places = read[3] if isinstance(read[3], list) else [read[3]]
        return PassClaims(
            number=own[1],
            kind=KINDS[own[2]],
            subject=_unpacked(read[2]),
            places=tuple(map(_unpacked, places)),
            valid_from=read[5],
            valid_until=read[4],
            issued_at=read[6],
            household=_unpacked(own.get(3, "")),
            label=own.get(4, ""),
            colour=own.get(5, ""),
            phase=own.get(6, ""),
            persons=own.get(7, 0),
        )
    except (cbor2.CBORDecodeError, LookupError, TypeError, ValueError, AttributeError):
        return None


def _unpacked(identity: str | bytes) -> str:
    return str(UUID(bytes=identity)) if isinstance(identity, bytes) else identity


_UNREADABLE = PassCheck(PassCode.UNREADABLE)
