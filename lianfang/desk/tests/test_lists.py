"""Lists: search, filters, sort, pages, export; the same number of queries for few rows and many."""

import csv
import io
from datetime import date, timedelta
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.contrib.messages.storage.cookie import CookieStorage
from django.http import HttpRequest, HttpResponse, QueryDict
from django.test import RequestFactory
from openpyxl import load_workbook
from pytest_django import DjangoAssertNumQueries

from lianfang.book.models import AuditEntry, ExportEntry
from lianfang.book.rights import Role
from lianfang.desk.lists import Choice, Column, DateRange, Empty, Kind, List, Of, Text
from lianfang.desk.masking import masked_name
from lianfang.desk.states import State, Tone
from lianfang.people.models import Body, BodyKind, Grant, Officer, Person
from lianfang.people.tests.builders import a_body, a_county, a_person, a_response, an_officer


def _kind(body: Body) -> State:
    return State(body.get_kind_display(), Tone.PLAIN)


BODIES = List(
    code="bodies",
    title="单位",
    columns=[
        Column("name", "全称", "name", sort="name"),
        Column("area", "属地", "area.name", sort="area__name"),
        Column("kind", "类别", _kind, Kind.STATE, sort="kind"),
        Column("count", "字数", lambda body: len(body.name), Kind.COUNT),
    ],
    order="name",
    filters=[
        Choice("kind", "类别", BodyKind.choices, "kind"),
        Text("code", "信用代码", "credit_code"),
        DateRange("made", "建册", "created_at"),
    ],
    search=["name", "area__name"],
    opens=lambda body: f"/bodies/{body.pk}/",
    empty=Empty("还没有单位。", "登记一个", "home"),
)
PERSONS = List(
    code="persons",
    title="人员",
    columns=[Column("name", "姓名", "name", sort="name", mask=masked_name)],
    order="name",
)
GRANTS = List(
    code="grants",
    title="授权",
    columns=[Column("from", "起", "valid_from", Kind.DAY, sort="valid_from")],
    order="from",
    filters=[DateRange("from", "起始", "valid_from", Of.DAY)],
)

pytestmark = pytest.mark.django_db


def test_words_are_looked_for_in_all_search_fields() -> None:
    a_body("云溪县工商联")
    a_body("石桥镇商会")
    assert _names(BODIES, "q=商会") == ["石桥镇商会"]
    assert _names(BODIES, "q=云溪 商会") == ["石桥镇商会"], "both words, one in the area's name"
    assert _names(BODIES, "q=没有这个") == []


def test_choice_narrows_the_list_and_an_unknown_choice_does_not() -> None:
    a_body("甲企业")
    a_body("乙商会", BodyKind.CHAMBER)
    assert _names(BODIES, "kind=chamber") == ["乙商会"]
    assert len(_names(BODIES, "kind=no-such-kind")) == 2


def test_date_range_takes_whole_days_of_china() -> None:
    a_body("甲企业")
    today = date.today()
    assert _names(BODIES, f"made_from={today - timedelta(days=1)}&made_to={today + timedelta(days=1)}")
    assert not _names(BODIES, f"made_to={today - timedelta(days=2)}")


def test_wrong_date_is_said_and_narrows_nothing() -> None:
    a_body("甲企业")
    shown = BODIES.show(_get("made_from=gestern"), Body.objects.all())
    assert shown.count == 1
    assert "made_from" in shown.form.errors


def test_days_are_compared_as_days() -> None:
    officer = an_officer()
    Grant.objects.update(valid_from=date(2020, 2, 10))
    rows = Grant.objects.filter(officer=officer)
    assert GRANTS.show(_get("from_from=2020-02-10&from_to=2020-02-10"), rows).count == 1
    assert GRANTS.show(_get("from_from=2020-02-11"), rows).count == 0


