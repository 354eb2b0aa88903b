"""Gifts that may be the same money: what is proposed, how it is decided, what is refused."""

from datetime import timedelta

import pytest
from django.core.exceptions import ValidationError

from lianfang.book.errors import Conflict, NotAllowed, Refused
from lianfang.book.rights import Role
from lianfang.engines.figures import Bound
from lianfang.giving.actions.donations import Arrival, correct_donation, receive_many, withdraw_donation
from lianfang.giving.actions.overlaps import (
    decide_overlap,
    propose_overlaps,
    propose_overlaps_of_many,
    undo_decision,
)
from lianfang.giving.models import (
    Donation,
    DonorKind,
    DonorNaming,
    OverlapDecision,
    OverlapProposal,
    OverlapVerdict,
)
from lianfang.giving.queries.overlaps import (
    gifts_that_are_one,
    review_pairs,
    undecided,
    visible_pairs,
)
from lianfang.giving.tests.builders import A_DAY, a_donation, a_donor, a_gift, goods
from lianfang.people.models import BodyKind, Membership
from lianfang.people.tests.builders import a_body, a_person, a_response, a_township, an_actor

pytestmark = pytest.mark.django_db

CHAMBER = DonorKind.CHAMBER
PERSON = DonorKind.PERSON


def proposed() -> set[tuple[str, str, str]]:
    """Each proposal as (part or first giver, what, whole or other giver)."""
    found = set()
    for one in OverlapProposal.objects.select_related("first", "second"):
        first, second = one.first.donor_name, one.second.donor_name
        if one.suggests == OverlapVerdict.FIRST_IN_SECOND:
            found.add((first, "in", second))
        elif one.suggests == OverlapVerdict.SECOND_IN_FIRST:
            found.add((second, "in", first))
        else:
            found.add((*sorted((first, second)), "same"))
    return found


