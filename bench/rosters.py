"""How good rosters are, and how soon: `python bench/rosters.py [INSTANCE …]`.

    python bench/rosters.py                                    the sizes of the promise, each once
    python bench/rosters.py 40x28 500x28 --seconds 20          guard problems of the generator
    python bench/rosters.py problem.json --format guard        a problem in our own format
    python bench/rosters.py Instance9.txt --format curtois     the format of Curtois and Qu
    python bench/rosters.py --all DIR                          everything promised, median of three seeds
    python bench/rosters.py --timefold PYTHON                  the same guard problem given to Timefold

Prints the objective, the proved lower bound and the gap; the checker, which shares no code with the solver,
counts the cost again and lists every broken rule. `--out DIR` writes each solution as CSV: one row a
person, one column a day, the shift or nothing. Ends with 0 when no hard rule is broken and the promises
below hold.

`--all` wants a folder with `curtois/InstanceN.txt` and `best.json` (`{"curtois": {"InstanceN": {"ub": …}}}`,
the best costs known); `--only 9,11,40x28` takes some of its lines. It is meant for an idle machine and takes
the better part of an hour. `--timefold` wants a Python that has Timefold (bench/against_timefold/rosters.py).
"""

from __future__ import annotations

import argparse
import csv
import json
import re
import subprocess
import sys
import time
from collections import defaultdict
from dataclasses import dataclass
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from lianfang.engines.roster import (
    Problem,
    ProblemError,
    Progress,
    Roster,
    Solution,
    Span,
    check,
    read_problem,
    solve,
    substitutes,
    to_english,
)
from lianfang.engines.roster.curtois import read_curtois
from lianfang.engines.roster.generator import guard_problem

BOUND_SECONDS = 300.0
MONTH_SECONDS = 60.0  # a month for a compound: arranged, looked through and printed by a newcomer
MONTH_SHARE = 0.5  # of that, which the machine may take
TIMEFOLD_SECONDS = 30
TIMEFOLD_TIMES = 10.0  # smaller our distance from the bound must be


@dataclass(frozen=True, slots=True)
class Promise:
    """What is promised of an instance: all of it is asked of the median of the seeds."""

    name: str
    seconds: float
    gap: float | None = None  # to the proved bound
    excess: float | None = None  # over the best cost known
    first: float | None = None  # seconds until there is a roster
    proved: bool = False


GUARD = (
    Promise("40x28", 3.0, gap=0.003, first=2.0),
    Promise("500x28", 20.0, gap=0.01, first=2.0),
    Promise("2000x28", 60.0, first=2.0),
)
CURTOIS = (
    *(Promise(f"Instance{number}", 60.0, excess=0.0, proved=True) for number in (2, 3, 5)),
    Promise("Instance7", 60.0, excess=0.005),
    *(Promise(f"Instance{number}", 60.0, excess=0.05) for number in (9, 11)),
    *(Promise(f"Instance{number}", 300.0, excess=0.01) for number in (9, 11)),
    *(Promise(f"Instance{number}", 120.0) for number in (13, 15, 17, 19)),
)


@dataclass(frozen=True, slots=True)
class Measured:
    cost: int
    bound: int | None
    status: str
    broken: int
    seconds: float
    first: float | None

    @property
    def gap(self) -> float | None:
        return None if self.bound is None else (self.cost - self.bound) / max(1, abs(self.bound))


def main() -> int:
    options = _options()
    from lianfang.engines.roster.warming import warm

    began = time.monotonic()
    warm()
    print(f"compiled code ready in {time.monotonic() - began:.1f} s", flush=True)
    if options.timefold:
        return _against_timefold(options)
    if options.all:
        return _measure_promises(options, (*GUARD, *CURTOIS), options.all, max(3, options.seeds))
    if options.instances:
        return max(_measure_all(name, options) for name in options.instances)
    return _measure_promises(options, GUARD, None, options.seeds) | _measure_substitutes() | _measure_month()


