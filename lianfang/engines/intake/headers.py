"""Headers of tables: what stands in which column, in any order and wording."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final, NamedTuple

from lianfang.engines.figures import FigureKind, find_figures
from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.normal import normal


class Column(Enum):
    """What a column of a table of gifts tells."""

    INDEX = "index"
    DONOR = "donor"
    MONEY = "money"
    ITEM = "item"
    QUANTITY = "quantity"
    UNIT = "unit"
    VALUE = "value"
    PURPOSE = "purpose"
    RECIPIENT = "recipient"
    COUNT = "count"
    GOODS_VALUE = "goods value"
    """What goods that are not named come to, beside a column of money (捐款金额, 物资折价)."""
    SUM = "sum"
    """What the other columns come to."""
    VIA = "via"
    OTHER = "other"


class Cell(NamedTuple):
    """One cell and where its text begins in the notice."""

    text: str
    start: int

    @property
    def end(self) -> int:
        return self.start + len(self.text)


@dataclass(frozen=True, slots=True)
class Header:
    """The columns of a table and the unit of its money column."""

    columns: tuple[Column, ...]
    yuan_per_unit: Decimal = Decimal(1)
    value_per_unit: Decimal = Decimal(1)
    of_many: bool = False
    """The donors are places or bodies that collected from many."""

    def per(self, unit: Decimal) -> "Header":
        """The header where a line above the table tells the unit of its figures (单位:万元)."""
        if unit == 1 or self.yuan_per_unit != 1 or self.value_per_unit != 1:
            return self
        return Header(self.columns, unit, unit, of_many=self.of_many)

    def folded(self) -> list["Header"]:
        """The single tables of one that is set side by side (姓名 金额 姓名 金额)."""
        width = len(self.columns)
        for times in (2, 3, 4):
            if width % times == 0 and self.columns == self.columns[: width // times] * times:
                return [
                    Header(self.columns[: width // times], self.yuan_per_unit, self.value_per_unit)
                ] * times
        return [self]


_ROLES: Final = (
    (
        Column.ITEM,
        expression(
            r"(?:物资|物品|品名|内容|名称|实物).{0,3}(?:及|、|和|与|/)?.{0,2}数量|数量及(?:物资|物品|"
            r"名称)|(?:物资|物品|实物)(?:及|和|与|、|\(|/)(?:折价|价值|折合|估值)"
        ),
    ),
    (
        Column.GOODS_VALUE,
        expression(r"^(?:捐赠)?(?:捐物|物资|物品|实物)(?:折价|折款|价值|折合)(?:金额|人民币)?(?:\(.*\))?$"),
    ),
    (Column.SUM, expression(r"^(?:合计|总计|共计|小计)(?:金额)?(?:\(.*\))?$")),
    (Column.ITEM, expression(r"^(?:捐赠|捐献|捐助)?(?:款物|钱物|财物)(?:名称|内容|明细)?$")),
    (Column.VALUE, expression(r"^金额[(/、及和或](?:折价|价值|折合|估值)")),
    (Column.INDEX, expression(r"^(?:序号|编号|序|No\.?|NO\.?|号|#|行号|排序|序列|次序)$")),
    (
        Column.OTHER,
        expression(
            r"所在单位|工作单位|职务|身份|界别|届别|籍贯|日期|时间|票据|票号|收据|发票|凭证|规格|型号|联系|电话|手机|身份证|地址|经办|经手|签名|"
            r"签字|审核|单价|状态|方式|类别|类型|批次|住址|楼栋|房号|性别|年龄|证书编号"
        ),
    ),
    (Column.VIA, expression(r"渠道|通过|接收人|代收|经由|募集单位|代办")),
    (
        Column.RECIPIENT,
        expression(
            r"接收单位|接受单位|受赠|受捐|受助|接收方|接受方|收受|受益|捐往|捐赠对象|捐赠去向|去向|流向|"
            r"投向|接收地|使用单位|分配|拨付单位|接[收受](?:部门|机构|对象|学校|医院)|收款(?:单位|方)|捐给|捐至|"
            r"定点|指定单位|捐向"
        ),
    ),
    (Column.VALUE, expression(r"价值|折价|折合|估值|估价|总价|作价|公允|折算|市值")),
    (Column.COUNT, expression(r"人数|户数|人次|笔数|家数")),
    (Column.QUANTITY, expression(r"数量|件数|总数")),
    (Column.UNIT, expression(r"^(?:计量单位|计量|量词|单位|物资单位)$")),
    (Column.PURPOSE, expression(r"捐赠项目|项目名称|^项目$|用途|意向|定向|备注|说明|意愿|要求")),
    (
        Column.DONOR,
        expression(
            r"委员姓名|捐(?:赠|款|助|献|资|物)?(?:单位|人|方|者|企业|个人|机构|主体|户|组织|来源|户主)|姓名|"
            r"爱心(?:企业|人士|单位)|企业名称|单位名称|单位或|单位及|单位\(|个人\(|名单|赠予人|善长|"
            r"户主|业主|来源单位|公司名称|昵称|群昵称|接龙人|付款(?:人|方|户名)|对方户名|汇款人|转账人|"
            r"打款人|来款|施主|缘主|芳名|善信|^(?:商会|企业|商协会|户名|单位|部门|村组|"
            r"班级)[/、及和或](?:企业|商会|个人|单位|部门|姓名)|^(?:商会|企业|商协会|部门|"
            r"班级)(?:名称)?$|捐赠名称|单位\/|名称及姓名|会员|部门|班级|院系|系部|科室|支部|村名|村组|"
            r"乡镇|镇街|街镇|镇村|村居|街道"
        ),
    ),
    (
        Column.MONEY,
        expression(
            r"金额|款额|数额|^捐款|^现金|人民币|捐款\(|资金|善款|^元$|^万元$|捐款数|捐赠款|筹款|配捐|募捐|募集|^捐赠\(|款项"
        ),
    ),
    (Column.ITEM, expression(r"物资|品名|物品|货物|实物|捐赠物|捐物|名称|内容|明细|款物|品种|品类|项目")),
)
_ANY_ROLE: Final = expression("|".join(pattern.pattern for _, pattern in _ROLES))
_BODY_UNIT: Final = expression(r"^单位$|^捐赠$|^单位名称$")


def read_header(cells: Sequence[str], *, of_one_line: bool = True) -> Header | None:
    """The columns that a header row names; None where the row is none.

    In a line of its own one label of nothing known does no harm; cells that stood on lines of their own
    (`of_one_line` false) must all be known, since nothing else tells where the header ends.
    """
    columns: list[Column] = []
    per_money = per_value = Decimal(1)
    filled = unknown = 0
    collected = False
    for raw in cells:
        cell = _without_spaces(raw)
        role = _role(cell) if len(cell) <= _LONGEST_LABEL else None
        if cell and role is None:
            unknown += 1
            if unknown > 1 or not of_one_line or len(cells) < _SURE_WITHOUT_ONE:
                return None
        filled += bool(cell)
        columns.append(role or Column.OTHER)
        collected = collected or _COLLECTED.search(cell) is not None
        if role in _OF_MONEY and "万" in cell:
            if role in (Column.MONEY, Column.SUM):
                per_money = Decimal(10000)
            else:
                per_value = Decimal(10000)
    if filled < 2:
        return None
    if Column.DONOR not in columns:
        for position, raw in enumerate(cells):
            if _BODY_UNIT.match(_without_spaces(raw)):
                columns[position] = Column.DONOR
                break
        else:
            for position, raw in enumerate(cells):
                if re.search(r"名称|单位", normal(raw)) and columns[position] in (Column.ITEM, Column.UNIT):
                    columns[position] = Column.DONOR
                    break
    if Column.DONOR not in columns:
        return None
    _settle_sums(columns)
    if not {Column.MONEY, Column.ITEM, Column.QUANTITY, Column.VALUE} & set(columns):
        return None
    if (
        Column.ITEM in columns
        and Column.MONEY in columns
        and Column.VALUE not in columns
        and Column.QUANTITY in columns
    ):
        columns[columns.index(Column.MONEY)] = Column.VALUE
        per_value = per_money
    elif Column.ITEM in columns and Column.MONEY in columns and Column.VALUE not in columns:
        label = _without_spaces(cells[columns.index(Column.MONEY)])
        if not re.search(r"捐款|现金|人民币|善款|资金", label):
            columns[columns.index(Column.MONEY)] = Column.VALUE
            per_value = per_money
    return Header(tuple(columns), per_money, per_value, of_many=collected)


_OF_MONEY: Final = frozenset((Column.MONEY, Column.VALUE, Column.GOODS_VALUE, Column.SUM))
_COLLECTED: Final = expression(r"筹款|募集|募捐|配捐")


def _settle_sums(columns: list[Column]) -> None:
    """What a column of sums and one of the worth of goods tell beside the others."""
    if Column.GOODS_VALUE in columns and (Column.ITEM in columns or Column.MONEY not in columns):
        columns[columns.index(Column.GOODS_VALUE)] = Column.VALUE
    if Column.SUM not in columns:
        return
    place = columns.index(Column.SUM)
    columns[place] = Column.OTHER
    if columns.count(Column.MONEY) > 1:
        columns[:] = [Column.OTHER if column is Column.MONEY else column for column in columns]
        columns[place] = Column.MONEY
    elif not {Column.MONEY, Column.VALUE, Column.GOODS_VALUE} & set(columns):
        columns[place] = Column.MONEY


def _without_spaces(cell: str) -> str:
    return "".join(normal(cell).split())


_LONGEST_LABEL: Final = 16
_SURE_WITHOUT_ONE: Final = 5
"""How many columns a header must have for one label of nothing known to do no harm."""


def is_spending_header(cells: Sequence[str]) -> bool:
    """Whether a row heads a table of what was paid out (使用单位 金额 用途), not of gifts."""
    if sum(map(len, cells)) > 60:
        return False
    words = normal("".join(cells))
    return (
        _PAID_OUT.search(words) is not None
        and re.search(r"金额|数量|元", words) is not None
        and re.search(r"捐赠(?:人|单位|者|方)|捐款人|姓名", words) is None
        and not re.search(r"\d", words)
    )


_PAID_OUT: Final = expression(r"使用单位|拨付|发放|受助|支出|资助对象|领取|收款单位")


def column_of(label: str) -> Column | None:
    """What a label (金额、捐赠单位 …) says that its values are; None for a label of nothing known."""
    return _role("".join(label.split()))


def _role(cell: str) -> Column | None:
    if _ANY_ROLE.search(cell) is None:
        return None
    for column, pattern in _ROLES:
        if pattern.search(cell):
            if column is Column.OTHER and "捐" in cell and "金额" in cell:
                continue
            return column
    return None


def guess_header(cells: Sequence[str]) -> Header | None:
    """Columns of a row without a header, by what the cells look like."""
    columns: list[Column] = []
    seen: set[Column] = set()
    for position, raw in enumerate(cells):
        cell = normal(raw).strip()
        column = Column.OTHER
        figures = [
            f
            for f in find_figures(cell)
            if f.kind in (FigureKind.MONEY, FigureKind.BARE, FigureKind.QUANTITY)
        ]
        whole = bool(figures) and figures[0].start == 0 and figures[0].end >= len(cell)
        if position == 0 and re.fullmatch(r"\d{1,4}[.、]?", cell):
            column = Column.INDEX
        elif whole and figures[0].kind is FigureKind.QUANTITY and Column.QUANTITY not in seen:
            column = Column.QUANTITY
        elif whole and Column.MONEY not in seen:
            column = Column.MONEY
        elif cell and not figures and Column.DONOR not in seen and re.search(r"[\u4e00-\u9fffA-Za-z]", cell):
            column = Column.DONOR
        elif (
            cell
            and Column.DONOR in seen
            and Column.ITEM not in seen
            and Column.MONEY not in seen
            and Column.QUANTITY not in seen
        ):
            column = Column.ITEM
        elif cell.startswith("定向"):
            column = Column.PURPOSE
        columns.append(column)
        seen.add(column)
    if Column.DONOR not in seen or not seen & {Column.MONEY, Column.QUANTITY, Column.ITEM}:
        return None
    if Column.QUANTITY in seen and Column.ITEM not in seen:
        return None
    if Column.ITEM in seen and Column.QUANTITY in seen and Column.MONEY in seen:
        columns[columns.index(Column.MONEY)] = Column.VALUE
    return Header(tuple(columns))
