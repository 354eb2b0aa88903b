"""The pages, as they are sent and answered."""

from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from lianfang.book.rights import Role
from lianfang.inspections import actions
from lianfang.inspections.actions import Line
from lianfang.inspections.models import Checklist, Finding, Inspection, RectificationOrder, Visit
from lianfang.inspections.standing import Stage, standings_of
from lianfang.inspections.tests.builders import a_finding, a_place, an_inspector
from lianfang.inspections.tests.test_inspections import a_photo_file
from lianfang.people.models import Officer
from lianfang.people.tests.builders import a_body, a_response, an_officer

pytestmark = pytest.mark.django_db


def signed_in(officer: Officer) -> Client:
    a_response()
    client = Client()
    client.force_login(officer, backend="django.contrib.auth.backends.ModelBackend")
    return client


@pytest.fixture
def inspector() -> Client:
    return signed_in(an_officer(Role.INSPECTOR))


def moment(days: int = 0) -> str:
    return (timezone.localtime() + timedelta(days=days)).strftime("%Y-%m-%dT%H:%M")


@pytest.mark.parametrize(
    "name", ["inspections", "ledger", "orders", "statistics", "checklists", "visits", "begin", "visit_new"]
)
def test_page_opens_while_the_book_is_empty(inspector: Client, name: str) -> None:
    assert inspector.get(reverse(f"inspections:{name}")).status_code == 200


def test_an_inspection_is_written_down_with_its_problems_and_photos(inspector: Client) -> None:
    body = a_body()
    place = a_place(body=body)
    checklist = actions.publish_checklist(
        an_inspector(), theme="值守", lines=[Line("门口有人"), Line("有登记")]
    )
    begun = inspector.get(reverse("inspections:begin"), {"place": place.pk, "checklist": checklist.pk})
    assert begun.status_code == 302
    assert inspector.get(begun["Location"]).status_code == 200
    answer = inspector.post(
        begun["Location"],
        {
            "happened_at": moment(),
            "inspectors": "张三、李四",
            "unannounced": "on",
            "responsible_body": body.pk,
            "deadline": moment(1),
            "row0-answer": "no",
            "row0-text": "凌晨无人",
            "row1-answer": "yes",
            "row2-text": "电线裸露",
            "row2-fixed_on_spot": "on",
            "photos": SimpleUploadedFile("a.jpg", a_photo_file(), "image/jpeg"),
        },
    )
    made = Inspection.objects.get()
    assert answer["Location"] == reverse("inspections:inspection", args=[made.pk])
    assert sorted(Finding.objects.values_list("text", "fixed_on_spot")) == [
        ("凌晨无人", False),
        ("电线裸露", True),
    ]
    page = inspector.get(answer["Location"]).content.decode()
    assert "凌晨无人" in page
    picture = inspector.get(reverse("inspections:photo", args=made.photos))
    assert picture["Content-Type"] == "image/jpeg"


def test_a_problem_without_a_responsible_body_is_said_at_the_field(inspector: Client) -> None:
    place = a_place()
    address = reverse("inspections:record", args=[place.pk])
    answer = inspector.post(address, {"happened_at": moment(), "inspectors": "张三", "row0-text": "无人"})
    assert "请选择责任单位" in answer.content.decode()
    assert not Inspection.objects.exists()


def test_a_broken_photo_refuses_the_whole_inspection(inspector: Client) -> None:
    address = reverse("inspections:record", args=[a_place().pk])
    answer = inspector.post(
        address,
        {
            "happened_at": moment(),
            "inspectors": "张三",
            "photos": SimpleUploadedFile("a.jpg", b"no picture", "image/jpeg"),
        },
    )
    page = answer.content.decode()
    assert "不是可用的照片" not in page or "张三" in page
    assert not Inspection.objects.exists()


def test_the_way_of_a_finding_is_walked_on_its_page(inspector: Client) -> None:
    body = a_body()
    finding = a_finding(body=body)
    address = reverse("inspections:finding", args=[finding.root_id])
    lead = signed_in(an_officer(Role.PLACE_LEAD, body=body))
    page = inspector.get(address).content.decode()
    assert "下达交办单" in page
    ordered = inspector.post(
        reverse("inspections:order_new", args=[finding.root_id]),
        {"kind": "order", "issuer": a_body().pk, "reply_by": moment(1), "finding": finding.root_id},
    )
    assert inspector.get(ordered["Location"]).status_code == 200
    order = RectificationOrder.objects.get()
    for form, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        paper = lead.get(reverse("inspections:order_paper", args=[order.pk, form]))
        assert paper.content.startswith(start)
    lead.post(address, {"verb": "rectify", "rectify-measures": "已安排两人"})
    inspector.post(address, {"verb": "reinspect", "reinspect-verdict": "closed"})
    assert standings_of([finding.root_id])[finding.root_id].stage is Stage.CLOSED
    after = inspector.get(address).content.decode()
    assert "已安排两人" in after
    assert "登记整改" not in after
    ledger = inspector.get(reverse("inspections:ledger"), {"stage": "closed"}).content.decode()
    assert order.number in ledger


