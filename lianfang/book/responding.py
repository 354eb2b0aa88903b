"""Opening and closing the county's answer to an emergency, and the dated rules that it is judged by."""

from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import field_error
from lianfang.book.models import Response, RuleProfile
from lianfang.book.registers import new_id
from lianfang.book.rights import Right
from lianfang.engines.rules import RuleProfile as Profile
from lianfang.engines.rules import as_data, read_profile, refuse_overlaps, shipped_profiles


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
    if started_on > timezone.localdate(act.at):
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


@action("load_rule_profiles", says=_("{officer}载入了规则档案「{subject}」"))
def load_rule_profiles(act: Act, *, subject: str) -> list[RuleProfile]:
    """Bring the rule profiles that come with the program into the book, as they are there.

    A profile that stands in the book unchanged is left alone; one that a new version of the program
    has made more precise is changed, and the old version stays in its history. Raises
    RuleProfileError if the profiles of the book would overlap.
    """
    act.require(Right.KEEP_REGISTERS)
    shipped = shipped_profiles(subject)
    known = {line.code: line for line in RuleProfile.objects.filter(subject=subject)}
    own = [read_profile(line.parameters, line.code) for line in known.values()]
    refuse_overlaps([*shipped, *(one for one in own if one.code not in {new.code for new in shipped})])
    return [_keep_profile(act, known.get(profile.code), profile) for profile in shipped]


def _keep_profile(act: Act, line: RuleProfile | None, profile: Profile) -> RuleProfile:
    values = {
        "title": profile.title,
        "authority": profile.source[:300],
        "valid_from": profile.valid_from,
        "valid_to": profile.valid_to,
        "parameters": as_data(profile),
    }
    if line is None:
        return act.add(RuleProfile(code=profile.code, subject=profile.subject, **values))
    return act.change(line, **values)
