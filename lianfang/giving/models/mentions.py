"""Mentions (线报、提及): what one source says about one gift, and what a person made of it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.records import Record
from lianfang.book.rights import Scope as RightsScope
from lianfang.giving.models.figures import BoundChoice, DonorKind, FigureColumns, GiftKind, measure_of
from lianfang.giving.models.sources import GiftSource


class Scope(models.TextChoices):
    GIFT = "gift", _("单笔")
    TOTAL = "total", _("合计")
    TIER = "tier", _("分档统计")


class Mention(Record, FigureColumns):
    """A claim read from a source, field by field as it is written there. Edits are corrections."""

    from_source = models.ForeignKey(
        GiftSource, on_delete=models.PROTECT, related_name="mentions", verbose_name=_("来源材料")
    )
    position = models.PositiveIntegerField(_("序号"))
    quote = models.TextField(_("原文摘句"), blank=True)
    start = models.PositiveIntegerField(_("起始位置"), null=True, blank=True)
    end = models.PositiveIntegerField(_("结束位置"), null=True, blank=True)
    spans = models.JSONField(_("各项在原文中的位置"), default=dict, blank=True)
    doubts = models.JSONField(_("存疑之处"), default=list, blank=True)
    donor = models.CharField(_("捐赠人"), max_length=200, blank=True)
    donor_kind = models.CharField(_("捐赠人类别"), max_length=12, choices=DonorKind.choices)
    kind = models.CharField(_("款物"), max_length=5, choices=GiftKind.choices)
    scope_of_figure = models.CharField(_("口径"), max_length=5, choices=Scope.choices, default=Scope.GIFT)
    item = models.CharField(_("物资名称"), max_length=200, blank=True)
    quantity = models.DecimalField(_("数量"), max_digits=18, decimal_places=4, null=True, blank=True)
    quantity_bound = models.CharField(_("数量约数"), max_length=6, choices=BoundChoice.choices, blank=True)
    unit = models.CharField(_("计量单位"), max_length=20, blank=True)
    recipient = models.CharField(_("接收单位"), max_length=200, blank=True)
    via = models.CharField(_("经手单位"), max_length=200, blank=True)
    count = models.PositiveIntegerField(_("家数、人数"), null=True, blank=True)
    pledged = models.BooleanField(_("认捐"), default=False)

    class Meta(Record.Meta):
        verbose_name = _("捐赠提及")
        ordering = ["from_source", "position"]
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["from_source", "position"],
                condition=models.Q(corrects__isnull=True),
                name="mention_once_at_a_position",
            ),
        ]

    @property
    def measure(self) -> str:
        """How many, as the source says it; empty where it does not."""
        return measure_of(self.quantity, self.quantity_bound, self.unit)

    def __str__(self) -> str:
        return self.quote or f"{self.donor or _('(未具名)')} {self.value or ''}"

    def scope(self) -> RightsScope:
        return self.from_source.scope()


class MentionVerdict(models.TextChoices):
    BOOKED = "booked", _("入账")
    JOINED = "joined", _("与已有捐赠为同一笔")
    STATED = "stated", _("总数,留作对照")
    REJECTED = "rejected", _("不是捐赠")


class MentionDecision(Record):
    """What a person made of a mention. At most one stands; it is undone by withdrawing it.

    `mention` is the root of the mention's versions; `donation` and `statement` are roots too.
    """

    mention = models.ForeignKey(Mention, on_delete=models.PROTECT, related_name="decisions")
    verdict = models.CharField(_("处理"), max_length=8, choices=MentionVerdict.choices)
    donation = models.ForeignKey(
        "giving.Donation", on_delete=models.PROTECT, null=True, blank=True, related_name="mention_decisions"
    )
    statement = models.ForeignKey(
        "giving.Statement", on_delete=models.PROTECT, null=True, blank=True, related_name="mention_decisions"
    )
    reason = models.CharField(_("理由"), max_length=300, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("提及的处理")
        constraints = [
            *Record.Meta.constraints,
            models.UniqueConstraint(
                fields=["mention"],
                condition=models.Q(corrects__isnull=True),
                name="mention_decided_once",
                violation_error_message=_("这一条已有人处理。"),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_verdict_display()}: {self.mention}"

    def scope(self) -> RightsScope:
        return self.mention.scope()
