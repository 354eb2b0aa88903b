from lianfang.duty.models.attending import Attendance, CameOrLeft, Handover, HandoverReview
from lianfang.duty.models.publishing import (
    DutyAbsence,
    DutySwap,
    DutySwapAnswer,
    PublishedRoster,
    SwapAnswerKind,
)
from lianfang.duty.models.registers import DutyMember, DutyPost, DutyRoster, DutyWish, Gender

__all__ = [
    "Attendance",
    "CameOrLeft",
    "DutyAbsence",
    "DutyMember",
    "DutyPost",
    "DutyRoster",
    "DutySwap",
    "DutySwapAnswer",
    "DutyWish",
    "Gender",
    "Handover",
    "HandoverReview",
    "PublishedRoster",
    "SwapAnswerKind",
]
