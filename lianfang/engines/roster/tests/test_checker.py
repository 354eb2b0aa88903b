"""The checker lists every broken rule and counts the cost."""

from datetime import timedelta

import pytest

from lianfang.engines.roster import (
    Assignment,
    CostName,
    Duty,
    History,
    Limits,
    Mix,
    Person,
    Problem,
    Quota,
    QuotaSpan,
    Roster,
    RuleName,
    Rules,
    Sex,
    Weights,
    Wish,
    WomenAtNight,
    check,
    to_chinese,
    to_english,
)
from lianfang.engines.roster.checking import is_night
from lianfang.engines.roster.tests.builders import (
    EARLY,
    LATE,
    MONDAY,
    NIGHT,
    a_duty,
    a_person,
    a_problem,
    a_roster,
    a_span,
    at,
    people,
)

DAY_NIGHT = ("大夜", 20)


def broken(problem: Problem, roster: Roster) -> list[tuple[RuleName, tuple[str, ...]]]:
    return [(each.rule, each.duties) for each in check(problem, roster).broken]


def on_days(person: str, *days: int, shift: str = "早班") -> Roster:
    return a_roster(*((person, f"{day}{shift}") for day in days))


EARLIES = [a_duty(day) for day in range(7)]
NIGHTS = [a_duty(day, NIGHT) for day in range(7)]


def with_limits(**limits: int) -> Problem:
    return a_problem(duties=[*EARLIES, *NIGHTS], limits=Limits(**limits))


def a_day_with(*duties: Duty, **rules: object) -> Problem:
    return a_problem(duties=duties, rules=Rules(**rules))  # type: ignore[arg-type]


CASES = {
    RuleName.UNKNOWN_PERSON: (with_limits(), on_days("无", 0)),
    RuleName.UNKNOWN_DUTY: (with_limits(), a_roster(("甲", "无"))),
    RuleName.TWO_DUTIES_AT_ONCE: (
        a_day_with(a_duty(), a_duty(0, ("加强班", 12)), duties_a_day=2),
        a_roster(("甲", "0早班"), ("甲", "0加强班")),
    ),
    RuleName.REST: (
        a_day_with(a_duty(0, LATE), a_duty(1, NIGHT), rest_minutes=660),
        a_roster(("甲", "0中班"), ("甲", "1夜班")),
    ),
    RuleName.DUTIES_A_DAY: (
        a_day_with(a_duty(0, NIGHT), a_duty(0, LATE)),
        a_roster(("甲", "0夜班"), ("甲", "0中班")),
    ),
    RuleName.SUCCESSION: (
        a_day_with(a_duty(0, LATE), a_duty(1), successions_forbidden=(("中班", "早班"),)),
        a_roster(("甲", "0中班"), ("甲", "1早班")),
    ),
    RuleName.ABSENT: (a_problem([a_person(absences=(a_span(0, 0),))]), on_days("甲", 0)),
    RuleName.SKILL: (
        a_problem([a_person(), a_person("乙", skills=("民警",))], [a_duty(skills=("民警",))]),
        on_days("甲", 0),
    ),
    RuleName.POST: (
        a_problem([a_person(posts=("北门",))], [a_duty(post="南门"), a_duty(post="北门")]),
        a_roster(("甲", "南门0早班")),
    ),
    RuleName.MOST_MINUTES: (with_limits(most_minutes=900), on_days("甲", 0, 1)),
    RuleName.FEWEST_MINUTES: (with_limits(fewest_minutes=900), on_days("甲", 0)),
    RuleName.MOST_DUTIES: (with_limits(most_duties=1), on_days("甲", 0, 1)),
    RuleName.MOST_NIGHTS: (with_limits(most_nights=1), on_days("甲", 0, 1, shift="夜班")),
    RuleName.MOST_WEEKENDS: (with_limits(most_weekends=0), on_days("甲", 5, 6)),
    RuleName.MOST_OF_SHIFT: (
        a_problem([a_person(most_of_shift={"早班": 1})], EARLIES),
        on_days("甲", 0, 1),
    ),
    RuleName.LONGEST_RUN_DAYS: (with_limits(longest_run_days=2), on_days("甲", 0, 1, 2)),
    RuleName.SHORTEST_RUN_DAYS: (with_limits(shortest_run_days=2), on_days("甲", 2)),
    RuleName.SHORTEST_DAYS_OFF: (with_limits(shortest_days_off=2), on_days("甲", 2, 4)),
    RuleName.LONGEST_RUN_NIGHTS: (with_limits(longest_run_nights=2), on_days("甲", 0, 1, 2, shift="夜班")),
    RuleName.DAYS_OFF_AFTER_NIGHTS: (
        with_limits(days_off_after_nights=2),
        a_roster(("甲", "1夜班"), ("甲", "3早班")),
    ),
    RuleName.WOMEN_AT_NIGHT: (
        a_problem([a_person(sex=Sex.FEMALE)], NIGHTS, rules=Rules(women_at_night=WomenAtNight.NOT_ALONE)),
        on_days("甲", 1, shift="夜班"),
    ),
    RuleName.FROZEN: (
        a_problem(duties=EARLIES, current=(Assignment(duty="0早班", person="甲"),), frozen_until=at(1, 0)),
        Roster(),
    ),
}


