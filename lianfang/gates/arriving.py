"""What phones at gates send: passages with their readings, rounds of readings, fever cases and their steps.

What a phone decided is taken as it was decided; what the rules say of it stands beside it (`judging`).
A record is refused only where it cannot stand in the book: another place's gate, a person or household that
the book does not know, a correction of what has been corrected. Nothing is refused for what it says.
"""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from django.utils.translation import gettext_lazy as _

from lianfang.book import sealing
from lianfang.book.actions import Act
from lianfang.book.arriving import (
    UNKNOWN_RECORD,
    Arrival,
    Corrections,
    Refusal,
    RowMaker,
    Sender,
    record_type,
)
from lianfang.book.asking import ID, PLAIN, Question
from lianfang.book.models import Response
from lianfang.book.rows import columns_of
from lianfang.gates.judging import facts_hold, judge_arrivals
from lianfang.gates.models import HealthIncident, IncidentStep, Passage, Rejudgement, Temperature
from lianfang.people.models import Person
from lianfang.places.models import EntryPass, Household, Spot

Short = Annotated[str, msgspec.Meta(max_length=80)]
Text = Annotated[str, msgspec.Meta(max_length=120)]
Long = Annotated[str, msgspec.Meta(max_length=200)]
Code = Annotated[str, msgspec.Meta(max_length=40)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
Tenths = Annotated[int, msgspec.Meta(ge=200, le=460)]
Site = Literal["", "forehead", "axillary", "ear", "wrist"]
Outcome = Literal["admitted", "refused", "turned_back", "held"]
Category = Literal[
    "resident",
    "tenant",
    "employee",
    "visitor",
    "courier",
    "worker",
    "duty_staff",
    "emergency",
]


class ReadingContent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """One temperature of an encounter, in tenths of a degree: 375 is 37.5 ℃. Null if nobody saw a number."""

    id: UUID
    tenths: Tenths | None = None
    normal_by_word: bool = False
    body_site: Site = ""
    thermometer: Code = ""
    kind: Code = ""
    """Kind of thermometer, as the rules' thresholds name it: forehead_gun, ear, mercury …"""
    at: Moment | None = None


class VehicleContent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, omit_defaults=True):
    kind: Code = ""
    via: Text = ""
    load: Text = ""
    occupants: Annotated[int, msgspec.Meta(ge=0, le=200)] | None = None
    driver: Short = ""
    disinfected: bool = False


class PassageContent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A crossing of a gate by one person or one vehicle. `gate` is that of the phone if it is left out."""

    direction: Literal["in", "out"]
    category: Category
    outcome: Outcome
    gate: UUID | None = None
    party: UUID | None = None
    person: UUID | None = None
    household: UUID | None = None
    entry_pass: UUID | None = None
    name: Short = ""
    document_number: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    phone: Annotated[str, msgspec.Meta(max_length=40)] | None = None
    plate: Annotated[str, msgspec.Meta(max_length=12)] = ""
    vehicle: VehicleContent | None = None
    coming_from: Text = ""
    going_to: Text = ""
    purpose: Text = ""
    answers: Annotated[dict[Code, Long], msgspec.Meta(max_length=40)] = {}
    facts: Annotated[dict[Code, Any], msgspec.Meta(max_length=40)] = {}
    reasons: Annotated[list[Code], msgspec.Meta(max_length=20)] = []
    overridden_by: Short = ""
    override_reason: Long = ""
    late_entry: bool = False
    proxy_entry: bool = False
    readings: Annotated[list[ReadingContent], msgspec.Meta(max_length=20)] = []
    reason: Long = ""
    withdrawn: bool = False


class TemperatureContent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """A temperature by itself: of a round of readings, or a recheck of a passage (its first id)."""

    person: UUID | None = None
    encounter: UUID | None = None
    tenths: Tenths | None = None
    normal_by_word: bool = False
    body_site: Site = ""
    thermometer: Code = ""
    reason: Long = ""
    withdrawn: bool = False


class IncidentContent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """Somebody is held. `encounter` is the passage's first id."""

    encounter: UUID | None = None
    person: UUID | None = None
    name: Short = ""
    reason: Long = ""
    withdrawn: bool = False


