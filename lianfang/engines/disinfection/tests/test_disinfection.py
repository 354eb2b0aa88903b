"""Mixing and advice."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.engines.disinfection import (
    Agent,
    DilutionError,
    Disinfecting,
    Method,
    Target,
    advice_on,
    dilute,
    strength_of_percent,
)


def test_a_knapsack_of_sixteen_litres_takes_160_millilitres_of_84() -> None:
    mix = dilute(total_ml=16_000, target_mg_l=500, stock_mg_l=strength_of_percent(Decimal(5)))
    assert (mix.stock_ml, mix.water_ml) == (160, 15_840)
    assert mix.parts == 99


@given(st.integers(100, 1_000_000), st.integers(50, 5_000), st.integers(6_000, 100_000))
def test_what_is_mixed_has_the_strength_that_was_asked_for(total: int, target: int, stock: int) -> None:
    mix = dilute(total_ml=total, target_mg_l=target, stock_mg_l=stock)
    assert mix.stock_ml + mix.water_ml == total
    made = mix.stock_ml * stock / total
    tolerance = Decimal(stock) / total  # a millilitre more or less
    assert abs(made - target) <= tolerance


@pytest.mark.parametrize(
    ("total", "target", "stock", "field"),
    [(0, 500, 50_000, "total_ml"), (1000, 0, 50_000, "target_mg_l"), (1000, 500, 500, "stock_mg_l")],
)
def test_an_impossible_mixture_names_what_is_wrong(total: int, target: int, stock: int, field: str) -> None:
    with pytest.raises(DilutionError) as error:
        dilute(total_ml=total, target_mg_l=target, stock_mg_l=stock)
    assert error.value.field == field


def test_a_label_of_nothing_or_more_than_all_is_refused() -> None:
    for percent in (Decimal(0), Decimal(101)):
        with pytest.raises(DilutionError):
            strength_of_percent(percent)


def codes(**values: object) -> list[str]:
    plain = {"agent": Agent.CHLORINE, "method": Method.WIPE, "target": Target.TOUCHED}
    return [one.code for one in advice_on(Disinfecting(**{**plain, **values}))]  # type: ignore[arg-type]


def test_what_is_as_it_should_be_needs_no_advice() -> None:
    assert codes(strength=500, contact_minutes=30) == []


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"target": Target.PEOPLE, "method": Method.SPRAY}, "spraying_people"),
        ({"target": Target.STREET}, "spraying_streets"),
        ({"target": Target.OUTDOOR_AIR}, "outdoor_air"),
        ({"target": Target.VEHICLE_OUTSIDE}, "vehicle_outside"),
        ({"agent": Agent.ETHANOL, "method": Method.SPRAY}, "ethanol_spray"),
        ({"method": Method.FUME, "people_present": True}, "fumes_with_people"),
        ({"with_acid": True}, "chlorine_with_acid"),
        ({"strength": 200}, "too_weak"),
        ({"strength": 2000}, "too_strong"),
        ({"contact_minutes": 10}, "contact_too_short"),
        ({"agent": Agent.ETHANOL, "strength": 95}, "ethanol_strength"),
    ],
)
def test_each_practice_of_the_guide_has_its_advice(values: dict[str, object], code: str) -> None:
    assert codes(**values) == [code]


def test_objects_of_a_contact_may_have_a_thousand() -> None:
    assert codes(target=Target.CONTACT_OBJECTS, strength=1000) == []


def test_what_is_advised_against_names_its_source() -> None:
    found = advice_on(Disinfecting(Agent.CHLORINE, Method.SPRAY, Target.PEOPLE))
    assert found[0].against
    assert "147号" in found[0].source
