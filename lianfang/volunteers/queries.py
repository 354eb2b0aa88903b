"""What is read of volunteers, limited to what the officer may see."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from django.db.models import Count, Exists, IntegerField, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.duty.queries import leads_at, turns_at
from lianfang.engines.certificates import certificate_id
from lianfang.people.models import Body, Officer, Person
from lianfang.people.queries import matching_persons, visible_persons
from lianfang.places.models import Place
from lianfang.rounds.queries.walks import rounds_at
from lianfang.volunteers.models import (
    Pledge,
    PledgeSignature,
    PostingKind,
    ServiceCertificate,
    ServiceHours,
    ServicePosting,
    SignUpDecision,
    TeamMembership,
    Volunteer,
    VolunteerCall,
    VolunteerSignUp,
    VolunteerTeam,
)


@dataclass(frozen=True, slots=True)
class Opening:
    """Where a volunteer can be sent at a place: a shift of the roster, a round, or its list for rosters."""

    kind: str
    what: str
    target: str
    begins_at: datetime | None = None
    ends_at: datetime | None = None
    detail: str = ""


def visible_volunteers(officer: Officer) -> QuerySet[Any]:
    """The volunteers whom the officer keeps, with `served`: the minutes that stand."""
    rows = officer.reach(Right.KEEP_VOLUNTEERS).rows(
        areas=Volunteer.SCOPE_AREAS,
        bodies=Volunteer.SCOPE_BODIES,
        places=Volunteer.SCOPE_PLACES,
    )
    hours = ServiceHours.objects.current().filter(volunteer=OuterRef("pk")).order_by()
    found: QuerySet[Any] = (
        Volunteer.objects.filter(pk__in=Volunteer.objects.filter(rows).values("pk"))
        .select_related("person", "place", "body")
        .annotate(
            served=Coalesce(
                Subquery(
                    hours.values("volunteer").annotate(total=Sum("minutes")).values("total"),
                    output_field=IntegerField(),
                ),
                0,
            )
        )
    )
    return found


def find_volunteers(officer: Officer, typed: str) -> QuerySet[Any]:
    """By name, pinyin, initials, or a phone's last four digits."""
    persons = matching_persons(Person.objects.all(), typed)
    return visible_volunteers(officer).filter(person__in=persons.values("pk"))


def visible_teams(officer: Officer) -> QuerySet[Any]:
    """Teams of the book in reach, and those that the officer leads; `members` counts those in it now."""
    rows = officer.reach(Right.READ_BOOK).rows(
        areas=["body__area", "place__area"], bodies=["body", "place__body"], places=["place"]
    ) | officer.reach(Right.KEEP_VOLUNTEERS).rows(
        areas=["body__area", "place__area"], bodies=["body", "place__body"], places=["place"]
    )
    if officer.person_id:
        led = TeamMembership.objects.filter(
            leader=True, valid_to__isnull=True, volunteer__person=officer.person_id
        )
        rows |= Q(pk__in=led.values("team"))
    found: QuerySet[Any] = (
        VolunteerTeam.objects.filter(rows)
        .select_related("body", "place", "organiser")
        .annotate(
            members=Count("memberships", filter=Q(memberships__valid_to__isnull=True), distinct=True),
            pledged=Exists(Pledge.objects.current().filter(team=OuterRef("pk"))),
        )
    )
    return found


def members_of(team: VolunteerTeam) -> QuerySet[TeamMembership]:
    """Those in the team now, leaders first."""
    return (
        TeamMembership.objects.filter(team=team, valid_to__isnull=True)
        .select_related("volunteer__person")
        .order_by("-leader", "valid_from", "created_at")
    )


def past_members_of(team: VolunteerTeam) -> QuerySet[TeamMembership]:
    return (
        TeamMembership.objects.filter(team=team, valid_to__isnull=False)
        .select_related("volunteer__person")
        .order_by("-valid_to")
    )


def teams_of(volunteer: Volunteer) -> QuerySet[TeamMembership]:
    return TeamMembership.objects.filter(volunteer=volunteer).select_related("team__body")


