"""Which column of a table is what: lists of gifts, bank statements, bills of payment apps.

A guess with a reason for every column; a person confirms it, and `signature` lets the next file with the
same header be read without asking again.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass, replace
from enum import Enum
from itertools import pairwise

from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.sources.titles import CHINESE_NAMES, TITLES, Role

Rows = Sequence[Sequence[str]]


class Layout(Enum):
    """What kind of table it is."""

    GIFTS = "gifts"
    BANK_STATEMENT = "bank_statement"
    WECHAT_BILL = "wechat_bill"
    ALIPAY_BILL = "alipay_bill"
    UNKNOWN = "unknown"


@dataclass(frozen=True, slots=True)
class ColumnGuess:
    """One column. `certainty` is from 0 to 1; `factor` is what one stands for: 10000 under 金额（万元）."""

    index: int
    title: str
    role: Role
    certainty: float
    reason: str
    factor: int = 1


@dataclass(frozen=True, slots=True)
class ColumnMapping:
    """A table understood. Rows are counted from 0.

    `header_row` is None where the table has no header. `left_out` are the rows after it that are no entries:
    totals, rulers, the header again, notes at the end. `signature` is empty without a header.
    """

    layout: Layout
    header_row: int | None
    columns: tuple[ColumnGuess, ...]
    left_out: frozenset[int]
    signature: str

    def column(self, role: Role) -> int | None:
        """The index of the column with this role, None where there is none."""
        return next((guess.index for guess in self.columns if guess.role is role), None)

    def entries(self, rows: Rows) -> list[tuple[int, Sequence[str]]]:
        """The rows that are entries, each with its number in the table."""
        first = 0 if self.header_row is None else self.header_row + 1
        return [
            (number, row)
            for number, row in enumerate(rows)
            if number >= first and number not in self.left_out and any(cell.strip() for cell in row)
        ]


def guess_columns(rows: Rows) -> ColumnMapping:
    """The best guess for `rows`. Never fails: where nothing is recognised, all columns are `OTHER`."""
    header_row = _header_row(rows)
    header = list(rows[header_row]) if header_row is not None else []
    first = 0 if header_row is None else header_row + 1
    left_out = _left_out(rows, first, header)
    width = max((len(row) for row in rows), default=0)
    body = [row for number, row in enumerate(rows) if number >= first and number not in left_out]
    body = [row for row in body if any(cell.strip() for cell in row)][:_SAMPLE]
    columns = [
        _Column(index, _cell(header, index), [_cell(row, index) for row in body]) for index in range(width)
    ]
    guesses = _settled([_guess(column, columns) for column in columns])
    layout = _layout(header, guesses, rows[:first])
    return ColumnMapping(
        layout, header_row, tuple(guesses), frozenset(left_out), signature(header) if header else ""
    )


def signature(header: Sequence[str]) -> str:
    """A short mark of a header that stays the same over blanks, brackets, letter case and character width.

    The order of the columns counts, for a remembered mapping goes by position.
    """
    titles = [_bare(title) for title in header]
    while titles and not titles[-1]:
        titles.pop()
    import hashlib

    return hashlib.sha256("\x1f".join(titles).encode()).hexdigest()[:16]


_SAMPLE = 300
_HEADER_WITHIN = 40
"""Payment apps write up to 24 lines before the header."""

_BY_TITLE = {title: role for role, titles in TITLES.items() for title in titles}
_LONGEST_FIRST = sorted((title for title in _BY_TITLE if len(title) >= 2), key=len, reverse=True)
_NOT_INSIDE = frozenset(
    {"no", "no.", "其他", "说明", "时间", "单位", "名称", "企业", "公司", "资金", "物资", "方向", "标准"}
)
"""Titles that mean something else inside a longer one, as 单位 in 单位地址."""

_MONEY_ROLES = frozenset({Role.AMOUNT, Role.INCOME, Role.EXPENSE, Role.BALANCE, Role.VALUE})
_MONEY = expression(
    r"[-+]?[¥￥$]?\s*[-+]?(\d{1,3}(,\d{3})+|\d+)(\.\d+)?\s*(余|多)?\s*(百|千|万|亿)?(余|多)?(元|块|人民币)?(整|左右)?"
)
_DATE = expression(
    r"(\d{4}[-/.年]\d{1,2}[-/.月]\d{1,2}日?|\d{1,2}[月.-]\d{1,2}日?|20\d{6}|\d{1,2}/\d{1,2}/\d{4})"
    r"([ T]\d{1,2}:\d{2}(:\d{2})?)?"
)
_CLOCK = expression(r"\d{1,2}[:时]\d{2}([:分]\d{2}秒?)?分?")
_UNIT = expression(
    r"(个|只|箱|件|套|瓶|桶|公斤|千克|斤|吨|台|包|袋|副|双|盒|支|升|毫升|辆|床|顶|把|提|份|条|块|批|kg|KG)"
)
_BODY = expression(
    r"(公司|集团|厂|商会|协会|店|合作社|中心|学校|医院|局|委员会|村|社区|超市|酒店|党支部|联合会)([（(].*[)）])?$"
)
_BODY_OR_PERSON = expression(rf".*{_BODY.pattern}|[\u3400-\u9fff]{{2,4}}|[\u3400-\u9fff]+·[\u3400-\u9fff]+")
_PHONE = expression(r"1\d{10}|0\d{2,3}-?\d{7,8}")
_TOTAL = expression(r"(合计|总计|共计|小计|总合计|本页合计|累计|total)[:：]?", re.IGNORECASE)
_NOTE = expression(
    r"[-—=*_]{5,}|共\s*\d+\s*(笔|条)|(制表|填表|审核|经办|注|说明|备注|统计时间|导出时间)[人]?[:：].*"
)


@dataclass(frozen=True, slots=True)
class _Column:
    index: int
    title: str
    values: list[str]

    def share(self, pattern: re.Pattern[str]) -> float:
        """Share of the cells with content that the pattern covers whole."""
        present = [unicodedata.normalize("NFKC", value).strip() for value in self.values if value.strip()]
        if not present:
            return 0
        return sum(pattern.fullmatch(value) is not None for value in present) / len(present)

    def share_found(self, pattern: re.Pattern[str]) -> float:
        present = [value.strip() for value in self.values if value.strip()]
        return sum(pattern.search(value) is not None for value in present) / len(present) if present else 0


def _header_row(rows: Rows) -> int | None:
    """The row in which most cells are known titles; at least two, and at least half of its texts."""
    best, best_known = None, 1
    for number, row in enumerate(rows[:_HEADER_WITHIN]):
        cells = [cell for cell in row if cell.strip()]
        known = len({role for cell in cells if (role := _role_of_title(cell)[0]) is not Role.OTHER})
        figures = sum(_MONEY.fullmatch(cell.strip()) is not None for cell in cells)
        if known > best_known and known * 2 >= len(cells) and figures == 0:
            best, best_known = number, known
    return best


def _role_of_title(title: str) -> tuple[Role, float, str]:
    """Role, certainty and the known title that was found in it."""
    bare = _bare(title)
    if not bare or len(bare) > 20:
        return Role.OTHER, 0, ""
    without_unit = re.sub(r"(万元|人民币元|元|¥)$", "", bare) or bare
    for candidate in (bare, without_unit):
        if candidate in _BY_TITLE:
            return _BY_TITLE[candidate], 1.0, candidate
    for known in _LONGEST_FIRST:
        if known in bare and known not in _NOT_INSIDE:
            return _BY_TITLE[known], 0.75, known
    return Role.OTHER, 0, ""


def _bare(title: str) -> str:
    """The title without blanks, brackets and punctuation; what stands in brackets stays."""
    folded = unicodedata.normalize("NFKC", title).casefold()
    return "".join(
        sign for sign in folded if not sign.isspace() and sign not in "()[]{}/\\:、,-_*“”\"'《》〔〕【】·|+&"
    )


def _guess(column: _Column, columns: list[_Column]) -> ColumnGuess:
    role, certainty, known = _role_of_title(column.title)
    if role is Role.UNIT and known == "单位":
        role = _body_or_measure(column, columns)
    if role is Role.OTHER:
        return _guess_by_content(column)
    reason = (
        f"列名“{column.title.strip()}”就是{CHINESE_NAMES[role]}" if certainty == 1 else f"列名含“{known}”"
    )
    guess = ColumnGuess(
        column.index, column.title.strip(), role, certainty, reason, _factor(column.title, role)
    )
    return _weighed_by_content(guess, column)


def _body_or_measure(column: _Column, columns: list[_Column]) -> Role:
    """The bare title 单位 means a body in a list of givers and a measure beside a quantity."""
    if column.share(_UNIT) >= 0.5:
        return Role.UNIT
    if column.share_found(_BODY) >= 0.3:
        return Role.DONOR
    has_quantity = any(_role_of_title(other.title)[0] is Role.QUANTITY for other in columns)
    return Role.UNIT if has_quantity else Role.DONOR


def _factor(title: str, role: Role) -> int:
    return 10_000 if role in _MONEY_ROLES and "万元" in _bare(title) else 1


def _weighed_by_content(guess: ColumnGuess, column: _Column) -> ColumnGuess:
    """Lower certainty where the cells do not hold what the title says; a 时间 may be the hour alone."""
    if guess.role is Role.DATE and column.share(_CLOCK) >= 0.5:
        return replace(guess, role=Role.TIME, reason=f"列名“{guess.title}”，内容是时刻")
    pattern = _MONEY if guess.role in _MONEY_ROLES else _DATE if guess.role is Role.DATE else None
    if pattern is None or not any(value.strip() for value in column.values):
        return guess
    share = column.share(pattern)
    if share >= 0.5:
        return replace(guess, reason=f"{guess.reason}，内容也相符")
    what = "日期" if pattern is _DATE else "数字"
    return replace(
        guess, certainty=guess.certainty * 0.6, reason=f"{guess.reason}，但只有 {share:.0%} 的内容是{what}"
    )


def _guess_by_content(column: _Column) -> ColumnGuess:
    title = column.title.strip()
    for role, share, certainty, what in (
        (Role.DATE, column.share(_DATE), 0.6, "内容是日期"),
        (Role.PHONE, column.share(_PHONE), 0.6, "内容是电话号码"),
        (Role.NUMBER, _share_of_running_numbers(column), 0.6, "内容是连续的序号"),
        (Role.UNIT, column.share(_UNIT), 0.5, "内容是计量单位"),
        (Role.AMOUNT, column.share(_MONEY), 0.45, "内容是数字"),
        (Role.DONOR, column.share(_BODY_OR_PERSON), 0.4, "内容像单位名称或人名"),
    ):
        if share >= 0.7 and not (title and role in {Role.DONOR, Role.AMOUNT}):
            return ColumnGuess(column.index, title, role, certainty, f"没有认出列名，{what}")
    return ColumnGuess(column.index, title, Role.OTHER, 0, "没有认出列名和内容")


def _share_of_running_numbers(column: _Column) -> float:
    numbers = [int(value.strip()) for value in column.values if value.strip().isdecimal() and len(value) < 7]
    if len(numbers) < 3 or len(numbers) < len(column.values) * 0.7:
        return 0
    return sum(later == earlier + 1 for earlier, later in pairwise(numbers)) / (len(numbers) - 1)


def _settled(guesses: list[ColumnGuess]) -> list[ColumnGuess]:
    """Each role to one column: the most certain, of equal ones the first."""
    best: dict[Role, ColumnGuess] = {}
    for guess in guesses:
        if guess.role not in best or guess.certainty > best[guess.role].certainty:
            best[guess.role] = guess
    return [
        guess
        if guess.role is Role.OTHER or best[guess.role] is guess
        else replace(
            guess,
            role=Role.OTHER,
            certainty=0,
            reason=f"{guess.reason}；但第 {best[guess.role].index + 1} 列更像{CHINESE_NAMES[guess.role]}",
        )
        for guess in guesses
    ]


def _layout(header: list[str], guesses: list[ColumnGuess], before: Rows) -> Layout:
    titles = {_bare(title) for title in header}
    preamble = "".join(cell for row in before for cell in row)
    roles = {guess.role for guess in guesses}
    if {"交易单号", "商户单号"} <= titles or "微信支付账单" in preamble:
        return Layout.WECHAT_BILL
    if "商家订单号" in titles or "支付宝" in preamble:
        return Layout.ALIPAY_BILL
    moves = roles & {Role.INCOME, Role.EXPENSE, Role.BALANCE, Role.DIRECTION, Role.SERIAL}
    if moves and roles & {Role.COUNTERPARTY, Role.COUNTERPARTY_ACCOUNT, Role.SUMMARY, Role.BALANCE}:
        return Layout.BANK_STATEMENT
    if Role.DONOR in roles and roles & {Role.AMOUNT, Role.ITEM, Role.VALUE, Role.QUANTITY}:
        return Layout.GIFTS
    return Layout.UNKNOWN


def _left_out(rows: Rows, first: int, header: list[str]) -> set[int]:
    bare_header = [_bare(title) for title in header]
    found = set()
    for number in range(first, len(rows)):
        cells = [cell.strip() for cell in rows[number] if cell.strip()]
        if not cells:
            continue
        is_total = any(_TOTAL.fullmatch(cell.replace(" ", "")) for cell in cells[:2])
        is_note = len(cells) <= 2 and _NOTE.match(cells[0]) is not None
        is_header = bool(header) and [_bare(cell) for cell in rows[number]] == bare_header
        if is_total or is_note or is_header:
            found.add(number)
    return found


def _cell(row: Sequence[str], index: int) -> str:
    return row[index] if index < len(row) else ""
