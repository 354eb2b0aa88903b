"""The values of rules in words: 5日内, 满100,000元, 每年3月31日."""

from dataclasses import dataclass

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lianfang.book import models
from lianfang.engines.rules import (
    Comparison,
    DayOfYear,
    Duration,
    DurationUnit,
    Rule,
    RuleProfile,
    RuleProfileError,
    Threshold,
    read_profile,
    shipped_profiles,
)
from lianfang.people.models import AreaLevel, BodyKind


@dataclass(frozen=True, slots=True)
class RuleLine:
    title: str
    value: str
    source: str
    checked: bool


def profiles() -> list[RuleProfile]:
    """The profiles of the book, and those that come with the program and are not in it; newest first."""
    found = {}
    for row in models.RuleProfile.objects.all():
        try:
            found[row.code] = read_profile(row.parameters, row.code)
        except RuleProfileError:
            continue
    for subject in _SUBJECTS:
        for profile in shipped_profiles(subject):
            found.setdefault(profile.code, profile)
    return sorted(found.values(), key=lambda one: (one.subject, one.valid_from), reverse=True)


def title_of(thing: RuleProfile | Rule) -> str:
    return thing.title_en if _in_english() else thing.title


def lines(profile: RuleProfile) -> list[RuleLine]:
    return [
        RuleLine(title_of(rule), value_in_words(rule), rule.source, rule.checked)
        for rule in profile.rules.values()
    ]


def value_in_words(rule: Rule) -> str:
    value = rule.value
    match value:
        case bool():
            return _("是") if value else _("否")
        case Duration():
            return _DURATIONS[value.unit]() % {"count": value.count}
        case Threshold():
            return _COMPARISONS[value.comparison]() % {"value": f"{value.value:,f}{value.unit}"}
        case DayOfYear():
            return _("每年%(month)s月%(day)s日") % {"month": value.month, "day": value.day}
        case tuple():
            return (
                "、".join(_choice(one) for one in value)
                if not _in_english()
                else ", ".join(map(_choice, value))
            )
        case str():
            return _choice(value)
    return f"{value:,}"


_SUBJECTS = ["giving", "incident"]
_DURATIONS = {
    DurationUnit.HOURS: lambda: _("%(count)s小时内"),
    DurationUnit.DAYS: lambda: _("%(count)s日内"),
    DurationUnit.WORKING_DAYS: lambda: _("%(count)s个工作日内"),
    DurationUnit.MONTHS: lambda: _("%(count)s个月内"),
    DurationUnit.YEARS: lambda: _("%(count)s年内"),
}
_COMPARISONS = {
    Comparison.AT_LEAST: lambda: _("%(value)s及以上"),
    Comparison.OVER: lambda: _("高于%(value)s"),
    Comparison.AT_MOST: lambda: _("%(value)s及以下"),
    Comparison.UNDER: lambda: _("低于%(value)s"),
}


def _choice(value: str) -> str:
    for kinds in (BodyKind, AreaLevel):
        if value in kinds.values:
            return str(kinds(value).label)
    return value


def _in_english() -> bool:
    return (get_language() or "").startswith("en")
