"""Head words: the last word of a Chinese name tells what the named thing is.

    汀兰集团 → 集团, an enterprise        区税务局机关党委 → 党委, a body        石材商会 → 商会, a chamber

The longest head that closes the name decides (供销社 before 社, 机关党委 before 机关).
"""

from collections.abc import Iterable
from typing import Final

from lianfang.engines.intake.claim import DonorKind
from lianfang.engines.intake.expressions import expression

_CHAMBER: Final = """
工商联 工商业联合会 商会 总商会 分商会 协会 总会 分会 行业联盟 同业公会 公会 商协会 企业联合会
企业家联合会 企业家俱乐部 企联 侨商会 工商联系统 工商联机关 商会秘书处 秘书处 联盟秘书处 商会联盟 商汇
商盟 行会 贸促会 青创会 青企协 女企协 企协 商会党支部 联合商会
"""

_GOVERNMENT: Final = """
政府 人民政府 镇政府 乡政府 县府 街道办事处 办事处 街道办 管委会 管理委员会 局 厅 委员会 县委 市委 区委
镇党委 乡党委 公安局 派出所 法院 检察院 人大 人大常委会 政协 统战部 组织部 宣传部 武装部 卫健委 发改委
改革委 民政厅 财政厅 海关 指挥部 政法委 纪委 监委 纪检委 支队 领导小组 专班 局机关 县委机关 市委机关
区委机关 政府机关 街道 党工委 海事处 总领馆 领事馆 大使馆 消防救援大队 交警大队 城管大队 执法大队 稽查大队
巡警大队 边防派出所
"""

