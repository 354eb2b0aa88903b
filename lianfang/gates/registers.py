"""The three paper registers of a gate, column by column in the order in which offices expect them.

The same columns are printed blank, printed filled and keyed in, so that a sheet is read off from left to
right. `width` is the share of the line; `code` names the cell where a row is keyed in ("" is not keyed:
the running number, and the day that stands on the head).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from lianfang.gates.models import SheetKind

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

ROWS_A_SHEET = 20


@dataclass(frozen=True, slots=True)
class Column:
    code: str
    title: "str | StrPromise"
    width: float
    hint: "str | StrPromise" = ""
    """What may be written in the cell, where its title does not say it."""
    lookup: bool = False
    """People and rooms of the place are offered while one types."""


@dataclass(frozen=True, slots=True)
class Register:
    kind: SheetKind
    letter: str
    """Stands in the number of a sheet: R0001."""
    columns: Sequence[Column]

    @property
    def title(self) -> "str | StrPromise":
        return self.kind.label

    @property
    def keyed(self) -> list[Column]:
        return [column for column in self.columns if column.code]


_TIME = _("8:05 或 805")
_READING = _("365 即 36.5;多次写 38.0/37.5;只写“正常”照写")
_YES_NO = _("无、有;空着表示没问")

PERSONS = Register(
    SheetKind.PERSONS,
    "R",
    (
        Column("", _("序号"), 0.9),
        Column("time_in", _("进入时间"), 1.5, _TIME),
        Column("time_out", _("离开时间"), 1.5, _TIME),
        Column("name", _("姓名"), 1.9, lookup=True),
        Column("document_number", _("身份证号"), 4.2),
        Column("phone", _("联系电话"), 2.7),
        Column("address", _("住址/楼栋房号"), 2.5, _("3-2-501 或 3号楼2单元501"), lookup=True),
        Column("category", _("人员类别"), 1.5, _("住户、租户、职工、访客、快递、施工、值守、应急")),
        Column("celsius", _("体温℃"), 1.4, _READING),
        Column("from_to", _("来自/去向"), 2.2),
        Column("purpose", _("事由"), 2),
        Column("exposure", _("14天内重点地区旅居史、接触史"), 2, _YES_NO),
        Column("symptoms", _("有无发热咳嗽"), 1.4, _YES_NO),
        Column("mask", _("是否戴口罩"), 1.2, _("是、否")),
        Column("pass_number", _("出入证号"), 1.9),
        Column("remark", _("备注/经办人"), 2, _("没有放行的写劝返、拒绝或暂留")),
    ),
)
VEHICLES = Register(
    SheetKind.VEHICLES,
    "C",
    (
        Column("", _("序号"), 0.9),
        Column("", _("日期"), 1.3),
        Column("time", _("时间"), 1.3, _TIME),
        Column("plate", _("车牌号"), 2.2, _("新能源为 8 位")),
        Column("vehicle_kind", _("车型/车辆性质"), 1.7),
        Column("name", _("驾驶人"), 1.7, lookup=True),
        Column("document_number", _("身份证号"), 3.8),
        Column("phone", _("电话"), 2.5),
        Column("coming_from", _("始发地"), 1.7),
        Column("via", _("途经"), 1.4),
        Column("going_to", _("目的地"), 1.7),
        Column("occupants", _("乘员数"), 1.1, _("含驾驶人")),
        Column("celsius", _("各人体温"), 1.9, _("驾驶人在前:36.5/36.8")),
        Column("load", _("装载货物"), 1.5),
        Column("pass_number", _("通行证号"), 1.7),
        Column("disinfected", _("是否消毒"), 1.1, _("是、否")),
        Column("outcome", _("处置"), 1.3, _("放行、劝返、拒绝;空着为放行")),
        Column("guard", _("登记人"), 1.4),
    ),
)
TEMPERATURES = Register(
    SheetKind.TEMPERATURES,
    "T",
    (
        Column("department", _("单位/部门"), 2.6),
        Column("name", _("姓名"), 2.2, lookup=True),
        Column("", _("日期"), 1.6),
        Column("morning", _("晨检"), 1.6, _READING),
        Column("noon", _("午检"), 1.6, _READING),
        Column("evening", _("晚检"), 1.6, _READING),
        Column("site", _("测量方式(额温枪/腋温/耳温)"), 2.6, _("额、腋、耳、腕")),
        Column("symptoms", _("有无症状"), 2, _YES_NO),
        Column("handling", _("异常处理"), 3),
        Column("guard", _("记录人"), 1.8),
    ),
)
REGISTERS: dict[str, Register] = {one.kind: one for one in (PERSONS, VEHICLES, TEMPERATURES)}
