"""How news of giving is worded: each form by an invented sentence, with all that it tells."""

import pytest

from lianfang.engines.intake.tests.reading import table

HEAD = "爱心捐赠情况通报\n\n"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "商会名誉会长米多福,带领云帆集团及公司支部率先行动,向青石县慈善总会捐款50万元。",
            [
                "米多福 | cash gift | 500000 exact | - | to 青石县慈善总会 | via None",
            ],
        ),
        (
            "红星美凯龙主动联系,向柳河镇政府捐赠护目镜60副。",
            [
                "红星美凯龙 | goods gift | - | 护目镜 60 副 | to 柳河镇政府 | via None",
            ],
        ),
        (
            "全县非公企业发扬一方有难、八方支援的精神,捐款捐物共计84.56万元。",
            [
                "全县非公企业 | mixed total | 845600 exact | - | to None | via None",
            ],
        ),
        (
            "商会已有170多位会员响应号召,捐款超过200万元。",
            [
                "会员 | cash total | 2000000 over | - | to None | via None",
            ],
        ),
        (
            "已有近50家会员企业参与捐赠,累计捐款5万元。",
            [
                "会员企业 | cash total | 50000 exact | - | to None | via None",
            ],
        ),
        (
            "云帆集团立即行动,携手甘泉公司各捐赠500万元。",
            [
                "云帆集团 | cash gift | 5000000 exact | - | to None | via None",
                "甘泉公司 | cash gift | 5000000 exact | - | to None | via None",
            ],
        ),
    ],
)
def test_the_clause_before_names_the_giver_whatever_deed_it_tells(words: str, told: list[str]) -> None:
    assert table(HEAD + words) == told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "云帆公司主动向县红十字会捐款5万元。",
            [
                "云帆公司 | cash gift | 50000 exact | - | to 县红十字会 | via None",
            ],
        ),
        (
            "云帆公司秉持初心向县红十字会捐款5万元。",
            [
                "云帆公司 | cash gift | 50000 exact | - | to 县红十字会 | via None",
            ],
        ),
        (
            "云帆公司同样主动向县红十字会捐款5万元。",
            [
                "云帆公司 | cash gift | 50000 exact | - | to 县红十字会 | via None",
            ],
        ),
        (
            "村民米多福急忙把自己购买的100只口罩捐赠给三合社区。",
            [
                "米多福 | goods gift | - | 口罩 100 只 | to 三合社区 | via None",
            ],
        ),
        (
            "云帆公司先后分五批向县红十字会捐赠口罩3000只。",
            [
                "云帆公司 | goods gift | - | 口罩 3000 只 | to 县红十字会 | via None",
            ],
        ),
    ],
)
def test_words_of_manner_stay_out_of_the_name(words: str, told: list[str]) -> None:
    assert table(HEAD + words) == told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "旅外侨领、青石外国语学校、阳光小学董事长米多福向县慈善总会捐款100万元。",
            [
                "米多福 | cash gift | 1000000 exact | - | to 县慈善总会 | via None",
            ],
        ),
        (
            "党委书记、董事局主席兼CEO米多福捐款1万元。",
            [
                "米多福 | cash gift | 10000 exact | - | to None | via None",
            ],
        ),
        (
            "法学院米多福教授个人捐款800元。",
            [
                "米多福 | cash gift | 800 exact | - | to None | via None",
            ],
        ),
        (
            "黄庄组米多福捐款200元。",
            [
                "米多福 | cash gift | 200 exact | - | to None | via None",
            ],
        ),
    ],
)
def test_a_person_keeps_nothing_of_the_titles_and_bodies_around_the_name(words: str, told: list[str]) -> None:
    assert table(HEAD + words) == told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "会长米永昌捐款10万元,副会长李刚3万元、王玉2万元,理事孔维1万元。",
            [
                "米永昌 | cash gift | 100000 exact | - | to None | via None",
                "李刚 | cash gift | 30000 exact | - | to None | via None",
                "王玉 | cash gift | 20000 exact | - | to None | via None",
                "孔维 | cash gift | 10000 exact | - | to None | via None",
            ],
        ),
        (
            "青石佛教协会捐款4万元,其中1万元为三山寺捐赠,19500元为慈云寺僧众捐赠。",
            [
                "青石佛教协会 | cash gift | 40000 exact | - | to None | via None",
                "三山寺 | cash gift | 10000 exact | - | to None | via None",
                "慈云寺僧众 | cash total | 19500 exact | - | to None | via None",
            ],
        ),
        (
            "甘泉集团捐款50万元、云帆公司、鹏凌集团、青石电力公司分别捐款20万元。",
            [
                "甘泉集团 | cash gift | 500000 exact | - | to None | via None",
                "云帆公司 | cash gift | 200000 exact | - | to None | via None",
                "鹏凌集团 | cash gift | 200000 exact | - | to None | via None",
                "青石电力公司 | cash gift | 200000 exact | - | to None | via None",
            ],
        ),
        (
            "第一笔来自爱心企业甘泉公司捐赠的善款5万元。",
            [
                "甘泉公司 | cash gift | 50000 exact | - | to None | via None",
            ],
        ),
    ],
)
def test_several_givers_after_a_sum_are_givers_of_their_own(words: str, told: list[str]) -> None:
    assert table(HEAD + words) == told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "米多福先后向县人民医院、青石医院等多家医院,以及一线的公安干警捐赠水果500斤。",
            [
                "米多福 | goods gift | - | 水果 500 斤"
                " | to 县人民医院、青石医院等多家医院,以及一线的公安干警 | via None",
            ],
        ),
        (
            "云帆公司捐款100万元,其中向武汉市捐款60万元、向潍坊市捐款40万元。",
            [
                "云帆公司 | cash total | 1000000 exact | - | to None | via None",
                "云帆公司 | cash gift | 600000 exact | - | to 武汉市 | via None",
                "云帆公司 | cash gift | 400000 exact | - | to 潍坊市 | via None",
            ],
        ),
        (
            "青石商会会长米多福响应倡议,个人向上海青石商会捐赠2000元。",
            [
                "米多福 | cash gift | 2000 exact | - | to 上海青石商会 | via None",
            ],
        ),
        (
            "云帆公司拟捐赠隔离服1000套,目前首批300套已送达市疾控中心。",
            [
                "云帆公司 | goods gift | - | 隔离服 1000 套 | to 市疾控中心 | via None",
            ],
        ),
        (
            "云帆集团定向捐赠青石医学院3.9万个N95口罩。",
            [
                "云帆集团 | goods gift | - | N95口罩 39000 个 | to 青石医学院 | via None",
            ],
        ),
        (
            "甘泉公司联系青石县医院,向其捐赠20万元物资。",
            [
                "甘泉公司 | goods gift | 200000 exact | 物资 | to 青石县医院 | via None",
            ],
        ),
        (
            "云帆公司捐款8万元,定向用于东街社区疫情防控。",
            [
                "云帆公司 | cash gift | 80000 exact | - | to 东街社区 | via None",
            ],
        ),
        (
            "云帆银行通过市红十字会捐款100万元定向用于市人民医院的疫情防控和医务人员的慰问。",
            [
                "云帆银行 | cash gift | 1000000 exact | - | to 市人民医院 | via 市红十字会",
            ],
        ),
        (
            "云帆集团向西安捐款100万元、安康捐款100万元。",
            [
                "云帆集团 | cash gift | 1000000 exact | - | to 西安 | via None",
                "云帆集团 | cash gift | 1000000 exact | - | to 安康 | via None",
            ],
        ),
        (
            "云帆集团通过青石县慈善基金会,紧急捐赠总计10万元的救灾物资。",
            [
                "云帆集团 | goods gift | 100000 exact | 救灾物资 | to None | via 青石县慈善基金会",
            ],
        ),
        (
            "米多福等一行亲临县指挥部捐赠隔离衣1000套、价值约10万元。",
            [
                "米多福 | goods gift | 100000 about | 隔离衣 1000 套 | to 县指挥部 | via None",
            ],
        ),
        (
            "社区累计收到爱心企业、单位捐赠口罩3000个,酒精70瓶,捐款3200元。",
            [
                "爱心企业、单位 | goods total | - | 口罩 3000 个 | to 社区 | via None",
                "爱心企业、单位 | goods total | - | 酒精 70 瓶 | to 社区 | via None",
                "爱心企业、单位 | cash total | 3200 exact | - | to 社区 | via None",
            ],
        ),
    ],
)
def test_a_receiver_is_found_wherever_the_sentence_puts_it(words: str, told: list[str]) -> None:
    assert table(HEAD + words) == told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "云帆公司向县红十字会捐赠防疫物资。"
            "昨日最后一批物资抵达。\n"
            "防疫物资包括隔离服3000件,"
            "防护服3000件,"
            "总价值达318.5万元。",
            [
                "云帆公司 | goods gift | - | 隔离服 3000 件 | to 县红十字会 | via None",
                "云帆公司 | goods total | 3185000 exact | 隔离服、防护服 | to 县红十字会 | via None",
                "云帆公司 | goods gift | - | 防护服 3000 件 | to 县红十字会 | via None",
            ],
        ),
        (
            "云帆公司向县红十字会捐赠一批防护物资。据了解,此批捐赠的物资包括口罩1.5万个和消毒液600瓶。",
            [
                "云帆公司 | goods total | - | 防护物资 | to 县红十字会 | via None",
                "云帆公司 | goods gift | - | 口罩 15000 个 | to 县红十字会 | via None",
                "云帆公司 | goods gift | - | 消毒液 600 瓶 | to 县红十字会 | via None",
            ],
        ),
        (
            "县工信局累计接收社会各界捐赠物资24笔。其中口罩151575个,医用手套500双。",
            [
                "社会各界 | goods total | - | 口罩 151575 个 | to 县工信局 | via None",
                "社会各界 | goods total | - | 医用手套 500 双 | to 县工信局 | via None",
            ],
        ),
        (
            "西澳同乡会的第一批捐赠物资2000件防护服,已送达青石县人民医院。",
            [
                "西澳同乡会 | goods gift | - | 防护服 2000 件 | to 青石县人民医院 | via None",
            ],
        ),
    ],
)
def test_goods_told_vaguely_are_told_again_with_their_names(words: str, told: list[str]) -> None:
    assert table(HEAD + words) == told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "云帆公司捐赠价值600万元1400箱药品。",
            [
                "云帆公司 | goods gift | 6000000 exact | 药品 1400 箱 | to None | via None",
            ],
        ),
        (
            "云帆公司捐赠消毒水3000千克。",
            [
                "云帆公司 | goods gift | - | 消毒水 3000 千克 | to None | via None",
            ],
        ),
        (
            "云帆公司捐款1000万支援武汉。",
            [
                "云帆公司 | cash gift | 10000000 exact | - | to None | via None",
            ],
        ),
        (
            "云帆公司捐赠了价值30万元、共2100件食品。",
            [
                "云帆公司 | goods gift | 300000 exact | 食品 2100 件 | to None | via None",
            ],
        ),
        (
            "云帆公司捐赠口罩1.3万个,酒精500瓶,消毒片5桶,共计62750元。",
            [
                "云帆公司 | goods gift | - | 口罩 13000 个 | to None | via None",
                "云帆公司 | goods total | 62750 exact | 口罩、酒精、消毒片 | to None | via None",
                "云帆公司 | goods gift | - | 酒精 500 瓶 | to None | via None",
                "云帆公司 | goods gift | - | 消毒片 5 桶 | to None | via None",
            ],
        ),
        (
            "云帆公司捐赠每瓶市价698元的消毒液110桶。",
            [
                "云帆公司 | goods gift | - | 消毒液 110 桶 | to None | via None",
            ],
        ),
        (
            "云帆公司捐赠价值3000万的物资。",
            [
                "云帆公司 | goods gift | 30000000 exact | 物资 | to None | via None",
            ],
        ),
        (
            "两家爱心企业捐赠了24件480瓶天然矿泉水和200瓶消毒液。",
            [
                "爱心企业 | goods total | - | 天然矿泉水 24 件 | to None | via None",
                "爱心企业 | goods total | - | 消毒液 200 瓶 | to None | via None",
            ],
        ),
    ],
)
def test_a_value_is_of_what_it_stands_beside(words: str, told: list[str]) -> None:
    assert table(HEAD + words) == told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "除捐赠给青石红十字会的300万元外,善款将由协会统筹安排。",
            [],
        ),
        (
            "村支书米多福对捐赠的钱物处置作了安排:“84消毒液400瓶,今天已经发放到村民手中。”",
            [],
        ),
        (
            "省本级已分配下拨非定向捐赠资金46.14亿元。",
            [],
        ),
        (
            "红十字会捐赠资金已支出437万元。",
            [],
        ),
        (
            "大批的捐助企业,不断闪现一个又一个感人的场面。",
            [],
        ),
        (
            "恒力公司捐赠2000万元、海里文化集团有限公司设立1000万元慈善基金、青石银行捐赠200万元。",
            [
                "恒力公司 | cash gift | 20000000 exact | - | to None | via None",
                "青石银行 | cash gift | 2000000 exact | - | to None | via None",
            ],
        ),
    ],
)
def test_what_became_of_gifts_is_no_gift(words: str, told: list[str]) -> None:
    assert table(HEAD + words) == told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "截至目前,共捐款74.26万元。",
            [
                "None | cash total | 742600 exact | - | to None | via None",
            ],
        ),
        (
            "我省多家慈善组织和爱心企业共募集善款物资达2.02亿元,其中善款1.84亿元。",
            [
                "我省多家慈善组织和爱心企业 | mixed total | 202000000 exact | - | to None | via None",
                "我省多家慈善组织和爱心企业 | cash total | 184000000 exact | - | to None | via None",
            ],
        ),
        (
            "乡贤企业家、会员及社会爱心人士共143人捐款9万多元。",
            [
                "乡贤企业家、会员及社会爱心人士 | cash total | 90000 over | - | to None | via None",
            ],
        ),
    ],
)
def test_a_sum_may_lack_its_giver_or_have_a_class_for_one(words: str, told: list[str]) -> None:
    assert table(HEAD + words) == told


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (
            "云帆服饰有限公司米多福向青石县慈善总会捐赠1万元。",
            [
                "米多福 | cash gift | 10000 exact | - | to 青石县慈善总会 | via None",
            ],
        ),
        (
            "云帆集团、青石集团有限公司联合捐款100万元。",
            [
                "云帆集团、青石集团有限公司 | cash total | 1000000 exact | - | to None | via None",
            ],
        ),
        (
            "党员杨向文为本村捐赠矿泉水10件。",
            [
                "杨向文 | goods gift | - | 矿泉水 10 件 | to 本村 | via None",
            ],
        ),
        (
            "米多福、苗广元创立的青石公益基金捐款50万元。",
            [
                "青石公益基金 | cash gift | 500000 exact | - | to None | via None",
            ],
        ),
        (
            "米多福女士怀揣满满爱心向青石村捐赠方便面20箱。",
            [
                "米多福 | goods gift | - | 方便面 20 箱 | to 青石村 | via None",
            ],
        ),
        (
            "青石县慈善会共收到91家单位和127名个人捐款334万元。",
            [
                "单位和个人 | cash total | 3340000 exact | - | to 青石县慈善会 | via None",
            ],
        ),
        (
            "青石县慈善总会共收到“慈善一日捐”善款38万元,其中单位捐款24万元、个人捐款14万元。",
            [
                "None | cash total | 380000 exact | - | to 青石县慈善总会 | via None",
                "单位 | cash total | 240000 exact | - | to 青石县慈善总会 | via None",
                "个人 | cash total | 140000 exact | - | to 青石县慈善总会 | via None",
            ],
        ),
        (
            "柳河镇的7家养殖企业在活动期间分别捐了2万元。",
            [
                "养殖企业 | cash tier | 20000 exact | - | to None | via None",
            ],
        ),
        (
            "云帆公司从工厂、合作伙伴处调配约2万件、价值200余万元的食品捐给柳河镇群众。",
            [
                "云帆公司 | goods gift | 2000000 over | 食品 20000 件 | to 柳河镇群众 | via None",
            ],
        ),
        (
            "修车铺负责人米多福,带着1万元现金来到了柳河镇财政所,他把钱放下就要离开。",
            [
                "米多福 | cash gift | 10000 exact | - | to 柳河镇财政所 | via None",
            ],
        ),
        (
            "退休教师米多福走进镇政府大门,从怀里掏出一个信封交到民政办手中,里面整整齐齐码着2000元钱。",
            [
                "米多福 | cash gift | 2000 exact | - | to 民政办 | via None",
            ],
        ),
        (
            "村民米多福来到镇政府,希望向柳河镇政府捐赠消毒液200斤。",
            [
                "米多福 | goods gift | - | 消毒液 200 斤 | to 柳河镇政府 | via None",
            ],
        ),
        (
            "三组党员米多福来到村办公室说:“苗书记,我不会用微信,捐220元现金。”",
            [
                "米多福 | cash gift | 220 exact | - | to None | via None",
            ],
        ),
        (
            "米多福女士疫情防控期间已多次捐款捐物,累计价值2万余元。",
            [
                "米多福 | mixed total | 20000 over | - | to None | via None",
            ],
        ),
        (
            "个人捐款最多的是一位叫米多福的人,他于去年8月向青石县慈善会捐款26万元。",
            [
                "米多福 | cash gift | 260000 exact | - | to 青石县慈善会 | via None",
            ],
        ),
        (
            "云帆集团决定捐款3000万元,支援灾后重建。其中向青石市捐款2000万元、柳河市捐款1000万元。",
            [
                "云帆集团 | cash total | 30000000 exact | - | to None | via None",
                "云帆集团 | cash gift | 20000000 exact | - | to 青石市 | via None",
                "云帆集团 | cash gift | 10000000 exact | - | to 柳河市 | via None",
            ],
        ),
        (
            "米多福委托其父亲米大元向柳河镇政府捐款800元。",
            [
                "米多福 | cash gift | 800 exact | - | to 柳河镇政府 | via 米大元",
            ],
        ),
        (
            "云帆集团向柳河镇政府捐赠1500箱(150万只)手套。",
            [
                "云帆集团 | goods gift | - | 手套 1500 箱 | to 柳河镇政府 | via None",
            ],
        ),
        (
            "老党员米多福坚持要交纳特殊党费600元。",
            [
                "米多福 | cash gift | 600 exact | - | to None | via None",
            ],
        ),
        (
            "退休教师米多福将1000元善款交到了青石社区党委书记苗青山手中。",
            [
                "米多福 | cash gift | 1000 exact | - | to 青石社区 | via None",
            ],
        ),
        (
            "校团委书记苗广元将同学们的爱心善款16533元整捐至青石县慈善基金会。",
            [
                "同学们 | cash total | 16533 exact | - | to 青石县慈善基金会 | via None",
            ],
        ),
        (
            "柳河镇各寺庵捐款67万元。",
            [
                "柳河镇各寺庵 | cash total | 670000 exact | - | to None | via None",
            ],
        ),
        (
            "青石寺组织信众参与社区防控工作并向青石县慈善会捐款13万元。",
            [
                "青石寺 | cash gift | 130000 exact | - | to 青石县慈善会 | via None",
            ],
        ),
        (
            "米多福先生携夫人苗小珍女士捐款100万元。",
            [
                "米多福先生携夫人苗小珍女士 | cash gift | 1000000 exact | - | to None | via None",
            ],
        ),
        (
            "青石县米先生为柳河镇卡点捐赠口罩210个。",
            [
                "米先生 | goods gift | - | 口罩 210 个 | to 柳河镇卡点 | via None",
            ],
        ),
        (
            "云帆集团短时间内就捐款9000元。",
            [
                "云帆集团 | cash gift | 9000 exact | - | to None | via None",
            ],
        ),
        (
            "米多福捐出的50吨白菜装车发往柳河镇。",
            [
                "米多福 | goods gift | - | 白菜 50 吨 | to 柳河镇 | via None",
            ],
        ),
        (
            "青石村和柳河村捐赠的18吨蔬菜起程送往青石县。",
            [
                "青石村和柳河村 | goods total | - | 蔬菜 18 吨 | to 青石县 | via None",
            ],
        ),
        (
            "此次爱心捐赠,云帆集团共计向青石小学捐出桌椅112套,总价值15万元。",
            [
                "云帆集团 | goods gift | 150000 exact | 桌椅 112 套 | to 青石小学 | via None",
            ],
        ),
        (
            "云帆集团捐赠款物50万元,其中向青石县慈善会捐款30万元,同时捐赠20万元的鸡蛋。",
            [
                "云帆集团 | mixed total | 500000 exact | - | to None | via None",
                "云帆集团 | cash gift | 300000 exact | - | to 青石县慈善会 | via None",
                "云帆集团 | goods gift | 200000 exact | 鸡蛋 | to 青石县慈善会 | via None",
            ],
        ),
    ],
)
def test_reports_tell_it_in_many_words(words: str, told: list[str]) -> None:
    assert table(HEAD + words) == told


