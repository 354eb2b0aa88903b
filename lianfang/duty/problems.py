"""From the registers to a problem of the engine, and back to what people read.

A duty's id is `<day>.<shift>.<post>`, the places of shift and post in the roster's lists: 2020-02-10.0.1.
The duties of leaders have the shift L. The engine's posts and people are the ids of the registers.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Any, cast
from uuid import UUID

import msgspec
from django.utils import timezone

from lianfang.duty.grids import Shift
from lianfang.duty.models import (
    DutyAbsence,
    DutyMember,
    DutyPost,
    DutyRoster,
    DutyWish,
    Gender,
    PublishedRoster,
)
from lianfang.engines import roster as engine
from lianfang.engines.roster import Assignment, Problem, Roster
from lianfang.engines.roster.checking import is_night

LEADER = "带班"
LEADER_SHIFT = "L"
FREEZE_HOURS = 48


@dataclass(frozen=True, slots=True, kw_only=True)
class Defaults:
    """The rules that a new roster begins with."""

    rest_minutes: int = 480
    longest_run_days: int = 6
    longest_run_nights: int = 3
    days_off_after_nights: int = 1
    rest_after_whole_day: int = 48
    women_at_night: str = "any"
    freeze_hours: int = FREEZE_HOURS
    weight_nights: int = 4
    weight_weekends: int = 3
    weight_holidays: int = 6
    weight_duties: int = 5
    weight_team: int = 0


DEFAULTS = Defaults()


def problem_of(roster: DutyRoster, *, current: PublishedRoster | None = None) -> Problem:
    """What is to be solved, as the registers stand now.

    With `current` what is in force is kept where possible, and what starts within the freeze horizon stays.
    """
    members = members_of(roster)
    duties = duties_of(roster)
    rules = {**_as_dict(DEFAULTS), **roster.rules}
    known = {str(one.pk) for one in members}
    names = {duty.id for duty in duties}
    held = tuple(
        Assignment(duty=duty, person=member)
        for duty, member in (current.assignments if current else ())
        if member in known and duty in names
    )
    frozen = None
    if held:
        frozen = local(timezone.now() + timedelta(hours=int(rules["freeze_hours"])))
    return Problem(
        first_day=roster.first_day,
        days=roster.days,
        people=tuple(_people(roster, members)),
        duties=tuple(duties),
        rules=_rules(roster, rules, len(held) > 0),
        skills=(LEADER, *dict.fromkeys(word for mix in rules.get("mixes", ()) for word in mix["skills"])),
        quotas=tuple(_quotas(rules, members)),
        holidays=tuple(date.fromisoformat(day) for day in rules.get("holidays", ())),
        workdays=tuple(date.fromisoformat(day) for day in rules.get("workdays", ())),
        current=held,
        frozen_until=frozen,
    )


def without_frozen(problem: Problem) -> Problem:
    """The problem without what is in force: a roster is judged by its rules, not by what it changes."""
    return replace(problem, current=(), frozen_until=None)


def now_of(version: PublishedRoster) -> Problem:
    """The problem of a published roster with the absences and limits as they stand now.

    People who have left since keep their cells, as they were published.
    """
    problem = without_frozen(problem_of(version.roster))
    known = {one.id for one in problem.people}
    old = problem_from(version.problem)
    left = tuple(one for one in old.people if one.id not in known)
    return replace(problem, people=problem.people + left)


def duties_of(roster: DutyRoster) -> list[engine.Duty]:
    """Every duty of the days: each post in each shift; the leaders' post once a day."""
    shifts = [Shift.of(one) for one in roster.shifts]
    mixes = roster.rules.get("mixes", ())
    names = post_names({post["post"] for post in roster.posts}) if mixes else {}
    found = []
    for number in range(roster.days):
        day = roster.first_day + timedelta(days=number)
        for place, post in enumerate(roster.posts):
            wanted, minimum = int(post["wanted"]), post.get("minimum")
            if post.get("leaders"):
                found.append(
                    engine.Duty(
                        id=f"{day}.{LEADER_SHIFT}.{place}",
                        shift=LEADER,
                        start=datetime.combine(day, shifts[0].starts),
                        minutes=24 * 60,
                        post=post["post"],
                        wanted=wanted,
                        minimum=minimum,
                        skills=(LEADER,),
                        night=False,
                        on_call=True,
                    )
                )
                continue
            found += [
                engine.Duty(
                    id=f"{day}.{index}.{place}",
                    shift=shift.name,
                    start=datetime.combine(day, shift.starts),
                    minutes=shift.minutes,
                    post=post["post"],
                    wanted=int(post.get("by_shift", {}).get(shift.name, wanted)),
                    minimum=minimum,
                    mix=tuple(_mixes(mixes, names.get(post["post"], ""), shift.name)),
                )
                for index, shift in enumerate(shifts)
            ]
    return found


