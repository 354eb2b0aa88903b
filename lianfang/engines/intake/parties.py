"""Who receives, and where a receiver's name ends."""

import re
from typing import Final

from lianfang.engines.intake.claim import DonorKind, Place
from lianfang.engines.intake.draft import Party
from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.givers import read_givers
from lianfang.engines.intake.heads import body_head, class_head, title_length
from lianfang.engines.intake.names import titled_name_length
from lianfang.engines.intake.passage import Passage
from lianfang.engines.intake.phrases import Lead
from lianfang.engines.intake.sentence import ANY_FIGURE
from lianfang.engines.intake.topics import is_plausible


def object_and_recipient(
    passage: Passage, verb: re.Match[str], start: int, end: int
) -> tuple[int, Place | None]:
    """Where the object ends, and a receiver that is told after the verb."""
    masked = passage.masked
    if verb.group().endswith(("给", "到", "至", "往", "抵", "达", "进", "向")) or TO.match(masked, start):
        to = TO.match(masked, start)
        done = _DONE.match(masked, start)
        first = to.end() if to is not None else done.end() if done is not None else start
        stop = _receiver_end(passage, first, end)
        if stop > first:
            return end, (first, stop)
        return end, None
    given = _GIVEN_TO.search(masked, start, end)
    if given is not None:
        stop = _receiver_end(passage, given.end(), end)
        if stop > given.end():
            return given.start(), (given.end(), stop)
    support = _SUPPORT.search(masked, start, end)
    if support is not None and masked[support.end() : support.end() + 1] != "“":
        stop = _receiver_end(passage, support.end(), end)
        name = masked[support.end() : stop]
        if name and body_head(name) is not None and not ANY_FIGURE.search(name):
            return support.start(), (support.end(), stop)
    figure = ANY_FIGURE.search(masked, start, end)
    if figure is not None and figure.start() - start >= 3 and masked[start] not in "每了第":
        toward = _ALL_TOWARD.match(masked, start, figure.start())
        start = toward.end() if toward is not None else start
        cut = body_before_item(passage, start, figure.start())
        if cut is not None and (
            masked[cut : figure.start()].strip(" 的")
            or masked[figure.start()] == "\ue000"
            or _THING_AFTER.match(masked, figure.end(), end)
        ):
            return end, (start, cut)
    return end, None


def _receiver_end(passage: Passage, start: int, end: int) -> int:
    """Where a receiver's name ends: before 的 with an article, a figure, a purpose or the clause."""
    masked = passage.masked
    stop = end
    purpose = _AFTER_RECEIVER.search(masked, start, end)
    if purpose is not None:
        stop = purpose.start()
    first_figure = ANY_FIGURE.search(masked, start, stop)
    of = masked.rfind("的", start, first_figure.start()) if first_figure is not None else -1
    if (
        of > start
        and first_figure is not None
        and "、" not in masked[of : first_figure.start()]
        and body_head(masked[of + 1 : first_figure.start()].rstrip("等各共近约")) is None
    ):
        return of
    figure = next(
        (
            m
            for m in ANY_FIGURE.finditer(masked, start, stop)
            if m.start() > start and not _COUNTS_RECEIVERS.match(masked, m.end())
        ),
        None,
    )
    if figure is not None and masked[figure.start()] in "\ue000\ue001\ue003":
        cut = body_before_item(passage, start, figure.start())
        if cut is not None:
            return cut
        if masked[figure.start()] == "\ue001" and _PLACE_AFTER.match(masked, figure.end(), stop):
            return stop
        return start + len(masked[start : figure.start()].rstrip("约近共各合总累计"))
    return stop


def body_before_item(passage: Passage, start: int, end: int, *, receiver: bool = True) -> int | None:
    """Where a body's name ends that an article follows without a break (镇卫生院|口罩)."""
    for cut in range(end, start + 1, -1):
        name = passage.masked[start:cut]
        head = body_head(name)
        if (
            head is not None
            and len(head[0]) < len(name)
            and (len(head[0]) > 1 or head[0] in "镇乡县村市")
            and head[0] not in _ITEM_LIKE
            and "、" not in name
            and (head[1] is not DonorKind.ENTERPRISE or not receiver)
        ):
            return cut
        if (class_head(name) is not None and cut < end) or (
            name.endswith(("学子", "群众", "灾民")) and cut < end
        ):
            return cut
    return None


def receivers_of(recipient: Party | None) -> list[Party | None]:
    """The receivers that 、 or 和 set apart in a name, else the one."""
    if recipient is None:
        return [None]
    parts = [
        part
        for part in re.split(
            r"[、,]|以及|(?<=[\u4e00-\u9fff]{2})[和及与](?=[\u4e00-\u9fff]{2})", recipient.name
        )
        if part
    ]
    return [Party(part, recipient.place) for part in parts] if len(parts) > 1 else [recipient]


