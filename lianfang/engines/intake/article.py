"""One article: a thing or a sum given, read out of a piece of the object of a verb."""

import re
from dataclasses import dataclass
from decimal import Decimal
from typing import Final

from lianfang.engines.figures import Bound, Figure
from lianfang.engines.intake.claim import DonorKind, GiftKind, Place
from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.heads import CLASSES, HEADS, body_head
from lianfang.engines.intake.sentence import BARE, MONEY, QUANTITY, Sentence

VALUE: Final = (
    r"(?:总价值|共价值|合计价值|价值共计|价值合计|价值总计|价值|总值|总价|约合人民币|约合|合计人民币|"
    r"折合成人民币|折合人民币|折合|折价|折款|折人民币|作价|估价|估值|市场价|市值|货值|约值|合人民币"
    r"|值(?=\ue000))(?:为|是|共|共计|合计|达|高达|累计|人民币|总计|:)?"
)
VALUE_END: Final = expression(rf"(?:{VALUE}|(?<![价产市总货面数])值)$")
"""A word of value right before a figure."""
_CASH_NOUN: Final = expression(
    r"^(?:的)?[“\"]?(?:爱心|暖心|捐赠|捐助|过年|新年|新春|春节)?(?:人民币|现金|善款|爱心善款|奖金|捐款|积蓄|爱心款|爱心捐款|资金|"
    r"爱心资金|专项资金|专款|救灾款|抗疫款|防疫款|抗疫资金|防疫资金|救灾资金|款项|钱款|钱|款|压岁钱|"
    r"零花钱|养老金|退休金|工资|稿费|稿酬|版税|奖学金|助学金|助学款|"
    r"特殊党费|党费|慰问金|慰问款|培训费|收入|所得|货款|存款|压岁|红包|抚恤金|低保金|津贴|基金|首款|"
    r"赠款|公益金|建设资金|重建资金|费用|补贴|彩礼|礼金|份子钱|退伍费|安家费|血汗钱|私房钱|班费|会费|"
    r"营业款|营业额|当日营业额|利润)(?!.*[\ue001])"
)
_CASH_LEAD: Final = expression(
    r"^(?:人民币|现金|善款|爱心善款|捐款|爱心款|资金|爱心资金|款项|钱款|压岁钱|零花钱|工资|积蓄|奖金|"
    r"红包|支票|汇票|转账支票|流水|营业额|营业款|收入|所得|利润|班费|会费|慰问金|特殊党费|党费|货币|"
    r"金额|款|救灾款|退休金|稿费|转账|微信转账|支付宝)"
    r"(?:人民币|共计|合计|共|计|:)?$"
)
MIXED_WORDS: Final = (
    r"款物|物款|(?:现金|资金|善款|捐款|款项|钱款|款)(?:及|和|与|以及|、|加|\+)?(?:爱心|捐赠|防疫|防护|救灾|抗疫|"
    r"生活|医疗|各类|必备|急需|紧缺|应急|等额|等值|配套)*(?:物资|物品|实物|捐物|物)|财物|钱物|捐资捐物|捐款捐物|钱款物|"
    r"(?:物资|物品)(?:及|和|与|以及|、)(?:抗疫|防疫|捐赠|爱心|救灾)*(?:款项|善款|资金|现金|捐款)"
)
"""Words for money and goods together."""
MIXED_NOUN: Final = expression(MIXED_WORDS)
_PURPOSE: Final = expression(
    r"(?:,|\s)?(?:定向)?(?:专项|专门|全部|主要|均|都)?(?:用于|用以|用来|用作|作为|支援|支持|助力|帮助|"
    r"驰援|抗击|援助|购买|采购|购置|资助|奖励|慰问|以|供|供其|表达|献上|献给|奉献|尽|略尽|聊表|来(?!自)|"
    r"为|投入|助|解|让|保障|缓解|应急|改善|修|建|参与|投身|设立|成立|打赢|共渡|共克|送上)"
)
_LEADING: Final = expression(
    r"(?:了|的是|的|是|出了|来了|去了|上了|出去|达到|高达|共计|合计|总计|累计|共|总额|金额|为|:|\s|约合|"
    r"有(?=[\ue000-\ue003])|以及|包括|其中|首批|第[一二三四五六七八九十]批|首笔|一批次|另寄|另送|又寄|再寄|寄来|"
    r"寄(?=[\u4e00-\u9fff]{2})|另捐|还捐|又捐|再捐|另外|另有|捐赠|捐献|捐助|捐款|捐(?=[\u4e00-\u9fff])|"
    r"爱心(?![午晚早]?餐|盒饭|快餐|便当|套餐|礼包|包)|大批|大量|各类|各种|自家种的|自家|自己做的|自己|自制的|自制|自产的|自产|"
    r"折合人民币|约合人民币|第一时间|组织起|组织了|落实了?|筹集起|调集起|到(?=一次性|医用|[\ue001])|[这此该]批[\u4e00-\u9fff]{0,4}物[资品](?:主要)?(?:有|包括|为)|物[资品](?:主要)?包括|急需的|急需|紧缺的|滞销的|新鲜的|现有的|库存的|手工|从.{1,8}?采购的|价格)+"
)
_TRAILING: Final = expression(
    r"(?:共计|合计|总计|累计|共|各|每晚|每天|每日|每月|每人|每户|总共|一共|达到|达|近|约|等|了|:|\s|数量|"
    r"总量|约计|大约|已达|多达|整|分别|均为|为|有|想|后|(?<=物资)价值|折合|折价)+$"
)
_VAGUE: Final = expression(
    r"(?:若干|一批|数批|一宗|一部分|一车|几车|数车|不等|管够|管饱|数箱|几箱|多箱|许多|大批|等物|少许)$"
)
_VAGUE_FRONT: Final = expression(
    r"^(?:一批|大批|一大批|若干|数批|多批|部分|一些|许多|各种|各类|几箱|数箱)(?:的)?"
)
BRACKET: Final = expression(r"\([^()]{0,60}\)")
_NOT_NOUN: Final = expression(
    r"[^,]*(?:进行|举行)$|^(?:第[一二三四五六七八九十]|首|又一)批$|^[又前再还也都各后]$|^[\s,.:!?。的了过着我你他她它这那等个]*$|^(?:爱心|物品们|一份|心意|帮助|支持|力量|温暖|关怀|祝福|"
    r"问候|感谢|敬意|行动|荣誉|证书|仪式|活动|倡议|通知|信息|名单|情况|附上|写着|账户|平台|热线|电话|"
    r"服务|锦旗|款)$"
)


