"""Places as they are read: within reach, found by name, each with its state."""

from collections.abc import Iterable
from datetime import date, datetime
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from lianfang.book.rights import Right
from lianfang.engines.names import SearchKeys, search_query
from lianfang.people.models import Assignment, Body, Grant, Officer, Person
from lianfang.people.queries import answerable_on
from lianfang.people.queries.bodies import one_with as one_with_body
from lianfang.places.models import Place, PlaceState
from lianfang.places.placing import one_with

# Of these rights any one lets an officer see that a place is there, and what it is.
SEEING = (Right.READ_BOOK, Right.KEEP_GATE, Right.READ_GATES, Right.KEEP_PLACES, Right.MANAGE_OFFICERS)


def visible_places(officer: Officer, right: Right = Right.READ_BOOK) -> QuerySet[Place]:
    """The places on which the officer holds `right`."""
    return Place.objects.filter(
        officer.reach(right).rows(areas=["area"], bodies=["body"], places=["pk"]), merged_into__isnull=True
    )


def visible_anywhere(officer: Officer) -> QuerySet[Place]:
    """The places on which the officer holds one of the rights that let it be seen."""
    seen = Q(pk__in=())
    for right in SEEING:
        seen |= officer.reach(right).rows(areas=["area"], bodies=["body"], places=["pk"])
    return Place.objects.filter(seen, merged_into__isnull=True)


def matching_places(rows: QuerySet[Place], typed: str) -> QuerySet[Place]:
    """Those of `rows` found by a part of the name, its pinyin or initials. Places are few: all are read."""
    wanted = search_query(typed)
    found = [
        pk
        for pk, name, address in rows.values_list("pk", "name", "address")
        if SearchKeys.of(name).found_by(wanted) or (address and typed in address)
    ]
    return rows.filter(pk__in=found)


def canonical_place(place: Place) -> Place:
    """The place under which it is kept now."""
    while place.merged_into is not None:
        place = place.merged_into
    return place


def states_in_force(places: Iterable[Place], at: datetime) -> dict[UUID, PlaceState]:
    """The state of each place at a moment. One query. A place without one is open."""
    rows = PlaceState.objects.filter(
        Q(ends_at__isnull=True) | Q(ends_at__gt=at), place__in=list(places), begins_at__lte=at
    )
    return {row.place_id: row for row in rows.order_by("begins_at")}


def state_of(place: Place, at: datetime | None = None) -> PlaceState | None:
    return states_in_force([place], at or timezone.now()).get(place.pk)


def guarding_on(place: Place, day: date) -> QuerySet[Assignment]:
    """Which bodies, and who of them, are answerable for a place on a day (包保)."""
    return answerable_on(day, place_id=place.pk, place_name=place.name).order_by("valid_from", "created_at")


def guards_of(places: Iterable[Place], day: date) -> dict[UUID, list[str]]:
    """The names of the bodies that are answerable for each place on a day. One query."""
    by_name = {place.name: place.pk for place in places}
    asked = {place.pk for place in places}
    found: dict[UUID, list[str]] = {}
    rows = Assignment.objects.on(day).filter(
        Q(place_id__in=asked) | Q(place_id__isnull=True, place_name__in=by_name)
    )
    for place_id, name, body in rows.order_by("valid_from").values_list(
        "place_id", "place_name", "body__name"
    ):
        names = found.setdefault(place_id or by_name[name], [])
        if body not in names:
            names.append(body)
    return found


def places_guarded_by(body: Body, day: date) -> QuerySet[Place]:
    """The places that a body guards on a day."""
    held = Assignment.objects.on(day).filter(body__in=one_with_body(body), place_id__isnull=False)
    return Place.objects.filter(pk__in=held.values("place_id"))


def in_charge_on(place: Place, day: date) -> list[tuple[Person, str]]:
    """Who is in charge of a place on a day, and as what: by assignments, and by roles on it."""
    found: list[tuple[Person, str]] = [
        (line.person, f"{line.body.name} {line.duty}".strip())
        for line in guarding_on(place, day)
        if line.person
    ]
    grants = Grant.objects.on(day).filter(
        place_id__in=one_with(place.pk), officer__person__isnull=False, officer__is_active=True
    )
    for grant in grants.exclude(role="guard").select_related("officer__person").order_by("role"):
        if grant.officer.person and all(person != grant.officer.person for person, _as in found):
            found.append((grant.officer.person, grant.get_role_display()))
    return found
