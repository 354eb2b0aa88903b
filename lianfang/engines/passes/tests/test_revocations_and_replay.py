"""Lists of revoked passes as differences; hints that a pass was used by somebody else."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.engines.passes import PassError, ReplayHints, Revocations, Use, replay_hints

NUMBERS = st.frozensets(st.integers(1, 30).map("FX-{}".format), max_size=8)
NOW = 1_581_000_000


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(st.booleans(), NUMBERS), max_size=6), st.integers(0, 6))
def test_a_difference_from_any_version_leads_to_the_same_list(
    changes: list[tuple[bool, frozenset[str]]], start: int
) -> None:
    versions = [Revocations()]
    for revoking, numbers in changes:
        last = versions[-1]
        versions.append(last.revoke(numbers) if revoking else last.forget(numbers))
    older, newest = versions[min(start, len(changes))], versions[-1]
    assert older.with_delta(newest.delta_from(older)) == newest
    assert Revocations().with_delta(newest.delta_from(Revocations())) == newest


def test_a_difference_from_another_version_is_refused() -> None:
    delta = Revocations().revoke(["FX-1"]).revoke(["FX-2"]).delta_from(Revocations().revoke(["FX-1"]))
    with pytest.raises(PassError) as caught:
        Revocations().with_delta(delta)
    assert caught.value.code == "revocations_gap"


def test_a_pass_used_by_another_minutes_ago_is_doubtful() -> None:
    uses = [Use(NOW - 720, "out", "wang", "east")]
    hints = replay_hints(uses, now=NOW, direction="in", person="li", gate="east")
    assert hints == ReplayHints(still_out=False, other_person_minutes=12, other_gate_minutes=None)
    assert hints.doubtful


def test_a_pass_that_is_out_already_is_doubtful() -> None:
    uses = [Use(NOW - 90_000, "in"), Use(NOW - 80_000, "out")]
    assert replay_hints(uses, now=NOW, direction="out").still_out
    assert not replay_hints(uses, now=NOW, direction="in").doubtful
    assert not replay_hints([*uses, Use(NOW - 70_000, "in")], now=NOW, direction="out").doubtful


def test_a_pass_at_two_gates_at_once_is_doubtful() -> None:
    uses = [Use(NOW - 60, "in", "wang", "west")]
    assert replay_hints(uses, now=NOW, direction="in", person="wang", gate="east").other_gate_minutes == 1


def test_the_same_person_again_and_old_uses_are_not() -> None:
    uses = [Use(NOW - 600, "in", "wang", "east"), Use(NOW - 7200, "in", "li", "west")]
    assert not replay_hints(uses, now=NOW, direction="out", person="wang", gate="east").doubtful
    assert not replay_hints([], now=NOW, direction="out").doubtful
