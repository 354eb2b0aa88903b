"""Passes and keys of the tests. The keys are made from words that stand here: they protect nothing."""

from __future__ import annotations

import hashlib
from typing import Any

from lianfang.engines.passes import KeyRing, PassClaims, PassKind, SigningKey, issue_pass

DAY = 86400
KEY_FROM = 1_580_000_000
ISSUED = 1_581_000_000
FROM = ISSUED + 3600
UNTIL = FROM + 14 * DAY
NOW = FROM + 2 * DAY

PLACE = "0197c2f0-0000-7000-8000-00000000f001"
OTHER_PLACE = "0197c2f0-0000-7000-8000-00000000f002"
HOUSEHOLD = "0197c2f0-0000-7000-8000-00000000a501"
OTHER_HOUSEHOLD = "0197c2f0-0000-7000-8000-00000000a502"


def a_key(name: str = "first", active_from: int = KEY_FROM) -> SigningKey:
    return SigningKey(hashlib.sha256(f"a key of the tests: {name}".encode()).digest(), active_from)


def a_ring(*keys: SigningKey) -> KeyRing:
    return KeyRing(key.trusted for key in keys or (a_key(),))


def claims(**more: Any) -> PassClaims:
    return PassClaims(
        **{
            "number": "FX-000123",
            "kind": PassKind.HOUSEHOLD,
            "subject": HOUSEHOLD,
            "places": (PLACE,),
            "valid_from": FROM,
            "valid_until": UNTIL,
            "issued_at": ISSUED,
            "label": "3-2-501",
            "persons": 4,
            **more,
        }
    )


def a_pass(key: SigningKey | None = None, **more: Any) -> str:
    return issue_pass(claims(**more), key or a_key())
