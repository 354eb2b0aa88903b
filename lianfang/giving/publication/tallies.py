"""The figures of a publication: additive, so that anybody can add up the lines and find them again.

A line that lies within another counts nowhere; one that may be the same money as another counts in the
upper end alone. So the sum of the counted lines is the lower end, that of the counted and the doubtful
ones together the upper end, for the whole and for each part of it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from typing import Any, Protocol

from django.utils.translation import gettext as _

from lianfang.engines.figures import NOTHING, Amount, Sum, add
from lianfang.giving.models import (
    Channel,
    Counting,
    DonationState,
    DonorNaming,
    GiftKind,
    Intent,
    ReceiptRoute,
)
from lianfang.giving.wording import range_text, sum_text

# By what a publication divides its figures, and what the parts are called.
PARTS: dict[str, Mapping[str, Any]] = {
    "intent": dict(Intent.choices),
    "channel": dict(Channel.choices),
    "route": dict(ReceiptRoute.choices),
    "reached": dict(DonationState.choices),
    "town": {},
}


class Counted(Protocol):
    """A line as far as it is added up. It is a DisclosureLine."""

    kind: str
    counting: str
    naming: str
    intent: str
    channel: str
    route: str
    reached: str
    town: str

    @property
    def amount(self) -> Amount: ...


@dataclass(slots=True)
class Tally:
    """The sum of some lines of one kind: `certain` those counted, `doubtful` those that may be double.

    `within` counts the lines that lie within others and add nothing.
    """

    certain: Sum = NOTHING
    doubtful: Sum = NOTHING
    within: int = 0

    @property
    def count(self) -> int:
        """How many lines, each gift once."""
        return self.gifts + self.within

    @property
    def gifts(self) -> int:
        """How many lines count, surely or maybe."""
        return _count(self.certain) + _count(self.doubtful)

    @property
    def unknown(self) -> int:
        """How many of them have no value."""
        return _unknown(self.certain) + _unknown(self.doubtful)

    @property
    def open_count(self) -> int:
        return _count(self.doubtful)

    @property
    def low(self) -> Sum:
        return self.certain

    @property
    def high(self) -> Sum:
        return self.certain + self.doubtful

    @property
    def is_said(self) -> bool:
        """Whether any line has a value."""
        return self.gifts > self.unknown

    @property
    def text(self) -> str:
        """The sum in words, claiming no more than the lines do."""
        if not self.gifts:
            return _("0元")
        if not self.is_said:
            return _("数额不详")
        if not _count(self.certain):
            return _("%(sum)s(都待核实)") % {"sum": sum_text(self.high)}
        return range_text(self.low, self.high) if self.open_count else range_text(self.low, self.low)


@dataclass(slots=True)
class Kinds:
    """Cash, goods and mixed figures, never added up together."""

    cash: Tally = field(default_factory=Tally)
    goods: Tally = field(default_factory=Tally)
    mixed: Tally = field(default_factory=Tally)

    def of(self, kind: str) -> Tally:
        return {GiftKind.CASH: self.cash, GiftKind.GOODS: self.goods}.get(GiftKind(kind), self.mixed)

    @property
    def count(self) -> int:
        return self.cash.count + self.goods.count + self.mixed.count

    @property
    def open_count(self) -> int:
        return self.cash.open_count + self.goods.open_count + self.mixed.open_count

    @property
    def within(self) -> int:
        return self.cash.within + self.goods.within + self.mixed.within


@dataclass(slots=True)
class Figures:
    """All figures of some lines: the whole, its parts, and how many givers are not named."""

    all: Kinds = field(default_factory=Kinds)
    parts: dict[str, dict[str, Kinds]] = field(default_factory=dict)
    withheld: int = 0
    unnamed: int = 0

    @property
    def count(self) -> int:
        return self.all.count


def figures_of(lines: Iterable[Counted]) -> Figures:
    """The figures of `lines`, in any order."""
    piles: dict[tuple[str, str, str], tuple[list[Amount], list[Amount], list[None]]] = {}
    found = Figures(parts={name: {} for name in PARTS})
    for line in lines:
        found.withheld += line.naming == DonorNaming.WITHHELD
        found.unnamed += line.naming == DonorNaming.UNKNOWN
        amount = line.amount
        keys = [("", ""), *((name, getattr(line, name)) for name in PARTS)]
        for name, key in keys:
            pile = piles.setdefault((name, key, line.kind), ([], [], []))
            match line.counting:
                case Counting.COUNTED:
                    pile[0].append(amount)
                case Counting.DOUBTFUL:
                    pile[1].append(amount)
                case _:
                    pile[2].append(None)
    for (name, key, kind), (certain, doubtful, within) in sorted(piles.items()):
        kinds = found.all if not name else found.parts[name].setdefault(key, Kinds())
        tally = kinds.of(kind)
        tally.certain, tally.doubtful, tally.within = add(certain), add(doubtful), len(within)
    return found


def as_data(figures: Figures) -> dict[str, Any]:
    """The figures as they are frozen and published."""
    return {
        "count": figures.count,
        "withheld": figures.withheld,
        "unnamed": figures.unnamed,
        "all": _kinds_data(figures.all),
        **{
            name: {key: _kinds_data(kinds) for key, kinds in parts.items()}
            for name, parts in figures.parts.items()
        },
    }


def from_data(data: Mapping[str, Any]) -> Figures:
    """The figures that were frozen."""
    return Figures(
        _kinds_of(data.get("all", {})),
        {name: {key: _kinds_of(kinds) for key, kinds in data.get(name, {}).items()} for name in PARTS},
        data.get("withheld", 0),
        data.get("unnamed", 0),
    )


def _kinds_data(kinds: Kinds) -> dict[str, Any]:
    return {
        kind: {
            "certain": _sum_data(tally.certain),
            "doubtful": _sum_data(tally.doubtful),
            "within": tally.within,
        }
        for kind in GiftKind.values
        if (tally := kinds.of(kind)).count
    }


def _kinds_of(data: Mapping[str, Any]) -> Kinds:
    kinds = Kinds()
    for kind, tally in data.items():
        known = kinds.of(kind)
        known.certain, known.doubtful = _sum_of(tally["certain"]), _sum_of(tally["doubtful"])
        known.within = tally["within"]
    return kinds


def _sum_data(total: Sum) -> dict[str, Any]:
    """Money as text with two decimals; `high` is null where there is no upper end."""
    data: dict[str, Any] = {
        "gifts": total.count,
        "without_value": total.unknown_count,
        "said": _money(total.said),
        "low": _money(total.low),
        "high": None if total.high is None else _money(total.high),
        "over": total.over_count,
        "nearly": total.nearly_count,
        "about": total.about_count,
    }
    if total.currency != "CNY":
        data["currency"] = total.currency
    if total.beside:
        data["foreign"] = [_sum_data(one) for one in total.beside]
    return data


def _sum_of(data: Mapping[str, Any]) -> Sum:
    return Sum(
        Decimal(data["said"]),
        Decimal(data["low"]),
        None if data["high"] is None else Decimal(data["high"]),
        data["gifts"],
        data["without_value"],
        data["over"],
        data["nearly"],
        data["about"],
        data.get("currency", "CNY"),
        tuple(_sum_of(one) for one in data.get("foreign", ())),
    )


def _money(value: Decimal) -> str:
    return format(value.quantize(Decimal("0.01")), "f")


def _count(total: Sum) -> int:
    return total.count + sum(one.count for one in total.beside)


def _unknown(total: Sum) -> int:
    return total.unknown_count + sum(one.unknown_count for one in total.beside)
