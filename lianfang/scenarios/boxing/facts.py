"""What the article of 19 February 2020 says about bodies, persons, posts and gifts of Boxing county;
what it says of places is in `grounds`.

Encoded by us, fact by fact; none of its sentences is here. Dates, head-counts and amounts that the
article leaves out are left out. Division code: GB/T 2260.
"""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from lianfang.giving.models import BoundChoice, DonorKind, GiftKind, Scope
from lianfang.people.models import BodyKind

RESPONSE = "博兴县新型冠状病毒肺炎疫情防控(2020年)"
COUNTY = "博兴县"
COUNTY_CODE = "371625"
STARTED_ON = date(2020, 1, 24)

ARTICLE_TITLE = "山东滨州博兴县:汇集各方力量 助力疫情防控"
ARTICLE_PUBLISHER = "中国山东网-感知山东"
ARTICLE_REPORTER = "于文哲"
ARTICLE_PUBLISHED = date(2020, 2, 19)

APPEAL_TITLE = "博兴县工商联关于合力抗击新型冠状病毒肺炎疫情的倡议"
APPEAL_POINTS = ("守土有责,把好企业关", "积极履行社会责任", "与全县人民同频共振,共度难关")
# The chambers that the article names as following the appeal.
APPEAL_REACHED = frozenset(
    {"博兴县工商联金属板业商会", "山东省厨具协会", "博商汇", "兴福镇商会", "店子镇商会", "曹王镇商会"}
)

TOWNSHIPS = ("兴福镇", "店子镇", "曹王镇", "锦秋街道")
VILLAGE = ("三官庙村", "锦秋街道")


@dataclass(frozen=True, slots=True)
class BodyFact:
    name: str
    kind: str
    area: str = COUNTY
    parent: str = ""
    aliases: tuple[str, ...] = ()
    may_issue_receipts: bool = False
    remark: str = ""


FEDERATION = "博兴县工商联"
BODIES = (
    BodyFact("中共博兴县委", BodyKind.GOVERNMENT, aliases=("县委",), remark="与县府一并统一部署疫情防控工作"),
    BodyFact("博兴县政府", BodyKind.GOVERNMENT, aliases=("县府", "县政府")),
    BodyFact("博兴县委统战部", BodyKind.GOVERNMENT, parent="中共博兴县委", aliases=("县委统战部",)),
    BodyFact("博兴县政协", BodyKind.GOVERNMENT, aliases=("县政协",)),
    BodyFact(FEDERATION, BodyKind.FEDERATION, aliases=("县工商联",)),
    BodyFact("博兴县工商联党支部", BodyKind.PARTY_BRANCH, parent=FEDERATION),
    BodyFact("博兴县工商联金属板业商会", BodyKind.CHAMBER, parent=FEDERATION, aliases=("金属板业商会",)),
    BodyFact("金属板材商会", BodyKind.CHAMBER),
    BodyFact("板材商会", BodyKind.CHAMBER),
    BodyFact("山东省厨具协会", BodyKind.CHAMBER),
    BodyFact("博商汇", BodyKind.CHAMBER),
    BodyFact("兴福镇商会", BodyKind.CHAMBER, area="兴福镇"),
    BodyFact("兴福镇统一战线联盟", BodyKind.ALLIANCE, area="兴福镇", aliases=("镇统一战线联盟",)),
    BodyFact("店子镇商会", BodyKind.CHAMBER, area="店子镇", aliases=("店子镇基层商会",)),
    BodyFact("曹王镇商会", BodyKind.CHAMBER, area="曹王镇"),
    BodyFact("店子镇政府", BodyKind.GOVERNMENT, area="店子镇"),
    BodyFact("店子镇", BodyKind.GOVERNMENT, area="店子镇", remark="报道中作为接收单位出现的写法"),
    BodyFact("经济开发区", BodyKind.GOVERNMENT),
    BodyFact("博兴县疾控中心", BodyKind.HOSPITAL, aliases=("县疾控中心",)),
    BodyFact("京博集团", BodyKind.ENTERPRISE, remark="中国民营企业“500强”"),
    BodyFact("香驰集团", BodyKind.ENTERPRISE),
    BodyFact("渤海集团", BodyKind.ENTERPRISE),
    BodyFact("永鑫集团", BodyKind.ENTERPRISE),
    BodyFact("万事达集团", BodyKind.ENTERPRISE),
    BodyFact("山东长盈油脂科技有限公司", BodyKind.ENTERPRISE),
    BodyFact("斯佳服饰广场", BodyKind.ENTERPRISE),
    BodyFact("陈氏特产食品有限公司", BodyKind.ENTERPRISE),
    BodyFact("锦秋街道办事处", BodyKind.GOVERNMENT, area="锦秋街道"),
    BodyFact(
        "三官庙村“两委”", BodyKind.VILLAGE_COMMITTEE, area="三官庙村", aliases=("三官庙村两委", "村两委")
    ),
    BodyFact(
        "三官庙村疫情防控党员志愿队",
        BodyKind.ORGANISATION,
        area="三官庙村",
        parent="三官庙村“两委”",
        aliases=("疫情防控党员志愿队",),
    ),
)
LEADING_GROUP = "博兴县工商联疫情防控工作领导小组"
WORK_PLAN = "博兴县工商联疫情防控工作方案"
# All that the article says of its content.
IN_THE_PLAN = "三官庙村是第一书记包保村,纳入本方案,统一部署,统一安排。(据报道;方案全文未载)"
# The three names that may be one chamber: proposed, to be linked by a person's decision only.
LOOK_ALIKES = (
    ("金属板材商会", "博兴县工商联金属板业商会"),
    ("板材商会", "金属板材商会"),
)
MEMBER_COUNT = ("副主席、执委企业", 70)


