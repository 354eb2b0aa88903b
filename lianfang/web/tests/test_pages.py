"""The pages of the shell: who may open them, what they say, what they keep."""

from collections.abc import Iterator

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django import DjangoAssertNumQueries

from lianfang.book.actions import Actor, Origin
from lianfang.book.models import AuditEntry, ExportEntry, ReadEntry, Response
from lianfang.book.rights import Role
from lianfang.desk import today
from lianfang.desk.today import Item, Urgency
from lianfang.people.models import Officer
from lianfang.people.tests.builders import a_body, a_county, a_response, a_township, an_officer
from lianfang.web.actions import choose_language

pytestmark = pytest.mark.django_db


def signed_in(officer: Officer) -> Client:
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


def test_home_asks_for_sign_in(client: Client) -> None:
    answer = client.get(reverse("home"))
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))


def test_an_address_that_is_none_leads_everybody_to_what_they_may_read(client: Client) -> None:
    a_response()
    for everybody in (client.get("/public/none/"), client.get("/none/")):
        assert everybody.status_code == 404
        assert 'href="/public/"' in everybody.content.decode()
        assert "菜单" not in everybody.content.decode()
    assert "回到今日工作" in signed_in(an_officer()).get("/none/").content.decode()


def test_home_lists_todays_work_with_its_count_and_link(monkeypatch: pytest.MonkeyPatch) -> None:
    a_response()
    monkeypatch.setattr(today, "_sources", [])

    @today.todays_work
    def work(_officer: Officer, _response: Response) -> Iterator[Item]:
        yield Item("待审核的通报", 7, "/reviews/", Urgency.LATE, "最早的已放了三天")

    page = signed_in(an_officer()).get(reverse("home")).content.decode()
    assert "已超期" in page
    assert "待审核的通报" in page
    assert 'href="/reviews/"' in page


def test_home_without_work_says_what_to_do_next(monkeypatch: pytest.MonkeyPatch) -> None:
    a_response()
    monkeypatch.setattr(today, "_sources", [])
    assert "可以从菜单开始" in signed_in(an_officer()).get(reverse("home")).content.decode()


def test_book_without_an_emergency_says_so_instead_of_failing() -> None:
    answer = signed_in(an_officer()).get(reverse("home"))
    assert answer.status_code == 409
    assert "还没有应急响应" in answer.content.decode()


def test_officer_chooses_the_emergency_to_work_on() -> None:
    older, newer = a_response("旧响应"), a_response("新响应")
    Response.objects.filter(pk=older.pk).update(started_on="2019-01-01")
    client = signed_in(an_officer())
    assert str(newer) in client.get(reverse("home")).content.decode()
    client.post(reverse("choose_response"), {"response": str(older.pk)})
    assert "<small>旧响应</small>" in client.get(reverse("home")).content.decode()


@pytest.mark.parametrize("wrong", ["", "x", "00000000-0000-0000-0000-000000000000"])
def test_emergency_that_is_not_there_cannot_be_chosen(wrong: str) -> None:
    a_response()
    assert signed_in(an_officer()).post(reverse("choose_response"), {"response": wrong}).status_code == 404


def test_language_of_the_officer_is_kept_in_the_register_and_logged() -> None:
    a_response()
    officer = an_officer()
    client = signed_in(officer)
    answer = client.post(reverse("preferences"), {"language": "en", "next": "/rules/"})
    assert answer["Location"] == "/rules/"
    officer.refresh_from_db()
    assert officer.language == "en"
    assert AuditEntry.objects.filter(action="choose_language").count() == 1
    assert 'lang="en"' in client.get(reverse("home")).content.decode()


def test_language_of_the_register_wins_over_that_of_the_browser() -> None:
    a_response()
    officer = an_officer()
    page = signed_in(officer).get(reverse("home"), HTTP_ACCEPT_LANGUAGE="en").content.decode()
    assert 'lang="zh-CN"' in page


def test_visitor_keeps_a_language_without_signing_in(client: Client) -> None:
    client.post(reverse("preferences"), {"language": "en", "next": reverse("account_login")})
    assert 'lang="en"' in client.get(reverse("account_login")).content.decode()


def test_theme_is_kept_and_unknown_values_are_not(client: Client) -> None:
    client.post(reverse("preferences"), {"theme": "dark"})
    assert 'data-bs-theme="dark"' in client.get(reverse("account_login")).content.decode()
    client.post(reverse("preferences"), {"theme": '"><script>', "language": "xx"})
    assert 'data-theme="dark"' in client.get(reverse("account_login")).content.decode()


@pytest.mark.parametrize(
    "away", ["https://example.org/", "//example.org", "javascript:alert(1)", "home", "a\x00b", ""]
)
def test_preferences_never_lead_away_from_the_house(client: Client, away: str) -> None:
    assert client.post(reverse("preferences"), {"theme": "light", "next": away})["Location"] == "/"


def test_health_answers_without_sign_in(client: Client) -> None:
    answer = client.get(reverse("health"))
    assert answer.json() == {"status": "ok"}
    assert "no-store" in answer["Cache-Control"]


def test_search_keeps_what_was_typed_and_escapes_it() -> None:
    a_response()
    page = signed_in(an_officer()).get(reverse("search"), {"q": "<b>兴"}).content.decode()
    assert "&lt;b&gt;兴" in page
    assert "<b>兴" not in page


