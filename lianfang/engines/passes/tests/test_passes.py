"""Signed passes: what is refused, and why."""

from __future__ import annotations

import json
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import base45
import cwt
import pytest
import segno
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.engines.passes import (
    KeyRing,
    LatestSeen,
    PassCheck,
    PassCode,
    PassError,
    PassKind,
    check_pass,
    issue_pass,
    key_id,
    new_signing_key,
)
from lianfang.engines.passes.envelope import PREFIX
from lianfang.engines.passes.tests.builders import (
    HOUSEHOLD,
    ISSUED,
    KEY_FROM,
    NOW,
    PLACE,
    UNTIL,
    a_key,
    a_pass,
    a_ring,
    claims,
)
from lianfang.engines.passes.tests.cases import CASES, LONG, Case

VECTORS: dict[str, Any] = json.loads(
    (Path(__file__).parent.parent / "vectors.json").read_text(encoding="utf-8")
)


def checked(text: str, **options: Any) -> PassCheck:
    return check_pass(text, a_ring(), **{"now": NOW, "latest_seen": ISSUED, **options})


def asked(case: Case) -> PassCheck:
    return check_pass(case.text, case.keys, **{**case.asked, "revoked": frozenset(case.asked["revoked"])})


@pytest.mark.parametrize("case", CASES, ids=[case.name for case in CASES])
def test_check(case: Case) -> None:
    assert asked(case).code == case.code


def test_every_code_has_a_case() -> None:
    assert {case.code for case in CASES} == set(PassCode)


def test_vectors_are_those_of_the_cases() -> None:
    written = {one["name"]: (one["check"]["code"], one["check"]["claims"]) for one in VECTORS["checks"]}
    found = {}
    for case in CASES:
        check = asked(case)
        plain = json.loads(json.dumps(check.claims and asdict(check.claims)))
        found[case.name] = (check.code.value, plain)
    assert found == written, "python tools/gates.py"


def test_whoever_s_pass_it_is_can_be_read_even_where_it_is_refused() -> None:
    check = checked(a_pass(), now=UNTIL)
    assert check.claims is not None
    assert (check.code, check.claims.label) == (PassCode.EXPIRED, "3-2-501")


def test_nothing_is_read_out_of_a_pass_that_is_not_genuine() -> None:
    assert checked(a_pass(a_key("a stranger's"))).claims is None


def test_claims_come_back_as_they_were_issued() -> None:
    for one in (
        claims(),
        claims(kind=PassKind.STAFF, household="jb", colour="red", phase="二期", label="京博"),
    ):
        check = checked(issue_pass(one, a_key()))
        assert check.claims == one


def test_a_pass_holds_neither_name_nor_document_number() -> None:
    told = set(asdict(claims()))
    assert told == {
        "number", "kind", "subject", "places", "valid_from", "valid_until", "issued_at", "household", "label",
        "colour", "phase", "persons",
    }  # fmt: skip


@settings(max_examples=120, deadline=None)
@given(st.integers(0, len(a_pass()) - 1), st.sampled_from("0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ $%*+-./:"))
def test_no_sign_can_be_changed(at: int, sign: str) -> None:
    text = a_pass()
    if text[at] != sign:
        code = checked(text[:at] + sign + text[at + 1 :]).code
        assert code in {PassCode.TAMPERED, PassCode.UNREADABLE, PassCode.UNKNOWN_KEY}


@settings(max_examples=40, deadline=None)
@given(st.text(max_size=60) | st.binary(max_size=60).map(lambda raw: PREFIX + base45.b45encode(raw).decode()))
def test_whatever_is_scanned_nothing_is_raised(text: str) -> None:
    assert checked(text).code is PassCode.UNREADABLE


def test_no_code_ends_with_a_blank_that_a_reader_would_cut_off() -> None:
    assert not any(a_pass(number=f"FX-{number}"[:20]).endswith(" ") for number in range(60))


def test_another_library_reads_the_pass_as_a_cwt() -> None:
    key = a_key().trusted
    public = cwt.COSEKey.new({1: 1, 2: key.kid, 3: -8, -1: 6, -2: key.public})
    message = base45.b45decode(a_pass()[len(PREFIX) :])
    read = cwt.COSE.new().decode(message, public)
    assert isinstance(read, bytes)
    assert checked(a_pass()).code is PassCode.VALID


def test_a_pass_fits_a_small_code() -> None:
    assert len(a_pass()) <= 262
    assert segno.make(a_pass(), error="m", boost_error=False).version == 9
    assert segno.make(LONG, error="m", boost_error=False).version <= 13


def test_the_situation_of_a_gate_learns_what_was_found() -> None:
    check = checked(a_pass(), household="another")
    assert check.for_situation("another") == {
        "state": "other_household",
        "kind": "household",
        "number": "FX-000123",
        "colour": "",
        "phase": "",
        "valid_from": claims().valid_from,
        "same_household": False,
    }
    assert checked("nonsense").for_situation() == {"state": "unreadable"}
    assert "same_household" not in checked(a_pass()).for_situation()
    assert checked(a_pass(), household=HOUSEHOLD, place=PLACE).for_situation(HOUSEHOLD)["same_household"]


@pytest.mark.parametrize(
    ("more", "code"),
    [
        ({"valid_from": UNTIL}, "pass_period"),
        ({"valid_from": -1, "issued_at": KEY_FROM}, "pass_period"),
        ({"places": ()}, "pass_places"),
        ({"places": ("a", "b", "c", "d", "e")}, "pass_places"),
        ({"subject": ""}, "pass_text"),
        ({"label": "一" * 23}, "pass_text"),
        ({"number": ""}, "pass_number"),
        ({"number": "9" * 21}, "pass_number"),
        ({"persons": -1}, "pass_number"),
        ({"issued_at": KEY_FROM - 1}, "pass_key"),
        ({"label": "一" * 22, "colour": "一" * 22, "phase": "一" * 22, "places": ("一" * 22,) * 4},
         "pass_too_long"),
    ],
)  # fmt: skip
def test_a_pass_that_could_not_be_used_is_not_issued(more: dict[str, Any], code: str) -> None:
    with pytest.raises(PassError) as caught:
        issue_pass(claims(**more), a_key())
    assert caught.value.code == code


def test_a_ring_of_keys_goes_through_json() -> None:
    ring = (
        a_ring(a_key(), a_key("second"))
        .retired(a_key().trusted.kid, NOW)
        .withdrawn(a_key("second").trusted.kid)
    )
    again = KeyRing.from_data(json.loads(json.dumps(ring.as_data())))
    assert again.as_data() == ring.as_data()
    assert check_pass(a_pass(), again, now=NOW, latest_seen=0).code is PassCode.VALID


def test_keys_are_told_by_their_public_half() -> None:
    key = new_signing_key(NOW)
    assert key.trusted.kid == key_id(key.trusted.public)
    assert replace(key, private=new_signing_key(NOW).private).trusted.kid != key.trusted.kid
    with pytest.raises(PassError, match="没有这把密钥"):
        a_ring().withdrawn(key.trusted.kid)


def test_the_latest_moment_only_grows() -> None:
    seen = LatestSeen(100)
    seen.see(90)
    assert (seen.at, seen.is_set_back(99), seen.is_set_back(100)) == (100, True, False)
    seen.see(120)
    assert seen.is_set_back(110)
