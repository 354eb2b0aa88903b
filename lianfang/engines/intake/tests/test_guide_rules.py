"""The rules 1 to 6 of the annotation guide, each by an invented sentence."""

from decimal import Decimal

import pytest

from lianfang.engines.figures import Bound
from lianfang.engines.intake import DonorKind, GiftKind, Scope
from lianfang.engines.intake.tests.reading import only, read, table


def test_money_and_an_article_of_one_giver_are_two_records_with_one_receiver() -> None:
    assert table("镇商会会长米多福向石湾镇政府捐款10万元,另有6.6万元的红外测温仪一台。") == [
        "米多福 | cash gift | 100000 exact | - | to 石湾镇政府 | via None",
        "米多福 | goods gift | 66000 exact | 红外测温仪 1 台 | to 石湾镇政府 | via None",
    ]


def test_each_makes_one_record_a_giver() -> None:
    assert table("云帆纺织、金谷面业各捐款5万元。") == [
        "云帆纺织 | cash gift | 50000 exact | - | to None | via None",
        "金谷面业 | cash gift | 50000 exact | - | to None | via None",
    ]


def test_together_makes_one_total_of_joint_givers() -> None:
    assert table("云帆纺织、金谷面业共捐款5万元。") == [
        "云帆纺织、金谷面业 | cash total | 50000 exact | - | to None | via None"
    ]


def test_a_gift_told_twice_is_one_record_at_the_fuller_statement() -> None:
    claims = read("云帆纺织向县红十字会捐款30万元。\n云帆纺织捐款30万元的消息传开后,大家纷纷响应。")
    assert [claim.recipient for claim in claims] == ["县红十字会"]


def test_a_chamber_s_own_figure_is_its_gift_and_its_members_figure_is_a_total() -> None:
    assert table("石湾镇商会捐款29.2万元。") == [
        "石湾镇商会 | cash gift | 292000 exact | - | to None | via None"
    ]
    assert table("县物流协会会员累计捐款12.6万元。") == [
        "县物流协会会员 | cash total | 126000 exact | - | to None | via None"
    ]


@pytest.mark.parametrize(
    ("written", "yuan", "bound"),
    [
        ("两千余万元", 20_000_000, Bound.OVER),
        ("5000余元", 5000, Bound.OVER),
        ("近10万元", 100_000, Bound.NEARLY),
        ("1.5亿元", 150_000_000, Bound.EXACT),
        ("约8万元", 80_000, Bound.ABOUT),
        ("600万", 6_000_000, Bound.EXACT),
        ("叁万元整", 30_000, Bound.EXACT),
        ("１０，０００元", 10_000, Bound.EXACT),
        ("不少于40万元", 400_000, Bound.OVER),
    ],
)
def test_figures_keep_their_value_and_bound(written: str, yuan: int, bound: Bound) -> None:
    claim = only(f"县餐饮协会捐款{written}。")
    assert (claim.yuan, claim.bound) == (Decimal(yuan), bound)


def test_foreign_money_stands_beside_and_not_in_yuan() -> None:
    claim = only("旅居海外的侨胞米多福捐款2万欧元。")
    assert (claim.yuan, claim.currency, claim.amount) == (None, "EUR", Decimal(20_000))


def test_foreign_money_that_the_text_gives_in_yuan_is_both() -> None:
    claim = only("侨胞米多福捐款2万欧元,折合人民币约15.3万元。")
    assert (claim.yuan, claim.bound, claim.currency) == (Decimal(153_000), Bound.ABOUT, "EUR")


@pytest.mark.parametrize("verb", ["拟捐款", "将捐款", "计划捐款", "承诺捐款", "认捐", "意向捐款"])
def test_what_is_not_yet_given_is_pledged(verb: str) -> None:
    assert only(f"云帆纺织{verb}50万元。").pledged


def test_a_pledge_that_has_arrived_is_none() -> None:
    claims = read("县教育基金会理事米多福当场表态,个人认捐20万元,款项已于当日转入县教育基金会。")
    assert [(claim.pledged, claim.recipient) for claim in claims] == [(False, "县教育基金会")]


@pytest.mark.parametrize(
    "sentence",
    [
        "县农商银行为商户发放贷款2600万元。",
        "市场为136户商户减免租金73万元。",
        "县财政拨付防控经费20万元。",
        "云帆纺织日产口罩12万只,已向市场平价供应口罩180万只。",
        "各企业投入140余万元购置测温设备,用于厂区防控。",
        "云帆纺织没有捐款10万元,网上的说法不实。",
        "倡议每人捐款100元,捐款不分多少。",
        "捐赠单笔1000元以上的,由县慈善协会颁发捐赠证书。",
        "安禾保险为救援人员提供总保额20亿元的意外险。",
        "踊跃捐款捐物,捐献名单中又看到他的名字。",
    ],
)
def test_what_is_no_gift_gives_no_claim(sentence: str) -> None:
    assert table(f"情况通报\n{sentence}") == []


def test_a_mixed_figure_stays_mixed() -> None:
    claim = only("白鹤乡商会捐款捐物近30万元。")
    assert (claim.kind, claim.bound) == (GiftKind.MIXED, Bound.NEARLY)


@pytest.mark.parametrize(
    ("giver", "kind"),
    [
        ("米多福", DonorKind.PERSON),
        ("云帆纺织有限公司", DonorKind.ENTERPRISE),
        ("石湾镇商会", DonorKind.CHAMBER),
        ("区城管局", DonorKind.GOVERNMENT),
        ("石湾中学", DonorKind.ORGANISATION),
    ],
)
def test_the_kind_of_a_giver_is_told_by_its_name(giver: str, kind: DonorKind) -> None:
    assert only(f"{giver}捐款2万元。").donor_kind is kind


def test_a_class_of_givers_is_a_group_and_its_sum_a_total() -> None:
    claim = only("石湾县民营企业家捐款达2000余万元。")
    assert (claim.donor, claim.donor_kind, claim.scope) == ("石湾县民营企业家", DonorKind.GROUP, Scope.TOTAL)
