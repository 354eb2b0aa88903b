"""How good rosters are, and how soon: `python bench/rosters.py [INSTANCE …]`.

    python bench/rosters.py                                    the sizes of the promise, each once
    python bench/rosters.py 40x28 500x28 --seconds 20          guard problems of the generator
    python bench/rosters.py problem.json --format guard        a problem in our own format
    python bench/rosters.py Instance9.txt --format curtois     the format of Curtois and Qu

Prints the objective, the proved lower bound and the gap; the checker, which shares no code with the solver,
counts the cost again and lists every broken rule. `--out DIR` writes each solution as CSV: one row a
person, one column a day, the shift or nothing. Ends with 0 when no hard rule is broken and the promises
below hold.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
import time
from collections import defaultdict
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from lianfang.engines.roster import (
    Problem,
    ProblemError,
    Progress,
    Roster,
    Span,
    check,
    read_problem,
    solve,
    substitutes,
    to_english,
)
from lianfang.engines.roster.curtois import read_curtois
from lianfang.engines.roster.generator import guard_problem

# Size, seconds, the gap that is promised, the seconds within which a first roster must be there.
PROMISES = (("40x28", 3.0, 0.003, 2.0), ("500x28", 20.0, 0.01, 2.0), ("2000x28", 60.0, None, 2.0))
BOUND_SECONDS = 300.0


def main() -> int:
    options = _options()
    from lianfang.engines.roster.warming import warm

    began = time.monotonic()
    warm()
    print(f"compiled code ready in {time.monotonic() - began:.1f} s", flush=True)
    if options.instances:
        return max(_measure_all(name, options) for name in options.instances)
    failed = 0
    for size, seconds, gap, first in PROMISES:
        options.seconds = seconds
        failed |= _measure(size, options, promised_gap=gap, promised_first=first)
    return failed | _measure_substitutes()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("instances", nargs="*", metavar="INSTANCE", help="a file, or a size such as 40x28")
    parser.add_argument("--format", choices=("guard", "curtois"), help="else told by the file's ending")
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--threads", type=int, default=2)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument(
        "--seeds", type=int, default=1, help="so many seeds, from --seed on; the median is told"
    )
    parser.add_argument("--iterations", type=int, help="so many moves a thread instead of the seconds")
    parser.add_argument("--out", type=Path, metavar="DIR", help="write solutions there as CSV")
    parser.add_argument("--no-bound", action="store_true", help="do not compute a bound afterwards")
    parser.add_argument("--quiet", action="store_true", help="no line for each step on the way")
    return parser.parse_args()


def _measure_all(name: str, options: argparse.Namespace) -> int:
    """Each seed; the median when there are several."""
    first = options.seed
    costs: list[int] = []
    failed = 0
    for seed in range(first, first + options.seeds):
        options.seed = seed
        failed |= _measure(name, options, costs=costs)
    options.seed = first
    if len(costs) > 1:
        print(f"{name}: median objective {median(costs):.0f} of {sorted(costs)}", flush=True)
    return failed


def _measure(
    name: str,
    options: argparse.Namespace,
    *,
    promised_gap: float | None = None,
    promised_first: float | None = None,
    costs: list[int] | None = None,
) -> int:
    try:
        problem = _problem(name, options)
        print(
            f"\n{name}: {len(problem.people)} people, {problem.days} days, {len(problem.duties)} duties;"
            f" {options.seconds:g} s, {options.threads} threads, seed {options.seed}",
            flush=True,
        )
        watch = _Watch(quiet=options.quiet)
        cpu = time.process_time()
        solution = solve(
            problem,
            seconds=options.seconds,
            threads=options.threads,
            seed=options.seed,
            iterations=options.iterations,
            on_progress=watch.step,
        )
    except ProblemError as error:
        for fault in error.faults:
            print(f"{name}: {to_english(fault)}", file=sys.stderr)
        return 2
    cpu = time.process_time() - cpu
    report = check(problem, solution.roster)
    bound = solution.bound
    if bound is None and not options.no_bound:
        bound = _bound(problem)
    print(f"objective {report.cost}")
    print(f"bound {'none' if bound is None else bound}")
    gap = None if bound is None else (report.cost - bound) / max(1, abs(bound))
    print(f"gap {'unknown' if gap is None else f'{gap:.3%}'}")
    print(
        f"{solution.status} in {solution.seconds:.1f} s ({cpu:.1f} s of processor time),"
        f" {solution.iterations:,} moves; first roster after {watch.first or 0:.1f} s"
    )
    print("parts " + ", ".join(f"{part} {cost}" for part, cost in sorted(report.costs.items())))
    print(f"hard rules broken: {len(report.broken)}", flush=True)
    for broken in report.broken[:10]:
        print(f"  {to_english(broken)}")
    if costs is not None:
        costs.append(report.cost)
    if options.out:
        _write(options.out, name, problem, solution.roster)
    held = report.holds
    if promised_gap is not None and (gap is None or gap > promised_gap):
        print(f"promised: a gap of at most {promised_gap:.1%}")
        held = False
    if promised_first is not None and (watch.first is None or watch.first > promised_first):
        print(f"promised: a first roster within {promised_first:g} s")
        held = False
    return 0 if held else 1


def _problem(name: str, options: argparse.Namespace) -> Problem:
    if size := re.fullmatch(r"(\d+)x(\d+)", name):
        return guard_problem(int(size[1]), int(size[2]))
    path = Path(name)
    form = options.format or ("guard" if path.suffix == ".json" else "curtois")
    content = path.read_bytes()
    return read_problem(content) if form == "guard" else read_curtois(content.decode("utf-8-sig"))


class _Watch:
    """Prints each stage once, and remembers when the first roster that breaks nothing was there."""

    def __init__(self, *, quiet: bool) -> None:
        self.quiet = quiet
        self.first: float | None = None
        self.last = ("", -10.0)

    def step(self, progress: Progress) -> None:
        if progress.cost is not None and self.first is None:
            self.first = progress.seconds
        stage, told = self.last
        if not self.quiet and (stage != progress.stage or progress.seconds - told > 5):
            self.last = (progress.stage, progress.seconds)
            print(
                f"  {progress.seconds:6.1f} s  {progress.stage:10}"
                f"  cost {progress.cost}  bound {progress.bound}",
                flush=True,
            )


def _bound(problem: Problem) -> int | None:
    from lianfang.engines.roster.bounds import linear_bound
    from lianfang.engines.roster.grid import grid_of

    if len(problem.people) > 1000:
        return None
    began = time.monotonic()
    bound = linear_bound(grid_of(problem), BOUND_SECONDS)
    print(f"bound by linear programming, afterwards, in {time.monotonic() - began:.1f} s")
    return bound


def _write(folder: Path, name: str, problem: Problem, roster: Roster) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    duties = {duty.id: duty for duty in problem.duties}
    cells: dict[tuple[str, int], list[str]] = defaultdict(list)
    for cell in roster.assignments:
        duty = duties[cell.duty]
        day = (duty.day - problem.first_day).days
        cells[cell.person, day].append(f"{duty.post}/{duty.shift}" if duty.post else duty.shift)
    path = folder / f"{Path(name).stem}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        for person in problem.people:
            writer.writerow([person.id, *("+".join(cells[person.id, day]) for day in range(problem.days))])
    print(f"written {path}")


def _measure_substitutes() -> int:
    """One absence among 500 people: who can step in, within 100 ms."""
    problem = guard_problem(500, 28)
    roster = solve(problem, seconds=2.0, prove=False).roster
    taken = []
    for cell in roster.assignments[:: max(1, len(roster.assignments) // 20)][:20]:
        duty = next(duty for duty in problem.duties if duty.id == cell.duty)
        began = time.process_time()
        found = substitutes(problem, roster, cell.person, Span(start=duty.start, end=duty.end))
        taken.append((time.process_time() - began) * 1000)
        assert all(len(people) <= 5 for people in found.values())
    print(
        f"\nsubstitutes at 500 people: median {median(taken):.0f} ms, worst {max(taken):.0f} ms (limit 100)"
    )
    return 0 if median(taken) <= 100 else 1


if __name__ == "__main__":
    sys.exit(main())
