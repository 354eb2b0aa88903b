"""Areas (属地): the territorial tree, county – township – community (village) – grid."""

from django.core.validators import RegexValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from tree_queries.models import TreeNode

from lianfang.book.registers import Register
from lianfang.book.rights import Scope


class AreaLevel(models.TextChoices):
    COUNTY = "county", _("县(市、区)")
    TOWNSHIP = "township", _("镇(街道)")
    COMMUNITY = "community", _("社区(村)")
    GRID = "grid", _("网格")


class Area(Register, TreeNode):  # type: ignore[misc,django-manager-missing]  # untyped
    """A territorial unit. `division_code` is its code by GB/T 2260 and GB/T 10114, where it has one."""

    name = models.CharField(_("名称"), max_length=60)
    level = models.CharField(_("级别"), max_length=10, choices=AreaLevel.choices)
    division_code = models.CharField(
        _("行政区划代码"),
        max_length=15,
        blank=True,
        db_index=True,
        validators=[
            RegexValidator(r"^(\d{6}|\d{9}|\d{12}|\d{15})?$", _("区划代码应为 6、9、12 或 15 位数字。"))
        ],
    )

    class Meta:
        verbose_name = _("属地")
        ordering = ["division_code", "name"]
        constraints = [
            models.UniqueConstraint(
                fields=["parent", "name"],
                name="area_name_once_below_a_parent",
                violation_error_message=_("上级属地之下已有同名属地。"),
            )
        ]

    def __str__(self) -> str:
        return self.name

    def scope(self) -> Scope:
        return Scope.of(areas=[self.pk])
