"""Who gives: the subject of a giving verb, or where it has none the giver told before."""

import re
from typing import Final

from lianfang.engines.intake.claim import DonorKind
from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.givers import Giver, read_givers
from lianfang.engines.intake.heads import body_head, title_length
from lianfang.engines.intake.names import is_person_name
from lianfang.engines.intake.passage import Passage
from lianfang.engines.intake.phrases import Lead
from lianfang.engines.intake.sentence import ANY_FIGURE
from lianfang.engines.intake.topics import KINSHIP, as_carried, is_plausible, is_topic, resolve, topic_of


def givers_of(passage: Passage, lead: Lead) -> list[Giver]:
    masked = passage.masked
    subject_start, subject_end = lead.subject
    if (
        lead.behalf is None
        and "个人" in lead.adverbs
        and masked[subject_start:subject_end].strip(" ,") in ("", "其中")
        and passage.thread.sum_drafts
        and (_after_class_part(passage) or passage.within_sum)
    ):
        place = masked.find("个人", subject_start)
        return [Giver("个人", DonorKind.GROUP, (place, place + 2))]
    if lead.behalf is not None and _OWN_FAMILY.fullmatch(masked, *lead.behalf) is None:
        name = re.search(r"的?名义$", masked[: lead.behalf[1]])
        found = read_givers(
            passage.sentence, lead.behalf[0], lead.behalf[1] if name is None else name.start()
        )
        if found and not found[0].points_back:
            return found
        body = _employer(passage, subject_start, subject_end)
        if body is not None:
            resolve(passage, names_in(passage, subject_start, subject_end))
            passage.notice.remember(body, passage.sentence.base)
            return [body]
        return resolve(passage, found) if found else []
    words = masked[subject_start:subject_end].strip(" ,:、“”")
    if _NO_ONE_GIVER.match(words):
        return []
    if len(words) > 1 and _THAT_PERSON.match(words):
        return resolve(passage, [Giver(words[0], DonorKind.ENTERPRISE, (-1, -1), points_back=True)])
    if passage.thread.speaker is not None and (not words or _FIRST_PERSON.fullmatch(words)):
        return [passage.thread.speaker]
    if not words and "个人" in lead.adverbs and passage.thread.givers:
        last = passage.thread.givers[-1]
        person = passage.notice.last_person() if last.kind is DonorKind.ENTERPRISE else None
        if person is not None and person.employer == last.name:
            return [person]
    if passage.thread.sum_drafts and _WAY_OF_PAYING.fullmatch(words):
        sums = passage.thread.sum_drafts[0]
        return [Giver(sums.donor, sums.donor_kind, (-1, -1))]
    if not words or EMPTY_SUBJECT.match(words) or _FIRST_PERSON.fullmatch(words):
        return carried_givers(passage)
    nominal = _NOMINAL.search(masked, subject_start, subject_end)
    if nominal is not None and nominal.start() > subject_start:
        subject_end = nominal.start()
    if _WITH_OTHERS.fullmatch(masked, subject_start, subject_end):
        carried = carried_givers(passage)
        if carried:
            return carried
    company = _COMPANY.match(masked, subject_start, subject_end)
    if company is not None:
        others = names_in(passage, company.end(), subject_end) if company["with"] else []
        return [*carried_givers(passage), *others]
    found = names_in(passage, subject_start, subject_end)
    if not found:
        return carried_givers(passage)
    return resolve(passage, found)


def _after_class_part(passage: Passage) -> bool:
    """Whether the record before is a part of a sum by classes (其中单位捐款…,个人捐款…)."""
    return bool(passage.found) and passage.found[-1].donor in (
        "单位",
        "企业",
        "集体",
        "机构",
        "会员单位",
        "企事业单位",
        "机关单位",
    )


def names_in(passage: Passage, start: int, end: int) -> list[Giver]:
    """The givers in the words of a subject; else the longest name they begin with."""
    found = [giver for giver in read_givers(passage.sentence, start, end) if is_plausible(passage, giver)]
    figure = ANY_FIGURE.search(passage.masked, start, end)
    if (
        figure is not None
        and passage.masked[figure.start()] == "\ue000"
        and not passage.masked.startswith("的", figure.end())
    ):
        topic = topic_of(passage, start, figure.start())
        if topic:
            return topic
    if found and not any(giver.guessed for giver in found):
        return found
    for cut in range(end - 1, max(start + 2, end - 25), -1):
        if passage.masked[cut] not in _BEGINS_AFTER or _AFTER_NAME.match(passage.masked, cut) is None:
            continue
        shorter = read_givers(passage.sentence, start, cut)
        if shorter and all(is_topic(passage, giver) and not giver.points_back for giver in shorter):
            return shorter
    named = _FIRM_AND_MORE.fullmatch(passage.masked, start, end) if found else None
    if named is not None and not is_person_name(named["more"]):
        shorter = read_givers(passage.sentence, start, named.start("more"))
        if shorter and all(is_topic(passage, giver) and not giver.points_back for giver in shorter):
            return shorter
    return found


