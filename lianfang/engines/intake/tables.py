"""Tables: rows whose columns are told by a header in any order, or guessed where there is none."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from lianfang.engines.figures import Bound, FigureKind, find_figures
from lianfang.engines.intake.claim import Claim, DonorKind, Doubt, DoubtReason, GiftKind, Scope
from lianfang.engines.intake.draft import Draft, Party
from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.givers import Giver, read_givers
from lianfang.engines.intake.goods import read_articles
from lianfang.engines.intake.headers import Cell, Column, Header, guess_header, read_header
from lianfang.engines.intake.names import kind_of_name
from lianfang.engines.intake.normal import normal
from lianfang.engines.intake.sentence import read_sentence


@dataclass(frozen=True, slots=True)
class TableContext:
    """What is known around a table: who takes everything in, and the unit of figures (1 or 10000 yuan)."""

    receiver: str | None = None
    yuan_per_unit: Decimal = Decimal(1)


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
    scope = Scope.TOTAL if group or header.of_many else Scope.GIFT

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
    goods = by.get(Column.GOODS_VALUE)
    worth = _money(goods, header.value_per_unit) if goods is not None else None
    if goods is not None and worth is not None:
        record = made(GiftKind.GOODS)
        record.yuan, record.bound = worth[0], worth[1]
        record.spans["yuan"] = (goods.start, goods.end)
        drafts.append(record)
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
    return _CASH_ITEM.fullmatch(normal(text)) is not None


_CASH_ITEM: Final = expression(r"\s*(?:现金|人民币|资金|捐款|善款|货币|货币资金|款)\s*")


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
    factor = Decimal(1) if _UNIT_OF_MONEY.search(written) else per_unit
    return figure.value * factor, figure.bound, figure.currency


_DIRECTED: Final = expression(
    r"\s*(?:定向|指定|捐赠?给|用于|转)(?:捐赠|捐|给|用于|至|到|:)*(?P<who>[^,。;()]{2,24})"
)
_UNIT_OF_MONEY: Final = expression(r"[元万亿块]")


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
        directed = _DIRECTED.match(normal(purpose.text))
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


_SUMMED: Final = (Column.MONEY, Column.VALUE, Column.GOODS_VALUE)


def _sum_row(
    cells: Sequence[Cell],
    header: Header,
    by: dict[Column, Cell],
    receiver: Party | None,
    start: int,
    end: int,
) -> list[Draft] | None:
    columns = [column for column in header.columns if column in _SUMMED]
    numbers = [cell for cell in cells[1:] if re.search(r"\d", normal(cell.text))]
    if len(columns) == len(numbers) == 2 and len(cells) < len(header.columns):
        by = dict(zip(columns, numbers, strict=True))
    records: list[Draft] = []
    for column in _SUMMED:
        per_unit = header.yuan_per_unit if column is Column.MONEY else header.value_per_unit
        cell = by.get(column)
        figure = _money(cell, per_unit) if cell is not None else None
        kind = GiftKind.CASH if column is Column.MONEY else GiftKind.GOODS
        if figure is None and column is Column.MONEY:
            figure = next(
                (found for other in numbers if (found := _money(other, per_unit)) is not None), None
            )
            kind = GiftKind.CASH if Column.MONEY in header.columns else GiftKind.GOODS
        if figure is None or figure[0] == 0 or (records and column not in header.columns):
            continue
        record = Draft(None, DonorKind.GROUP, kind, Scope.TOTAL, start, end, recipient=receiver)
        record.yuan, record.bound = figure[0], figure[1]
        records.append(record)
    return records or None
