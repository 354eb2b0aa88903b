"""The rules of a place: which are in force at each of its gates, and which were."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from django.db.models import QuerySet

from lianfang.book.models import RuleProfile
from lianfang.engines.rules import read_profile
from lianfang.engines.rules.gates import GateRules, exit_rules, gate_rules
from lianfang.gates.models import GateRule
from lianfang.gates.queries.passages import GATE_KINDS
from lianfang.gates.rules import SUBJECT, own_profile
from lianfang.places.models import Place, Spot


@dataclass(frozen=True, slots=True)
class InForce:
    """What a gate is kept by on a day: `own` is None where it is the county's."""

    gate: Spot | None
    own: GateRule | None
    county: RuleProfile | None
    rules: GateRules | None

    @property
    def title(self) -> str:
        if self.own:
            return self.own.profile.title
        return self.county.title if self.county else ""

    @property
    def profile(self) -> RuleProfile | None:
        return self.own.profile if self.own else self.county

    def exits(self, language: str) -> str:
        return exit_rules(self.rules, language=language) if self.rules else ""

    @property
    def curfew(self) -> list[str]:
        spans = self.rules["curfew"] if self.rules else []
        return [f"{start // 60}:{start % 60:02}–{end // 60}:{end % 60:02}" for start, end in spans]

    @property
    def threshold(self) -> Decimal | None:
        return Decimal(self.rules["abnormal_from"]) / 10 if self.rules else None

    def enters(self, category: str) -> str:
        """May people of a category enter: always, known, with_pass, with_host, not_admitted."""
        return str(self.rules["categories"][category]["enters"]) if self.rules else ""


def gates_of(place: Place) -> QuerySet[Spot]:
    return Spot.objects.filter(place=place, kind__in=GATE_KINDS, ended_on=None).order_by("name")


def own_rules(place: Place) -> QuerySet[GateRule]:
    """The place's own rules, those of its gates too, the newest first."""
    return GateRule.objects.filter(place=place).select_related("place", "gate", "profile")


def own_rule(pk: UUID) -> GateRule | None:
    return GateRule.objects.select_related("place", "gate", "profile").filter(pk=pk).first()


def county_rule(day: date) -> RuleProfile | None:
    lines = RuleProfile.objects.filter(subject=SUBJECT, valid_from__lte=day)
    return lines.exclude(valid_to__lt=day).first()


def in_force_at(place: Place, day: date) -> list[InForce]:
    """What each gate is kept by on a day; a place without gates: what it would be."""
    county = county_rule(day)
    lines = own_rules(place).filter(cancelled=False, profile__valid_from__lte=day)
    own = {rule.gate_id: rule for rule in lines.exclude(profile__valid_to__lt=day)}
    gates: list[Spot | None] = list(gates_of(place)) or [None]
    return [_in_force(gate, own.get(gate.pk if gate else None) or own.get(None), county) for gate in gates]


def _in_force(gate: Spot | None, own: GateRule | None, county: RuleProfile | None) -> InForce:
    whole = read_profile(county.parameters, county.code) if county else None
    if own is not None and own.extends and whole is None:
        own = None
    if own is not None:
        base = whole if own.extends else None
        whole = own_profile(own.profile.parameters, base)
    return InForce(gate, own, county, gate_rules(whole) if whole else None)
