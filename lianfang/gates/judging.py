"""What the rules say of a passage, beside what was decided at the gate."""

from collections.abc import Sequence
from typing import Any

from lianfang.book.actions import Act
from lianfang.book.arriving import Sender


def judge_arrivals(
    act: Act, sender: Sender, passages: Sequence[dict[str, Any]], readings: Sequence[dict[str, Any]]
) -> None:
    """Set `judged_outcome`, `judged_reasons` and `differs` of rows that are about to be inserted."""
