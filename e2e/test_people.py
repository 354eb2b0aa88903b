"""The registers in a browser: names decided by keyboard, things picked by initials, pages on a phone."""

import re

import pytest
from django.urls import reverse
from playwright.sync_api import Page, expect

from e2e.checks import assert_accessible, assert_finger_sized, assert_fits
from e2e.conftest import Live
from lianfang.book.rights import Role
from lianfang.people import actions, queries
from lianfang.people.models import Body, BodyKind, Officer
from lianfang.people.tests.builders import a_body, a_county, a_person, a_response, an_actor, an_officer


@pytest.fixture
def office(db: None) -> Officer:
    a_response()
    return an_officer(Role.FEDERATION_OFFICE, name="江楠")


def three_names() -> list[Body]:
    return [a_body(name, BodyKind.CHAMBER) for name in ("云溪县金属板业商会", "金属板材商会", "板材商会")]


def test_pairs_of_names_are_decided_by_keyboard_and_a_merge_is_undone(
    desk: Page, live: Live, office: Officer
) -> None:
    three_names()
    waiting = len(actions.propose_aliases(an_actor()))
    live.sign_in(desk, office)
    desk.goto(live.url("resemblances"))
    expect(desk.locator(".lead-in")).to_contain_text(f"共 {waiting} 对")
    desk.keyboard.press("j")
    expect(desk.locator(".lead-in")).to_contain_text("第 2 对")
    desk.keyboard.press("k")
    expect(desk.locator(".lead-in")).to_contain_text("第 1 对")
    desk.keyboard.press("x")
    expect(desk.locator(".messages")).to_contain_text("不是同一单位")
    expect(desk.locator(".lead-in")).to_contain_text(f"共 {waiting - 1} 对")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="合并会做这些")).to_be_visible()
    desk.keyboard.press("Enter")
    expect(desk.locator(".messages")).to_contain_text("已并入")
    assert len(queries.canonical_ids()) == 1
    desk.get_by_role("button", name="撤销合并").click()
    expect(desk.locator(".messages")).to_contain_text("恢复为单独的单位")
    assert queries.canonical_ids() == {}


def test_a_body_is_registered_with_its_area_picked_by_initials(
    desk: Page, live: Live, office: Officer
) -> None:
    a_county()
    live.sign_in(desk, office)
    desk.goto(live.url("body_new"))
    desk.get_by_label("全称").fill("云溪县竹编业商会")
    desk.get_by_label("类别").select_option("chamber")
    field = desk.get_by_role("combobox", name=re.compile("所在属地"))
    field.fill("yxx")
    desk.get_by_role("option", name=re.compile("云溪县")).click()
    desk.get_by_role("button", name="保存").click()
    expect(desk.get_by_role("heading", name="云溪县竹编业商会")).to_be_visible()
    assert Body.objects.get().area == a_county()


PAGES = ["bodies", "areas", "persons", "assignments", "resemblances", "register_import", "body_new"]


@pytest.mark.parametrize("name", PAGES)
def test_the_pages_work_on_a_phone_and_for_everyone(
    phone: Page, live: Live, office: Officer, name: str
) -> None:
    three_names()
    actions.propose_aliases(an_actor())
    actions.assign(an_actor(), body=a_body("县工商联"), place_name="家具厂小区")
    live.sign_in(phone, office)
    phone.goto(live.url(name))
    assert_fits(phone)
    assert_accessible(phone)


def test_a_body_and_a_person_fit_a_phone(phone: Page, live: Live, office: Officer) -> None:
    actor, body, person = (
        an_actor(),
        a_body("云溪县工商联", BodyKind.FEDERATION),
        a_person("林晓", a_county()),
    )
    actions.give_post(actor, person=person, body=body, title="秘书长")
    actions.assign(actor, body=body, person=person, place_name="家具厂小区", duty="值班值守")
    actions.change_phone(actor, person=person, phone="13900001234")
    live.sign_in(phone, office)
    for name, line in (("body", body), ("person", person), ("area", a_county())):
        phone.goto(live.address + reverse(name, args=[line.pk]))
        assert_fits(phone)
        assert_accessible(phone)
        assert_finger_sized(phone, ".btn")
