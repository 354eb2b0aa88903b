"""Whom a clause speaks of: the name at its head, and the words that stand for somebody named before."""

import re
from functools import partial
from typing import Final

from lianfang.engines.intake.claim import DonorKind
from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.givers import Giver, read_givers
from lianfang.engines.intake.heads import HEAD_ENDS, TITLE_ENDS, body_head, class_head, title_length
from lianfang.engines.intake.names import kind_of_name
from lianfang.engines.intake.passage import Passage
from lianfang.engines.intake.phrases import belongs_to_name
from lianfang.engines.intake.sentence import ANY_FIGURE


def is_plausible(passage: Passage, giver: Giver) -> bool:
    """Whether the words read as a giver can be a name."""
    name = giver.name
    if name is None:
        return True
    if name.startswith(("帮我", "替我", "我们", "咱们")):
        return False
    if giver.kind is DonorKind.GROUP and name.endswith(("信息", "消息", "电话", "善款", "物资")):
        return False
    if giver.kind is DonorKind.PERSON and any(word in name for word in ("捐", "募", "价值")):
        return False
    if DEED_IN_NAME.search(name) or (name[:1] in _HE_OR_SHE and len(name) > 2 and name[1] not in "们的"):
        return False
    if len(name) > 40 or (giver.guessed and (len(name) > 14 or len(name) < 2 or _THINGS.search(name))):
        return False
    first, last = giver.place
    if (
        first >= 0
        and ANY_FIGURE.search(passage.masked, first, last)
        and passage.masked[first] in "\ue000\ue001\ue003"
    ):
        return False
    return not (
        giver.guessed
        and (_NOT_A_NAME.search(name) or (first >= 0 and ANY_FIGURE.search(passage.masked, first, last)))
    )


def resolve(passage: Passage, givers: list[Giver]) -> list[Giver]:
    """Words that stand for a named giver are replaced by that name."""
    resolved: list[Giver] = []
    for giver in givers:
        if not giver.points_back or giver.name is None:
            resolved.append(giver)
            passage.notice.remember(giver, passage.sentence.base)
            continue
        known = passage.notice.point_back(giver.name, passage.thread.givers)
        if known is not None:
            resolved.append(known)
        elif giver.name in ("企业", "单位", "商会", "公司", "集团", "协会"):
            kind, _ = kind_of_name("某" + giver.name, DonorKind.ENTERPRISE)
            resolved.append(Giver(giver.name, kind, giver.place, giver.count))
        elif giver.name.startswith(("其", "他", "她", "所在")) and len(giver.name) > 2:
            resolved.append(Giver(None, DonorKind.ENTERPRISE, giver.place))
        elif giver.kind is DonorKind.ENTERPRISE and re.search(r"[他她人男女子者]", giver.name):
            resolved.append(Giver(None, DonorKind.PERSON, giver.place))
    return resolved


def as_carried(givers: list[Giver]) -> list[Giver]:
    """The givers without a place of their own, as told in an earlier clause."""
    return [
        Giver(g.name, g.kind, (-1, -1), g.count, guessed=g.guessed) if g.place[0] >= 0 else g for g in givers
    ]


def topic_of(passage: Passage, start: int, end: int) -> list[Giver]:
    """Who a clause without a giving verb speaks of, by the name at its head."""
    known = passage.topics.get((start, end))
    if known is None:
        known = _find_topic(passage, start, end)
        passage.topics[start, end] = known
    return known


def _find_topic(passage: Passage, start: int, end: int) -> list[Giver]:
    """Who a clause without a giving verb speaks of, by the name at its head."""
    masked = passage.masked
    if masked.startswith(_NO_TOPIC, start):
        return []
    led = _LED_BODY.search(masked, start, end) if masked.find("领", start, end) > 0 else None
    if led is not None:
        found = [g for g in read_givers(passage.sentence, *led.span("body")) if is_topic(passage, g)]
        if len(found) == 1 and found[0].kind is DonorKind.ENTERPRISE and not found[0].points_back:
            return resolve(passage, found)
    counted = _HAS_GIVERS.search(masked, start, end) if masked.find("\ue002", start, end) > 0 else None
    if counted is not None and class_head(counted["class"]) is not None:
        return read_givers(passage.sentence, *counted.span("who"))
    stops = [
        match.start()
        for match in _BOUNDARY.finditer(masked, start + 2, min(end, start + 60))
        if not (masked[match.start()] in "向为" and belongs_to_name(masked, start, match.start(), end))
        and not (
            masked[match.start()] in "\ue000\ue001\ue004" and "的" in masked[match.end() : match.end() + 10]
        )
    ][:8]
    if end - start <= (60 if "、" in masked[start:end] else 30):
        stops.append(end)
    for stop in stops:
        found = read_givers(passage.sentence, start, stop)
        good = [g for g in found if is_topic(passage, g)]
        if good and len(good) == len(found):
            return resolve(passage, good)
    pronoun = _PRONOUN.match(masked, start, end)
    if pronoun is not None:
        return resolve(
            passage, [Giver(pronoun["word"], DonorKind.ENTERPRISE, pronoun.span("word"), points_back=True)]
        )
    titled = _titled_head(passage, start, end)
    if titled is not None:
        return resolve(passage, [titled])
    pointed = _POINTED_AT.search(masked, start, end)
    if pointed is not None:
        found = [g for g in read_givers(passage.sentence, pointed.end(), end) if is_plausible(passage, g)]
        if found and not found[0].guessed:
            return resolve(passage, found)
    acting = _ACTS.match(masked, start, end)
    if acting is not None:
        found = read_givers(passage.sentence, *acting.span("who"))
        if len(found) == 1 and found[0].guessed and is_plausible(passage, found[0]):
            return [Giver(found[0].name, DonorKind.ENTERPRISE, found[0].place, guessed=True)]
    for cut in range(min(end, start + 24), start + 3, -1):
        head = body_head(masked[start:cut]) if masked[cut - 1] in HEAD_ENDS else None
        if (
            head is not None
            and (len(head[0]) >= 2 or head[0] == "店")
            and not masked.endswith(("会员店", "门店", "连锁店", "分店"), start, cut)
            and len(head[0]) < cut - start
            and not re.search(r"[、的地到来了着(]", masked[start:cut])
        ):
            found = [g for g in read_givers(passage.sentence, start, cut) if is_topic(passage, g)]
            if found:
                return resolve(passage, found)
    return []


