"""Inspections and what they found."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from lianfang.book.records import FieldRecord
from lianfang.book.rights import Scope
from lianfang.inspections.models.checklists import Checklist, ChecklistItem, ProblemKind, Severity
from lianfang.people.models import Body
from lianfang.places.models import Place


class Inspection(FieldRecord):
    """One visit to a place to see whether measures are carried out (督导检查).

    `answers` holds what was seen of each line of the checklist, by the line's id: "yes", "no",
    "not_seen". What is wrong follows as a `Finding` each.
    """

    place = models.ForeignKey(
        Place, on_delete=models.PROTECT, related_name="inspections", verbose_name=_("被检点位")
    )
    inspected_body = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="inspections",
        verbose_name=_("被检单位"),
    )
    team = models.ForeignKey(
        Body,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="inspections_made",
        verbose_name=_("检查组"),
    )
    inspectors = models.CharField(_("检查人"), max_length=120)
    unannounced = models.BooleanField(_("不打招呼"), default=True)
    checklist = models.ForeignKey(
        Checklist,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="inspections",
        verbose_name=_("检查表"),
    )
    answers = models.JSONField(_("检查结果"), default=dict, blank=True)
    summary = models.CharField(_("检查情况"), max_length=500, blank=True)
    photos = models.JSONField(_("照片"), default=list, blank=True)

    class Meta(FieldRecord.Meta):
        verbose_name = _("督导检查")
        ordering = ["-happened_at", "-received_at"]
        indexes = [
            *FieldRecord.Meta.indexes,
            models.Index(fields=["place", "happened_at"], name="inspections_of_a_place"),
        ]

    def __str__(self) -> str:
        return str(self.place)

    def scope(self) -> Scope:
        return _scope_of(self.place, self.inspected_body_id)


class Finding(FieldRecord):
    """A problem that an inspection found: who must put it right, and by when.

    `fixed_on_spot` says that it was told and put right at once. `repeats` points to the last problem of
    the same kind at the same responsible body, if there was one: repeats escalate.
    """

    inspection = models.ForeignKey(
        Inspection, on_delete=models.PROTECT, related_name="findings", verbose_name=_("督导检查")
    )
    item = models.ForeignKey(
        ChecklistItem,
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="findings",
        verbose_name=_("检查项"),
    )
    text = models.CharField(_("发现问题"), max_length=300)
    kind = models.CharField(_("问题类别"), max_length=12, choices=ProblemKind.choices)
    severity = models.CharField(_("严重程度"), max_length=7, choices=Severity.choices)
    responsible_body = models.ForeignKey(
        Body, on_delete=models.PROTECT, related_name="findings", verbose_name=_("责任单位")
    )
    responsible_person = models.CharField(_("责任人"), max_length=60, blank=True)
    requirement = models.CharField(_("整改要求"), max_length=300, blank=True)
    deadline = models.DateTimeField(_("整改时限"), null=True, blank=True, db_index=True)
    fixed_on_spot = models.BooleanField(_("当场整改"), default=False)
    photos = models.JSONField(_("照片"), default=list, blank=True)
    repeats = models.ForeignKey(
        "self",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="repeated_by",
        verbose_name=_("重复于"),
    )

    class Meta(FieldRecord.Meta):
        verbose_name = _("检查发现的问题")
        ordering = ["-received_at"]
        indexes = [*FieldRecord.Meta.indexes, models.Index(fields=["root"], name="finding_root")]

    def __str__(self) -> str:
        return self.text

    def scope(self) -> Scope:
        return _scope_of(self.inspection.place, self.responsible_body_id)


def _scope_of(place: Place, body: object) -> Scope:
    """Where an inspection stands: at its place, and at the body that answers for it."""
    at = place.scope()
    return Scope(at.areas, at.bodies | Scope.of(bodies=[body]).bodies, at.places)  # type: ignore[list-item]
