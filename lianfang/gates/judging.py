"""What the rules say of a passage, beside what was decided at the gate.

The same evaluator as on the phone, told what the book knows: the profile in force on the day, the state of
the place, the measures of the household and its exits at all gates, also those that another phone
reported. What only the guard could see (`facts`: papers, who confirmed a visit, the pass that was shown)
is taken from the record.

A judgement depends on the passages of the household before it and on nothing that comes after. When records
arrive late, the passages after them are judged again, and where that changes something a `Rejudgement` is
added. So in the end each passage is judged by all that happened before it, in whatever order it became
known.
"""

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any, NamedTuple
from uuid import UUID

import msgspec

from lianfang.book.actions import Act
from lianfang.book.asking import ID, MOMENT, PLAIN, Question
from lianfang.book.records import Source
from lianfang.book.registers import new_id
from lianfang.book.rows import columns_of
from lianfang.engines.rules.gates import Decision, decide
from lianfang.gates.models import Passage, Rejudgement, Temperature
from lianfang.gates.queries.judgements import judgements_of
from lianfang.gates.rules import GateProfile, Profiles
from lianfang.places.models import Household, Regime

Row = dict[str, Any]
_DAY = timedelta(days=1)
_OFFSET = 480
"""Minutes east of UTC of the clock that people in China live by."""


class ShownFacts(msgspec.Struct, omit_defaults=True):
    state: str | msgspec.UnsetType = msgspec.UNSET
    kind: str | msgspec.UnsetType = msgspec.UNSET
    number: str | int | msgspec.UnsetType = msgspec.UNSET
    colour: str | msgspec.UnsetType = msgspec.UNSET
    phase: str | msgspec.UnsetType = msgspec.UNSET
    same_household: bool | msgspec.UnsetType = msgspec.UNSET
    valid_from: int | msgspec.UnsetType = msgspec.UNSET
    used_minutes_ago: int | msgspec.UnsetType = msgspec.UNSET
    day_pass_used: bool | msgspec.UnsetType = msgspec.UNSET


class VehicleFacts(msgspec.Struct, omit_defaults=True):
    kind: str | msgspec.UnsetType = msgspec.UNSET
    occupants: int | msgspec.UnsetType = msgspec.UNSET
    measured: int | msgspec.UnsetType = msgspec.UNSET


class Facts(msgspec.Struct, omit_defaults=True):
    """What the guard saw and asked, in the words of `engines.rules.gates.Situation`."""

    identity: str | msgspec.UnsetType = msgspec.UNSET
    emergency: bool | msgspec.UnsetType = msgspec.UNSET
    escort: str | msgspec.UnsetType = msgspec.UNSET
    outside_worker: bool | msgspec.UnsetType = msgspec.UNSET
    reading_declined: bool | msgspec.UnsetType = msgspec.UNSET
    papers: dict[str, bool] | msgspec.UnsetType = msgspec.UNSET
    host: str | msgspec.UnsetType = msgspec.UNSET
    host_state: str | msgspec.UnsetType = msgspec.UNSET
    shown: ShownFacts | msgspec.UnsetType | None = msgspec.UNSET
    vehicle: VehicleFacts | msgspec.UnsetType = msgspec.UNSET
    thermometers: dict[str, str] | msgspec.UnsetType = msgspec.UNSET
    """Id of a reading → kind of its thermometer."""


def facts_hold(facts: Mapping[str, Any]) -> bool:
    """Whether the evaluator can read these facts; members that it does not know are let be."""
    try:
        msgspec.convert(facts, Facts)
    except msgspec.ValidationError:
        return False
    return True