def _titled_head(passage: Passage, start: int, end: int) -> Giver | None:
    """A person named with a title near the head of a clause, whatever the verb that follows."""
    masked = passage.masked
    for cut in range(start + 4, min(end, start + 36)):
        if masked[cut - 3] not in TITLE_ENDS and masked[cut - 4] not in TITLE_ENDS:
            continue
        if title_length(masked[start : cut - 2]) < 2 and title_length(masked[start : cut - 3]) < 2:
            continue
        found = read_givers(passage.sentence, start, cut)
        if (
            len(found) != 1
            or found[0].kind is not DonorKind.PERSON
            or found[0].guessed
            or found[0].name is None
        ):
            continue
        longer = (
            read_givers(passage.sentence, start, cut + 1)
            if cut < end and masked[cut] not in _NOT_IN_NAMES and masked[cut : cut + 2] not in _MANNER
            else []
        )
        if (
            len(longer) == 1
            and longer[0].kind is DonorKind.PERSON
            and not longer[0].guessed
            and longer[0].name is not None
            and len(longer[0].name) == 3
        ):
            return longer[0]
        return found[0]
    return None


def is_topic(passage: Passage, giver: Giver) -> bool:
    """Whether a giver read from the head of a clause is certain enough to be spoken of."""
    if giver.guessed or not is_plausible(passage, giver):
        return False
    return (
        giver.name is None
        or giver.kind is DonorKind.PERSON
        or giver.points_back
        or not _NOT_A_NAME.search(
            giver.name.replace("有限", "")
            if giver.kind is DonorKind.ENTERPRISE
            else giver.name.removeprefix("在")
            if giver.kind is DonorKind.GROUP
            else giver.name
        )
    )


def note_topic(passage: Passage, start: int, end: int) -> None:
    """Remember whom the clause speaks of, for the clauses after it."""
    opened = passage.masked.rfind("“", 0, start)
    if opened >= 0 and passage.masked.rfind("”", 0, start) < opened:
        return  # what somebody says of others
    if passage.sentence.base + start > passage.thread.last_deed:
        return
    topic = partial(topic_of, passage, start, end)
    passage.notice.may_name(topic)
    if passage.index == 0 or not passage.thread.open:
        passage.thread.go_on_about(topic)


