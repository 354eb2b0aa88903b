"""Forms of the gates: a person, a household, a vehicle; steps of a case; the contact question; sheets."""

from collections.abc import Callable, Sequence
from datetime import datetime
from decimal import Decimal
from typing import Any, TypeVar

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.desk.fields import DayField, MomentField, PickField
from lianfang.engines.rules.gates import Changes, Exits
from lianfang.gates import handwriting
from lianfang.gates.models import (
    BodySite,
    CaseResult,
    Direction,
    Outcome,
    PersonCategory,
    SheetKind,
    StepKind,
)
from lianfang.gates.writing import ReadingTaken
from lianfang.people.models import Person
from lianfang.places.models import Household, Place, Spot

T = TypeVar("T")

ANSWERS = [("", _("未询问")), ("no", _("无")), ("yes", _("有"))]


class WrittenField(forms.CharField):
    """A text that is read as people write it: 365 for 36.5, 鲁m12345. `empty` where nothing is written."""

    def __init__(self, read: Callable[[str], Any], *, empty: Any = "", **options: Any) -> None:
        self.read, self.empty = read, empty
        super().__init__(**{"max_length": 60, **options})
        self.widget.attrs["autocomplete"] = "off"

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        return self.read(text) if text else self.empty


def readings_field(**options: Any) -> WrittenField:
    options.setdefault("help_text", _("365 即 36.5;同一次测了几遍,写 38.0/37.5;只说“正常”照写。"))
    field = WrittenField(handwriting.read_readings, empty=[], label=_("体温"), **options)
    field.widget.attrs["inputmode"] = "decimal"
    return field


