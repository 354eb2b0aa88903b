from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.engines.intake.sources import ColumnMapping, Layout, Role, guess_columns, signature


def roles(mapping: ColumnMapping) -> list[Role]:
    return [guess.role for guess in mapping.columns]


def table(text: str) -> list[list[str]]:
    return [[cell.strip() for cell in line.split(",")] for line in text.strip().split("\n")]


def test_list_of_gifts_is_understood_in_any_order_of_columns() -> None:
    rows = table(
        """备注,金额（万元）,捐赠单位（个人）,序号,捐赠时间
        ,10,喆堃实业有限公司,1,2020-02-09
        首批,0.5,李某,2,2月10日
        合计,10.5,,,"""
    )
    mapping = guess_columns(rows)
    assert mapping.layout is Layout.GIFTS
    assert roles(mapping) == [Role.REMARK, Role.AMOUNT, Role.DONOR, Role.NUMBER, Role.DATE]
    assert mapping.columns[1].factor == 10_000
    assert [number for number, _ in mapping.entries(rows)] == [1, 2]


def test_title_above_the_header_is_skipped() -> None:
    rows = [
        ["青禾县捐赠情况统计表", "", ""],
        ["单位：元", "", ""],
        ["序号", "捐款人", "捐款金额"],
        ["1", "李某", "200"],
    ]
    assert guess_columns(rows).header_row == 2


def test_bare_unit_is_a_measure_beside_a_quantity_and_a_giver_elsewhere() -> None:
    measured = guess_columns(table("捐赠人,物品,数量,单位\n甲公司,口罩,200,只\n乙公司,酒精,5,桶"))
    assert roles(measured)[3] is Role.UNIT
    giver = guess_columns(table("序号,单位,捐款\n1,喆堃实业有限公司,200\n2,青禾木业有限公司,300"))
    assert roles(giver)[1] is Role.DONOR


def test_bank_statement_tells_income_from_expense_and_who_paid() -> None:
    rows = table(
        """交易时间,借方发生额（支取）,贷方发生额（收入）,余额,币种,对方户名,对方账号,摘要,交易流水号
        2020-02-09 10:00:01,,100000.00,100000.00,人民币,喆堃实业有限公司,123,捐款,A1
        2020-02-10 11:00:01,500.00,,99500.00,人民币,某超市,456,采购,A2"""
    )
    mapping = guess_columns(rows)
    assert mapping.layout is Layout.BANK_STATEMENT
    assert roles(mapping) == [
        Role.DATE, Role.EXPENSE, Role.INCOME, Role.BALANCE, Role.CURRENCY, Role.COUNTERPARTY,
        Role.COUNTERPARTY_ACCOUNT, Role.SUMMARY, Role.SERIAL,
    ]  # fmt: skip


def test_day_and_hour_in_two_columns_are_told_apart() -> None:
    rows = table(
        """交易日期,交易时间,收入金额,支出金额,对方户名
        2020-02-03,10:00:00,32000.00,,喆堃实业有限公司
        2020-02-04,11:30,,500.00,某文具店"""
    )
    assert roles(guess_columns(rows))[:3] == [Role.DATE, Role.TIME, Role.INCOME]


def test_bank_statement_with_a_debit_credit_mark_is_understood() -> None:
    mapping = guess_columns(
        table(
            "序号,记账日期,交易金额,借贷标志,账户余额,对方户名,附言\n1,20200209,1000.00,贷,5000.00,李某,捐款"
        )
    )
    assert mapping.layout is Layout.BANK_STATEMENT
    assert roles(mapping) == [
        Role.NUMBER, Role.DATE, Role.AMOUNT, Role.DIRECTION, Role.BALANCE, Role.COUNTERPARTY, Role.SUMMARY,
    ]  # fmt: skip


