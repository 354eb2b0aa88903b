"""Forms of the imports: choosing a file, and saying which column is which."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.desk.fields import PickField
from lianfang.engines.intake.sources import Role
from lianfang.giving.actions.imports import SheetChoice
from lianfang.giving.models import DonationState
from lianfang.giving.queries.imports import SheetSeen, role_name
from lianfang.giving.tables.sheets import ChosenColumn
from lianfang.people.models import BodyKind, Officer
from lianfang.people.queries import bodies_for_choice

GIFT_ROLES = (
    Role.DONOR,
    Role.AMOUNT,
    Role.CURRENCY,
    Role.ITEM,
    Role.SPECIFICATION,
    Role.QUANTITY,
    Role.UNIT,
    Role.VALUE,
    Role.VALUE_BASIS,
    Role.EXPIRY,
    Role.DATE,
    Role.TIME,
    Role.RECIPIENT,
    Role.VIA,
    Role.PURPOSE,
    Role.NAMING,
    Role.STATE,
    Role.RECEIPT,
    Role.REMARK,
)
_MONEY = frozenset({Role.AMOUNT, Role.VALUE, Role.INCOME, Role.EXPENSE})


class ImportForm(forms.Form):
    """A table of gifts, and what holds for rows that say nothing of it."""

    file = forms.FileField(
        label=_("表格文件"),
        help_text=_("Excel(xlsx)或 CSV,列的次序不限;上传后先核对,确认才入账。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.csv,.txt,.docx"}),
    )
    recipient = PickField(
        None,
        known="body",
        label=_("接收单位"),
        required=False,
        help_text=_("表里没有写接收单位的行,记入这个单位。"),
    )
    via = PickField(
        None,
        known="body",
        label=_("经手单位"),
        required=False,
        help_text=_("由商会等收集后转交的,填商会。"),
    )
    booked_as = forms.ChoiceField(
        label=_("登记为"),
        choices=[
            (DonationState.RECEIVED, DonationState.RECEIVED.label),
            (DonationState.PLEDGED, DonationState.PLEDGED.label),
        ],
        initial=DonationState.RECEIVED,
    )

    def __init__(self, officer: Officer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("recipient", "via"):
            self.fields[name].queryset = bodies_for_choice()  # type: ignore[attr-defined]
        if officer.body and officer.body.kind == BodyKind.CHAMBER:
            self.fields["via"].initial = officer.body


class ColumnsForm(forms.Form):
    """Each column of each sheet by a select; the sheets that are taken by a tick."""

    def __init__(self, sheets: list[SheetSeen], roles: tuple[Role, ...], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sheets = sheets
        choices = [(Role.OTHER.value, _("(不用这一列)")), *((r.value, role_name(r)) for r in roles)]
        allowed = {role.value for role in roles}
        for seen in sheets:
            self.fields[f"sheet-{seen.number}"] = forms.BooleanField(
                label=seen.sheet.name, required=False, initial=seen.sheet.taken
            )
            for column in seen.columns:
                at = f"sheet-{seen.number}-column-{column.index}"
                label = _("%(letters)s 列 %(title)s") % {"letters": column.letters, "title": column.title}
                role = column.role.value if column.role.value in allowed else Role.OTHER.value
                self.fields[at] = forms.ChoiceField(label=label, choices=choices, initial=role)
                self.fields[f"{at}-factor"] = forms.ChoiceField(
                    label=_("%(letters)s 列的单位") % {"letters": column.letters},
                    choices=[("1", _("元")), ("10000", _("万元"))],
                    initial=str(column.factor),
                    required=False,
                )

    def rows(self) -> list[Any]:
        """Each sheet with its tick and, column by column, what was seen and its two selects."""
        return [
            (
                seen,
                self[f"sheet-{seen.number}"],
                [
                    (
                        column,
                        self[f"sheet-{seen.number}-column-{column.index}"],
                        self[f"sheet-{seen.number}-column-{column.index}-factor"],
                    )
                    for column in seen.columns
                ],
            )
            for seen in self.sheets
        ]

    def choices(self) -> list[SheetChoice]:
        """What was chosen, for the action."""
        data = self.cleaned_data
        return [
            SheetChoice(
                data[f"sheet-{seen.number}"],
                [
                    _chosen(data, f"sheet-{seen.number}-column-{column.index}", column.factor)
                    for column in seen.columns
                ],
            )
            for seen in self.sheets
        ]


def _chosen(data: dict[str, Any], at: str, guessed_factor: int) -> ChosenColumn:
    role = Role(data[at])
    factor = int(data[f"{at}-factor"] or guessed_factor) if role in _MONEY else 1
    return ChosenColumn(role, factor)