@dataclass(frozen=True, slots=True)
class PersonFact:
    name: str
    posts: tuple[tuple[str, str], ...]
    rank: str = ""


PERSONS = (
    PersonFact("李明国", (("店子镇商会", "会长"),)),
    PersonFact("韩克刚", (("金属板材商会", "党总支书记"),)),
    PersonFact("刘刚", ((FEDERATION, "秘书长"), ("博兴县工商联党支部", "书记"))),
    PersonFact("安长东", (("博兴县政协", "副主席"), (FEDERATION, "主席"))),
    PersonFact("郑永平", (("博兴县委统战部", "副部长"), (FEDERATION, "党组书记"))),
    PersonFact("王艳莉", ((FEDERATION, "副主席"), ("博兴县政协", "副秘书长")), rank="二级主任科员"),
    PersonFact(
        "安俐", ((FEDERATION, "党组成员"), (FEDERATION, "副主席"), ("三官庙村“两委”", "包村第一书记"))
    ),
)


@dataclass(frozen=True, slots=True)
class GiftFact:
    """One record of the article's gifts: money in yuan with its bound; goods with what is said of them."""

    donor: str
    donor_kind: str
    kind: str
    yuan: int | None = None
    bound: str = ""
    recipient: str = ""
    via: str = ""
    item: str = ""
    quantity: Decimal | None = None
    unit: str = ""
    scope: str = Scope.GIFT
    count: int | None = None
    section: str = "引导商会"

    def columns(self) -> dict[str, Any]:
        """The values of the mention that says this."""
        return {
            "donor": self.donor,
            "donor_kind": self.donor_kind,
            "kind": self.kind,
            "scope_of_figure": self.scope,
            "value": Decimal(self.yuan) if self.yuan is not None else None,
            "bound": (self.bound or BoundChoice.EXACT) if self.yuan is not None else "",
            "item": self.item,
            "quantity": self.quantity,
            "unit": self.unit,
            "recipient": self.recipient,
            "via": self.via,
            "count": self.count,
        }


