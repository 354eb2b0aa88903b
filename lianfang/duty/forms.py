"""Forms of duty."""

from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.desk.fields import DayField, MomentField, PickField
from lianfang.duty.actions import MemberLine, PostLine
from lianfang.duty.actions.rosters import MOST_DAYS
from lianfang.duty.grids import GRID_OF, GRIDS, Shift, read_shifts
from lianfang.duty.models import DutyMember, DutyPost, DutyRoster
from lianfang.duty.problems import DEFAULTS
from lianfang.duty.reading import members_text, read_members, read_posts
from lianfang.people.models import Body
from lianfang.places.models import Place
from lianfang.places.queries import gates_of, spots_of

OWN = "own"
COMPANY = [
    ("any", _("不限")),
    ("not_alone", _("夜班女同志不一人值守")),
    ("not_the_only_woman", _("夜班女同志至少两人同值")),
]


class RosterForm(forms.Form):
    """Everything a roster needs, on one page, filled in as far as the place is known."""

    first_day = DayField(label=_("从哪天排起"))
    days = forms.IntegerField(label=_("排几天"), min_value=1, max_value=MOST_DAYS, initial=30)
    posts = forms.CharField(
        label=_("岗位"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一行一个,后面写每班几人,例如:东门 2"),
    )
    grid = forms.ChoiceField(
        label=_("班次"),
        choices=[(grid.code, grid.title) for grid in GRIDS] + [(OWN, _("自己写班次"))],
        widget=forms.RadioSelect,
        initial="three",
    )
    own_shifts = forms.CharField(
        label=_("自己写的班次"),
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一行一班,例如:早班 8:00-16:00。可以过零点。"),
    )
    members = forms.CharField(
        label=_("值班人员"),
        widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_(
            "一行一人,姓名后可写单位、男女、技能、班组;领导写“带班”。例如:王大明 县工商联 男 医护 甲组"
        ),
    )
    rest_hours = forms.IntegerField(
        label=_("两班之间至少休息(小时)"), min_value=0, max_value=72, initial=DEFAULTS.rest_minutes // 60
    )
    longest_run_days = forms.IntegerField(
        label=_("最多连续值班(天)"), min_value=1, max_value=31, initial=DEFAULTS.longest_run_days
    )
    longest_run_nights = forms.IntegerField(
        label=_("最多连续夜班(个)"), min_value=1, max_value=31, initial=DEFAULTS.longest_run_nights
    )
    days_off_after_nights = forms.IntegerField(
        label=_("夜班后休息(天)"), min_value=0, max_value=7, initial=DEFAULTS.days_off_after_nights
    )
    women_at_night = forms.ChoiceField(label=_("女同志夜班"), choices=COMPANY, initial="any")
    holidays = forms.CharField(
        label=_("节假日"),
        required=False,
        max_length=400,
        help_text=_("日期之间用空格分开,例如:2020-02-08 2020-02-09"),
    )
    workdays = forms.CharField(
        label=_("调休上班的周末"), required=False, max_length=400, help_text=_("日期之间用空格分开。")
    )

    detailed = (
        "rest_hours",
        "longest_run_days",
        "longest_run_nights",
        "days_off_after_nights",
        "women_at_night",
        "holidays",
        "workdays",
    )

    def __init__(self, place: Place, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("first_day", timezone.localdate() + timedelta(days=1))
        self.initial.setdefault("posts", _posts_text(place))
        known = DutyMember.objects.filter(place=place, ended_on__isnull=True).select_related("body")
        self.initial.setdefault("members", members_text(list(known)))
        for name in ("rest_hours", "longest_run_days", "longest_run_nights", "days_off_after_nights", "days"):
            self.fields[name].widget.attrs["inputmode"] = "numeric"

    @property
    def main_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name not in self.detailed]

    @property
    def detailed_fields(self) -> list[forms.BoundField]:
        return [self[name] for name in self.detailed]

    @property
    def detail_wrong(self) -> bool:
        return any(name in self.errors for name in self.detailed)

    def clean_posts(self) -> list[PostLine]:
        return read_posts(self.cleaned_data["posts"])

    def clean_members(self) -> list[MemberLine]:
        return read_members(self.cleaned_data["members"])

    def clean_holidays(self) -> list[str]:
        return _days(self.cleaned_data["holidays"])

    def clean_workdays(self) -> list[str]:
        return _days(self.cleaned_data["workdays"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("grid") == OWN:
            try:
                data["shifts"] = read_shifts(data.get("own_shifts", ""))
            except ValidationError as error:
                self.add_error("own_shifts", error)
        elif data.get("grid"):
            data["shifts"] = list(GRID_OF[data["grid"]].shifts)
        return data

    @property
    def post_lines(self) -> list[PostLine]:
        """With the leaders' post, where there are leaders."""
        posts: list[PostLine] = self.cleaned_data["posts"]
        if any(one.leader for one in self.cleaned_data["members"]):
            return [PostLine(LEADER_POST, 1, for_leaders=True), *posts]
        return posts

    @property
    def shifts(self) -> list[Shift]:
        found: list[Shift] = self.cleaned_data["shifts"]
        return found

    @property
    def rules(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "rest_minutes": data["rest_hours"] * 60,
            "longest_run_days": data["longest_run_days"],
            "longest_run_nights": data["longest_run_nights"],
            "days_off_after_nights": data["days_off_after_nights"],
            "women_at_night": data["women_at_night"],
            "holidays": data["holidays"],
            "workdays": data["workdays"],
        }


LEADER_POST = "带班领导"


class MemberForm(forms.ModelForm):  # type: ignore[type-arg]
    """What is known of somebody on the roster."""

    person = PickField(None, known="person", label=_("对应人员名册"), required=False)
    body = PickField(None, known="body", label=_("派出单位"), required=False)
    skill_words = forms.CharField(
        label=_("技能、角色"), required=False, max_length=100, help_text=_("用空格分开,例如:党员 医护")
    )
    most_duties = forms.IntegerField(label=_("每期最多几班"), required=False, min_value=0)
    most_nights = forms.IntegerField(label=_("每期最多几个夜班"), required=False, min_value=0)
    most_weekends = forms.IntegerField(label=_("每期最多几个周末"), required=False, min_value=0)

    class Meta:
        model = DutyMember
        fields = ("name", "unit", "body", "person", "gender", "team", "leader")

    def __init__(self, persons: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = persons  # type: ignore[attr-defined]
        self.fields["body"].queryset = Body.objects.filter(merged_into__isnull=True)  # type: ignore[attr-defined]
        self.initial.setdefault("skill_words", " ".join(self.instance.skills))
        for name in ("most_duties", "most_nights", "most_weekends"):
            self.initial.setdefault(name, self.instance.limits.get(name))

    def values(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        names = ("most_duties", "most_nights", "most_weekends")
        limits = {name: data.pop(name) for name in names}
        data["limits"] = {name: value for name, value in limits.items() if value is not None}
        data["skills"] = data.pop("skill_words").split()
        return data


class AbsenceForm(forms.Form):
    """Who cannot come, from when to when."""

    member: "forms.ModelChoiceField[DutyMember]" = forms.ModelChoiceField(
        label=_("谁不能来"), queryset=DutyMember.objects.none()
    )
    begins_at = MomentField(label=_("从"))
    ends_at = MomentField(label=_("到"))
    reason = forms.CharField(label=_("原因"), max_length=120, required=False)

    def __init__(self, members: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["member"].queryset = members  # type: ignore[attr-defined]


def roster_title(place: Place, roster_first_day: Any, days: int) -> str:
    last = roster_first_day + timedelta(days=days - 1)
    return f"{place.name}值班表({roster_first_day:%m.%d}–{last:%m.%d})"[:80]


def _posts_text(place: Place) -> str:
    """The posts of the last roster, else the posts that are known, else the gates."""
    last = DutyRoster.objects.filter(place=place).order_by("-created_at").first()
    if last:
        wanted = {one["post"]: one["wanted"] for one in last.posts if not one.get("leaders")}
        posts = {str(post.pk): post.name for post in DutyPost.objects.filter(pk__in=wanted)}
        return "\n".join(f"{posts[pk]} {number}" for pk, number in wanted.items() if pk in posts)
    names = [
        post.name for post in DutyPost.objects.filter(place=place, ended_on__isnull=True, for_leaders=False)
    ]
    names = names or [spot.name for spot in spots_of(place).filter(kind="duty_post")]
    names = names or [gate.name for gate in gates_of(place)]
    return "\n".join(f"{name} 1" for name in names) or "大门 1"


def _days(text: str) -> list[str]:
    field = DayField()
    return [field.clean(word).isoformat() for word in text.split()]
