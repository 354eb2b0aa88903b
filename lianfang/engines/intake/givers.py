"""Who gives: names of bodies, persons and classes of givers, read by how Chinese names are built.

No list of known givers. A body is told by its head word, a person by surname and length or by the title
before the name, a class by its noun (会员、职工), an unnamed giver by its counting word (一位、某) or by
words such as 匿名.
"""

import re
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Final

from lianfang.engines.intake.claim import DonorKind, Place
from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.heads import body_head, class_head, is_strong_head, title_length
from lianfang.engines.intake.names import (
    CALLED,
    FAMILY,
    RANK_LEAD,
    courtesy_length,
    employer_in,
    ends_with_name,
    is_body,
    is_person_name,
    kind_of_name,
    length_after_body,
    titled_name_length,
    without_bracket,
)
from lianfang.engines.intake.sentence import ANY_FIGURE, COUNT, QUANTITY, Sentence
from lianfang.engines.intake.surnames import SINGLE


@dataclass(slots=True)
class Giver:
    """A giver as named; `name` is None for one that the text leaves unnamed.

    Never changed once made; not frozen, because a frozen one takes three times as long to make, and a notice
    makes hundreds.

    `place` is where the name stands in the sentence. `count`: how many givers the words count. `points_back`:
    the words stand for a body or person named before (该公司、商会、他).
    """

    name: str | None
    kind: DonorKind
    place: Place
    count: int | None = None
    points_back: bool = False
    guessed: bool = False
    employer: str | None = None
    """The firm named before a person's title (某公司总经理|李强), which "公司" may stand for later."""


