"""Who stood duty round the clock in Boxing, and the volunteers of the village.

The article says that there was duty round the clock at the compound's post (its leaders stood it themselves)
and at the village's turn-back post (by party members), and that a team of party volunteers made a vow before
the party flag. It gives no head-count, no shift, no day and no name of a member: those are invented here and
bear the word 演示 or say so.
"""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from uuid import UUID, uuid5

from django.utils import timezone

from lianfang.book.actions import Actor
from lianfang.book.models import Response
from lianfang.duty import actions as duty
from lianfang.duty.actions import MemberLine, PostLine
from lianfang.duty.grids import GRID_OF
from lianfang.duty.models import DutyMember, DutyPost, DutyRoster
from lianfang.duty.problems import problem_of
from lianfang.duty.queries import Turn, turns_at
from lianfang.engines.roster import Assignment, Roster
from lianfang.people.models import Body, Person
from lianfang.places import actions as places
from lianfang.places.models import EntryPass, Household, Place, Spot
from lianfang.scenarios.boxing import invented
from lianfang.volunteers import actions as volunteers
from lianfang.volunteers.actions import Signed
from lianfang.volunteers.models import (
    PostingKind,
    ServiceCertificate,
    SigningWay,
    Volunteer,
    VolunteerTeam,
)
from lianfang.volunteers.proposing import proposals_at

FIRST_DAY, ROSTER_DAYS = date(2020, 2, 13), 7
_NAMESPACE = UUID("5f1c6a52-9f0e-5f5e-8f0a-371625000002")
VOW = "誓与此次疫情抗争到底"
_MARK = "人员、日期、班次为演示而虚构"
_MEMBERS = tuple(f"演示党员{sign}" for sign in "甲乙丙丁戊己庚")
_GUARDS = tuple(f"演示值班员{sign}" for sign in "甲乙丙丁")
_PASSES_UNTIL = datetime(2030, 12, 31, 16, tzinfo=UTC)


def compound_roster(
    actor: Actor, response: Response, place: Place, federation: Body, persons: Mapping[str, Person]
) -> None:
    """Duty round the clock at the duty post, led by 刘刚 and 郑永平, who also stood it himself."""
    leaders = ("刘刚", "郑永平")
    members = [
        *(MemberLine(one, federation.name, leader=True, person=persons[one]) for one in leaders),
        *(MemberLine(one, federation.name) for one in _GUARDS),
        # Who leads a day holds no post in it: whoever does both stands on the list twice.
        MemberLine("郑永平", "县委统战部", person=persons["郑永平"]),
    ]
    _publish(actor, response, place, "值班点", members, leaders, (*_GUARDS, "郑永平"))


def village_roster(actor: Actor, response: Response, place: Place, persons: Mapping[str, Person]) -> None:
    """Party members at the turn-back post round the clock, led by the first secretary."""
    members = [
        MemberLine("安俐", "县工商联", leader=True, person=persons["安俐"]),
        MemberLine("演示村干部", "三官庙村“两委”", leader=True),
        *(MemberLine(name, "志愿者") for name in _MEMBERS),
    ]
    _publish(actor, response, place, "劝返点", members, ("安俐", "演示村干部"), _MEMBERS)


def found_team(actor: Actor, response: Response, place: Place, committee: Body, organiser: Person) -> None:
    """The team of party volunteers with its vow; its members are invented. They go onto the duty list."""
    if VolunteerTeam.objects.filter(pk=_id("team", place.name)).exists():
        return
    team = volunteers.set_up_team(
        actor,
        name="疫情防控党员志愿队",
        body=committee,
        place=place,
        organiser=organiser,
        of_party_members=True,
        remark="在安俐组织下成立(见报道);报道未载人数和姓名,队员为演示而虚构",
        id=_id("team", place.name),
    )
    day = FIRST_DAY - timedelta(days=3)
    joined = []
    for number, name in enumerate(_MEMBERS):
        sign_up = volunteers.sign_up_at_desk(
            actor,
            response=response,
            body=committee,
            place=place,
            name=name,
            phone=f"0000000{number:04d}",
            consented=True,
            unit="三官庙村(虚构)",
            party_member=True,
            skills=["disinfection", "speaker"] if number % 2 else ["driver", "carrier"],
            times=["weekday", "weekend", "night"],
            id=_id("sign-up", name),
        )
        joined.append(volunteers.accept_sign_up(actor, sign_up=sign_up, joined_on=day))
    for number, volunteer in enumerate(joined):
        volunteers.join_team(actor, team=team, volunteer=volunteer, on=day, leader=number == 0)
        volunteers.post_volunteer(
            actor,
            response=response,
            volunteer=volunteer,
            place=place,
            kind=PostingKind.ROSTER,
            what="值班名单",
            begins_at=_at(day, time(8)),
        )
    volunteers.make_pledge(
        actor,
        response=response,
        team=team,
        text=VOW,
        before="面对党旗",
        signed=[Signed(one, SigningWay.PAPER, proof="演示签名页(虚构)") for one in joined],
        id=_id("pledge", team.name),
    )
    for name, skills in (("演示村民甲", ["cook"]), ("演示村民乙", ["carrier", "driver"])):
        volunteers.sign_up_at_desk(
            actor,
            response=response,
            body=committee,
            place=place,
            name=name,
            phone=f"000000099{len(skills):02d}",
            consented=True,
            skills=skills,
            times=["weekend"],
            id=_id("sign-up", name),
        )


