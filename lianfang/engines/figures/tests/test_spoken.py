"""Numbers as they are read aloud."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.engines.figures import read_amount, spoken_number


@pytest.mark.parametrize(
    ("written", "spoken"),
    [
        ("0", "零"),
        ("2", "二"),
        ("10", "十"),
        ("15", "十五"),
        ("110", "一百一十"),
        ("205", "二百零五"),
        ("1001", "一千零一"),
        ("12000", "一万二千"),
        ("10500", "一万零五百"),
        ("100000", "十万"),
        ("20003000", "二千万三千"),
        ("36.5", "三十六点五"),
    ],
)
def test_a_number_is_read_as_people_say_it(written: str, spoken: str) -> None:
    assert spoken_number(written) == spoken


@given(st.integers(1, 99_999_999))
def test_what_is_spoken_is_read_back_as_the_same_number(number: int) -> None:
    assert read_amount(spoken_number(str(number)) + "元").value == number


@pytest.mark.parametrize("written", ["", "一", "-3", "1.2.3", "٣"])
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="not a number"):
        spoken_number(written)
