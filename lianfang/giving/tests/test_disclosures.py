"""Publishing: drafted, reviewed by another, frozen; corrected in public."""

from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.template.loader import render_to_string
from django.utils import timezone

from lianfang.book.errors import Conflict, NotAllowed, Refused
from lianfang.book.models import AuditEntry
from lianfang.book.rights import Role
from lianfang.engines.figures import Amount, Bound
from lianfang.giving.actions import disclosures as acts
from lianfang.giving.actions.donations import correct_donation, receive_donation, withdraw_donation
from lianfang.giving.actions.overlaps import decide_overlap
from lianfang.giving.gifts import gift_of
from lianfang.giving.models import (
    Counting,
    Coverage,
    Disclosure,
    DisclosureLine,
    DisclosureState,
    DonorNaming,
    GiftKind,
    OverlapVerdict,
)
from lianfang.giving.publication import frozen
from lianfang.giving.publication.tallies import figures_of, from_data
from lianfang.giving.queries import disclosures as queries
from lianfang.giving.tests.builders import A_DAY, a_donation, a_donor, goods
from lianfang.giving.tests.builders_disclosures import (
    Desk,
    a_correction,
    a_desk,
    a_draft,
    a_publication,
    just_now,
)
from lianfang.people.models import BodyKind
from lianfang.people.tests.builders import a_body, a_response, a_township, an_actor

pytestmark = pytest.mark.django_db


def lines(disclosure: Disclosure) -> list[DisclosureLine]:
    return list(queries.draft_of(disclosure).lines)


def donors(disclosure: Disclosure) -> list[str]:
    return sorted(line.donor for line in lines(disclosure))


def left_out(disclosure: Disclosure) -> dict[str, int]:
    return {one.code: one.count for one in queries.draft_of(disclosure).drafted.left_out}


# What stands in a draft


def test_gifts_that_arrived_stand_in_it_and_pledges_do_not() -> None:
    a_donation(1000, donor="青禾食品厂")
    a_donation(5000, donor="远山木业", pledged=True)
    draft = a_draft(a_desk())
    assert donors(draft) == ["青禾食品厂"]
    assert left_out(draft) == {"pledged": 1}


def test_a_withdrawn_gift_does_not_stand_in_it() -> None:
    office = an_actor()
    withdraw_donation(office, donation=a_donation(1000), reason="重复录入")
    assert lines(a_draft(a_desk())) == []


def test_gifts_that_are_one_stand_in_it_once() -> None:
    first, second = a_donation(1000, donor="青禾食品厂"), a_donation(1000, donor="青禾食品")
    decide_overlap(an_actor(), first=first, second=second, verdict=OverlapVerdict.SAME)
    draft = a_draft(a_desk())
    assert donors(draft) == ["青禾食品厂"]
    assert left_out(draft) == {"merged": 1}


def test_a_gift_booked_after_the_cutoff_goes_into_the_next_and_is_marked_late() -> None:
    desk = a_desk()
    a_donation(1000, donor="青禾食品厂", happened_at=A_DAY)
    until = just_now()
    late = {}
    draft = a_draft(desk, until=until)
    while timezone.now() <= until:
        pass
    a_donation(2000, donor="远山木业", happened_at=A_DAY)
    assert donors(draft) == ["青禾食品厂"]
    assert left_out(draft) == {"booked_later": 1}
    acts.review_disclosure(desk.reviewer, disclosure=draft, seen=queries.draft_of(draft).digest)
    acts.publish_disclosure(desk.leader, disclosure=draft)
    second = a_draft(desk)
    late = {line.donor: line.late for line in lines(second)}
    assert late == {"远山木业": True}


def test_a_gift_that_arrived_after_the_cutoff_waits_for_the_next() -> None:
    desk = a_desk()
    now = timezone.now()
    a_donation(1000, donor="青禾食品厂", happened_at=now)
    draft = a_draft(desk, until=now - timedelta(hours=1))
    assert lines(draft) == []
    assert left_out(draft) == {"arrived_later": 1}


