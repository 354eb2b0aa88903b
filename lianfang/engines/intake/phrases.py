"""What stands before the giving verb: the giver, to whom, through whom, and how (各, 共, 拟 …).

当天,锦岚集团 | 通过省慈善联合会 | 向颍汇县 | 再次 | 捐款
giver          through            to         adverb  verb
"""

from dataclasses import dataclass, field
from enum import Enum
from typing import Final

from lianfang.engines.intake.claim import Place
from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.heads import lengths_by_last, title_length
from lianfang.engines.intake.names import is_body, is_person_name
from lianfang.engines.intake.sentence import COUNT, Sentence
from lianfang.engines.intake.surnames import SINGLE


class Sharing(Enum):
    """How several givers, receivers or figures are matched."""

    NONE = "none"
    EACH = "each"
    RESPECTIVELY = "respectively"


@dataclass(slots=True)
class Lead:
    """The words before a giving verb, taken apart. Places are those of the sentence."""

    subject: Place
    recipient: Place | None = None
    via: Place | None = None
    object: Place | None = None
    """The stretch after 把, 将, 购买 or the like: what is given, told before the verb."""
    behalf: Place | None = None
    """In whose name ("代表公司")."""
    sharing: Sharing = Sharing.NONE
    together: bool = False
    """共, 累计, 先后: the figure is a sum."""
    joined: bool = False
    """Others are named as giving with the subject (甲联合乙)."""
    pledged: bool = False
    organised: Place | None = None
    """Who was called on to give ("组织会员")."""
    adverbs: list[str] = field(default_factory=list)


class _Sort(Enum):
    """What an adverb says of the deed."""

    EACH = "each"
    RESPECTIVELY = "respectively"
    TOGETHER = "together"
    PLEDGED = "pledged"
    PLAIN = "plain"


