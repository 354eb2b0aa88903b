"""Gate profiles: what ships, and what a profile may not say."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from lianfang.engines.rules import RuleProfileError, as_data, in_force, read_profile, shipped_profiles
from lianfang.engines.rules.gates import gate_rules, presets
from lianfang.engines.rules.gates.profile import PRESET_BASE
from lianfang.engines.rules.reading import read_toml


def changed(**rules: Any) -> dict[str, Any]:
    raw = read_toml(PRESET_BASE)
    own = {name: {"value": value, "source": "测试", "checked": False} for name, value in rules.items()}
    return {**raw, "rules": raw["rules"] | own}


def refusal(**rules: Any) -> str:
    with pytest.raises(RuleProfileError) as caught:
        gate_rules(read_profile(changed(**rules), "own.toml"))
    return f"{caught.value.code} {caught.value.path}"


def test_closed_management_held_in_february_2020_and_ordinary_rules_hold_today() -> None:
    profiles = shipped_profiles("gate")
    assert in_force(profiles, date(2020, 2, 19), "gate").code == "gate-2020-01"
    assert in_force(profiles, date(2026, 1, 1), "gate").code == "gate-2020-04"


def test_profiles_go_through_json_unchanged() -> None:
    for profile in (*presets(), *shipped_profiles("gate")):
        assert gate_rules(read_profile(as_data(profile), profile.code)) == gate_rules(profile)


def test_presets_are_told_apart_by_code_and_say_whose_rule_it_was() -> None:
    found = presets()
    assert len({one.code for one in found}) == len(found) >= 12
    assert all(one.source and one.code.startswith("preset-") for one in found)


def test_no_profile_can_shut_residents_out() -> None:
    categories = [{"category": "resident", "enters": "with_pass"}]
    assert refusal(categories=categories) == "gate.home gate-2020-01: rules.categories[0].enters"


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        (
            {"categories": [{"category": "visitor"}, {"category": "visitor"}]},
            "gate.twice gate-2020-01: rules.categories: visitor",
        ),
        ({"threshold": {"under": 37.3}}, "gate.threshold gate-2020-01: rules.threshold"),
        ({"threshold": {"at_least": 37.25}}, "gate.threshold gate-2020-01: rules.threshold"),
        ({"quotas": [{"kind": "block", "days": 2}]}, "gate.quota gate-2020-01: rules.quotas[0]"),
        ({"quotas": [{"kind": "odd_even", "unit": "shop"}]}, "gate.quota gate-2020-01: rules.quotas[0]"),
        (
            {"questions": [{"question": "q", "ask": "?", "reason": "answer"}]},
            "gate.question gate-2020-01: rules.questions[0]",
        ),
        (
            {"questions": [{"question": "q", "ask": "?", "reason": "answer", "hold_on": ["yes"],
                            "note_on": ["yes"]}]},
            "gate.question gate-2020-01: rules.questions[0]",
        ),
        ({"quotas": [{"days": 2}]}, "rules.missing own.toml: rules.quotas.value[0].kind"),
        ({"quotas": [{"kind": "sometimes"}]}, "rules.wrong_value own.toml: rules.quotas.value[0].kind"),
        ({"quotas": [{"kind": "none", "day": 2}]}, "rules.unknown_key own.toml: rules.quotas.value[0].day"),
        ({"quotas": {"kind": "none"}}, "rules.wrong_value own.toml: rules.quotas.value"),
        ({"curfew": ["22:00-25:00"]}, "rules.wrong_value own.toml: rules.curfew.value[0]"),
        ({"curfew": ["22:00"]}, "rules.wrong_value own.toml: rules.curfew.value[0]"),
        ({"threshold": {"at_least": 73}}, "rules.wrong_value own.toml: rules.threshold.value.at_least"),
    ],
)  # fmt: skip
def test_a_profile_that_makes_no_sense_is_refused_with_its_place(rules: Any, expected: str) -> None:
    assert refusal(**rules) == expected
