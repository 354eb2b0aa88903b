from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from lianfang.desk.fields import DayField, MomentField
from lianfang.people.forms.fields import OfficersForm, PersonField, text_field
from lianfang.people.forms.persons import SEALED_HELP
from lianfang.people.models import DocumentNumberKind, Officer, Person
from lianfang.places import queries
from lianfang.places.forms.fields import BuildingField, HouseholdField, ResidentsField, RoomField
from lianfang.places.models import Household, HouseholdMeasure, Place, PlaceKind, ResidentKind, Room

_NO_FILL = {"autocomplete": "off"}


class _PlacesForm(OfficersForm):
    """Its rooms, buildings and households are those of one place."""

    def __init__(self, officer: Officer, place: Place, *args: Any, **options: Any) -> None:
        super().__init__(officer, *args, **options)
        for field in self.fields.values():
            if isinstance(field, RoomField | HouseholdField):
                field.widget.within = str(place.pk)
            if isinstance(field, RoomField):
                field.queryset = Room.objects.filter(building__place=place).select_related(
                    "building", "stairwell"
                )
            elif isinstance(field, BuildingField):
                field.queryset = place.buildings.all()
            elif isinstance(field, HouseholdField):
                field.queryset = queries.standing_households(place).select_related("head")


class HouseholdForm(_PlacesForm):
    room = RoomField(label=_("房屋"), required=False, help_text=_("输入 3-2-501 或 3号楼501。"))
    building = BuildingField(label=_("组(没有房号时)"), required=False)
    head_name = text_field(_("户主"), 80, required=False)
    phone = text_field(
        _("户主电话"), 40, required=False, help_text=SEALED_HELP, widget=forms.TextInput(attrs=_NO_FILL)
    )
    needs = text_field(_("特殊困难"), 200, required=False, help_text=_("例如:独居老人,需送药。"))

    def __init__(self, officer: Officer, place: Place, *args: Any, **options: Any) -> None:
        super().__init__(officer, place, *args, **options)
        if place.kind == PlaceKind.VILLAGE:
            self.order_fields(["building", "head_name", "phone", "needs", "room"])


class HouseholdChangeForm(OfficersForm):
    label = text_field(_("户名"), 80, help_text=_("值守人看到的称呼,例如 3-2-501。"))
    head = forms.ModelChoiceField(
        Person.objects.none(), label=_("户主"), required=False, empty_label=_("(未定)")
    )
    needs = text_field(_("特殊困难"), 200, required=False)

    def __init__(self, officer: Officer, household: Household, *args: Any, **options: Any) -> None:
        super().__init__(officer, *args, **options)
        living = queries.residents_now(household).values("person")
        self.fields["head"].queryset = Person.objects.filter(pk__in=living)  # type: ignore[attr-defined]


class ResidentChangeForm(OfficersForm):
    kind = forms.ChoiceField(label=_("类别"), choices=ResidentKind.choices)
    relation = text_field(_("与户主关系"), 20, required=False, help_text=_("户主、配偶、子、父母、租客……"))


class ResidentForm(ResidentChangeForm):
    name = text_field(_("姓名"), 80)
    phone = text_field(
        _("电话"), 40, required=False, help_text=SEALED_HELP, widget=forms.TextInput(attrs=_NO_FILL)
    )
    document_kind = forms.ChoiceField(
        label=_("证件类别"), required=False, choices=[("", _("(无证件)")), *DocumentNumberKind.choices]
    )
    document_number = text_field(
        _("证件号码"), 40, required=False, help_text=SEALED_HELP, widget=forms.TextInput(attrs=_NO_FILL)
    )
    valid_from = DayField(label=_("入住日期"), required=False, help_text=_("一直住在这里就留空。"))

    field_order = ["name", "relation", "kind", "phone", "document_kind", "document_number", "valid_from"]


class EndForm(OfficersForm):
    on = DayField(label=_("最后一天"), help_text=_("含这一天。"))


class MomentForm(OfficersForm):
    at = MomentField(label=_("何时解除"))


class HouseholdMoveForm(_PlacesForm):
    room = RoomField(label=_("搬到哪间"), help_text=_("输入 3-2-501 或 3号楼501。"))


class ResidentMoveForm(_PlacesForm):
    to = HouseholdField(label=_("搬到哪一户"))
    relation = text_field(_("与户主关系"), 20, required=False)
    on = DayField(label=_("自哪一天起"))


class HouseholdMergeForm(_PlacesForm):
    into = HouseholdField(label=_("与哪一户是同一户"), help_text=_("该户保留,本户并入。"))


class PersonMergeForm(OfficersForm):
    into = PersonField(label=_("与谁是同一人"), help_text=_("此人保留,本条并入。"))


class SplitForm(_PlacesForm):
    residents = ResidentsField(label=_("分出去的人"))
    head = forms.ModelChoiceField(Person.objects.none(), label=_("新户的户主"), empty_label=_("(请选择)"))
    room = RoomField(label=_("住到哪间"), required=False, help_text=_("仍住原处就留空。"))
    on = DayField(label=_("自哪一天起"))

    def __init__(
        self, officer: Officer, place: Place, household: Household, *args: Any, **options: Any
    ) -> None:
        super().__init__(officer, place, *args, **options)
        living = queries.residents_now(household)
        self.fields["residents"].queryset = living  # type: ignore[attr-defined]
        self.fields["head"].queryset = Person.objects.filter(  # type: ignore[attr-defined]
            pk__in=living.values("person")
        )


class VehicleForm(OfficersForm):
    plate = text_field(_("车牌号"), 20, help_text=_("例如:鲁M12345、鲁MD12345。"))
    kind = text_field(_("车辆性质"), 20, required=False, help_text=_("小客车、货车、电动三轮……"))


class MeasureForm(OfficersForm):
    kind = forms.ChoiceField(label=_("措施"), choices=HouseholdMeasure.Kind.choices)
    begins_at = MomentField(label=_("自何时起"))
    ends_at = MomentField(
        label=_("到何时止"),
        required=False,
        help_text=_("观察期由决定解除;定有日期的可先填,到时自动不再显示。"),
    )
    reason = text_field(_("原因"), 200, required=False)
    void_passes = forms.BooleanField(
        label=_("该户出入证同时作废"), required=False, help_text=_("规则要求“有返乡人员同住即作废”时勾选。")
    )
