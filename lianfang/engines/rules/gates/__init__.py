"""The rules of a gate: who may pass, and what to say to whom.

    rules = gate_rules(profile)                     # plain data, also for the phone
    gate = compile_rules(rules)                     # once a profile
    decision = decide(gate, situation)              # microseconds
    words = say(decision, rules, offset=480)        # what to say, what to do instead

A profile of subject "gate" (`rules/schemas/gate.toml`) is data with a validity; `presets()` are the rules
that real places had, to start from. `gate_rules` gives its plain JSON form, which the phone evaluates with
the same result (`field/static/field/rules/gates.js`); `vectors.json` is checked on both sides.

Three things hold whatever a profile says: who lives in the place is never shut out of it, life at stake goes
first, and a fever is held for care, not refused.
"""

from lianfang.engines.rules.gates.compiled import CompiledGate, compile_rules
from lianfang.engines.rules.gates.decision import Decision, Missing
from lianfang.engines.rules.gates.evaluator import SituationError, decide
from lianfang.engines.rules.gates.own import Changes, Exits, changed_rules, extend_profile
from lianfang.engines.rules.gates.profile import GateRules, gate_rules, presets
from lianfang.engines.rules.gates.situation import PassShown, PlaceNow, Reading, Situation, Unit, Vehicle
from lianfang.engines.rules.gates.vocabulary import (
    HOME,
    Category,
    Direction,
    Escort,
    Identity,
    Lane,
    MissingKind,
    Outcome,
    Paper,
    PersonState,
    PlaceState,
    Purpose,
    QuotaKind,
    QuotaUnit,
    Registering,
    VehicleKind,
)
from lianfang.engines.rules.gates.wording import Words, code_title, exit_rules, say

__all__ = [
    "HOME",
    "Category",
    "Changes",
    "CompiledGate",
    "Decision",
    "Direction",
    "Escort",
    "Exits",
    "GateRules",
    "Identity",
    "Lane",
    "Missing",
    "MissingKind",
    "Outcome",
    "Paper",
    "PassShown",
    "PersonState",
    "PlaceNow",
    "PlaceState",
    "Purpose",
    "QuotaKind",
    "QuotaUnit",
    "Reading",
    "Registering",
    "Situation",
    "SituationError",
    "Unit",
    "Vehicle",
    "VehicleKind",
    "Words",
    "changed_rules",
    "code_title",
    "compile_rules",
    "decide",
    "exit_rules",
    "extend_profile",
    "gate_rules",
    "presets",
    "say",
]
