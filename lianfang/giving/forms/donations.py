"""Forms of the ledger: a gift, the state that it reached, why it is corrected or taken back."""

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Any

from django import forms
from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.errors import Refused
from lianfang.book.rights import Right
from lianfang.desk.fields import AmountField, DayField
from lianfang.desk.forms import take_error
from lianfang.engines.figures import UNKNOWN, Amount, to_chinese
from lianfang.giving.gifts import Donor, Gift, GoodsLine, Reached
from lianfang.giving.models import (
    Channel,
    DonationState,
    DonorKind,
    DonorNaming,
    Evidence,
    GiftKind,
    Intent,
    ReceiptRoute,
)
from lianfang.people.forms.fields import AreaField, BodyField, OfficersForm, PersonField, text_field

# Where an error of the book stands in the form, when the form has no field of that name.
_STANDS_AT = {"bound": "value", "currency": "value", "currency_value": "value"}
DIRECT = "direct"


class GiftForm(OfficersForm):
    """A gift as it is told: the amount in the words of the source."""

    right = Right.BOOK_GIFTS

    donor_name = forms.CharField(
        label=_("捐赠人"),
        required=False,
        help_text=_("照原来的称呼写;不知姓名的留空,并在「公开方式」选「不知姓名」。"),
        widget=forms.TextInput(attrs={"autofocus": True}),
    )
    donor_kind = forms.ChoiceField(label=_("捐赠人类别"), choices=[("", _("(请选择)")), *DonorKind.choices])
    naming = forms.ChoiceField(label=_("公开方式"), choices=DonorNaming.choices, initial=DonorNaming.NAMED)
    donor_body = BodyField(label=_("名册中的单位"), required=False)
    donor_person = PersonField(label=_("名册中的个人"), required=False)
    donor_count = forms.IntegerField(
        label=_("捐赠人数"), required=False, help_text=_("一笔由多人合捐、来源说了人数时填写。")
    )
    kind = forms.ChoiceField(label=_("款物"), choices=GiftKind.choices, initial=GiftKind.CASH)
    value = AmountField(
        label=_("金额"),
        required=False,
        help_text=_("照原话写:144万余、近10万元、12000、2万美元。来源没有说的留空,不要估。捐物填折价。"),
    )
    via_name = text_field(_("经手单位"), 200, required=False, help_text=_("款物经谁转交,例如镇商会。"))
    via = BodyField(label=_("名册中的经手单位"), required=False)
    recipient_name = text_field(
        _("接收单位"), 200, required=False, help_text=_("谁收下入账。来源没有说的留空。")
    )
    recipient = BodyField(label=_("名册中的接收单位"), required=False)
    beneficiary = BodyField(label=_("最终使用单位"), required=False)
    area = AreaField(label=_("归入镇街"), required=False)
    intent = forms.ChoiceField(label=_("意向"), choices=Intent.choices, required=False)
    purpose = text_field(_("用途"), 200, required=False)
    happened_at = DayField(label=_("捐赠日期"), required=False, help_text=_("来源没有说的留空。"))
    channel = forms.ChoiceField(label=_("渠道"), choices=Channel.choices, required=False)
    route = forms.ChoiceField(
        label=_("接收途径"),
        choices=ReceiptRoute.choices,
        initial=ReceiptRoute.DIRECT,
        help_text=_("由别的接收单位转来的选「间接接收」,合计时不再相加。"),
    )
    receipt_wanted = forms.BooleanField(label=_("需要票据"), required=False, initial=True)
    remark = text_field(_("备注"), 300, required=False)

    def gift(self, lines: Sequence[GoodsLine], before: datetime | None = None) -> Gift:
        """The gift that is told. `before` is the moment known so far: its hour stays if the day does."""
        data = self.cleaned_data
        told: Amount = data["value"] or UNKNOWN
        foreign = None
        if told.currency != "CNY":
            told, foreign = UNKNOWN, (told.currency, told.value)
        remark = data["remark"]
        if told.upper is not None and not remark:
            # The book keeps the lower end ("at least"); the words of the source stay beside it.
            remark = str(_("原话:%(words)s") % {"words": to_chinese(told)})
        return Gift(
            donor=Donor(
                data["donor_name"],
                data["donor_kind"],
                data["donor_body"],
                data["donor_person"],
                data["naming"],
                data["donor_count"],
            ),
            kind=data["kind"],
            amount=told,
            lines=lines,
            foreign=foreign,
            remark=remark,
            happened_at=_moment(data["happened_at"], before),
            **{
                name: data[name]
                for name in (
                    "via",
                    "via_name",
                    "recipient",
                    "recipient_name",
                    "beneficiary",
                    "area",
                    "intent",
                    "purpose",
                    "route",
                    "channel",
                    "receipt_wanted",
                )
            },
        )