_CHAMBER, _PERSON, _FIRM = DonorKind.CHAMBER, DonorKind.PERSON, DonorKind.ENTERPRISE
_CASH, _GOODS = GiftKind.CASH, GiftKind.GOODS
_OVER = BoundChoice.OVER
_FIRMS = "发动企业"

GIFTS = (
    GiftFact("兴福镇商会、镇统一战线联盟", _CHAMBER, GiftKind.MIXED, 1_700_000, _OVER, scope=Scope.TOTAL),
    GiftFact("店子镇基层商会", _CHAMBER, _CASH, 1_440_000, _OVER),
    GiftFact("店子镇基层商会", _CHAMBER, _GOODS, 130_000, _OVER, item="防疫物资"),
    GiftFact("曹王镇商会", _CHAMBER, _CASH, 292_000),
    GiftFact("金属板材商会", _CHAMBER, _CASH, 208_000),
    GiftFact("山东省厨具协会", _CHAMBER, _CASH, 220_000),
    GiftFact("李明国", _PERSON, _CASH, 100_000, recipient="店子镇政府"),
    GiftFact(
        "李明国",
        _PERSON,
        _GOODS,
        66_000,
        recipient="店子镇政府",
        item="红外测温仪",
        quantity=Decimal(1),
        unit="台",
    ),
    GiftFact("李明国", _PERSON, _CASH, 10_000, via="板材商会"),
    GiftFact("韩克刚", _PERSON, _CASH, 150_000, recipient="经济开发区"),
    GiftFact("韩克刚", _PERSON, _CASH, 50_000, recipient="店子镇"),
    GiftFact("韩克刚", _PERSON, _CASH, 10_000, recipient="金属板材商会"),
    GiftFact("执委企业", DonorKind.GROUP, _CASH, 100_000, _OVER, scope=Scope.TIER, count=30, section=_FIRMS),
    GiftFact("京博集团", _FIRM, _CASH, 6_000_000, section=_FIRMS),
    GiftFact("香驰集团", _FIRM, _CASH, 3_000_000, section=_FIRMS),
    GiftFact("渤海集团", _FIRM, _CASH, 3_000_000, section=_FIRMS),
    GiftFact("永鑫集团", _FIRM, _CASH, 1_000_000, section=_FIRMS),
    GiftFact("万事达集团", _FIRM, _CASH, 600_000, section=_FIRMS),
    GiftFact("万事达集团", _FIRM, _GOODS, 100_000, BoundChoice.NEARLY, item="防疫物资", section=_FIRMS),
    GiftFact(
        "山东长盈油脂科技有限公司",
        _FIRM,
        _GOODS,
        recipient="全县14家企事业单位",
        item="消毒液",
        quantity=Decimal(1400),
        unit="公斤",
        section=_FIRMS,
    ),
    GiftFact(
        "斯佳服饰广场",
        _FIRM,
        _GOODS,
        10_000,
        _OVER,
        recipient="县疾控中心",
        item="防寒羽绒服",
        section=_FIRMS,
    ),
    GiftFact(
        "陈氏特产食品有限公司",
        _FIRM,
        _GOODS,
        item="方便面",
        quantity=Decimal(100),
        unit="箱",
        section=_FIRMS,
    ),
    GiftFact(
        "博兴县民营企业家", DonorKind.GROUP, _CASH, 20_000_000, _OVER, scope=Scope.TOTAL, section=_FIRMS
    ),
    GiftFact("博兴县民营企业家", DonorKind.GROUP, _GOODS, item="防疫物资", scope=Scope.TOTAL, section=_FIRMS),
)
# On another town's list the article saw a name again, without an amount: it waits for a person to ask.
SEEN_ON_A_LIST = GiftFact("李明国", _PERSON, _CASH, via="兴福镇商会")
INCOMPLETE_COUNT = "据不完全统计"
