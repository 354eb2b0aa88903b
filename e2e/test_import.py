"""A table of gifts goes into the book by the pages; lines of an account are matched by keyboard."""

from pathlib import Path

from playwright.sync_api import Page, expect

from e2e.checks import assert_accessible, assert_fits
from e2e.conftest import Live
from lianfang.giving.actions import imports as acts
from lianfang.giving.models import BankMatch, BankSetAside, Donation, ImportState, TableImport
from lianfang.giving.tests.builders import a_donation
from lianfang.giving.tests.builders_tables import a_statement, an_import, came_in, some_rows
from lianfang.people.tests.builders import a_response, an_actor, an_officer

LISTS = Path(__file__).resolve().parent.parent / "lianfang" / "samples" / "lists"


def test_a_sample_list_is_uploaded_its_columns_confirmed_and_its_gifts_are_in_the_ledger(
    desk: Page, live: Live
) -> None:
    a_response()
    live.sign_in(desk, an_officer())
    desk.goto(live.url("giving:imports"))
    desk.get_by_role("link", name="上传捐赠明细表").first.click()
    assert_accessible(desk)
    desk.get_by_label("表格文件").set_input_files(LISTS / "list-charity.xlsx")
    desk.get_by_role("button", name="上传并核对").click()
    expect(desk.get_by_role("heading", level=1)).to_contain_text("核对各列")
    expect(desk.get_by_label("D 金额")).to_have_value("amount")
    assert_accessible(desk)
    desk.get_by_role("button", name="列对了").click()
    expect(desk.get_by_role("heading", name="24 行可以入账")).to_be_visible()
    assert_accessible(desk)
    desk.get_by_role("button", name="全部入账").click()
    expect(desk.get_by_role("heading", name="导入完成")).to_be_visible(timeout=30_000)
    expect(desk.locator("main")).to_contain_text("入账 24 笔")
    desk.get_by_role("link", name="查看捐赠台账").click()
    expect(desk.locator("main")).to_contain_text("柳溪镇商会")
    assert Donation.objects.count() == 24


def test_faulty_rows_are_named_and_the_rest_is_booked_after_a_person_says_so(phone: Page, live: Live) -> None:
    actor = an_actor()
    held = an_import([*some_rows(3), ("2099-01-01", "将来厂", 5, "")], actor=actor)
    live.sign_in(phone, actor.officer)
    phone.goto(live.url("giving:import", held.pk))
    expect(phone.locator("main")).to_contain_text("日期在将来")
    expect(phone.locator("main")).to_contain_text("捐款 第 5 行")
    assert_fits(phone)
    assert_accessible(phone)
    phone.get_by_role("button", name="导入 3 行,不导入有问题的 1 行").click()
    expect(phone.get_by_role("heading", name="导入完成")).to_be_visible(timeout=30_000)
    assert Donation.objects.count() == 3


def test_an_import_that_was_left_goes_on_when_its_page_is_opened_again(desk: Page, live: Live) -> None:
    actor = an_actor()
    held = an_import(some_rows(acts.ROWS_AT_ONCE + 3), actor=actor)
    held = acts.start_import(actor, table_import=held, faulty_rows=acts.FaultyRows.REFUSE_ALL)
    acts.book_next_rows(actor, table_import=held)
    live.sign_in(desk, actor.officer)
    desk.goto(live.url("home"))
    desk.get_by_role("link", name="捐赠表格待核对").click()
    expect(desk.get_by_role("heading", name="导入完成")).to_be_visible(timeout=30_000)
    assert TableImport.objects.get().state == ImportState.FINISHED
    assert Donation.objects.count() == acts.ROWS_AT_ONCE + 3


def test_columns_fit_a_phone(phone: Page, live: Live) -> None:
    actor = an_actor()
    held = an_import(some_rows(2), actor=actor)
    live.sign_in(phone, actor.officer)
    for page in ("giving:import_columns",):
        phone.goto(live.url(page, held.pk))
        assert_fits(phone)
        assert_accessible(phone)
    phone.goto(live.url("giving:import_upload"))
    assert_fits(phone)


def test_lines_are_matched_booked_and_set_aside_by_keyboard(desk: Page, live: Live) -> None:
    actor = an_actor()
    a_donation(1000, donor="青禾食品厂")
    statement = a_statement(
        came_in(1000), came_in(50, "丁小满"), came_in(3, "农业银行", memo="结息"), actor=actor
    )
    live.sign_in(desk, actor.officer)
    desk.goto(live.url("giving:bank_statement", statement.pk))
    assert_accessible(desk)
    cards = desk.locator("[data-line]")
    desk.keyboard.press("Enter")
    expect(cards.nth(0)).to_contain_text("已对应")
    expect(cards.nth(1)).to_have_class("bank-line bank-open current")
    desk.keyboard.press("n")
    expect(cards.nth(1)).to_contain_text("已按流水登记")
    desk.keyboard.press("x")
    expect(cards.nth(2)).to_contain_text("不是捐赠")
    expect(desk.locator("#bank-progress")).to_contain_text("收入流水都处理完了")
    desk.keyboard.press("u")
    expect(desk.locator("#bank-progress")).to_contain_text("还有 1 条")
    assert BankMatch.objects.current().count() == 2
    assert not BankSetAside.objects.current().exists()


def test_a_statement_fits_a_phone(phone: Page, live: Live) -> None:
    actor = an_actor()
    a_donation(1000, donor="青禾食品厂")
    statement = a_statement(came_in(1000), came_in(50, "丁小满"), actor=actor)
    live.sign_in(phone, actor.officer)
    for name, arguments in (
        ("giving:bank_statement", [statement.pk]),
        ("giving:bank_statements", []),
        ("giving:bank_unmatched", []),
        ("giving:bank_upload", []),
    ):
        phone.goto(live.url(name, *arguments))
        assert_fits(phone)
        assert_accessible(phone)
