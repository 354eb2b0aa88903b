"""Problems and rosters as JSON, and the schema that says what a problem looks like."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any, TypeVar

import msgspec

from lianfang.engines.roster.faults import Fault, FaultCode, ProblemError, find_faults
from lianfang.engines.roster.problem import Assignment, Problem
from lianfang.engines.roster.roster import Roster

T = TypeVar("T")

SCHEMA_FILE = Path(__file__).with_name("roster-problem.schema.json")


def read_problem(text: bytes | str) -> Problem:
    """The problem that the JSON text describes. ProblemError names every fault, with its place."""
    problem = _decoded(text, Problem)
    if faults := find_faults(problem):
        raise ProblemError(faults)
    return problem


def problem_json(problem: Problem) -> bytes:
    """The problem as JSON; reading it gives an equal problem."""
    return msgspec.json.format(msgspec.json.encode(problem), indent=1)


def read_roster(text: bytes | str) -> Roster:
    """A roster from a JSON list of `{"duty": …, "person": …}`."""
    return Roster.of(_decoded(text, tuple[Assignment, ...]))


def roster_json(roster: Roster) -> bytes:
    return msgspec.json.format(msgspec.json.encode(roster.assignments), indent=1)


@cache
def problem_schema() -> dict[str, Any]:
    """JSON Schema (2020-12) of a problem, as it stands in `roster-problem.schema.json`."""
    schema = msgspec.json.decode(msgspec.json.encode(msgspec.json.schema(Problem)))
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "lianfang roster problem",
        **schema,
    }


def _decoded(text: bytes | str, kind: type[T]) -> T:
    try:
        return msgspec.json.decode(text, type=kind)
    except msgspec.ValidationError as error:
        what, _, place = str(error).partition(" - at ")
        raise ProblemError([Fault(FaultCode.UNREADABLE, place.strip("`") or "$", (what,))]) from error
    except msgspec.DecodeError as error:
        raise ProblemError([Fault(FaultCode.UNREADABLE, "$", (str(error),))]) from error
