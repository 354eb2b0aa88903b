"""Certificates: signed, checked with and without the book, taken back."""

import re
from datetime import date
from pathlib import Path

import pytest
from django.test import Client
from django.urls import reverse
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.book.errors import Refused
from lianfang.book.soundness import findings
from lianfang.engines.certificates import (
    Certificate,
    CertificateCode,
    CertificateError,
    certificate_id,
    check_certificate,
    issue_certificate,
)
from lianfang.engines.passes import KeyRing, issue_pass, new_signing_key
from lianfang.engines.passes.tests.builders import a_key, claims
from lianfang.people.tests.builders import a_body, a_response
from lianfang.volunteers import actions, signing
from lianfang.volunteers.models import ServiceCertificate
from lianfang.volunteers.papers import certificate_pdf, check_address
from lianfang.volunteers.tests.builders import a_keeper, a_volunteer, some_hours

HOW_TO_CHECK = Path(__file__).resolve().parents[3] / "docs" / "reference" / "certificates.md"
KEY = new_signing_key(1_580_000_000)
RING = KeyRing([KEY.trusted])
SAMPLE = Certificate(
    "云溪县工商联", "志愿〔2020〕0001号", "喆堃", 1234, date(2020, 2, 1), date(2020, 2, 18), 1_582_000_000
)


@pytest.fixture(autouse=True)
def own_keys(settings: object, tmp_path: Path) -> None:
    settings.DATA_DIR = tmp_path  # type: ignore[attr-defined]


def test_a_certificate_says_what_was_signed() -> None:
    text = issue_certificate(SAMPLE, KEY)
    assert len(text) < 300
    assert check_certificate(text, RING).certificate == SAMPLE
    assert check_certificate(f" https://x.test/volunteering/check/#{text}\n", RING).code == "genuine"


@settings(max_examples=60)
@given(at=st.integers(0, 10_000), sign=st.sampled_from("ABCxyz019-_"))
def test_a_changed_sign_never_passes_as_another_content(at: int, sign: str) -> None:
    text = issue_certificate(SAMPLE, KEY)
    at %= len(text)
    found = check_certificate(text[:at] + sign + text[at + 1 :], RING)
    assert found.code is not CertificateCode.GENUINE or found.certificate == SAMPLE


@pytest.mark.parametrize("text", ["", "#", "你好", "A" * 400, "%%%", "A" * 5000])
def test_what_is_no_certificate_is_unreadable(text: str) -> None:
    assert check_certificate(text, RING).code == "unreadable"


def test_unknown_keys_leaked_keys_and_those_taken_back_are_told_apart() -> None:
    text = issue_certificate(SAMPLE, KEY)
    assert check_certificate(text, KeyRing()).code == "unknown_key"
    assert check_certificate(text, RING.withdrawn(KEY.trusted.kid)).code == "key_withdrawn"
    assert check_certificate(text, RING, {certificate_id(text)}).code == "withdrawn"


def test_a_pass_of_a_gate_is_no_certificate() -> None:
    import base64

    import base45

    key = a_key()
    message = base45.b45decode(issue_pass(claims(), key)[4:])
    text = base64.urlsafe_b64encode(message).decode().rstrip("=")
    assert check_certificate(text, KeyRing([key.trusted])).code == "unreadable"


def test_zero_hours_are_not_certified_by_the_engine() -> None:
    with pytest.raises(CertificateError) as error:
        issue_certificate(Certificate("甲", "1", "乙", 0, date(2020, 2, 1), date(2020, 2, 1), 0), KEY)
    assert error.value.code == "no_hours"


@pytest.mark.django_db
def test_zero_hours_are_not_certified() -> None:
    keeper = a_keeper()
    volunteer = a_volunteer(keeper)
    line = some_hours(volunteer, actor=keeper)
    actions.withdraw_hours(keeper, hours=line, reason="重复")
    with pytest.raises(Refused) as error:
        actions.issue_certificate(keeper, response=a_response(), volunteer=volunteer, issuer=a_body())
    assert error.value.code == "no_hours"
    assert not ServiceCertificate.objects.exists()


@pytest.mark.django_db
def test_what_stands_in_the_book_is_certified_printed_and_found_sound() -> None:
    keeper = a_keeper()
    volunteer = a_volunteer(keeper, name="张志愿")
    some_hours(volunteer, 240, actor=keeper, day=date(2020, 2, 10))
    some_hours(volunteer, 90, actor=keeper, day=date(2020, 2, 16))
    issuer = a_body("云溪县工商联")
    first, second = (
        actions.issue_certificate(keeper, response=a_response(), volunteer=volunteer, issuer=issuer)
        for _twice in range(2)
    )
    said = check_certificate(check_address(first), signing.trusted_keys()).certificate
    assert said is not None
    assert (said.name, said.minutes, said.issuer) == ("张志愿", 330, "云溪县工商联")
    assert (said.first_day, said.last_day) == (date(2020, 2, 10), date(2020, 2, 16))
    assert first.number != second.number
    assert certificate_pdf(first).startswith(b"%PDF")
    assert list(findings(frozenset({"volunteers"}))) == []


@pytest.mark.django_db
def test_the_public_page_needs_no_row_and_no_sign_in(client: Client) -> None:
    text = issue_certificate(SAMPLE, signing.signing_key())
    assert client.get(reverse("volunteers:check")).status_code == 200
    page = client.post(reverse("volunteers:check"), {"text": text}).content.decode()
    shown = page.split('data-verdict="genuine"')[1]
    assert not shown.startswith(" hidden")
    assert "喆堃" in shown
    wrong = client.post(reverse("volunteers:check"), {"text": text[:-6] + "AAAAAA"}).content.decode()
    assert wrong.split('data-verdict="tampered"')[1].startswith(">")


@pytest.mark.django_db
def test_one_that_was_taken_back_is_named_without_a_name(client: Client) -> None:
    keeper = a_keeper()
    volunteer = a_volunteer(keeper, name="张志愿")
    some_hours(volunteer, actor=keeper)
    made = actions.issue_certificate(keeper, response=a_response(), volunteer=volunteer, issuer=a_body())
    actions.withdraw_certificate(keeper, certificate=made, reason="写错")
    told = client.get(reverse("volunteers:keys")).json()
    assert told["withdrawn"] == [certificate_id(made.token)]
    assert "张志愿" not in str(told)
    page = client.post(reverse("volunteers:check"), {"text": made.token}).content.decode()
    assert page.split('data-verdict="withdrawn"')[1].startswith(">")


def test_the_documented_way_checks_with_any_cwt_library(capsys: pytest.CaptureFixture[str]) -> None:
    """The very lines that stand in the reference, with nothing of ours."""
    source = re.findall(r"```python\n(.*?)```", HOW_TO_CHECK.read_text(encoding="utf-8"), re.S)[0]
    text = issue_certificate(SAMPLE, KEY)
    known = {"keys": RING.as_data(), "withdrawn": []}
    lines = {"address": f"https://x.test/volunteering/check/#{text}", "known": known}
    exec(compile(source, str(HOW_TO_CHECK), "exec"), lines)
    assert "喆堃" in capsys.readouterr().out
    broken = {"address": f"#{text[:-6]}AAAAAA", "known": known}
    with pytest.raises(Exception, match="verify"):
        exec(compile(source, str(HOW_TO_CHECK), "exec"), broken)
