"""The ledger in the browser: pairs decided by keys, a gift booked, figures drawn."""

import pytest
from playwright.sync_api import Page, expect

from e2e.checks import assert_accessible
from e2e.conftest import Live
from lianfang.giving.models import Donation, DonorKind, OverlapDecision, OverlapVerdict
from lianfang.giving.tests.builders import a_donation, a_donor
from lianfang.people.tests.builders import a_county, a_response, a_township, an_officer

pytestmark = pytest.mark.django_db(transaction=True)


def two_pairs() -> None:
    a_donation(208000, donor=a_donor("金属板材商会", DonorKind.CHAMBER))
    a_donation(10000, donor=a_donor("李明", DonorKind.PERSON), via_name="金属板材商会")
    a_donation(50000, donor="青禾食品厂")
    a_donation(50000, donor="青禾食品厂")


def test_pairs_are_decided_and_undone_by_keys(desk: Page, live: Live) -> None:
    a_county(), a_response()
    two_pairs()
    live.sign_in(desk, an_officer())
    desk.goto(live.url("giving:overlaps"))
    expect(desk.locator("[data-pair].current")).to_have_count(1)
    expect(desk.locator("#overlap-range")).to_contain_text("25.8万元至31.8万元")
    desk.keyboard.press("p")
    expect(desk.locator("[data-pair][data-decided]")).to_have_count(1)
    expect(desk.locator("#overlap-range")).to_contain_text("25.8万元至30.8万元")
    expect(desk.locator("[data-pair].current:not([data-decided])")).to_have_count(1)
    desk.keyboard.press("u")  # takes back what was decided last, though the next pair is shown
    expect(desk.locator("[data-pair][data-decided]")).to_have_count(0)
    expect(desk.locator("#overlap-range ins")).to_contain_text("25.8万元至31.8万元")
    desk.keyboard.press("p")
    expect(desk.locator("[data-pair][data-decided]")).to_have_count(1)
    desk.keyboard.press("d")
    expect(desk.locator("[data-pair][data-decided]")).to_have_count(2)
    expect(desk.locator("#overlap-range ins")).to_contain_text("30.8万元")
    desk.keyboard.press("u")
    expect(desk.locator("[data-pair][data-decided]")).to_have_count(1)
    for key in "upd":  # typed faster than the server answers: none is lost
        desk.keyboard.press(key)
    expect(desk.locator("#overlap-range ins")).to_contain_text("30.8万元")
    expect(desk.locator("[data-pair][data-decided]")).to_have_count(2)
    desk.keyboard.press("u")
    expect(desk.locator("[data-pair][data-decided]")).to_have_count(1)
    verdicts = OverlapDecision.objects.current().values_list("verdict", flat=True)
    assert set(verdicts) <= {OverlapVerdict.FIRST_IN_SECOND, OverlapVerdict.SECOND_IN_FIRST}
    assert_accessible(desk)


def test_a_gift_is_booked_in_the_words_of_its_source(desk: Page, live: Live) -> None:
    a_county(), a_response()
    live.sign_in(desk, an_officer())
    desk.goto(live.url("giving:new_donation"))
    desk.locator("#id_donor_name").fill("石桥镇基层商会")
    desk.locator("#id_donor_kind").select_option("chamber")
    desk.locator("#id_value").fill("144万余")
    desk.get_by_role("button", name="登记", exact=True).click()
    expect(desk.locator("h1")).to_contain_text("144万余元")
    assert Donation.objects.get().donor_name == "石桥镇基层商会"
    assert_accessible(desk)


def test_searching_narrows_the_list_and_its_totals(desk: Page, live: Live) -> None:
    a_county(), a_response()
    two_pairs()
    live.sign_in(desk, an_officer())
    desk.goto(live.url("giving:ledger"))
    desk.locator("[data-search]").fill("liming")
    expect(desk.locator("table.rows tbody tr")).to_have_count(1)
    expect(desk.locator("#ledger-totals")).to_contain_text("1 笔,1万元")


def test_figures_draw_the_towns(desk: Page, live: Live) -> None:
    a_county(), a_response()
    a_donation(1440000, donor="石桥镇商会", area=a_township())
    a_donation(50000, donor="青山镇商会", area=a_township("青山镇"))
    live.sign_in(desk, an_officer())
    desk.goto(live.url("giving:figures"))
    expect(desk.locator("figure.chart canvas, figure.chart svg").first).to_be_visible()
    assert_accessible(desk)
