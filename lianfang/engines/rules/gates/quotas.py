"""Exit quotas: what "one person every two days" leaves over at this moment.

Days are the days of the clock that people live by (`offset`), numbered from 1970-01-01.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, NamedTuple

from lianfang.engines.rules.gates.situation import PassShown, Situation

DAY = 86400


class Quota(NamedTuple):
    """One row of the profile's quotas, as compiled."""

    unit: str
    kind: str
    days: int
    times: int
    minutes_out: int
    at_once: int
    anchor: int
    anchor_pass: bool
    purposes: frozenset[str]
    households: str
    colour: str
    hours: tuple[tuple[int, int], ...]
    reward_after_days: int
    group_buying: bool

    @classmethod
    def of(cls, row: dict[str, Any]) -> Quota:
        return cls(
            row["unit"],
            row["kind"],
            row["days"],
            row["times"],
            row["minutes_out"],
            row["at_once"],
            row["anchor"],
            row["anchor_pass"],
            frozenset(row["purposes"]),
            row["households"],
            row["colour"],
            tuple((start, end) for start, end in row["hours"]),
            row["reward_after_days"],
            row["group_buying"],
        )


class Left(NamedTuple):
    """`code` is empty where the quota leaves room; `free_at` is when it will, 0 where it will not."""

    code: str
    free_at: int = 0


def applies(quota: Quota, situation: Situation, shown: PassShown | None) -> bool:
    """Whether the row is about this household and this pass (its purposes are the caller's matter)."""
    if quota.unit == "vehicle" and not situation.get("vehicle"):
        return False
    if quota.colour and (shown or {}).get("colour", "") != quota.colour:
        return False
    if not quota.households:
        return True
    if quota.households == "joined_by_returnee":
        return bool(situation.get("joined_by_returnee"))
    return bool(situation.get("outside_worker")) == (quota.households == "with_outside_worker")


def left(quota: Quota, situation: Situation, shown: PassShown | None) -> Left:
    """What the quota says to so many people going out now."""
    if quota.kind == "none":
        return _GROUP_BUYING if quota.group_buying else _NOBODY
    units = situation.get("units")
    unit = units.get(quota.unit) if units else None
    exits: Sequence[list[int | None]] = unit.get("exits", ()) if unit else ()
    party = situation.get("party", 1)
    if party > quota.times or 0 < quota.at_once < party:
        return _TOO_MANY
    if quota.at_once and party + sum(1 for _, back in exits if back is None) > quota.at_once:
        return _STILL_OUT
    now = situation["now"]
    offset = situation["offset"] * 60
    if quota.kind == "rolling":
        since = now - quota.days * DAY
        outs = [out for out, _ in exits if out is not None and since < out <= now]
        if len(outs) + party <= quota.times:
            return _ROOM
        outs.sort()
        return Left("quota_used", outs[len(outs) + party - quota.times - 1] + quota.days * DAY)
    today = (now + offset) // DAY
    if quota.kind == "odd_even":
        number = unit.get("number") if unit else None
        if number is not None and number % 2 != day_of_month(today) % 2:
            return Left("not_your_day", next_day_like(today, number % 2) * DAY - offset)
        first, free_day = today, next_day_like(today, day_of_month(today) % 2)
    elif quota.kind == "block":
        start = quota.anchor
        if quota.anchor_pass:
            start = ((shown or {}).get("valid_from", 0) + offset) // DAY
        first = today - (today - start) % quota.days
        free_day = first + quota.days
    else:
        first, free_day = today - quota.days + 1, 0
    days = [day for out, _ in exits if out is not None and first <= (day := (out + offset) // DAY) <= today]
    if len(days) + party <= quota.times:
        return _ROOM
    if not free_day:
        days.sort()
        free_day = days[len(days) + party - quota.times - 1] + quota.days
    return Left("quota_used", free_day * DAY - offset)


def out_since(unit: str, situation: Situation) -> int | None:
    """When whoever comes home now went out, as far as the unit's exits tell: the latest open one."""
    units = situation.get("units") or {}
    for name in ("person", unit):
        exits = units[name].get("exits", ()) if name in units else ()
        still = [out for out, back in exits if back is None and out is not None and out <= situation["now"]]
        if still:
            return max(still)
    return None


def unused_since(unit: str, situation: Situation, shown: PassShown | None) -> int | None:
    """Since when nobody used the quota: the last exit, or else the first day of the pass."""
    units = situation.get("units") or {}
    exits = units[unit].get("exits", ()) if unit in units else ()
    outs = [out for out, _ in exits if out is not None and out <= situation["now"]]
    if outs:
        return max(outs)
    return (shown or {}).get("valid_from")


def day_of_month(day: int) -> int:
    return (_EPOCH + timedelta(days=day)).day


def next_day_like(day: int, parity: int) -> int:
    """The first day after `day` whose number in its month is even (0) or odd (1)."""
    day += 1
    while day_of_month(day) % 2 != parity:
        day += 1
    return day


_EPOCH = date(1970, 1, 1)
_ROOM = Left("")
_NOBODY = Left("quota_none")
_GROUP_BUYING = Left("group_buying")
_STILL_OUT = Left("someone_still_out")
_TOO_MANY = Left("too_many_together")