@dataclass(slots=True)
class Article:
    """One thing given, before it has a giver: money, goods, or both in one figure."""

    kind: GiftKind
    start: int
    end: int
    money: Figure | None = None
    item: str | None = None
    item_place: Place | None = None
    quantity: Figure | None = None
    each: bool = False
    """各 stands before the quantity: it holds for each article named."""
    vague: bool = False
    """一批, 若干, 管够: told without a number."""

    worth: Figure | None = None
    """What foreign money or goods come to in yuan, where the text itself says so."""
    whole: bool = False
    """The value of all the articles told before it."""
    unit: str | None = None
    """The measure word where the figure itself does not know it (松木2方)."""

    @property
    def yuan(self) -> Decimal | None:
        money = self.worth or self.money
        return money.value if money is not None and money.currency in ("CNY", "") else None

    @property
    def bound(self) -> Bound | None:
        money = self.worth or self.money
        return None if self.yuan is None or money is None else money.bound


def read_piece(sentence: Sentence, start: int, end: int) -> Article | None:
    masked = sentence.masked
    while start < end and masked[start] in " ,:。\t\n":
        start += 1
    while end > start and masked[end - 1] in " ,:。\t\n":
        end -= 1
    if start >= end:
        return None
    value = _bracket_value(sentence, start, end)
    body_end = end
    bracket = BRACKET.search(masked, start, end)
    if bracket is not None and bracket.start() > start:
        body_end = bracket.start() if bracket.end() >= end - 1 or value is not None else end
    money = _MONEY.search(masked, start, body_end)
    if money is not None:
        return _read_money_piece(sentence, start, body_end, end, money)
    quantity = QUANTITY_FIGURE.search(masked, start, body_end)
    if quantity is not None:
        return _read_quantity_piece(sentence, (start, body_end, end), quantity, value)
    bare = _BARE.search(masked, start, body_end)
    if bare is not None:
        return _read_bare_piece(sentence, start, body_end, end, bare)
    return _read_name_piece(sentence, start, body_end, end, value)


