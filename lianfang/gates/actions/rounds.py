"""Rounds of readings (晨检、午检、晚检): the temperatures of those who live or work at a place."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import field_error
from lianfang.book.models import Response
from lianfang.book.records import Source
from lianfang.book.rights import Right
from lianfang.gates.models import Temperature
from lianfang.gates.writing import checked_celsius
from lianfang.people.models import Person
from lianfang.places.models import Place


@dataclass(frozen=True, slots=True)
class RoundReading:
    """One person's reading of a round; `celsius` None stands for 正常 without a number."""

    person: Person
    celsius: Decimal | None
    happened_at: datetime
    body_site: str = ""
    thermometer: str = ""


@action("record_readings", says=_("{officer}登记了体温"))
def record_readings(
    act: Act,
    *,
    response: Response,
    place: Place,
    readings: Sequence[RoundReading],
    source: str = Source.DESK,
) -> list[Temperature]:
    """Write down the readings of a round: all of them, or none. Raises ValidationError at `celsius` for a
    value that no one has, and at `happened_at` for a time to come."""
    act.require_one_of((Right.KEEP_GATE,), place)
    rows = []
    for one in readings:
        if one.happened_at > act.at:
            raise field_error("happened_at", _("测温时间不能晚于现在。"), "date_in_future")
        rows.append(
            Temperature(
                response=response,
                place=place,
                person=one.person,
                celsius=None if one.celsius is None else checked_celsius(one.celsius, "celsius"),
                normal_by_word=one.celsius is None,
                body_site=one.body_site,
                thermometer=one.thermometer,
                happened_at=one.happened_at,
                written_at=act.at,
                written_by=act.officer,
                source=source,
            )
        )
    return act.add_many(rows)
