"""The pages: who may open them, what they show, what a form answers."""

from collections.abc import Callable
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from lianfang.book.models import ReadEntry
from lianfang.book.rights import Role
from lianfang.people import actions, queries
from lianfang.people.models import (
    Area,
    Body,
    Document,
    DocumentKind,
    Grant,
    ImportDraft,
    Officer,
    Person,
)
from lianfang.people.tests.builders import (
    a_body,
    a_county,
    a_person,
    a_response,
    a_township,
    an_actor,
    an_officer,
)

pytestmark = pytest.mark.django_db

ID_NUMBER = "379901199003070011"


def signed_in(role: str | None = Role.FEDERATION_OFFICE, **where: Any) -> Client:
    a_response()
    client = Client()
    client.force_login(an_officer(role, **where))
    return client


def page(client: Client, name: str, *args: object, **query: str) -> str:
    answer = client.get(reverse(name, args=args), query)
    assert answer.status_code == 200, answer.status_code
    return answer.content.decode()


LINES: dict[str, Callable[[], list[object]]] = {
    "bodies": list,
    "body_new": list,
    "body": lambda: [a_body(area=a_township("石桥镇")).pk],
    "body_edit": lambda: [a_body(area=a_township("石桥镇")).pk],
    "alias_new": lambda: [a_body(area=a_township("石桥镇")).pk],
    "member_new": lambda: [a_body(area=a_township("石桥镇")).pk],
    "member_count_new": lambda: [a_body(area=a_township("石桥镇")).pk],
    "document_new": lambda: [a_body(area=a_township("石桥镇")).pk],
    "leading_group_new": lambda: [a_body(area=a_township("石桥镇")).pk],
    "merge": lambda: [a_body(area=a_township("石桥镇")).pk],
    "resemblances": list,
    "areas": list,
    "area_new": list,
    "area": lambda: [a_township("石桥镇").pk],
    "area_edit": lambda: [a_township("石桥镇").pk],
    "area_move": lambda: [a_township("石桥镇").pk],
    "persons": list,
    "person_new": list,
    "person": lambda: [a_person(area=a_township("石桥镇")).pk],
    "person_edit": lambda: [a_person(area=a_township("石桥镇")).pk],
    "person_number": lambda: [a_person(area=a_township("石桥镇")).pk],
    "person_phone": lambda: [a_person(area=a_township("石桥镇")).pk],
    "person_open": lambda: [a_person(area=a_township("石桥镇")).pk, "phone"],
    "post_new": lambda: [a_person(area=a_township("石桥镇")).pk],
    "assignments": list,
    "assignment_new": list,
    "register_import": list,
}


@pytest.mark.parametrize("name", LINES)
def test_a_page_opens_for_the_office(name: str) -> None:
    page(signed_in(), name, *LINES[name]())


@pytest.mark.parametrize("name", LINES)
def test_a_page_asks_for_sign_in(name: str) -> None:
    answer = Client().get(reverse(name, args=LINES[name]()))
    assert answer.status_code == 302
    assert reverse("account_login") in answer["Location"]


@pytest.mark.parametrize("name", [name for name in LINES if LINES[name]])
def test_a_line_of_another_town_is_not_found(name: str) -> None:
    client = signed_in(area=a_township("柳湾镇"))
    args = LINES[name]()
    if args:
        assert client.get(reverse(name, args=args)).status_code == 404


@pytest.mark.parametrize("name", ["body_new", "persons", "register_import", "officers", "resemblances"])
def test_a_reader_is_refused_what_he_has_no_right_to(name: str) -> None:
    assert signed_in(Role.READER).get(reverse(name)).status_code == 403


def test_an_empty_list_says_what_to_do() -> None:
    assert "登记单位" in page(signed_in(), "bodies")