_MONEY: Final = expression(MONEY)
QUANTITY_FIGURE: Final = expression(QUANTITY)
_BARE: Final = expression(BARE)
_BRACKET_VALUE: Final = expression(rf"\([^()]{{0,40}}?(?P<money>{MONEY})[^()]{{0,10}}\)")


def _bracket_value(sentence: Sentence, start: int, end: int) -> Figure | None:
    match = _BRACKET_VALUE.search(sentence.masked, start, end)
    return None if match is None else sentence.figures.get(match.start("money"))


def _read_money_piece(
    sentence: Sentence, start: int, end: int, whole_end: int, money: re.Match[str]
) -> Article | None:
    masked = sentence.masked
    figure = sentence.figures.get(money.start())
    if figure is None:
        return None
    if figure.unit in ("块", "块钱") and figure.unit != "块钱":
        thing = _noun(sentence, start, money.start())
        if thing is not None and not _CASH_LEAD.match(thing[2]):
            return _goods(start, whole_end, None, figure, thing)
    before_end, after_start = money.start(), money.end()
    if _FOUNDS.search(masked, start, before_end):
        return None
    value = VALUE_END.search(masked, start, before_end)
    if _OF_ONE.search(masked, start, before_end):
        return _read_quantity_beside(sentence, start, end, whole_end, money)
    if value is not None:
        before_end = value.start()
    quantity = QUANTITY_FIGURE.search(masked, start, before_end) or QUANTITY_FIGURE.search(
        masked, after_start, end
    )
    amount = None if quantity is None else sentence.figures.get(quantity.start())
    front = _noun(
        sentence, start, quantity.start() if quantity and quantity.start() < before_end else before_end
    )
    if front is None and value is not None and quantity is not None and quantity.end() < before_end:
        front = _noun(sentence, quantity.end(), before_end)
    after = masked[after_start:end]
    if MIXED_NOUN.search(masked, start, end) and (
        value is None or MIXED_NOUN.search(masked, start, before_end + 1)
    ):
        return Article(GiftKind.MIXED, start, end, figure)
    if value is None and front is not None and _CASH_LEAD.match(front[2]):
        front = None
    if after and value is None and (_CASH_NOUN.match(after) or _PURPOSE.match(after)):
        after = ""
    back = None
    if after and not _PURPOSE.match(after):
        back_end = quantity.start() if quantity and quantity.start() >= after_start else end
        back = _noun(sentence, after_start, back_end)
        if back is None and quantity and quantity.start() >= after_start:
            back = _noun(sentence, quantity.end(), end)
    if back is not None and value is None and _NOT_THING.match(back[2]):
        back, end = None, money.end()
    if back is not None and (
        value is not None or after.startswith("的") or quantity or GOODS_END.search(back[2])
    ):
        return _goods(start, whole_end, figure, amount, back)
    if front is not None and (value is not None or GOODS_END.search(front[2]) or amount is not None):
        return _goods(start, whole_end, figure, amount, front)
    if value is not None:
        return Article(GiftKind.GOODS, start, whole_end, figure, None, None, amount)
    cash = Article(GiftKind.CASH, start, money.end() if not back else end, figure)
    if figure.currency not in ("", "CNY"):
        worth = _bracket_value(sentence, money.end(), whole_end)
        if worth is not None and worth.currency == "CNY":
            cash.worth, cash.end = worth, whole_end
    return cash


_OF_ONE: Final = expression(r"每(?:瓶|个|只|箱|件|套|桶|盒|台|斤|包|袋|份|支|辆)[^,、]{0,6}$")
"""每瓶市值价|698元的…: a price, which is not the worth of the gift."""


def _read_quantity_beside(
    sentence: Sentence, start: int, end: int, whole_end: int, money: re.Match[str]
) -> Article | None:
    """The article with its quantity where the sum beside it is the price of one."""
    del start
    quantity = QUANTITY_FIGURE.search(sentence.masked, money.end(), end)
    if quantity is None:
        return None
    return _read_quantity_piece(sentence, (money.end(), end, whole_end), quantity, None)