_EACH_WORDS: Final = "各自 各 均 每人 每家 每户 每位 每名 都"
_TOGETHER_WORDS: Final = "共计 合计 总计 累计 共同 联合 一共 总共 先后 陆续 前后"
_PLEDGED_WORDS: Final = """
承诺 计划 想 希望 准备 即将 将要 打算 有意 预计 答应 拟 意向 将再 表示将 表示要 会再 还会 愿意 愿
"""
_PLAIN_WORDS: Final = """
也都 也 还 又 新增 但 却 仍 仍然 依然 从外地 从各地 从省外 从国外 从境外 全数 分批 分次 完成约定 牵头 参与
(认)
同样 提前 终于 最终 火速 正式 郑重 急速 满怀爱心 心系家乡 情系家乡
心系桑梓 情系桑梓 热心公益 大力支持 爱心 急忙 赶忙 连忙
连夜装车 装车 委派专人 指派专人 安排专人 委派代表 委托专人 安排人员 派代表 派专人 派人员 派人 派员
派出代表 派出专人 派出人员 派出人 派出员 逐村 逐村逐户 逐户 逐户逐户 逐一 逐一逐户 逐个 逐个逐户 逐家
逐家逐户 挨家挨户 上门 确认 再次 再度 再 另外 另行 另 并且 并 就 便 即 才 已经 已 率先 带头 首先 首批 首期
第一时间 连续 签约 宣布 对外宣布 官宣 决定 一次 一次性 先是 扫码 现场扫码 当场承诺 先期 先行 及时 迅速 立即
立刻 随即 随后 当即 当天 当日 当场 现场 当晚 刚才 刚刚 牵头 连夜 自发 自愿 主动 积极 踊跃 慷慨解囊 慷慨 默默
悄悄 多次 又一次 个人 本人 自己 自掏腰包 自费 自筹资金 自筹 无偿 免费 紧急 定向 全部 全额 悉数 如数 直接
同时 此外 此前 去年 此前曾 曾经 曾 目前 特意 特地 专门 专项 联名 未来 未来几年 未来数年 人均 户均 家均
一口气 二话不说 爽快地 自由 此次 本次 这次 自行 自主 每晚 每早 每周 隔天 每天 每日 每月 每年 首次 额外 追加
单独 合力 携手 爱心 无私 毅然 毫不犹豫 毫不犹豫地 积极响应 集中 今年 统一 整体 踊跃地 一起 一同 匿名 给予 亲自
专程 驱车 转账 微信 继续 紧随其后 相继 纷纷 更是 则 只身 独自 夫妻 夫妇俩 俩 来 要 能 可 共筹资 筹资 出资
表态 倡议 响应 为此 以来 截至目前 地 了 代表全体员工 代表全体会员 代表全体职工 一天 当年 共同出资 共同筹资
总额 金额 于去年 于今年 于前年 于近日 于日前 于昨日 于当日 于本月 于上月 于次日
坚持 坚持要 执意 执意要 一定要 立马 现已 目前已 均已 开车 冒雨 冒雪
短时间内 短短时间内 很短时间内 一时间
疫情防控期间 疫情期间 抗疫期间 防汛期间 活动期间 春节期间
"""
_ADVERBS: Final = {
    word: sort
    for sort, words in (
        (_Sort.PLAIN, _PLAIN_WORDS),
        (_Sort.PLEDGED, _PLEDGED_WORDS),
        (_Sort.TOGETHER, _TOGETHER_WORDS),
        (_Sort.RESPECTIVELY, "分别"),
        (_Sort.EACH, _EACH_WORDS),
    )
    for word in words.split()
}
_ADVERB_LENGTHS: Final = lengths_by_last(_ADVERBS)
_ADVERB_FORM: Final = expression(
    r"(?:(?P<together>(?<=[^组结联混整综])合|(?<![公国中])共)"
    r"|(?P<pledged>(?<![大中少上干麻名主小老])将)"
    r"|连续(?:\ue004\ue014*|[一二三四五六七八九十]年)|(?<=[他她])刚|第[一二三四五六七八九十]{1,2}次"
    r"|未来\ue004\ue014*|于?\ue004\ue014*|[,:\s]|(?<![\u4e00-\u9fff])分"
    r"|以(?:个人|集体|家庭|全家|夫妻|商会|支部|匿名|特殊党费|接龙|义卖|众筹|转账|实物|现金)?的?(?:名义|形式|方式)"
    r"|(?:先后分|先后|前后|分)\ue001\ue011*|(?:先后|前后)?分?[三两多数几][次批笔回轮])$"
)
"""Adverbs that are more than a word: with a number, a date, or a character that must not stand before."""
_FORM_ENDS: Final = frozenset("分合共将年刚次\ue001\ue011\ue004\ue014,:义式批笔回轮")
"""The characters, besides spaces, with which such an adverb can end."""
_ONE_HOUSE: Final = expression(rf"(?:{COUNT})(?:就|便|即|共|都|也)*$")
_ONE_HOUSE_ENDS: Final = frozenset("\ue002\ue012就便即共都也")