class CommonForm(forms.Form):
    """When and which way, and who writes it."""

    direction = forms.ChoiceField(
        label=_("方向"), choices=Direction.choices, widget=forms.RadioSelect, initial=Direction.IN
    )
    happened_at = MomentField(label=_("出入时间"), help_text=_("事后补登的,写实际出入的时间。"))
    guard_name = forms.CharField(label=_("值守人"), max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["happened_at"].initial = timezone.localtime().replace(second=0, microsecond=0)


class DecisionForm(forms.Form):
    """What was decided, and by whom where it is an exception."""

    outcome = forms.ChoiceField(
        label=_("处置"), choices=Outcome.choices, widget=forms.RadioSelect, initial=Outcome.ADMITTED
    )
    reason = forms.CharField(
        label=_("未放行的原因"), max_length=80, required=False, help_text=_("劝返、拒绝、暂留时填写。")
    )
    overridden_by = forms.CharField(
        label=_("特批人"), max_length=80, required=False, help_text=_("按规则不放行、由负责人同意放行的。")
    )
    override_reason = forms.CharField(label=_("特批原因"), max_length=200, required=False)

    def decision(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "outcome": data["outcome"],
            "reasons": [data["reason"]] if data["reason"] else [],
            "overridden_by": data["overridden_by"],
            "override_reason": data["override_reason"],
        }


class PersonPassageForm(DecisionForm, CommonForm):
    """One person. Who lives or works here is found by name and room, others are written in full."""

    name = forms.CharField(label=_("姓名"), max_length=80)
    address = forms.CharField(
        label=_("楼栋房号或住址"),
        max_length=120,
        required=False,
        help_text=_("本小区写 3-2-501 或 3号楼2单元501;外来人员写现住址。"),
    )
    category = forms.ChoiceField(
        label=_("人员类别"),
        choices=[("", _("按名册")), *PersonCategory.choices],
        required=False,
        help_text=_("名册里有的不用选;没有的按访客登记。"),
    )
    readings = readings_field(required=False)
    body_site = forms.ChoiceField(
        label=_("测温部位"), choices=[("", _("未记")), *BodySite.choices], required=False
    )
    thermometer = forms.CharField(label=_("测温设备"), max_length=40, required=False)
    document_number = forms.CharField(label=_("身份证号"), max_length=30, required=False)
    phone = forms.CharField(label=_("联系电话"), max_length=20, required=False)
    from_to = forms.CharField(label=_("来自/去向"), max_length=120, required=False)
    purpose = forms.CharField(label=_("事由"), max_length=120, required=False)
    exposure = forms.ChoiceField(label=_("14天内重点地区旅居史、接触史"), choices=ANSWERS, required=False)
    symptoms = forms.ChoiceField(label=_("发热、咳嗽等症状"), choices=ANSWERS, required=False)
    pass_number = forms.CharField(label=_("出入证号"), max_length=20, required=False)
    written_for = forms.CharField(
        label=_("代填"), max_length=120, required=False, help_text=_("本人不便填写时,写由谁代填。")
    )

    field_order = (
        "direction",
        "happened_at",
        "name",
        "address",
        "readings",
        "category",
        "phone",
        "document_number",
        "from_to",
        "purpose",
        "exposure",
        "symptoms",
        "outcome",
        "reason",
        "body_site",
        "thermometer",
        "pass_number",
        "overridden_by",
        "override_reason",
        "written_for",
        "guard_name",
    )


class HouseholdForm(DecisionForm, CommonForm):
    """Those of a household who cross together: who comes along, and each one's temperature."""

    purpose = forms.CharField(label=_("事由"), max_length=120, required=False)
    from_to = forms.CharField(label=_("来自/去向"), max_length=120, required=False)

    def __init__(self, household: Household, members: Sequence[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.household, self.members = household, members
        for member in members:
            self.fields[f"with_{member.pk.hex}"] = forms.BooleanField(label=member.name, required=False)
            self.fields[f"celsius_{member.pk.hex}"] = readings_field(required=False, help_text="")

    @property
    def lines(self) -> list[tuple[forms.BoundField, forms.BoundField]]:
        """For each member: whether coming along, and the temperature."""
        return [(self[f"with_{one.pk.hex}"], self[f"celsius_{one.pk.hex}"]) for one in self.members]

    @property
    def others(self) -> list[forms.BoundField]:
        return [field for field in self if not field.name.startswith(("with_", "celsius_"))]

    def along(self) -> list[tuple[Person, list[ReadingTaken]]]:
        return [
            (one, [ReadingTaken(value) for value in self.cleaned_data[f"celsius_{one.pk.hex}"]])
            for one in self.members
            if self.cleaned_data[f"with_{one.pk.hex}"]
        ]

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not any(data.get(f"with_{one.pk.hex}") for one in self.members):
            raise ValidationError(_("请勾选这次一起出入的人。"), code="required")
        return data


class VehicleForm(DecisionForm, CommonForm):
    """A vehicle; its occupants are the `OccupantForm`s below it."""

    plate = WrittenField(
        handwriting.plate_of, label=_("车牌号"), help_text=_("新能源为 8 位;没有牌照写“无牌”。")
    )
    vehicle_kind = forms.CharField(label=_("车型/车辆性质"), max_length=20, required=False)
    coming_from = forms.CharField(label=_("始发地"), max_length=120, required=False)
    via = forms.CharField(label=_("途经"), max_length=60, required=False)
    going_to = forms.CharField(label=_("目的地"), max_length=120, required=False)
    load = forms.CharField(label=_("装载货物"), max_length=60, required=False)
    disinfected = forms.ChoiceField(
        label=_("是否消毒"), choices=[("", _("未记")), ("yes", _("是")), ("no", _("否"))], required=False
    )
    pass_number = forms.CharField(label=_("通行证号"), max_length=20, required=False)

    field_order = (
        "direction",
        "happened_at",
        "plate",
        "vehicle_kind",
        "coming_from",
        "via",
        "going_to",
        "load",
        "disinfected",
        "pass_number",
        "outcome",
        "reason",
        "overridden_by",
        "override_reason",
        "guard_name",
    )

    def facts(self, driver: str, occupants: int) -> dict[str, object]:
        data = self.cleaned_data
        facts: dict[str, object] = {
            "kind": data["vehicle_kind"],
            "via": data["via"],
            "load": data["load"],
            "driver": driver,
        }
        if data["disinfected"]:
            facts["disinfected"] = data["disinfected"] == "yes"
        return {key: value for key, value in facts.items() if value != ""} | {"occupants": occupants}


class OccupantForm(forms.Form):
    """One person on board; the first is the driver."""

    name = forms.CharField(label=_("姓名"), max_length=80, required=False)
    readings = readings_field(required=False, help_text="")
    phone = forms.CharField(label=_("联系电话"), max_length=20, required=False)
    document_number = forms.CharField(label=_("身份证号"), max_length=30, required=False)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if not data.get("name") and any(data.get(one) for one in ("readings", "phone", "document_number")):
            raise ValidationError({"name": ValidationError(_("请写姓名。"), code="required")})
        return data


Occupants = forms.formset_factory(OccupantForm, extra=6, max_num=80, absolute_max=80)


class PassageCorrectionForm(forms.Form):
    """Other values in place of those that were written wrongly, with the reason."""

    direction = forms.ChoiceField(label=_("方向"), choices=Direction.choices)
    happened_at = MomentField(label=_("出入时间"))
    name = forms.CharField(label=_("姓名"), max_length=80, required=False)
    plate = WrittenField(handwriting.plate_of, label=_("车牌号"), required=False)
    category = forms.ChoiceField(label=_("人员类别"), choices=PersonCategory.choices)
    outcome = forms.ChoiceField(label=_("处置"), choices=Outcome.choices)
    coming_from = forms.CharField(label=_("来自"), max_length=120, required=False)
    going_to = forms.CharField(label=_("去向"), max_length=120, required=False)
    purpose = forms.CharField(label=_("事由"), max_length=120, required=False)
    reason = forms.CharField(label=_("更正原因"), max_length=300)


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("原因"), max_length=300)


class ReadingForm(forms.Form):
    """One more reading of the same encounter."""

    celsius = WrittenField(handwriting.read_celsius, label=_("体温"), help_text=_("365 即 36.5"))
    body_site = forms.ChoiceField(
        label=_("测温部位"), choices=[("", _("未记")), *BodySite.choices], required=False
    )
    thermometer = forms.CharField(label=_("测温设备"), max_length=40, required=False)

    def taken(self, at: datetime | None = None) -> ReadingTaken:
        data = self.cleaned_data
        return ReadingTaken(data["celsius"], data["body_site"], data["thermometer"], at)


class StepForm(forms.Form):
    """One step of a case. What a kind of step needs, its action says at the field."""

    kind = forms.ChoiceField(label=_("步骤"), choices=StepKind.choices[1:])
    happened_at = MomentField(label=_("时间"), required=False, help_text=_("不填即为现在。"))
    celsius = WrittenField(
        handwriting.read_celsius,
        label=_("复测体温"),
        required=False,
        help_text=_("复测时填写,365 即 36.5。"),
    )
    body_site = forms.ChoiceField(
        label=_("测温部位"), choices=[("", _("未记")), *BodySite.choices], required=False
    )
    thermometer = forms.CharField(label=_("测温设备"), max_length=40, required=False)
    told_to = forms.CharField(
        label=_("对方"),
        max_length=120,
        required=False,
        help_text=_("报告给谁、移交给谁(单位和姓名)。"),
    )
    result = forms.ChoiceField(label=_("结果"), choices=[("", "—"), *CaseResult.choices], required=False)
    text = forms.CharField(
        label=_("说明"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def values(self) -> dict[str, Any]:
        data = self.cleaned_data
        written = bool((self.data.get(self.add_prefix("celsius")) or "").strip())
        return {
            "kind": data["kind"],
            "happened_at": data["happened_at"],
            "text": data["text"],
            "told_to": data["told_to"],
            "result": data["result"] if data["kind"] == StepKind.OUTCOME else "",
            "reading": ReadingTaken(data["celsius"] or None, data["body_site"], data["thermometer"])
            if written
            else None,
        }


class IncidentForm(forms.Form):
    """A case that did not begin at a gate."""

    place: "forms.ModelChoiceField[Place]" = forms.ModelChoiceField(
        label=_("场所"), queryset=Place.objects.none(), empty_label=_("(请选择)")
    )
    name = forms.CharField(label=_("姓名"), max_length=80)
    happened_at = MomentField(label=_("发现时间"))
    celsius = WrittenField(
        handwriting.read_celsius, label=_("体温"), required=False, help_text=_("365 即 36.5")
    )
    text = forms.CharField(
        label=_("情况"), max_length=300, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )

    def __init__(self, places: QuerySet[Place], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]
        self.fields["happened_at"].initial = timezone.localtime().replace(second=0, microsecond=0)


class ContactForm(forms.Form):
    """Whose contacts, how near, how far back, and what for."""

    person = PickField(None, known="person", label=_("人员"))
    minutes = forms.IntegerField(
        label=_("前后分钟数"),
        min_value=1,
        max_value=120,
        initial=10,
        help_text=_("同一出入口、前后几分钟之内。"),
    )
    days = forms.IntegerField(label=_("往前天数"), min_value=1, max_value=60, initial=14)
    until = DayField(label=_("截至"), required=False, help_text=_("不填即为今天。"))
    purpose = forms.CharField(
        label=_("用途"),
        max_length=200,
        help_text=_("例如:县疾控中心流行病学调查。查询会留下记录。"),
    )

    def __init__(self, persons: QuerySet[Person], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = persons  # type: ignore[attr-defined]


class GateDayForm(forms.Form):
    """Which gate, which register, which day: to print what is in the book."""

    gate: "forms.ModelChoiceField[Spot]" = forms.ModelChoiceField(
        label=_("出入口"), queryset=Spot.objects.none(), empty_label=_("(请选择)")
    )
    kind = forms.ChoiceField(label=_("登记表"), choices=SheetKind.choices[:2])
    day = DayField(label=_("日期"))
    purpose = forms.CharField(label=_("用途"), max_length=200, help_text=_("打印会记入导出记录。"))
    whole = forms.BooleanField(label=_("含完整个人信息(默认脱敏)"), required=False)

    def __init__(self, gates: QuerySet[Spot], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gate"].queryset = gates  # type: ignore[attr-defined]


class BlankForm(forms.Form):
    """How many blank sheets of which register."""

    gate: "forms.ModelChoiceField[Spot]" = forms.ModelChoiceField(
        label=_("出入口"), queryset=Spot.objects.none(), empty_label=_("(请选择)")
    )
    kind = forms.ChoiceField(label=_("登记表"), choices=SheetKind.choices)
    count = forms.IntegerField(label=_("张数"), min_value=1, max_value=100, initial=5)
    day = DayField(label=_("日期"), required=False, help_text=_("不填则留空手写。"))

    def __init__(self, gates: QuerySet[Spot], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gate"].queryset = gates  # type: ignore[attr-defined]


class SheetForm(forms.Form):
    """The sheet that lies on the table."""

    gate: "forms.ModelChoiceField[Spot]" = forms.ModelChoiceField(
        label=_("出入口"), queryset=Spot.objects.none(), empty_label=_("(请选择)")
    )
    kind = forms.ChoiceField(label=_("登记表"), choices=SheetKind.choices)
    number = forms.CharField(
        label=_("编号"), max_length=30, help_text=_("登记表右上角的编号;没有编号的,自编一个写在纸上。")
    )
    day = DayField(label=_("表上的日期"))

    def __init__(self, gates: QuerySet[Spot], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["gate"].queryset = gates  # type: ignore[attr-defined]


class GateRuleForm(forms.Form):
    """Rules of its own for a place: from the county's or from another place's, with some parts changed."""

    NO_CHANGE = ("", _("不改"))
    _ENTERS = [
        NO_CHANGE,
        ("not_admitted", _("不得进入")),
        ("with_host", _("住户同意后进入")),
        ("with_pass", _("凭证进入")),
        ("always", _("登记后进入")),
    ]

    gate = forms.ModelChoiceField(
        Spot.objects.none(), label=_("用在哪个出入口"), required=False, empty_label=_("本场所全部出入口")
    )
    base = forms.ChoiceField(
        label=_("从哪份规则起"),
        help_text=_(
            "选“县规则”时,只有下面改动的几项归本处,其余随县规则变。选别的,整份归本处,不再随县规则变。"
        ),
    )
    exits = forms.ChoiceField(
        label=_("外出限次"),
        required=False,
        choices=[
            NO_CHANGE,
            ("free", _("不限次")),
            ("counted", _("每户几天几人次")),
            ("none", _("不外出")),
        ],
    )
    days = forms.IntegerField(label=_("每几天"), required=False, min_value=1, max_value=60)
    times = forms.IntegerField(label=_("几人次"), required=False, min_value=1, max_value=1000)
    minutes_out = forms.IntegerField(label=_("每次最多几分钟"), required=False, min_value=1, max_value=1440)
    curfew = forms.ChoiceField(
        label=_("宵禁"),
        required=False,
        choices=[NO_CHANGE, ("none", _("不设宵禁")), ("set", _("自几点到几点"))],
    )
    curfew_from = forms.TimeField(
        label=_("自"), required=False, widget=forms.TimeInput(attrs={"type": "time"})
    )
    curfew_to = forms.TimeField(label=_("到"), required=False, widget=forms.TimeInput(attrs={"type": "time"}))
    visitors = forms.ChoiceField(label=_("访客"), required=False, choices=_ENTERS)
    couriers = forms.ChoiceField(label=_("快递外卖"), required=False, choices=_ENTERS)
    threshold = forms.DecimalField(
        label=_("发热阈值(℃及以上)"),
        required=False,
        min_value=Decimal("36.5"),
        max_value=Decimal("38.5"),
        decimal_places=1,
    )
    valid_from = DayField(label=_("自哪天起"))
    title = forms.CharField(label=_("名称"), max_length=120)
    reason = forms.CharField(
        label=_("依据"), max_length=300, help_text=_("谁定的、哪份通告,例如“社区 2 月 10 日通告”。")
    )

    def __init__(
        self, *args: Any, gates: QuerySet[Spot], bases: Sequence[tuple[str, str]], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        chosen: Any = self.fields["gate"]
        chosen.queryset = gates
        base: Any = self.fields["base"]
        base.choices = bases

    def clean(self) -> dict[str, Any]:
        found = super().clean() or {}
        needed = {"exits": ("counted", ("days", "times")), "curfew": ("set", ("curfew_from", "curfew_to"))}
        for field, (choice, parts) in needed.items():
            for part in parts:
                if found.get(field) == choice and found.get(part) is None and part not in self.errors:
                    self.add_error(part, ValidationError(_("请填写这一项。"), code="required"))
        return found

    @property
    def changes(self) -> Changes:
        """What is to differ, once the form is valid."""
        given = self.cleaned_data
        exits = {
            "free": Exits(),
            "none": Exits(times=0),
            "counted": Exits(given["days"] or 1, given["times"] or 1, given["minutes_out"] or 0),
        }
        span = f"{given['curfew_from']:%H:%M}-{given['curfew_to']:%H:%M}" if given["curfew"] == "set" else ""
        return Changes(
            curfew=None if not given["curfew"] else (span,) if span else (),
            exits=exits.get(given["exits"]),
            visitors=given["visitors"] or None,
            couriers=given["couriers"] or None,
            threshold=given["threshold"],
        )


class EndGateRuleForm(forms.Form):
    last_day = DayField(label=_("最后一天"), help_text=_("第二天起按县规则。填生效日以前的日期,就是取消。"))