_NOT_A_NAME: Final = expression(
    r"[了着过把将被让给从向为在是有没不,。!?:;“”\"《》]|但|仍|却|虽|捐|赠|以来|期间|活动|疫情|截至|通知|公告|收到|积极响应|号召|"
    r"接收|名单|万元|情况|其中|组织|开展|参与|支持|行动|纷纷|仪式|物资|金额|序号|合计|下午|上午"
)
DEED_IN_NAME: Final = expression(
    r"驱车|赶到|来到|走进|前往|奔赴|送到|送往|得知|听说|听到|看到|为了|因为|宣布|表示|座谈会$|大会$|"
    r"时候|时分|时间里|应声而|^时间$|[\d一二三四五六七八九十]岁|[\ue001\ue011]|[这此该]批|晚会$|仪式$|发布会$|推进会$|会议$|活动$|现场$|行动$|"
    + "".join(rf"{number}(?<!.{number})个?(?:多)?[月天年周]|" for number in "半一两三几数")
    + r"最(?<!.最)[大高多小]|个(?<!.个)别|某(?<!.某)些|少(?<!.少)数|不(?<!.不)少|一(?<!.一)些"
)
"""Words of a deed in what was read as a name, and words that no name begins with."""
_HE_OR_SHE: Final = frozenset("他她")
KINSHIP: Final = r"[们的所家妻妈爸父母儿女哥弟姐妹和与跟]|爱人|老伴|丈夫|媳妇|同事|朋友|还?有"
_PRONOUN: Final = expression(rf"[\s,]*(?P<word>他|她)(?!{KINSHIP})")
_MANNER: Final = frozenset(
    (
        "牵头",
        "合买",
        "合资",
        "合捐",
        "合伙",
        "网购",
        "凑钱",
        "专程",
        "深情",
        "动情",
        "高兴",
        "诚恳",
        "真诚",
        "坦言",
        "直言",
        "感慨",
        "欣慰",
        "满怀",
        "难掩",
        "特地",
        "毅然",
        "毫不",
        "慷慨",
        "果断",
        "激动",
        "介绍",
        "刚刚",
        "立刻",
        "立即",
        "随即",
        "当即",
        "积极",
        "主动",
        "热心",
        "默默",
        "悄悄",
        "连夜",
        "多次",
        "第一",
        "两次",
        "三次",
        "紧急",
        "亲自",
        "专程",
        "特意",
        "率先",
        "带头",
        "心系",
        "情系",
        "身在",
        "远在",
        "得知",
        "自发",
        "自愿",
    )
)
"""Words of manner that follow a name of two characters, so that it is not read as three."""
_NOT_IN_NAMES: Final = frozenset(
    "在从把将向为给让用对也还就又已先即便骑驾走来赶听看得拿拉带开是有站坐说当冒顶多闻了自连辗通联召决花购采捐赠积主响不表称和与及以第拄扛背捧揣提抱推的、,的。"
)
_NO_TOPIC_WORDS: Final = """
除 全部 均 已 响应 面对 针对 按照 根据 带领 率领 并联合 并携手 并会同 携手 会同
从 到 安排 委派 发动 号召 如 若 据 经更正 经核 每 截至 截止 从外 从各 从国 从境 从省
"""
_NO_TOPIC: Final = tuple(_NO_TOPIC_WORDS.split())
"""How clauses begin that name nobody at their head."""
_LED_BODY: Final = expression(
    r"(?:带领|率领)(?P<body>[\u4e00-\u9fff()]{3,20}?)(?=率先|积极|主动|第一时间|行动|响应|投身|参与|$)"
)
"""董事长王某带领某集团率先行动: the firm acts."""
_POINTED_AT: Final = expression(r"(?:的(?:就)?(?:是|为|有|要数)|(?:捐款|善款|捐赠|物资)?来自(?:于)?)")
_THINGS: Final = expression(r"(?:蔬菜|物资|口罩|大米|水果|防护服|消毒液|善款|捐款)$")
_ACTS: Final = expression(
    r"\s*(?P<who>[\u4e00-\u9fff]{3,9}?)(?:主动|积极|第一时间|紧急|多方|慷慨|迅速|率先|闻讯|委派|自掏|来到|当即)"
    r"(?<!后....)(?<!后...)(?<!后..)"
)
"""红星美凯龙|主动联系: a name that only its deed gives away."""
_HAS_GIVERS: Final = expression(
    r"有(?P<who>\ue002\ue012*(?P<class>[\u4e00-\u9fff]{2,10}?))(?:纷纷|积极|主动|踊跃|自发|先后|也)*"
    r"(?:参与|响应|行动|加入|投身|参加|伸出|慷慨|献|解囊)"
)
"""商会已有|170多位会员|响应号召: who gives in the clauses that follow."""
_BOUNDARY: Final = expression(
    r"应声|说(?=[:,。]|$)|现已|采摘|采收|牵头|合买|合资|网购|凑钱|派(?=代表|人|员|专人|出)|因(?=为|是)|发扬|弘扬|秉承|秉持|本着|践行|现年|(?:介绍|坦言|告诉|表示|动情地?|笑着|激动地?|感慨)说?|从|居家|自掏|多方|四处|想方设法|千方百计|带领|率领|义卖|纷纷|立即|慷慨|带头|积极|在(?!外)|把|将(?!军)|向(?!阳)|为(?!民|夫妇|夫妻|一家)|给|让|用|"
    r"对|骑|驾|走进|走到|来到|赶到|赶来|听说|听到|得知|获悉|看到|拿|拉着|带着|开着|投入|接到|接收|收到|"
    r"完成|赶制|是|有(?!限)|站|坐|表示|当场|紧急|冒着|顶着|迅速|第一时间|多次|驱车|闻讯|了解|自费|连夜|"
    r"辗转|通过|联系|赴|跟进|紧随|不甘|接力|闻声|除(?!尘|湿|草|雪|夕)|携(?!程|手)|偕|率(?!先)|召开|决定|花|"
    r"购|采购|筹|生产|日夜|加班|暂停|停|克服|牵挂|心系|情系|不忘|累计|捐|赠|积极|主动|响应|也|还|先|又|"
    r"就|\ue000|\ue001|\ue004|不仅|虽|刚|曾|去年|今年|当选|担任|行动|致富|没|未|家住|拄|扛|捧|揣|率先|"
    r"第一个|每卖|每售|一直|始终|作为|成立|发起|组织|发动|号召|承担|委托|已|未"
)
