"""Names: what sort of giver a whole name is, and where a person's name ends a longer stretch of words."""

from functools import lru_cache
from typing import Final

from lianfang.engines.intake.claim import DonorKind
from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.heads import (
    CLASSES,
    HEADS,
    TITLE_ENDS,
    TITLES,
    Endings,
    body_head,
    class_head,
    is_strong_head,
    title_length,
)
from lianfang.engines.intake.sentence import ANY_FIGURE
from lianfang.engines.intake.surnames import COMPOUND, SINGLE

_FAMILY_WORDS: Final = """
夫妇俩 夫妻俩 兄弟俩 姐妹俩 父子俩 母女俩 母子俩 父女俩 两口子 小两口 老两口 兄弟二人 姐妹二人 夫妇
夫妻 伉俪 一家 全家 母子 母女 父子 父女 兄弟 姐妹 兄妹 姐弟 祖孙
和女儿 和儿子 和妻子 和丈夫 和爱人 和老伴 和家人 和孙子 和孙女 家人 全家老小 老小 一家人 一家三口
一家四口
"""
FAMILY: Final = Endings(_FAMILY_WORDS)
_CALLED_WORDS: Final = """
先生 女士 小姐 太太 师傅 老师 医生 大夫 教授 律师 阿姨 叔叔 大叔 大伯 大爷 大娘 大妈 大姐 大哥 大嫂
阿婆 阿公 奶奶 爷爷 婆婆 妈妈 爸爸 嫂子 嫂 哥 姐 姨 伯 叔 婶 同学 同志 会长 总 校长 院长 经理 老板
老汉 老人 某 某某 某人 书记 主任 主席 董事长 总经理 法师 总裁 董 工 老 道长 居士 局长 团长 队长 老太
婆 公 爷 姥姥 外婆 大婶 小妹 妹 弟 老弟
"""
CALLED: Final = Endings(_CALLED_WORDS)
_OFFICES: Final = ("主席", "会长", "董事长", "总经理", "书记", "主任", "总裁", "局长", "院长", "团长")
RANK_LEAD: Final = expression(
    r"^(?:(?:名誉|荣誉|常务|执行|监事|理事|副|第一|轮值|创会)*(?:会长|理事长|监事长|副会长|理事|监事|主席|执常委|执委|常委|委员|"
    r"会员|成员|骨干|龙头|重点|爱心|所属|下属|直属|辖区|驻地|本地|当地|民营|国有|省属|市属|县属)"
    r"(?:单位|企业(?![家主和及与、(])|商会|商户|店铺)|(?:中国)?(?:民营企业|民企|制造业|服务业|企业|"
    r"世界)?[“\"](?:[\ue000-\ue014]+|\d+|[一二三四五六七八九十百]+)强[”\"](?:企业)?|(?:全国|世界|中国|"
    r"全省)?[\ue000-\ue014\d]+强(?:企业)?|[“\"][^”\"]{2,10}[”\"](?:企业|称号获得者)|知名企业(?![家和及与、])|"
    r"(?:爱心|本土|民营|规上)企业(?![家(和及与、])|上市公司|外资企业|龙头企业|建筑企业|房地产企业|餐饮企业|"
    r"高新技术企业|[^,、]{0,10}(?:供应|经销|代理|运营|开发|承建|服务|生产|制造|零售|批发)(?:商|厂商)|"
    r"招商企业|入园企业|园区企业|落户.{1,8}?的)(?=[^,]{2})|^[^,、]{2,16}(?:会长|理事长|监事长|理事|监事|"
    r"会员|成员|主席|执委|常委|委员)(?:单位|企业|店|商户|店铺)(?![及和与、以或])(?=[^,的]{2})|"
    r"^[\u4e00-\u9fff]{0,5}(?<!小微)企业(?![家主联管服协和界职员工党集有发咨(及与、]|商会|商协会)(?=[^,]{3})",
    needs="单企商店强称上落",
)
_COMPOUND: Final = frozenset(COMPOUND)
_BRACKET_END: Final = expression(r"\([^()]{1,12}\)$")
_HAN_NAME: Final = expression(r"[\u4e00-\u9fff]{1,8}[·•][\u4e00-\u9fff·•]{1,12}$")
_LATIN_NAME: Final = expression(r"[a-z]{3,12}$|[A-Z][A-Za-z.'-]*(?: [A-Z][A-Za-z.'-]*){0,3}$")
_NOT_PERSONS_WORDS: Final = """
公报 简讯 海外 各方 各地 全国 国内 国外 方面 时间 现金 万元 单位 成员 党支部 支出 成本 资金 首批
于去年 于今年 于前年 于当年 于次年 于本月 于上月 于昨日 于当日 于日前
分别 和平 小时 应急 金额 合计 共计 总计 祝福 安全 平安 支援 支持 党组 公司 红包 和其他 章程 查询
简介 方式 温馨 成立 房租 费用 明细 任务 于是 从此 从而 因此 经过 时期 全部 万余 于近日 向社会 全社会
党员 党委 安置 危机 和谐 能力 常态 强化 计划 通知 通过 万人 水平 金融 平台 项目 满意 师生 干部 严格
高度 广大 容易 左右 相关 有关 冷链 应当 向上 党群 车辆 麻烦 简报
"""
_NOT_PERSONS: Final = frozenset(_NOT_PERSONS_WORDS.split())
_HONORIFICS_WORDS: Final = """
先生 女士 小姐 老人 同志 老师 师傅 同学 医生 教授 阿姨 大姐 大爷 大妈 奶奶 爷爷 会长 老先生 大夫
校长 律师 居士 校友 董事长 总经理 经理 老板 书记 主任 院长 总裁 理事长
"""
_HONORIFICS: Final = Endings(_HONORIFICS_WORDS)


