"""Builders: a place, an inspector, an inspection with a problem."""

from datetime import timedelta
from itertools import count
from typing import Any

from django.utils import timezone

from lianfang.book.actions import Actor
from lianfang.book.rights import Role
from lianfang.inspections import actions
from lianfang.inspections.actions import Problem
from lianfang.inspections.models import Finding, ProblemKind, Severity
from lianfang.people.models import Body
from lianfang.people.tests.builders import a_body, a_county, a_response, an_actor
from lianfang.places.models import Place, PlaceKind

_numbers = count(1)


def a_place(name: str = "", body: Body | None = None) -> Place:
    return Place.objects.create(
        name=name or f"测试小区{next(_numbers)}", kind=PlaceKind.COMPOUND, area=a_county(), body=body
    )


def an_inspector() -> Actor:
    return an_actor(Role.INSPECTOR)


def a_problem(body: Body | None = None, **values: Any) -> Problem:
    return Problem(
        **{
            "text": "门口无人值守",
            "kind": ProblemKind.DUTY,
            "severity": Severity.SERIOUS,
            "responsible_body": body or a_body(),
            "deadline": timezone.now() + timedelta(days=1),
            **values,
        }
    )


def a_finding(actor: Actor | None = None, *, place: Place | None = None, **values: Any) -> Finding:
    inspection = actions.record_inspection(
        actor or an_inspector(),
        response=a_response(),
        place=place or a_place(),
        inspectors="张三、李四",
        happened_at=values.pop("happened_at", timezone.now()),
        problems=[a_problem(**values)],
    )
    return Finding.objects.get(inspection=inspection)
