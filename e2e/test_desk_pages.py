"""Lists, forms and charts as they work in a browser: keyboard, phone, dark, paper, strict policy."""

import re

import pytest
from playwright.sync_api import Page, expect

from e2e.checks import assert_accessible, assert_finger_sized, assert_fits, focus_order
from e2e.conftest import Live
from lianfang.book.actions import Actor, Origin
from lianfang.book.rights import Role
from lianfang.people.actions.bodies import register_body
from lianfang.people.models import BodyKind, Officer
from lianfang.people.tests.builders import a_county, a_response, an_actor, an_officer
from lianfang.web.actions import choose_language

PAGES = [
    "home",
    "search",
    "audit",
    "exports",
    "reads",
    "rules",
    "account",
    "keys",
    "choose_response",
    "mfa_index",
]


@pytest.fixture
def auditor(db: None) -> Officer:
    a_response()
    officer = an_officer(Role.FEDERATION_LEADER, name="周明")
    for number in range(6):
        choose_language(
            Actor(officer, Origin.DESK, "127.0.0.1"), language="en" if number % 2 == 0 else "zh-hans"
        )
        officer.refresh_from_db()
    return officer


def test_list_is_worked_by_keyboard(desk: Page, live: Live, auditor: Officer) -> None:
    _open(desk, live, auditor, "audit")
    desk.keyboard.press("j")
    desk.keyboard.press("j")
    desk.keyboard.press("k")
    first = desk.locator("tbody tr").first
    expect(first).to_have_class("row-here")
    desk.keyboard.press("Enter")
    expect(desk).to_have_url(re.compile(r"/audit/\d+/$"))


def test_slash_goes_to_the_search_and_typing_narrows_the_list_in_place(
    desk: Page, live: Live, auditor: Officer
) -> None:
    _open(desk, live, auditor, "audit")
    desk.keyboard.press("/")
    desk.keyboard.type("没有这个人")
    expect(desk.locator(".list-count")).to_contain_text("共 0 条")
    assert "q=" in desk.url
    assert "action=" not in desk.url, "what is not set stays out of the address"
    assert desk.evaluate("document.activeElement.matches('[data-search]')"), "typing goes on"
    desk.keyboard.press("Escape")
    desk.go_back()
    expect(desk.locator(".list-count")).to_contain_text("共 6 条")


def test_question_mark_shows_the_keys_and_escape_hides_them(desk: Page, live: Live, auditor: Officer) -> None:
    _open(desk, live, auditor, "audit")
    desk.keyboard.press("?")
    expect(desk.get_by_role("dialog")).to_contain_text("下一行、上一行")
    desk.keyboard.press("Escape")
    expect(desk.get_by_role("dialog")).to_be_hidden()


def test_click_on_a_head_sorts_in_place_and_says_so(desk: Page, live: Live, auditor: Officer) -> None:
    _open(desk, live, auditor, "audit")
    desk.get_by_role("link", name="时间").click()
    expect(desk.get_by_role("columnheader", name="时间")).to_have_attribute("aria-sort", "ascending")
    assert "sort=at" in desk.url


def test_export_is_downloaded_with_its_purpose(desk: Page, live: Live, auditor: Officer) -> None:
    _open(desk, live, auditor, "audit")
    desk.get_by_text("导出", exact=True).click()
    desk.get_by_label("用途").fill("报县指挥部")
    with desk.expect_download() as download:
        desk.get_by_role("button", name="导出 Excel 表").click()
    assert download.value.suggested_filename.endswith(".xlsx")


@pytest.mark.parametrize("name", PAGES)
def test_page_fits_a_phone_and_fingers(phone: Page, live: Live, auditor: Officer, name: str) -> None:
    _open(phone, live, auditor, name)
    assert_fits(phone)
    assert_accessible(phone)
    assert_finger_sized(phone, "main .btn, main input, main select", 44)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_page_is_accessible_on_a_desk_in_light_and_dark(
    desk: Page, live: Live, auditor: Officer, name: str, scheme: str
) -> None:
    desk.emulate_media(color_scheme=scheme)  # type: ignore[arg-type]
    _open(desk, live, auditor, name)
    assert desk.locator("html").get_attribute("data-bs-theme") == scheme
    assert_accessible(desk)


def test_dark_can_be_chosen_against_the_system(desk: Page, live: Live, auditor: Officer) -> None:
    desk.emulate_media(color_scheme="light")
    _open(desk, live, auditor, "home")
    desk.get_by_role("button", name="深色").click()
    expect(desk.locator("html")).to_have_attribute("data-bs-theme", "dark")
    desk.get_by_role("button", name="明暗随系统").click()
    expect(desk.locator("html")).to_have_attribute("data-bs-theme", "light")