class IncidentStepContent(msgspec.Struct, frozen=True, forbid_unknown_fields=True, gc=False):
    """One step of a case. `temperature` is the id of a recheck's reading, `result` that of an outcome."""

    incident: UUID
    kind: Literal["held", "recheck", "leader_told", "headquarters_told", "handed_over", "outcome", "closed"]
    text: Annotated[str, msgspec.Meta(max_length=300)] = ""
    told_to: Text = ""
    temperature: UUID | None = None
    result: Literal["", "ruled_out", "suspected", "confirmed", "other"] = ""
    reason: Long = ""
    withdrawn: bool = False


def accept_passages(
    act: Act, response: Response, sender: Sender, arrivals: Sequence[Arrival]
) -> Sequence[Refusal]:
    refusals: list[Refusal] = []
    known = _Known(sender, [arrival.content for arrival in arrivals])
    corrections = Corrections(Passage, arrivals, *_CARRIED)
    ids = [one.id for arrival in arrivals for one in arrival.content.readings]
    taken = _ids_there(Temperature, ids)
    # Nothing is asked record by record where one look at the batch tells that all is well.
    all_fresh = not taken and len(set(ids)) == len(ids)
    rows: list[dict[str, Any]] = []
    readings: list[dict[str, Any]] = []
    measured: list[list[dict[str, Any]]] = []
    make = RowMaker(Passage, act, response, sender)
    make_reading = RowMaker(Temperature, act, response, sender)
    for arrival in arrivals:
        content: PassageContent = arrival.content
        refusal = known.refusal_of(arrival.id, content) or corrections.refusal_of(arrival)
        if refusal is None and not all_fresh and not taken.isdisjoint(one.id for one in content.readings):
            refusal = Refusal(arrival.id, "record_id_taken", _("其中一个体温的编号已用过。"))
        if refusal is not None:
            refusals.append(refusal)
            continue
        if not all_fresh:
            taken.update(one.id for one in content.readings)
        root = corrections.take(arrival)
        row = make(
            arrival,
            root,
            {
                "gate_id": content.gate or sender.spot_id,
                "direction": content.direction,
                "party": content.party,
                "person_id": content.person,
                "household_id": content.household,
                "category": content.category,
                "name": content.name,
                **_sealed(content, root, corrections.carried(arrival)),
                "plate": content.plate,
                "vehicle": msgspec.to_builtins(content.vehicle) if content.vehicle else {},
                "entry_pass_id": content.entry_pass,
                "coming_from": content.coming_from,
                "going_to": content.going_to,
                "purpose": content.purpose,
                "answers": content.answers,
                "facts": _facts(content),
                "outcome": content.outcome,
                "reasons": content.reasons,
                "overridden_by": content.overridden_by,
                "override_reason": content.override_reason,
                "late_entry": content.late_entry,
                "proxy_entry": content.proxy_entry,
                "judged_outcome": "",
                "judged_reasons": [],
                "differs": False,
            },
        )
        rows.append(row)
        corrections.keep(arrival, row)
        first = len(readings)
        for one in content.readings:
            values = _reading_row(one, sender, content.person, root)
            values["id"] = one.id
            values["happened_at"] = one.at.astimezone(UTC) if one.at else arrival.happened_at
            values["corrects_id"], values["correction_reason"], values["withdrawn"] = None, "", False
            values["device_sequence"], values["envelope"] = None, None
            values["kind"] = one.kind
            readings.append(make_reading(arrival, one.id, values))
        measured.append(readings[first:])
    again = judge_arrivals(act, sender.upload_id, rows, measured, corrections.corrected())
    act.add_rows(Passage, [make.tuple_of(row) for row in rows])
    act.add_rows(Temperature, [make_reading.tuple_of(row) for row in readings])
    columns = columns_of(Rejudgement)
    act.add_rows(Rejudgement, [tuple(row[name] for name in columns) for row in again])
    return refusals


def accept_temperatures(
    act: Act, response: Response, sender: Sender, arrivals: Sequence[Arrival]
) -> Sequence[Refusal]:
    refusals: list[Refusal] = []
    persons = _ids_there(Person, (arrival.content.person for arrival in arrivals))
    corrections = Corrections(Temperature, arrivals)
    make = RowMaker(Temperature, act, response, sender)
    rows = []
    for arrival in arrivals:
        content: TemperatureContent = arrival.content
        refusal = corrections.refusal_of(arrival) or _unknown_person(arrival.id, content.person, persons)
        if refusal is not None:
            refusals.append(refusal)
            continue
        root = corrections.take(arrival)
        rows.append(make(arrival, root, _reading_row(content, sender, content.person, content.encounter)))
    act.add_rows(Temperature, [make.tuple_of(row) for row in rows])
    return refusals


