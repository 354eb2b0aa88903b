"""包保 as it is read: who is answerable for what, on any day."""

from datetime import date
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from lianfang.book.rights import Right
from lianfang.people.models import Area, Assignment, Body, Officer
from lianfang.people.placing import placing
from lianfang.people.queries.bodies import one_with


def visible_assignments(officer: Officer, right: Right = Right.READ_BOOK) -> QuerySet[Assignment]:
    """Assignments of which the officer sees the body, or what it answers for."""
    reach = officer.reach(right)
    return Assignment.objects.filter(
        reach.rows(areas=["area"], bodies=["body", "helped_body"], places=["place_id"])
    ).select_related("body", "person", "area", "helped_body")


def answerable_on(
    day: date,
    *,
    area: Area | None = None,
    helped_body: Body | None = None,
    place_name: str = "",
    place_id: UUID | None = None,
) -> QuerySet[Assignment]:
    """Who is answerable on a day for an area, a body (under any of its names) or a place.

    An assignment whose dates are unknown counts as holding.
    """
    named = _for(area, helped_body, place_name, place_id)
    return named.filter(pk__in=Assignment.objects.on(day).values("pk"))


def history_of_answerable(
    *,
    area: Area | None = None,
    helped_body: Body | None = None,
    place_name: str = "",
    place_id: UUID | None = None,
) -> QuerySet[Assignment]:
    """All who have ever been answerable for it, the latest first; each names whom it took over from."""
    return _for(area, helped_body, place_name, place_id).order_by("-valid_from", "-created_at")


def assignments_in_state(rows: QuerySet[Assignment], state: str) -> QuerySet[Assignment]:
    """Those of `rows` that hold today ("now"), or have ended ("over")."""
    today = timezone.localdate()
    if state == "now":
        return rows.filter(pk__in=Assignment.objects.on(today).values("pk"))
    return rows.filter(valid_to__lt=today)


def handed_over_to(assignment: Assignment) -> Assignment | None:
    """The assignment that took this one over, if any did."""
    return Assignment.objects.filter(taken_over_from=assignment).select_related("body", "person").first()


def duties_of(body: Body) -> QuerySet[Assignment]:
    """All that a body is or was answerable for."""
    return (
        Assignment.objects.filter(body__in=one_with(body))
        .select_related("body", "person", "area", "helped_body")
        .order_by("-valid_from", "-created_at")
    )


def _for(
    area: Area | None, helped_body: Body | None, place_name: str, place_id: UUID | None
) -> QuerySet[Assignment]:
    asked = Q(pk__in=())
    if area:
        asked |= Q(area=area)
    if helped_body:
        asked |= Q(helped_body__in=one_with(helped_body))
    if place_id:
        asked |= Q(place_id__in=placing().one_with(place_id))
    if place_name:
        asked |= Q(place_name=place_name, place_id__isnull=True)
    return Assignment.objects.filter(asked).select_related(
        "body", "person", "area", "helped_body", "taken_over_from"
    )
