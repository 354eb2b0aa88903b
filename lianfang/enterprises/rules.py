"""The rules for enterprises that hold on a day, out of the profile in force."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from lianfang.book.models import RuleProfile as Kept
from lianfang.engines.rules import RuleProfileError, Threshold, in_force, read_profile, shipped_profiles


@dataclass(frozen=True, slots=True)
class EnterpriseRules:
    """What is None was not regulated on that day. `code` names the profile ("" where there is none)."""

    code: str = ""
    abnormal_from: Threshold | None = None
    readings_a_day: int | None = None
    persons_per_dormitory_room: int | None = None
    supplies_last_days: int | None = None
    opinions: tuple[str, ...] = ()
    observation_days: int | None = None
    disinfection_passage_advised_against: bool = True

    def abnormal(self, celsius: Decimal | None) -> bool:
        return celsius is not None and self.abnormal_from is not None and self.abnormal_from.holds(celsius)


def rules_on(day: date) -> EnterpriseRules:
    """By the book's own profiles, or those that come with the program while the book has none."""
    kept = [read_profile(one.parameters, one.code) for one in Kept.objects.filter(subject="enterprise")]
    try:
        profile = in_force(kept or list(shipped_profiles("enterprise")), day, "enterprise")
    except RuleProfileError:
        return EnterpriseRules()
    values: dict[str, Any] = {name: rule.value for name, rule in profile.rules.items()}
    return EnterpriseRules(
        code=profile.code,
        abnormal_from=values.get("abnormal_from"),
        readings_a_day=values.get("readings_a_day"),
        persons_per_dormitory_room=values.get("persons_per_dormitory_room"),
        supplies_last_days=values.get("supplies_last_days"),
        opinions=tuple(values.get("opinions", ())),
        observation_days=values.get("observation_days"),
        disinfection_passage_advised_against=bool(values.get("disinfection_passage_advised_against", True)),
    )
