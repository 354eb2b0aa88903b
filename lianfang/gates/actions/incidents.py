"""The fever path as a case file: each step is a record, written by whoever took it.

暂留 → 复测 → 报告带班领导 → 报告指挥部 → 移交发热门诊 → 结果 → 结案. Steps may come in another order where
life goes another way; what a step needs is held, and a case is closed only once it has an outcome.
"""

from datetime import datetime

from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import Conflict, Refused, field_error
from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.gates.actions.reading import note_read
from lianfang.gates.models import CaseResult, HealthIncident, IncidentStep, Passage, StepKind, Temperature
from lianfang.gates.writing import ReadingTaken, checked_celsius
from lianfang.people.models import Person
from lianfang.places.models import Place


@action("open_incident", says=_("{officer}建立了异常事件:{subject}"))
def open_incident(act: Act, *, passage: Passage) -> HealthIncident:
    """Open the case of somebody who is held at a gate. The case of an encounter is opened once."""
    act.require_any(Right.KEEP_GATE, passage)
    known: HealthIncident | None = HealthIncident.objects.current().filter(encounter=passage.root_id).first()
    if known:
        return known
    return _open(
        act,
        HealthIncident(
            response=passage.response,
            place_id=passage.gate.place_id,
            encounter=passage.root_id,
            person_id=passage.person_id,
            name=passage.name,
            guard_name=passage.guard_name,
            happened_at=passage.happened_at,
            source=passage.source,
            source_reference=passage.source_reference,
        ),
        text="",
    )


@action("report_incident", says=_("{officer}登记了异常事件:{subject}"))
def report_incident(
    act: Act,
    *,
    response: Response,
    place: Place,
    name: str,
    person: Person | None = None,
    happened_at: datetime,
    text: str = "",
    celsius: ReadingTaken | None = None,
) -> HealthIncident:
    """Open a case that did not begin at a gate: a call, a morning reading, a visit."""
    act.require(Right.HANDLE_INCIDENTS, place)
    if happened_at > act.at:
        raise field_error("happened_at", _("发生时间不能晚于现在。"), "date_in_future")
    if not (name.strip() or person):
        raise field_error("name", _("请写姓名。"), "required")
    incident = _open(
        act,
        HealthIncident(
            response=response,
            place=place,
            person=person,
            name=name.strip() or (person.name if person else ""),
            happened_at=happened_at,
        ),
        text=text,
    )
    if celsius is not None:
        _add_reading(act, incident, celsius, happened_at)
    return incident


@action("take_step", says=_("{officer}登记了异常事件的步骤:{subject}"))
def take_step(
    act: Act,
    *,
    incident: HealthIncident,
    kind: str,
    happened_at: datetime | None = None,
    text: str = "",
    told_to: str = "",
    result: str = "",
    reading: ReadingTaken | None = None,
    guard_name: str = "",
) -> IncidentStep:
    """Write one step of a case: now, or at a time that has passed.

    A recheck carries its reading; who was told or took over is named; an outcome says what was found.
    Raises ValidationError at the field, Refused for closing a case without outcome, Conflict when the case
    is closed.
    """
    act.require(Right.HANDLE_INCIDENTS, incident)
    when = happened_at or act.at
    kind = StepKind(kind)
    _hold_open(incident)
    _hold_step(act, incident, kind, when, told_to, result, reading)
    temperature = _add_reading(act, incident, reading, when) if reading and kind == StepKind.RECHECK else None
    return act.add(
        IncidentStep(
            response=incident.response,
            incident_id=incident.root_id,
            kind=kind,
            text=text.strip(),
            told_to=told_to.strip(),
            result=result,
            temperature=temperature.root_id if temperature else None,
            guard_name=guard_name.strip() or str(act.officer),
            happened_at=when,
            written_by=act.officer,
            written_at=act.at,
        )
    )


