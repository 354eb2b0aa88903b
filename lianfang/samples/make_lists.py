"""Makes the sample donation lists of the invented county 新涟县: one xlsx, one csv in GBK, one docx.

Run `python lianfang/samples/make_lists.py` from the repository to write them again, each with
the gifts that a reader should find in it (`<name>.json`, the same form as the notices' gold;
a quote is the row's cells joined by a tab). The files are the same, byte for byte, each time.
"""

from __future__ import annotations

import csv
import io
import json
import zipfile
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from pathlib import Path
from typing import Any

import docx
import xlsxwriter
from docx.shared import Pt

FOLDER = Path(__file__).resolve().parent / "lists"
MADE = datetime(2020, 2, 18, 18, 0)

CHARITY = "新涟县慈善会"
COUNTY_HOSPITAL = "县人民医院"


@dataclass(frozen=True, slots=True)
class Money:
    """One row of money: the sum in yuan, and how the list writes it where it is no number."""

    donor: str
    donor_kind: str
    yuan: float
    written: str | None = None
    purpose: str = "非定向"
    when: date | None = None
    remark: str = ""


@dataclass(frozen=True, slots=True)
class Goods:
    """One row of goods, its stated value in yuan where there is one."""

    donor: str
    donor_kind: str
    item: str
    quantity: float
    unit: str
    yuan: float | None = None
    specification: str = ""
    purpose: str = "非定向"


CHARITY_MONEY = (
    Money("新涟县谷雨机械有限公司", "enterprise", 200000, when=date(2020, 2, 9)),
    Money("澄波水产养殖有限公司", "enterprise", 100000, when=date(2020, 2, 9)),
    Money("新涟县柳溪镇商会", "chamber", 268000, when=date(2020, 2, 9), purpose="定向柳溪镇卫生院"),
    Money("邬小棠", "person", 1000, when=date(2020, 2, 10), remark="微信转账"),
    Money("霁月茶楼", "enterprise", 5000, written="5,000元", when=date(2020, 2, 10)),
    Money("寇长林", "person", 3000, written="叁仟元整", when=date(2020, 2, 10), remark="现金"),
    Money("爱心人士", "person", 520, when=date(2020, 2, 11)),
    Money("新涟县供销合作社", "enterprise", 30000, when=date(2020, 2, 11), purpose=f"定向{COUNTY_HOSPITAL}"),
    Money("东风桥社区居委会", "organisation", 8260.5, when=date(2020, 2, 12)),
    Money("禹门寺", "organisation", 20000, when=date(2020, 2, 12)),
    Money("归有方、归有田", "person", 2000, when=date(2020, 2, 13), remark="各1000元"),
    Money("新涟县住房和城乡建设局", "government", 12400, when=date(2020, 2, 13)),
    Money(
        "云锦服饰股份有限公司", "enterprise", 150000, when=date(2020, 2, 14), purpose=f"定向{COUNTY_HOSPITAL}"
    ),
    Money("匿名", "person", 66.66, when=date(2020, 2, 14), remark="银行汇款"),
    Money("阮氏五金店", "enterprise", 1600, when=date(2020, 2, 15)),
    Money("濮阳静夫妇", "person", 4000, when=date(2020, 2, 16)),
    Money("新涟县青年摄影家协会", "chamber", 13579, when=date(2020, 2, 17), remark="义卖所得"),
    Money("石埠镇中心小学", "organisation", 9870, when=date(2020, 2, 18)),
)

CHARITY_GOODS = (
    Goods("小满食品厂", "enterprise", "自热米饭", 200, "箱", 24000, "24盒/箱"),
    Goods("新涟县净源日化有限公司", "enterprise", "75%酒精", 1.2, "吨", 15600, "25公斤/桶"),
    Goods("丛大姐裁缝铺", "enterprise", "棉马甲", 60, "件", None, "均码", "定向石埠镇卫生院"),
    Goods("不愿留名的市民", "person", "N95口罩", 240, "只", None, "独立包装"),
    Goods("新涟县五金机电商会", "chamber", "喷雾器", 36, "台", 9000, "16升", f"定向{COUNTY_HOSPITAL}"),
    Goods("康乃馨花店", "enterprise", "护手霜", 300, "支", 3600),
)

