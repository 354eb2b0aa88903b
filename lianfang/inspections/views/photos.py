"""Photographs: keeping those that a page sends, showing them to those who may see them."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse

from lianfang.book.actions import Actor
from lianfang.book.rights import Right
from lianfang.desk.access import Request, needs, signed_in
from lianfang.inspections import queries
from lianfang.places.actions.photos import keep_photo
from lianfang.places.models import Photo, Place
from lianfang.places.pictures import picture_content


@signed_in
@needs(Right.INSPECT, Right.RECTIFY, Right.KEEP_ROUNDS, Right.KEEP_PUBLICITY)
def photo(request: Request, pk: UUID) -> HttpResponse:
    """A photograph of a place in reach."""
    found = get_object_or_404(Photo.objects.current(), root=pk)
    scope = found.scope()
    rights = (Right.INSPECT, Right.RECTIFY, Right.KEEP_ROUNDS, Right.KEEP_PUBLICITY)
    if not any(request.user.may(right, scope) for right in rights) and not _of_own_finding(request, pk):
        raise Http404(str(pk))
    try:
        content = picture_content(found.digest)
    except FileNotFoundError as error:
        raise Http404(str(pk)) from error
    return HttpResponse(content, content_type="image/jpeg")


def _of_own_finding(request: Request, photo: UUID) -> bool:
    """Whether the photograph belongs to a finding that the officer's body answers for."""
    rows = queries.visible_findings(request.user, request.response)
    return bool(rows.filter(photos__icontains=str(photo)).exists())


def keep_photos(request: Request, place: Place, contents: list[bytes], at: datetime | None) -> list[UUID]:
    return [
        keep_photo(
            Actor.at_desk(request), response=request.response, place=place, content=content, happened_at=at
        ).pk
        for content in contents
    ]


def addresses_of(ids: Sequence[str]) -> list[str]:
    return [reverse("inspections:photo", args=[one]) for one in ids]