def party_at(passage: Passage, place: Place | None, *, resolve: bool = True) -> Party | None:
    """The body named in a place, with 该会 and the like resolved; None where the words name none."""
    if place is None:
        return None
    start, end = place
    masked = passage.masked
    while end > start and masked[end - 1] in " ,:、":
        end -= 1
    cut = _PARTY_TAIL.search(masked, start, end)
    if (
        cut is not None
        and cut.start() > start
        and (cut.group()[-1] not in "户号" or body_head(masked[start : cut.start()]))
    ):
        end = cut.start()
    in_need = _IN_NEED.match(masked, start, end)
    if in_need is not None:
        start = in_need.end()
    name = passage.sentence.original[start:end].strip(' “”"')
    body = _body_of_taker(name)
    end -= len(name) - len(body)
    name = body
    use = _USE_OF.search(name)
    if use is not None and body_head(name) is None and body_head(name[: use.start()]) is not None:
        end -= len(name) - use.start()
        name = name[: use.start()]
    if (
        _PURPOSE.search(name)
        and not name.endswith(("组", "队", "办", "部", "一线", "人员", "战线", "前线"))
        and body_head(name) is None
        and class_head(name) is None
    ):
        return None
    if _ONLY_A_WAY.fullmatch(name) or name.endswith("”平台"):
        return None
    if name in _THEM and passage.index:
        met = _MET.search(masked, *passage.clauses[passage.index - 1])
        if met is not None and body_head(met["who"]):
            return party_at(passage, met.span("who"))
    if not name or len(name) > (160 if "、" in name else 60) or name in _NOBODY or name.endswith("箱"):
        return None
    known = (
        passage.notice.point_back(name, [])
        if (resolve or name[0] in "该本我")
        and (_BODY_NAMED_BEFORE.fullmatch(name) or (resolve and name in _HOUSES))
        else None
    )
    if known is not None and known.name is not None:
        return Party(known.name, None)
    return Party(name, (passage.sentence.base + start, passage.sentence.base + end))


def _body_of_taker(name: str) -> str:
    """南门社区|党委书记王青山: who took it in for the body."""
    length = titled_name_length(name)
    if length is None:
        return name
    words = name[:-length]
    for _ in range(3):
        cut = title_length(words)
        if cut == 0:
            break
        words = words[:-cut].removesuffix("党委").removesuffix("党总支").removesuffix("党支部")
    head = body_head(words)
    return words if head is not None and len(head[0]) < len(words) else name


def via_at(passage: Passage, place: Place | None) -> Party | None:
    """The channel named in a place; 商会 alone stands for the chamber, 其父亲某某 for the person."""
    if place is None:
        return None
    start, end = place
    kin = _OWN_KIN.match(passage.masked, start, end)
    if kin is not None:
        start = kin.end()
    alone = passage.masked[start:end].strip() in _BARE_BODIES
    return party_at(passage, (start, end), resolve=alone)


_HOUSES: Final = frozenset(("医院", "学校"))
"""Words that stand for the hospital or school that a notice speaks of."""
_BARE_BODIES: Final = frozenset(("商会", "协会", "工商联", "联合会", "慈善会", "基金会", "红十字会", "学会"))
_OWN_KIN: Final = expression(
    r"(?:其|他的?|她的?|自己的?)(?:父亲|母亲|爱人|妻子|丈夫|儿子|女儿|哥哥|弟弟|姐姐|妹妹|同事|朋友|家人)(?=[\u4e00-\u9fff]{2,3}$)"
)
_BODY_NAMED_BEFORE: Final = expression(
    r"(?:该|本|我)?(?:基金会|协会|商会|学会|总商会|慈善会|红会)|(?:该|本)(?:公司|集团|医院|"
    r"学校|村|社区|局|校|院)|我(?:会|校|院|局|镇|村|社区|中心|所|县)"
)


def _label_before(passage: Passage, start: int) -> Party | None:
    """东关社区:收到捐款8万元: the body before the colon took it in."""
    if passage.index != 1 or passage.masked[passage.clauses[0][1] : start].strip() != ":":
        return None
    first, last = passage.clauses[0]
    name = passage.masked[first:last].strip()
    return party_at(passage, (first, last)) if len(name) <= 20 and body_head(name) is not None else None


def receiver_of(passage: Passage, lead: Lead) -> Party | None:
    """Who took in a sum, by the words before the verb."""
    subject_start, subject_end = lead.subject
    givers = read_givers(passage.sentence, subject_start, subject_end)
    names = [giver for giver in givers if giver.name is not None and is_plausible(passage, giver)]
    if not names:
        labelled = _label_before(passage, subject_start)
        return labelled or (passage.thread.recipient if passage.thread.receiving else None)
    if len(names) == 1 and names[0].points_back:
        return party_at(passage, names[0].place)
    if len(names) == 1 and PLACE_ONLY.fullmatch(str(names[0].name)):
        return None
    first, last = names[0].place[0], names[-1].place[1]
    if names[0].name in ("商会", "协会") and (
        known := passage.notice.point_back(str(names[0].name), passage.thread.givers)
    ):
        return Party(str(known.name))
    return party_at(passage, (first, last))