def test_list_sorts_by_a_column_both_ways_and_ignores_unknown_ones() -> None:
    for name in ("丙", "甲", "乙"):
        a_body(name)
    up = _names(BODIES, "sort=name")
    assert _names(BODIES, "sort=-name") == up[::-1]
    assert _names(BODIES, "sort=password") == up
    assert _names(BODIES, "sort=-count") == up, "a column that does not sort is no order"


def test_head_of_the_sorted_column_turns_the_order_around() -> None:
    head = BODIES.show(_get("sort=name&page=3&q=x"), Body.objects.all()).heads[0]
    assert head.sorted == "ascending"
    query = QueryDict(head.query.lstrip("?"))
    assert query["sort"] == "-name"
    assert query["q"] == "x"
    assert "page" not in query


def test_rows_without_a_value_stand_last() -> None:
    nowhere = Body.objects.create(name="没有属地的", kind=BodyKind.ENTERPRISE)
    a_body("有属地的")
    for order in ("area", "-area"):
        assert _names(BODIES, f"sort={order}")[-1] == nowhere.name


def test_missing_part_of_a_path_is_an_empty_cell() -> None:
    Body.objects.create(name="没有属地的", kind=BodyKind.ENTERPRISE)
    row = BODIES.show(_get(), Body.objects.all()).shown_rows[0]
    assert row.cells[1].html == ""


def test_pages_hold_the_rows_that_the_settings_say(settings: Any) -> None:
    settings.ROWS_A_PAGE = 2
    for number in range(5):
        a_body(f"企业{number}")
    shown = BODIES.show(_get("page=2"), Body.objects.all())
    assert [row.row.name for row in shown.shown_rows] == ["企业2", "企业3"]
    assert shown.count == 5
    assert BODIES.show(_get("page=99"), Body.objects.all()).page.number == 3
    assert BODIES.show(_get("page=x"), Body.objects.all()).page.number == 1


