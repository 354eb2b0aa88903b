"""A clock that was set back must not make an old pass young."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(slots=True)
class LatestSeen:
    """The latest moment that a device has met; keep `at` where it survives a restart.

    Every trusted time goes in: the server's at each answer, the issue of a pass whose signature was good,
    the writing of each record. It only grows.
    """

    at: int = 0

    def see(self, moment: int) -> None:
        self.at = max(self.at, moment)

    def is_set_back(self, now: int) -> bool:
        return now < self.at
