"""A place has parts of its own; the rest is the county's."""

from decimal import Decimal

import pytest

from lianfang.engines.rules import RuleProfileError, shipped_profiles
from lianfang.engines.rules.gates import Changes, Exits, changed_rules, exit_rules, extend_profile, gate_rules

COUNTY = shipped_profiles("gate")[0]


def rules_with(**changes: object) -> dict[str, object]:
    own = changed_rules(COUNTY, Changes(**changes), source="社区通告")  # type: ignore[arg-type]
    return gate_rules(extend_profile(COUNTY, own, code="own", title="本处"))


def differing(**changes: object) -> set[str]:
    whole, county = rules_with(**changes), gate_rules(COUNTY)
    return {name for name in whole if whole[name] != county.get(name)} - {"code", "title", "title_en"}


@pytest.mark.parametrize(
    ("changes", "parts"),
    [
        ({"curfew": ("22:00-06:00",)}, {"curfew"}),
        ({"exits": Exits(2, 1, 120)}, {"quotas"}),
        ({"exits": Exits(times=0)}, {"quotas"}),
        ({"exits": Exits()}, set()),
        ({"visitors": "with_host"}, {"categories"}),
        ({"couriers": "with_pass"}, {"categories"}),
        ({"threshold": Decimal("37.0")}, {"abnormal_from"}),
    ],
)
def test_only_the_part_that_was_changed_differs(changes: dict[str, object], parts: set[str]) -> None:
    assert differing(**changes) == parts


def test_exits_of_a_place_are_said_in_words() -> None:
    assert exit_rules(rules_with(exits=Exits(2, 1, 120))) == "每户每2天1人次外出，每次不超过2小时"


def test_visitors_alone_are_changed_among_the_categories() -> None:
    categories = rules_with(visitors="with_host")["categories"]
    assert categories["visitor"]["enters"] == "with_host"  # type: ignore[index]
    assert categories["courier"]["enters"] == "not_admitted"  # type: ignore[index]


def test_a_part_that_does_not_exist_is_refused_with_its_place() -> None:
    with pytest.raises(RuleProfileError) as caught:
        extend_profile(COUNTY, {"no_such": {"value": 1, "source": "", "checked": False}}, code="own")
    assert "no_such" in str(caught.value)


def test_nobody_is_locked_out_of_home_by_a_place_either() -> None:
    row = {"category": "resident", "enters": "not_admitted"}
    own = {"categories": {"value": [row], "source": "", "checked": False}}
    with pytest.raises(RuleProfileError):
        gate_rules(extend_profile(COUNTY, own, code="own"))
