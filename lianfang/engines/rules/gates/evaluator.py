"""The decision at a gate: life first, then health, then who may pass, then what is still missing."""

from __future__ import annotations

from typing import Any, Final

from lianfang.engines.rules.gates import quotas
from lianfang.engines.rules.gates.compiled import Colour, CompiledGate, Lane, Windows
from lianfang.engines.rules.gates.decision import Decision, Missing
from lianfang.engines.rules.gates.readings import Found, Thermometry, Verdict
from lianfang.engines.rules.gates.situation import PassShown, PlaceNow, Reading, Situation

DAY = 86400

TURNED_BACK_CODES: Final = frozenset(
    {"outsider", "goods_on_shelf", "host_declined", "not_of_place", "visit_to_observed", "zone_no_entry",
     "exposure_refused", "vehicle_not_admitted"}
)  # fmt: skip
NOT_WAIVED: Final = frozenset(
    {"observed_stays", "household_observed_stays", "colour_stays", "zone_no_exit", "zone_no_entry",
     "visit_to_observed", "wrong_way", "wrong_lane", "symptoms_refused", "exposure_refused",
     "no_mask_refused", "health_code_refused", "answer_refused"}
)  # fmt: skip
"""What an ID card and a normal temperature do not outweigh where the profile says that they suffice."""


class SituationError(ValueError):
    """A situation with a direction, category or state that does not exist."""

    code = "situation_unknown"


def decide(gate: CompiledGate, situation: Situation) -> Decision:
    """Pure: the same situation under the same rules gives the same decision, on the server and the phone.

    Raises SituationError.
    """
    place = situation.get("place")
    key = (situation["direction"], situation["category"], place.get("state", "closed") if place else "closed")
    lane = gate.lanes.get(key)
    if lane is None:
        raise SituationError(f"没有这样的情形：{key}")
    vehicle = situation.get("vehicle")
    if (
        lane.first
        or situation.get("emergency")
        or (vehicle and vehicle.get("kind", "") in gate.emergency_vehicles)
    ):
        return _FIRST
    if situation.get("escort", "") in gate.escorts and (lane.leaving or lane.home):
        return _ESCORTED
    readings = situation.get("readings")
    if (
        lane.plain
        and readings
        and len(readings) == 1
        and _is_plain(gate, lane, situation, readings[0], place)
    ):
        return _ADMITTED[lane.registering]
    found = gate.thermometry.judge(readings) if readings else _NO_READING
    if found.verdict is Verdict.FEVER or found.verdict is Verdict.RECHECK:
        return _held_for_fever(gate.thermometry, lane, found)
    return _Passage(gate, lane, situation, found).decision()


def _is_plain(gate: CompiledGate, lane: Lane, s: Situation, reading: Reading, place: PlaceNow | None) -> bool:
    """The common case, told apart in under a microsecond; `_Passage` would decide the same."""
    tenths = reading.get("tenths")
    return (
        tenths is not None
        and gate.thermometry.normal_from <= tenths < gate.thermometry.normal_below
        and s.get("identity") in _KNOWN
        and s.get("person_state", "ordinary") == "ordinary"
        and s.get("household_state", "ordinary") == "ordinary"
        and not (
            s.get("shown")
            or s.get("answers")
            or s.get("vehicle")
            or s.get("purpose")
            or (lane.timed and s.get("units"))
            or s.get("host_state")
        )
        and (
            not place
            or (
                place.get("lane", "both") != "vehicles"
                and s["direction"] in (place.get("directions") or _BOTH_WAYS)
            )
        )
    )


def _held_for_fever(thermometry: Thermometry, lane: Lane, found: Found) -> Decision:
    facts = {"reading": found.reading, "threshold": found.threshold}
    if found.verdict is Verdict.FEVER:
        return Decision("held", ("fever",), (), (), facts, lane.registering)
    missing: Missing = {"kind": "recheck"}
    if thermometry.rests:
        missing["at"] = facts["rest_until"] = thermometry.recheck_at(found.since)
    if thermometry.other_device:
        missing["other_device"] = True
    if thermometry.site:
        missing["site"] = thermometry.site
    return Decision("held", ("fever_recheck",), (), (missing,), facts, lane.registering)


