"""Totals: what they claim, what they leave apart, and that they never claim too much."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from decimal import Decimal
from uuid import UUID

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from lianfang.book.rights import Role
from lianfang.engines.figures import UNKNOWN, Amount, Bound
from lianfang.engines.figures.overlap import Pair, Relation
from lianfang.engines.figures.sums import Claim
from lianfang.giving.actions.donations import (
    Arrival,
    Reached,
    correct_donation,
    reach_state,
    receive_many,
    withdraw_donation,
)
from lianfang.giving.actions.overlaps import decide_overlap, undo_decision
from lianfang.giving.models import (
    Donation,
    DonationState,
    DonorKind,
    GiftKind,
    OverlapProposal,
    OverlapVerdict,
    ReceiptRoute,
)
from lianfang.giving.queries.ledger import BookedGift, Ledger, Named, ledger
from lianfang.giving.queries.overlaps import OpenPairs
from lianfang.giving.queries.overview import overview
from lianfang.giving.queries.totals import By, Total, overview_of, shares, total_of, totals_of
from lianfang.giving.tests.builders import a_donation, a_donor, a_gift, goods
from lianfang.people.models import BodyKind
from lianfang.people.tests.builders import a_body, a_response, a_township, an_actor

CHAMBER = DonorKind.CHAMBER
PERSON = DonorKind.PERSON


def received_cash() -> Total:
    return overview(a_response()).received.cash


@pytest.mark.django_db
class TestWhatIsAdded:
    def test_a_sum_over_over_bounds_is_at_least(self) -> None:
        a_donation(1440000, bound=Bound.OVER, donor="甲")
        a_donation(292000, donor="乙")
        total = received_cash()
        assert (total.low.low, total.high.claim) == (Decimal(1732000), Claim.AT_LEAST)
        assert total.text == "至少173.2万元"

    def test_unknown_stays_unknown_and_is_counted(self) -> None:
        a_donation(1000, donor="甲")
        a_donation(None, donor="乙")
        total = received_cash()
        assert (total.gifts, total.unknown, total.low.low) == (2, 1, 1000)
        assert total.sentence == "2 笔,至少1000元,其中 1 笔数额不详"

    def test_cash_goods_and_mixed_stand_apart(self) -> None:
        a_donation(1000, donor="甲")
        goods("口罩", 500, donor="乙")
        a_donation(1700000, bound=Bound.OVER, kind=GiftKind.MIXED, donor="丙")
        found = overview(a_response()).received
        assert [found.of(kind).text for kind in ("cash", "goods", "mixed")] == [
            "1000元",
            "500元",
            "至少170万元",
        ]

    def test_pledges_do_not_count_as_received(self) -> None:
        gift = a_donation(1000, pledged=True)
        found = overview(a_response())
        assert (found.received.gifts, found.pledged.cash.text) == (0, "1000元")
        reach_state(an_actor(), donation=gift, reached=[Reached(DonationState.LAPSED)])
        assert overview(a_response()).pledged.gifts == 0

    def test_a_pledge_that_arrived_counts_once(self) -> None:
        gift = a_donation(1000, pledged=True)
        reach_state(an_actor(), donation=gift, reached=[Reached(DonationState.RECEIVED)])
        found = overview(a_response())
        assert (found.received.cash.text, found.pledged.gifts) == ("1000元", 0)

    def test_what_another_receiver_passed_on_is_not_added_again(self) -> None:
        a_donation(1000, donor="甲")
        a_donation(800, donor="县慈善总会", route=ReceiptRoute.PASSED_ON)
        found = overview(a_response())
        assert (found.received.cash.text, found.passed_on.cash.text) == ("1000元", "800元")

    def test_foreign_money_stands_beside(self) -> None:
        a_donation(1000, donor="甲")
        a_donation(None, donor="乙", foreign=("USD", Decimal(20000)))
        total = received_cash()
        assert (total.text, total.unknown, total.gifts) == ("1000元,另有2万美元", 0, 2)

    def test_foreign_money_alone_is_no_unknown_sum(self) -> None:
        a_donation(None, donor="乙", foreign=("USD", Decimal(20000)))
        assert received_cash().text == "2万美元"

    def test_withdrawn_gifts_and_old_versions_do_not_count(self) -> None:
        actor, gift = an_actor(), a_donation(1000)
        newest = correct_donation(actor, donation=gift, gift=a_gift(3000), reason="看错")
        assert received_cash().text == "3000元"
        withdraw_donation(actor, donation=newest, reason="误录")
        assert received_cash().gifts == 0

    def test_an_officer_sees_the_totals_of_the_own_reach(self) -> None:
        town = a_township()
        a_donation(1000, donor="甲", area=town)
        a_donation(5000, donor="乙")
        clerk = an_actor(Role.GIFT_CLERK, area=town).officer
        assert overview(a_response(), clerk).received.cash.text == "1000元"

    def test_nothing_is_nothing(self) -> None:
        assert received_cash().text == "0元"


@pytest.mark.django_db
class TestRanges:
    def within(self) -> tuple[Donation, Donation]:
        part = a_donation(10000, donor=a_donor("李明", PERSON), via_name="板材商会")
        return part, a_donation(208000, donor=a_donor("金属板材商会", CHAMBER))

    def test_while_a_part_is_undecided_the_total_is_a_range(self) -> None:
        self.within()
        total = received_cash()
        assert (total.text, total.undecided) == ("20.8万元至21.8万元", 1)
        assert total.sentence == "2 笔,20.8万元至21.8万元,1 对疑似重复待判定"

    @pytest.mark.parametrize(
        ("verdict", "text"),
        [
            (OverlapVerdict.FIRST_IN_SECOND, "20.8万元"),
            (OverlapVerdict.DISTINCT, "21.8万元"),
        ],
    )
    def test_a_decision_settles_it(self, verdict: OverlapVerdict, text: str) -> None:
        part, whole = self.within()
        decide_overlap(an_actor(), first=part, second=whole, verdict=verdict)
        assert (received_cash().text, received_cash().undecided) == (text, 0)

    def test_undoing_a_decision_restores_the_range(self) -> None:
        part, whole = self.within()
        before = received_cash()
        decision = decide_overlap(an_actor(), first=part, second=whole, verdict=OverlapVerdict.DISTINCT)
        undo_decision(an_actor(), decision=decision)
        assert received_cash() == before

    def test_gifts_decided_to_be_one_count_once(self) -> None:
        one = a_donation(5000, donor="甲厂")
        other = a_donation(5000, donor="甲厂")
        assert received_cash().text == "5000元至1万元"
        decide_overlap(an_actor(), first=one, second=other, verdict=OverlapVerdict.SAME)
        assert (received_cash().text, received_cash().gifts) == ("5000元", 1)

    def test_ranges_of_bounded_sums_say_at_least(self) -> None:
        self.within()
        a_donation(1440000, bound=Bound.OVER, donor=a_donor("石桥镇商会", CHAMBER))
        assert received_cash().text == "至少164.8万元至165.8万元"


@pytest.mark.django_db
class TestShares:
    def text_by(self, by: By, kind: str = "cash") -> dict[str, str]:
        book = ledger(a_response())
        return {share.label: share.totals.of(kind).text for share in shares(book.received(), book, by)}

    def test_by_kind_of_donor(self) -> None:
        a_donation(100, donor=a_donor("李明", PERSON))
        a_donation(200, donor="青禾厂")
        assert self.text_by(By.DONOR_KIND) == {"企业": "200元", "个人": "100元"}

    def test_by_town_of_the_gift_or_of_a_body_on_its_way(self) -> None:
        town, other = a_township(), a_township("青山镇")
        a_donation(100, donor="甲", area=town)
        a_donation(200, donor="乙", recipient=a_body("青山镇政府", BodyKind.GOVERNMENT, area=other))
        a_donation(400, donor="丙", via=a_body("石桥镇商会", BodyKind.CHAMBER, area=town))
        a_donation(800, donor="丁")
        assert self.text_by(By.TOWN) == {"石桥镇": "500元", "青山镇": "200元", "未归入镇街": "800元"}

    def test_by_giver_counts_a_merged_body_under_its_name(self) -> None:
        full = a_body("云溪县金属板材商会", BodyKind.CHAMBER)
        other = a_body("板业商会", BodyKind.CHAMBER, merged_into=full)
        a_donation(100, donor=a_donor(kind=CHAMBER, body=full))
        a_donation(200, donor=a_donor(kind=CHAMBER, body=other))
        assert self.text_by(By.DONOR) == {"云溪县金属板材商会": "300元"}

    def test_by_way_and_by_receiver(self) -> None:
        a_donation(100, donor="甲", via_name="石桥镇商会", recipient_name="县医院")
        a_donation(200, donor="乙")
        assert self.text_by(By.VIA) == {"石桥镇商会": "100元", "未经其他单位": "200元"}
        assert self.text_by(By.RECIPIENT) == {"县医院": "100元", "未说明接收单位": "200元"}

    def test_a_pair_across_two_shares_moves_neither(self) -> None:
        a_donation(10000, donor=a_donor("李明", PERSON), via_name="金属板材商会")
        a_donation(208000, donor=a_donor("金属板材商会", CHAMBER))
        assert self.text_by(By.DONOR_KIND) == {"商会、协会": "20.8万元", "个人": "1万元"}


@pytest.mark.django_db
def test_queries_do_not_grow_with_the_book(django_assert_max_num_queries: object) -> None:
    town = a_township()
    arrivals = [Arrival(a_gift(n + 1, donor=f"第{n}厂", area=town)) for n in range(100)]
    receive_many(an_actor(), response=a_response(), arrivals=arrivals)
    response = a_response()
    with django_assert_max_num_queries(8):  # type: ignore[operator]
        book = ledger(response)
        assert [share.totals.cash.gifts for share in shares(book.received(), book, By.TOWN)] == [100]


@pytest.mark.django_db(transaction=False)
class TestAsOf:
    @settings(max_examples=12)
    @given(
        st.lists(
            st.sampled_from(["book", "pledge", "correct", "withdraw", "arrive", "decide", "undo"]),
            max_size=14,
        )
    )
    def test_as_of_equals_what_was_read_then(self, acts: list[str]) -> None:
        """Each moment's totals, read now, are those that were read at that moment."""
        response = a_response(f"应急响应{timezone.now():%H%M%S%f}")
        actor = an_actor()
        read: list[tuple[datetime, object]] = []
        for number, act in enumerate(acts):
            self.perform(act, number, actor, response)
            read.append((timezone.now(), overview(response)))
            assert overview(response) == overview_of(ledger(response))
        for moment, then in read:
            assert overview(response, as_of=moment) == then

    def test_the_database_adds_up_what_the_engine_does(self) -> None:
        for number, bound in enumerate([*Bound, Bound.EXACT], 1):
            a_donation(f"{number}.29", bound=bound, donor=f"厂{number}")
            a_donation(None, donor=f"无数{number}", route=ReceiptRoute.PASSED_ON)
            goods("口罩", number * 10, bound=bound, donor=f"物{number}", pledged=number % 2 == 0)
        a_donation(7, kind=GiftKind.MIXED, donor="合")
        a_donation(None, foreign=("USD", Decimal(5)), donor="外")
        a_donation(500, donor="同"), a_donation(500, donor="同")
        assert overview(a_response()) == overview_of(ledger(a_response()))

    def perform(self, act: str, number: int, actor: object, response: object) -> None:
        standing = list(Donation.objects.current().filter(response=response).order_by("received_at"))
        pairs = OverlapProposal.objects.filter(response=response).order_by("received_at")
        match act:
            case "book":
                a_donation(1000 * (1 + number % 2), donor="甲厂", actor=actor, response=response)
            case "pledge":
                a_donation(700, donor=f"厂{number}", actor=actor, response=response, pledged=True)
            case "correct" if standing:
                gift = a_gift(1000 + 1000 * (number % 2), donor="甲厂")
                correct_donation(actor, donation=standing[-1], gift=gift, reason="改")
            case "withdraw" if standing:
                withdraw_donation(actor, donation=standing[0], reason="误")
            case "arrive":
                for gift in standing:
                    steps = {step.state for step in gift.root.steps.all()}
                    if steps == {"pledged"}:
                        reach_state(actor, donation=gift, reached=[Reached(DonationState.RECEIVED)])
            case "decide":
                alive = {gift.root_id for gift in standing}
                for pair in pairs:
                    decided = pair.first.overlapdecision_as_first.filter(second=pair.second).exists()
                    if {pair.first_id, pair.second_id} <= alive and not decided:
                        decide_overlap(
                            actor, first=pair.first, second=pair.second, verdict=OverlapVerdict.SAME
                        )
                        break
            case "undo":
                for pair in pairs:
                    for decision in pair.first.overlapdecision_as_first.current():
                        undo_decision(actor, decision=decision)
                        return