def test_what_was_published_is_new_only_once() -> None:
    desk = a_desk()
    a_donation(1000, donor="青禾食品厂")
    a_publication(desk)
    a_donation(2000, donor="远山木业")
    second = a_draft(desk)
    assert donors(second) == ["远山木业"]
    assert left_out(second) == {"listed": 1}


def test_a_body_of_its_own_publishes_what_went_through_its_hands() -> None:
    chamber = a_body("店口镇商会", BodyKind.CHAMBER)
    desk = replace(a_desk(), body=chamber)
    a_donation(1000, donor="青禾食品厂", via=chamber)
    a_donation(2000, donor="远山木业")
    draft = a_draft(desk)
    assert draft.coverage == Coverage.OWN
    assert donors(draft) == ["青禾食品厂"]


def test_a_town_publishes_the_gifts_of_its_area_only() -> None:
    town, other = a_township("石桥镇"), a_township("云岭镇")
    desk = replace(a_desk(), body=a_body("石桥镇疫情防控指挥部", BodyKind.HEADQUARTERS, town))
    a_donation(1000, donor="青禾食品厂", area=town)
    a_donation(2000, donor="远山木业", area=other)
    assert donors(a_draft(desk)) == ["青禾食品厂"]


# Figures


def test_cash_goods_and_mixed_figures_are_apart_and_claims_stay_modest() -> None:
    a_donation(144_0000, bound=Bound.OVER)
    a_donation(6_0000, donor="远山木业")
    goods("口罩", None)
    goods("消毒液", 3000)
    a_donation(5000, donor="店口商会", kind=GiftKind.MIXED)
    figures = queries.draft_of(a_draft(a_desk())).new
    assert figures.all.cash.text == "至少150万元"
    assert figures.all.goods.text == "至少3000元"
    assert figures.all.goods.unknown == 1
    assert figures.all.mixed.text == "5000元"


def test_an_undecided_pair_shows_as_a_range() -> None:
    a_donation(1000, donor="青禾食品厂", happened_at=A_DAY)
    a_donation(1000, donor="青禾食品厂", happened_at=A_DAY)
    draft = queries.draft_of(a_draft(a_desk()))
    assert draft.drafted.open_pairs == 1
    assert draft.new.all.cash.text == "1000元至2000元"
    assert sorted(line.counting for line in draft.lines) == [Counting.COUNTED, Counting.DOUBTFUL]


def test_a_part_of_another_gift_stands_in_the_list_and_not_in_the_sum() -> None:
    whole = a_donation(10_0000, donor=a_donor("店口镇商会", "chamber"))
    part = a_donation(1_0000, donor="青禾食品厂")
    decide_overlap(an_actor(), first=part, second=whole, verdict=OverlapVerdict.FIRST_IN_SECOND)
    draft = queries.draft_of(a_draft(a_desk()))
    assert draft.new.all.cash.text == "10万元"
    assert draft.new.all.cash.within == 1


def test_cumulative_is_what_was_carried_and_what_is_new() -> None:
    desk = a_desk()
    a_donation(1000, donor="青禾食品厂")
    a_publication(desk)
    a_donation(2000, donor="远山木业")
    second = a_publication(desk)
    figures = second.figures
    assert from_data(figures["carried"]).all.cash.text == "1000元"
    assert from_data(figures["new"]).all.cash.text == "2000元"
    assert from_data(figures["cumulative"]).all.cash.text == "3000元"


def test_foreign_money_stands_beside_and_is_not_converted() -> None:
    a_donation(None, donor="海外乡亲", foreign=("USD", Decimal(20000)))
    a_donation(1000, donor="青禾食品厂")
    draft = queries.draft_of(a_draft(a_desk()))
    assert "2万美元" in draft.new.all.cash.text
    assert "1000元" in draft.new.all.cash.text


def test_figures_read_back_are_the_figures_that_were_written() -> None:
    a_donation(144_0000, bound=Bound.OVER)
    a_donation(None, donor="海外乡亲", foreign=("USD", Decimal(20000)))
    goods("口罩", None)
    draft = queries.draft_of(a_draft(a_desk()))
    assert from_data(draft.figures["new"]) == draft.new == figures_of(draft.lines)


