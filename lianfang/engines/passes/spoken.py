"""The code of four characters that stands in for a QR code: for people without phone or card.

    secret → HMAC-SHA256(secret, "place|number|attempt") → three characters, and a check character

The alphabet of 23 characters leaves out what looks or sounds alike. Three characters give 12,167 codes, so a
code is unique within a place only: who issues it keeps it there, and takes the next `attempt` where it is
taken. It proves little by itself (one guess in 12,167 × 23 hits a certain household): the guard asks for
building and room and compares. It is found in the place's list, and holds as long as its pass.
"""

from __future__ import annotations

import hmac
import unicodedata

ALPHABET = "23456789ACEFHJKMNPRTWXY"
LENGTH = 4


def spoken_code(secret: bytes, place: str, number: str, attempt: int = 0) -> str:
    """The code of pass `number` at `place`; with the next `attempt` another one."""
    digest = hmac.digest(secret, f"{place}|{number}|{attempt}".encode(), "sha256")
    value = int.from_bytes(digest[:8], "big")
    values = []
    for _ in range(LENGTH - 1):
        value, one = divmod(value, len(ALPHABET))
        values.append(one)
    return "".join(ALPHABET[one] for one in [*values, _check_value(values)])


def read_spoken(said: str) -> str | None:
    """The code as it stands in the list, from what was heard or typed; None where a character is wrong.

    Small letters, full width, blanks and hyphens are fine, and S Z G B are read as 5 2 6 8. The check
    character finds every single wrong character and every two neighbours that changed places.
    """
    code = unicodedata.normalize("NFKC", said).upper().translate(_READ_AS)
    values = [ALPHABET.find(sign) for sign in code]
    if len(code) != LENGTH or min(values) < 0 or values[-1] != _check_value(values[:-1]):
        return None
    return code


def _check_value(values: list[int]) -> int:
    """Weights 2, 3, 4, and 1 for the check itself, sum up to 5 modulo the prime 23: no two weigh alike."""
    return (5 - sum(weight * one for weight, one in enumerate(values, start=2))) % len(ALPHABET)


_READ_AS = str.maketrans("SZGB", "5268", " -\u2010\u2011\u2013\u00b7\t\u3000")
