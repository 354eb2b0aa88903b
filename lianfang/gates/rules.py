"""Which rule profile a gate is kept by: the same for the phone and for the server."""

import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models.signals import post_save
from django.dispatch import receiver

from lianfang.book.asking import DAY, ID, Question
from lianfang.book.models import RuleProfile
from lianfang.engines.rules import read_profile
from lianfang.engines.rules.gates import CompiledGate, GateRules, compile_rules, gate_rules
from lianfang.places.models import Place

SUBJECT = "gate"

_REMEMBERED_FOR = 10.0  # seconds
# China's clock is so far ahead of UTC, all year.
_CHINA = timedelta(hours=8)
_PROFILES = Question(
    "SELECT id, valid_from, valid_to FROM book_ruleprofile WHERE subject = %s", (ID, DAY, DAY)
)


@dataclass(frozen=True, slots=True)
class GateProfile:
    """A profile of subject "gate" as the book has it, ready to decide by."""

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


class Profiles:
    """The profiles of the book, read once for a batch of decisions."""

    def __init__(self) -> None:
        self._by_day: dict[int, GateProfile | None] = {}
        self._lines: Sequence[_Line] = [_Line(*line) for line in _PROFILES.ask(SUBJECT)]

    def __bool__(self) -> bool:
        return bool(self._lines)

    def at(self, moment: datetime) -> GateProfile | None:
        """The profile in force on the day of `moment` as China counts it."""
        day = (moment.astimezone(UTC) + _CHINA).toordinal()
        if day not in self._by_day:
            self._by_day[day] = self._on(date.fromordinal(day))
        return self._by_day[day]

    def _on(self, day: date) -> GateProfile | None:
        for line in self._lines:
            if line.valid_from <= day and (line.valid_to is None or day <= line.valid_to):
                return _profile(line.id)
        return None


def rules_at(_place: Place, moment: datetime) -> GateRules | None:
    """The rules by which the gates of a place decide at `moment`, in the form that the phone takes."""
    found = Profiles().at(moment)
    return found.rules if found else None


_remembered: dict[UUID, tuple[float, GateProfile]] = {}


def _profile(id: UUID) -> GateProfile:
    """Reading and compiling a profile takes a while, so it is kept for some seconds."""
    until, found = _remembered.get(id, (0.0, None))
    if found is not None and until > time.monotonic():
        return found
    line = RuleProfile.objects.get(pk=id)
    rules = gate_rules(read_profile(line.parameters, line.code))
    counting = [quota for quota in rules["quotas"] if quota["kind"] != "none"]
    found = GateProfile(
        id,
        rules,
        compile_rules(rules),
        looks_back=max((quota["days"] for quota in counting), default=0),
        counts_back=any(quota["at_once"] for quota in counting),
        by_number=any(quota["kind"] == "odd_even" for quota in counting),
    )
    _remembered[id] = (time.monotonic() + _REMEMBERED_FOR, found)
    return found


@receiver(post_save, sender=RuleProfile)
def _forget(instance: RuleProfile, **_facts: Any) -> None:
    _remembered.pop(instance.pk, None)