_BEFORE_OFFICES_WORDS: Final = """
常务 党委 党支 纪委 党组 支部 管委 宣委 常委 党群 办公 单位 部门 农委 应急 和平
"""
_BEFORE_OFFICES: Final = frozenset(_BEFORE_OFFICES_WORDS.split())
"""What stands before 书记、主任、会长 and is no name."""


def courtesy_length(name: str) -> int:
    """How many characters of courtesy follow a full name (谯淑芬女士 → 2; 王女士 keeps it)."""
    if not _HONORIFICS.close(name):
        return 0
    for word in _HONORIFICS.words:
        if not name.endswith(word):
            continue
        stem = name[: -len(word)]
        if _IN_OFFICES.search(stem, 1) or stem in _BEFORE_OFFICES:
            continue
        compound = stem[:2] in _COMPOUND
        if (compound and 3 <= len(stem) <= 4) or (
            not compound and 2 <= len(stem) <= 3 and stem[0] in SINGLE and stem[-1] not in "老小"
        ):
            return len(word)
    return 0


_IN_OFFICES: Final = expression(r"[商协学会公司局院校部厂店村镇县市副总的]")


def is_person_name(name: str) -> bool:
    """Whether the characters can be a person's full name or a calling with the surname (王女士、老魏)."""
    if not name:
        return False
    if (_has_dot(name) and _HAN_NAME.match(name)) or (name[0].isascii() and _LATIN_NAME.match(name)):
        return True
    if len(name) > 6 or name in CLASSES or name in TITLES or name in _NOT_PERSONS:
        return False
    if CALLED.close(name):
        stem = min((name[: -len(word)] for word in CALLED.words if name.endswith(word)), key=len)
        if name.endswith(_OFFICES) and len(stem) > 1 and stem not in _COMPOUND:
            return False
        if stem not in HEADS and ((stem and stem[0] in SINGLE and len(stem) <= 3) or 1 <= len(stem) <= 2):
            return True
    if name[0] in "老小阿大" and 2 <= len(name) <= 3 and name[1] in SINGLE:
        return True
    if name[:2] in _COMPOUND and 3 <= len(name) <= 4:
        return True
    return 2 <= len(name) <= 3 and name[0] in SINGLE


