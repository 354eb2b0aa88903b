"""The four characters for people without phone or card."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.engines.passes import read_spoken, spoken_code
from lianfang.engines.passes.spoken import ALPHABET
from lianfang.engines.passes.tests.test_passes import VECTORS

SECRET = b"a secret of the tests"
CODES = st.integers(0, 99_999).map(lambda number: spoken_code(SECRET, "place", f"FX-{number:06}"))


@settings(max_examples=80, deadline=None)
@given(CODES, st.integers(0, 3), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found(code: str, at: int, sign: str) -> None:
    said = code[:at] + sign + code[at + 1 :]
    assert read_spoken(said) == (code if said == code else None)


@settings(max_examples=80, deadline=None)
@given(CODES, st.integers(0, 2))
def test_two_neighbours_that_changed_places_are_found(code: str, at: int) -> None:
    said = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
    assert read_spoken(said) == (code if said == code else None)


def test_the_alphabet_holds_nothing_that_looks_alike() -> None:
    assert len(ALPHABET) == len(set(ALPHABET)) == 23
    assert not set("01OILQDUVSZGB") & set(ALPHABET)


def test_codes_are_read_as_people_say_and_write_them() -> None:
    code = next(code for number in range(500) if "5" in (code := spoken_code(SECRET, "place", str(number))))
    wide = "".join(chr(ord(sign) + 0xFEE0) for sign in code)
    for said in (code.lower(), f" {code[:2]} {code[2:]} ", "-".join(code), wide, code.replace("5", "s")):
        assert read_spoken(said) == code


def test_codes_cannot_be_told_from_the_number_without_the_secret() -> None:
    here = [spoken_code(SECRET, "place", f"FX-{number}") for number in range(300)]
    elsewhere = [spoken_code(b"another secret", "place", f"FX-{number}") for number in range(300)]
    assert sum(one == other for one, other in zip(here, elsewhere, strict=True)) < 3
    assert len(set(here)) > 280


def test_a_taken_code_gives_way_to_the_next() -> None:
    first, second = (spoken_code(SECRET, "place", "FX-1", attempt) for attempt in (0, 1))
    assert first != second
    assert read_spoken(second) == second


def test_vectors_of_spoken_codes() -> None:
    for said, code in VECTORS["spoken"]:
        assert read_spoken(said) == code
