"""A problem that cannot be solved as it stands is refused with every fault named, at its place."""

from dataclasses import replace
from datetime import UTC

import pytest

from lianfang.engines.roster import (
    Assignment,
    Fault,
    FaultCode,
    Limits,
    Mix,
    Problem,
    ProblemError,
    Quota,
    QuotaSpan,
    Rules,
    Span,
    Weights,
    Wish,
    find_faults,
    read_problem,
    solve,
    to_chinese,
    to_english,
)
from lianfang.engines.roster.grid import grid_of
from lianfang.engines.roster.tests.builders import (
    EARLY,
    LATE,
    MONDAY,
    NIGHT,
    a_duty,
    a_person,
    a_problem,
    a_span,
    at,
    people,
)


def codes(problem: Problem) -> list[str]:
    return [str(fault.code) for fault in find_faults(problem)]


def test_a_sound_problem_has_no_fault() -> None:
    assert find_faults(a_problem()) == ()


NO_PEOPLE = replace(a_problem(), people=())

BAD = {
    FaultCode.NO_PEOPLE: NO_PEOPLE,
    FaultCode.NO_DUTIES: replace(a_problem(), duties=()),
    FaultCode.NO_DAYS: replace(a_problem(), days=0),
    FaultCode.TOO_MANY_DAYS: a_problem(days=401),
    FaultCode.TOO_MANY_PEOPLE: a_problem(people(20_001)),
    FaultCode.NO_ID: a_problem([a_person("")]),
    FaultCode.PERSON_TWICE: a_problem([a_person("甲"), a_person("甲")]),
    FaultCode.DUTY_TWICE: a_problem(duties=[a_duty(), a_duty()]),
    FaultCode.DUTY_TOO_LONG: a_problem(duties=[a_duty(minutes=30 * 60)]),
    FaultCode.DUTY_WITHOUT_LENGTH: a_problem(duties=[a_duty(minutes=0)]),
    FaultCode.DUTY_OUTSIDE: a_problem(duties=[a_duty(7)]),
    FaultCode.DUTIES_OVERLAP: a_problem(duties=[a_duty(), replace(a_duty(), id="x", start=at(0, 9))]),
    FaultCode.SPAN_BACKWARDS: a_problem([a_person(absences=(Span(start=at(1, 0), end=at(0, 0)),))]),
    FaultCode.ZONED_TIME: a_problem(duties=[replace(a_duty(), start=at(0, 8).replace(tzinfo=UTC))]),
    FaultCode.NEGATIVE: a_problem(duties=[a_duty(wanted=-1)]),
    FaultCode.UNKNOWN_SKILL: a_problem(duties=[a_duty(skills=("民警",))]),
    FaultCode.UNKNOWN_SHIFT: a_problem([a_person(wishes=(Wish(day=MONDAY, shift="午班"),))]),
    FaultCode.UNKNOWN_POST: a_problem([a_person(posts=("南门",))]),
    FaultCode.UNKNOWN_UNIT: a_problem(quotas=(Quota(unit="县三无局", most=3),)),
    FaultCode.UNKNOWN_ASSIGNMENT: a_problem(current=(Assignment(duty="0早班", person="丙"),)),
    FaultCode.MINIMUM_ABOVE_WANTED: a_problem(duties=[a_duty(wanted=1, minimum=2)]),
    FaultCode.MIX_ABOVE_WANTED: a_problem(
        [a_person(skills=("民警",))], [a_duty(mix=(Mix(skills=("民警",), count=2),))]
    ),
    FaultCode.LIMITS_CONTRADICT: a_problem(limits=Limits(shortest_run_days=4, longest_run_days=3)),
    FaultCode.FEWEST_MINUTES_OUT_OF_REACH: a_problem(limits=Limits(fewest_minutes=481)),
    FaultCode.QUOTAS_CONTRADICT: a_problem(
        [a_person(unit="甲局")],
        quotas=(Quota(unit="甲局", span=QuotaSpan.DAY, fewest=2), Quota(unit="甲局", most=9)),
    ),
    FaultCode.FROZEN_CONTRADICTS: a_problem(
        duties=[a_duty(0, LATE), a_duty(1, NIGHT)],
        rules=Rules(rest_minutes=600),
        current=(Assignment(duty="0中班", person="甲"), Assignment(duty="1夜班", person="甲")),
        frozen_until=at(2, 0),
    ),
}