_FIRM_AND_MORE: Final = expression(
    r"[^,、]{2,30}(?:公司|集团|商会|协会|学会|总会|基金会|银行)(?P<more>(?!.{0,4}(?:系统|员|企业|单位|职工|师生|志愿|各|所属))[\u4e00-\u9fff]{2,6})"
)
"""华茂公司|秉持初心: words of manner that are no adverb of the list."""


def _employer(passage: Passage, start: int, end: int) -> Giver | None:
    """The firm of a person who gives in its name: 霁月陶瓷老板公冶长林代表公司."""
    for cut in range(end - 2, start + 1, -1):
        title = title_length(passage.masked[start:cut])
        if title >= 2:
            body = passage.masked[start : cut - title]
            head = body_head(body)
            if head is not None:
                found = read_givers(passage.sentence, start, cut - title)
                if found:
                    return found[-1]
    return None


def carried_givers(passage: Passage) -> list[Giver]:
    """The giver of a clause without a subject: the head of an earlier clause, else the last giver."""
    if not passage.found or not passage.thread.open:
        for first, last in reversed(passage.clauses[: passage.index]):
            if _is_quoted(passage.masked, first):
                continue
            if (
                passage.thread.waiting == (first, last)
                and passage.thread.givers
                and not passage.found
                and not passage.thread.givers[0].guessed
            ):
                return as_carried(passage.thread.givers)
            topic = topic_of(passage, first, last)
            if topic:
                return topic
    return as_carried(passage.thread.givers)


def _is_quoted(masked: str, place: int) -> bool:
    """Whether the place stands in what somebody is quoted to say: whom that speaks of is no giver."""
    opened = masked.rfind("“", 0, place + 1)
    return opened >= 0 and masked.rfind("”", 0, place) < opened and masked.find("“", place) <= place


EMPTY_SUBJECT: Final = expression(
    r"^(?:(?:并|和|及|与|还|另|又|再|也|同时|此外|另外|随后|之后|其中|首批|首次|第二批|第二次|第.次|"
    r"次日|当天|当日|其|以及|除|除了|外|后|而后|然后|于是|继续|追加|多次|一次|共|这次|此次|本次|"
    r"[、,\ue004\ue014]|每.{1,6}|年来|以来|第一批|目前|据悉|第一个|头一个|最先|你们|其中|随信|随后又|"
    r"小时|月|全队|全店|全体队员|全公司|全家|\s|当场表态|表态|个人|自己|本人|现场|多次捐赠|次))*$"
)
_OWN_FAMILY: Final = expression(r"(?:我们|自己|他们?|她们?)?(?:全家人?|一家人?|家人|家庭|夫妻(?:二人|俩)?)")
"""沈兴维代表全家捐款: the person gives."""
_NOMINAL: Final = expression(r"(?:一天|当日|当天|首日|[\ue004\ue014]+|目前|累计)?的$")
_NO_ONE_GIVER: Final = expression(r"最[大高多小低少]|个别|某些|少数|平均|人均|户均|单笔|金额最")
_FIRST_PERSON: Final = expression(
    r"(?:我|俺|咱|本人|我们|我个人|我自己|我先|我也|我再|那我|我带头|[\s,。!]|刚到家|不强求也得)+"
)
_WAY_OF_PAYING: Final = expression(
    r"(?:其中|通过|使用|现场|现金|银行|网银|对公)*(?:支付宝|微信|二维码|扫码|转账|汇款|网络|线上|线下|银行|现场|邮局|平台|小程序|公众号)+"
)
"""微信捐款3500元: how the parts of a sum came in, not from whom."""
_AFTER_NAME: Final = expression(
    r"怀揣|满怀|怀着|手持|冒着|顶着|闻讯|心系|情系|应声|现场|纷纷|迅速|当场|也|还|又|先|在|从|为|把|将|向|已|主动|积极|带头|率先|扫码|表示|表态|得知|听说|"
    r"义卖|自发|连夜|个人|一次|第一|每|去|今|当|曾|不仅|虽|刚|闻|通过|带领|组织|联合|携|代表|以|用|花|"
    r"拿|来|前|捐|毫|特|专|默|悄|累|共|追|再|分|各|均|就|则|更|并|响应|慷慨|第|无偿|紧急|多次|两次|三次|"
    r"连续|\ue004"
)
_BEGINS_AFTER: Final = frozenset(word[0] for word in _AFTER_NAME.pattern.split("|")) | {"\ue004"}
_THAT_PERSON: Final = expression(rf"[他她](?!{KINSHIP})")
_WITH_OTHERS: Final = expression(r"\s*(?:(?:与|和|同|跟)(?:各|其他|其它|兄弟|众)|配合|协助)[^,]{1,16}")
"""(某公司响应号召,)|与各兄弟单位共同捐赠: who acts was named before."""
_COMPANY: Final = expression(r"\s*并?(?:(?P<with>携手|联合|会同|携)|带领|率领|带动|动员|号召|发动)")
