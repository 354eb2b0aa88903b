"""Forms of the volunteers."""

import json
from datetime import timedelta
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.desk.fields import DayField, MomentField, PickField
from lianfang.people.models import Officer, Person
from lianfang.people.queries import visible_persons
from lianfang.volunteers import queries
from lianfang.volunteers.actions import Signed
from lianfang.volunteers.consent import CONSENT
from lianfang.volunteers.models import (
    PledgeSignature,
    ServiceTime,
    SigningWay,
    Skill,
    Volunteer,
    VolunteerTeam,
)


class KeptForm(forms.Form):
    """A form about volunteers of a `body`, perhaps of a `place`: it asks the right as the actions do, for the
    place, or for the body where there is no place. Who has it by place only names the place."""

    officer: Officer

    def narrow(self, officer: Officer) -> None:
        self.officer = officer
        body, place = self.fields["body"], self.fields["place"]
        places = queries.places_for_volunteers(officer)
        body.queryset = queries.bodies_for_volunteers(officer)  # type: ignore[attr-defined]
        place.queryset = places  # type: ignore[attr-defined]
        own = queries.bodies_in_reach(officer)
        if own.exists():
            if officer.body_id and own.filter(pk=officer.body_id).exists():
                self.initial.setdefault("body", officer.body_id)
            return
        body.required, place.required = False, True
        body.help_text = _("不选就是服务场所的主管单位。")
        first = list(places[:2])
        if len(first) == 1:
            self.initial.setdefault("place", first[0].pk)
            self.initial.setdefault("body", first[0].body_id)

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        body, place = data.get("body"), data.get("place")
        if self.errors.keys() & {"body", "place"}:
            return data
        if body is None and place is not None:
            body = data["body"] = place.body or self.officer.body
        if body is None:
            self.add_error("body", forms.ValidationError(_("请选择单位。"), code="required"))
        elif not queries.bodies_in_reach(self.officer).filter(pk=body.pk).exists():
            if place is None:
                text = _("这个单位您只管理它的场所,请选择服务场所。")
                self.add_error("place", forms.ValidationError(text, code="required"))
            elif place.body_id and place.body_id != body.pk:
                self.add_error(
                    "body", forms.ValidationError(_("请选择服务场所的主管单位。"), code="other_body")
                )
        return data


class OfferForm(forms.Form):
    """What somebody who signs up says."""

    name = forms.CharField(label=_("姓名"), max_length=40)
    phone = forms.CharField(
        label=_("电话"),
        max_length=20,
        widget=forms.TextInput(attrs={"inputmode": "tel", "autocomplete": "tel"}),
    )
    unit = forms.CharField(
        label=_("所在单位或住处"), max_length=60, required=False, help_text=_("例如:三组;县医院。")
    )
    party_member = forms.BooleanField(label=_("我是中共党员"), required=False)
    skills = forms.MultipleChoiceField(
        label=_("能做什么"),
        choices=Skill.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("没有这项技能,请从列出的技能中选择。")},
    )
    times = forms.MultipleChoiceField(
        label=_("什么时候能来"),
        choices=ServiceTime.choices,
        required=False,
        widget=forms.CheckboxSelectMultiple,
        error_messages={"invalid_choice": _("没有这个时间,请从列出的时间中选择。")},
    )
    words = forms.CharField(label=_("还想说的话"), max_length=200, required=False)


class SignUpForm(OfferForm):
    """On the public page."""

    consented = forms.BooleanField(
        label=CONSENT, error_messages={"required": _("请先阅读并同意个人信息的用途。")}
    )