class TestProposals:
    def test_the_same_giver_and_figure_are_proposed_as_one(self) -> None:
        a_donation(50000, donor="青禾食品厂")
        a_donation(50000, donor="青禾食品厂")
        (pair,) = OverlapProposal.objects.all()
        assert pair.suggests == OverlapVerdict.SAME
        assert [reason["code"] for reason in pair.reasons] == ["same_donor", "same_figure"]

    def test_two_figures_of_one_giver_are_two_gifts(self) -> None:
        a_donation(50000, donor=a_donor("李明", PERSON))
        a_donation(150000, donor=a_donor("李明", PERSON))
        assert not OverlapProposal.objects.exists()

    def test_a_rough_figure_may_be_a_plain_one(self) -> None:
        a_donation(1440000, bound=Bound.OVER, donor="石桥镇商会")
        a_donation(1443200, donor="石桥镇商会")
        a_donation(2440000, donor="石桥镇商会")
        assert OverlapProposal.objects.count() == 1

    def test_givers_under_two_names_are_proposed_with_the_names(self) -> None:
        a_donation(208000, donor=a_donor("金属板材商会", CHAMBER))
        a_donation(208000, donor=a_donor("板材商会", CHAMBER))
        (pair,) = OverlapProposal.objects.all()
        assert pair.reasons[0]["code"] == "alike_donor"

    def test_a_person_and_a_firm_are_not_one_giver(self) -> None:
        a_donation(50000, donor=a_donor("李明", PERSON))
        a_donation(50000, donor="李明")
        assert not OverlapProposal.objects.exists()

    def test_gifts_to_two_receivers_are_two_gifts(self) -> None:
        a_donation(50000, donor="青禾食品厂", recipient_name="县人民医院")
        a_donation(50000, donor="青禾食品厂", recipient_name="青山镇政府")
        assert not OverlapProposal.objects.exists()

    def test_money_seen_at_two_points_of_its_way_is_proposed(self) -> None:
        a_donation(50000, donor="青禾食品厂", via_name="石桥镇商会", recipient_name="县人民医院")
        a_donation(50000, donor="青禾食品厂", recipient_name="石桥镇商会")
        (pair,) = OverlapProposal.objects.all()
        assert "recipient_is_via" in {reason["code"] for reason in pair.reasons}

    def test_gifts_weeks_apart_are_two_gifts(self) -> None:
        a_donation(50000, happened_at=A_DAY)
        a_donation(50000, happened_at=A_DAY + timedelta(days=20))
        assert not OverlapProposal.objects.exists()

    def test_givers_whom_nobody_knows_are_not_likened(self) -> None:
        for _time in range(2):
            a_donation(100, donor=a_donor("爱心人士", PERSON, naming=DonorNaming.UNKNOWN))
        assert not OverlapProposal.objects.exists()

    def test_the_same_goods_are_proposed_and_other_goods_are_not(self) -> None:
        goods("消毒液", donor="长盈油脂", quantity=1400, unit="公斤")
        goods("消毒液", donor="长盈油脂", quantity=1400, unit="公斤")
        goods("消毒液", donor="长盈油脂", quantity=20, unit="桶")
        goods("方便面", donor="长盈油脂", quantity=1400, unit="箱")
        assert OverlapProposal.objects.count() == 1

    def test_a_gift_through_a_chamber_may_lie_within_its_sum_whichever_comes_first(self) -> None:
        a_donation(10000, donor=a_donor("李明", PERSON), via_name="板材商会")
        a_donation(208000, donor=a_donor("金属板材商会", CHAMBER))
        a_donation(10000, donor=a_donor("韩刚", PERSON), recipient_name="金属板材商会")
        assert proposed() == {("李明", "in", "金属板材商会"), ("韩刚", "in", "金属板材商会")}

    def test_a_gift_to_a_town_does_not_lie_within_the_sum_of_its_chamber(self) -> None:
        a_donation(1440000, donor=a_donor("石桥镇基层商会", CHAMBER))
        a_donation(50000, donor=a_donor("韩刚", PERSON), recipient_name="石桥镇")
        assert not OverlapProposal.objects.exists()

    def test_more_than_the_whole_cannot_lie_within_it(self) -> None:
        a_donation(208000, donor=a_donor("金属板材商会", CHAMBER))
        a_donation(300000, donor=a_donor("李明", PERSON), via_name="金属板材商会")
        assert not OverlapProposal.objects.exists()

    def test_a_member_firms_gift_may_lie_within_the_sum_of_its_chamber(self) -> None:
        chamber, firm = a_body("石桥镇商会", BodyKind.CHAMBER), a_body("青禾食品厂")
        Membership.objects.create(body=chamber, member_body=firm)
        a_donation(1440000, bound=Bound.OVER, donor=a_donor(kind=CHAMBER, body=chamber))
        a_donation(50000, donor=a_donor(body=firm))
        assert proposed() == {("青禾食品厂", "in", "石桥镇商会")}

    def test_bodies_merged_by_a_person_are_one_giver(self) -> None:
        full = a_body("云溪县金属板材商会", BodyKind.CHAMBER)
        other = a_body("县板业联合会", BodyKind.CHAMBER, merged_into=full)
        a_donation(208000, donor=a_donor(kind=CHAMBER, body=full))
        a_donation(208000, donor=a_donor(kind=CHAMBER, body=other))
        assert OverlapProposal.objects.get().reasons[0]["code"] == "same_donor"

    def test_two_persons_of_one_name_in_the_register_are_two(self) -> None:
        for _time in range(2):
            a_donation(100, donor=a_donor("王伟", PERSON, person=a_person("王伟")))
        assert not OverlapProposal.objects.exists()

    def test_proposing_again_changes_nothing(self) -> None:
        first, second = a_donation(5000), a_donation(5000)
        propose_overlaps(an_actor(), donation=second)
        propose_overlaps_of_many(an_actor(), donations=[first, second])
        assert OverlapProposal.objects.count() == 1

    def test_a_corrected_gift_is_looked_at_again(self) -> None:
        a_donation(5000)
        other = a_donation(6000)
        correct_donation(an_actor(), donation=other, gift=a_gift(5000), reason="看错")
        assert OverlapProposal.objects.count() == 1

    def test_the_work_for_a_booking_does_not_grow_with_the_book(
        self, django_assert_max_num_queries: object
    ) -> None:
        arrivals = [Arrival(a_gift(100 + n % 7, donor=f"第{n}厂")) for n in range(400)]
        receive_many(an_actor(), response=a_response(), arrivals=arrivals)
        gift, actor = a_donation(103, donor="青禾食品厂"), an_actor()
        actor.officer.reach("book_gifts")  # type: ignore[arg-type]
        with django_assert_max_num_queries(20):  # type: ignore[operator]
            propose_overlaps(actor, donation=gift)

    def test_reasons_are_sentences(self) -> None:
        a_donation(10000, donor=a_donor("李明", PERSON), via_name="板材商会")
        a_donation(208000, donor=a_donor("金属板材商会", CHAMBER))
        (pair,) = review_pairs(OverlapProposal.objects.all())
        assert pair.reasons == (
            "经「板材商会」捐出,可能已算在「金属板材商会」的数内",
            "金额不超过对方",
        )


