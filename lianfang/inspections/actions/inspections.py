"""Inspections: writing one down with what it found."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import field_error
from lianfang.book.models import Response
from lianfang.book.records import Source
from lianfang.book.registers import new_id
from lianfang.book.rights import Right
from lianfang.inspections.models import Checklist, ChecklistItem, Finding, Inspection
from lianfang.people.models import Body
from lianfang.places.models import Place

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

SEEN = ("yes", "no", "not_seen")


@dataclass(frozen=True, slots=True)
class Problem:
    """A problem as it is written down. `deadline` is needed unless it was put right on the spot."""

    text: str
    kind: str
    severity: str
    responsible_body: Body
    responsible_person: str = ""
    requirement: str = ""
    deadline: datetime | None = None
    fixed_on_spot: bool = False
    item: ChecklistItem | None = None
    photos: Sequence[UUID] = ()
    id: UUID = field(default_factory=new_id)


@action("record_inspection", says=_("{officer}登记了对{subject}的督导检查"))
def record_inspection(
    act: Act,
    *,
    response: Response,
    place: Place,
    inspectors: str,
    happened_at: datetime | None,
    inspected_body: Body | None = None,
    team: Body | None = None,
    unannounced: bool = True,
    checklist: Checklist | None = None,
    answers: Mapping[str, str] | None = None,
    summary: str = "",
    photos: Sequence[UUID] = (),
    problems: Sequence[Problem] = (),
    written_at: datetime | None = None,
    source: str = Source.DESK,
    device: str = "",
    device_sequence: int | None = None,
    id: UUID | None = None,
) -> Inspection:
    """Write down an inspection and its findings. With an `id` that is in the book, that one is returned.

    `happened_at` may be unknown only where a source leaves it out. Raises ValidationError.
    """
    act.require_one_of((Right.INSPECT,), place)
    known: Inspection | None = Inspection.objects.filter(pk=id).first() if id else None
    if known:
        return known
    if happened_at and happened_at > act.at:
        raise field_error("happened_at", _("检查时间不能晚于现在。"), "date_in_future")
    given = dict(answers or {})
    if refused := answers_refused(checklist, given, summary, len(problems)):
        raise field_error("summary" if checklist is None else "answers", refused[1], refused[0])
    inspection = act.add(
        Inspection(
            id=id or new_id(),
            response=response,
            place=place,
            inspected_body=inspected_body or place.body,
            team=team,
            inspectors=inspectors.strip(),
            happened_at=happened_at,
            written_at=written_at or act.at,
            unannounced=unannounced,
            checklist=checklist,
            answers=given,
            summary=summary.strip(),
            photos=[str(photo) for photo in photos],
            written_by=act.officer,
            source=source,
            device=device,
            device_sequence=device_sequence,
        )
    )
    for problem in problems:
        add_finding(act, inspection, problem)
    return inspection


@action("record_finding", says=_("{officer}登记了检查发现的问题:{subject}"))
def record_finding(act: Act, *, inspection: Inspection, problem: Problem) -> Finding:
    """A finding that is added to an inspection afterwards. Raises ValidationError."""
    act.require(Right.INSPECT, inspection)
    return add_finding(act, inspection, problem)


@action("withdraw_finding", says=_("{officer}撤销了检查发现的问题:{subject}"))
def withdraw_finding(act: Act, *, finding: Finding, reason: str) -> Finding:
    """Say that a finding was none. Raises ValidationError without a reason."""
    act.require(Right.INSPECT, finding)
    return act.withdraw(finding, reason)


def add_finding(act: Act, inspection: Inspection, problem: Problem) -> Finding:
    """Put a problem into the book within an act that has asked for the right."""
    if problem.deadline is None and not problem.fixed_on_spot:
        raise field_error("deadline", _("请填写整改时限;当场改好的,请勾选“当场整改”。"), "required")
    if problem.deadline and inspection.happened_at and problem.deadline < inspection.happened_at:
        raise field_error("deadline", _("整改时限不能早于检查时间。"), "period_reversed")
    return act.add(
        Finding(
            id=problem.id,
            response=inspection.response,
            inspection=inspection,
            item=problem.item,
            text=words_of(problem.text, problem.item),
            kind=problem.kind,
            severity=problem.severity,
            responsible_body=problem.responsible_body,
            responsible_person=problem.responsible_person.strip(),
            requirement=problem.requirement.strip(),
            deadline=None if problem.fixed_on_spot else problem.deadline,
            fixed_on_spot=problem.fixed_on_spot,
            photos=[str(photo) for photo in problem.photos],
            repeats=last_alike(
                inspection.response,
                inspection.pk,
                inspection.place_id,
                problem.responsible_body.pk,
                problem.kind,
                problem.item,
            ),
            happened_at=inspection.happened_at,
            written_at=inspection.written_at,
            written_by=act.officer,
            source=inspection.source,
        )
    )


def words_of(text: str, item: ChecklistItem | None) -> str:
    """What was found, in the officer's words. Where there are none, or only the line of the checklist, which
    says how it should be: that it is not so."""
    own = text.strip()
    if item is None or own not in {"", item.text.strip()}:
        return own
    return f"不符合:{item.text.strip()}"[:300]


def last_alike(
    response: Response,
    inspection: UUID,
    place: UUID,
    body: UUID,
    kind: str,
    item: ChecklistItem | None,
) -> Finding | None:
    """The last problem of the same line of the checklist, or else of the same kind, at the same body, found
    by another inspection."""
    alike = (
        Finding.objects.current()
        .filter(response=response, responsible_body=body)
        .exclude(inspection=inspection)
        .order_by("-received_at")
    )
    if item:
        found: Finding | None = alike.filter(item__text=item.text).first()
        return found
    same_kind: Finding | None = alike.filter(item__isnull=True, kind=kind, inspection__place=place).first()
    return same_kind


def answers_refused(
    checklist: Checklist | None, answers: Mapping[str, str], summary: str, problems: int
) -> "tuple[str, StrPromise] | None":
    """Why an inspection with these answers is none: a code and a sentence; None where it is one."""
    known = set() if checklist is None else {str(pk) for pk in checklist.items.values_list("pk", flat=True)}
    if set(answers) - known:
        return "unknown_item", _("检查表中没有这一项。")
    if any(value not in SEEN for value in answers.values()):
        return "invalid_choice", _("检查结果只能是“符合”“不符合”“未查看”。")
    if problems or any(value in {"yes", "no"} for value in answers.values()):
        return None
    if checklist is not None:
        return "nothing_answered", _("检查表一项也没有查看。请至少判定一项,或写下发现的问题。")
    if not summary.strip():
        return "nothing_answered", _("什么也没有写。请写明检查情况,或写下发现的问题。")
    return None
