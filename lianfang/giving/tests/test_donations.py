"""Booking gifts: what is written, who may, what is refused and with which code."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.utils import timezone

from lianfang.book.actions import Actor
from lianfang.book.errors import Conflict, NotAllowed, Refused
from lianfang.book.models import AuditEntry, RuleProfile
from lianfang.book.registers import new_id
from lianfang.book.rights import Role
from lianfang.engines.figures import Amount, Bound
from lianfang.giving.actions.donations import (
    Arrival,
    Reached,
    correct_donation,
    correct_step,
    gift_of,
    reach_state,
    receive_many,
    withdraw_donation,
)
from lianfang.giving.models import (
    BankLine,
    BankMatch,
    BankStatement,
    Disclosure,
    DisclosureLine,
    DisclosureState,
    Donation,
    DonationLine,
    DonationReceipt,
    DonationState,
    DonationStep,
    DonorKind,
    DonorNaming,
    Evidence,
    GiftKind,
    Intent,
    Mention,
    MentionDecision,
    MentionVerdict,
)
from lianfang.giving.tests.builders import (
    A_DAY,
    a_donation,
    a_donor,
    a_gift,
    a_gift_source,
    some_goods,
    yuan,
)
from lianfang.people.models import BodyKind, Officer
from lianfang.people.tests.builders import (
    a_body,
    a_person,
    a_response,
    a_township,
    an_actor,
)

pytestmark = pytest.mark.django_db


def codes(error: pytest.ExceptionInfo[ValidationError]) -> dict[str, list[str]]:
    return {at: [one.code for one in errors] for at, errors in error.value.error_dict.items()}


def test_a_received_gift_stands_with_its_first_state_and_who_wrote_it() -> None:
    actor = an_actor()
    gift = a_donation(1440000, bound=Bound.OVER, donor="石桥镇基层商会", actor=actor, happened_at=A_DAY)
    step = DonationStep.objects.get(donation=gift)
    assert (gift.amount, gift.written_by) == (yuan(1440000, Bound.OVER), actor.officer)
    assert (step.state, step.evidence, step.happened_at) == (DonationState.RECEIVED, Evidence.AS_TOLD, A_DAY)


def test_a_gift_whose_day_nobody_told_has_no_day() -> None:
    gift = a_donation()
    assert gift.happened_at is None
    assert DonationStep.objects.get(donation=gift).happened_at is None


def test_a_pledge_has_not_arrived() -> None:
    gift = a_donation(pledged=True)
    assert [step.state for step in gift.steps.all()] == [DonationState.PLEDGED]


def test_goods_keep_their_lines_in_order() -> None:
    gift = a_donation(
        None, kind=GiftKind.GOODS, lines=[some_goods("消毒液", "1400"), some_goods("口罩", None)]
    )
    lines = DonationLine.objects.current().filter(donation=gift)
    assert [(line.position, line.item, line.quantity) for line in lines] == [
        (1, "消毒液", Decimal(1400)),
        (2, "口罩", None),
    ]


def test_goods_are_worth_the_sum_of_their_lines_where_each_has_a_value() -> None:
    lines = [
        some_goods("额温枪", 1, stated_value=yuan(66000)),
        some_goods("防护服", 10, stated_value=yuan(5000, Bound.OVER)),
    ]
    assert a_donation(None, kind=GiftKind.GOODS, lines=lines).amount == yuan(71000, Bound.OVER)


def test_goods_with_one_line_unvalued_have_no_value() -> None:
    lines = [some_goods("额温枪", 1, stated_value=yuan(66000)), some_goods("防护服", 10)]
    assert a_donation(None, kind=GiftKind.GOODS, lines=lines).value is None


def test_the_name_of_a_registered_donor_is_filled_in() -> None:
    body = a_body("云溪县金属板材商会", BodyKind.CHAMBER)
    gift = a_donation(donor=replace(a_donor("x", DonorKind.CHAMBER, body=body), name=""))
    assert gift.donor_name == "云溪县金属板材商会"


def test_foreign_money_stands_beside_and_is_not_converted() -> None:
    gift = a_donation(None, foreign=("USD", Decimal(20000)))
    assert (gift.value, gift.currency, gift.currency_value) == (None, "USD", Decimal(20000))


def test_booking_twice_with_one_id_changes_nothing() -> None:
    one, actor = new_id(), an_actor()
    first = a_donation(id=one, actor=actor)
    entries = AuditEntry.objects.count()
    again = a_donation(id=one, actor=actor)
    assert again == first
    assert AuditEntry.objects.count() == entries
    assert Donation.objects.count() == 1


def test_booking_again_returns_the_gift_as_it_was_corrected() -> None:
    one, actor = new_id(), an_actor()
    first = a_donation(1000, id=one, actor=actor)
    correct_donation(actor, donation=first, gift=a_gift(2000), reason="看错一位")
    assert a_donation(1000, id=one, actor=actor).value == 2000


def test_an_id_of_another_response_is_refused() -> None:
    one = new_id()
    a_donation(id=one)
    with pytest.raises(Refused) as refused:
        a_donation(id=one, response=a_response("另一次应急响应"))
    assert refused.value.code == "id_taken"


def test_a_gift_keeps_the_rules_in_force_on_its_day() -> None:
    old = RuleProfile.objects.create(
        code="g1", subject="giving", title="旧", authority="", valid_from="2016-09-01",
        valid_to="2020-02-05", parameters={},
    )  # fmt: skip
    new = RuleProfile.objects.create(
        code="g2", subject="giving", title="新", authority="", valid_from="2020-02-06", parameters={}
    )
    early = datetime(2020, 2, 5, 15, 0, tzinfo=UTC)  # 23:00 in China
    assert a_donation(happened_at=early).rule_profile == old
    assert a_donation(happened_at=early + timedelta(hours=2)).rule_profile == new


class TestWhoMayBook:
    def test_a_chamber_books_what_comes_through_it(self) -> None:
        chamber = a_body("石桥镇商会", BodyKind.CHAMBER)
        secretary = an_actor(Role.CHAMBER_SECRETARY, body=chamber)
        assert a_donation(actor=secretary, via=chamber).via == chamber

    def test_a_chamber_does_not_book_what_goes_elsewhere(self) -> None:
        secretary = an_actor(Role.CHAMBER_SECRETARY, body=a_body("石桥镇商会", BodyKind.CHAMBER))
        with pytest.raises(NotAllowed):
            a_donation(actor=secretary, via=a_body("青山镇商会", BodyKind.CHAMBER))

    def test_a_clerk_of_a_town_books_what_is_counted_in_the_town(self) -> None:
        town = a_township()
        clerk = an_actor(Role.GIFT_CLERK, area=town)
        assert a_donation(actor=clerk, area=town).area == town

    def test_a_gift_that_stands_nowhere_is_booked_by_the_county_only(self) -> None:
        with pytest.raises(NotAllowed):
            a_donation(actor=an_actor(Role.GIFT_CLERK, area=a_township()))

    def test_a_reader_books_nothing(self) -> None:
        with pytest.raises(NotAllowed):
            a_donation(actor=an_actor(Role.READER))
        assert not Donation.objects.exists()

    @pytest.mark.parametrize("role", [Role.READER, Role.AUDITOR, Role.ADMINISTRATOR, None])
    def test_correcting_withdrawing_and_moving_on_need_the_right_to_book(self, role: str | None) -> None:
        gift, stranger = a_donation(), an_actor(role)
        with pytest.raises(NotAllowed):
            correct_donation(stranger, donation=gift, gift=a_gift(2000), reason="改")
        with pytest.raises(NotAllowed):
            withdraw_donation(stranger, donation=gift, reason="误录")
        with pytest.raises(NotAllowed):
            reach_state(stranger, donation=gift, reached=[Reached(DonationState.ALLOCATED)])
        with pytest.raises(NotAllowed):
            correct_step(stranger, step=gift.steps.get(), reason="改", reached=None)

    def test_a_correction_cannot_carry_a_gift_out_of_the_officers_reach(self) -> None:
        town, other = a_township(), a_township("青山镇")
        clerk = an_actor(Role.GIFT_CLERK, area=town)
        gift = a_donation(actor=clerk, area=town)
        with pytest.raises(NotAllowed):
            correct_donation(clerk, donation=gift, gift=a_gift(1000, area=other), reason="改镇街")


class TestWhatIsRefused:
    @pytest.mark.parametrize(
        ("value", "code"),
        [("0", "min_value"), ("10000000000000", None), ("1.234", "max_decimal_places")],
    )
    def test_amounts_that_cannot_be(self, value: str, code: str | None) -> None:
        if code is None:
            a_donation(value)
            return
        with pytest.raises(ValidationError) as error:
            a_donation(value)
        assert codes(error) == {"value": [code]}

    def test_a_day_in_the_future(self) -> None:
        with pytest.raises(ValidationError) as error:
            a_donation(happened_at=timezone.now() + timedelta(days=1))
        assert codes(error) == {"happened_at": ["in_future"]}

    def test_a_day_years_before_the_response(self) -> None:
        with pytest.raises(ValidationError) as error:
            a_donation(happened_at=datetime(1900, 1, 1, tzinfo=UTC))
        assert codes(error) == {"happened_at": ["too_early"]}

    def test_a_donor_of_500_characters(self) -> None:
        with pytest.raises(ValidationError) as error:
            a_donation(donor="捐" * 500)
        assert codes(error) == {"donor_name": ["max_length"]}
        assert "500" in error.value.messages[0]

    def test_html_in_a_name_is_kept_as_it_is_written(self) -> None:
        assert a_donation(donor="<b>某厂</b>").donor_name == "<b>某厂</b>"

    def test_control_characters(self) -> None:
        with pytest.raises(ValidationError) as error:
            a_donation(donor="某\x00厂")
        assert codes(error) == {"donor_name": ["control_character"]}

    def test_a_named_donor_without_a_name(self) -> None:
        with pytest.raises(ValidationError) as error:
            a_donation(donor=replace(a_donor("x"), name=" "))
        assert codes(error) == {"donor_name": ["required"]}

    def test_a_withheld_name_that_the_book_does_not_know(self) -> None:
        with pytest.raises(ValidationError) as error:
            a_donation(donor=replace(a_donor("x"), name="", naming=DonorNaming.WITHHELD))
        assert codes(error) == {"donor_name": ["withheld_without_name"]}

    def test_a_donor_whom_nobody_knows_needs_no_name(self) -> None:
        gift = a_donation(donor=replace(a_donor("x"), name="", naming=DonorNaming.UNKNOWN))
        assert gift.donor_name == ""

    def test_a_registered_donor_is_not_unknown(self) -> None:
        with pytest.raises(ValidationError) as error:
            a_donation(donor=a_donor(body=a_body(), naming=DonorNaming.UNKNOWN))
        assert codes(error) == {"naming": ["unknown_but_registered"]}

    def test_two_donors_in_one_gift(self) -> None:
        with pytest.raises(ValidationError) as error:
            a_donation(donor=a_donor("某", DonorKind.PERSON, body=a_body(), person=a_person()))
        assert codes(error) == {"donor_person": ["two_donors"], "donor_kind": ["kind_of_donor"]}

    def test_a_person_of_the_register_is_no_enterprise(self) -> None:
        with pytest.raises(ValidationError) as error:
            a_donation(donor=a_donor(person=a_person(), kind=DonorKind.ENTERPRISE))
        assert codes(error) == {"donor_kind": ["kind_of_donor"]}

    def test_a_group_of_nobody(self) -> None:
        with pytest.raises(ValidationError) as error:
            a_donation(donor=a_donor("职工", DonorKind.GROUP, count=0))
        assert codes(error) == {"donor_count": ["min_value"]}

    def test_a_body_that_gives_to_itself(self) -> None:
        body = a_body()
        with pytest.raises(ValidationError) as error:
            a_donation(donor=a_donor(body=body), recipient=body)
        assert codes(error) == {"recipient": ["gives_to_itself"]}

    def test_goods_without_an_article(self) -> None:
        with pytest.raises(ValidationError) as error:
            a_donation(None, kind=GiftKind.GOODS)
        assert codes(error) == {"lines": ["goods_without_item"]}
        with pytest.raises(ValidationError) as error:
            a_donation(None, kind=GiftKind.GOODS, lines=[some_goods("口罩"), some_goods(" ")])
        assert codes(error)["lines-1-item"][0] == "required"

    def test_money_with_articles(self) -> None:
        with pytest.raises(ValidationError) as error:
            a_donation(100, lines=[some_goods()])
        assert codes(error) == {"lines": ["cash_with_goods"]}

    def test_one_figure_for_money_and_goods_stays_mixed(self) -> None:
        gift = a_donation(1700000, bound=Bound.OVER, kind=GiftKind.MIXED, donor="石桥镇商会、统战联盟")
        assert (gift.kind, gift.amount) == (GiftKind.MIXED, yuan(1700000, Bound.OVER))

    def test_articles_worth_more_than_the_whole_gift(self) -> None:
        with pytest.raises(ValidationError) as error:
            a_donation(100, kind=GiftKind.GOODS, lines=[some_goods(stated_value=yuan(101))])
        assert codes(error) == {"value": ["lines_exceed_value"]}

    def test_a_bound_without_a_number(self) -> None:
        with pytest.raises(ValidationError) as error:
            a_donation(None, kind=GiftKind.GOODS, lines=[some_goods(quantity=None, quantity_bound="over")])
        assert codes(error) == {"lines-0-quantity_bound": ["bound_without_value"]}

    def test_a_negative_quantity(self) -> None:
        with pytest.raises(ValidationError) as error:
            a_donation(None, kind=GiftKind.GOODS, lines=[some_goods(quantity=-1)])
        assert codes(error) == {"lines-0-quantity": ["min_value"]}

    def test_foreign_money_given_as_yuan(self) -> None:
        with pytest.raises(ValidationError) as error:
            receive_many(
                an_actor(),
                response=a_response(),
                arrivals=[Arrival(replace(a_gift(), amount=Amount(Decimal(5), Bound.EXACT, None, "USD")))],
            )
        assert codes(error) == {"rows-0-value": ["foreign_in_yuan"]}

    @pytest.mark.parametrize(
        ("foreign", "at"),
        [
            (("usd", Decimal(5)), "currency"),
            (("CNY", Decimal(5)), "currency"),
            (("USD", Decimal(0)), "currency_value"),
            (("USD", None), "currency_value"),
        ],
    )
    def test_foreign_money_that_cannot_be(self, foreign: tuple[str, Decimal | None], at: str) -> None:
        with pytest.raises(ValidationError) as error:
            a_donation(None, foreign=foreign)
        assert at in codes(error)

    def test_directed_to_nothing(self) -> None:
        with pytest.raises(ValidationError) as error:
            a_donation(intent=Intent.DIRECTED)
        assert codes(error) == {"purpose": ["directed_to_nothing"]}
        assert a_donation(intent=Intent.DIRECTED, purpose="购买口罩").purpose == "购买口罩"

    def test_all_that_is_wrong_is_said_at_once(self) -> None:
        with pytest.raises(ValidationError) as error:
            a_donation(0, donor="捐" * 500, happened_at=timezone.now() + timedelta(days=1))
        assert set(codes(error)) == {"value", "donor_name", "happened_at"}


class TestStates:
    def states(self, gift: Donation) -> list[str]:
        return [step.state for step in DonationStep.objects.current().filter(donation=gift.root_id)]

    def test_a_pledge_arrives_is_allocated_and_handed_over(self) -> None:
        actor, gift = an_actor(), a_donation(pledged=True)
        for state in (DonationState.RECEIVED, DonationState.ALLOCATED, DonationState.HANDED_OVER):
            reach_state(actor, donation=gift, reached=[Reached(state, evidence=Evidence.SIGNED)])
        assert self.states(gift) == ["pledged", "received", "allocated", "handed_over"]

    def test_goods_go_straight_to_the_user_with_two_evidences_in_one_act(self) -> None:
        gift = a_donation(None, kind=GiftKind.GOODS, lines=[some_goods()], intent=Intent.POOLED, pledged=True)
        steps = reach_state(
            an_actor(),
            donation=gift,
            reached=[
                Reached(DonationState.RECEIVED, A_DAY, Evidence.COUNTED, "王守一"),
                Reached(DonationState.HANDED_OVER, A_DAY, Evidence.SIGNED, "李明", a_body("县医院")),
            ],
        )
        assert [(step.state, step.evidence) for step in steps] == [
            ("received", "counted"),
            ("handed_over", "signed"),
        ]
        assert AuditEntry.objects.filter(action="reach_state").values("act").distinct().count() == 1

    @pytest.mark.parametrize(
        ("pledged", "state"),
        [
            (True, DonationState.PLEDGED),
            (True, DonationState.ALLOCATED),
            (True, DonationState.HANDED_OVER),
            (False, DonationState.PLEDGED),
            (False, DonationState.RECEIVED),
            (False, DonationState.LAPSED),
        ],
    )
    def test_states_out_of_order_are_refused(self, pledged: bool, state: DonationState) -> None:
        gift = a_donation(pledged=pledged)
        with pytest.raises(Refused) as refused:
            reach_state(an_actor(), donation=gift, reached=[Reached(state)])
        assert refused.value.code == "state_order"

    def test_pooled_money_is_allocated_before_it_is_handed_over(self) -> None:
        gift = a_donation(intent=Intent.POOLED)
        with pytest.raises(Refused):
            reach_state(an_actor(), donation=gift, reached=[Reached(DonationState.HANDED_OVER)])

    def test_a_lapsed_pledge_does_not_arrive_until_it_is_taken_back(self) -> None:
        actor, gift = an_actor(), a_donation(pledged=True)
        (lapsed,) = reach_state(actor, donation=gift, reached=[Reached(DonationState.LAPSED)])
        with pytest.raises(Refused):
            reach_state(actor, donation=gift, reached=[Reached(DonationState.RECEIVED)])
        correct_step(actor, step=lapsed, reason="又兑现了", reached=None)
        reach_state(actor, donation=gift, reached=[Reached(DonationState.RECEIVED)])
        assert self.states(gift) == ["pledged", "received"]

    def test_a_state_taken_back_can_be_reached_again(self) -> None:
        actor, gift = an_actor(), a_donation(pledged=True)
        (step,) = reach_state(actor, donation=gift, reached=[Reached(DonationState.RECEIVED)])
        correct_step(actor, step=step, reason="记错一笔", reached=None)
        assert self.states(gift) == ["pledged"]
        reach_state(actor, donation=gift, reached=[Reached(DonationState.RECEIVED, A_DAY)])
        assert self.states(gift) == ["pledged", "received"]

    def test_a_state_before_another_is_not_taken_back(self) -> None:
        actor, gift = an_actor(), a_donation(pledged=True)
        (received,) = reach_state(actor, donation=gift, reached=[Reached(DonationState.RECEIVED)])
        reach_state(actor, donation=gift, reached=[Reached(DonationState.ALLOCATED)])
        with pytest.raises(Refused):
            correct_step(actor, step=received, reason="误", reached=None)

    def test_the_only_state_is_not_taken_back(self) -> None:
        gift = a_donation()
        with pytest.raises(Refused):
            correct_step(an_actor(), step=gift.steps.get(), reason="误", reached=None)

    def test_the_day_of_a_state_is_corrected_but_not_the_state(self) -> None:
        actor, gift = an_actor(), a_donation()
        step = gift.steps.get()
        new = correct_step(actor, step=step, reason="补日期", reached=Reached(DonationState.RECEIVED, A_DAY))
        assert new.happened_at == A_DAY
        with pytest.raises(Refused):
            correct_step(actor, step=new, reason="x", reached=Reached(DonationState.ALLOCATED))

    def test_a_state_in_the_future_is_refused(self) -> None:
        soon = timezone.now() + timedelta(days=1)
        with pytest.raises(ValidationError) as error:
            reach_state(an_actor(), donation=a_donation(), reached=[Reached(DonationState.ALLOCATED, soon)])
        assert codes(error) == {"happened_at": ["in_future"]}


class TestCorrections:
    def test_a_correction_replaces_what_is_read_and_keeps_what_was_written(self) -> None:
        actor, gift = an_actor(), a_donation(1000)
        new = correct_donation(
            actor, donation=gift, gift=replace(gift_of(gift), amount=yuan(2000)), reason="看错一位"
        )
        assert [one.value for one in Donation.objects.current()] == [2000]
        assert (new.root_id, new.correction_reason) == (gift.pk, "看错一位")
        assert Donation.objects.get(pk=gift.pk).value == 1000

    def test_lines_are_corrected_added_and_withdrawn(self) -> None:
        actor = an_actor()
        articles = [some_goods("口罩", 10), some_goods("酒精", 5), some_goods("手套", 1)]
        gift = a_donation(None, kind=GiftKind.GOODS, lines=articles)
        lines = [some_goods("口罩", 12), some_goods("酒精", 5)]
        correct_donation(actor, donation=gift, gift=replace(gift_of(gift), lines=lines), reason="清点")
        standing = DonationLine.objects.current().filter(donation=gift)
        assert [(line.item, line.quantity) for line in standing] == [("口罩", 12), ("酒精", 5)]
        more = [*lines, some_goods("护目镜", 3)]
        newest = Donation.objects.current().get(root=gift)
        correct_donation(actor, donation=newest, gift=replace(gift_of(gift), lines=more), reason="再清点")
        assert [line.item for line in DonationLine.objects.current().filter(donation=gift)] == [
            "口罩",
            "酒精",
            "护目镜",
        ]

    def test_a_correction_needs_a_reason(self) -> None:
        with pytest.raises(ValidationError) as error:
            correct_donation(an_actor(), donation=a_donation(), gift=a_gift(2), reason=" ")
        assert codes(error) == {"correction_reason": ["required"]}

    def test_of_two_corrections_of_one_version_the_second_is_a_conflict(self) -> None:
        actor, gift = an_actor(), a_donation(1000)
        correct_donation(actor, donation=gift, gift=a_gift(2000), reason="甲")
        with pytest.raises(Conflict):
            correct_donation(actor, donation=gift, gift=a_gift(3000), reason="乙")

    def test_a_withdrawn_gift_is_neither_counted_nor_corrected_nor_moved_on(self) -> None:
        actor, gift = an_actor(), a_donation()
        gone = withdraw_donation(actor, donation=gift, reason="重复录入")
        assert not Donation.objects.current().exists()
        for attempt in (
            lambda: correct_donation(actor, donation=gone, gift=a_gift(2), reason="x"),
            lambda: withdraw_donation(actor, donation=gone, reason="x"),
            lambda: reach_state(actor, donation=gift, reached=[Reached(DonationState.ALLOCATED)]),
        ):
            with pytest.raises(Refused) as refused:
                attempt()
            assert refused.value.code == "gift_withdrawn"

    def test_a_published_gift_is_not_changed_silently(self) -> None:
        actor, gift = an_actor(), a_donation()
        publish(gift, actor.officer)
        for attempt in (
            lambda: correct_donation(actor, donation=gift, gift=a_gift(2), reason="x"),
            lambda: withdraw_donation(actor, donation=gift, reason="x"),
        ):
            with pytest.raises(Refused) as refused:
                attempt()
            assert refused.value.code == "published"

    def test_a_gift_with_a_receipt_keeps_its_figure_until_the_receipt_is_void(self) -> None:
        actor, gift = an_actor(), a_donation(1000)
        DonationReceipt.objects.create(
            issuer=a_body("县慈善总会"), number="0001", donation=gift, payer="x", value=1000,
            issued_on="2020-02-10", response=gift.response, written_by=actor.officer,
        )  # fmt: skip
        with pytest.raises(Refused) as refused:
            correct_donation(actor, donation=gift, gift=a_gift(2000), reason="x")
        assert refused.value.code == "receipt_stands"
        with pytest.raises(Refused) as refused:
            withdraw_donation(actor, donation=gift, reason="x")
        assert refused.value.code == "receipt_stands"
        same = replace(gift_of(gift), remark="补充说明")
        assert correct_donation(actor, donation=gift, gift=same, reason="补充").remark == "补充说明"

    def test_a_gift_that_a_mention_speaks_of_is_not_withdrawn(self) -> None:
        actor, gift, told = an_actor(), a_donation(), a_gift_source()
        mention = Mention.objects.create(
            from_source=told, position=1, donor="x", donor_kind="person", kind="cash",
            response=gift.response, written_by=actor.officer,
        )  # fmt: skip
        MentionDecision.objects.create(
            mention=mention, verdict=MentionVerdict.BOOKED, donation=gift, response=gift.response,
            written_by=actor.officer,
        )  # fmt: skip
        with pytest.raises(Refused) as refused:
            withdraw_donation(actor, donation=gift, reason="x")
        assert refused.value.code == "mentioned"

    def test_a_gift_that_a_bank_line_proves_is_not_withdrawn(self) -> None:
        actor, gift = an_actor(), a_donation()
        common = {"response": gift.response, "written_by": actor.officer}
        statement = BankStatement.objects.create(
            body=a_body(), account_name="专户", file_name="a.csv", digest="0" * 64, **common
        )
        line = BankLine.objects.create(
            statement=statement, row=1, direction="in", value=1000, fingerprint="1", **common
        )
        BankMatch.objects.create(line=line, donation=gift, **common)
        with pytest.raises(Refused) as refused:
            withdraw_donation(actor, donation=gift, reason="x")
        assert refused.value.code == "bank_matched"


class TestManyAtOnce:
    def test_many_are_booked_with_lines_states_and_audit(self) -> None:
        actor = an_actor()
        arrivals = [Arrival(a_gift(n + 1, donor=f"第{n}厂"), f"表1第{n}行") for n in range(30)]
        made = receive_many(actor, response=a_response(), arrivals=arrivals)
        assert [gift.source_reference for gift in made] == [one.source_reference for one in arrivals]
        assert DonationStep.objects.filter(state=DonationState.RECEIVED).count() == 30
        assert AuditEntry.objects.filter(action="receive_many").count() == 60

    def test_a_bad_row_books_none_and_says_which(self) -> None:
        arrivals = [Arrival(a_gift(1)), Arrival(a_gift(0)), Arrival(a_gift(2, donor="捐" * 500))]
        with pytest.raises(ValidationError) as error:
            receive_many(an_actor(), response=a_response(), arrivals=arrivals)
        assert codes(error) == {"rows-1-value": ["min_value"], "rows-2-donor_name": ["max_length"]}
        assert not Donation.objects.exists()

    def test_rows_that_are_in_the_book_are_passed_over(self) -> None:
        actor = an_actor()
        arrivals = [Arrival(a_gift(n + 1), id=new_id()) for n in range(5)]
        receive_many(actor, response=a_response(), arrivals=arrivals[:2])
        assert len(receive_many(actor, response=a_response(), arrivals=arrivals)) == 3
        assert not receive_many(actor, response=a_response(), arrivals=arrivals)

    def test_one_id_twice_in_a_batch_is_refused(self) -> None:
        one = Arrival(a_gift(), id=new_id())
        with pytest.raises(Refused) as refused:
            receive_many(an_actor(), response=a_response(), arrivals=[one, one])
        assert refused.value.code == "id_twice"

    def test_queries_do_not_grow_with_the_rows(self, django_assert_max_num_queries: object) -> None:
        actor: Actor = an_actor()
        receive_many(actor, response=a_response(), arrivals=[Arrival(a_gift(1))])
        arrivals = [Arrival(a_gift(n + 10, donor=f"第{n}厂")) for n in range(200)]
        with django_assert_max_num_queries(40):  # type: ignore[operator]
            receive_many(actor, response=a_response(), arrivals=arrivals)


def publish(gift: Donation, officer: Officer) -> None:
    issuer = a_body("云溪县工商业联合会", BodyKind.FEDERATION)
    disclosure = Disclosure.objects.create(
        response=gift.response, body=issuer, number=1, title="第1期公示", window_from=A_DAY, window_to=A_DAY,
        state=DisclosureState.PUBLISHED, prepared_by=officer,
    )  # fmt: skip
    DisclosureLine.objects.create(
        disclosure=disclosure,
        position=1,
        donation=gift,
        code_index="x",
        donor="x",
        donor_kind="x",
        kind="cash",
    )
