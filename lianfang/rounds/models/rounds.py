"""Rounds as schedules over spots, and the marks that are left there."""

import hashlib
import hmac
import secrets
from datetime import datetime, time, timedelta

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.records import FieldRecord
from lianfang.book.registers import Register
from lianfang.book.rights import Scope
from lianfang.people.models.periods import Period
from lianfang.places.models import Place, Spot

LATE_ENTRY = timedelta(minutes=30)
"""A mark that is written down longer than this after the act is shown as written afterwards."""
CODE_STEP = timedelta(minutes=1)


class RoundKind(models.TextChoices):
    DISINFECTION = "disinfection", _("消毒")
    PATROL = "patrol", _("巡逻")
    VENTILATION = "ventilation", _("通风")
    CLEANING = "cleaning", _("保洁")
    PUBLICITY_CHECK = "publicity_check", _("宣传品检查")


def new_secret() -> str:
    return secrets.token_hex(16)


class Round(Register, Period):
    """Work that comes round at the spots of a place: each within `interval_minutes`, in hours of the day.

    Without hours it goes round the clock. A patrol needs two people, everything else one.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="rounds", verbose_name=_("场所"))
    kind = models.CharField(_("类别"), max_length=15, choices=RoundKind.choices)
    name = models.CharField(_("名称"), max_length=60)
    interval_minutes = models.PositiveIntegerField(_("间隔(分钟)"))
    hours_from = models.TimeField(_("每日起"), null=True, blank=True)
    hours_to = models.TimeField(_("每日止"), null=True, blank=True)
    people_needed = models.PositiveSmallIntegerField(_("至少人数"), default=1)
    basis = models.CharField(_("依据"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("例行工作")
        ordering = ["place", "kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "name"],
                condition=models.Q(valid_to__isnull=True),
                name="round_name_once_in_a_place",
                violation_error_message=_("该场所已有同名的例行工作。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.place} · {self.name}"

    def clean(self) -> None:
        super().clean()
        if not 5 <= (self.interval_minutes or 0) <= 60 * 24 * 31:
            raise ValidationError(
                {"interval_minutes": ValidationError(_("间隔应在 5 分钟到 31 天之间。"), code="interval")}
            )
        if (self.hours_from is None) != (self.hours_to is None):
            raise ValidationError(
                {"hours_to": ValidationError(_("每日起止时间要一起填,或都不填。"), code="required")}
            )

    @property
    def interval(self) -> timedelta:
        return timedelta(minutes=self.interval_minutes)

    def due_after(self, done: datetime) -> datetime:
        """When a spot that was done at `done` is due again: within the hours of the day, or as the next
        day's hours begin."""
        if self.hours_from is None or self.hours_to is None:
            return done + self.interval
        due = timezone.localtime(done + self.interval)
        begin, end = self.hours_from, self.hours_to
        clock = due.time()
        if within(clock, begin, end):
            return due
        day = due.date() if clock < begin else due.date() + timedelta(days=1)
        return timezone.make_aware(datetime.combine(day, begin))

    def scope(self) -> Scope:
        return self.place.scope()


