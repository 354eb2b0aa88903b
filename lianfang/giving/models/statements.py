"""Statements (口径数、原文数): totals and tiers that a source states. Compared, never added."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.records import Record
from lianfang.book.rights import Scope as RightsScope
from lianfang.giving.models.figures import DonorKind, FigureColumns, GiftKind
from lianfang.giving.models.mentions import Scope
from lianfang.giving.models.sources import GiftSource
from lianfang.people.models import Body


class Statement(Record, FigureColumns):
    """A figure about many gifts: a total, or a count of givers over (or under) a line.

    What it is compared with in the book: gifts of `kind`, by donors of `covers_donor_kind` (any if
    empty), by members of or through `covers_body` (any if null).
    """

    from_source = models.ForeignKey(GiftSource, on_delete=models.PROTECT, related_name="statements")
    subject = models.CharField(_("谁的总数"), max_length=200, blank=True)
    kind = models.CharField(_("款物"), max_length=5, choices=GiftKind.choices)
    scope_of_figure = models.CharField(_("口径"), max_length=5, choices=Scope.choices)
    count = models.PositiveIntegerField(_("家数、人数"), null=True, blank=True)
    item = models.CharField(_("物资名称"), max_length=200, blank=True)
    qualifier = models.CharField(_("限定语"), max_length=60, blank=True, help_text=_("如:据不完全统计"))
    covers_donor_kind = models.CharField(
        _("对照的捐赠人类别"), max_length=12, choices=DonorKind.choices, blank=True
    )
    covers_body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("对照的单位")
    )

    class Meta(Record.Meta):
        verbose_name = _("原文数")

    def __str__(self) -> str:
        return f"{self.subject} {self.get_scope_of_figure_display()}"

    def scope(self) -> RightsScope:
        return self.from_source.scope()
