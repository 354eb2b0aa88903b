"""Builders: a site with staff, a safety officer, a filing."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import count
from typing import Any

from django.utils import timezone

from lianfang.book.actions import Actor
from lianfang.book.rights import Role
from lianfang.enterprises import actions
from lianfang.enterprises.models import ResumptionFiling
from lianfang.gates.actions.rounds import RoundReading, record_readings
from lianfang.people.models import Body
from lianfang.people.tests.builders import a_body, a_county, a_person, a_response, an_actor
from lianfang.places.models import Employee, Place, PlaceKind

_numbers = count(1)


def a_site(body: Body | None = None) -> Place:
    body = body or a_body()
    return Place.objects.create(
        name=f"测试厂区{next(_numbers)}", kind=PlaceKind.ENTERPRISE_SITE, area=a_county(), body=body
    )


def an_employee(site: Place, department: str = "一车间") -> Employee:
    return Employee.objects.create(person=a_person(), place=site, employer=site.body, department=department)


def a_safety_officer(site: Place) -> Actor:
    return an_actor(Role.SITE_SAFETY, body=site.body)


def measured(actor: Actor, employee: Employee, celsius: str | None = "36.5", *, ago: int = 0) -> None:
    reading = RoundReading(
        employee.person,
        None if celsius is None else Decimal(celsius),
        timezone.now() - timedelta(minutes=ago),
    )
    record_readings(actor, response=a_response(), place=employee.place, readings=[reading])


def filing_values(**values: Any) -> dict[str, Any]:
    return {
        "industry": "化工",
        "legal_representative": "某甲",
        "in_charge": "某乙",
        "staff_total": 100,
        "staff_local": 80,
        "staff_elsewhere": 20,
        "staff_key_area": 2,
        "first_return": 40,
        "resumes_on": date(2020, 2, 24),
        "isolation_rooms": 2,
        "masks": 600,
        "thermometers": 4,
        "supplies_days": 5,
        "has_plan": True,
        "has_emergency_plan": True,
        "has_pledge": True,
        **values,
    }


def a_filing(site: Place, actor: Actor | None = None, **values: Any) -> ResumptionFiling:
    return actions.draft_filing(
        actor or a_safety_officer(site), response=a_response(), place=site, **filing_values(**values)
    )
