"""The staff of a site on a day: who was measured, who is absent, who is not back, what was abnormal."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, Q, QuerySet

from lianfang.book.models import Response
from lianfang.enterprises.figures import StaffFigures
from lianfang.enterprises.models import StaffCondition, StaffState
from lianfang.enterprises.rules import EnterpriseRules, rules_on
from lianfang.gates.queries.rounds import DayReadings, readings_of_day
from lianfang.places.models import Employee, Place, Room


@dataclass(frozen=True, slots=True)
class StaffLine:
    """One employee on a day."""

    employee: Employee
    condition: str
    state: StaffState | None
    readings: DayReadings
    abnormal: bool

    @property
    def present(self) -> bool:
        """Whoever was measured at the site that day was there."""
        return self.condition == StaffCondition.AT_WORK and bool(self.readings.all)

    @property
    def unmeasured(self) -> bool:
        """Should be at work, and has no reading of the day: absent, or not measured yet."""
        return self.condition == StaffCondition.AT_WORK and not self.readings.all

    @property
    def absent(self) -> bool:
        return self.condition in (StaffCondition.AT_WORK, StaffCondition.LEAVE) and not self.present


@dataclass(frozen=True, slots=True)
class CrowdedRoom:
    room: Room
    persons: int
    most: int


def employees_on(place: Place, day: date) -> QuerySet[Any]:
    found: QuerySet[Any] = Employee.objects.on(day).filter(place=place)
    return found.select_related("person", "employer", "dormitory_room__building")


def staff_of_day(place: Place, response: Response | None, day: date) -> list[StaffLine]:
    """Each employee of a day with the readings, in three queries however many they are."""
    rules = rules_on(day)
    employees = employees_on(place, day)
    states = {state.employee_id: state for state in StaffState.objects.on(day).filter(employee__place=place)}
    readings = readings_of_day(place, response, day, employees.values("person"))
    return [
        _line(employee, states.get(employee.pk), readings.get(employee.person_id), rules)
        for employee in employees.order_by("department", "person__name")
    ]


def figures_of(lines: Sequence[StaffLine]) -> StaffFigures:
    present = sum(line.present for line in lines)
    absent = sum(line.absent for line in lines)
    return StaffFigures(
        expected=present + absent,
        present=present,
        absent=absent,
        not_back=sum(line.condition == StaffCondition.NOT_BACK for line in lines),
        isolated=sum(line.condition == StaffCondition.ISOLATED for line in lines),
        abnormal=sum(line.abnormal and line.present for line in lines),
    )


def figures_of_day(place: Place, response: Response | None, day: date) -> StaffFigures:
    return figures_of(staff_of_day(place, response, day))


def crowded_rooms(place: Place, day: date) -> list[CrowdedRoom]:
    """Dormitory rooms with more persons than the rules of the day allow."""
    most = rules_on(day).persons_per_dormitory_room
    if most is None:
        return []
    rooms = (
        Room.objects.filter(building__place=place)
        .annotate(
            persons=Count(
                "employees",
                filter=(Q(employees__valid_from__isnull=True) | Q(employees__valid_from__lte=day))
                & (Q(employees__valid_to__isnull=True) | Q(employees__valid_to__gte=day)),
            )
        )
        .filter(persons__gt=most)
        .select_related("building")
    )
    return [CrowdedRoom(room, room.persons, most) for room in rooms]


def _line(
    employee: Employee, state: StaffState | None, readings: DayReadings | None, rules: EnterpriseRules
) -> StaffLine:
    taken = readings or DayReadings()
    return StaffLine(
        employee=employee,
        condition=state.condition if state else StaffCondition.AT_WORK,
        state=state,
        readings=taken,
        abnormal=any(rules.abnormal(reading.celsius) for reading in taken.all),
    )
