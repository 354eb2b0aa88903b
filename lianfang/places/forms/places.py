from typing import Any

from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import FileExtensionValidator
from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext_lazy as _

from lianfang.book.rights import Right
from lianfang.desk.fields import DayField, MomentField
from lianfang.people.forms.fields import AreaField, BodyField, OfficersForm, PlaceField, text_field
from lianfang.people.forms.persons import SEALED_HELP
from lianfang.people.models import Officer
from lianfang.places.forms.fields import BuildingField, RoomField
from lianfang.places.importing import Table
from lianfang.places.models import (
    BuildingKind,
    Lane,
    Place,
    PlaceKind,
    Regime,
    Room,
    RoomUse,
    SpotKind,
    Stairwell,
    Way,
)


class PlaceForm(OfficersForm):
    right = Right.KEEP_PLACES

    name = text_field(_("名称"), 80, help_text=_("例如:家具厂小区、三官庙村。"))
    kind = forms.ChoiceField(label=_("类别"), choices=PlaceKind.choices)
    area = AreaField(label=_("属地"))
    unmanaged = forms.BooleanField(
        label=_("三无小区"), required=False, help_text=_("没有物业、没有门卫、没有业主委员会。")
    )
    body = BodyField(
        label=_("所属单位"), required=False, help_text=_("厂区填企业,村填村委会,有物业的小区填物业公司。")
    )
    address = text_field(_("地址"), 120, required=False)
    remark = text_field(_("备注"), 300, required=False)


class StateForm(OfficersForm):
    regime = forms.ChoiceField(label=_("管理状态"), choices=Regime.choices)
    begins_at = MomentField(label=_("自何时起"))
    ends_at = MomentField(label=_("到何时止"), required=False, help_text=_("不知道就留空,解除时再填。"))
    authority = text_field(_("依据"), 200, required=False, help_text=_("例如:县指挥部第 5 号通告。"))


class PlanForm(OfficersForm):
    """ "12 buildings, 3 stairwells, 6 floors, 2 rooms a floor"."""

    first = forms.IntegerField(label=_("从几号楼"), min_value=1, max_value=999, initial=1)
    last = forms.IntegerField(label=_("到几号楼"), min_value=1, max_value=999)
    stairwells = forms.IntegerField(label=_("每栋几个单元"), min_value=0, max_value=30, initial=2)
    floors = forms.IntegerField(label=_("几层"), min_value=0, max_value=99, initial=6)
    rooms_a_floor = forms.IntegerField(
        label=_("每单元每层几户"),
        min_value=0,
        max_value=99,
        initial=2,
        help_text=_("房号按“楼层+两位序号”编:501、502。"),
    )


class BuildingForm(OfficersForm):
    number = text_field(_("楼号(组)"), 20, help_text=_("例如:3、A、南 1 组。"))
    kind = forms.ChoiceField(label=_("类别"), choices=BuildingKind.choices)
    floors = forms.IntegerField(label=_("层数"), required=False, min_value=1, max_value=99)


class RoomForm(OfficersForm):
    stairwell = text_field(_("单元"), 20, required=False, help_text=_("没有单元就留空。"))
    number = text_field(_("房号"), 20)
    floor = forms.IntegerField(
        label=_("楼层"), required=False, min_value=-3, max_value=99, help_text=_("留空时按房号推算。")
    )
    use = forms.ChoiceField(label=_("房屋性质"), choices=RoomUse.choices, initial=RoomUse.UNKNOWN)


class SpotChangeForm(OfficersForm):
    name = text_field(_("名称"), 60, help_text=_("例如:东门、3号楼2单元楼道。"))
    floor = forms.IntegerField(label=_("楼层"), required=False, min_value=-3, max_value=99)
    lane = forms.ChoiceField(
        label=_("通行对象"),
        required=False,
        choices=[("", "—"), *Lane.choices],
        help_text=_("只有出入口填写。"),
    )
    way = forms.ChoiceField(label=_("通行方向"), required=False, choices=[("", "—"), *Way.choices])


class SpotForm(SpotChangeForm):
    kind = forms.ChoiceField(label=_("类别"), choices=SpotKind.choices)
    building = BuildingField(label=_("楼栋"), required=False)
    stairwell = forms.ModelChoiceField(
        Stairwell.objects.none(), label=_("单元"), required=False, empty_label=_("(未选)")
    )

    field_order = ["kind", "name", "building", "stairwell", "floor", "lane", "way"]

    def __init__(self, officer: Officer, place: Place, *args: Any, **options: Any) -> None:
        super().__init__(officer, *args, **options)
        self.fields["building"].queryset = place.buildings.all()  # type: ignore[attr-defined]
        self.fields["stairwell"].queryset = Stairwell.objects.filter(  # type: ignore[attr-defined]
            building__place=place
        ).select_related("building")


class EmployeeChangeForm(OfficersForm):
    employer = BodyField(
        label=_("用工单位"), required=False, help_text=_("劳务派遣等填派遣单位;留空为本企业。")
    )
    number = text_field(_("工号"), 30, required=False)
    department = text_field(_("部门(车间)"), 60, required=False)
    job = text_field(_("岗位"), 60, required=False)
    dormitory_room = RoomField(label=_("宿舍"), required=False)

    def __init__(self, officer: Officer, place: Place, *args: Any, **options: Any) -> None:
        super().__init__(officer, *args, **options)
        self.fields["dormitory_room"].widget.within = str(place.pk)
        self.fields["dormitory_room"].queryset = Room.objects.filter(  # type: ignore[attr-defined]
            building__place=place
        ).select_related("building", "stairwell")


class EmployeeForm(EmployeeChangeForm):
    name = text_field(_("姓名"), 80)
    phone = text_field(_("电话"), 40, required=False, help_text=SEALED_HELP)
    valid_from = DayField(label=_("到岗日期"), required=False)

    field_order = ["name", "number", "department", "job", "phone", "employer", "dormitory_room", "valid_from"]


class PlaceMergeForm(OfficersForm):
    right = Right.KEEP_PLACES

    into = PlaceField(label=_("并入哪个场所"))


class UploadForm(forms.Form):
    """A table of people, vehicles or employees."""

    table = forms.ChoiceField(label=_("导入到"), choices=Table.choices)
    file = forms.FileField(
        label=_("表格文件"),
        help_text=_("Excel(xlsx)或 CSV;列的顺序不限,第一行(或前 10 行之一)写列名。"),
        validators=[FileExtensionValidator(["xlsx", "xls", "csv", "tsv", "txt"])],
    )

    def clean_file(self) -> Any:
        file = self.cleaned_data["file"]
        if file.size > settings.INTAKE_MAX_BYTES:
            raise ValidationError(
                _("文件有 %(size)s,最大可用 %(most)s。")
                % {"size": filesizeformat(file.size), "most": filesizeformat(settings.INTAKE_MAX_BYTES)},
                code="too_large",
            )
        return file