_ENTERPRISE: Final = """
公司 有限公司 有限责任公司 股份公司 分公司 子公司 集团 股份 厂 总厂 分厂 店 商店 超市 便利店 酒店 宾馆
饭店 旅店 旅馆 民宿 客栈 银行 支行 分行 信用社 农信社 农信联社 信用联社 农商行 药房 大药房 药店 诊所
门诊部 供销社 供销合作社 旅行社 分社 经营部 经销部 经销处 经销店 专卖店 旗舰店 专营店 门市部 门市 批发部
批发市场 商行 商贸 商社 商场 商城 广场 茶庄 山庄 农庄 酒庄 渔庄 庄园 农场 牧场 林场 渔场 养殖场 养猪场
养鸡场 养殖基地 种植基地 基地 农家乐 市场 农贸市场 面馆 茶馆 酒馆 餐馆 咖啡馆 照相馆 小吃 小吃店 小炒
豆腐坊 作坊 面包房 蛋糕房 蛋糕店 工坊 磨坊 油坊 酒坊 糕点 坊 轩 斋 阁 药业 面业 酒业 牧业 渔业 农业 林业
矿业 板业 木业 纸业 铝业 钢业 铜业 锌业 盐业 糖业 茶业 米业 粮业 油业 水业 种业 船业 鞋业 管业 门业 锁业
果业 煤业 瓷业 塑业 棉业 乳业 磁业 置业 实业 商业 物业 化业 车业 竹业 菌业 蜂业 丝业 绸业 线业 灯业 石业
陶业 玉业 纺业 革业 业 粮油 油脂 食品 饮料 饮品 乳品 水产 种苗 化工 化学 化纤 纺织 针织 家纺 服饰 服装
制衣 时装 皮革 皮具 制革 毛纺 丝绸 羽绒 印染 印务 印刷 彩印 包装 塑料 橡胶 橡塑 轮胎 机械 机电 电机 电气
电器 电子 电缆 电力 电梯 电源 能源 新能源 热力 热电 燃气 石油 石化 水泥 混凝土 建材 建设 建工 建筑 路桥
工程 幕墙 装饰 装修 家居 家具 家私 家电 陶瓷 建陶 玻璃 五金 钢铁 钢构 钢管 阀门 轴承 铸造 锻造 铸锻 重工
重机 精工 精密 机床 模具 汽车 汽贸 汽修 汽配 汽运 车行 摩托 电动车 物流 快递 速递 速运 货运 运输 航运 航空
客运 公交 出行 科技 技术 软件 网络 信息 通信 通讯 传媒 文化 广告 影视 直播 游戏 互娱 科创 环保 环境 水务
生物 医药 药企 制药 药材 中药 饮片 医疗 器械 医械 健康 地产 房地产 房产 投资 创投 控股 资本 证券 保险 人寿
财险 担保 金融 期货 信托 贸易 进出口 外贸 经贸 工贸 商贸行 百货 珠宝 黄金 眼镜 钟表 美容 美发 理发店 发廊
美业 餐饮 餐厅 酒楼 火锅 火锅店 烧烤 烧烤店 饭庄 饭馆 食府 驾校 修理 修理部 修理厂 修理铺 维修 租赁 旅游
文旅 景区 影城 影院 网吧 网咖 健身 健身房 连锁 农机 农资 农牧 农科 园林 园艺 花卉 苗木 苗圃 果品 果蔬 蔬菜
肉联 肉食 肉铺 日化 洗化 清洁 保洁 家政 安防 安保 保安 消防器材 光电 光伏 照明 灯具 灯饰 仪器 仪表 自动化
智能 机器人 半导体 芯片 材料 新材料 新材 电池 合金 线缆 管材 板材 型材 门窗 玩具 文具 办公 书店 书城 图文
烟草 邮政 电信 联通 移动 铁塔 供电 自来水 鲜花 鲜花店 花店 水果 水果店 食坊 鱼庄 饺子馆 拉面馆 拉面 包子铺
早餐店 早点铺 烟酒 副食 粮店 布行 车队 搬家 码头 港务 港口 船舶 小卖部 小卖铺 副食店 服务社 船厂 造船 造纸
重汽 客车 商用车 煤矿 金矿 矿 砖厂 窑厂 煤炭 焦化 冶金 冶炼 电商 工作室 事务所 律所 会所 店铺 铺子 铺 档口
摊位 商号 老号 记 纸品 竹木 棉纺 饲料 肥业 化肥 农药 兽药 畜牧 养殖 种植 屠宰 冷链 冷冻 仓储 供应链 装备
设备 制造 制品 卫浴 厨具 厨卫 厨柜 橱柜 涂料 油漆 防水 地板 瓷砖 石材 沙石 砂石 渣土 劳务 人力 咨询 会展
会务 婚庆 摄影 影楼 婚纱 宠物 牙科 口腔 母婴 童装 女装 男装 内衣 箱包 户外 体育 运动 电竞 文创 书画院 画廊
琴行 幼教 教育科技 教育咨询 网校 物流园 产业园
科技园 工业园 创业园 生态园 采摘园 家居城 家具城 建材城 购物中心 大厦
酿造 调味品 酱业 醋业 粉业 糕点店 面点 蛋糕 烘焙 甜品 奶茶 奶茶店 茶饮
茶叶店 茶行 糖果 糖酒
"""

_ORGANISATION: Final = """
党支部 党总支 党委 机关党委 党组 党组织 支部 总支 团委 团支部 团县委 团市委 共青团 妇联 工会 总工会 联合会
义工联 义工联合会 残疾人联合会 学校 小学 中学 高中 初中 附中 附小 一中 二中 三中 四中 五中 六中 大学 学院
幼儿园 职校 技校 职高 职中 职教中心 中专 医院 人民医院 中医院 妇幼保健院 保健院 卫生院 卫生室 卫生站
疾控中心 急救中心 养老院 敬老院 福利院 儿童福利院 养老中心 项目 公益项目 项目部 事业部 经理部 干休所 寺
庙 庵 观 禅寺 教堂 教会
清真寺 道观 基督教会 佛教协会 道教协会 村委会 村民委员会 居委会 居民委员会 村委 村两委 村 社区 小区 屯 庄
寨 村民小组 小组 合作社 专业合作社 农机合作社 联合社 合作联社 俱乐部 志愿服务队 志愿者协会 志愿者服务队
志愿队 服务队 救援队 应急队 车友会 舞队 广场舞队 舞蹈队 艺术团 合唱团 秧歌队 乐队 队 连 民兵连 联防队
护村队 剧团 剧社 大队 中队 总队 分队 红十字会 慈善总会 慈善会 慈善协会 慈善联合会 基金会 基金 专项基金
同乡会 同乡联谊会 老乡会 校友会 联谊会 联谊总会 促进会 研究会 学会 宗亲会 宗祠 祠堂 联盟 统一战线联盟
业委会 业主委员会 家委会 家长委员会 中心 服务中心 站 工作站 服务站 救助站 卡点 所 院 馆 图书馆 文化馆
博物馆 纪念馆 研究所 研究院 处 部 科室 科 工作委员会 工委 关工委 理事会 侨联 残联 文联 科协 作协 记协
社科联 青联 学联 老科协 义工协会 志愿者联合会 公益 公益组织 公益联盟 公益协会 公益中心 机关 群 微信群 年级
班 班级 会 社 团 协作组 办公室 办 镇 乡 县 区 市 校 州 省 分校 校区 互助会 互助养老院 民主党派 民盟 民建
民进 农工党 致公党 九三学社 台盟 民革 支委会 党小组 团总支 少先队 学生会 团队 车队志愿者 诗社 书画社 体协
篮协 老年大学 老年协会 老协 老体协 联络处 指挥所 值守点 执勤点 检查点 劝返点 防控点
卡口 监测点 安置点 隔离点 文明实践站 网格 广播站 电视台 报社
杂志社 出版社 融媒体中心 日报社 工作组 防控办 疫情办
"""