def test_a_body_is_registered_by_the_form_and_found_by_initials() -> None:
    client = signed_in()
    answer = client.post(
        reverse("body_new"), {"name": "云溪县竹编业商会", "kind": "chamber", "area": str(a_county().pk)}
    )
    body = Body.objects.get()
    assert answer["Location"] == reverse("body", args=[body.pk])
    assert "云溪县竹编业商会" in page(client, "bodies", q="zbysh")
    assert "云溪县竹编业商会" not in page(client, "bodies", q="cyxh")


def test_what_was_typed_stays_when_a_form_is_refused() -> None:
    client = signed_in()
    answer = client.post(reverse("body_new"), {"name": "商" * 500, "kind": "chamber"})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "请写在 120 字以内(现有 500 字)" in text
    assert "商" * 500 in text
    assert not Body.objects.exists()


def test_markup_in_a_name_is_shown_as_text() -> None:
    client = signed_in()
    body = a_body("<script>alert(1)</script>商会")
    for text in (page(client, "body", body.pk), page(client, "bodies")):
        assert "<script>alert(1)" not in text
        assert "&lt;script&gt;alert(1)" in text


def test_two_people_editing_a_body_are_told() -> None:
    client, body = signed_in(), a_body("甲商会")
    actions.change_body(an_actor(), body=body, **a_bodys_values(body, name="甲商会(新)"))
    seen = queries.version_of(body)
    actions.change_body(an_actor(), body=body, **a_bodys_values(body, name="甲商会(再新)"))
    answer = client.post(
        reverse("body_edit", args=[body.pk]), {"name": "乙商会", "kind": "chamber", "seen": seen}
    )
    assert answer.status_code == 422
    assert "刚才已有人处理过" in answer.content.decode()
    body.refresh_from_db()
    assert body.name == "甲商会(再新)"


def a_bodys_values(body: Body, **changes: object) -> dict[str, Any]:
    fields = ("name", "kind", "area", "parent", "credit_code", "may_issue_receipts", "remark")
    return {**{name: getattr(body, name) for name in fields}, **changes}


def test_pairs_are_decided_by_keyboard_and_merged_after_a_preview() -> None:
    client, actor = signed_in(), an_actor()
    one, other = a_body("金属板材商会", "chamber"), a_body("板材商会", "chamber")
    actions.propose_aliases(actor)
    text = page(client, "resemblances")
    for key in ("Enter", "x"):
        assert f'data-key="{key}"' in text
    preview = page(client, "merge", one.pk, into=str(other.pk))
    assert "「金属板材商会」今后各处显示为「板材商会」" in preview
    answer = client.post(reverse("merge_now", args=[one.pk]), {"into": str(other.pk)}, follow=True)
    assert "已并入" in answer.content.decode()
    assert queries.canonical_body(Body.objects.get(pk=one.pk)) == other
    client.post(reverse("undo_merge", args=[one.pk]))
    assert queries.canonical_body(Body.objects.get(pk=one.pk)) == one


def test_a_pair_kept_apart_leads_to_the_next() -> None:
    client, actor = signed_in(), an_actor()
    a_body("金属板材商会", "chamber"), a_body("板材商会", "chamber")
    (pair,) = actions.propose_aliases(actor)
    answer = client.post(reverse("keep_apart", args=[pair.pk]), follow=True)
    assert "没有待判定的" in answer.content.decode()
    again = client.post(reverse("keep_apart", args=[pair.pk]), follow=True)
    assert "刚才已有人处理过" in again.content.decode()


def a_sealed_person() -> Person:
    return actions.register_person(
        an_actor(),
        name="林晓",
        area=a_county(),
        document_kind="id_card",
        document_number=ID_NUMBER,
        phone="13900001234",
    )


def test_a_persons_page_masks_what_is_sealed_and_logs_the_read() -> None:
    client, person = signed_in(name="江楠"), a_sealed_person()
    text = page(client, "person", person.pk)
    assert ID_NUMBER not in text
    assert "13900001234" not in text
    assert "1234" in text
    assert ReadEntry.objects.get().person_id == person.pk
    assert "江楠" in page(client, "person", person.pk)


