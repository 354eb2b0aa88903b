"""Who takes in the gifts of a whole notice: told by its heading, its lead, a label, its end or its signature.

某县红十字会接收捐赠公示            the publisher takes in
捐款统一交由县慈善会转交县医院      县医院 takes in, 县慈善会 is the channel (guide, g)
接收单位:某镇人民政府              a line of its own tells it
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from lianfang.engines.intake.claim import DonorKind
from lianfang.engines.intake.draft import Party
from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.heads import body_head, class_head


@dataclass(frozen=True, slots=True)
class Receiving:
    """What the notice as a whole says of the way of its gifts."""

    receiver: Party | None = None
    channel: Party | None = None
    """The body through which they go, where the receiver is another."""
    of_all: bool = False
    """The heading says it of everything told below, not only of the rows of a list."""


def read_receiving(head: str, text: str, signature: str, *, is_list: bool) -> Receiving:
    """The receiver and the channel of a notice in normal writing.

    `head` is its heading, `signature` the body that signs it (empty where none does). What a closing line
    says counts only where `is_list`: in running text it is told of a single gift.
    """
    start = text[:1500]
    lead = [line for line in start.split("\n")[:8] if len(line) <= _LONGEST_LEAD and not _APART.search(line)]
    many = _MANY_TO_ONE.search(head)
    name = _receiving_body(many["who"]) if many is not None else ""
    if name:
        return Receiving(Party(name), of_all=True)
    name = _named_receiver(head, start)
    if name:
        return Receiving(Party(name), of_all=_TAKES_IN.search(head) is not None)
    closing = text[-600:].split("\n")[-7:] if is_list else []
    closing = [line for line in closing if len(line) <= _LONGEST_LEAD and not _APART.search(line)]
    for words in (head, *lead, *closing):
        chain = _handed_on(words)
        if chain is not None:
            return chain
    addressed = _ADDRESSED.search("\n".join(lead))
    if addressed is not None and _receiving_body(addressed["who"]):
        return Receiving(Party(addressed["who"]))
    name = _labelled(text) or _first_taker(head, start) or _handed(lead) or _handed(map(_of_all, closing))
    if name:
        return Receiving(Party(name))
    name = _publisher(head, lead, signature)
    ours = _WE_TOOK_IN.search(head) if not name else None
    if ours is not None:
        name = _first_full(ours["stem"], start)
    if name:
        of_all = _TAKES_IN.search(head) is not None or "谢" in head or ours is not None
        return Receiving(Party(name), of_all=of_all)
    name = _thankful(text)
    if name:
        return Receiving(Party(name), of_all=True)
    name = _thanking(lead) or _aimed_at(head, start)
    name = name or _directed(map(_of_all, [*lead, *closing]))
    return Receiving(Party(name) if name else None)


def part_receivers(text: str) -> list[tuple[int, Party]]:
    """Where the parts of a list begin whose headings name receivers (二、捐给县人民医院), in their order."""
    found = []
    for match in _PART.finditer(text):
        name = _receiving_body(match["to"] or match["by"])
        is_heading = match["sign"] or match["label"] or (match["by"] and match.start() > 0)
        if name and is_heading:
            found.append((match.start(), Party(name)))
    return found


def signature_of(text: str) -> str:
    """The body named on a line of its own among the last lines; empty where none is."""
    lines = [_SEAL.sub("", line.strip()) for line in text[-400:].split("\n") if line.strip()]
    for line in reversed(lines[-5:]):
        name = _body_alone(line)
        if name:
            return name
    return ""


_ADDRESSED: Final = expression(r"\((?P<who>[\u4e00-\u9fff]{4,20})(?:收|接收|代收)\)", needs="(")
_SEAL: Final = expression(r"\((?:公?章|盖章|签章|代章)\)", needs="(")
_TAKING_IN: Final = expression(
    r"(?:接收|接受|收到)(?:到|了)?(?:的)?[^,。\n]{0,16}?(?:捐款捐物|捐赠款物|捐赠|捐款|捐物|捐助|款物|"
    r"善款|物资)|(?:获赠|获捐|受赠|受捐)(?:的)?[^,。\n]{0,10}?(?:捐|款|物资|物品|清单|名单|明细|情况|一览|公示)"
)
_BEFORE_TAKING_IN: Final = expression(
    r"(?:关于|对|本级|累计|抗震救灾|抗疫|疫情防控|疫情|防控|又|再|先后|陆续|新增|也|目前|现已|连日来|近日|年|共|所|已|内|[\d年月日时号:\-至到~.\s第期批次]|截至[^,。]{2,14})$"
)
_BODY: Final = expression(r"[\u4e00-\u9fff()]{3,30}$")
_GIVING_TO_HEAD: Final = expression(
    r"(?:给|向|(?<![实应改系误])为|支援|驰援|捐给|支持|帮助|救助)(?P<who>[\u4e00-\u9fff]{2,20}?)(?:的?(?:值守人员|值班人员|志愿者|工作人员|"
    r"一线人员|医护人员))?(?:捐款捐物|捐款|捐物|捐赠|送|献爱心|募捐|筹款|募集|募款|筹集|筹资|众筹|集资|助力|(?:爱心|暖冬|物资|捐款|捐物|捐赠|"
    r"防疫|抗疫|送温暖|送清凉|的|加油)*接龙|爱心捐款)"
)
_HANDED_TO: Final = expression(
    r"(?:统一|全部|一并|集中|凡)(?:捐给|捐赠给|送给|交给|交由|送至|捐往|交至|转交|向|送到|"
    r"转给)(?P<who>[\u4e00-\u9fff]{3,20}?)(?:捐款者|捐款|捐赠|[,。;!]|$)"
)
_RECEIVING_TITLE: Final = expression(
    r"\s*(?:关于)?(?P<who>[\u4e00-\u9fff()]{2,24}?(?:红十字会|慈善总会|慈善会|慈善协会|慈善联合会|"
    r"基金会|医院|敬老院|养老院|福利院|疾控中心|卫生院|指挥部|救助站|人民政府|镇政府|乡政府|街道办事处|"
    r"管委会|领导小组|血站))(?:关于)?(?:\d{4}年[\d月日\-至到~]*)?[^,。\n]{0,12}?(?:接收|接受|收到|获)?(?:的)?(?:社会|"
    r"各界|爱心|抗疫|抗洪|救灾|抗震|疫情防控)*(?:捐赠|捐款|款物|捐助|善款)[^,。\n]{0,12}?(?:公示|公告|"
    r"明细|快报|情况|名单|登记表|清单|统计|鸣谢|信息|物资)"
)
_LABELLED: Final = expression(
    r"(?:^|\n)\s*(?:收款|接收|受赠|接受|受捐|受益|捐赠接收|捐赠对象)(?:单位|方|人|账户|户名|"
    r"对象)?\s*:\s*(?P<who>[^\s,。;:]{3,30})"
)
_TITLE_PLACE: Final = expression(
    r"^[\[#\s]*(?:给|向|为|支援|送)?(?P<who>[\u4e00-\u9fff]{2,14}?(?:卡点|值守点|值班点|学校|小学|中学|"
    r"医院|敬老院|养老院|村|社区|隔离点|检查站|执勤点|安置点))(?:[\u4e00-\u9fff]{0,8})(?:物资|捐款|捐物|"
    r"捐赠|爱心)?接龙",
    needs="龙",
)
_BODY_WORDS: Final = r"[\u4e00-\u9fff()]{3,24}"
_CHARITY: Final = expression(r"红十字会|慈善总会|慈善会|慈善协会|慈善联合会|基金会")
_CHINESE_ONLY: Final = expression(r"[\u4e00-\u9fff()]+")
_ITS_PEOPLE: Final = expression(
    r"(?:全体|广大)?(?:师生员工|师生|教职工|教职员工|员工|职工|干部职工|医护人员|村民|居民|干部群众|同学)+$"
)
_INCOME_TITLE: Final = expression(
    r"\s*(?:关于)?(?P<who>[\u4e00-\u9fff()]{2,24}?(?:红十字会|慈善总会|慈善会|慈善协会|慈善联合会|基金会))"
    r"(?![\u4e00-\u9fff]{0,20}(?:使用|拨付|支出|发放|分配|去向))"
    r"[^,。\n]{0,20}?(?:捐款|捐赠|捐助|捐物|善款|收入|募捐|募集|款物|爱心)",
    needs="十善基",
)
_GIVING_SIDE: Final = expression(
    r"向|支援|驰援|援助|组织|发动|职工|员工|会员|师生|党员|干部|医护|为(?=[\u4e00-\u9fff]{2,})|捐给|捐往|捐至"
)
"""What tells that the body of a heading is the giver (某医院职工捐款名单, 某医院支援某县捐款)."""
_ITS_PART: Final = expression(
    r"(?P<part>[\u4e00-\u9fff]{0,6}(?:组|办公室|专班|分会))(?=收到|接收|接受|捐|关于)"
)
_RECEIPT_OF: Final = expression(
    r"\s*(?P<who>[\u4e00-\u9fff()]{3,24}?)(?:关于|爱心|抗洪|抗疫|防疫|抗旱|救灾|疫情|社会|图书|物资|捐赠|捐款)"
    r"[^,。\n]{0,16}?接收(?:登记|情况|明细|公示|清单|一览|台账|汇总|统计|公告)",
    needs="接",
)
_CHARITY_GIVES: Final = expression(r"向|机关|职工|员工|党员|干部|捐给|捐往")
_BEFORE_NAME: Final = expression(
    r"^(?:关于|以下|下列|现将|兹将|近期|现|为|是|对|给|向|在|支援|驰援|支持|帮助|援助|捐赠给|捐给|致|母校|老家|家乡|定点帮扶村|帮扶村|对口帮扶|结对|包联|年)+(?=[\u4e00-\u9fff]{3,})"
)
_LABEL_LINE: Final = expression(
    r"(?:^|\n|\()[^\u4e00-\u9fff\n]{0,8}(?:款物接收|物资接收|捐款接收|善款接收|登记|接受捐赠|接收捐赠|接收款物|接收物资|收款|接收|受赠|接受|受捐|受益|受助|捐赠接收|捐赠对象|捐助对象|捐赠去向|"
    r"善款去向|款物去向|物资去向|捐往|捐至|捐给|接龙对象|帮扶对象|开户|账户|户)(?:单位|方|人|账户|户名|对象|"
    r"名称|名)?\s*:\s*(?P<who>[^\s,。;:]{3,40})"
)
_HANDED_ON: Final = expression(
    r"(?:交由|交给|交到|交|汇至|汇给|汇入|通过|经由|经|委托|由)(?P<via>[\u4e00-\u9fff()]{4,20}?)"
    r"(?:统一|代为|再|账户|集中|汇总|收齐|代收|统一收取|后|,)*(?:上缴|上交|送交|汇入|汇至|汇往|缴至|转交|转赠|转给|转捐|转拨|转至|转送|捐给|捐赠给|捐往|捐至|送达|定向捐赠|"
    r"定向|转)(?:给|至|到|予|捐给|用于)?(?P<who>[\u4e00-\u9fff()]{3,24})",
    needs="交汇通经委由",
)
_TOOK_AND_PASSED: Final = expression(
    r"(?:^|[,。:;\n由])(?P<via>[\u4e00-\u9fff]{4,16}?)(?:统一)?(?:代收|收取|汇总|收齐)(?:后|,|并|再|统一|将|全部)*(?:转交|转赠|转给|转|送交|交给|汇入|汇至|上缴)(?:给|至|到)?(?P<who>[\u4e00-\u9fff()]{3,24})",
    needs="代取总齐",
)
_HANDED_FOR: Final = expression(
    r"(?:汇入|汇至|汇到|打入|打到|转入|转到|交到|交给|交由|存入|通过|捐给|捐至|捐往|捐赠给)(?P<via>[\u4e00-\u9fff()]{3,20}?)(?:账户|专户|账号|收款码)?,?"
    r"(?:再|并|将|统一|全部|由其|均|专款)*(?:定向|专项|指定)(?:用于|捐给|捐赠给|捐往|捐至|支援|支持)(?:支援|支持|帮助|资助)?"
    r"(?P<who>[\u4e00-\u9fff()]{3,24})",
    needs="定专指",
)
_TAKEN_IN_BY: Final = expression(
    r"(?:均|全部|统一|一律|都|已|款物|善款|捐款|物资|款项|捐赠)由(?P<who>[\u4e00-\u9fff()]{3,20}?)(?:统一|负责|集中)*(?:接收|代收|收取|收款|登记接收)",
    needs="由",
)
_GAVE_RECEIPTS: Final = expression(
    r"(?:^|[,。;\n])(?:以上|上述|捐款|善款)?[^,。;\n]{0,6}?(?P<who>[\u4e00-\u9fff()]{4,20}?)(?:已|将|均|统一|全部|为|向|分别|[捐款赠人者方单位个企业])*"
    r"(?:出具|开具)[^,。;\n]{0,10}?(?:票据|收据|发票)",
    needs="具",
)
_THANKS: Final = expression(
    r"(?:^|[,。!\n])(?P<who>[\u4e00-\u9fff]{4,20}?)(?:全体[\u4e00-\u9fff]{2,8}?)?(?:谨|衷心|特|在此|特此|真诚|诚挚)+(?:向[^,。\n]{2,20}?)?(?:表示)?(?:感谢|致谢|鸣谢|谢意)",
    needs="谢",
)
_PASSED_TO: Final = expression(
    r"(?:将|已|均|后|名义|\d日|汇总|分[一二两三四五\d]{1,2}[次批]|陆续|直接|悉数|如数|足额|集中|统一|全部|全数|一并|款项|善款|"
    r"物资|钱款|捐款|款物|名义)(?:存入|缴存|缴入|交付|交至|移交给|捐赠至|捐献至|捐到|交(?![通易流待由给到至付])|转交|移交|转给|交给|交到|交由|汇入|汇至|汇往|汇给|打入|打到|打给|转到|送交|上交|上缴|划转|划至|"
    r"捐至|捐往|捐给|捐赠给|捐入|捐献给|转至|转入|转赠|转往|转)(?:给|到|至|往|予)?(?P<who>[\u4e00-\u9fff()]{3,24})"
)
_PART: Final = expression(
    r"^[ \t]*(?P<sign>[(]?[一二三四五六七八九十\d]{1,3}[)、.]|[■●◆▲★※◇○□☆►▶→*#]+|附?表[一二三四五\d]*[:、]?)?"
    r"[ \t]*[\[]?(?:(?:(?:款物|现金|物资|捐款)?(?:捐给|捐赠给|捐赠至|捐至|捐往|捐赠|支援|驰援|援助|定向|向)|"
    r"(?P<label>(?:受赠|接收|受捐|接受)(?:单位|方):))"
    r"(?P<to>[\u4e00-\u9fff]{3,20}?)(?:的|捐赠|捐款|捐物|款物|物资|名单|明细|部分|清单|情况)*"
    r"|(?P<by>[\u4e00-\u9fff]{3,20}?)(?:的)?(?:共|累计)?(?:接收|接受|收到|受赠|获赠)(?:的)?(?:社会|各界|爱心)*"
    r"(?:捐赠|捐款|捐物|款物|物资|善款|资金)+(?:名单|明细|部分|清单|情况|如下|一览|公示)*"
    r")(?:\([^()\n]{1,14}\))?[\]]?[:]?[ \t]*$",
    re.MULTILINE,
)
_CARRIED_TO: Final = expression(
    r"(?:送到|送往|送至|送达|运抵|运往|运至|发往)了?(?P<who>[\u4e00-\u9fff()]{3,20}?(?:医院|卫生院|红十字会|慈善总会|慈善会|"
    r"人民政府|指挥部|疾控中心|敬老院|小学|中学|学校))",
    needs="送运发",
)
_FOR_USE_BY: Final = expression(
    r"(?:(?:用于|定向)(?:支援|驰援|援助|帮助|资助|支持|救助|捐助|捐给|捐赠|为|给)?|(?:支持|支援)(?=母校)|"
    r"(?:捐给|捐赠给|送给|赠给)(?=[\u4e00-\u9fff]{3,20}的))"
    r"(?P<who>[\u4e00-\u9fff()]{3,20})"
)
_THANKED_FOR: Final = expression(
    r"谢[^。\n]{0,24}?(?:对|向|给)(?P<who>[\u4e00-\u9fff()]{3,20}?)的?(?:捐|关心|关爱|支持|帮助|厚爱|爱心)",
    needs="谢",
)
_NAME_STOP: Final = expression(
    r"购买|采购|建设|账户|账号|专户|专账|用于|用作|作为|的|捐款|捐赠|统一|支持|支援|[一二两三]线|抗击|抗洪|抗疫|抗旱|抗震|"
    r"防疫|防汛|防控|救灾|疫情|重建|灾后|使用|进行|以及|代收|代为|转"
)
_NOT_RECEIVING: Final = expression(r"群$|班级?$|年级$|工作$|项目$|灾区|疫区|全县|全市|全镇|全村")
_WE_TOOK_IN: Final = expression(
    r"(?:[我本](?=会|院|校|村|镇|乡|县|局|办|中|社|单|部|站|园|街|基|指|委|所|馆|慈|红)|(?<=[,。;\n])|^)"
    r"(?P<stem>基金会|慈善会|慈善总会|红十字会|指挥部|学校|医院|村委会|居委会|社区|中心|单位|街道|会|院|校|村|镇|乡|"
    r"县|局|办|部|站|园|委|所|馆)(?![\u4e00-\u9fff]{0,3}(?:会员|商会))[^,。\n]{0,16}?"
    r"(?:接收|接受|收到|收获)[^。\n]{0,20}(?:捐|赠|款|物资|爱心)"
)
_PUBLISHED_INTAKE: Final = expression(
    r"(?:现将|现对|以下(?:为|是)|兹将)[^,。\n]{0,14}(?:接收|接受|收到|代收)(?:到|了)?(?:的)?[^,。\n]{0,14}(?:捐|赠|善款|款物|"
    r"物资)",
    needs="现下兹",
)
_NEIGHBOURS: Final = expression(r"村(?:民委员会|委会|委|两委)?$|(?:商会|协会|业主委员会|业委会)(?:秘书处)?$")
"""Bodies that publish what their own people gave without saying for whom it was."""
_PUBLIC_BODY: Final = expression(r"政府|指挥部|领导小组|办事处|管委会|[镇乡]$|街道$|疾控中心|医院")
_TAKEN_NOW: Final = expression(r"^\s*(?:今|兹|现)收到", re.MULTILINE, needs="今兹现")
_BODY_IN_BRACKETS: Final = expression(
    r"(?:捐|赠|款物)[^()\n]{0,12}\((?P<who>[\u4e00-\u9fff]{4,24}?)收?\)$", needs="("
)
_AFTER_HEADING: Final = expression(
    r"(?:公示|公告|名单|明细|清单|情况|通报|一览表|一览|榜|统计表|鸣谢|感谢信)(?:\([^()]*\))?"
    r"[\s|:\-—]+(?P<who>[\u4e00-\u9fff()]{4,24})$"
)
_FULL_FORMS: Final = {
    "会": "会",
    "院": "医院|卫生院|学院|敬老院|福利院",
    "医院": "医院|卫生院|中医院",
    "校": "学校|小学|中学|大学|学院|中专|高中|第[一二三四五六七八九十]中学|[一二三四五六七八九十]中",
    "学校": "学校|小学|中学|大学|学院|高中|[一二三四五六七八九十]中",
    "村": "村|村委会|村民委员会",
    "村委会": "村委会|村民委员会",
    "社区": "社区|社区居委会|社区居民委员会",
    "镇": "镇|镇政府|镇人民政府",
    "乡": "乡|乡政府|乡人民政府",
    "县": "县|县政府|县人民政府",
    "街道": "街道|街道办|街道办事处",
    "园": "幼儿园",
}
"""The full names for which 我院、我校、学校 stand, by their ends."""
_APART: Final = expression(r"未列入|未计入|不在此列|未统计在内")
"""What is told of gifts that are not in the list says nothing of those that are."""
_LONGEST_LEAD: Final = 400
_TAKES_IN: Final = expression(
    r"(?:接收|接受|收到|获赠|受赠|募集).{0,20}?(?:捐|赠|款|物)|收入(?:明细|公示|情况)"
)


def _named_receiver(head: str, start: str) -> str:
    thanked = (
        re.search(
            r"(?:^|[,。\n])(?P<who>[\u4e00-\u9fff]{4,20}?)(?:先后|共|陆续)?收到(?:了)?(?:来自|社会|各界|您)",
            start,
        )
        if "感谢" in head or "致谢" in head
        else None
    )
    if thanked is not None and body_head(thanked["who"]) is not None:
        return thanked["who"]
    for words in (head, start[:200]):
        match = _RECEIVING_TITLE.match(words) or _INCOME_TITLE.match(words)
        if match is None:
            continue
        to = _ON_THE_WAY.search(match["who"])
        if to is not None:
            return match["who"][to.end() :]
        side = _CHARITY_GIVES if _CHARITY.search(match["who"]) else _GIVING_SIDE
        if side.search(words, match.end("who"), match.end()) is None:
            longer = _ITS_PART.match(words, match.end("who"))
            name = match["who"] if ")" in match["who"] else match["who"].split("(")[0]
            return _BEFORE_NAME.sub("", name) + (longer["part"] if longer is not None else "")
    told = _RECEIPT_OF.match(head)
    name = _receiving_body(told["who"]) if told is not None else ""
    if name:
        return name
    labelled = _LABELLED.search(start)
    return re.sub(r"\((?!集团|有限).*$", "", labelled["who"]) if labelled is not None else ""


_ON_THE_WAY: Final = expression(r"^[\u4e00-\u9fff]{2,}?(?:驰援|支援|援助|捐给|捐赠给|向)")
"""某商会驰援|某医院: the body that the name ends with is the one that receives."""


def _first_taker(head: str, start: str) -> str:
    for words in (head, *list(start.split("\n")[:8])):
        name = _taker_in(words[:400])
        if name:
            return name
    return ""


def _labelled(text: str) -> str:
    """What a line of the notice names as receiver, if all such lines name the same."""
    names = set()
    for match in _LABEL_LINE.finditer(text):
        name = re.sub(r"[()].*$", "", match["who"]) if not match["who"].endswith("(集团)") else match["who"]
        name = _clean_receiver(name)
        if name and not _is_firm(name):
            names.add(name)
    return names.pop() if len(names) == 1 else ""


def _handed_on(words: str) -> Receiving | None:
    """交由县慈善会转交县医院: the channel and the receiver."""
    if "转" not in words and "捐" not in words and "款" not in words:
        return None
    chains = (*_HANDED_ON.finditer(words), *_HANDED_FOR.finditer(words), *_TOOK_AND_PASSED.finditer(words))
    for match in chains:
        via, who = _receiving_body(match["via"]), _receiving_body(match["who"])
        if via and who and via != who:
            return Receiving(Party(who), Party(via))
    return None


def _of_all(line: str) -> str:
    """The line from where it speaks of all gifts; what follows a single sum is told of that one."""
    bought = _BOUGHT.search(line)
    if bought is not None:
        line = line[: bought.start()]
    whole = _ALL_GIFTS.search(line)
    if whole is not None:
        return line[whole.start() :]
    single = _SUM.search(line)
    return line if single is None else line[: single.start()]


_ALL_GIFTS: Final = expression(
    r"以上|上述|所有|全部(?:捐款|善款|款物|物资)|款项|善款|捐款(?:全部|将|已|均|统一)|款物|共计|合计|总计|共收"
)
_SUM: Final = expression(r"\d[\d,.]*\s*[万亿]?余?[元个只箱袋瓶桶吨斤套双副台件把盒]")


def _handed(lines: Iterable[str]) -> str:
    """The body to which a line says that everything goes; empty where none does."""
    for line in lines:
        bought = _BOUGHT.search(line)
        words = line if bought is None else line[: bought.start()]
        for pattern in (_TAKEN_IN_BY, _GAVE_RECEIPTS, _HANDED_TO, _PASSED_TO, _CARRIED_TO):
            for match in pattern.finditer(words):
                name = _receiving_body(match["who"])
                if name:
                    return name
    return ""


_BOUGHT: Final = expression(r"(?:采购|购买|购置)[^。\n]{2,20}\d")
"""采购口罩2000只,已捐赠给某医院: what was bought went there, and not all gifts."""


def _publisher(head: str, lead: list[str], signature: str) -> str:
    """The body that publishes the notice, where it says that it took the gifts in itself."""
    if _TAKEN_NOW.search("\n".join([head, *lead[:2]])) and signature:
        return signature
    after = _BODY_IN_BRACKETS.search(head)
    if after is not None and _PUBLIC_BODY.search(after["who"]) and _receiving_body(after["who"]):
        return after["who"]
    issuers = [name for name in (_issuer(head), *map(_body_alone, lead[:4]), signature) if name]
    opening = "\n".join(lead[:6])
    for match in _WE_TOOK_IN.finditer(opening):
        for issuer in issuers:
            if _stands_for(match["stem"], issuer):
                return issuer
        full = _first_full(match["stem"], head) or _first_full(match["stem"], opening)
        if full:
            return full
    for issuer in issuers:
        if _is_firm(issuer):
            continue
        if _CHARITY.search(issuer) and re.search(r"捐|善款", opening):
            return issuer
        if "谢" in opening and issuer == head.strip() and not _NEIGHBOURS.search(issuer):
            return issuer
        if "谢" in head and "收到" in opening and not _NEIGHBOURS.search(issuer):
            return issuer
        if re.search(r"(?:接收|接受|收到|代收)[^,。\n]{0,16}?(?:捐|赠|款|物)", head):
            return issuer
        if re.search(r"(?:社会)?各界[^,。\n]{0,16}?(?:捐|赠|款|物)", head) and _PUBLIC_BODY.search(issuer):
            return issuer
        if _PUBLISHED_INTAKE.search(opening) and not _NEIGHBOURS.search(issuer):
            return issuer
    return ""


def _directed(lines: Iterable[str]) -> str:
    """The body that stands behind a verb of handing over, whatever the verb, in a line about gifts."""
    for words in lines:
        if _ABOUT_GIFTS.search(words) is None:
            continue
        for match in _MOVED.finditer(words):
            name = _body_prefix(words[match.end() : match.end() + 26])
            if name and not _NOT_RECEIVING.search(name):
                return name
    return ""


_ABOUT_GIFTS: Final = expression(r"捐|赠|款|物资|募|爱心|接龙")
_MOVED: Final = expression(
    r"(?:存入|缴存|汇[入至往到给向]|打[入到给]|转[入至到往给交赠]|移交|交[付给到至由]|送[到往至达交]|捐[给至往入到]|捐赠[给至]|上缴|上交|"
    r"缴入|寄[往给到]|支援|驰援|援助|资助)(?:了|给|到|至|往|入|予)?"
)
_FOLLOWS_A_NAME: Final = expression(
    r"$|[^\u4e00-\u9fff]|的|账|专户|用[于作来]|购买|采购|购置|手[中里]|统一|进行|作为|转|定向|防|抗|救|疫|捐|献|物资|爱心|接龙|接收|保管|和"
)


def _body_prefix(words: str) -> str:
    """The longest body with which the words begin, if what follows can stand behind a name; else empty."""
    office = _OFFICE.match(words)
    if office is not None:
        return office.group()
    run = _CHINESE_RUN.match(words)
    if run is None:
        return ""
    for end in range(run.end(), 2, -1):
        name = words[:end]
        head = body_head(name)
        if (
            head is not None
            and head[1] is not DonorKind.ENTERPRISE
            and len(head[0]) < len(name)
            and (len(head[0]) > 1 or head[0] in "镇乡村县院校市区")
            and _FOLLOWS_A_NAME.match(words, end) is not None
        ):
            return _BEFORE_NAME.sub("", name)
    return ""


_CHINESE_RUN: Final = expression(r"[\u4e00-\u9fff]{3,24}")


def _thanking(lead: list[str]) -> str:
    """The body that thanks the givers of a list (某中学全体师生衷心感谢以下校友)."""
    for words in lead:
        for match in _THANKS.finditer(words):
            name = _receiving_body(match["who"])
            if name and not _NEIGHBOURS.search(name):
                return name
    return ""


_MANY_TO_ONE: Final = expression(
    r"(?:各界|爱心人士|爱心企业|爱心单位|企业|商户|市民|群众|乡贤|校友|多家)[\u4e00-\u9fff]{0,6}?(?:向|为|给)"
    r"(?P<who>[\u4e00-\u9fff]{3,16}?)(?:捐|献|送)",
    needs="向为给",
)
"""社会各界向县医院捐赠防疫物资: the heading says who received all that follows."""


def _thankful(text: str) -> str:
    """The house that thanks the givers at the end of its news (某医院全体职工对爱心人士表示衷心的感谢)."""
    for match in _THANKFUL.finditer(text, max(0, len(text) - 300)):
        name = _receiving_body(match["who"])
        head = body_head(name) if name else None
        if head is not None and head[0] in _HOUSE_HEADS and text.count(name) > 1:
            return name
    return ""


_THANKFUL: Final = expression(
    r"(?:^|[,。!\n])(?P<who>[\u4e00-\u9fff]{4,20}?)(?:全体[\u4e00-\u9fff]{2,6}|[对向])[^。\n]{0,40}?(?:表示|致以)(?:最)?(?:衷心|诚挚|由衷|崇高|真诚)(?:的)?(?:感谢|谢意|敬意|问候和感谢)",
    needs="谢敬",
)
_HOUSE_HEADS: Final = frozenset(
    [
        "医院",
        "中医院",
        "人民医院",
        "卫生院",
        "学校",
        "小学",
        "中学",
        "大学",
        "学院",
        "幼儿园",
        "敬老院",
        "养老院",
        "福利院",
        "疾控中心",
    ]
)
_LONGEST_HEADING: Final = 60


def _aimed_at(head: str, start: str) -> str:
    """The body or place for which a heading or lead asks to give."""
    if len(head) > _LONGEST_HEADING and _SUM.search(head) is not None:
        head = ""
    for words in (
        head,
        *(line for line in start.split("\n")[:6] if _SUM.search(line) is None and "另有" not in line),
    ):
        for match in _GIVING_TO_HEAD.finditer(words):
            name = _clean_receiver(match["who"])
            if (
                (name := _BEFORE_NAME.sub("", name))
                and not _is_firm(name)
                and not re.search(r"疫情|防控|抗疫|灾区|全县|全市|大家|各位|社会|降温", name)
            ):
                return name
    for words in (head, *list(start.split("\n")[:6])):
        match_place = _TITLE_PLACE.search(words) if "接龙" in words else None
        if match_place is not None:
            return match_place["who"]
    for words in (head, *map(_of_all, start.split("\n")[:6])):
        for match in (*_FOR_USE_BY.finditer(words), *_THANKED_FOR.finditer(words)):
            name = _receiving_body(match["who"])
            if name and class_head(name) is None:
                return name
    return ""


def _body_alone(line: str) -> str:
    """The body that a line names and says nothing else (of 某小学全体师生: the school); empty where none."""
    if len(line) > _LONGEST_SIGNATURE:
        return ""
    bare = _DATE_END.sub("", line.strip(" \t()"))
    name = _ITS_PEOPLE.sub("", bare) if bare[-1:] in _PEOPLE_ENDS else bare
    if 4 <= len(name) <= 24 and _CHINESE_ONLY.fullmatch(name) and body_head(name) is not None:
        return name
    return ""


_LONGEST_SIGNATURE: Final = 80
_PEOPLE_ENDS: Final = frozenset("生员工民众学")
"""The characters with which `_ITS_PEOPLE` can end."""
_DATE_END: Final = expression(r"[\s\d年月日.\-/〇零一二三四五六七八九十()]+$")


def _issuer(head: str) -> str:
    """The body that stands after the heading proper: 关于接收捐赠的公示(第3号) 某县红十字会."""
    match = _AFTER_HEADING.search(head)
    return _body_alone(match["who"]) if match is not None else ""


def _stands_for(stem: str, name: str) -> bool:
    """Whether 我会、我校、学校 can stand for the full name."""
    if stem == "单位":
        return True
    pattern = _FULL_FORMS.get(stem, re.escape(stem))
    return re.search(rf"(?:{pattern})[^,。]{{0,8}}$", name) is not None


def _first_full(stem: str, head: str) -> str:
    """The full name in the heading for which 学校、医院、我会 stands."""
    pattern = _FULL_FORMS.get(stem, re.escape(stem))
    match = re.search(rf"(?P<who>[\u4e00-\u9fff]{{2,14}}?(?:{pattern}))", head)
    return _clean_receiver(match["who"]) if match is not None else ""


def _receiving_body(words: str) -> str:
    """The body at the beginning of the words, if it is one that gifts are handed to."""
    office = _OFFICE.match(words)
    if office is not None:
        return _BEFORE_NAME.sub("", office.group())
    name = _clean_receiver(_BEFORE_NAME.sub("", _NAME_STOP.split(words.removeprefix("了"), maxsplit=1)[0]))
    head = body_head(name) if name else None
    if not name or _is_firm(name) or _NOT_RECEIVING.search(name) or (head is not None and head[0] == name):
        return ""
    return name


_OFFICE: Final = expression(
    r"[\u4e00-\u9fff]{2,20}?(?:指挥部|领导小组|防控办|疫情办|专班)(?:办公室|[\u4e00-\u9fff]{2,6}组)?"
)
"""Bodies whose names hold 疫情防控, at which other names end."""


def _is_firm(name: str) -> bool:
    head = body_head(name)
    return head is not None and head[1] is DonorKind.ENTERPRISE and class_head(name) is None


def _taker_in(words: str) -> str:
    """The body that a line says to take gifts in (某县红十字会2月1日接受捐赠…); empty where none is."""
    for match in _TAKING_IN.finditer(words):
        end = match.start()
        while end > 0:
            filler = _BEFORE_TAKING_IN.search(words, max(0, end - 20), end)
            if filler is None:
                break
            end = filler.start()
        body = _BODY.search(words, max(0, end - 30), end)
        name = _clean_receiver(_BEFORE_NAME.sub("", body.group())) if body is not None else ""
        if name and name[0] not in "我本":
            return name
    return ""


def _clean_receiver(name: str) -> str:
    if "(" in name and ")" not in name:
        name = name[: name.index("(")]
    name = name.removeprefix("在")
    name = re.split(r"根据|按照|依据|为|现将|公示|公布|公告|关于|今日|现|由|经(?!济)|,|、(?=.*会)", name)[
        -1
    ].strip("()")
    name = re.sub(
        r"^(?:受灾|困难|患病|身患.{1,6}的)?(?:村民|学生|同学|患者|居民|职工|"
        r"员工)(?=[\u4e00-\u9fff]{2,4}(?:一家|家庭)?$)",
        "",
        name,
    )
    if len(name) < 3 or (
        body_head(name) is None
        and class_head(name) is None
        and not re.fullmatch(r"[\u4e00-\u9fff]{2,3}(?:一家|家庭)", name)
    ):
        return ""
    return name