def _options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("instances", nargs="*", metavar="INSTANCE", help="a file, or a size such as 40x28")
    parser.add_argument(
        "--all", type=Path, metavar="DIR", help="everything promised; the instances are there"
    )
    parser.add_argument("--only", default="", metavar="NAMES", help="of --all, divided by commas")
    parser.add_argument("--timefold", metavar="PYTHON", help="compare with Timefold, run by this Python")
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


def _measure_promises(
    options: argparse.Namespace, promises: tuple[Promise, ...], folder: Path | None, seeds: int
) -> int:
    """Each promise with each seed; the table comes at the end, one line a promise."""
    best_known: dict[str, int] = {}
    if folder is not None:
        table = json.loads((folder / "best.json").read_text(encoding="utf-8"))
        best_known = {name: values["ub"] for name, values in table["curtois"].items()}
    wanted = {part.removeprefix("Instance") for part in options.only.split(",") if part}
    lines = []
    failed = 0
    for promise in promises:
        if wanted and promise.name.removeprefix("Instance") not in wanted:
            continue
        options.seconds = promise.seconds
        name = promise.name
        if folder is not None and not re.fullmatch(r"\d+x\d+", name):
            name = str(folder / "curtois" / f"{name}.txt")
        found = [
            each
            for seed in range(options.seed, options.seed + seeds)
            if (each := _measure(name, options, seed)) is not None
        ]
        lines.append(_line(promise, found, best_known.get(promise.name)))
        failed |= not lines[-1].endswith("held")
    print("\n| instance | seconds | median | of | best known | bound | gap | proved | first | promise |")
    print("| --- | --- | --- | --- | --- | --- | --- | --- | --- | --- |")
    for line in lines:
        print(f"{line} |", flush=True)
    return int(failed)


def _line(promise: Promise, found: list[Measured], best_known: int | None) -> str:
    if not found:
        return f"| {promise.name} | {promise.seconds:g} | none | FAILED"
    cost = median(each.cost for each in found)
    bounds = [each.bound for each in found if each.bound is not None]
    gaps = [each.gap for each in found if each.gap is not None]
    gap = median(gaps) if len(gaps) == len(found) else None
    proved = sum(each.status == "optimal" for each in found)
    first = median(each.first if each.first is not None else 1e9 for each in found)
    excess = None if best_known is None else (cost - best_known) / max(1, best_known)
    kept = (
        all(each.broken == 0 for each in found),
        promise.gap is None or (gap is not None and gap <= promise.gap),
        promise.excess is None or (excess is not None and excess <= promise.excess),
        promise.first is None or first <= promise.first,
        not promise.proved or proved * 2 > len(found),
    )
    cells = (
        promise.name,
        f"{promise.seconds:g}",
        f"{cost:g}",
        " ".join(str(each.cost) for each in sorted(found, key=lambda each: each.cost)),
        "" if excess is None else f"{best_known} ({excess:+.2%})",
        f"{max(bounds)}" if bounds else "none",
        "unknown" if gap is None else f"{gap:.2%}",
        f"{proved}/{len(found)}",
        f"{first:.1f} s",
        "held" if all(kept) else "FAILED",
    )
    return f"| {' | '.join(cells)}"


def _measure_all(name: str, options: argparse.Namespace) -> int:
    """Each seed; the median when there are several."""
    found = [_measure(name, options, seed) for seed in range(options.seed, options.seed + options.seeds)]
    costs = sorted(each.cost for each in found if each is not None)
    if len(costs) > 1:
        print(f"{name}: median objective {median(costs):.0f} of {costs}", flush=True)
    if len(costs) < len(found):
        return 2
    return int(any(each is not None and each.broken for each in found))


