"""Two lines that were one: what was merged into what, and what moved along."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.registers import Register
from lianfang.book.rights import Scope
from lianfang.places.models.places import Place


class MergedKind(models.TextChoices):
    PLACE = "place", _("场所")
    HOUSEHOLD = "household", _("住户")
    PERSON = "person", _("人员")


class Merge(Register):
    """`merged` has gone into `into`: its id still leads there, so records that name it stay right.

    `moved` lists what changed hands ("places.resident:<id>"), so that the merge can be undone.
    """

    kind = models.CharField(_("类别"), max_length=9, choices=MergedKind.choices)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="merges", verbose_name=_("场所"))
    merged = models.UUIDField(_("被并入的"), db_index=True)
    merged_name = models.CharField(_("被并入的"), max_length=80)
    into = models.UUIDField(_("并入"), db_index=True)
    into_name = models.CharField(_("并入"), max_length=80)
    moved = models.JSONField(_("随之移动"), default=dict, blank=True)
    undone_at = models.DateTimeField(_("撤销时间"), null=True, blank=True)

    class Meta:
        verbose_name = _("合并")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.merged_name} → {self.into_name}"

    def scope(self) -> Scope:
        return self.place.scope()
