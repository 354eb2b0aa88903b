"""What is wrong with a problem before anybody tries to solve it: named, with the place."""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from enum import StrEnum

from lianfang.engines.roster.checking import check, limits_of
from lianfang.engines.roster.problem import Assignment, Duty, Limits, Person, Problem
from lianfang.engines.roster.roster import Roster, RuleName

MOST_DAYS = 400
MOST_PEOPLE = 20_000


class FaultCode(StrEnum):
    UNREADABLE = "unreadable"
    NO_PEOPLE = "no_people"
    NO_DUTIES = "no_duties"
    NO_DAYS = "no_days"
    TOO_MANY_DAYS = "too_many_days"
    TOO_MANY_PEOPLE = "too_many_people"
    TOO_MANY_SHAPES = "too_many_shapes"
    TOO_LARGE = "too_large"
    NO_ID = "no_id"
    PERSON_TWICE = "person_twice"
    DUTY_TWICE = "duty_twice"
    DUTY_TOO_LONG = "duty_too_long"
    DUTY_WITHOUT_LENGTH = "duty_without_length"
    DUTY_OUTSIDE = "duty_outside"
    DUTIES_OVERLAP = "duties_overlap"
    SPAN_BACKWARDS = "span_backwards"
    ZONED_TIME = "zoned_time"
    NEGATIVE = "negative"
    UNKNOWN_SKILL = "unknown_skill"
    UNKNOWN_SHIFT = "unknown_shift"
    UNKNOWN_POST = "unknown_post"
    UNKNOWN_UNIT = "unknown_unit"
    UNKNOWN_ASSIGNMENT = "unknown_assignment"
    MINIMUM_ABOVE_WANTED = "minimum_above_wanted"
    MIX_ABOVE_WANTED = "mix_above_wanted"
    LIMITS_CONTRADICT = "limits_contradict"
    FEWEST_MINUTES_OUT_OF_REACH = "fewest_minutes_out_of_reach"
    QUOTAS_CONTRADICT = "quotas_contradict"
    FROZEN_CONTRADICTS = "frozen_contradicts"


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: `place` is a path into the problem, `details` names what contradicts."""

    code: FaultCode
    place: str
    details: tuple[str, ...] = ()


class ProblemError(ValueError):
    """A problem that cannot be solved as it stands, with every fault found. `code` is the first one's."""

    def __init__(self, faults: Iterable[Fault]) -> None:
        self.faults = tuple(faults)
        super().__init__(
            "; ".join(f"{each.place}: {each.code} {' '.join(each.details)}" for each in self.faults)
        )

    @property
    def code(self) -> str:
        return self.faults[0].code


def find_faults(problem: Problem) -> tuple[Fault, ...]:
    """Every fault, those of form first. A problem without faults always gets a roster."""
    stages = (
        (_sizes,),
        (_ids, _times, _numbers),
        (_names, _contradictions),
    )
    for stage in stages:
        if found := tuple(fault for look in stage for fault in look(problem)):
            return found
    return ()


def _sizes(problem: Problem) -> Iterator[Fault]:
    if not problem.people:
        yield Fault(FaultCode.NO_PEOPLE, "people")
    if not problem.duties:
        yield Fault(FaultCode.NO_DUTIES, "duties")
    if problem.days < 1:
        yield Fault(FaultCode.NO_DAYS, "days", (str(problem.days),))
    if problem.days > MOST_DAYS:
        yield Fault(FaultCode.TOO_MANY_DAYS, "days", (str(problem.days), str(MOST_DAYS)))
    if len(problem.people) > MOST_PEOPLE:
        yield Fault(FaultCode.TOO_MANY_PEOPLE, "people", (str(len(problem.people)), str(MOST_PEOPLE)))


def _ids(problem: Problem) -> Iterator[Fault]:
    for place, ids, code in (
        ("people", [person.id for person in problem.people], FaultCode.PERSON_TWICE),
        ("duties", [duty.id for duty in problem.duties], FaultCode.DUTY_TWICE),
    ):
        if not all(ids):
            yield Fault(FaultCode.NO_ID, place)
        yield from (Fault(code, f"{place}.{name}") for name, times in Counter(ids).items() if times > 1)


