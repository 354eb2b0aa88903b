"""Forms of duty."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.desk.fields import DayField, MomentField, PickField
from lianfang.duty.actions import MemberLine, PostLine
from lianfang.duty.actions.planning import MOST_DAYS
from lianfang.duty.grids import GRID_OF, GRIDS, Shift, read_shifts, shifts_text
from lianfang.duty.models import DutyMember, DutyPost, DutyRoster
from lianfang.duty.problems import DEFAULTS, current_version, members_of, post_names
from lianfang.duty.reading import (
    members_text,
    mixes_text,
    posts_text,
    quotas_text,
    read_members,
    read_mixes,
    read_posts,
    read_quotas,
)
from lianfang.people.models import Body
from lianfang.places.models import Place
from lianfang.places.queries import gates_of, spots_of

OWN = "own"
RUNS = ("longest_run_days", "longest_run_nights", "days_off_after_nights")
WEIGHTS = ("weight_nights", "weight_weekends", "weight_holidays", "weight_duties")
# What each further team on a duty costs: more than a duty that is unevenly spread, less than an open post.
TEAM_WEIGHT = 60
COMPANY = [
    ("any", _("不限")),
    ("not_alone", _("夜班女同志不一人值守")),
    ("not_the_only_woman", _("夜班女同志至少两人同值")),
]


class RosterForm(forms.Form):
    """Everything a roster needs, on one page, filled in as far as the place is known.

    With `roster` it is the page on which a roster is changed; where one is published its days, posts and
    shifts stand.
    """

    first_day = DayField(label=_("从哪天排起"))
    days = forms.IntegerField(label=_("排几天"), min_value=1, max_value=MOST_DAYS, initial=30)
    posts = forms.CharField(
        label=_("岗位"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("一行一个,后面写每班几人,例如:东门 2。夜班人数不同的写:东门 2 夜班3"),
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
    rest_after_whole_day = forms.IntegerField(
        label=_("值满24小时后休息(小时)"),
        min_value=0,
        max_value=168,
        initial=DEFAULTS.rest_after_whole_day,
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
    mixes = forms.CharField(
        label=_("角色搭配"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("一行一条,写岗位或班次(不写的都算)、技能、人数。例如:夜班 民警或医护 1"),
    )
    quotas = forms.CharField(
        label=_("派出单位的班数"),
        required=False,
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("一行一个单位,写每天或全期几班。例如:县工商联 每天 2-4;县教育局 全期 至少10"),
    )
    keep_teams = forms.BooleanField(
        label=_("固定班组:同一班尽量排同一组的人,减少接触"), required=False, initial=False
    )
    holidays = forms.CharField(
        label=_("节假日"),
        required=False,
        max_length=400,
        help_text=_("日期之间用空格分开,例如:2020-02-08 2020-02-09"),
    )
    workdays = forms.CharField(
        label=_("调休上班的周末"), required=False, max_length=400, help_text=_("日期之间用空格分开。")
    )
    freeze_hours = forms.IntegerField(
        label=_("冻结期(小时)"),
        min_value=0,
        max_value=744,
        initial=DEFAULTS.freeze_hours,
        help_text=_("发布后重排时,这些小时内开始的班不动。"),
    )
    weight_nights = forms.IntegerField(
        label=_("夜班均衡"), min_value=0, max_value=100, initial=DEFAULTS.weight_nights
    )
    weight_weekends = forms.IntegerField(
        label=_("周末均衡"), min_value=0, max_value=100, initial=DEFAULTS.weight_weekends
    )
    weight_holidays = forms.IntegerField(
        label=_("节假日均衡"), min_value=0, max_value=100, initial=DEFAULTS.weight_holidays
    )
    weight_duties = forms.IntegerField(
        label=_("总班数均衡"), min_value=0, max_value=100, initial=DEFAULTS.weight_duties
    )

    folded = (
        (
            _("休息与连班(可以不改)"),
            ("rest_hours", "rest_after_whole_day", *RUNS, "women_at_night"),
        ),
        (_("角色搭配、派出单位、固定班组(可以不写)"), ("mixes", "quotas", "keep_teams")),
        (_("节假日、冻结期(可以不改)"), ("holidays", "workdays", "freeze_hours")),
        (_("均衡看重什么(0 为不计,可以不改)"), WEIGHTS),
    )
    shape = ("first_day", "days", "posts", "grid", "own_shifts")

    def __init__(self, place: Place, *args: Any, roster: DutyRoster | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if roster is None:
            self._begin(place)
        else:
            self._show(roster)
        for field in self.fields.values():
            if isinstance(field, forms.IntegerField):
                field.widget.attrs["inputmode"] = "numeric"

    def _begin(self, place: Place) -> None:
        """As the last roster of the place was set; its dates and its holidays are not carried over."""
        known = DutyMember.objects.filter(place=place, ended_on__isnull=True).select_related("body")
        last = DutyRoster.objects.filter(place=place).order_by("-created_at").first()
        if last:
            self._show_rules(last)
        for name, value in (
            ("first_day", timezone.localdate() + timedelta(days=1)),
            ("posts", posts_text(lines_of(last)) if last else _posts_text(place)),
            ("members", members_text(list(known))),
        ):
            self.initial.setdefault(name, value)

    def _show(self, roster: DutyRoster) -> None:
        """The roster as it stands; what is published of it cannot be changed here."""
        members = {str(one.pk): one for one in members_of(roster)}
        self._show_rules(roster)
        self.initial.update(
            {
                "first_day": roster.first_day,
                "days": roster.days,
                "posts": posts_text(lines_of(roster)),
                "members": members_text([members[pk] for pk in roster.members if pk in members]),
                "holidays": " ".join(roster.rules.get("holidays", ())),
                "workdays": " ".join(roster.rules.get("workdays", ())),
                "freeze_hours": roster.rules.get("freeze_hours", DEFAULTS.freeze_hours),
            }
        )
        if current_version(roster) is not None:
            for name in self.shape:
                self.fields[name].disabled = True

    def _show_rules(self, roster: DutyRoster) -> None:
        rules, shifts = roster.rules, [Shift.of(one) for one in roster.shifts]
        grid = next((one.code for one in GRIDS if list(one.shifts) == shifts), OWN)
        self.initial.update(
            {
                "grid": grid,
                "own_shifts": "" if grid != OWN else shifts_text(shifts),
                "rest_hours": int(rules.get("rest_minutes", DEFAULTS.rest_minutes)) // 60,
                "women_at_night": rules.get("women_at_night", DEFAULTS.women_at_night),
                "mixes": mixes_text(rules.get("mixes", ())),
                "quotas": quotas_text(rules.get("quotas", ())),
                "keep_teams": bool(rules.get("weight_team")),
                **{
                    name: rules.get(name, getattr(DEFAULTS, name))
                    for name in (*RUNS, *WEIGHTS, "rest_after_whole_day")
                },
            }
        )

    @property
    def main_fields(self) -> list[forms.BoundField]:
        folded = {name for _title, names in self.folded for name in names}
        return [self[name] for name in self.fields if name not in folded]

    @property
    def sections(self) -> list[dict[str, Any]]:
        """What stays folded away: title, fields, whether it stands open."""
        return [
            {
                "title": title,
                "fields": [self[name] for name in names],
                "open": any(name in self.errors for name in names),
            }
            for title, names in self.folded
        ]

    def clean_posts(self) -> list[PostLine]:
        return read_posts(self.cleaned_data["posts"])

    def clean_members(self) -> list[MemberLine]:
        return read_members(self.cleaned_data["members"])

    def clean_quotas(self) -> list[dict[str, Any]]:
        return read_quotas(self.cleaned_data["quotas"])

    def clean_holidays(self) -> list[str]:
        return _days(self.cleaned_data["holidays"])

    def clean_workdays(self) -> list[str]:
        return _days(self.cleaned_data["workdays"])

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.get("grid") == OWN:
            self._read("shifts", "own_shifts", lambda: read_shifts(data.get("own_shifts", "")))
        elif data.get("grid"):
            data["shifts"] = list(GRID_OF[data["grid"]].shifts)
        if "posts" in data and "shifts" in data:
            posts = [line.name for line in data["posts"]]
            shifts = [shift.name for shift in data["shifts"]]
            self._read("mix_data", "mixes", lambda: read_mixes(data.get("mixes", ""), posts, shifts))
        return data

    def _read(self, name: str, field: str, read: Callable[[], Any]) -> None:
        try:
            self.cleaned_data[name] = read()
        except ValidationError as error:
            self.add_error(field, error)

    @property
    def values(self) -> dict[str, Any]:
        """As the actions take them."""
        data = self.cleaned_data
        return {
            "first_day": data["first_day"],
            "days": data["days"],
            "posts": self.post_lines,
            "shifts": data["shifts"],
            "members": data["members"],
            "rules": self.rules,
        }

    @property
    def post_lines(self) -> list[PostLine]:
        """With the leaders' post, where there are leaders."""
        posts: list[PostLine] = self.cleaned_data["posts"]
        if any(one.leader for one in self.cleaned_data["members"]):
            return [PostLine(LEADER_POST, 1, for_leaders=True), *posts]
        return posts

    @property
    def rules(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "rest_minutes": data["rest_hours"] * 60,
            "weight_team": TEAM_WEIGHT if data["keep_teams"] else 0,
            "mixes": data["mix_data"],
            **{
                name: data[name]
                for name in (
                    *RUNS,
                    *WEIGHTS,
                    "rest_after_whole_day",
                    "women_at_night",
                    "quotas",
                    "holidays",
                    "workdays",
                    "freeze_hours",
                )
            },
        }