def accept_incidents(
    act: Act, response: Response, sender: Sender, arrivals: Sequence[Arrival]
) -> Sequence[Refusal]:
    refusals: list[Refusal] = []
    persons = _ids_there(Person, (arrival.content.person for arrival in arrivals))
    corrections = Corrections(HealthIncident, arrivals)
    make = RowMaker(HealthIncident, act, response, sender)
    rows = []
    for arrival in arrivals:
        content: IncidentContent = arrival.content
        refusal = corrections.refusal_of(arrival) or _unknown_person(arrival.id, content.person, persons)
        if refusal is not None:
            refusals.append(refusal)
            continue
        values = {
            "place_id": sender.place_id,
            "encounter": content.encounter,
            "person_id": content.person,
            "name": content.name,
        }
        rows.append(make(arrival, corrections.take(arrival), values))
    act.add_rows(HealthIncident, [make.tuple_of(row) for row in rows])
    return refusals


def accept_incident_steps(
    act: Act, response: Response, sender: Sender, arrivals: Sequence[Arrival]
) -> Sequence[Refusal]:
    refusals: list[Refusal] = []
    places = dict(
        HealthIncident._base_manager.filter(
            pk__in={arrival.content.incident for arrival in arrivals}
        ).values_list("pk", "place_id")
    )
    corrections = Corrections(IncidentStep, arrivals)
    make = RowMaker(IncidentStep, act, response, sender)
    rows = []
    for arrival in arrivals:
        content: IncidentStepContent = arrival.content
        refusal = corrections.refusal_of(arrival)
        if content.incident not in places:
            refusal = Refusal(arrival.id, UNKNOWN_RECORD, _("台账里没有这个异常事件。"))
        elif places[content.incident] != sender.place_id:
            refusal = Refusal(arrival.id, "other_place", _("这是另一个场所的异常事件。"))
        if refusal is not None:
            refusals.append(refusal)
            continue
        values = {
            "incident_id": content.incident,
            "kind": content.kind,
            "text": content.text,
            "told_to": content.told_to,
            "temperature": content.temperature,
            "result": content.result,
        }
        rows.append(make(arrival, corrections.take(arrival), values))
    act.add_rows(IncidentStep, [make.tuple_of(row) for row in rows])
    return refusals


record_type("passage", title=_("出入登记"), model=Passage, content=PassageContent, accept=accept_passages)
record_type(
    "temperature",
    title=_("体温记录"),
    model=Temperature,
    content=TemperatureContent,
    accept=accept_temperatures,
)
record_type(
    "incident", title=_("异常事件"), model=HealthIncident, content=IncidentContent, accept=accept_incidents
)
record_type(
    "incident_step",
    title=_("异常事件步骤"),
    model=IncidentStep,
    content=IncidentStepContent,
    accept=accept_incident_steps,
)


class _Known:
    """What the contents of a batch name, as far as the book knows it: one question a kind."""

    def __init__(self, sender: Sender, contents: Sequence[PassageContent]) -> None:
        self.place_id = sender.place_id
        gates = {content.gate for content in contents if content.gate} - {sender.spot_id}
        passes = {content.entry_pass for content in contents if content.entry_pass}
        households = {content.household for content in contents if content.household}
        persons = {content.person for content in contents if content.person}
        self.all_is_well = not gates and not passes and _all_there(households, persons, sender.place_id)
        """Whether a look at the whole tells that each record names only what is in the book, and here."""
        if self.all_is_well:
            return
        self.gates = _places_of(Spot, gates) | {sender.spot_id: sender.place_id}
        self.households = _places_of(Household, households)
        self.passes = _places_of(EntryPass, passes)
        self.persons = _ids_there(Person, persons)

    def refusal_of(self, id: UUID, content: PassageContent) -> Refusal | None:
        if content.facts and not facts_hold(content.facts):
            return Refusal(id, "content_unreadable", _("所见所问(facts)的写法不对。"))
        if self.all_is_well:
            return None
        if content.gate is not None and self.gates.get(content.gate) != self.place_id:
            return Refusal(id, "other_place", _("这是另一个场所的出入口。"))
        if content.household is not None and content.household not in self.households:
            return Refusal(id, "unknown_household", _("台账里没有这一户。"))
        if content.household is not None and self.households[content.household] != self.place_id:
            return Refusal(id, "other_place", _("这是另一个场所的住户。"))
        if content.entry_pass is not None and content.entry_pass not in self.passes:
            return Refusal(id, "unknown_pass", _("台账里没有这张出入证。"))
        return _unknown_person(id, content.person, self.persons)


