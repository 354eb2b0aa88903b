"""Who may do what: every action of the app against every role, and against a role held elsewhere."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.db import transaction

from lianfang.book.actions import Actor, Origin
from lianfang.book.errors import NotAllowed
from lianfang.book.rights import RIGHTS_OF_ROLE, Right, Role
from lianfang.people import actions
from lianfang.people.models import (
    AliasState,
    AreaLevel,
    Assignment,
    Body,
    BodyAlias,
    BodyKind,
    Document,
    DocumentKind,
    Grant,
    ImportDraft,
    Membership,
    MembershipRole,
    PostHeld,
    Resemblance,
)
from lianfang.people.tests.builders import (
    a_body,
    a_county,
    a_person,
    a_township,
    an_actor,
    an_officer,
)

pytestmark = pytest.mark.django_db

DAY = date(2020, 2, 10)
Act = Callable[[Actor], Any]


def town_of_the_book() -> Any:
    return a_township("石桥镇")


def an_alias() -> BodyAlias:
    return BodyAlias.objects.create(body=a_body(area=town_of_the_book()), name="简称")


def a_resemblance() -> Resemblance:
    one, other = sorted(
        (a_body(area=town_of_the_book()), a_body(area=town_of_the_book())), key=lambda b: b.pk
    )
    return Resemblance.objects.create(one=one, other=other, score=0.9)


def a_membership() -> Membership:
    return Membership.objects.create(body=a_body(area=town_of_the_book()), member_body=a_body())


def an_assignment() -> Assignment:
    return Assignment.objects.create(body=a_body(area=town_of_the_book()), place_name="家具厂小区")


def a_post() -> PostHeld:
    town = town_of_the_book()
    return PostHeld.objects.create(person=a_person(area=town), body=a_body(area=town), title="会长")


def a_document() -> Document:
    return Document.objects.create(
        body=a_body(area=town_of_the_book()), kind=DocumentKind.OTHER, title="工作方案"
    )


def a_merged_body() -> Body:
    town = town_of_the_book()
    return a_body(area=town, merged_into=a_body(area=town))


def colleague() -> Any:
    return an_officer(None, name="同事")


def set_work_at(officer: Any) -> Any:
    officer.body = a_body(area=town_of_the_book())
    officer.save()
    return officer


# Action → the right it needs on a thing of the town, and a call of it.
ACTS: dict[str, tuple[Right | None, Act]] = {
    "register_area": (
        Right.KEEP_REGISTERS,
        lambda a: actions.register_area(
            a, name="东街社区", level=AreaLevel.COMMUNITY, parent=town_of_the_book()
        ),
    ),
    "move_area": (
        Right.KEEP_REGISTERS,
        lambda a: actions.move_area(
            a,
            area=town_of_the_book().children.create(name="一网格", level=AreaLevel.GRID),
            parent=town_of_the_book().children.create(name="东街社区", level=AreaLevel.COMMUNITY),
        ),
    ),
    "change_area": (
        Right.KEEP_REGISTERS,
        lambda a: actions.change_area(a, area=town_of_the_book(), name="石桥街道"),
    ),
    "register_body": (
        Right.KEEP_REGISTERS,
        lambda a: actions.register_body(a, name="新企业", kind=BodyKind.ENTERPRISE, area=town_of_the_book()),
    ),
    "change_body": (
        Right.KEEP_REGISTERS,
        lambda a: actions.change_body(
            a,
            body=a_body(area=town_of_the_book()),
            name="改名企业",
            kind=BodyKind.ENTERPRISE,
            area=town_of_the_book(),
            parent=None,
            credit_code="",
            may_issue_receipts=False,
            remark="",
        ),
    ),
    "add_alias": (
        Right.KEEP_REGISTERS,
        lambda a: actions.add_alias(a, body=a_body(area=town_of_the_book()), name="简称"),
    ),
    "decide_alias": (
        Right.KEEP_REGISTERS,
        lambda a: actions.decide_alias(a, alias=an_alias(), state=AliasState.REFUSED),
    ),
    "strike_alias": (Right.KEEP_REGISTERS, lambda a: actions.strike_alias(a, alias=an_alias())),
    "propose_aliases": (
        Right.KEEP_REGISTERS,
        lambda a: actions.propose_aliases(a, bodies=[a_body(area=town_of_the_book())]),
    ),
    "propose_resemblance": (
        Right.KEEP_REGISTERS,
        lambda a: actions.propose_resemblance(
            a, body=a_body(area=town_of_the_book()), other=a_body(area=town_of_the_book()), reason="同一地址"
        ),
    ),
    "keep_apart": (Right.KEEP_REGISTERS, lambda a: actions.keep_apart(a, resemblance=a_resemblance())),
    "reopen_resemblance": (
        Right.KEEP_REGISTERS,
        lambda a: actions.reopen_resemblance(a, resemblance=a_resemblance()),
    ),
    "merge_bodies": (
        Right.KEEP_REGISTERS,
        lambda a: actions.merge_bodies(
            a, body=a_body(area=town_of_the_book()), into=a_body(area=town_of_the_book())
        ),
    ),
    "undo_merge": (Right.KEEP_REGISTERS, lambda a: actions.undo_merge(a, body=a_merged_body())),
    "admit_member": (
        Right.KEEP_REGISTERS,
        lambda a: actions.admit_member(a, body=a_body(area=town_of_the_book()), member_body=a_body()),
    ),
    "end_membership": (
        Right.KEEP_REGISTERS,
        lambda a: actions.end_membership(a, membership=a_membership(), on=DAY),
    ),
    "change_role": (
        Right.KEEP_REGISTERS,
        lambda a: actions.change_role(a, membership=a_membership(), role=MembershipRole.CHAIR, on=DAY),
    ),
    "date_membership": (
        Right.KEEP_REGISTERS,
        lambda a: actions.date_membership(a, membership=a_membership(), valid_from=DAY, valid_to=None),
    ),
    "set_up_leading_group": (
        Right.KEEP_REGISTERS,
        lambda a: actions.set_up_leading_group(a, of=a_body(area=town_of_the_book()), name="领导小组"),
    ),
    "file_document": (
        Right.KEEP_REGISTERS,
        lambda a: actions.file_document(
            a, body=a_body(area=town_of_the_book()), kind=DocumentKind.WORK_PLAN, title="工作方案"
        ),
    ),
    "change_document": (
        Right.KEEP_REGISTERS,
        lambda a: actions.change_document(
            a,
            document=a_document(),
            kind=DocumentKind.WORK_PLAN,
            title="方案",
            number="",
            dated_on=None,
            text="",
        ),
    ),
    "state_member_count": (
        Right.KEEP_REGISTERS,
        lambda a: actions.state_member_count(
            a, body=a_body(area=town_of_the_book()), wording="执委企业", roles=["executive"], count=70
        ),
    ),
    "register_person": (
        Right.KEEP_PERSONS,
        lambda a: actions.register_person(a, name="林晓", area=town_of_the_book()),
    ),
    "change_person": (
        Right.KEEP_PERSONS,
        lambda a: actions.change_person(
            a,
            person=a_person(area=town_of_the_book()),
            name="林晓",
            rank="",
            area=town_of_the_book(),
            remark="",
        ),
    ),
    "change_document_number": (
        Right.KEEP_PERSONS,
        lambda a: actions.change_document_number(
            a, person=a_person(area=town_of_the_book()), document_kind="passport", document_number="E00000001"
        ),
    ),
    "change_phone": (
        Right.KEEP_PERSONS,
        lambda a: actions.change_phone(a, person=a_person(area=town_of_the_book()), phone="13900000000"),
    ),
    "give_post": (
        Right.KEEP_PERSONS,
        lambda a: actions.give_post(
            a, person=a_person(area=town_of_the_book()), body=a_body(area=town_of_the_book()), title="会长"
        ),
    ),
    "end_post": (Right.KEEP_PERSONS, lambda a: actions.end_post(a, post=a_post(), on=DAY)),
    "read_person": (
        Right.READ_PERSONS,
        lambda a: actions.read_person(a, person=a_person(area=town_of_the_book())),
    ),
    "open_sealed": (
        Right.READ_PERSONS,
        lambda a: actions.open_sealed(
            a, person=a_person(area=town_of_the_book()), field="phone", purpose="联系值班"
        ),
    ),
    "assign": (
        Right.KEEP_REGISTERS,
        lambda a: actions.assign(a, body=a_body(area=town_of_the_book()), place_name="家具厂小区"),
    ),
    "end_assignment": (
        Right.KEEP_REGISTERS,
        lambda a: actions.end_assignment(a, assignment=an_assignment(), on=DAY),
    ),
    "hand_over": (
        Right.KEEP_REGISTERS,
        lambda a: actions.hand_over(
            a, assignment=an_assignment(), on=DAY, to_body=a_body(area=town_of_the_book())
        ),
    ),
    "register_officer": (
        Right.MANAGE_OFFICERS,
        lambda a: actions.register_officer(
            a,
            username="newcomer",
            display_name="新同事",
            password="spring-river-7104",
            body=a_body(area=town_of_the_book()),
        ),
    ),
    "change_officer": (
        Right.MANAGE_OFFICERS,
        lambda a: actions.change_officer(
            a,
            officer=(one := set_work_at(colleague())),
            display_name="改名",
            body=one.body,
            person=None,
        ),
    ),
    "disable_officer": (
        Right.MANAGE_OFFICERS,
        lambda a: actions.disable_officer(a, officer=set_work_at(colleague())),
    ),
    "enable_officer": (
        Right.MANAGE_OFFICERS,
        lambda a: actions.enable_officer(a, officer=set_work_at(colleague())),
    ),
    "reset_password": (
        Right.MANAGE_OFFICERS,
        lambda a: actions.reset_password(
            a, officer=set_work_at(colleague()), password=actions.one_time_password()
        ),
    ),
    "grant_role": (
        Right.MANAGE_OFFICERS,
        lambda a: actions.grant_role(a, officer=colleague(), role=Role.READER, area=town_of_the_book()),
    ),
    "end_grant": (
        Right.MANAGE_OFFICERS,
        lambda a: actions.end_grant(
            a,
            grant=Grant.objects.create(officer=colleague(), role=Role.READER, area=town_of_the_book()),
            on=DAY,
        ),
    ),
    "import_rows": (
        Right.KEEP_REGISTERS,
        lambda a: actions.import_rows(
            a, table="bodies", rows=[["名称", "属地"], ["新企业有限公司", town_of_the_book().name]]
        ),
    ),
    "keep_import_draft": (
        Right.KEEP_PERSONS,
        lambda a: actions.keep_import_draft(a, table="persons", file_name="名册.xlsx", rows=[["姓名"]]),
    ),
    "give_up_import": (None, lambda a: actions.give_up_import(a, draft=ImportDraft())),
    "password_chosen": (None, lambda a: actions.password_chosen(a)),
}
# These ask for a right held anywhere, or for none.
HELD_ANYWHERE = {"keep_import_draft", "give_up_import", "password_chosen"}
# Not in the table: the first administrator is made where nobody has a right yet (see test_officers).
WITHOUT_A_RIGHT = {"appoint_first_administrator", "one_time_password"}


def test_the_table_holds_every_action_of_the_app() -> None:
    functions = {name for name in actions.__all__ if name[0].islower()}
    assert functions - WITHOUT_A_RIGHT == set(ACTS)


def a_standing_administrator() -> None:
    """So that no act under test meets the rule on the last administrator."""
    an_officer(Role.ADMINISTRATOR)


@pytest.mark.parametrize("name", ACTS)
def test_an_action_is_open_to_each_role_with_its_right(name: str) -> None:
    a_standing_administrator()
    right, act = ACTS[name]
    for role in Role.values:
        if right is None or right in RIGHTS_OF_ROLE[role]:
            with transaction.atomic():
                act(an_actor(role))
                transaction.set_rollback(True)


@pytest.mark.parametrize("name", [name for name, (right, _act) in ACTS.items() if right is not None])
def test_an_action_is_closed_to_who_holds_every_role_without_its_right(name: str) -> None:
    a_standing_administrator()
    right, act = ACTS[name]
    others = [role for role in Role.values if right not in RIGHTS_OF_ROLE[role]]
    officer = an_officer(others[0])
    for role in others[1:]:
        Grant.objects.create(officer=officer, role=role, area=a_county())
    with pytest.raises(NotAllowed):
        act(Actor(officer, Origin.DESK))


@pytest.mark.parametrize("name", [name for name in ACTS if name not in HELD_ANYWHERE])
def test_a_right_held_in_another_town_does_not_help(name: str) -> None:
    a_standing_administrator()
    right, act = ACTS[name]
    role = next(role for role in Role.values if right in RIGHTS_OF_ROLE[role])
    with pytest.raises(NotAllowed):
        act(an_actor(role, area=a_township("柳湾镇")))


def test_a_disabled_officer_may_do_nothing() -> None:
    actor = an_actor(Role.FEDERATION_OFFICE)
    actor.officer.is_active = False
    with pytest.raises(NotAllowed):
        actions.register_body(
            Actor(actor.officer, Origin.DESK), name="新企业", kind=BodyKind.ENTERPRISE, area=a_county()
        )


def test_a_refused_action_writes_nothing() -> None:
    with pytest.raises(NotAllowed):
        actions.register_body(an_actor(Role.READER), name="新企业", kind=BodyKind.ENTERPRISE, area=a_county())
    assert not Body.objects.filter(name="新企业").exists()