def test_unknown_address_says_what_to_do(client: Client) -> None:
    answer = client.get("/no-such-page/")
    assert answer.status_code == 404
    assert "可以这样做" in answer.content.decode()


def test_missing_right_says_whom_to_ask() -> None:
    a_response()
    answer = signed_in(an_officer(Role.GIFT_CLERK)).get(reverse("audit"))
    assert answer.status_code == 403
    assert "系统管理员" in answer.content.decode()


def test_stale_form_says_that_nothing_was_written() -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post(reverse("preferences"), {"theme": "dark"})
    assert answer.status_code == 403
    assert "没有任何改动" in answer.content.decode()


def test_known_things_are_found_only_by_officers(client: Client) -> None:
    assert client.get(reverse("known", args=["body"])).status_code == 302
    a_response()
    officer = an_officer()
    assert signed_in(officer).get(reverse("known", args=["no-such"])).status_code == 404


def test_page_makes_the_same_number_of_queries_for_few_entries_and_many(
    django_assert_max_num_queries: DjangoAssertNumQueries,
) -> None:
    a_response()
    officer = an_officer(Role.AUDITOR)
    client = signed_in(officer)
    client.get(reverse("audit"))
    for many in (2, 40):
        _entries(an_officer(), many)
        with django_assert_max_num_queries(24):
            assert client.get(reverse("audit")).status_code == 200


def test_entry_is_a_sentence_with_the_values_before_and_after() -> None:
    a_response()
    writer = an_officer(name="安俐")
    _entries(writer, 1)
    entry = AuditEntry.objects.get(action="choose_language")
    client = signed_in(an_officer(Role.AUDITOR))
    assert "安俐选择了界面语言" in client.get(reverse("audit")).content.decode()
    page = client.get(reverse("audit_entry", args=[entry.pk])).content.decode()
    assert "界面语言" in page
    assert "en" in page
    assert entry.digest in page


def test_history_of_one_thing_holds_nothing_else() -> None:
    a_response()
    one, other = an_officer(name="安俐"), an_officer(name="周明")
    _entries(one, 1)
    _entries(other, 1)
    client = signed_in(an_officer(Role.AUDITOR))
    page = client.get(reverse("audit_subject", args=["people.officer", str(one.pk)])).content.decode()
    assert "安俐选择了" in page
    assert "周明选择了" not in page


def test_log_of_a_township_shows_what_its_officers_did_and_not_the_countys() -> None:
    a_response()
    county, town = a_county(), a_township()
    ours, theirs = an_officer(name="本镇的"), an_officer(name="县里的")
    ours.body, theirs.body = a_body(area=town), a_body(area=county)
    ours.save()
    theirs.save()
    _entries(ours, 1)
    _entries(theirs, 1)
    client = signed_in(an_officer(Role.AUDITOR, area=town))
    page = client.get(reverse("audit")).content.decode()
    assert "本镇的" in page
    assert "县里的" not in page
    hidden = AuditEntry.objects.get(officer=theirs)
    assert client.get(reverse("audit_entry", args=[hidden.pk])).status_code == 404


def test_officer_sees_the_own_exports_and_a_reader_of_the_log_all() -> None:
    a_response()
    one, other = an_officer(Role.GIFT_CLERK), an_officer(Role.GIFT_CLERK)
    for officer, table in ((one, "我的表"), (other, "别人的表")):
        ExportEntry.objects.create(
            officer=officer, table=table, purpose="报县里", row_count=1, expires_on="2030-01-01"
        )
    mine = signed_in(one).get(reverse("exports")).content.decode()
    assert "我的表" in mine
    assert "别人的表" not in mine
    assert "别人的表" in signed_in(an_officer(Role.AUDITOR)).get(reverse("exports")).content.decode()


def test_reads_of_personal_data_are_listed() -> None:
    a_response()
    officer = an_officer(name="安俐")
    ReadEntry.objects.create(officer=officer, person_id=officer.pk, person_name="王一", what="电话")
    page = signed_in(an_officer(Role.AUDITOR)).get(reverse("reads")).content.decode()
    assert "王一" in page
    assert "安俐" in page


def test_rules_say_what_they_ask_where_it_is_written_and_whether_it_was_checked() -> None:
    a_response()
    client = signed_in(an_officer(Role.READER))
    page = client.get(reverse("rules")).content.decode()
    assert "giving-2024" in page
    page = client.get(reverse("rule_profile", args=["giving-2024"])).content.decode()
    assert "5日内" in page
    assert "慈善法(2023修正)" in page
    assert "待对照条文" in page
    assert client.get(reverse("rule_profile", args=["no-such"])).status_code == 404
    page = client.get(reverse("rule_profile", args=["gate-2020-01"])).content.decode()
    assert "快递外卖：进入 不可以；物品放置取货架 是" in page


def test_visitors_have_no_navigation(client: Client) -> None:
    page = client.get("/no-such-page/").content.decode()
    assert 'id="navigation"' not in page


def _entries(officer: Officer, many: int) -> None:
    for number in range(many):
        choose_language(
            Actor(officer, Origin.DESK, "127.0.0.1"), language="en" if number % 2 == 0 else "zh-hans"
        )


def test_a_browser_that_asks_for_the_icon_finds_it(client: Client) -> None:
    answer = client.get("/favicon.ico")
    assert answer.status_code == 301
    assert answer["location"].endswith("mark.svg")
