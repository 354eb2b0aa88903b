"""Members of a body, the leading group, and what a source says of their number."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError

from lianfang.book.errors import Refused
from lianfang.people import actions, queries
from lianfang.people.actions import GroupMember, WorkPlan
from lianfang.people.models import BodyKind, DocumentKind, MembershipRole
from lianfang.people.tests.builders import a_body, a_person, an_actor

pytestmark = pytest.mark.django_db

DAY = date(2020, 2, 10)


def test_members_are_those_of_the_day() -> None:
    actor, federation = an_actor(), a_body("县工商联")
    firm = a_body("晨光竹编")
    line = actions.admit_member(
        actor, body=federation, member_body=firm, role=MembershipRole.EXECUTIVE, valid_from=date(2019, 5, 1)
    )
    actions.end_membership(actor, membership=line, on=date(2020, 1, 31))
    assert list(queries.members_on(federation, date(2020, 1, 31))) == [line]
    assert not queries.members_on(federation, DAY).exists()
    assert list(queries.past_members(federation, DAY)) == [line]


def test_a_changed_role_keeps_the_old_one_until_the_day_before() -> None:
    actor, federation = an_actor(), a_body("县工商联")
    line = actions.admit_member(actor, body=federation, member_body=a_body())
    actions.change_role(actor, membership=line, role=MembershipRole.VICE_CHAIR, on=DAY)
    roles = {
        day: [one.role for one in queries.members_on(federation, day)] for day in (date(2020, 2, 9), DAY)
    }
    assert roles == {date(2020, 2, 9): ["member"], DAY: ["vice_chair"]}


def test_a_role_entered_wrongly_is_set_right_in_place() -> None:
    actor, federation = an_actor(), a_body("县工商联")
    line = actions.admit_member(actor, body=federation, member_body=a_body())
    actions.change_role(actor, membership=line, role=MembershipRole.CHAIR)
    assert [one.role for one in queries.members_on(federation, date(2019, 1, 1))] == ["chair"]


def test_a_member_holds_a_role_once_at_a_time() -> None:
    actor, federation, firm = an_actor(), a_body("县工商联"), a_body()
    actions.admit_member(actor, body=federation, member_body=firm)
    with pytest.raises(Refused) as refused:
        actions.admit_member(actor, body=federation, member_body=firm, valid_from=DAY)
    assert refused.value.code == "member_twice"
    actions.admit_member(actor, body=federation, member_body=firm, role=MembershipRole.EXECUTIVE)


@pytest.mark.parametrize("both", [True, False])
def test_a_member_is_one_body_or_one_person(both: bool) -> None:
    members = {"member_body": a_body(), "member_person": a_person()} if both else {}
    with pytest.raises(ValidationError):
        actions.admit_member(an_actor(), body=a_body(), **members)


def test_a_period_that_ends_before_it_begins_is_refused_at_its_field() -> None:
    with pytest.raises(ValidationError) as refused:
        actions.admit_member(
            an_actor(), body=a_body(), member_body=a_body(), valid_from=DAY, valid_to=date(2020, 1, 1)
        )
    assert refused.value.error_dict["valid_to"][0].code == "period_reversed"


def test_a_stated_number_of_members_is_compared_and_fills_nothing_up() -> None:
    actor, federation = an_actor(), a_body("县工商联")
    actions.admit_member(actor, body=federation, member_body=a_body(), role=MembershipRole.EXECUTIVE)
    actions.state_member_count(
        actor,
        body=federation,
        wording="副主席、执委企业",
        roles=[MembershipRole.VICE_CHAIR, MembershipRole.EXECUTIVE],
        count=70,
    )
    (stated,) = queries.stated_members(federation, DAY)
    assert (stated.statement.count, stated.known) == (70, 1)
    assert queries.members_on(federation, DAY).count() == 1


def test_a_leading_group_has_its_members_and_its_work_plan() -> None:
    actor, federation = an_actor(), a_body("县工商联", BodyKind.FEDERATION)
    leader, deputy = a_person("林晓"), a_person("江楠")
    group = actions.set_up_leading_group(
        actor,
        of=federation,
        name="疫情防控工作领导小组",
        members=[
            GroupMember(leader, MembershipRole.GROUP_LEADER),
            GroupMember(deputy, MembershipRole.DEPUTY_LEADER),
        ],
        plan=WorkPlan("工作方案"),
    )
    assert (group.kind, group.parent, group.area) == (BodyKind.WORKING_GROUP, federation, federation.area)
    assert {line.member_person for line in queries.members_on(group, DAY)} == {leader, deputy}
    (plan,) = queries.papers_of(federation)
    assert (plan.kind, plan.title, plan.body) == (DocumentKind.WORK_PLAN, "工作方案", group)


def test_a_leading_group_loaded_twice_is_one() -> None:
    from lianfang.book.registers import new_id

    actor, federation, known = an_actor(), a_body("县工商联"), new_id()
    for _time in range(2):
        actions.set_up_leading_group(actor, of=federation, name="领导小组", plan=WorkPlan("方案"), id=known)
    assert queries.papers_of(federation).count() == 1


def test_a_leading_group_has_one_leader() -> None:
    leaders = [GroupMember(a_person(), MembershipRole.GROUP_LEADER) for _number in range(2)]
    with pytest.raises(ValidationError):
        actions.set_up_leading_group(an_actor(), of=a_body(), name="领导小组", members=leaders)


def test_bodies_for_sending_are_those_of_kind_and_area_under_their_one_name() -> None:
    actor = an_actor()
    chamber, short = a_body("石桥镇商会", BodyKind.CHAMBER), a_body("石桥商会", BodyKind.CHAMBER)
    a_body("晨光竹编", BodyKind.ENTERPRISE)
    actions.merge_bodies(actor, body=short, into=chamber)
    found = queries.bodies_of_kind_or_area(actor.officer, kinds=[BodyKind.CHAMBER], area=chamber.area)
    assert list(found) == [chamber]