_FOUNDS: Final = expression(r"(?<=[\u4e00-\u9fff]{4})(?:设立|成立)了?$")
_NOT_THING: Final = expression(
    r"消息|善举|义举|举动|事迹|行动|支票|承诺|名单|计划|仪式|协议|额度|数额|目标|意向|故事|做法|壮举|"
    r"爱心|心意|支持|(?:[\u4e00-\u9fff]{0,4})(?:募捐|捐款|善款|党费|压岁钱|慰问金|慰问款)|好人|企业|单位|个人|会员|转账|汇款|银行卡|存折|存单|现钞|钞票"
)


def _read_quantity_piece(
    sentence: Sentence, place: tuple[int, int, int], quantity: re.Match[str], value: Figure | None
) -> Article | None:
    start, end, whole_end = place
    figure = sentence.figures.get(quantity.start())
    each = sentence.masked[start : quantity.start()].rstrip("约近").endswith("各")
    if (
        figure is not None
        and figure.unit in ("份", "片", "点", "颗", "股")
        and _NOT_COUNTED.match(sentence.masked, quantity.end())
    ):
        return None
    noun = None
    if sentence.masked[start : quantity.start()].endswith(_VERB_END):
        noun = _noun(sentence, quantity.end(), end)
        if (
            noun is not None
            and GOODS_END.search(noun[2]) is None
            and (figure is None or figure.value is None or figure.value < 10)
        ):
            return None
    if noun is None and not sentence.masked[start : quantity.start()].endswith("的"):
        noun = _noun(sentence, start, quantity.start())
        if noun is not None and (_GENERIC_NOUN.fullmatch(noun[2]) or _is_fund(noun[2])):
            noun = _noun(sentence, quantity.end(), end) or noun
    twice = QUANTITY_FIGURE.match(sentence.masked, quantity.end(), end) if noun is None else None
    aside = BRACKET.match(sentence.masked, quantity.end(), end) if noun is None else None
    behind = twice or aside or quantity
    noun = noun or _noun(sentence, behind.end(), end)
    if figure is not None and figure.unit == "块" and (noun is None or _CASH_LEAD.match(noun[2])):
        return Article(GiftKind.CASH, figure.start, figure.end, figure)
    if figure is not None and figure.unit == "块" and noun is not None and not _IN_BLOCKS.search(noun[2]):
        return None
    if noun is None or (_CONTAINER.search(noun[2]) and figure is not None and figure.value == 1):
        return None
    article = _goods(start, whole_end, value, figure, noun)
    if (
        figure is not None
        and figure.unit
        and sentence.text[figure.end - len(figure.unit) : figure.end] == figure.unit
    ):
        article.unit = sentence.original[figure.end - len(figure.unit) : figure.end]
    article.each = each
    return article


def _is_fund(words: str) -> bool:
    """慈海公益基金|10000双手套: the name of a body, and no thing."""
    head = body_head(words)
    return head is not None and len(head[0]) >= 2 and head[1] is not DonorKind.ENTERPRISE and len(words) >= 5


_GENERIC_NOUN: Final = expression(r"(?:捐赠|捐献|防疫|抗疫|爱心|医疗|第.批|首批)*(?:物资|物品)")


def masked_of(sentence: Sentence, start: int, end: int) -> str:
    """The masked words of a range."""
    return sentence.masked[start:end]


def _read_bare_piece(
    sentence: Sentence, start: int, end: int, whole_end: int, bare: re.Match[str]
) -> Article | None:
    figure = sentence.figures.get(bare.start())
    if figure is None:
        return None
    front = (
        None
        if masked_of(sentence, start, bare.start()).endswith("的")
        else _noun(sentence, start, bare.start())
    )
    written = sentence.text[figure.number_start : figure.number_end]
    rest = sentence.masked[bare.end() : end].strip("吧呢啊哦了")
    if front is None or _CASH_LEAD.match(front[2]):
        if rest and not _PURPOSE.match(rest) and not _CASH_NOUN.match(rest):
            noun = _noun(sentence, bare.end(), end)
            return None if noun is None else _goods(start, whole_end, None, figure, noun)
        return Article(GiftKind.CASH, start, bare.end(), figure)
    if written and GOODS_END.search(front[2]) and written[-1] in "万亿":
        return _goods(start, whole_end, figure, None, front)
    article = _goods(start, whole_end, None, figure, front)
    if _MEASURE.fullmatch(rest):
        article.unit = rest
    return article


