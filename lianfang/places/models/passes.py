"""Entry passes (出入证) as the book keeps them; how they are signed is in `lianfang.engines.passes`."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.registers import Register
from lianfang.book.rights import Scope
from lianfang.people.models import Body, Person
from lianfang.places.models.households import Household, Vehicle
from lianfang.places.models.places import Place


class PassKind(models.TextChoices):
    HOUSEHOLD = "household", _("家庭出入证")
    PERSON = "person", _("个人出入证")
    VEHICLE = "vehicle", _("车辆通行证")
    STAFF = "staff", _("单位职工证")


class EntryPass(Register):
    """A permission to pass the gates of a place, signed so that a phone verifies it without network.

    `number` (digits) is unique in the county; the revocation list names it. `spoken_code` is empty only
    where a place has used up its codes.
    """

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="passes", verbose_name=_("场所"))
    kind = models.CharField(_("类别"), max_length=9, choices=PassKind.choices)
    number = models.CharField(_("编号"), max_length=20, unique=True)
    household = models.ForeignKey(
        Household,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="passes",
        verbose_name=_("住户"),
    )
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="passes",
        verbose_name=_("持证人"),
    )
    vehicle = models.ForeignKey(
        Vehicle,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="passes",
        verbose_name=_("车辆"),
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="passes", verbose_name=_("单位")
    )
    spoken_code = models.CharField(_("口令"), max_length=4, blank=True, db_index=True)
    colour = models.CharField(_("颜色"), max_length=22, blank=True)
    token = models.TextField(_("签名内容"), editable=False)
    key_id = models.CharField(_("签名密钥"), max_length=20, editable=False)
    issued_at = models.DateTimeField(_("签发时间"))
    valid_from = models.DateTimeField(_("有效期起"))
    valid_to = models.DateTimeField(_("有效期止"))
    revoked_at = models.DateTimeField(_("作废时间"), null=True, blank=True, db_index=True)
    revoked_why = models.CharField(_("作废原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("出入证")
        ordering = ["place", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "spoken_code"],
                condition=models.Q(revoked_at__isnull=True) & ~models.Q(spoken_code=""),
                name="spoken_code_once_in_a_place",
                violation_error_message=_("该场所已有同样的口令。"),
            )
        ]

    def __str__(self) -> str:
        return self.number

    def scope(self) -> Scope:
        return self.place.scope()