LEADER_POST = "带班领导"


class WishForm(forms.Form):
    """A day on which somebody would like to be on duty, or off."""

    member: "forms.ModelChoiceField[DutyMember]" = forms.ModelChoiceField(
        label=_("在哪里"), queryset=DutyMember.objects.none(), empty_label=None
    )
    day = DayField(label=_("哪一天"))
    on = forms.TypedChoiceField(
        label=_("意愿"),
        choices=[("off", _("希望休息")), ("on", _("希望值班"))],
        coerce=lambda chosen: chosen == "on",
        widget=forms.RadioSelect,
        initial="off",
    )

    def __init__(self, members: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["member"]
        field.queryset = members  # type: ignore[attr-defined]
        field.label_from_instance = lambda one: one.place.name  # type: ignore[attr-defined]
        if len(members) == 1:
            field.widget = forms.HiddenInput()
            field.initial = members[0].pk


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
    most_hours = forms.IntegerField(label=_("每期最多几小时"), required=False, min_value=0)

    numbers = ("most_duties", "most_nights", "most_weekends")

    class Meta:
        model = DutyMember
        fields = ("name", "unit", "body", "person", "gender", "team", "leader")

    def __init__(self, persons: Any, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["person"].queryset = persons  # type: ignore[attr-defined]
        self.fields["body"].queryset = Body.objects.filter(merged_into__isnull=True)  # type: ignore[attr-defined]
        self.initial.setdefault("skill_words", " ".join(self.instance.skills))
        limits = self.instance.limits
        for name in self.numbers:
            self.initial.setdefault(name, limits.get(name))
        if "most_minutes" in limits:
            self.initial.setdefault("most_hours", limits["most_minutes"] // 60)

    def values(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        limits = {name: data.pop(name) for name in self.numbers}
        hours = data.pop("most_hours")
        limits["most_minutes"] = None if hours is None else hours * 60
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


def lines_of(roster: DutyRoster) -> list[PostLine]:
    """The posts of a roster as they were set, without the leaders' one."""
    names = post_names({one["post"] for one in roster.posts})
    return [
        PostLine(
            names[one["post"]],
            int(one["wanted"]),
            one.get("minimum"),
            by_shift=tuple(one.get("by_shift", {}).items()),
        )
        for one in roster.posts
        if not one.get("leaders") and one["post"] in names
    ]


def _posts_text(place: Place) -> str:
    """The posts that are known, else the gates."""
    names = [
        post.name for post in DutyPost.objects.filter(place=place, ended_on__isnull=True, for_leaders=False)
    ]
    names = names or [spot.name for spot in spots_of(place).filter(kind="duty_post")]
    names = names or [gate.name for gate in gates_of(place)]
    return "\n".join(f"{name} 1" for name in names) or "大门 1"


def _days(text: str) -> list[str]:
    field = DayField()
    return [field.clean(word).isoformat() for word in text.split()]
