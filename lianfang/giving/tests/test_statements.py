"""What sources state beside what the book knows; the figures that one county's notice must yield."""

from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError

from lianfang.book.errors import Conflict, NotAllowed, Refused
from lianfang.book.registers import new_id
from lianfang.book.rights import Role
from lianfang.engines.figures import Amount, Bound
from lianfang.giving.actions.overlaps import decide_overlap
from lianfang.giving.actions.statements import set_coverage, state_figure, withdraw_statement
from lianfang.giving.models import (
    Donation,
    DonorKind,
    GiftKind,
    Mention,
    MentionDecision,
    MentionVerdict,
    OverlapProposal,
    OverlapVerdict,
    Scope,
    Statement,
)
from lianfang.giving.queries.figures import as_plain, figures_of_book
from lianfang.giving.queries.statements import Finding, comparisons
from lianfang.giving.tests.builders import a_donation, a_donor, a_gift_source, goods, yuan
from lianfang.people.models import Body, BodyKind, Membership
from lianfang.people.tests.builders import a_body, a_person, a_response, a_township, an_actor

pytestmark = pytest.mark.django_db

OVER, EXACT, NEARLY = Bound.OVER, Bound.EXACT, Bound.NEARLY
CHAMBER, PERSON = DonorKind.CHAMBER, DonorKind.PERSON


def stated(value: int | None, bound: Bound = EXACT, **values: object) -> Statement:
    return state_figure(
        an_actor(),
        from_source=values.pop("from_source", None) or a_gift_source(f"通报{new_id()}"),  # type: ignore[arg-type]
        subject=str(values.pop("subject", "全县")),
        kind=str(values.pop("kind", GiftKind.CASH)),
        scope_of_figure=str(values.pop("scope", Scope.TOTAL)),
        amount=yuan(value, bound),
        **values,  # type: ignore[arg-type]
    )


def the_sentence() -> str:
    (one,) = comparisons(a_response())
    return one.sentence


class TestComparison:
    def test_two_exact_figures_differ_exactly(self) -> None:
        stated(5000)
        a_donation(3000)
        assert the_sentence() == "来源称5000元;已知捐赠 1 笔,3000元;相差2000元。"

    def test_at_least_stated_over_an_exact_book_differs_at_least(self) -> None:
        stated(5000, OVER)
        a_donation(3000)
        assert the_sentence() == "来源称至少5000元;已知捐赠 1 笔,3000元;相差至少2000元。"

    def test_where_both_are_at_least_the_gap_is_not_asserted(self) -> None:
        stated(20000000, OVER, qualifier="据不完全统计")
        a_donation(16080000, bound=OVER)
        (one,) = comparisons(a_response())
        assert (one.finding, one.gap, one.sure_gap) == (Finding.SHORT_AS_SAID, Decimal(3920000), None)
        assert one.sentence == (
            "来源称(据不完全统计)至少2000万元;已知捐赠 1 笔,至少1608万元;"
            "按所称数字相差392万元,因数字不是确数,实际相差多少不能断定。"
        )

    def test_a_gap_to_a_range_is_what_remains_for_sure(self) -> None:
        stated(300000)
        a_donation(10000, donor=a_donor("李明", PERSON), via_name="金属板材商会")
        a_donation(208000, donor=a_donor("金属板材商会", CHAMBER))
        (one,) = comparisons(a_response())
        assert one.sure_gap == 82000
        assert one.sentence.endswith("1 对疑似重复待判定;相差至少8.2万元。")

    def test_more_known_than_stated_is_said(self) -> None:
        stated(1000, NEARLY)
        a_donation(3000)
        (one,) = comparisons(a_response())
        assert (one.finding, one.sure_gap) == (Finding.EXCEEDS, 2000)

    def test_nothing_known_and_nothing_stated_are_said(self) -> None:
        stated(170000, OVER, kind=GiftKind.MIXED)
        assert the_sentence() == "来源称至少17万元;台账中没有可对照的捐赠。"
        stated(None, kind=GiftKind.GOODS, item="防疫物资")
        goods("防疫物资", 1000)
        by_kind = {one.statement.kind: one for one in comparisons(a_response())}
        assert by_kind["goods"].finding is Finding.NOTHING_STATED
        assert by_kind["goods"].sentence == "来源称防疫物资:数额不详;已知捐赠 1 笔,1000元。"

    def test_a_total_of_one_giver_is_compared_with_that_giver_only(self) -> None:
        stated(1700000, OVER, subject="兴福镇商会、统战联盟", covers_donor_kind=CHAMBER)
        a_donation(9000000, donor=a_donor("别处商会", CHAMBER))
        assert the_sentence() == "来源称至少170万元;台账中没有可对照的捐赠。"
        a_donation(500000, donor=a_donor("兴福镇商会", CHAMBER))
        assert "已知捐赠 1 笔,50万元" in the_sentence()

    def test_a_total_of_a_body_covers_its_members_and_what_came_through_it(self) -> None:
        chamber, firm = a_body("石桥镇商会", BodyKind.CHAMBER), a_body("青禾厂")
        Membership.objects.create(body=chamber, member_body=firm)
        stated(100000, covers_body=chamber)
        a_donation(1000, donor=a_donor(body=firm))
        a_donation(200, donor="路人", via=chamber)
        a_donation(30, donor="外人")
        assert "已知捐赠 2 笔,1200元" in the_sentence()

    def test_a_mixed_total_covers_all_kinds(self) -> None:
        stated(100000, kind=GiftKind.MIXED)
        a_donation(1000, donor="甲")
        goods("口罩", 200, donor="乙")
        assert "已知捐赠 2 笔,1200元" in the_sentence()


