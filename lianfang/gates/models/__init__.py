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
from lianfang.gates.models.sheets import PaperSheet, SheetKind, SheetRow

__all__ = [
    "BodySite",
    "CaseResult",
    "Direction",
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
