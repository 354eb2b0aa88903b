"""From what somebody says of a crossing to the rows that are written: checks, and the rows of one record.

The desk writes by it one crossing or a party at a time, a sheet of paper row by row.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from decimal import Decimal
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lianfang.book.errors import field_error
from lianfang.book.models import Response
from lianfang.book.records import Source
from lianfang.gates.handwriting import celsius_of, plate_of
from lianfang.gates.models import Outcome, Passage, PersonCategory, Temperature
from lianfang.people.models import Officer, Person
from lianfang.places.models import EntryPass, Household, Spot, SpotKind

# A clock at the gate may run ahead of the server's by so much.
_CLOCKS_DIFFER = timedelta(minutes=5)
# What is written later than this after it happened is a late entry (补登).
_WRITTEN_AT_ONCE = timedelta(minutes=30)


@dataclass(frozen=True, slots=True)
class ReadingTaken:
    """One reading. `celsius` None: only the word 正常. `happened_at` None: at the time of the crossing."""

    celsius: Decimal | None
    body_site: str = ""
    thermometer: str = ""
    happened_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Crossing:
    """One person, or one vehicle (`plate` set, `name` empty), as the guard wrote it down.

    `answers` holds what was asked alone: question → yes, no, or what was said. A question that is not in
    it was not asked.
    """

    category: str
    name: str = ""
    person: Person | None = None
    household: Household | None = None
    document_number: str = ""
    phone: str = ""
    plate: str = ""
    vehicle: Mapping[str, object] = field(default_factory=dict)
    entry_pass: EntryPass | None = None
    coming_from: str = ""
    going_to: str = ""
    purpose: str = ""
    answers: Mapping[str, str] = field(default_factory=dict)
    outcome: str = Outcome.ADMITTED
    reasons: Sequence[str] = ()
    overridden_by: str = ""
    override_reason: str = ""
    written_for: str = ""
    readings: Sequence[ReadingTaken] = ()


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What those who cross together have in common: where, when, which way, and who wrote it from what."""

    response: Response
    gate: Spot
    direction: str
    happened_at: datetime
    guard_name: str = ""
    party: UUID | None = None
    source: str = Source.DESK
    source_reference: str = ""
    proxy_entry: bool = False


def rows_of(
    crossing: Crossing, at: Circumstances, officer: Officer, now: datetime
) -> tuple[Passage, list[Temperature]]:
    """The unsaved rows of one crossing. Raises ValidationError at the field."""
    _hold(crossing, at, now)
    late = at.source == Source.PAPER or now - at.happened_at > _WRITTEN_AT_ONCE
    passage = Passage(
        response=at.response,
        gate=at.gate,
        direction=at.direction,
        party=at.party,
        person=crossing.person,
        household=crossing.household,
        category=crossing.category,
        name=_name_of(crossing),
        plate=plate_of(crossing.plate) if crossing.plate else "",
        vehicle=dict(crossing.vehicle),
        entry_pass=crossing.entry_pass,
        coming_from=crossing.coming_from.strip(),
        going_to=crossing.going_to.strip(),
        purpose=crossing.purpose.strip(),
        answers=dict(crossing.answers),
        outcome=crossing.outcome,
        reasons=list(crossing.reasons),
        overridden_by=crossing.overridden_by.strip(),
        override_reason=crossing.override_reason.strip(),
        guard_name=at.guard_name.strip(),
        late_entry=late,
        proxy_entry=at.proxy_entry or bool(crossing.written_for),
        written_for=crossing.written_for.strip(),
        written_by=officer,
        written_at=now,
        happened_at=at.happened_at,
        source=at.source,
        source_reference=at.source_reference,
    )
    passage.seal_document_number(crossing.document_number)
    passage.seal_phone(crossing.phone)
    return passage, [reading_of(passage, taken, officer, now) for taken in crossing.readings]


def reading_of(passage: Passage, taken: ReadingTaken, officer: Officer, now: datetime) -> Temperature:
    """The unsaved row of a reading that belongs to a passage."""
    when = taken.happened_at or passage.happened_at
    if when and when > now + _CLOCKS_DIFFER:
        raise field_error("happened_at", _("测温时间不能晚于现在。"), "date_in_future")
    return Temperature(
        response=passage.response,
        place_id=passage.gate.place_id,
        encounter=passage.root_id,
        person_id=passage.person_id,
        celsius=checked_celsius(taken.celsius),
        normal_by_word=taken.celsius is None,
        body_site=taken.body_site,
        thermometer=taken.thermometer.strip(),
        guard_name=passage.guard_name,
        happened_at=when,
        written_by=officer,
        written_at=now,
        source=passage.source,
        source_reference=passage.source_reference,
    )


def checked_celsius(value: Decimal | None, at: str = "celsius") -> Decimal | None:
    """The reading with one decimal. Raises ValidationError at the field `at`."""
    if value is None:
        return None
    try:
        return celsius_of(value)
    except ValidationError as error:
        raise ValidationError({at: error}) from error


def _hold(crossing: Crossing, at: Circumstances, now: datetime) -> None:
    if at.gate.kind not in {SpotKind.GATE, SpotKind.DUTY_POST}:
        raise field_error("gate", _("请选择一个出入口或值守点。"), "not_a_gate")
    if at.happened_at > now + _CLOCKS_DIFFER:
        raise field_error("happened_at", _("出入时间不能晚于现在。"), "date_in_future")
    if at.happened_at.date() < at.response.started_on - timedelta(days=1):
        raise field_error(
            "happened_at", _("出入时间早于本次应急响应的启动日期,请核对。"), "date_before_response"
        )
    if not (crossing.name or crossing.person or crossing.plate):
        raise field_error("name", _("请写姓名。"), "required")
    if crossing.plate:
        try:
            plate_of(crossing.plate)
        except ValidationError as error:
            raise ValidationError({"plate": error}) from error
    if bool(crossing.overridden_by.strip()) != bool(crossing.override_reason.strip()):
        at_field = "override_reason" if crossing.overridden_by.strip() else "overridden_by"
        raise field_error(at_field, _("特批请同时写明由谁批准、因为什么。"), "override_incomplete")
    if crossing.outcome in {Outcome.REFUSED, Outcome.TURNED_BACK} and not crossing.reasons:
        raise field_error("reason", _("没有放行的,请写明原因。"), "reason_missing")
    if crossing.outcome == Outcome.REFUSED and crossing.category in _AT_HOME and at.direction == "in":
        raise field_error("outcome", _("住户、租户回家一律放行;体温异常的请选“暂留”。"), "resident_shut_out")


_AT_HOME = {PersonCategory.RESIDENT, PersonCategory.TENANT}


def _name_of(crossing: Crossing) -> str:
    if crossing.name:
        return crossing.name.strip()
    return crossing.person.name if crossing.person else ""
