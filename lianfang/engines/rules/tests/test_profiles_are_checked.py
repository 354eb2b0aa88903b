"""What does not fit its schema is refused with the place and what was expected."""

from __future__ import annotations

import json
from datetime import date, datetime, timedelta, timezone
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lianfang.engines.rules import (
    Comparison,
    DayOfYear,
    Duration,
    DurationUnit,
    RuleProfileError,
    Schema,
    Threshold,
    as_data,
    load_profiles,
    load_schema,
    read_profile,
    shipped_profiles,
)

CHINA = timezone(timedelta(hours=8))

GATE_SCHEMA = """
subject = "gate"
title = "卡点"
title_en = "Gate"
[parameters.fever]
type = "threshold"
title = "发热"
title_en = "Fever"
unit = "℃"
minimum = 35
maximum = 42
[parameters.rest]
type = "duration"
title = "休息"
title_en = "Rest"
[parameters.exits]
type = "count"
title = "次数"
title_en = "Exits"
minimum = 1
[parameters.fee]
type = "amount"
title = "费用"
title_en = "Fee"
required = false
[parameters.counting]
type = "choice"
title = "算法"
title_en = "Counting"
choices = ["rolling", "calendar"]
"""


@pytest.fixture
def gate(tmp_path: Path) -> Schema:
    (tmp_path / "gate.toml").write_text(GATE_SCHEMA, encoding="utf-8")
    return load_schema("gate", tmp_path)


def a_gate_profile(**rules: Any) -> dict[str, Any]:
    values = {
        "fever": {"at_least": 37.3},
        "rest": {"hours": 1},
        "exits": 1,
        "counting": "rolling",
        **rules,
    }
    return {
        "code": "gate-1",
        "title": "卡点规则",
        "subject": "gate",
        "valid_from": "2020-02-01",
        "source": "县指挥部",
        "version": 1,
        "rules": {
            code: {"value": value, "source": "通告", "checked": True}
            for code, value in values.items()
            if value is not None
        },
    }


def test_a_new_subject_is_data(gate: Schema) -> None:
    profile = read_profile(a_gate_profile(fee=12), "gate.json", gate)
    fever = profile.threshold("fever")
    assert fever == Threshold(Comparison.AT_LEAST, Decimal("37.3"), "℃")
    assert fever.holds(Decimal("37.3"))
    assert not fever.holds(Decimal("37.2"))
    assert (profile.count("exits"), profile.choice("counting")) == (1, "rolling")
    assert profile.amount("fee") == 12
    assert read_profile(as_data(profile), "again", gate) == profile


@pytest.mark.parametrize(
    ("rule", "value", "place"),
    [
        ("fever", {"at_least": 50}, "rules.fever.value.at_least"),
        ("fever", {"hotter": 37}, "rules.fever.value.hotter"),
        ("fever", 37.3, "rules.fever.value"),
        ("fever", {"over": float("nan")}, "rules.fever.value.over"),
        ("rest", {"weeks": 1}, "rules.rest.value.weeks"),
        ("rest", {"hours": 0}, "rules.rest.value.hours"),
        ("rest", {"hours": True}, "rules.rest.value.hours"),
        ("rest", "1h", "rules.rest.value"),
        ("exits", 0, "rules.exits.value"),
        ("exits", True, "rules.exits.value"),
        ("exits", "1", "rules.exits.value"),
        ("counting", "weekly", "rules.counting.value"),
        ("fee", "ten", "rules.fee.value"),
    ],
)
def test_a_wrong_value_is_named_with_its_place(gate: Schema, rule: str, value: Any, place: str) -> None:
    with pytest.raises(RuleProfileError) as caught:
        read_profile(a_gate_profile(**{rule: value}), "gate.json", gate)
    assert caught.value.path == f"gate.json: {place}"
    assert caught.value.code == "rules.wrong_value"


