"""The same guard problem given to Timefold: `python bench/against_timefold/rosters.py [SIZE]`.

Needs Java 17 and `pip install timefold msgspec`, in an environment of its own; the project does not use
them. Runs the default configuration and one that is tuned (simulated annealing), and has our checker count
what each finds. `python bench/rosters.py --timefold PYTHON` runs this and sets ours beside it.
"""

from __future__ import annotations

import argparse
import re
import sys
import tempfile
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated, Any

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from timefold.solver import SolverFactory
from timefold.solver.config import (
    Duration,
    ScoreDirectorFactoryConfig,
    SolverConfig,
    TerminationConfig,
)
from timefold.solver.domain import (
    PlanningEntityCollectionProperty,
    PlanningId,
    PlanningScore,
    PlanningVariable,
    ProblemFactCollectionProperty,
    ValueRangeProvider,
    planning_entity,
    planning_solution,
)
from timefold.solver.score import (
    Constraint,
    ConstraintCollectors,
    ConstraintFactory,
    HardSoftScore,
    Joiners,
    constraint_provider,
)

from lianfang.engines.roster.checking import check, is_night
from lianfang.engines.roster.generator import MEDIC, POLICE, guard_problem
from lianfang.engines.roster.problem import Assignment, Problem
from lianfang.engines.roster.roster import Roster


@dataclass
class Guard:
    id: str
    police: bool
    medic: bool
    nights: int
    weekends: int
    duties: int
    away: list[int]  # numbers of duties that the guard cannot take
    unwanted: list[int]  # weight of a wish against each duty
    wanted: list[int]  # weight of a wish for each duty

    def __hash__(self) -> int:
        return hash(self.id)


@dataclass
class Watch:
    number: int
    id: str
    day: int
    start: int
    end: int
    night: bool
    weekend: bool
    police: int
    medics: int

    def __hash__(self) -> int:
        return self.number


@planning_entity
@dataclass
class Slot:
    id: Annotated[str, PlanningId]
    watch: Watch
    guard: Annotated[Guard | None, PlanningVariable(allows_unassigned=True)] = field(default=None)


@planning_solution
@dataclass
class Plan:
    guards: Annotated[list[Guard], ProblemFactCollectionProperty, ValueRangeProvider]
    slots: Annotated[list[Slot], PlanningEntityCollectionProperty]
    score: Annotated[HardSoftScore | None, PlanningScore] = field(default=None)


def too_near(one: Slot, two: Slot) -> bool:
    if one.watch.day == two.watch.day:
        return True
    if one.watch.start < two.watch.start:
        return two.watch.start - one.watch.end < 660
    return one.watch.start - two.watch.end < 660


@constraint_provider
def rules(factory: ConstraintFactory) -> list[Constraint]:
    return [
        factory.for_each_unique_pair(Slot, Joiners.equal(lambda slot: slot.guard))
        .filter(too_near)
        .penalize(HardSoftScore.ONE_HARD)
        .as_constraint("rest"),
        factory.for_each(Slot)
        .filter(lambda slot: slot.guard.away[slot.watch.number] > 0)
        .penalize(HardSoftScore.ONE_HARD)
        .as_constraint("away"),
        factory.for_each(Slot)
        .group_by(
            lambda slot: slot.guard,
            ConstraintCollectors.to_consecutive_sequences(lambda slot: slot.watch.day),
        )
        .flatten_last(lambda chains: chains.getConsecutiveSequences())
        .filter(lambda _, run: run.getCount() > 6)
        .penalize(HardSoftScore.ONE_HARD, lambda _, run: run.getCount() - 6)
        .as_constraint("run"),
        factory.for_each_including_unassigned(Slot)
        .filter(lambda slot: slot.guard is None)
        .penalize(HardSoftScore.of_soft(500))
        .as_constraint("short"),
        factory.for_each(Slot)
        .filter(lambda slot: slot.guard.police)
        .group_by(lambda slot: slot.watch, ConstraintCollectors.count())
        .reward(HardSoftScore.of_soft(200), lambda watch, count: min(count, watch.police))
        .as_constraint("police"),
        factory.for_each(Slot)
        .filter(lambda slot: slot.guard.medic)
        .group_by(lambda slot: slot.watch, ConstraintCollectors.count())
        .reward(HardSoftScore.of_soft(200), lambda watch, count: min(count, watch.medics))
        .as_constraint("medics"),
        factory.for_each(Slot)
        .penalize(HardSoftScore.ONE_SOFT, lambda slot: slot.guard.unwanted[slot.watch.number])
        .as_constraint("unwanted"),
        factory.for_each(Slot)
        .reward(HardSoftScore.ONE_SOFT, lambda slot: slot.guard.wanted[slot.watch.number])
        .as_constraint("wanted"),
        factory.for_each(Slot)
        .group_by(lambda slot: slot.guard, ConstraintCollectors.count())
        .penalize(HardSoftScore.of_soft(2), lambda guard, count: count * (count + 2 * guard.duties))
        .as_constraint("duties"),
        factory.for_each(Slot)
        .filter(lambda slot: slot.watch.night)
        .group_by(lambda slot: slot.guard, ConstraintCollectors.count())
        .penalize(HardSoftScore.of_soft(6), lambda guard, count: count * (count + 2 * guard.nights))
        .as_constraint("nights"),
        factory.for_each(Slot)
        .filter(lambda slot: slot.watch.weekend)
        .group_by(lambda slot: slot.guard, ConstraintCollectors.count())
        .penalize(HardSoftScore.of_soft(4), lambda guard, count: count * (count + 2 * guard.weekends))
        .as_constraint("weekends"),
    ]