_PREPOSITION: Final = expression(
    r"(?P<through>通过|联系(?=[^,]{2,16}(?:慈善|红十字|基金会))|经由|经过|(?<!已|曾)经(?!理|济|营|销|纪|贸|典|常|历|费|办|手|开|统计|过)|委托|依托|借助)|(?P<hand>让(?=[\u4e00-\u9fff]{1,5}$)|(?<![委嘱寄摩依拜])托(?!运|管|盘|儿所|老所|养))"
    r"|(?P<behalf>(?<!派)(?<!人大)(?<!党)(?<!村民)(?<!企业家)(?<!委员)(?<!职工)(?<!妇女)(?<!青年)(?<!政协)代表(?!团|作|队|人|性|大会|们|委|[,、])|以(?=(?:所在|其|自家)?(?:公司|企业|集团|[\u4e00-\u9fff]{2,12}(?:公司|集团|商会|协会))的?名义))"
    r"|(?P<to>(?:(?<=[决商议约]定)|(?<![志意定动方走取朝倾内导偏面转风去趋])(?=向上海)|(?<=定)(?=向(?:湖|[县市省区镇乡]|[\u4e00-\u9fff]{2,12}(?:红十字|慈善|基金|医院|指挥部|政府|大学|学院)))|(?<=[主活行]动)|(?<![志意定动方走取朝倾内导偏面转风去趋]))向(?!阳(?:村|镇|乡|路|街|小学|社区|大队|超市|花|光|红|院|里)|[往荣导]|日葵|[上下](?!海)(?!.{1,4}[县市区镇乡村州])|东(?:村|镇|路)|[\u4e00-\u9fff]{1,2}(?:捐|赠|送)(?![到给去来]))|(?<![供补配交送赠捐献带寄拨])给(?!予|水)|(?:(?<=一行)|(?<![作成认因行称誉改分即视有以较颇尤转华何更深最大无变名甚]))为(?!民(?!政)|主|期|首|此|了|本(?![村镇乡县市区校院社])|止|人民服务)|(?<![应面针相反绝校核结派一])对(?!口|方|外|于|联|接))"
    r"|(?P<at>(?:来到|走进|前往|赶到|亲临|莅临|(?<![收得受感达送寄捐])到|(?<![送捐寄失过])去)(?=[^,]{0,14}(?:慈善总会|慈善会|红十字会|基金会|村委会|居委会|指挥部|办事处|镇政府|人民政府|卫健局|民政局|捐赠点|社区)[^,]{0,6}$))"
    r"|(?P<directed>(?<!非)定向(?=[\u4e00-\u9fff]{2,14}(?:医院|红十字会|慈善会|慈善总会|卫生院|疾控中心|"
    r"社区|街道|[镇村县]|[中小]学|学校)[^,]{0,4}$))"
    r"|(?P<into>(?<![服自])从|赴(?=[\u4e00-\u9fff]{2}))"
    r"|(?P<take>(?<!一)把|(?<![即干上中少大必麻名主小老武猛])将(?!军|士|领|近|要|来)|购买(?:了)?|采购(?:了)?|购置(?:了)?|购进|购得|买来|买了|采摘(?:了)?|采收(?:了)?|网购(?:了)?|合买(?:了)?|合资购买(?:了)?|筹集(?:了)?|筹措(?:了)?|拿出(?:了)?|凑了|凑齐(?:了)?|省下(?:的)?|(?<=[\u4e00-\u9fff])用(?=自己|攒|省|义卖)|带着|带来(?:了)?|准备(?:了)(?=[^,]*[\ue000\ue001])|赶制(?:的|了)?|定制(?:了)?|筹得|募得|订购(?:了)?|(?:调配|调集|调运)(?:了)?(?=[^,]{0,6}[\ue000\ue001]))"
    r"|(?P<within>(?<![现存所正潜旨实自内外好健])在(?!内的|[\u4e00-\u9fff]{1,6}(?:企业家?|商会|侨胞|华侨|乡亲|人士|同乡|学子|浙商)(?:们|和|共|累计|也|$)|[外职册校编读籍京沪校])|于(?=[\ue004]|当|[去今前昨]年|[本上]月|近日|日前|昨日|今日))",
    needs="亲莅合网采通联经委依借助让托代以向给为对从把将购采买筹拿凑省用带准赶定募订在于到走前去赴调",
)
_VIA_WITHIN: Final = expression(
    r"^(?P<via>[^向给为把将]{2,30}?)(?:的|发起的|组织的|举办的|举行的|开展的)?(?:[“\"][^”\"]{1,20}[”\"])?(?:爱心)?(?:募捐|捐款|捐赠|捐献|捐助|认捐|义捐|慈善|捐资)(?:活动|仪式|现场|行动|倡议|会|接龙|专场|大会|晚会|义卖|群)?(?:中|里|上|现场)?$"
)
_ORGANISE: Final = expression(
    r"(?:积极|广泛|共|共同|已|迅速|先后)?(?:(?<!慈善)(?<!社会)(?<!公益)(?<!党)(?<!民间)(?<!基层)(?<!各类)组织(?![和及、与])|发动|动员|号召|带领|引导|带动|牵头组织|倡议)(?:全体|广大|所属|下属|辖区)?(?P<whom>(?:(?!参与|参加|开展|投身|从事)[\u4e00-\u9fff、\ue001\ue002\ue011\ue012]){2,24})$",
    needs="组发动号带引倡",
)
_EXCEPT: Final = ("除了", "除", "不仅", "不但", "既", "先", "在")
_JOINED_BY: Final = expression(
    r"(?<=[\u4e00-\u9fff]{2})(?:女士|先生)?(?:联合(?!会|社|体|国|工会|党)|携手|会同|协同|联手|携同)(?=[^,]{2,}$)",
    needs="联携会协",
)
"""甲联合乙筹得…: the one who acts is the subject, the others stand with it."""
_BY: Final = expression(
    r"(?:这|该|此|其中)?(?P<object>[^由向]{0,12}[\ue000\ue001][\ue010\ue011]*[^由]{0,14}?)(?:均|都|全部|是|已)?由(?P<giver>[^由\ue000\ue001]{2,30})$",
    needs="由",
)
_NOT_SUBJECT: Final = expression(r"^(?:捐|赠|善|爱心|款|物|共|其中|包括|含|现金|资金)")