def _measure(name: str, options: argparse.Namespace, seed: int) -> Measured | None:
    """One solve, told line by line. None where the instance is at fault, and then said."""
    try:
        problem = _problem(name, options)
        print(
            f"\n{name}: {len(problem.people)} people, {problem.days} days, {len(problem.duties)} duties;"
            f" {options.seconds:g} s, {options.threads} threads, seed {seed}",
            flush=True,
        )
        watch = _Watch(quiet=options.quiet)
        cpu = time.process_time()
        solution = solve(
            problem,
            seconds=options.seconds,
            threads=options.threads,
            seed=seed,
            iterations=options.iterations,
            on_progress=watch.step,
        )
    except ProblemError as error:
        for fault in error.faults:
            print(f"{name}: {to_english(fault)}", file=sys.stderr)
        return None
    cpu = time.process_time() - cpu
    if options.out:
        _write(options.out, name, problem, solution.roster)
    return _told(problem, solution, cpu, watch.first, bound_after=not options.no_bound)


def _told(
    problem: Problem, solution: Solution, cpu: float, first: float | None, *, bound_after: bool
) -> Measured:
    """What was found, as the checker sees it, with the bound of the solve or one computed afterwards."""
    report = check(problem, solution.roster)
    bound = solution.bound
    if bound is None and bound_after:
        bound = _bound(problem)
    found = Measured(report.cost, bound, str(solution.status), len(report.broken), solution.seconds, first)
    print(f"objective {found.cost}")
    print(f"bound {'none' if bound is None else bound}")
    print(f"gap {'unknown' if found.gap is None else f'{found.gap:.3%}'}")
    print(
        f"{solution.status} in {solution.seconds:.1f} s ({cpu:.1f} s of processor time),"
        f" {solution.iterations:,} moves; first roster after {first or 0:.1f} s"
    )
    print("parts " + ", ".join(f"{part} {cost}" for part, cost in sorted(report.costs.items())))
    print(f"hard rules broken: {len(report.broken)}", flush=True)
    for broken in report.broken[:10]:
        print(f"  {to_english(broken)}")
    return found


def _against_timefold(options: argparse.Namespace) -> int:
    """The same guard problem, 30 seconds for each: our distance from the bound beside Timefold's."""
    size = options.instances[0] if options.instances else "40x28"
    options.seconds = float(TIMEFOLD_SECONDS)
    ours = _measure(size, options, options.seed)
    program = Path(__file__).parent / "against_timefold" / "rosters.py"
    command = [options.timefold, str(program), size, "--seconds", str(TIMEFOLD_SECONDS)]
    run = subprocess.run(command, capture_output=True, text=True, check=False)
    found = re.findall(
        r"^timefold (\w+): objective (-?\d+), hard rules broken (\d+)", run.stdout, re.MULTILINE
    )
    if ours is None or ours.bound is None or not found:
        print(run.stdout + run.stderr[-2000:], file=sys.stderr)
        return 2
    print(f"\nours: {ours.cost}, {ours.cost - ours.bound} over the bound {ours.bound}")
    held = ours.broken == 0
    for name, cost, broken in found:
        excess = int(cost) - ours.bound
        times = excess / max(1, ours.cost - ours.bound)
        print(f"timefold {name}: {cost}, {excess} over the bound: {times:.1f} times ours; broken {broken}")
        held &= times >= TIMEFOLD_TIMES
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


def _measure_month() -> int:
    """A month for a compound of 20 people, 2 posts, 3 shifts, as a share of the minute it may take."""
    problem = guard_problem(20, 30, posts=2)
    began = time.monotonic()
    watch = _Watch(quiet=True)
    solution = solve(problem, seconds=MONTH_SECONDS * MONTH_SHARE * 0.6, on_progress=watch.step)
    taken = time.monotonic() - began
    share = taken / MONTH_SECONDS
    print(
        f"\na month for 20 people, 2 posts, 3 shifts: {taken:.0f} s, {share:.2f} of the minute"
        f" (limit {MONTH_SHARE}); first roster after {watch.first or 0:.1f} s,"
        f" objective {solution.cost}, bound {solution.bound}, hard rules broken {len(solution.report.broken)}"
    )
    return 0 if solution.report.holds and share <= MONTH_SHARE else 1


if __name__ == "__main__":
    sys.exit(main())
