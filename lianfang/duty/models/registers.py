"""Posts (岗位), the people on the roster, their wishes, and rosters while they are drafted."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.models import Response
from lianfang.book.registers import Register
from lianfang.book.rights import Scope
from lianfang.people.models import Body, Person
from lianfang.places.models import Place, Spot


class DutyPost(Register):
    """A post that is held at a place. `for_leaders`: held by a leader on duty (带班领导), a day at a time."""

    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="duty_posts", verbose_name=_("场所")
    )
    name = models.CharField(_("岗位"), max_length=40)
    spot = models.ForeignKey(
        Spot,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="duty_posts",
        verbose_name=_("点位"),
    )
    for_leaders = models.BooleanField(_("带班岗"), default=False)
    ended_on = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("值班岗位")
        ordering = ["place", "for_leaders", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "name"],
                name="duty_post_once_in_a_place",
                violation_error_message=_("该场所已有同名岗位。"),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def scope(self) -> Scope:
        return self.place.scope()


class Gender(models.TextChoices):
    UNKNOWN = "", _("未登记")
    FEMALE = "female", _("女")
    MALE = "male", _("男")


class DutyMember(Register):
    """Somebody who takes duties at a place, sent by a body, with skills, a team, and limits of their own.

    `person` is the line of the register of persons where there is one: reminders, phone numbers and the
    calendar go by it. `limits` are those of `lianfang.engines.roster.Limits`, by their names.
    """

    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="duty_members", verbose_name=_("场所")
    )
    name = models.CharField(_("姓名"), max_length=40)
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="duty_members",
        verbose_name=_("人员"),
    )
    body = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="duty_members",
        verbose_name=_("派出单位"),
    )
    unit = models.CharField(_("派出单位(名称)"), max_length=60, blank=True)
    skills = models.JSONField(_("技能、角色"), default=list, blank=True)
    team = models.CharField(_("固定班组"), max_length=20, blank=True)
    gender = models.CharField(_("性别"), max_length=6, choices=Gender.choices, blank=True, default="")
    leader = models.BooleanField(_("带班领导"), default=False)
    limits = models.JSONField(_("个人上限"), default=dict, blank=True)
    calendar_serial = models.PositiveSmallIntegerField(_("日历地址序号"), default=1, editable=False)
    ended_on = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("值班人员")
        ordering = ["place", "-leader", "created_at"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "name", "unit"],
                condition=models.Q(ended_on__isnull=True),
                name="duty_member_once_in_a_place",
                violation_error_message=_("该场所的值班名单里已有此人;同名的请用单位区分。"),
            )
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def sent_by(self) -> str:
        """The name of the body that sends this person, empty where none is known."""
        return self.unit or (self.body.name if self.body else "")

    def scope(self) -> Scope:
        return self.place.scope()


class DutyWish(Register):
    """A day on which somebody would like to be on duty, or off."""

    member = models.ForeignKey(
        DutyMember, on_delete=models.PROTECT, related_name="wishes", verbose_name=_("值班人员")
    )
    day = models.DateField(_("日期"))
    on = models.BooleanField(_("希望上班"), default=False)
    weight = models.PositiveSmallIntegerField(_("分量"), default=10)

    class Meta:
        verbose_name = _("值班意愿")
        ordering = ["day"]
        constraints = [models.UniqueConstraint(fields=["member", "day"], name="duty_wish_once_a_day")]

    def __str__(self) -> str:
        return f"{self.member} {self.day}"

    def scope(self) -> Scope:
        return self.member.scope()


class DutyRoster(Register):
    """A roster (值班表) of a place for some days, as it is drafted; what is published is a record.

    `posts` says which posts are held by how many ({"post", "wanted", "minimum", "leaders", "by_shift"}),
    `shifts` the grid ({"name", "starts", "minutes"}), `rules` what departs from the usual rules, with role
    mixes ({"post", "shift", "skills", "count"}; an empty post or shift means each) and quotas of sending
    units ({"unit", "span", "fewest", "most"}), `members` who takes part, `draft` who is on which duty
    ([duty, member] each).
    """

    response = models.ForeignKey(
        Response, on_delete=models.PROTECT, related_name="+", verbose_name=_("应急响应")
    )
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="duty_rosters", verbose_name=_("场所")
    )
    title = models.CharField(_("标题"), max_length=80)
    first_day = models.DateField(_("起始日期"))
    days = models.PositiveSmallIntegerField(_("天数"))
    posts = models.JSONField(_("岗位"), default=list)
    shifts = models.JSONField(_("班次"), default=list)
    rules = models.JSONField(_("规则"), default=dict, blank=True)
    members = models.JSONField(_("人员"), default=list)
    draft = models.JSONField(_("草稿"), default=list, blank=True)

    class Meta:
        verbose_name = _("值班表")
        ordering = ["-first_day", "place"]

    def __str__(self) -> str:
        return self.title

    def scope(self) -> Scope:
        return self.place.scope()