def pledges_of(team: VolunteerTeam) -> QuerySet[Pledge]:
    """The pledges of a team; `names` counts the signatures under each."""
    names = PledgeSignature.objects.current().filter(pledge=OuterRef("root")).order_by()
    found: QuerySet[Pledge] = (
        Pledge.objects.current()
        .filter(team=team)
        .annotate(
            names=Coalesce(
                Subquery(
                    names.values("pledge").annotate(n=Count("pk")).values("n"), output_field=IntegerField()
                ),
                0,
            )
        )
        .order_by("-received_at")
    )
    return found


def visible_pledges(officer: Officer) -> QuerySet[Pledge]:
    return (
        Pledge.objects.current().filter(team__in=visible_teams(officer).values("pk")).select_related("team")
    )


def signatures_of(pledge: Pledge) -> QuerySet[PledgeSignature]:
    rows: QuerySet[PledgeSignature] = PledgeSignature.objects.current().filter(pledge=pledge.root_id)
    return rows.select_related("volunteer__person").order_by("received_at")


def unsigned_of(pledge: Pledge) -> list[Volunteer]:
    """Those in the team now who have not put their names to the pledge."""
    signed = set(signatures_of(pledge).values_list("volunteer_id", flat=True))
    return [line.volunteer for line in members_of(pledge.team) if line.volunteer_id not in signed]


def visible_calls(officer: Officer, response: Response) -> QuerySet[Any]:
    found: QuerySet[Any] = (
        VolunteerCall.objects.filter(
            officer.reach(Right.KEEP_VOLUNTEERS).rows(
                areas=["body__area", "place__area"], bodies=["body", "place__body"], places=["place"]
            ),
            response=response,
        )
        .select_related("body", "place", "opened_by")
        .annotate(
            count=Count(
                "sign_ups",
                filter=Q(sign_ups__correction__isnull=True, sign_ups__withdrawn=False),
                distinct=True,
            )
        )
    )
    return found


def open_calls(day: date) -> QuerySet[VolunteerCall]:
    """The calls on which anybody may sign up on a day, for the public page."""
    return (
        VolunteerCall.objects.filter(
            Q(last_day__isnull=True) | Q(last_day__gte=day),
            closed_at__isnull=True,
            response__ended_on__isnull=True,
        )
        .select_related("body", "place", "opened_by", "response")
        .order_by("-created_at")
    )


def visible_sign_ups(officer: Officer, response: Response) -> QuerySet[Any]:
    """Sign-ups with `verdict`: the last decision, None while one waits."""
    last = SignUpDecision.objects.current().filter(sign_up=OuterRef("root")).order_by("-received_at")
    found: QuerySet[Any] = (
        VolunteerSignUp.objects.current()
        .filter(
            officer.reach(Right.KEEP_VOLUNTEERS).rows(
                areas=["body__area", "place__area"], bodies=["body", "place__body"], places=["place"]
            ),
            response=response,
        )
        .select_related("body", "place", "call")
        .annotate(
            verdict=Subquery(last.values("verdict")[:1]), volunteer_pk=Subquery(last.values("volunteer")[:1])
        )
    )
    return found


def waiting_sign_ups(officer: Officer, response: Response) -> QuerySet[Any]:
    return visible_sign_ups(officer, response).filter(verdict__isnull=True)


def same_phone(sign_up: VolunteerSignUp, officer: Officer) -> Sequence[Person]:
    """Persons of the register with this phone, for the officer to recognise whoever signed up."""
    return list(visible_persons(officer).filter(phone_index=sign_up.phone_index)[:6])


def visible_postings(officer: Officer, response: Response) -> QuerySet[Any]:
    found: QuerySet[Any] = (
        ServicePosting.objects.current()
        .filter(
            officer.reach(Right.KEEP_VOLUNTEERS).rows(
                areas=["place__area"], bodies=["place__body"], places=["place"]
            ),
            response=response,
        )
        .select_related("volunteer__person", "place")
    )
    return found


def postings_of(volunteer: Volunteer) -> QuerySet[ServicePosting]:
    rows: QuerySet[ServicePosting] = ServicePosting.objects.current().filter(volunteer=volunteer)
    return rows.select_related("place").order_by("-begins_at")


def posted_at(place: Place, at: datetime) -> QuerySet[ServicePosting]:
    """The extra hands at a place at a moment."""
    rows: QuerySet[ServicePosting] = ServicePosting.objects.current().filter(
        place=place, begins_at__lte=at, ends_at__gt=at
    )
    return rows.select_related("volunteer__person").order_by("begins_at")


