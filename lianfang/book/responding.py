"""Opening and closing the county's answer to an emergency."""

from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import field_error
from lianfang.book.models import Response
from lianfang.book.registers import new_id
from lianfang.book.rights import Right


@action("open_response", says=_("{officer}启动了应急响应「{subject}」"))
def open_response(
    act: Act,
    *,
    name: str,
    county: str,
    county_code: str,
    started_on: date,
    id: UUID | None = None,
) -> Response:
    """Begin a response; every record will belong to one. With an `id` that is there, that one is returned.

    Raises ValidationError.
    """
    act.require(Right.KEEP_REGISTERS)
    if id and (found := Response.objects.filter(pk=id).first()):
        return found
    if started_on > act.at.date():
        raise field_error("started_on", _("启动日期不能晚于今天。"), "date_in_future")
    return act.add(
        Response(
            id=id or new_id(),
            name=name.strip(),
            county=county,
            county_code=county_code,
            started_on=started_on,
        )
    )


@action("close_response", says=_("{officer}结束了应急响应「{subject}」"))
def close_response(act: Act, *, response: Response, ended_on: date) -> Response:
    """Say on which day the response ended. Its records stay, and can be read as of any moment."""
    act.require(Right.KEEP_REGISTERS)
    if ended_on < response.started_on:
        raise field_error("ended_on", _("结束日期不能早于启动日期。"), "period_reversed")
    return act.change(response, ended_on=ended_on)
