"""Situations that hypothesis makes up: every key, on and off, near the edges that rules have."""

from __future__ import annotations

from typing import Any

from hypothesis import strategies as st

from lianfang.engines.rules.gates import (
    Category,
    Direction,
    Escort,
    Paper,
    PersonState,
    PlaceState,
    Purpose,
    VehicleKind,
)
from lianfang.engines.rules.gates.tests.builders import at

_NOON = at(12, 12)


def situations() -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {
            "now": _moments(),
            "offset": st.sampled_from([480, 480, 480, 345, -210]),
            "direction": _one_of(Direction),
            "category": st.sampled_from(
                [Category.RESIDENT.value] * 4 + [Category.TENANT.value] + [one.value for one in Category]
            ),
        },
        optional={
            "identity": st.sampled_from(["register", "register", "pass", "confirmed", "denied", ""]),
            "emergency": st.sampled_from([False, False, False, False, True]),
            "escort": st.sampled_from(["", "", "", *map(str, Escort)]),
            "person_state": st.sampled_from(["ordinary", "ordinary", *map(str, PersonState)]),
            "household_state": st.sampled_from(["ordinary", "ordinary", "observed"]),
            "joined_by_returnee": st.booleans(),
            "outside_worker": st.booleans(),
            "party": st.integers(1, 3),
            "units": _units(),
            "readings": st.lists(_readings(), max_size=4),
            "reading_declined": st.sampled_from([False, False, True]),
            "answers": st.dictionaries(
                st.sampled_from(
                    ["symptoms", "exposure", "residents_exposure", "mask", "health_code", "trip", "mask_worn"]
                ),
                st.sampled_from(["no", "no", "no", "yes", "unknown", "declined", "yellow", "none"]),
                max_size=3,
            ),
            "papers": st.dictionaries(_one_of(Paper), st.sampled_from([True, True, False]), max_size=6),
            "purpose": _one_of(Purpose),
            "host": st.sampled_from(["confirmed", "confirmed", "declined"]),
            "host_state": st.sampled_from(["ordinary", "ordinary", "observed"]),
            "vehicle": _vehicles(),
            "shown": st.none() | _passes(),
            "place": _places(),
        },
    )


def _one_of(kind: Any) -> st.SearchStrategy[str]:
    return st.sampled_from([one.value for one in kind])


def _moments() -> st.SearchStrategy[int]:
    """Around some February days: at edges of hours and of the windows that profiles have."""
    hours = st.sampled_from([0, 5, 6, 7, 8, 9, 10, 11, 12, 16, 18, 21, 22, 23])
    minutes = st.sampled_from([0, 0, 29, 30, 59])
    return st.builds(
        lambda day, hour, minute, second: at(day, hour, minute) + second,
        st.integers(8, 14),
        hours,
        minutes,
        st.sampled_from([0, 0, 0, 1, 59]),
    )


def _outings() -> st.SearchStrategy[list[int | None]]:
    return st.tuples(_moments(), st.none() | st.integers(60, 40_000)).map(
        lambda one: [one[0], None if one[1] is None else one[0] + one[1]]
    )


def _units() -> st.SearchStrategy[Any]:
    unit = st.fixed_dictionaries(
        {"exits": st.lists(_outings(), max_size=4)}, optional={"number": st.integers(0, 3302)}
    )
    return st.dictionaries(
        st.sampled_from(["household", "household", "person", "employer", "shop", "vehicle"]), unit, max_size=3
    )


def _readings() -> st.SearchStrategy[Any]:
    measured = st.fixed_dictionaries(
        {
            "tenths": st.sampled_from([329, 340, 358, 365, 371, 372, 373, 374, 375, 381, 402, 425, 426]),
            "at": st.integers(0, 4).map(lambda step: _NOON + step * 420),
        },
        optional={
            "kind": st.sampled_from(["forehead_gun", "mercury", "ear"]),
            "site": st.sampled_from(["forehead", "axillary"]),
            "device": st.sampled_from(["1", "2"]),
        },
    )
    return measured | measured | st.just({"normal": True, "at": _NOON})


def _vehicles() -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {"kind": st.sampled_from([*["private", "freight", "supply", "taxi"] * 2, *map(str, VehicleKind)])},
        optional={"occupants": st.integers(1, 4), "measured": st.integers(0, 4)},
    )


def _passes() -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {
            "state": st.sampled_from(["valid"] * 6 + ["expired", "revoked", "wrong_place", "tampered"]),
            "kind": st.sampled_from(["household", "household", "person", "vehicle", "staff"]),
        },
        optional={
            "number": st.just("FX-000123"),
            "colour": st.sampled_from(["", "red", "blue", "yellow", "green", "white", "pink", "round"]),
            "phase": st.sampled_from(["", "1", "2"]),
            "same_household": st.sampled_from([True, True, False]),
            "valid_from": _moments(),
            "used_minutes_ago": st.integers(0, 60),
        },
    )


def _places() -> st.SearchStrategy[Any]:
    return st.fixed_dictionaries(
        {},
        optional={
            "state": st.sampled_from([*["closed"] * 3, *map(str, PlaceState)]),
            "phases": st.sampled_from([[], ["1"], ["1", "2"]]),
            "directions": st.sampled_from([["in", "out"], ["in"], ["out"]]),
            "lane": st.sampled_from(["both", "both", "people", "vehicles"]),
        },
    )