def test_who_has_no_part_in_a_finding_does_not_find_it() -> None:
    finding = a_finding()
    stranger = signed_in(an_officer(Role.PLACE_LEAD, body=a_body()))
    assert stranger.get(reverse("inspections:finding", args=[finding.root_id])).status_code == 404


def test_a_checklist_is_written_line_by_line(inspector: Client) -> None:
    address = reverse("inspections:checklist_new")
    wrong = inspector.post(address, {"theme": "夜查", "lines": "门口有人 | 特别重"})
    assert "不是问题类别" in wrong.content.decode()
    inspector.post(address, {"theme": "夜查", "lines": "门口有人 | 值班值守 | 较重\n\n有登记"})
    checklist = Checklist.objects.get()
    assert list(checklist.items.values_list("kind", "severity")) == [("duty", "serious"), ("other", "minor")]
    again = inspector.get(address, {"from": checklist.pk}).content.decode()
    assert "门口有人 | 值班值守 | 较重" in again
    assert inspector.get(reverse("inspections:checklist", args=[checklist.pk])).status_code == 200


def test_a_visit_is_written_down(inspector: Client) -> None:
    place = a_place()
    address = reverse("inspections:visit_new")
    assert "请选择场所" in inspector.post(address, {"visitors": "某主席"}).content.decode()
    inspector.post(address, {"visitors": "某主席", "place": place.pk, "brought": "方便面 10箱\n热水袋"})
    assert Visit.objects.get().brought == ["方便面 10箱", "热水袋"]
    assert "热水袋" in inspector.get(reverse("inspections:visits")).content.decode()


def test_the_sheet_before_a_walk_names_what_is_open(inspector: Client) -> None:
    place = a_place()
    a_finding(place=place, text="消毒记录缺两天")
    page = inspector.get(reverse("inspections:walk", args=[place.pk])).content.decode()
    assert "消毒记录缺两天" in page
    paper = inspector.get(reverse("inspections:walk_paper", args=[place.pk, "pdf"]))
    assert paper.content.startswith(b"%PDF")


def test_statistics_say_what_was_found_most(inspector: Client) -> None:
    a_finding()
    page = inspector.get(reverse("inspections:statistics")).content.decode()
    assert "值班值守的问题最多,1项" in page


def test_html_in_a_problem_is_shown_as_text(inspector: Client) -> None:
    finding = a_finding(text="<script>alert(1)</script>")
    page = inspector.get(reverse("inspections:finding", args=[finding.root_id])).content.decode()
    assert "<script>alert" not in page


def test_an_inspection_of_which_no_line_was_answered_is_refused_on_top_of_the_page(inspector: Client) -> None:
    place = a_place()
    inspector.post(reverse("inspections:checklist_new"), {"theme": "夜查", "lines": "门口有人"})
    address = f"{reverse('inspections:record', args=[place.pk])}?checklist={Checklist.objects.get().pk}"
    sent = {"happened_at": "2020-02-10 21:00", "inspectors": "张三", "row0-answer": "not_seen"}
    page = inspector.post(address, sent).content.decode()
    assert "检查表一项也没有查看" in page
    assert "张三" in page
    without = inspector.post(reverse("inspections:record", args=[place.pk]), sent).content.decode()
    assert "什么也没有写" in without
    assert not Inspection.objects.exists()
    assert inspector.post(address, {**sent, "row0-answer": "yes"}).status_code == 302


def test_a_walk_sheet_tells_who_is_on_duty_and_prints_it(inspector: Client) -> None:
    place = a_place()
    page = inspector.get(reverse("inspections:walk", args=[place.pk])).content.decode()
    assert "现在谁在值班" in page
    paper = inspector.get(reverse("inspections:walk_paper", args=[place.pk, "pdf"]))
    assert paper.content.startswith(b"%PDF")
