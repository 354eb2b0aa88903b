from lianfang.gates.models.incidents import CaseResult, HealthIncident, IncidentStep, StepKind
from lianfang.gates.models.passages import (
    BodySite,
    Direction,
    Outcome,
    Passage,
    PersonCategory,
    Rejudgement,
    Temperature,
)
from lianfang.gates.models.rules import OWN_RULES, GateRule
from lianfang.gates.models.sheets import PaperSheet, SheetKind, SheetRow

__all__ = [
    "OWN_RULES",
    "BodySite",
    "CaseResult",
    "Direction",
    "GateRule",
    "HealthIncident",
    "IncidentStep",
    "Outcome",
    "PaperSheet",
    "Passage",
    "PersonCategory",
    "Rejudgement",
    "SheetKind",
    "SheetRow",
    "StepKind",
    "Temperature",
]