_NAME_TOLD: Final = "[^,]{0,6}(?:姓名|名字|留名|具名|署名|身份|名讳)"
_KIND_SOUL: Final = (
    "(?:人士|市民|居民|村民|业主|网友|群众|人|个人|车主|路人|读者|家长|住户|老人|妈妈|捐赠者|捐款人|人仕|顾客|"
    "邻居|大姐|阿姨)?$"
)
_THIS_ONE: Final = (
    "[位名](?:男子|女子|老人|市民|女士|先生|男孩|女孩|小伙|捐款人|捐赠人|捐赠者|群众|村民|居民)"
)
_UNNAMED: Final = expression(
    rf"不{_NAME_TOLD}|未{_NAME_TOLD}|没{_NAME_TOLD}|拒{_NAME_TOLD}|匿名|无名|过路(?:客商|司机|人|群众|"
    r"车主)|佚名|隐名|不愿(?:意)?(?:透露|留|具|公开|署|说出)|不肯(?:透露|留|具)|"
    r"没有留(?:下)?(?:姓|名)|没留(?:下)?(?:姓|名)|未留(?:下)?(?:姓|名)|不留名|不具名|未具名|未署名|"
    r"不知名|姓名不详|好心人$|有心人$|路过的(?:司机|群众|市民|路人|人|车主|行人|大|小伙|老|游客|"
    r"货车|好心|一|出租)|某(?:先生|女士|老板|同学|师傅|居民|业主|网友|志愿者)$|神秘|"
    rf"这{_THIS_ONE}|该{_THIS_ONE}|爱心{_KIND_SOUL}|热心{_KIND_SOUL}|好心{_KIND_SOUL}|善心{_KIND_SOUL}"
)
_UNNAMED_WHOLE: Final = expression(
    r"(?:[\ue000-\ue014\d一二三四五六七八九十]{1,4}(?:号?楼|栋|单元|层|室|号)|楼上|楼下|隔壁|"
    r"对门)的?(?:热心|一位|匿名)?(?:老奶奶|老爷爷|奶奶|爷爷|大爷|大妈|阿姨|住户|业主|邻居|租户|居民|"
    r"老人)$|有的(?!放矢)[\u4e00-\u9fff]|(?:爱心|热心)(?:企业|商家|单位|店主)$"
)
_BEGINS_UNNAMED: Final = frozenset(
    "\ue000\ue001\ue002\ue003\ue004\ue010\ue011\ue012\ue013\ue0140123456789一二三四五六七八九十楼隔对有爱热"
)
"""The characters with which `_UNNAMED_WHOLE` can begin."""
_ONE_UNNAMED: Final = expression(
    r"^(?:一[位名个]|\ue002\ue012*|\ue001\ue011*)[^,]{0,40}(?:不愿|不让|不肯|不想|不留|没有留|没留|未留|"
    r"匿名)[^,]{0,30}的[\u4e00-\u9fff]{2,8}$"
)
_SIGNED: Final = expression(
    r"(?:署名|化名|网名|昵称|自称|名为|名叫|落款|微信名|名叫做|叫做|署为|叫(?=[\u4e00-\u9fff]{2,4}的))(?:为|是|叫|“|"
    r"\")*(?P<name>[^“”\"',。;()]{1,12}?)(?:[”\"]|的|$)"
)
_THIS_WORDS: Final = "该 本 我 我们 咱们 咱 这家 这个 这一 此"
_BODY_WORDS: Final = """
公司 集团 企业 商会 协会 总商会 工商联 基金会 银行 厂 店 酒店 医院 学校 单位 会 村 镇 社区 合作社 厂家 司
校 院 支部 党支部 市场 车队 队 机构 组织
"""
_THEIR_WORDS: Final = "其 他 他的 她 她的 其所在 所在 他所在 他所在的 她所在 她所在的"
_WORKPLACE_WORDS: Final = "公司 企业 集团 单位 工厂 店 酒店 厂"
_STAND_ALONE_WORDS: Final = """
公司 集团 企业 商会 协会 联盟 总商会 基金会 厂家 酒店 学校 合作社 超市 银行 厂里 店里 公司方 企业方 他 她
它 其 他们 她们 对方 其本人 他本人 她本人 本人 自己 后者 前者 双方 夫妇俩 老人家 个人 老人 小伙子 男子 女子
"""
_POINTS_BACK: Final = frozenset(
    [this + body for this in _THIS_WORDS.split() for body in _BODY_WORDS.split()]
    + [their + place for their in _THEIR_WORDS.split() for place in _WORKPLACE_WORDS.split()]
    + _STAND_ALONE_WORDS.split()
)
"""Words that stand for a body or person named before."""
_PLAIN_LEAD: Final = expression(
    r"^(?:[“\"][\ue000-\ue014\d]{2}[”\"]后|[“\"]?[\ue000-\ue014\d]{2}后[”\"]?|这(?:已经?|也|还|只|正|就)?是|(?:[这该此]笔)?(?:资金|善款|捐款|款项)来自(?:于)?|原文[“\"]?|原公布[“\"]?|第[一二三四五六七八九十\d]笔(?=来自)|谢谢|多谢|还要谢谢|文中称?|而(?=[\u4e00-\u9fff]{4,})|漏登|补登|遗漏|现补登|经研究(?:决定)?|"
    r"研究决定|会议决定|至今|如今|早在|曾(?=[在于经多先])|(?:(?!的).){0,24}?等(?:地|地区|县市|乡镇|国家|国|省市|"
    r"多地)(?:的)?(?=[\ue000-\ue004\u4e00-\u9fff]{2,})|(?:里面|里头|其中|"
    r"[\u4e00-\u9fff]{1,4}[上里中内])(?:是|有|装着|载着)|[\u4e00-\u9fff]{1,6}里已?有|感谢|鸣谢|致谢|"
    r"特别感谢|还要感谢|同时感谢|即|今|现|实收|实际|更正为|应为|改为|以下为|以下是|其中|此外|另外|同时|"
    r"目前|由(?!于)(?=[\u4e00-\u9fff]{3})|据悉|据了解|据统计|随后|之后|接着|最后|今天|昨天|当天|当日|"
    r"当晚|昨日|今日|近日|日前|截至目前|截至|至此|至今|为此|仅有|单是|光是|还有|还|又|也|已有|已经|就有|共有|先是|"
    r"首先|包括|比如|例如|以及|来自|另有|还有|加上|再加上|特别是|尤其是|仅(?=[\u4e00-\u9fff]{4,})|[\u4e00-\u9fff]{2,8}[载装]着由|其(?=(?:全体|公司|企业|"
    r"集团)?(?:员工|职工|会员|师生|党员|成员|员工们|干部职工))|值得一提的是|家住.{1,8}?的|身在.{1,8}?的"
    r"|\s|[”’)\]:：。\-■●◆▲★※·•▪◇○□☆►▶→*#|~.,、]|“(?=[^”]*$))+"
)
_TIME_LEAD: Final = expression(
    "^(?:短短|不到(?=\ue004)|(?<=\ue014)时间|\ue004\ue014*(?:多?小时|月|星期|许)?|上午|下午|晚(?:上|间)|早(?:上|晨)|中午|凌晨|当天|一早|清晨|傍晚|深夜|左右|起|以来|开始|前后|[,、至到\\-~]|之内|以内|内(?![\u4e00-\u9fff]{0,8}(?:公司|集团|企业))|期间|春节|除夕|元宵节?|正月|节前|节后|第[一二三四五]天|这天|那天)+"
)
_TAIL: Final = expression(
    r"(?:等|一大早|大清早|一早|一家|一行人|一行(?:[\ue001\ue002][\ue011\ue012]*)?|交来|缴来|送来的|(?:相关|"
    r"有关)?负责人(?:来电)?(?:表示)?|个人|本人|公司党支部|方面|一方|率先|带头|[,、:\s\-])+$"
)
_TAIL_ENDS: Final = frozenset("早家行\ue001\ue002\ue011\ue012来的人电示部面方先头,、:-")
"""Characters, besides spaces, with which a filler of `_TAIL` can end."""
_GIVER_UNITS: Final = frozenset(("位", "名", "个", "家", "户", "人", "对", "余人", "名余"))
_ETC: Final = expression(
    r"等(?:\s*(?:近|约|逾|超)?[\ue001\ue002][\ue011\ue012]*.*|单位[或和及与]个人|人|单位|企业|公司|爱心企业|多家.*|一批.*)?$"
)


