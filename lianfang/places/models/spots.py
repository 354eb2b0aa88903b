"""Spots (点位): what stands in a place and has a printed code."""

import secrets

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.registers import Register
from lianfang.book.rights import Scope
from lianfang.places.models.buildings import Building, Stairwell
from lianfang.places.models.places import Place

# Letters and digits that cannot be taken for one another.
_CODE_SIGNS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"


def new_spot_code() -> str:
    """The printed code of a spot: 10 signs, no two spots have the same."""
    return "".join(secrets.choice(_CODE_SIGNS) for _sign in range(10))


class SpotKind(models.TextChoices):
    GATE = "gate", _("出入口")
    DUTY_POST = "duty_post", _("值守点")
    STAIRWELL = "stairwell", _("楼道")
    BIN = "bin", _("垃圾桶")
    MASK_BIN = "mask_bin", _("废弃口罩收集容器")
    NOTICE_BOARD = "notice_board", _("通报栏")
    BANNER = "banner", _("条幅")
    SIGN = "sign", _("劝导牌")
    PUBLIC_AREA = "public_area", _("公共区域")
    LIFT = "lift", _("电梯")
    CANTEEN = "canteen", _("餐厅")
    DORMITORY = "dormitory", _("宿舍")
    ISOLATION_AREA = "isolation_area", _("隔离观察区")


class Lane(models.TextChoices):
    PEOPLE = "people", _("人行")
    VEHICLES = "vehicles", _("车行")
    BOTH = "both", _("人车混行")


class Way(models.TextChoices):
    IN = "in", _("只进")
    OUT = "out", _("只出")
    BOTH = "both", _("进出")


class Spot(Register):
    """A thing in a place with a printed code. A gate (出入口) is a spot whose `lane` and `way` say
    what passes it; a closed one has an `ended_on`."""

    place = models.ForeignKey(Place, on_delete=models.PROTECT, related_name="spots", verbose_name=_("场所"))
    kind = models.CharField(_("类别"), max_length=14, choices=SpotKind.choices)
    name = models.CharField(_("名称"), max_length=60)
    building = models.ForeignKey(
        Building,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="spots",
        verbose_name=_("楼栋"),
    )
    stairwell = models.ForeignKey(
        Stairwell,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="spots",
        verbose_name=_("单元"),
    )
    floor = models.SmallIntegerField(_("楼层"), null=True, blank=True)
    code = models.CharField(_("点位码"), max_length=10, unique=True, default=new_spot_code, editable=False)
    lane = models.CharField(_("通行对象"), max_length=8, choices=Lane.choices, blank=True)
    way = models.CharField(_("通行方向"), max_length=4, choices=Way.choices, blank=True)
    ended_on = models.DateField(_("停用日期"), null=True, blank=True)

    class Meta:
        verbose_name = _("点位")
        ordering = ["place", "kind", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "name"],
                name="spot_name_once_in_a_place",
                violation_error_message=_("该场所已有同名点位。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.place} · {self.name}"

    def scope(self) -> Scope:
        return self.place.scope()
