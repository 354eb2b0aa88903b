"""What rules a subject has: names, types and limits, and which of them set a deadline."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import cast

from lianfang.engines.rules.errors import RuleProfileError
from lianfang.engines.rules.reading import read_toml, refuse_unknown, take, text_of
from lianfang.engines.rules.values import (
    Comparison,
    DayOfYear,
    Duration,
    DurationUnit,
    PlainValue,
    Row,
    RuleValue,
    Threshold,
    Window,
)

SCHEMA_FOLDER = Path(__file__).parent / "schemas"


class ParameterType(StrEnum):
    DURATION = "duration"
    COUNT = "count"
    AMOUNT = "amount"
    CHOICE = "choice"
    CHOICES = "choices"
    THRESHOLD = "threshold"
    DAY_OF_YEAR = "day_of_year"
    FLAG = "flag"
    TEXT = "text"
    DATE = "date"
    WINDOWS = "windows"
    """Spans of the day: ["07:30-11:30", "22:00-06:00"]."""
    ROWS = "rows"
    """A table whose lines have the fields of `fields`."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One rule of a subject, or one field of a rule that is a table.

    `minimum` and `maximum` hold for counts, amounts and thresholds.
    """

    code: str
    type: ParameterType
    title: str
    title_en: str
    required: bool
    choices: tuple[str, ...]
    minimum: Decimal | None
    maximum: Decimal | None
    unit: str
    fields: Mapping[str, Parameter] = field(default_factory=dict)

    def read(self, raw: object, path: str) -> RuleValue:
        """The value of a profile, typed. Raises RuleProfileError that names what was expected."""
        match self.type:
            case ParameterType.DURATION:
                return self._duration(raw, path)
            case ParameterType.COUNT:
                if not isinstance(raw, int) or isinstance(raw, bool):
                    raise _expected(path, "一个整数", raw)
                self._check_limits(Decimal(raw), path)
                return raw
            case ParameterType.AMOUNT:
                return self._number(raw, path)
            case ParameterType.CHOICE:
                return self._choice(raw, path)
            case ParameterType.CHOICES:
                if not isinstance(raw, list) or not raw:
                    raise _expected(path, "一个不空的列表", raw)
                return tuple(self._choice(one, f"{path}[{index}]") for index, one in enumerate(raw))
            case ParameterType.THRESHOLD:
                return self._threshold(raw, path)
            case ParameterType.DAY_OF_YEAR:
                return _day_of_year(raw, path)
            case ParameterType.FLAG:
                if not isinstance(raw, bool):
                    raise _expected(path, "true 或 false", raw)
                return raw
            case ParameterType.TEXT:
                if not isinstance(raw, str) or not raw.strip():
                    raise _expected(path, "文字", raw)
                return raw
            case ParameterType.DATE:
                return _date(raw, path)
            case ParameterType.WINDOWS:
                if not isinstance(raw, list) or not raw:
                    raise _expected(path, "一个不空的列表", raw)
                return tuple(_window(one, f"{path}[{index}]") for index, one in enumerate(raw))
            case ParameterType.ROWS:
                if not isinstance(raw, list):
                    raise _expected(path, "一个由表组成的列表", raw)
                return tuple(self._row(one, f"{path}[{index}]") for index, one in enumerate(raw))

    def _row(self, raw: object, path: str) -> Row:
        if not isinstance(raw, dict):
            raise _expected(path, "一张表", raw)
        refuse_unknown(raw, self.fields.keys(), path)
        for one in self.fields.values():
            if one.required and one.code not in raw:
                raise RuleProfileError("rules.missing", f"{path}.{one.code}", "缺少这一项")
        # A field is never itself a table (`_parameter`), so its value is plain.
        return {
            code: cast(PlainValue, self.fields[code].read(one, f"{path}.{code}")) for code, one in raw.items()
        }

    def _duration(self, raw: object, path: str) -> Duration:
        units = "、".join(DurationUnit)
        if not isinstance(raw, dict) or len(raw) != 1:
            raise _expected(path, f"一个时长,如 {{ days = 5 }},单位是 {units} 之一", raw)
        ((unit, count),) = raw.items()
        if unit not in list(DurationUnit):
            raise _expected(f"{path}.{unit}", f"单位是 {units} 之一", unit)
        if not isinstance(count, int) or isinstance(count, bool) or count < 1:
            raise _expected(f"{path}.{unit}", "大于零的整数", count)
        return Duration(count, DurationUnit(unit))

    def _threshold(self, raw: object, path: str) -> Threshold:
        comparisons = "、".join(Comparison)
        if not isinstance(raw, dict) or len(raw) != 1:
            raise _expected(path, f"一个比较,如 {{ at_least = 37.3 }},比较是 {comparisons} 之一", raw)
        ((comparison, value),) = raw.items()
        if comparison not in list(Comparison):
            raise _expected(f"{path}.{comparison}", f"比较是 {comparisons} 之一", comparison)
        return Threshold(Comparison(comparison), self._number(value, f"{path}.{comparison}"), self.unit)

    def _number(self, raw: object, path: str) -> Decimal:
        if isinstance(raw, bool) or not isinstance(raw, int | float | Decimal):
            raise _expected(path, "一个数", raw)
        value = Decimal(str(raw))
        if not value.is_finite():
            raise _expected(path, "一个数", raw)
        self._check_limits(value, path)
        return value

    def _choice(self, raw: object, path: str) -> str:
        if not isinstance(raw, str) or raw not in self.choices:
            raise _expected(path, "、".join(self.choices) + " 之一", raw)
        return raw

    def _check_limits(self, value: Decimal, path: str) -> None:
        if self.minimum is not None and value < self.minimum:
            raise _expected(path, f"不小于 {self.minimum} 的数", value)
        if self.maximum is not None and value > self.maximum:
            raise _expected(path, f"不大于 {self.maximum} 的数", value)


@dataclass(frozen=True, slots=True)
class DeadlineKind:
    """A rule that sets a deadline: so long (or on that day) after an event.

    `only_longer_than` names another rule, a duration: the deadline holds only for matters (an event's
    `since` to `until`) that run longer than it, or have no end yet set.
    """

    code: str
    title: str
    title_en: str
    event: str
    rule: str
    only_longer_than: str | None


@dataclass(frozen=True, slots=True)
class Schema:
    subject: str
    title: str
    title_en: str
    parameters: Mapping[str, Parameter]
    deadlines: tuple[DeadlineKind, ...]
    events: Mapping[str, str]
    """Kinds of event that deadlines count from, with their meaning."""
    labels: Mapping[str, tuple[str, str]]
    """What choices are called in Chinese and English, by "choice" or "field.choice"."""

    def label(self, field: str, choice: str) -> tuple[str, str]:
        """What a choice of a rule (or of a field of its rows) is called; itself where nothing is said."""
        return self.labels.get(f"{field}.{choice}") or self.labels.get(choice) or (choice, choice)


@cache
def load_schema(subject: str, folder: Path = SCHEMA_FOLDER) -> Schema:
    """The schema of `subject`. Raises RuleProfileError where there is none or it is not sound."""
    path = folder / f"{subject}.toml"
    if not subject.isidentifier() or not path.is_file():
        raise RuleProfileError("schema.unknown_subject", subject, "没有这一类规则")
    raw = read_toml(path)
    name = path.name
    refuse_unknown(raw, {"subject", "title", "title_en", "parameters", "deadlines", "events", "labels"}, name)
    parameters = {
        code: _parameter(code, one, f"{name}: parameters.{code}")
        for code, one in take(raw, "parameters", dict, name).items()
    }
    events = {
        code: text_of(cast(object, one), f"{name}: events.{code}")
        for code, one in raw.get("events", {}).items()
    }
    labels = {
        code: (take(one, "zh", str, f"{name}: labels.{code}"), take(one, "en", str, f"{name}: labels.{code}"))
        for code, one in raw.get("labels", {}).items()
    }
    deadlines = tuple(
        _deadline(one, parameters, events, f"{name}: deadlines[{index}]")
        for index, one in enumerate(raw.get("deadlines", []))
    )
    if take(raw, "subject", str, name) != subject:
        raise RuleProfileError("schema.subject", f"{name}: subject", f"应为 {subject}")
    return Schema(
        subject,
        take(raw, "title", str, name),
        take(raw, "title_en", str, name),
        parameters,
        deadlines,
        events,
        labels,
    )


def _parameter(code: str, raw: object, path: str) -> Parameter:
    if not isinstance(raw, dict):
        raise _expected(path, "一张表", raw)
    known = {"type", "title", "title_en", "required", "choices", "minimum", "maximum", "unit", "fields"}
    refuse_unknown(raw, known, path)
    kind = take(raw, "type", str, path)
    if kind not in list(ParameterType):
        raise _expected(f"{path}.type", "、".join(ParameterType) + " 之一", kind)
    choices = tuple(str(choice) for choice in raw.get("choices", ()))
    if bool(choices) != (kind in (ParameterType.CHOICE, ParameterType.CHOICES)):
        raise RuleProfileError(
            "schema.choices", f"{path}.choices", "choice 和 choices 类型必须列出可选值,其他类型不能"
        )
    fields = raw.get("fields", {})
    if bool(fields) != (kind == ParameterType.ROWS) or any(
        one.get("type") == ParameterType.ROWS for one in fields.values()
    ):
        raise RuleProfileError("schema.fields", f"{path}.fields", "rows 类型必须列出各列，其他类型和列不能")
    limits = [raw.get(limit) for limit in ("minimum", "maximum")]
    minimum, maximum = (None if limit is None else Decimal(str(limit)) for limit in limits)
    return Parameter(
        code,
        ParameterType(kind),
        take(raw, "title", str, path),
        take(raw, "title_en", str, path),
        bool(raw.get("required", True)),
        choices,
        minimum,
        maximum,
        str(raw.get("unit", "")),
        {code: _parameter(code, one, f"{path}.fields.{code}") for code, one in fields.items()},
    )


def _deadline(
    raw: object, parameters: Mapping[str, Parameter], events: Mapping[str, str], path: str
) -> DeadlineKind:
    if not isinstance(raw, dict):
        raise _expected(path, "一张表", raw)
    refuse_unknown(raw, {"code", "title", "title_en", "event", "rule", "only_longer_than"}, path)
    rule, event = take(raw, "rule", str, path), take(raw, "event", str, path)
    longer = raw.get("only_longer_than")
    if event not in events:
        raise _expected(f"{path}.event", "、".join(events) + " 之一", event)
    timed = (ParameterType.DURATION, ParameterType.DAY_OF_YEAR)
    if rule not in parameters or parameters[rule].type not in timed:
        raise _expected(f"{path}.rule", "一个时长或日期参数的代码", rule)
    if longer is not None and (
        longer not in parameters or parameters[longer].type is not ParameterType.DURATION
    ):
        raise _expected(f"{path}.only_longer_than", "一个时长参数的代码", longer)
    return DeadlineKind(
        take(raw, "code", str, path),
        take(raw, "title", str, path),
        take(raw, "title_en", str, path),
        event,
        rule,
        None if longer is None else str(longer),
    )


def _day_of_year(raw: object, path: str) -> DayOfYear:
    wanted = '"月-日",如 "05-31"'
    if not isinstance(raw, str) or len(raw) != 5 or raw[2] != "-":
        raise _expected(path, wanted, raw)
    days = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
    month, day = raw[:2], raw[3:]
    if not (month.isdecimal() and day.isdecimal() and 1 <= int(month) <= 12):
        raise _expected(path, wanted, raw)
    if not 1 <= int(day) <= days[int(month) - 1]:
        raise _expected(path, wanted + "(不能是2月29日)", raw)
    return DayOfYear(int(month), int(day))


def _window(raw: object, path: str) -> Window:
    found = re.fullmatch(r"(\d\d):(\d\d)-(\d\d):(\d\d)", raw) if isinstance(raw, str) else None
    if found is None:
        raise _expected(path, '一段时间,如 "07:30-11:30"', raw)
    hour, minute, to_hour, to_minute = map(int, found.groups())
    start, end = 60 * hour + minute, 60 * to_hour + to_minute
    if minute > 59 or to_minute > 59 or start >= 1440 or end > 1440 or start == end:
        raise _expected(path, "00:00 至 24:00 之间、首尾不同的一段时间", raw)
    return Window(start, end)


def _date(raw: object, path: str) -> date:
    if isinstance(raw, str):
        try:
            return date.fromisoformat(raw)
        except ValueError:
            pass
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    raise _expected(path, "日期,如 2020-02-10", raw)


def _expected(path: str, wanted: str, found: object) -> RuleProfileError:
    return RuleProfileError("rules.wrong_value", path, f"应为{wanted},实际是 {found!r}")
