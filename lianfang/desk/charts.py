"""A chart answers one question. Its title is the sentence that answers it, and its figures stand in a table
for those who read without scripts, by ear or on paper.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


class ChartKind(StrEnum):
    BAR = "bar"
    ACROSS = "across"
    """Bars that lie: for names that are long."""
    LINE = "line"


@dataclass(frozen=True, slots=True)
class Series:
    """One row of figures, one for each label; None is a gap (unknown), never 0."""

    name: "str | StrPromise"
    values: Sequence[Decimal | int | None]


@dataclass(frozen=True, slots=True)
class Chart:
    """`labels` name the places along the axis (`axis` says what they are), `unit` is that of all figures."""

    sentence: "str | StrPromise"
    axis: "str | StrPromise"
    labels: Sequence["str | StrPromise"]
    series: Sequence[Series]
    unit: "str | StrPromise" = ""
    kind: ChartKind = ChartKind.BAR

    def __post_init__(self) -> None:
        if any(len(one.values) != len(self.labels) for one in self.series):
            raise ValueError("a series has one figure for each label")

    @property
    def rows(self) -> list[tuple[str, list[Decimal | int | None]]]:
        """The figures as a table: a row a label."""
        return [
            (str(label), [one.values[place] for one in self.series])
            for place, label in enumerate(self.labels)
        ]

    @property
    def data(self) -> dict[str, Any]:
        """What the script draws from."""
        return {
            "kind": self.kind.value,
            "labels": [str(label) for label in self.labels],
            "unit": str(self.unit),
            "series": [
                {
                    "name": str(one.name),
                    "values": [None if value is None else float(value) for value in one.values],
                }
                for one in self.series
            ],
        }
