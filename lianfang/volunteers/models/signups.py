"""Signing up (报名), and what was decided on it."""

from typing import ClassVar

from django.core.exceptions import ValidationError
from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book import sealing
from lianfang.book.records import Record
from lianfang.book.rights import Scope
from lianfang.people.models import Body
from lianfang.places.models import Place
from lianfang.volunteers.models.registers import ServiceTime, Skill, Volunteer, VolunteerCall, in_words


class VolunteerSignUp(Record):
    """Somebody offers to serve: on the public page of a call, or at the desk (`call` unknown).

    The phone is sealed under the id of the first version; `consent` keeps the very sentence to which the
    person agreed.
    """

    personal: ClassVar[frozenset[str]] = frozenset({"phone", "phone_index"})

    call = models.ForeignKey(
        VolunteerCall,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="sign_ups",
        verbose_name=_("招募"),
    )
    in_public = models.BooleanField(_("网上报名"), default=False)
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="volunteer_sign_ups", verbose_name=_("登记单位")
    )
    place = models.ForeignKey(
        Place,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="volunteer_sign_ups",
        verbose_name=_("服务场所"),
    )
    name = models.CharField(_("姓名"), max_length=40)
    phone = models.TextField(_("电话"), editable=False, blank=True)
    phone_index = models.CharField(max_length=65, db_index=True, editable=False, blank=True)
    unit = models.CharField(_("所在单位或住处"), max_length=60, blank=True)
    party_member = models.BooleanField(_("中共党员"), default=False)
    skills = models.JSONField(_("技能"), default=list, blank=True)
    times = models.JSONField(_("可服务时间"), default=list, blank=True)
    words = models.CharField(_("想说的话"), max_length=200, blank=True)
    consent = models.CharField(_("知情同意"), max_length=300)

    class Meta(Record.Meta):
        verbose_name = _("志愿者报名")
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return self.name

    @property
    def skills_in_words(self) -> str:
        return in_words(Skill, self.skills)

    @property
    def times_in_words(self) -> str:
        return in_words(ServiceTime, self.times)

    def seal_phone(self, phone: str) -> None:
        """Keep a phone number sealed. Raises ValidationError."""
        digits = plain_phone(phone)
        if not 5 <= len(digits.lstrip("+")) <= 15:
            raise ValidationError(
                {"phone": ValidationError(_("电话号码应为 5 至 15 位数字。"), code="phone")}
            )
        self.phone = sealing.seal(digits, self._sealed_at("phone"))
        self.phone_index = sealing.blind_index(digits, "phone")

    def open_phone(self) -> str:
        return sealing.unseal(self.phone, self._sealed_at("phone"))

    def _sealed_at(self, column: str) -> sealing.Place:
        return sealing.Place("volunteers_sign_up", str(self.root_id), column)

    def scope(self) -> Scope:
        found = self.body.scope()
        if self.place is None:
            return found
        at = self.place.scope()
        return Scope(found.areas | at.areas, found.bodies | at.bodies, at.places)


class SignUpVerdict(models.TextChoices):
    ACCEPTED = "accepted", _("同意")
    DECLINED = "declined", _("婉拒")


class SignUpDecision(Record):
    """What was decided on a sign-up; who was accepted is in the register of volunteers."""

    sign_up = models.ForeignKey(
        VolunteerSignUp, on_delete=models.PROTECT, related_name="decisions", verbose_name=_("报名")
    )
    verdict = models.CharField(_("结果"), max_length=8, choices=SignUpVerdict.choices)
    reason = models.CharField(_("说明"), max_length=120, blank=True)
    volunteer = models.ForeignKey(
        Volunteer,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="decisions",
        verbose_name=_("志愿者"),
    )

    class Meta(Record.Meta):
        verbose_name = _("报名处理")
        ordering = ["received_at"]

    def __str__(self) -> str:
        return f"{self.sign_up} {self.get_verdict_display()}"

    def scope(self) -> Scope:
        return self.sign_up.scope()


def plain_phone(phone: str) -> str:
    """The digits of a phone number as it is kept and looked for."""
    return "".join(sign for sign in phone if sign.isdigit() or sign == "+")
