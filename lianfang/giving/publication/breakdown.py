"""The figures of a publication as tables for a page or a paper."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from lianfang.giving.models import GiftKind
from lianfang.giving.publication.tallies import PARTS, Kinds, Tally
from lianfang.giving.queries.disclosures import Draft, PublicPage

_TITLES = {
    "intent": gettext_lazy("按意向"),
    "channel": gettext_lazy("按渠道"),
    "route": gettext_lazy("按接收途径"),
    "reached": gettext_lazy("按去向"),
    "town": gettext_lazy("按镇街"),
}


@dataclass(frozen=True, slots=True)
class MoneyRow:
    """One kind: what this publication adds, what all of them come to."""

    kind: str
    label: str
    new: Tally
    cumulative: Tally
    carried: Tally
    adjusted: bool


@dataclass(frozen=True, slots=True)
class Part:
    label: str
    count: int
    cells: Sequence[tuple[str, Tally]]


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The figures divided one way; `kinds` are the titles of the columns that have any gift."""

    title: str
    kinds: Sequence[str]
    parts: Sequence[Part]


def money_rows(page: PublicPage | Draft) -> list[MoneyRow]:
    """Cash, goods and mixed apart; kinds of which there is nothing are left out."""
    rows = []
    for kind in GiftKind:
        new, whole, carried = (
            page.new.all.of(kind),
            page.cumulative.all.of(kind),
            page.carried.all.of(kind),
        )
        if new.count or whole.count:
            expected = carried.certain + new.certain
            adjusted = (expected.said, expected.low) != (whole.certain.said, whole.certain.low)
            rows.append(MoneyRow(kind.value, str(kind.label), new, whole, carried, adjusted))
    return rows


def breakdowns(page: PublicPage | Draft) -> list[Breakdown]:
    """What is new, divided by intent, channel, route, state and town; ways that tell nothing are left out."""
    found = []
    for name, labels in PARTS.items():
        parts = page.new.parts.get(name, {})
        if len(parts) < 2 and not (name == "intent" and parts):
            continue
        kinds = [kind for kind in GiftKind if any(one.of(kind).count for one in parts.values())]
        rows = [
            Part(_label(labels.get(key, key), key), one.count, [(kind.value, one.of(kind)) for kind in kinds])
            for key, one in sorted(parts.items(), key=lambda item: (item[0] == "", -_weight(item[1])))
        ]
        found.append(Breakdown(str(_TITLES[name]), [str(kind.label) for kind in kinds], rows))
    return found


def _weight(kinds: Kinds) -> float:
    return float(kinds.cash.certain.said) * 1e6 + kinds.count


def _label(label: object, key: str) -> str:
    return str(label) if key else _("未说明")