_CLASS: Final = """
会员企业 会员单位 会员 全体会员 理事单位 理事 副会长单位 会长单位 副会长 常务副会长 会长 秘书长 监事
执委企业 常委企业 执常委企业 执委 常委 民营企业家 民营企业 非公企业 爱心企业 规上企业 小微企业 外资企业
国有企业 国企 民企 央企 侨企 台企 企业家 企业主 企业 商户 业户 摊主 店主 商家 个体户 个体工商户
个体工商业户 经营户 党员干部 党员 党员群众 共产党员 预备党员 干部职工 干部群众 干部 机关干部 村干部 职工
同仁 全体同仁 员工 工人 农民工 教职工 教职员工 教师 退休教师 老师 老教师 师生 师生员工 全体师生 学生 同学
校友 医护人员 医务人员 医护 官兵 民警 辅警 居民 村民 市民 群众 业主 住户 农户 户 家长 学生家长 网友 网民
乡贤 乡亲 乡亲们 老乡 侨胞 华侨 华侨华人 华人 侨商 同胞 港澳同胞 台胞 志愿者 义工 信众 信徒 教友 僧众 社员
队员 团员 团员青年 青年 退伍军人 退役军人 老兵 司机 的哥 客商 商人
僧俗二众 四众弟子 二众 浙商 楚商 赣商 鲁商 徽商 闽商 粤商 晋商
社会各界 各界人士 各界 社会各界人士 社会 爱心人士 社会爱心人士 热心人士 各界爱心人士 好心人 人士 党外人士
宗教界人士 僧众 信众 信教群众 爱心单位 单位 个人 爱心个人 机构 组织 商会组织 社会组织 商会和执常委企业
商协会 家庭 党组织
基层党组织 人员 成员 全体人员 同志 老同志 工作人员 机关工作人员 社会力量 代表 委员 政协委员 人大代表
企事业单位 事业单位 部门 市直部门 县直部门 县直单位 市直单位 机关单位 支部 姐妹 老人 妇女 乡友 知青 战友
粉丝 读者 用户 客户 顾客 消费者 学员 家属 离退休干部 离退休人员 退休干部 退休职工 老干部 老党员 村医 医生
护士 环卫工人 环卫工 外卖员 快递员 外卖骑手 出租车司机 农民 渔民 牧民 菜农 果农 种植户 养殖户 贫困户
脱贫户 游客 租户 学子 困难学子 毕业生 同窗 贫困学生 灾民 受灾群众 困难群众 患者 港商 台商 外商 工友 同事
姊妹 街坊 街坊邻居 邻居 亲友 亲戚 朋友 好友 留学生 领域 商界 文艺界 医疗界 科技界 金融界 建筑界 体育界
政法界 新闻界 成员商会 成员单位 成员企业 会员商会 下属商会 各商会 理事企业 摊位 队员们 侨领 侨界 侨界人士
工商界 企业界 教育界 宗教界 佛教界 道教界 伊斯兰教界 天主教界 基督教界 民营企业和商会 商会和企业
企业和个人 单位和个人 单位及个人 企业及个人 家企业
家单位 各方 团体 社会团体
"""