class RoundSpot(Register):
    """A spot that a round goes to, in its order. Its clock runs from `since`."""

    round = models.ForeignKey(
        Round, on_delete=models.PROTECT, related_name="stops", verbose_name=_("例行工作")
    )
    spot = models.ForeignKey(Spot, on_delete=models.PROTECT, related_name="rounds", verbose_name=_("点位"))
    order = models.PositiveSmallIntegerField(_("次序"), default=0)
    since = models.DateTimeField(_("起算时间"), default=timezone.now)
    ended_at = models.DateTimeField(_("停止时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("例行点位")
        ordering = ["round", "order"]
        constraints = [
            models.UniqueConstraint(
                fields=["round", "spot"],
                name="spot_once_in_a_round",
                violation_error_message=_("这个点位已在该例行工作中。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.round.name} · {self.spot.name}"

    def scope(self) -> Scope:
        return self.round.scope()


class SpotScreen(Register):
    """A screen at a spot that shows a code which changes every minute (`code_at`)."""

    personal = frozenset({"secret"})

    spot = models.OneToOneField(Spot, on_delete=models.PROTECT, related_name="screen", verbose_name=_("点位"))
    secret = models.CharField(max_length=32, default=new_secret, editable=False)

    class Meta:
        verbose_name = _("点位屏幕")

    def __str__(self) -> str:
        return str(self.spot)

    def code_at(self, moment: datetime) -> str:
        """The six digits that stand on the screen in the minute of `moment`."""
        step = int(moment.timestamp() // CODE_STEP.total_seconds())
        digest = hmac.new(bytes.fromhex(self.secret), step.to_bytes(8, "big"), hashlib.sha256).digest()
        return f"{int.from_bytes(digest[:4], 'big') % 1_000_000:06d}"

    def shows(self, code: str, moment: datetime) -> bool:
        """Whether the code stood there within a minute of `moment`."""
        around = (moment - CODE_STEP, moment, moment + CODE_STEP)
        return any(hmac.compare_digest(self.code_at(at), code) for at in around)

    def scope(self) -> Scope:
        return self.spot.scope()


class Proof(models.TextChoices):
    """How it is known that somebody was at the spot."""

    SCREEN = "screen", _("扫屏幕码")
    PRINTED = "printed", _("扫印刷码")
    STALE = "stale", _("屏幕码已过期")
    WRONG = "wrong", _("码不属于此点位")
    NONE = "none", _("未扫码")


class Mark(FieldRecord):
    """Something was done at a spot: disinfected, patrolled, aired, cleaned, looked at.

    `proof` says how it is known; nothing is refused for want of it. `advice` holds the codes of what the
    guide advises against, as it was on that day.
    """

    spot = models.ForeignKey(
        Spot, on_delete=models.PROTECT, related_name="marks", db_index=False, verbose_name=_("点位")
    )
    kind = models.CharField(_("类别"), max_length=15, choices=RoundKind.choices)
    people = models.CharField(_("操作人"), max_length=120, blank=True)
    proof = models.CharField(_("到场依据"), max_length=7, choices=Proof.choices, default=Proof.NONE)
    latitude = models.DecimalField(_("纬度"), max_digits=8, decimal_places=5, null=True, blank=True)
    longitude = models.DecimalField(_("经度"), max_digits=8, decimal_places=5, null=True, blank=True)
    agent = models.CharField(_("消毒剂"), max_length=8, blank=True)
    strength = models.PositiveIntegerField(_("浓度(mg/L)"), null=True, blank=True)
    method = models.CharField(_("方式"), max_length=5, blank=True)
    target = models.CharField(_("消毒对象"), max_length=15, blank=True)
    contact_minutes = models.PositiveSmallIntegerField(_("作用时间(分钟)"), null=True, blank=True)
    area_m2 = models.PositiveIntegerField(_("面积(平方米)"), null=True, blank=True)
    amount_ml = models.PositiveIntegerField(_("用量(毫升)"), null=True, blank=True)
    minutes = models.PositiveSmallIntegerField(_("时长(分钟)"), null=True, blank=True)
    found = models.CharField(_("发现问题"), max_length=300, blank=True)
    persuaded = models.PositiveSmallIntegerField(_("劝导人数"), null=True, blank=True)
    advice = models.JSONField(_("提醒"), default=list, blank=True)

    class Meta(FieldRecord.Meta):
        verbose_name = _("消毒巡查记录")
        ordering = ["-happened_at"]
        indexes = [
            *FieldRecord.Meta.indexes,
            models.Index(fields=["spot", "kind", "happened_at"], name="marks_of_a_spot"),
        ]

    def __str__(self) -> str:
        return f"{self.spot.name} {self.get_kind_display()}"

    @property
    def late_entry(self) -> bool:
        """Written down long after the act (补登)."""
        return self.happened_at is not None and self.written_at - self.happened_at > LATE_ENTRY

    def scope(self) -> Scope:
        return self.spot.scope()


def within(clock: time, begin: time, end: time) -> bool:
    """Whether a time of day lies in hours that may cross midnight."""
    return begin <= clock <= end if begin <= end else clock >= begin or clock <= end