@pytest.mark.parametrize("code", BAD)
def test_each_fault_is_named_and_refused(code: FaultCode) -> None:
    problem = BAD[code]
    assert codes(problem) == [code]
    with pytest.raises(ProblemError) as refused:
        solve(problem, seconds=0.1)
    assert refused.value.code == code


@pytest.mark.parametrize("code", FaultCode)
def test_each_fault_has_a_test_and_a_sentence_in_both_languages(code: FaultCode) -> None:
    found_later = {FaultCode.UNREADABLE, FaultCode.TOO_LARGE, FaultCode.TOO_MANY_SHAPES}
    fault = Fault(code, "x", ("1", "2")) if code in found_later else find_faults(BAD[code])[0]
    assert len(to_chinese(fault)) > 3
    assert len(to_english(fault)) > 3
    assert "{" not in to_chinese(fault) + to_english(fault)


def test_a_contradiction_of_rules_names_both() -> None:
    fault = find_faults(BAD[FaultCode.LIMITS_CONTRADICT])[0]
    assert to_chinese(fault) == "rules.limits:两条规定互相矛盾:shortest_run_days=4 与 longest_run_days=3"


def test_what_is_frozen_and_breaks_a_rule_names_the_rule_and_the_duties() -> None:
    fault = find_faults(BAD[FaultCode.FROZEN_CONTRADICTS])[0]
    assert fault.details == ("rest", "0中班", "1夜班")


def test_a_skill_that_is_to_be_borrowed_may_be_asked_for() -> None:
    assert codes(a_problem(duties=[a_duty(skills=("民警",))], skills=("民警",))) == []


def test_several_faults_are_all_named() -> None:
    problem = a_problem([a_person("甲"), a_person("甲")], [a_duty(minutes=1800), a_duty(8)])
    assert codes(problem) == [FaultCode.PERSON_TWICE, FaultCode.DUTY_TOO_LONG, FaultCode.DUTY_OUTSIDE]


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("{", "$"),
        ("[]", "$"),
        ('{"first_day": "2020-02-30", "days": 7, "people": [], "duties": []}', "$.first_day"),
        ('{"first_day": "2020-02-10", "days": 7, "people": [{"id": 3}], "duties": []}', "$.people[0].id"),
        ('{"first_day": "2020-02-10", "days": "seven", "people": [], "duties": []}', "$.days"),
    ],
)
def test_text_that_is_no_problem_is_refused_at_its_place(text: str, place: str) -> None:
    with pytest.raises(ProblemError) as refused:
        read_problem(text)
    assert [(fault.code, fault.place) for fault in refused.value.faults] == [(FaultCode.UNREADABLE, place)]


def test_weights_below_nothing_are_refused() -> None:
    assert codes(a_problem(rules=Rules(weights=Weights(nights=-1)))) == [FaultCode.NEGATIVE]


def test_a_duty_at_once_with_another_of_another_shift_is_no_fault() -> None:
    assert codes(a_problem(duties=[a_duty(), replace(a_duty(0, ("加强班", 10)))])) == []


def test_an_absence_makes_the_fewest_minutes_unreachable() -> None:
    away = a_person(absences=(a_span(0, 0),))
    assert codes(a_problem([away], limits=Limits(fewest_minutes=480))) == [
        FaultCode.FEWEST_MINUTES_OUT_OF_REACH
    ]


def test_more_ways_to_combine_turns_than_can_be_listed_are_refused() -> None:
    turns = [a_duty(0, (f"{hour:02}时", hour), minutes=60) for hour in range(24)]
    problem = a_problem(people(2), turns, rules=Rules(duties_a_day=4))
    with pytest.raises(ProblemError) as refused:
        solve(problem, seconds=0.1)
    assert refused.value.code == FaultCode.TOO_MANY_SHAPES


def test_a_problem_too_large_to_hold_is_refused() -> None:
    posts = [a_duty(0, EARLY, post=f"岗{number}") for number in range(900)]
    problem = a_problem(people(2000), posts, days=300)
    with pytest.raises(ProblemError) as refused:
        grid_of(problem)
    assert refused.value.code == FaultCode.TOO_LARGE