def test_missing_and_unknown_rules_are_refused(gate: Schema) -> None:
    with pytest.raises(RuleProfileError) as caught:
        read_profile(a_gate_profile(exits=None), "gate.json", gate)
    assert (caught.value.code, caught.value.path) == ("rules.missing", "gate.json: rules.exits")
    with pytest.raises(RuleProfileError) as caught:
        read_profile(a_gate_profile(quota=3), "gate.json", gate)
    assert (caught.value.code, caught.value.path) == ("rules.unknown_rule", "gate.json: rules.quota")


@pytest.mark.parametrize(
    ("key", "value", "code"),
    [
        ("valid_from", "soon", "rules.wrong_type"),
        ("valid_from", None, "rules.missing"),
        ("valid_to", "2015-01-01", "rules.validity"),
        ("version", "1", "rules.wrong_type"),
        ("subject", "no_such", "schema.unknown_subject"),
        ("subject", "../giving", "schema.unknown_subject"),
        ("valid_form", "2020-01-01", "rules.unknown_key"),
    ],
)
def test_a_wrong_head_is_refused(key: str, value: object, code: str) -> None:
    data = as_data(shipped_profiles("giving")[0]) | {key: value}
    with pytest.raises(RuleProfileError) as caught:
        read_profile(data, "giving.json")
    assert caught.value.code == code


def test_overlapping_profiles_are_refused(tmp_path: Path) -> None:
    first, second, _ = (as_data(profile) for profile in shipped_profiles("giving"))
    second["valid_from"] = first["valid_to"]
    for data in (first, second):
        (tmp_path / f"{data['code']}.json").write_text(json.dumps(data), encoding="utf-8")
    with pytest.raises(RuleProfileError) as caught:
        load_profiles(tmp_path.glob("*.json"))
    assert caught.value.code == "rules.overlap"


@pytest.mark.parametrize(("name", "text"), [("a.toml", "code = "), ("a.json", "[1"), ("b.json", "[]")])
def test_a_broken_file_is_named(tmp_path: Path, name: str, text: str) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    with pytest.raises(RuleProfileError) as caught:
        load_profiles([tmp_path / name])
    assert (caught.value.code, caught.value.path) == ("rules.unreadable", name)


def test_asking_for_a_rule_of_another_type_is_an_error() -> None:
    profile = shipped_profiles("giving")[0]
    with pytest.raises(RuleProfileError):
        profile.count("records_kept_for")
    with pytest.raises(RuleProfileError):
        profile.flag("leftover_published_within")


@pytest.mark.parametrize(
    ("duration", "start", "end"),
    [
        (Duration(72, DurationUnit.HOURS), datetime(2020, 2, 10, 18, 5), datetime(2020, 2, 13, 18, 5)),
        (Duration(5, DurationUnit.DAYS), datetime(2020, 2, 27, 23), datetime(2020, 3, 4)),
        (Duration(3, DurationUnit.MONTHS), datetime(2025, 11, 30), datetime(2026, 3, 1)),
        (Duration(15, DurationUnit.YEARS), datetime(2020, 2, 29), datetime(2035, 3, 1)),
        (Duration(2, DurationUnit.WORKING_DAYS), datetime(2020, 2, 7), datetime(2020, 2, 13)),
    ],
)
def test_durations_end_with_their_last_day(duration: Duration, start: datetime, end: datetime) -> None:
    holidays = {date(2020, 2, 10)}
    found = duration.end_from(start.replace(tzinfo=CHINA), holidays)
    assert found == end.replace(tzinfo=CHINA)


@given(
    st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)),
    st.integers(1, 60),
    st.sampled_from(DurationUnit),
)
def test_a_longer_duration_never_ends_earlier(start: datetime, count: int, unit: DurationUnit) -> None:
    start = start.replace(tzinfo=CHINA)
    end = Duration(count, unit).end_from(start)
    assert start < end <= Duration(count + 1, unit).end_from(start)


@given(st.datetimes(datetime(1990, 1, 1), datetime(2090, 1, 1)))
def test_a_day_of_the_year_is_within_the_next_year(start: datetime) -> None:
    start = start.replace(tzinfo=CHINA)
    end = DayOfYear(5, 31).end_after(start)
    assert start < end <= start + timedelta(days=367)
    assert (end - timedelta(seconds=1)).strftime("%m-%d") == "05-31"