def _mixes(mixes: Iterable[dict[str, Any]], post: str, shift: str) -> Iterable[engine.Mix]:
    """The role mixes that hold for a post in a shift."""
    for mix in mixes:
        if mix["post"] in ("", post) and mix["shift"] in ("", shift):
            yield engine.Mix(skills=tuple(mix["skills"]), count=int(mix["count"]))


def _quotas(rules: dict[str, Any], members: list[DutyMember]) -> Iterable[engine.Quota]:
    """The quotas of the units that still send somebody."""
    units = {one.sent_by for one in members}
    for quota in rules.get("quotas", ()):
        if quota["unit"] in units:
            yield engine.Quota(
                unit=quota["unit"],
                span=engine.QuotaSpan(quota["span"]),
                fewest=int(quota["fewest"]),
                most=quota["most"],
            )


def members_of(roster: DutyRoster) -> list[DutyMember]:
    """Those who take part, in the order of the register. Those who have ended do not."""
    return list(
        DutyMember.objects.filter(pk__in=roster.members, ended_on__isnull=True).select_related("body")
    )


def roster_of(cells: Iterable[Sequence[str]]) -> Roster:
    return Roster.of(Assignment(duty=duty, person=member) for duty, member in cells)


def cells_of(roster: Roster) -> list[list[str]]:
    """As a roster is kept: [duty, member] each."""
    return [[one.duty, one.person] for one in roster.assignments]


def problem_data(problem: Problem) -> dict[str, Any]:
    return cast("dict[str, Any]", msgspec.to_builtins(problem))


def problem_from(data: dict[str, Any]) -> Problem:
    return msgspec.convert(data, Problem)


def local(moment: datetime) -> datetime:
    """As the wall clock shows it: the engine's times carry no zone."""
    return timezone.localtime(moment).replace(tzinfo=None)


def aware(moment: datetime) -> datetime:
    return timezone.make_aware(moment)


def names_of(problem: Problem) -> dict[str, str]:
    """What people call the persons and the duties of a problem."""
    posts = post_names({duty.post for duty in problem.duties})
    names = {person.id: person.name or person.id for person in problem.people}
    for duty in problem.duties:
        post = posts.get(duty.post, "")
        names[duty.id] = f"{duty.start.month}月{duty.start.day}日{duty.shift}({post})"
    return names


def post_names(ids: Iterable[str]) -> dict[str, str]:
    wanted = [UUID(one) for one in ids if one]
    return {str(pk): name for pk, name in DutyPost.objects.filter(pk__in=wanted).values_list("pk", "name")}


def current_version(roster: DutyRoster) -> PublishedRoster | None:
    """The version in force, None while nothing is published."""
    found: PublishedRoster | None = PublishedRoster.objects.current().filter(roster=roster).first()
    return found


def _rules(roster: DutyRoster, rules: dict[str, Any], changes: bool) -> engine.Rules:
    whole_days = any(one["minutes"] >= 24 * 60 for one in roster.shifts)
    return engine.Rules(
        rest_minutes=int(rules["rest_minutes"]),
        # A leader is on call for a day, and may be so again; who stands a day at a post has two days off.
        long_duty_minutes=24 * 60 if whole_days else 24 * 60 + 1,
        rest_after_long_duty=int(rules["rest_after_whole_day"]) * 60,
        women_at_night=engine.WomenAtNight(rules["women_at_night"]),
        limits=engine.Limits(
            longest_run_days=int(rules["longest_run_days"]),
            longest_run_nights=int(rules["longest_run_nights"]),
            days_off_after_nights=int(rules["days_off_after_nights"]),
        ),
        weights=engine.Weights(
            nights=int(rules["weight_nights"]),
            weekends=int(rules["weight_weekends"]),
            holidays=int(rules["weight_holidays"]),
            duties=int(rules["weight_duties"]),
            team=int(rules["weight_team"]),
            change=20 if changes else 0,
        ),
    )


