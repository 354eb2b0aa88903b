"""Signing in: what is offered, what is not, and the lock-out."""

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import NoReverseMatch, reverse

from lianfang.people.models import Officer
from lianfang.people.tests.builders import a_response, an_officer
from lianfang.web.templatetags.web import browser

PASSWORD = "correct-horse-battery"

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _no_earlier_attempts() -> None:
    """Rate limits are counted in the cache, which outlives a test."""
    cache.clear()


def test_right_password_signs_in(client: Client) -> None:
    a_response()
    answer = _enter(client, an_officer(), PASSWORD)
    assert answer.status_code == 302
    assert client.get(reverse("home")).status_code == 200


def test_wrong_password_is_refused_without_saying_which_was_wrong(client: Client) -> None:
    officer = an_officer()
    known = _enter(client, officer, "wrong").content.decode()
    unknown = client.post(reverse("account_login"), {"login": "nobody", "password": "wrong"}).content.decode()
    assert "用户名或密码不正确" in known
    assert "用户名或密码不正确" in unknown


def test_five_wrong_passwords_lock_out_even_the_right_one(client: Client) -> None:
    officer = an_officer()
    for _time in range(5):
        answer = _enter(client, officer, "wrong")
    assert answer.status_code == 429
    assert "暂时不能登录" in answer.content.decode()
    assert _enter(client, officer, PASSWORD).status_code == 429


def test_too_many_attempts_are_told_to_wait(client: Client) -> None:
    for _time in range(40):
        answer = client.post(reverse("account_login"), {"login": f"nobody{_time}", "password": "x"})
    assert answer.status_code == 429
    assert "请稍等再试" in answer.content.decode()


def test_others_may_still_sign_in_while_one_is_locked_out(client: Client) -> None:
    a_response()
    locked, other = an_officer(), an_officer()
    for _time in range(6):
        _enter(client, locked, "wrong")
    assert _enter(client, other, PASSWORD).status_code == 302


def test_officer_who_is_not_active_cannot_sign_in(client: Client) -> None:
    officer = an_officer()
    officer.is_active = False
    officer.save()
    assert _enter(client, officer, PASSWORD).status_code == 200


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password", "account_email"])
def test_nobody_signs_up_or_resets_by_mail(name: str) -> None:
    with pytest.raises(NoReverseMatch):
        reverse(name)


@pytest.mark.parametrize(
    "name",
    [
        "account",
        "account_change_password",
        "mfa_index",
        "mfa_list_webauthn",
        "usersessions_list",
        "account_logout",
        "keys",
        "choose_response",
    ],
)
@pytest.mark.parametrize("language", ["zh-hans", "en"])
def test_pages_about_ones_own_account_open(client: Client, name: str, language: str) -> None:
    a_response()
    officer = an_officer()
    officer.language = language
    officer.save()
    _enter(client, officer, PASSWORD)
    answer = client.get(reverse(name))
    assert answer.status_code == 200
    assert "<h1" in answer.content.decode()


@pytest.mark.parametrize("name", ["mfa_activate_totp", "mfa_add_webauthn", "mfa_generate_recovery_codes"])
def test_changes_of_the_second_factor_ask_for_the_password_again(client: Client, name: str) -> None:
    a_response()
    _enter(client, an_officer(), PASSWORD)
    answer = client.get(reverse(name), follow=True)
    assert "请再确认一次是您本人" in answer.content.decode() or name == "mfa_generate_recovery_codes"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (
            "Mozilla/5.0 (Windows NT 10.0) AppleWebKit/537.36 Chrome/120 Edg/120",
            "Edge · Windows",
        ),
        ("Mozilla/5.0 (iPhone; CPU iPhone OS 17) MicroMessenger/8.0", "微信 · iPhone"),
        ("Mozilla/5.0 (Linux; Android 13) AppleWebKit/537.36 Chrome/120 Mobile Safari", "Chrome · Android"),
        ("curl/8.0", "curl/8.0"),
        ("", ""),
    ],
)
def test_browser_is_named_in_words(line: str, said: str) -> None:
    assert browser(line) == said


def _enter(client: Client, officer: Officer, password: str):  # type: ignore[no-untyped-def]
    return client.post(reverse("account_login"), {"login": officer.username, "password": password})