@pytest.mark.parametrize("rule", RuleName)
def test_each_rule_is_found_when_it_alone_is_broken(rule: RuleName) -> None:
    problem, roster = CASES[rule]
    report = check(problem, roster)
    assert [each.rule for each in report.broken] == [rule]
    assert not report.holds
    for sentence in (to_chinese(report.broken[0]), to_english(report.broken[0])):
        assert "{" not in sentence


@pytest.mark.parametrize(
    ("problem", "roster"),
    [
        (with_limits(most_minutes=960), on_days("甲", 0, 1)),
        (with_limits(longest_run_days=3), on_days("甲", 0, 1, 2)),
        (with_limits(shortest_run_days=2), on_days("甲", 0, 2, 3, 6)),
        (with_limits(shortest_days_off=2), on_days("甲", 1, 5)),
        (with_limits(days_off_after_nights=2), a_roster(("甲", "1夜班"), ("甲", "2夜班"), ("甲", "5早班"))),
        (
            a_day_with(a_duty(0, NIGHT), a_duty(1, NIGHT), rest_minutes=960),
            a_roster(("甲", "0夜班"), ("甲", "1夜班")),
        ),
        (with_limits(most_weekends=1), on_days("甲", 5, 6)),
    ],
)
def test_a_rule_that_is_just_met_is_not_broken(problem: Problem, roster: Roster) -> None:
    assert check(problem, roster).holds


def test_after_a_day_and_night_on_duty_two_days_are_free() -> None:
    round_the_clock = [a_duty(day, ("全天", 8), minutes=1440) for day in range(4)]
    problem = a_problem(duties=round_the_clock)
    roster = on_days("甲", 0, 2, shift="全天")
    found = check(problem, roster).broken
    assert [(each.rule, each.found, each.allowed) for each in found] == [(RuleName.REST, 1440, 2880)]
    assert check(problem, on_days("甲", 0, 3, shift="全天")).holds


def test_what_was_before_the_first_day_counts() -> None:
    tired = History(run_days=2, run_nights=2, last_end=at(0, 0), last_minutes=480)
    problem = a_problem(
        [a_person(history=tired)],
        [*EARLIES, *NIGHTS],
        rules=Rules(
            rest_minutes=600,
            limits=Limits(longest_run_days=2, longest_run_nights=2, days_off_after_nights=1),
        ),
    )
    rules = {rule for rule, _ in broken(problem, on_days("甲", 0))}
    assert rules == {RuleName.REST, RuleName.LONGEST_RUN_DAYS, RuleName.DAYS_OFF_AFTER_NIGHTS}
    rules = {rule for rule, _ in broken(problem, on_days("甲", 0, shift="夜班"))}
    assert rules == {RuleName.REST, RuleName.LONGEST_RUN_DAYS, RuleName.LONGEST_RUN_NIGHTS}


