"""Employees of an enterprise site (员工花名册)."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from lianfang.book.registers import Register
from lianfang.book.rights import Scope
from lianfang.people.models import Body, Person
from lianfang.people.models.periods import Period
from lianfang.places.models.buildings import Room
from lianfang.places.models.places import Place


class Employee(Register, Period):
    """A person who works at a site, from–to; `employer` may be another body (labour agency, guard unit)."""

    person = models.ForeignKey(
        Person, on_delete=models.PROTECT, related_name="employments", verbose_name=_("人员")
    )
    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="employees", verbose_name=_("场所")
    )
    employer = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="employees", verbose_name=_("用工单位")
    )
    number = models.CharField(_("工号"), max_length=30, blank=True)
    department = models.CharField(_("部门(车间)"), max_length=60, blank=True)
    job = models.CharField(_("岗位"), max_length=60, blank=True)
    dormitory_room = models.ForeignKey(
        Room,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="employees",
        verbose_name=_("宿舍"),
    )

    class Meta:
        verbose_name = _("员工")
        ordering = ["place", "department", "person"]
        constraints = [
            models.UniqueConstraint(
                fields=["person", "place"],
                condition=Q(valid_to__isnull=True),
                name="employee_once_at_a_site",
                violation_error_message=_("此人已在该厂区花名册中。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.person.name} · {self.place}"

    def scope(self) -> Scope:
        return self.place.scope()
