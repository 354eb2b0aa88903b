"""Officers (用户): persons who sign in, and the roles they are given on an area, a body or a place."""

from django.contrib.auth.models import AbstractUser
from django.db import models
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from lianfang.book.registers import Register, new_id
from lianfang.book.rights import Reach, Right, Role, Scope, roles_with
from lianfang.people.models.areas import Area
from lianfang.people.models.bodies import Body, with_merged
from lianfang.people.models.periods import Period
from lianfang.people.models.persons import Person
from lianfang.people.placing import placing


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
    language = models.CharField(
        _("界面语言"),
        max_length=8,
        default="zh-hans",
        choices=[("zh-hans", _("简体中文")), ("en", "English")],
    )
    one_time_until = models.DateTimeField(
        _("一次性密码有效至"),
        null=True,
        blank=True,
        editable=False,
        help_text=_("有值时,当前密码是管理员给出的一次性密码,登录后须先修改"),
    )

    class Meta:
        verbose_name = _("用户")
        ordering = ["display_name"]

    def __str__(self) -> str:
        return self.display_name or self.username

    def scope(self) -> Scope:
        return Scope.of(areas=[self.body.area_id if self.body else None], bodies=[self.body_id])

    def reach(self, right: Right) -> Reach:
        """Where this officer holds `right` today, with all areas below those granted.

        The grants are read once an object: make a new Officer (as each request does) to see new ones.
        """
        known: dict[Right, Reach] = self.__dict__.setdefault("_reach", {})
        if right not in known:
            known[right] = self._reach_today(right)
        return known[right]

    def may(self, right: Right, scope: Scope | None = None) -> bool:
        """Whether the officer holds `right` there, or anywhere at all if no scope is given."""
        reach = self.reach(right)
        return bool(reach) if scope is None else reach.covers(scope)

    def grants_with(self, right: Right) -> list["Grant"]:
        """The officer's grants that hold today and carry `right`."""
        roles = roles_with(right)
        return [grant for grant in self._grants_today if grant.role in roles]

    @cached_property
    def _grants_today(self) -> list["Grant"]:
        if not self.is_active:
            return []
        return list(
            Grant.objects.on(timezone.localdate()).filter(officer=self).select_related("area", "body")
        )

    def _reach_today(self, right: Right) -> Reach:
        reaches = [grant.reach for grant in self.grants_with(right)]
        return Reach(
            everywhere=any(reach.everywhere for reach in reaches),
            areas=frozenset().union(*(reach.areas for reach in reaches)),
            bodies=frozenset().union(*(reach.bodies for reach in reaches)),
            places=frozenset().union(*(reach.places for reach in reaches)),
        )


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
                condition=models.Q(area__isnull=False, body__isnull=True, place_id__isnull=True)
                | models.Q(area__isnull=True, body__isnull=False, place_id__isnull=True)
                | models.Q(area__isnull=True, body__isnull=True, place_id__isnull=False),
                name="grant_names_where_it_holds",
                violation_error_message=_("请选择授权所及的一个属地、单位或场所。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.officer} · {self.get_role_display()}"

    @property
    def object_name(self) -> str:
        """The name of what the role holds on."""
        if self.place_id:
            return placing().name_of(self.place_id)
        return str(self.area or self.body or "")

    @cached_property
    def reach(self) -> Reach:
        """What the role on this area, body or place reaches; the top area is everywhere."""
        if self.area:
            if self.area.parent_id is None:
                return Reach(everywhere=True)
            below = Area.objects.descendants(self.area, include_self=True)
            return Reach(areas=frozenset(below.values_list("pk", flat=True)))
        if self.body_id:
            return Reach(bodies=with_merged(frozenset({self.body_id})))
        return Reach(places=placing().one_with(self.place_id) if self.place_id else frozenset())

    def scope(self) -> Scope:
        """Where the role holds: a grant on a body or a place stands in its area too."""
        if self.place_id:
            return placing().scope_of(self.place_id)
        area = self.body.area_id if self.body else self.area_id
        return Scope.of(areas=[area], bodies=[self.body_id], places=[self.place_id])
