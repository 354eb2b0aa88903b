"""Forms that notices nobody had read before brought up, each by an invented sentence of its own."""

from decimal import Decimal

import pytest

from lianfang.engines.intake import Claim, DonorKind, GiftKind, Scope
from lianfang.engines.intake.tests.reading import only, read, table

HEAD = "爱心捐赠情况通报\n\n"


def _scope(claim: Claim) -> str:
    return claim.scope


@pytest.mark.parametrize(
    ("words", "donor"),
    [
        ("村民米多福的表姐夫甘玉良", "甘玉良"),
        ("柳庄的“拖拉机米”", "拖拉机米"),
        ("青石县工商联主席单位云帆纺织有限公司", "云帆纺织有限公司"),
        ("爱心企业家米多福", "米多福"),
        ("青石县政协常委、海隅市青石商会会长米多福", "米多福"),
        ("其中,商会会长、云帆纺织公司董事长米多福", "米多福"),
        ("饮用水供应商甘泉公司", "甘泉公司"),
        ("云帆(青石)纺织有限公司", "云帆(青石)纺织有限公司"),
        ("青石镇中心小学电教组一行", "青石镇中心小学电教组"),
        ("不方便透露姓名的司机", None),
    ],
)
def test_the_giver_is_found_behind_kin_quotes_ranks_and_offices(words: str, donor: str | None) -> None:
    assert only(f"{words}捐款2万元。").donor == donor


def test_the_firm_behind_a_person_gives_what_the_firm_is_said_to_give() -> None:
    donors = [claim.donor for claim in read("云帆纺织董事长米多福捐款20万元,公司另捐款50万元。")]
    assert donors == ["米多福", "云帆纺织"]


def test_in_the_firm_s_name_is_the_firm_s_gift() -> None:
    text = "云帆纺织董事长米多福连夜赶到,随后又以公司名义向县红十字会捐款28万元。"
    assert [claim.donor for claim in read(text)] == ["云帆纺织"]


def test_two_bodies_counted_after_their_names_are_one_joint_giver() -> None:
    claim = only("青石县豫剧协会、青石县摩托车协会两家社团合捐3.2万元。")
    assert (claim.donor, claim.scope) == ("青石县豫剧协会、青石县摩托车协会", Scope.TOTAL)


def test_money_and_goods_in_one_figure_are_mixed_however_they_are_joined() -> None:
    text = "全县民营经济领域累计捐赠资金及物资总价值达1126万元,其中现金684.5万元、物资441.5万元。"
    claims = read(text)
    assert [(claim.kind, claim.yuan) for claim in claims] == [
        (GiftKind.MIXED, Decimal(11260000)),
        (GiftKind.CASH, Decimal(6845000)),
        (GiftKind.GOODS, Decimal(4415000)),
    ]
    assert {claim.donor for claim in claims} == {"全县民营经济领域"}


def test_parts_in_brackets_are_parts_of_the_sum() -> None:
    text = "县红十字会共接收社会各界捐赠款物累计188万元(其中捐款170万元,捐物价值18万元)。"
    assert [claim.yuan for claim in read(text)] == [Decimal(1880000), Decimal(1700000), Decimal(180000)]


def test_a_sum_after_nothing_but_articles_is_what_they_are_worth() -> None:
    claims = read("市美发商会捐消毒湿巾3000包、洗手液1500瓶,共计6.2万元。")
    assert [
        (claim.kind, claim.scope, claim.yuan) for claim in sorted(claims, key=lambda claim: claim.scope)
    ] == [
        (GiftKind.GOODS, Scope.GIFT, None),
        (GiftKind.GOODS, Scope.GIFT, None),
        (GiftKind.GOODS, Scope.TOTAL, Decimal(62000)),
    ]


def test_a_second_quantity_alone_is_of_the_thing_before() -> None:
    claims = read("云帆饮料向石湾镇、柳庄乡分别送去饮用水3000箱、2000箱。")
    assert [(claim.recipient, claim.item, claim.quantity) for claim in claims] == [
        ("石湾镇", "饮用水", Decimal(3000)),
        ("柳庄乡", "饮用水", Decimal(2000)),
    ]