MEMBERS_MONEY = (
    Money("恒木家具有限公司", "enterprise", 30000),
    Money("欧阳板材经营部", "enterprise", 12000),
    Money("闻长河", "person", 10000, remark="石埠镇商会会长"),
    Money("青杉木业", "enterprise", 20000),
    Money("双喆门窗（新涟）有限公司", "enterprise", 8800),
    Money("庾亮节", "person", 500),
    Money("老树根木雕坊", "enterprise", 600),
    Money("新涟县木地板厂", "enterprise", 15000),
    Money("单雄飞", "person", 2000),
    Money("合欢胶合板厂", "enterprise", 26000),
    Money("冼桂香", "person", 300),
    Money("柏木匠", "person", 100),
    Money("路桥木材市场", "enterprise", 18000, remark="副会长单位,转账"),
    Money("匿名会员", "person", 1000),
    Money("向阳刨花板有限公司", "enterprise", 10500),
    Money("司空图南", "person", 200),
)

VILLAGE_MONEY = (
    Money("巩长庚", "person", 1000),
    Money("巩长春", "person", 500),
    Money("覃四妹", "person", 200),
    Money("南桥乡卫生院", "organisation", 3000),
    Money("巩家小吃", "enterprise", 600),
    Money("匿名", "person", 300),
    Money("邸老师", "person", 500),
    Money("巩小军夫妇", "person", 800),
    Money("覃大海", "person", 2000),
    Money("月牙湾养蜂场", "enterprise", 1200),
    Money("覃满囤", "person", 50),
    Money("巩晨光", "person", 168),
    Money("邸桂兰", "person", 100),
    Money("巩玉成", "person", 300),
    Money("月牙湾村老年协会", "chamber", 880),
    Money("覃小雪", "person", 66),
    Money("邸铁牛", "person", 200),
    Money("平安是福", "person", 88),
)

VILLAGE_GOODS = (
    Goods("覃记豆腐坊", "enterprise", "豆腐", 120, "斤"),
    Goods("月牙湾养蜂场", "enterprise", "蜂蜜", 20, "斤"),
    Goods("邸铁牛", "person", "劈柴", 600, "斤"),
)


def main() -> None:
    FOLDER.mkdir(exist_ok=True)
    _charity_xlsx(FOLDER / "list-charity.xlsx")
    _members_csv(FOLDER / "list-members-gbk.csv")
    _village_docx(FOLDER / "list-village.docx")