@action("withdraw_step", says=_("{officer}撤销了异常事件的步骤:{subject}"))
def withdraw_step(act: Act, *, step: IncidentStep, reason: str) -> IncidentStep:
    """Say that a step was not taken. A withdrawn closing opens the case again."""
    act.require(Right.HANDLE_INCIDENTS, step)
    if step.kind == StepKind.HELD:
        raise Refused(_("暂留是卷宗的开头,不能撤销;请写明结果后结案。"), "first_step")
    if step.kind != StepKind.CLOSED:
        _hold_open(step.incident)
    withdrawn: IncidentStep = act.withdraw(step, reason)
    return withdrawn


@action("print_slip", says=_("{officer}打印了移交单:{subject}"))
def note_slip(act: Act, *, incident: HealthIncident) -> HealthIncident:
    """Log that the slip with the person's whole numbers left the house: on the person too, if known."""
    act.require(Right.HANDLE_INCIDENTS, incident)
    act.note(incident, printed="slip")
    if incident.person:
        note_read(act, incident.person, str(_("发热人员移交单")), str(_("移交发热门诊")))
    return incident


def _open(act: Act, incident: HealthIncident, text: str) -> HealthIncident:
    incident.written_by = act.officer
    incident.written_at = act.at
    act.add(incident)
    act.add(
        IncidentStep(
            response=incident.response,
            incident=incident,
            kind=StepKind.HELD,
            text=text.strip(),
            guard_name=incident.guard_name or str(act.officer),
            happened_at=incident.happened_at,
            written_by=act.officer,
            written_at=act.at,
            source=incident.source,
            source_reference=incident.source_reference,
        )
    )
    return incident


def _hold_open(incident: HealthIncident) -> None:
    closed = IncidentStep.objects.current().filter(incident=incident.root_id, kind=StepKind.CLOSED)
    if closed.exists():
        raise Conflict(_("这份卷宗已经结案。要补充,请先撤销结案。"))


def _hold_step(
    act: Act,
    incident: HealthIncident,
    kind: StepKind,
    when: datetime,
    told_to: str,
    result: str,
    reading: ReadingTaken | None,
) -> None:
    if when > act.at:
        raise field_error("happened_at", _("步骤的时间不能晚于现在。"), "date_in_future")
    if incident.happened_at and when < incident.happened_at:
        raise field_error("happened_at", _("步骤的时间不能早于暂留的时间。"), "step_before_hold")
    if kind == StepKind.RECHECK and reading is None:
        raise field_error("celsius", _("复测请写体温。"), "required")
    if kind in _NAMED and not told_to.strip():
        raise field_error("told_to", _("请写明报告给谁、移交给谁。"), "required")
    if kind == StepKind.OUTCOME and result not in CaseResult.values:
        raise field_error("result", _("请选择结果:排除、疑似、确诊或其他。"), "required")
    if kind == StepKind.CLOSED and not _has(incident, StepKind.OUTCOME):
        raise Refused(_("还没有结果,不能结案。先登记结果(排除、疑似、确诊)。"), "no_outcome")


_NAMED = {StepKind.LEADER_TOLD, StepKind.HEADQUARTERS_TOLD, StepKind.HANDED_OVER}


def _has(incident: HealthIncident, kind: StepKind) -> bool:
    steps = IncidentStep.objects.current().filter(incident=incident.root_id, kind=kind)
    found: bool = steps.exists()
    return found


def _add_reading(act: Act, incident: HealthIncident, taken: ReadingTaken, when: datetime) -> Temperature:
    return act.add(
        Temperature(
            response=incident.response,
            place_id=incident.place_id,
            encounter=incident.encounter or incident.root_id,
            person_id=incident.person_id,
            celsius=checked_celsius(taken.celsius),
            normal_by_word=taken.celsius is None,
            body_site=taken.body_site,
            thermometer=taken.thermometer,
            guard_name=str(act.officer),
            happened_at=when,
            written_by=act.officer,
            written_at=act.at,
        )
    )
