"""A sum with its bounds as it is kept with an import, and read again."""

from decimal import Decimal
from typing import Any

from lianfang.engines.figures import Sum

_COUNTS = ("count", "unknown_count", "over_count", "nearly_count", "about_count")


def sum_as_json(total: Sum) -> dict[str, Any]:
    return {
        "said": str(total.said),
        "low": str(total.low),
        "high": None if total.high is None else str(total.high),
        **{name: getattr(total, name) for name in _COUNTS},
        "currency": total.currency,
        "beside": [sum_as_json(one) for one in total.beside],
    }


def sum_from_json(kept: dict[str, Any]) -> Sum:
    return Sum(
        Decimal(kept["said"]),
        Decimal(kept["low"]),
        None if kept["high"] is None else Decimal(kept["high"]),
        **{name: kept[name] for name in _COUNTS},
        currency=kept["currency"],
        beside=tuple(sum_from_json(one) for one in kept["beside"]),
    )
