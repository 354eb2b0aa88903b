"""Which passes hold no longer, as a list that a phone keeps up to date by differences."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from lianfang.engines.passes.claims import PassError


@dataclass(frozen=True, slots=True)
class Revocations:
    """The revoked numbers as of `version`; the version grows with each change."""

    version: int = 0
    numbers: frozenset[str] = frozenset()

    def revoke(self, numbers: Iterable[str]) -> Revocations:
        return Revocations(self.version + 1, self.numbers | frozenset(numbers))

    def forget(self, numbers: Iterable[str]) -> Revocations:
        """Without passes that have expired in the meantime: they are refused anyhow."""
        return Revocations(self.version + 1, self.numbers - frozenset(numbers))

    def delta_from(self, older: Revocations) -> dict[str, Any]:
        """JSON-ready: what a device that has `older` lacks. From `Revocations()` it is the whole list."""
        return {
            "from": older.version,
            "to": self.version,
            "add": sorted(self.numbers - older.numbers),
            "drop": sorted(older.numbers - self.numbers),
        }

    def with_delta(self, delta: Mapping[str, Any]) -> Revocations:
        """Raises PassError `revocations_gap` where the difference begins at another version than this."""
        if delta["from"] != self.version:
            raise PassError("revocations_gap", "挂失名单的版本接不上，请重新下载整份名单。")
        return Revocations(delta["to"], (self.numbers - frozenset(delta["drop"])) | frozenset(delta["add"]))
