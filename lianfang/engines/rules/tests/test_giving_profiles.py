"""The giving rules that come with the program."""

from __future__ import annotations

import itertools
from datetime import date, datetime, timedelta, timezone

import pytest

from lianfang.engines.rules import (
    Duration,
    DurationUnit,
    Event,
    RuleProfile,
    RuleProfileError,
    as_data,
    deadlines,
    in_force,
    load_schema,
    read_profile,
    shipped_profiles,
)

CHINA = timezone(timedelta(hours=8))


def profile_on(year: int, month: int, day: int) -> RuleProfile:
    return in_force(shipped_profiles("giving"), date(year, month, day))


def at(year: int, month: int, day: int, hour: int = 0, minute: int = 0) -> datetime:
    return datetime(year, month, day, hour, minute, tzinfo=CHINA)


def test_every_day_since_the_charity_law_has_exactly_one_profile() -> None:
    profiles = shipped_profiles("giving")
    for day in (date(2016, 9, 1), date(2024, 9, 4), date(2024, 9, 5), date(2025, 12, 31), date(2026, 1, 1)):
        assert sum(profile.is_in_force(day) for profile in profiles) == 1
    for earlier, later in itertools.pairwise(profiles):
        assert earlier.valid_to is not None
        assert earlier.valid_to + timedelta(days=1) == later.valid_from


def test_before_the_charity_law_no_profile_is_in_force() -> None:
    with pytest.raises(RuleProfileError) as caught:
        profile_on(2016, 8, 31)
    assert caught.value.code == "rules.none_in_force"


def test_a_gift_of_february_2020_is_judged_by_the_rules_of_2020() -> None:
    assert profile_on(2020, 2, 19).duration("emergency_receipts_published_within") == Duration(
        72, DurationUnit.HOURS
    )
    assert profile_on(2025, 2, 19).duration("emergency_receipts_published_within") == Duration(
        5, DurationUnit.DAYS
    )


def test_corrections_need_a_statement_since_2026() -> None:
    assert not profile_on(2025, 12, 31).flag("correction_by_statement_only")
    assert profile_on(2026, 1, 1).flag("correction_by_statement_only")


def test_a_chamber_may_not_issue_the_official_receipt() -> None:
    for profile in shipped_profiles("giving"):
        assert "charity" in profile.choices("receipt_issuers")
        assert "chamber" not in profile.choices("receipt_issuers")


def test_every_shipped_rule_names_its_source() -> None:
    assert all(rule.source for profile in shipped_profiles("giving") for rule in profile.rules.values())


def test_emergency_receipts_are_due_by_the_end_of_the_fifth_day() -> None:
    (found,) = deadlines(
        profile_on(2026, 7, 14),
        [Event("emergency_receipts_unpublished", at(2026, 7, 14, 9, 30))],
        at(2026, 7, 18, 12),
    )
    assert found.due_at == at(2026, 7, 20)
    assert found.remaining == timedelta(hours=36)
    assert not found.overdue
    assert found.source


def test_in_2020_emergency_receipts_were_due_after_72_hours() -> None:
    event = Event("emergency_receipts_unpublished", at(2020, 2, 10, 18))
    (found,) = deadlines(profile_on(2020, 2, 10), [event], at(2020, 2, 13, 18, 1))
    assert found.due_at == at(2020, 2, 13, 18)
    assert found.overdue
    assert found.remaining == timedelta(minutes=-1)


def test_deadlines_come_earliest_first_with_the_matter_that_they_are_about() -> None:
    events = [
        Event("campaign_ended", at(2026, 5, 31, 17), "flood"),
        Event("project_ended_with_leftover", at(2026, 3, 1), "school"),
        Event("year_ended", at(2025, 12, 31, 12)),
    ]
    found = deadlines(profile_on(2026, 6, 1), events, at(2026, 6, 2))
    assert [(one.code, one.subject_id, one.due_at) for one in found] == [
        ("publish_annual_report", "", at(2026, 6, 1)),
        ("publish_leftover", "school", at(2026, 6, 2)),
        ("publish_full_account", "flood", at(2026, 9, 1)),
    ]
    assert [one.overdue for one in found] == [True, False, False]


@pytest.mark.parametrize(("until", "count"), [(at(2026, 7, 2, 9), 1), (at(2026, 6, 30), 0), (None, 1)])
def test_only_campaigns_longer_than_six_months_report_every_three(until: datetime | None, count: int) -> None:
    event = Event("campaign_published", at(2026, 1, 1), "aid", since=at(2026, 1, 1), until=until)
    assert len(deadlines(profile_on(2026, 2, 1), [event], at(2026, 2, 1))) == count


def test_a_rule_that_the_law_of_the_time_lacks_gives_no_deadline() -> None:
    event = Event("project_ended_with_leftover", at(2020, 3, 1))
    assert deadlines(profile_on(2020, 3, 1), [event], at(2020, 3, 2)) == []


@pytest.mark.parametrize(
    ("event", "code"),
    [
        (Event("no_such_event", at(2026, 1, 1)), "rules.unknown_event"),
        (Event("year_ended", datetime(2026, 1, 1)), "rules.naive_time"),
    ],
)
def test_events_that_cannot_be_judged_are_refused(event: Event, code: str) -> None:
    with pytest.raises(RuleProfileError) as caught:
        deadlines(profile_on(2026, 1, 1), [event], at(2026, 1, 1))
    assert caught.value.code == code


def test_a_profile_written_as_data_is_read_back_the_same() -> None:
    for profile in shipped_profiles("giving"):
        assert read_profile(as_data(profile), "book") == profile


def test_every_deadline_of_the_schema_can_be_reached() -> None:
    schema = load_schema("giving")
    assert {kind.event for kind in schema.deadlines} == set(schema.events)
