"""A month for one compound, by somebody new to the page: written, arranged, published, printed."""

import time

import pytest
from playwright.sync_api import Page, expect

from e2e.checks import assert_accessible
from e2e.conftest import Live
from lianfang.book.rights import Role
from lianfang.duty.models import PublishedRoster
from lianfang.engines.roster.warming import warm
from lianfang.people.tests.builders import a_response, an_officer
from lianfang.places.tests.builders import a_place

pytestmark = pytest.mark.django_db(transaction=True)

NAMES = [f"{family}{given}" for family in "赵钱孙李周" for given in ("大明", "小红", "建国", "秀英")]


def test_a_month_is_made_published_and_printed_in_a_minute(desk: Page, live: Live) -> None:
    a_response()
    place = a_place("测试小区")
    live.sign_in(desk, an_officer(Role.HEADQUARTERS))
    warm()  # as `lianfang prepare` does at set-up
    began = time.monotonic()
    desk.goto(live.url("duty:rosters"))
    desk.get_by_role("link", name="排值班表").first.click()
    desk.get_by_label("岗位", exact=True).fill("东门\n西门")
    desk.get_by_label("值班人员", exact=True).fill("\n".join(NAMES))
    assert_accessible(desk)
    desk.get_by_role("button", name="排出来").click()
    expect(desk.get_by_text("没有缺岗")).to_be_visible(timeout=40_000)
    assert_accessible(desk)
    cells = desk.locator(".held")
    assert cells.count() == 180

    # Why this person, and two cells exchanged by keyboard: done, or the rule named at once.
    cells.first.focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="为什么不是别人")).to_be_visible()
    cells.first.focus()
    desk.keyboard.press("x")
    expect(desk.locator("#duty-says")).to_contain_text("已选一格")
    desk.keyboard.press("ArrowDown")
    desk.keyboard.press("Enter")
    expect(desk.locator("#duty-says .state")).to_be_visible()

    desk.get_by_role("button", name="发布").click()
    expect(desk.get_by_text("已发布第1版")).to_be_visible()
    for kind in ("month-post", "month-person", "week-post", "week-person"):
        paper = desk.request.get(live.url("duty:paper", PublishedRoster.objects.get().roster_id, kind))
        assert paper.body().startswith(b"%PDF")
    assert time.monotonic() - began < 60
    assert PublishedRoster.objects.get().roster.place == place