IDS = [UUID(int=number) for number in range(1, 7)]
AMOUNTS = st.one_of(
    st.just(UNKNOWN),
    st.builds(
        lambda value, bound: Amount(Decimal(value), bound),
        st.integers(1, 9),
        st.sampled_from([Bound.EXACT, Bound.EXACT, Bound.OVER, Bound.NEARLY]),
    ),
)
BOOKS = st.lists(AMOUNTS, min_size=2, max_size=5).map(lambda amounts: dict(zip(IDS, amounts, strict=False)))


def a_ledger(
    amounts: dict[UUID, Amount], undecided: list[Pair[UUID]], decided: list[Pair[UUID]] | None = None
) -> Ledger:
    gifts = tuple(
        BookedGift(
            root, "cash", amount, None, Named(str(root)), "enterprise", "named",
            None, None, None, "", "direct", None, True, False,
        )
        for root, amount in amounts.items()
    )  # fmt: skip
    return Ledger(gifts, OpenPairs(tuple(decided or ()), tuple(undecided)), {})


def total(book: Ledger) -> Total:
    return total_of(book.gifts, book)


def ends(found: Total) -> tuple[Decimal, Decimal]:
    high = found.high.high
    return found.low.low, Decimal("Infinity") if high is None else high


@st.composite
def books_with_pairs(draw: Callable[..., object]) -> tuple[dict[UUID, Amount], list[Pair[UUID]]]:
    amounts = draw(BOOKS)
    roots = list(amounts)
    any_two = st.tuples(st.sampled_from(roots), st.sampled_from(roots))
    chosen = draw(st.lists(any_two, max_size=4, unique_by=frozenset))
    relation = st.sampled_from([Relation.SAME, Relation.PART_OF])
    return amounts, [Pair(draw(relation), one, other) for one, other in chosen if one != other]