class TestTiers:
    def test_givers_above_the_line_are_counted_for_sure_and_perhaps(self) -> None:
        stated(100000, OVER, scope=Scope.TIER, count=30, subject="执委企业")
        a_donation(6000000, donor="甲集团")
        a_donation(60000, donor="乙集团")
        a_donation(50000, donor="乙集团")
        a_donation(100000, donor="丙公司")
        a_donation(90000, bound=OVER, donor="丁公司")
        a_donation(None, donor="戊公司")
        a_donation(99999, donor="己公司")
        a_donation(500000, donor=a_donor("某人", PERSON))
        (one,) = comparisons(a_response())
        assert one.tier is not None
        assert (one.tier.certain, one.tier.possible) == (2, 3)
        assert one.sentence == (
            "来源称超过10万元的有 30 家(人);已知确在其列的 2 家(人);"
            "另有 3 家(人)可能在其列;其余 28 家(人)台账中不知。"
        )

    def test_more_givers_known_than_stated_is_said(self) -> None:
        stated(1000, OVER, scope=Scope.TIER, count=1)
        a_donation(5000, donor="甲")
        a_donation(6000, donor="乙")
        (one,) = comparisons(a_response())
        assert one.finding is Finding.EXCEEDS


class TestStating:
    @pytest.mark.parametrize(
        ("values", "at", "code"),
        [
            ({"scope": Scope.GIFT}, "scope_of_figure", "not_a_total"),
            ({"scope": Scope.TIER}, "count", "required"),
        ],
    )
    def test_what_is_no_statement_is_refused(self, values: dict[str, object], at: str, code: str) -> None:
        with pytest.raises(ValidationError) as error:
            stated(1000, **values)
        assert error.value.error_dict[at][0].code == code

    def test_a_tier_without_a_line_is_refused(self) -> None:
        with pytest.raises(ValidationError) as error:
            stated(None, scope=Scope.TIER, count=30)
        assert error.value.error_dict["value"][0].code == "required"

    def test_foreign_totals_are_refused(self) -> None:
        with pytest.raises(ValidationError):
            state_figure(
                an_actor(),
                from_source=a_gift_source(),
                subject="x",
                kind="cash",
                scope_of_figure="total",
                amount=Amount(Decimal(1), EXACT, None, "USD"),
            )

    def test_stating_twice_with_one_id_changes_nothing(self) -> None:
        one, told = new_id(), a_gift_source()
        assert stated(1, id=one, from_source=told) == stated(1, id=one, from_source=told)
        assert Statement.objects.count() == 1

    def test_it_needs_the_right_to_book_at_the_source(self) -> None:
        told = a_gift_source()
        for role in (Role.READER, Role.AUDITOR):
            with pytest.raises(NotAllowed):
                state_figure(
                    an_actor(role), from_source=told, subject="x", kind="cash", scope_of_figure="total"
                )
        statement = stated(1, from_source=told)
        with pytest.raises(NotAllowed):
            withdraw_statement(an_actor(Role.READER), statement=statement, reason="x")
        with pytest.raises(NotAllowed):
            set_coverage(
                an_actor(Role.READER), statement=statement, covers_donor_kind="", covers_body=None, reason="x"
            )

    def test_its_coverage_is_corrected_and_it_is_withdrawn(self) -> None:
        actor, statement = an_actor(), stated(5000)
        a_donation(3000)
        new = set_coverage(
            actor, statement=statement, covers_donor_kind=PERSON, covers_body=None, reason="只指个人"
        )
        assert "没有可对照" in the_sentence()
        gone = withdraw_statement(actor, statement=new, reason="误读")
        assert not comparisons(a_response())
        with pytest.raises(Conflict):
            withdraw_statement(actor, statement=gone, reason="x")

    def test_one_that_a_mention_made_is_withdrawn_with_the_mention(self) -> None:
        actor, told = an_actor(), a_gift_source()
        statement = stated(5000, from_source=told)
        common = {"response": told.response, "written_by": actor.officer}
        mention = Mention.objects.create(
            from_source=told, position=1, donor_kind="group", kind="cash", **common
        )
        MentionDecision.objects.create(
            mention=mention, verdict=MentionVerdict.STATED, statement=statement, **common
        )
        with pytest.raises(Refused) as refused:
            withdraw_statement(actor, statement=statement, reason="x")
        assert refused.value.code == "mentioned"


