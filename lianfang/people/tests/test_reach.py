"""Rights in space: the predicate and the filter of every register say the same."""

from collections.abc import Callable, Iterable
from typing import Any

import pytest

from lianfang.book.registers import Register
from lianfang.book.rights import COUNTY, Right, Role
from lianfang.people import queries
from lianfang.people.models import (
    Assignment,
    Body,
    BodyAlias,
    Document,
    Grant,
    Membership,
    MembershipStatement,
    Officer,
    PostHeld,
    Resemblance,
)
from lianfang.people.tests.builders import a_body, a_county, a_person, a_township, an_officer

pytestmark = pytest.mark.django_db

VISIBLE: dict[str, Callable[[Officer, Right], Any]] = {
    "area": queries.visible_areas,
    "body": queries.visible_bodies,
    "bodyalias": queries.visible_aliases,
    "membership": queries.visible_memberships,
    "membershipstatement": queries.visible_membership_statements,
    "document": queries.visible_documents,
    "resemblance": queries.visible_resemblances,
    "person": queries.visible_persons,
    "postheld": queries.visible_posts,
    "assignment": queries.visible_assignments,
    "grant": queries.visible_grants,
    "officer": queries.visible_officers,
}


def a_book() -> list[Body]:
    """Lines of every register in two towns, in the county and nowhere."""
    bodies = [
        a_body(area=a_township("石桥镇")),
        a_body(area=a_township("柳湾镇")),
        a_body(area=a_county()),
        Body.objects.create(name="外地企业", kind="enterprise"),
    ]
    for body, following in zip(bodies, bodies[1:] + bodies[:1], strict=True):
        BodyAlias.objects.create(body=body, name="简称")
        Membership.objects.create(body=body, member_body=following)
        MembershipStatement.objects.create(body=body, wording="会员", roles=["member"], count=3)
        Document.objects.create(body=body, kind="other", title="文件")
        Assignment.objects.create(body=body, area=following.area, place_name="小区")
        Assignment.objects.create(body=body, helped_body=following)
        one, other = sorted((body, following), key=lambda line: line.pk)
        Resemblance.objects.create(one=one, other=other, score=0.7)
        person = a_person(area=following.area)
        PostHeld.objects.create(person=person, body=body, title="会长")
        officer = an_officer(None)
        officer.body = body
        officer.save()
        Grant.objects.create(officer=officer, role=Role.GIFT_CLERK, body=body)
    return bodies


def officers(bodies: list[Body]) -> Iterable[Officer]:
    for role in (Role.FEDERATION_OFFICE, Role.ADMINISTRATOR, Role.READER):
        yield an_officer(role, area=bodies[0].area)
        yield an_officer(role, body=bodies[1])
        yield an_officer(role)
    yield an_officer(None)


@pytest.mark.parametrize("register", VISIBLE)
@pytest.mark.parametrize("right", [Right.READ_BOOK, Right.KEEP_REGISTERS, Right.MANAGE_OFFICERS])
def test_predicate_and_row_filter_agree(register: str, right: Right) -> None:
    bodies = a_book()
    visible = VISIBLE[register]
    for officer in list(officers(bodies)):
        rows = visible(officer, right)
        reach = officer.reach(right)
        expected = {line.pk for line in rows.model._default_manager.all() if reach.covers(line.scope())}
        assert set(rows.values_list("pk", flat=True)) == expected
        assert len(rows) == len(expected), "a line comes twice"


def test_every_register_of_the_app_has_its_filter() -> None:
    from django.apps import apps

    registers = {
        model._meta.model_name
        for model in apps.get_app_config("people").get_models()
        if issubclass(model, Register)
    }
    assert registers <= set(VISIBLE)


def test_a_grant_on_a_town_reaches_its_bodies_and_no_others() -> None:
    town, other = a_township("石桥镇"), a_township("柳湾镇")
    officer = an_officer(Role.READER, area=town)
    here, elsewhere = a_body(area=town), a_body(area=other)
    assert officer.may(Right.READ_BOOK, here.scope())
    assert not officer.may(Right.READ_BOOK, elsewhere.scope())
    assert not officer.may(Right.READ_BOOK, COUNTY)
    assert not officer.may(Right.BOOK_GIFTS, here.scope())
