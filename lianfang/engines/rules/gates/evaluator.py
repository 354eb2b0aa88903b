"""The decision at a gate."""

from __future__ import annotations

from lianfang.engines.rules.gates.decision import Decision
from lianfang.engines.rules.gates.profile import GateRules
from lianfang.engines.rules.gates.situation import Situation


class CompiledGate:
    """A profile prepared for many decisions. Make it once with `compile_rules`; it never changes."""


def compile_rules(rules: GateRules) -> CompiledGate:
    raise NotImplementedError


def decide(gate: CompiledGate, situation: Situation) -> Decision:
    """Pure: the same situation under the same rules gives the same decision, on the server and the phone."""
    raise NotImplementedError