def test_own_limits_go_before_the_general_ones() -> None:
    weak = a_person("乙", limits=Limits(most_duties=1))
    problem = a_problem([a_person(), weak], EARLIES, limits=Limits(most_duties=2))
    assert broken(problem, on_days("甲", 0, 1)) == []
    assert broken(problem, on_days("乙", 0, 1)) == [(RuleName.MOST_DUTIES, ())]


@pytest.mark.parametrize(
    ("duty", "night"),
    [
        (a_duty(0, NIGHT), True),
        (a_duty(0, EARLY), False),
        (a_duty(0, LATE), False),
        (a_duty(0, DAY_NIGHT, minutes=720), True),
        (a_duty(0, EARLY, minutes=1440), True),
        (a_duty(0, NIGHT, night=False), False),
        (a_duty(0, ("小夜", 22), minutes=120), False),
    ],
)
def test_a_duty_that_covers_three_hours_of_the_night_is_a_night_duty(duty: Duty, night: bool) -> None:
    assert is_night(Rules(), duty) is night


@pytest.mark.parametrize(
    ("option", "others", "holds"),
    [
        (WomenAtNight.ANY, [], True),
        (WomenAtNight.NOT_ALONE, [], False),
        (WomenAtNight.NOT_ALONE, [Sex.MALE], True),
        (WomenAtNight.NOT_THE_ONLY_WOMAN, [Sex.MALE], False),
        (WomenAtNight.NOT_THE_ONLY_WOMAN, [Sex.FEMALE], True),
    ],
)
def test_women_at_night(option: WomenAtNight, others: list[Sex], holds: bool) -> None:
    crew = [a_person("她", sex=Sex.FEMALE), *(a_person(f"同{n}", sex=sex) for n, sex in enumerate(others))]
    problem = a_problem(crew, NIGHTS, rules=Rules(women_at_night=option))
    roster = a_roster(*((person.id, "1夜班") for person in crew))
    assert check(problem, roster).holds is holds


def cost_of(problem: Problem, roster: Roster) -> dict[CostName, int]:
    return check(problem, roster).costs


def test_missing_people_cost_and_a_post_below_its_minimum_more() -> None:
    problem = a_problem(people(3), [a_duty(wanted=3, minimum=2)])
    assert cost_of(problem, a_roster(("p00", "0早班"))) == {CostName.OPEN: 5000, CostName.SHORT: 1000}
    assert cost_of(problem, a_roster(("p00", "0早班"), ("p01", "0早班"))) == {CostName.SHORT: 500}


def test_people_beyond_the_number_wanted_cost() -> None:
    problem = a_problem(people(2), [a_duty()])
    assert cost_of(problem, a_roster(("p00", "0早班"), ("p01", "0早班"))) == {CostName.OVER: 50}


def test_weights_of_a_duty_go_before_the_general_ones() -> None:
    problem = a_problem(people(2), [a_duty(short_weight=7, over_weight=3), a_duty(1, short_weight=0)])
    assert cost_of(problem, Roster()) == {CostName.SHORT: 7}
    assert cost_of(problem, a_roster(("p00", "0早班"), ("p01", "0早班"))) == {CostName.OVER: 3}


def test_at_night_one_of_three_is_police_or_medic() -> None:
    crew = [*people(3), Person(id="民", skills=("民警",)), Person(id="医", skills=("医护",))]
    problem = a_problem(crew, [a_duty(0, NIGHT, wanted=3, mix=(Mix(skills=("民警", "医护")),))])
    without = a_roster(*((f"p0{number}", "0夜班") for number in range(3)))
    assert cost_of(problem, without) == {CostName.MIX: 2000}
    assert cost_of(problem, a_roster(("p00", "0夜班"), ("p01", "0夜班"), ("医", "0夜班"))) == {}


def test_squares_make_an_uneven_roster_dearer() -> None:
    problem = a_problem(
        people(2),
        [*EARLIES, *NIGHTS],
        rules=Rules(weights=Weights(open=0, short=0, nights=5, duties=1, weekends=2)),
    )
    uneven = a_roster(("p00", "0夜班"), ("p00", "1夜班"), ("p00", "5早班"))
    assert cost_of(problem, uneven) == {CostName.NIGHTS: 20, CostName.WEEKENDS: 2, CostName.DUTIES: 9}
    even = a_roster(("p00", "0夜班"), ("p01", "1夜班"), ("p00", "5早班"))
    assert cost_of(problem, even) == {CostName.NIGHTS: 10, CostName.WEEKENDS: 2, CostName.DUTIES: 5}


