"""The guard's phone in a browser: enrolled by a code, working without network, killed, full, revoked."""

import io
import os
import signal
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from PIL import Image
from playwright.sync_api import Browser, BrowserContext, Page, expect

from bench.phone import film
from e2e.checks import assert_accessible, assert_finger_sized, assert_fits
from e2e.conftest import Live
from lianfang.book.actions import Actor
from lianfang.book.rights import Role
from lianfang.engines.passes import KeyRing, PassClaims, PassKind, issue_pass, new_signing_key
from lianfang.field.actions import give_pin, prepare_enrolment, revoke_device
from lianfang.field.models import Device
from lianfang.field.tests.builders import a_gate, a_household, a_place, a_resident
from lianfang.gates.models import HealthIncident, Passage
from lianfang.inspections.actions import Line, publish_checklist, rectify
from lianfang.inspections.models import Finding, Reinspection
from lianfang.people.tests.builders import a_body, a_response, an_actor, an_officer
from lianfang.places.indexing import households_changed
from lianfang.places.models import Household, Place, PlaceState, Regime, Spot

READY = "() => globalThis.lianfangPhone?.ready && lianfangPhone.bundle.manifest"
PICTURE = {"name": "photo.jpg", "mimeType": "image/jpeg"}
CLOCK_AT_NOUGHT = "async () => (await import('/static/field/words/index.js')).clock(0)"
KEPT_RECORDS = """() => new Promise(resolve => {
  const request = lianfangPhone.db.transaction('outbox').objectStore('outbox').count()
  request.onsuccess = () => resolve(request.result)
})"""
UNSENT = "() => lianfangPhone.outbox.unsentCount()"
CHAIN = """async () => {
  const { digestOf } = await import('/static/field/store/canonical.js')
  const rows = await lianfangPhone.outbox.unsent(Infinity)
  let prev = '0'.repeat(64)
  for (const { seq, text } of rows) {
    const record = JSON.parse(text)
    if (record.seq !== seq || record.prev !== prev) return `broken at ${seq}`
    prev = await digestOf(text)
  }
  const numbers = rows.map(row => row.seq)
  return numbers.every((number, i) => number === i + 1) ? numbers.length : `holes: ${numbers}`
}"""
WRITE = """async count => {
  const writing = []
  for (let n = 0; n < count; n++) {
    const data = { direction: 'in', category: 'visitor', outcome: 'turned_back', name: `访客${n}` }
    writing.push(lianfangPhone.write('passage', data))
  }
  await Promise.all(writing)
}"""


@pytest.fixture
def east_gate(db: None) -> Spot:
    """The east gate of a compound under closed management, with one household of three."""
    a_response()
    place = a_place("家具厂小区")
    PlaceState.objects.create(
        place=place, regime=Regime.CLOSED, begins_at=a_household(place, "9-9-909").created_at
    )
    household = a_household(place, "3-2-501")
    for name in ("王大明", "李小红", "王小小"):
        a_resident(household, name)
    households_changed([household.pk])
    _with_rules()
    give_pin(an_actor(), place=place, name="赵国强", pin="2580")
    return a_gate(place, "东门")


@pytest.fixture
def handset(browser: Browser, live: Live, east_gate: Spot) -> Iterator[Page]:
    """A phone of the east gate, enrolled, with somebody on duty and the data of the place on it."""
    yield from _enrolled(a_context(browser), live, east_gate)


@pytest.fixture
def plain_handset(browser: Browser, live: Live, east_gate: Spot) -> Iterator[Page]:
    """The same without the service worker, for tests that never open a page without network: keeping all
    files of the page on the phone is most of what a test waits for."""
    yield from _enrolled(a_context(browser, service_workers="block"), live, east_gate)


def _enrolled(context: BrowserContext, live: Live, gate: Spot) -> Iterator[Page]:
    page = context.new_page()
    wrong: list[str] = []
    page.on("pageerror", lambda error: wrong.append(str(error)))
    enrol(page, live, gate)
    sign_on(page)
    yield page
    context.close()
    assert wrong == []


def a_context(
    browser: Browser,
    timezone: str = "Asia/Shanghai",
    service_workers: Literal["allow", "block"] = "allow",
) -> BrowserContext:
    context = browser.new_context(
        viewport={"width": 360, "height": 740},
        locale="zh-CN",
        timezone_id=timezone,
        has_touch=True,
        is_mobile=True,
        service_workers=service_workers,
    )
    context.set_default_timeout(10_000)
    return context


