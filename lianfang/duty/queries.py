"""What is read of duty, limited to what the officer may see."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery
from django.utils import timezone

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.duty.models import (
    DutyAbsence,
    DutyMember,
    DutyPost,
    DutyRoster,
    DutySwap,
    DutySwapAnswer,
    DutyWish,
    PublishedRoster,
    SwapAnswerKind,
)
from lianfang.duty.problems import LEADER, aware, local, now_of, post_names, problem_from, roster_of
from lianfang.engines import roster as engine
from lianfang.engines.roster.gaps import openings
from lianfang.people.models import Officer
from lianfang.places.models import Place

READERS = (Right.PLAN_DUTY, Right.READ_BOOK)


@dataclass(frozen=True, slots=True)
class Turn:
    """One duty of one person as published: from when to when, where, who is relieved, who relieves."""

    version: PublishedRoster
    duty: str
    member: str
    name: str
    shift: str
    post: str
    starts_at: datetime
    ends_at: datetime
    leads: bool = False
    minutes: int = 0
    place: str = ""
    unit: str = ""


@dataclass(frozen=True, slots=True)
class Hole:
    """A duty that somebody who is absent holds, with the best people to call."""

    version: PublishedRoster
    duty: engine.Duty
    title: str
    member: str
    name: str
    candidates: Sequence["Candidate"]


@dataclass(frozen=True, slots=True)
class Candidate:
    """Somebody who can step in by one call: what the roster loses in evenness, the shorter rest beside it."""

    person: str
    name: str
    unit: str
    extra_cost: int
    rest_hours: int | None


def visible_rosters(officer: Officer, response: Response) -> QuerySet[Any]:
    """Rosters of places in reach, newest first; `version` is the number in force, None for a draft."""
    newest = PublishedRoster.objects.current().filter(roster=OuterRef("pk"))
    found: QuerySet[Any] = (
        DutyRoster.objects.filter(place_rows(officer, "place__"), response=response)
        .select_related("place")
        .annotate(version=Subquery(newest.values("number")[:1]))
    )
    return found


def visible_members(officer: Officer) -> QuerySet[DutyMember]:
    return (
        DutyMember.objects.filter(place_rows(officer, "place__", Right.PLAN_DUTY), ended_on__isnull=True)
        .select_related("place", "body", "person")
        .order_by("place__name", "-leader", "created_at")
    )


def leads_at(person_id: UUID, place: Place) -> bool:
    """Whether the list for rosters of the place has the person as a leader on duty."""
    return DutyMember.objects.filter(person=person_id, place=place, leader=True).exists()


def own_members(officer: Officer) -> QuerySet[DutyMember]:
    """The lines of the lists of duty that are the officer himself."""
    if officer.person_id is None:
        return DutyMember.objects.none()
    return DutyMember.objects.filter(person=officer.person_id, ended_on__isnull=True).select_related("place")


def wishes_ahead(members: QuerySet[DutyMember]) -> QuerySet[DutyWish]:
    """What these people wish for, from today on, soonest first."""
    return DutyWish.objects.filter(
        member__in=members.values("pk"), day__gte=timezone.localdate()
    ).select_related("member__place")


def visible_posts(officer: Officer) -> QuerySet[DutyPost]:
    return (
        DutyPost.objects.filter(place_rows(officer, "place__"), ended_on__isnull=True)
        .select_related("place", "spot")
        .order_by("place__name", "for_leaders", "created_at")
    )


def visible_swaps(officer: Officer, response: Response) -> QuerySet[Any]:
    """Swaps at places where the officer plans, and the officer's own; `state` is the last answer."""
    last = DutySwapAnswer.objects.current().filter(swap=OuterRef("pk")).order_by("-received_at")
    own = Q(pk__in=())
    if officer.person_id:
        own = Q(asker__person=officer.person_id) | Q(colleague__person=officer.person_id)
    found: QuerySet[Any] = (
        DutySwap.objects.current()
        .filter(place_rows(officer, "version__roster__place__", Right.PLAN_DUTY) | own, response=response)
        .select_related("asker", "colleague", "version__roster__place")
        .annotate(
            state=Subquery(last.values("kind")[:1]),
            outdated=Exists(PublishedRoster.objects.filter(corrects=OuterRef("version"))),
        )
    )
    return found