_PURPOSE: Final = expression(
    r"^(?:支持|抗击|打赢|做好|助力|阻击|战胜|支援|切实|全力)|疫情|防控|抗疫|防疫|战疫"
)
"""为抗击疫情捐款: what it is for names no receiver."""
TO: Final = expression(r"(?:了)?(?:给|到|至|往|予|入|进|向)(?:了)?")
_USE_OF: Final = expression(
    r"(?<=.{3})的?(?:疫情|防控|抗疫|防疫|抗击|防汛|救灾|采购|购买)[\u4e00-\u9fff]{0,20}(?<!一线)(?<!前线)$"
)
"""东街社区|疫情防控: what the receiver needs it for."""
_IN_NEED: Final = expression(
    r"(?:急需|亟需|紧缺|缺少|需要|奇缺)[\u4e00-\u9fff]{0,12}的(?=[\u4e00-\u9fff]{3,})"
)
"""急需消毒液的|县公安局: why, and not who."""
_ONLY_A_WAY: Final = expression(
    r"(?:网络|线上|线下|银行|微信|支付宝|手机|各种|多种|不同|其他|正规|官方|这种|现场|网上|个人|海外|各自|自己的?)*"
    r"(?:平台|渠道|方式|途径|转账|汇款|扫码|接龙|形式|通道|关系|努力|电汇|邮寄|快递|物流|微信|支付宝|义卖|网络|微信群)"
)
"""通过网络平台: a way, and no body."""
_COUNTS_RECEIVERS: Final = expression(
    r"(?:余|多)?(?:家|个)?(?:单位|企业|机构|医院|学校|村|社区|卡点|乡镇|镇街|街道|部门|站点|点位)"
)
"""等80余家单位: the figure belongs to the receiver's name."""
_ALL_TOWARD: Final = expression(r"(?:共计|合计|总计|一共|共)(?:向|为|给)")
"""此次捐赠|共计向|某中学…: the words before the receiver."""
_DONE: Final = expression(r"了")
_GIVEN_TO: Final = expression(
    r"(?:并|全部|都|一并|分别|,)?(?:捐赠给|捐献给|捐给|赠送给|赠给|送给|送到|送至|送往|送达|交给|交到|"
    r"转交给|捐到|捐至|捐往|运抵|运达|送抵|抵达|运往|发往|定向(?:用于|捐给)|给(?![他她我它自][们己的家])|(?<![达收受得遇直碰见感想赶来])到|(?<![甚以乃截直])至(?!少))(?!位|账|期|"
    r"今|达|场)(?:了)?"
)
_SUPPORT: Final = expression(r"(?:用于|用以|用来)?(?:支援|驰援|援助|支持|帮扶|资助|慰问|助力)(?:给)?")
_AFTER_RECEIVER: Final = expression(
    r"用于|用以|用来|购买|采购|作为|支援|支持|以表|以示|表达|助力|帮助|抗击|共克|共抗|慰问|[,。;!?]|转身|供|统一|"
    r"(?<=.{2})(?:登记|签收|验收|手中|的账户|账户)"
)
_THING_AFTER: Final = expression(r"[\u4e00-\u9fffA-Za-z][\u4e00-\u9fffA-Za-z0-9]")
_PLACE_AFTER: Final = expression(r"[\u4e00-\u9fff]{2,}")
PLACE_ONLY: Final = expression(
    r"(?:全|我|本)(?:县|市|区|镇|乡|村|省|州|国|街道|社区|校|院|公司|系统|校|行业|小区)|"
    r"[\u4e00-\u9fff]{2,4}(?:县|市|(?<![社小校园])区|镇|乡|省)"
)
_ITEM_LIKE_WORDS: Final = """
机 会 机械 食品 饮料 饮品 面 家电 电器 玩具 文具 图书 蔬菜 果品 水产 设备 装备 材料 用品 服装 药材
医疗 体育 运动 清洁 消防器材 汽车 家具 化肥 农药 蛋糕 粮油 机器人 仪器 眼镜 棉 饲料
"""
_ITEM_LIKE: Final = frozenset(_ITEM_LIKE_WORDS.split())
_NOBODY_WORDS: Final = """
去 来 出 出来 本次 本期 本棒 社会 大家 灾区人民 人民 国家 家乡 此 之 其 他 她 他们 自己 我们
疫情防控 抗疫 防疫工作
"""
_THEM: Final = frozenset(("其", "他们", "对方", "该院", "该校"))
_MET: Final = expression(
    r"(?:联系|对接|得知|了解到|走访|来到|前往|走进|慰问|看望)(?:上|了|到)?(?P<who>[\u4e00-\u9fff]{3,20})$"
)
"""联系火神山医院,|向其捐赠: whom the next clause gives to."""
_NOBODY: Final = frozenset(_NOBODY_WORDS.split())
_PARTY_TAIL: Final = expression(
    r"(?:(?<=.{2})(?:仓库|库房|昨日|今日|昨天|今天|昨|本级|(?:募捐|捐赠|善款)?专户|募捐账户|账户|账号|专户|指定账户|手中|手上|手里|那里|(?<!办事)处|一方|方面|进行|定点|分批|集中|再次|"
    r"再|也|又|还|等地|的?工作人员手中))$"
)
