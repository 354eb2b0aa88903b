"""How a finding stands: read out of the records that point to it, never kept as a state of its own."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from lianfang.book.records import Record
from lianfang.inspections.models import (
    Escalation,
    Finding,
    OrderedFinding,
    Rectification,
    RectificationOrder,
    Reinspection,
    Verdict,
)

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


_BETWEEN_NAMES = re.compile(r"[、,，;；/\s]+")


class Stage(StrEnum):
    """What a finding waits for."""

    TO_RECTIFY = "to_rectify"
    TO_REINSPECT = "to_reinspect"
    CLOSED = "closed"


STAGE_WORDS = {
    Stage.TO_RECTIFY: _("待整改"),
    Stage.TO_REINSPECT: _("待复查"),
    Stage.CLOSED: _("已销号"),
}


@dataclass(frozen=True, slots=True)
class Step:
    """One thing that followed a finding, in words."""

    record: Record
    word: "str | StrPromise"
    text: str = ""
    by: object = ""
    photos: Sequence[str] = ()
    deadline: datetime | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """A finding with what followed it: orders, the last measures, the last check, escalations."""

    finding: Finding
    orders: tuple[RectificationOrder, ...] = ()
    rectifications: tuple[Rectification, ...] = ()
    reinspections: tuple[Reinspection, ...] = ()
    escalations: tuple[Escalation, ...] = ()

    @property
    def rectification(self) -> Rectification | None:
        return self.rectifications[-1] if self.rectifications else None

    @property
    def reinspection(self) -> Reinspection | None:
        return self.reinspections[-1] if self.reinspections else None

    @property
    def reopened(self) -> int:
        """How often a check did not pass."""
        return sum(one.verdict == Verdict.REOPENED for one in self.reinspections)

    @property
    def stage(self) -> Stage:
        if self.finding.fixed_on_spot:
            return Stage.CLOSED
        if self.reinspection and self.reinspection.verdict == Verdict.CLOSED:
            return Stage.CLOSED
        checked = {one.rectification_id for one in self.reinspections}
        if self.rectification and self.rectification.pk not in checked:
            return Stage.TO_REINSPECT
        return Stage.TO_RECTIFY

    @property
    def deadline(self) -> datetime | None:
        """The deadline in force: that of the last check that did not pass, or else the finding's own."""
        if self.reinspection and self.reinspection.verdict == Verdict.REOPENED:
            return self.reinspection.deadline
        return self.finding.deadline

    @property
    def closed_at(self) -> datetime | None:
        if self.finding.fixed_on_spot:
            return self.finding.happened_at or self.finding.written_at
        closing = self.reinspection
        return closing.happened_at if closing and closing.verdict == Verdict.CLOSED else None

    @property
    def steps(self) -> list["Step"]:
        """What followed, in the order in which it was written."""
        steps = [Step(one, one.number) for one in self.orders]
        steps += [
            Step(
                one,
                _("整改"),
                f"{one.measures} {one.result}".strip(),
                one.done_by or one.written_by,
                one.photos,
            )
            for one in self.rectifications
        ]
        steps += [
            Step(
                one,
                format_lazy("{}:{}", _("复查"), one.get_verdict_display()),
                one.text,
                writer_of(one),
                one.photos,
                one.deadline,
            )
            for one in self.reinspections
        ]
        steps += [Step(one, one.get_kind_display(), one.text, one.written_by) for one in self.escalations]
        return sorted(steps, key=lambda step: step.record.received_at)

    def late(self, now: datetime) -> bool:
        """Nothing has been put right by the deadline in force."""
        deadline = self.deadline
        return self.stage is Stage.TO_RECTIFY and deadline is not None and deadline < now


def found_or_rectified_by(standing: Standing) -> set[str]:
    """The names of those who may not check a finding again: who found it, who wrote that it was put right.

    On a phone many people write in the name of one officer: there it is who was on duty on it, and the
    inspectors named.
    """
    inspection = standing.finding.inspection
    found = {name.strip() for name in _BETWEEN_NAMES.split(inspection.inspectors)}
    found.add(writer_of(standing.finding))
    if standing.rectification:
        found |= {standing.rectification.done_by.strip(), writer_of(standing.rectification)}
    return found - {""}


def writer_of(record: Record) -> str:
    """The name of who wrote a record: who was on duty on the phone, or the officer at the desk."""
    return str(getattr(record, "guard_name", "")).strip() or str(record.written_by)


def standings_of(roots: Iterable[UUID]) -> dict[UUID, Standing]:
    """The findings of these roots with all that followed, in five queries however many they are."""
    wanted = list(roots)
    findings = {
        one.root_id: one
        for one in Finding.objects.newest()
        .filter(root_id__in=wanted)
        .select_related("inspection__place", "inspection__team", "responsible_body", "item", "written_by")
    }
    orders: dict[UUID, list[RectificationOrder]] = {}
    for line in (
        OrderedFinding.objects.current()
        .filter(finding_id__in=wanted, order__withdrawn=False)
        .select_related("order__body", "order__issuer")
    ):
        orders.setdefault(line.finding_id, []).append(line.order)
    rectifications = _by_finding(Rectification, wanted)
    reinspections = _by_finding(Reinspection, wanted)
    escalations = _by_finding(Escalation, wanted)
    return {
        root: Standing(
            finding,
            tuple(orders.get(root, ())),
            tuple(rectifications.get(root, ())),
            tuple(reinspections.get(root, ())),
            tuple(escalations.get(root, ())),
        )
        for root, finding in findings.items()
    }


def _by_finding(model: type, wanted: list[UUID]) -> dict[UUID, list]:  # type: ignore[type-arg]
    found: dict[UUID, list] = {}  # type: ignore[type-arg]
    rows = (
        model.objects.current()  # type: ignore[attr-defined]
        .filter(finding_id__in=wanted)
        .select_related("written_by")
        .order_by("received_at")
    )
    for row in rows:
        found.setdefault(row.finding_id, []).append(row)
    return found
