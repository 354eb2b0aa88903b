"""A volunteer in the browser: signs up without sign-in, is accepted, and shows a certificate that is checked
without network and without a row of the book."""

from datetime import date

import pytest
from playwright.sync_api import Page, expect

from e2e.checks import assert_accessible
from e2e.conftest import Live
from lianfang.engines.certificates import Certificate, issue_certificate
from lianfang.volunteers import signing
from lianfang.volunteers.models import VolunteerSignUp
from lianfang.volunteers.tests.builders import a_call, a_keeper

pytestmark = pytest.mark.django_db(transaction=True)


def test_somebody_signs_up_on_a_phone_and_is_accepted_at_the_desk(
    desk: Page, phone: Page, live: Live
) -> None:
    keeper = a_keeper()
    call = a_call(keeper, title="三官庙村招募志愿者")
    phone.goto(live.url("volunteers:public"))
    phone.get_by_role("link", name="我要报名").click()
    phone.get_by_role("textbox", name="姓名").fill("孙志愿")
    phone.get_by_role("textbox", name="电话").fill("13800001234")
    phone.get_by_role("checkbox", name="驾驶").check()
    phone.get_by_role("checkbox", name="我自愿报名").check()
    assert_accessible(phone)
    phone.get_by_role("button", name="报名").click()
    expect(phone.get_by_role("heading", name="已收到报名,谢谢您")).to_be_visible()
    made = VolunteerSignUp.objects.get(call=call)
    live.sign_in(desk, keeper.officer)
    desk.goto(live.url("volunteers:sign_up", made.pk))
    desk.get_by_role("button", name="同意,登记为志愿者").click()
    expect(desk.get_by_role("heading", name="孙志愿", level=1)).to_be_visible()
    assert_accessible(desk)


def test_a_certificate_is_checked_without_network(phone: Page, live: Live) -> None:
    """Nothing of it stands in the book; the page and the keys were loaded before the network went."""
    days = date(2020, 2, 1), date(2020, 2, 18)
    text = issue_certificate(
        Certificate("云溪县工商联", "志愿〔2020〕0001号", "喆堃", 330, *days, 1_582_000_000),
        signing.signing_key(),
    )
    with phone.expect_response("**/keys.json"):
        phone.goto(live.url("volunteers:check"))
    phone.context.set_offline(True)
    field, button = phone.get_by_label("证明上的文本"), phone.get_by_role("button", name="核验")
    field.fill(f"https://x.test/volunteering/check/#{text}")
    button.click()
    expect(phone.get_by_role("heading", name="是真的")).to_be_visible()
    expect(phone.locator("[data-fact=name]")).to_have_text("喆堃")
    field.fill(text[:-8] + "AAAAAAAA")
    button.click()
    expect(phone.get_by_role("heading", name="内容被改动")).to_be_visible()
    phone.context.set_offline(False)
    assert_accessible(phone)
