"""Tables: rows whose columns are told by a header in any order, or guessed where there is none."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from typing import Final

from lianfang.engines.figures import Bound, FigureKind, find_figures
from lianfang.engines.intake.claim import Claim, DonorKind, Doubt, DoubtReason, GiftKind, Scope
from lianfang.engines.intake.draft import Draft, Party
from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.givers import Giver, read_givers
from lianfang.engines.intake.goods import read_articles
from lianfang.engines.intake.names import kind_of_name
from lianfang.engines.intake.normal import normal
from lianfang.engines.intake.sentence import read_sentence


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
    VIA = "via"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class TableContext:
    """What is known around a table: who takes everything in, and the unit of figures (1 or 10000 yuan)."""

    receiver: str | None = None
    yuan_per_unit: Decimal = Decimal(1)


@dataclass(frozen=True, slots=True)
class Cell:
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

    def per(self, unit: Decimal) -> "Header":
        """The header where a line above the table tells the unit of its figures (单位:万元)."""
        if unit == 1 or self.yuan_per_unit != 1 or self.value_per_unit != 1:
            return self
        return Header(self.columns, unit, unit)

    def folded(self) -> list["Header"]:
        """The single tables of one that is set side by side (姓名 金额 姓名 金额)."""
        width = len(self.columns)
        for times in (2, 3, 4):
            if width % times == 0 and self.columns == self.columns[: width // times] * times:
                return [
                    Header(self.columns[: width // times], self.yuan_per_unit, self.value_per_unit)
                ] * times
        return [self]


def read_table(rows: Sequence[Sequence[str]], context: TableContext | None = None) -> list[Claim]:
    """The claims of a table given as rows of cells, with or without a header row.

    Quotes and places are those of `table_text(rows)`: cells joined by tabs, rows by line ends.
    """
    known = context or TableContext()
    text = table_text(rows)
    drafts: list[Draft] = []
    header: Header | None = None
    receiver = Party(known.receiver) if known.receiver else None
    place = 0
    for row in rows:
        cells = []
        for value in row:
            cells.append(Cell(_flat(value), place))
            place += len(cells[-1].text) + 1
        if not row:
            place += 1
        found = read_header([cell.text for cell in cells])
        if found is not None:
            header = found
            continue
        if header is None:
            header_here = guess_header([cell.text for cell in cells])
            if header_here is None:
                continue
            drafts.extend(read_cells(cells, header_here, receiver, text) or [])
            continue
        drafts.extend(read_cells(cells, header, receiver, text) or [])
    return [draft.claim(text) for draft in drafts]


def table_text(rows: Sequence[Sequence[str]]) -> str:
    """The table as one text: what the places of `read_table` refer to."""
    return "\n".join("\t".join(_flat(value) for value in row) for row in rows)


def _flat(value: str) -> str:
    return value.replace("\t", " ").replace("\r", " ").replace("\n", " ")


_ROLES: Final = (
    (
        Column.ITEM,
        re.compile(
            r"(?:物资|物品|品名|内容|名称|实物).{0,3}(?:及|、|和|与|/)?.{0,2}数量|数量及(?:物资|物品|"
            r"名称)|(?:物资|物品|实物)(?:及|和|与|、|\(|/)(?:折价|价值|折合|估值)"
        ),
    ),
    (Column.ITEM, re.compile(r"^(?:捐赠|捐献|捐助)?(?:款物|钱物|财物)(?:名称|内容|明细)?$")),
    (Column.VALUE, re.compile(r"^金额[(/、及和或](?:折价|价值|折合|估值)")),
    (Column.INDEX, re.compile(r"^(?:序号|编号|序|No\.?|NO\.?|号|#|行号|排序|序列|次序)$")),
    (
        Column.OTHER,
        re.compile(
            r"日期|时间|票据|票号|收据|发票|凭证|规格|型号|联系|电话|手机|身份证|地址|经办|经手|签名|"
            r"签字|审核|单价|状态|方式|类别|类型|批次|住址|楼栋|房号|性别|年龄|人数|证书编号"
        ),
    ),
    (Column.VIA, re.compile(r"渠道|通过|接收人|代收|经由|募集单位|代办")),
    (
        Column.RECIPIENT,
        re.compile(
            r"接收单位|接受单位|受赠|受捐|受助|接收方|接受方|收受|受益|捐往|捐赠对象|捐赠去向|去向|流向|"
            r"投向|接收地|使用单位|分配|拨付单位|接[收受](?:部门|机构|对象|学校|医院)|收款(?:单位|方)|捐给|捐至|"
            r"定点|指定单位|捐向"
        ),
    ),
    (Column.VALUE, re.compile(r"价值|折价|折合|估值|估价|总价|作价|公允|折算|市值")),
    (Column.COUNT, re.compile(r"人数|户数|人次|笔数|家数")),
    (Column.QUANTITY, re.compile(r"数量|件数|总数")),
    (Column.UNIT, re.compile(r"^(?:计量单位|计量|量词|单位|物资单位)$")),
    (Column.PURPOSE, re.compile(r"捐赠项目|项目名称|^项目$|用途|意向|定向|备注|说明|意愿|要求")),
    (
        Column.DONOR,
        re.compile(
            r"捐(?:赠|款|助|献|资|物)?(?:单位|人|方|者|企业|个人|机构|主体|户|组织|来源|户主)|姓名|"
            r"爱心(?:企业|人士|单位)|企业名称|单位名称|单位或|单位及|单位\(|个人\(|名单|赠予人|善长|"
            r"户主|业主|来源单位|公司名称|昵称|群昵称|接龙人|付款(?:人|方|户名)|对方户名|汇款人|转账人|"
            r"打款人|来款|施主|缘主|芳名|善信|^(?:商会|企业|商协会|户名|单位|部门|村组|"
            r"班级)[/、及和或](?:企业|商会|个人|单位|部门|姓名)|^(?:商会|企业|商协会|部门|"
            r"班级)(?:名称)?$|捐赠名称|单位\/|名称及姓名|会员|部门|班级|院系|系部|科室|支部|村名|村组|"
            r"乡镇"
        ),
    ),
    (
        Column.MONEY,
        re.compile(
            r"金额|款额|数额|^捐款|^现金|人民币|捐款\(|资金|善款|^元$|^万元$|捐款数|捐赠款|^捐赠\(|款项"
        ),
    ),
    (Column.ITEM, re.compile(r"物资|品名|物品|货物|实物|捐赠物|捐物|名称|内容|明细|款物|品种|品类|项目")),
)
_BODY_UNIT: Final = expression(r"^单位$|^捐赠$|^单位名称$")


def read_header(cells: Sequence[str]) -> Header | None:
    """The columns that a header row names; None where the row is none."""
    columns: list[Column] = []
    per_money = per_value = Decimal(1)
    filled = 0
    for raw in cells:
        cell = re.sub(r"\s", "", normal(raw))
        role = _role(cell)
        if cell and (role is None or len(cell) > 16):
            return None
        filled += bool(cell)
        columns.append(role or Column.OTHER)
        if role in (Column.MONEY, Column.VALUE) and "万" in cell:
            if role is Column.MONEY:
                per_money = Decimal(10000)
            else:
                per_value = Decimal(10000)
    if filled < 2:
        return None
    if Column.DONOR not in columns:
        for position, raw in enumerate(cells):
            if _BODY_UNIT.match(re.sub(r"\s", "", normal(raw))):
                columns[position] = Column.DONOR
                break
        else:
            for position, raw in enumerate(cells):
                if re.search(r"名称|单位", normal(raw)) and columns[position] in (Column.ITEM, Column.UNIT):
                    columns[position] = Column.DONOR
                    break
    if Column.DONOR not in columns:
        return None
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
        label = re.sub(r"\s", "", normal(cells[columns.index(Column.MONEY)]))
        if not re.search(r"捐款|现金|人民币|善款|资金", label):
            columns[columns.index(Column.MONEY)] = Column.VALUE
            per_value = per_money
    return Header(tuple(columns), per_money, per_value)


def is_spending_header(cells: Sequence[str]) -> bool:
    """Whether a row heads a table of what was paid out (使用单位 金额 用途), not of gifts."""
    words = "".join(normal(cell) for cell in cells)
    return (
        len(words) <= 60
        and re.search(r"使用单位|拨付|发放|受助|支出|资助对象|领取|收款单位", words) is not None
        and re.search(r"金额|数量|元", words) is not None
        and re.search(r"捐赠(?:人|单位|者|方)|捐款人|姓名", words) is None
        and not re.search(r"\d", words)
    )


def column_of(label: str) -> Column | None:
    """What a label (金额、捐赠单位 …) says that its values are; None for a label of nothing known."""
    return _role(re.sub(r"\s", "", label))


def _role(cell: str) -> Column | None:
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


_INDEX: Final = expression(r"[(\[]?[A-Za-z]?[\d一二三四五六七八九十]{1,6}[)\].、]?")
_SUM_ROW: Final = expression(
    r"^(?:总?合\s*计|总\s*计|共\s*计|小\s*计|累\s*计|本页小计|本页合计|本期合计|总额|合计金额|捐款合计)"
)


def read_cells(
    cells: Sequence[Cell], header: Header, receiver: Party | None, text: str
) -> list[Draft] | None:
    """The records of one row; None where it tells no gift."""
    single = header.folded()
    if len(single) > 1 and cells:
        width = len(single[0].columns)
        found: list[Draft] = []
        for first in range(0, len(cells), width):
            found.extend(read_cells(cells[first : first + width], single[0], receiver, text) or [])
        return found or None
    by: dict[Column, Cell] = {}
    for column, cell in zip(header.columns, cells, strict=False):
        if cell.text.strip() and column not in by:
            by[column] = cell
    start, end = cells[0].start, cells[-1].end
    words = [cell for cell in cells if cell.text.strip()]
    if words and any(_SUM_ROW.match(normal(cell.text).strip()) for cell in words[:2]):
        return _sum_row(cells, header, by, receiver, start, end)
    donor_cell = by.get(Column.DONOR)
    index = by.get(Column.INDEX)
    if donor_cell is None or (index is not None and not _INDEX.fullmatch(normal(index.text).strip())):
        return None
    givers = _donors(donor_cell)
    if not givers:
        return None
    drafts = _row_drafts(givers[0], by, header, start, end)
    for draft in drafts:
        _set_parties(draft, by, receiver)
        if len(givers) > 1:
            draft.donor = donor_cell.text.strip()
            draft.scope = Scope.TOTAL
    del text
    return drafts or None


def _donors(cell: Cell) -> list[Giver]:
    words = normal(cell.text)
    sentence = read_sentence(words, cell.text, cell.start)
    found = read_givers(sentence, 0, len(words))
    result = []
    for giver in found:
        if giver.name is not None and (giver.guessed or giver.points_back):
            kind, guessed = kind_of_name(
                giver.name, DonorKind.PERSON if len(giver.name) <= 4 else DonorKind.ENTERPRISE
            )
            giver = Giver(giver.name, kind, giver.place, giver.count, guessed=guessed)
        result.append(giver)
    return result


def _row_drafts(giver: Giver, by: dict[Column, Cell], header: Header, start: int, end: int) -> list[Draft]:
    drafts: list[Draft] = []
    group = giver.kind is DonorKind.GROUP and giver.name is not None
    scope = Scope.TOTAL if group else Scope.GIFT

    def made(kind: GiftKind) -> Draft:
        record = Draft(giver.name, giver.kind, kind, scope, start, end, from_row=True)
        record.count = giver.count
        counted = by.get(Column.COUNT)
        if counted is not None and re.fullmatch(r"\d{1,6}[人户家]?", normal(counted.text).strip()):
            record.count = int(re.sub(r"\D", "", normal(counted.text)))
            if record.count > 1 and record.donor is not None:
                record.scope = Scope.TOTAL
        if giver.name is not None:
            donor = by[Column.DONOR]
            record.spans["donor"] = (donor.start + giver.place[0], donor.start + giver.place[1])
        if giver.guessed:
            record.doubts.append(Doubt("donor_kind", DoubtReason.GIVER_KIND_GUESSED))
        return record

    item = by.get(Column.ITEM)
    quantity = by.get(Column.QUANTITY)
    value = by.get(Column.VALUE)
    money = by.get(Column.MONEY)
    if item is not None and not _is_cash_item(item.text) and item.text.strip(" -—/无"):
        drafts.extend(_goods_drafts(made, item, quantity, by.get(Column.UNIT), value, header))
    elif quantity is not None and item is None and money is None:
        return []
    if money is None and item is None and quantity is None:
        money = value
    if money is None and item is not None and _is_cash_item(item.text):
        money = value or quantity
    if money is not None:
        figure = _money(money, header.yuan_per_unit)
        if figure is not None:
            if drafts and Column.VALUE not in header.columns and not _has_money_word(header):
                pass
            record = made(GiftKind.CASH)
            amount, bound, currency = figure
            if currency in ("CNY", ""):
                record.yuan, record.bound = amount, bound
            else:
                record.currency, record.amount = currency, amount
            record.spans["yuan"] = (money.start, money.end)
            drafts.append(record)
        else:
            drafts.extend(_free_drafts(made, money))
    return drafts


def _has_money_word(header: Header) -> bool:
    return Column.MONEY in header.columns


def _is_cash_item(text: str) -> bool:
    return re.fullmatch(r"\s*(?:现金|人民币|资金|捐款|善款|货币|货币资金|款)\s*", normal(text)) is not None


def _goods_drafts(
    made: Callable[[GiftKind], Draft],
    item: Cell,
    quantity: Cell | None,
    unit: Cell | None,
    value: Cell | None,
    header: Header,
) -> list[Draft]:
    words = normal(item.text)
    sentence = read_sentence(words, item.text, item.start)
    drafts: list[Draft] = []
    worth = _money(value, header.value_per_unit) if value is not None else None
    if sentence.figures and quantity is None:
        drafts = _free_drafts(made, item)
    if not drafts:
        record = made(GiftKind.GOODS)
        record.item = (
            "、".join(part for part in re.split(r"[、,/;\s]+", item.text.strip()) if part)
            if re.search(r"[、,;]", words)
            else item.text.strip()
        )
        record.spans["item"] = (item.start, item.end)
        number = _quantity(quantity, unit)
        if number is not None:
            record.quantity, record.unit = number
            if quantity is not None:
                record.spans["quantity"] = (quantity.start, quantity.end)
        drafts = [record]
    if worth is not None and len(drafts) > 1:
        whole = made(GiftKind.GOODS)
        whole.scope = Scope.TOTAL
        whole.item = "、".join(str(record.item) for record in drafts)
        whole.yuan, whole.bound = worth[0], worth[1]
        drafts.append(whole)
    if worth is not None and len(drafts) == 1:
        drafts[0].yuan, drafts[0].bound = worth[0], worth[1]
        if value is not None:
            drafts[0].spans["yuan"] = (value.start, value.end)
    return drafts


def _free_drafts(made: Callable[[GiftKind], Draft], cell: Cell) -> list[Draft]:
    words = normal(cell.text)
    sentence = read_sentence(words, cell.text, cell.start)
    drafts = []
    for article in read_articles(sentence, 0, len(words)):
        if article.money is None and article.quantity is None and not article.vague:
            continue
        record = made(article.kind)
        record.item = article.item
        record.yuan, record.bound = article.yuan, article.bound
        if article.quantity is not None:
            record.quantity, record.unit = article.quantity.value, article.quantity.unit or None
        drafts.append(record)
    return drafts


def _money(cell: Cell, per_unit: Decimal) -> tuple[Decimal, Bound, str] | None:
    words = normal(cell.text).strip()
    figures = [
        f
        for f in find_figures(words)
        if f.kind in (FigureKind.MONEY, FigureKind.BARE) and f.value is not None
    ]
    if len(figures) != 1:
        return None
    figure = figures[0]
    if figure.value is None or figure.bound is None or (figure.kind is FigureKind.BARE and figure.start > 1):
        return None
    written = words[figure.start : figure.end]
    factor = Decimal(1) if re.search(r"[元万亿块]", written) else per_unit
    return figure.value * factor, figure.bound, figure.currency


def _quantity(quantity: Cell | None, unit: Cell | None) -> tuple[Decimal, str | None] | None:
    if quantity is None:
        return None
    words = normal(quantity.text).strip()
    figures = find_figures(words)
    if not figures or figures[0].value is None:
        return None
    figure = figures[0]
    name = (
        unit.text.strip() if unit is not None else figure.unit or words[figure.number_end :].strip() or None
    )
    if name in ("批", "宗"):
        return None
    return (figure.value, name) if figure.value is not None else None


def _set_parties(draft: Draft, by: dict[Column, Cell], receiver: Party | None) -> None:
    draft.recipient = receiver
    named = by.get(Column.RECIPIENT)
    via = by.get(Column.VIA)
    purpose = by.get(Column.PURPOSE)
    if via is not None and not _WAY_OF_PAYING.search(normal(via.text)):
        draft.via = Party(via.text.strip(), (via.start, via.end))
    if named is not None and named.text.strip(" -—/无"):
        if receiver is not None and draft.via is None and receiver.name != named.text.strip():
            draft.via = receiver
        draft.recipient = Party(named.text.strip(), (named.start, named.end))
        return
    if purpose is not None:
        directed = re.match(
            r"\s*(?:定向|指定|捐赠?给|用于|转)(?:捐赠|捐|给|用于|至|到|:)*(?P<who>[^,。;()]{2,24})",
            normal(purpose.text),
        )
        if directed is not None and _is_receiver(directed["who"], normal(purpose.text)):
            place = purpose.start + directed.start("who")
            name = purpose.text[directed.start("who") : directed.end("who")].strip()
            draft.via = draft.via or receiver
            draft.recipient = Party(name, (place, place + len(name)))
        elif _RECEIVING_CELL.fullmatch(normal(purpose.text).strip()) and (
            receiver is None or purpose.text.strip() != receiver.name
        ):
            draft.via = draft.via or receiver
            draft.recipient = Party(purpose.text.strip(), (purpose.start, purpose.end))


_RECEIVING_CELL: Final = expression(
    r"[\u4e00-\u9fff]{0,12}(?:医院|卫生院|疾控中心|红十字会|小学|中学|学校|敬老院|福利院|人民政府|镇政府|指挥部|居委会)"
)
"""A body that gifts are meant for, alone in a column of purposes."""
_WAY_OF_PAYING: Final = expression(
    r"^\s*[-—/无]*\s*$|银行|转账|微信|支付宝|现金|扫码|二维码|汇款|网银|刷卡|邮局|邮政|线上|线下|现场|柜台|平台|网络|"
    r"直接|自行|上门|快递|物流|公众号|小程序"
)
"""What a column 渠道 tells when it tells no body."""


def _is_receiver(name: str, whole: str) -> bool:
    from lianfang.engines.intake.heads import body_head

    if whole.strip().startswith(("定向", "指定", "捐给", "捐赠给")):
        return not re.fullmatch(r".*(?:防控|抗疫|防疫|救灾|疫情|捐赠|捐款|工作)", name)
    head = body_head(name)
    return head is not None and len(head[0]) > 1


def _sum_row(
    cells: Sequence[Cell],
    header: Header,
    by: dict[Column, Cell],
    receiver: Party | None,
    start: int,
    end: int,
) -> list[Draft] | None:
    for column, per_unit in ((Column.MONEY, header.yuan_per_unit), (Column.VALUE, header.value_per_unit)):
        cell = by.get(column)
        figure = _money(cell, per_unit) if cell is not None else None
        kind = GiftKind.CASH if column is Column.MONEY else GiftKind.GOODS
        if figure is None and column is Column.MONEY:
            for other in cells[1:]:
                figure = _money(other, header.yuan_per_unit) if re.search(r"\d", normal(other.text)) else None
                if figure is not None:
                    kind = GiftKind.GOODS if Column.MONEY not in header.columns else GiftKind.CASH
                    break
        if figure is not None:
            record = Draft(
                None,
                DonorKind.GROUP,
                kind,
                Scope.TOTAL,
                start,
                end,
                yuan=figure[0],
                bound=figure[1],
                recipient=receiver,
            )
            return [record]
    return None