def test_number_of_queries_does_not_grow_with_the_rows(
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    request = _get(officer=an_officer())
    for many in (3, 40):
        for _number in range(many):
            a_body()
        with django_assert_num_queries(2):
            shown = BODIES.show(request, Body.objects.select_related("area"))
            assert len(shown.shown_rows) == min(shown.count, 50)


def test_name_of_a_body_is_never_markup() -> None:
    a_body("<script>alert(1)</script>")
    assert "<script>" not in BODIES.show(_get(), Body.objects.all()).shown_rows[0].cells[0].html


def test_htmx_gets_the_rows_alone(rf: RequestFactory) -> None:
    a_body("甲企业")
    answer = _respond(BODIES, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="list-bodies")
    assert "<html" not in answer
    assert "甲企业" in answer
    whole = _respond(BODIES, HTTP_HX_REQUEST="true", HTTP_HX_TARGET="list-bodies",
                     HTTP_HX_HISTORY_RESTORE_REQUEST="true")  # fmt: skip
    assert "<html" in whole


def test_answer_varies_by_what_htmx_asks() -> None:
    assert "HX-Request" in BODIES.respond(_get(officer=_officer()), Body.objects.all())["Vary"]


def test_empty_list_says_what_to_do_next() -> None:
    assert "登记一个" in _respond(BODIES)


def test_empty_result_offers_to_clear_the_search() -> None:
    a_body("甲企业")
    answer = _respond(BODIES, "q=没有这个")
    assert "登记一个" not in answer
    assert "清除搜索与筛选" in answer


def test_visitor_without_sign_in_sees_the_list_and_no_export() -> None:
    a_body("甲企业")
    request = _get()
    request.user = AnonymousUser()
    answer = BODIES.respond(request, Body.objects.all(), template="desk/list.html").content.decode()
    assert "甲企业" in answer
    assert 'name="export"' not in answer


def test_export_holds_all_rows_that_fit_in_order_and_is_logged(settings: Any) -> None:
    settings.ROWS_A_PAGE = 1
    for name in ("丙企业", "甲企业", "乙商会"):
        a_body(name)
    officer = _officer()
    answer = _export(BODIES, officer, Body.objects.all(), "q=企业&sort=-name", format="csv")
    rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert rows[0] == ["全称", "属地", "类别", "字数"]
    assert [row[0] for row in rows[1:]] == sorted(["丙企业", "甲企业"], reverse=True)
    entry = ExportEntry.objects.get()
    assert (entry.table, entry.purpose, entry.row_count, entry.masked) == ("单位", "报县指挥部", 2, True)
    assert AuditEntry.objects.filter(action="export_table").count() == 1


def test_xlsx_says_who_made_it_and_what_for() -> None:
    a_body("=1+1")
    answer = _export(BODIES, _officer(), Body.objects.all(), format="xlsx")
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert "报县指挥部" in sheet["A1"].value
    assert sheet["A3"].value == "=1+1"
    assert sheet["A3"].data_type == "s", "a name is never a formula"


def test_csv_does_not_hand_a_formula_to_the_spreadsheet() -> None:
    a_body("=cmd()")
    answer = _export(BODIES, _officer(), Body.objects.all(), format="csv")
    assert "\r\n'=cmd()" in answer.content.decode("utf-8-sig")


@pytest.mark.parametrize("purpose", ["", "  ", "长" * 201])
def test_export_without_a_purpose_is_refused_and_not_logged(purpose: str) -> None:
    a_body("甲企业")
    answer = _export(BODIES, _officer(), Body.objects.all(), purpose=purpose, format="csv")
    assert answer["Content-Type"].startswith("text/html")
    assert "用途" in answer.content.decode()
    assert not ExportEntry.objects.exists()


def test_personal_columns_are_masked_by_default() -> None:
    a_person("欧阳修")
    answer = _export(PERSONS, _officer(), Person.objects.all(), format="csv")
    assert "欧*修" in answer.content.decode()


def test_whole_personal_data_need_the_right_and_are_logged_as_such() -> None:
    a_person("欧阳修")
    reader = _officer(Role.READER)
    assert (
        "欧*修" in _export(PERSONS, reader, Person.objects.all(), format="csv", whole="on").content.decode()
    )
    office = _officer(Role.FEDERATION_OFFICE)
    assert (
        "欧阳修" in _export(PERSONS, office, Person.objects.all(), format="csv", whole="on").content.decode()
    )
    assert list(ExportEntry.objects.order_by("at").values_list("masked", flat=True)) == [True, False]


def test_list_that_is_ordered_by_nothing_is_a_mistake_of_the_program() -> None:
    wrong = List(code="x", title="x", columns=[Column("a", "a", "name")], order="a")
    with pytest.raises(ValueError, match="does not sort"):
        _ = wrong.show(_get(), Body.objects.all()).rows


def _officer(role: str = Role.FEDERATION_OFFICE) -> Officer:
    a_response()
    a_county()
    return an_officer(role)


def _get(query: str = "", officer: Officer | None = None, **headers: str) -> HttpRequest:
    request = RequestFactory().get(f"/somewhere/?{query}", **headers)
    return _prepared(request, officer)


def _prepared(request: HttpRequest, officer: Officer | None) -> HttpRequest:
    request.user = officer or AnonymousUser()
    request.response = None  # type: ignore[attr-defined]
    request._messages = CookieStorage(request)  # type: ignore[attr-defined]
    return request


def _names(listing: List, query: str) -> list[str]:
    return [row.row.name for row in listing.show(_get(query), Body.objects.all()).shown_rows]


def _respond(listing: List, query: str = "", **headers: str) -> str:
    return listing.respond(_get(query, _officer(), **headers), Body.objects.all()).content.decode()


def _export(
    listing: List,
    officer: Officer,
    rows: Any,
    query: str = "",
    *,
    format: str,
    purpose: str = "报县指挥部",
    **more: str,
) -> HttpResponse:
    request = RequestFactory().post(f"/somewhere/?{query}", {"export": format, "purpose": purpose, **more})
    return listing.respond(_prepared(request, officer), rows)