def judge_arrivals(
    act: Act,
    upload: UUID | None,
    passages: Sequence[Row],
    readings: Sequence[Sequence[Row]],
    replaced: Iterable[Row] = (),
) -> list[Row]:
    """Judge passages that are about to be inserted, each by its readings, and again those after them.

    Sets `judged_outcome`, `judged_reasons`, `differs` and `rule_profile_id` of the rows. `replaced` are the
    earlier versions that they correct (`id`, `household_id`, `happened_at`). Gives the rows of `Rejudgement`
    to be added after the passages.
    """
    if not passages:
        return []
    gates = _gates({row["gate_id"] for row in passages})
    profiles = Profiles({gate.place for gate in gates.values()})
    if not profiles:
        return []
    corrected = {row["root_id"] for row in passages if row["corrects_id"] is not None}
    # A correction is judged by what was measured when its first version was written.
    known = _readings_with(corrected) if corrected else {}
    if corrected:
        for row, measured in zip(passages, readings, strict=True):
            if row["root_id"] in corrected:
                known.setdefault(row["root_id"], []).extend(measured)
    court = _Court(act, profiles, gates, passages, replaced)
    for row, measured in zip(passages, readings, strict=True):
        if row["withdrawn"] or row["happened_at"] is None:
            continue
        court.judge(row, known.get(row["root_id"], measured) if known else measured)
    return court.judge_again(upload)


def judge_passages(
    act: Act,
    passages: Sequence[Passage],
    readings: Iterable[Temperature] = (),
    replaced: Iterable[Passage] = (),
) -> list[Rejudgement]:
    """The same for passages of the desk: judges unsaved ones, and gives what is to be added after them."""
    rows = [_values_of(passage) for passage in passages]
    taken: dict[UUID | None, list[Row]] = defaultdict(list)
    for reading in readings:
        taken[reading.encounter].append(_values_of(reading))
    # Those of a passage that is here twice, and corrected, are those of its first row.
    measured = [taken.pop(row["root_id"], []) for row in rows]
    again = judge_arrivals(act, None, rows, measured, list(map(_values_of, replaced)))
    for passage, row in zip(passages, rows, strict=True):
        passage.rule_profile_id = row["rule_profile_id"]
        passage.judged_outcome = row["judged_outcome"]
        passage.judged_reasons = row["judged_reasons"]
        passage.differs = row["differs"]
    return [Rejudgement(**row) for row in again]


class _Crossing(NamedTuple):
    """As much of a passage as other passages of the household are judged by; in the order of time."""

    at: datetime
    id: UUID
    person: UUID | None
    leaving: bool
    party: UUID | None
    counts: bool
    arrived: bool = False
    """Whether it comes with this batch."""


