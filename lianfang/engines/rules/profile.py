"""Dated profiles: the values of a subject's rules for a span of days."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any, TypeVar

from lianfang.engines.rules.errors import RuleProfileError
from lianfang.engines.rules.reading import read_json, read_toml, refuse_unknown, take
from lianfang.engines.rules.schema import Schema, load_schema
from lianfang.engines.rules.values import DayOfYear, Duration, Row, RuleValue, Threshold, Window

PROFILE_FOLDER = Path(__file__).parent / "profiles"

V = TypeVar("V")


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule with its value, where it comes from, and whether the wording was checked there."""

    code: str
    title: str
    title_en: str
    value: RuleValue
    source: str
    checked: bool


@dataclass(frozen=True, slots=True)
class RuleProfile:
    """The rules of `subject` from `valid_from` to `valid_to`, both days included (None: until further)."""

    code: str
    title: str
    title_en: str
    subject: str
    valid_from: date
    valid_to: date | None
    source: str
    version: int
    rules: Mapping[str, Rule]

    def is_in_force(self, on_date: date) -> bool:
        return self.valid_from <= on_date and (self.valid_to is None or on_date <= self.valid_to)

    def has(self, rule: str) -> bool:
        """Whether the profile sets `rule` at all; the law of a time may be silent."""
        return rule in self.rules

    def duration(self, rule: str) -> Duration:
        return self._value(rule, Duration)

    def count(self, rule: str) -> int:
        return self._value(rule, int)

    def amount(self, rule: str) -> Decimal:
        return self._value(rule, Decimal)

    def choice(self, rule: str) -> str:
        return self._value(rule, str)

    def choices(self, rule: str) -> tuple[str, ...]:
        return self._value(rule, tuple)

    def threshold(self, rule: str) -> Threshold:
        return self._value(rule, Threshold)

    def text(self, rule: str) -> str:
        return self._value(rule, str)

    def windows(self, rule: str) -> tuple[Window, ...]:
        return self._value(rule, tuple)

    def rows(self, rule: str) -> tuple[Row, ...]:
        return self._value(rule, tuple)

    def day_of_year(self, rule: str) -> DayOfYear:
        return self._value(rule, DayOfYear)

    def flag(self, rule: str) -> bool:
        return self._value(rule, bool)

    def _value(self, rule: str, kind: type[V]) -> V:
        path = f"{self.code}: rules.{rule}"
        if rule not in self.rules:
            raise RuleProfileError("rules.not_set", path, "这份规则档案没有规定这一项")
        value = self.rules[rule].value
        if not isinstance(value, kind) or (kind is int and isinstance(value, bool)):
            raise RuleProfileError("rules.wrong_type", path, f"这一项不是 {kind.__name__}")
        return value


def shipped_profiles(subject: str) -> tuple[RuleProfile, ...]:
    """The profiles of `subject` that come with the program, oldest first."""
    return load_profiles(sorted(PROFILE_FOLDER.glob(f"{subject}-*.toml")))


def load_profiles(files: Iterable[Path]) -> tuple[RuleProfile, ...]:
    """Profiles from TOML or JSON files, by subject and first day.

    Raises RuleProfileError for a file that does not fit its schema, and for overlapping profiles.
    """
    profiles = []
    for path in files:
        raw = read_json(path) if path.suffix == ".json" else read_toml(path)
        profiles.append(read_profile(raw, path.name))
    profiles.sort(key=lambda profile: (profile.subject, profile.valid_from))
    refuse_overlaps(profiles)
    return tuple(profiles)


def read_profile(raw: Mapping[str, Any], name: str, schema: Schema | None = None) -> RuleProfile:
    """A profile from its parsed file, checked against the schema of its subject.

    `name` stands in front of the place in errors. Raises RuleProfileError.
    """
    known = {"code", "title", "title_en", "subject", "valid_from", "valid_to", "source", "version", "rules"}
    refuse_unknown(raw, known, name)
    subject = take(raw, "subject", str, name)
    schema = schema or load_schema(subject)
    valid_from, valid_to = _day(raw, "valid_from", name), _day(raw, "valid_to", name)
    if valid_from is None:
        raise RuleProfileError("rules.missing", f"{name}: valid_from", "缺少这一项")
    if valid_to is not None and valid_to < valid_from:
        raise RuleProfileError("rules.validity", f"{name}: valid_to", "失效日期早于生效日期")
    return RuleProfile(
        take(raw, "code", str, name),
        take(raw, "title", str, name),
        take(raw, "title_en", str, name) if "title_en" in raw else take(raw, "title", str, name),
        subject,
        valid_from,
        valid_to,
        take(raw, "source", str, name),
        take(raw, "version", int, name),
        _rules(take(raw, "rules", dict, name), schema, name),
    )


