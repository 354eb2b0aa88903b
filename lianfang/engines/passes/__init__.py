"""Signed passes that a gate checks without network: CWT (RFC 8392) in COSE_Sign1, Ed25519, base45, QR.

    text = issue_pass(claims, key)                                   # "LF1:…", some 260 characters
    check = check_pass(text, keys, now=…, latest_seen=…, place=…)    # PassCheck with a code
    situation["shown"] = check.for_situation(household)

The browser does the same with `field/static/field/passes/passes.js`; `vectors.json` is checked on both sides.
"""

from lianfang.engines.passes.checking import PassCheck, PassCode, check_pass
from lianfang.engines.passes.claims import PassClaims, PassError, PassKind
from lianfang.engines.passes.clocks import LatestSeen
from lianfang.engines.passes.issuing import issue_pass
from lianfang.engines.passes.keys import KeyRing, SigningKey, TrustedKey, key_id, new_signing_key
from lianfang.engines.passes.replay import ReplayHints, Use, replay_hints
from lianfang.engines.passes.revocations import Revocations
from lianfang.engines.passes.spoken import read_spoken, spoken_code

__all__ = [
    "KeyRing",
    "LatestSeen",
    "PassCheck",
    "PassClaims",
    "PassCode",
    "PassError",
    "PassKind",
    "ReplayHints",
    "Revocations",
    "SigningKey",
    "TrustedKey",
    "Use",
    "check_pass",
    "issue_pass",
    "key_id",
    "new_signing_key",
    "read_spoken",
    "replay_hints",
    "spoken_code",
]
