"""The desk of the gates in the browser: a sheet keyed in without the mouse, a fever case step by step."""

import re

import pytest
from playwright.sync_api import Page, expect

from e2e.checks import assert_accessible
from e2e.conftest import Live
from lianfang.gates.models import HealthIncident, Passage, SheetKind
from lianfang.gates.tests.builders import a_case, a_gate, a_keeper, a_passage, a_place, a_resident
from lianfang.gates.tests.test_keying import a_sheet
from lianfang.people.tests.builders import a_response

pytestmark = pytest.mark.django_db(transaction=True)


def typed(page: Page, *cells: str) -> None:
    for cell in cells:
        page.keyboard.type(cell)
        page.keyboard.press("Enter")


def test_a_sheet_is_keyed_in_row_by_row_by_keyboard(desk: Page, live: Live) -> None:
    a_response()
    a_resident("王一", "3-2-501")
    sheet = a_sheet()
    live.sign_in(desk, a_keeper().officer)
    desk.goto(live.url("gates:sheet", sheet.pk))
    expect(desk.locator('[name="r1_time_in"]')).to_be_focused()
    typed(desk, "805", "", "王一", "", "", "3-2-501", "", "365", "", "买菜", "无", "无", "是", "", "")
    expect(desk.locator('[data-row="1"]')).to_have_attribute("data-saved", "")
    expect(desk.locator('[name="r2_time_in"]')).to_be_focused()
    typed(desk, "八点", "", "张访客", "", "", "", "", "", "", '"', "", "", "", "", "")
    wrong = desk.locator('[name="r2_time_in"]')
    expect(wrong).to_be_focused()
    expect(wrong).to_have_attribute("aria-invalid", "true")
    expect(desk.locator('[name="r2_purpose"]')).to_have_value("买菜")
    wrong.fill("810")
    desk.locator('[name="r2_remark"]').press("Enter")
    expect(desk.locator('[data-row="2"]')).to_have_attribute("data-saved", "")
    expect(desk.locator("[data-saved-count]")).to_contain_text("2")
    assert set(Passage.objects.values_list("name", "purpose")) == {("王一", "买菜"), ("张访客", "买菜")}
    assert_accessible(desk)


def test_a_row_that_was_not_saved_stays_and_is_saved_by_enter_again(desk: Page, live: Live) -> None:
    a_response()
    sheet = a_sheet(SheetKind.PERSONS)
    live.sign_in(desk, a_keeper().officer)
    desk.goto(live.url("gates:sheet", sheet.pk))
    desk.locator('[name="r1_time_in"]').fill("805")
    desk.locator('[name="r1_name"]').fill("张访客")
    rows = re.compile(r"/rows/1/")
    desk.route(rows, lambda route: route.fulfill(status=200, body="", headers={"HX-Reswap": "none"}))
    desk.locator('[name="r1_remark"]').press("Enter")
    expect(desk.locator('[name="r1_name"]')).to_have_value("张访客")
    desk.unroute(rows)
    desk.locator('[name="r1_remark"]').press("Enter")
    expect(desk.locator('[data-row="1"]')).to_have_attribute("data-saved", "")


def test_a_fever_case_shows_only_what_its_next_step_needs(desk: Page, live: Live) -> None:
    a_response()
    case = a_case()
    live.sign_in(desk, a_keeper().officer)
    desk.goto(live.url("home"))
    desk.locator(".banner-line a").click()
    expect(desk.locator("h1")).to_contain_text(case.name)
    expect(desk.locator("#id_celsius")).to_be_visible()
    expect(desk.locator("#id_told_to")).to_be_hidden()
    desk.locator("#id_celsius").fill("379")
    desk.get_by_role("button", name="登记这一步").click()
    expect(desk.locator("#id_told_to")).to_be_visible()
    desk.locator("#id_told_to").fill("带班领导 李某")
    desk.get_by_role("button", name="登记这一步").click()
    expect(desk.locator(".case-step")).to_have_count(3)
    assert_accessible(desk)
    assert HealthIncident.objects.count() == 1


def test_todays_gates_fit_a_phone(phone: Page, live: Live) -> None:
    a_response()
    a_passage(name="张访客", gate=a_gate("东门", a_place()))
    live.sign_in(phone, a_keeper().officer)
    phone.goto(live.url("gates:today"))
    expect(phone.locator(".chart figcaption")).to_contain_text("人次")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert_accessible(phone)
