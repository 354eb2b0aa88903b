"""Checks of passes, each with what it must find; `tools/gates.py` writes them into `vectors.json`."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lianfang.engines.passes import KeyRing, PassKind
from lianfang.engines.passes.envelope import PREFIX
from lianfang.engines.passes.tests.builders import (
    DAY,
    FROM,
    HOUSEHOLD,
    ISSUED,
    NOW,
    OTHER_HOUSEHOLD,
    OTHER_PLACE,
    PLACE,
    UNTIL,
    a_key,
    a_pass,
    a_ring,
)


@dataclass(frozen=True, slots=True)
class Case:
    name: str
    text: str
    code: str
    keys: KeyRing = field(default_factory=a_ring)
    options: dict[str, Any] = field(default_factory=dict)
    """`now`, `latest_seen`, `place`, `household`, `revoked`, where they are not the usual ones."""

    @property
    def asked(self) -> dict[str, Any]:
        usual = {"now": NOW, "latest_seen": ISSUED, "place": PLACE, "household": HOUSEHOLD, "revoked": []}
        return usual | self.options


def case(name: str, text: str, code: str, keys: KeyRing | None = None, **options: Any) -> Case:
    return Case(name, text, code, keys or a_ring(), options)


def replaced(text: str, at: int) -> str:
    """`text` with another sign at `at`, still of the alphabet."""
    return text[:at] + ("A" if text[at] != "A" else "B") + text[at + 1 :]


PASS = a_pass()
FIRST, SECOND = a_key(), a_key("second", ISSUED)
BOTH = a_ring(FIRST, SECOND)
LATER = ISSUED + 100
LONG = a_pass(
    kind=PassKind.STAFF,
    household="jb",
    places=(PLACE, OTHER_PLACE, "a", "b"),
    label="某某物流有限公司装卸一队",
    colour="light_green",
    phase="一期",
    number="FX-STAFF-00000000123",
)

CASES: tuple[Case, ...] = (
    case("a household's pass", PASS, "valid"),
    case("on its first second", PASS, "valid", now=FROM),
    case("on its last second", PASS, "valid", now=UNTIL - 1),
    case("a second too late: no grace", PASS, "expired", now=UNTIL),
    case("a second too early", PASS, "not_yet_valid", now=FROM - 1),
    case("long expired", PASS, "expired", now=UNTIL + 300 * DAY),
    case("revoked", PASS, "revoked", revoked=["FX-000009", "FX-000123"]),
    case("another one revoked", PASS, "valid", revoked=["FX-000122"]),
    case("revoked and expired: revoked is said", PASS, "revoked", revoked=["FX-000123"], now=UNTIL),
    case("the photo of another household's pass", PASS, "other_household", household=OTHER_HOUSEHOLD),
    case("nobody to compare with: the guard reads the label", PASS, "valid", household=""),
    case("at another place", PASS, "wrong_place", place=OTHER_PLACE),
    case("no place to compare with", PASS, "valid", place=""),
    case("for every gate of the county", a_pass(places=("*",)), "valid"),
    case("for several places", a_pass(places=(OTHER_PLACE, PLACE)), "valid"),
    case("a person's pass of the household", a_pass(kind=PassKind.PERSON, subject="p1", household=HOUSEHOLD),
         "valid"),
    case("a person's pass of another household",
         a_pass(kind=PassKind.PERSON, subject="p1", household=OTHER_HOUSEHOLD), "other_household"),
    case("a vehicle's pass", a_pass(kind=PassKind.VEHICLE, subject="鲁M12345", label="鲁M12345"), "valid",
         household=""),
    case("an employer's staff, with everything that a pass can hold", LONG, "valid", household="jb"),
    case("the clock was set back", PASS, "clock_set_back", latest_seen=NOW + 1),
    case("the clock stands still", PASS, "valid", latest_seen=NOW),
    case("the clock was set back before the pass was issued", PASS, "clock_set_back", now=ISSUED - 1,
         latest_seen=0),
    case("an expired pass under a clock that was set back", PASS, "clock_set_back", now=NOW,
         latest_seen=UNTIL + DAY),
    case("a key that nobody knows", a_pass(a_key("a stranger's")), "unknown_key"),
    case("the new key", a_pass(SECOND, issued_at=LATER), "valid", BOTH),
    case("the old key goes on for its passes", PASS, "valid", BOTH.retired(FIRST.trusted.kid, LATER)),
    case("issued with the old key after it was retired", a_pass(issued_at=LATER), "key_retired",
         BOTH.retired(FIRST.trusted.kid, LATER)),
    case("a key that leaked", PASS, "key_retired", BOTH.withdrawn(FIRST.trusted.kid)),
    case("dated before its key", a_pass(SECOND, issued_at=LATER), "key_retired",
         a_ring(a_key("second", LATER + 1))),
    case("another signature's key id", PASS[:14] + a_pass(SECOND, issued_at=LATER)[14:22] + PASS[22:],
         "tampered", BOTH),
    case("a letter changed in the claims", replaced(PASS, 60), "tampered"),
    case("a letter changed in the signature", replaced(PASS, len(PASS) - 20), "tampered"),
    case("a letter changed in the head", replaced(PASS, 6), "unreadable"),
    case("claims of one pass, signature of another", PASS[:-96] + a_pass(number="FX-000124")[-96:],
         "tampered"),
    case("cut off", PASS[:-3], "unreadable"),
    case("cut off by one sign", PASS[:-1], "unreadable"),
    case("something behind it", PASS + "AB", "unreadable"),
    case("twice", PASS + PASS, "unreadable"),
    case("line ends around it", f"\n {PASS}\r\n", "valid"),
    case("small letters", PASS.lower(), "unreadable"),
    case("a payment code", "https://example.org/pay?id=1", "unreadable"),
    case("nothing", "", "unreadable"),
    case("only its beginning", PREFIX, "unreadable"),
    case("a spot's printed code", "7KQ2MW9XTA", "unreadable"),
    case("Chinese", "LF1:出入证", "unreadable"),
    case("endless", PREFIX + "A" * 5000, "unreadable"),
)  # fmt: skip

NOT_SPOKEN = ("2222", "ACEF", "AC3", "", "甲乙丙丁", "1111", "OOOO")
"""Things said that are no codes."""
