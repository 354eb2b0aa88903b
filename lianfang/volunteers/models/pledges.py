"""What a team vowed (承诺), and who put a name to it."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.records import Record
from lianfang.book.rights import Scope
from lianfang.volunteers.models.registers import Volunteer, VolunteerTeam


class Pledge(Record):
    """A pledge of a team: its words, before what it was made, who led it; when, if that is known."""

    team = models.ForeignKey(
        VolunteerTeam, on_delete=models.PROTECT, related_name="pledges", verbose_name=_("志愿队")
    )
    text = models.CharField(_("承诺内容"), max_length=500)
    before = models.CharField(_("承诺场合"), max_length=60, blank=True, help_text=_("例如:面对党旗"))
    led_by = models.CharField(_("领誓人"), max_length=40, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("承诺")
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return f"{self.team} {self._meta.verbose_name}"

    def scope(self) -> Scope:
        return self.team.scope()


class SigningWay(models.TextChoices):
    DRAWN = "drawn", _("屏上手签")
    PAPER = "paper", _("纸上签名")
    SPOKEN = "spoken", _("集体宣誓")


class PledgeSignature(Record):
    """One person's name under a pledge.

    What shows it: the lines drawn on a screen (each x, y, x, y … from 0 to 1000), the page of the paper,
    or who witnessed the spoken vow (`proof`).
    """

    pledge = models.ForeignKey(
        Pledge, on_delete=models.PROTECT, related_name="signatures", verbose_name=_("承诺")
    )
    volunteer = models.ForeignKey(
        Volunteer, on_delete=models.PROTECT, related_name="signatures", verbose_name=_("志愿者")
    )
    way = models.CharField(_("签名方式"), max_length=6, choices=SigningWay.choices)
    drawn = models.JSONField(_("笔画"), default=list, blank=True)
    proof = models.CharField(_("纸页或见证人"), max_length=60, blank=True)

    class Meta(Record.Meta):
        verbose_name = _("承诺签名")
        ordering = ["received_at"]

    def __str__(self) -> str:
        return f"{self.volunteer} {self.get_way_display()}"

    def scope(self) -> Scope:
        return self.pledge.scope()
