"""A figure in a table row: value, bound, currency."""

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.engines.figures import Amount, Bound
from lianfang.giving.kinds import BoundChoice, DonorKind, GiftKind

__all__ = ["BoundChoice", "DonorKind", "FigureColumns", "GiftKind", "amount_columns"]


class FigureColumns(models.Model):
    """A sum of money as it was said: `value` in yuan (null: not stated), its bound; foreign money beside.

    For goods it is the money value stated for them.
    """

    value = models.DecimalField(
        _("金额(元)"),
        max_digits=16,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[
            MinValueValidator(Decimal("0.01"), _("金额应大于 0。")),
            MaxValueValidator(Decimal("10000000000000"), _("金额不可能超过 10 万亿元。")),
        ],
    )
    bound = models.CharField(_("约数"), max_length=6, choices=BoundChoice.choices, blank=True)
    currency = models.CharField(_("外币"), max_length=3, blank=True)
    currency_value = models.DecimalField(
        _("外币金额"),
        max_digits=16,
        decimal_places=2,
        null=True,
        blank=True,
        validators=[MinValueValidator(Decimal("0.01"), _("金额应大于 0。"))],
    )

    class Meta:
        abstract = True

    def clean(self) -> None:
        super().clean()
        if self.value is not None and not self.bound:
            self.bound = BoundChoice.EXACT
        if self.value is None and self.bound:
            raise ValidationError(
                {"bound": ValidationError(_("没有金额时不应有约数。"), code="bound_without_value")}
            )

    @property
    def amount(self) -> Amount:
        """The sum in yuan with its bound; unknown where none was stated."""
        if self.value is None:
            return Amount(None, None)
        return Amount(Decimal(self.value), Bound(self.bound or Bound.EXACT))


def amount_columns(amount: Amount) -> dict[str, Any]:
    """The column values that hold `amount`."""
    return {"value": amount.value, "bound": str(amount.bound) if amount.value is not None else ""}


def measure_of(quantity: Decimal | None, bound: str, unit: str) -> str:
    """How many, as it was told: 28000余只, 近40桶; empty where nobody told."""
    if quantity is None:
        return ""
    number = f"{Decimal(quantity).normalize():f}"
    match bound:
        case BoundChoice.OVER:
            return f"{number}余{unit}"
        case BoundChoice.NEARLY:
            return f"近{number}{unit}"
        case BoundChoice.ABOUT:
            return f"约{number}{unit}"
        case _:
            return f"{number}{unit}"
