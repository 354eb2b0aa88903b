"""What a pass says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum


class PassKind(StrEnum):
    HOUSEHOLD = "household"
    PERSON = "person"
    VEHICLE = "vehicle"
    STAFF = "staff"
    """An employer's or a shop's staff."""


@dataclass(frozen=True, slots=True)
class PassClaims:
    """The signed content. It holds no name and no document number: whoever photographs the code reads it.

    Times are whole seconds since 1970-01-01 UTC. The pass holds from `valid_from` on and until just before
    `valid_until`, to the second.
    """

    number: str
    """Unique in the county, printed on the card (at most 20 characters); what the revocation list names."""
    kind: PassKind
    subject: str
    """Id of the household, person, vehicle or employee: a UUID (packed to 16 bytes), or at most 22
    characters."""
    places: tuple[str, ...]
    """Ids of the places where it holds; at most 4, or ("*",) for every gate of the county."""
    valid_from: int
    valid_until: int
    issued_at: int
    household: str = ""
    """Id of the household, for kinds other than `household`; the employer's or shop's for staff."""
    label: str = ""
    """What the guard compares: building and room, plate, or the employer's short name."""
    colour: str = ""
    """As the profile's `colours` name it."""
    phase: str = ""
    persons: int = 0
    """How many people the household has; 0 says nothing."""


class PassError(ValueError):
    """Claims or a key that cannot be used; `code` for programs, the message for people."""

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message
