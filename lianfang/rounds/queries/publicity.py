"""Publicity as it is read: what hangs where, what is to be taken down, changed, mended."""

from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.people.models import Officer
from lianfang.places.models import Place
from lianfang.rounds.models import Bulletin, Condition, PublicityItem


def visible_publicity(officer: Officer) -> QuerySet[Any]:
    rows = officer.reach(Right.KEEP_PUBLICITY).rows(
        areas=["place__area"], bodies=["place__body"], places=["place"]
    ) | officer.reach(Right.INSPECT).rows(areas=["place__area"], bodies=["place__body"], places=["place"])
    found: QuerySet[Any] = PublicityItem.objects.filter(rows)
    return found.select_related("place", "spot", "bulletin", "photo")


def outdated(officer: Officer) -> QuerySet[Any]:
    """Paper of a bulletin that a published one has superseded, still hanging."""
    return visible_publicity(officer).filter(
        taken_down_on__isnull=True, bulletin__superseded_by__published_at__isnull=False
    )


def to_take_down(officer: Officer, today: date) -> QuerySet[Any]:
    return visible_publicity(officer).filter(taken_down_on__isnull=True, take_down_by__lt=today)


def to_mend(officer: Officer) -> QuerySet[Any]:
    return visible_publicity(officer).filter(~Q(condition=Condition.GOOD), taken_down_on__isnull=True)


def visible_bulletins(officer: Officer, response: Response) -> QuerySet[Any]:
    rows = officer.reach(Right.KEEP_PUBLICITY).rows(areas=["body__area"], bodies=["body"])
    rows |= officer.reach(Right.DRAFT_NOTICE).rows(areas=["body__area"], bodies=["body"])
    published = Q(published_at__isnull=False)
    found: QuerySet[Any] = Bulletin.objects.filter(rows | published, response=response)
    return found.select_related("body", "supersedes")


def public_bulletin(pk: UUID) -> Bulletin | None:
    """A bulletin for everybody: only once it is published."""
    rows = Bulletin.objects.filter(pk=pk, published_at__isnull=False)
    return rows.select_related("body", "superseded_by").first()


def places_for_publicity(officer: Officer) -> QuerySet[Place]:
    rows = officer.reach(Right.KEEP_PUBLICITY).rows(areas=["area"], bodies=["body"], places=["pk"])
    return Place.objects.filter(rows, merged_into__isnull=True)
