"""What follows from a situation under a profile."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple, TypedDict


class _Kind(TypedDict):
    kind: str


class Missing(_Kind, total=False):
    """One thing still to do: `kind` is a MissingKind; the rest says which and when."""

    code: str
    """Which question, paper or purpose."""
    at: int
    """Not before this moment (a recheck after rest)."""
    other_device: bool
    site: str
    count: int


class Decision(NamedTuple):
    """`outcome` is empty while `missing` must first be done and nothing is decided without it.

    `reasons` are the codes that decided, the weightiest first (none for a plain admission); `notes` are
    codes that are written down although the person passes: a breach of someone coming home, an overstay,
    a recheck that cleared. `facts` fill the sentences (`free_at`, `back_by`, `rest_until`, `opens_at`,
    `threshold`, `reading`, `out_minutes`, `used_minutes_ago`): seconds, tenths, minutes.
    `registering` says how much is to be written.
    """

    outcome: str
    reasons: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    missing: tuple[Missing, ...] = ()
    facts: Mapping[str, int] = {}
    registering: str = "full"

    def as_data(self) -> dict[str, Any]:
        """JSON-ready; what the JavaScript twin gives for the same situation."""
        return {
            "outcome": self.outcome,
            "reasons": list(self.reasons),
            "notes": list(self.notes),
            "missing": [dict(one) for one in self.missing],
            "facts": dict(self.facts),
            "registering": self.registering,
        }
