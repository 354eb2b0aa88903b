"""The tables that may be imported, and the heads by which their columns are known, in any order."""

import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.errors import Refused

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

# A table may have a title and notes above its head.
HEADER_WITHIN = 10


class Table(models.TextChoices):
    BODIES = "bodies", _("单位名册")
    PERSONS = "persons", _("人员名册")


@dataclass(frozen=True, slots=True)
class Column:
    """A column that is understood: the field it fills, its title here, and the heads it goes by elsewhere."""

    field: str
    title: "str | StrPromise"
    heads: tuple[str, ...]
    required: bool = False

    @property
    def shown_heads(self) -> list[str]:
        """The heads that a page lists: those in Chinese."""
        return [head for head in self.heads if not head.isascii()]


@dataclass(frozen=True, slots=True)
class BadRow:
    """Why a row cannot be taken: its number in the table (the head counts), the column, what stands there."""

    number: int
    column: str
    value: str
    message: str


class NoHeader(Refused):
    """No row of the first ten has the head of the column that every row must fill."""

    def __init__(self, missing: str) -> None:
        super().__init__(
            _("没有找到表头:前 10 行中应有一行写着「%(missing)s」等列名。") % {"missing": missing},
            "no_header",
        )


COLUMNS: dict[str, tuple[Column, ...]] = {
    Table.BODIES: (
        Column(
            "name",
            _("单位名称"),
            ("名称", "全称", "单位", "企业名称", "机构名称", "商会名称", "单位全称", "name"),
            required=True,
        ),
        Column("kind", _("类别"), ("单位类别", "类型", "单位类型", "性质", "kind")),
        Column("area", _("属地"), ("所在属地", "镇街", "镇(街道)", "乡镇", "乡镇街道", "所在地", "area")),
        Column("parent", _("上级单位"), ("上级", "主管单位", "主管部门", "上级单位(条线)", "parent")),
        Column("aliases", _("简称"), ("又名", "别名", "简称、又名", "曾用名", "short name")),
        Column("credit_code", _("统一社会信用代码"), ("信用代码", "社会信用代码", "credit code")),
        Column("remark", _("备注"), ("说明", "remark")),
    ),
    Table.PERSONS: (
        Column("name", _("姓名"), ("名字", "人员", "人员姓名", "name"), required=True),
        Column("area", _("属地"), ("所在属地", "镇街", "镇(街道)", "乡镇", "乡镇街道", "所在地", "area")),
        Column("body", _("单位"), ("工作单位", "所在单位", "单位名称", "任职单位", "body")),
        Column("posts", _("职务"), ("岗位", "任职", "职位", "post")),
        Column("rank", _("职级"), ("级别", "rank")),
        Column(
            "phone", _("电话"), ("手机", "手机号", "手机号码", "联系电话", "联系方式", "电话号码", "phone")
        ),
        Column(
            "document_number",
            _("证件号码"),
            ("身份证号", "身份证号码", "身份证", "公民身份号码", "证件号", "id number"),
        ),
        Column("document_kind", _("证件类别"), ("证件类型", "证件种类")),
        Column("remark", _("备注"), ("说明", "remark")),
    ),
}


@dataclass(frozen=True, slots=True)
class Header:
    """Where the head of a table stands, and which field each of its columns fills ("" = not understood)."""

    row: int
    fields: tuple[str, ...]
    heads: tuple[str, ...]


def find_header(columns: Sequence[Column], rows: Sequence[Sequence[str]]) -> Header:
    """The first row that names the required columns. Raises NoHeader."""
    by_head = {_head(head): column.field for column in columns for head in (str(column.title), *column.heads)}
    for number, row in enumerate(rows[:HEADER_WITHIN]):
        fields: list[str] = []
        for cell in row:
            field = by_head.get(_head(cell), "")
            # A column whose head comes twice is taken once; the second is shown as not understood.
            fields.append("" if field in fields else field)
        if all(column.field in fields for column in columns if column.required):
            return Header(number, tuple(fields), tuple(str(cell).strip() for cell in row))
    raise NoHeader(next(str(column.title) for column in columns if column.required))


def filled(
    rows: Sequence[Sequence[str]], header: int, fields: Sequence[str]
) -> Iterator[tuple[int, dict[str, str]]]:
    """The rows below the head that are not empty, with their numbers as a spreadsheet shows them."""
    for place in range(header + 1, len(rows)):
        cells = {
            name: " ".join(str(cell).split()) for name, cell in zip(fields, rows[place], strict=False) if name
        }
        if any(cells.values()):
            yield place + 1, cells


def shown(cells: Mapping[str, str], name: str) -> str:
    """What stands in the cell; of a number or a phone only its end."""
    value = cells.get(name, "")
    if name in {"document_number", "phone"} and len(value) > 4:
        return "*" * (len(value) - 4) + value[-4:]
    return value if len(value) <= 60 else f"{value[:60]}…"


def _head(text: str) -> str:
    """A head as it is compared: without blanks, stars, colons; "(必填)" and the like do not count."""
    text = unicodedata.normalize("NFKC", str(text)).lower()
    text = re.sub(r"\((必填|选填|可空|可不填)\)", "", text)
    return re.sub(r"[\s*::]", "", text)