def read_givers(sentence: Sentence, start: int, end: int) -> list[Giver]:
    """The givers that the words of a subject name, in order; empty where the words name nobody."""
    dash = sentence.masked.rfind("--", start, end)
    if dash >= 0 and dash + 4 <= end:
        start = dash + 2
    classes = _COUNTED_CLASSES.search(sentence.masked, start, end) if "\ue002" in sentence.masked else None
    if classes is not None and class_head(classes["one"]) and class_head(classes["other"]):
        name = classes["one"] + classes["joint"] + classes["other"]
        return [Giver(name, DonorKind.GROUP, (classes.start("one"), classes.end()))]
    start, end = _trim(sentence.masked, start, end)
    if start >= end:
        return []
    if _ONE_UNNAMED.match(sentence.masked[start:end]):
        return [Giver(None, DonorKind.PERSON, (start, end))]
    modified = sentence.masked.find("的", start, end) > 0
    if modified and _PEOPLE_OF.fullmatch(sentence.masked, start, end):
        of = sentence.masked.rfind("的", start, end)
        if all(is_body(place) for place in re.split(r"、|[和及与]", sentence.masked[start:of])):
            return [Giver(sentence.original[start:end], DonorKind.GROUP, (start, end))]
    couple = _WITH_SPOUSE.search(sentence.masked, start, end)
    if couple is not None and is_person_name(couple["one"]) and is_person_name(couple["other"]):
        place = couple.start("one"), couple.end()
        return [Giver(sentence.original[slice(*place)], DonorKind.PERSON, place)]
    founded = _FOUNDED_BY.match(sentence.masked, start, end) if modified else None
    if founded is not None and is_body(sentence.masked[founded.end() : end]):
        start = founded.end()
    etc = _ETC.search(sentence.masked, start, end)
    count = None
    if etc is not None and etc.start() > start:
        count = _count_in(sentence, etc.start(), end)
        end = etc.start() + 1
        names = _read_pieces(sentence, start, etc.start())
        if not names:
            return []
        return [_joined(sentence, names, etc.start() + 1, count)]
    return _read_pieces(sentence, start, end)


def _trim(masked: str, start: int, end: int) -> tuple[int, int]:
    first, last = _trimmed(masked[start:end])
    return start + first, start + last