def swaps_to_decide(officer: Officer, response: Response) -> QuerySet[Any]:
    return visible_swaps(officer, response).filter(
        place_rows(officer, "version__roster__place__", Right.PLAN_DUTY),
        state=SwapAnswerKind.ACCEPTED,
        outdated=False,
    )


def versions_of(roster: DutyRoster) -> QuerySet[PublishedRoster]:
    """All versions, newest first."""
    return PublishedRoster.objects.filter(roster=roster).select_related("written_by").order_by("-number")


def versions_at(place: Place | UUID, begin: datetime, end: datetime) -> list[PublishedRoster]:
    """The rosters in force at a place which touch a span of time."""
    rows = (
        PublishedRoster.objects.current()
        .filter(roster__place=place, roster__first_day__lte=timezone.localdate(end))
        .select_related("roster__place")
    )
    first = timezone.localdate(begin) - timedelta(days=1)
    return [one for one in rows if one.roster.first_day + timedelta(days=one.roster.days) > first]


def turns_of(
    version: PublishedRoster, begin: datetime, end: datetime, members: frozenset[str] | None = None
) -> Iterator[Turn]:
    """The duties of a published roster within a span, by time."""
    problem = problem_from(version.problem)
    duties = {duty.id: duty for duty in problem.duties}
    people = {person.id: person for person in problem.people}
    posts = post_names({duty.post for duty in problem.duties})
    found = []
    for duty_id, member in version.assignments:
        duty = duties[duty_id]
        starts, ends = aware(duty.start), aware(duty.end)
        if starts >= end or ends <= begin or (members is not None and member not in members):
            continue
        found.append(
            Turn(
                version,
                duty_id,
                member,
                people[member].name if member in people else "",
                duty.shift,
                posts.get(duty.post, ""),
                starts,
                ends,
                duty.shift == LEADER,
                duty.minutes,
                version.roster.place.name,
                people[member].unit if member in people else "",
            )
        )
    yield from sorted(found, key=lambda one: (one.starts_at, one.post, one.name))


def turns_at(place: Place | UUID, begin: datetime, end: datetime) -> list[Turn]:
    """The duties at a place within a span, as published."""
    return [turn for version in versions_at(place, begin, end) for turn in turns_of(version, begin, end)]


def on_duty(place: Place | UUID, at: datetime) -> list[Turn]:
    """Who is on duty at a place at a moment, leaders first."""
    found = [one for one in turns_at(place, at, at + timedelta(minutes=1)) if one.starts_at <= at]
    return sorted(found, key=lambda one: not one.leads)


def turns_of_person(person_id: UUID, begin: datetime, end: datetime) -> list[Turn]:
    """The duties of a person of the register, at whatever places."""
    members = list(DutyMember.objects.filter(person=person_id).values_list("pk", "place_id"))
    ids = frozenset(str(pk) for pk, _place in members)
    return sorted(
        (
            turn
            for place in {place for _pk, place in members}
            for version in versions_at(place, begin, end)
            for turn in turns_of(version, begin, end, ids)
        ),
        key=lambda one: one.starts_at,
    )


def turns_of_member(member: DutyMember, begin: datetime, end: datetime) -> list[Turn]:
    ids = frozenset([str(member.pk)])
    return sorted(
        (
            turn
            for version in versions_at(member.place_id, begin, end)
            for turn in turns_of(version, begin, end, ids)
        ),
        key=lambda one: one.starts_at,
    )


def beside(turn: Turn) -> tuple[list[str], list[str]]:
    """Whom a person relieves, and who relieves the person: at the same post, right before and after."""
    around = turns_at(
        turn.version.roster.place_id,
        turn.starts_at - timedelta(minutes=1),
        turn.ends_at + timedelta(minutes=1),
    )
    same = [one for one in around if one.post == turn.post]
    return (
        [one.name for one in same if one.ends_at == turn.starts_at],
        [one.name for one in same if one.starts_at == turn.ends_at],
    )