def _times(problem: Problem) -> Iterator[Fault]:
    longest = problem.rules.longest_duty_minutes
    for duty in problem.duties:
        place = f"duties.{duty.id}"
        if duty.start.tzinfo:
            yield Fault(FaultCode.ZONED_TIME, f"{place}.start")
        elif not 0 <= (duty.day - problem.first_day).days < problem.days:
            yield Fault(FaultCode.DUTY_OUTSIDE, f"{place}.start", (duty.day.isoformat(),))
        if duty.minutes > longest:
            yield Fault(FaultCode.DUTY_TOO_LONG, f"{place}.minutes", (str(duty.minutes), str(longest)))
        if duty.minutes <= 0:
            yield Fault(FaultCode.DUTY_WITHOUT_LENGTH, f"{place}.minutes", (str(duty.minutes),))
    for person in problem.people:
        for kind, spans in (("available", person.available), ("absences", person.absences)):
            for number, span in enumerate(spans):
                place = f"people.{person.id}.{kind}.{number}"
                if span.start.tzinfo or span.end.tzinfo:
                    yield Fault(FaultCode.ZONED_TIME, place)
                elif span.start >= span.end:
                    yield Fault(
                        FaultCode.SPAN_BACKWARDS, place, (span.start.isoformat(), span.end.isoformat())
                    )
        if person.history.last_end and person.history.last_end.tzinfo:
            yield Fault(FaultCode.ZONED_TIME, f"people.{person.id}.history.last_end")
    if problem.frozen_until and problem.frozen_until.tzinfo:
        yield Fault(FaultCode.ZONED_TIME, "frozen_until")


def _numbers(problem: Problem) -> Iterator[Fault]:
    rules = problem.rules
    named: list[tuple[str, object]] = [("rules", rules), ("rules.weights", rules.weights)]
    named.append(("rules.limits", rules.limits))
    named += [(f"people.{person.id}.limits", person.limits) for person in problem.people]
    named += [(f"people.{person.id}.history", person.history) for person in problem.people]
    named += [(f"duties.{duty.id}", duty) for duty in problem.duties]
    named += [
        (f"people.{person.id}.wishes.{number}", wish)
        for person in problem.people
        for number, wish in enumerate(person.wishes)
    ]
    named += [(f"quotas.{number}", quota) for number, quota in enumerate(problem.quotas)]
    for place, value in named:
        for each in fields(value):  # type: ignore[arg-type]
            number = getattr(value, each.name)
            if isinstance(number, int) and number < 0:
                yield Fault(FaultCode.NEGATIVE, f"{place}.{each.name}", (str(number),))
    if rules.duties_a_day < 1:
        yield Fault(FaultCode.NEGATIVE, "rules.duties_a_day", (str(rules.duties_a_day),))


def _names(problem: Problem) -> Iterator[Fault]:
    skills = {skill for person in problem.people for skill in person.skills} | set(problem.skills)
    shifts = {duty.shift for duty in problem.duties}
    posts = {duty.post for duty in problem.duties}
    units = {person.unit for person in problem.people}
    asked: dict[str, str] = {}
    for duty in problem.duties:
        for skill in (*duty.skills, *(skill for mix in duty.mix for skill in mix.skills)):
            asked.setdefault(skill, duty.id)
    for skill, duty_id in asked.items():
        if skill not in skills:
            yield Fault(FaultCode.UNKNOWN_SKILL, f"duties.{duty_id}", (skill,))
    for number, pair in enumerate(problem.rules.successions_forbidden):
        for shift in pair:
            if shift not in shifts:
                yield Fault(FaultCode.UNKNOWN_SHIFT, f"rules.successions_forbidden.{number}", (shift,))
    for person in problem.people:
        named = {wish.shift for wish in person.wishes if wish.shift} | set(person.most_of_shift)
        for shift in sorted(named - shifts):
            yield Fault(FaultCode.UNKNOWN_SHIFT, f"people.{person.id}", (shift,))
        for post in sorted(set(person.posts) - posts):
            yield Fault(FaultCode.UNKNOWN_POST, f"people.{person.id}.posts", (post,))
    for number, quota in enumerate(problem.quotas):
        if quota.unit not in units:
            yield Fault(FaultCode.UNKNOWN_UNIT, f"quotas.{number}", (quota.unit,))
    people, duties = {person.id for person in problem.people}, {duty.id for duty in problem.duties}
    for number, cell in enumerate(problem.current):
        if cell.person not in people or cell.duty not in duties:
            yield Fault(FaultCode.UNKNOWN_ASSIGNMENT, f"current.{number}", (cell.person, cell.duty))
    yield from _overlapping(problem.duties)


def _overlapping(duties: Iterable[Duty]) -> Iterator[Fault]:
    """The same shift of the same post twice at once: one of them is a slip of the pen."""
    of_shift: dict[tuple[str, str], list[Duty]] = defaultdict(list)
    for duty in duties:
        of_shift[duty.post, duty.shift].append(duty)
    for group in of_shift.values():
        group.sort(key=lambda duty: duty.start)
        for earlier, later in itertools.pairwise(group):
            if later.start < earlier.end:
                yield Fault(FaultCode.DUTIES_OVERLAP, f"duties.{later.id}", (earlier.id, later.id))


