"""The several names of a body: aliases, look-alikes, merging and its undoing."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from lianfang.book.actions import Actor
from lianfang.book.errors import Conflict, Refused
from lianfang.book.rights import Right, Role
from lianfang.people import actions, queries
from lianfang.people.models import AliasKind, AliasState, Body, BodyKind, NameKey, Officer
from lianfang.people.tests.builders import a_body, a_county, a_township, an_actor, an_officer

pytestmark = pytest.mark.django_db


def a_chamber(actor: Actor, name: str) -> Body:
    return actions.register_body(actor, name=name, kind=BodyKind.CHAMBER, area=a_county())


def test_a_confirmed_alias_leads_to_its_body() -> None:
    actor = an_actor()
    chamber = a_chamber(actor, "云溪县工商联竹编业商会")
    actions.add_alias(actor, body=chamber, name="竹编商会")
    assert queries.the_body_called("竹编商会") == chamber


def test_a_proposed_alias_is_a_candidate_but_not_certain() -> None:
    actor = an_actor()
    chamber = a_chamber(actor, "云溪县工商联竹编业商会")
    actions.add_alias(actor, body=chamber, name="竹器商会", state=AliasState.PROPOSED)
    assert queries.the_body_called("竹器商会") is None
    assert [candidate.body for candidate in queries.body_candidates("竹器商会")] == [chamber]


def test_a_refused_alias_leads_nowhere() -> None:
    actor = an_actor()
    chamber = a_chamber(actor, "云溪县工商联竹编业商会")
    alias = actions.add_alias(actor, body=chamber, name="竹器协会", state=AliasState.PROPOSED)
    actions.decide_alias(actor, alias=alias, state=AliasState.REFUSED)
    assert all(candidate.by != "竹器协会" for candidate in queries.body_candidates("竹器协会"))


def test_a_confirmed_alias_belongs_to_one_body_only() -> None:
    actor = an_actor()
    one, other = a_chamber(actor, "石桥镇商会"), a_chamber(actor, "柳湾镇商会")
    actions.add_alias(actor, body=one, name="镇商会")
    with pytest.raises(ValidationError) as refused:
        actions.add_alias(actor, body=other, name="镇商会")
    assert refused.value.error_dict["name"][0].code == "alias_of_another"


def test_a_new_body_may_not_take_an_alias_of_another() -> None:
    actor = an_actor()
    actions.add_alias(actor, body=a_chamber(actor, "云溪县厨具业商会"), name="厨具商会", kind=AliasKind.SHORT)
    with pytest.raises(ValidationError) as refused:
        a_chamber(actor, "厨具商会")
    assert refused.value.error_dict["name"][0].code == "name_is_an_alias"


def test_a_merged_body_is_read_under_the_other_name() -> None:
    actor = an_actor()
    full, short = a_chamber(actor, "云溪县竹编业商会"), a_chamber(actor, "竹编商会")
    actions.merge_bodies(actor, body=short, into=full)
    assert queries.the_body_called("竹编商会") == full
    assert queries.canonical_ids() == {short.pk: full.pk}
    assert [found.line for found in queries.find_bodies(actor.officer, "竹编商会")] == [full]


def test_merging_rewrites_no_reference() -> None:
    actor = an_actor()
    full, short, member = a_chamber(actor, "云溪县竹编业商会"), a_chamber(actor, "竹编商会"), a_body()
    membership = actions.admit_member(actor, body=short, member_body=member)
    actions.merge_bodies(actor, body=short, into=full)
    membership.refresh_from_db()
    assert membership.body == short
    assert list(queries.members_on(full, date(2020, 2, 10))) == [membership]


def test_a_body_is_not_merged_into_itself() -> None:
    actor = an_actor()
    body = a_chamber(actor, "竹编商会")
    with pytest.raises(Refused) as refused:
        actions.merge_bodies(actor, body=body, into=body)
    assert refused.value.code == "merge_into_itself"


def test_a_body_is_not_merged_across_a_merged_one() -> None:
    actor = an_actor()
    one, other, third = (a_chamber(actor, name) for name in ("甲商会", "乙商会", "丙商会"))
    actions.merge_bodies(actor, body=one, into=other)
    with pytest.raises(Refused) as refused:
        actions.merge_bodies(actor, body=third, into=one)
    assert refused.value.code == "merge_across_merged"
    assert "乙商会" in str(refused.value)


def test_merging_back_would_be_a_cycle_and_is_refused() -> None:
    actor = an_actor()
    one, other = a_chamber(actor, "甲商会"), a_chamber(actor, "乙商会")
    actions.merge_bodies(actor, body=one, into=other)
    with pytest.raises(Refused):
        actions.merge_bodies(actor, body=other, into=one)


def test_two_officers_merging_the_same_body_at_once_are_not_both_right() -> None:
    actor = an_actor()
    one, other, third = (a_chamber(actor, name) for name in ("甲商会", "乙商会", "丙商会"))
    actions.merge_bodies(actor, body=one, into=other)
    with pytest.raises(Conflict):
        actions.merge_bodies(actor, body=one, into=third)


def test_an_officer_of_one_name_reaches_the_body_under_its_other_name() -> None:
    actor = an_actor()
    full, short = a_chamber(actor, "云溪县竹编业商会"), a_chamber(actor, "竹编商会")
    secretary = an_officer(Role.CHAMBER_SECRETARY, body=short)
    actions.merge_bodies(actor, body=short, into=full)
    assert Officer.objects.get(pk=secretary.pk).may(Right.BOOK_GIFTS, full.scope())


def test_the_merge_preview_names_what_will_be_read_otherwise() -> None:
    actor = an_actor()
    full, short = a_chamber(actor, "云溪县竹编业商会"), a_chamber(actor, "竹编商会")
    actions.add_alias(actor, body=short, name="竹器商会")
    actions.admit_member(actor, body=short, member_body=a_body())
    secretary = an_officer(Role.CHAMBER_SECRETARY, body=short, name="江楠")
    preview = queries.merge_preview(short, full)
    assert set(preview.names) == {"竹编商会", "竹器商会"}
    assert preview.lines == (("成员关系", 1),)
    assert secretary.display_name in preview.officers[0]


class Merging(TestCase):
    @given(
        st.lists(st.tuples(st.integers(0, 4), st.integers(0, 4)), max_size=6),
        st.integers(0, 4),
        st.integers(0, 4),
    )
    def test_undoing_a_merge_restores_every_reading(
        self, before: list[tuple[int, int]], one: int, other: int
    ) -> None:
        actor = an_actor()
        bodies = [a_chamber(actor, f"第{number}商会") for number in "一二三四五"]
        for number, body in enumerate(bodies):
            actions.add_alias(actor, body=body, name=f"简称{number}")
        for source, target in before:
            try:
                actions.merge_bodies(actor, body=bodies[source], into=bodies[target])
            except Refused:
                continue
        readings = self.readings(actor, bodies)
        try:
            actions.merge_bodies(actor, body=bodies[one], into=bodies[other])
        except Refused:
            assert self.readings(actor, bodies) == readings
            return
        assert self.readings(actor, bodies) != readings
        actions.undo_merge(actor, body=bodies[one])
        assert self.readings(actor, bodies) == readings

    def readings(self, actor: Actor, bodies: list[Body]) -> object:
        fresh = Officer.objects.get(pk=actor.officer.pk)
        return (
            queries.canonical_ids(),
            [queries.canonical_body(Body.objects.get(pk=body.pk)).name for body in bodies],
            [queries.the_body_called(body.name) for body in bodies],
            [queries.the_body_called(f"简称{number}") for number in range(len(bodies))],
            [[found.line.pk for found in queries.find_bodies(fresh, f"简称{n}")] for n in range(5)],
            sorted(NameKey.objects.values_list("subject_id", "key", "position", "name")),
            [sorted(queries.one_with(body)) for body in bodies],
        )


def test_undoing_what_is_not_merged_is_a_conflict() -> None:
    actor = an_actor()
    with pytest.raises(Conflict):
        actions.undo_merge(actor, body=a_chamber(actor, "竹编商会"))


def test_merging_needs_the_right_on_both_bodies() -> None:
    town = a_township("石桥镇")
    actor = an_actor(Role.FEDERATION_OFFICE, area=town)
    here, elsewhere = a_body("石桥镇商会", area=town), a_body("柳湾镇商会", area=a_township("柳湾镇"))
    with pytest.raises(Exception, match="没有这项操作的权限"):
        actions.merge_bodies(actor, body=here, into=elsewhere)
