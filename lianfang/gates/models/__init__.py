from lianfang.gates.models.incidents import HealthIncident, IncidentStep, StepKind
from lianfang.gates.models.passages import (
    BodySite,
    Direction,
    Outcome,
    Passage,
    PersonCategory,
    Temperature,
)

__all__ = [
    "BodySite",
    "Direction",
    "HealthIncident",
    "IncidentStep",
    "Outcome",
    "Passage",
    "PersonCategory",
    "StepKind",
    "Temperature",
]
