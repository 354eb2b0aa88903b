"""Opening and closing the county's answer to an emergency, and the dated rules that it is judged by."""

from dataclasses import replace
from datetime import date, timedelta
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

_DAY = timedelta(days=1)


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
    known = {line.code: line for line in RuleProfile.objects.filter(subject=subject)}
    shipped = [_until_the_county_s_own(one, known.get(one.code)) for one in shipped_profiles(subject)]
    own = [read_profile(line.parameters, line.code) for line in known.values()]
    refuse_overlaps([*shipped, *(one for one in own if one.code not in {new.code for new in shipped})])
    return [_keep_profile(act, known.get(profile.code), profile) for profile in shipped]


@action("adopt_rule_profile", says=_("{officer}采用了规则档案「{subject}」"))
def adopt_rule_profile(act: Act, *, profile: Profile, valid_from: date) -> RuleProfile:
    """Make `profile` the county's rule of its subject from a day on, until the next one begins.

    The profile that was in force ends the day before; what was judged by it stays judged by it. Raises
    ValidationError where another one begins on the same day.
    """
    act.require(Right.KEEP_REGISTERS)
    lines = RuleProfile.objects.filter(subject=profile.subject).order_by("valid_from")
    before = [line for line in lines if line.valid_from < valid_from]
    after = [line for line in lines if line.valid_from >= valid_from]
    if after and after[0].valid_from == valid_from:
        raise field_error("valid_from", _("这一天已有另一份规则生效,请另选一天。"), "rule_day_taken")
    valid_to = after[0].valid_from - _DAY if after else None
    if before and (before[-1].valid_to is None or before[-1].valid_to >= valid_from):
        # The last one before reaches until the next one, or as far as it reached.
        valid_to = before[-1].valid_to
        _end(act, before[-1], valid_from - _DAY)
    own = replace(
        profile, code=f"{profile.subject}-{valid_from:%Y-%m-%d}", valid_from=valid_from, valid_to=valid_to
    )
    return _keep_profile(act, None, own)


def _end(act: Act, line: RuleProfile, day: date) -> None:
    act.change(line, valid_to=day, parameters={**line.parameters, "valid_to": day.isoformat()})


def _until_the_county_s_own(shipped: Profile, line: RuleProfile | None) -> Profile:
    """`shipped`, ending where the county ended it by adopting another one."""
    if line is None or line.valid_to is None:
        return shipped
    if shipped.valid_to is None or line.valid_to < shipped.valid_to:
        return replace(shipped, valid_to=line.valid_to)
    return shipped


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
