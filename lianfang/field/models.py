"""Phones (设备), the PINs of those on duty, and what arrived from the phones."""

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.models import Response
from lianfang.book.records import FieldRecord, Record
from lianfang.book.registers import Register
from lianfang.book.rights import Scope
from lianfang.people.models import Officer, Person
from lianfang.people.models.periods import Period
from lianfang.places.models import Place, Spot


class Device(Register):
    """A phone that was enrolled at a spot, named after its post.

    It signs in by a token, of which only the digest is kept, and has a key pair of which the public
    half is kept (32 bytes, base64url; empty for a program that was enrolled on the command line). What it
    writes belongs to the `response` for which it was enrolled.
    """

    name = models.CharField(_("名称"), max_length=60)
    response = models.ForeignKey(
        Response, on_delete=models.PROTECT, related_name="+", verbose_name=_("应急响应")
    )
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


class Enrolment(Register):
    """The permission to enrol one phone at a spot: a code shown as a picture, good once and for minutes."""

    response = models.ForeignKey(
        Response, on_delete=models.PROTECT, related_name="+", verbose_name=_("应急响应")
    )
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="enrolments", verbose_name=_("场所")
    )
    spot = models.ForeignKey(
        Spot, on_delete=models.PROTECT, related_name="enrolments", verbose_name=_("点位")
    )
    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="+", verbose_name=_("登记此设备的用户")
    )
    name = models.CharField(_("设备名称"), max_length=60, blank=True)
    code_digest = models.CharField(max_length=64, unique=True, editable=False)
    expires_at = models.DateTimeField(_("有效期止"))
    device = models.OneToOneField(
        Device,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="enrolment",
        verbose_name=_("值守手机"),
    )

    class Meta:
        verbose_name = _("手机登记码")
        ordering = ["-created_at"]

    def __str__(self) -> str:
        return f"{self.spot} {self.name}".strip()

    def scope(self) -> Scope:
        return self.place.scope()


class DeviceChain(models.Model):
    """How far the chain of a device stands in the book; made of its records, and renewed by each upload.

    Records 1 to `next_sequence - 1` are there, and `head` is the digest of the last of them. `pieces` are
    what lies beyond a gap: [first, last, what the first says of the one before it, digest of the last].
    `waiting` counts those that were taken in but speak of a record that has not come.
    """

    device = models.OneToOneField(
        Device, on_delete=models.CASCADE, primary_key=True, related_name="chain", verbose_name=_("值守手机")
    )
    next_sequence = models.PositiveBigIntegerField(default=1)
    head = models.CharField(max_length=64, default="0" * 64)
    pieces = models.JSONField(default=list, blank=True)
    waiting = models.PositiveIntegerField(default=0)
    last_seen_at = models.DateTimeField(_("最近联系时间"), null=True, blank=True)
    clock_offset_ms = models.BigIntegerField(_("手机时钟偏差(毫秒)"), null=True, blank=True)

    class Meta:
        verbose_name = _("设备记录链")

    def __str__(self) -> str:
        return f"{self.device} {self.next_sequence}"


class DutyPin(Register, Period):
    """The shift PIN by which somebody says on a phone of the place: I am on duty.

    The phone checks it without network, so whoever has the phone's data can try all PINs: it says who is
    on duty among colleagues, and protects nothing else.
    """

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
    """A batch that arrived from a phone, as it was answered.

    What it brought stands in the audit entry of the upload by count and digest, which `lianfang check`
    holds against the rows. `clock_went_back` counts the records that the phone's clock says were written
    before the record that they follow.
    """

    phone = models.ForeignKey(
        Device, on_delete=models.PROTECT, related_name="uploads", verbose_name=_("值守手机")
    )
    first_sequence = models.PositiveBigIntegerField(_("首条序号"), null=True, blank=True)
    last_sequence = models.PositiveBigIntegerField(_("末条序号"), null=True, blank=True)
    stored = models.PositiveIntegerField(_("入账"))
    already_there = models.PositiveIntegerField(_("已有"))
    refused = models.PositiveIntegerField(_("未收"))
    clock_offset_ms = models.BigIntegerField(_("手机时钟偏差(毫秒)"))
    clock_went_back = models.PositiveIntegerField(_("时钟倒退次数"), default=0)

    class Meta(Record.Meta):
        verbose_name = _("手机上传")
        ordering = ["-received_at"]

    def __str__(self) -> str:
        return f"{self.phone} {self.stored}"

    def scope(self) -> Scope:
        return self.phone.scope()


class RefusedArrival(FieldRecord):
    """A record of a phone that the server did not take, with the reason; listed for the duty leader.

    `content` is the record as it was sent, sealed. `waiting` is one that speaks of a record which has not
    arrived yet: it is taken as soon as that one is there. Who has dealt with a refused record, and the
    server when it takes a waiting one, withdraws this line with the reason.
    """

    phone = models.ForeignKey(
        Device, on_delete=models.PROTECT, related_name="refused", verbose_name=_("值守手机")
    )
    record_id = models.CharField(_("记录编号"), max_length=64, db_index=True)
    record_type = models.CharField(_("记录类别"), max_length=40)
    code = models.CharField(_("原因代码"), max_length=40)
    message = models.CharField(_("原因"), max_length=300, blank=True)
    content = models.TextField(_("原内容(加密)"), editable=False)

    class Meta(FieldRecord.Meta):
        verbose_name = _("未收记录")
        ordering = ["-received_at"]
        indexes = [
            *FieldRecord.Meta.indexes,
            models.Index(fields=["envelope"], name="refused_arrival_envelope"),
        ]

    def __str__(self) -> str:
        return f"{self.record_type} {self.code}"

    def scope(self) -> Scope:
        return self.phone.scope()


class BundleChunk(models.Model):
    """A piece of what the phones of a place know, kept ready; made again from the registers.

    `name` is its part ("lookup/…" a bucket of residents, "data/…" what a task of another room wants known),
    `version` that of what it was made from, `digest` the SHA-256 of the content, `content` gzipped JSON.
    """

    place = models.ForeignKey(Place, on_delete=models.CASCADE, related_name="+", verbose_name=_("场所"))
    name = models.CharField(max_length=80)
    version = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    size = models.PositiveIntegerField()
    content = models.BinaryField()

    class Meta:
        verbose_name = _("离线包分片")
        constraints = [models.UniqueConstraint(fields=["place", "name"], name="chunk_once_in_a_bundle")]
        indexes = [models.Index(fields=["place", "digest"], name="chunk_by_digest")]

    def __str__(self) -> str:
        return f"{self.place} {self.name}"
