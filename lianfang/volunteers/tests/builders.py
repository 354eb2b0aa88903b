"""Builders: somebody who keeps volunteers, a volunteer, a team with members, hours."""

from datetime import date
from itertools import count
from typing import Any

from django.utils import timezone

from lianfang.book.actions import Actor
from lianfang.book.rights import Role
from lianfang.people.models import Body
from lianfang.people.tests.builders import a_body, a_response, an_actor
from lianfang.places.models import Place
from lianfang.places.tests.builders import a_place
from lianfang.volunteers import actions
from lianfang.volunteers.models import ServiceHours, Volunteer, VolunteerCall, VolunteerTeam

_numbers = count(1)


def a_keeper() -> Actor:
    return an_actor(Role.HEADQUARTERS)


def a_call(actor: Actor | None = None, **values: Any) -> VolunteerCall:
    return actions.open_call(
        actor or a_keeper(),
        **{
            "response": a_response(),
            "body": a_body(),
            "title": "招募志愿者",
            "contact": "0543-0000000",
            **values,
        },
    )


def an_offer(**values: Any) -> dict[str, Any]:
    number = next(_numbers)
    return {
        "name": f"志愿{number}",
        "phone": f"1380000{number:04d}",
        "consented": True,
        "skills": ["driver"],
        "times": ["weekend"],
        **values,
    }


def a_volunteer(
    actor: Actor | None = None, *, body: Body | None = None, place: Place | None = None, **values: Any
) -> Volunteer:
    actor = actor or a_keeper()
    sign_up = actions.sign_up_at_desk(
        actor, response=a_response(), body=body or a_body(), place=place, **an_offer(**values)
    )
    return actions.accept_sign_up(actor, sign_up=sign_up, joined_on=date(2020, 2, 1))


def a_team(
    actor: Actor | None = None, *, members: int = 2, place: Place | None = None, **values: Any
) -> VolunteerTeam:
    actor = actor or a_keeper()
    team = actions.set_up_team(
        actor, **{"name": f"志愿队{next(_numbers)}", "body": a_body(), "place": place or a_place(), **values}
    )
    for _member in range(members):
        actions.join_team(
            actor, team=team, volunteer=a_volunteer(actor, party_member=True), on=date(2020, 2, 1)
        )
    return team


def some_hours(
    volunteer: Volunteer, minutes: int = 240, *, actor: Actor | None = None, **values: Any
) -> ServiceHours:
    return actions.enter_hours(
        actor or a_keeper(),
        **{
            "response": a_response(),
            "volunteer": volunteer,
            "day": timezone.localdate(),
            "minutes": minutes,
            "what": "值守",
            **values,
        },
    )