def test_a_sealed_field_is_shown_once_after_a_purpose() -> None:
    client, person = signed_in(), a_sealed_person()
    address = reverse("person_open", args=[person.pk, "phone"])
    assert "13900001234" not in client.post(address, {"purpose": ""}).content.decode()
    answer = client.post(address, {"purpose": "通知值班"})
    text = answer.content.decode()
    assert "13900001234" in text
    assert ID_NUMBER not in text
    assert "no-store" in answer["Cache-Control"]
    assert "13900001234" not in page(client, "person", person.pk)
    assert "通知值班" in page(client, "person", person.pk)


def test_a_sealed_field_that_does_not_exist_is_not_found() -> None:
    person = a_sealed_person()
    assert signed_in().get(reverse("person_open", args=[person.pk, "password"])).status_code == 404


def test_a_chambers_secretary_sees_no_persons() -> None:
    body = a_body()
    client = signed_in(Role.CHAMBER_SECRETARY, body=body)
    assert client.get(reverse("person", args=[a_sealed_person().pk])).status_code == 403
    page(client, "body", body.pk)


def test_a_handover_by_the_form_ends_the_old_duty_the_day_before() -> None:
    client, actor = signed_in(), an_actor()
    old = actions.assign(actor, body=a_body("县工商联"), place_name="家具厂小区")
    new_body = a_body("县教育局")
    answer = client.post(
        reverse("assignment_hand_over", args=[old.pk]), {"to_body": str(new_body.pk), "on": "2020-02-10"}
    )
    assert answer.status_code == 302
    old.refresh_from_db()
    assert str(old.valid_to) == "2020-02-09"


def test_an_administrator_registers_an_officer_and_sees_the_password_once() -> None:
    client = signed_in(Role.ADMINISTRATOR)
    answer = client.post(
        reverse("officer_new"), {"username": "linxiao", "display_name": "林晓", "language": "zh-hans"}
    )
    text = answer.content.decode()
    officer = Officer.objects.get(username="linxiao")
    password = text.split('<p class="one-time-password"><code>')[1].split("</code>")[0]
    assert officer.check_password(password)
    assert password not in page(client, "officer", officer.pk)


def test_a_role_is_granted_and_taken_away_by_the_pages() -> None:
    client, other = signed_in(Role.ADMINISTRATOR), an_officer(None)
    client.post(
        reverse("grant_new", args=[other.pk]), {"role": "gift_clerk", "area": str(Area.objects.get().pk)}
    )
    grant = Grant.objects.get(officer=other)
    assert "捐赠登记员" in page(client, "officer", other.pk)
    client.post(reverse("grant_end", args=[grant.pk]))
    assert not Officer.objects.get(pk=other.pk).may("read_book")


def test_the_last_administrator_is_told_why_he_cannot_be_disabled() -> None:
    client = signed_in(Role.ADMINISTRATOR)
    officer = Officer.objects.get()
    answer = client.post(reverse("officer_disable", args=[officer.pk]), follow=True)
    assert "最后一位系统管理员" in answer.content.decode()
    assert Officer.objects.get().is_active


def test_a_one_time_password_opens_nothing_but_the_change_of_password() -> None:
    client = signed_in()
    actor = an_actor(Role.ADMINISTRATOR)
    officer = Officer.objects.exclude(pk=actor.officer.pk).get()
    actions.reset_password(actor, officer=officer, password="spring-river-7104")
    client.force_login(Officer.objects.get(pk=officer.pk))
    answer = client.get(reverse("bodies"))
    assert answer["Location"] == reverse("account_change_password")
    chosen = {
        "oldpassword": "spring-river-7104",
        "password1": "autumn-hill-3351",
        "password2": "autumn-hill-3351",
    }
    client.post(reverse("account_change_password"), chosen)
    assert Officer.objects.get(pk=officer.pk).one_time_until is None
    page(client, "bodies")


