from lianfang.inspections.models.checklists import Checklist, ChecklistItem, ProblemKind, Severity
from lianfang.inspections.models.inspections import Finding, Inspection
from lianfang.inspections.models.rectification import (
    Escalation,
    EscalationKind,
    OrderedFinding,
    OrderKind,
    Rectification,
    RectificationOrder,
    Reinspection,
    Verdict,
)
from lianfang.inspections.models.visits import Visit

__all__ = [
    "Checklist",
    "ChecklistItem",
    "Escalation",
    "EscalationKind",
    "Finding",
    "Inspection",
    "OrderKind",
    "OrderedFinding",
    "ProblemKind",
    "Rectification",
    "RectificationOrder",
    "Reinspection",
    "Severity",
    "Verdict",
    "Visit",
]
