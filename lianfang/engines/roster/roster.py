"""What comes out: a roster, what the checker says of it, and what the solver knows about it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from lianfang.engines.roster.problem import Assignment


@dataclass(frozen=True, slots=True)
class Roster:
    """Who is on which duty. Two rosters with the same assignments are equal."""

    assignments: tuple[Assignment, ...] = ()

    @classmethod
    def of(cls, assignments: Iterable[Assignment]) -> Roster:
        return cls(tuple(sorted(set(assignments))))

    def duties_of(self, person: str) -> tuple[str, ...]:
        return tuple(each.duty for each in self.assignments if each.person == person)

    def people_on(self, duty: str) -> tuple[str, ...]:
        return tuple(each.person for each in self.assignments if each.duty == duty)

    def changed(self, *, add: Iterable[Assignment] = (), remove: Iterable[Assignment] = ()) -> Roster:
        return Roster.of((set(self.assignments) - set(remove)) | set(add))


class RuleName(StrEnum):
    """The hard rules, by the names that programs and pages know."""

    UNKNOWN_PERSON = "unknown_person"
    UNKNOWN_DUTY = "unknown_duty"
    TWO_DUTIES_AT_ONCE = "two_duties_at_once"
    REST = "rest"
    DUTIES_A_DAY = "duties_a_day"
    SUCCESSION = "succession"
    ABSENT = "absent"
    SKILL = "skill"
    POST = "post"
    MOST_MINUTES = "most_minutes"
    FEWEST_MINUTES = "fewest_minutes"
    MOST_DUTIES = "most_duties"
    MOST_NIGHTS = "most_nights"
    MOST_WEEKENDS = "most_weekends"
    MOST_OF_SHIFT = "most_of_shift"
    LONGEST_RUN_DAYS = "longest_run_days"
    SHORTEST_RUN_DAYS = "shortest_run_days"
    SHORTEST_DAYS_OFF = "shortest_days_off"
    LONGEST_RUN_NIGHTS = "longest_run_nights"
    DAYS_OFF_AFTER_NIGHTS = "days_off_after_nights"
    WOMEN_AT_NIGHT = "women_at_night"
    FROZEN = "frozen"


@dataclass(frozen=True, slots=True)
class Broken:
    """A hard rule that does not hold: whose, at which duties, what is (`found`) and what should be."""

    rule: RuleName
    person: str = ""
    duties: tuple[str, ...] = ()
    found: int = 0
    allowed: int = 0


class CostName(StrEnum):
    """The parts of the cost, named as their weights."""

    OPEN = "open"
    SHORT = "short"
    OVER = "over"
    MIX = "mix"
    QUOTA = "quota"
    TEAM = "team"
    WISH = "wish"
    NIGHTS = "nights"
    WEEKENDS = "weekends"
    HOLIDAYS = "holidays"
    DUTIES = "duties"
    CHANGE = "change"


@dataclass(frozen=True, slots=True)
class Report:
    """What the checker found: every broken rule, and the cost with its parts."""

    broken: tuple[Broken, ...]
    costs: dict[CostName, int] = field(default_factory=dict)

    @property
    def cost(self) -> int:
        return sum(self.costs.values())

    @property
    def holds(self) -> bool:
        """No hard rule is broken."""
        return not self.broken


@dataclass(frozen=True, slots=True)
class Opening:
    """A duty with too few people: how many are missing, and why nobody can take it as the roster stands.

    `skills` is empty when anybody who may do the duty is missing, else what a role mix lacks. `reasons`
    counts the people not on the duty by the first rule that keeps each away (an empty name: nothing does);
    it is left empty for the later ones of very many openings.
    """

    duty: str
    missing: int
    skills: tuple[str, ...] = ()
    reasons: dict[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Borrowed:
    """One person to be borrowed: the skills needed (one of each group) and the duties to be taken."""

    skills: tuple[tuple[str, ...], ...]
    duties: tuple[str, ...]


class Status(StrEnum):
    OPTIMAL = "optimal"  # no roster is cheaper: proved
    FEASIBLE = "feasible"  # every hard rule holds
    BROKEN = "broken"  # no roster was found that holds every hard rule; the report names those broken
    CANCELLED = "cancelled"  # stopped on request; the best roster so far


@dataclass(frozen=True, slots=True)
class Progress:
    """What `solve` tells while it works. `cost` is of the best roster so far."""

    stage: str
    seconds: float
    cost: int | None = None
    bound: int | None = None
    iterations: int = 0


@dataclass(frozen=True, slots=True)
class Solution:
    """The best roster found, with what is known about it.

    `bound`: no roster that holds every hard rule costs less, which is proved; None where none was computed.
    `openings` lists the duties below their minimum, `borrowing` the fewest people who would fill them.
    """

    roster: Roster
    report: Report
    status: Status
    bound: int | None = None
    openings: tuple[Opening, ...] = ()
    borrowing: tuple[Borrowed, ...] = ()
    seconds: float = 0.0
    iterations: int = 0

    @property
    def cost(self) -> int:
        return self.report.cost

    @property
    def gap(self) -> float | None:
        """How far above the bound the cost is at most, as a share of the bound."""
        if self.bound is None:
            return None
        return (self.cost - self.bound) / max(1, abs(self.bound))


@dataclass(frozen=True, slots=True)
class Substitute:
    """Somebody who can take a duty by one call: what the roster costs more then, and how near the duty is
    to the duties beside it (the shorter rest in minutes, None where there is no other)."""

    person: str
    duty: str
    extra_cost: int
    rest_minutes: int | None = None


@dataclass(frozen=True, slots=True)
class SwapAnswer:
    """Whether two people may exchange duties: the rules that would break anew, and the change of the cost."""

    broken: tuple[Broken, ...]
    extra_cost: int

    @property
    def allowed(self) -> bool:
        return not self.broken


@dataclass(frozen=True, slots=True)
class Alternative:
    """Somebody else for a cell: what keeps him away, or what it would cost more."""

    person: str
    broken: tuple[Broken, ...]
    extra_cost: int


@dataclass(frozen=True, slots=True)
class Explanation:
    """Why a person is on a duty: what each other one would cost or break in the same place, cheapest first;
    and what it would cost to leave the place empty."""

    person: str
    duty: str
    start: datetime
    cost_if_empty: int
    alternatives: tuple[Alternative, ...]