def _all_there(households: set[UUID], persons: set[UUID], place: UUID) -> bool:
    here = _HOUSEHOLDS_HERE.of(households, place) if households else [(0,)]
    known = _PERSONS_KNOWN.of(persons) if persons else [(0,)]
    return (here[0][0], known[0][0]) == (len(households), len(persons))


_HOUSEHOLDS_HERE = Question(
    "SELECT count(*) FROM places_household WHERE id IN {ids} AND place_id = %s", (PLAIN,)
)
_PERSONS_KNOWN = Question("SELECT count(*) FROM people_person WHERE id IN {ids}", (PLAIN,))


def _places_of(model: type[Any], ids: Iterable[UUID]) -> dict[UUID, UUID]:
    return dict(_asked(model._meta.db_table, "place_id").of(ids))


def _ids_there(model: type[Any], ids: Iterable[UUID | None]) -> set[UUID]:
    return {pk for (pk,) in _asked(model._meta.db_table).of({one for one in ids if one is not None})}


@cache
def _asked(table: str, *more: str) -> Question:
    columns = ("id", *more)
    sql = f"SELECT {', '.join(columns)} FROM {table} WHERE id IN {{ids}}"  # noqa: S608
    return Question(sql, (ID,) * len(columns))


def _unknown_person(id: UUID, person: UUID | None, persons: set[UUID]) -> Refusal | None:
    if person is None or person in persons:
        return None
    return Refusal(id, "unknown_person", _("台账里没有此人。"))


def _reading_row(
    content: ReadingContent | TemperatureContent,
    sender: Sender,
    person: UUID | None,
    encounter: UUID | None,
) -> dict[str, Any]:
    return {
        "place_id": sender.place_id,
        "encounter": encounter,
        "person_id": person,
        "celsius": None if content.tenths is None else _CELSIUS[content.tenths],
        "normal_by_word": content.normal_by_word,
        "body_site": content.body_site,
        "thermometer": content.thermometer,
    }


_CELSIUS = {tenths: Decimal(tenths).scaleb(-1) for tenths in range(200, 461)}


def _facts(content: PassageContent) -> dict[str, Any]:
    """What the guard saw, with the kinds of the thermometers."""
    kinds = {msgspec.to_builtins(one.id): one.kind for one in content.readings if one.kind}
    return {**content.facts, "thermometers": kinds} if kinds else content.facts


_SEALED = ("document_number", "document_index", "phone", "phone_index")
_CARRIED = (*_SEALED, "household_id", "happened_at")
_NOTHING_SEALED = {"document_number": "", "document_index": "", "phone": "", "phone_index": ""}


def _sealed(content: PassageContent, root: UUID, carried: dict[str, Any] | None) -> dict[str, Any]:
    """Number and phone, sealed under the first version's id; a correction that says nothing keeps them."""
    if carried is None and not content.document_number and not content.phone:
        return _NOTHING_SEALED
    values = {name: carried[name] for name in _SEALED} if carried else dict(_NOTHING_SEALED)
    if content.document_number is not None:
        number = "".join(content.document_number.split()).upper()
        values["document_number"] = sealing.seal(number, _sealed_at(root, "document_number"))
        values["document_index"] = sealing.blind_index(number, "document")
    if content.phone is not None:
        phone = "".join(sign for sign in content.phone if sign.isdigit() or sign == "+")
        values["phone"] = sealing.seal(phone, _sealed_at(root, "phone"))
        values["phone_index"] = sealing.blind_index(phone, "phone")
    return values


def _sealed_at(root: UUID, column: str) -> sealing.Place:
    return sealing.Place(Passage._meta.db_table, str(root), column)
