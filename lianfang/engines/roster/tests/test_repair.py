"""Somebody falls ill, two people swap, a leader asks why: one duty changes and nothing else."""

import pytest

from lianfang.engines.roster import (
    Assignment,
    Limits,
    Roster,
    RuleName,
    Rules,
    Weights,
    check,
    check_swap,
    explain,
    substitutes,
)
from lianfang.engines.roster.filling import fill
from lianfang.engines.roster.tests.builders import (
    LATE,
    NIGHT,
    a_duty,
    a_person,
    a_problem,
    a_roster,
    a_span,
    people,
    round_the_clock,
)

FAIR = Rules(rest_minutes=660, weights=Weights(nights=3, duties=2), limits=Limits(longest_run_days=6))


def test_substitutes_break_no_rule_and_their_cost_is_the_checkers() -> None:
    problem = a_problem(people(12), round_the_clock(7, wanted=2), rules=FAIR)
    roster = fill(problem)
    absent = roster.assignments[0].person
    answer = substitutes(problem, roster, absent, a_span(0, 6))
    assert set(answer) == set(roster.duties_of(absent))
    for duty, found in answer.items():
        without = roster.changed(remove=[Assignment(duty=duty, person=absent)])
        assert len(found) <= 5
        for each in found:
            tried = without.changed(add=[Assignment(duty=duty, person=each.person)])
            assert check(problem, tried).holds
            assert check(problem, tried).cost - check(problem, without).cost == each.extra_cost
        assert [each.extra_cost for each in found] == sorted(each.extra_cost for each in found)


def test_every_candidate_that_breaks_no_rule_is_considered() -> None:
    problem = a_problem(people(6), round_the_clock(3), days=3, rules=FAIR)
    roster = fill(problem)
    cell = roster.assignments[4]
    without = roster.changed(remove=[cell])
    able = {
        person.id
        for person in problem.people
        if person.id != cell.person
        and check(problem, without.changed(add=[Assignment(duty=cell.duty, person=person.id)])).holds
    }
    answer = substitutes(problem, roster, cell.person, a_span(0, 2), most=99)
    assert {each.person for each in answer[cell.duty]} == able


def test_nobody_can_step_in() -> None:
    problem = a_problem(people(1), [a_duty()])
    assert substitutes(problem, a_roster(("p00", "0早班")), "p00", a_span(0, 0)) == {"0早班": ()}


def test_who_is_off_duty_during_the_absence_needs_no_substitute() -> None:
    problem = a_problem(people(2), [a_duty()])
    assert substitutes(problem, a_roster(("p00", "0早班")), "p01", a_span(0, 6)) == {}


def test_a_swap_that_breaks_the_rest_is_refused_with_the_rule() -> None:
    duties = [a_duty(0, LATE), a_duty(1, NIGHT), a_duty(1, LATE)]
    problem = a_problem(people(2), duties, rules=Rules(rest_minutes=660))
    roster = a_roster(("p00", "0中班"), ("p01", "1夜班"), ("p00", "1中班"))
    assert check(problem, roster).holds
    first, second = Assignment(person="p00", duty="1中班"), Assignment(person="p01", duty="1夜班")
    answer = check_swap(problem, roster, first, second)
    assert not answer.allowed
    assert [each.rule for each in answer.broken] == [RuleName.REST]


def test_a_swap_that_holds_tells_what_it_changes_of_the_cost() -> None:
    problem = a_problem(people(2), [a_duty(), a_duty(2, NIGHT)], rules=FAIR)
    roster = a_roster(("p00", "0早班"), ("p01", "2夜班"))
    answer = check_swap(
        problem, roster, Assignment(person="p00", duty="0早班"), Assignment(person="p01", duty="2夜班")
    )
    assert (answer.allowed, answer.extra_cost) == (True, 0)


def test_a_swap_of_what_is_not_in_the_roster_is_an_error() -> None:
    problem = a_problem(people(2), [a_duty(), a_duty(1)])
    cell = Assignment(person="p00", duty="0早班")
    with pytest.raises(KeyError):
        check_swap(problem, Roster(), cell, cell)


def test_a_cell_is_explained_by_what_others_would_break_or_cost() -> None:
    crew = [a_person("甲", skills=("民警",)), a_person("乙"), a_person("丙", skills=("民警",))]
    problem = a_problem(crew, [a_duty(skills=("民警",)), a_duty(1)], rules=FAIR)
    roster = a_roster(("甲", "0早班"), ("丙", "1早班"))
    why = explain(problem, roster, Assignment(person="甲", duty="0早班"))
    assert [each.person for each in why.alternatives] == ["丙", "乙"]
    assert why.alternatives[0].extra_cost == 2 * (4 - 1) - 2
    assert [each.rule for each in why.alternatives[1].broken] == [RuleName.SKILL]
    assert why.cost_if_empty == 5000 + 500 - 2
