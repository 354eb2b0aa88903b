"""The text format of the shift scheduling instances of Curtois and Qu (2014), read as a problem.

Sections begin with `SECTION_…`, lines with `#` are comments, fields are divided by commas. Shifts have no
time of day there: each duty is put at midnight of its day, and what may follow what is a list. The cost of
the problem is the cost of the instance.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from lianfang.engines.roster.faults import Fault, FaultCode, ProblemError
from lianfang.engines.roster.problem import (
    Duty,
    Limits,
    Person,
    Problem,
    Rules,
    Span,
    Weights,
    Wish,
)

FIRST_DAY = date(2024, 1, 1)  # a Monday, as the format says
_KNOWN = {
    "SECTION_HORIZON",
    "SECTION_SHIFTS",
    "SECTION_STAFF",
    "SECTION_DAYS_OFF",
    "SECTION_SHIFT_ON_REQUESTS",
    "SECTION_SHIFT_OFF_REQUESTS",
    "SECTION_COVER",
}


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    fields: tuple[str, ...]

    def refused(self, what: str) -> ProblemError:
        return ProblemError([Fault(FaultCode.UNREADABLE, f"line {self.number}", (what,))])

    def number_at(self, index: int) -> int:
        try:
            return int(self.fields[index])
        except (IndexError, ValueError):
            raise self.refused(f"field {index + 1} should be a whole number") from None


def read_curtois(text: str) -> Problem:
    """The problem of an instance's text. ProblemError names the line that cannot be read."""
    sections = _sections(text)
    days = _days(sections["SECTION_HORIZON"])
    shifts = _shifts(sections["SECTION_SHIFTS"])
    people = _people(sections, days, list(shifts))
    return Problem(
        first_day=FIRST_DAY,
        days=days,
        people=tuple(people),
        duties=tuple(
            _duties(sections["SECTION_COVER"], days, {name: each[0] for name, each in shifts.items()})
        ),
        rules=Rules(
            successions_forbidden=tuple(
                (before, after) for before, (_, forbidden) in shifts.items() for after in forbidden
            ),
            long_duty_minutes=1441,
            weights=Weights(open=0, short=0, over=0, mix=0, quota=0),
        ),
    )


def duty_id(day: int, shift: str) -> str:
    return f"{day}:{shift}"


def _sections(text: str) -> dict[str, list[_Line]]:
    sections: dict[str, list[_Line]] = defaultdict(list)
    name = ""
    for number, raw in enumerate(text.lstrip("\ufeff").splitlines(), 1):
        line = raw.strip()
        if not line or line.startswith("#"):
            continue
        fields = tuple(field.strip() for field in line.split(","))
        if line.upper().startswith("SECTION_"):
            name = line.upper().rstrip(":,")
            if name not in _KNOWN:
                raise _Line(number, fields).refused(f"unknown section {line}")
            continue
        if not name:
            raise _Line(number, fields).refused("text before the first section")
        sections[name].append(_Line(number, fields))
    for needed in ("SECTION_HORIZON", "SECTION_SHIFTS", "SECTION_STAFF"):
        if not sections[needed]:
            raise ProblemError([Fault(FaultCode.UNREADABLE, needed, ("the section is missing or empty",))])
    return sections


def _days(lines: Sequence[_Line]) -> int:
    days = lines[0].number_at(0)
    if days < 1:
        raise lines[0].refused("the horizon should have a day at least")
    return days


def _shifts(lines: Sequence[_Line]) -> dict[str, tuple[int, tuple[str, ...]]]:
    shifts: dict[str, tuple[int, tuple[str, ...]]] = {}
    for line in lines:
        name = line.fields[0]
        if name in shifts or not name:
            raise line.refused(f"shift {name!r} is listed twice or has no name")
        after = tuple(_divided(line.fields[2])) if len(line.fields) > 2 else ()
        shifts[name] = (line.number_at(1), after)
    for line in lines:
        for name in shifts[line.fields[0]][1]:
            if name not in shifts:
                raise line.refused(f"unknown shift {name}")
    return shifts