def _charity_xlsx(path: Path) -> None:
    """A ledger as a county keeps it: title rows, dates, sums now numbers and now words, a formula."""
    title = f"{CHARITY}疫情防控捐赠台账"
    book = xlsxwriter.Workbook(str(path))
    book.set_properties({"author": CHARITY, "created": MADE})
    bold, day = book.add_format({"bold": True}), book.add_format({"num_format": 'm"月"d"日"'})
    heading = book.add_format({"bold": True, "font_size": 16, "align": "center"})
    gifts: list[dict[str, Any]] = []

    money = book.add_worksheet("捐款")
    money.merge_range("A1:F1", title, heading)
    money.write_row("A2", ["单位：元", "", "", "", "截至2020年2月18日18时"])
    money.write_row("A3", ["到账日期", "收据号", "捐赠方", "金额", "捐赠意向", "备注"], bold)
    for number, row in enumerate(CHARITY_MONEY, 1):
        cells = [f"{number:07d}", row.donor, row.written or row.yuan, row.purpose, row.remark]
        money.write_datetime(2 + number, 0, datetime.combine(row.when or MADE, time.min), day)
        money.write_string(2 + number, 1, cells[0])
        money.write_row(2 + number, 2, cells[1:])
        gifts += _money_gifts(row, [row.when, *cells], CHARITY)
    last = 3 + len(CHARITY_MONEY)
    # A sum written in words is text to the formula; the clerk adds it by hand.
    total = sum(row.yuan for row in CHARITY_MONEY)
    by_hand = "".join(f"+{row.yuan:g}" for row in CHARITY_MONEY if row.written)
    money.write(last, 0, "合计", bold)
    money.write_formula(last, 3, f"=SUM(D4:D{last}){by_hand}", bold, total)
    gifts.append(_total_gift(total, ["合计", _whole(total)], CHARITY))
    money.set_column("A:B", 11)
    money.set_column("C:C", 30)
    money.set_column("D:F", 18)

    goods = book.add_worksheet("物资")
    heads = ["序号", "捐赠方", "品名", "规格", "数量", "单位", "折价（元）", "捐赠意向"]
    goods.write_row("A1", heads, bold)
    for number, thing in enumerate(CHARITY_GOODS, 1):
        cells = [number, thing.donor, thing.item, thing.specification, thing.quantity, thing.unit]
        cells += ["" if thing.yuan is None else thing.yuan, thing.purpose]
        goods.write_row(number, 0, cells)
        gifts.append(_goods_gift(thing, cells, CHARITY))
    book.close()
    _write_gold(path, title, "2020-02-18", gifts)


def _members_csv(path: Path) -> None:
    """A chamber's export: GBK, CRLF, the sum before the name and in ten-thousands of yuan."""
    text = io.StringIO(newline="")
    writer = csv.writer(text, lineterminator="\r\n")
    writer.writerow(["序号", "金额(万元)", "会员单位/姓名", "时间", "备注"])
    gifts: list[dict[str, Any]] = []
    for number, row in enumerate(MEMBERS_MONEY, 1):
        cells = [number, f"{row.yuan / 10000:g}", row.donor, f"2020/2/{number % 9 + 3}", row.remark]
        writer.writerow(cells)
        gifts += _money_gifts(row, cells, None)
    total = sum(row.yuan for row in MEMBERS_MONEY)
    cells = ["合计", f"{total / 10000:g}", "", "", ""]
    writer.writerow(cells)
    gifts.append(_total_gift(total, cells, None))
    path.write_bytes(text.getvalue().encode("gbk"))
    _write_gold(path, "", "2020-02-14", gifts)


def _village_docx(path: Path) -> None:
    """A roll as a village prints it: names and sums three pairs to a row, goods below in words."""
    receiver = "月牙湾村卡点"
    paper = docx.Document()
    paper.styles["Normal"].font.size = Pt(12)
    title = "南桥乡月牙湾村守卡捐款捐物光荣榜"
    paper.add_heading(title, level=1)
    total = sum(row.yuan for row in VILLAGE_MONEY)
    paper.add_paragraph(
        f"正月初八至正月十五，乡亲们自愿向{receiver}捐款捐物，现张榜公布，有错漏的请找会计覃大姐更正。"
    )
    gifts: list[dict[str, Any]] = []
    table = paper.add_table(rows=1, cols=6)
    table.style = "Table Grid"
    for place, head in enumerate(("姓名", "金额（元）") * 3):
        table.rows[0].cells[place].text = head
    for start in range(0, len(VILLAGE_MONEY), 3):
        line = table.add_row().cells
        for place, row in enumerate(VILLAGE_MONEY[start : start + 3]):
            cells = [row.donor, f"{row.yuan:g}"]
            line[2 * place].text, line[2 * place + 1].text = cells
            gifts += _money_gifts(row, cells, receiver)
    said = f"合计{total:g}元"
    paper.add_paragraph(f"以上捐款{said}。")
    gifts.append(_total_gift(total, [said], receiver))
    parts = [f"{thing.donor}捐{thing.item}{thing.quantity:g}{thing.unit}" for thing in VILLAGE_GOODS]
    paper.add_paragraph(f"捐物：{'，'.join(parts)}。")
    gifts += [_goods_gift(thing, [part], receiver) for thing, part in zip(VILLAGE_GOODS, parts, strict=True)]
    paper.add_paragraph("月牙湾村民委员会　2020年2月9日")
    paper.core_properties.author = "月牙湾村民委员会"
    paper.core_properties.created = paper.core_properties.modified = MADE
    paper.save(str(path))
    _fix_times(path)
    _write_gold(path, title, "2020-02-09", gifts)


