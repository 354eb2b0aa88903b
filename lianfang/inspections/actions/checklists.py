"""Checklists: making one, and making its next version."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Max
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import field_error
from lianfang.book.registers import new_id
from lianfang.book.rights import Right
from lianfang.inspections.models import Checklist, ChecklistItem, ProblemKind, Severity


@dataclass(frozen=True, slots=True)
class Line:
    """A line of a checklist as it is written down."""

    text: str
    kind: str = ProblemKind.OTHER
    severity: str = Severity.MINOR


@action("publish_checklist", says=_("{officer}发布了检查表「{subject}」"))
def publish_checklist(
    act: Act, *, theme: str, lines: Sequence[Line], basis: str = "", id: UUID | None = None
) -> Checklist:
    """A new version of the checklist of a theme; the version before it is in use no more.

    With an `id` that is in the book, that one is returned. Raises ValidationError.
    """
    act.require(Right.INSPECT)
    if id and (found := Checklist.objects.filter(pk=id).first()):
        return found
    kept = [line for line in lines if line.text.strip()]
    if not kept:
        raise field_error("lines", _("请至少写一项检查内容,一行一项。"), "required")
    before = Checklist.objects.filter(theme=theme.strip())
    last = before.aggregate(last=Max("version"))["last"] or 0
    today = act.at.date()
    for old in before.filter(ended_on__isnull=True):
        act.change(old, ended_on=today)
    checklist = act.add(
        Checklist(id=id or new_id(), theme=theme.strip(), version=last + 1, basis=basis.strip())
    )
    for order, line in enumerate(kept, start=1):
        act.add(
            ChecklistItem(
                checklist=checklist,
                order=order,
                text=line.text.strip(),
                kind=line.kind,
                severity=line.severity,
            )
        )
    return checklist


@action("end_checklist", says=_("{officer}停用了检查表「{subject}」"))
def end_checklist(act: Act, *, checklist: Checklist, ended_on: date) -> Checklist:
    """Use a checklist no more; inspections made by it keep it."""
    act.require(Right.INSPECT)
    return act.change(checklist, ended_on=ended_on)