# Draft, review, publish


def test_published_lines_figures_and_digest_are_frozen() -> None:
    desk = a_desk()
    a_donation(1000, donor="青禾食品厂", happened_at=A_DAY)
    done = a_publication(desk)
    assert done.state == DisclosureState.PUBLISHED
    standing = list(DisclosureLine.objects.filter(disclosure=done).order_by("position"))
    head = frozen.head_data(done, done.figures, "")
    assert frozen.digest_of(head, standing) == done.digest
    assert [line.donor for line in standing] == ["青禾食品厂"]


def test_each_publication_names_the_digest_of_the_one_before() -> None:
    desk = a_desk()
    first, second = a_publication(desk), a_publication(desk)
    assert (first.number, second.number) == (1, 2)
    assert queries.previous_digest(second) == first.digest


def test_the_preparer_cannot_review() -> None:
    desk = a_desk()
    draft = a_draft(desk)
    with pytest.raises(Refused) as refused:
        acts.review_disclosure(desk.clerk, disclosure=draft, seen=queries.draft_of(draft).digest)
    assert refused.value.code == "same_person"


def test_a_change_makes_the_one_who_changed_it_the_preparer_and_the_review_void() -> None:
    desk = a_desk()
    draft = a_draft(desk)
    acts.review_disclosure(desk.reviewer, disclosure=draft, seen=queries.draft_of(draft).digest)
    changed = acts.change_disclosure(
        desk.reviewer, disclosure=draft, title="改过的标题", window_to=draft.window_to, remark=""
    )
    assert changed.state == DisclosureState.DRAFT
    with pytest.raises(Refused):
        acts.review_disclosure(desk.reviewer, disclosure=draft, seen=queries.draft_of(draft).digest)


def test_review_of_something_else_than_was_shown_is_a_conflict() -> None:
    desk = a_desk()
    draft = a_draft(desk)
    with pytest.raises(Conflict):
        acts.review_disclosure(desk.reviewer, disclosure=draft, seen="0" * 64)


def test_a_draft_cannot_be_reviewed_before_its_cutoff() -> None:
    desk = a_desk()
    draft = a_draft(desk, until=timezone.now() + timedelta(hours=2))
    with pytest.raises(Refused) as refused:
        acts.review_disclosure(desk.reviewer, disclosure=draft, seen=queries.draft_of(draft).digest)
    assert refused.value.code == "before_cutoff"


def test_nothing_is_published_without_review() -> None:
    desk = a_desk()
    with pytest.raises(Refused) as refused:
        acts.publish_disclosure(desk.leader, disclosure=a_draft(desk))
    assert refused.value.code == "not_reviewed"


def test_what_changed_after_the_review_is_not_published() -> None:
    desk = a_desk()
    gift = a_donation(1000, donor="青禾食品厂")
    draft = a_draft(desk)
    acts.review_disclosure(desk.reviewer, disclosure=draft, seen=queries.draft_of(draft).digest)
    new = replace(gift_of(gift), amount=Amount(Decimal(9000)))
    correct_donation(an_actor(), donation=gift, gift=new, reason="看错了")
    with pytest.raises(Refused) as refused:
        acts.publish_disclosure(desk.leader, disclosure=draft)
    assert refused.value.code == "changed_since_review"


def test_of_two_who_publish_at_once_one_gets_a_conflict() -> None:
    desk = a_desk()
    a_donation(1000)
    draft = a_draft(desk)
    acts.review_disclosure(desk.reviewer, disclosure=draft, seen=queries.draft_of(draft).digest)
    seen_by_both = Disclosure.objects.get(pk=draft.pk)
    acts.publish_disclosure(desk.leader, disclosure=seen_by_both)
    with pytest.raises(Conflict):
        acts.publish_disclosure(
            an_actor(Role.FEDERATION_LEADER), disclosure=Disclosure.objects.get(pk=draft.pk)
        )
    assert DisclosureLine.objects.filter(disclosure=draft).count() == 1


