"""包保: a dated duty of a body or a person for an area, a body or a place."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.registers import Register
from lianfang.book.rights import Scope
from lianfang.people.models.areas import Area
from lianfang.people.models.bodies import Body
from lianfang.people.models.periods import Period
from lianfang.people.models.persons import Person


class Assignment(Register, Period):
    """Who is answerable (a body, and who of it) for what: an area, a body, or a place.

    A place is named by `place_id`, its name kept beside it; one that is not registered by its name alone.
    A handover ends one assignment and begins the next, which names it in `taken_over_from`.
    """

    body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="assignments", verbose_name=_("包保单位")
    )
    person = models.ForeignKey(
        Person,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name=_("包保责任人"),
    )
    area = models.ForeignKey(
        Area,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="assignments",
        verbose_name=_("包保属地"),
    )
    helped_body = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="helped_by",
        verbose_name=_("被包保单位"),
    )
    place_name = models.CharField(_("包保场所"), max_length=80, blank=True)
    place_id = models.UUIDField(_("场所"), null=True, blank=True, db_index=True)
    duty = models.CharField(_("职责"), max_length=120, blank=True)
    taken_over_from = models.OneToOneField(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="handed_over_to",
        verbose_name=_("接自"),
    )

    class Meta:
        verbose_name = _("包保")
        ordering = ["body", "-valid_from"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(area__isnull=False)
                | models.Q(helped_body__isnull=False)
                | ~models.Q(place_name=""),
                name="assignment_names_what_it_is_for",
                violation_error_message=_("请填写包保的属地、单位或场所。"),
            )
        ]

    def __str__(self) -> str:
        return f"{self.body.name} → {self.object_name}"

    @property
    def object_name(self) -> str:
        return self.place_name or (self.helped_body.name if self.helped_body else "") or str(self.area)

    def scope(self) -> Scope:
        return Scope.of(
            areas=[self.area_id], bodies=[self.body_id, self.helped_body_id], places=[self.place_id]
        )