def read_lead(sentence: Sentence, start: int, end: int) -> Lead:
    """Take apart the words between `start` and the verb at `end`."""
    masked = sentence.masked
    lead = Lead((start, end))
    passive = _BY.match(masked, start, end)
    if passive is not None:
        lead.object = passive.span("object")
        lead.subject = (
            passive.start("giver"),
            _strip_adverbs(masked, passive.start("giver"), end, lead, sentence.text),
        )
        return lead
    end = _strip_adverbs(masked, start, end, lead, sentence.text)
    first: int | None = None
    parts: list[tuple[str, int, int]] = []
    for match in _PREPOSITION.finditer(masked, start, end):
        if first is None and _modifies_subject(masked, str(match.lastgroup), match.end(), end):
            continue
        if masked[match.start()] in "向为" and belongs_to_name(masked, start, match.start(), end):
            continue
        if masked[match.start()] == "赴" and parts:
            continue  # 向赴鄂医疗队
        if first is None:
            first = match.start()
        parts.append((str(match.lastgroup), match.start(), match.end()))
    if (
        len(parts) > 1
        and parts[0][0] == "to"
        and parts[1][1] - parts[0][2] == 1
        and masked[parts[0][2]] not in "他她其我你它"
    ):
        del parts[0]  # 牧向东给…: 向 belongs to a name
        first = parts[0][1]
    taken = next((i for i, part in enumerate(parts) if part[0] == "take"), None)
    if taken is not None:
        parts = [
            part
            for i, part in enumerate(parts)
            if i <= taken
            or part[0] != "to"
            or "的" not in masked[part[2] : parts[i + 1][1] if i + 1 < len(parts) else end]
        ]
    for index, (sort, _, part_start) in enumerate(parts):
        part_end = parts[index + 1][1] if index + 1 < len(parts) else end
        _read_part(masked, sort, part_start, part_end, lead)
    subject_end = end if first is None else first
    subject_end = _strip_adverbs(masked, start, subject_end, lead, sentence.text)
    organised = _ORGANISE.search(masked, start, subject_end)
    if organised is not None:
        lead.organised = organised.span("whom")
        subject_end = _strip_adverbs(masked, start, organised.start(), lead, sentence.text)
    joined = _JOINED_BY.search(masked, start, subject_end)
    if joined is not None and joined.start() > start + 1:
        lead.together, lead.joined, subject_end = True, True, joined.start()
    lead.subject = (start, subject_end)
    return lead


def _modifies_subject(masked: str, sort: str, start: int, end: int) -> bool:
    """在美国行医的华裔医生…: a phrase that belongs to the giver's name, not to the verb."""
    if sort not in ("within", "into"):
        return False
    given = _GIVEN.search(masked, start, end)
    words = masked[start : end if given is None else given.start()]
    of = words.rfind("的")
    if _WITH_WHOM.match(words, of + 1):
        return False
    return 0 < of < len(words) - 2 and _VIA_WITHIN.match(words) is None


_GIVEN: Final = expression("[\ue000\ue001]")


def _read_part(masked: str, sort: str, start: int, end: int, lead: Lead) -> None:
    end = _strip_adverbs(masked, start, end, lead)
    if start >= end:
        if sort == "take" and masked[start - 1 : start] == "将" and not _OF_TAKEN.match(masked, start):
            lead.pledged = True
        return
    if sort == "through":
        lead.via = (start, end)
    elif sort == "behalf":
        lead.behalf = (start, end)
    elif sort in ("to", "at", "directed"):
        lead.recipient = (start, end)
    elif sort == "take":
        if lead.object is None:
            lead.object = (start, end)
        else:
            lead.object = (lead.object[0], end)
    elif sort == "within":
        via = _VIA_WITHIN.match(masked[start:end])
        if via is not None:
            lead.via = (start + via.start("via"), start + via.end("via"))


