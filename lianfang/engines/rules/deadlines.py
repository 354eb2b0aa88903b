"""What is due when, by a profile and what has happened: for a page that counts down."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lianfang.engines.rules.errors import RuleProfileError
from lianfang.engines.rules.profile import RuleProfile
from lianfang.engines.rules.schema import DeadlineKind, Schema, load_schema
from lianfang.engines.rules.values import DayOfYear, Duration


@dataclass(frozen=True, slots=True)
class Event:
    """Something that starts a clock: `kind` is one of the schema's events, `at` an aware local time.

    `subject_id` tells what it is about (a campaign), and comes back in the deadline. `since` and `until`
    are the span of that matter, where a rule asks how long it runs; `until` None: no end is set.
    """

    kind: str
    at: datetime
    subject_id: str = ""
    since: datetime | None = None
    until: datetime | None = None


@dataclass(frozen=True, slots=True)
class Deadline:
    """Something to be done by `due_at`, the last moment in time. `remaining` is negative when late."""

    code: str
    title: str
    title_en: str
    due_at: datetime
    source: str
    checked: bool
    remaining: timedelta
    overdue: bool
    subject_id: str = ""


def deadlines(
    profile: RuleProfile,
    events: Iterable[Event],
    now: datetime,
    holidays: Collection[date] = (),
    schema: Schema | None = None,
) -> list[Deadline]:
    """What is due, the earliest first. A rule that the profile does not set gives no deadline.

    The caller says what still stands open: an event whose duty is done is not passed in. Raises
    RuleProfileError `rules.unknown_event` or `rules.naive_time`.
    """
    schema = schema or load_schema(profile.subject)
    if now.tzinfo is None:
        raise RuleProfileError("rules.naive_time", "now", "时间必须带时区")
    found = []
    for event in events:
        if event.kind not in schema.events:
            raise RuleProfileError(
                "rules.unknown_event", event.kind, f"可用的事件是 {'、'.join(schema.events)}"
            )
        if event.at.tzinfo is None:
            raise RuleProfileError("rules.naive_time", event.kind, "时间必须带时区")
        found += [
            _deadline(kind, profile, event, now, holidays)
            for kind in schema.deadlines
            if kind.event == event.kind and profile.has(kind.rule) and _applies(kind, profile, event)
        ]
    return sorted(found, key=lambda deadline: (deadline.due_at, deadline.code, deadline.subject_id))


def _applies(kind: DeadlineKind, profile: RuleProfile, event: Event) -> bool:
    if kind.only_longer_than is None or event.until is None:
        return True
    if not profile.has(kind.only_longer_than):
        return True
    return event.until > profile.duration(kind.only_longer_than).end_from(event.since or event.at)


def _deadline(
    kind: DeadlineKind, profile: RuleProfile, event: Event, now: datetime, holidays: Collection[date]
) -> Deadline:
    rule = profile.rules[kind.rule]
    value = rule.value
    if isinstance(value, Duration):
        due_at = value.end_from(event.at, holidays)
    elif isinstance(value, DayOfYear):
        due_at = value.end_after(event.at)
    else:
        raise RuleProfileError("rules.wrong_type", f"{profile.code}: rules.{kind.rule}", "这一项不能算出期限")
    return Deadline(
        kind.code, kind.title, kind.title_en, due_at, rule.source, rule.checked,
        due_at - now, now > due_at, event.subject_id,
    )  # fmt: skip
