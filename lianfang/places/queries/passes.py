"""Passes as they are read, and what a phone must know to refuse one."""

from datetime import UTC, datetime, timedelta
from typing import Any

from django.db.models import QuerySet
from django.utils import timezone

from lianfang.book.rights import Right
from lianfang.people.models import Officer
from lianfang.places.models import EntryPass, Place

ENDING_WITHIN = timedelta(days=2)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def visible_passes(officer: Officer, right: Right = Right.READ_BOOK) -> QuerySet[EntryPass]:
    reach = officer.reach(right)
    return EntryPass.objects.filter(
        reach.rows(areas=["place__area"], bodies=["place__body"], places=["place"])
    ).select_related("place", "household", "person", "vehicle", "body")


def passes_in_state(rows: QuerySet[EntryPass], state: str) -> QuerySet[EntryPass]:
    """Those of `rows` that hold ("live"), end within two days and are not renewed ("ending"), are over
    ("over"), or are revoked ("revoked")."""
    now = timezone.now()
    if state == "ending":
        live = rows.filter(revoked_at=None, household__ended_on=None, household__isnull=False)
        renewed = EntryPass.objects.filter(revoked_at=None, valid_to__gt=now + ENDING_WITHIN)
        return live.filter(valid_to__gt=now, valid_to__lte=now + ENDING_WITHIN).exclude(
            household__in=renewed.exclude(household=None).values("household")
        )
    if state == "live":
        return rows.filter(revoked_at=None, valid_to__gt=now)
    if state == "over":
        return rows.filter(revoked_at=None, valid_to__lte=now)
    return rows.filter(revoked_at__isnull=False)


def revocations_since(place: Place, version: int = 0) -> dict[str, Any]:
    """What a phone that knows the list as of `version` lacks: {"from", "to", "add", "drop"}.

    The form is that of `engines.passes.Revocations.with_delta`. A version is the moment of the last
    revocation in microseconds since 1970; acts never share one, so the list of a version is the same
    for ever. Passes that are over are not told: a phone refuses them by their dates.
    """
    since = _EPOCH + timedelta(microseconds=version)
    rows = EntryPass.objects.filter(place=place, revoked_at__gt=since)
    newest = rows.order_by("-revoked_at").values_list("revoked_at", flat=True).first()
    to = (newest - _EPOCH) // timedelta(microseconds=1) if newest else version
    held = rows.filter(valid_to__gt=timezone.now()).values_list("number", flat=True)
    return {"from": version, "to": to, "add": sorted(held), "drop": []}
