"""Registers from a table: any order of columns, bad rows named, twice changes nothing."""

import pytest

from lianfang.book.errors import NotAllowed
from lianfang.book.models import AuditEntry
from lianfang.book.rights import COUNTY, Reach, Right, Role
from lianfang.people import actions, queries
from lianfang.people.actions import BadRows, RowsRefused
from lianfang.people.importing import NoHeader, Table, read_rows
from lianfang.people.models import Body, BodyAlias, BodyKind, Person, PostHeld
from lianfang.people.tests.builders import a_body, a_county, a_township, an_actor

pytestmark = pytest.mark.django_db

EVERYWHERE = Reach(everywhere=True)
# Made of an invented birthday, with a right check digit.
ID_NUMBER = "379901199003070011"


def test_columns_are_known_by_their_heads_in_any_order() -> None:
    town = a_township("石桥镇")
    rows = [
        ["2020年会员名册", "", ""],
        ["序号", "镇街", "企业名称*", "简称", "类型"],
        ["1", "石桥镇", "云溪县晨光竹编有限公司", "晨光竹编", "企业"],
    ]
    actions.import_rows(an_actor(), table=Table.BODIES, rows=rows)
    body = Body.objects.get()
    assert (body.name, body.kind, body.area) == ("云溪县晨光竹编有限公司", BodyKind.ENTERPRISE, town)
    assert queries.the_body_called("晨光竹编") == body


def test_columns_that_are_not_understood_are_named() -> None:
    a_county()
    reading = read_rows(Table.BODIES, [["名称", "法人代表"], ["晨光竹编有限公司", "某某"]], EVERYWHERE)
    assert reading.not_understood == ("法人代表",)


def test_a_table_without_a_head_is_refused_with_a_sentence() -> None:
    with pytest.raises(NoHeader, match="单位名称"):
        read_rows(Table.BODIES, [["晨光竹编有限公司", "企业"]], EVERYWHERE)


def test_a_bad_row_keeps_the_whole_table_out_and_is_named() -> None:
    a_county()
    rows = [["名称", "类别"], ["晨光竹编有限公司", ""], ["某某", ""], ["x" * 500, "企业"]]
    with pytest.raises(RowsRefused) as refused:
        actions.import_rows(an_actor(), table=Table.BODIES, rows=rows)
    assert [(row.number, row.column) for row in refused.value.rows] == [(3, "类别"), (4, "单位名称")]
    assert "500" in refused.value.rows[1].message
    assert not Body.objects.exists()


def test_bad_rows_are_left_out_and_named_when_the_officer_chooses_so() -> None:
    a_county()
    rows = [["名称", "属地"], ["晨光竹编有限公司", ""], ["远山竹器厂", "没有的镇"]]
    done = actions.import_rows(an_actor(), table=Table.BODIES, rows=rows, bad_rows=BadRows.LEAVE_OUT)
    assert (done.added, [row.number for row in done.left_out]) == (1, [3])
    assert "没有的镇" in done.left_out[0].message
    assert Body.objects.get().name == "晨光竹编有限公司"


def test_the_same_table_twice_changes_nothing() -> None:
    a_township("石桥镇")
    rows = [["名称", "属地", "简称"], ["晨光竹编有限公司", "石桥镇", "晨光"], ["石桥镇商会", "石桥镇", ""]]
    actor = an_actor()
    actions.import_rows(actor, table=Table.BODIES, rows=rows)
    entries = AuditEntry.objects.count()
    again = actions.import_rows(actor, table=Table.BODIES, rows=rows)
    assert (again.added, again.there, again.left_out) == (0, 2, ())
    assert AuditEntry.objects.count() == entries
    assert BodyAlias.objects.count() == 1


def test_a_row_that_comes_twice_in_a_table_is_named() -> None:
    a_county()
    reading = read_rows(Table.BODIES, [["名称"], ["晨光竹编有限公司"], ["晨光竹编有限公司"]], EVERYWHERE)
    assert [(row.number, row.message) for row in reading.bad] == [(3, "与第 2 行重复。")]


