"""What a correction of a published gift changes, kept as data until another officer publishes it."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from lianfang.engines.figures import UNKNOWN, Amount, Bound
from lianfang.giving.gifts import Gift, GoodsLine, gift_of
from lianfang.giving.models import Donation, DonationLine
from lianfang.people.models import Body

# What of a gift a correction can change, beside its goods.
PARTS = (
    "donor_name",
    "naming",
    "amount",
    "happened_at",
    "recipient",
    "recipient_name",
    "via_name",
    "intent",
    "purpose",
)


def changes_between(old: Gift, new: Gift) -> dict[str, Any]:
    """The parts in which `new` differs from `old`, as data."""
    before, after = _parts(old), _parts(new)
    changes = {name: after[name] for name in after if after[name] != before[name]}
    if list(old.lines) != list(new.lines):
        changes["goods"] = [_goods_data(line) for line in new.lines]
    return changes


def amended(donation: Donation, lines: Sequence[DonationLine], changes: Mapping[str, Any]) -> Gift:
    """The gift as it stands in the book, with `changes`."""
    gift = gift_of(donation, lines)
    donor = gift.donor
    if "donor_name" in changes:
        donor = replace(donor, name=changes["donor_name"], body=None, person=None)
    if "naming" in changes:
        donor = replace(donor, naming=changes["naming"])
    values: dict[str, Any] = {"donor": donor}
    if "amount" in changes:
        values["amount"] = _amount_of(changes["amount"])
    if "happened_at" in changes:
        moment = changes["happened_at"]
        values["happened_at"] = datetime.fromisoformat(moment) if moment else None
    if "recipient" in changes:
        values["recipient"] = Body.objects.get(pk=changes["recipient"]) if changes["recipient"] else None
        values.setdefault("recipient_name", "")
    for name in ("recipient_name", "via_name", "intent", "purpose"):
        if name in changes:
            values[name] = changes[name]
    if "via_name" in changes:
        values["via"] = None
    if "goods" in changes:
        values["lines"] = tuple(_goods_of(line) for line in changes["goods"])
    return replace(gift, **values)


def _parts(gift: Gift) -> dict[str, Any]:
    return {
        "donor_name": gift.donor.name,
        "naming": str(gift.donor.naming),
        "amount": _amount_data(gift.amount),
        "happened_at": gift.happened_at.isoformat() if gift.happened_at else None,
        "recipient": str(gift.recipient.pk) if gift.recipient else None,
        "recipient_name": gift.recipient_name,
        "via_name": gift.via_name,
        "intent": str(gift.intent),
        "purpose": gift.purpose,
    }


def _goods_data(line: GoodsLine) -> dict[str, Any]:
    return {
        "item": line.item,
        "specification": line.specification,
        "quantity": None if line.quantity is None else str(line.quantity),
        "quantity_bound": str(line.quantity_bound or ""),
        "unit": line.unit,
        "stated_value": _amount_data(line.stated_value),
        "value_basis": line.value_basis,
        "expires_on": line.expires_on.isoformat() if line.expires_on else None,
    }


def _goods_of(data: Mapping[str, Any]) -> GoodsLine:
    return GoodsLine(
        data["item"],
        data["specification"],
        None if data["quantity"] is None else Decimal(data["quantity"]),
        data["quantity_bound"] or None,
        data["unit"],
        _amount_of(data["stated_value"]),
        data["value_basis"],
        date.fromisoformat(data["expires_on"]) if data["expires_on"] else None,
    )


def _amount_data(amount: Amount) -> dict[str, str] | None:
    if amount.value is None:
        return None
    return {"value": f"{amount.value.normalize():f}", "bound": str(amount.bound)}


def _amount_of(data: Mapping[str, str] | None) -> Amount:
    return UNKNOWN if data is None else Amount(Decimal(data["value"]), Bound(data["bound"]))
