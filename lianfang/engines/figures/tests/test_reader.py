"""The reader finds every figure of a notice and what the text says about it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.engines.figures import Amount, Bound, FigureError, FigureKind, find_figures, read_amount

EXACT, OVER, NEARLY, ABOUT = Bound.EXACT, Bound.OVER, Bound.NEARLY, Bound.ABOUT


@pytest.mark.parametrize(
    ("text", "yuan", "bound"),
    [
        ("一百七十多万元", 1_700_000, OVER),
        ("144万余元", 1_440_000, OVER),
        ("近10万元", 100_000, NEARLY),
        ("将近10万元", 100_000, NEARLY),
        ("不足5000元", 5_000, NEARLY),
        ("2000余万元", 20_000_000, OVER),
        ("2千余万元", 20_000_000, OVER),
        ("两千余万元", 20_000_000, OVER),
        ("1.3亿余元", 130_000_000, OVER),
        ("1亿3000万元", 130_000_000, EXACT),
        ("3万5元", 35_000, EXACT),
        ("三万五千元", 35_000, EXACT),
        ("两百元", 200, EXACT),
        ("贰佰元", 200, EXACT),
        ("叁万元整", 30_000, EXACT),
        ("壹拾万零伍佰元整", 100_500, EXACT),
        ("捌万肆仟玖佰贰拾壹元整", 84_921, EXACT),
        ("１０，０００元", 10_000, EXACT),
        ("50,000.00元", 50_000, EXACT),
        ("12元5角3分", "12.53", EXACT),
        ("约20余万元", 200_000, OVER),
        ("约15.3万元", 153_000, ABOUT),
        ("5万元左右", 50_000, ABOUT),
        ("50来元", 50, ABOUT),
        ("上百万元", 1_000_000, OVER),
        ("超百万元", 1_000_000, OVER),
        ("万余元", 10_000, OVER),
        ("万元以上", 10_000, OVER),
        ("突破1亿元", 100_000_000, OVER),
        ("至少3万元", 30_000, OVER),
        ("不低于3万元", 30_000, OVER),
        ("10万元(含)以上", 100_000, OVER),
        ("1万元以下", 10_000, NEARLY),
        ("不超过1万元", 10_000, NEARLY),
        ("达29.2万元", 292_000, EXACT),
        ("高达30万元", 300_000, EXACT),
        ("计5万元", 50_000, EXACT),
        ("¥500", 500, EXACT),
        ("人民币叁万元整", 30_000, EXACT),
    ],
)
def test_money_is_read_with_its_bound(text: str, yuan: int | str, bound: Bound) -> None:
    (figure,) = find_figures(text)
    assert (figure.value, figure.bound, figure.currency) == (Decimal(yuan), bound, "CNY")
    assert text[figure.start : figure.end] == text


@pytest.mark.parametrize("text", ["数万元", "几十万元", "数百万元"])
def test_vague_money_has_no_value(text: str) -> None:
    (figure,) = find_figures(text)
    assert figure.is_money
    assert (figure.value, figure.bound) == (None, None)


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("5万元至10万元", 50_000, 100_000),
        ("3-5万元", 30_000, 50_000),
        ("300-500元", 300, 500),
        ("5万至10万元", 50_000, 100_000),
        ("十几万元", 100_000, 200_000),
        ("三四万元", 30_000, 40_000),
        ("五六百元", 500, 600),
        ("三五百元", 300, 500),
        ("二十几元", 20, 30),
        ("两三元", 2, 3),
    ],
)
def test_a_range_is_its_lower_end_with_an_upper(text: str, low: int, high: int) -> None:
    (figure,) = find_figures(text)
    assert (figure.value, figure.bound, figure.upper) == (low, OVER, high)


@pytest.mark.parametrize(
    ("text", "value", "currency"),
    [
        ("2万美元", 20_000, "USD"),
        ("港币10万元", 100_000, "HKD"),
        ("10万港币", 100_000, "HKD"),
        ("500 USD", 500, "USD"),
        ("USD500", 500, "USD"),
        ("€300", 300, "EUR"),
        ("$100", 100, "USD"),
        ("3.6万加元", 36_000, "CAD"),
        ("30万泰铢", 300_000, "THB"),
    ],
)
def test_foreign_money_keeps_its_currency(text: str, value: int, currency: str) -> None:
    (figure,) = find_figures(text)
    assert (figure.value, figure.currency) == (value, currency)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("2月10日", FigureKind.DATE),
        ("2020年2月10日", FigureKind.DATE),
        ("二〇二〇年二月十日", FigureKind.DATE),
        ("正月十一", FigureKind.DATE),
        ("8:30", FigureKind.TIME),
        ("14时许", FigureKind.TIME),
        ("第3期", FigureKind.ORDINAL),
        ("218号", FigureKind.ORDINAL),
        ("5、甘某", FigureKind.ORDINAL),
        ("84消毒液", FigureKind.CODE),
        ("N95口罩", FigureKind.CODE),
        ("0543-2112233", FigureKind.CODE),
        ("13800001111", FigureKind.CODE),
        ("COVID-19", FigureKind.CODE),
        ("91.3%", FigureKind.PERCENT),
        ("百分之三十", FigureKind.PERCENT),
    ],
)
def test_what_is_no_amount_is_marked(text: str, kind: FigureKind) -> None:
    assert [figure.kind for figure in find_figures(text)] == [kind]


@pytest.mark.parametrize(
    "text", ["统一部署", "万事达集团", "利群百货", "十分感动", "万众一心", "单位:万元", "陆家嘴"]
)
def test_numerals_inside_words_are_left_out(text: str) -> None:
    assert find_figures(text) == []


def test_a_word_before_the_number_that_only_ends_like_a_qualifier_does_not_bound_it() -> None:
    for text in ("最近10万元", "节约10万元", "通过10万元"):
        assert find_figures(text)[0].bound is EXACT


def test_quantity_keeps_its_measure_word() -> None:
    (figure,) = find_figures("口罩4.3万只")
    assert (figure.value, figure.unit, figure.kind) == (43_000, "只", FigureKind.QUANTITY)


def test_a_name_after_a_space_is_no_measure_word() -> None:
    figures = find_figures("张某捐款三万 双汇集团")
    assert [(figure.value, figure.unit, figure.kind) for figure in figures] == [(30_000, "", FigureKind.BARE)]
    assert find_figures("口罩 3000 只\n")[0].unit == "只"


def test_a_currency_belongs_to_the_number_it_touches() -> None:
    figures = find_figures("捐款10万港币 5000元")
    assert [(figure.value, figure.currency) for figure in figures] == [(100_000, "HKD"), (5_000, "CNY")]


def test_positions_point_at_the_stretch_and_at_its_number() -> None:
    text = "合计人民币约1,250余万元整,其中"
    (figure,) = find_figures(text)
    assert text[figure.start : figure.end] == "人民币约1,250余万元整"[3:]
    assert text[figure.number_start : figure.number_end] == "1,250余万"


def test_places_without_a_digit_before_them_are_read() -> None:
    (figure,) = find_figures("近万亿元")
    assert (figure.value, figure.bound) == (Decimal(10**12), Bound.NEARLY)


def test_the_other_money_behind_yuan_is_what_is_told() -> None:
    (figure,) = find_figures("3万元港币")
    assert (figure.value, figure.currency) == (Decimal(30000), "HKD")


@given(
    st.text(
        alphabet="0123456789,.，．一二十百千万亿余多几数上近约超元美港币至-—（）()日月年 第个人只\n%",
        max_size=60,
    )
)
def test_figures_of_any_text_stand_in_order_and_inside_it(text: str) -> None:
    position = 0
    for figure in find_figures(text):
        assert position <= figure.start <= figure.number_start < figure.number_end <= figure.end <= len(text)
        position = figure.end
        assert (figure.value is None) == (figure.bound is None)


@given(st.text(max_size=40))
def test_reading_a_cell_gives_an_amount_or_a_reason(text: str) -> None:
    try:
        amount: Amount | None = read_amount(text)
        code = ""
    except FigureError as error:
        amount, code = None, error.code
    assert (amount is None) == code.startswith("amount.")
    assert amount is None or amount.value is None or amount.value >= 0


def test_a_cell_is_read_as_one_amount() -> None:
    assert read_amount(" 50,000.00 ") == Amount(Decimal(50_000))
    assert read_amount("20.8万") == Amount(Decimal(208_000))
    assert read_amount("数万元") == Amount(None)


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "amount.empty"),
        ("没有", "amount.not_a_number"),
        ("-500元", "amount.negative"),
        ("(500)", "amount.negative"),
        ("人民币-500元", "amount.negative"),
        ("NaN", "amount.not_a_number"),
        ("1e9", "amount.not_a_number"),
        ("99999999999999元", "amount.too_large"),
        ("9" * 30, "amount.too_large"),
        ("3元 5元", "amount.several"),
        ("30只", "amount.not_money"),
        ("2月10日", "amount.not_money"),
        ("5万元给县医院", "amount.not_a_number"),
    ],
)
def test_a_cell_that_is_no_amount_is_refused_with_a_reason(text: str, code: str) -> None:
    with pytest.raises(FigureError) as caught:
        read_amount(text)
    assert caught.value.code == code
