"""Amounts in words say neither more nor less than the amount, and read back as it."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.engines.figures import (
    UNKNOWN,
    Amount,
    Bound,
    FigureError,
    add,
    find_figures,
    from_capitals,
    sum_to_chinese,
    sum_to_english,
    to_capitals,
    to_chinese,
    to_english,
)
from lianfang.engines.figures.tests.strategies import amounts


@pytest.mark.parametrize(
    ("amount", "chinese", "english"),
    [
        (Amount(Decimal(16_080_000), Bound.OVER), "1608万余元", "over CNY 16.08 million"),
        (Amount(Decimal(20_000_000), Bound.OVER), "2000余万元", "over CNY 20 million"),
        (Amount(Decimal(130_000_000), Bound.OVER), "1.3亿余元", "over CNY 130 million"),
        (Amount(Decimal(5_000), Bound.OVER), "5000余元", "over CNY 5,000"),
        (Amount(Decimal(100_000), Bound.NEARLY), "近10万元", "nearly CNY 100,000"),
        (Amount(Decimal(153_000), Bound.ABOUT), "约15.3万元", "about CNY 153,000"),
        (Amount(Decimal(292_000)), "29.2万元", "CNY 292,000"),
        (Amount(Decimal("187560.50")), "187,560.50元", "CNY 187,560.50"),
        (Amount(Decimal("18011936.66"), Bound.OVER), "18,011,936.66元以上", "over CNY 18,011,936.66"),
        (Amount(Decimal(123_456)), "123,456元", "CNY 123,456"),
        (Amount(Decimal("9560.50")), "9560.50元", "CNY 9,560.50"),
        (Amount(Decimal(20_000), currency="USD"), "2万美元", "USD 20,000"),
        (Amount(Decimal(50_000), Bound.OVER, Decimal(100_000)), "5万元至10万元", "CNY 50,000 to 100,000"),
        (UNKNOWN, "数额不详", "an unstated amount"),
    ],
)
def test_amount_in_words(amount: Amount, chinese: str, english: str) -> None:
    assert to_chinese(amount) == chinese
    assert to_english(amount) == english


@given(amounts(("CNY", "USD", "HKD", "JPY")))
def test_the_chinese_words_read_back_as_the_amount(amount: Amount) -> None:
    written = to_chinese(amount)
    if amount.value is None:
        assert find_figures(written) == []
        return
    if amount.upper == amount.value:
        return  # "5万元至5万元" is no range that anyone writes
    (figure,) = find_figures(written)
    assert figure.as_amount() == amount
    assert (figure.start, figure.end) == (0, len(written))


def test_a_sum_in_words_names_what_is_beside_and_what_is_unknown() -> None:
    total = add([Amount(Decimal(16_080_000), Bound.OVER), Amount(Decimal(20_000), currency="USD"), UNKNOWN])
    assert sum_to_chinese(total) == "1608万余元,另有2万美元,另有1笔数额不详"
    assert sum_to_english(total) == "over CNY 16.08 million, and USD 20,000, and 1 of unstated value"
    assert sum_to_chinese(add([])) == "0元"
    assert sum_to_chinese(add([Amount(Decimal(20_000), currency="USD")])) == "2万美元"
    assert sum_to_chinese(add([UNKNOWN])) == "1笔数额不详"


@pytest.mark.parametrize(
    ("yuan", "capitals"),
    [
        ("100500", "人民币壹拾万零伍佰元整"),
        ("6007.14", "人民币陆仟零柒元壹角肆分"),
        ("1409.50", "人民币壹仟肆佰零玖元伍角整"),
        ("16409.02", "人民币壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "人民币叁佰贰拾伍元零肆分"),
        ("0.5", "人民币伍角整"),
        ("0.05", "人民币伍分"),
        ("0", "人民币零元整"),
        ("100050000", "人民币壹亿零伍万元整"),
        ("10000000001", "人民币壹佰亿零壹元整"),
        ("10000000000000", "人民币壹拾万亿元整"),
    ],
)
def test_capitals_follow_the_accounting_rules(yuan: str, capitals: str) -> None:
    assert to_capitals(Decimal(yuan)) == capitals


@given(st.one_of(st.integers(0, 10**15), st.integers(0, 10**7), st.integers(0, 10**9).map(lambda n: n * 100)))
def test_capitals_read_back_as_the_amount(fen: int) -> None:
    yuan = Decimal(fen) / 100
    written = to_capitals(yuan)
    assert from_capitals(written) == yuan
    assert "零零" not in written
    if yuan >= 1:
        (figure,) = find_figures(written)
        assert figure.value == yuan


@pytest.mark.parametrize(
    ("yuan", "code"),
    [
        ("0.001", "capitals.parts_of_fen"),
        ("-1", "capitals.out_of_range"),
        ("NaN", "capitals.out_of_range"),
        ("10000000000001", "capitals.out_of_range"),
    ],
)
def test_what_has_no_capitals_is_refused(yuan: str, code: str) -> None:
    with pytest.raises(FigureError) as caught:
        to_capitals(Decimal(yuan))
    assert caught.value.code == code


@pytest.mark.parametrize("text", ["", "人民币", "5元", "人民币整", "大写"])
def test_a_text_that_is_no_capitals_is_refused(text: str) -> None:
    with pytest.raises(FigureError):
        from_capitals(text)
