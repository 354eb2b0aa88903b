"""Who takes in the gifts of a list, where its title, lead, a label, a column or its end tells it."""

import pytest

from lianfang.engines.intake import read_notice
from lianfang.engines.intake.tests.reading import read

ROWS = "1、甘玉成 1000元\n2、邸小芹 200元\n3、向阳超市 方便面 20箱"
COLUMNS = "序号 捐赠单位(个人) 金额(元)\n1 苇河县石材商会 50,000.00\n2 匡小满 5,000.00"


def ways(text: str, title: str | None = None) -> set[tuple[str | None, str | None]]:
    """The receivers and channels of all claims, which must be some."""
    claims = read_notice(text, title=title).claims
    assert len(claims) >= 2
    return {(claim.recipient, claim.via) for claim in claims}


@pytest.mark.parametrize(
    ("before", "after", "receiver"),
    [
        ("关于接收社会各界捐赠款物的公示(第3号) 苇河县红十字会\n", "", "苇河县红十字会"),
        ("关于接收社会各界捐赠款物的公示(第3号)\n苇河县红十字会\n", "", "苇河县红十字会"),
        ("关于接收社会捐赠款物的公告\n现公告如下:\n", "\n苇河县红十字会\n2022年3月1日", "苇河县红十字会"),
        ("苇河县慈善总会接受抗洪救灾捐赠情况通报公示\n", "", "苇河县慈善总会"),
        ("苇河县慈善协会2022年4月捐款收入明细\n", "", "苇河县慈善协会"),
        ("苇河县慈善总会爱心榜(捐款第五批)\n", "", "苇河县慈善总会"),
        ("爱心捐款明细公示\n", "\n苇河县红十字会", "苇河县红十字会"),
        ("爱心接龙:为柏树湾村卡点筹款\n", "", "柏树湾村卡点"),
        ("爱心接龙\n为柏树湾村卡点筹集防疫物资,请大家接龙\n", "", "柏树湾村卡点"),
        ("以下为苇河县人民医院收到的捐赠物资清单\n", "", "苇河县人民医院"),
        ("苇河县人民医院获赠物资一览\n", "", "苇河县人民医院"),
        ("捐赠清单\n以下是石鼓镇中心卫生院收到的社会捐赠款物:\n", "", "石鼓镇中心卫生院"),
        ("捐赠公示\n我院近日收到社会各界捐赠款物,现公示如下:\n", "\n苇河县中医院", "苇河县中医院"),
        ("捐款公示\n我校共收到各界捐款,名单如下:\n", "\n柘溪县第三中学\n2021年9月1日", "柘溪县第三中学"),
        ("捐款公示\n我镇陆续收到爱心企业和个人捐赠款物,现公示如下:\n", "\n石鼓镇人民政府", "石鼓镇人民政府"),
        ("疫情防控捐款名单\n所捐款项已全部转交石鼓镇人民政府。\n", "", "石鼓镇人民政府"),
        ("疫情防控捐款名单\n", "\n以上款项由支部书记汇总后转石鼓镇人民政府。", "石鼓镇人民政府"),
        ("宏远商会捐款名单\n", "\n以上善款将统一汇至苇河县红十字会账户。", "苇河县红十字会"),
        ("会员捐款明细\n善款统一捐往苇河县慈善总会。\n", "", "苇河县慈善总会"),
        ("爱心榜 捐款捐物名单\n接收单位:石鼓镇人民政府(下列款物均已入库)\n", "", "石鼓镇人民政府"),
        ("捐赠名单\n受赠单位:石鼓镇敬老院\n", "", "石鼓镇敬老院"),
        ("捐款名单公示\n", "\n捐赠对象:苇河县第二小学", "苇河县第二小学"),
        ("捐款接龙\n户名:苇河县慈善总会\n", "", "苇河县慈善总会"),
        ("向苇河县人民医院捐赠款物名单\n", "", "苇河县人民医院"),
        ("支援苇河县疾控中心捐款名单\n", "", "苇河县疾控中心"),
        ("为廖长贵一家捐款名单\n", "", "廖长贵一家"),
        ("爱心捐款名单\n本次捐款全部用于支援望云县抗洪。\n", "", "望云县"),
        ("捐款名单\n石鼓镇抗洪抢险指挥部共接收捐款捐物如下:\n", "", "石鼓镇抗洪抢险指挥部"),
        ("桐荫小学爱心图书捐赠接收登记表\n", "", "桐荫小学"),
        ("爱心企业捐赠物资明细(接收:苇河县卫健局)\n", "", "苇河县卫健局"),
        ("苇河县防控指挥部物资保障组收到捐赠物资一览表\n", "", "苇河县防控指挥部物资保障组"),
        ("2020年苇河县慈善会接收疫情防控捐款公示\n", "", "苇河县慈善会"),
        ("苇河县民政局关于抗洪救灾捐款接收情况的公示\n", "", "苇河县民政局"),
        ("捐款物公示\n接受捐赠单位:苇河县红十字会\n", "", "苇河县红十字会"),
        ("[爱心榜]感谢以下爱心人士对梨园社区的捐赠\n", "", "梨园社区"),
        ("#接龙 给北关卡点值班人员送温暖\n", "", "北关卡点"),
        ("#接龙 请大家为望云县灾区捐款,统一打到县红十字会账户\n", "", "县红十字会"),
        ("捐款接龙\n捐款将以校友会名义捐赠给母校柘溪县第三中学\n", "", "柘溪县第三中学"),
        ("校友捐款名单\n支持母校柘溪三中建设捐款如下\n", "", "柘溪三中"),
        ("捐款榜\n本群捐款已于2月3日汇至苇河县慈善总会\n", "", "苇河县慈善总会"),
        ("捐款榜\n", "\n以上款项已送交县红十字会。", "县红十字会"),
        ("捐款榜\n", "\n款物已由村委会送到苇河县人民医院。", "苇河县人民医院"),
        ("致爱心人士的感谢信\n你们的捐款已收到,现公布如下\n", "\n石鼓镇敬老院", "石鼓镇敬老院"),
        ("苇河县工商联代收捐款公示\n善款已分两次转交苇河县红十字会。\n", "", "苇河县红十字会"),
    ],
)  # fmt: skip
def test_the_receiver_of_a_roll_stands_around_it(before: str, after: str, receiver: str) -> None:
    assert ways(before + ROWS + after) == {(receiver, None)}


