"""Situations at a gate in February 2020, times given on the local clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from pathlib import Path
from typing import Any

from lianfang.engines.rules import RuleProfile, read_profile, shipped_profiles
from lianfang.engines.rules.gates import (
    CompiledGate,
    Decision,
    GateRules,
    Situation,
    compile_rules,
    decide,
    gate_rules,
    presets,
)
from lianfang.engines.rules.gates.profile import PRESET_BASE
from lianfang.engines.rules.reading import read_toml

CHINA = timezone(timedelta(hours=8))


def strict() -> RuleProfile:
    """`strict.toml` over the closed management of January 2020, as presets are read."""
    own = read_toml(Path(__file__).parent / "strict.toml")
    return read_profile({**own, "rules": read_toml(PRESET_BASE)["rules"] | own["rules"]}, "strict.toml")


RULES: dict[str, GateRules] = {
    profile.code.removeprefix("preset-"): gate_rules(profile)
    for profile in (*presets(), *shipped_profiles("gate"), strict())
}
"""Every profile that comes with the program, by code (presets without their "preset-"), and that of the
tests."""

_GATES: dict[str, CompiledGate] = {}


def gate(profile: str = "gate-2020-01") -> CompiledGate:
    if profile not in _GATES:
        _GATES[profile] = compile_rules(RULES[profile])
    return _GATES[profile]


def at(day: int, hour: int = 10, minute: int = 0) -> int:
    """A moment of February 2020; day 0 is 31 January."""
    local = datetime(2020, 1, 31, hour, minute, tzinfo=CHINA) + timedelta(days=day)
    return int(local.astimezone(UTC).timestamp())


def normal(tenths: int = 365, **more: Any) -> dict[str, Any]:
    return {"tenths": tenths, "at": at(12), "kind": "forehead_gun", "site": "forehead", "device": "1", **more}


def a_situation(direction: str, category: str, **more: Any) -> Situation:
    """Somebody known, measured normal, on 12 February at 10:00. `x=None` leaves x out, except `shown`."""
    base: dict[str, Any] = {
        "now": at(12),
        "offset": 480,
        "direction": direction,
        "category": category,
        "identity": "register",
        "readings": [normal()],
    }
    base |= more
    return {key: value for key, value in base.items() if value is not None or key == "shown"}  # type: ignore[return-value]


def out(**more: Any) -> Situation:
    return a_situation("out", "resident", **more)


def home(**more: Any) -> Situation:
    return a_situation("in", "resident", **more)


def a_visitor(category: str = "visitor", **more: Any) -> Situation:
    return a_situation("in", category, **{"identity": None, **more})


def a_pass(**more: Any) -> dict[str, Any]:
    return {"state": "valid", "kind": "household", "number": "FX-000123", "same_household": True, **more}


def exits(*times: int | tuple[int, int | None], number: int | None = None) -> dict[str, Any]:
    """The household's exits; a single moment is an outing of one hour."""
    rows = [list(one) if isinstance(one, tuple) else [one, one + 3600] for one in times]
    household: dict[str, Any] = {"exits": rows}
    if number is not None:
        household["number"] = number
    return {"household": household}


def decided(situation: Situation, profile: str = "gate-2020-01") -> Decision:
    return decide(gate(profile), situation)
