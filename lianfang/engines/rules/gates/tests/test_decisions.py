"""Decisions at a gate: cases written by hand, and what holds for every situation."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.engines.rules.gates import (
    HOME,
    CompiledGate,
    Decision,
    SituationError,
    compile_rules,
    decide,
    exit_rules,
    say,
)
from lianfang.engines.rules.gates.evaluator import NOT_WAIVED, TURNED_BACK_CODES
from lianfang.engines.rules.gates.tests.builders import (
    RULES,
    a_pass,
    a_situation,
    a_visitor,
    at,
    decided,
    gate,
    home,
    out,
)
from lianfang.engines.rules.gates.tests.cases import CASES, Case
from lianfang.engines.rules.gates.tests.strategies import situations
from lianfang.engines.rules.gates.wording import catalogue

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parent.parent / "vectors.json").read_text(encoding="utf-8")
)

PLACES_OF_THE_TABLE = {
    "Jiangdu", "Wujiabao", "Yangling", "Zhengzhou", "Ruyang", "Wuhan", "Dorbod", "Yuechi", "Unified pass",
    "Jinan", "Gucun", "Hangzhou",
}  # fmt: skip


@pytest.mark.parametrize("case", CASES, ids=[f"{case.profile}: {case.name}" for case in CASES])
def test_case(case: Case) -> None:
    decision = decided(case.situation, case.profile)
    assert (decision.outcome, decision.reasons or decision.notes) == (case.outcome, case.codes)
    assert {name: decision.facts.get(name) for name in case.facts} == case.facts
    if case.outcome != "refused":
        assert tuple(map(_named, decision.missing)) == case.missing


def test_every_rule_that_was_really_used_has_its_profile_and_its_cases() -> None:
    of_place = {place: [one for one in CASES if one.name.startswith(place)] for place in PLACES_OF_THE_TABLE}
    assert all(len(cases) >= 2 for cases in of_place.values())
    assert {one.profile for cases in of_place.values() for one in cases} <= set(RULES)


def test_at_least_three_hundred_vectors_and_every_code_in_one() -> None:
    assert len(VECTORS["vectors"]) >= 300
    assert {one.name for one in CASES} <= {one["name"] for one in VECTORS["vectors"]}
    met = {
        code for one in VECTORS["vectors"] for code in one["decision"]["reasons"] + one["decision"]["notes"]
    }
    assert met == set(catalogue()["codes"])


def test_vectors_come_out_as_they_are_written() -> None:
    gates: dict[str, CompiledGate] = {
        name: compile_rules(rules) for name, rules in VECTORS["profiles"].items()
    }
    differing = []
    for one in VECTORS["vectors"]:
        decision = decide(gates[one["profile"]], one["situation"])
        words = [_words(decision, one, language) for language in ("zh", "en")]
        if decision.as_data() != one["decision"] or words != one["words"]:
            differing.append(one["name"])
    assert differing == [], "if the change is meant: python tools/gates.py"


def test_profiles_in_the_vectors_are_those_that_ship() -> None:
    assert VECTORS["profiles"] == RULES, "python tools/gates.py"


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(RULES)), situations())
def test_who_lives_here_is_never_shut_out(profile: str, situation: Any) -> None:
    situation |= {"direction": "in", "identity": "register"}
    if situation["category"] not in HOME:
        situation["category"] = "resident"
    assert decided(situation, profile).outcome not in {"refused", "turned_back"}


@settings(max_examples=50, deadline=None)
@given(st.sampled_from(sorted(RULES)), situations())
def test_life_at_stake_goes_first_with_nothing_missing(profile: str, situation: Any) -> None:
    decision = decided(situation | {"emergency": True}, profile)
    assert (decision.outcome, decision.missing) == ("admitted", ())


@settings(max_examples=100, deadline=None)
@given(st.sampled_from(sorted(RULES)), situations())
def test_a_fever_is_held_and_never_refused(profile: str, situation: Any) -> None:
    for key in ("emergency", "escort", "vehicle"):
        situation.pop(key, None)
    situation["readings"] = [{"tenths": 391, "at": situation["now"]}]
    expected = "admitted" if situation["category"] == "emergency" else "held"
    assert decided(situation, profile).outcome == expected


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(RULES)), situations())
def test_a_decision_says_enough(profile: str, situation: Any) -> None:
    """An outcome or something to do; a refusal has its reason, and each has its words in both languages."""
    decision = decided(situation, profile)
    assert bool(decision.outcome) or bool(decision.missing)
    assert bool(decision.reasons) == (decision.outcome in {"refused", "turned_back", "held"})
    if decision.outcome == "admitted":
        assert not decision.missing
    for code in decision.reasons:
        known = catalogue()["codes"][code]["outcome"]
        assert known == decision.outcome or code != decision.reasons[0]
    for language in ("zh", "en"):
        words = say(decision, RULES[profile], offset=situation["offset"], language=language)
        assert words.say
        assert not set("{}[]") & set(words.say + words.instead)


@settings(max_examples=150, deadline=None)
@given(st.sampled_from(sorted(RULES)), situations())
def test_the_short_way_decides_as_the_long_one(profile: str, situation: Any) -> None:
    long = compile_rules(RULES[profile])
    long.lanes = {key: lane._replace(plain=False) for key, lane in long.lanes.items()}
    assert decide(long, situation) == decided(situation, profile)


def test_plain_data_in_and_plain_data_out() -> None:
    situation = out(shown=a_pass(), units={"household": {"exits": [[at(11), None]]}})
    again = json.loads(json.dumps(situation))
    decision = decided(situation, "wuhan")
    assert decided(again, "wuhan") == decision
    assert json.loads(json.dumps(decision.as_data())) == decision.as_data()


def test_a_situation_is_not_changed() -> None:
    situation = out(shown=a_pass(), units={"household": {"exits": [[at(12, 8), None]]}})
    before = json.dumps(situation)
    decided(situation, "yuechi")
    assert json.dumps(situation) == before


def test_a_situation_of_no_known_kind_is_refused() -> None:
    with pytest.raises(SituationError):
        decided(a_situation("in", "angel"))
    with pytest.raises(SituationError):
        decided(home(place={"state": "flooded"}))


def test_refusals_have_a_sentence_and_a_way_out_in_both_languages() -> None:
    refusals = {code: one for code, one in catalogue()["codes"].items() if one["outcome"]}
    assert len(refusals) >= 20
    for code, one in refusals.items():
        assert all(one[key] for key in ("title", "title_en", "say", "say_en", "instead", "instead_en")), code


def test_the_evaluator_and_the_words_agree_on_who_is_turned_back() -> None:
    codes = catalogue()["codes"]
    assert {code for code, one in codes.items() if one["outcome"] == "turned_back"} == TURNED_BACK_CODES
    assert set(codes) > NOT_WAIVED


def test_next_exit_is_said_as_people_write_it() -> None:
    decision = decided(
        out(shown=a_pass(), units={"household": {"exits": [[at(10, 20), at(10, 21)]]}}), "wuhan"
    )
    words = say(decision, RULES["wuhan"], offset=480)
    assert words.say == "您家这次的外出次数已经用过了，2月13日0:00起可以再出门，请您理解。"


def test_a_breach_of_someone_coming_home_is_not_said_as_a_refusal() -> None:
    words = say(decided(home(now=at(12, 23)), "night-curfew"), RULES["night-curfew"], offset=480)
    assert (words.title, words.say) == ("夜间不外出", "请通行，谢谢配合。")


def test_what_is_missing_is_asked_in_the_words_of_the_profile() -> None:
    visitor = a_visitor("worker", host="confirmed", papers={"id_card": True})
    words = say(decided(visitor), RULES["gate-2020-01"], offset=480)
    assert words.say == "这几天有没有发热、咳嗽、乏力？"


@pytest.mark.parametrize(
    ("profile", "chinese", "english"),
    [
        ("gate-2020-01", "外出不限次", "no limit of exits"),
        ("wujiabao", "每户2天（满2×24小时）1人次外出，每次不超过2小时",
         "1 exit(s) within 2 × 24 hours for a household, at most 2 hours each"),
        ("ruyang", "每户每2天1人次外出，限7:30–11:30",
         "1 exit(s) in 2 days for a household, between 7:30–11:30"),
        ("yuechi", "每户每天1人次外出，每次不超过1小时",
         "1 exit(s) a day for a household, at most 1 hour each"),
        ("wuhan-collected", "暂不外出，由社区统一代购", "no exits for now, the community buys for all"),
        ("jinan-village", "每户每段3天1人次外出", "1 exit(s) in each block of 3 days for a household"),
    ],
)  # fmt: skip
def test_the_exit_quota_is_told_in_a_line_for_a_card(profile: str, chinese: str, english: str) -> None:
    assert exit_rules(RULES[profile]) == chinese
    assert exit_rules(RULES[profile], language="en") == english


def test_a_gate_is_compiled_once_for_all_places_states_and_categories() -> None:
    assert len(gate().lanes) == 2 * 8 * 5


def _named(missing: Any) -> str:
    return missing["kind"] + (f":{missing['code']}" if "code" in missing else "")


def _words(decision: Decision, vector: Any, language: str) -> list[str]:
    offset = vector["situation"]["offset"]
    words = say(decision, VECTORS["profiles"][vector["profile"]], offset=offset, language=language)
    return [words.title, words.say, words.instead]
