"""A profile's plain rules, prepared so that a decision looks up instead of searching.

For each direction, category and state of the place there is one `Lane` with all that holds there.
"""

from __future__ import annotations

from typing import Any, NamedTuple

from lianfang.engines.rules.gates.profile import GateRules
from lianfang.engines.rules.gates.quotas import Quota
from lianfang.engines.rules.gates.readings import Thermometry
from lianfang.engines.rules.gates.vocabulary import HOME, Category, Direction, PlaceState, Registering

Windows = tuple[tuple[int, int], ...]


class Question(NamedTuple):
    code: str
    unknown_only: bool
    optional: bool
    effects: dict[str, str]
    """Answer → reason code: symptoms_held, exposure_refused, no_mask_noted …"""


class Purpose(NamedTuple):
    papers: tuple[str, ...]
    quota: bool
    curfew: bool


class Colour(NamedTuple):
    papers: tuple[str, ...]
    asked: bool
    registering: str
    leaves: str
    enters: str
    measure: str


class VehicleRule(NamedTuple):
    enters: str
    papers: tuple[str, ...]
    hours: Windows


class Lane(NamedTuple):
    """What holds for a category in a direction while the place is in a state."""

    leaving: bool
    home: bool
    first: bool
    """Emergency staff: open first, write later."""
    checked: bool
    passage: str
    """`always`, `known`, `with_pass`, `with_host`, `not_admitted`, `not_allowed`."""
    barred: bool
    """By the state of the place."""
    state_purposes: frozenset[str]
    papers: tuple[str, ...]
    hours: Windows
    curfew: Windows
    quotas: tuple[Quota, ...]
    measure: str
    questions: tuple[Question, ...]
    registering: str
    goods_left: bool
    timed: bool
    """Coming home may be late: a quota limits the time out."""
    plain: bool
    """Whoever is known, measured normal and in no special situation passes without a further look."""


class CompiledGate:
    """A profile prepared for many decisions. Make it once with `compile_rules`; it never changes."""

    __slots__ = (
        "colours",
        "emergency_vehicles",
        "escorts",
        "handed_on_within",
        "id_and_normal_suffice",
        "lanes",
        "listed_purposes_only",
        "observed_households_stay",
        "observed_stay",
        "occupants_measured",
        "pass_with_id",
        "phases_apart",
        "purposes",
        "returnee_voids_pass",
        "thermometry",
        "vehicles",
    )

    def __init__(self, rules: GateRules) -> None:
        self.lanes: dict[tuple[str, str, str], Lane] = {
            (direction.value, category.value, state.value): _lane(rules, direction, category, state)
            for direction in Direction
            for category in Category
            for state in PlaceState
        }
        self.thermometry = Thermometry(rules)
        self.colours = {
            name: Colour(
                tuple(row["papers"]),
                row["asked"],
                row["registering"],
                row["leaves"],
                row["enters"],
                row["measure"],
            )
            for name, row in rules["colours"].items()
        }
        self.purposes = {
            name: Purpose(tuple(row["papers"]), row["quota"], row["curfew"])
            for name, row in rules["purposes"].items()
        }
        self.vehicles = {
            name: VehicleRule(row["enters"], tuple(row["papers"]), _windows(row["hours"]))
            for name, row in rules["vehicles"].items()
        }
        self.emergency_vehicles = frozenset(rules["emergency_vehicles"])
        self.escorts = frozenset(rules["escorts"])
        self.handed_on_within: int = rules["handed_on_within_minutes"]
        self.id_and_normal_suffice: bool = rules["id_and_normal_suffice"]
        self.listed_purposes_only: bool = rules["listed_purposes_only"]
        self.observed_stay: bool = rules["observed_leave"] == "with_escort"
        self.observed_households_stay: bool = rules["observed_households"] == "with_escort"
        self.occupants_measured: bool = rules["occupants_measured"]
        self.pass_with_id: bool = rules["pass_with_id"]
        self.phases_apart: bool = rules["phases_apart"]
        self.returnee_voids_pass: bool = rules["returnee_voids_pass"]


def compile_rules(rules: GateRules) -> CompiledGate:
    return CompiledGate(rules)


def _lane(rules: GateRules, direction: Direction, category: Category, state: PlaceState) -> Lane:
    leaving = direction is Direction.OUT
    row, state_row = rules["categories"][category], rules["states"][state]
    home = category in HOME
    checked: bool = state_row["checked"]
    lane = Lane(
        leaving=leaving,
        home=home,
        first=category is Category.EMERGENCY,
        checked=checked,
        passage=_passage(rules, row, leaving, home) if checked else "always",
        barred=checked and _is_barred(state_row, category, leaving, home),
        state_purposes=frozenset(state_row["purposes"] if leaving else ()),
        papers=tuple(row["papers_out" if leaving else "papers_in"]) if checked else (),
        hours=_windows(row["hours_out" if leaving else "hours_in"]) if checked else (),
        curfew=_curfew(rules, row, category, leaving) if checked else (),
        quotas=tuple(
            Quota.of(quota)
            for quota in rules["quotas"]
            if checked
            and leaving
            and row["quota"]
            and (not quota["categories"] or category in quota["categories"])
            and (not quota["states"] or state in quota["states"])
        ),
        measure=row["measure"] if checked else "none",
        questions=tuple(
            _question(question)
            for question in rules["questions"]
            if checked
            and (not question["categories"] or category in question["categories"])
            and (not question["directions"] or direction in question["directions"])
        ),
        registering=row["registering"] if checked else Registering.NONE.value,
        goods_left=row["goods_left"],
        timed=not leaving and any(quota["minutes_out"] for quota in rules["quotas"]),
        plain=False,
    )
    return lane._replace(plain=_is_plain(lane, rules))


def _is_plain(lane: Lane, rules: GateRules) -> bool:
    if lane.barred or lane.papers or lane.hours or lane.curfew or lane.quotas:
        return False
    if lane.leaving and (rules["listed_purposes_only"] or lane.passage != "always"):
        return False
    return (
        lane.checked
        and lane.measure == "every"
        and lane.passage in {"always", "known"}
        and all(question.unknown_only or question.optional for question in lane.questions)
    )


def _passage(rules: GateRules, row: dict[str, Any], leaving: bool, home: bool) -> str:
    if not leaving:
        return str(row["enters"])
    if home and rules["passes_needed"] and row["leaves"] == "always":
        return "with_pass"
    return str(row["leaves"])


def _is_barred(state_row: dict[str, Any], category: Category, leaving: bool, home: bool) -> bool:
    """People who live here may always come in."""
    if leaving:
        restricted = state_row["nobody_leaves"] or bool(state_row["leaves"])
        return restricted and category not in state_row["leaves"]
    return not home and bool(state_row["enters"]) and category not in state_row["enters"]


def _curfew(rules: GateRules, row: dict[str, Any], category: Category, leaving: bool) -> Windows:
    """A guest who stayed too long is let out, not locked in."""
    if not row["curfew"] or (leaving and category not in HOME | {Category.EMPLOYEE}):
        return ()
    return _windows(rules["curfew"])


def _question(row: dict[str, Any]) -> Question:
    effects = {
        answer: f"{row['reason']}_{effect}"
        for effect, answers in (
            ("held", row["hold_on"]),
            ("refused", row["refuse_on"]),
            ("noted", row["note_on"]),
        )
        for answer in answers
    }
    return Question(row["question"], row["unknown_only"], row["optional"], effects)


def _windows(rows: list[list[int]]) -> Windows:
    return tuple((start, end) for start, end in rows)