_MEASURE: Final = expression(r"[\u4e00-\u9fff]{1,2}")


def _read_name_piece(
    sentence: Sentence, start: int, end: int, whole_end: int, value: Figure | None
) -> Article | None:
    masked = sentence.masked
    vague = _VAGUE.search(masked, start, whole_end) or _VAGUE_FRONT.search(masked[start:end])
    noun = _noun(sentence, start, end)
    if noun is None:
        return None
    article = _goods(start, whole_end, value, None, noun)
    article.vague = vague is not None or value is not None or "管够" in masked[start:whole_end]
    return article


def _goods(
    start: int, end: int, money: Figure | None, amount: Figure | None, noun: tuple[int, int, str]
) -> Article:
    if amount is not None and amount.unit in _VAGUE_UNITS:
        article = Article(GiftKind.GOODS, start, end, money, noun[2], noun[:2])
        article.vague = True
        return article
    return Article(GiftKind.GOODS, start, end, money, noun[2], noun[:2], amount)


_CONTAINER: Final = expression(
    r"(?:信|信封|信件|包裹|纸袋|布包|红包|袋子|箱子|盒子|汇款单|快递|(?<![面书挎背钱])包|电话|微信|短信|"
    r"留言|证书|锦旗|牌匾|仪式|倡议书|份|心)$|袋搁|一份"
)
_VERB_END: Final = (
    "了",
    "着",
    "过",
    "来",
    "到",
    "得",
    "出",
    "去",
    "做",
    "订",
    "订了",
    "花",
    "满满",
    "整整",
    "足足",
    "买",
    "拉",
    "运",
    "寄",
)
"""What the words before a quantity end in where the thing is named after it (做了|600个|布口罩)."""
_VAGUE_UNITS: Final = frozenset(("批", "宗", "部分"))
GOODS_END: Final = expression(
    r"(?:物资|物品|用品|设备|器材|器械|食品|药品|药剂|产品|装备|口罩|防护服|手套|消毒液|酒精|大米|面粉|"
    r"食用油|蔬菜|水果|牛奶|方便面|矿泉水|棉被|衣服|衣物|帐篷|测温仪|额温枪|体温计|护目镜|"
    r"图书|书籍|电脑|机|器|车|床|粮|米|油|面|菜|药|水|衣|被|鞋|帽|巾|纸|奶|蛋|肉|茶|书|仪|枪|品|物|具|"
    r"料|材|液|粉|服|罩|镜|箱|包|炉|灯|毯|袜|巾|糖|酒|盒饭|套餐|汤剂|试剂|制剂|耗材|种子|化肥|煤)$"
)


def _noun(sentence: Sentence, start: int, end: int) -> tuple[int, int, str] | None:
    """The name of an article in the range, without what leads in, counts, praises or trails."""
    masked = sentence.masked
    if start >= end:
        return None
    lead = _LEADING.match(masked, start, end)
    if lead is not None:
        start = lead.end()
    front = _VAGUE_FRONT.match(masked[start:end])
    if front is not None:
        start += front.end()
    for _ in range(3):
        trail = _TRAILING.search(masked, start, end) or _VAGUE.search(masked, start, end)
        if trail is None or trail.start() <= start:
            break
        end = trail.start()
    of = masked.rfind("的", start, end)
    if 0 <= of < end - 1 and end - of > 1:
        start = of + 1
    for made in _MADE_INTO.finditer(masked, start, end):
        if made.end() < end - 0:
            start = made.end()
    stop = _NOUN_STOP.search(masked, start, end)
    if stop is not None and stop.start() > start:
        end = stop.start()
    etc = _ETC_GOODS.search(masked, start, end) if masked.find("等", start, end) > 0 else None
    if etc is not None and etc.start() > start:
        end = etc.start()
    name = _unquoted(masked[start:end].strip(" ,:"))
    if name in CLASSES or (name in HEADS and name not in _ARTICLE_HEADS):
        return None
    if not name or len(name) > 40 or _NOT_NOUN.match(name) or _HAS_FIGURE.search(name):
        return None
    if len(name) > 12 and _TELLS.search(name):
        return None
    start = masked.index(name, start)
    return start, start + len(name), sentence.original[start : start + len(name)]


