"""The values of rules in words: 5日内, 满100,000元, 每年3月31日."""

from dataclasses import dataclass
from datetime import date
from typing import cast

from django.utils.translation import get_language
from django.utils.translation import gettext as _

from lianfang.book import models
from lianfang.engines.rules import (
    Comparison,
    DayOfYear,
    Duration,
    DurationUnit,
    ParameterType,
    PlainValue,
    Row,
    Rule,
    RuleProfile,
    RuleProfileError,
    Schema,
    Threshold,
    load_schema,
    read_profile,
    shipped_profiles,
)
from lianfang.gates.models import OWN_RULES
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
    # What a place has for itself stands on its own page.
    for row in models.RuleProfile.objects.exclude(subject=OWN_RULES):
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
    schema = load_schema(profile.subject)
    return [
        RuleLine(title_of(rule), value_in_words(rule, schema), rule.source, rule.checked)
        for rule in profile.rules.values()
    ]


def value_in_words(rule: Rule, schema: Schema) -> str:
    """A line; for a rule that is a table, one line each row."""
    if schema.parameters[rule.code].type is ParameterType.ROWS:
        rows = cast(tuple[Row, ...], rule.value)
        return "\n".join(_row(row, rule.code, schema) for row in rows) or "—"
    return _plain(cast(PlainValue, rule.value), rule.code, schema)


def _row(row: Row, code: str, schema: Schema) -> str:
    """What the row is about, and the rest of its fields: 住户：进入可以；外出可以."""
    fields = schema.parameters[code].fields
    english = _in_english()
    texts = _TEXTS_SHOWN_IN_ENGLISH if english else _TEXTS_SHOWN
    shown = [name for name in row if fields[name].type is not ParameterType.TEXT or name in texts]
    about, *rest = (_plain(row[name], name, schema) for name in shown)
    if english:
        return (
            about
            + (" " if about.endswith("?") else ": ")
            + "; ".join(
                f"{fields[name].title_en} {value}" for name, value in zip(shown[1:], rest, strict=True)
            )
        )
    return (
        about
        + ("" if about.endswith("？") else "：")
        + "；".join(f"{fields[name].title} {value}" for name, value in zip(shown[1:], rest, strict=True))
    )


def _plain(value: PlainValue, code: str, schema: Schema) -> str:
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
            words = [_choice(one, code, schema) if isinstance(one, str) else str(one) for one in value]
            return ", ".join(words) if _in_english() else "、".join(words)
        case str():
            return _choice(value, code, schema)
        case date():
            return value.isoformat()
    return f"{value:,}"


_SUBJECTS = ["giving", "incident", "gate"]
_TEXTS_SHOWN = {"ask", "colour", "title", "device"}
_TEXTS_SHOWN_IN_ENGLISH = {"ask_en", "colour", "device"}
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


def _choice(value: str, code: str, schema: Schema) -> str:
    for kinds in (BodyKind, AreaLevel):
        if value in kinds.values:
            return str(kinds(value).label)
    return schema.label(code, value)[1 if _in_english() else 0]


def language() -> str:
    """The language of the page as the engines name it."""
    return "en" if _in_english() else "zh"


def _in_english() -> bool:
    return (get_language() or "").startswith("en")