def _people(roster: DutyRoster, members: list[DutyMember]) -> Iterable[engine.Person]:
    leading = tuple(post["post"] for post in roster.posts if post.get("leaders"))
    standing = tuple(post["post"] for post in roster.posts if not post.get("leaders"))
    absences = _absences(roster, members)
    wishes = defaultdict(list)
    last = roster.first_day + timedelta(days=roster.days - 1)
    for wish in DutyWish.objects.filter(member__in=members, day__range=(roster.first_day, last)):
        wishes[wish.member_id].append(engine.Wish(day=wish.day, on=wish.on, weight=wish.weight))
    history = _history(roster)
    for member in members:
        leads = member.leader and bool(leading)
        limits = {name: value for name, value in member.limits.items() if value is not None}
        if leads:
            limits = {"longest_run_days": roster.days, "longest_run_nights": roster.days, **limits}
        yield engine.Person(
            id=str(member.pk),
            name=member.name,
            skills=tuple(member.skills) + ((LEADER,) if member.leader else ()),
            team=member.team,
            unit=member.sent_by,
            sex=engine.Sex(member.gender or Gender.UNKNOWN),
            posts=leading if leads else standing,
            absences=tuple(absences[member.pk]),
            limits=engine.Limits(**limits),
            history=history.get(str(member.pk), engine.History()),
            wishes=tuple(wishes[member.pk]),
        )


def _absences(roster: DutyRoster, members: list[DutyMember]) -> dict[UUID, list[engine.Span]]:
    begin = aware(datetime.combine(roster.first_day, datetime.min.time()))
    rows = DutyAbsence.objects.current().filter(
        member__in=members, ends_at__gt=begin, begins_at__lt=begin + timedelta(days=roster.days + 1)
    )
    found: dict[UUID, list[engine.Span]] = defaultdict(list)
    for row in rows:
        found[row.member_id].append(engine.Span(start=local(row.begins_at), end=local(row.ends_at)))
    return found


def _history(roster: DutyRoster) -> dict[str, engine.History]:
    """What the people bring along from the rosters of this place of the two months before."""
    since = roster.first_day - timedelta(days=62)
    rows = PublishedRoster.objects.current().filter(
        roster__place=roster.place_id, roster__first_day__gte=since, roster__first_day__lt=roster.first_day
    )
    held: dict[str, list[tuple[engine.Duty, bool]]] = defaultdict(list)
    for version in rows.exclude(roster=roster):
        problem = problem_from(version.problem)
        duties = {duty.id: duty for duty in problem.duties}
        for duty, member in version.assignments:
            if duties[duty].start.date() < roster.first_day:
                held[member].append((duties[duty], is_night(problem.rules, duties[duty])))
    return {member: _brought(roster.first_day, pairs) for member, pairs in held.items()}


def _brought(first_day: date, pairs: list[tuple[engine.Duty, bool]]) -> engine.History:
    last = max((duty for duty, _night in pairs), key=lambda duty: duty.end)
    days = {duty.day for duty, _night in pairs}
    nights = {duty.day for duty, night in pairs if night}
    return engine.History(
        nights=sum(night for _duty, night in pairs),
        weekends=sum(duty.day.weekday() >= 5 for duty, _night in pairs),
        duties=len(pairs),
        last_end=last.end,
        last_minutes=last.minutes,
        run_days=_run(first_day, days),
        run_nights=_run(first_day, nights),
    )


def _run(first_day: date, days: set[date]) -> int:
    """How many of the days before the first are in a row."""
    number = 0
    while first_day - timedelta(days=number + 1) in days:
        number += 1
    return number


def _as_dict(values: Defaults) -> dict[str, Any]:
    return {one.name: getattr(values, one.name) for one in fields(values)}
