from lianfang.rounds.models.publicity import Bulletin, Condition, PublicityItem, PublicityKind
from lianfang.rounds.models.rounds import (
    CODE_STEP,
    LATE_ENTRY,
    Mark,
    Proof,
    Round,
    RoundKind,
    RoundSpot,
    SpotScreen,
)

__all__ = [
    "CODE_STEP",
    "LATE_ENTRY",
    "Bulletin",
    "Condition",
    "Mark",
    "Proof",
    "PublicityItem",
    "PublicityKind",
    "Round",
    "RoundKind",
    "RoundSpot",
    "SpotScreen",
]
