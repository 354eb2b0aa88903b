"""Officers (用户): persons who sign in, and the roles they are given on an area, a body or a place."""

from uuid import UUID

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.registers import Register, new_id
from lianfang.book.rights import Reach, Right, Role, Scope, roles_with
from lianfang.people.models.areas import Area
from lianfang.people.models.bodies import Body
from lianfang.people.models.periods import Period
from lianfang.people.models.persons import Person


class Officer(AbstractUser):
    """A person who signs in. What the officer may do comes from grants alone."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    display_name = models.CharField(_("姓名"), max_length=80)
    person = models.OneToOneField(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="officer",
        verbose_name=_("人员"),
    )
    body = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="officers",
        verbose_name=_("单位"),
    )
    language = models.CharField(_("界面语言"), max_length=8, default="zh-hans")

    class Meta:
        verbose_name = _("用户")
        ordering = ["display_name"]

    def __str__(self) -> str:
        return self.display_name or self.username

    def scope(self) -> Scope:
        return Scope.of(areas=[self.body.area_id if self.body else None], bodies=[self.body_id])

    def reach(self, right: Right) -> Reach:
        """Where this officer holds `right` today, with all areas below those granted.

        Asked once a right and an object: make a new Officer (as each request does) to see new grants.
        """
        known: dict[Right, Reach] = self.__dict__.setdefault("_reach", {})
        if right not in known:
            known[right] = self._reach_today(right)
        return known[right]

    def may(self, right: Right, scope: Scope | None = None) -> bool:
        """Whether the officer holds `right` there, or anywhere at all if no scope is given."""
        reach = self.reach(right)
        return bool(reach) if scope is None else reach.covers(scope)

    def _reach_today(self, right: Right) -> Reach:
        if not self.is_active:
            return Reach()
        grants = Grant.objects.on(timezone.localdate()).filter(officer=self, role__in=roles_with(right))
        areas: set[UUID] = set()
        bodies: set[UUID] = set()
        places: set[UUID] = set()
        for grant in grants.select_related("area"):
            if grant.area and grant.area.parent_id is None:
                return Reach(everywhere=True)
            if grant.area:
                areas.update(
                    Area.objects.descendants(grant.area, include_self=True).values_list("pk", flat=True)
                )
            if grant.body_id:
                bodies.add(grant.body_id)
            if grant.place_id:
                places.add(grant.place_id)
        if bodies:
            bodies.update(Body.objects.filter(merged_into__in=bodies).values_list("pk", flat=True))
        return Reach(areas=frozenset(areas), bodies=frozenset(bodies), places=frozenset(places))


class Grant(Register, Period):
    """A role that an officer holds on an area (with all below it), a body or a place, from–to."""

    officer = models.ForeignKey(
        Officer, on_delete=models.PROTECT, related_name="grants", verbose_name=_("用户")
    )
    role = models.CharField(_("角色"), max_length=20, choices=Role.choices)
    area = models.ForeignKey(
        Area, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("属地")
    )
    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("单位")
    )
    place_id = models.UUIDField(_("场所"), null=True, blank=True)

    class Meta:
        verbose_name = _("授权")
        ordering = ["officer", "role"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(area__isnull=False)
                | models.Q(body__isnull=False)
                | models.Q(place_id__isnull=False),
                name="grant_names_where_it_holds",
                violation_error_message=_("请选择授权所及的属地、单位或场所。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.officer} · {self.get_role_display()}"

    def scope(self) -> Scope:
        return Scope.of(areas=[self.area_id], bodies=[self.body_id], places=[self.place_id])