ETC_GOODS: Final = (
    r"等(?:一批|各类|多种|急需)?[\u4e00-\u9fff、]{0,8}?(?:物资|用品|物质|食物|设备|器材|(?<=[\u4e00-\u9fff])品)"
    r"(?:[和及与](?:善款|资金|现金|捐款))?"
)
"""What sums up a list of articles without naming another (额温枪|等防疫物资)."""
_ETC_GOODS: Final = expression(ETC_GOODS + "$")
_TELLS: Final = expression(r"[向把将]|通过|为了|拟|表示|决定")
"""A name of a thing that long with such a word in it is a sentence."""
_IN_BLOCKS: Final = expression(
    r"(?:砖|瓦片?|板材?|石头?|电池|皂|屏|毛巾|巧克力|木料|饼|豆腐|姜|匾|表|糖|布|玻璃|肉|腊肉|毯|地垫|"
    r"蛋糕|垫|牌|碑|砚|煤|糕|席)$"
)


def _unquoted(name: str) -> str:
    """The name without quotation marks around all of it or left over at one end (“笨”机器人 keeps them)."""
    for opening, closing in (("“", "”"), ('"', '"'), ("'", "'")):
        if name.startswith(opening) and name.endswith(closing) and opening not in name[1:-1]:
            return name[1:-1]
        if opening != closing and name.count(opening) != name.count(closing):
            name = name.strip(opening + closing)
    return name


_ARTICLE_HEADS_WORDS: Final = """
粮油 食品 饮料 饮品 乳品 服装 家电 电器 玩具 文具 图书 蔬菜 果蔬 水果 鲜花 设备 装备 材料 建材 水泥
钢管 药材 中药 饮片 饲料 化肥 农药 种苗 苗木 花卉 果品 副食 糕点 蛋糕 糖果 调味品 面点 眼镜 照明
家具 被服 轮胎 仪器 制品 内衣 童装 男装 女装 箱包 珠宝 黄金 烟酒 小吃 拉面 甜品 奶茶 茶饮 门窗 瓷砖
地板 涂料 油漆 沙石 砂石 石材 煤炭 电动车 汽车 机器人 器械 棉 矿 肥业
"""
_ARTICLE_HEADS: Final = frozenset(_ARTICLE_HEADS_WORDS.split())
_MADE_INTO: Final = expression(
    r"(?:做|制|加工|熬|换|包|缝制|购买|买|赶制|采购|购置|购|兑换|订购|烹制|煮)(?:成|了|来|得|好)(?:了)?|"
    r"(?:紧急|连夜|统一|集中|从[\u4e00-\u9fff]{1,10})?(?:购买|采购|购置|购回|购进|购得|购来|采回|买来|买回|订购)(?:了|到|来)?"
)
_NOUN_STOP: Final = expression(
    r"[,。;!?\ue004]|已(?=[运送发分全经交于由])|运达|运抵|送抵|运至|抵达|发往|直接|当场|当即|随即|连夜|陆续|全部|"
    r"一并|统统|悉数|用了|用于|用以|支援|支持|送到|送往|免费|供|给(?!水)|捐给|托运|起程|启程|运往|运回|送回|带回|"
    r"寄回|空运|发往|装车|数量|[(].*"
)
_HAS_FIGURE: Final = expression("[\ue000-\ue003\ue010-\ue013]|^[\ue004\ue014]+$")
_NOT_COUNTED: Final = expression(
    r"力(?!士|架)|份|爱(?!心[\u4e00-\u9fff])|真情|善心|善款|心意|温暖|责任|光(?!盘)|情|贡献|安心|保障|希望|担当|热|希冀|平安"
)