def holes_of(absence: DutyAbsence, *, most: int = 5) -> list[Hole]:
    """The duties that an absence leaves open, each with the best three to five people to call."""
    member = absence.member
    found = []
    for version in versions_at(member.place_id, absence.begins_at, absence.ends_at):
        roster = roster_of(version.assignments)
        problem = now_of(version)
        if str(member.pk) not in {one.id for one in problem.people}:
            continue
        span = engine.Span(start=local(absence.begins_at), end=local(absence.ends_at))
        answers = engine.substitutes(problem, roster, str(member.pk), span, most=most)
        duties = {duty.id: duty for duty in problem.duties}
        people = {one.id: one for one in problem.people}
        posts = post_names({duty.post for duty in problem.duties})
        for duty_id, candidates in answers.items():
            duty = duties[duty_id]
            title = f"{duty.start:%m-%d %H:%M}–{duty.end:%H:%M} {duty.shift} {posts.get(duty.post, '')}"
            found.append(
                Hole(
                    version,
                    duty,
                    title,
                    str(member.pk),
                    member.name,
                    [
                        Candidate(
                            one.person,
                            people[one.person].name,
                            people[one.person].unit,
                            one.extra_cost,
                            None if one.rest_minutes is None else one.rest_minutes // 60,
                        )
                        for one in candidates
                    ],
                )
            )
    return sorted(found, key=lambda one: one.duty.start)


def absences_ahead(officer: Officer, response: Response) -> QuerySet[DutyAbsence]:
    """Absences that have not ended, of places in reach, soonest first."""
    found: QuerySet[DutyAbsence] = (
        DutyAbsence.objects.current()
        .filter(
            place_rows(officer, "member__place__", Right.PLAN_DUTY),
            response=response,
            ends_at__gt=timezone.now(),
        )
        .select_related("member__place")
        .order_by("begins_at")
    )
    return found


def openings_ahead(version: PublishedRoster, until: datetime) -> int:
    """How many places stand open in a published roster from now until a moment."""
    problem = problem_from(version.problem)
    duties = {duty.id: duty for duty in problem.duties}
    now, end = local(timezone.now()), local(until)
    return sum(
        one.missing
        for one in openings(problem, roster_of(version.assignments))
        if now < duties[one.duty].end and duties[one.duty].start < end
    )


def place_rows(officer: Officer, path: str, *rights: Right) -> Q:
    """The rows whose place (at `path`, such as "place__") is in the officer's reach for one of the rights."""
    found = Q(pk__in=())
    for right in rights or READERS:
        found |= officer.reach(right).rows(
            areas=[f"{path}area"], bodies=[f"{path}body"], places=[path.removesuffix("__")]
        )
    return found


def swaps_possible(turn: Turn, *, most: int = 12) -> list[tuple[Turn, int]]:
    """The duties of others for which a turn may be exchanged without breaking a rule, the most even first."""
    version = turn.version
    problem, roster = now_of(version), roster_of(version.assignments)
    first = engine.Assignment(duty=turn.duty, person=turn.member)
    found = []
    for other in turns_of(version, timezone.now(), turn.ends_at + timedelta(days=14)):
        if other.member == turn.member or other.duty == turn.duty or other.leads != turn.leads:
            continue
        answer = engine.check_swap(
            problem, roster, first, engine.Assignment(duty=other.duty, person=other.member)
        )
        if answer.allowed:
            found.append((other, answer.extra_cost))
    return sorted(found, key=lambda one: (one[1], one[0].starts_at))[:most]


def versions_in_reach(officer: Officer, response: Response) -> list[PublishedRoster]:
    """The rosters in force today at places where the officer plans."""
    today = timezone.localdate()
    rows = (
        PublishedRoster.objects.current()
        .filter(
            place_rows(officer, "roster__place__", Right.PLAN_DUTY),
            response=response,
            roster__first_day__lte=today + timedelta(days=2),
            roster__first_day__gt=today - timedelta(days=93),
        )
        .select_related("roster__place")
    )
    return [one for one in rows if one.roster.first_day + timedelta(days=one.roster.days) >= today]
