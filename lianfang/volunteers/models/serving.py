"""Where volunteers are sent (派岗), how long they served (服务时长), and the certificate of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.records import Record
from lianfang.book.rights import Scope
from lianfang.people.models import Body
from lianfang.places.models import Place
from lianfang.volunteers.models.registers import Volunteer, VolunteerTeam


class PostingKind(models.TextChoices):
    ROSTER = "roster", _("列入值班名单")
    SHIFT = "shift", _("加派到班次")
    ROUND = "round", _("参加例行工作")
    OTHER = "other", _("其他任务")


class ServicePosting(Record):
    """A volunteer is sent to a place: onto its list for rosters, as an extra hand in a shift, to a round.

    `what` names the post and shift, the round or the task as it was called then; `target` is its id where
    it has one. Onto a list there is no end.
    """

    volunteer = models.ForeignKey(
        Volunteer, on_delete=models.PROTECT, related_name="postings", verbose_name=_("志愿者")
    )
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="volunteer_postings", verbose_name=_("场所")
    )
    kind = models.CharField(_("类别"), max_length=6, choices=PostingKind.choices)
    what = models.CharField(_("岗位、任务"), max_length=80)
    target = models.CharField(_("对象编号"), max_length=60, blank=True, editable=False)
    begins_at = models.DateTimeField(_("起始时间"))
    ends_at = models.DateTimeField(_("截止时间"), null=True, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("志愿者派岗")
        ordering = ["-begins_at"]

    def __str__(self) -> str:
        return f"{self.volunteer} → {self.place.name} {self.what}"

    def scope(self) -> Scope:
        return self.place.scope()


class HoursBasis(models.TextChoices):
    ATTENDANCE = "attendance", _("到岗离岗打卡")
    MARKS = "marks", _("消毒巡查记录")
    LEADER = "leader", _("队长填报")


class ServiceHours(Record):
    """How long somebody served on one day, in minutes. `evidence` names what it was taken from, once."""

    volunteer = models.ForeignKey(
        Volunteer, on_delete=models.PROTECT, related_name="hours", verbose_name=_("志愿者")
    )
    team = models.ForeignKey(
        VolunteerTeam,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="hours",
        verbose_name=_("志愿队"),
    )
    place = models.ForeignKey(
        Place,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="volunteer_hours",
        verbose_name=_("场所"),
    )
    day = models.DateField(_("服务日期"))
    minutes = models.PositiveSmallIntegerField(_("分钟"))
    what = models.CharField(_("服务内容"), max_length=80)
    basis = models.CharField(_("依据"), max_length=10, choices=HoursBasis.choices)
    evidence = models.CharField(_("依据编号"), max_length=120, blank=True, editable=False)

    class Meta(Record.Meta):
        verbose_name = _("服务时长")
        ordering = ["-day", "-received_at"]
        indexes = [models.Index(fields=["volunteer", "day"], name="hours_of_a_volunteer")]

    def __str__(self) -> str:
        return f"{self.volunteer} {self.day} {hours_in_words(self.minutes)}"

    @property
    def in_words(self) -> str:
        return hours_in_words(self.minutes)

    def scope(self) -> Scope:
        return self.volunteer.scope()


class ServiceCertificate(Record):
    """What was certified: whose service, how long, from when to when. `token` is the signed text of the QR
    code, which says the same and can be checked without this book."""

    volunteer = models.ForeignKey(
        Volunteer, on_delete=models.PROTECT, related_name="certificates", verbose_name=_("志愿者")
    )
    issuer = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="service_certificates", verbose_name=_("出具单位")
    )
    number = models.CharField(_("编号"), max_length=30)
    name = models.CharField(_("姓名"), max_length=40)
    minutes = models.PositiveIntegerField(_("分钟"))
    first_day = models.DateField(_("起始日期"))
    last_day = models.DateField(_("截止日期"))
    key_id = models.CharField(_("签名密钥"), max_length=8)
    token = models.CharField(_("签名文本"), max_length=900)

    class Meta(Record.Meta):
        verbose_name = _("服务证明")
        ordering = ["-happened_at"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["issuer", "number"],
                condition=models.Q(corrects__isnull=True),
                name="service_certificate_number_once",
                violation_error_message=_("这个编号已经用过。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self._meta.verbose_name} {self.number}"

    @property
    def in_words(self) -> str:
        return hours_in_words(self.minutes)

    def scope(self) -> Scope:
        return self.issuer.scope()


def hours_in_words(minutes: int) -> str:
    """3小时30分 as people say it; on English pages by translation."""
    hours, rest = divmod(minutes, 60)
    if not rest:
        return str(_("%d 小时") % hours)
    if not hours:
        return str(_("%d 分钟") % rest)
    return str(_("%(hours)d 小时 %(minutes)d 分") % {"hours": hours, "minutes": rest})
