"""Which rules a gate is kept by: the same for the phone and for the server.

A gate's own rules go before those of its place, and those before the county's. A place that has only some
parts of its own (`GateRule.extends`) has the rest from what the county has on the same day.
"""

import time
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models.signals import post_save
from django.dispatch import receiver

from lianfang.book.asking import DAY, ID, TRUTH, Question
from lianfang.book.models import RuleProfile
from lianfang.engines.rules import RuleProfile as Profile
from lianfang.engines.rules import RuleProfileError, read_profile
from lianfang.engines.rules.gates import CompiledGate, GateRules, compile_rules, extend_profile, gate_rules
from lianfang.places.models import Place

SUBJECT = "gate"

_REMEMBERED_FOR = 10.0  # seconds
# China's clock is so far ahead of UTC, all year.
_CHINA = timedelta(hours=8)
_PROFILES = Question(
    "SELECT id, valid_from, valid_to FROM book_ruleprofile WHERE subject = %s", (ID, DAY, DAY)
)
_OWN = Question(
    "SELECT r.place_id, r.gate_id, p.id, p.valid_from, p.valid_to, r.extends FROM gates_gaterule AS r "
    "JOIN book_ruleprofile AS p ON p.id = r.profile_id WHERE r.place_id IN {ids} AND NOT r.cancelled",
    (ID, ID, ID, DAY, DAY, TRUTH),
)


@dataclass(frozen=True, slots=True)
class GateProfile:
    """A profile of the book, ready to decide by. `id` is that of the place's own one where it has one."""

    id: UUID
    rules: GateRules
    gate: CompiledGate
    looks_back: int
    """Over how many days its quotas count exits; 0 if no quota counts any."""
    counts_back: bool
    """Whether it matters that somebody has come home: a quota of how many may be out at once."""
    by_number: bool
    """Whether odd and even door numbers matter."""


@dataclass(frozen=True, slots=True)
class _Line:
    id: UUID
    valid_from: date
    valid_to: date | None
    extends: bool = False

    def holds(self, day: date) -> bool:
        return self.valid_from <= day and (self.valid_to is None or day <= self.valid_to)


class Profiles:
    """The profiles of the county and of some places, read once for a batch of decisions."""

    def __init__(self, places: Iterable[UUID] = ()) -> None:
        self._by_day: dict[tuple[UUID | None, int], GateProfile | None] = {}
        self._county: Sequence[_Line] = [_Line(*line) for line in _PROFILES.ask(SUBJECT)]
        self._places: set[UUID] = set()
        self._own: dict[UUID, list[_Line]] = defaultdict(list)
        """By the place or the gate that they are for."""
        self.learn(places)

    def __bool__(self) -> bool:
        return bool(self._county or self._own)

    def learn(self, places: Iterable[UUID]) -> None:
        """Read the own rules of these places too. A place must be learnt before its gates are asked for."""
        new = set(places) - self._places
        self._places |= new
        for place, gate, *line in _OWN.of(new):
            self._own[gate or place].append(_Line(*line))

    def at(self, moment: datetime, place: UUID | None = None, gate: UUID | None = None) -> GateProfile | None:
        """What is in force at a gate on the day of `moment` as China counts it."""
        day = (moment.astimezone(UTC) + _CHINA).toordinal()
        # Most places have no rules of their own: then the county's are looked up once for all of them.
        whose = (gate if gate in self._own else place if place in self._own else None) if self._own else None
        key = (whose, day)
        if key not in self._by_day:
            self._by_day[key] = self._on(date.fromordinal(day), place, gate)
        return self._by_day[key]

    def some_at(self, moment: datetime) -> list[GateProfile]:
        """Everything in force on the day of `moment` at any gate of the places learnt."""
        found = [self.at(moment), *(self.at(moment, whose, whose) for whose in self._own)]
        return [one for one in found if one is not None]

    def _on(self, day: date, place: UUID | None, gate: UUID | None) -> GateProfile | None:
        county = next((line for line in self._county if line.holds(day)), None)
        for whose in (gate, place):
            for line in self._own.get(whose, ()) if whose else ():
                if line.holds(day) and not line.extends:
                    return _profile(line.id)
                if line.holds(day):
                    return _profile(line.id, county.id) if county else None
        return _profile(county.id) if county else None


def rules_at(place: Place, moment: datetime, gate: UUID | None = None) -> GateRules | None:
    """The rules by which a gate of a place decides at `moment`, in the form that the phone takes.

    Without a gate: those of the place as a whole.
    """
    found = Profiles([place.pk]).at(moment, place.pk, gate)
    return found.rules if found else None


def rules_ahead(
    place: Place, moment: datetime, gate: UUID, days: int
) -> list[tuple[datetime, GateRules | None]]:
    """When other rules begin at a gate within so many days, and which."""
    profiles = Profiles([place.pk])
    before = profiles.at(moment, place.pk, gate)
    found = []
    for ahead in range(1, days + 1):
        midnight = _midnight(moment + ahead * timedelta(days=1))
        then = profiles.at(midnight, place.pk, gate)
        if then is not before:
            found.append((midnight, then.rules if then else None))
            before = then
    return found


def own_profile(own: Mapping[str, Any], county: Profile | None) -> Profile:
    """The whole profile of a place that has the rest from the county. Raises RuleProfileError."""
    if county is None:
        return read_profile(own, str(own["code"]))
    head = {key: value for key, value in own.items() if key != "rules"}
    return extend_profile(county, own["rules"], **head)


def _midnight(moment: datetime) -> datetime:
    local = (moment.astimezone(UTC) + _CHINA).replace(hour=0, minute=0, second=0, microsecond=0)
    return local - _CHINA


_remembered: dict[tuple[UUID, UUID | None], tuple[float, GateProfile]] = {}


def _profile(id: UUID, county: UUID | None = None) -> GateProfile:
    """Reading and compiling a profile takes a while, so it is kept for some seconds."""
    until, found = _remembered.get((id, county), (0.0, None))
    if found is not None and until > time.monotonic():
        return found
    found = _compiled(id, _read(id, county))
    _remembered[id, county] = (time.monotonic() + _REMEMBERED_FOR, found)
    return found


def _read(id: UUID, county: UUID | None) -> GateRules:
    line = RuleProfile.objects.get(pk=id)
    if county is None:
        return gate_rules(read_profile(line.parameters, line.code))
    base = RuleProfile.objects.get(pk=county)
    whole = read_profile(base.parameters, base.code)
    try:
        return gate_rules(own_profile(line.parameters, whole))
    except RuleProfileError:
        # The parts were tried with the county's rules of their time; with later ones that they do not fit,
        # the county's hold alone.
        return gate_rules(whole)


def _compiled(id: UUID, rules: GateRules) -> GateProfile:
    counting = [quota for quota in rules["quotas"] if quota["kind"] != "none"]
    return GateProfile(
        id,
        rules,
        compile_rules(rules),
        looks_back=max((quota["days"] for quota in counting), default=0),
        counts_back=any(quota["at_once"] for quota in counting),
        by_number=any(quota["kind"] == "odd_even" for quota in counting),
    )


@receiver(post_save, sender=RuleProfile)
def _forget(instance: RuleProfile, **_facts: Any) -> None:
    for key in [key for key in _remembered if instance.pk in key]:
        del _remembered[key]
