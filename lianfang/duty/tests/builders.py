"""Builders: a place with people, a roster, arranged and published."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from lianfang.book.actions import Actor
from lianfang.book.rights import Role
from lianfang.duty import actions
from lianfang.duty.actions import MemberLine, PostLine
from lianfang.duty.grids import GRID_OF, Shift
from lianfang.duty.models import DutyMember, DutyRoster, PublishedRoster
from lianfang.duty.problems import problem_of
from lianfang.engines.roster import solve
from lianfang.people.tests.builders import a_response, an_actor
from lianfang.places.models import Place
from lianfang.places.tests.builders import a_place

FIRST = date(2020, 2, 10)  # a Monday


def a_planner() -> Actor:
    return an_actor(Role.HEADQUARTERS)


def a_roster(
    actor: Actor | None = None,
    *,
    people: int | Sequence[MemberLine] = 8,
    posts: Sequence[PostLine] = (PostLine("东门"),),
    shifts: Sequence[Shift] = GRID_OF["three"].shifts,
    place: Place | None = None,
    days: int = 7,
    **values: Any,
) -> DutyRoster:
    members = [MemberLine(f"值守{n}") for n in range(1, people + 1)] if isinstance(people, int) else people
    return actions.set_up_roster(
        actor or a_planner(),
        **{
            "response": a_response(),
            "place": place or a_place(),
            "title": "测试值班表",
            "first_day": FIRST,
            "days": days,
            "posts": posts,
            "shifts": shifts,
            "members": members,
            **values,
        },
    )


def arranged(roster: DutyRoster, actor: Actor | None = None) -> DutyRoster:
    found = solve(problem_of(roster), seconds=0.2, threads=1, seed=1)
    return actions.keep_draft(actor or a_planner(), roster=roster, found=found.roster)


def a_published(actor: Actor | None = None, **values: Any) -> PublishedRoster:
    actor = actor or a_planner()
    roster = arranged(a_roster(actor, **values), actor)
    return actions.publish_roster(actor, roster=roster)


def a_member(version: PublishedRoster, name: str) -> DutyMember:
    return DutyMember.objects.get(place=version.roster.place, name=name)
