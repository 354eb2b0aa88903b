"""Rolls, tables, slips and chats: gifts told without sentences."""

from decimal import Decimal

import pytest

from lianfang.engines.intake import Scope, TableContext, read_table, table_text
from lianfang.engines.intake.tests.reading import read, table


def test_a_solitaire_with_odd_numbering_is_read_line_by_line() -> None:
    text = "爱心接龙\n1、甘玉成 1000元\n2. 甘玉良 500\n3)邸小芹+200\n④ 柏兴旺 贰佰元\n5 海阔天空 66.6元"
    assert [(claim.donor, claim.yuan) for claim in read(text)] == [
        ("甘玉成", Decimal(1000)),
        ("甘玉良", Decimal(500)),
        ("邸小芹", Decimal(200)),
        ("柏兴旺", Decimal(200)),
        ("海阔天空", Decimal("66.6")),
    ]


def test_several_givers_and_articles_share_a_line() -> None:
    text = "捐款捐物名单\n甘玉成 500元    伊志强(300元)    步红梅:1000元\n向阳超市 方便面 220箱 蜡烛 1000支"
    assert table(text) == [
        "甘玉成 | cash gift | 500 exact | - | to None | via None",
        "伊志强 | cash gift | 300 exact | - | to None | via None",
        "步红梅 | cash gift | 1000 exact | - | to None | via None",
        "向阳超市 | goods gift | - | 方便面 220 箱 | to None | via None",
        "向阳超市 | goods gift | - | 蜡烛 1000 支 | to None | via None",
    ]


def test_names_under_an_amount_each_gave_it() -> None:
    text = "修桥捐款名单公布\n1000元:张建国、李大勇\n500元:赵小军 钱红梅"
    assert [(claim.donor, claim.yuan) for claim in read(text)] == [
        ("张建国", Decimal(1000)),
        ("李大勇", Decimal(1000)),
        ("赵小军", Decimal(500)),
        ("钱红梅", Decimal(500)),
    ]


def test_a_table_flattened_to_text_is_read_by_its_header() -> None:
    text = (
        "苇河县红十字会接受社会捐赠公示\n序号 捐赠单位(个人) 金额(元) 用途\n"
        "1 苇河县石材商会 50,000.00 疫情防控\n2 匡小满 5,000.00 定向县人民医院\n合计 55,000.00"
    )
    assert table(text) == [
        "苇河县石材商会 | cash gift | 50000 exact | - | to 苇河县红十字会 | via None",
        "匡小满 | cash gift | 5000 exact | - | to 县人民医院 | via 苇河县红十字会",
        "None | cash total | 55000 exact | - | to 苇河县红十字会 | via None",
    ]


def test_a_unit_line_above_a_table_holds_for_its_figures() -> None:
    claims = read("捐款公示\n单位:万元\n捐赠单位\t金额\n宏远集团\t20\n华泰建材\t1.5")
    assert [claim.yuan for claim in claims] == [Decimal(200_000), Decimal(15_000)]


def test_a_table_that_lost_its_lines_is_read_by_the_length_of_its_header() -> None:
    text = (
        "河口县慈善总会接收捐赠公示\n捐赠人\n内容\n金额(元)\n宏远集团\n现金\n200000\n米多福\n棉被30床\n4500"
    )
    assert table(text) == [
        "宏远集团 | cash gift | 200000 exact | - | to 河口县慈善总会 | via None",
        "米多福 | goods gift | 4500 exact | 棉被 30 床 | to 河口县慈善总会 | via None",
    ]


def test_a_table_of_what_was_paid_out_gives_no_claim() -> None:
    text = (
        "捐赠款物使用情况公示\n序号 使用单位 金额 用途\n1 县人民医院 500,000 监护仪\n2 县中医院 230,000 改造"
    )
    assert table(text) == []


def test_a_slip_of_labels_is_one_record() -> None:
    text = "爱心捐赠\n捐赠单位:宏远集团\n捐赠金额:20万元\n受赠单位:河口县人民医院"
    assert table(text) == ["宏远集团 | cash gift | 200000 exact | - | to 河口县人民医院 | via None"]


def test_in_a_chat_the_giver_is_who_speaks() -> None:
    text = (
        "抗洪互助群\n邸小川 20:03\n我捐2万\n籍海霞 20:09\n5000,一点心意\n厍大鹏 20:21\n在外地出差,回去补上\n"
    )
    assert [(claim.donor, claim.yuan) for claim in read(text)] == [
        ("邸小川", Decimal(20_000)),
        ("籍海霞", Decimal(5000)),
    ]


@pytest.mark.parametrize(
    ("header", "row"),
    [
        (
            ["序号", "捐赠单位", "物资名称", "数量", "单位", "折价(元)"],
            ["1", "宏远集团", "口罩", "2,000", "只", "4000"],
        ),
        (
            ["单位", "数量", "捐赠人", "品名", "价值(万元)", "经手人"],
            ["只", "2000", "宏远集团", "口罩", "0.4", "甲"],
        ),
        (["捐赠方", "捐赠物资及数量", "折合金额(元)"], ["宏远集团", "口罩2000只", "4000"]),
    ],
)
def test_columns_are_known_by_their_heads_in_any_order(header: list[str], row: list[str]) -> None:
    (claim,) = read_table([header, row])
    assert (claim.donor, claim.item, claim.quantity, claim.unit, claim.yuan) == (
        "宏远集团",
        "口罩",
        Decimal(2000),
        "只",
        Decimal(4000),
    )


def test_a_table_without_header_is_read_by_what_its_cells_look_like() -> None:
    rows = [["1", "宏远集团", "20000"], ["2", "米多福", "500元"], ["", "合计", "20500"]]
    claims = read_table(rows, TableContext(receiver="县红十字会"))
    assert [(claim.donor, claim.yuan, claim.scope) for claim in claims] == [
        ("宏远集团", Decimal(20_000), Scope.GIFT),
        ("米多福", Decimal(500), Scope.GIFT),
        (None, Decimal(20_500), Scope.TOTAL),
    ]
    assert {claim.recipient for claim in claims} == {"县红十字会"}


def test_the_places_of_a_table_s_claims_are_those_of_its_text() -> None:
    rows = [["捐赠人", "金额"], ["宏远集团", "2万元"], ["米多福", "500"]]
    text = table_text(rows)
    for claim in read_table(rows):
        assert text[claim.start : claim.end] == claim.quote
        start, end = claim.spans["donor"]
        assert text[start:end] == claim.donor


def test_two_tables_side_by_side_are_read_as_one() -> None:
    rows = [["姓名", "金额", "姓名", "金额"], ["张三丰", "100", "李四光", "200"]]
    assert [(claim.donor, claim.yuan) for claim in read_table(rows)] == [
        ("张三丰", Decimal(100)),
        ("李四光", Decimal(200)),
    ]