def enrol(page: Page, live: Live, gate: Spot) -> None:
    lead = Actor(an_officer(Role.HEADQUARTERS))
    code = prepare_enrolment(lead, response=a_response(), spot=gate).code
    page.goto(f"{live.address}/field/enrol#{code}")
    page.tap("button.main")
    page.wait_for_function(READY)


def sign_on(page: Page) -> None:
    page.tap("text=赵国强")
    for digit in "2580":
        page.tap(f'.pin button:text-is("{digit}")')
    page.tap(".pin button.main")
    page.wait_for_selector("#find")


def find(page: Page, typed: str) -> None:
    page.fill("#find", typed)
    page.tap(".hit >> nth=0")


def digit(page: Page, value: str) -> None:
    page.tap(f'.digits button:text-is("{value}")')


def until(holds: Callable[[], bool]) -> None:
    """Wait for the server's side of something that the page has begun."""
    give_up_at = time.monotonic() + 10
    while not holds():
        assert time.monotonic() < give_up_at
        time.sleep(0.05)


def test_shift_without_network_reaches_the_book_whole(
    handset: Page, live: Live, east_gate: Spot, camera: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    household = Household.objects.get(label="3-2-501")
    film(a_pass(household, monkeypatch), camera)
    handset.evaluate("() => lianfangPhone.refresh()")
    handset.reload()
    handset.wait_for_function(READY)
    handset.context.set_offline(True)
    handset.reload()  # the page opens without network
    handset.wait_for_function(READY)

    handset.tap("button.scan")  # the pass of the household, seen by the camera
    expect(handset.locator(".person-head h1")).to_contain_text("3-2-501")
    digit(handset, "5")
    expect(handset.locator(".verdict.go")).to_be_visible()
    assert_accessible(handset)
    assert_fits(handset)
    assert_finger_sized(handset, "button", 56)
    handset.tap(".admit.advised")

    find(handset, "lxh")  # 李小红, by her initials
    handset.tap(".whole button >> nth=3")
    digit(handset, "0")
    expect(handset.locator(".hold.advised")).to_be_visible()
    handset.tap(".hold.advised")
    expect(handset.locator(".warn.bad")).to_contain_text("1 人")

    handset.tap('button:text-is("快递")')
    handset.tap("button.main")
    digit(handset, "4")
    handset.tap(".decide .refuse")
    handset.tap('.entry >> nth=0 >> text="撤销"')
    expect(handset.locator(".top .line")).to_contain_text("未上传 6 条")
    expect(handset.locator(".top .line")).to_contain_text("离线")
    assert_accessible(handset)

    handset.context.set_offline(False)
    handset.evaluate("() => lianfangPhone.sync.attempt()")
    until(lambda: handset.evaluate(UNSENT) == 0)
    admitted = Passage.objects.current().get(person__name="王大明")
    assert (admitted.outcome, admitted.guard_name, admitted.differs) == ("admitted", "赵国强", False)
    assert admitted.facts["shown"]["state"] == "valid"
    assert Passage.objects.newest().get(category="courier").withdrawn
    [case] = HealthIncident.objects.all()
    assert case.encounter == Passage.objects.get(person__name="李小红").pk
    assert [step.kind for step in case.steps.all()] == ["held"]


def test_household_goes_out_together_on_one_pass_and_comes_back(
    plain_handset: Page, east_gate: Spot, monkeypatch: pytest.MonkeyPatch
) -> None:
    household = Household.objects.get(label="3-2-501")
    text = a_pass(household, monkeypatch)
    plain_handset.evaluate("() => lianfangPhone.refresh()")
    plain_handset.tap('.direction button:text-is("出")')
    for code in (text, text[:-3] + "AAA"):  # the second one is not what was signed
        shown = plain_handset.evaluate(
            """async text => {
              const { readCode } = await import('/static/field/codes.js')
              return (await readCode(lianfangPhone, text)).shown.check.code
            }""",
            code,
        )
        assert shown == ("valid" if code == text else "tampered")
    find(plain_handset, "3-2-501")
    for member in (1, 2):
        plain_handset.tap(f".members button >> nth={member}")
    for value in ("5", "6", "4"):
        digit(plain_handset, value)
    expect(plain_handset.locator(".admit.advised")).to_contain_text("3 人")
    plain_handset.tap(".admit.advised")
    plain_handset.tap('.direction button:text-is("进")')
    plain_handset.tap(".entry .name >> nth=0")  # the last people are offered
    expect(plain_handset.locator(".members")).to_contain_text("在外")
    plain_handset.go_back()
    # The room, the person, the last digit: three touches, and 撤销 for the one that was wrong.
    plain_handset.fill("#find", "3-2-501")
    plain_handset.tap('.home .members button:has-text("王小小")')
    digit(plain_handset, "6")
    expect(plain_handset.locator(".entry >> nth=0")).to_contain_text("王小小")
    expect(plain_handset.locator(".entry >> nth=0")).to_contain_text("36.6")
    expect(plain_handset.locator(".entry >> nth=0")).to_contain_text("撤销")
    plain_handset.evaluate("() => lianfangPhone.sync.attempt()")
    until(lambda: plain_handset.evaluate(UNSENT) == 0)
    assert Passage.objects.filter(direction="out").values("party").distinct().count() == 1
    assert Passage.objects.filter(direction="out", outcome="admitted", differs=False).count() == 3
    [home] = Passage.objects.filter(direction="in")
    assert (home.name, home.outcome, home.differs) == ("王小小", "admitted", False)


def test_fever_is_rechecked_after_rest_and_let_through(plain_handset: Page, east_gate: Spot) -> None:
    find(plain_handset, "3-2-501")
    plain_handset.tap(".whole button >> nth=3")
    digit(plain_handset, "0")
    plain_handset.tap(".hold")
    plain_handset.tap(".warn.bad")
    plain_handset.tap(".case")
    plain_handset.tap(".list button.main")
    plain_handset.tap(".whole button >> nth=1")
    digit(plain_handset, "8")
    expect(plain_handset.locator(".verdict.go")).to_contain_text("已结案")
    plain_handset.evaluate("() => lianfangPhone.sync.attempt()")
    until(lambda: plain_handset.evaluate(UNSENT) == 0)
    [passage] = Passage.objects.current()
    assert passage.outcome == "admitted"
    [case] = HealthIncident.objects.all()
    assert [step.kind for step in case.steps.order_by("happened_at")] == [
        "held",
        "recheck",
        "outcome",
        "closed",
    ]


def test_inspector_visits_without_network_and_another_person_checks(handset: Page, east_gate: Spot) -> None:
    body = a_body("博兴县某局")
    Place.objects.filter(pk=east_gate.place_id).update(body=body)
    publish_checklist(an_actor(Role.HEADQUARTERS), theme="卡点", lines=[Line("门口有人", "duty", "serious")])
    give_pin(an_actor(), place=east_gate.place, name="复查员", pin="1357")
    handset.evaluate("() => lianfangPhone.refresh()")
    handset.context.set_offline(True)
    _open_task(handset, "督导检查")
    handset.tap("text=开始检查")
    handset.tap("text=保存")
    expect(handset.locator(".trouble >> nth=-1")).to_contain_text("一项也没有查看")
    handset.tap('button:text-is("不符合")')
    handset.set_input_files("input[type=file] >> nth=0", {**PICTURE, "buffer": _picture()})
    expect(handset.locator(".photos canvas")).to_be_visible()
    assert_accessible(handset)
    assert_fits(handset)
    assert_finger_sized(handset, "button", 48)
    handset.tap("text=返回")  # what was begun is kept, also when the page dies
    handset.reload()
    handset.wait_for_function(READY)
    _open_task(handset, "督导检查")
    handset.tap("text=继续没写完的检查")
    expect(handset.locator(".photos canvas")).to_be_visible()
    handset.tap("text=保存")
    expect(handset.locator(".verdict.go")).to_contain_text("发现问题 1 项")
    handset.context.set_offline(False)
    handset.evaluate("() => lianfangPhone.sync.attempt()")
    until(lambda: handset.evaluate(UNSENT) == 0)
    finding = Finding.objects.get()
    assert (finding.responsible_body, len(finding.photos), finding.severity) == (body, 1, "serious")
    rectify(Actor(an_officer(Role.HEADQUARTERS)), finding=finding, measures="增派一人")
    handset.evaluate("() => lianfangPhone.refresh()")
    handset.go_back()
    _open_task(handset, "督导检查", open_menu=False)
    handset.tap('.hit:has-text("门口有人")')
    expect(handset.locator(".warn")).to_contain_text("另一人")
    handset.evaluate("() => lianfangPhone.signOn({ id: 'x', name: '复查员' })")
    handset.go_back()
    _open_task(handset, "督导检查", open_menu=False)
    handset.tap('.hit:has-text("门口有人")')
    handset.tap('button:text-is("销号")')
    handset.tap("text=保存")
    handset.evaluate("() => lianfangPhone.sync.attempt()")
    until(lambda: handset.evaluate(UNSENT) == 0)
    assert Reinspection.objects.get().guard_name == "复查员"


def test_phone_that_dies_while_writing_keeps_an_unbroken_chain(handset: Page) -> None:
    context = handset.context
    context.set_offline(True)
    handset.evaluate(WRITE, 3)
    handset.evaluate(f"() => {{ ({WRITE})(200) }}")  # not waited for
    handset.wait_for_timeout(60)
    _kill_pages_of(handset)
    survivor = context.new_page()
    survivor.goto(handset.url)
    survivor.wait_for_function(READY)
    kept = survivor.evaluate(CHAIN)
    assert isinstance(kept, int), kept
    assert kept >= 3
    survivor.evaluate(WRITE, 1)
    assert survivor.evaluate(CHAIN) == kept + 1


def test_two_tabs_write_one_chain(handset: Page) -> None:
    handset.context.set_offline(True)
    other = handset.context.new_page()
    other.goto(handset.url)
    other.wait_for_function(READY)
    for page in (handset, other, handset, other):
        page.evaluate(f"() => {{ ({WRITE})(10) }}")
    until(lambda: handset.evaluate(CHAIN) == 40)
    assert other.evaluate(UNSENT) == 40


def test_full_storage_is_said_before_it_happens_and_when_it_does(plain_handset: Page) -> None:
    plain_handset.context.set_offline(True)
    plain_handset.evaluate("() => { navigator.storage.estimate = async () => ({ quota: 5e7, usage: 2e7 }) }")
    plain_handset.evaluate(WRITE, 1)
    expect(plain_handset.locator(".top .line")).to_contain_text("手机存储快满了")
    before = plain_handset.evaluate(CHAIN)
    plain_handset.evaluate(
        """() => {
          IDBObjectStore.prototype.add = () => { throw new DOMException('full', 'QuotaExceededError') }
        }"""
    )
    find(plain_handset, "3-2-501")
    digit(plain_handset, "5")
    plain_handset.tap(".admit")
    expect(plain_handset.locator(".trouble")).to_contain_text("没有存下")
    expect(plain_handset.locator(".top .line")).to_contain_text("手机存储已满")
    assert plain_handset.evaluate(CHAIN) == before


def test_revoked_phone_forgets_the_residents_and_keeps_what_it_has_not_sent(
    plain_handset: Page, live: Live, east_gate: Spot
) -> None:
    plain_handset.context.set_offline(True)
    plain_handset.evaluate(WRITE, 2)
    revoke_device(an_actor(), device=Device.objects.get(), why="遗失")
    plain_handset.context.set_offline(False)
    plain_handset.evaluate("() => lianfangPhone.sync.attempt()")
    expect(plain_handset.locator(".verdict.stop")).to_contain_text("已注销")
    expect(plain_handset.locator(".verdict.stop")).to_contain_text("2 条")
    left: Any = plain_handset.evaluate(
        """async () => {
          const db = lianfangPhone.db
          const count = name => new Promise(resolve => {
            const request = db.transaction(name).objectStore(name).count()
            request.onsuccess = () => resolve(request.result)
          })
          const kept = [await count('chunks'), await count('crossings'), await count('outbox')]
          return [...kept, lianfangPhone.bundle.lookup.persons]
        }"""
    )
    assert left == [0, 0, 2, 0]
    enrol(plain_handset, live, east_gate)
    plain_handset.evaluate("() => lianfangPhone.sync.attempt()")
    until(lambda: Passage.objects.count() == 2)
    until(lambda: plain_handset.evaluate(UNSENT) == 0)
    plain_handset.evaluate("() => lianfangPhone.revoke()")
    assert (
        plain_handset.evaluate(KEPT_RECORDS) == 0
    )  # what the book has does not stay on a phone that is lost


def test_nothing_on_the_phone_can_be_read_without_its_key(plain_handset: Page) -> None:
    plain_handset.context.set_offline(True)
    plain_handset.evaluate(WRITE, 1)
    seen: str = plain_handset.evaluate(
        """async () => {
          const texts = []
          for (const name of lianfangPhone.db.objectStoreNames) {
            const rows = await new Promise(resolve => {
              const request = lianfangPhone.db.transaction(name).objectStore(name).getAll()
              request.onsuccess = () => resolve(request.result)
            })
            const show = value => {
              if (value instanceof Uint8Array) texts.push(new TextDecoder('latin1').decode(value))
              else if (value instanceof CryptoKey) texts.push(`extractable ${value.extractable}`)
              else if (value && typeof value === 'object') Object.values(value).forEach(show)
              else texts.push(String(value))
            }
            rows.forEach(show)
          }
          return texts.join(' ')
        }"""
    )
    for secret in ("王大明", "3-2-501", "访客0", "wangdaming"):
        assert secret not in seen
        assert secret.encode().decode("latin1") not in seen
    assert "extractable false" in seen
    assert "extractable true" not in seen


def test_site_lead_shows_a_code_and_sees_the_phone_arrive(
    desk: Page, browser: Browser, live: Live, east_gate: Spot
) -> None:
    live.sign_in(desk, an_officer(Role.HEADQUARTERS))
    desk.goto(live.url("field:enrol_phone"))
    desk.select_option("select[name=spot]", str(east_gate.pk))
    desk.fill("input[name=name]", "东门白班")
    desk.click("button.btn-main")
    desk.wait_for_selector(".enrolment-address", state="attached")
    assert_accessible(desk)
    address = desk.text_content(".enrolment-address") or ""
    context = a_context(browser, "America/New_York")  # the phone says China's time nevertheless
    page = context.new_page()
    page.goto(address)
    page.tap("button.main")
    page.wait_for_function(READY)
    assert page.evaluate(CLOCK_AT_NOUGHT) == "8:00"
    expect(desk.locator(".enrolment-state")).to_contain_text("东门白班")
    desk.click(".enrolment-state a")
    expect(desk.locator("h1")).to_contain_text("东门白班")
    assert_accessible(desk)
    context.close()


def _open_task(page: Page, title: str, *, open_menu: bool = True) -> None:
    if open_menu:
        page.tap("button.gate")
    page.tap(f'.menu button:has-text("{title}")')


def _picture() -> bytes:
    out = io.BytesIO()
    Image.effect_noise((1600, 1200), 40).save(out, "JPEG")
    return out.getvalue()


def _kill_pages_of(page: Page) -> None:
    """What the system does to a page of a phone that is out of memory or power: SIGKILL, in mid-sentence."""
    browser = page.context.browser
    assert browser is not None
    with page.expect_event("crash"):
        for process in browser.new_browser_cdp_session().send("SystemInfo.getProcessInfo")["processInfo"]:
            if process["type"] == "renderer":
                os.kill(process["id"], signal.SIGKILL)


def a_pass(household: Household, monkeypatch: pytest.MonkeyPatch) -> str:
    """The code of the household's pass, signed by a key that the gate trusts."""
    now = int(time.time())
    key = new_signing_key(now - 86_400)
    monkeypatch.setattr("lianfang.places.signing.trusted_keys", lambda: KeyRing([key.trusted]))
    claims = PassClaims(
        number="123456789",
        kind=PassKind.HOUSEHOLD,
        subject=str(household.pk),
        places=(str(household.place_id),),
        valid_from=now - 3600,
        valid_until=now + 86_400,
        issued_at=now - 3600,
        label=household.label,
    )
    return issue_pass(claims, key)


def _with_rules() -> None:
    from lianfang.book.models import RuleProfile
    from lianfang.engines.rules import as_data, shipped_profiles

    [closed] = [one for one in shipped_profiles("gate") if one.code == "gate-2020-01"]
    data = {**as_data(closed), "valid_from": "2020-01-01", "valid_to": None}
    RuleProfile.objects.create(
        code="gate-test",
        subject="gate",
        title="测试",
        authority="测试",
        valid_from="2020-01-01",
        parameters=data,
    )