def test_the_heading_tells_who_received_what_many_gave() -> None:
    text = (
        "社会各界向青石县医院捐赠防疫物资\n\n"
        "云帆公司捐赠口罩2000只。\n总经理米多福送来酸奶150件,慰问医务人员。"
    )
    assert table(text) == [
        "云帆公司 | goods gift | - | 口罩 2000 只 | to 青石县医院 | via None",
        "米多福 | goods gift | - | 酸奶 150 件 | to 青石县医院 | via None",
    ]


def test_a_house_that_thanks_at_the_end_received_what_is_told_before() -> None:
    text = (
        "爱心涌动暖医心\n\n2月4日,明月眼镜店向青石县中医院捐赠护目镜19副。2月5日,云帆公司捐赠消毒液4件。\n"
        "在此,青石县中医院全体职工对爱心人士的义举表示最衷心的感谢!"
    )
    assert table(text) == [
        "明月眼镜店 | goods gift | - | 护目镜 19 副 | to 青石县中医院 | via None",
        "云帆公司 | goods gift | - | 消毒液 4 件 | to 青石县中医院 | via None",
    ]


def test_a_table_of_towns_tells_sums_and_the_worth_of_goods_beside_them() -> None:
    text = (
        "青石县捐赠情况统计表\n\n单位:万元\n乡镇|捐款人数|捐款金额|捐物折价|合计\n"
        "柳河镇|583|16.75|3.20|19.95\n石湾镇|317|8.08|0|8.08"
    )
    assert [line.split(" | ")[:3] for line in table(text)][:3] == [
        ["柳河镇", "goods total", "32000 exact"],
        ["柳河镇", "cash total", "167500 exact"],
        ["石湾镇", "cash total", "80800 exact"],
    ]


def test_a_heading_within_the_text_is_told_once_with_its_paragraph() -> None:
    text = (
        "钢铁企业驰援灾区\n\n多家钢企为抗洪救灾伸出了援手,截至发稿前的情况如下:\n云帆钢铁捐款1000万元\n"
        "7月22日,云帆钢铁集团紧急向青石县慈善总会捐赠1000万元,用于防汛救灾及灾后重建工作。"
    )
    assert table(text) == [
        "云帆钢铁集团 | cash gift | 10000000 exact | - | to 青石县慈善总会 | via None",
    ]
