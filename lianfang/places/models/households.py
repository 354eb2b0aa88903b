"""Households, who lives in them, and their vehicles."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianfang.book.registers import Register
from lianfang.book.rights import Scope
from lianfang.people.models import Body, Person
from lianfang.people.models.periods import Period
from lianfang.places.models.buildings import Building, Room
from lianfang.places.models.places import Place


class Household(Register):
    """People living together (户): the unit of quota, notice and help.

    In a village it has no room: it is known by its group (`building`) and its head. `building` is that
    of the room where there is one. `label` is what a guard reads: "3-2-501", "2组 王某某家".
    """

    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="households", verbose_name=_("场所")
    )
    room = models.ForeignKey(
        Room,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="households",
        verbose_name=_("房屋"),
    )
    building = models.ForeignKey(
        Building,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="households",
        verbose_name=_("楼栋(组)"),
    )
    label = models.CharField(_("户名"), max_length=80)
    head = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("户主"),
    )
    needs = models.CharField(_("特殊困难"), max_length=200, blank=True)
    ended_on = models.DateField(_("销户日期"), null=True, blank=True)
    merged_into = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="merged_households",
        verbose_name=_("已并入"),
    )

    class Meta:
        verbose_name = _("住户")
        ordering = ["place", "label"]

    def __str__(self) -> str:
        return self.label

    def scope(self) -> Scope:
        return self.place.scope()


class HouseholdMeasure(Register):
    """A household under a measure that its members' passage depends on, from a moment to a moment.

    An ended measure vanishes from the guards' screens; it is never public.
    """

    class Kind(models.TextChoices):
        HOME_OBSERVATION = "home_observation", _("居家观察")
        RETURNEE_JOINED = "returnee_joined", _("有返乡人员同住")
        SHOPPING_FOR = "shopping_for", _("由他人代购")

    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, related_name="measures", verbose_name=_("住户")
    )
    kind = models.CharField(_("措施"), max_length=16, choices=Kind.choices)
    begins_at = models.DateTimeField(_("起始时间"))
    ends_at = models.DateTimeField(_("解除时间"), null=True, blank=True)
    reason = models.CharField(_("原因"), max_length=200, blank=True)

    class Meta:
        verbose_name = _("住户管控措施")
        ordering = ["household", "-begins_at"]

    def __str__(self) -> str:
        return f"{self.household} · {self.get_kind_display()}"

    def scope(self) -> Scope:
        return self.household.scope()


class ResidentKind(models.TextChoices):
    RESIDENT = "resident", _("住户")
    TENANT = "tenant", _("租户")


class Resident(Register, Period):
    """A person who lives in a household, from–to."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="residences", verbose_name=_("人员")
    )
    household = models.ForeignKey(
        Household, on_delete=models.PROTECT, related_name="residents", verbose_name=_("住户")
    )
    kind = models.CharField(
        _("类别"), max_length=8, choices=ResidentKind.choices, default=ResidentKind.RESIDENT
    )
    relation = models.CharField(_("与户主关系"), max_length=20, blank=True)

    class Meta:
        verbose_name = _("居住人员")
        ordering = ["household", "person"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "household"],
                condition=Q(valid_to__isnull=True),
                name="resident_once_in_a_household",
                violation_error_message=_("此人已登记在该户。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person.name} · {self.household}"

    def scope(self) -> Scope:
        return self.household.scope()


class Vehicle(Register, Period):
    """A vehicle of a household or of a body. Plate and driver are many-to-many."""

    plate = models.CharField(_("车牌号"), max_length=12, db_index=True)
    kind = models.CharField(_("车辆性质"), max_length=20, blank=True)
    household = models.ForeignKey(
        Household,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="vehicles",
        verbose_name=_("住户"),
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="vehicles", verbose_name=_("单位")
    )
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="vehicles", verbose_name=_("场所")
    )

    class Meta:
        verbose_name = _("车辆")
        ordering = ["plate"]
        constraints = [
            models.UniqueConstraint(
                fields=["place", "plate"],
                condition=Q(valid_to__isnull=True),
                name="plate_once_in_a_place",
                violation_error_message=_("该场所已有此车牌。"),
            )
        ]

    def __str__(self) -> str:
        return self.plate

    def scope(self) -> Scope:
        return self.place.scope()
