"""Navigation, today's work, search and picking: what apps declare, and who sees it."""

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from lianfang.book.rights import Right, Role
from lianfang.desk import navigation, picking, searching, today
from lianfang.desk.charts import Chart, Series
from lianfang.desk.navigation import Section
from lianfang.desk.picking import Choice
from lianfang.desk.searching import Hit
from lianfang.desk.today import Item, Urgency
from lianfang.people.models import Officer
from lianfang.people.tests.builders import a_response, an_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def _own_entries(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(navigation, "_entries", {})
    navigation.entry("今日工作", "home", None, Section.TODAY, 0)
    navigation.entry("操作记录", "audit", Right.READ_AUDIT, Section.BOOK, 20)
    navigation.entry("导出记录", "exports", [Right.READ_BOOK, Right.READ_AUDIT], Section.BOOK, 10)


@pytest.mark.usefixtures("_own_entries")
def test_navigation_shows_what_the_rights_open() -> None:
    assert _titles(an_officer(Role.AUDITOR)) == ["今日工作", "导出记录", "操作记录"]
    assert _titles(an_officer(Role.GIFT_CLERK)) == ["今日工作", "导出记录"]
    assert _titles(an_officer(role=None)) == ["今日工作"]


@pytest.mark.usefixtures("_own_entries")
def test_open_page_is_the_one_whose_address_is_the_longest_beginning() -> None:
    officer = an_officer(Role.AUDITOR)
    assert {group.current for group in navigation.groups_for(officer, "/audit/7/")} == {"/audit/"}
    assert {group.current for group in navigation.groups_for(officer, "/")} == {"/"}
    assert {group.current for group in navigation.groups_for(officer, "/nowhere/")} == {""}


@pytest.mark.usefixtures("_own_entries")
def test_sections_fold_up_when_there_are_many_entries_but_for_the_open_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    officer = an_officer(Role.AUDITOR)
    assert not any(group.folded for group in navigation.groups_for(officer, "/audit/"))
    monkeypatch.setattr(navigation, "_SHOWN_AT_ONCE", 2)
    folded = {group.section: group.folded for group in navigation.groups_for(officer, "/audit/")}
    assert folded == {Section.TODAY: True, Section.BOOK: False}


def test_late_work_stands_first_and_what_is_due_soonest_before_the_rest(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(today, "_sources", [])

    @today.todays_work
    def work(_officer: Officer, _response: object) -> Iterator[Item]:
        yield Item("不急", 1, "/", Urgency.WAITING)
        yield Item("没有了", 0, "/", Urgency.LATE)
        yield Item("快到了", 1, "/", Urgency.DUE, due_at=datetime(2020, 2, 12, tzinfo=UTC))
        yield Item("马上到", 1, "/", Urgency.DUE, due_at=datetime(2020, 2, 11, tzinfo=UTC))
        yield Item("晚了", 1, "/", Urgency.LATE)

    titles = [item.title for item in today.items_for(an_officer(), a_response())]
    assert titles == ["晚了", "马上到", "快到了", "不急"]


def test_search_leaves_out_kinds_without_a_hit_and_says_where_there_is_more(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(searching, "_providers", [])

    @searching.searched("人员", 20)
    def nobody(_officer: Officer, _typed: str, _limit: int) -> list[Hit]:
        return []

    @searching.searched("单位", 10)
    def bodies(_officer: Officer, _typed: str, limit: int) -> list[Hit]:
        return [Hit(f"企业{number}", "/") for number in range(limit + 5)]

    found = searching.search(an_officer(), " 企业 ", 3)
    assert [(one.title, len(one.hits), one.more) for one in found] == [("单位", 3, True)]
    assert searching.search(an_officer(), "   ", 3) == []


def test_picking_gives_at_most_what_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(picking, "_lookups", {})

    @picking.known("number")
    def numbers(_officer: Officer, typed: str, _limit: int) -> list[Choice]:
        return [Choice(str(number), typed) for number in range(99)]

    assert [one.key for one in picking.look_up("number", an_officer(), " a ", 2)] == ["0", "1"]
    assert picking.look_up("number", an_officer(), " a ", 1)[0].name == "a"
    with pytest.raises(KeyError):
        picking.look_up("no-such", an_officer(), "a", 2)


def test_chart_has_one_figure_for_each_label() -> None:
    with pytest.raises(ValueError, match="one figure for each label"):
        Chart("谁给得多", "镇", ["甲镇", "乙镇"], [Series("到账", [1])])


def test_gap_of_a_chart_stays_a_gap() -> None:
    chart = Chart("谁给得多", "镇", ["甲镇", "乙镇"], [Series("到账", [1, None])])
    assert chart.data["series"][0]["values"] == [1.0, None]
    assert chart.rows == [("甲镇", [1]), ("乙镇", [None])]


def _titles(officer: Officer) -> list[str]:
    return [str(one.title) for group in navigation.groups_for(officer, "/") for one in group.entries]
