"""Who came and left (考勤), and how a post was handed over (交接班)."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.records import FieldRecord, Record
from lianfang.book.rights import Scope
from lianfang.duty.models.registers import DutyMember, DutyPost
from lianfang.places.models import Place, Spot


class CameOrLeft(models.TextChoices):
    CAME = "in", _("到岗")
    LEFT = "out", _("离岗")


class Attendance(FieldRecord):
    """Somebody came on duty or left. `spot` is the spot whose code was scanned, null where none was."""

    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="attendances", verbose_name=_("场所")
    )
    post = models.ForeignKey(
        DutyPost,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances",
        verbose_name=_("岗位"),
    )
    spot = models.ForeignKey(
        Spot,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances",
        verbose_name=_("所扫点位"),
    )
    member = models.ForeignKey(
        DutyMember,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="attendances",
        verbose_name=_("值班人员"),
    )
    name = models.CharField(_("姓名"), max_length=40, blank=True)
    direction = models.CharField(_("到岗离岗"), max_length=3, choices=CameOrLeft.choices)

    class Meta(FieldRecord.Meta):
        verbose_name = _("考勤")
        ordering = ["-happened_at"]
        indexes = [
            *FieldRecord.Meta.indexes,
            models.Index(fields=["place", "happened_at"], name="attendance_of_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.member or self.name} {self.get_direction_display()}"

    def scope(self) -> Scope:
        return self.place.scope()


class Handover(FieldRecord):
    """A post passed on, signed by both. `happened_at` is when it was; `shift_end` when it was due.

    `signatures` holds what each of the two ("from", "to") drew on the phone: lines of points 0–1000 across
    and down; or, under "from_pin" and "to_pin", who signed by the shift PIN and when. `counted` are things
    counted, by their names; `open_matters` what is not settled.
    """

    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="handovers", verbose_name=_("场所")
    )
    post = models.ForeignKey(
        DutyPost,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="handovers",
        verbose_name=_("岗位"),
    )
    spot = models.ForeignKey(
        Spot,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="handovers",
        verbose_name=_("点位"),
    )
    began_at = models.DateTimeField(_("本班起始"))
    shift_end = models.DateTimeField(_("应交班时间"), null=True, blank=True)
    handed_by = models.CharField(_("交班人"), max_length=40)
    taken_by = models.CharField(_("接班人"), max_length=40)
    signatures = models.JSONField(_("签字"), default=dict)
    incidents = models.CharField(_("异常情况及处理"), max_length=500, blank=True)
    open_matters = models.CharField(_("未尽事项"), max_length=500, blank=True)
    still_out = models.CharField(_("在外未归"), max_length=500, blank=True)
    counted = models.JSONField(_("物资清点"), default=dict, blank=True)

    class Meta(FieldRecord.Meta):
        verbose_name = _("交接班")
        ordering = ["-happened_at"]
        indexes = [
            *FieldRecord.Meta.indexes,
            models.Index(fields=["place", "happened_at"], name="handovers_of_a_place"),
        ]

    def __str__(self) -> str:
        return f"{self.handed_by} → {self.taken_by}"

    def scope(self) -> Scope:
        return self.place.scope()


class HandoverReview(Record):
    """A leader on duty has looked at a handover and signed it, with the counts of the gates as they stood."""

    handover = models.ForeignKey(
        Handover, on_delete=models.PROTECT, related_name="reviews", verbose_name=_("交接班")
    )
    counts = models.JSONField(_("本班进出"), default=dict)
    text = models.CharField(_("意见"), max_length=200, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("交接班复核")
        ordering = ["received_at"]

    def __str__(self) -> str:
        return str(self.handover)

    def scope(self) -> Scope:
        return self.handover.scope()