@lru_cache(maxsize=8192)
def _trimmed(words: str) -> Place:
    """The part of the words that is left without times, connectives and fillers at its ends."""
    start, end = 0, len(words)
    for _ in range(4):
        before = (start, end)
        time = _TIME_LEAD.match(words[start:end])
        if time is not None:
            start += time.end()
        lead = _PLAIN_LEAD.match(words[start:end])
        if lead is not None:
            start += lead.end()
        last = words[end - 1 : end]
        if last in _TAIL_ENDS or last.isspace():
            tail = _TAIL.search(words[start:end])
            if tail is not None:
                end = start + tail.start()
        if before == (start, end):
            break
    return start, end


def _read_pieces(sentence: Sentence, start: int, end: int) -> list[Giver]:
    givers: list[Giver] = []
    piece_start = start
    cuts = _list_cuts(sentence.masked, start, end)
    for cut_start, cut_end in [*cuts, (end, end)]:
        if cut_start < piece_start:
            continue
        last = cut_end == end and cut_start == end
        piece = sentence.masked[piece_start:cut_start]
        if not last and _RANK_OF_A_BODY.search(piece):
            piece_start = cut_end
            continue
        if (
            not last
            and "、" in piece
            and title_length(piece.split("、")[0]) >= 2
            and is_body(piece.rsplit("、", 1)[-1])
            and titled_name_length(sentence.masked[cut_end:end])
        ):
            continue  # "旅菲侨领、某学校、某小学董事长卢祖荫": one person with two schools
        if not last and (
            title_length(piece) >= 2 and not is_person_name(piece) and not ends_with_name(piece)
        ):
            continue  # "商会副会长、某公司总经理 邬长锁": titles of one person
        giver = _read_one(sentence, piece_start, cut_start)
        if giver is not None:
            givers.append(giver)
        piece_start = cut_end
    return _with_families(sentence, givers)


def _list_cuts(masked: str, start: int, end: int) -> list[Place]:
    cuts: list[Place] = []
    depth = 0
    for sign in _MAY_CUT.finditer(masked, start, end):
        index, character = sign.start(), sign.group()
        if character in "(“":
            depth += 1
        elif character in ")”":
            depth = max(0, depth - 1)
        elif depth:
            continue
        elif character in "、/，,":
            cuts.append((index, index + 1))
        elif character in "联携会":
            if (
                start < index < end - 4
                and masked.startswith(_TOGETHER_WITH, index)
                and is_body(masked[start:index])
                and not is_body(masked[start : index + 3])
            ):
                cuts.append((index, index + 2))
        elif start < index < end - 2 and _joins_names(masked, start, index, end):
            first = index - 1 if masked[index - 1 : index + 1] == "以及" else index
            cuts.append((first, index + 1))
    return cuts


_KIN_OF: Final = tuple(word for word in FAMILY.words if word[0] == "和")
_MAY_CUT: Final = expression(r"[(“)”、/，,和及与联携会]")
_TOGETHER_WITH: Final = ("联合", "携手", "会同")


def _joins_names(masked: str, start: int, index: int, end: int) -> bool:
    """Whether 和、及、与 at the place stands between two names, not inside one (和顺机械、纪春和)."""
    if masked.startswith(_KIN_OF, index):
        return False
    left = re.split(r"[、,]", masked[start:index])[-1]
    right = re.split(r"[、,和及与]", masked[index + 1 : end])[0]
    if len(right) < 2 and is_body(masked[index + 1 : end]):
        right = masked[index + 1 : end]
    if len(left) < 2 or len(right) < 2:
        return False
    if (class_head(left) and not is_person_name(left)) or (class_head(right) and not is_person_name(right)):
        return False
    left_ok = is_person_name(left) or ends_with_name(left) or is_body(left)
    right_ok = is_person_name(right) or ends_with_name(right) or is_body(right)
    return left_ok and right_ok


