"""Rules that a place, or one of its gates, has for itself (本处规则), from a day on."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.models import RuleProfile
from lianfang.book.registers import Register
from lianfang.book.rights import Scope
from lianfang.places.models import Place, Spot

OWN_RULES = "own_gate"
"""The subject of such profiles in the book: the county's are of subject "gate"."""


class GateRule(Register):
    """A place has rules of its own at all gates or at one; within their days they go before the county's.

    The days stand in `profile`. With `extends` the profile holds only what differs, and the rest is what
    the county has on the day of the matter. The rules of one gate go before those of its place.
    """

    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="gate_rules", verbose_name=_("场所")
    )
    gate = models.ForeignKey(
        Spot,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="gate_rules",
        verbose_name=_("出入口"),
    )
    profile = models.OneToOneField(
        RuleProfile, on_delete=models.PROTECT, related_name="gate_rule", verbose_name=_("规则档案")
    )
    extends = models.BooleanField(_("其余按县规则"), default=False)
    cancelled = models.BooleanField(_("已取消"), default=False)

    class Meta:
        verbose_name = _("本处出入规则")
        ordering = ["-profile__valid_from"]

    def __str__(self) -> str:
        return f"{self.where}「{self.profile}」"

    @property
    def where(self) -> str:
        return f"{self.place} {self.gate.name}" if self.gate else str(self.place)

    def scope(self) -> Scope:
        return self.place.scope()