def test_first_tab_skips_to_the_text(desk: Page, live: Live, auditor: Officer) -> None:
    _open(desk, live, auditor, "home")
    reached = focus_order(desk, 3)
    assert reached[0] == "跳到正文"
    desk.goto(live.url("home"))
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    assert desk.evaluate("document.activeElement.id") == "main"


def test_navigation_of_a_phone_opens_and_closes_with_focus(phone: Page, live: Live, auditor: Officer) -> None:
    _open(phone, live, auditor, "home")
    expect(phone.get_by_role("navigation", name="主菜单")).to_be_hidden()
    phone.get_by_role("link", name="打开菜单").click()
    expect(phone.get_by_role("link", name="操作记录")).to_be_hidden()
    phone.get_by_text("台账管理", exact=True).click()
    expect(phone.get_by_role("link", name="操作记录")).to_be_visible()
    phone.keyboard.press("Escape")
    expect(phone.get_by_role("navigation", name="主菜单")).to_be_hidden()
    assert phone.evaluate("document.activeElement.className") == "menu-open"


def test_paper_shows_the_table_and_nothing_to_click(desk: Page, live: Live, auditor: Officer) -> None:
    _open(desk, live, auditor, "audit")
    desk.emulate_media(media="print")
    for hidden in (".top", ".side", ".list-tools", ".export", ".foot"):
        expect(desk.locator(hidden).first).to_be_hidden()
    expect(desk.locator("table.rows")).to_be_visible()
    assert desk.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 255, 255)"
    assert desk.pdf(format="A4").startswith(b"%PDF")


@pytest.mark.urls("e2e.sample_pages")
def test_chart_is_drawn_under_the_strict_policy_and_keeps_its_table(
    desk: Page, live: Live, auditor: Officer
) -> None:
    _open(desk, live, auditor, "sample_chart")
    expect(desk.locator(".chart canvas")).to_be_visible()
    desk.locator(".chart canvas").hover()
    assert_accessible(desk)
    desk.get_by_text("看数字").click()
    expect(desk.get_by_role("cell", name="—")).to_be_visible()


@pytest.mark.urls("e2e.sample_pages")
def test_form_says_what_is_wrong_above_and_at_the_field(desk: Page, live: Live, auditor: Officer) -> None:
    _open(desk, live, auditor, "sample_form")
    desk.get_by_label("金额").fill("很多")
    desk.locator("form[method=post]", has=desk.get_by_label("金额")).evaluate(
        "form => form.noValidate = true"
    )
    desk.get_by_role("button", name="保存").click()
    expect(desk.locator(".error-summary")).to_be_focused()
    desk.locator(".error-summary").get_by_role("link", name="金额").click()
    expect(desk.get_by_label("金额")).to_be_focused()
    expect(desk.get_by_label("金额")).to_have_value("很多")
    assert_accessible(desk)


@pytest.mark.urls("e2e.sample_pages")
def test_known_body_is_picked_by_initials_and_arrows(desk: Page, live: Live, auditor: Officer) -> None:
    office = an_actor(Role.FEDERATION_OFFICE)
    for name in ("云溪县甲企业", "石桥镇乙企业", "石桥镇丙企业"):
        register_body(office, name=name, kind=BodyKind.ENTERPRISE, area=a_county())
    _open(desk, live, auditor, "sample_form")
    field = desk.get_by_role("combobox", name="捐赠单位")
    field.fill("sqz")
    expect(desk.get_by_role("option")).to_have_count(2)
    field.press("ArrowDown")
    second = desk.get_by_role("option", selected=True).inner_text().splitlines()[0]
    field.press("Enter")
    expect(field).to_have_value(second)
    expect(desk.get_by_role("listbox")).to_be_hidden()
    desk.get_by_label("金额").fill("1.5万")
    desk.get_by_label("捐款").check()
    desk.keyboard.press("s")
    expect(desk.locator("#saved")).to_contain_text(f"{second} 15000")


@pytest.mark.urls("e2e.sample_pages")
def test_form_fits_a_phone(phone: Page, live: Live, auditor: Officer) -> None:
    _open(phone, live, auditor, "sample_form")
    assert_fits(phone)
    assert_accessible(phone)
    assert_finger_sized(phone, "main .btn, main input:not([type=radio], [type=checkbox]), main .check", 56)


def test_pages_in_chinese_show_no_english_words(desk: Page, live: Live, auditor: Officer) -> None:
    for name in PAGES:
        _open(desk, live, auditor, name)
        shown = desk.locator("main, .top").all_inner_texts()
        words = set(re.findall(r"[A-Za-z]{3,}", " ".join(shown)))
        assert words <= {"English", "Enter", "Esc", "lianfang", "check", "Excel", "CSV", "giving"}, name


def _open(page: Page, live: Live, officer: Officer, name: str) -> None:
    live.sign_in(page, officer)
    page.goto(live.url(name))
    page.wait_for_load_state("networkidle")