class NewGiftForm(GiftForm):
    """A gift that is booked for the first time: whether it has arrived, and how that is known."""

    state = forms.ChoiceField(
        label=_("状态"),
        choices=[
            (DonationState.RECEIVED, DonationState.RECEIVED.label),
            (DonationState.PLEDGED, DonationState.PLEDGED.label),
        ],
        initial=DonationState.RECEIVED,
        help_text=_("只有到账、接收的才算收到。"),
    )
    evidence = forms.ChoiceField(label=_("凭据"), choices=Evidence.choices, initial=Evidence.AS_TOLD)


class CorrectedGiftForm(GiftForm):
    """A gift that is told anew, and why."""

    reason = text_field(_("更正原因"), 300)


class LineForm(forms.Form):
    """One article. A row without any word is no row."""

    item = text_field(_("物资名称"), 200, required=False)
    specification = text_field(_("规格型号、标准"), 120, required=False)
    quantity = AmountField(label=_("数量"), required=False, help_text="")
    unit = text_field(_("计量单位"), 20, required=False)
    stated_value = AmountField(label=_("折价(元)"), required=False, help_text="")
    value_basis = text_field(_("价值依据"), 120, required=False)
    expires_on = DayField(label=_("有效期至"), required=False)

    def line(self) -> GoodsLine | None:
        data = self.cleaned_data
        if not any(data.values()):
            return None
        many: Amount | None = data["quantity"]
        return GoodsLine(
            item=data["item"],
            specification=data["specification"],
            quantity=many.value if many else None,
            quantity_bound=str(many.bound) if many and many.bound else None,
            unit=data["unit"],
            stated_value=data["stated_value"] or UNKNOWN,
            value_basis=data["value_basis"],
            expires_on=data["expires_on"],
        )


LineForms = forms.formset_factory(LineForm, extra=3, max_num=200, validate_max=True)


def lines_of(forms_of_lines: Any) -> tuple[list[GoodsLine], list[int]]:
    """The lines that were filled in, and the row of the form in which each stands."""
    rows, lines = [], []
    for row, form in enumerate(forms_of_lines):
        line = form.line()
        if line is not None:
            rows.append(row)
            lines.append(line)
    return lines, rows


def put_errors(
    form: GiftForm, line_forms: Any, rows: Sequence[int], error: ValidationError | Refused
) -> None:
    """Put what the book refuses at its field: of the gift, or of the line in its row."""
    if isinstance(error, Refused) or not hasattr(error, "error_dict"):
        take_error(form, error)
        return
    for at, errors in error.error_dict.items():
        if at.startswith("lines-"):
            _prefix, place, field = at.split("-", 2)
            line_form = line_forms[rows[int(place)]]
            line_form.add_error(field if field in line_form.fields else None, errors)
            continue
        field = _STANDS_AT.get(at, at)
        known = field in form.fields and field != NON_FIELD_ERRORS
        form.add_error(field if known else None, errors)


def initial_of(gift: Gift) -> dict[str, Any]:
    """What a form shows of a gift that stands in the book."""
    amount = gift.amount
    if gift.foreign and amount.value is None and gift.foreign[1] is not None:
        amount = Amount(gift.foreign[1], currency=gift.foreign[0])
    donor = gift.donor
    return {
        "donor_name": donor.name,
        "donor_kind": donor.kind,
        "naming": donor.naming,
        "donor_body": donor.body,
        "donor_person": donor.person,
        "donor_count": donor.count,
        "kind": gift.kind,
        "value": amount,
        "via_name": gift.via_name,
        "via": gift.via,
        "recipient_name": gift.recipient_name,
        "recipient": gift.recipient,
        "beneficiary": gift.beneficiary,
        "area": gift.area,
        "intent": gift.intent,
        "purpose": gift.purpose,
        "happened_at": timezone.localdate(gift.happened_at) if gift.happened_at else None,
        "channel": gift.channel,
        "route": gift.route,
        "receipt_wanted": gift.receipt_wanted,
        "remark": gift.remark,
    }