class _Passage:
    """One situation on its way through the rules; gathers what speaks against it and what is missing."""

    __slots__ = (
        "against", "clock", "colour", "escort", "facts", "found", "gate", "home", "known", "lane", "minute",
        "missing", "notes", "s", "shown",
    )  # fmt: skip

    def __init__(self, gate: CompiledGate, lane: Lane, situation: Situation, found: Found) -> None:
        self.gate = gate
        self.lane = lane
        self.s = situation
        self.found = found
        self.against: list[str] = []
        self.notes: list[str] = []
        self.missing: list[Missing] = []
        self.facts: dict[str, int] = {}
        self.shown: PassShown | None = situation.get("shown")
        self.clock = situation["now"] + situation["offset"] * 60
        self.minute = self.clock % DAY // 60
        identity = situation.get("identity", "")
        self.known = identity in _KNOWN or bool(self.shown and self.shown.get("state") == "valid")
        self.home = lane.home and identity != "denied"
        self.colour: Colour | None = None
        if self.shown and gate.colours and self.shown.get("state") == "valid":
            self.colour = gate.colours.get(self.shown.get("colour", ""))

    def decision(self) -> Decision:
        lane, s = self.lane, self.s
        answers = s.get("answers")
        asked = lane.questions and (self.colour is None or self.colour.asked)
        if asked and answers:
            for question in lane.questions:
                effect = question.effects.get(answers.get(question.code, ""), "")
                if effect.endswith("_held"):
                    return Decision("held", (effect,), (), (), {}, lane.registering)
        if "person_state" in s or "household_state" in s or "host_state" in s:
            held = self._observation()
            if held is not None:
                return held
        place = s.get("place")
        if place:
            self._gate(place)
        self._state_of_place()
        self._who()
        self._pass()
        purpose = self._purpose()
        self._papers(purpose)
        if lane.hours and not _within(lane.hours, self.minute):
            self._closed("outside_hours", _next_start(lane.hours, self.clock))
        if lane.curfew and _within(lane.curfew, self.minute) and (purpose is None or purpose.curfew):
            self._closed("curfew", _next_end(lane.curfew, self.clock))
        if lane.leaving:
            if lane.quotas and (purpose is None or purpose.quota):
                self._quotas()
        elif self.home:
            self._overstay()
        self._vehicle()
        self._measure()
        if asked:
            self._questions(answers or {})
        return self._resolved()

    def _observation(self) -> Decision | None:
        s, gate = self.s, self.gate
        observed = s.get("person_state", "ordinary") != "ordinary"
        if self.lane.leaving:
            if observed and gate.observed_stay:
                self.against.append("observed_stays")
            elif self.home and gate.observed_households_stay and s.get("household_state") == "observed":
                self.against.append("household_observed_stays")
            return None
        if observed:
            if not self.home:
                return Decision("held", ("key_person",), (), (), {}, self.lane.registering)
            self.notes.append("observed_return")
        if s.get("host_state") == "observed" and not self.home:
            self.against.append("visit_to_observed")
        return None

    def _gate(self, place: Any) -> None:
        directions = place.get("directions")
        if directions and self.s["direction"] not in directions:
            self.against.append("wrong_way")
        lane = place.get("lane", "both")
        if lane != "both" and (lane == "vehicles") != bool(self.s.get("vehicle")):
            self.against.append("wrong_lane")

    def _state_of_place(self) -> None:
        if not self.lane.barred:
            return
        if not self.lane.leaving:
            self.against.append("zone_no_entry")
            return
        if self.lane.state_purposes:
            purpose = self.s.get("purpose", "")
            if not purpose:
                self._miss_purpose()
                return
            if purpose in self.lane.state_purposes:
                return
        self.against.append("zone_no_exit")

    def _who(self) -> None:
        lane = self.lane
        if lane.leaving:
            if lane.passage == "not_allowed":
                self.against.append("stays_inside")
            return
        if self.s.get("identity", "") == "denied" and (lane.home or lane.passage in _NEEDS_KNOWN):
            self.against.append("not_of_place")
            return
        if (self.colour is not None and self.colour.enters == "always") or not lane.checked:
            return
        if lane.passage == "not_admitted":
            self.against.append("goods_on_shelf" if lane.goods_left else "outsider")
        elif lane.passage == "with_host":
            host = self.s.get("host", "")
            if host == "declined":
                self.against.append("host_declined")
            elif host != "confirmed":
                self.missing.append({"kind": "host"})
        elif not self.known and (lane.home or lane.passage == "known"):
            self.missing.append({"kind": "identity"})

    def _pass(self) -> None:
        lane, s, shown = self.lane, self.s, self.shown
        needed = lane.passage == "with_pass"
        if shown is None:
            if needed:
                if "shown" in s:
                    self.against.append("pass_missing")
                else:
                    self.missing.append({"kind": "pass"})
            return
        fault = self._fault_of(shown)
        if fault:
            if needed or fault in _ALWAYS_SERIOUS:
                self.against.append(fault)
            else:
                self.notes.append(fault)
        if self.colour is not None and lane.leaving and self.colour.leaves == "with_escort":
            self.against.append("colour_stays")

    def _fault_of(self, shown: PassShown) -> str:
        gate = self.gate
        state = shown.get("state", "")
        if state != "valid":
            return f"pass_{state}"
        if shown.get("same_household") is False:
            return "pass_other_household"
        if gate.returnee_voids_pass and shown.get("kind") == "household" and self.s.get("joined_by_returnee"):
            return "pass_void"
        if gate.phases_apart:
            phases = (self.s.get("place") or {}).get("phases")
            if phases and shown.get("phase", "") not in phases:
                return "pass_other_phase"
        used = shown.get("used_minutes_ago")
        if gate.handed_on_within and used is not None and used <= gate.handed_on_within:
            self.facts["used_minutes_ago"] = used
            return "pass_handed_on"
        return ""

    def _purpose(self) -> Any:
        gate = self.gate
        if not (self.lane.leaving and self.home and self.lane.checked):
            return None
        purpose = self.s.get("purpose", "")
        if gate.listed_purposes_only:
            if not purpose:
                self._miss_purpose()
            elif purpose not in gate.purposes:
                self.against.append("purpose_not_listed")
        return gate.purposes.get(purpose)

    def _papers(self, purpose: Any) -> None:
        lane, colour = self.lane, self.colour
        if lane.papers:
            self._need(lane.papers)
        if colour is not None and colour.papers:
            self._need(colour.papers)
        if purpose is not None and purpose.papers:
            self._need(purpose.papers)
        if self.gate.pass_with_id and self.shown and self.shown.get("state") == "valid":
            self._need(_ID_CARD)

    def _need(self, papers: tuple[str, ...]) -> None:
        have = self.s.get("papers") or {}
        for paper in papers:
            shown = have.get(paper)
            if shown:
                continue
            lacking: Missing = {"kind": "paper", "code": paper}
            if lacking not in self.missing:
                self.missing.append(lacking)
            if shown is False:
                code = _PAPER_CODES.get(paper, "paper_missing")
                if code not in self.against:
                    self.against.append(code)

    def _closed(self, code: str, opens: int) -> None:
        self.against.append(code)
        self.facts["opens_at"] = max(self.facts.get("opens_at", 0), opens - self.s["offset"] * 60)

    def _quotas(self) -> None:
        s = self.s
        if self.colour is not None and self.colour.leaves == "always":
            return
        purpose = s.get("purpose", "")
        for quota in self.lane.quotas:
            if not quotas.applies(quota, s, self.shown):
                continue
            if quota.purposes:
                if not purpose:
                    self._miss_purpose()
                    continue
                if purpose not in quota.purposes:
                    continue
            left = quotas.left(quota, s, self.shown)
            if left.code:
                if left.code not in self.against:
                    self.against.append(left.code)
                if left.free_at:
                    self.facts["free_at"] = max(self.facts.get("free_at", 0), left.free_at)
            if quota.hours and not _within(quota.hours, self.minute):
                self._closed("outside_hours", _next_start(quota.hours, self.clock))
            if quota.minutes_out:
                back_by = s["now"] + quota.minutes_out * 60
                self.facts["back_by"] = min(self.facts.get("back_by", back_by), back_by)
            if quota.reward_after_days:
                since = quotas.unused_since(quota.unit, s, self.shown)
                if since is not None and s["now"] - since >= quota.reward_after_days * DAY:
                    self.notes.append("reward_due")

    def _overstay(self) -> None:
        """Someone comes home: was the outing longer than the quota of the way out allows?"""
        s = self.s
        if not self.lane.timed or "units" not in s:
            return
        out = self.gate.lanes[("out", s["category"], _state_of(s))]
        for quota in out.quotas:
            if not quota.minutes_out or not quotas.applies(quota, s, self.shown):
                continue
            since = quotas.out_since(quota.unit, s)
            if since is not None and s["now"] - since > quota.minutes_out * 60:
                self.facts["out_minutes"] = (s["now"] - since) // 60
                self.facts["minutes_out"] = quota.minutes_out
                self.notes.append("overstay")
                return

    def _vehicle(self) -> None:
        vehicle = self.s.get("vehicle")
        if not vehicle or not self.lane.checked:
            return
        rule = self.gate.vehicles.get(vehicle.get("kind", ""))
        if rule is not None:
            if rule.hours and not _within(rule.hours, self.minute):
                self._closed("outside_hours", _next_start(rule.hours, self.clock))
            if not self.lane.leaving:
                if rule.enters == "not_admitted" or (rule.enters == "residents" and not self.home):
                    self.against.append("vehicle_not_admitted")
                elif rule.enters == "with_pass" and not (
                    self.shown and self.shown.get("state") == "valid" and self.shown.get("kind") == "vehicle"
                ):
                    self._need(_VEHICLE_PASS)
            if rule.papers:
                self._need(rule.papers)
        if self.gate.occupants_measured and self.lane.measure != "none":
            left = vehicle.get("occupants", 1) - vehicle.get("measured", 0)
            if left > 0 and not (vehicle.get("occupants", 1) == 1 and self.found.verdict is Verdict.NORMAL):
                self.missing.append({"kind": "occupants", "count": left})

    def _measure(self) -> None:
        found = self.found
        if found.cleared:
            self.notes.append("fever_cleared")
        measure = self.lane.measure
        if self.colour is not None and self.colour.measure and self.lane.checked:
            measure = self.colour.measure
        if measure == "none":
            return
        if found.verdict is Verdict.NORMAL and (measure == "every" or self._measured_today()):
            return
        if self.s.get("reading_declined"):
            self.against.append("not_measured")
            return
        lacking: Missing = {"kind": "reading"}
        if found.verdict is Verdict.IMPLAUSIBLE:
            lacking["code"] = "implausible"
        self.missing.append(lacking)

    def _measured_today(self) -> bool:
        offset = self.s["offset"] * 60
        today = self.clock // DAY
        return any((one.get("at", 0) + offset) // DAY == today for one in self.s.get("readings") or ())

    def _questions(self, answers: Any) -> None:
        for question in self.lane.questions:
            answer = answers.get(question.code, "")
            effect = question.effects.get(answer, "")
            if effect:
                (self.against if effect.endswith("_refused") else self.notes).append(effect)
            elif answer == "declined":
                if not question.optional:
                    self.against.append("not_answered")
            elif not answer and not question.optional and not (question.unknown_only and self.known):
                self.missing.append({"kind": "question", "code": question.code})

    def _miss_purpose(self) -> None:
        lacking: Missing = {"kind": "purpose"}
        if lacking not in self.missing:
            self.missing.append(lacking)

    def _resolved(self) -> Decision:
        against, notes, missing, lane = self.against, self.notes, self.missing, self.lane
        if against:
            if self.home and not lane.leaving:
                # 居民回家一律放行: the breach is written down, the person is not shut out.
                notes = against + notes
                missing = [one for one in missing if not self._is_refused(one)]
            elif not self._is_waived():
                reasons = tuple(dict.fromkeys(against))
                code = reasons[0]
                outcome = "turned_back" if code in TURNED_BACK_CODES else "refused"
                lacking = tuple(one for one in missing if self._is_refused(one))
                told = tuple(dict.fromkeys(notes))
                return Decision(outcome, reasons, told, lacking, self.facts, lane.registering)
            else:
                notes = against + notes
                missing = self._still_missing_for_waiver()
        registering = lane.registering
        if self.colour is not None and self.colour.registering:
            registering = self.colour.registering
        if missing:
            return Decision("", (), tuple(dict.fromkeys(notes)), tuple(missing), self.facts, registering)
        if not notes and not self.facts:
            return _ADMITTED[registering]
        return Decision("admitted", (), tuple(dict.fromkeys(notes)), (), self.facts, registering)

    def _is_refused(self, one: Missing) -> bool:
        """Whether it is a paper that the person said they do not have."""
        return one["kind"] == "paper" and (self.s.get("papers") or {}).get(one["code"]) is False

    def _is_waived(self) -> bool:
        if not self.gate.id_and_normal_suffice or not NOT_WAIVED.isdisjoint(self.against):
            return False
        return (self.s.get("papers") or {}).get("id_card") is not False and "not_measured" not in self.against

    def _still_missing_for_waiver(self) -> list[Missing]:
        lacking: list[Missing] = []
        if not (self.s.get("papers") or {}).get("id_card"):
            lacking.append({"kind": "paper", "code": "id_card"})
        lacking += [one for one in self.missing if one["kind"] in {"reading", "question"}]
        if self.found.verdict is not Verdict.NORMAL and not any(one["kind"] == "reading" for one in lacking):
            lacking.append({"kind": "reading"})
        return lacking


def _within(windows: Windows, minute: int) -> bool:
    for start, end in windows:
        if start <= minute < end if start < end else (minute >= start or minute < end):
            return True
    return False


def _next_start(windows: Windows, clock: int) -> int:
    """The next moment (on the local clock) at which a window begins."""
    return min(_next_minute(start, clock) for start, _ in windows)


def _next_end(windows: Windows, clock: int) -> int:
    """The end of the window in which the clock stands (the latest where windows overlap)."""
    minute = clock % DAY // 60
    return max(_next_minute(end % 1440, clock) for start, end in windows if _within(((start, end),), minute))


def _next_minute(minute: int, clock: int) -> int:
    at = clock - clock % DAY + minute * 60
    return at if at > clock else at + DAY


def _state_of(situation: Situation) -> str:
    place = situation.get("place")
    return place.get("state", "closed") if place else "closed"


_BOTH_WAYS: Final = ("in", "out")
_KNOWN: Final = frozenset({"register", "pass", "confirmed"})
_NEEDS_KNOWN: Final = frozenset({"known", "with_host"})
_ID_CARD: Final = ("id_card",)
_VEHICLE_PASS: Final = ("vehicle_pass",)
_PAPER_CODES: Final = {"photo_match": "photo_mismatch", "disinfected": "not_disinfected"}
_ALWAYS_SERIOUS: Final = frozenset(
    {"pass_tampered", "pass_unknown_key", "pass_other_household", "pass_handed_on", "pass_revoked"}
)
"""Faults of a pass that matter even where none is needed: somebody tries to pass for somebody else."""

_NO_READING: Final = Found(Verdict.NONE)
_FIRST: Final = Decision("admitted", (), ("emergency_first",), (), {}, "mark")
_ESCORTED: Final = Decision("admitted", (), ("escorted",), (), {}, "full")
_ADMITTED: Final = {
    registering: Decision("admitted", (), (), (), {}, registering)
    for registering in ("full", "mark", "on_card", "none")
}
