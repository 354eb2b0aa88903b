"""How much stock makes how much solution: stock volume = total volume × target ÷ stock strength."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal


class DilutionError(ValueError):
    """The mixture is not possible. `field` names what is wrong, `code` is for programs."""

    def __init__(self, field: str, code: str, message: str) -> None:
        super().__init__(message)
        self.field, self.code, self.message = field, code, message


@dataclass(frozen=True, slots=True)
class Mix:
    """`stock_ml` of stock and `water_ml` of water make the total; `parts` of water go to one of stock."""

    stock_ml: Decimal
    water_ml: Decimal
    target_mg_l: int

    @property
    def parts(self) -> Decimal:
        return (self.water_ml / self.stock_ml).quantize(Decimal("0.1"), ROUND_HALF_UP)


def strength_of_percent(percent: Decimal) -> int:
    """The strength of a stock whose label gives available chlorine in per cent: 5 % is 50,000 mg/L.

    Labels of "84" say 4 to 7 %, and stock that is old is weaker than its label.
    """
    if not 0 < percent <= 100:
        raise DilutionError("percent", "percent_range", "有效氯含量应大于 0、不超过 100%。")
    return int(percent * 10_000)


def dilute(*, total_ml: int, target_mg_l: int, stock_mg_l: int) -> Mix:
    """The stock and the water for `total_ml` of solution. Raises DilutionError.

    The stock is rounded to a millilitre (to a tenth below 10 mL), the water fills up the rest.
    """
    if total_ml <= 0:
        raise DilutionError("total_ml", "not_positive", "配制总量应大于 0 毫升。")
    if target_mg_l <= 0:
        raise DilutionError("target_mg_l", "not_positive", "目标浓度应大于 0 mg/L。")
    if stock_mg_l <= target_mg_l:
        raise DilutionError("stock_mg_l", "stock_too_weak", "原液浓度不高于目标浓度,配不出来,请核对标签。")
    exact = Decimal(total_ml) * target_mg_l / stock_mg_l
    stock = exact.quantize(Decimal("0.1") if exact < 10 else Decimal(1), ROUND_HALF_UP)
    return Mix(stock, total_ml - stock, target_mg_l)