def initial_of_line(line: GoodsLine) -> dict[str, Any]:
    many = None
    if line.quantity is not None:
        many = f"{line.quantity.normalize():f}"
        many = {"over": f"{many}余", "nearly": f"近{many}", "about": f"约{many}"}.get(
            str(line.quantity_bound), many
        )
    return {
        "item": line.item,
        "specification": line.specification,
        "quantity": many,
        "unit": line.unit,
        "stated_value": line.stated_value if line.stated_value.value is not None else None,
        "value_basis": line.value_basis,
        "expires_on": line.expires_on,
    }


class StepForm(OfficersForm):
    """The state that a gift reached. Straight delivery is two states with an evidence each."""

    state = forms.ChoiceField(label=_("到了哪一步"))
    happened_at = DayField(label=_("日期"), required=False, help_text=_("不清楚的留空。"))
    evidence = forms.ChoiceField(label=_("凭据"), choices=Evidence.choices, initial=Evidence.COUNTED)
    handed_over_evidence = forms.ChoiceField(
        label=_("交付凭据"),
        choices=[("", "—"), *Evidence.choices],
        required=False,
        help_text=_("直接送到使用单位的,接收与交付各有一份凭据。"),
    )
    person_name = text_field(_("经办人"), 80, required=False)
    to_body = BodyField(label=_("去向单位"), required=False)
    remark = text_field(_("备注"), 300, required=False)

    def __init__(self, officer: Any, states: Sequence[DonationState], *args: Any, **options: Any) -> None:
        super().__init__(officer, *args, **options)
        choices: list[tuple[str, Any]] = [(state.value, state.label) for state in states]
        if DonationState.RECEIVED in states:
            choices.append((DIRECT, _("接收并直接交付使用单位")))
        self.fields["state"].choices = choices  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("state") == DIRECT and not data.get("handed_over_evidence"):
            self.add_error("handed_over_evidence", ValidationError(_("请选择交付的凭据。"), code="required"))
        return data

    def reached(self) -> list[Reached]:
        data = self.cleaned_data
        moment = _moment(data["happened_at"], None)
        common = (moment, data["evidence"], data["person_name"])
        if data["state"] != DIRECT:
            return [Reached(DonationState(data["state"]), *common, data["to_body"], data["remark"])]
        return [
            Reached(DonationState.RECEIVED, *common, None, data["remark"]),
            Reached(
                DonationState.HANDED_OVER,
                moment,
                data["handed_over_evidence"],
                data["person_name"],
                data["to_body"],
            ),
        ]


class ReasonForm(forms.Form):
    """Why something is taken back."""

    reason = text_field(_("原因"), 300)


class ReceiptForm(OfficersForm):
    """A receipt for a gift: from whose book, under which number."""

    issuer: Any = forms.ModelChoiceField(label=_("开具单位"), queryset=None, empty_label=None)
    form_code = text_field(_("票据代码"), 20, required=False)
    number = text_field(_("票据号码"), 20)
    issued_on = DayField(label=_("开具日期"))
    payer = text_field(_("交款人"), 200, required=False, help_text=_("留空即为捐赠人。"))


class CoverageForm(OfficersForm):
    """With which gifts of the book a stated figure is compared."""

    covers_donor_kind = forms.ChoiceField(
        label=_("对照的捐赠人类别"), choices=[("", _("不限")), *DonorKind.choices], required=False
    )
    covers_body = BodyField(
        label=_("对照的单位"), required=False, help_text=_("只对照它的会员的、经它转交的和它自己的捐赠。")
    )
    reason = text_field(_("更正原因"), 300)


def _moment(day: date | None, before: datetime | None) -> datetime | None:
    if day is None:
        return None
    if before is not None and timezone.localdate(before) == day:
        return before
    return timezone.make_aware(datetime.combine(day, time.min))