def test_a_one_time_password_that_is_too_old_signs_out() -> None:
    from datetime import timedelta

    from django.utils import timezone

    client = signed_in()
    Officer.objects.update(one_time_until=timezone.now() - timedelta(minutes=1))
    assert client.get(reverse("bodies"))["Location"] == reverse("account_login")


def a_table(text: str) -> SimpleUploadedFile:
    return SimpleUploadedFile("名册.csv", text.encode(), "text/csv")


def test_a_table_is_previewed_then_imported_and_its_draft_struck() -> None:
    a_county()
    client = signed_in()
    table = a_table("单位名称,类别\n晨光竹编有限公司,企业\n某某,\n")
    answer = client.post(reverse("register_import"), {"table": "bodies", "file": table})
    draft = ImportDraft.objects.get()
    assert "晨光竹编" not in draft.sealed_rows
    preview = client.get(answer["Location"]).content.decode()
    assert "第 3 行" in preview
    assert not Body.objects.exists()
    done = client.post(answer["Location"], {"bad_rows": "leave_out"}).content.decode()
    assert "新登记 1 行" in done
    assert "第 3 行" in done
    assert Body.objects.get().name == "晨光竹编有限公司"
    assert not ImportDraft.objects.exists()


def test_a_table_of_another_officer_is_not_found() -> None:
    client = signed_in()
    draft = actions.keep_import_draft(an_actor(), table="bodies", file_name="名册.csv", rows=[["名称"]])
    assert client.get(reverse("register_import_preview", args=[draft.pk])).status_code == 404


def test_a_table_without_a_head_is_refused_at_its_field() -> None:
    answer = signed_in().post(
        reverse("register_import"), {"table": "bodies", "file": a_table("晨光竹编有限公司,企业\n")}
    )
    assert answer.status_code == 422
    assert "没有找到表头" in answer.content.decode()


@pytest.mark.parametrize("name", ["body", "bodies", "areas", "persons", "assignments", "resemblances"])
def test_no_chinese_leaks_into_the_english_pages(name: str) -> None:
    _skip_unless_compiled()
    client = signed_in()
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = "en"
    Officer.objects.update(language="en", display_name="Officer")
    Area.objects.update(name="Yunxi")
    args = [a_body("Morning Bamboo").pk] if name == "body" else []
    Area.objects.update(name="Yunxi")
    text = client.get(reverse(name, args=args)).content.decode()
    main = text.split('<main id="main"')[1].split("</main>")[0]
    assert not [sign for sign in main if "\u4e00" <= sign <= "\u9fff"]


def _skip_unless_compiled() -> None:
    """The compiled texts are not kept in the repository: `make test` makes them."""
    folder = settings.PACKAGE / "people/locale/en/LC_MESSAGES"
    made = folder / "django.mo"
    if not made.exists() or made.stat().st_mtime < (folder / "django.po").stat().st_mtime:
        pytest.skip("the English texts are not compiled")


def test_a_work_plan_is_printed_and_taken_into_word() -> None:
    client = signed_in()
    plan = Document.objects.create(
        body=a_body(area=a_township("石桥镇")),
        kind=DocumentKind.WORK_PLAN,
        title="工作方案",
        text="一、总体要求。\r\n二、任务分工。",
    )
    assert reverse("document_paper", args=[plan.pk, "pdf"]) in page(client, "document", plan.pk)
    for form, start in (("pdf", b"%PDF"), ("docx", b"PK")):
        answer = client.get(reverse("document_paper", args=[plan.pk, form]))
        assert answer.content.startswith(start)
    assert client.get(reverse("document_paper", args=[plan.pk, "exe"])).status_code == 404
    Document.objects.filter(pk=plan.pk).update(text="")
    assert client.get(reverse("document_paper", args=[plan.pk, "pdf"])).status_code == 404
