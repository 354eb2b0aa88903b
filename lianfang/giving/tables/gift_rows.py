"""What a row of a list of gifts says: its gifts, or why it cannot be booked."""

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from decimal import Decimal
from functools import lru_cache
from typing import Any
from unicodedata import normalize

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from lianfang.book.models import Response
from lianfang.book.rights import Scope
from lianfang.engines.figures import UNKNOWN, Amount
from lianfang.engines.intake.claim import DonorKind as ReadKind
from lianfang.engines.intake.names import kind_of_name
from lianfang.engines.intake.sources import Role
from lianfang.giving.gifts import (
    Donor,
    FieldErrors,
    Gift,
    GoodsLine,
    errors_of,
    gift_columns,
    line_columns,
)
from lianfang.giving.models import (
    Channel,
    Donation,
    DonationLine,
    DonationState,
    DonorKind,
    DonorNaming,
    GiftKind,
    Intent,
)
from lianfang.giving.tables.articles import articles_in
from lianfang.giving.tables.cells import (
    CellError,
    read_day,
    read_moment,
    read_money,
    read_quantity,
    refuse_markup,
    says_nothing,
)
from lianfang.giving.tables.directory import Directory
from lianfang.giving.tables.sheets import Row, SheetColumns
from lianfang.people.models import Body, BodyKind

_NOBODY = re.compile(
    r"(匿名|无名氏|佚名|不具名|未具名|无名|好心人|(爱心|热心)(人士|市民|群众|网友|村民|居民)"
    r"|不愿(意)?(透露|留|具|公开)(姓?名).*|匿名.{0,6})"
)
_WITHHELD = re.compile(r"是|匿名|对外匿名|不公开|保密|y|yes|true|√|✓")
_NOT_WITHHELD = re.compile(r"否|公开|实名|n|no|false")
_POOLED = re.compile(r"(非定向|不定向|非指定|不指定|统筹|由.*统筹|无定向|未指定)(.*)")
_DIRECTED = re.compile(r"(定向|指定)(捐赠|捐款|捐给|用于|给|至|到|捐|[::])*(?P<what>.*)")
_MONEY_AS_ITEM = re.compile(r"(现金|人民币|资金|捐款|善款|货币资金|款)")
_MONEY_TITLE = re.compile(r"捐款|现金|资金|善款|款项|人民币")
_PLEDGED = re.compile(r"认捐|未到账?|待到账|承诺|拟捐.*")
_CHANNELS = (
    (re.compile(r"微信.*"), Channel.WECHAT),
    (re.compile(r"支付宝.*"), Channel.ALIPAY),
    (re.compile(r"(银行|对公|转账|汇款|网银|银行卡).*"), Channel.BANK),
    (re.compile(r"现金.*"), Channel.CASH),
    (re.compile(r"(送货|实物|自送|快递|物流).*"), Channel.DELIVERY),
)
_CURRENCIES = {
    "人民币": "",
    "rmb": "",
    "cny": "",
    "人民币元": "",
    "元": "",
    "美元": "USD",
    "港币": "HKD",
    "港元": "HKD",
    "欧元": "EUR",
    "日元": "JPY",
    "英镑": "GBP",
    "澳元": "AUD",
}
_KIND_OF_BODY = {BodyKind.CHAMBER: DonorKind.CHAMBER, BodyKind.ENTERPRISE: DonorKind.ENTERPRISE}
# In which column a person looks for what is wrong.
_ROLE_OF_FIELD = {
    "donor_name": Role.DONOR,
    "donor_kind": Role.DONOR,
    "naming": Role.NAMING,
    "value": Role.AMOUNT,
    "bound": Role.AMOUNT,
    "currency": Role.CURRENCY,
    "currency_value": Role.AMOUNT,
    "via_name": Role.VIA,
    "recipient": Role.RECIPIENT,
    "recipient_name": Role.RECIPIENT,
    "purpose": Role.PURPOSE,
    "happened_at": Role.DATE,
    "remark": Role.REMARK,
    "item": Role.ITEM,
    "specification": Role.SPECIFICATION,
    "quantity": Role.QUANTITY,
    "unit": Role.UNIT,
    "stated_value": Role.VALUE,
    "value_basis": Role.VALUE_BASIS,
    "expires_on": Role.EXPIRY,
}


@dataclass(frozen=True, slots=True)
class RowFault:
    """Why a row cannot be booked. `row` counts from 1 as in the table itself; `column` is like "D 金额"."""

    sheet: str
    row: int
    column: str
    value: str
    message: str
    code: str

    def as_json(self) -> list[Any]:
        return [self.sheet, self.row, self.column, self.value, self.message, self.code]


