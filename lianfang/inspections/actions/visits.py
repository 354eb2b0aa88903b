"""Visits of sympathy."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import field_error
from lianfang.book.models import Response
from lianfang.book.registers import new_id
from lianfang.book.rights import COUNTY, Right
from lianfang.inspections.models import Visit
from lianfang.places.models import Place


@action("record_visit", says=_("{officer}登记了慰问:{subject}"))
def record_visit(
    act: Act,
    *,
    response: Response,
    visitors: str,
    place: Place | None = None,
    where: str = "",
    happened_at: datetime | None = None,
    times_text: str = "",
    brought: Sequence[str] = (),
    text: str = "",
    id: UUID | None = None,
) -> Visit:
    """Write down who visited those on duty, and what was brought. Goods for the store are booked as a gift
    as well; here they stand as they were told. With an `id` that is in the book, that one is returned.

    Raises ValidationError.
    """
    act.require_one_of((Right.INSPECT, Right.KEEP_ROUNDS, Right.KEEP_PLACES), place or COUNTY)
    known: Visit | None = Visit.objects.filter(pk=id).first() if id else None
    if known:
        return known
    if place is None and not where.strip():
        raise field_error("place", _("请选择场所,或写明地点。"), "required")
    if happened_at and happened_at > act.at:
        raise field_error("happened_at", _("慰问时间不能晚于现在。"), "date_in_future")
    return act.add(
        Visit(
            id=id or new_id(),
            response=response,
            place=place,
            where=where.strip() or (place.name if place else ""),
            visitors=visitors.strip(),
            times_text=times_text.strip(),
            brought=[line.strip() for line in brought if line.strip()],
            text=text.strip(),
            happened_at=happened_at,
            written_at=act.at,
            written_by=act.officer,
        )
    )
