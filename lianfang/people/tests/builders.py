"""Builders for tests: an area, a body, an officer with rights, in one call each."""

from datetime import date
from itertools import count
from typing import TypeVar

from lianfang.book.actions import Actor, Origin
from lianfang.book.models import Response
from lianfang.book.rights import Role
from lianfang.people.models import Area, AreaLevel, Body, BodyKind, Grant, NameKey, Officer, Person
from lianfang.people.namekeys import renew_keys

Line = TypeVar("Line", Area, Body, Person)

_numbers = count(1)


def a_response(name: str = "云溪县新冠肺炎疫情防控") -> Response:
    found, _made = Response.objects.get_or_create(
        name=name, defaults={"county": "云溪县", "county_code": "379901", "started_on": date(2020, 1, 24)}
    )
    return found


def a_county(name: str = "云溪县") -> Area:
    found, _made = Area.objects.get_or_create(
        name=name, parent=None, defaults={"level": AreaLevel.COUNTY, "division_code": "379901"}
    )
    return _findable(found)


def a_township(name: str = "石桥镇", county: Area | None = None) -> Area:
    found, _made = Area.objects.get_or_create(
        name=name, parent=county or a_county(), defaults={"level": AreaLevel.TOWNSHIP}
    )
    return _findable(found)


def a_body(
    name: str = "", kind: str = BodyKind.ENTERPRISE, area: Area | None = None, **values: object
) -> Body:
    body = Body.objects.create(
        name=name or f"测试企业{next(_numbers)}", kind=kind, area=area or a_county(), **values
    )
    return _findable(body)


def a_person(name: str = "", area: Area | None = None) -> Person:
    return _findable(Person.objects.create(name=name or f"测试人员{next(_numbers)}", area=area))


def an_officer(
    role: str | None = Role.FEDERATION_OFFICE,
    *,
    area: Area | None = None,
    body: Body | None = None,
    name: str = "",
) -> Officer:
    """An officer with `role` on the area or body given, or on the whole county."""
    number = next(_numbers)
    officer = Officer.objects.create_user(
        username=f"officer{number}", password="correct-horse-battery", display_name=name or f"经办人{number}"
    )
    if role is not None:
        Grant.objects.create(
            officer=officer, role=role, body=body, area=area or (None if body else a_county())
        )
    return officer


def an_actor(role: str | None = Role.FEDERATION_OFFICE, **where: object) -> Actor:
    return Actor(an_officer(role, **where), Origin.DESK, "127.0.0.1")  # type: ignore[arg-type]


def _findable(line: Line) -> Line:
    """With the search keys that the actions would have made."""
    if not NameKey.objects.filter(subject_id=line.pk).exists():
        renew_keys(line)
    return line
