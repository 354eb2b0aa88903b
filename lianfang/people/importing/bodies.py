"""A row of a table of bodies."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.utils.translation import gettext as _

from lianfang.people.importing.known import Known, RowError
from lianfang.people.models import Area, Body, BodyKind

_CREDIT_CODE = re.compile(r"[0-9A-HJ-NPQRTUWXY]{18}")
_SEPARATOR = re.compile(r"[、;;,,/\n]+")
# Words by which lists call a kind, beside its own label.
_KIND_WORDS: dict[str, str] = {
    "商会": BodyKind.CHAMBER,
    "协会": BodyKind.CHAMBER,
    "公司": BodyKind.ENTERPRISE,
    "民营企业": BodyKind.ENTERPRISE,
    "政府": BodyKind.GOVERNMENT,
    "部门": BodyKind.GOVERNMENT,
    "机关": BodyKind.GOVERNMENT,
    "党组织": BodyKind.PARTY_BRANCH,
    "党支部": BodyKind.PARTY_BRANCH,
    "慈善组织": BodyKind.CHARITY,
    "红十字会": BodyKind.CHARITY,
    "医院": BodyKind.HOSPITAL,
    "卫生院": BodyKind.HOSPITAL,
    "村委会": BodyKind.VILLAGE_COMMITTEE,
    "居委会": BodyKind.VILLAGE_COMMITTEE,
    "联盟": BodyKind.ALLIANCE,
    "工作组": BodyKind.WORKING_GROUP,
    "其他": BodyKind.ORGANISATION,
}
_ENDINGS: tuple[tuple[str, str], ...] = (
    (r"工商联|工商业联合会", BodyKind.FEDERATION),
    (r"(商会|协会)", BodyKind.CHAMBER),
    (r"(医院|卫生院|疾控中心|疾病预防控制中心)", BodyKind.HOSPITAL),
    (r"(学校|小学|中学|幼儿园|大学|学院)", BodyKind.SCHOOL),
    (r"(村委会|居委会|村民委员会|居民委员会)", BodyKind.VILLAGE_COMMITTEE),
    (r"(红十字会|慈善总会|慈善会|基金会)", BodyKind.CHARITY),
    (r"(政府|街道办事处|局|委员会)", BodyKind.GOVERNMENT),
    (r"(集团|公司|厂|企业|超市|商店|合作社|酒店|饭店)", BodyKind.ENTERPRISE),
)


@dataclass(frozen=True, slots=True)
class BodyRow:
    """A body as a row says it; `there` is the id of the body that stands in the register already."""

    number: int
    name: str
    kind: str
    area: Area | None
    parent: Body | None
    aliases: tuple[str, ...]
    credit_code: str
    remark: str
    there: UUID | None

    @property
    def key(self) -> object:
        """Two rows with the same key are one body."""
        return self.name, self.area.pk if self.area else None


def read_body(number: int, cells: Mapping[str, str], known: Known) -> BodyRow:
    """Raises RowError."""
    name = _name(cells["name"])
    area = known.area(cells.get("area", "")) or known.top
    code = "".join(cells.get("credit_code", "").split()).upper()
    if code and not _CREDIT_CODE.fullmatch(code):
        raise RowError("credit_code", _("统一社会信用代码应为 18 位。"))
    remark = cells.get("remark", "")
    if len(remark) > 300:
        raise RowError("remark", _("备注请写在 300 字以内。"))
    there = _already(name, area, known)
    aliases = tuple(
        alias
        for alias in dict.fromkeys(_SEPARATOR.split(cells.get("aliases", "")))
        if alias and alias != name and (there is None or there not in known.holders(alias))
    )
    for alias in aliases:
        if len(alias) > 120:
            raise RowError("aliases", _("名称请写在 120 字以内。"))
        if known.holders(alias):
            raise RowError("aliases", _("「%(alias)s」已是另一单位的名称。") % {"alias": alias})
    parent = known.body(cells["parent"], "parent") if cells.get("parent") else None
    return BodyRow(
        number, name, _kind(cells.get("kind", ""), name), area, parent, aliases, code, remark, there
    )


def _name(text: str) -> str:
    if not text:
        raise RowError("name", _("请填写单位名称。"))
    if len(text) > 120:
        raise RowError("name", _("名称请写在 120 字以内(现有 %(count)d 字)。") % {"count": len(text)})
    if not text.isprintable():
        raise RowError("name", _("名称中有不可显示的字符,请删去。"))
    return text


def _kind(text: str, name: str) -> str:
    """The kind that the cell names; where it names none, the one that the name itself says."""
    if text:
        for kind in BodyKind:
            if text in {kind.value, str(kind.label)}:
                return kind.value
        if text in _KIND_WORDS:
            return str(_KIND_WORDS[text])
        raise RowError(
            "kind",
            _("不认识类别「%(kind)s」,可写:%(known)s。")
            % {"kind": text, "known": "、".join(str(kind.label).split("、")[0] for kind in BodyKind)},
        )
    for ending, kind_said in _ENDINGS:
        if re.search(rf"{ending}$", name):
            return str(kind_said)
    raise RowError("kind", _("请填写类别。"))


def _already(name: str, area: Area | None, known: Known) -> UUID | None:
    """The body with this full name in this area, or under this name anywhere if it has no area."""
    holders = known.holders(name)
    for pk in holders:
        body = known.bodies[pk]
        if body.area_id == (area.pk if area else None) or body.name != name:
            return pk
    return None
