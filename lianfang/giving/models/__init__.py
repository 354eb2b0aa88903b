from lianfang.giving.models.bank import BankLine, BankMatch, BankStatement, LineDirection
from lianfang.giving.models.disclosures import (
    Acknowledgement,
    AcknowledgementKind,
    CorrectionEffect,
    CorrectionProposal,
    CorrectionState,
    CorrectionStatement,
    Counting,
    Coverage,
    Disclosure,
    DisclosureLine,
    DisclosureState,
)
from lianfang.giving.models.donations import (
    Channel,
    Donation,
    DonationLine,
    DonationState,
    DonationStep,
    DonorNaming,
    Evidence,
    Intent,
    ReceiptRoute,
)
from lianfang.giving.models.figures import BoundChoice, DonorKind, GiftKind
from lianfang.giving.models.imports import ColumnMapping, TableImport
from lianfang.giving.models.mentions import Mention, MentionDecision, MentionVerdict, Scope
from lianfang.giving.models.overlaps import OverlapDecision, OverlapProposal, OverlapVerdict
from lianfang.giving.models.receipts import DonationReceipt
from lianfang.giving.models.sources import GiftSource, SourceKind
from lianfang.giving.models.statements import Statement

__all__ = [
    "Acknowledgement",
    "AcknowledgementKind",
    "BankLine",
    "BankMatch",
    "BankStatement",
    "BoundChoice",
    "Channel",
    "ColumnMapping",
    "CorrectionEffect",
    "CorrectionProposal",
    "CorrectionState",
    "CorrectionStatement",
    "Counting",
    "Coverage",
    "Disclosure",
    "DisclosureLine",
    "DisclosureState",
    "Donation",
    "DonationLine",
    "DonationReceipt",
    "DonationState",
    "DonationStep",
    "DonorKind",
    "DonorNaming",
    "Evidence",
    "GiftKind",
    "GiftSource",
    "Intent",
    "LineDirection",
    "Mention",
    "MentionDecision",
    "MentionVerdict",
    "OverlapDecision",
    "OverlapProposal",
    "OverlapVerdict",
    "ReceiptRoute",
    "Scope",
    "SourceKind",
    "Statement",
    "TableImport",
]
