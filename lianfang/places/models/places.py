"""Places (场所), and in which state they are from when to when."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.registers import Register
from lianfang.book.rights import Scope
from lianfang.people.models import Area, Body


class PlaceKind(models.TextChoices):
    COMPOUND = "compound", _("小区")
    VILLAGE = "village", _("村")
    ENTERPRISE_SITE = "enterprise_site", _("企业厂区")


class Place(Register):
    """A compound, a village or an enterprise site that is guarded.

    `body` keeps the place as its own: the enterprise of a site, the committee of a village, the property
    manager of a compound. An `unmanaged` compound (三无小区) has none; it is guarded by the bodies that
    are assigned to it (包保), which `guard_bodies` of the queries tells.
    """

    name = models.CharField(_("名称"), max_length=80)
    kind = models.CharField(_("类别"), max_length=15, choices=PlaceKind.choices)
    unmanaged = models.BooleanField(_("三无小区"), default=False)
    area = models.ForeignKey(Area, on_delete=models.PROTECT, related_name="places", verbose_name=_("属地"))
    body = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="places",
        verbose_name=_("所属单位"),
    )
    address = models.CharField(_("地址"), max_length=120, blank=True)
    remark = models.CharField(_("备注"), max_length=300, blank=True)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_places",
        verbose_name=_("已并入"),
    )

    class Meta:
        verbose_name = _("场所")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["area", "name"],
                condition=models.Q(merged_into__isnull=True),
                name="place_name_once_in_an_area",
                violation_error_message=_("该属地已有同名场所。"),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def scope(self) -> Scope:
        return Scope.of(areas=[self.area_id], bodies=[self.body_id], places=[self.pk])


class Regime(models.TextChoices):
    """How a place is kept: open, closed management (封闭管理), or one of the three levels of zone."""

    OPEN = "open", _("正常开放")
    CLOSED = "closed", _("封闭管理")
    PRECAUTION = "precaution", _("防范区")
    CONTROLLED = "controlled", _("管控区")
    LOCKED_DOWN = "locked_down", _("封控区")


class PlaceState(Register):
    """The regime of a place from a moment to a moment (open end: until further notice)."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="states", verbose_name=_("场所"))
    regime = models.CharField(_("管理状态"), max_length=11, choices=Regime.choices)
    begins_at = models.DateTimeField(_("起始时间"))
    ends_at = models.DateTimeField(_("截止时间"), null=True, blank=True)
    authority = models.CharField(_("依据"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("场所状态")
        ordering = ["place", "-begins_at"]

    def __str__(self) -> str:
        return f"{self.place} · {self.get_regime_display()}"

    def scope(self) -> Scope:
        return self.place.scope()