def test_things_bought_for_a_sum_to_be_given_are_worth_that_sum() -> None:
    claim = only("会员米多福出资48万元购买医用手套,全部捐献给县人民医院。")
    assert (claim.kind, claim.item, claim.yuan) == (GiftKind.GOODS, "医用手套", Decimal(480000))


def test_the_average_of_many_is_no_gift_but_their_sum_is() -> None:
    claim = only("县自来水公司突击队队员人均捐款100元,共计3900元。")
    assert (claim.donor, claim.yuan, claim.scope) == ("县自来水公司突击队队员", Decimal(3900), Scope.TOTAL)


def test_the_largest_single_gift_has_no_giver() -> None:
    donors = [claim.donor for claim in read("云帆纺织捐款100万元,最大个人捐款为5万元。")]
    assert donors == ["云帆纺织"]


def test_a_class_that_is_counted_first_gives_the_sum_that_follows() -> None:
    claim = only("公开宣布捐款的企业已超过50家,捐赠总额突破9亿元。")
    assert (claim.donor, claim.donor_kind, claim.count) == ("企业", DonorKind.GROUP, 50)


@pytest.mark.parametrize("verb", ["提来", "背来", "捐建", "寄来"])
def test_carrying_and_building_are_ways_to_give(verb: str) -> None:
    claim = only(f"{HEAD}村民米多福{verb}凉亭两座。")
    assert (claim.donor, claim.item, claim.quantity) == ("米多福", "凉亭", Decimal(2))


def test_a_measure_that_says_what_sort_of_thing_it_is_stays_in_its_name() -> None:
    claim = only("金穗酒业捐75度酒精30吨。")
    assert (claim.item, claim.quantity, claim.unit) == ("75度酒精", Decimal(30), "吨")


def test_the_thing_stands_behind_its_quantity_where_a_verb_stands_before() -> None:
    claim = only("裁缝甘大姐做了600个布口罩捐给卡口。")
    assert (claim.item, claim.quantity) == ("布口罩", Decimal(600))


def test_quotation_marks_inside_an_article_s_name_stay() -> None:
    assert only("云帆机电捐赠“小蓝”智能机器人1台。").item == "“小蓝”智能机器人"


def test_numbered_points_of_a_paragraph_do_not_begin_a_name() -> None:
    text = "重点企业。1.云帆纺织有限公司捐款120万元。2.金谷面业有限公司捐款80万元。"
    assert [claim.donor for claim in read(text)] == ["云帆纺织有限公司", "金谷面业有限公司"]


def test_a_giver_before_a_colon_gives_what_follows_without_a_verb() -> None:
    assert table("爱心企业捐赠快讯\n\n云帆酒业:1.5亿元。\n金谷重工:800万元,以及挖掘机10台。") == [
        "云帆酒业 | cash gift | 150000000 exact | - | to None | via None",
        "金谷重工 | cash gift | 8000000 exact | - | to None | via None",
        "金谷重工 | goods gift | - | 挖掘机 10 台 | to None | via None",
    ]


def test_names_with_sums_one_after_the_other_are_gifts() -> None:
    text = HEAD + "几位副会长没二话,娄国庆10万,宇文斌10万,解红梅8万。"
    assert [claim.donor for claim in read(text)] == ["娄国庆", "宇文斌", "解红梅"]


def test_a_place_that_begins_with_a_word_of_direction_is_a_receiver() -> None:
    assert only("副会长米多福另向阳岭县枫林镇捐赠6万元。").recipient == "阳岭县枫林镇"


def test_a_name_that_ends_in_xiangdong_keeps_it() -> None:
    assert only("个体工商户牧向东给滨河路卡点搬来20箱泡面。").donor == "牧向东"


def test_two_characters_of_a_name_are_not_read_as_three() -> None:
    assert only("商会会长甘军深情地说道,并带头捐款5000元。").donor == "甘军"


def test_he_stands_for_the_person_last_named_whatever_follows() -> None:
    text = HEAD + "甘小稳,柳庄村养殖户,他见村委会物资缺乏,购买4套防护服送到值守人员手中。"
    assert [claim.donor for claim in read(text)] == ["甘小稳"]


