"""Checking a pass at a gate, without network."""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass
from enum import StrEnum

from lianfang.engines.passes.claims import PassClaims
from lianfang.engines.passes.keys import KeyRing
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

    def for_situation(self) -> PassShown:
        """The `shown` of a gate's situation."""
        raise NotImplementedError


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

    `latest_seen` is the latest moment that this device has met (`clocks.LatestSeen`): with `now` before
    it, the clock was set back. `place` or `household` left empty are not compared: then the guard must
    compare `claims.label`. There is no grace: `valid_until` itself is expired (RFC 8392, 3.1.4). Never
    raises for what stands in `text`.
    """
    raise NotImplementedError
