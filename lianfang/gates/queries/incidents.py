"""Fever cases: which are open, which step comes next and whether it is late, the whole file of one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from lianfang.book import models as book
from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.engines.rules import RuleProfile, RuleProfileError, in_force, read_profile, shipped_profiles
from lianfang.gates.models import HealthIncident, IncidentStep, Outcome, Passage, StepKind, Temperature
from lianfang.gates.queries.passages import visible_gates
from lianfang.people.models import Officer

# Which step is awaited after which, and the rule that says within how many minutes.
_NEXT: dict[str, tuple[StepKind, str]] = {
    StepKind.HELD: (StepKind.RECHECK, "recheck_within_minutes"),
    StepKind.RECHECK: (StepKind.LEADER_TOLD, "leader_told_within_minutes"),
    StepKind.LEADER_TOLD: (StepKind.HEADQUARTERS_TOLD, "headquarters_told_within_minutes"),
    StepKind.HEADQUARTERS_TOLD: (StepKind.HANDED_OVER, "handed_over_within_minutes"),
    StepKind.HANDED_OVER: (StepKind.OUTCOME, "outcome_within_minutes"),
    StepKind.OUTCOME: (StepKind.CLOSED, "closed_within_minutes"),
}
_ORDER = list(StepKind)


@dataclass(frozen=True, slots=True)
class Standing:
    """How a case stands: the furthest step taken, the next one and when it is due."""

    reached: StepKind
    reached_at: datetime | None
    awaited: StepKind | None
    due_at: datetime | None
    late: bool

    @property
    def is_open(self) -> bool:
        return self.awaited is not None


@dataclass(frozen=True, slots=True)
class CaseFile:
    """Everything of a case: its steps (also those withdrawn), its readings, the passage it began with."""

    incident: HealthIncident
    standing: Standing
    steps: Sequence[IncidentStep]
    readings: Sequence[Temperature]
    passage: Passage | None

    @property
    def taken(self) -> list[IncidentStep]:
        return [step for step in self.steps if not step.withdrawn]

    def step(self, kind: str) -> IncidentStep | None:
        """The last step of a kind that was taken."""
        found = [step for step in self.taken if step.kind == kind]
        return found[-1] if found else None

    def reading_of(self, step: IncidentStep) -> Temperature | None:
        return next((one for one in self.readings if one.root_id == step.temperature), None)


def visible_incidents(officer: Officer, response: Response | None, *rights: Right) -> QuerySet[Any]:
    """The cases of the places on which the officer handles incidents or reads gates, newest first."""
    rows: QuerySet[Any] = HealthIncident.objects.current().filter(response=response)
    reached = Q(pk__in=())
    for right in rights or (Right.HANDLE_INCIDENTS, Right.READ_GATES):
        reached |= officer.reach(right).rows(areas=["place__area"], bodies=["place__body"], places=["place"])
    closed = IncidentStep.objects.current().filter(incident=OuterRef("root"), kind=StepKind.CLOSED)
    found: QuerySet[Any] = rows.filter(reached).annotate(is_closed=Exists(closed))
    return found.select_related("place", "person").order_by("is_closed", "-happened_at")


def open_incidents(officer: Officer, response: Response | None) -> QuerySet[Any]:
    """The cases that wait for this officer: open, at places where the officer handles incidents."""
    return visible_incidents(officer, response, Right.HANDLE_INCIDENTS).filter(is_closed=False)


def held_without_case(officer: Officer, response: Response) -> QuerySet[Any]:
    """People who are held and for whom no case file is there yet (a phone may send it later)."""
    gates = visible_gates(officer, Right.HANDLE_INCIDENTS)
    case = HealthIncident.objects.current().filter(encounter=OuterRef("root"))
    rows: QuerySet[Any] = Passage.objects.current().filter(
        ~Exists(case), response=response, gate__in=gates, outcome=Outcome.HELD, plate=""
    )
    return rows.select_related("gate__place", "household").order_by("-happened_at")


def give_standings(incidents: Iterable[HealthIncident], now: datetime | None = None) -> None:
    """Give each case its `standing`. One query for the steps of all, one for the rules."""
    rows = list(incidents)
    now = now or timezone.now()
    steps: dict[UUID, list[IncidentStep]] = {}
    found = IncidentStep.objects.current().filter(incident__in=[row.root_id for row in rows])
    for step in found.order_by("happened_at", "received_at"):
        steps.setdefault(step.incident_id, []).append(step)
    profiles = incident_profiles()
    for row in rows:
        row.standing = _standing(row, steps.get(row.root_id, []), profiles, now)  # type: ignore[attr-defined]


def case_file(incident: HealthIncident, now: datetime | None = None) -> CaseFile:
    steps = list(
        IncidentStep.objects.newest()
        .filter(incident=incident.root_id)
        .select_related("written_by")
        .order_by("happened_at", "received_at")
    )
    readings = list(
        Temperature.objects.current()
        .filter(encounter=incident.encounter or incident.root_id)
        .order_by("happened_at", "received_at")
    )
    passage = None
    if incident.encounter:
        passage = (
            Passage.versions_of(incident.encounter)
            .filter(correction__isnull=True)
            .select_related("gate__place", "household", "person")
            .first()
        )
    taken = [step for step in steps if not step.withdrawn]
    standing = _standing(incident, taken, incident_profiles(), now or timezone.now())
    return CaseFile(incident, standing, steps, readings, passage)


def incident_profiles() -> list[RuleProfile]:
    """The time limits in the book, or those that come with the program while the book has none."""
    kept = [
        read_profile(one.parameters, one.code) for one in book.RuleProfile.objects.filter(subject="incident")
    ]
    return kept or list(shipped_profiles("incident"))


def _standing(
    incident: HealthIncident, steps: Sequence[IncidentStep], profiles: Sequence[RuleProfile], now: datetime
) -> Standing:
    furthest = max(
        steps, key=lambda step: (_ORDER.index(StepKind(step.kind)), step.happened_at), default=None
    )
    if furthest is None:
        return Standing(
            StepKind.HELD, incident.happened_at, StepKind.RECHECK, incident.happened_at, late=True
        )
    reached = StepKind(furthest.kind)
    if reached not in _NEXT:
        return Standing(reached, furthest.happened_at, None, None, late=False)
    awaited, rule = _NEXT[reached]
    due = _due(furthest.happened_at, rule, profiles)
    return Standing(reached, furthest.happened_at, awaited, due, late=due is not None and now > due)


def _due(since: datetime | None, rule: str, profiles: Sequence[RuleProfile]) -> datetime | None:
    if since is None:
        return None
    day: date = timezone.localdate(since)
    try:
        minutes = in_force(profiles, day, "incident").count(rule)
    except RuleProfileError:
        return None
    return since + timedelta(minutes=minutes)