class TestTheFiguresOfOneNotice:
    """Twenty gifts, three totals and a tier, as a county's notice tells them (names and figures only)."""

    def book(self) -> None:
        town = a_township("店子镇")
        town_chamber = self.chamber("店子镇基层商会", town)
        metal = self.chamber("金属板材商会")
        short = self.chamber("板材商会")
        li, han = a_person("李明国"), a_person("韩克刚")
        a_donation(1440000, bound=OVER, donor=a_donor(kind=CHAMBER, body=town_chamber))
        goods("防疫物资", 130000, bound=OVER, donor=a_donor(kind=CHAMBER, body=town_chamber))
        a_donation(292000, donor=a_donor("曹王镇商会", CHAMBER))
        a_donation(208000, donor=a_donor(kind=CHAMBER, body=metal))
        a_donation(220000, donor=a_donor("山东省厨具协会", CHAMBER))
        giver = a_donor(kind=PERSON, person=li)
        a_donation(100000, donor=giver, recipient_name="店子镇政府")
        goods("红外测温仪", 66000, quantity=1, unit="台", donor=giver, recipient_name="店子镇政府")
        a_donation(10000, donor=giver, via=short)
        giver = a_donor(kind=PERSON, person=han)
        a_donation(150000, donor=giver, recipient_name="经济开发区")
        a_donation(50000, donor=giver, recipient_name="店子镇")
        a_donation(10000, donor=giver, recipient=metal)
        for name, value in (("京博集团", 6000000), ("香驰集团", 3000000), ("渤海集团", 3000000)):
            a_donation(value, donor=name)
        a_donation(1000000, donor="永鑫集团")
        a_donation(600000, donor="万事达集团")
        goods("防疫物资", 100000, bound=NEARLY, donor="万事达集团")
        goods("消毒液", quantity=1400, unit="公斤", donor="长盈油脂", recipient_name="全县14家企事业单位")
        goods("防寒羽绒服", 10000, bound=OVER, donor="斯佳服饰广场", recipient_name="县疾控中心")
        goods("方便面", quantity=100, unit="箱", donor="陈氏特产食品有限公司")
        told = a_gift_source()
        stated(
            1700000, OVER, kind=GiftKind.MIXED, subject="兴福镇商会、镇统一战线联盟",
            covers_donor_kind=CHAMBER, from_source=told,
        )  # fmt: skip
        stated(20000000, OVER, subject="博兴县民营企业家", qualifier="据不完全统计", from_source=told)
        stated(None, kind=GiftKind.GOODS, item="防疫物资", subject="博兴县民营企业家", from_source=told)
        stated(100000, OVER, scope=Scope.TIER, count=30, subject="执委企业", from_source=told)

    def chamber(self, name: str, area: object = None) -> Body:
        return a_body(name, BodyKind.CHAMBER, area=area)  # type: ignore[arg-type]

    def test_they_are_reproduced(self) -> None:
        self.book()
        plain = as_plain(figures_of_book(a_response()))
        donors = {one["label"]: one for one in plain["donors"]}
        kinds = {one["label"]: one for one in plain["donor_kinds"]}

        assert plain["records"] == {"all": 24, "gift": 20, "total": 3, "tier": 1}
        assert (donors["李明国"]["cash"]["text"], donors["李明国"]["goods"]["text"]) == ("11万元", "6.6万元")
        assert (donors["韩克刚"]["cash"]["text"], donors["韩克刚"]["cash"]["gifts"]) == ("21万元", 3)
        assert donors["店子镇基层商会"]["cash"]["text"] == "至少144万元"
        assert donors["店子镇基层商会"]["goods"]["text"] == "至少13万元"
        assert (kinds["商会、协会"]["cash"]["text"], kinds["商会、协会"]["cash"]["gifts"]) == (
            "至少216万元",
            4,
        )
        assert (kinds["个人"]["cash"]["text"], kinds["个人"]["cash"]["gifts"]) == ("32万元", 5)
        assert (kinds["企业"]["cash"]["text"], kinds["企业"]["cash"]["gifts"]) == ("1360万元", 5)
        assert [one["text"] for one in plain["goods_with_value"]] == [
            "13万余元", "6.6万元", "近10万元", "1万余元",
        ]  # fmt: skip
        assert len(plain["goods_without_value"]) == 2

    def test_all_cash_is_a_range_while_two_gifts_may_lie_within_a_chambers_sum(self) -> None:
        self.book()
        cash = figures_of_book(a_response()).overview.received.cash
        assert (cash.gifts, cash.undecided) == (14, 2)
        assert cash.text == "至少1606万元至1608万元"
        within = {(pair.first.donor_name, pair.second.donor_name) for pair in OverlapProposal.objects.all()}
        assert {frozenset(pair) for pair in within} == {
            frozenset({"李明国", "金属板材商会"}),
            frozenset({"韩克刚", "金属板材商会"}),
        }

    def test_decided_to_be_apart_they_sum_up_as_said(self) -> None:
        self.book()
        for pair in OverlapProposal.objects.all():
            decide_overlap(an_actor(), first=pair.first, second=pair.second, verdict=OverlapVerdict.DISTINCT)
        cash = figures_of_book(a_response()).overview.received.cash
        assert (cash.text, cash.sentence) == ("至少1608万元", "14 笔,至少1608万元")

    def test_statements_are_compared_and_never_added(self) -> None:
        self.book()
        found = {
            one.statement.subject + one.statement.kind: one
            for one in figures_of_book(a_response()).statements
        }
        assert found["博兴县民营企业家cash"].gap == Decimal(3920000)
        assert "至少2000万元" in found["博兴县民营企业家cash"].sentence
        assert found["执委企业cash"].tier is not None
        assert found["执委企业cash"].tier.certain == 5
        assert found["兴福镇商会、镇统一战线联盟mixed"].finding is Finding.NOTHING_KNOWN
        assert Donation.objects.count() == 20
