"""How amounts, times, states and masked values look."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from django.template import engines
from django.utils import timezone, translation

from lianfang.desk import masking, rendering
from lianfang.desk.states import State, Tone
from lianfang.engines.figures import UNKNOWN, Amount, Bound, add


def test_amount_is_written_as_people_say_it_and_keeps_the_exact_figure() -> None:
    html = rendering.amount_html(Amount(Decimal(1_440_000), Bound.OVER))
    assert "144万余元" in html
    assert "不少于 1,440,000 元" in html


def test_plain_number_is_yuan() -> None:
    assert rendering.amount_text(Decimal("187560.50")) == "187,560.50元"
    assert rendering.exact_text(Decimal("187560.50")) == "187,560.50 元"


def test_unknown_amount_has_no_figure_behind_it() -> None:
    assert rendering.exact_text(UNKNOWN) == ""
    assert rendering.exact_text(None) == ""
    assert "data-exact" not in rendering.amount_html(UNKNOWN)


def test_range_shows_both_ends() -> None:
    between = Amount(Decimal(50_000), Bound.OVER, Decimal(100_000))
    assert rendering.exact_text(between) == "50,000 元 至 100,000 元"


def test_sum_is_shown_by_what_it_may_claim() -> None:
    total = add([Amount(Decimal(10_000)), Amount(Decimal(20_000), Bound.OVER)])
    assert "余" in rendering.amount_text(total)


def test_foreign_money_is_not_called_yuan_nor_exported_as_yuan() -> None:
    dollars = Amount(Decimal(20_000), currency="USD")
    assert "元" not in rendering.exact_text(dollars)
    assert rendering.number_of(dollars) is None


def test_amount_is_english_on_english_pages() -> None:
    with translation.override("en"):
        assert rendering.amount_text(Amount(Decimal(20_000_000), Bound.OVER)) == "over CNY 20 million"


def test_moment_is_shown_in_china() -> None:
    now = timezone.localtime()
    moment = datetime(now.year, 2, 10, 10, 5, tzinfo=UTC)
    assert rendering.moment_text(moment) == "2月10日 18:05"


def test_moment_of_another_year_says_which() -> None:
    assert rendering.moment_text(date(2020, 2, 10)) == "2020年2月10日"
    with translation.override("en"):
        assert rendering.moment_text(date(2020, 2, 10)) == "10 Feb 2020"


def test_a_full_moment_says_its_year_even_this_year() -> None:
    now = timezone.localtime()
    moment = datetime(now.year, 2, 10, 10, 5, tzinfo=UTC)
    assert rendering.full_moment_text(moment) == f"{now.year}年2月10日 18:05"
    assert rendering.full_moment_text(date(2020, 2, 10)) == "2020年2月10日"
    with translation.override("en"):
        assert rendering.full_moment_text(moment) == f"10 Feb {now.year} 18:05"


def test_unknown_time_is_said_not_made_up() -> None:
    assert rendering.moment_text(None) == "时间未载明"


@pytest.mark.parametrize("tone", list(Tone))
def test_state_is_colour_shape_and_word(tone: Tone) -> None:
    html = rendering.state_html(State("已到账", tone))
    assert f"state-{tone.value}" in html
    assert "<svg" in html
    assert "已到账" in html


def test_text_of_people_is_never_markup() -> None:
    assert "<b>" not in rendering.state_html(State("<b>", Tone.DONE))
    assert "<b>" not in rendering.icon_html("gift", "<b>")


@pytest.mark.parametrize(
    ("name", "masked"), [("张三", "张*"), ("欧阳修", "欧*修"), ("王", "王"), ("", ""), ("司马相如", "司**如")]
)
def test_masked_name_keeps_its_ends(name: str, masked: str) -> None:
    assert masking.masked_name(name) == masked


def test_masked_numbers_keep_only_what_tells_them_apart() -> None:
    assert masking.masked_phone("13812341234") == "138****1234"
    assert masking.masked_phone("12345") == "*****"
    assert masking.masked_number("37990119900101001X") == "379901********001X"
    assert masking.masked_number("E123") == "**23"


def test_tags_are_there_without_loading() -> None:
    template = engines["django"].from_string(
        '{% amount a %}|{% moment m %}|{% state "到账" "done" %}|{% masked "张三" "name" %}|{% icon "gift" %}'
    )
    text = template.render({"a": Amount(Decimal(3)), "m": date(2020, 2, 10)})
    parts = text.split("|")
    assert "3元" in parts[0]
    assert "2020年2月10日" in parts[1]
    assert "到账" in parts[2]
    assert parts[3] == "张*"
    assert "icons.svg#gift" in parts[4]