def test_fairness_goes_on_from_what_was_before() -> None:
    rules = Rules(weights=Weights(open=0, short=0, nights=1))
    problem = a_problem([a_person(history=History(nights=3))], NIGHTS, rules=rules)
    assert cost_of(problem, on_days("甲", 0, shift="夜班")) == {CostName.NIGHTS: 16}


def test_holidays_and_worked_weekends() -> None:
    saturday, sunday = MONDAY + timedelta(days=5), MONDAY + timedelta(days=6)
    rules = Rules(weights=Weights(open=0, short=0, weekends=1, holidays=10))
    problem = a_problem(duties=EARLIES, rules=rules, workdays=(sunday,), holidays=(MONDAY,))
    assert cost_of(problem, on_days("甲", 6)) == {}
    assert cost_of(problem, on_days("甲", 5)) == {CostName.WEEKENDS: 1}
    assert cost_of(problem, on_days("甲", 0)) == {CostName.HOLIDAYS: 10}
    assert saturday.weekday() == 5


def test_wishes_not_met_cost() -> None:
    wishes = (
        Wish(day=MONDAY, weight=3),
        Wish(day=MONDAY, shift="夜班", weight=5),
        Wish(day=MONDAY + timedelta(days=1), on=True, shift="早班", weight=7),
        Wish(day=MONDAY + timedelta(days=30), on=True, weight=100),
    )
    rules = Rules(weights=Weights(open=0, short=0))
    problem = a_problem([a_person(wishes=wishes)], [*EARLIES, *NIGHTS], rules=rules)
    assert cost_of(problem, Roster()) == {CostName.WISH: 7}
    assert cost_of(problem, on_days("甲", 0, 1)) == {CostName.WISH: 3}
    assert cost_of(problem, a_roster(("甲", "0夜班"), ("甲", "1早班"))) == {CostName.WISH: 8}


def test_a_unit_outside_its_quota_costs() -> None:
    crew = [a_person("甲", unit="甲局"), a_person("乙", unit="乙局")]
    rules = Rules(weights=Weights(open=0, short=0, quota=10))
    quotas = (Quota(unit="甲局", fewest=2, most=3), Quota(unit="乙局", span=QuotaSpan.DAY, most=0))
    problem = a_problem(crew, EARLIES, rules=rules, quotas=quotas)
    assert cost_of(problem, a_roster(("甲", "0早班"))) == {CostName.QUOTA: 10}
    assert cost_of(problem, on_days("甲", 0, 1)) == {}
    assert cost_of(problem, on_days("乙", 0, 1)) == {CostName.QUOTA: 40}


def test_each_further_team_on_a_duty_costs() -> None:
    crew = [a_person("甲", team="一组"), a_person("乙", team="二组"), a_person("丙", team="一组")]
    problem = a_problem(crew, [a_duty(wanted=2)], rules=Rules(weights=Weights(team=9)))
    assert cost_of(problem, a_roster(("甲", "0早班"), ("乙", "0早班"))) == {CostName.TEAM: 9}
    assert cost_of(problem, a_roster(("甲", "0早班"), ("丙", "0早班"))) == {}


def test_each_change_of_the_roster_in_force_costs() -> None:
    problem = a_problem(
        duties=EARLIES,
        rules=Rules(weights=Weights(open=0, short=0, change=4)),
        current=(Assignment(duty="0早班", person="甲"),),
    )
    assert cost_of(problem, on_days("甲", 0)) == {}
    assert cost_of(problem, on_days("甲", 1)) == {CostName.CHANGE: 8}


def test_hours_on_call_are_not_counted() -> None:
    leader = a_problem(
        [a_person(skills=("带班",))], [a_duty(skills=("带班",), on_call=True)], limits=Limits(most_minutes=0)
    )
    assert check(leader, on_days("甲", 0)).holds
