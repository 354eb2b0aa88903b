"""A compound in a browser: built at once, a room filled, found by a fragment, a pass issued; on a phone."""

import re

import pytest
from playwright.sync_api import Page, expect

from e2e.checks import assert_accessible, assert_fits
from e2e.conftest import Live
from lianfang.book.rights import Role
from lianfang.people.models import Officer
from lianfang.people.tests.builders import a_response, an_officer
from lianfang.places.models import EntryPass, Household
from lianfang.places.tests.builders import a_compound, a_gate, a_household, a_place


@pytest.fixture
def office(db: None) -> Officer:
    a_response()
    return an_officer(Role.HEADQUARTERS, name="江楠")


def test_a_compound_is_built_a_household_registered_found_and_given_a_pass(
    desk: Page, live: Live, office: Officer
) -> None:
    place = a_place("家具厂小区")
    live.sign_in(desk, office)
    desk.goto(live.url("compound_build", place.pk))
    desk.get_by_label("到几号楼").fill("2")
    desk.get_by_role("button", name="建立").click()
    expect(desk.locator(".messages")).to_contain_text("建了 2 栋楼、4 个单元、48 间房")
    desk.goto(live.url("household_new", place.pk))
    field = desk.get_by_role("combobox", name=re.compile("房屋"))
    field.fill("2-1-301")
    desk.get_by_role("option", name=re.compile("2-1-301")).click()
    desk.get_by_label("户主", exact=False).first.fill("王大明")
    desk.get_by_role("button", name="保存").click()
    expect(desk.get_by_role("heading", level=1)).to_have_text("2-1-301")
    assert Household.objects.get().head is not None
    desk.get_by_role("link", name="签发家庭出入证").click()
    desk.get_by_role("button", name="签发").click()
    expect(desk.locator(".messages")).to_contain_text("已签发")
    assert EntryPass.objects.get().household == Household.objects.get()
    desk.goto(live.url("place", place.pk))
    desk.get_by_label("在本场所查找").fill("wdm")
    desk.keyboard.press("Enter")
    expect(desk.locator("main")).to_contain_text("2-1-301")


def test_the_pages_of_a_place_fit_a_phone_and_are_readable(phone: Page, live: Live, office: Officer) -> None:
    place = a_compound(buildings=1)
    household = a_household(place, "1-1-101")
    a_gate(place)
    live.sign_in(phone, office)
    for name, key in (
        ("places", None),
        ("place", place.pk),
        ("building", household.building_id),
        ("household", household.pk),
        ("place_import", place.pk),
    ):
        phone.goto(live.url(name, *([key] if key else [])))
        assert_fits(phone)
        assert_accessible(phone)