@dataclass(frozen=True, slots=True)
class ReadRow:
    """A row with its gifts, each in the state in which it is to be booked; or with its faults."""

    row: Row
    gifts: tuple[tuple[Gift, DonationState], ...] = ()
    faults: tuple[RowFault, ...] = ()


@dataclass(frozen=True, slots=True)
class RowReader:
    """Reads rows of gifts. `recipient`, `via` and `booked_as` hold for rows that say nothing of them.

    `may_book` says whether the officer may book a gift that stands there.
    """

    response: Response
    columns: Sequence[SheetColumns]
    directory: Directory
    now: datetime
    may_book: Callable[[Scope], bool]
    recipient: Body | None = None
    via: Body | None = None
    booked_as: DonationState = DonationState.RECEIVED

    def read(self, row: Row) -> ReadRow:
        """What the row says, judged by all that holds for a gift."""
        reading = self._parsed(row)
        if not reading.wrong:
            for gift, _state in reading.found:
                self._judge(gift, reading)
        return reading.result()

    def parse(self, row: Row) -> ReadRow:
        """As `read`, for a row that is to be booked at once: the booking judges it."""
        return self._parsed(row).result()

    def faults_of(self, row: Row, errors: Iterable[tuple[str, str, str]]) -> list[RowFault]:
        """The faults of a row that the booking refused: field, sentence and code of each."""
        reading = _Reading(self, row)
        for at, message, code in errors:
            reading.note(_role_of(at), message, code)
        return list(reading.faults())

    def fault(self, row: Row, role: Role | None, message: str, code: str) -> RowFault:
        """A fault at the column that holds `role`, or at the row."""
        sheet = self.columns[row.sheet]
        column = sheet.column(role) if role else None
        place = f"{letters(column.index)} {column.title}".strip() if column else ""
        return RowFault(sheet.name, row.number + 1, place, row[role][:60] if role else "", str(message), code)

    def _parsed(self, row: Row) -> "_Reading":
        reading = _Reading(self, row)
        reading.found = reading.gifts()
        if not all(self.may_book(_scope(gift)) for gift, _state in reading.found):
            reading.note(Role.RECIPIENT, _("您没有在这个接收单位(经手单位)登记捐赠的权限。"), "not_allowed")
        return reading

    def _judge(self, gift: Gift, reading: "_Reading") -> None:
        errors = errors_of(gift, self.response, self.now)
        _clean(Donation(**gift_columns(gift)), errors)
        for line in gift.lines:
            _clean(DonationLine(**line_columns(line)), errors)
        for at, found in errors.by_field.items():
            for error in found:
                reading.note(_role_of(at), " ".join(error.messages), error.code or "invalid")


def names_in(rows: Iterable[Row]) -> set[str]:
    """The names in these rows that the register may know."""
    names: set[str] = set()
    for row in rows:
        names |= {row[Role.DONOR], row[Role.RECIPIENT], row[Role.VIA]}
        if directed := _DIRECTED.fullmatch(row[Role.PURPOSE]):
            names.add(directed["what"].strip())
    return names - {""}


def letters(index: int) -> str:
    """The letters of a column as table programs show them: 0 is A, 26 is AA."""
    found, rest = "", index + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        found = chr(ord("A") + digit) + found
    return found


@lru_cache(maxsize=20_000)
def kind_of_donor(name: str) -> str:
    """What sort of giver a name in a list is; several names in one cell are a group."""
    if re.search(r".[、,,/].|.[和及]..", name) and not re.search(r"公司|商会|协会", name):
        return DonorKind.GROUP
    otherwise = ReadKind.PERSON if len(name) <= 4 else ReadKind.ENTERPRISE
    return DonorKind(kind_of_name(name, otherwise)[0].value)


