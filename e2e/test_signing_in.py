"""Signing in: password, lock-out, second factor, language."""

import re

from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value, yield_hotp_counters_from_time
from playwright.sync_api import Page, expect

from e2e.checks import assert_accessible, assert_fits
from e2e.conftest import Live
from lianfang.people.models import Officer
from lianfang.people.tests.builders import a_response, an_officer

PASSWORD = "correct-horse-battery"


def test_officer_signs_in_and_sees_todays_work(desk: Page, live: Live) -> None:
    a_response()
    _enter(desk, live, an_officer(name="安俐"), PASSWORD)
    expect(desk.get_by_role("heading", level=1)).to_have_text("今日工作")
    expect(desk.locator(".who")).to_contain_text("安俐")


def test_wrong_password_is_said_above_and_name_stays(desk: Page, live: Live) -> None:
    officer = an_officer()
    _enter(desk, live, officer, "wrong")
    expect(desk.get_by_role("alert")).to_contain_text("不正确")
    expect(desk.get_by_label("用户名")).to_have_value(officer.username)
    assert_accessible(desk)


def test_five_wrong_passwords_lock_the_account_out_and_say_for_how_long(desk: Page, live: Live) -> None:
    officer = an_officer()
    for _time in range(5):
        _enter(desk, live, officer, "wrong")
    expect(desk.get_by_role("heading", level=1)).to_have_text("暂时不能登录")
    expect(desk.locator("main")).to_contain_text("一刻钟")
    _enter(desk, live, officer, PASSWORD)
    expect(desk.get_by_role("heading", level=1)).to_have_text("暂时不能登录")
    assert_accessible(desk)


def test_officer_turns_on_one_time_codes_and_signs_in_with_one(desk: Page, live: Live) -> None:
    a_response()
    officer = an_officer()
    _enter(desk, live, officer, PASSWORD)
    desk.goto(live.url("mfa_activate_totp"))
    expect(desk.get_by_role("heading", level=1)).to_have_text("请再确认一次是您本人")
    desk.get_by_label("密码", exact=True).fill(PASSWORD)
    desk.get_by_role("button", name="确认").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("开启动态口令")
    assert_accessible(desk)
    secret = desk.locator(".secret").inner_text()
    desk.get_by_role("textbox", name=re.compile("口令")).fill(_code(secret))
    desk.locator("main").get_by_role("button", name="开启").click()
    expect(desk.locator("main")).to_contain_text("备用码")

    desk.context.clear_cookies()
    _enter(desk, live, officer, PASSWORD)
    expect(desk.get_by_role("heading", level=1)).to_have_text("两步验证")
    assert_accessible(desk)


def test_officer_adds_a_passkey_and_signs_in_with_it(desk: Page, live: Live) -> None:
    a_response()
    officer = an_officer(name="安俐")
    devices = desk.context.new_cdp_session(desk)
    devices.send("WebAuthn.enable")
    devices.send(
        "WebAuthn.addVirtualAuthenticator",
        {
            "options": {
                "protocol": "ctap2",
                "transport": "internal",
                "hasResidentKey": True,
                "hasUserVerification": True,
                "isUserVerified": True,
                "automaticPresenceSimulation": True,
            }
        },
    )
    _enter(desk, live, officer, PASSWORD)
    desk.goto(live.url("mfa_add_webauthn"))
    desk.get_by_label("密码", exact=True).fill(PASSWORD)
    desk.get_by_role("button", name="确认").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("添加通行密钥")
    expect(desk.get_by_label("名称")).to_be_visible()
    desk.get_by_label("可不输密码登录").check()
    with desk.expect_navigation():
        desk.locator("main").get_by_role("button", name="添加").click()
    desk.goto(live.url("mfa_list_webauthn"))
    expect(desk.locator("main")).to_contain_text("可不输密码登录")

    desk.context.clear_cookies()
    desk.goto(live.url("account_login"))
    with desk.expect_navigation():
        desk.get_by_role("button", name="用通行密钥登录").click()
    desk.goto(live.url("home"))
    expect(desk.locator(".who")).to_contain_text("安俐")


def test_language_is_switched_and_kept_by_the_officer(desk: Page, live: Live) -> None:
    a_response()
    officer = an_officer()
    live.sign_in(desk, officer)
    desk.goto(live.url("home"))
    desk.get_by_role("button", name="English").first.click()
    expect(desk.locator("html")).to_have_attribute("lang", "en")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Today’s work")
    officer.refresh_from_db()
    assert officer.language == "en"


def test_sign_in_page_fits_a_phone(phone: Page, live: Live) -> None:
    phone.goto(live.url("account_login"))
    assert_fits(phone)
    assert_accessible(phone)


def _enter(page: Page, live: Live, officer: Officer, password: str) -> None:
    page.goto(live.url("account_login"))
    page.get_by_label("用户名").fill(officer.username)
    page.get_by_label("密码", exact=True).fill(password)
    with page.expect_navigation():
        page.get_by_role("button", name="登录", exact=True).click()


def _code(secret: str) -> str:
    counter = next(iter(yield_hotp_counters_from_time()))
    return format_hotp_value(hotp_value(secret, counter))