def _read_one(sentence: Sentence, start: int, end: int) -> Giver | None:
    start, end = _trim(sentence.masked, start, end)
    if start >= end:
        return None
    masked = sentence.masked
    count: int | None = None
    tail = _COUNTED_TAIL.search(masked[start:end]) if masked[end - 1] in _COUNTED_ENDS else None
    if tail is not None and tail.start() > 0:
        figure = sentence.figures.get(start + tail.start())
        end = start + tail.start()
        if figure is not None and figure.value is not None and figure.value > 1:
            count = int(figure.value)
    piece = masked[start:end]
    unnamed = _UNNAMED.search(piece) or (_UNNAMED_WHOLE.match(piece) if piece[0] in _BEGINS_UNNAMED else None)
    signed = _SIGNED.search(piece) if unnamed is None else None
    if signed is not None:
        return _make(sentence, start + signed.start("name"), start + signed.end("name"), DonorKind.PERSON)
    of = _cut_modifier(piece)
    leading: re.Match[str] | None = None
    for found in _COUNTED_LEAD.finditer(piece) if "\ue001" in piece or "\ue002" in piece else ():
        figure = sentence.figures.get(start + found.start())
        inside = found.end() < of and re.search(r"有|由|共|来自|拥有", piece[: found.start()]) is not None
        if figure is not None and figure.unit in _GIVER_UNITS and not inside:
            leading = found
    if leading is not None:
        figure = sentence.figures.get(start + leading.start())
        number = None if figure is None or figure.value is None else int(figure.value)
        if number == 1:
            return _one_of(sentence, start, end, unnamed is not None, figure.unit if figure else "")
        if number is not None:
            count = number
        if (
            leading.start() >= 4
            and "、" in masked[:start]
            and is_body(piece[: leading.start()])
            and piece[leading.end() :] in _GENERIC
        ):
            end = start + leading.start()
        else:
            start += leading.end()
        piece = masked[start:end]
        of = _cut_modifier(piece)
    if unnamed is not None and class_head(piece) is not None and ((count or 0) > 1 or _SEVERAL.search(piece)):
        return Giver(sentence.original[start:end], DonorKind.GROUP, (start, end), count)
    if unnamed is not None:
        enterprise = re.search(r"企业|商家|公司|店$|店主$|单位$", piece)
        kind = DonorKind.ENTERPRISE if enterprise and not piece.endswith("店主") else DonorKind.PERSON
        return Giver(None, kind, (start, end), count)
    if piece[:1] in _SOME_ONE and (
        re.match(r"(?:某|一)[位名个]|某(?=[男女市村居业网])", piece)
        or (piece[0] == "某" and class_head(piece) == piece[1:])
    ):
        return _one_of(sentence, start, end, False, "")
    start += of
    rank = RANK_LEAD.match(masked[start:end])
    if rank is not None and rank.end() < end - start - 1:
        start += rank.end()
    start, end = _trim(masked, start, end)
    piece = masked[start:end]
    if not piece:
        return None
    if count is None and piece in _POINTS_BACK:
        return Giver(
            sentence.original[start:end], DonorKind.ENTERPRISE, (start, end), count, points_back=True
        )
    named = _named(sentence, start, end, count)
    if (
        named is not None
        and named.kind is DonorKind.PERSON
        and count is not None
        and _is_of_houses(sentence, start)
    ):
        return replace(named, kind=DonorKind.GROUP)
    return named


def _is_of_houses(sentence: Sentence, start: int) -> bool:
    """Whether 家 counts the givers (6家支行): they are no persons."""
    return start > 0 and sentence.text[start - 1] == "家"


_SEVERAL: Final = expression(r"(?<=[家员民友])(?:[、和与及]|以及)(?=[\u4e00-\u9fff]*爱心)")
"""会员及社会爱心人士: no single one without a name."""
_COUNTED_TAIL: Final = expression(rf"(?:{COUNT}|{QUANTITY})(?:们)?$")
_COUNTED_ENDS: Final = frozenset("\ue001\ue002\ue011\ue012们\n")
_COUNTED_LEAD: Final = expression(rf"(?:{COUNT}|{QUANTITY})(?:的)?(?=[\u4e00-\u9fff])")
_SOME_ONE: Final = frozenset(("某", "一"))
_GENERIC: Final = frozenset(
    (
        "企业",
        "单位",
        "公司",
        "商会",
        "协会",
        "社团",
        "会员",
        "会员单位",
        "会员企业",
        "机构",
        "组织",
        "学校",
        "医院",
        "商协会",
        "爱心企业",
        "村",
        "店",
    )
)


