"""The tables that may be imported into a place, and the heads by which their columns are known."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.people.importing import Column


class Table(models.TextChoices):
    RESIDENTS = "residents", _("居住人员名册(每行一人)")
    HOUSEHOLDS = "households", _("住户名册(每行一户)")
    VEHICLES = "vehicles", _("车辆名册")
    EMPLOYEES = "employees", _("员工花名册")


_ADDRESS = (
    Column(
        "address",
        _("房号"),
        ("楼栋房号", "楼栋单元房号", "地址", "住址", "详细地址", "现住址", "门牌号", "房间", "address"),
    ),
    Column(
        "building", _("楼号(组)"), ("楼号", "楼栋", "栋", "幢", "楼", "组", "村民小组", "小组", "building")
    ),
    Column("stairwell", _("单元"), ("单元号", "stairwell", "unit")),
    Column("room", _("室"), ("室号", "房间号", "户号", "门牌", "房", "room")),
)
_PHONE = Column(
    "phone",
    _("电话"),
    ("手机", "手机号", "手机号码", "联系电话", "联系方式", "电话号码", "户主电话", "phone"),
)
_NUMBER = Column(
    "document_number",
    _("证件号码"),
    ("身份证号", "身份证号码", "身份证", "公民身份号码", "证件号", "id number"),
)
_NUMBER_KIND = Column("document_kind", _("证件类别"), ("证件类型", "证件种类"))
_HEAD = Column("head", _("户主"), ("户主姓名", "户主名", "head"))

COLUMNS: dict[str, tuple[Column, ...]] = {
    Table.RESIDENTS: (
        Column("name", _("姓名"), ("名字", "人员", "人员姓名", "居民姓名", "name"), required=True),
        *_ADDRESS,
        _HEAD,
        Column("relation", _("与户主关系"), ("关系", "家庭关系", "relation")),
        Column("kind", _("类别"), ("人员类别", "居住类型", "住户类别", "kind")),
        _PHONE,
        _NUMBER,
        _NUMBER_KIND,
        Column("plate", _("车牌号"), ("车牌", "车牌号码", "车辆", "plate")),
        Column("needs", _("特殊困难"), ("困难", "需求", "特殊情况", "needs")),
    ),
    Table.HOUSEHOLDS: (
        Column("head", _("户主"), ("户主姓名", "户主名", "姓名", "head"), required=True),
        *_ADDRESS,
        _PHONE,
        _NUMBER,
        _NUMBER_KIND,
        Column("use", _("房屋性质"), ("性质", "住房性质", "use")),
        Column("plate", _("车牌号"), ("车牌", "车牌号码", "车辆", "plate")),
        Column("needs", _("特殊困难"), ("困难", "需求", "特殊情况", "needs")),
    ),
    Table.VEHICLES: (
        Column("plate", _("车牌号"), ("车牌", "车牌号码", "车辆号牌", "plate"), required=True),
        *_ADDRESS,
        Column("head", _("户主"), ("户主姓名", "车主", "车主姓名", "head")),
        Column("vehicle_kind", _("车辆性质"), ("车型", "车辆类型", "车辆类别")),
    ),
    Table.EMPLOYEES: (
        Column("name", _("姓名"), ("名字", "员工", "员工姓名", "人员姓名", "name"), required=True),
        Column("number", _("工号"), ("员工号", "员工编号", "编号", "number")),
        Column("department", _("部门(车间)"), ("部门", "车间", "班组", "所在部门", "department")),
        Column("job", _("岗位"), ("工种", "职务", "岗位名称", "job")),
        _PHONE,
        _NUMBER,
        _NUMBER_KIND,
        Column("employer", _("用工单位"), ("派遣单位", "所属单位", "单位", "employer")),
    ),
}