def test_wechat_bill_is_understood_behind_its_preamble() -> None:
    preamble = [
        ["微信支付账单明细"],
        ["微信昵称：[某某]"],
        ["共2笔记录"],
        ["----------------------微信支付账单明细列表--------------------"],
    ]
    rows = preamble + table(
        """交易时间,交易类型,交易对方,商品,收/支,金额(元),支付方式,当前状态,交易单号,商户单号,备注
        2020-02-09 10:00:01,转账,李某,捐款,收入,¥200.00,/,已存入零钱,1000,2000,/
        2020-02-09 11:00:01,转账,王某,捐款,收入,¥300.00,/,已存入零钱,1001,2001,/"""
    )
    mapping = guess_columns(rows)
    assert (mapping.layout, mapping.header_row) == (Layout.WECHAT_BILL, 4)
    found = {
        role: mapping.column(role) for role in (Role.DATE, Role.COUNTERPARTY, Role.DIRECTION, Role.AMOUNT)
    }
    assert found == {Role.DATE: 0, Role.COUNTERPARTY: 2, Role.DIRECTION: 4, Role.AMOUNT: 5}
    assert (mapping.column(Role.SERIAL), mapping.column(Role.STATE)) == (8, 7)


def test_alipay_bill_is_understood_and_its_closing_lines_left_out() -> None:
    rows = table(
        """支付宝交易记录明细查询
        交易号,商家订单号,交易创建时间,付款时间,交易对方,商品名称,金额（元）,收/支,交易状态,备注
        2020A,S1,2020-02-09 10:00,2020-02-09 10:01,李某,捐款,200.00,收入,交易成功,
        ------------------------------------------------
        共1笔记录"""
    )
    mapping = guess_columns(rows)
    assert mapping.layout is Layout.ALIPAY_BILL
    assert [number for number, _ in mapping.entries(rows)] == [2]
    assert mapping.column(Role.COUNTERPARTY) == 4
    assert mapping.column(Role.SERIAL) == 0


def test_list_without_header_is_guessed_by_its_content() -> None:
    mapping = guess_columns(
        [["1", "喆堃实业有限公司", "1000"], ["2", "青禾木业有限公司", "500"], ["3", "李某", "20"]]
    )
    assert mapping.header_row is None
    assert roles(mapping) == [Role.NUMBER, Role.DONOR, Role.AMOUNT]
    assert mapping.signature == ""


def test_every_column_has_a_reason() -> None:
    mapping = guess_columns(table("捐赠人,金额,神秘列\n甲公司,100,〇"))
    assert all(guess.reason for guess in mapping.columns)


def test_amount_column_without_numbers_is_less_certain() -> None:
    good = guess_columns(table("捐赠人,金额\n甲公司,100\n乙公司,2万元"))
    bad = guess_columns(table("捐赠人,金额\n甲公司,见附件\n乙公司,见附件"))
    assert bad.columns[1].certainty < good.columns[1].certainty
    assert "0%" in bad.columns[1].reason


def test_repeated_header_in_the_middle_is_left_out() -> None:
    rows = table("捐赠人,金额\n甲公司,100\n捐赠人,金额\n乙公司,200")
    assert [number for number, _ in guess_columns(rows).entries(rows)] == [1, 3]


@pytest.mark.parametrize(
    "same",
    [
        ["捐赠人", "金额(元)", ""],
        [" 捐赠人", "金额（元）"],
        ["捐 赠 人", "金额（元）:"],
        ["捐赠人*", "金额【元】"],
    ],
)
def test_signature_forgets_how_a_header_is_typed(same: list[str]) -> None:
    assert signature(same) == signature(["捐赠人", "金额（元）"])


def test_signature_remembers_the_order() -> None:
    assert signature(["捐赠人", "金额"]) != signature(["金额", "捐赠人"])


@settings(deadline=None)
@given(st.lists(st.lists(st.text(max_size=12), max_size=6), max_size=12))
def test_any_table_gets_a_mapping_with_each_role_once(rows: list[list[str]]) -> None:
    mapping = guess_columns(rows)
    given_roles = [role for role in roles(mapping) if role is not Role.OTHER]
    assert len(given_roles) == len(set(given_roles))
    assert len(mapping.columns) == max((len(row) for row in rows), default=0)


def test_a_control_character_beside_a_number_breaks_nothing() -> None:
    assert guess_columns([["序号", "捐赠人", "金额"], ["1\x1f", "甲", "100"], ["2", "乙", "200"]]).columns