def _divided(field: str) -> list[str]:
    return [part.strip() for part in field.split("|") if part.strip()]


def _people(sections: dict[str, list[_Line]], days: int, shifts: Sequence[str]) -> list[Person]:
    limits: dict[str, tuple[dict[str, int], Limits]] = {}
    for line in sections["SECTION_STAFF"]:
        name = line.fields[0]
        if name in limits:
            raise line.refused(f"{name} is listed twice")
        most: dict[str, int] = {}
        for part in _divided(line.fields[1] if len(line.fields) > 1 else ""):
            shift, _, count = part.partition("=")
            if shift.strip() not in shifts or not count.strip().isdigit():
                raise line.refused(f"cannot read {part}")
            most[shift.strip()] = int(count)
        limits[name] = (
            {shift: count for shift, count in most.items() if count < days},
            Limits(
                most_minutes=line.number_at(2),
                fewest_minutes=line.number_at(3),
                longest_run_days=line.number_at(4),
                shortest_run_days=line.number_at(5),
                shortest_days_off=line.number_at(6),
                most_weekends=line.number_at(7),
            ),
        )
    off: dict[str, list[Span]] = defaultdict(list)
    for line in sections["SECTION_DAYS_OFF"]:
        _hold_known(line, limits)
        for index in range(1, len(line.fields)):
            if line.fields[index]:
                start = _midnight(line, line.number_at(index), days)
                off[line.fields[0]].append(Span(start=start, end=start + timedelta(days=1)))
    wishes = _wishes(sections, days, limits, shifts)
    return [
        Person(
            id=name,
            most_of_shift=most,
            limits=limit,
            absences=tuple(off[name]),
            wishes=tuple(wishes[name]),
        )
        for name, (most, limit) in limits.items()
    ]


def _wishes(
    sections: dict[str, list[_Line]],
    days: int,
    known: dict[str, tuple[dict[str, int], Limits]],
    shifts: Sequence[str],
) -> dict[str, list[Wish]]:
    wishes: dict[str, list[Wish]] = defaultdict(list)
    for section, on in (("SECTION_SHIFT_ON_REQUESTS", True), ("SECTION_SHIFT_OFF_REQUESTS", False)):
        for line in sections[section]:
            _hold_known(line, known)
            day = _midnight(line, line.number_at(1), days).date()
            shift = line.fields[2]
            if shift not in shifts:
                raise line.refused(f"unknown shift {shift}")
            wishes[line.fields[0]].append(Wish(day=day, on=on, shift=shift, weight=line.number_at(3)))
    return wishes


def _hold_known(line: _Line, known: dict[str, tuple[dict[str, int], Limits]]) -> None:
    if line.fields[0] not in known:
        raise line.refused(f"unknown employee {line.fields[0]}")


def _midnight(line: _Line, day: int, days: int) -> datetime:
    if not 0 <= day < days:
        raise line.refused(f"day {day} is outside the horizon")
    return datetime.combine(FIRST_DAY, datetime.min.time()) + timedelta(days=day)


def _duties(lines: Sequence[_Line], days: int, minutes: dict[str, int]) -> list[Duty]:
    cover: dict[tuple[int, str], tuple[int, int, int]] = {}
    for line in lines:
        day, shift = line.number_at(0), line.fields[1]
        _midnight(line, day, days)
        if shift not in minutes:
            raise line.refused(f"unknown shift {shift}")
        if (day, shift) in cover:
            raise line.refused(f"the cover of {shift} on day {day} is listed twice")
        cover[day, shift] = (line.number_at(2), line.number_at(3), line.number_at(4))
    start = datetime.combine(FIRST_DAY, datetime.min.time())
    duties = []
    for day in range(days):
        for shift, length in minutes.items():
            wanted, short, over = cover.get((day, shift), (0, 0, 0))
            duties.append(
                Duty(
                    id=duty_id(day, shift),
                    shift=shift,
                    start=start + timedelta(days=day),
                    minutes=length,
                    wanted=wanted,
                    minimum=0,
                    night=False,
                    short_weight=short,
                    over_weight=over,
                )
            )
    return duties
