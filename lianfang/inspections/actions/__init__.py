"""The only functions that write inspections. One function an act."""

from lianfang.inspections.actions.checklists import Line, end_checklist, publish_checklist
from lianfang.inspections.actions.inspections import (
    Problem,
    record_finding,
    record_inspection,
    withdraw_finding,
)
from lianfang.inspections.actions.rectification import (
    escalate,
    order_rectification,
    rectify,
    reinspect,
)
from lianfang.inspections.actions.visits import record_visit

__all__ = [
    "Line",
    "Problem",
    "end_checklist",
    "escalate",
    "order_rectification",
    "publish_checklist",
    "record_finding",
    "record_inspection",
    "record_visit",
    "rectify",
    "reinspect",
    "withdraw_finding",
]
