"""Keeping photographs."""

from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.models import Response
from lianfang.book.records import Source
from lianfang.book.registers import new_id
from lianfang.book.rights import Right
from lianfang.places.models import Photo, Place
from lianfang.places.pictures import keep_picture, read_picture

_MAY = (Right.INSPECT, Right.RECTIFY, Right.KEEP_ROUNDS, Right.KEEP_PUBLICITY, Right.KEEP_PLACES)


@action("keep_photo", says=_("{officer}保存了{subject}的一张照片"))
def keep_photo(
    act: Act,
    *,
    response: Response,
    place: Place,
    content: bytes,
    caption: str = "",
    happened_at: datetime | None = None,
    source: str = Source.DESK,
    id: UUID | None = None,
) -> Photo:
    """Keep a photograph of a place. With an `id` that is in the book, that one is returned.

    The file comes first: one without its record is only a file too many. Raises ValidationError at `photo`.
    """
    act.require_one_of(_MAY, place)
    known: Photo | None = Photo.objects.filter(pk=id).first() if id else None
    if known:
        return known
    picture = read_picture(content)
    keep_picture(picture)
    return act.add(
        Photo(
            id=id or new_id(),
            response=response,
            place=place,
            digest=picture.digest,
            width=picture.width,
            height=picture.height,
            caption=caption.strip(),
            happened_at=happened_at,
            written_at=act.at,
            written_by=act.officer,
            source=source,
        )
    )
