"""Addresses as people type them."""

import pytest

from lianfang.places.addresses import plate_keys, plate_of, room_keys, segments, typed_address


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("3-2-501", ("3", "2", "501")),
        ("3号楼2单元501室", ("3", "2", "501")),
        ("3号楼501", ("3", "501")),
        ("三号楼二单元五〇一", ("3", "2", "501")),
        ("十二栋", ("12",)),
        ("03-02-0501", ("3", "2", "501")),
        ("3#2#501", ("3", "2", "501")),
        ("A座1201", ("A", "1201")),
        ("2组", ("2",)),
        ("王大明", ()),
        ("", ()),
    ],
)
def test_an_address_is_read_however_it_is_written(typed: str, read: tuple[str, ...]) -> None:
    assert segments(typed) == read


def test_a_building_named_as_such_is_not_the_beginning_of_a_room() -> None:
    assert typed_address("3号楼") == "3-"
    assert typed_address("3") == "3"


@pytest.mark.parametrize("typed", ["3-2-501", "3号楼501", "501", "32501", "3501", "3-2-5"])
def test_every_way_to_begin_a_room_finds_it(typed: str) -> None:
    assert any(key.startswith(typed_address(typed)) for key in room_keys("3", "2", "501"))


def test_a_plate_is_found_by_any_of_its_ends() -> None:
    assert plate_of("鲁M·a1234 ") == "鲁MA1234"
    assert {"A1234", "1234", "234"} <= set(plate_keys("鲁MA1234"))
