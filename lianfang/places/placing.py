"""What the registers of people are told about places (see `lianfang.people.placing`)."""

from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from lianfang.book.rights import Reach, Right, Scope
from lianfang.people.models import Officer, Person
from lianfang.places.models import Employee, Household, Place, Resident


class Placing:
    def name_of(self, place_id: UUID) -> str:
        place = Place.objects.filter(pk=place_id).first()
        return place.name if place else ""

    def scope_of(self, place_id: UUID) -> Scope:
        place = Place.objects.filter(pk=place_id).first()
        return place.scope() if place else Scope.of(places=[place_id])

    def one_with(self, place_id: UUID) -> frozenset[UUID]:
        return one_with(place_id)

    def visible(self, officer: Officer, right: Right) -> QuerySet[Place]:
        return Place.objects.filter(
            officer.reach(right).rows(areas=["area"], bodies=["body"], places=["pk"]),
            merged_into__isnull=True,
        )

    def scope_of_person(self, person: Person) -> Scope:
        places = Place.objects.filter(
            Q(pk__in=_residences(Q(person=person)).values("household__place"))
            | Q(pk__in=_employments(Q(person=person)).values("place"))
        ).values_list("pk", "area_id", "body_id")
        rows = list(places)
        return Scope.of(
            areas=[area for _pk, area, _body in rows],
            bodies=[body for _pk, _area, body in rows],
            places=[pk for pk, _area, _body in rows],
        )

    def persons_in(self, reach: Reach) -> QuerySet[Any]:
        living = _residences(
            reach.rows(
                areas=["household__place__area"],
                bodies=["household__place__body"],
                places=["household__place"],
            )
        )
        working = _employments(reach.rows(areas=["place__area"], bodies=["place__body"], places=["place"]))
        heads = Household.objects.filter(
            reach.rows(areas=["place__area"], bodies=["place__body"], places=["place"])
        )
        return (
            Person.objects.filter(
                Q(pk__in=living.values("person"))
                | Q(pk__in=working.values("person"))
                | Q(pk__in=heads.values("head"))
            )
            .order_by()
            .values("pk")
        )


def one_with(place_id: UUID) -> frozenset[UUID]:
    """The place with all that were merged into it, and that into which it was."""
    into = dict(Place.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into_id"))
    if not into:
        return frozenset({place_id})
    top = place_id
    while top in into:
        top = into[top]
    below = {top}
    while more := {pk for pk, target in into.items() if target in below} - below:
        below |= more
    return frozenset(below)


def _residences(asked: Q) -> QuerySet[Resident]:
    return Resident.objects.filter(
        asked, Q(valid_to__isnull=True) | Q(valid_to__gte=timezone.localdate())
    ).order_by()


def _employments(asked: Q) -> QuerySet[Employee]:
    return Employee.objects.filter(
        asked, Q(valid_to__isnull=True) | Q(valid_to__gte=timezone.localdate())
    ).order_by()
