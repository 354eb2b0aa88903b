"""The clarifications a to l of the annotation guide, each by invented sentences."""

from decimal import Decimal

import pytest

from lianfang.engines.figures import Bound
from lianfang.engines.intake import DonorKind, GiftKind, Scope
from lianfang.engines.intake.tests.reading import only, read, table


def test_a_an_article_without_number_is_a_record_without_quantity() -> None:
    claim = only("云帆纺织捐赠口罩一批。")
    assert (claim.item, claim.quantity, claim.unit) == ("口罩", None, None)


def test_a_supplies_on_a_visit_of_officials_are_no_gift() -> None:
    assert table("街道书记带队到社区慰问,给值守人员送去了方便面和棉手套。") == []


def test_a_sending_counts_as_giving() -> None:
    assert table("小镇里食品厂送来自热米饭60箱。") == [
        "小镇里食品厂 | goods gift | - | 自热米饭 60 箱 | to None | via None"
    ]


@pytest.mark.parametrize(
    ("words", "donor"),
    [
        ("石湾镇商会会长米多福", "米多福"),
        ("副会长单位宏阔路桥", "宏阔路桥"),
        ("县建材商会副会长、恒砌水泥总经理邬长锁", "邬长锁"),
        ("环卫工人邰师傅", "邰师傅"),
        ("会员曹大为夫妇", "曹大为夫妇"),
        ("92岁的离休干部柯敬之", "柯敬之"),
        ("注册资本5000万元的皓腾纺织", "皓腾纺织"),
        ("云帆纺织公司米多福", "米多福"),
        ("谯淑芬女士", "谯淑芬"),
        ("王女士", "王女士"),
        ("一位爱心人士", None),
        ("一名不愿透露姓名的退休教师", None),
        ("某爱心企业", None),
    ],
)
def test_b_the_giver_is_named_without_title_count_or_praise(words: str, donor: str | None) -> None:
    assert only(f"{words}捐款2万元。").donor == donor


def test_b_a_person_who_gives_for_the_firm_is_the_firm() -> None:
    assert only("霁月陶瓷老板公冶长林代表公司向城关镇捐款15万元。").donor == "霁月陶瓷"


def test_b_a_word_that_stands_for_a_body_is_that_body() -> None:
    donors = [claim.donor for claim in read("锦岚集团捐款50万元。该集团又向县应急管理局捐赠救生衣300件。")]
    assert donors == ["锦岚集团", "锦岚集团"]


def test_b_a_counted_class_keeps_its_count() -> None:
    claim = only("120名党员共捐款1.6万元。")
    assert (claim.donor, claim.donor_kind, claim.count) == ("党员", DonorKind.GROUP, 120)


def test_c_a_shared_verb_without_each_is_a_joint_total() -> None:
    assert only("白鹤乡商会、县餐饮协会捐款近30万元。").scope is Scope.TOTAL


def test_c_and_others_keeps_the_etcetera_and_the_count() -> None:
    claim = only("城关镇商会等5家基层商会共捐款77万元左右。")
    assert (claim.donor, claim.count, claim.bound) == ("城关镇商会等", 5, Bound.ABOUT)


def test_c_respectively_shares_the_figures_out() -> None:
    assert [
        (claim.donor, claim.yuan) for claim in read("县电商协会、县快递协会分别捐款3.2万元、2.8万元。")
    ] == [
        ("县电商协会", Decimal(32_000)),
        ("县快递协会", Decimal(28_000)),
    ]


def test_d_a_counted_class_that_gave_the_same_each_is_a_tier() -> None:
    claim = only("6名副会长各捐款1万元。")
    assert (claim.scope, claim.donor, claim.count, claim.bound) == (Scope.TIER, "副会长", 6, Bound.EXACT)


def test_d_bands_are_tiers_at_their_lower_line_and_below_is_nearly() -> None:
    claims = read("捐款10万元以上的会员企业8家,5万元至10万元的11家,1万元以下的43家。")
    assert [(claim.yuan, claim.bound, claim.count) for claim in claims] == [
        (Decimal(100_000), Bound.OVER, 8),
        (Decimal(50_000), Bound.OVER, 11),
        (Decimal(10_000), Bound.NEARLY, 43),
    ]
    assert {claim.donor for claim in claims} == {"会员企业"}


def test_d_a_spread_over_many_givers_is_no_record() -> None:
    assert table("报道\n大家的捐款从20元到5000元不等。") == []