def as_data(profile: RuleProfile) -> dict[str, Any]:
    """`profile` as JSON-ready data in the form of its file: `read_profile` gives it back."""
    return {
        "code": profile.code,
        "title": profile.title,
        "title_en": profile.title_en,
        "subject": profile.subject,
        "valid_from": profile.valid_from.isoformat(),
        "valid_to": None if profile.valid_to is None else profile.valid_to.isoformat(),
        "source": profile.source,
        "version": profile.version,
        "rules": {
            rule.code: {"value": _plain(rule.value), "source": rule.source, "checked": rule.checked}
            for rule in profile.rules.values()
        },
    }


def refuse_overlaps(profiles: Iterable[RuleProfile]) -> None:
    """Raises RuleProfileError `rules.overlap` where two profiles of a subject share a day or a code."""
    ordered = sorted(profiles, key=lambda profile: (profile.subject, profile.valid_from))
    for earlier, later in pairwise(ordered):
        if earlier.subject != later.subject:
            continue
        if earlier.valid_to is None or later.valid_from <= earlier.valid_to:
            raise RuleProfileError(
                "rules.overlap",
                f"{later.code}: valid_from",
                f"与 {earlier.code} 的有效期重叠({later.valid_from})",
            )
    codes = [profile.code for profile in ordered]
    for code in codes:
        if codes.count(code) > 1:
            raise RuleProfileError("rules.code_twice", f"{code}: code", "有两份规则档案用了同一个代码")


def in_force(profiles: Iterable[RuleProfile], on_date: date, subject: str = "giving") -> RuleProfile:
    """The profile of `subject` that holds on `on_date` (the day of the matter, not of the question).

    Raises RuleProfileError `rules.none_in_force` where none does.
    """
    for profile in profiles:
        if profile.subject == subject and profile.is_in_force(on_date):
            return profile
    raise RuleProfileError("rules.none_in_force", subject, f"{on_date} 没有生效的规则档案")


def _plain(value: RuleValue | Row | Window) -> object:
    match value:
        case Duration():
            return {value.unit.value: value.count}
        case Threshold():
            return {value.comparison.value: float(value.value)}
        case DayOfYear():
            return f"{value.month:02}-{value.day:02}"
        case tuple():
            return [_plain(one) for one in value]
        case Mapping():
            return {field: _plain(one) for field, one in value.items()}
        case Window():
            return str(value)
        case date():
            return value.isoformat()
        case Decimal():
            return float(value)
    return value


def _rules(raw: Mapping[str, Any], schema: Schema, name: str) -> dict[str, Rule]:
    rules = {}
    for code, one in raw.items():
        path = f"{name}: rules.{code}"
        parameter = schema.parameters.get(code)
        if parameter is None:
            known = "、".join(schema.parameters)
            raise RuleProfileError("rules.unknown_rule", path, f"没有这条规则,可用的是 {known}")
        if not isinstance(one, dict):
            raise RuleProfileError("rules.wrong_type", path, f"应为一张表,实际是 {one!r}")
        refuse_unknown(one, {"value", "source", "checked"}, path)
        if "value" not in one:
            raise RuleProfileError("rules.missing", f"{path}.value", "缺少这一项")
        rules[code] = Rule(
            code,
            parameter.title,
            parameter.title_en,
            parameter.read(one["value"], f"{path}.value"),
            take(one, "source", str, path),
            take(one, "checked", bool, path),
        )
    for parameter in schema.parameters.values():
        if parameter.required and parameter.code not in rules:
            raise RuleProfileError("rules.missing", f"{name}: rules.{parameter.code}", "缺少这条规则")
    return rules


def _day(raw: Mapping[str, Any], key: str, name: str) -> date | None:
    value = raw.get(key)
    if isinstance(value, str):
        try:
            return date.fromisoformat(value)
        except ValueError:
            value = repr(value)
    if value is None or (isinstance(value, date) and not isinstance(value, datetime)):
        return value
    raise RuleProfileError("rules.wrong_type", f"{name}: {key}", f"应为日期,如 2024-09-05,实际是 {value}")