@dataclass(slots=True)
class _Reading:
    """One row being read; what is wrong is gathered, so that all of it is said at once."""

    reader: RowReader
    row: Row
    wrong: list[tuple[Role | None, str, str]] = field(default_factory=list)
    found: list[tuple[Gift, DonationState]] = field(default_factory=list)

    def result(self) -> ReadRow:
        if self.wrong:
            return ReadRow(self.row, faults=tuple(self.faults()))
        return ReadRow(self.row, tuple(self.found))

    def note(self, role: Role | None, message: str, code: str) -> None:
        if not any(known[0] is role and known[2] == code for known in self.wrong):
            self.wrong.append((role, message, code))

    def faults(self) -> Iterator[RowFault]:
        for role, message, code in self.wrong:
            yield self.reader.fault(self.row, role, message, code)

    def gifts(self) -> list[tuple[Gift, DonationState]]:
        """The gifts of the row: of money, of goods, or one of each."""
        amount, foreign = self._money()
        lines = self._lines()
        shared = self._shared()
        if lines and self._amount_is_value():
            lines = self._with_value(lines, amount)
            amount = None
        state = self._state()
        found = []
        if amount is not None or foreign is not None:
            cash = replace(shared, kind=GiftKind.CASH, amount=amount or UNKNOWN, foreign=foreign)
            found.append((cash, state))
        if lines:
            found.append((replace(shared, kind=GiftKind.GOODS, lines=tuple(lines)), state))
        if not found and not self.wrong:
            role = Role.AMOUNT if self._sheet.has(Role.AMOUNT) else Role.ITEM
            self.note(role, _("没有金额,也没有物资。"), "nothing_given")
        return found

    @property
    def _sheet(self) -> SheetColumns:
        return self.reader.columns[self.row.sheet]

    def _text(self, role: Role) -> str:
        text = self.row[role]
        return "" if says_nothing(text) else text

    def _money(self) -> tuple[Amount | None, tuple[str, Decimal | None] | None]:
        text = self._text(Role.AMOUNT)
        item_is_money = _MONEY_AS_ITEM.fullmatch(self._text(Role.ITEM))
        role = Role.AMOUNT
        if not text and item_is_money:
            role = Role.VALUE if self._text(Role.VALUE) else Role.QUANTITY
            text = self._text(role)
        if not text:
            return None, None
        amount = self._amount(role, text)
        if amount is None:
            return None, None
        if amount.value is not None and not amount.value:
            # Zero beside goods is an empty cell; by itself it is a slip.
            if not self._text(Role.ITEM):
                self.note(role, _("金额应大于 0。"), "min_value")
            return None, None
        currency = self._currency() or ("" if amount.currency == "CNY" else amount.currency)
        return (None, (currency, amount.value)) if currency else (amount, None)

    def _amount(self, role: Role, text: str) -> Amount | None:
        column = self._sheet.column(role)
        try:
            return read_money(text, column.factor if column else 1)
        except CellError as error:
            self.note(role, error.message, error.code)
            return None

    def _currency(self) -> str:
        text = normalize("NFKC", self._text(Role.CURRENCY)).strip()
        if not text or text.casefold() in _CURRENCIES:
            return _CURRENCIES.get(text.casefold(), "")
        return text.upper()

    def _amount_is_value(self) -> bool:
        """A bare 金额 beside an article and its quantity is what the article is worth."""
        column = self._sheet.column(Role.AMOUNT)
        return bool(
            column
            and not self._sheet.has(Role.VALUE)
            and self._sheet.has(Role.QUANTITY)
            and not _MONEY_TITLE.search(column.title)
        )

    def _with_value(self, lines: list[GoodsLine], amount: Amount | None) -> list[GoodsLine]:
        if amount is None or len(lines) != 1:
            return lines
        return [replace(lines[0], stated_value=amount)]

    def _lines(self) -> list[GoodsLine]:
        item = self._text(Role.ITEM)
        if not item or _MONEY_AS_ITEM.fullmatch(item):
            return []
        self._plain_name(Role.ITEM, item)
        value = self._value()
        shared = {
            "specification": self._text(Role.SPECIFICATION),
            "value_basis": self._text(Role.VALUE_BASIS),
            "expires_on": self._expiry(),
        }
        if not self._text(Role.QUANTITY):
            articles = articles_in(item)
            if len(articles) > 1:
                return [
                    GoodsLine(a.item, quantity=a.quantity, quantity_bound=a.bound, unit=a.unit, **shared)
                    for a in articles
                ]
            if articles:
                only = articles[0]
                return [
                    GoodsLine(
                        only.item,
                        quantity=only.quantity,
                        quantity_bound=only.bound,
                        unit=only.unit,
                        stated_value=value,
                        **shared,
                    )
                ]
        quantity, bound, unit = self._quantity()
        return [
            GoodsLine(
                item,
                quantity=quantity,
                quantity_bound=bound,
                unit=self._text(Role.UNIT) or unit,
                stated_value=value,
                **shared,
            )
        ]

    def _quantity(self) -> tuple[Decimal | None, str | None, str]:
        text = self._text(Role.QUANTITY)
        if not text:
            return None, None, ""
        try:
            return read_quantity(text)
        except CellError as error:
            self.note(Role.QUANTITY, error.message, error.code)
            return None, None, ""

    def _value(self) -> Amount:
        text = self._text(Role.VALUE)
        amount = self._amount(Role.VALUE, text) if text else None
        return amount if amount is not None and amount.value else UNKNOWN

    def _expiry(self) -> Any:
        text = self._text(Role.EXPIRY)
        if not text:
            return None
        try:
            return read_day(text, self.reader.response.started_on)
        except CellError as error:
            self.note(Role.EXPIRY, error.message, error.code)
            return None

    def _shared(self) -> Gift:
        """What holds for all gifts of the row."""
        via, via_name, channel = self._way()
        recipient_name = self._text(Role.RECIPIENT)
        recipient = self.reader.directory.body(recipient_name) if recipient_name else self.reader.recipient
        self._plain_name(Role.RECIPIENT, recipient_name)
        intent, purpose, beneficiary = self._intent(recipient_name)
        return Gift(
            self._donor(),
            GiftKind.CASH,
            via=via,
            via_name=via_name,
            recipient=recipient,
            recipient_name=recipient_name,
            beneficiary=beneficiary,
            intent=intent,
            purpose=purpose,
            channel=channel,
            happened_at=self._moment(),
            remark=self._remark(),
        )

    def _donor(self) -> Donor:
        name = self._text(Role.DONOR)
        self._plain_name(Role.DONOR, name)
        asked = normalize("NFKC", self._text(Role.NAMING)).casefold()
        if not name or _NOBODY.fullmatch(name):
            if not name and not _WITHHELD.fullmatch(asked):
                self.note(Role.DONOR, _("没有捐赠人;不知姓名的请写「匿名」。"), "required")
            return Donor(name, DonorKind.PERSON, naming=DonorNaming.UNKNOWN)
        naming = DonorNaming.NAMED
        if _WITHHELD.fullmatch(asked):
            naming = DonorNaming.WITHHELD
        elif asked and not _NOT_WITHHELD.fullmatch(asked):
            self.note(Role.NAMING, _("请写「是」(对外匿名)或「否」。"), "not_yes_or_no")
        kind = kind_of_donor(name)
        body = self.reader.directory.body(name)
        if body and (kind == DonorKind.PERSON or body.kind in _KIND_OF_BODY):
            kind = _KIND_OF_BODY.get(BodyKind(body.kind), DonorKind.ORGANISATION)
        return Donor(name, kind, body=body, naming=naming)

    def _way(self) -> tuple[Body | None, str, str]:
        """The intermediary as a body or as written, and the channel; one column may hold either."""
        told = self._text(Role.VIA)
        for pattern, channel in _CHANNELS:
            if pattern.fullmatch(told):
                return self.reader.via, "", channel
        self._plain_name(Role.VIA, told)
        via = self.reader.directory.body(told) if told else self.reader.via
        return via, told, Channel.INTERMEDIARY if told or via else Channel.UNKNOWN

    def _intent(self, recipient_name: str) -> tuple[str, str, Body | None]:
        told = self._text(Role.PURPOSE)
        if _POOLED.fullmatch(told):
            return Intent.POOLED, "", None
        if directed := _DIRECTED.fullmatch(told):
            what = directed["what"].strip() or recipient_name
            return Intent.DIRECTED, what, self.reader.directory.body(what) if what else None
        return Intent.UNSTATED, told, None

    def _moment(self) -> datetime | None:
        text = self._text(Role.DATE)
        if not text:
            return None
        try:
            return read_moment(text, self.reader.response.started_on, self._text(Role.TIME))
        except CellError as error:
            self.note(Role.DATE, error.message, error.code)
            return None

    def _remark(self) -> str:
        number = self._text(Role.RECEIPT)
        parts = [_("票据号 %(number)s") % {"number": number} if number else "", self._text(Role.REMARK)]
        return ";".join(part for part in parts if part)

    def _state(self) -> DonationState:
        told = self._text(Role.STATE)
        return DonationState.PLEDGED if _PLEDGED.fullmatch(told) else self.reader.booked_as

    def _plain_name(self, role: Role, name: str) -> None:
        try:
            refuse_markup(name)
        except CellError as error:
            self.note(role, error.message, error.code)


def _role_of(at: str) -> Role | None:
    """The column of a field of a gift ("lines-0-quantity" is the quantity's)."""
    return _ROLE_OF_FIELD.get(at.rsplit("-", 1)[-1])


def _scope(gift: Gift) -> Scope:
    """Where the gift will stand, as `Donation.scope` says it."""
    recipient, via, donor = gift.recipient, gift.via, gift.donor.body
    return Scope.of(
        areas=[recipient.area_id if recipient else None, via.area_id if via else None],
        bodies=[body.pk if body else None for body in (recipient, via, donor)],
    )


def _clean(record: Donation | DonationLine, errors: FieldErrors) -> None:
    """The limits of the columns, without a query."""
    aside = {field.name for field in record._meta.concrete_fields if field.is_relation} | {"id"}
    try:
        record.full_clean(exclude=aside, validate_unique=False, validate_constraints=False)
    except ValidationError as error:
        errors.take(error)