_OF_TAKEN: Final = expression(
    r"(?:自己|其|所)?(?:筹集|募集|采购|购买|购置|准备|筹措|收到|自制|生产|提前准备)(?:到|好|来)?的"
)
"""将筹集的20万元捐给…: 将 says what is given, and no promise."""


def _is_one(text: str, place: int) -> bool:
    """Whether the count at the place is one (某公司一家就捐了…)."""
    return text[place : place + 1] in ("一", "1") and text[place + 1 : place + 2] in ("家", "人", "户")


def _strip_adverbs(masked: str, start: int, end: int, lead: Lead, sentence_text: str = "") -> int:
    """Where the words end once the adverbs at their end are set aside and noted."""
    while end > start:
        first, sort = _closing_adverb(masked, start, end)
        if sort is None:
            house = _ONE_HOUSE.search(masked, start, end) if masked[end - 1] in _ONE_HOUSE_ENDS else None
            if house is None:
                break
            first = house.start()
        elif not _is_adverb_here(masked, start, first, end):
            break
        lead.adverbs.append(masked[first:end])
        if sort is None:
            if first == start or not _is_one(sentence_text, first):
                break
        elif sort is _Sort.EACH:
            lead.sharing = Sharing.EACH
        elif sort is _Sort.RESPECTIVELY:
            lead.sharing = Sharing.RESPECTIVELY
        elif sort is _Sort.TOGETHER:
            lead.together = True
        elif sort is _Sort.PLEDGED:
            lead.pledged = True
        end = first
    if masked.endswith(_EXCEPT, start, end):
        return end - next(len(word) for word in _EXCEPT if masked.endswith(word, start, end))
    return end


def _closing_adverb(masked: str, start: int, end: int) -> tuple[int, _Sort | None]:
    """Where the longest adverb that closes the words begins, and its sort; None where none does."""
    last = masked[end - 1]
    first, sort = end, None
    for length in _ADVERB_LENGTHS.get(last, ()):
        known = _ADVERBS.get(masked[end - length : end]) if length <= end - start else None
        if known is not None:
            first, sort = end - length, known
            break
    if last in _FORM_ENDS or last.isspace():
        form = _ADVERB_FORM.search(masked, start, end)
        if form is not None and form.start() < first:
            return form.start(), _Sort(form.lastgroup or "plain")
    return first, sort


def _is_adverb_here(masked: str, start: int, first: int, end: int) -> bool:
    """Whether the word at the end of a subject is an adverb and not the last character of a name."""
    word = masked[first:end]
    before = masked[start:first]
    if word == "个人" and before.endswith(("和", "及", "与", "、")):
        return False
    if word in _NAME_ENDS and _lacks_given_name(before):
        return False
    if word == "才" and is_person_name(before[-2:]) and title_length(before[:-2]) >= 2:
        return False
    if len(word) > 1 or word in ",: 又还也均各已曾则并":
        return True
    if word in "来要能可地都":
        return len(before) > 3
    return True


def belongs_to_name(masked: str, start: int, place: int, end: int) -> bool:
    """Whether 向 or 为 at the place belongs to a person's name (党员杨|向文|为本村)."""
    before = masked[start:place]
    if not before or before[-1] not in SINGLE or title_length(before[:-1]) < 2:
        return False
    following = _PREPOSITION.search(masked, place + 1, end)
    return (end if following is None else following.start()) - place <= 2


_WITH_WHOM: Final = expression(r"(?:陪同|陪伴|带领|组织|号召|支持|帮助|见证|协调|倡议|带动|影响)(?:之)?下")
"""在父亲的陪同下送到…: how it was done, not who did it."""


def _lacks_given_name(words: str) -> bool:
    """Whether the words end in a surname that wants its given name (村民李|曾, 王|均)."""
    words = words[max(words.rfind("、"), words.rfind(","), words.rfind(" ")) + 1 :]
    if not words or words[-1] not in SINGLE or is_body(words):
        return False
    return len(words) == 1 or title_length(words[:-1]) >= 2 or is_body(words[:-1])


_NAME_ENDS: Final = frozenset("均曾则并共各都也还又再")
"""Adverbs that are given names too."""