def test_one_draft_at_a_time() -> None:
    desk = a_desk()
    a_draft(desk)
    with pytest.raises(Refused) as refused:
        a_draft(desk)
    assert refused.value.code == "draft_open"


def test_the_number_of_a_discarded_draft_is_used_again() -> None:
    desk = a_desk()
    acts.discard_disclosure(desk.clerk, disclosure=a_draft(desk))
    assert a_draft(desk).number == 1


def test_what_is_published_cannot_be_discarded_or_changed() -> None:
    desk = a_desk()
    done = a_publication(desk)
    for attempt in (
        lambda: acts.discard_disclosure(desk.clerk, disclosure=done),
        lambda: acts.change_disclosure(
            desk.clerk, disclosure=done, title="x", window_to=done.window_to, remark=""
        ),
    ):
        with pytest.raises(Refused) as refused:
            attempt()
        assert refused.value.code == "not_a_draft"


@pytest.mark.parametrize("ahead", [timedelta(days=-3000), timedelta(days=30)])
def test_a_cutoff_before_the_beginning_or_far_ahead_is_refused(ahead: timedelta) -> None:
    with pytest.raises(ValidationError):
        a_draft(a_desk(), until=timezone.now() + ahead)


def test_publishing_leaves_its_sentence_and_not_an_entry_a_line() -> None:
    desk = a_desk()
    for number in range(5):
        a_donation(1000 + number, donor=f"企业{number}")
    done = a_publication(desk)
    entries = AuditEntry.objects.filter(action="publish_disclosure")
    assert [entry.subject_id for entry in entries] == [str(done.pk)]
    reviewed = AuditEntry.objects.get(action="review_disclosure", subject_id=str(done.pk))
    assert reviewed.values["new"]["digest"] == done.digest


# Rights


def _prepare(desk: Desk, actor: object) -> None:
    acts.prepare_disclosure(actor, response=a_response(), body=desk.body, window_to=just_now())  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "role", [None, Role.READER, Role.AUDITOR, Role.FEDERATION_LEADER, Role.ADMINISTRATOR]
)
def test_who_may_not_book_gifts_may_not_prepare(role: str | None) -> None:
    with pytest.raises(NotAllowed):
        _prepare(a_desk(), an_actor(role))


def test_who_may_book_for_the_body_alone_may_not_publish_its_area() -> None:
    desk = a_desk()
    with pytest.raises(NotAllowed):
        _prepare(desk, an_actor(Role.GIFT_CLERK, body=desk.body))


@pytest.mark.parametrize("role", [None, Role.READER, Role.GIFT_CLERK, Role.CHAMBER_SECRETARY, Role.AUDITOR])
def test_who_may_not_review_does_not(role: str | None) -> None:
    draft = a_draft(a_desk())
    with pytest.raises(NotAllowed):
        acts.review_disclosure(an_actor(role), disclosure=draft, seen="")


@pytest.mark.parametrize("role", [None, Role.READER, Role.GIFT_CLERK, Role.FEDERATION_OFFICE, Role.AUDITOR])
def test_who_may_not_publish_does_not(role: str | None) -> None:
    desk = a_desk()
    draft = a_draft(desk)
    acts.review_disclosure(desk.reviewer, disclosure=draft, seen=queries.draft_of(draft).digest)
    with pytest.raises(NotAllowed):
        acts.publish_disclosure(an_actor(role), disclosure=draft)


# Corrections


def test_a_published_gift_is_corrected_only_with_a_statement() -> None:
    desk = a_desk()
    gift = a_donation(1000, donor="青禾食品厂")
    a_publication(desk)
    with pytest.raises(Refused) as refused:
        correct_donation(an_actor(), donation=gift, gift=gift_of(gift), reason="改")
    assert refused.value.code == "published"