def test_e_who_organises_the_giving_of_others_is_the_giver_of_a_total() -> None:
    claim = only("西洼镇商会组织会员捐款42.7万元。")
    assert (claim.donor, claim.scope) == ("西洼镇商会", Scope.TOTAL)


def test_e_a_sum_from_the_receiving_side_names_the_receiver_and_the_class() -> None:
    assert table("县慈善总会共接收社会各界捐款1126.4万元。") == [
        "社会各界 | cash total | 11264000 exact | - | to 县慈善总会 | via None"
    ]
    claim = only("县红十字会共接收捐款18万元。")
    assert (claim.donor, claim.donor_kind, claim.recipient) == (None, DonorKind.GROUP, "县红十字会")


def test_e_parts_of_a_sum_of_several_are_totals_and_of_one_giver_gifts() -> None:
    several = read("全县商会系统累计捐款捐物120万元,其中捐款80万元,捐物折合人民币40万元。")
    assert [claim.scope for claim in several] == [Scope.TOTAL] * 3
    one = read("松风汽车捐赠1.2亿元,含现金1亿元、救援车辆60台。")
    assert [(claim.kind, claim.scope) for claim in one] == [
        (GiftKind.MIXED, Scope.TOTAL),
        (GiftKind.CASH, Scope.GIFT),
        (GiftKind.GOODS, Scope.GIFT),
    ]


def test_f_one_value_over_articles_with_quantities_is_a_total_beside_them() -> None:
    assert table("云岫服装厂捐赠棉被400床、毛毯200条,价值9.6万元。") == [
        "云岫服装厂 | goods gift | - | 棉被 400 床 | to None | via None",
        "云岫服装厂 | goods gift | - | 毛毯 200 条 | to None | via None",
        "云岫服装厂 | goods total | 96000 exact | 棉被、毛毯 | to None | via None",
    ]


def test_f_one_quantity_over_several_articles_is_one_record() -> None:
    claim = only("陇味源食品捐赠方便面、火腿肠、矿泉水共1500箱。")
    assert (claim.item, claim.quantity, claim.unit) == ("方便面、火腿肠、矿泉水", Decimal(1500), "箱")


def test_f_each_of_two_receivers_has_a_record() -> None:
    recipients = [claim.recipient for claim in read("云帆纺织向西洼镇、南坪乡各捐赠矿泉水500箱。")]
    assert recipients == ["西洼镇", "南坪乡"]


def test_f_goods_bought_and_given_are_goods() -> None:
    claim = only("县建陶商会购买价值6万多元的帐篷捐给卡点。")
    assert (claim.kind, claim.item, claim.yuan, claim.recipient) == (
        GiftKind.GOODS,
        "帐篷",
        Decimal(60_000),
        "卡点",
    )


def test_g_a_channel_is_via_and_a_receiver_recipient() -> None:
    claim = only("沱阳市侨商会委托市红十字会向市传染病医院捐款20万元。")
    assert (claim.via, claim.recipient) == ("市红十字会", "市传染病医院")
    assert only("米多福在板材商会的募捐中捐献1万元。").via == "板材商会"


def test_g_a_channel_carries_over_to_the_article_that_follows() -> None:
    claims = read("澳沱集团通过市侨联捐款5万元,并捐赠护目镜1500副。")
    assert [claim.via for claim in claims] == ["市侨联", "市侨联"]


def test_h_what_one_giver_gave_again_and_again_in_sum_is_a_total() -> None:
    claims = read("县建陶商会首批捐款45万元,2月14日追加捐款18万元,先后捐款63万元。")
    assert [claim.scope for claim in claims] == [Scope.GIFT, Scope.GIFT, Scope.TOTAL]


def test_h_money_passed_on_is_no_new_gift() -> None:
    claims = read("商会爱心账户收到会员捐款86.3万元,2月8日已转交县红十字会50万元。")
    assert [claim.yuan for claim in claims] == [Decimal(863_000)]


def test_j_a_corrected_figure_is_told_once_as_corrected() -> None:
    assert table("捐款名单更正说明\n“贝宏达500元”有误,实际为贝宏达捐款5000元;") == [
        "贝宏达 | cash gift | 5000 exact | - | to None | via None"
    ]


def test_l_the_quote_of_a_row_is_the_row() -> None:
    claims = read("#接龙\n给石湾村值守点捐款接龙\n1、米多福 1000元\n2. 邬长锁 500\n3.匿名 300元")
    assert [claim.quote for claim in claims] == ["1、米多福 1000元", "2. 邬长锁 500", "3.匿名 300元"]
    assert {claim.recipient for claim in claims} == {"石湾村值守点"}