def test_what_givers_gave_is_told_from_the_receiving_side() -> None:
    claims = read("县教育局收到各地网友捐购的棉鞋6412双、善款9.6万余元。")
    assert {claim.donor for claim in claims} == {"各地网友"}


def test_a_figure_that_is_corrected_is_read_as_corrected() -> None:
    claim = only("市直机关党员捐款总数由原来的213.6万元更正为231.6万元。")
    assert claim.yuan == Decimal(2316000)


def test_rows_tell_couples_and_values() -> None:
    text = "爱心捐款接龙\n1 甘玉良两口子 500元\n2 云帆电器行 取暖器 20台 5,980.00\n3 甘老五 跟1000"
    assert table(text) == [
        "甘玉良两口子 | cash gift | 500 exact | - | to None | via None",
        "云帆电器行 | goods gift | 5980 exact | 取暖器 20 台 | to None | via None",
        "甘老五 | cash gift | 1000 exact | - | to None | via None",
    ]


def test_a_heading_of_a_level_is_no_row() -> None:
    donors = [
        claim.donor for claim in read("修井捐款公布榜\n一等(5000元及以上)\n甘玉成:10000元\n米多福:8000元")
    ]
    assert donors == ["甘玉成", "米多福"]


def test_foreign_money_may_stand_by_its_sign() -> None:
    claims = read("捐款名单\n云帆语言学校 C$3,000\n甘玉成 50万比索")
    assert [(claim.currency, claim.amount) for claim in claims] == [
        ("CAD", Decimal(3000)),
        ("PHP", Decimal(500000)),
    ]


def test_a_class_and_a_body_joined_are_one_class() -> None:
    claim = only("全市153家民营企业和商会共捐赠款物2318万元。")
    assert (claim.donor, claim.count, claim.kind) == ("民营企业和商会", 153, GiftKind.MIXED)


def test_a_school_year_is_a_giver() -> None:
    assert only("高一年级捐款28416元。").donor == "高一年级"


def test_a_batch_is_no_giver() -> None:
    claim = only(HEAD + "本批捐赠现金101785元。")
    assert (claim.donor, claim.scope) == (None, Scope.TOTAL)


def test_a_service_promised_beside_a_gift_is_none() -> None:
    claim = only("“阿强修车行”捐款888元并承诺为往返灾区的救援车辆免费检修。")
    assert (claim.donor, claim.yuan) == ("阿强修车行", Decimal(888))


def test_a_table_may_tell_money_and_goods_in_one_column() -> None:
    text = (
        "青石县慈善总会接收捐赠公示\n捐赠者\t类型\t捐赠款物\t金额/价值(元)\t经手人\n"
        "云帆盐业公司\t单位\t现金\t50000\t小葛\n金谷卖场\t单位\t对讲机30部\t15000\t小葛"
    )
    assert [(claim.donor, claim.kind, claim.yuan) for claim in read(text)] == [
        ("云帆盐业公司", GiftKind.CASH, Decimal(50000)),
        ("金谷卖场", GiftKind.GOODS, Decimal(15000)),
    ]


def test_a_number_of_gifts_comes_before_their_sum() -> None:
    text = (
        HEAD
        + "县慈善会共接收社会各界爱心捐款1268笔,金额计386.72万元;接收口罩、防护服等物资折合人民币92.3万元。"
    )
    assert [(claim.donor, claim.kind, claim.yuan) for claim in read(text)] == [
        ("社会各界", GiftKind.CASH, Decimal(3867200)),
        (None, GiftKind.GOODS, Decimal(923000)),
    ]


def test_handing_over_quoted_money_is_a_gift_where_giving_is_spoken_of() -> None:
    claim = only(HEAD + "85岁的老党员甘秀芝把攒了多年的1万元“特殊党费”交到了社区党支部。")
    assert (claim.donor, claim.yuan, claim.recipient) == ("甘秀芝", Decimal(10000), "社区党支部")


def test_this_is_already_the_third_time_names_the_giver() -> None:
    claim = only("据悉,这已是云帆集团第三次捐款,三次累计捐款达260万元。")
    assert (claim.donor, claim.scope) == ("云帆集团", Scope.TOTAL)