class TestRangesHoldInEveryWorld:
    @given(books_with_pairs(), st.data())
    def test_deciding_never_widens_the_range(
        self, book: tuple[dict[UUID, Amount], list[Pair[UUID]]], data: st.DataObject
    ) -> None:
        amounts, pairs = book
        open_pairs, decided = list(pairs), []
        low, high = ends(total(a_ledger(amounts, open_pairs)))
        while open_pairs:
            pair = open_pairs.pop(data.draw(st.integers(0, len(open_pairs) - 1)))
            verdict = data.draw(st.sampled_from([pair.relation, Relation.DISTINCT]))
            decided.append(replace(pair, relation=verdict))
            now_low, now_high = ends(total(a_ledger(amounts, open_pairs, decided)))
            assert low <= now_low
            assert now_high <= high
            low, high = now_low, now_high

    @given(books_with_pairs(), st.data())
    def test_the_range_contains_every_world(
        self, book: tuple[dict[UUID, Amount], list[Pair[UUID]]], data: st.DataObject
    ) -> None:
        """Choose for each pair whether it is one or two gifts: the decided total lies in the range."""
        amounts, pairs = book
        decided = [
            replace(pair, relation=data.draw(st.sampled_from([pair.relation, Relation.DISTINCT])))
            for pair in pairs
        ]
        low, high = ends(total(a_ledger(amounts, pairs)))
        world_low, world_high = ends(total(a_ledger(amounts, [], decided)))
        assert low <= world_low
        assert world_high <= high

    @given(books_with_pairs(), st.randoms())
    def test_the_order_of_gifts_and_pairs_does_not_matter(
        self, book: tuple[dict[UUID, Amount], list[Pair[UUID]]], random: object
    ) -> None:
        amounts, pairs = book
        first = total(a_ledger(amounts, pairs))
        roots = list(amounts)
        random.shuffle(roots)  # type: ignore[attr-defined]
        random.shuffle(pairs)  # type: ignore[attr-defined]
        again = total(a_ledger({root: amounts[root] for root in roots}, pairs))
        assert (again.low, again.high, again.undecided) == (first.low, first.high, first.undecided)

    @given(BOOKS)
    def test_without_pairs_both_ends_are_the_sum(self, amounts: dict[UUID, Amount]) -> None:
        found = total(a_ledger(amounts, []))
        assert found.low == found.high
        assert found.gifts == len(amounts)

    @given(books_with_pairs())
    def test_kinds_are_never_added_together(self, book: tuple[dict[UUID, Amount], list[Pair[UUID]]]) -> None:
        amounts, pairs = book
        cash = a_ledger(amounts, pairs)
        as_goods = tuple(replace(gift, kind="goods") for gift in cash.gifts[1:])
        found = totals_of([cash.gifts[0], *as_goods], cash)
        assert found.cash.gifts == 1
        assert found.cash.high == total(a_ledger({cash.gifts[0].root: cash.gifts[0].amount}, [])).high
