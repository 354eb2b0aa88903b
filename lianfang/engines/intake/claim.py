"""What the reader hands back: claims, stretches it did not understand, and places to look at twice."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from enum import StrEnum
from types import MappingProxyType
from typing import Final, NamedTuple, TypeAlias

from lianfang.engines.figures import Bound

Place: TypeAlias = tuple[int, int]
"""Start and end (exclusive) in the text as it was handed in."""

Json: TypeAlias = str | int | float | bool | None

_NO_SPANS: Final[Mapping[str, Place]] = MappingProxyType({})


class DonorKind(StrEnum):
    """What sort of giver the text names (the guide's `donor_kind`)."""

    PERSON = "person"
    ENTERPRISE = "enterprise"
    CHAMBER = "chamber"
    GOVERNMENT = "government"
    ORGANISATION = "organisation"
    GROUP = "group"


class GiftKind(StrEnum):
    """Money, things, or one figure for both together."""

    CASH = "cash"
    GOODS = "goods"
    MIXED = "mixed"


class Scope(StrEnum):
    """One giver's own gift, a sum that must not be added to its parts, or a count over a line."""

    GIFT = "gift"
    TOTAL = "total"
    TIER = "tier"


class DoubtReason(StrEnum):
    """Why a person should look at a field of a claim."""

    GIVER_CARRIED_OVER = "giver_carried_over"
    GIVER_UNNAMED = "giver_unnamed"
    GIVER_KIND_GUESSED = "giver_kind_guessed"
    RECIPIENT_FROM_HEADING = "recipient_from_heading"
    FIGURE_WITHOUT_UNIT = "figure_without_unit"
    FOREIGN_MONEY = "foreign_money"
    JOINT_GIVERS = "joint_givers"
    PLEDGE = "pledge"
    WEAK_VERB = "weak_verb"


class UnreadReason(StrEnum):
    """Why a stretch that looks like giving gave no claim."""

    NO_GIVER_FOUND = "no_giver_found"
    NOT_UNDERSTOOD = "not_understood"
    ROW_NOT_UNDERSTOOD = "row_not_understood"
    QUOTE_NOT_FOUND = "quote_not_found"
    BAD_RECORD = "bad_record"


class Doubt(NamedTuple):
    """A field of the claim (its name in `Claim`) and why it deserves a second look."""

    field: str
    reason: DoubtReason


@dataclass(frozen=True, slots=True)
class Claim:
    """One thing that a notice says about giving; the fields are those of the annotation guide.

    `yuan` is in yuan, never in 万; None where the text states no Chinese money. Foreign money stands in
    `currency` (ISO 4217) and `amount`. `bound` qualifies `yuan`, `quantity_bound` the quantity.
    `text[start:end] == quote` holds for the text that was read. `spans` gives the place of single fields
    ("donor", "yuan", "item", "quantity", "recipient", "via") where they stand in the text.
    """

    donor: str | None
    donor_kind: DonorKind
    kind: GiftKind
    scope: Scope
    quote: str
    start: int
    end: int
    yuan: Decimal | None = None
    bound: Bound | None = None
    item: str | None = None
    quantity: Decimal | None = None
    quantity_bound: Bound | None = None
    unit: str | None = None
    recipient: str | None = None
    via: str | None = None
    count: int | None = None
    pledged: bool = False
    currency: str | None = None
    amount: Decimal | None = None
    doubts: tuple[Doubt, ...] = ()
    spans: Mapping[str, Place] = field(default_factory=lambda: _NO_SPANS, hash=False)

    def to_json(self) -> dict[str, Json]:
        """The claim by the guide's field names, with the optional ones left out where they say nothing."""
        record: dict[str, Json] = {
            "donor": self.donor,
            "donor_kind": self.donor_kind.value,
            "kind": self.kind.value,
        }
        if self.kind is GiftKind.GOODS:
            record |= {"item": self.item, "quantity": _number(self.quantity), "unit": self.unit}
            if self.quantity_bound not in (None, Bound.EXACT):
                record["quantity_bound"] = self.quantity_bound.value
        record |= {
            "yuan": _number(self.yuan),
            "bound": None if self.bound is None else self.bound.value,
            "recipient": self.recipient,
            "via": self.via,
            "scope": self.scope.value,
        }
        if self.count is not None:
            record["count"] = self.count
        if self.pledged:
            record["pledged"] = True
        if self.currency is not None:
            record |= {"currency": self.currency, "amount": _number(self.amount)}
        record["quote"] = self.quote
        return record


@dataclass(frozen=True, slots=True)
class Unread:
    """A stretch that looks like giving (a giving verb beside a figure or an article) but gave no claim."""

    start: int
    end: int
    text: str
    reason: UnreadReason


@dataclass(frozen=True, slots=True)
class Reading:
    """Everything read out of one notice, in the order of the text."""

    claims: tuple[Claim, ...]
    unread: tuple[Unread, ...]


def _number(value: Decimal | None) -> int | float | None:
    if value is None:
        return None
    return int(value) if value == value.to_integral_value() else float(value)
