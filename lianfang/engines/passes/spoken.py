"""The code of four characters that stands in for a QR code: for people without phone or card.

    secret → HMAC-SHA256(secret, "place|number|attempt") → three characters, and a check character

The alphabet of 23 characters leaves out what looks or sounds alike. Three characters give 12,167 codes, so a
code is unique within a place only: who issues it keeps it there, and takes the next `attempt` where it is
taken. It proves little by itself (one guess in 12,167 × 23 hits a certain household): the guard asks for
building and room and compares. It is found in the place's list, and holds as long as its pass.
"""

from __future__ import annotations

ALPHABET = "23456789ACEFHJKMNPRTWXY"
LENGTH = 4


def spoken_code(secret: bytes, place: str, number: str, attempt: int = 0) -> str:
    """The code of pass `number` at `place`."""
    raise NotImplementedError


def read_spoken(said: str) -> str | None:
    """The code as it stands in the list, from what was heard or typed; None where a character is wrong.

    Small letters, full width, blanks and hyphens are fine, and S Z G B are read as 5 2 6 8. The check
    character finds every single wrong character and every two neighbours that changed places.
    """
    raise NotImplementedError
