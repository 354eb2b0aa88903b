"""What the last uses of a pass say about this one: a photo of a pass is a good pass, seen twice."""

from __future__ import annotations

from collections.abc import Sequence
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
    uses: Sequence[Use],
    *,
    now: int,
    direction: str,
    person: str = "",
    gate: str = "",
    within_minutes: int = 30,
) -> ReplayHints:
    """What speaks against this use, from the uses of the same pass within the last `within_minutes`.

    `still_out` looks at the latest use, however long ago.
    """
    recent = [use for use in uses if now - within_minutes * 60 <= use.at <= now]
    last = max(uses, key=lambda use: use.at, default=None)
    by_another = [use.at for use in recent if person and use.person and use.person != person]
    elsewhere = [use.at for use in recent if gate and use.gate and use.gate != gate]
    return ReplayHints(
        still_out=last is not None and direction == last.direction == "out",
        other_person_minutes=(now - max(by_another)) // 60 if by_another else None,
        other_gate_minutes=(now - max(elsewhere)) // 60 if elsewhere else None,
    )
