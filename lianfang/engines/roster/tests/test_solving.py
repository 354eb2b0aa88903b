"""Solving is anytime, repeatable, can be stopped, and takes thousands of people."""

import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace

from lianfang.engines.roster import (
    Limits,
    Problem,
    Progress,
    Quota,
    QuotaSpan,
    Rules,
    Status,
    Weights,
    check,
    problem_json,
    read_problem,
    read_roster,
    roster_json,
    solve,
)
from lianfang.engines.roster.generator import guard_problem
from lianfang.engines.roster.reading import SCHEMA_FILE, problem_schema
from lianfang.engines.roster.tests.builders import (
    a_duty,
    a_person,
    a_problem,
    a_span,
    at,
    people,
    round_the_clock,
)
from lianfang.engines.roster.tests.random_problems import a_random_problem


def test_the_same_seed_and_iterations_give_the_same_roster() -> None:
    problem = guard_problem(30, 14)
    first = solve(problem, iterations=40_000, seed=7)
    again = solve(problem, iterations=40_000, seed=7)
    other = solve(problem, iterations=40_000, seed=8)
    assert first.roster == again.roster
    assert first.roster != other.roster


def test_a_small_guard_problem_is_solved_to_the_end() -> None:
    solution = solve(guard_problem(8, 5), seconds=90)
    assert solution.status == Status.OPTIMAL
    assert solution.gap == 0


def test_a_bound_is_proved_for_thirty_people() -> None:
    solution = solve(guard_problem(30, 7), seconds=12)
    assert solution.report.holds
    assert solution.gap is not None
    assert solution.gap < 0.05


def test_who_cancels_gets_the_best_so_far() -> None:
    began = time.monotonic()
    steps: list[Progress] = []
    solution = solve(
        guard_problem(60, 28),
        seconds=300,
        on_progress=steps.append,
        cancelled=lambda: any(step.cost is not None for step in steps),
    )
    assert solution.status == Status.CANCELLED
    assert solution.report.holds
    assert solution.roster.assignments
    assert time.monotonic() - began < 250  # compiling may be part of it


def test_who_cancels_before_the_start_still_gets_a_roster() -> None:
    solution = solve(guard_problem(20, 7), seconds=300, cancelled=lambda: True)
    assert solution.status == Status.CANCELLED
    assert solution.report.holds


def test_a_worker_thread_of_a_site_can_cancel_too() -> None:
    with ThreadPoolExecutor(1) as pool:
        work = pool.submit(solve, guard_problem(20, 7), seconds=300, cancelled=lambda: True)
        assert work.result().status == Status.CANCELLED


def test_progress_tells_the_stages() -> None:
    steps: list[Progress] = []
    solve(a_problem(people(4), round_the_clock(7)), seconds=2, on_progress=steps.append)
    assert steps[0].stage == "compiling"
    assert steps[-1].stage == "finished"
    assert steps[-1].cost is not None


def test_ten_thousand_people() -> None:
    problem = guard_problem(10_000, 3)
    solution = solve(problem, iterations=150_000, threads=1)
    assert solution.report.holds
    assert len(solution.roster.assignments) > 1000


def test_an_impossible_fewest_of_minutes_beside_others_is_a_broken_roster_with_its_rule() -> None:
    """Three days wanted and two in a row allowed: neither is at fault alone, together they cannot be held."""
    duties = [a_duty(day, wanted=1, over_weight=0) for day in range(3)]
    problem = a_problem([a_person(limits=Limits(fewest_minutes=1440, longest_run_days=2))], duties, days=3)
    solution = solve(problem, seconds=1)
    assert solution.status == Status.BROKEN
    assert {str(broken.rule) for broken in solution.report.broken} <= {"fewest_minutes", "longest_run_days"}


def test_turns_of_two_hours_are_several_on_one_day() -> None:
    turns = [a_duty(day, (f"{hour:02}点", hour), minutes=120) for day in range(2) for hour in range(0, 24, 2)]
    problem = a_problem(people(4), turns, days=2, rules=Rules(rest_minutes=240, duties_a_day=3))
    solution = solve(problem, seconds=5)
    assert solution.report.holds
    assert solution.openings == ()


def test_who_works_a_day_and_a_night_rests_two_days() -> None:
    duties = [a_duty(day, ("全天", 8), minutes=1440) for day in range(6)]
    solution = solve(a_problem(people(3), duties, days=6), seconds=5)
    assert solution.report.holds
    assert solution.openings == ()


def test_what_is_frozen_stays_and_later_days_change_as_little_as_needed() -> None:
    base = a_problem(people(6), round_the_clock(4), days=4, rules=Rules(rest_minutes=660))
    first = solve(base, seconds=2).roster
    absent = replace(base.people[0], absences=(a_span(2, 3),))
    problem = replace(
        base,
        people=(absent, *base.people[1:]),
        current=first.assignments,
        frozen_until=at(2, 0),
        rules=Rules(rest_minutes=660, weights=Weights(change=20)),
    )
    solution = solve(problem, seconds=3)
    assert solution.report.holds
    kept = {cell for cell in first.assignments if cell.duty[0] in "01"}
    assert kept <= set(solution.roster.assignments)
    lost = {cell for cell in first.assignments if cell.person == absent.id and cell.duty[0] in "23"}
    assert len(set(first.assignments) - set(solution.roster.assignments)) <= 2 * len(lost) + 1


def test_a_unit_sends_its_share_each_day() -> None:
    crew = [*people(6, unit="甲局"), *(a_person(f"乙{number}", unit="乙局") for number in range(6))]
    problem = a_problem(
        crew,
        round_the_clock(4),
        days=4,
        rules=Rules(rest_minutes=660),
        quotas=(Quota(unit="乙局", span=QuotaSpan.DAY, fewest=2, most=2),),
    )
    solution = solve(problem, seconds=4)
    assert "quota" not in solution.report.costs
    assert solution.openings == ()


def test_problems_and_rosters_survive_json() -> None:
    for seed in range(20):
        problem = a_random_problem(seed)
        assert read_problem(problem_json(problem)) == problem
    roster = solve(guard_problem(10, 3), iterations=2_000).roster
    assert read_roster(roster_json(roster)) == roster


def test_the_schema_file_is_what_the_code_reads() -> None:
    import json

    assert json.loads(SCHEMA_FILE.read_text(encoding="utf-8")) == problem_schema()


def test_generated_problems_are_the_same_each_time() -> None:
    assert guard_problem(20, 7, seed=3) == guard_problem(20, 7, seed=3)
    assert guard_problem(20, 7, seed=3) != guard_problem(20, 7, seed=4)
    assert isinstance(guard_problem(20, 7, posts=2), Problem)


def test_what_is_solved_is_what_is_checked() -> None:
    problem = guard_problem(25, 7)
    solution = solve(problem, iterations=20_000)
    assert check(problem, solution.roster) == solution.report