def test_a_body_known_under_an_alias_is_not_added_again() -> None:
    actor = an_actor()
    body = a_body("云溪县晨光竹编有限公司")
    actions.add_alias(actor, body=body, name="晨光竹编有限公司")
    done = actions.import_rows(actor, table=Table.BODIES, rows=[["名称"], ["晨光竹编有限公司"]])
    assert (done.added, done.there) == (0, 1)


def test_rows_outside_the_officers_town_cannot_be_taken() -> None:
    here = a_township("石桥镇")
    a_township("柳湾镇")
    actor = an_actor(Role.FEDERATION_OFFICE, area=here)
    rows = [["名称", "属地"], ["晨光竹编有限公司", "石桥镇"], ["远山竹器有限公司", "柳湾镇"]]
    done = actions.import_rows(actor, table=Table.BODIES, rows=rows, bad_rows=BadRows.LEAVE_OUT)
    assert [row.number for row in done.left_out] == [3]
    with pytest.raises(NotAllowed):
        actions.import_rows(actor, table=Table.BODIES, rows=[rows[0], rows[2]])


def test_persons_come_with_posts_and_sealed_numbers() -> None:
    chamber = a_body("石桥镇商会", BodyKind.CHAMBER)
    rows = [
        ["手机号", "姓名", "职务", "单位", "身份证号"],
        ["139 0000 0001", "林晓", "会长、党支部书记", "石桥镇商会", ID_NUMBER],
    ]
    actor = an_actor()
    actions.import_rows(actor, table=Table.PERSONS, rows=rows)
    person = Person.objects.get()
    assert person.open_phone() == "13900000001"
    assert person.open_document_number() == ID_NUMBER
    assert ID_NUMBER not in person.document_number
    assert set(PostHeld.objects.values_list("body__name", "title")) == {
        (chamber.name, "会长"),
        (chamber.name, "党支部书记"),
    }
    assert actions.import_rows(actor, table=Table.PERSONS, rows=rows).added == 0


def test_a_wrong_check_digit_is_named_with_its_row_and_without_the_number() -> None:
    a_county()
    wrong = ID_NUMBER[:-1] + "2"
    reading = read_rows(Table.PERSONS, [["姓名", "身份证号"], ["林晓", wrong]], EVERYWHERE)
    (bad,) = reading.bad
    assert (bad.number, bad.column) == (2, "证件号码")
    assert "校验位" in bad.message
    assert wrong not in bad.value


def test_the_audit_log_never_holds_an_imported_number() -> None:
    a_county()
    actions.import_rows(
        an_actor(),
        table=Table.PERSONS,
        rows=[["姓名", "身份证号", "电话"], ["林晓", ID_NUMBER, "13900000001"]],
    )
    written = str(list(AuditEntry.objects.values_list("values", flat=True)))
    assert ID_NUMBER not in written
    assert "13900000001" not in written


def test_reading_takes_the_same_number_of_queries_for_any_number_of_rows(
    django_assert_num_queries: object,
) -> None:
    a_county()
    few = [["名称"], *([f"第{number}有限公司"] for number in range(3))]
    many = [["名称"], *([f"第{number}有限公司"] for number in range(300))]
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as first:
        read_rows(Table.BODIES, few, EVERYWHERE)
    with CaptureQueriesContext(connection) as second:
        read_rows(Table.BODIES, many, EVERYWHERE)
    assert len(first) == len(second)


def test_an_imported_body_is_found_by_its_initials() -> None:
    a_county()
    actor = an_actor()
    actions.import_rows(actor, table=Table.BODIES, rows=[["名称"], ["晨光竹编有限公司"]])
    assert [found.line.name for found in queries.find_bodies(actor.officer, "zbyx")] == ["晨光竹编有限公司"]
    assert actor.officer.may(Right.READ_BOOK, COUNTY)
