"""What is published, and what changes afterwards: absences, swaps."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.records import Record
from lianfang.book.rights import Scope
from lianfang.duty.models.registers import DutyMember, DutyRoster


class PublishedRoster(Record):
    """A roster as it was published. A later version corrects it, and says why.

    `problem` is the problem of the engine as it stood (people, duties, rules), `assignments` who is on
    which duty, `number` the version.
    """

    roster = models.ForeignKey(
        DutyRoster, on_delete=models.PROTECT, related_name="publications", verbose_name=_("值班表")
    )
    number = models.PositiveSmallIntegerField(_("版本"))
    problem = models.JSONField(_("排班条件"))
    assignments = models.JSONField(_("班表"))

    class Meta(Record.Meta):
        verbose_name = _("发布的值班表")
        ordering = ["-received_at"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(fields=["roster", "number"], name="roster_version_once"),
        ]

    def __str__(self) -> str:
        return f"{self.roster} v{self.number}"

    def scope(self) -> Scope:
        return self.roster.scope()


class DutyAbsence(Record):
    """Somebody cannot be on duty from a moment to a moment (请假、临时有事)."""

    member = models.ForeignKey(
        DutyMember, on_delete=models.PROTECT, related_name="absences", verbose_name=_("值班人员")
    )
    begins_at = models.DateTimeField(_("起始时间"))
    ends_at = models.DateTimeField(_("截止时间"))
    reason = models.CharField(_("原因"), max_length=120, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("请假")
        ordering = ["-begins_at"]

    def __str__(self) -> str:
        return str(self.member)

    def scope(self) -> Scope:
        return self.member.scope()


class DutySwap(Record):
    """Somebody asks a colleague to exchange two duties of one version of a roster."""

    version = models.ForeignKey(
        PublishedRoster, on_delete=models.PROTECT, related_name="swaps", verbose_name=_("值班表版本")
    )
    asker = models.ForeignKey(
        DutyMember, on_delete=models.PROTECT, related_name="swaps_asked", verbose_name=_("申请人")
    )
    duty = models.CharField(_("申请人的班"), max_length=40)
    colleague = models.ForeignKey(
        DutyMember, on_delete=models.PROTECT, related_name="swaps_offered", verbose_name=_("对方")
    )
    other_duty = models.CharField(_("对方的班"), max_length=40)
    reason = models.CharField(_("原因"), max_length=120, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("换班申请")
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return f"{self.asker} ⇄ {self.colleague}"

    def scope(self) -> Scope:
        return self.version.scope()


class SwapAnswerKind(models.TextChoices):
    ACCEPTED = "accepted", _("对方同意")
    DECLINED = "declined", _("对方不同意")
    APPROVED = "approved", _("批准")
    REFUSED = "refused", _("不批准")


class DutySwapAnswer(Record):
    """What the colleague, and then the leader, said to a swap."""

    swap = models.ForeignKey(
        DutySwap, on_delete=models.PROTECT, related_name="answers", verbose_name=_("换班申请")
    )
    kind = models.CharField(_("答复"), max_length=8, choices=SwapAnswerKind.choices)
    text = models.CharField(_("说明"), max_length=120, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("换班答复")
        ordering = ["received_at"]

    def __str__(self) -> str:
        return self.get_kind_display()

    def scope(self) -> Scope:
        return self.swap.scope()