def count_hours(actor: Actor, response: Response, place: Place, committee: Body) -> None:
    """The hours of the invented days, out of attendance and patrols, and one certificate."""
    people = list(Volunteer.objects.filter(place=place).select_related("person").order_by("created_at"))
    if ServiceCertificate.objects.filter(volunteer__in=people).exists():
        return
    begin, end = _at(invented.DAYS[0], time.min), _at(invented.DAYS[-1] + timedelta(days=1), time.min)
    found = proposals_at(place, people, begin, end, timezone.now())
    made = volunteers.take_hours(actor, response=response, proposals=found)
    if made:
        volunteers.issue_certificate(actor, response=response, volunteer=made[0].volunteer, issuer=committee)


def issue_passes(actor: Actor, place: Place) -> None:
    """Passes of a few households, to be printed and scanned. They hold long enough to be tried."""
    if EntryPass.objects.filter(place=place).exists():
        return
    holders = list(Household.objects.filter(place=place).select_related("place").order_by("label")[:8])
    validity = places.Validity(_at(FIRST_DAY, time.min), _PASSES_UNTIL)
    places.issue_passes(actor, place=place, holders=holders, validity=validity)


def duty_of_the_days(place: Place, spot: Spot) -> list[invented.Entry]:
    """Who came, who left, and how the post was handed over, as the roster says, on the invented days."""
    begin, end = _at(invented.DAYS[0], time(8)), _at(invented.DAYS[-1] + timedelta(days=1), time(9))
    turns = sorted(
        (one for one in turns_at(place, begin, end) if not one.leads and one.starts_at < end),
        key=lambda one: one.starts_at,
    )
    posts = {post.name: post.pk for post in DutyPost.objects.filter(place=place)}
    entries: list[invented.Entry] = []
    for turn in turns[:-1]:
        entries += invented.presence_of(turn.member, spot.code, turn.starts_at, turn.ends_at)
    for before, after in pairwise(turns[:-1]):
        entries.append(_handover(before, after, posts[before.post]))
    return entries


def _handover(before: Turn, after: Turn, post: UUID) -> invented.Entry:
    return invented.handover_of(str(post), before.name, after.name, before.starts_at, before.ends_at)


def _publish(
    actor: Actor,
    response: Response,
    place: Place,
    post: str,
    members: Sequence[MemberLine],
    leaders: Sequence[str],
    standing: Sequence[str],
) -> None:
    """A week of two shifts a day, each leader every second day, the others in turn. Once."""
    title = f"{place.name}值班表(24小时值班;{_MARK})"
    if DutyRoster.objects.filter(place=place, title=title).exists():
        return
    roster = duty.set_up_roster(
        actor,
        response=response,
        place=place,
        title=title,
        first_day=FIRST_DAY,
        days=ROSTER_DAYS,
        posts=[PostLine(post), PostLine("带班领导", for_leaders=True)],
        shifts=GRID_OF["two"].shifts,
        members=members,
    )
    people = DutyMember.objects.filter(pk__in=roster.members)
    ids = {(one.name, one.leader): str(one.pk) for one in people}
    cells, turn = [], 0
    for one in problem_of(roster).duties:
        if one.on_call:
            day = (one.start.date() - FIRST_DAY).days
            cells.append(Assignment(duty=one.id, person=ids[leaders[day % len(leaders)], True]))
            continue
        cells.append(Assignment(duty=one.id, person=ids[standing[turn % len(standing)], False]))
        turn += 1
    duty.keep_draft(actor, roster=roster, found=Roster.of(cells))
    duty.publish_roster(actor, roster=DutyRoster.objects.get(pk=roster.pk))


def _at(day: date, clock: time) -> datetime:
    return timezone.make_aware(datetime.combine(day, clock))


def _id(kind: str, name: str) -> UUID:
    return uuid5(_NAMESPACE, f"{kind}:{name}")