def _cut_modifier(piece: str) -> int:
    """Where the name begins after a clause that modifies it (注册资本5000万元的|皓腾纺织)."""
    under = _UNDER.search(piece) if "下" in piece or "所属" in piece else None
    if under is not None and is_body(piece[: under.start()]):
        head = body_head(piece[under.end() :])
        if head is not None and head[1] is DonorKind.ENTERPRISE and class_head(piece[under.end() :]) is None:
            return under.end()
    of = piece.rfind("的")
    if piece.startswith("的社会阶层", of):
        return 0
    if of <= 0 or of >= len(piece) - 2:
        return 0
    after = piece[of + 1 :]
    alone = class_head(after) == after.removesuffix("们")
    if alone and of <= 4 and piece[:of].endswith(("里", "内", "中", "上")) and not is_body(piece[:of]):
        return of + 1
    if alone and (is_body(piece[:of]) or (ANY_FIGURE.search(piece[:of]) is None and len(piece) < 12)):
        return 0
    return of + 1


_RANK_OF_A_BODY: Final = expression(
    r"[\u4e00-\u9fff]{2,}(?:商会|协会|工商联|总会|联合会)(?:副?会长|副?理事长|副?主席|常务副会长|监事长|监事|常务理事|理事|会员|成员|执委|常委)"
    r"(?:单位|企业)$"
)
"""某商会会员企业、某公司: the first is a rank of the second."""
_PEOPLE_OF: Final = expression(
    r"[\u4e00-\u9fff]+(?:、[\u4e00-\u9fff]+)+的(?:爱心人士|热心人士|村民|居民|群众|党员|党员群众|干部群众|乡亲|乡贤|职工|员工|会员|业主)"
)
"""甲村、乙村的爱心人士: a class over several places."""
_COUNTED_CLASSES: Final = expression(
    rf"{COUNT}(?P<one>[\u4e00-\u9fff]{{2,8}}?)(?P<joint>以及|[和及与])(?:{COUNT})(?P<other>[\u4e00-\u9fff]{{2,8}})$",
    needs="和及与",
)
"""91家单位和127名个人: two classes, without their counts."""
_WITH_SPOUSE: Final = expression(
    r"(?:(?<=[的长事席理裁友人师授])|(?<![\u4e00-\u9fff]))(?P<one>[\u4e00-\u9fff]{2,4}?)(?:先生|女士)?"
    r"[携偕](?:夫人|妻子|爱人|太太|丈夫|爱妻)"
    r"(?P<other>[\u4e00-\u9fff]{2,4}?)(?:女士|先生)?$",
    needs="携偕",
)
"""陆某某先生携夫人叶某某女士: one donor."""
_FOUNDED_BY: Final = expression(r"[^,]{2,30}?(?:创立|创办|发起成立|发起设立|出资设立)的")
"""甲、乙创立的|某基金: the body gives, not its founders."""
_UNDER: Final = expression(r"(?:旗下|下属|所属)(?:子公司|企业|全资子公司|控股子公司|品牌)?的?")
"""新东昇集团旗下|盛世欣兴公司: the firm that gives is the second."""


def _one_of(sentence: Sentence, start: int, end: int, unnamed: bool, unit: str) -> Giver:
    piece = sentence.masked[start:end]
    length = None if unnamed else titled_name_length(piece)
    if length is not None:
        name = piece[-length:]
        if not (length <= 3 and title_length(piece) >= length):
            return _make(sentence, end - length, end, DonorKind.PERSON)
        del name
    kind = (
        DonorKind.ENTERPRISE
        if unit == "家" or piece.endswith(("企业", "公司", "店", "商家"))
        else DonorKind.PERSON
    )
    return Giver(None, kind, (start, end))