def _contradictions(problem: Problem) -> Iterator[Fault]:
    for duty in problem.duties:
        if duty.needed > duty.wanted:
            yield Fault(
                FaultCode.MINIMUM_ABOVE_WANTED,
                f"duties.{duty.id}.minimum",
                (str(duty.needed), str(duty.wanted)),
            )
        for number, mix in enumerate(duty.mix):
            if mix.count > duty.wanted:
                yield Fault(
                    FaultCode.MIX_ABOVE_WANTED,
                    f"duties.{duty.id}.mix.{number}",
                    (str(mix.count), str(duty.wanted)),
                )
    yield from _contradicting_limits("rules.limits", problem.rules.limits)
    for person in problem.people:
        if person.limits != Limits():
            yield from _contradicting_limits(f"people.{person.id}.limits", limits_of(problem, person))
        yield from _out_of_reach(problem, person)
    yield from _contradicting_quotas(problem)
    yield from _contradictions_frozen(problem)


def _contradicting_limits(place: str, limits: Limits) -> Iterator[Fault]:
    for low, high in (
        ("fewest_minutes", "most_minutes"),
        ("shortest_run_days", "longest_run_days"),
    ):
        least, most = getattr(limits, low), getattr(limits, high)
        if least is not None and most is not None and least > most:
            yield Fault(FaultCode.LIMITS_CONTRADICT, place, (f"{low}={least}", f"{high}={most}"))


def _out_of_reach(problem: Problem, person: Person) -> Iterator[Fault]:
    """More minutes wanted than the duties that the person may take have, day by day."""
    fewest = limits_of(problem, person).fewest_minutes
    if not fewest:
        return
    longest: Counter[datetime] = Counter()
    for duty in problem.duties:
        if duty.on_call or (duty.skills and not set(duty.skills) & set(person.skills)):
            continue
        if any(span.start < duty.end and duty.start < span.end for span in person.absences):
            continue
        day = datetime.combine(duty.day, datetime.min.time())
        longest[day] = max(longest[day], duty.minutes)
    reachable = sum(longest.values()) * problem.rules.duties_a_day
    if reachable < fewest:
        yield Fault(
            FaultCode.FEWEST_MINUTES_OUT_OF_REACH, f"people.{person.id}", (str(fewest), str(reachable))
        )


def _contradicting_quotas(problem: Problem) -> Iterator[Fault]:
    for number, quota in enumerate(problem.quotas):
        if quota.most is not None and quota.fewest > quota.most:
            yield Fault(
                FaultCode.QUOTAS_CONTRADICT,
                f"quotas.{number}",
                (f"fewest={quota.fewest}", f"most={quota.most}"),
            )
    daily = {quota.unit: quota for quota in problem.quotas if quota.span == "day"}
    for number, quota in enumerate(problem.quotas):
        day = daily.get(quota.unit)
        if (
            quota.span == "horizon"
            and day
            and quota.most is not None
            and day.fewest * problem.days > quota.most
        ):
            yield Fault(
                FaultCode.QUOTAS_CONTRADICT,
                f"quotas.{number}",
                (f"day.fewest={day.fewest}", f"horizon.most={quota.most}"),
            )


_WHAT_MORE_DUTIES_CANNOT_MEND = frozenset(RuleName) - {
    RuleName.FEWEST_MINUTES,
    RuleName.SHORTEST_RUN_DAYS,
    RuleName.SHORTEST_DAYS_OFF,
    RuleName.WOMEN_AT_NIGHT,
    RuleName.FROZEN,
    RuleName.DAYS_OFF_AFTER_NIGHTS,
}


def _contradictions_frozen(problem: Problem) -> Iterator[Fault]:
    """What is frozen breaks a rule by itself, so that no roster can hold it."""
    frozen = frozen_part(problem)
    if not frozen.assignments:
        return
    for broken in check(problem, frozen).broken:
        if broken.rule in _WHAT_MORE_DUTIES_CANNOT_MEND:
            yield Fault(
                FaultCode.FROZEN_CONTRADICTS, f"people.{broken.person}", (broken.rule, *broken.duties)
            )


def frozen_part(problem: Problem) -> Roster:
    """The assignments that must stay: those of `current` that start before `frozen_until`."""
    if problem.frozen_until is None:
        return Roster()
    starts = {duty.id: duty.start for duty in problem.duties}
    return Roster.of(
        Assignment(duty=cell.duty, person=cell.person)
        for cell in problem.current
        if starts[cell.duty] < problem.frozen_until
    )


def weekend_days(problem: Problem) -> frozenset[int]:
    """Numbers of the days that are Saturdays or Sundays and not worked."""
    worked = set(problem.workdays)
    return frozenset(
        number
        for number in range(problem.days)
        if (day := problem.first_day + timedelta(days=number)).weekday() >= 5 and day not in worked
    )
