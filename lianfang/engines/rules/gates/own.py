"""Rules that one place has for itself: the county's with some parts of its own, or a profile of its own.

extended = extend_profile(county, {"curfew": {"value": ["22:00-06:00"], "source": "…", "checked": False}})
rules = changed_rules(county, Changes(curfew=("22:00-06:00",), visitors="with_host"), source="社区通告")
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from lianfang.engines.rules.profile import RuleProfile, as_data, read_profile

RawRules = Mapping[str, Any]
"""Rules as the file of a profile writes them: code → value, source, checked."""


@dataclass(frozen=True, slots=True)
class Exits:
    """How often a household may send somebody out; `times` 0: never, `days` 0: as often as it likes."""

    days: int = 0
    times: int = 1
    minutes_out: int = 0


@dataclass(frozen=True, slots=True)
class Changes:
    """The parts that a place has of its own; what is None stays as it was."""

    curfew: tuple[str, ...] | None = None
    """Spans like "22:00-06:00"; an empty one: no curfew."""
    exits: Exits | None = None
    visitors: str | None = None
    couriers: str | None = None
    """May they enter: `always`, `with_pass`, `with_host`, `not_admitted`."""
    threshold: Decimal | None = None
    """From this reading on, in ℃, a temperature is abnormal."""

    def __bool__(self) -> bool:
        return any(getattr(self, name) is not None for name in Changes.__slots__)


def extend_profile(base: RuleProfile, rules: RawRules, **head: Any) -> RuleProfile:
    """`base` with `rules` in place of its own, and `head` (code, title, dates …) over its head.

    Raises RuleProfileError.
    """
    raw = as_data(base)
    raw |= head
    raw["rules"] = {**raw["rules"], **rules}
    return read_profile(raw, str(raw["code"]))


def changed_rules(base: RuleProfile, changes: Changes, *, source: str) -> dict[str, Any]:
    """The rules that differ from those of `base`, whole, as the file of a profile writes them."""
    found: dict[str, Any] = {}

    def put(code: str, value: object) -> None:
        found[code] = {"value": value, "source": source, "checked": True}

    if changes.curfew is not None:
        put("curfew", list(changes.curfew))
    if changes.exits is not None:
        put("quotas", _quotas(changes.exits))
    if changes.threshold is not None:
        put("threshold", {"at_least": float(changes.threshold)})
        # A threshold of one device would go before the general one.
        put("thresholds", [])
    enters = {"visitor": changes.visitors, "courier": changes.couriers}
    if any(enters.values()):
        put("categories", _categories(as_data(base)["rules"]["categories"]["value"], enters))
    return found


def _quotas(exits: Exits) -> list[dict[str, Any]]:
    if not exits.times:
        return [{"kind": "none"}]
    if not exits.days:
        return []
    quota: dict[str, Any] = {"kind": "calendar", "days": exits.days, "times": exits.times}
    if exits.minutes_out:
        quota["minutes_out"] = exits.minutes_out
    return [quota]


def _categories(rows: list[dict[str, Any]], enters: Mapping[str, str | None]) -> list[dict[str, Any]]:
    known = {row["category"] for row in rows}
    rows = [*rows, *({"category": one} for one in enters if one not in known)]
    return [
        row | ({"enters": enters[row["category"]]} if enters.get(row["category"]) else {}) for row in rows
    ]