@pytest.mark.parametrize(
    ("before", "after", "receiver"),
    [
        ("关于接收社会各界捐赠资金的公示\n", "\n苇河县慈善总会", "苇河县慈善总会"),
        ("苇河县慈善总会捐赠收入公示\n", "", "苇河县慈善总会"),
        ("捐款情况公示\n接收单位:石鼓镇人民政府\n", "", "石鼓镇人民政府"),
        ("石鼓镇中心卫生院接受捐款明细表\n", "", "石鼓镇中心卫生院"),
    ],
)
def test_the_receiver_of_a_table_stands_around_it(before: str, after: str, receiver: str) -> None:
    assert ways(before + COLUMNS + after) == {(receiver, None)}


@pytest.mark.parametrize(
    "lead",
    [
        "所捐款物统一交由苇河县慈善总会转交苇河县疾控中心。",
        "善款通过苇河县慈善总会捐赠给苇河县疾控中心。",
        "善款已汇入苇河县慈善总会账户,由苇河县慈善总会定向捐给苇河县疾控中心。",
    ],
)
def test_a_body_that_hands_on_is_the_channel(lead: str) -> None:
    assert ways(f"抗疫捐款名单\n{lead}\n{ROWS}") == {("苇河县疾控中心", "苇河县慈善总会")}


@pytest.mark.parametrize(
    "text",
    [
        f"石磨坪村支援疫情防控捐款光荣榜\n现将收到的捐款张榜公布:\n{ROWS}\n石磨坪村村民委员会",
        f"瀼水县石鼓乡荔坪村修桥捐款功德榜\n{ROWS}",
        f"潼阳县家居商会会员捐款名单\n{ROWS}\n潼阳县家居商会",
        f"苇河县人民医院职工捐款名单\n{ROWS}",
        f"我们一起为疫情防控捐款接龙\n{ROWS}",
    ],
)
def test_a_publisher_that_says_nothing_of_taking_in_is_no_receiver(text: str) -> None:
    assert ways(text) == {(None, None)}


def test_a_column_of_ways_of_paying_tells_no_channel() -> None:
    text = (
        "苇河县红十字会接受社会捐赠公示\n序号\t捐赠人\t金额(元)\t捐赠渠道\n"
        "1\t匡小满\t500\t微信\n2\t石宽\t300\t银行转账\n3\t邸小芹\t200\t苇河县侨联"
    )
    assert [claim.via for claim in read(text)] == [None, None, "苇河县侨联"]


@pytest.mark.parametrize(
    "label", ["接收部门", "定点捐赠单位", "捐赠意向", "收款单位", "捐给单位", "捐赠对象"]
)
def test_a_column_tells_the_receiver_of_each_row(label: str) -> None:
    text = f"捐赠公示\n序号\t捐赠人\t金额(元)\t{label}\n1\t匡小满\t500\t县疾控中心\n2\t石宽\t300\t县人民医院"
    assert [claim.recipient for claim in read(text)] == ["县疾控中心", "县人民医院"]


def test_a_letter_of_thanks_tells_that_its_writer_received() -> None:
    text = (
        "致全体校友的感谢信\n我校近日收到校友捐赠的款物。校友甘玉成捐款5000元;校友邸小芹捐赠图书200册。\n"
        "柘溪县第三中学"
    )
    assert {claim.recipient for claim in read(text)} == {"柘溪县第三中学"}


def test_each_part_of_a_list_has_the_receiver_of_its_heading() -> None:
    text = (
        "抗疫捐赠名单\n一、捐给苇河县人民医院\n1、甘玉成 1000元\n2、邸小芹 200元\n"
        "二、石鼓镇人民政府接收捐款情况\n1、石宽 300元\n2、匡小满 500元"
    )
    assert [(claim.donor, claim.recipient) for claim in read(text)] == [
        ("甘玉成", "苇河县人民医院"),
        ("邸小芹", "苇河县人民医院"),
        ("石宽", "石鼓镇人民政府"),
        ("匡小满", "石鼓镇人民政府"),
    ]
