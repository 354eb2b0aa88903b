"""The several names of a body: aliases, look-alikes, merging and its undoing."""

from datetime import date

import pytest
from django.core.exceptions import ValidationError
from hypothesis import given, settings
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
    # Each example writes some twenty acts.
    @settings(max_examples=25)
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


def test_look_alikes_are_proposed_with_reasons_and_never_merged() -> None:
    actor = an_actor()
    names = ["云溪县工商联金属板业商会", "金属板材商会", "板材商会", "云溪县餐饮协会"]
    one, other, short, _far = (a_chamber(actor, name) for name in names)
    proposed = actions.propose_aliases(actor)
    pairs = {frozenset({pair.one_id, pair.other_id}) for pair in proposed}
    assert {frozenset({one.pk, other.pk}), frozenset({other.pk, short.pk})} <= pairs
    assert all(pair.reasons for pair in proposed)
    assert not Body.objects.filter(merged_into__isnull=False).exists()


def test_a_pair_that_was_kept_apart_is_not_proposed_again() -> None:
    actor = an_actor()
    a_chamber(actor, "金属板材商会"), a_chamber(actor, "板材商会")
    (pair,) = actions.propose_aliases(actor)
    actions.keep_apart(actor, resemblance=pair)
    assert actions.propose_aliases(actor) == []
    assert not queries.open_resemblances(actor.officer).exists()


def test_two_officers_deciding_the_same_pair_are_not_both_right() -> None:
    actor = an_actor()
    a_chamber(actor, "金属板材商会"), a_chamber(actor, "板材商会")
    (pair,) = actions.propose_aliases(actor)
    actions.keep_apart(actor, resemblance=pair)
    with pytest.raises(Conflict):
        actions.keep_apart(an_actor(), resemblance=pair)


def test_a_name_with_one_wrong_character_leads_to_candidates_with_reasons() -> None:
    actor = an_actor()
    body = a_chamber(actor, "云溪县晨光竹编商会")
    (candidate, *_rest) = queries.body_candidates("云溪县辰光竹编商会")
    assert candidate.body == body
    assert candidate.reasons
    assert queries.the_body_called("云溪县辰光竹编商会") is None


@pytest.mark.parametrize("typed", ["金属板", "板业", "jinshu", "banye", "jsby", "bysh", "JSBY", "金属 商会"])
def test_a_body_is_found_by_a_part_of_its_name_its_pinyin_or_initials(typed: str) -> None:
    actor = an_actor()
    body = a_chamber(actor, "云溪县金属板业商会")
    a_chamber(actor, "云溪县餐饮协会")
    assert [found.line for found in queries.find_bodies(actor.officer, typed)] == [body]


def test_finding_uses_the_index_of_keys_and_walks_no_table() -> None:
    from django.db import connection

    plan = queries.keys_matching("body", "jinshu").explain()
    if connection.vendor == "sqlite":
        assert "SEARCH people_namekey USING INDEX" in plan
        assert "SCAN people_namekey" not in plan


def test_a_renamed_body_is_found_by_the_new_name_and_no_more_by_the_old() -> None:
    actor = an_actor()
    body = a_chamber(actor, "云溪县竹编业商会")
    actions.change_body(
        actor,
        body=body,
        name="云溪县竹器业商会",
        kind=BodyKind.CHAMBER,
        area=a_county(),
        parent=None,
        credit_code="",
        may_issue_receipts=False,
        remark="",
    )
    assert [found.line for found in queries.find_bodies(actor.officer, "zhuqi")] == [body]
    assert queries.find_bodies(actor.officer, "zhubian") == []


def test_two_officers_changing_the_same_body_do_not_overwrite_each_other() -> None:
    actor = an_actor()
    body = a_chamber(actor, "云溪县竹编业商会")
    seen = queries.version_of(body)
    values = {
        "kind": BodyKind.CHAMBER,
        "area": a_county(),
        "parent": None,
        "credit_code": "",
        "may_issue_receipts": False,
        "remark": "",
    }
    actions.change_body(actor, body=body, name="甲商会", seen=seen, **values)
    with pytest.raises(Conflict):
        actions.change_body(an_actor(), body=body, name="乙商会", seen=seen, **values)
    body.refresh_from_db()
    assert body.name == "甲商会"


def test_a_name_of_500_characters_is_refused_at_its_field() -> None:
    with pytest.raises(ValidationError) as refused:
        a_chamber(an_actor(), "商" * 500)
    assert "name" in refused.value.error_dict


def test_a_name_keeps_its_angle_brackets_as_text() -> None:
    body = a_chamber(an_actor(), "<b>竹编</b>商会")
    assert body.name == "<b>竹编</b>商会"