class DeskSignUpForm(KeptForm, OfferForm):
    """At the desk, for somebody who stands there or calls."""

    body = PickField(None, known="body", label=_("登记单位"))
    place = PickField(
        None,
        known="place",
        label=_("服务场所"),
        required=False,
        help_text=_("先在这个场所服务;以后可派往别处。"),
    )
    consented = forms.BooleanField(
        label=_("已向本人说明个人信息的用途,本人同意"),
        error_messages={"required": _("请先向本人说明,并取得同意。")},
    )
    field_order = ("body", "place")

    def __init__(self, officer: Officer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.narrow(officer)
        self.fields["party_member"].label = _("中共党员")


class CallForm(KeptForm):
    body = PickField(None, known="body", label=_("招募单位"))
    place = PickField(None, known="place", label=_("服务场所"), required=False)
    title = forms.CharField(label=_("标题"), max_length=60, help_text=_("例如:三官庙村招募疫情防控志愿者。"))
    text = forms.CharField(
        label=_("招募说明"),
        max_length=500,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("做什么、在哪里、注意什么。"),
    )
    contact = forms.CharField(label=_("联系电话"), max_length=40, required=False)
    last_day = DayField(label=_("截止日期"), required=False)

    def __init__(self, officer: Officer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.narrow(officer)


class AcceptForm(forms.Form):
    """Who this is: somebody of the register, or somebody new."""

    person: "forms.ModelChoiceField[Person]" = forms.ModelChoiceField(
        queryset=Person.objects.none(),
        label=_("对应人员"),
        required=False,
        empty_label=_("按姓名和电话自动对应;没有就新登记"),
    )

    def __init__(self, same: QuerySet[Person] | None, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if same is not None:
            self.fields["person"].queryset = same  # type: ignore[attr-defined]


class DeclineForm(forms.Form):
    reason = forms.CharField(label=_("说明"), max_length=120)


class VolunteerForm(forms.Form):
    """What is known of a volunteer."""

    unit = OfferForm.base_fields["unit"]
    party_member = forms.BooleanField(label=_("中共党员"), required=False)
    skills = OfferForm.base_fields["skills"]
    times = OfferForm.base_fields["times"]
    remark = forms.CharField(label=_("备注"), max_length=200, required=False)


class PurposeForm(forms.Form):
    purpose = forms.CharField(label=_("用途"), max_length=200, help_text=_("例如:通知今晚换班。"))


class LeavingForm(forms.Form):
    """Somebody leaves; from when, and why."""

    on = DayField(label=_("最后一天"))
    reason = forms.CharField(label=_("原因"), max_length=120, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("on", timezone.localdate())


class TeamForm(KeptForm):
    name = forms.CharField(label=_("队名"), max_length=60, help_text=_("例如:疫情防控党员志愿队。"))
    body = PickField(None, known="body", label=_("组建单位"))
    place = PickField(None, known="place", label=_("服务场所"), required=False)
    organiser = PickField(None, known="person", label=_("组织人"), required=False)
    of_party_members = forms.BooleanField(
        label=_("党员队"), required=False, help_text=_("党员队只编入党员。")
    )
    founded_on = DayField(label=_("成立日期"), required=False, help_text=_("不知道就留空。"))
    remark = forms.CharField(label=_("备注"), max_length=300, required=False)

    def __init__(self, officer: Officer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.narrow(officer)
        self.fields["organiser"].queryset = visible_persons(officer)  # type: ignore[attr-defined]


class JoinForm(forms.Form):
    volunteer = PickField(None, known="volunteer", label=_("志愿者"))
    on = DayField(label=_("入队日期"))
    leader = forms.BooleanField(label=_("队长"), required=False)

    def __init__(self, volunteers: QuerySet[Volunteer], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["volunteer"].queryset = volunteers  # type: ignore[attr-defined]
        self.initial.setdefault("on", timezone.localdate())


class PledgeForm(forms.Form):
    """The words of a pledge, and who is known to have made it; others sign afterwards."""

    text = forms.CharField(label=_("承诺内容"), max_length=500, widget=forms.Textarea(attrs={"rows": 4}))
    happened_at = MomentField(label=_("承诺时间"), required=False, help_text=_("不知道就留空。"))
    before = forms.CharField(
        label=_("承诺场合"), max_length=60, required=False, help_text=_("例如:面对党旗。")
    )
    led_by = forms.CharField(label=_("领誓人"), max_length=40, required=False)
    volunteers: "forms.ModelMultipleChoiceField[Volunteer]" = forms.ModelMultipleChoiceField(
        queryset=Volunteer.objects.none(),
        label=_("已在纸上签名或集体宣誓的队员"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("屏上手签的,登记以后在承诺页面逐人签。"),
    )
    way = forms.ChoiceField(
        label=_("签名方式"),
        choices=[one for one in SigningWay.choices if one[0] != SigningWay.DRAWN],
        required=False,
    )
    proof = forms.CharField(
        label=_("纸页或见证人"),
        max_length=60,
        required=False,
        help_text=_("纸上签名写第几页,集体宣誓写见证人。"),
    )

    def __init__(self, team: VolunteerTeam, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        members = queries.members_of(team).values("volunteer")
        self.fields["volunteers"].queryset = (  # type: ignore[attr-defined]
            Volunteer.objects.filter(pk__in=members).select_related("person")
        )

    def values(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        way, proof = data.pop("way"), data.pop("proof")
        signed = [Signed(one, way, proof=proof) for one in data.pop("volunteers")]
        return {**data, "signed": signed}


class SignatureForm(forms.Form):
    """One name: drawn in the frame, or on paper, or spoken."""

    way = forms.ChoiceField(label=_("签名方式"), choices=SigningWay.choices)
    drawn = forms.CharField(required=False, widget=forms.HiddenInput(attrs={"data-drawn": ""}))
    proof = forms.CharField(
        label=_("纸页或见证人"),
        max_length=60,
        required=False,
        help_text=_("纸上签名写第几页,集体宣誓写见证人;屏上手签的不用填。"),
    )

    def clean_drawn(self) -> list[list[int]]:
        try:
            lines = json.loads(self.cleaned_data["drawn"] or "[]")
            return [[int(point) for point in line] for line in lines][:60]
        except (TypeError, ValueError) as error:
            raise forms.ValidationError(_("签名没有读出来,请重签。"), code="signature_missing") from error

    def signed(self, volunteer: Volunteer) -> Signed:
        data = self.cleaned_data
        return Signed(volunteer, data["way"], data["drawn"], data["proof"])


class PostingForm(forms.Form):
    """When, for a shift that is no shift of the roster, a round or another task."""

    opening = forms.ChoiceField(label=_("派到"), widget=forms.RadioSelect)
    what = forms.CharField(
        label=_("任务"), max_length=80, required=False, help_text=_("选“其他任务”时填写。")
    )
    begins_at = MomentField(label=_("从"), required=False, help_text=_("选班次时按班次的起止,不用填。"))
    ends_at = MomentField(label=_("到"), required=False)

    def __init__(self, choices: list[tuple[str, str]], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["opening"].choices = choices  # type: ignore[attr-defined]
        hour = timezone.localtime().replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        self.initial.setdefault("begins_at", hour)
        self.initial.setdefault("ends_at", hour + timedelta(hours=4))


class HoursForm(forms.Form):
    volunteer = PickField(None, known="volunteer", label=_("志愿者"))
    day = DayField(label=_("服务日期"))
    hours = forms.DecimalField(
        label=_("小时"),
        max_digits=4,
        decimal_places=2,
        help_text=_("例如:4 或 2.5。"),
        widget=forms.NumberInput(attrs={"step": "0.25", "min": "0", "max": "24"}),
    )
    what = forms.CharField(label=_("服务内容"), max_length=80)

    def __init__(self, volunteers: QuerySet[Any], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["volunteer"].queryset = volunteers  # type: ignore[attr-defined]
        self.initial.setdefault("day", timezone.localdate())

    def values(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        minutes = round(data.pop("hours") * 60)
        return {**data, "minutes": minutes}

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(_at_hours(field, error), error)


class CorrectHoursForm(forms.Form):
    hours = forms.DecimalField(label=_("改为(小时)"), max_digits=4, decimal_places=2)
    correction_reason = forms.CharField(label=_("原因"), max_length=120)

    def add_error(self, field: str | None, error: Any) -> None:
        super().add_error(_at_hours(field, error), error)


def _at_hours(field: str | None, error: Any) -> str | None:
    """What the action says of the minutes stands at the hours."""
    about_minutes = field is None and getattr(error, "code", None) in {"no_hours", "too_many_hours"}
    return "hours" if about_minutes else field


class IssuerForm(forms.Form):
    issuer = PickField(None, known="body", label=_("出具单位"))

    def __init__(self, officer: Officer, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["issuer"].queryset = queries.bodies_in_reach(officer)  # type: ignore[attr-defined]
        if not queries.bodies_in_reach(officer).exists():
            self.fields["issuer"].help_text = _("您只管理场所,证明请由出具单位的经办人员出具。")


class CheckForm(forms.Form):
    text = forms.CharField(
        label=_("证明上的文本"),
        max_length=1200,
        widget=forms.Textarea(attrs={"rows": 4, "spellcheck": "false", "autocomplete": "off"}),
        help_text=_("扫描证明上的二维码,把得到的地址整个粘贴到这里。"),
    )


def drawn_shape(signature: PledgeSignature) -> list[str]:
    """The lines of a drawn name as points of SVG."""
    return [
        " ".join(f"{line[at]},{line[at + 1]}" for at in range(0, len(line) - 1, 2))
        for line in signature.drawn
    ]
