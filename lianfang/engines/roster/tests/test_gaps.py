"""Where people do not suffice, the roster says which hours stay open, why, and whom to borrow."""

from lianfang.engines.roster import (
    Limits,
    Mix,
    Opening,
    Problem,
    Rules,
    Solution,
    Status,
    solve,
    to_chinese,
    to_english,
)
from lianfang.engines.roster.tests.builders import (
    EARLY,
    LATE,
    NIGHT,
    a_duty,
    a_person,
    a_problem,
    a_span,
    people,
    round_the_clock,
)


def solved(problem: Problem) -> Solution:
    return solve(problem, seconds=1, threads=1)


def test_two_people_cannot_hold_a_post_round_the_clock() -> None:
    problem = a_problem(people(2), round_the_clock(2), days=2, rules=Rules(rest_minutes=660))
    solution = solved(problem)
    assert solution.report.holds
    assert solution.status in (Status.FEASIBLE, Status.OPTIMAL)
    assert sum(opening.missing for opening in solution.openings) == 2
    assert len(solution.borrowing) == 1


def test_an_opening_says_why_nobody_can_take_it() -> None:
    crew = [
        a_person("休", absences=(a_span(0, 0),)),
        a_person("班"),
        a_person("外", posts=("北门",)),
    ]
    duties = [a_duty(0, EARLY, wanted=2, post="南门"), a_duty(1, EARLY, wanted=0, post="北门")]
    solution = solved(a_problem(crew, duties))
    assert solution.openings == (Opening("南门0早班", 1, (), {"absent": 1, "post": 1}),)
    assert to_chinese(solution.openings[0]) == "南门0早班:缺 1 人;不在或请假 1 人,不上此岗 1 人"
    assert to_english(solution.openings[0]) == "南门0早班: 1 missing; away: 1, not for this post: 1"


def test_a_role_that_is_missing_is_named_and_borrowed() -> None:
    night = a_duty(0, NIGHT, wanted=3, mix=(Mix(skills=("民警", "医护")),))
    solution = solved(a_problem(people(5), [night], skills=("民警", "医护")))
    assert solution.openings == (Opening("0夜班", 1, ("民警", "医护"), {"skill": 2}),)
    assert [loan.skills for loan in solution.borrowing] == [(("民警", "医护"),)]
    assert to_chinese(solution.borrowing[0]) == "借 1 人(民警或医护):0夜班"


def test_borrowed_people_rest_as_the_others_do() -> None:
    """With sixteen hours of rest due, three strangers hold the three shifts, each day by day."""
    rules = Rules(rest_minutes=960)
    away = a_person(absences=(a_span(0, 6),))
    solution = solved(a_problem([away], round_the_clock(3), rules=rules))
    assert len(solution.borrowing) == 3
    assert sorted(len(loan.duties) for loan in solution.borrowing) == [3, 3, 3]


def test_a_borrowed_person_keeps_the_longest_run() -> None:
    away = a_person(absences=(a_span(0, 6),))
    early = [a_duty(day) for day in range(4)]
    solution = solved(a_problem([away], early, limits=Limits(longest_run_days=2)))
    assert [loan.duties for loan in solution.borrowing] == [("0早班", "1早班"), ("2早班", "3早班")]


def test_nobody_is_borrowed_when_every_post_is_held() -> None:
    solution = solved(a_problem(people(4), [a_duty(0, LATE)]))
    assert (solution.openings, solution.borrowing) == ((), ())