@dataclass(slots=True)
class _Court:
    act: Act
    profiles: Profiles
    gates: dict[UUID, "_Gate"]
    passages: Sequence[Row]
    replaced: Iterable[Row]
    regimes: list[tuple[Any, ...]] = field(default_factory=list)
    measures: dict[UUID, list[list[Any]]] = field(default_factory=dict)
    numbers: dict[UUID, int] = field(default_factory=dict)
    """Door numbers, for quotas by odd and even days."""
    reach: timedelta = timedelta()
    """How long a passage may matter to those after it."""
    households: dict[UUID, list[_Crossing]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.replaced = list(self.replaced)
        self.regimes = _STATES.of({gate.place for gate in self.gates.values()})
        households = {row["household_id"] for row in self.passages if row["household_id"]}
        households |= {row["household_id"] for row in self.replaced if row["household_id"]}
        if households:
            self._learn_households(households)

    def _learn_households(self, households: set[UUID]) -> None:
        self.measures = defaultdict(list)
        for household, *measure in _MEASURES.of(households):
            self.measures[household].append(measure)
        moments = [row["happened_at"] for row in (*self.passages, *self.replaced) if row["happened_at"]]
        in_force = [found for at in (min(moments), max(moments)) for found in self.profiles.some_at(at)]
        looks_back = max((found.looks_back for found in in_force), default=0)
        if not looks_back:
            return
        if any(found.by_number for found in in_force):
            self.numbers = _door_numbers(households)
        both_ways = any(found.counts_back for found in in_force)
        if not both_ways:
            # Then whoever came home changes nothing for the household's next exit.
            left = {row["household_id"] for row in self.passages if row["direction"] == "out"}
            households &= left | {row["household_id"] for row in self.replaced}
        self.reach = reach = (looks_back + 1) * _DAY
        gone = {row["id"] for row in self.replaced}
        known: defaultdict[UUID, list[_Crossing]] = defaultdict(list)
        since, until = min(moments) - reach, max(moments) + reach
        for household, *crossing in (_CROSSINGS if both_ways else _EXITS).of(households, since, until):
            known[household].append(_Crossing(*crossing))
        for row in self.passages:
            leaving = row["direction"] == "out"
            if (
                (leaving or both_ways)
                and row["household_id"] in households
                and row["happened_at"]
                and not (row["withdrawn"] or row["plate"])
            ):
                known[row["household_id"]].append(
                    _Crossing(
                        row["happened_at"],
                        row["id"],
                        row["person_id"],
                        leaving,
                        row["party"],
                        row["outcome"] == "admitted",
                        arrived=True,
                    )
                )
        for household, crossings in known.items():
            standing = [one for one in crossings if one.id not in gone] if gone else crossings
            self.households[household] = sorted(standing)

    def judge(self, row: Row, readings: Sequence[Row]) -> None:
        """Set what the rules say on a row."""
        gate = self.gates[row["gate_id"]]
        profile = self.profiles.at(row["happened_at"], gate.place, gate.id)
        if profile is None or (row["plate"] and not row["name"] and not row["person_id"]):
            return
        decision = decide(profile.gate, self._situation(profile, row, readings))  # type: ignore[arg-type]
        row["rule_profile_id"] = profile.id
        row["judged_outcome"] = decision.outcome
        row["judged_reasons"] = _reasons_of(decision)
        row["differs"] = decision.outcome != row["outcome"]

    def judge_again(self, upload: UUID | None) -> list[Row]:
        """The passages that were there and come after something that is new now."""
        gone: defaultdict[UUID, list[datetime]] = defaultdict(list)
        for row in self.replaced:
            if row["household_id"] and row["happened_at"]:
                gone[row["household_id"]].append(row["happened_at"])
        later = []
        for household, crossings in self.households.items():
            missing_since = gone.get(household, ()) if gone else ()
            changed: datetime | None = None
            for crossing in crossings:
                if crossing.arrived:
                    changed = crossing.at
                elif crossing.leaving and (
                    (changed is not None and crossing.at - changed <= self.reach)
                    or any(timedelta() <= crossing.at - at <= self.reach for at in missing_since)
                ):
                    later.append(crossing.id)
        if not later:
            return []
        found = list(Passage.objects.filter(pk__in=later).order_by("happened_at", "pk"))
        known = judgements_of(found)
        readings = _readings_with({passage.root_id for passage in found})
        missing = {passage.gate_id for passage in found} - self.gates.keys()
        self.gates |= _gates(missing)
        self.profiles.learn({gate.place for gate in self.gates.values()})
        added = []
        for passage in found:
            row = _values_of(passage)
            self.judge(row, readings.get(passage.root_id, ()))
            before = known[passage.pk]
            now = (row["judged_outcome"], tuple(row["judged_reasons"]), row["differs"])
            if now != (before.outcome, before.reasons, before.differs):
                added.append(self._rejudgement(passage, row, upload))
        return added

    def _rejudgement(self, passage: Passage, row: Row, upload: UUID | None) -> Row:
        id = new_id()
        return {
            "id": id,
            "root_id": id,
            "corrects_id": None,
            "withdrawn": False,
            "correction_reason": "",
            "response_id": passage.response_id,
            "happened_at": passage.happened_at,
            "written_at": self.act.at,
            "received_at": self.act.clock.next(),
            "written_by_id": self.act.officer.pk,
            "written_for": "",
            "device": "",
            "device_sequence": None,
            "source": Source.PHONE.value if upload else Source.DESK.value,
            "source_reference": "",
            "rule_profile_id": row["rule_profile_id"],
            "passage_id": passage.pk,
            "judged_outcome": row["judged_outcome"],
            "judged_reasons": row["judged_reasons"],
            "differs": row["differs"],
            "upload": upload,
        }

    def _situation(self, profile: GateProfile, row: Row, readings: Sequence[Row]) -> dict[str, Any]:
        at: datetime = row["happened_at"]
        facts: Mapping[str, Any] = row["facts"]
        gate = self.gates[row["gate_id"]]
        household: UUID | None = row["household_id"]
        situation: dict[str, Any] = {
            "now": int(at.timestamp()),
            "offset": _OFFSET,
            "direction": row["direction"],
            "category": row["category"],
            "answers": row["answers"],
            "place": {"state": self._regime(gate.place, at)},
        }
        for key in facts:
            if key in _TAKEN_OVER:
                situation[key] = facts[key]
        if gate.way in {"in", "out"}:
            situation["place"]["directions"] = [gate.way]
        if gate.lane:
            situation["place"]["lane"] = gate.lane
        if "identity" not in facts:
            situation["identity"] = "register" if row["person_id"] or household else ""
        if row["purpose"]:
            situation["purpose"] = row["purpose"]
        if readings:
            kinds = facts.get("thermometers", {})
            if len(readings) > 1:
                readings = sorted(readings, key=lambda reading: (reading["happened_at"], reading["id"]))
            situation["readings"] = [_reading_of(reading, kinds) for reading in readings]
        if household and row["category"] not in _VISITING:
            self._add_household(situation, household, row, profile)
        return situation

    def _add_household(
        self, situation: dict[str, Any], household: UUID, row: Row, profile: GateProfile
    ) -> None:
        at: datetime = row["happened_at"]
        measures = self.measures.get(household, ()) if self.measures else ()
        kinds = {
            kind
            for kind, begins_at, ends_at in measures
            if begins_at <= at and (ends_at is None or at < ends_at)
        }
        situation["household_state"] = "observed" if "home_observation" in kinds else "ordinary"
        if "returnee_joined" in kinds:
            situation["joined_by_returnee"] = True
        # Who comes home is let in, however long the outing was: exits count for those who leave.
        if not profile.looks_back or row["direction"] != "out":
            return
        known = self.households.get(household, [])
        place = bisect_left(known, (at, row["id"]))
        # No more than matters, so that it is the same in whatever batch the passage comes.
        before = known[bisect_left(known, (at - (profile.looks_back + 1) * _DAY,), hi=place) : place]
        units: dict[str, Any] = {"household": {"exits": _exits(before)}}
        if household in self.numbers:
            units["household"]["number"] = self.numbers[household]
        if row["person_id"]:
            units["person"] = {"exits": _exits([one for one in before if one.person == row["person_id"]])}
        situation["units"] = units
        if row["party"]:
            together = sum(1 for one in known[place:] if one.party == row["party"] and one.leaving)
            if together > 1:
                situation["party"] = together

    def _regime(self, place: UUID, at: datetime) -> str:
        for known, regime, begins_at, ends_at in self.regimes:
            if known == place and begins_at <= at and (ends_at is None or at < ends_at):
                return str(regime)
        return Regime.CLOSED.value


class _Gate(NamedTuple):
    id: UUID
    place: UUID
    lane: str
    way: str


def _gates(ids: set[UUID]) -> dict[UUID, _Gate]:
    return {row[0]: _Gate(*row) for row in _GATES.of(ids)}


_GATES = Question("SELECT id, place_id, lane, way FROM places_spot WHERE id IN {ids}", (ID, ID, PLAIN, PLAIN))
_STATES = Question(
    "SELECT place_id, regime, begins_at, ends_at FROM places_placestate WHERE place_id IN {ids} "
    "ORDER BY begins_at DESC",
    (ID, PLAIN, MOMENT, MOMENT),
)
_MEASURES = Question(
    "SELECT household_id, kind, begins_at, ends_at FROM places_householdmeasure WHERE household_id IN {ids}",
    (ID, PLAIN, MOMENT, MOMENT),
)
_STANDING = (
    "SELECT household_id, happened_at, id, person_id, direction = 'out', party, outcome = 'admitted' "
    "FROM gates_passage AS p WHERE household_id IN {ids} AND happened_at >= %s AND happened_at <= %s "
    "AND plate = '' AND NOT withdrawn "
    "AND NOT EXISTS (SELECT 1 FROM gates_passage AS c WHERE c.corrects_id = p.id)"
)
_KINDS = (ID, MOMENT, ID, ID, PLAIN, ID, PLAIN)
_CROSSINGS = Question(_STANDING, _KINDS)
_EXITS = Question(f"{_STANDING} AND direction = 'out'", _KINDS)

_TAKEN_OVER = frozenset(
    {
        "identity",
        "emergency",
        "escort",
        "outside_worker",
        "reading_declined",
        "papers",
        "host",
        "host_state",
        "shown",
        "vehicle",
    }
)
_VISITING = frozenset({"visitor", "courier", "worker"})


def _readings_with(roots: set[UUID]) -> dict[UUID, list[Row]]:
    """The readings that came with these passages; a later recheck is another matter."""
    found: dict[UUID, list[Row]] = defaultdict(list)
    if not roots:
        return found
    for reading in Temperature.objects.filter(encounter__in=roots, device_sequence=None):
        if reading.encounter is not None:
            found[reading.encounter].append(_values_of(reading))
    return found


def _door_numbers(households: set[UUID]) -> dict[UUID, int]:
    """The last number of the door, or of the label where there is none (2组 王某某家): as on the phone."""
    found = {}
    for pk, label, room in Household.objects.filter(pk__in=households).values_list(
        "pk", "label", "room__number"
    ):
        number = _LAST_NUMBER.search(room or label)
        if number is not None:
            found[pk] = int(number[1])
    return found


_LAST_NUMBER = re.compile(r"(\d+)\D*$", re.ASCII)


def _reasons_of(decision: Decision) -> list[str]:
    """The codes that decided; where something was still to be done, what: missing_reading, missing_host …"""
    if decision.outcome:
        return list(decision.reasons)
    return [f"missing_{one['kind']}" for one in decision.missing]


def _reading_of(reading: Row, kinds: Mapping[str, str]) -> dict[str, Any]:
    found: dict[str, Any] = {"at": int(reading["happened_at"].timestamp())}
    if reading["celsius"] is not None:
        found["tenths"] = int(reading["celsius"] * 10)
    elif reading["normal_by_word"]:
        found["normal"] = True
    if reading["body_site"]:
        found["site"] = reading["body_site"]
    if reading["thermometer"]:
        found["device"] = reading["thermometer"]
    kind = reading["kind"] if "kind" in reading else kinds.get(str(reading["id"]))
    if kind:
        found["kind"] = kind
    return found


def _exits(crossings: Iterable[_Crossing]) -> list[list[int | None]]:
    """[out, in] of each person who went out, as the phone counts them; in is null while out."""
    found: list[list[int | None]] = []
    out: dict[object, list[int | None]] = {}
    for one in crossings:
        if not one.counts:
            continue
        key = one.person or "somebody"
        if one.leaving:
            pair: list[int | None] = [int(one.at.timestamp()), None]
            found.append(pair)
            out[key] = pair
            continue
        back = out.pop(key, None)
        if back is None and one.person is None and out:
            back = out.pop(list(out)[-1])
        if back is not None:
            back[1] = int(one.at.timestamp())
    return found


def _values_of(record: Passage | Temperature) -> Row:
    return {name: getattr(record, name) for name in columns_of(type(record))}