def openings_at(place: Place, begin: datetime, end: datetime, *, leader: bool = False) -> list[Opening]:
    """Where hands can be sent at a place in a span: its list, each shift of its roster, its rounds. Shifts
    of leaders on duty are for a `leader` only."""
    found = [Opening(PostingKind.ROSTER, "", "")]
    shifts: dict[str, list[Any]] = {}
    for turn in turns_at(place, begin, end):
        if leader or not turn.leads:
            shifts.setdefault(turn.duty, []).append(turn)
    for duty, turns in shifts.items():
        first = turns[0]
        names = "、".join(turn.name for turn in turns)
        found.append(
            Opening(
                PostingKind.SHIFT, f"{first.post} {first.shift}", duty, first.starts_at, first.ends_at, names
            )
        )
    found += [Opening(PostingKind.ROUND, one.name, str(one.pk)) for one in rounds_at(place)]
    return found


def may_lead(volunteer: Volunteer, place: Place) -> bool:
    """Whether the list for rosters of the place has the volunteer as a leader on duty."""
    return leads_at(volunteer.person_id, place)


def places_for_volunteers(officer: Officer) -> QuerySet[Place]:
    rows = officer.reach(Right.KEEP_VOLUNTEERS).rows(areas=["area"], bodies=["body"], places=["pk"])
    return Place.objects.filter(rows).select_related("area", "body")


def bodies_in_reach(officer: Officer) -> QuerySet[Body]:
    """The bodies for which the officer keeps volunteers, wherever they serve."""
    rows = officer.reach(Right.KEEP_VOLUNTEERS).rows(areas=["area"], bodies=["pk"])
    return Body.objects.filter(rows, merged_into__isnull=True)


def bodies_for_volunteers(officer: Officer) -> QuerySet[Body]:
    """Whose volunteers the officer may keep: bodies in reach, and those behind places in reach."""
    rows = Q(pk__in=bodies_in_reach(officer).values("pk"))
    behind = places_for_volunteers(officer).exclude(body=None).values("body")
    return Body.objects.filter(rows | Q(pk__in=behind), merged_into__isnull=True)


def visible_hours(officer: Officer, response: Response) -> QuerySet[Any]:
    volunteers = visible_volunteers(officer).values("pk")
    found: QuerySet[Any] = (
        ServiceHours.objects.current()
        .filter(volunteer__in=volunteers, response=response)
        .select_related("volunteer__person", "team", "place", "written_by")
    )
    return found


def hours_of_team(team: VolunteerTeam) -> QuerySet[Any]:
    rows: QuerySet[Any] = ServiceHours.objects.current().filter(team=team)
    return rows.select_related("volunteer__person", "place").order_by("-day", "-received_at")


def hours_of(volunteer: Volunteer) -> QuerySet[Any]:
    rows: QuerySet[Any] = ServiceHours.objects.current().filter(volunteer=volunteer)
    return rows.select_related("team", "place").order_by("-day", "-received_at")


def visible_certificates(officer: Officer, response: Response) -> QuerySet[Any]:
    """The newest versions, those taken back too."""
    found: QuerySet[Any] = (
        ServiceCertificate.objects.newest()
        .filter(
            officer.reach(Right.KEEP_VOLUNTEERS).rows(areas=["issuer__area"], bodies=["issuer"])
            | Q(volunteer__in=visible_volunteers(officer).values("pk")),
            response=response,
        )
        .select_related("volunteer__person", "issuer")
    )
    return found


def withdrawn_certificates() -> list[str]:
    """The certificates that were taken back, by ids that name nobody. For the public check."""
    rows = ServiceCertificate.objects.newest().filter(withdrawn=True).order_by("pk")
    return [certificate_id(token) for token in rows.values_list("token", flat=True)]


def may_keep(officer: Officer, volunteer_or_team: Volunteer | VolunteerTeam) -> bool:
    return officer.reach(Right.KEEP_VOLUNTEERS).covers(volunteer_or_team.scope())


def span_of(days: int) -> tuple[datetime, datetime]:
    """From some days ago until now."""
    now = timezone.now()
    return now - timedelta(days=days), now


def volunteer_of_person(person: UUID) -> Volunteer | None:
    return Volunteer.objects.filter(person=person).select_related("person").first()
