"""What these registers ask of places, which are kept in a room above: it answers through here.

known_as(Placing())        once, when the room of places is loaded
placing().scope_of(place)  wherever a grant or an assignment names a place by its id
"""

from typing import TYPE_CHECKING, Any, Protocol
from uuid import UUID

from lianfang.book.rights import COUNTY, Reach, Right, Scope

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from lianfang.people.models import Officer, Person


class Placing(Protocol):
    """How the room of places answers."""

    def name_of(self, place_id: UUID) -> str:
        """The name of a place; "" for one that is not registered."""

    def scope_of(self, place_id: UUID) -> Scope:
        """Where a place stands."""

    def one_with(self, place_id: UUID) -> frozenset[UUID]:
        """The place with all that were merged into it, and that into which it was."""

    def visible(self, officer: "Officer", right: Right) -> "QuerySet[Any]":
        """The places on which the officer holds a right."""

    def scope_of_person(self, person: "Person") -> Scope:
        """Where a person lives and works."""

    def persons_in(self, reach: Reach) -> "QuerySet[Any]":
        """The ids of the persons who live or work where the reach goes."""


class _NoPlaces:
    """A house without the room of places."""

    def name_of(self, _place_id: UUID) -> str:
        return ""

    def scope_of(self, place_id: UUID) -> Scope:
        return Scope.of(places=[place_id])

    def one_with(self, place_id: UUID) -> frozenset[UUID]:
        return frozenset({place_id})

    def visible(self, _officer: "Officer", _right: Right) -> "QuerySet[Any]":
        from lianfang.people.models import Body

        return Body.objects.none()

    def scope_of_person(self, _person: "Person") -> Scope:
        return COUNTY

    def persons_in(self, _reach: Reach) -> "QuerySet[Any]":
        from lianfang.people.models import Person

        return Person.objects.none().values("pk")


_known: list[Placing] = [_NoPlaces()]


def known_as(placing: Placing) -> None:
    """Register the room of places."""
    _known.append(placing)


def placing() -> Placing:
    return _known[-1]