def kind_of_name(name: str, otherwise: DonorKind) -> tuple[DonorKind, bool]:
    """What sort of giver a whole name is, and whether that is only a guess."""
    bare = without_bracket(name)
    head = body_head(bare)
    if (
        bare.endswith("们")
        or ("各" in bare and _EACH_OF.search(bare))
        or (head is not None and _MANY.match(bare))
    ):
        return DonorKind.GROUP, False
    person = is_person_name(bare)
    if person and len(bare) <= 3 and (head is None or not _makes_body_of_short(head[0], bare)):
        return DonorKind.PERSON, False
    group = class_head(bare)
    if head is not None and len(head[0]) < len(bare) and (group is None or len(group) <= len(head[0])):
        return head[1], False
    if courtesy_length(bare):
        return DonorKind.PERSON, False
    if group is not None or _MANY_OF.search(bare):
        return DonorKind.GROUP, False
    if person or FAMILY.close(bare):
        return DonorKind.PERSON, False
    if head is not None:
        return head[1], False
    return otherwise, True


_EACH_OF: Final = expression(
    r"(?<=[\u4e00-\u9fff])各(?:寺|庵|村|镇|乡|校|院|商|企|单|社|支|部|基层|分)[\u4e00-\u9fff]{0,3}$"
)
_MANY: Final = expression(
    r"(?:全[县市区镇乡省村州国]|各(?:地|级)?|广大|众多|社会各|所有|"
    r"部分)(?=[\u4e00-\u9fff]{2,})(?!.*(?:公司|集团|工商联)$)",
    needs="全各广众社所部",
)


_MANY_OF: Final = expression(
    r"(?:广大|全体|众多)[\u4e00-\u9fff]{1,8}$|各[\u4e00-\u9fff]{1,3}$", needs="广全众各"
)


def _makes_body_of_short(head: str, name: str) -> bool:
    if len(head) == 1:
        return is_strong_head(head) and len(name) - len(head) <= 2 and head not in "业"
    return head in _SHOP_HEADS or len(head) >= len(name) - 0


_SHOP_HEADS_WORDS: Final = """
公司 集团 商会 协会 超市 酒店 银行 医院 学校 小学 中学 社区 药房 诊所 面馆 政府 饭店 宾馆 药店 支部
妇联 工会
"""
_SHOP_HEADS: Final = frozenset(_SHOP_HEADS_WORDS.split())


def is_body(name: str) -> bool:
    head = body_head(without_bracket(name))
    return head is not None and len(name) > len(head[0])


def without_bracket(name: str) -> str:
    """The name without a remark in brackets at its end."""
    return _BRACKET_END.sub("", name) if ")" in name else name


def ends_with_name(piece: str) -> bool:
    return titled_name_length(piece) is not None


