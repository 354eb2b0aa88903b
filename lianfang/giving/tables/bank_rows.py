"""What a row of a bank statement or of a payment app's bill says: one line, or why it is none."""

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from unicodedata import normalize

from django.utils.translation import gettext as _

from lianfang.engines.figures import LARGEST_YUAN
from lianfang.engines.intake.sources import Role
from lianfang.giving.models import LineDirection
from lianfang.giving.tables.cells import CellError, read_moment, says_nothing
from lianfang.giving.tables.gift_rows import RowFault, letters
from lianfang.giving.tables.sheets import Row, SheetColumns

_IN = re.compile(r"收|收入|入账|转入|存入|贷|贷方|进|c|cr|\+", re.IGNORECASE)
_OUT = re.compile(r"支|支出|付|付款|转出|支取|借|借方|出|d|dr|-", re.IGNORECASE)
_NEITHER = re.compile(r"/|不计收支|中性交易|其他|")
_NOT_DONE = re.compile(r"交易关闭|交易失败|失败|已关闭|已撤销|已冲正|已全额退款|对方已退还|等待.*|待.*")
_NUMBER = re.compile(r"[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d{1,2})?")
_TAIL = 4


@dataclass(frozen=True, slots=True)
class ReadLine:
    """A line as the statement tells it. `tail` is what is kept of the counterparty's account."""

    row: int
    sheet: str
    at: datetime
    direction: LineDirection
    value: Decimal
    counterparty: str
    tail: str
    memo: str
    reference: str
    fingerprint: str


@dataclass(frozen=True, slots=True)
class ReadStatement:
    """The lines of a statement, and the rows that are no lines with the reason of each."""

    lines: tuple[ReadLine, ...]
    faults: tuple[RowFault, ...]


def read_lines(
    rows: Sequence[Row],
    columns: Sequence[SheetColumns],
    *,
    account: str,
    started_on: date,
    now: datetime,
) -> ReadStatement:
    """All lines of a statement. `account` tells accounts apart in the fingerprints.

    A line is recognised by its serial number; where the statement gives none, by all it says, and by its
    place among the lines of the file that say the same.
    """
    lines: list[ReadLine] = []
    faults: list[RowFault] = []
    alike: Counter[str] = Counter()
    for row in rows:
        try:
            line, said = _read(row, columns[row.sheet], started_on, now)
        except _RowError as error:
            faults.append(_fault(row, columns[row.sheet], error))
            continue
        alike[said] += 1
        mark = said if line.reference else f"{said}\x1f{alike[said]}"
        fingerprint = hashlib.sha256(f"{account}\x1f{mark}".encode()).hexdigest()
        lines.append(_with_fingerprint(line, fingerprint))
    return ReadStatement(tuple(lines), tuple(faults))


def account_mark(name: str) -> str:
    """What of an account's name tells it from another: the last digits of its number, else the name."""
    digits = re.sub(r"\D", "", normalize("NFKC", name))
    return digits[-_TAIL:] if len(digits) >= _TAIL else "".join(name.split()).casefold()


class _RowError(Exception):
    def __init__(self, role: Role | None, message: str, code: str) -> None:
        super().__init__(message)
        self.role = role
        self.message = message
        self.code = code


def _read(row: Row, sheet: SheetColumns, started_on: date, now: datetime) -> tuple[ReadLine, str]:
    state = normalize("NFKC", row[Role.STATE])
    if _NOT_DONE.fullmatch(state):
        raise _RowError(Role.STATE, _("这笔交易没有完成:%(state)s。") % {"state": state}, "not_completed")
    direction, value = _moved(row, sheet)
    at = _moment(row, started_on, now)
    memo = ";".join(
        dict.fromkeys(
            row[role] for role in (Role.SUMMARY, Role.PURPOSE, Role.REMARK) if not says_nothing(row[role])
        )
    )
    reference = re.sub(r"\s", "", row[Role.SERIAL])[:80]
    line = ReadLine(
        row.number + 1,
        sheet.name,
        at,
        direction,
        value,
        "" if says_nothing(row[Role.COUNTERPARTY]) else row[Role.COUNTERPARTY][:200],
        _tail(row[Role.COUNTERPARTY_ACCOUNT]),
        memo[:300],
        reference,
        "",
    )
    said = [reference, direction.value, f"{value:.2f}"]
    if not reference:
        said += [at.isoformat(), line.counterparty, line.tail, memo, row[Role.BALANCE]]
    return line, "\x1f".join(said)


def _moved(row: Row, sheet: SheetColumns) -> tuple[LineDirection, Decimal]:
    """Which way the money went, and how much."""
    for role, direction in ((Role.INCOME, LineDirection.IN), (Role.EXPENSE, LineDirection.OUT)):
        value = _number(row, role, sheet)
        if value:
            if value < 0:
                # A reversal stands in the same column with a minus sign.
                direction = LineDirection.OUT if direction == LineDirection.IN else LineDirection.IN
            return direction, abs(value)
    value = _number(row, Role.AMOUNT, sheet)
    if not value:
        raise _RowError(Role.AMOUNT, _("没有金额。"), "no_value")
    told = normalize("NFKC", row[Role.DIRECTION]).strip()
    if told and _IN.match(told):
        return LineDirection.IN, abs(value)
    if told and _OUT.match(told):
        return LineDirection.OUT, abs(value)
    if _NEITHER.fullmatch(told) and sheet.has(Role.DIRECTION):
        raise _RowError(Role.DIRECTION, _("不计收支的交易。"), "neither_way")
    return (LineDirection.IN if value > 0 else LineDirection.OUT), abs(value)


def _number(row: Row, role: Role, sheet: SheetColumns) -> Decimal | None:
    text = normalize("NFKC", row[role]).replace("¥", "").replace("元", "").replace(" ", "").strip()
    if not text or says_nothing(text):
        return None
    if not _NUMBER.fullmatch(text):
        raise _RowError(role, _("「%(text)s」不是金额。") % {"text": text[:40]}, "not_a_number")
    column = sheet.column(role)
    value = Decimal(text.replace(",", "")) * (column.factor if column else 1)
    if abs(value) > LARGEST_YUAN:
        raise _RowError(role, _("金额超出可能的范围。"), "too_large")
    return value


def _moment(row: Row, started_on: date, now: datetime) -> datetime:
    text = row[Role.DATE]
    if says_nothing(text):
        raise _RowError(Role.DATE, _("没有日期。"), "no_day")
    try:
        at = read_moment(text, started_on, row[Role.TIME])
    except CellError as error:
        raise _RowError(Role.DATE, error.message, error.code) from error
    if at > now:
        raise _RowError(Role.DATE, _("日期在将来。"), "in_future")
    return at


def _tail(account: str) -> str:
    """The last four signs of an account: enough to tell payers apart, useless to anybody else."""
    bare = "".join(sign for sign in account if sign.isalnum())
    return bare[-_TAIL:] if len(bare) > _TAIL else bare


def _with_fingerprint(line: ReadLine, fingerprint: str) -> ReadLine:
    return ReadLine(
        line.row,
        line.sheet,
        line.at,
        line.direction,
        line.value,
        line.counterparty,
        line.tail,
        line.memo,
        line.reference,
        fingerprint,
    )


def _fault(row: Row, sheet: SheetColumns, error: _RowError) -> RowFault:
    column = sheet.column(error.role) if error.role else None
    place = f"{letters(column.index)} {column.title}".strip() if column else ""
    # Account numbers are not kept, so of a faulty row only the cell at fault is.
    value = row[error.role][:60] if error.role else ""
    return RowFault(sheet.name, row.number + 1, place, value, error.message, error.code)
