"""Visits of sympathy (慰问) to those on duty, with what was brought. Not a gift in the books of giving."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.records import Record
from lianfang.book.rights import Scope
from lianfang.places.models import Place


class Visit(Record):
    """Somebody visited those on duty at a place, or on the front line (`place` unknown).

    `times_text` keeps words such as 多次 where the source gives no count; `brought` what was brought, one
    line a thing, as it was said.
    """

    place = models.ForeignKey(
        Place,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="visits",
        verbose_name=_("场所"),
    )
    where = models.CharField(_("地点"), max_length=80)
    visitors = models.CharField(_("慰问人"), max_length=120)
    times_text = models.CharField(_("次数(原话)"), max_length=20, blank=True)
    brought = models.JSONField(_("带去的物资"), default=list, blank=True)
    text = models.CharField(_("慰问情况"), max_length=300, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("慰问")
        ordering = ["-happened_at", "-received_at"]

    def __str__(self) -> str:
        return f"{self.visitors} → {self.where}"

    def scope(self) -> Scope:
        return self.place.scope() if self.place else Scope()