@lru_cache(maxsize=8192)
def titled_name_length(piece: str) -> int | None:
    """Length of the person's name that closes the piece after a title or a body's name; None if none does."""
    if len(piece) < 3:
        return None
    best: tuple[int, int] | None = None
    for length in (4, 3, 2):
        if len(piece) <= length or piece[-length - 1] not in _BEFORE_NAMES:
            continue
        before = piece[:-length]
        called = title_length(before)
        title = called or (1 if before.endswith("的") else 0)
        if title == 0:
            continue
        name = piece[-length:]
        if name[0] not in SINGLE and name[:2] not in _COMPOUND and name[0] not in "老小阿":
            continue
        if (
            not is_person_name(name)
            or (length == 4 and name[:2] not in _COMPOUND and not CALLED.close(name))
            or ANY_FIGURE.search(name)
            or (title == 1 and body_head(piece) is not None)
        ):
            continue
        head = body_head(name)
        if head is not None and len(head[0]) >= 2 and head[0] not in _GIVEN_NAMES:
            continue
        if name[-1] in "厂店寺局厅铺馆坊" and title == called and title < 3:
            continue
        if best is None or title > best[0]:
            best = (title, length)
    if best is not None:
        return best[1]
    for length in (3, 2):
        name = piece[-length:]
        if (
            name[0] in _RARE
            and len(piece) > length + 3
            and title_length(piece[:-length]) >= 2
            and name not in _NOT_PERSONS
            and _HAN_ONLY.fullmatch(name)
            and body_head(piece) is None
            and class_head(piece) is None
        ):
            return length
    latin = _LATIN_NAME.search(piece) if piece[-1].isascii() else None
    if latin is not None and latin.start() > 1 and latin.end() - latin.start() > 2:
        return len(piece) - latin.start()
    if _HONORIFICS.close(piece):
        for length in (5, 4):
            word = courtesy_length(piece[-length - 1 :]) or courtesy_length(piece[-length:])
            if word and len(piece) > length:
                found = titled_name_length(piece[:-word])
                if found is not None:
                    return found + word
    dotted = _DOTTED.search(piece) if _has_dot(piece) else None
    if dotted is not None:
        for cut in range(dotted.start(), dotted.start() + 8):
            if title_length(piece[:cut]) >= 2:
                return len(piece) - cut
        return len(piece) - dotted.start()
    return None


def _has_dot(name: str) -> bool:
    return "·" in name or "•" in name


_BEFORE_NAMES: Final = TITLE_ENDS | {"的"}
_HAN_ONLY: Final = expression(r"[\u4e00-\u9fff]+")
_DOTTED: Final = expression(r"[\u4e00-\u9fff]{1,8}[·•][\u4e00-\u9fff·•]{1,12}$")
_RARE: Final = frozenset(
    "翦郄逄鄯缐揣禤佀尉瑚铎幺粘肇揭庾辜廉刑璩隽殳麴扶漕浑謇刀岱俎矣哏睢沐愚寸佶朴藤崇亚钭仉惠斛玄璞洗谌旦訾酆昝厙濯阚鄞劳么佴柘澹"
)
_GIVEN_NAMES_WORDS: Final = """
建设 建工 文化 健康 电力 保安 环境 建筑 信息 清洁 海关 黄金 体育 运动 移动 联通 智能 能源
"""
_GIVEN_NAMES: Final = frozenset(_GIVEN_NAMES_WORDS.split())


_CLOSING_HEADS: Final = ("公司", "商会", "协会", "集团", "总会")


def length_after_body(piece: str, *, sure: bool = False) -> int | None:
    """Length of a person's name right after a body's name without a title (某公司李强), else None.

    `sure`: only after words that close a name (公司、集团、商会), because the name could be that of a body.
    """
    for length in (3, 2):
        name = piece[-length:]
        before = piece[:-length]
        if len(before) < 3 or name[0] not in SINGLE or not is_person_name(name):
            continue
        head = body_head(before)
        if sure and (head is None or not before.endswith(_CLOSING_HEADS)):
            continue
        if before.endswith("组") and head is None:
            return length
        if head is not None and (
            head[1] is not DonorKind.ENTERPRISE
            or head[0] in _SHOP_HEADS
            or len(head[0]) >= 3
            or head[0].endswith(_CLOSING_HEADS)
        ):
            return length
    return None


_BETWEEN_POSTS: Final = expression(r"[、,\s]")


def employer_in(before: str) -> str | None:
    """The firm in the words before a person's name (县工商联副主席、某公司总经理); None if they name none."""
    words = _BETWEEN_POSTS.split(before)[-1] or before
    for _ in range(3):
        cut = title_length(words)
        if cut == 0 or cut >= len(words):
            return None
        words = words[:-cut]
        head = body_head(words)
        if head is not None:
            rank = RANK_LEAD.match(words)
            name = words[rank.end() :] if rank is not None else words
            return (
                name
                if head[1] is DonorKind.ENTERPRISE
                and len(head[0]) < len(name)
                and not ANY_FIGURE.search(name)
                else None
            )
    return None
