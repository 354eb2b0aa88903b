"""What the last uses of a pass say about this one: a photo of a pass is a good pass, seen twice."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple


class Use(NamedTuple):
    """One earlier use of the pass, as this gate (or, with network, every gate of the place) knows it."""

    at: int
    direction: str
    person: str = ""
    gate: str = ""


@dataclass(frozen=True, slots=True)
class ReplayHints:
    """Hints for the guard, not a verdict; minutes since the use that is meant."""

    still_out: bool
    """Used to go out before, and nobody has come back with it: the code may have been handed on."""
    other_person_minutes: int | None
    other_gate_minutes: int | None

    @property
    def doubtful(self) -> bool:
        return self.still_out or self.other_person_minutes is not None or self.other_gate_minutes is not None


def replay_hints(
    uses: Iterable[Use],
    *,
    now: int,
    direction: str,
    person: str = "",
    gate: str = "",
    within_minutes: int = 30,
) -> ReplayHints:
    """What speaks against this use, from the uses of the same pass within the last `within_minutes`."""
    raise NotImplementedError
