"""Numbers that keep their meaning."""

from lianfang.engines.figures.amount import LARGEST_YUAN, UNKNOWN, Amount, Bound, FigureError
from lianfang.engines.figures.reader import Figure, FigureKind, find_figures, read_amount

__all__ = [
    "LARGEST_YUAN", "UNKNOWN", "Amount", "Bound", "Figure", "FigureError", "FigureKind",
    "find_figures", "read_amount",
]  # fmt: skip
