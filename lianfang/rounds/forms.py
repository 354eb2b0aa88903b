"""Forms of the rounds."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.desk.fields import DayField, MomentField, PickField
from lianfang.people.models import Body
from lianfang.places.models import Place, Spot, SpotKind
from lianfang.places.pictures import MOST_BYTES
from lianfang.rounds.actions import Disinfected
from lianfang.rounds.models import Bulletin, Condition, PublicityKind, RoundKind
from lianfang.rounds.wording import AGENTS, METHODS, TARGETS

PHOTOS = "image/jpeg,image/png,image/webp"


class RoundForm(forms.Form):
    """What, how often, where: by kinds of spots, or single ones."""

    kind = forms.ChoiceField(label=_("类别"), choices=RoundKind.choices)
    name = forms.CharField(label=_("名称"), max_length=60, help_text=_("例如:楼道消毒。"))
    every = forms.IntegerField(label=_("每隔"), min_value=1, initial=12)
    unit = forms.ChoiceField(
        label=_("单位"), choices=[("60", _("小时")), ("1440", _("天")), ("1", _("分钟"))], initial="60"
    )
    hours_from = forms.TimeField(
        label=_("每日起"), required=False, widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"})
    )
    hours_to = forms.TimeField(
        label=_("每日止"),
        required=False,
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        help_text=_("昼夜都做的不填。"),
    )
    spot_kinds = forms.MultipleChoiceField(
        label=_("点位类别"), choices=SpotKind.choices, widget=forms.CheckboxSelectMultiple, required=False
    )
    basis = forms.CharField(label=_("依据"), max_length=200, required=False)

    def __init__(self, place: Place, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.place = place
        there = set(Spot.objects.filter(place=place, ended_on__isnull=True).values_list("kind", flat=True))
        field = self.fields["spot_kinds"]
        field.choices = [(kind, word) for kind, word in SpotKind.choices if kind in there]  # type: ignore[attr-defined]

    def values(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        kinds = data.pop("spot_kinds")
        data["interval_minutes"] = data.pop("every") * int(data.pop("unit"))
        data["spots"] = list(
            Spot.objects.filter(place=self.place, kind__in=kinds, ended_on__isnull=True).order_by(
                "kind", "name"
            )
        )
        return data


class MarkForm(forms.Form):
    """What was done at a spot."""

    spot = PickField(None, known="spot", label=_("点位"))
    kind = forms.ChoiceField(label=_("类别"), choices=RoundKind.choices)
    happened_at = MomentField(label=_("完成时间"))
    people = forms.CharField(
        label=_("操作人"), max_length=120, help_text=_("两人以上的,用顿号分开;巡逻须两人以上。")
    )
    agent = forms.ChoiceField(label=_("消毒剂"), choices=[("", "—"), *AGENTS], required=False)
    strength = forms.IntegerField(
        label=_("浓度"), min_value=0, required=False, help_text=_("含氯的写 mg/L,酒精写百分数。")
    )
    method = forms.ChoiceField(label=_("方式"), choices=[("", "—"), *METHODS], required=False)
    target = forms.ChoiceField(label=_("消毒对象"), choices=[("", "—"), *TARGETS], required=False)
    contact_minutes = forms.IntegerField(label=_("作用时间(分钟)"), min_value=0, required=False)
    area_m2 = forms.IntegerField(label=_("面积(平方米)"), min_value=0, required=False)
    amount_ml = forms.IntegerField(label=_("用量(毫升)"), min_value=0, required=False)
    minutes = forms.IntegerField(label=_("时长(分钟)"), min_value=0, required=False)
    found = forms.CharField(label=_("发现问题"), max_length=300, required=False)
    persuaded = forms.IntegerField(label=_("劝导人数"), min_value=0, required=False)
    source_reference = forms.CharField(
        label=_("纸质表页号、行号"), max_length=200, required=False, help_text=_("从纸质表补录的填写。")
    )

    def __init__(self, spots: QuerySet[Spot], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["spot"].queryset = spots  # type: ignore[attr-defined]
        self.initial.setdefault("happened_at", timezone.now())

    def values(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        names = ("agent", "method", "target", "strength", "contact_minutes", "area_m2", "amount_ml")
        done = {name: data.pop(name) for name in names}
        data["disinfected"] = Disinfected(**done) if done["agent"] else None
        data["source"] = "paper" if data["source_reference"] else "desk"
        return data


class DilutionForm(forms.Form):
    total_ml = forms.IntegerField(label=_("要配多少(毫升)"), min_value=1, initial=16_000)
    target_mg_l = forms.IntegerField(label=_("目标浓度(mg/L)"), min_value=1, initial=500)
    percent = forms.DecimalField(
        label=_("原液有效氯(%)"),
        min_value=0,
        max_value=100,
        decimal_places=2,
        max_digits=5,
        initial=5,
        help_text=_("看瓶身标签,84 消毒液一般 4%~7%;存放久的会变淡。"),
    )


class PhotoField(forms.FileField):
    """A photograph of what hangs there; cleaned by the action that keeps it."""

    def __init__(self, **options: Any) -> None:
        options.setdefault("required", False)
        options.setdefault("label", _("照片"))
        options.setdefault("help_text", _("只拍事物和状态,不拍人脸。"))
        super().__init__(widget=forms.FileInput(attrs={"accept": PHOTOS}), **options)

    def clean(self, data: Any, initial: Any = None) -> bytes | None:
        file = super().clean(data, initial)
        if file and file.size > MOST_BYTES:
            raise forms.ValidationError(_("照片不能超过 12 MB。"), code="photo_too_large")
        return file.read() if file else None


class PublicityForm(forms.Form):
    place = PickField(None, known="place", label=_("场所"))
    kind = forms.ChoiceField(label=_("类别"), choices=PublicityKind.choices)
    words = forms.CharField(label=_("内容"), max_length=200, required=False)
    bulletin: "forms.ModelChoiceField[Bulletin]" = forms.ModelChoiceField(
        label=_("通报"), queryset=Bulletin.objects.none(), required=False, empty_label=_("不是通报")
    )
    spot = PickField(None, known="spot", label=_("点位"), required=False)
    quantity = forms.IntegerField(label=_("数量"), min_value=1, max_value=9999, required=False)
    photo = PhotoField()
    put_up_on = DayField(label=_("设置日期"), required=False)
    take_down_by = DayField(label=_("应撤日期"), required=False)

    def __init__(
        self, places: QuerySet[Place], bulletins: QuerySet[Bulletin], *args: Any, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["place"].queryset = places  # type: ignore[attr-defined]
        self.fields["bulletin"].queryset = bulletins  # type: ignore[attr-defined]
        self.fields["spot"].queryset = Spot.objects.filter(place__in=places, ended_on__isnull=True)  # type: ignore[attr-defined]


class ConditionForm(forms.Form):
    """How something that hangs was found, with a photograph if there is one."""

    condition = forms.ChoiceField(label=_("现在的状况"), choices=Condition.choices, widget=forms.RadioSelect)
    photo = PhotoField()


class BulletinForm(forms.Form):
    body = PickField(None, known="body", label=_("发布单位"))
    title = forms.CharField(label=_("标题"), max_length=80)
    text = forms.CharField(label=_("正文"), widget=forms.Textarea(attrs={"rows": 8}))
    supersedes: "forms.ModelChoiceField[Bulletin]" = forms.ModelChoiceField(
        label=_("代替"), queryset=Bulletin.objects.none(), required=False, empty_label=_("不代替")
    )

    def __init__(self, bulletins: QuerySet[Bulletin], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["body"].queryset = Body.objects.filter(merged_into__isnull=True)  # type: ignore[attr-defined]
        self.fields["supersedes"].queryset = bulletins  # type: ignore[attr-defined]
