"""What a guard has before them: plain data, the same in Python, in JSON and on the phone.

Times are whole seconds since 1970-01-01 UTC, temperatures whole tenths of a degree (36.5 ℃ is 365), so
that both languages reckon alike. A key that is absent says "not known" or "not asked", never "no".
`docs/reference/gate-rules.md` describes every key.
"""

from __future__ import annotations

from typing import TypedDict


class Reading(TypedDict, total=False):
    """One temperature. `normal` stands for paper that says 正常 without a number."""

    tenths: int
    normal: bool
    at: int
    kind: str
    """Kind of device: forehead_gun, ear, mercury, infrared_gate …, as the profile's thresholds name it."""
    site: str
    """Body site: forehead, axillary, ear, wrist."""
    device: str
    """Which very device, to tell whether a recheck was done with another one."""


class Unit(TypedDict, total=False):
    """Whose quota is counted: `exits` are [out, in] of each person who went out; in is null while out."""

    exits: list[list[int | None]]
    number: int
    """Door number, or last digit of the plate, for odd and even days."""


class Vehicle(TypedDict, total=False):
    kind: str
    occupants: int
    measured: int
    """How many of the occupants have been measured, the one before the guard included."""


class PassShown(TypedDict, total=False):
    """A pass as the check of `engines.passes` left it (`PassCheck.for_situation`)."""

    state: str
    """`valid`, or the code of the check: expired, revoked, tampered, wrong_place …"""
    kind: str
    number: str
    colour: str
    phase: str
    same_household: bool
    """Whether it is the pass of this person's household; absent where nobody compared."""
    valid_from: int
    used_minutes_ago: int
    """When somebody else used it last, if the replay hints say so."""
    day_pass_used: bool


class PlaceNow(TypedDict, total=False):
    state: str
    phases: list[str]
    """Parts of an estate that this gate serves; a pass of another phase is not for here."""
    directions: list[str]
    """What this gate is for, where there is one way in and one way out."""
    lane: str


class _Always(TypedDict):
    now: int
    offset: int
    """Minutes east of UTC of the clock that people here live by: 480 in China."""
    direction: str
    category: str


class Situation(_Always, total=False):
    identity: str
    emergency: bool
    """Life at stake, or fire: open first, write later."""
    escort: str
    person_state: str
    household_state: str
    joined_by_returnee: bool
    outside_worker: bool
    """Whether somebody of the household works outside the place."""
    party: int
    """How many of the household cross together (1 if absent)."""
    units: dict[str, Unit]
    readings: list[Reading]
    """In the order in which they were taken; with `measure = "daily"` also earlier ones of the day."""
    reading_declined: bool
    answers: dict[str, str]
    """Question → yes, no, unknown, declined, or a value that the question names."""
    papers: dict[str, bool]
    purpose: str
    host: str
    """For a visitor: confirmed, declined."""
    host_state: str
    """State of the household that is visited: ordinary, observed."""
    vehicle: Vehicle
    shown: PassShown | None
    """The pass that was shown; null where the person has none; absent where nobody asked yet."""
    place: PlaceNow
