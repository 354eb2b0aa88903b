"""Forms of the bank statements: the file and its account; a new gift out of a line."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.book.rights import Right
from lianfang.desk.fields import PickField
from lianfang.engines.intake.sources import Role
from lianfang.giving.models import AccountKind
from lianfang.people.models import Officer
from lianfang.people.queries import visible_bodies

BANK_ROLES = (
    Role.DATE,
    Role.TIME,
    Role.INCOME,
    Role.EXPENSE,
    Role.AMOUNT,
    Role.DIRECTION,
    Role.COUNTERPARTY,
    Role.COUNTERPARTY_ACCOUNT,
    Role.SUMMARY,
    Role.PURPOSE,
    Role.REMARK,
    Role.SERIAL,
    Role.STATE,
    Role.BALANCE,
)


class StatementForm(forms.Form):
    """A statement of an account, and whose it is."""

    file = forms.FileField(
        label=_("对账单文件"),
        help_text=_("网上银行导出的 Excel 或 CSV;微信支付账单、支付宝账单也可以。对方账号只保留尾号。"),
        widget=forms.ClearableFileInput(attrs={"accept": ".xlsx,.xlsm,.xls,.csv,.txt"}),
    )
    body = PickField(None, known="body", label=_("账户单位"), help_text=_("这个账户是哪个单位的。"))
    account_kind = forms.ChoiceField(label=_("账户类别"), choices=AccountKind.choices)
    account_name = forms.CharField(
        label=_("账户"),
        max_length=80,
        help_text=_("例如「农行 尾号 6217」。同一账户每次写法一致,重叠的流水才能认出。"),
        widget=forms.TextInput(attrs={"list": "known-accounts"}),
    )

    def __init__(self, officer: Officer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        mine = visible_bodies(officer, Right.BOOK_GIFTS).filter(merged_into__isnull=True)
        self.fields["body"].queryset = mine.select_related("area")  # type: ignore[attr-defined]
        if officer.body:
            self.fields["body"].initial = officer.body


class LineGiftForm(forms.Form):
    """Who gave what a line shows, where the payer's name does not say it."""

    donor_name = forms.CharField(
        label=_("捐赠人"), max_length=200, required=False, help_text=_("留空即不知姓名。")
    )
    remark = forms.CharField(label=_("备注"), max_length=200, required=False)
