"""Cells of a paper register, read as people write them."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lianfang.gates import handwriting

DAY = date(2020, 2, 10)


def at(day: int, hour: int, minute: int) -> datetime:
    return timezone.make_aware(datetime(2020, 2, day, hour, minute))


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("36.5", "36.5"),
        ("365", "36.5"),
        ("３６．５℃", "36.5"),
        ("37", "37.0"),
        ("36点8", "36.8"),
        ("43.0", "43.0"),
    ],
)
def test_a_temperature_is_read_with_and_without_its_point(text: str, value: str) -> None:
    assert handwriting.read_celsius(text) == Decimal(value)


def test_normal_by_word_has_no_number() -> None:
    assert handwriting.read_celsius("正常") is None


@pytest.mark.parametrize("text", ["33.9", "43.1", "36.55", "热", "3650", "NaN", "1e3"])
def test_a_temperature_that_cannot_be_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        handwriting.read_celsius(text)


def test_several_readings_of_one_encounter_keep_their_order() -> None:
    assert handwriting.read_readings("38.0→375") == [Decimal("38.0"), Decimal("37.5")]
    assert handwriting.read_readings("") == []


@pytest.mark.parametrize("text", ["8:05", "805", "0805", "8点05", "8：05", "8.05"])
def test_a_time_is_read_as_it_is_written(text: str) -> None:
    assert handwriting.read_moment(text, DAY) == at(10, 8, 5)


def test_24_oclock_is_the_end_of_the_day() -> None:
    assert handwriting.read_moment("24:00", DAY) == at(11, 0, 0)


def test_a_row_after_midnight_may_name_its_day() -> None:
    assert handwriting.read_moment("2月11日 0:20", DAY) == at(11, 0, 20)


@pytest.mark.parametrize("text", ["25:00", "8:60", "早上", "2月30日 8:00", "12345"])
def test_what_is_no_time_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        handwriting.read_moment(text, DAY)


@pytest.mark.parametrize(
    ("text", "plate"),
    [
        ("鲁m·12345", "鲁M12345"),
        ("鲁MD12345", "鲁MD12345"),
        ("鲁M12345D", "鲁M12345D"),
        ("鲁M1234警", "鲁M1234警"),
        ("无牌", "无牌"),
    ],
)
def test_plates_have_seven_signs_or_eight_for_new_energy(text: str, plate: str) -> None:
    assert handwriting.plate_of(text) == plate


@pytest.mark.parametrize("text", ["鲁M1234", "鲁M123456", "M12345", "鲁MO12345", "某车"])
def test_what_is_no_plate_is_refused(text: str) -> None:
    with pytest.raises(ValidationError):
        handwriting.plate_of(text)


def test_not_asked_differs_from_no() -> None:
    assert [handwriting.read_answer(text) for text in ("", "无", "有", "×", "√", "武汉")] == [
        "",
        "no",
        "yes",
        "no",
        "yes",
        "yes",
    ]


def test_ditto_marks_are_known_in_their_forms() -> None:
    assert all(handwriting.is_ditto(text) for text in ('"', "〃", "″", "同上", " 〃 "))
    assert not handwriting.is_ditto("")