_TITLE: Final = """
CEO CTO CFO COO 军属 烈属 劳模 全国劳模 省劳模 劳动模范 道德模范 三八红旗手
常委 执委 政协委员 人大代表 党组书记 党组成员 会长 副会长 秘书长 副秘书长 理事长 监事长 董事长 董事 总经理
副总经理 总裁 副总裁 经理 厂长 店长 校长 院长 园长 所长 站长 局长 科长 处长 部长 镇长 乡长 县长 市长 区长
村长 社长 队长 组长 班长 台长 行长 矿长 场长 船长 机长 家长 团长 连长 排长 主席 副主席 主任 副主任 书记
副书记 第一书记 委员 代表 顾问 理事 监事 总监 主管 会计 出纳 干事 网格员 楼长 楼栋长 法人 法定代表人
法人代表 负责人 掌门人 创始人 创办人 当家人 合伙人 股东 老板 老板娘 掌柜 业主 店主 摊主 户主 房东 企业家
实业家 慈善家 乡贤 侨领 侨胞 侨商 华侨 商人 客商 医生 大夫 护士 护士长 村医 药师 教师 老师 班主任 教授
副教授 讲师 辅导员 学生 大学生 中学生 高中生 初中生 小学生 研究生 博士 硕士 同学 校友 工人 环卫工人 环卫工
清洁工 农民工 职工 员工 保洁员 保安 快递员 外卖员 骑手 外卖骑手 司机 驾驶员 师傅 厨师 店员 营业员 服务员
收银员 技术员 工程师 设计师 律师 会计师 记者 编辑 作家 画家 书法家 艺术家 歌手 演员 主播 运动员 教练 裁判
民警 辅警 警察 交警 消防员 军人 退伍军人 退役军人 退役士兵 老兵 抗战老兵 战士 士官 军官 干部 离休干部
公务员 村干部 党员 老党员 预备党员 团员 群众 村民 居民 市民 网民 网友 住户 老人 老汉 大爷 大妈 阿婆 奶奶
爷爷 老太太 老干部 老战士 老教师 老校长 老书记 贫困户 脱贫户 低保户 五保户 五保老人 残疾人 种植户 养殖户
种粮大户 大户 农户 农民 渔民 牧民 菜农 果农 瓜农 修鞋匠 木匠 铁匠 石匠 匠 志愿者 义工 会员 成员 社员 队员
人士 爱心人士 热心人士 个体户 个体工商户 经营者 从业者 爱好者 创业者 创业人士 青年 妇女 女士 先生 姑娘
小伙 小伙子 男子 女子 男孩 女孩 孩子 少年 儿童 传承人 带头人 能人 导游 电工 焊工 瓦工 裁缝 理发师 美容师
花匠 园丁 巡逻员 护林员 饲养员 宿管 门卫 法师 住持 方丈 牧师 道长 同志 工作者 研究员 调解员 监督员 联络员
主管护师 护师 医师 主治医师 主任医师 副主任医师 药剂师 检验师 飞行员 宇航员 院士 专家 学者 教练员 总工
总工程师 负责同志 车主 船主 园主 场主 庄主 店老板 小老板 包工头 工头 施工员 安全员 质检员 采购员 销售员
推销员 业务员 导购员 理货员 饲养户 承包户 承包人 经纪人 投资人
发起人 社工 网红 博主 店家 商户 个体老板 粮农 茶农
蜂农 花农 农场主 牧场主 乡医 村嫂 新娘 新郎 母亲 父亲 妻子 丈夫 儿子 女儿 孙子 孙女 侄子 哥哥 弟弟 姐姐
妹妹 籍 房客 租客 租户 工友 邻居 路人 华商 留学生 董事局主席 董事会主席 执行董事 同事 亲戚 亲友 街坊 朋友
同乡 同村 邻村 本村 外村 女童 男童 学童 小朋友 同胞 老乡 乡亲 台胞 弟 兄 姐 妹 儿 女 我弟 我哥 二弟 妻
夫人 爱人 老伴 岳父 岳母 叔父 村官 大学生村官 外教 养蜂人 伙计 学徒 支书 村支书 老支书 副支书 站主 店小二
前台 文书 馆主 族长 房长 人 官 徒 翁 仔 员 长 师 工 家 医 商 农 警 兵 者 户 民 生 士 总
"""

