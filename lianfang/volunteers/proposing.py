"""Hours that the book itself shows: attendance on duty, and rounds walked. A person confirms them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

from lianfang.duty.attendance import Presence, presences_of
from lianfang.places.models import Place
from lianfang.rounds.queries.walks import walks_of
from lianfang.volunteers.models import HoursBasis, ServiceHours, ServicePosting, Volunteer


@dataclass(frozen=True, slots=True)
class Proposal:
    """One volunteer served some minutes of one day. `evidence` is the same whenever it is proposed anew;
    `capped`: nobody checked out, the hours end with the shift."""

    volunteer: Volunteer
    place: Place
    day: date
    minutes: int
    what: str
    basis: str
    evidence: str
    capped: bool = False


def proposals_at(
    place: Place, volunteers: Iterable[Volunteer], begin: datetime, end: datetime, now: datetime
) -> list[Proposal]:
    """What is not entered yet of the hours of these volunteers at a place, by day.

    Attendance and marks name people: a name counts as the volunteer who was posted there and alone bears it.
    """
    by_name = _by_name(place, volunteers)
    presences = presences_of(place, begin, end, now)
    found = [*_of_attendance(place, by_name, presences), *_of_marks(place, by_name, presences, begin, end)]
    entered = set(
        ServiceHours.objects.filter(evidence__in=[one.evidence for one in found]).values_list(
            "evidence", flat=True
        )
    )
    return sorted(
        (one for one in found if one.evidence not in entered and one.minutes > 0),
        key=lambda one: (one.day, one.volunteer.person.name),
    )


def _by_name(place: Place, volunteers: Iterable[Volunteer]) -> dict[str, Volunteer]:
    posted = set(ServicePosting.objects.current().filter(place=place).values_list("volunteer_id", flat=True))
    found: dict[str, Volunteer] = {}
    twice = set()
    for one in volunteers:
        if one.pk not in posted and one.place_id != place.pk:
            continue
        if one.person.name in found:
            twice.add(one.person.name)
        found[one.person.name] = one
    return {name: one for name, one in found.items() if name not in twice}


def _of_attendance(
    place: Place, by_name: dict[str, Volunteer], presences: Iterable[Presence]
) -> Iterator[Proposal]:
    for one in presences:
        volunteer = by_name.get(one.name)
        if volunteer is None or one.open:
            continue
        what = f"{one.turn.post} {one.turn.shift}" if one.turn else "值守"
        for day, minutes in days_of(one.came_at, one.left_at):
            key = f"attendance:{volunteer.pk}:{int(one.came_at.timestamp())}:{day}"
            yield Proposal(
                volunteer, place, day, minutes, what, HoursBasis.ATTENDANCE, key, capped=one.forgotten
            )


def _of_marks(
    place: Place,
    by_name: dict[str, Volunteer],
    presences: Sequence[Presence],
    begin: datetime,
    end: datetime,
) -> Iterator[Proposal]:
    """Rounds walked; those walked while on duty are in the hours of attendance already."""
    for walk in walks_of(place, begin, end):
        for name in walk.names:
            volunteer = by_name.get(name)
            if volunteer is None or any(
                one.name == name and one.came_at < walk.ends_at and walk.begins_at < one.left_at
                for one in presences
            ):
                continue
            for day, minutes in days_of(walk.begins_at, walk.ends_at):
                key = f"marks:{volunteer.pk}:{walk.kind}:{int(walk.begins_at.timestamp())}:{day}"
                yield Proposal(volunteer, place, day, minutes, walk.title, HoursBasis.MARKS, key)


def days_of(begins_at: datetime, ends_at: datetime) -> Iterator[tuple[date, int]]:
    """The minutes of a span in each of its days in China."""
    at, end = timezone.localtime(begins_at), timezone.localtime(ends_at)
    while at < end:
        midnight = timezone.make_aware(datetime.combine(at.date() + timedelta(days=1), time.min))
        until = min(end, midnight)
        yield at.date(), int((until - at).total_seconds()) // 60
        at = timezone.localtime(until)