def test_a_correction_changes_what_is_read_and_nothing_frozen() -> None:
    desk = a_desk()
    gift = a_donation(1000, donor="青禾食品厂")
    done = a_publication(desk)
    line = DisclosureLine.objects.get(disclosure=done)
    old = gift_of(gift)
    statement = a_correction(desk, line, replace(old, amount=Amount(Decimal(3000))), old)
    page = queries.public_page(done.pk)
    assert statement.number == 1
    assert page.new.all.cash.text == "3000元"
    assert page.cumulative.all.cash.text == "3000元"
    assert page.frozen_new.all.cash.text == "1000元"
    line.refresh_from_db()
    assert (line.value, line.value_text) == (Decimal(1000), "1000元")
    assert queries.effective_lines(Disclosure.objects.filter(pk=done.pk))[0].value_text == "3000元"
    gift_now = queries._published_lines().get(pk=line.pk).donation.versions.get(correction__isnull=True)
    assert gift_now.value == Decimal(3000)


def test_a_line_can_be_withdrawn_by_a_correction() -> None:
    desk = a_desk()
    a_donation(1000, donor="青禾食品厂")
    done = a_publication(desk)
    a_correction(desk, DisclosureLine.objects.get(disclosure=done), None)
    assert queries.public_page(done.pk).new.count == 0
    assert queries.public_page(done.pk).frozen_new.count == 1


def test_the_next_publication_carries_the_corrected_sum() -> None:
    desk = a_desk()
    gift = a_donation(1000, donor="青禾食品厂")
    done = a_publication(desk)
    old = gift_of(gift)
    a_correction(
        desk, DisclosureLine.objects.get(disclosure=done), replace(old, amount=Amount(Decimal(3000))), old
    )
    a_donation(500, donor="远山木业")
    second = a_publication(desk)
    assert from_data(second.figures["carried"]).all.cash.text == "3000元"
    assert from_data(second.figures["cumulative"]).all.cash.text == "3500元"


def test_who_proposes_a_correction_does_not_publish_it() -> None:
    desk = a_desk()
    a_donation(1000, donor="青禾食品厂")
    done = a_publication(desk)
    both = an_actor(Role.FEDERATION_LEADER)
    from lianfang.people.models import Grant
    from lianfang.people.tests.builders import a_county

    Grant.objects.create(officer=both.officer, role=Role.FEDERATION_OFFICE, area=a_county())
    proposal = acts.propose_correction(both, disclosure=done, was="甲", now="乙", why="笔误")
    with pytest.raises(Refused) as refused:
        acts.publish_correction(both, proposal=proposal)
    assert refused.value.code == "same_person"


def test_of_two_who_decide_a_correction_one_gets_a_conflict() -> None:
    desk = a_desk()
    done = a_publication(desk)
    proposal = acts.propose_correction(desk.clerk, disclosure=done, was="甲", now="乙", why="笔误")
    acts.publish_correction(desk.leader, proposal=proposal)
    with pytest.raises(Conflict):
        acts.refuse_correction(desk.leader, proposal=proposal, why="不用改")


def test_corrections_of_a_publication_are_numbered_without_gaps() -> None:
    desk = a_desk()
    done = a_publication(desk)
    for _number in range(3):
        proposal = acts.propose_correction(desk.clerk, disclosure=done, was="甲", now="乙", why="笔误")
        acts.publish_correction(desk.leader, proposal=proposal)
    assert [one.number for one in queries.corrections_of(done)] == [1, 2, 3]


def test_a_gift_corrected_since_the_proposal_is_a_conflict() -> None:
    desk = a_desk()
    gift = a_donation(1000, donor="青禾食品厂")
    done = a_publication(desk)
    line = DisclosureLine.objects.get(disclosure=done)
    old = gift_of(gift)
    proposal = acts.propose_correction(
        desk.clerk,
        disclosure=done,
        line=line,
        effect="amend",
        changes={"amount": {"value": "2000", "bound": "exact"}},
        was="1000元",
        now="2000元",
        why="笔误",
    )
    # Another body's statement had corrected the same gift in between.
    from lianfang.book.actions import action
    from lianfang.giving.actions.donations import write_correction

    @action("correct_in_between_for_test", says="")
    def correct_in_between(act, *, gift, new):  # type: ignore[no-untyped-def]
        return write_correction(act, donation=gift, gift=new, reason="另一处更正")

    correct_in_between(an_actor(), gift=gift, new=replace(old, amount=Amount(Decimal(1500))))
    with pytest.raises(Conflict):
        acts.publish_correction(desk.leader, proposal=proposal)


