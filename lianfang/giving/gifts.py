"""A gift as it is told to the book: who gave what through whom to whom, and what cannot be right in it.

These are values: an action takes a `Gift` (or its parts), and only what `errors_of` lets through is written.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Any

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.translation import gettext as _

from lianfang.book.models import Response
from lianfang.engines.figures import UNKNOWN, Amount, Bound, add
from lianfang.giving.models import (
    Channel,
    Donation,
    DonationLine,
    DonationState,
    DonorKind,
    DonorNaming,
    Evidence,
    GiftKind,
    Intent,
    ReceiptRoute,
)
from lianfang.giving.models.figures import amount_columns
from lianfang.people.models import Area, Body, Person

LONGEST_DONOR = 200

# A gift may come before the response is declared, but not by years: such a date is a slip.
_LONGEST_BEFORE_RESPONSE = timedelta(days=366)
_CURRENCY = re.compile(r"[A-Z]{3}")
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]")


@dataclass(frozen=True, slots=True)
class Donor:
    """Who gives: a body or a person of the registers, or a name as told; `count` for a group.

    `naming` keeps two cases apart: a name that the public does not see but the book knows (WITHHELD),
    and a name that nobody knows (UNKNOWN; `name` may then hold a nickname as told). `kind` is a DonorKind.
    """

    name: str
    kind: str
    body: Body | None = None
    person: Person | None = None
    naming: str = DonorNaming.NAMED
    count: int | None = None


@dataclass(frozen=True, slots=True)
class GoodsLine:
    """One article of a gift: what, how many, and the money value stated for it, if any."""

    item: str
    specification: str = ""
    quantity: Decimal | None = None
    quantity_bound: str | None = None
    unit: str = ""
    stated_value: Amount = UNKNOWN
    value_basis: str = ""
    expires_on: date | None = None


@dataclass(frozen=True, slots=True)
class Gift:
    """One donor's one gift to one recipient.

    `happened_at` is None where nobody told the day. `foreign` is money in another currency (its code and
    its value), kept beside and never converted. The closed sets are those of the models: `kind` a
    GiftKind, `intent` an Intent, `route` a ReceiptRoute, `channel` a Channel.
    """

    donor: Donor
    kind: str
    amount: Amount = UNKNOWN
    lines: Sequence[GoodsLine] = ()
    foreign: tuple[str, Decimal | None] | None = None
    via: Body | None = None
    via_name: str = ""
    recipient: Body | None = None
    recipient_name: str = ""
    beneficiary: Body | None = None
    area: Area | None = None
    intent: str = Intent.UNSTATED
    purpose: str = ""
    route: str = ReceiptRoute.DIRECT
    channel: str = Channel.UNKNOWN
    happened_at: datetime | None = None
    receipt_wanted: bool = True
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Reached:
    """A gift reached a state: when (None: not told), by what evidence, through whose hands, where to."""

    state: DonationState
    happened_at: datetime | None = None
    evidence: str = Evidence.AS_TOLD
    person_name: str = ""
    to_body: Body | None = None
    remark: str = ""


@dataclass(slots=True)
class FieldErrors:
    """Errors by field, gathered so that all of them are shown at once."""

    by_field: dict[str, list[ValidationError]] = field(default_factory=dict)

    def put(self, at: str, message: str, code: str) -> None:
        self.by_field.setdefault(at, []).append(ValidationError(message, code=code))

    def take(self, error: ValidationError, prefix: str = "") -> None:
        """Take over what a model found, its fields under `prefix`."""
        found = error.error_dict if hasattr(error, "error_dict") else {NON_FIELD_ERRORS: error.error_list}
        for at, errors in found.items():
            known = self.by_field.setdefault(f"{prefix}{at}", [])
            known.extend(one for one in errors if one.code not in {old.code for old in known})

    def throw(self) -> None:
        """Raises ValidationError if there is any error."""
        if self.by_field:
            raise ValidationError(dict(self.by_field))


def gift_columns(gift: Gift) -> dict[str, Any]:
    """The column values of a Donation that hold `gift`."""
    donor, foreign = gift.donor, gift.foreign
    return {
        "donor_name": donor.name.strip() or _name_in_register(donor),
        "donor_kind": donor.kind,
        "donor_body": donor.body,
        "donor_person": donor.person,
        "donor_count": donor.count,
        "naming": donor.naming,
        "kind": gift.kind,
        **amount_columns(value_of(gift)),
        "currency": foreign[0] if foreign else "",
        "currency_value": foreign[1] if foreign else None,
        "via": gift.via,
        "via_name": gift.via_name.strip() or (gift.via.name if gift.via else ""),
        "recipient": gift.recipient,
        "recipient_name": gift.recipient_name.strip() or (gift.recipient.name if gift.recipient else ""),
        "beneficiary": gift.beneficiary,
        "area": gift.area,
        "intent": gift.intent,
        "purpose": gift.purpose.strip(),
        "route": gift.route,
        "channel": gift.channel,
        "happened_at": gift.happened_at,
        "receipt_wanted": gift.receipt_wanted,
        "remark": gift.remark.strip(),
    }


def line_columns(line: GoodsLine) -> dict[str, Any]:
    """The column values of a DonationLine that hold `line`."""
    value = amount_columns(line.stated_value)
    return {
        "item": line.item.strip(),
        "specification": line.specification.strip(),
        "quantity": line.quantity,
        "quantity_bound": "" if line.quantity is None else str(line.quantity_bound or Bound.EXACT),
        "unit": line.unit.strip(),
        "stated_value": value["value"],
        "stated_value_bound": value["bound"],
        "value_basis": line.value_basis.strip(),
        "expires_on": line.expires_on,
    }


def gift_of(donation: Donation, lines: Sequence[DonationLine] = ()) -> Gift:
    """A gift as it stands in the book: where a correction begins."""
    return Gift(
        donor=Donor(
            donation.donor_name,
            donation.donor_kind,
            donation.donor_body,
            donation.donor_person,
            donation.naming,
            donation.donor_count,
        ),
        kind=donation.kind,
        amount=donation.amount,
        lines=tuple(goods_line_of(line) for line in lines),
        foreign=(donation.currency, donation.currency_value) if donation.currency else None,
        via=donation.via,
        via_name=donation.via_name,
        recipient=donation.recipient,
        recipient_name=donation.recipient_name,
        beneficiary=donation.beneficiary,
        area=donation.area,
        intent=donation.intent,
        purpose=donation.purpose,
        route=donation.route,
        channel=donation.channel,
        happened_at=donation.happened_at,
        receipt_wanted=donation.receipt_wanted,
        remark=donation.remark,
    )


def goods_line_of(line: DonationLine) -> GoodsLine:
    return GoodsLine(
        line.item,
        line.specification,
        line.quantity,
        line.quantity_bound or None,
        line.unit,
        line.worth,
        line.value_basis,
        line.expires_on,
    )


def value_of(gift: Gift) -> Amount:
    """What the gift is worth: as told, or the sum of its lines where each line has a value."""
    if gift.kind != GiftKind.GOODS or gift.amount.value is not None or not gift.lines:
        return gift.amount
    if any(line.stated_value.value is None for line in gift.lines):
        return UNKNOWN
    return add(line.stated_value for line in gift.lines).as_amount()


def errors_of(gift: Gift, response: Response, now: datetime | None = None) -> FieldErrors:
    """What cannot be right in `gift`, by field; lines under `lines-0-item`, `lines-1-quantity`…

    The limits of single columns (lengths, least values) are the models' own and are checked by them.
    """
    errors = FieldErrors()
    _check_donor(gift, errors)
    _check_money(gift, errors)
    _check_goods(gift, errors)
    _check_day(gift.happened_at, response, now or timezone.now(), errors)
    for at, text in (
        ("donor_name", gift.donor.name),
        ("via_name", gift.via_name),
        ("recipient_name", gift.recipient_name),
        ("purpose", gift.purpose),
        ("remark", gift.remark),
        *((f"lines-{row}-item", line.item) for row, line in enumerate(gift.lines)),
    ):
        if _CONTROL.search(text):
            errors.put(at, _("文字中有看不见的控制字符,请删去后重新填写。"), "control_character")
    if gift.intent == Intent.DIRECTED and not (gift.purpose.strip() or gift.beneficiary):
        errors.put("purpose", _("定向捐赠请写明用途,或选择最终使用单位。"), "directed_to_nothing")
    return errors


def day_error(at: datetime | None, response: Response, now: datetime) -> tuple[str, str] | None:
    """Why `at` cannot be the day of a gift: a sentence and a code, or None."""
    if at is None:
        return None
    if at > now:
        return _("日期在将来。请填写实际发生的日期,不清楚的可以留空。"), "in_future"
    if timezone.localdate(at) < response.started_on - _LONGEST_BEFORE_RESPONSE:
        return _("日期早于本次应急响应一年以上,请核对年份。"), "too_early"
    return None


def _check_donor(gift: Gift, errors: FieldErrors) -> None:
    donor = gift.donor
    name = donor.name.strip() or _name_in_register(donor)
    if len(name) > LONGEST_DONOR:
        errors.put(
            "donor_name",
            _("捐赠人名称有 %(length)d 个字,最多 %(most)d 个字。请只写名称,其余写入备注。")
            % {"length": len(name), "most": LONGEST_DONOR},
            "max_length",
        )
    if donor.naming == DonorNaming.WITHHELD and not name:
        errors.put(
            "donor_name",
            _("对外匿名的捐赠人,账内仍须有姓名(名称);不知姓名的,请选「不知姓名」。"),
            "withheld_without_name",
        )
    if donor.naming == DonorNaming.UNKNOWN and (donor.body or donor.person):
        errors.put(
            "naming",
            _("已选定名册中的捐赠人,就不是「不知姓名」;不愿公开的,请选「对外匿名」。"),
            "unknown_but_registered",
        )
    if donor.body and donor.person:
        errors.put("donor_person", _("一笔捐赠只有一个捐赠人:请选单位或个人之一。"), "two_donors")
    if donor.body and donor.kind == DonorKind.PERSON:
        errors.put("donor_kind", _("捐赠人是单位,类别不能选「个人」。"), "kind_of_donor")
    if donor.person and donor.kind != DonorKind.PERSON:
        errors.put("donor_kind", _("捐赠人是个人,类别请选「个人」。"), "kind_of_donor")
    if donor.count is not None and donor.count < 1:
        errors.put("donor_count", _("捐赠人数应为 1 或更多,不清楚的请留空。"), "min_value")
    if donor.body and gift.recipient and donor.body.pk == gift.recipient.pk:
        errors.put("recipient", _("捐赠人与接收单位是同一个单位,请核对。"), "gives_to_itself")


def _check_money(gift: Gift, errors: FieldErrors) -> None:
    if gift.amount.currency != "CNY":
        errors.put("value", _("这里填人民币金额;外币请填在「外币」栏,系统不作折算。"), "foreign_in_yuan")
    foreign = gift.foreign
    if foreign is None:
        return
    currency, value = foreign
    if currency == "CNY" or not _CURRENCY.fullmatch(currency):
        errors.put("currency", _("外币请填三个大写字母的代码,如 USD、HKD。"), "currency")
    if value is None or not value.is_finite() or value <= 0:
        errors.put("currency_value", _("外币金额应大于 0。"), "min_value")


def _check_goods(gift: Gift, errors: FieldErrors) -> None:
    if gift.kind == GiftKind.CASH and gift.lines:
        errors.put(
            "lines", _("捐款没有物资明细;一个数字里既有款又有物的,请选「款物合计」。"), "cash_with_goods"
        )
    if gift.kind == GiftKind.GOODS and not gift.lines:
        errors.put(
            "lines",
            _("捐物请至少写一行物资名称;只知道「防疫物资」的,就写「防疫物资」。"),
            "goods_without_item",
        )
    for row, line in enumerate(gift.lines):
        if not line.item.strip():
            errors.put(f"lines-{row}-item", _("请填写物资名称。"), "required")
        if line.quantity is None and line.quantity_bound:
            errors.put(f"lines-{row}-quantity_bound", _("没有数量时不应有约数。"), "bound_without_value")
        if line.stated_value.currency != "CNY":
            errors.put(f"lines-{row}-stated_value", _("折价请用人民币。"), "foreign_in_yuan")
    if gift.kind == GiftKind.CASH or gift.amount.currency != "CNY":
        return
    told = add([gift.amount])
    listed = add(line.stated_value for line in gift.lines if line.stated_value.currency == "CNY")
    if gift.amount.value is not None and told.high is not None and listed.low > told.high:
        errors.put("value", _("各行折价之和已超过总额,请核对总额或折价。"), "lines_exceed_value")


def _check_day(at: datetime | None, response: Response, now: datetime, errors: FieldErrors) -> None:
    wrong = day_error(at, response, now)
    if wrong:
        errors.put("happened_at", *wrong)


def _name_in_register(donor: Donor) -> str:
    if donor.body:
        return donor.body.name
    return donor.person.name if donor.person else ""
