"""Exit quotas against a slow reckoning with calendars."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.engines.rules.gates.profile import _QUOTA_DEFAULTS
from lianfang.engines.rules.gates.quotas import Quota, left
from lianfang.engines.rules.gates.tests.builders import at

OFFSETS = st.sampled_from([480, 0, 345, -210])
MOMENTS = st.integers(at(1, 0), at(20, 0))
OUTINGS = st.lists(MOMENTS, max_size=6)


def quota(kind: str, days: int, times: int, anchor: int = 0) -> Quota:
    return Quota.of(_QUOTA_DEFAULTS | {"kind": kind, "days": days, "times": times, "anchor": anchor})


def asked(now: int, offset: int, outs: list[int], number: int | None = None) -> Any:
    household: dict[str, Any] = {"exits": [[out, out + 600] for out in outs]}
    if number is not None:
        household["number"] = number
    return {"now": now, "offset": offset, "units": {"household": household}}


def day_of(moment: int, offset: int) -> date:
    return datetime.fromtimestamp(moment, timezone(timedelta(minutes=offset))).date()


@settings(max_examples=80, deadline=None)
@given(MOMENTS, OFFSETS, OUTINGS, st.integers(1, 4), st.integers(1, 3))
def test_rolling_counts_the_last_hours(now: int, offset: int, outs: list[int], days: int, times: int) -> None:
    start = datetime.fromtimestamp(now, UTC) - timedelta(days=days)
    used = sum(start < datetime.fromtimestamp(out, UTC) and out <= now for out in outs)
    found = left(quota("rolling", days, times), asked(now, offset, outs), None)
    assert (found.code == "") == (used < times)


@settings(max_examples=80, deadline=None)
@given(MOMENTS, OFFSETS, OUTINGS, st.integers(1, 4), st.integers(1, 3))
def test_calendar_counts_whole_days(now: int, offset: int, outs: list[int], days: int, times: int) -> None:
    today = day_of(now, offset)
    used = sum(timedelta(0) <= today - day_of(out, offset) < timedelta(days=days) for out in outs)
    found = left(quota("calendar", days, times), asked(now, offset, outs), None)
    assert (found.code == "") == (used < times)


@settings(max_examples=80, deadline=None)
@given(MOMENTS, OFFSETS, OUTINGS, st.integers(1, 4), st.integers(1, 3))
def test_blocks_are_counted_from_their_anchor(
    now: int, offset: int, outs: list[int], days: int, times: int
) -> None:
    anchor = date(2020, 2, 10)

    def block(moment: int) -> int:
        return (day_of(moment, offset) - anchor).days // days

    used = sum(block(out) == block(now) and day_of(out, offset) <= day_of(now, offset) for out in outs)
    one = quota("block", days, times, (anchor - date(1970, 1, 1)).days)
    assert (left(one, asked(now, offset, outs), None).code == "") == (used < times)


@settings(max_examples=60, deadline=None)
@given(MOMENTS, OFFSETS, st.integers(0, 3302))
def test_odd_numbers_go_on_odd_days(now: int, offset: int, number: int) -> None:
    found = left(quota("odd_even", 1, 1), asked(now, offset, [], number), None)
    assert (found.code == "not_your_day") == (day_of(now, offset).day % 2 != number % 2)


@settings(max_examples=120, deadline=None)
@given(
    st.sampled_from(["rolling", "calendar", "block", "odd_even"]),
    MOMENTS,
    OFFSETS,
    OUTINGS,
    st.integers(1, 4),
    st.integers(1, 3),
    st.integers(0, 9),
)
def test_the_next_exit_is_free_then_and_not_a_second_before(
    kind: str, now: int, offset: int, outs: list[int], days: int, times: int, number: int
) -> None:
    one = quota(kind, days, times, 18302)
    outs = [out for out in outs if out <= now]
    found = left(one, asked(now, offset, outs, number), None)
    if found.code:
        assert found.free_at > now
        assert left(one, asked(found.free_at, offset, outs, number), None).code == ""
        assert left(one, asked(found.free_at - 1, offset, outs, number), None).code != ""
