"""Phones (设备), the PINs of those on duty, and what arrived from the phones."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.records import Record
from lianfang.book.registers import Register
from lianfang.book.rights import Scope
from lianfang.people.models import Officer, Person
from lianfang.people.models.periods import Period
from lianfang.places.models import Place, Spot


class Device(Register):
    """A phone that was enrolled at a spot, named after its post.

    It signs in by a token, of which only the digest is kept, and has a key pair of which the public
    half is kept. `sequence` and `chain_head` are the last record of its chain that stands in the book.
    """

    name = models.CharField(_("名称"), max_length=60)
    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="devices", verbose_name=_("场所"))
    spot = models.ForeignKey(Spot, on_delete=models.PROTECT, related_name="devices", verbose_name=_("点位"))
    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="+", verbose_name=_("登记此设备的用户")
    )
    token_digest = models.CharField(max_length=64, unique=True, editable=False)
    public_key = models.TextField(_("公钥"), blank=True, editable=False)
    enrolled_at = models.DateTimeField(_("登记时间"))
    revoked_at = models.DateTimeField(_("注销时间"), null=True, blank=True)
    revoked_why = models.CharField(_("注销原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("值守手机")
        ordering = ["place", "name"]

    def __str__(self) -> str:
        return self.name

    def scope(self) -> Scope:
        return self.place.scope()


class DutyPin(Register, Period):
    """The shift PIN by which somebody says on a phone of the place: I am on duty."""

    personal: ClassVar[frozenset[str]] = frozenset({"pin_digest"})

    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="duty_pins", verbose_name=_("场所")
    )
    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("人员")
    )
    name = models.CharField(_("值守人"), max_length=80)
    pin_digest = models.CharField(max_length=120, editable=False)

    class Meta:
        verbose_name = _("值守口令")
        ordering = ["place", "name"]

    def __str__(self) -> str:
        return self.name

    def scope(self) -> Scope:
        return self.place.scope()


class Upload(Record):
    """A batch that arrived from a phone. `digest` covers the rows that it brought."""

    phone = models.ForeignKey(
        Device, on_delete=models.PROTECT, related_name="uploads", verbose_name=_("值守手机")
    )
    first_sequence = models.PositiveBigIntegerField(_("首条序号"), null=True, blank=True)
    last_sequence = models.PositiveBigIntegerField(_("末条序号"), null=True, blank=True)
    stored = models.PositiveIntegerField(_("入账"))
    already_there = models.PositiveIntegerField(_("已有"))
    refused = models.PositiveIntegerField(_("未收"))
    clock_offset_ms = models.BigIntegerField(_("手机时钟偏差(毫秒)"))
    digest = models.CharField(max_length=64)

    class Meta(Record.Meta):
        verbose_name = _("手机上传")
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return f"{self.phone} {self.stored}"

    def scope(self) -> Scope:
        return self.phone.scope()


class RefusedArrival(Record):
    """A record of a phone that the server did not take, with the reason; listed for the duty leader."""

    phone = models.ForeignKey(
        Device, on_delete=models.PROTECT, related_name="refused", verbose_name=_("值守手机")
    )
    record_id = models.CharField(_("记录编号"), max_length=64, db_index=True)
    record_type = models.CharField(_("记录类别"), max_length=40)
    code = models.CharField(_("原因代码"), max_length=40)
    content = models.TextField(_("原内容(加密)"), editable=False)

    class Meta(Record.Meta):
        verbose_name = _("未收记录")
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return f"{self.record_type} {self.code}"

    def scope(self) -> Scope:
        return self.phone.scope()
