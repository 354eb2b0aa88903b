"""What is known of the notice as a whole while its parts are read: its text, its heading, the names in it."""

import re
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from operator import itemgetter
from typing import Final

from lianfang.engines.intake.claim import DonorKind, GiftKind
from lianfang.engines.intake.draft import Draft, Party
from lianfang.engines.intake.expressions import expression
from lianfang.engines.intake.givers import Giver
from lianfang.engines.intake.names import kind_of_name
from lianfang.engines.intake.normal import normal
from lianfang.engines.intake.receivers import read_receiving, signature_of


@dataclass(slots=True)
class Notice:
    """A notice under reading: `original` as handed in, `text` its normal form of the same length."""

    original: str
    text: str
    title: str = ""
    is_list: bool = False
    """The heading says that the notice is a list of gifts (公示, 名单, 光荣榜, 接龙)."""
    speaks_of_giving: bool = False
    """Somewhere the text says 捐, 赠, 善款 or the like."""
    is_spending: bool = False
    """The heading says that the notice tells how gifts were used, not who gave them."""
    receives_all: bool = False
    """The receiver of the heading holds for the running text too, not only for the rows of a list."""
    about_giving: bool = False
    """The heading speaks of giving."""
    receiver: Party | None = None
    """Who takes in everything, where the heading says so."""
    channel: Party | None = None
    """The body that hands everything on to the receiver, where the heading says so."""
    signature: str = ""
    """The body that signs the notice at its end."""
    kind: GiftKind | None = None
    """What the latest sum of an earlier paragraph was of."""
    vague: tuple[list[Giver], Party | None, Party | None, Draft | None] | None = None
    """Who gave 物资 that are not told yet, to whom and through whom (…捐赠物资。物资包括口罩3000只)."""
    _named: list[tuple[int, Giver]] = field(default_factory=list)
    """Bodies and persons read so far, each with its place."""
    _not_read: deque[Callable[[], object]] = field(default_factory=lambda: deque(maxlen=_REMEMBERED))
    """Clauses that may name others."""

    def may_name(self, read: Callable[[], object]) -> None:
        """A clause may name somebody; `read` finds out, and is called only when a word stands for a name."""
        self._not_read.append(read)

    @property
    def named(self) -> list[Giver]:
        """Bodies and persons named so far, the latest last."""
        while self._not_read:
            self._not_read.popleft()()
        self._named.sort(key=itemgetter(0))
        return [giver for _, giver in self._named]

    def remember(self, giver: Giver, base: int) -> None:
        """Keep a giver named in the sentence at `base`, so that a later 该公司 or 商会 can stand for it."""
        if giver.name is None or giver.kind is DonorKind.GROUP or _SORT_OF_BODY.match(giver.name):
            return
        place = base + max(giver.place[0], 0)
        if giver.employer is not None:
            self._named.append((place, Giver(giver.employer, DonorKind.ENTERPRISE, (-1, -1))))
        name = giver.name if giver.kind is DonorKind.PERSON else giver.name.removeprefix("在")
        self._named.append((place, Giver(name, giver.kind, (-1, -1), employer=giver.employer)))
        if len(self._named) > _REMEMBERED:
            del self._named[: _REMEMBERED // 2]

    def last_person(self) -> Giver | None:
        """The person named last."""
        return next((giver for giver in reversed(self.named) if giver.kind is DonorKind.PERSON), None)

    def point_back(self, word: str, last: list[Giver]) -> Giver | None:
        """The giver that a word such as 该公司、集团、他 stands for, or None."""
        stem = re.sub(
            r"^(?:该|本|我们|咱们|我|咱|这家|这个|这一|此|其所在|其|他所在的?|她所在的?|所在|他的?|"
            r"她的?)(?=[\u4e00-\u9fff])",
            "",
            word,
        )
        if word in ("他们", "她们"):
            return next(
                (
                    giver
                    for giver in reversed([*self.named, *last])
                    if giver.name is not None and giver.kind is not DonorKind.PERSON
                ),
                None,
            )
        if re.search(r"[他她](?!的|所)|本人|自己|老人|个人|男子|小伙|者$|夫妇|女子", word):
            for giver in reversed([*self.named, *last]):
                if giver.kind is DonorKind.PERSON and giver.name is not None:
                    return giver
            return None
        if word.startswith(("其", "他", "她", "所在")) and len(word) > 1:
            person = next(
                (giver for giver in reversed([*self.named, *last]) if giver.kind is DonorKind.PERSON), None
            )
            return (
                None
                if person is None or person.employer is None
                else Giver(person.employer, DonorKind.ENTERPRISE, (-1, -1))
            )
        signed = self.signature
        if (
            word.startswith(("我", "本"))
            and signed
            and (signed.endswith(stem) or (stem == "会" and signed.endswith("会")))
        ):
            kind, _ = kind_of_name(signed, DonorKind.ORGANISATION)
            return Giver(signed, kind, (-1, -1))
        stem = {"会": "商会", "司": "公司", "校": "学校", "院": "医院"}.get(stem, stem)
        if stem in ("公司", "企业") and last and last[-1].kind is DonorKind.ENTERPRISE and last[-1].name:
            return last[-1]
        for giver in reversed([*self.named, *last]):
            if (
                giver.name is not None
                and giver.name.endswith(stem)
                and giver.name != stem
                and giver.kind is not DonorKind.PERSON
            ):
                return giver
        if word.startswith(("我", "本")) or stem in (
            "商会",
            "协会",
            "联盟",
            "总商会",
            "基金会",
            "集团",
            "工商联",
            "慈善会",
            "学会",
        ):
            headed = self._in_text(stem)
            if headed is not None:
                return headed
        if stem in ("公司", "企业", "厂", "店", "集团", "厂家", "机构", "单位", "酒店"):
            for giver in reversed([*self.named, *last]):
                if giver.kind is DonorKind.ENTERPRISE and giver.name is not None:
                    return giver
        return None

    def _in_text(self, stem: str) -> Giver | None:
        """The first full name in the notice that ends with the word."""
        ends = _FORMS_OF.get(stem, re.escape(stem))
        for match in re.finditer(
            rf"[\u4e00-\u9fff]{{2,16}}?(?:{ends})", self.title + "\n" + self.text[:4000]
        ):
            name = _NAME_LEAD.sub("", match.group())
            if len(name) >= len(stem) + 2:
                kind, _ = kind_of_name(name, DonorKind.ORGANISATION)
                return Giver(name, kind, (-1, -1))
        return None


_FORMS_OF: Final = {"学校": "学校|小学|中学|大学|学院|幼儿园", "医院": "医院|卫生院"}
"""The full names for which 我校 and 我院 stand, by their ends."""
_SORT_OF_BODY: Final = expression(
    r"(?:上市|民营|外资|国有|爱心|会员|本土)(?:公司|企业)|(?:异地|行业|基层|各|所属|直属|乡镇|本地|外埠)(?:[县市区])?(?:商会|协会|商协会|企业)"
)
"""异地商会: a sort of body, for which 商会 cannot stand later."""
_REMEMBERED: Final = 400
_NAME_LEAD: Final = expression(
    r"^.*(?:自从|据|由|到|向|在|为|给|经|和|与|及|从|对|将|的|日|号|时|至|远在\d*公里外的?|消息传来|入|关于)"
)
_LIST_HEAD: Final = expression(
    r"公示|名单|光荣榜|功德榜|爱心榜|红榜|芳名|接龙|明细|一览|捐款榜|捐赠榜|公告|清单|台账|统计表|"
    r"登记表|鸣谢|征信录|芳名录|乐捐|更正|快报|速报|存根|收据|张贴|公布|登记|捐赠信息|信息表"
)


def open_notice(text: str, title: str | None) -> Notice:
    """The notice with what its heading tells."""
    plain = normal(text)
    head = normal(title) if title else _first_line(plain)
    notice = Notice(text, plain, head)
    start = plain[:1500]
    notice.is_list = (
        _LIST_HEAD.search(head) is not None
        and re.search(r"捐|赠|爱心|接龙|善款|款物", head + start) is not None
    )
    notice.speaks_of_giving = (
        re.search(r"捐|赠|善款|募|爱心|功德|随喜|乐助|赞助|党费", head + plain[:3000]) is not None
    )
    notice.is_spending = (
        re.search(r"使用(?:情况|明细|公示)|拨付|支出|发放|分配|去向", head) is not None
        and re.search(r"接收|接受|收到|收支|捐赠情况", head) is None
    )
    notice.receives_all = (
        notice.is_list or "接龙" in start[:300] or "公示" in start[:400] or "群" in head or "感谢" in head
    )
    notice.signature = signature_of(plain)
    notice.about_giving = re.search(r"捐|赠|善款|爱心|党费", head) is not None
    receiving = read_receiving(head, plain, notice.signature, is_list=notice.is_list)
    notice.receiver = _as_written(receiving.receiver, plain, text)
    notice.channel = _as_written(receiving.channel, plain, text)
    notice.receives_all = notice.receives_all or receiving.of_all
    return notice


def _as_written(party: Party | None, plain: str, text: str) -> Party | None:
    """The body by the characters of the notice itself, where it stands in it."""
    place = plain.find(party.name) if party is not None else -1
    return party if party is None or place < 0 else Party(text[place : place + len(party.name)])


def _first_line(text: str) -> str:
    for line in text[:2000].split("\n"):
        if line.strip():
            return line.strip()[:120]
    return ""