def plan_of(problem: Problem) -> Plan:
    watches = []
    for number, duty in enumerate(problem.duties):
        start = int((duty.start - problem.duties[0].start).total_seconds() // 60)
        counts = {mix.skills[0]: mix.count for mix in duty.mix}
        watches.append(
            Watch(
                number=number,
                id=duty.id,
                day=(duty.day - problem.first_day).days,
                start=start,
                end=start + duty.minutes,
                night=is_night(problem.rules, duty),
                weekend=duty.day.weekday() >= 5,
                police=counts.get(POLICE, 0),
                medics=counts.get(MEDIC, 0),
            )
        )
    guards = []
    for person in problem.people:
        away, unwanted, wanted = [], [], []
        for duty in problem.duties:
            away.append(int(any(span.start < duty.end and duty.start < span.end for span in person.absences)))
            fitting = [
                wish for wish in person.wishes if wish.day == duty.day and wish.shift in ("", duty.shift)
            ]
            unwanted.append(sum(wish.weight for wish in fitting if not wish.on))
            wanted.append(sum(wish.weight for wish in fitting if wish.on))
        history = person.history
        guards.append(
            Guard(
                id=person.id,
                police=POLICE in person.skills,
                medic=MEDIC in person.skills,
                nights=history.nights,
                weekends=history.weekends,
                duties=history.duties,
                away=away,
                unwanted=unwanted,
                wanted=wanted,
            )
        )
    slots = [
        Slot(id=f"{duty.id}/{place}", watch=watch)
        for duty, watch in zip(problem.duties, watches, strict=True)
        for place in range(duty.wanted)
    ]
    return Plan(guards=guards, slots=slots)


TUNED = """<solver xmlns="https://timefold.ai/xsd/solver">
  <constructionHeuristic/>
  <localSearch>
    <unionMoveSelector><changeMoveSelector/><swapMoveSelector/><pillarSwapMoveSelector/></unionMoveSelector>
    <acceptor><simulatedAnnealingStartingTemperature>1hard/200soft</simulatedAnnealingStartingTemperature></acceptor>
    <forager><acceptedCountLimit>4</acceptedCountLimit></forager>
  </localSearch>
</solver>
"""


def run(problem: Problem, seconds: int, *, tuned: bool, seed: int) -> None:
    shared: dict[str, Any] = {
        "solution_class": Plan,
        "entity_class_list": [Slot],
        "score_director_factory_config": ScoreDirectorFactoryConfig(constraint_provider_function=rules),
        "termination_config": TerminationConfig(spent_limit=Duration(seconds=seconds)),
        "random_seed": seed,
    }
    config = SolverConfig(**shared)
    if tuned:
        path = Path(tempfile.mkdtemp(prefix="lianfang-timefold-")) / "tuned.xml"
        path.write_text(TUNED, encoding="utf-8")
        config = SolverConfig(**shared, xml_source_file=path)
    solver = SolverFactory.create(config).build_solver()
    began = time.monotonic()
    plan = solver.solve(plan_of(problem))
    roster = Roster.of(
        Assignment(duty=slot.watch.id, person=slot.guard.id) for slot in plan.slots if slot.guard
    )
    report = check(problem, roster)
    name = "tuned" if tuned else "default"
    print(
        f"timefold {name}: objective {report.cost}, hard rules broken {len(report.broken)},"
        f" {time.monotonic() - began:.1f} s, score {plan.score}",
        flush=True,
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("size", nargs="?", default="40x28")
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    size = re.fullmatch(r"(\d+)x(\d+)", options.size)
    if not size:
        parser.error("a size is like 40x28")
    problem = guard_problem(int(size[1]), int(size[2]))
    for tuned in (False, True):
        run(problem, options.seconds, tuned=tuned, seed=options.seed)


if __name__ == "__main__":
    main()