def _money_gifts(row: Money, cells: Iterable[object], receiver: str | None) -> list[dict[str, Any]]:
    names = row.donor.split("、") if row.remark.startswith("各") else [row.donor]
    recipient, via = _directed(row.purpose, receiver)
    return [
        {
            "donor": _name(name),
            "donor_kind": row.donor_kind,
            "kind": "cash",
            "yuan": _whole(row.yuan / len(names)),
            "bound": "exact",
            "recipient": recipient,
            "via": via,
            "scope": "gift",
            "quote": _quote(cells),
        }
        for name in names
    ]


def _goods_gift(thing: Goods, cells: Iterable[object], receiver: str | None) -> dict[str, Any]:
    recipient, via = _directed(thing.purpose, receiver)
    return {
        "donor": _name(thing.donor),
        "donor_kind": thing.donor_kind,
        "kind": "goods",
        "item": thing.item,
        "quantity": thing.quantity,
        "unit": thing.unit,
        "yuan": thing.yuan,
        "bound": None if thing.yuan is None else "exact",
        "recipient": recipient,
        "via": via,
        "scope": "gift",
        "quote": _quote(cells),
    }


def _total_gift(yuan: float, cells: Sequence[object], receiver: str | None) -> dict[str, Any]:
    return {
        "donor": None,
        "donor_kind": "group",
        "kind": "cash",
        "yuan": _whole(yuan),
        "bound": "exact",
        "recipient": receiver,
        "via": None,
        "scope": "total",
        "quote": _quote(cells),
    }


def _directed(purpose: str, receiver: str | None) -> tuple[str | None, str | None]:
    """Recipient and channel: what is directed (定向) goes through the body that takes it in."""
    if purpose.startswith("定向"):
        return purpose.removeprefix("定向"), receiver
    return receiver, None


def _name(donor: str) -> str | None:
    return None if donor.startswith(("匿名", "爱心人士", "不愿留名")) else donor


def _whole(yuan: float) -> float | int:
    """The sum to the fen, without a fraction where there is none."""
    return int(yuan) if yuan == int(yuan) else round(yuan, 2)


def _quote(cells: Iterable[object]) -> str:
    words = [f"{cell.month}月{cell.day}日" if isinstance(cell, date) else f"{cell}" for cell in cells if cell]
    return "\t".join(words)


def _write_gold(path: Path, title: str, published: str, gifts: Iterable[dict[str, Any]]) -> None:
    lines = ",\n".join("  " + json.dumps(gift, ensure_ascii=False) for gift in gifts)
    head = {"id": path.stem, "title": title, "published": published, "text": path.name}
    opening = json.dumps(head, ensure_ascii=False).removesuffix("}")
    body = f'{opening},\n "gifts": [\n{lines}\n ]}}\n'
    path.with_suffix(".json").write_text(body, encoding="utf-8")


def _fix_times(path: Path) -> None:
    """Gives every member of the archive one time, so that the same data make the same bytes."""
    with zipfile.ZipFile(path) as archive:
        members = [(info.filename, archive.read(info)) for info in archive.infolist()]
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members:
            info = zipfile.ZipInfo(name, MADE.timetuple()[:6])
            info.compress_type = zipfile.ZIP_DEFLATED
            archive.writestr(info, content)


if __name__ == "__main__":
    main()
