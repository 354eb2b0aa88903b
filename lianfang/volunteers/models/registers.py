"""Who serves (志愿者), in which teams (志愿队), and where people are asked to sign up (招募)."""

from datetime import date
from typing import ClassVar

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.models import Response
from lianfang.book.registers import Register
from lianfang.book.rights import Scope
from lianfang.people.models import Body, Person
from lianfang.people.models.periods import Period
from lianfang.places.models import Place


class Skill(models.TextChoices):
    """What a volunteer can do. A closed list, so that a shift can ask for it."""

    MEDIC = "medic", _("医护")
    DRIVER = "driver", _("驾驶")
    DISINFECTION = "disinfection", _("消毒")
    COOK = "cook", _("炊事")
    REPAIR = "repair", _("水电维修")
    COMFORT = "comfort", _("心理疏导")
    CLERK = "clerk", _("信息录入")
    SPEAKER = "speaker", _("广播宣传")
    CARRIER = "carrier", _("搬运、跑腿代购")


class ServiceTime(models.TextChoices):
    """When a volunteer can come."""

    WEEKDAY = "weekday", _("工作日白天")
    WEEKDAY_EVENING = "weekday_evening", _("工作日晚上")
    WEEKEND = "weekend", _("周末白天")
    WEEKEND_EVENING = "weekend_evening", _("周末晚上")
    NIGHT = "night", _("后半夜")


class VolunteerCall(Register):
    """An open invitation to sign up: while it is open, everybody can do so on its public page.

    Whatever comes in through it is written in the name of `opened_by`, as long as that officer may keep
    volunteers there.
    """

    response = models.ForeignKey(
        Response, on_delete=models.PROTECT, related_name="+", verbose_name=_("应急响应")
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="volunteer_calls", verbose_name=_("招募单位")
    )
    place = models.ForeignKey(
        Place,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="volunteer_calls",
        verbose_name=_("服务场所"),
    )
    title = models.CharField(_("标题"), max_length=60)
    text = models.CharField(_("招募说明"), max_length=500, blank=True)
    contact = models.CharField(_("联系电话"), max_length=40, blank=True)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="+", verbose_name=_("开放人")
    )
    last_day = models.DateField(_("截止日期"), null=True, blank=True)
    closed_at = models.DateTimeField(_("关闭时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("志愿者招募")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return self.title

    def is_open(self, day: date) -> bool:
        return self.closed_at is None and (self.last_day is None or day <= self.last_day)

    def scope(self) -> Scope:
        return _of_both(self.place, self.body)


class Volunteer(Register):
    """Somebody who serves without pay. Name and phone stand in the register of persons.

    `skills` are values of `Skill`, `times` of `ServiceTime`; `unit` names where the volunteer works or
    lives, as it was said.
    """

    SCOPE_AREAS: ClassVar[list[str]] = [
        "place__area",
        "body__area",
        "memberships__team__body__area",
        "memberships__team__place__area",
    ]
    SCOPE_BODIES: ClassVar[list[str]] = [
        "place__body",
        "body",
        "memberships__team__body",
        "memberships__team__place__body",
    ]
    SCOPE_PLACES: ClassVar[list[str]] = ["place", "memberships__team__place"]

    person = models.OneToOneField(
        Person, on_delete=models.PROTECT, related_name="volunteer", verbose_name=_("人员")
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="volunteers", verbose_name=_("登记单位")
    )
    place = models.ForeignKey(
        Place,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="volunteers",
        verbose_name=_("服务场所"),
    )
    unit = models.CharField(_("所在单位或住处"), max_length=60, blank=True)
    party_member = models.BooleanField(_("中共党员"), default=False)
    skills = models.JSONField(_("技能"), default=list, blank=True)
    times = models.JSONField(_("可服务时间"), default=list, blank=True)
    joined_on = models.DateField(_("登记日期"))
    ended_on = models.DateField(_("退出日期"), null=True, blank=True)
    remark = models.CharField(_("备注"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("志愿者")
        ordering = ["-joined_on", "-created_at"]

    def __str__(self) -> str:
        return self.person.name

    @property
    def skills_in_words(self) -> str:
        return in_words(Skill, self.skills)

    @property
    def times_in_words(self) -> str:
        return in_words(ServiceTime, self.times)

    def scope(self) -> Scope:
        """A volunteer stands with the body and the place of signing up, and with each team."""
        found = _of_both(self.place, self.body)
        if self._state.adding:
            return found
        for line in self.memberships.select_related("team__place", "team__body"):
            found = _joined(found, line.team.scope())
        return found


class VolunteerTeam(Register):
    """A team (志愿队), set up by a body; `organiser` is the person who organised it."""

    name = models.CharField(_("队名"), max_length=60)
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="volunteer_teams", verbose_name=_("组建单位")
    )
    place = models.ForeignKey(
        Place,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="volunteer_teams",
        verbose_name=_("服务场所"),
    )
    organiser = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="volunteer_teams",
        verbose_name=_("组织人"),
    )
    of_party_members = models.BooleanField(_("党员队"), default=False)
    founded_on = models.DateField(_("成立日期"), null=True, blank=True, help_text=_("来源没有说明时留空"))
    ended_on = models.DateField(_("解散日期"), null=True, blank=True)
    remark = models.CharField(_("备注"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("志愿队")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["body", "name"],
                name="volunteer_team_once_in_a_body",
                violation_error_message=_("该单位已有同名的志愿队。"),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def scope(self) -> Scope:
        return _of_both(self.place, self.body)


class TeamMembership(Register, Period):
    """Somebody belongs to a team from a day to a day; who has left has an end and, perhaps, a reason."""

    team = models.ForeignKey(
        VolunteerTeam, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("志愿队")
    )
    volunteer = models.ForeignKey(
        Volunteer, on_delete=models.PROTECT, related_name="memberships", verbose_name=_("志愿者")
    )
    leader = models.BooleanField(_("队长"), default=False)
    leaving_reason = models.CharField(_("退队原因"), max_length=120, blank=True)

    class Meta:
        verbose_name = _("队员")
        ordering = ["-leader", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["team", "volunteer"],
                condition=models.Q(valid_to__isnull=True),
                name="volunteer_once_in_a_team",
                violation_error_message=_("此人已在队里。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.team.name} · {self.volunteer}"

    def scope(self) -> Scope:
        return self.team.scope()


def in_words(choices: type[models.TextChoices], values: list[str]) -> str:
    """The words of some values of a closed list, in its order."""
    return "、".join(str(one.label) for one in choices if one.value in values)


def _of_both(place: Place | None, body: Body) -> Scope:
    return _joined(place.scope(), body.scope()) if place else body.scope()


def _joined(one: Scope, other: Scope) -> Scope:
    return Scope(one.areas | other.areas, one.bodies | other.bodies, one.places | other.places)
