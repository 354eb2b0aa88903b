"""From a draft to a page that a villager reads on a phone: drafted, reviewed, published, found by code."""

import pytest
from playwright.sync_api import Page, expect

from e2e.checks import assert_accessible
from e2e.conftest import Live
from lianfang.book.rights import Role
from lianfang.giving.models import Disclosure, DisclosureState, DonorNaming
from lianfang.giving.tests.builders import A_DAY, a_donation, a_donor, goods
from lianfang.giving.tests.builders_disclosures import a_correction, a_desk, a_publication
from lianfang.people.models import BodyKind
from lianfang.people.tests.builders import a_body, a_county, a_response, an_officer

pytestmark = pytest.mark.django_db(transaction=True)


def test_a_publication_goes_from_draft_to_public(desk: Page, live: Live) -> None:
    a_county(), a_response()
    a_body("云溪县工商业联合会", BodyKind.FEDERATION)
    a_donation(1000, donor="青禾食品厂", happened_at=A_DAY)
    a_donation(500, donor="远山木业", pledged=True)
    clerk, reviewer = an_officer(name="填报人"), an_officer(name="复核人")
    leader = an_officer(Role.FEDERATION_LEADER, name="负责人")

    live.sign_in(desk, clerk)
    desk.goto(live.url("giving:disclosures"))
    desk.get_by_role("link", name="起草公示").first.click()
    desk.get_by_role("button", name="起草").click()
    expect(desk.get_by_role("heading", name="这一期将公示 1 笔")).to_be_visible()
    expect(desk.get_by_text("认捐,尚未到账")).to_be_visible()
    expect(desk.get_by_text("您是填报人,请另一人复核")).to_be_visible()

    live.sign_in(desk, reviewer)
    desk.reload()
    desk.get_by_role("button", name="核对无误,复核通过").click()
    expect(desk.get_by_text("等待负责人发布")).to_be_visible()

    live.sign_in(desk, leader)
    desk.reload()
    desk.get_by_role("link", name="去发布").click()
    expect(desk.get_by_text("就此固定,不能再改")).to_be_visible()
    assert_accessible(desk)
    desk.get_by_role("button", name="发布这 1 笔").click()
    expect(desk.get_by_text("已发布,所有人都可以看到")).to_be_visible()
    assert Disclosure.objects.get().state == DisclosureState.PUBLISHED

    desk.get_by_role("link", name="看公开页面").first.click()
    expect(desk.get_by_text("青禾食品厂")).to_be_visible()
    expect(desk.get_by_text("远山木业")).to_have_count(0)


def test_a_villager_reads_it_on_a_phone_and_finds_the_own_gift(phone: Page, live: Live) -> None:
    desk = a_desk()
    gift = a_donation(
        144_0000, donor=a_donor("慕容隐名", "person", naming=DonorNaming.WITHHELD), happened_at=A_DAY
    )
    goods("医用口罩", None, quantity=5000, unit="只", donor="青禾食品厂")
    done = a_publication(desk)
    a_correction(desk, done.lines.get(donor="青禾食品厂"), None)

    phone.goto(live.url("giving:public"))
    assert_accessible(phone)
    phone.get_by_role("link", name="第 1 期").click()
    expect(phone.get_by_role("heading", name="更正说明")).to_be_visible()
    expect(phone.locator(".said")).to_contain_text("一共收到 1 笔捐赠")
    expect(phone.locator(".sums")).to_contain_text("144万元")
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert "慕容" not in phone.content()
    assert_accessible(phone)

    phone.get_by_label("找我的捐赠").fill(gift.code.lower())
    phone.locator("form.find").get_by_role("button", name="查找").click()
    expect(phone.get_by_role("heading", name="找到了")).to_be_visible()
    expect(phone.get_by_text("144万元")).to_be_visible()
    assert phone.evaluate("document.documentElement.scrollWidth") <= 360
    assert_accessible(phone)


def test_the_list_is_searched_and_paged_without_scripts_of_others(desk: Page, live: Live) -> None:
    officers = a_desk()
    for number in range(55):
        a_donation(100 + number, donor=f"企业第{number:02d}号")
    done = a_publication(officers)
    desk.goto(live.url("giving:public_publication", done.pk))
    desk.get_by_role("link", name="第 2 页").click()
    expect(desk.locator(".gifts tbody tr")).to_have_count(5)
    desk.get_by_label("在明细中查找").fill("第07号")
    desk.locator(".list-search").get_by_role("button", name="查找").click()
    expect(desk.get_by_text("找到 1 笔")).to_be_visible()
    expect(desk.locator(".gifts")).to_contain_text("企业第07号")


def test_the_description_of_the_api_is_drawn_under_our_policy(desk: Page, live: Live) -> None:
    a_response()
    desk.goto(live.url("giving:public_api"))
    expect(desk.get_by_text("凭查询码查自己的捐赠")).to_be_visible()