_STRONG_SINGLE: Final = frozenset("厂店村寺庵局镇乡县庙厅市区")


def _table(groups: Iterable[tuple[DonorKind, str]]) -> dict[str, DonorKind]:
    return {word: kind for kind, words in groups for word in words.split()}


HEADS: Final = _table(
    (
        (DonorKind.ORGANISATION, _ORGANISATION),
        (DonorKind.ENTERPRISE, _ENTERPRISE),
        (DonorKind.GOVERNMENT, _GOVERNMENT),
        (DonorKind.CHAMBER, _CHAMBER),
    )
)
CLASSES: Final = frozenset(_CLASS.split())
TITLES: Final = frozenset(_TITLE.split())


class Endings:
    """Words that may close a name, looked up by the last character first."""

    __slots__ = ("_last", "words")

    def __init__(self, words: str) -> None:
        self.words = tuple(words.split())
        self._last = frozenset(word[-1] for word in self.words)

    def close(self, name: str) -> bool:
        """Whether one of the words closes the name."""
        return name[-1:] in self._last and name.endswith(self.words)


def lengths_by_last(words: Iterable[str]) -> dict[str, tuple[int, ...]]:
    """How long the words with a last character are, the longest first."""
    lengths: dict[str, set[int]] = {}
    for word in words:
        lengths.setdefault(word[-1], set()).add(len(word))
    return {last: tuple(sorted(found, reverse=True)) for last, found in lengths.items()}


_HEAD_LENGTHS: Final = lengths_by_last(HEADS)
_CLASS_LENGTHS: Final = lengths_by_last(CLASSES)
_TITLE_LENGTHS: Final = lengths_by_last(TITLES)


def body_head(name: str) -> tuple[str, DonorKind] | None:
    """The longest head word that closes the name and the kind of body it tells, or None."""
    for length in _HEAD_LENGTHS.get(name[-1:], ()):
        kind = HEADS.get(name[-length:])
        if kind is not None:
            return name[-length:], kind
    return None


def class_head(name: str) -> str | None:
    """The class noun (会员、职工、社会各界 …) that closes the name, or None."""
    stem = name.removesuffix("们")
    for length in _CLASS_LENGTHS.get(stem[-1:], ()):
        if stem[-length:] in CLASSES:
            return stem[-length:]
    return None


_KIN: Final = expression(
    r"(?:表|堂|大|小|二|三|四|五|老|干|亲|外|双胞胎)?(?:哥哥|弟弟|姐姐|妹妹|姐妹|兄弟|哥|弟|姐|妹|叔叔|叔|伯伯|伯|姨妈|姨|姑妈|姑姑|姑|舅舅|舅|婶|嫂子|嫂|姐夫|妹夫|姐妹|侄儿|侄女|侄|外甥女|外甥|孙子|孙女|女婿|儿媳|媳妇|爷爷|奶奶|外公|外婆|公公|婆婆)$"
)
"""Words of kinship, which stand before a name as titles do (表姐夫柴进)."""
_KIN_END: Final = frozenset("哥弟姐妹叔伯姨妈姑舅婶嫂夫侄儿女甥子婿媳妇爷奶公婆")
HEAD_ENDS: Final = frozenset(_HEAD_LENGTHS)
"""The characters with which the name of a body can end."""
TITLE_ENDS: Final = frozenset(_TITLE_LENGTHS) | _KIN_END
"""The characters with which a title or calling can end."""


def title_length(text: str) -> int:
    """How many characters of a title or calling close the text; 0 where none does."""
    kin = _KIN.search(text[-6:]) if text[-1:] in _KIN_END else None
    if kin is not None and (len(kin.group()) >= 2 or text[-2:-1] == "的"):
        return len(kin.group())
    for length in _TITLE_LENGTHS.get(text[-1:], ()):
        if length <= len(text) and text[-length:] in TITLES:
            return length
    return 0


def is_strong_head(head: str) -> bool:
    """Whether the head makes even a name of two or three characters a body (王村), not a person."""
    return len(head) > 1 or head in _STRONG_SINGLE
