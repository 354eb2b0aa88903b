"""From a pasted notice to gifts in the book, by keyboard alone."""

from pathlib import Path

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page, expect

from e2e.checks import assert_accessible
from e2e.conftest import Live
from lianfang.giving.models import Donation, MentionDecision, MentionVerdict, Statement
from lianfang.people.tests.builders import a_county, a_response, an_officer

pytestmark = pytest.mark.django_db(transaction=True)

_HERE = Path(__file__).resolve().parent.parent
NOTICES = [
    path
    for path in (
        _HERE / "lianfang" / "samples" / "notices" / "sample-01.txt",
        _HERE.parent / "shared" / "corpus" / "seed.txt",
    )
    if path.exists()
]


def paste(page: Page, live: Live, text: str) -> None:
    page.goto(live.url("giving:take_in"))
    page.get_by_label("粘贴文字").fill(text)
    page.get_by_role("button", name="开始识读").click()
    expect(page.locator(".claim.current")).to_be_visible()


def test_pasting_needs_words(desk: Page, live: Live) -> None:
    a_county(), a_response()
    live.sign_in(desk, an_officer())
    desk.goto(live.url("giving:take_in"))
    desk.get_by_role("button", name="开始识读").click()
    expect(desk.locator(".error-summary")).to_contain_text("请粘贴文字")


@pytest.mark.parametrize("notice", NOTICES, ids=lambda path: path.stem)
def test_a_notice_is_reviewed_by_keyboard_from_first_to_last(desk: Page, live: Live, notice: Path) -> None:
    a_county(), a_response()
    live.sign_in(desk, an_officer())
    paste(desk, live, notice.read_text(encoding="utf-8"))
    count = desk.locator(".claim").count()
    for done in range(1, count + 1):
        expect(desk.locator(".claim.current:not([data-decided])")).to_have_count(1)
        desk.keyboard.press("Enter")
        expect(desk.locator(".claim[data-decided]")).to_have_count(done)
    expect(desk.locator("#review-progress")).to_contain_text("笔入账")
    booked = MentionDecision.objects.current().filter(verdict=MentionVerdict.BOOKED).count()
    assert booked == Donation.objects.current().count()
    assert booked + Statement.objects.current().count() == count


def test_every_key_does_what_its_button_does(desk: Page, live: Live) -> None:
    a_county(), a_response()
    live.sign_in(desk, an_officer())
    paste(desk, live, NOTICES[0].read_text(encoding="utf-8"))
    desk.keyboard.press("j")
    expect(desk.locator(".claim.current")).to_have_attribute("data-position", "2")
    expect(desk.locator(".review-text mark.current").first).to_be_visible()
    desk.keyboard.press("k")
    desk.keyboard.press("x")
    expect(desk.locator("#m1")).to_contain_text("不是捐赠")
    expect(desk.locator(".claim.current")).to_have_attribute("data-position", "2")
    desk.keyboard.press("k")
    desk.keyboard.press("u")
    expect(desk.locator("#m1[data-decided]")).to_have_count(0)
    desk.keyboard.press("m")
    expect(desk.locator("#m1")).to_contain_text("没有找到可能相同的捐赠")
    desk.keyboard.press("e")
    donor = desk.locator("#m1 input[name$=donor]")
    expect(donor).to_be_visible()
    donor.fill("柳溪商会")
    desk.locator("#m1").get_by_role("button", name="保存修改").press("Enter")
    expect(desk.locator("#m1")).to_contain_text("柳溪商会")
    expect(desk.locator("#m1")).to_contain_text("已修改")


def test_a_wrong_edit_stays_in_its_field_with_a_sentence(desk: Page, live: Live) -> None:
    a_county(), a_response()
    live.sign_in(desk, an_officer())
    paste(desk, live, NOTICES[0].read_text(encoding="utf-8"))
    desk.keyboard.press("e")
    amount = desk.locator("#m1 input[name$=amount]")
    amount.fill("好多钱")
    desk.locator("#m1").get_by_role("button", name="保存修改").click()
    expect(desk.locator("#m1 input[name$=amount]")).to_have_value("好多钱")
    expect(desk.locator("#m1 .error-summary")).to_be_visible()


def test_what_was_not_saved_is_said_and_can_be_done_again(browser: Browser, live: Live) -> None:
    a_county(), a_response()
    # htmx tells the console of requests that fail, as these shall: not a page that is watched for errors.
    desk = browser.new_context(locale="zh-CN").new_page()
    live.sign_in(desk, an_officer())
    paste(desk, live, NOTICES[0].read_text(encoding="utf-8"))
    desk.context.set_offline(True)
    desk.keyboard.press("Enter")
    expect(desk.locator("#messages")).to_contain_text("没有连上网络,刚才这一步没有保存")
    desk.context.set_offline(False)
    desk.keyboard.press("Enter")
    expect(desk.locator("#m1[data-decided]")).to_have_count(1)
    expect(desk.locator("#messages")).not_to_contain_text("没有保存")
    cookies = desk.context.cookies()
    desk.context.clear_cookies(name=settings.SESSION_COOKIE_NAME)
    desk.keyboard.press("Enter")
    expect(desk.locator("#messages")).to_contain_text("登录已失效")
    desk.context.add_cookies(cookies)
    desk.keyboard.press("Enter")
    expect(desk.locator("#m2[data-decided]")).to_have_count(1)
    desk.context.close()


def test_the_review_fits_a_phone(phone: Page, live: Live) -> None:
    a_county(), a_response()
    live.sign_in(phone, an_officer())
    paste(phone, live, NOTICES[0].read_text(encoding="utf-8"))
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert_accessible(phone)