def test_a_correction_that_changes_nothing_or_gives_no_reason_is_refused() -> None:
    desk = a_desk()
    a_donation(1000, donor="青禾食品厂")
    done = a_publication(desk)
    line = DisclosureLine.objects.get(disclosure=done)
    with pytest.raises(ValidationError):
        acts.propose_correction(
            desk.clerk, disclosure=done, line=line, effect="amend", changes={}, was="a", now="b", why="c"
        )
    with pytest.raises(ValidationError):
        acts.propose_correction(desk.clerk, disclosure=done, was="甲", now="乙", why="  ")


# Names that the public must not see


def test_a_withheld_name_is_not_in_the_line_wherever_it_was_written() -> None:
    chamber = a_body("张三丰商会", BodyKind.CHAMBER)
    a_donation(
        1000,
        donor=a_donor("张三丰", "person", naming=DonorNaming.WITHHELD),
        via=chamber,
        purpose="张三丰捐给一线",
    )
    (line,) = lines(a_draft(a_desk()))
    assert line.donor == "爱心人士"
    assert "张三丰" not in str(frozen.line_data(line))


def test_withheld_and_unknown_givers_are_told_apart() -> None:
    a_donation(1000, donor=a_donor("张三丰", "person", naming=DonorNaming.WITHHELD))
    a_donation(500, donor=a_donor("好心大哥", "person", naming=DonorNaming.UNKNOWN))
    a_donation(700, donor="青禾食品厂")
    disclosure = a_draft(a_desk())
    draft = queries.draft_of(disclosure)
    assert (draft.new.withheld, draft.new.unnamed) == (1, 1)
    assert {line.donor for line in draft.lines} == {"爱心人士", "青禾食品厂"}
    page = render_to_string(
        "giving/disclosure_publish.html", {"disclosure": disclosure, "draft": draft, "named": 1}
    )
    assert "1 笔公布捐赠人名称,1 笔应要求写作「爱心人士」。 1 笔捐赠人没有留名。" in page


def test_an_anonymous_giver_finds_the_own_line_by_code() -> None:
    desk = a_desk()
    gift = a_donation(1000, donor=a_donor("张三丰", "person", naming=DonorNaming.WITHHELD))
    a_publication(desk)
    (line,) = queries.lines_with_code(f" {gift.code[:4].lower()}-{gift.code[4:]} ")
    assert line.value_text == "1000元"
    assert gift.code not in line.code_index


def test_the_code_of_a_gift_that_was_found_to_be_one_with_another_leads_to_its_line() -> None:
    desk = a_desk()
    first, second = a_donation(1000, donor="青禾食品厂"), a_donation(1000, donor="青禾食品")
    decide_overlap(an_actor(), first=first, second=second, verdict=OverlapVerdict.SAME)
    a_publication(desk)
    assert [line.donation_id for line in queries.lines_with_code(second.code)] == [first.pk]


def test_a_code_that_nobody_has_finds_nothing() -> None:
    assert queries.lines_with_code("ZZZZZZZZ") == []
    assert queries.lines_with_code("' OR 1=1") == []


def test_reading_a_draft_takes_a_constant_number_of_queries(django_assert_max_num_queries) -> None:  # type: ignore[no-untyped-def]
    desk = a_desk()
    for number in range(12):
        receive_donation(
            desk.clerk,
            response=a_response(),
            donor=a_donor(f"企业{number}"),
            kind="cash",
            amount=Amount(Decimal(5)),
        )
    draft = a_draft(desk)
    draft = Disclosure.objects.select_related("body__area", "response").get(pk=draft.pk)
    with django_assert_max_num_queries(24):
        queries.draft_of(draft)