def _named(sentence: Sentence, start: int, end: int, count: int | None) -> Giver | None:
    piece = sentence.masked[start:end]
    if len(piece) > 60:
        return None
    head = body_head(without_bracket(piece))
    if piece[-1] == "所" and (head is None or head[0] == "所") and titled_name_length(piece[:-1]) is not None:
        return _named(sentence, start, end - 1, count)  # "某集团董事长喻鹏|所捐赠的"
    if piece[-1] == "中" and class_head(piece[:-1]) is not None:
        return _named(sentence, start, end - 1, count)  # 党员|中
    family = next(filter(piece.endswith, FAMILY.words), None) if FAMILY.close(piece) else None
    if piece.endswith(")") and head is not None and head[1] is not DonorKind.ORGANISATION:
        kind, guessed = kind_of_name(piece, DonorKind.ENTERPRISE)
        return Giver(sentence.original[start:end], kind, (start, end), count, guessed=guessed)
    if family is not None and len(piece) > len(family) + 1:
        stem_length = titled_name_length(piece[: -len(family)])
        first = end - len(family) - stem_length if stem_length is not None else start
        return Giver(sentence.original[first:end], DonorKind.PERSON, (first, end), None)
    group = class_head(piece)
    whole_person = is_person_name(piece)
    length = None if whole_person and len(piece) <= 3 else titled_name_length(piece)
    if length is not None and not (
        group is not None and len(group) >= 2 and not CALLED.close(piece[-length:])
    ):
        return replace(
            _make(sentence, end - length, end, DonorKind.PERSON), employer=employer_in(piece[:-length])
        )
    quoted = _NICKNAME.search(piece) if piece.endswith(("”", '"')) else None
    if quoted is not None:
        first, last = start + quoted.start("name"), start + quoted.end("name")
        kind, _ = kind_of_name(quoted["name"], DonorKind.PERSON)
        return Giver(sentence.original[first:last], kind, (first, last))
    called = courtesy_length(piece) or (
        2 if piece.endswith(("教授", "医生", "老师", "先生", "女士", "老人", "同志")) else 0
    )
    if called and len(piece) - called - 1 > 0 and piece[-called - 1] in SINGLE:
        place = body_head(piece[: -called - 1])
        if place is not None and place[0] in _PLACES and len(place[0]) < len(piece) - called - 1:
            return _make(sentence, end - called - 1, end, DonorKind.PERSON)
    weak = head is None or (len(head[0]) == 1 and not is_strong_head(head[0]))
    if weak and not whole_person and (group is None or called):
        length = length_after_body(piece[: len(piece) - called], sure=head is not None)
        if length is not None:
            return _make(sentence, end - length - called, end, DonorKind.PERSON)
    kind, guessed = kind_of_name(piece, DonorKind.ENTERPRISE)
    if kind is DonorKind.PERSON:
        end -= courtesy_length(piece)
    if count is not None and kind is not DonorKind.PERSON:
        kind = DonorKind.GROUP
    return Giver(sentence.original[start:end], kind, (start, end), count, guessed=guessed)


_PLACES: Final = frozenset(("县", "市", "区", "镇", "乡", "村", "街道", "社区", "小区"))
_NICKNAME: Final = expression(r"(?:^|的|[\u4e00-\u9fff]{2})[“\"](?P<name>[^“”\"]{2,8})[”\"]$")


def _make(sentence: Sentence, start: int, end: int, kind: DonorKind) -> Giver:
    if kind is DonorKind.PERSON:
        end -= courtesy_length(sentence.text[start:end])
    return Giver(sentence.original[start:end], kind, (start, end))


def _joined(sentence: Sentence, names: list[Giver], end: int, count: int | None) -> Giver:
    first = names[0].place[0]
    return Giver(sentence.original[first:end], names[0].kind, (first, end), count)


def _count_in(sentence: Sentence, start: int, end: int) -> int | None:
    figure = sentence.figure_in(start, end)
    return None if figure is None or figure.value is None else int(figure.value)


def _with_families(sentence: Sentence, givers: list[Giver]) -> list[Giver]:
    """ "鲁小满、鲁小雪姐妹" are two persons; "王强、李梅夫妇" are one giver."""
    if len(givers) < 2 or givers[-1].name is None:
        return givers
    last = givers[-1]
    family = next((word for word in FAMILY.words if last.name is not None and last.name.endswith(word)), None)
    if family is None:
        return givers
    if family.startswith(("夫妇", "夫妻", "伉俪")) or family.endswith("口子"):
        first = givers[-2].place[0]
        couple = Giver(sentence.original[first : last.place[1]], DonorKind.PERSON, (first, last.place[1]))
        return [*givers[:-2], couple]
    start, end = last.place
    return [*givers[:-1], _make(sentence, start, end - len(family), DonorKind.PERSON)]