class TestDecisions:
    def three(self) -> tuple[Donation, Donation, Donation]:
        return a_donation(1, donor="甲厂"), a_donation(2, donor="乙厂"), a_donation(3, donor="丙厂")

    def test_a_verdict_speaks_of_the_gifts_as_they_are_given(self) -> None:
        small, large, _third = self.three()
        decide_overlap(
            an_actor(), first=large, second=small, verdict=OverlapVerdict.SECOND_IN_FIRST, reason="会员名单"
        )
        kept = OverlapDecision.objects.get()
        assert (kept.first, kept.second, kept.verdict) == (small, large, OverlapVerdict.FIRST_IN_SECOND)
        assert kept.reason == "会员名单"

    def test_the_same_verdict_twice_changes_nothing_and_another_is_a_conflict(self) -> None:
        one, other, _third = self.three()
        actor = an_actor()
        first = decide_overlap(actor, first=one, second=other, verdict=OverlapVerdict.SAME)
        assert decide_overlap(actor, first=other, second=one, verdict=OverlapVerdict.SAME) == first
        with pytest.raises(Conflict):
            decide_overlap(actor, first=one, second=other, verdict=OverlapVerdict.DISTINCT)

    def test_an_undone_decision_opens_the_pair_and_can_be_taken_anew(self) -> None:
        actor = an_actor()
        one, other = a_donation(5000), a_donation(5000)
        decision = decide_overlap(actor, first=one, second=other, verdict=OverlapVerdict.SAME)
        pairs = visible_pairs(actor.officer, a_response())
        assert not undecided(pairs).exists()
        undo_decision(actor, decision=decision)
        assert undecided(pairs).count() == 1
        again = decide_overlap(
            actor, first=one, second=other, verdict=OverlapVerdict.DISTINCT, reason="分两次转账"
        )
        assert (again.verdict, again.reason) == (OverlapVerdict.DISTINCT, "分两次转账")
        with pytest.raises(Conflict):
            undo_decision(actor, decision=decision)

    @pytest.mark.parametrize(
        ("verdict_ab", "verdict_bc", "verdict_ac"),
        [
            ("same", "same", "distinct"),
            ("same", "distinct", "same"),
            ("distinct", "same", "same"),
            ("same", "same", "first_in_2nd"),
            ("first_in_2nd", "first_in_2nd", "second_in_1st"),
            ("first_in_2nd", "first_in_2nd", "same"),
            ("first_in_2nd", "first_in_2nd", "distinct"),
            ("first_in_2nd", "distinct", "same"),
            ("same", "first_in_2nd", "distinct"),
            ("same", "distinct", "first_in_2nd"),
        ],
    )
    def test_decisions_that_contradict_are_refused_naming_those_that_stand(
        self, verdict_ab: str, verdict_bc: str, verdict_ac: str
    ) -> None:
        a, b, c = self.three()
        actor = an_actor()
        decide_overlap(actor, first=a, second=b, verdict=OverlapVerdict(verdict_ab))
        decide_overlap(actor, first=b, second=c, verdict=OverlapVerdict(verdict_bc))
        with pytest.raises(Refused) as refused:
            decide_overlap(actor, first=a, second=c, verdict=OverlapVerdict(verdict_ac))
        assert refused.value.code == "contradiction"
        assert "甲厂" in str(refused.value)
        assert OverlapDecision.objects.count() == 2

    def test_decisions_that_agree_are_taken(self) -> None:
        a, b, c = self.three()
        actor = an_actor()
        decide_overlap(actor, first=a, second=b, verdict=OverlapVerdict.SAME)
        decide_overlap(actor, first=b, second=c, verdict=OverlapVerdict.FIRST_IN_SECOND)
        decide_overlap(actor, first=a, second=c, verdict=OverlapVerdict.FIRST_IN_SECOND)
        assert OverlapDecision.objects.count() == 3

    def test_a_gift_is_not_paired_with_itself(self) -> None:
        one, _other, _third = self.three()
        with pytest.raises(ValidationError):
            decide_overlap(an_actor(), first=one, second=one, verdict=OverlapVerdict.SAME)

    def test_gifts_of_two_responses_are_not_one(self) -> None:
        one = a_donation(1)
        other = a_donation(1, response=a_response("另一次应急响应"))
        with pytest.raises(Refused) as refused:
            decide_overlap(an_actor(), first=one, second=other, verdict=OverlapVerdict.SAME)
        assert refused.value.code == "two_responses"

    def test_a_withdrawn_gift_is_not_decided_on_nor_shown(self) -> None:
        actor = an_actor()
        one, other = a_donation(5000), a_donation(5000)
        withdraw_donation(actor, donation=other, reason="误录")
        with pytest.raises(Refused) as refused:
            decide_overlap(actor, first=one, second=other, verdict=OverlapVerdict.SAME)
        assert refused.value.code == "gift_withdrawn"
        assert not visible_pairs(actor.officer, a_response()).exists()

    @pytest.mark.parametrize("role", [Role.GIFT_CLERK, Role.CHAMBER_SECRETARY, Role.READER])
    def test_only_those_who_may_decide_decide_and_undo(self, role: str) -> None:
        one, other, _third = self.three()
        stranger = an_actor(role)
        with pytest.raises(NotAllowed):
            decide_overlap(stranger, first=one, second=other, verdict=OverlapVerdict.SAME)
        decision = decide_overlap(an_actor(), first=one, second=other, verdict=OverlapVerdict.SAME)
        with pytest.raises(NotAllowed):
            undo_decision(stranger, decision=decision)

    def test_an_officer_sees_pairs_of_the_own_gifts_only(self) -> None:
        town = a_township()
        a_donation(5000, area=town)
        a_donation(5000, area=town)
        clerk = an_actor(Role.GIFT_CLERK, area=town).officer
        stranger = an_actor(Role.GIFT_CLERK, area=a_township("青山镇")).officer
        assert visible_pairs(clerk, a_response()).count() == 1
        assert not visible_pairs(stranger, a_response()).exists()

    def test_gifts_decided_to_be_one_are_read_under_the_first(self) -> None:
        a, b, c = self.three()
        actor = an_actor()
        decide_overlap(actor, first=b, second=c, verdict=OverlapVerdict.SAME)
        last = decide_overlap(actor, first=a, second=c, verdict=OverlapVerdict.SAME)
        assert gifts_that_are_one(a_response()) == {a.pk: a.pk, b.pk: a.pk, c.pk: a.pk}
        undo_decision(actor, decision=last)
        assert gifts_that_are_one(a_response()) == {b.pk: b.pk, c.pk: b.pk}
