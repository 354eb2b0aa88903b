"""Buildings, stairwells and rooms. In a village a village group (村民小组) stands for a building."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.registers import Register
from lianfang.book.rights import Scope
from lianfang.places.models.places import Place


class BuildingKind(models.TextChoices):
    RESIDENTIAL = "residential", _("住宅楼")
    VILLAGE_GROUP = "village_group", _("村民小组")
    OFFICE = "office", _("办公楼")
    WORKSHOP = "workshop", _("车间")
    DORMITORY = "dormitory", _("宿舍")
    CANTEEN = "canteen", _("餐厅")
    ISOLATION = "isolation", _("隔离观察区")
    OTHER = "other", _("其他")


class Building(Register):
    """A house of a place, or a village group. `number` is what people say: "3" for 3号楼."""

    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="buildings", verbose_name=_("场所")
    )
    number = models.CharField(_("楼号(组)"), max_length=20)
    kind = models.CharField(
        _("类别"), max_length=13, choices=BuildingKind.choices, default=BuildingKind.RESIDENTIAL
    )
    floors = models.PositiveSmallIntegerField(_("层数"), null=True, blank=True)

    class Meta:
        verbose_name = _("楼栋")
        ordering = ["place", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "number"],
                name="building_number_once_in_a_place",
                violation_error_message=_("该场所已有同号楼栋(组)。"),
            )
        ]

    def __str__(self) -> str:
        if self.kind == BuildingKind.VILLAGE_GROUP:
            return f"{self.number}组"
        return f"{self.number}号楼" if self.number.isdigit() else self.number

    def scope(self) -> Scope:
        return self.place.scope()


class Stairwell(Register):
    """An entrance within a building (单元)."""

    building = models.ForeignKey(
        Building, on_delete=models.PROTECT, related_name="stairwells", verbose_name=_("楼栋")
    )
    number = models.CharField(_("单元"), max_length=20)

    class Meta:
        verbose_name = _("单元")
        ordering = ["building", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["building", "number"],
                name="stairwell_number_once_in_a_building",
                violation_error_message=_("该楼已有同号单元。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.building}{self.number}单元"

    def scope(self) -> Scope:
        return self.building.scope()


class RoomUse(models.TextChoices):
    OWN = "own", _("自住")
    LET = "let", _("出租")
    VACANT = "vacant", _("空置")
    UNKNOWN = "unknown", _("未了解")


class Room(Register):
    """A dwelling, or a room of a dormitory."""

    building = models.ForeignKey(
        Building, on_delete=models.PROTECT, related_name="rooms", verbose_name=_("楼栋(组)")
    )
    stairwell = models.ForeignKey(
        Stairwell,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="rooms",
        verbose_name=_("单元"),
    )
    number = models.CharField(_("房号"), max_length=20)
    floor = models.SmallIntegerField(_("楼层"), null=True, blank=True)
    use = models.CharField(_("房屋性质"), max_length=7, choices=RoomUse.choices, default=RoomUse.UNKNOWN)

    class Meta:
        verbose_name = _("房屋")
        ordering = ["building", "stairwell", "number"]
        constraints = [
            models.UniqueConstraint(
                fields=["building", "stairwell", "number"],
                nulls_distinct=False,
                name="room_number_once",
                violation_error_message=_("该单元已有同号房屋。"),
            )
        ]

    def __str__(self) -> str:
        """As people write it: 3-2-501."""
        parts = [self.building.number, self.stairwell.number if self.stairwell else "", self.number]
        return "-".join(part for part in parts if part)

    def scope(self) -> Scope:
        return self.building.scope()
