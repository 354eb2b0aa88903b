"""Rosters of duty round the clock: the problem as data, a solver, an independent checker, and repair.

    problem = read_problem(json_text)            # or Problem(...) itself; ProblemError names every fault
    solution = solve(problem, seconds=20, threads=2, seed=1, on_progress=print)
    report = check(problem, solution.roster)     # every broken rule, and the cost counted anew
    people = substitutes(problem, roster, "张三", Span(start=…, end=…))   # {duty: best people to call}
    answer = check_swap(problem, roster, first, second)      # two Assignments: allowed? what breaks? cost?
    why = explain(problem, roster, Assignment(duty="d1", person="张三"))  # everybody else in that place

`Problem` (module `problem`, JSON schema in `roster-problem.schema.json`, docs/reference/roster-problem.md)
holds people, duties, rules with weights, quotas, holidays and what is frozen. Times are local, without zone.
Hard rules are never broken to fill a post: a duty that cannot be filled stays open, and
`solution.openings` says which hours, why (people counted by the rule that keeps them away), and
`solution.borrowing` the fewest people who would fill them.

`solve` is anytime: it always returns a roster, at the latest some seconds after `seconds`; the same problem,
seed and `iterations` give the same roster. `on_progress` gets a `Progress`, from the calling thread;
`cancelled` is asked several times a second. `solution.status` is optimal, feasible, broken (then the report
names the rules) or cancelled; `solution.bound` is a proved lower bound where there is one, `solution.gap`
the distance.

The checker (`checking`) shares no code with the solvers; run it before anything is published. Faults,
broken rules and openings are codes with plain values; `wording` says them in Chinese and in English.
"""

from lianfang.engines.roster.checking import check
from lianfang.engines.roster.faults import Fault, FaultCode, ProblemError, find_faults
from lianfang.engines.roster.problem import (
    Assignment,
    Duty,
    History,
    Limits,
    Mix,
    Person,
    Problem,
    Quota,
    QuotaSpan,
    Rules,
    Sex,
    Span,
    Weights,
    Wish,
    WomenAtNight,
)
from lianfang.engines.roster.reading import (
    problem_json,
    problem_schema,
    read_problem,
    read_roster,
    roster_json,
)
from lianfang.engines.roster.repairing import check_swap, explain, substitutes
from lianfang.engines.roster.roster import (
    Alternative,
    Borrowed,
    Broken,
    CostName,
    Explanation,
    Opening,
    Progress,
    Report,
    Roster,
    RuleName,
    Solution,
    Status,
    Substitute,
    SwapAnswer,
)
from lianfang.engines.roster.solving import solve
from lianfang.engines.roster.wording import to_chinese, to_english

__all__ = [
    "Alternative", "Assignment", "Borrowed", "Broken", "CostName", "Duty", "Explanation", "Fault",
    "FaultCode", "History", "Limits", "Mix", "Opening", "Person", "Problem", "ProblemError", "Progress",
    "Quota", "QuotaSpan", "Report", "Roster", "RuleName", "Rules", "Sex", "Solution", "Span", "Status",
    "Substitute", "SwapAnswer", "Weights", "Wish", "WomenAtNight", "check", "check_swap", "explain",
    "find_faults", "problem_json", "problem_schema", "read_problem", "read_roster", "roster_json", "solve",
    "substitutes", "to_chinese", "to_english",
]  # fmt: skip
