"""A gate's rule profile in its plain JSON form: what the phone gets, and what both evaluators compile."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

from lianfang.engines.rules.errors import RuleProfileError
from lianfang.engines.rules.gates.vocabulary import (
    HOME,
    Category,
    PlaceState,
    QuotaKind,
    QuotaUnit,
    Registering,
)
from lianfang.engines.rules.profile import PROFILE_FOLDER, RuleProfile, read_profile
from lianfang.engines.rules.reading import read_toml
from lianfang.engines.rules.values import Comparison, Row, Threshold, Window

PRESET_FOLDER = Path(__file__).parent / "presets"
PRESET_BASE = PROFILE_FOLDER / "gate-2020-01.toml"

GateRules = dict[str, Any]
"""The rules with every default filled in, times as minutes of the day, temperatures as tenths."""

NEVER_SHUT_OUT = HOME | {Category.DUTY_STAFF, Category.EMERGENCY}
"""Categories that no profile can keep out."""

PLAUSIBLE = (340, 425)
"""Readings outside (33.9 ℃ in the frost, 50 ℃ in the sun) are taken again, unless the profile says else."""

_CATEGORY_DEFAULTS: dict[str, Any] = {
    "enters": "always",
    "leaves": "always",
    "quota": False,
    "curfew": True,
    "measure": "every",
    "papers_in": [],
    "papers_out": [],
    "hours_in": [],
    "hours_out": [],
    "registering": Registering.FULL,
    "goods_left": False,
}
_HOME = {"quota": True, "registering": Registering.MARK}
_OF_CATEGORY: dict[Category, dict[str, Any]] = {
    Category.RESIDENT: _HOME,
    Category.TENANT: _HOME,
    Category.EMPLOYEE: {"enters": "known", "registering": Registering.MARK},
    Category.VISITOR: {"enters": "with_host"},
    Category.COURIER: {"enters": "not_admitted", "goods_left": True},
    Category.WORKER: {"enters": "with_host"},
    Category.DUTY_STAFF: {"curfew": False, "registering": Registering.MARK},
    Category.EMERGENCY: {"curfew": False, "measure": "none", "registering": Registering.MARK},
}
_QUOTA_DEFAULTS: dict[str, Any] = {
    "unit": QuotaUnit.HOUSEHOLD,
    "days": 1,
    "times": 1,
    "minutes_out": 0,
    "at_once": 0,
    "anchor": 0,
    "anchor_pass": False,
    "categories": [],
    "purposes": [],
    "states": [],
    "households": "",
    "colour": "",
    "hours": [],
    "reward_after_days": 0,
    "group_buying": False,
}
_STATE_DEFAULTS: dict[str, Any] = {
    "leaves": [],
    "nobody_leaves": False,
    "enters": [],
    "purposes": [],
    "checked": True,
}
_QUESTION_DEFAULTS: dict[str, Any] = {
    "ask_en": "",
    "categories": [],
    "directions": [],
    "unknown_only": False,
    "optional": False,
    "hold_on": [],
    "refuse_on": [],
    "note_on": [],
}
_PURPOSE_DEFAULTS: dict[str, Any] = {"papers": [], "quota": True, "curfew": True}
_COLOUR_DEFAULTS: dict[str, Any] = {
    "title": "",
    "papers": [],
    "asked": True,
    "registering": "",
    "leaves": "as_others",
    "enters": "as_others",
    "measure": "",
}
_VEHICLE_DEFAULTS: dict[str, Any] = {"enters": "always", "papers": [], "hours": []}


def gate_rules(profile: RuleProfile) -> GateRules:
    """The plain form of a profile of subject "gate".

    Raises RuleProfileError where rules contradict each other or what holds whatever a profile says:
    `gate.home`, `gate.twice`, `gate.threshold`, `gate.quota`, `gate.question`.
    """
    where = profile.code
    low, high = (
        _tenths(profile, name, default)
        for name, default in zip(("plausible_from", "plausible_to"), PLAUSIBLE, strict=True)
    )
    return {
        "code": profile.code,
        "title": profile.title,
        "title_en": profile.title_en,
        "version": profile.version,
        "categories": _categories(profile),
        "curfew": _plain(profile.windows("curfew")) if profile.has("curfew") else [],
        "quotas": [
            _quota(row, f"{where}: rules.quotas[{index}]")
            for index, row in enumerate(_rows(profile, "quotas"))
        ],
        "purposes": _by_key(profile, "purposes", "purpose", _PURPOSE_DEFAULTS),
        "listed_purposes_only": _flag(profile, "listed_purposes_only"),
        "observed_leave": _choice(profile, "observed_leave", "with_escort"),
        "observed_households": _choice(profile, "observed_households", "with_escort"),
        "escorts": list(profile.choices("escorts")) if profile.has("escorts") else ["ambulance", "medic"],
        "emergency_vehicles": list(profile.choices("emergency_vehicles")),
        "states": _states(profile),
        "abnormal_from": _abnormal_from(profile.threshold("threshold"), f"{where}: rules.threshold"),
        "thresholds": [
            {
                "device": row.get("device", ""),
                "site": row.get("site", ""),
                "abnormal_from": _abnormal_from(row["threshold"], f"{where}: rules.thresholds[{index}]"),
            }
            for index, row in enumerate(_rows(profile, "thresholds"))
        ],
        "plausible_from": low,
        "plausible_to": high,
        "number_required": _flag(profile, "number_required"),
        "rechecks": profile.count("rechecks"),
        "recheck_after_minutes": _count(profile, "recheck_after_minutes"),
        "recheck_other_device": _flag(profile, "recheck_other_device"),
        "recheck_site": _choice(profile, "recheck_site", ""),
        "questions": _questions(profile),
        "passes_needed": _flag(profile, "passes_needed"),
        "pass_with_id": _flag(profile, "pass_with_id"),
        "returnee_voids_pass": _flag(profile, "returnee_voids_pass"),
        "phases_apart": _flag(profile, "phases_apart"),
        "handed_on_within_minutes": _count(profile, "handed_on_within_minutes"),
        "colours": _by_key(profile, "colours", "colour", _COLOUR_DEFAULTS),
        "id_and_normal_suffice": _flag(profile, "id_and_normal_suffice"),
        "vehicles": _by_key(profile, "vehicles", "kind", _VEHICLE_DEFAULTS),
        "occupants_measured": _flag(profile, "occupants_measured"),
    }


def presets() -> tuple[RuleProfile, ...]:
    """Rules that real places had in 2020–2022, by code, to start a place's own profile from.

    A preset file writes only what differs from the closed management of January 2020. Presets are not in
    force anywhere by themselves; each says in its `source` whose rule it was.
    """
    base = read_toml(PRESET_BASE)
    found = []
    for path in sorted(PRESET_FOLDER.glob("*.toml")):
        own = read_toml(path)
        found.append(read_profile({**own, "rules": base["rules"] | own["rules"]}, path.name))
    return tuple(found)


def _categories(profile: RuleProfile) -> dict[str, Any]:
    found = {category.value: _plain(_CATEGORY_DEFAULTS | _OF_CATEGORY[category]) for category in Category}
    where = f"{profile.code}: rules.categories"
    for index, row in enumerate(_refuse_twice(_rows(profile, "categories"), "category", where)):
        category = str(row["category"])
        if category in NEVER_SHUT_OUT and row.get("enters", "always") != "always":
            raise RuleProfileError("gate.home", f"{where}[{index}].enters", "这类人员任何时候都不得拒之门外")
        found[category] |= {key: _plain(value) for key, value in row.items() if key != "category"}
    return found


def _states(profile: RuleProfile) -> dict[str, Any]:
    rows = _by_key(profile, "states", "state", _STATE_DEFAULTS)
    for state in PlaceState:
        rows.setdefault(state.value, _plain({**_STATE_DEFAULTS, "checked": state != PlaceState.OPEN}))
    return rows


def _quota(row: Row, where: str) -> dict[str, Any]:
    quota: dict[str, Any] = _plain(_QUOTA_DEFAULTS | dict(row))
    if quota["kind"] == QuotaKind.BLOCK and not (quota["anchor"] or quota["anchor_pass"]):
        raise RuleProfileError("gate.quota", where, "按固定时段计次,须写明 anchor 或 anchor_pass")
    if quota["kind"] == QuotaKind.ODD_EVEN and quota["unit"] not in {QuotaUnit.HOUSEHOLD, QuotaUnit.VEHICLE}:
        raise RuleProfileError("gate.quota", where, "单双号只能按住户或车辆计")
    return quota


def _questions(profile: RuleProfile) -> list[dict[str, Any]]:
    where = f"{profile.code}: rules.questions"
    found = []
    for index, row in enumerate(_rows(profile, "questions")):
        question: dict[str, Any] = _plain(_QUESTION_DEFAULTS | dict(row))
        question["ask_en"] = question["ask_en"] or question["ask"]
        effects = [*question["hold_on"], *question["refuse_on"], *question["note_on"]]
        if not effects or len(effects) != len(set(effects)):
            raise RuleProfileError(
                "gate.question", f"{where}[{index}]", "每个回答至多对应一种处理,且至少有一种"
            )
        found.append(question)
    return found


def _by_key(profile: RuleProfile, rule: str, key: str, defaults: Mapping[str, Any]) -> dict[str, Any]:
    rows = _refuse_twice(_rows(profile, rule), key, f"{profile.code}: rules.{rule}")
    return {
        str(row[key]): _plain({**defaults, **{name: value for name, value in row.items() if name != key}})
        for row in rows
    }


def _refuse_twice(rows: Iterable[Row], key: str, where: str) -> list[Row]:
    seen: set[object] = set()
    kept = []
    for row in rows:
        if row[key] in seen:
            raise RuleProfileError("gate.twice", f"{where}: {row[key]}", "这一项写了两次")
        seen.add(row[key])
        kept.append(row)
    return kept


def _abnormal_from(threshold: object, where: str) -> int:
    """The lowest tenth of a degree that is abnormal: "37.3 and over" is 373, "over 37.3" is 374."""
    if not isinstance(threshold, Threshold) or threshold.comparison not in {
        Comparison.AT_LEAST,
        Comparison.OVER,
    }:
        raise RuleProfileError("gate.threshold", where, "发热阈值应写作 at_least 或 over")
    tenths = _in_tenths(threshold.value, where)
    return tenths if threshold.comparison is Comparison.AT_LEAST else tenths + 1


def _tenths(profile: RuleProfile, rule: str, default: int) -> int:
    if not profile.has(rule):
        return default
    return _in_tenths(profile.amount(rule), f"{profile.code}: rules.{rule}")


def _in_tenths(value: Decimal, where: str) -> int:
    if (value * 10) % 1:
        raise RuleProfileError("gate.threshold", where, "体温只记到 0.1 ℃")
    return int(value * 10)


def _rows(profile: RuleProfile, rule: str) -> tuple[Row, ...]:
    return profile.rows(rule) if profile.has(rule) else ()


def _flag(profile: RuleProfile, rule: str) -> bool:
    return profile.has(rule) and profile.flag(rule)


def _count(profile: RuleProfile, rule: str) -> int:
    return profile.count(rule) if profile.has(rule) else 0


def _choice(profile: RuleProfile, rule: str, default: str) -> str:
    return profile.choice(rule) if profile.has(rule) else default


def _plain(value: Any) -> Any:
    """JSON-ready: windows as [start, end] in minutes, a date as the number of its day since 1970-01-01."""
    match value:
        case Window():
            return [value.start, value.end]
        case date():
            return value.toordinal() - date(1970, 1, 1).toordinal()
        case str():
            return str(value)
        case Mapping():
            return {key: _plain(one) for key, one in value.items()}
        case tuple() | list():
            return [_plain(one) for one in value]
    return value
