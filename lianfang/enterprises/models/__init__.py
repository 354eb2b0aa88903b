from lianfang.enterprises.models.resumption import (
    FilingOpinion,
    FilingState,
    Opinion,
    OpinionLevel,
    ResumptionFiling,
)
from lianfang.enterprises.models.sites import (
    EntryKind,
    LedgerEntry,
    MeasureKind,
    PostHolder,
    SiteMeasure,
    SitePost,
)
from lianfang.enterprises.models.staff import StaffCondition, StaffState, StaffSummary

__all__ = [
    "EntryKind",
    "FilingOpinion",
    "FilingState",
    "LedgerEntry",
    "MeasureKind",
    "Opinion",
    "OpinionLevel",
    "PostHolder",
    "ResumptionFiling",
    "SiteMeasure",
    "SitePost",
    "StaffCondition",
    "StaffState",
    "StaffSummary",
]
