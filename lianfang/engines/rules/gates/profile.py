"""A gate's rule profile in its plain JSON form: what the phone gets, and what both evaluators compile."""

from __future__ import annotations

from typing import Any

from lianfang.engines.rules.profile import RuleProfile

GateRules = dict[str, Any]
"""The rules with every default filled in, times as minutes of the day, temperatures as tenths."""


def gate_rules(profile: RuleProfile) -> GateRules:
    """The plain form of a profile of subject "gate"."""
    raise NotImplementedError


def presets() -> tuple[RuleProfile, ...]:
    """Rules that real places had in 2020–2022, by code, to start a place's own profile from."""
    raise NotImplementedError
