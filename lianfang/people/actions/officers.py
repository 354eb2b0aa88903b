"""Officers: who signs in, with which roles, where and until when."""

import secrets
from datetime import date, timedelta
from uuid import UUID

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, Actor, Origin, action
from lianfang.book.errors import NotAllowed, Refused, field_error
from lianfang.book.registers import new_id
from lianfang.book.rights import COUNTY, Right, Role, roles_with
from lianfang.people.actions.seen import known, taken, tidy
from lianfang.people.models import Area, AreaLevel, Body, Grant, Officer, Person
from lianfang.people.namekeys import renew_keys

ONE_TIME_PASSWORD_HOLDS = timedelta(days=3)
# No 0/O, 1/l/I: a one-time password is read aloud or copied from paper.
_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789"


def one_time_password() -> str:
    """Sixteen characters in groups of four (about 79 bits), easy to read aloud."""
    return "-".join("".join(secrets.choice(_LETTERS) for _place in range(4)) for _group in range(4))


@action("register_officer", says=_("{officer}建立了用户{subject}"))
def register_officer(
    act: Act,
    *,
    username: str,
    display_name: str,
    password: str,
    body: Body | None = None,
    person: Person | None = None,
    language: str = "zh-hans",
    id: UUID | None = None,
) -> Officer:
    """A new officer without any role. `password` is a one-time one: changed at the first sign-in.

    Raises ValidationError.
    """
    act.require(Right.MANAGE_OFFICERS, body or COUNTY)
    if found := known(Officer, id):
        return found
    officer = _new_officer(
        username, display_name, password, body=body, person=person, language=language, id=id
    )
    officer.one_time_until = act.at + ONE_TIME_PASSWORD_HOLDS
    return act.add(officer)


@action("change_officer", says=_("{officer}修改了用户{subject}"))
def change_officer(
    act: Act,
    *,
    officer: Officer,
    display_name: str,
    body: Body | None,
    person: Person | None,
) -> Officer:
    """Set what is known of an officer. Raises ValidationError."""
    officer = taken(officer)
    _require_over(act, officer)
    if officer.body != body:
        act.require(Right.MANAGE_OFFICERS, body or COUNTY)
    return act.change(officer, display_name=tidy(display_name, "display_name"), body=body, person=person)


@action("disable_officer", says=_("{officer}停用了用户{subject}"))
def disable_officer(act: Act, *, officer: Officer) -> Officer:
    """The officer can sign in no more, and is signed out everywhere at once.

    Raises Refused for the last administrator of the county.
    """
    officer = taken(officer)
    _require_over(act, officer)
    act.change(officer, is_active=False)
    _somebody_administers()
    return officer


@action("enable_officer", says=_("{officer}恢复了用户{subject}"))
def enable_officer(act: Act, *, officer: Officer) -> Officer:
    """Undo `disable_officer`; the grants that still hold are there again."""
    officer = taken(officer)
    _require_over(act, officer)
    return act.change(officer, is_active=True)


@action("reset_password", says=_("{officer}为{subject}发放了一次性密码"))
def reset_password(act: Act, *, officer: Officer, password: str) -> Officer:
    """Give a one-time password, to be changed at the next sign-in, within three days.

    All sessions of the officer end. Raises ValidationError for a weak password.
    """
    officer = taken(officer)
    _require_over(act, officer)
    _set_password(officer, password)
    return act.change(officer, one_time_until=act.at + ONE_TIME_PASSWORD_HOLDS)


@action("password_chosen", says=_("{officer}修改了密码"))
def password_chosen(act: Act) -> Officer:
    """The officer has chosen an own password: the one-time one is over. Called after sign-in's change."""
    act.anyone()
    return act.change(taken(act.officer), one_time_until=None)


@action("grant_role", says=_("{officer}授予了{subject}"))
def grant_role(
    act: Act,
    *,
    officer: Officer,
    role: str,
    area: Area | None = None,
    body: Body | None = None,
    place_id: UUID | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
    id: UUID | None = None,
) -> Grant:
    """A role for an officer on an area (with all below it), a body or a place; exactly one of them.

    Nobody grants farther or longer than the own right to manage officers goes, nor, at the desk,
    anything to oneself: a second person is needed. Raises ValidationError, NotAllowed.
    """
    grant = Grant(
        id=id or new_id(),
        officer=officer,
        role=role,
        area=area,
        body=body,
        place_id=place_id,
        valid_from=valid_from,
        valid_to=valid_to,
    )
    act.require(Right.MANAGE_OFFICERS, grant)
    if found := known(Grant, id):
        return found
    if officer.pk == act.officer.pk and act.actor.origin != Origin.COMMAND_LINE:
        raise Refused(_("不能给自己授权,请由另一位管理员办理。"), "grant_to_oneself")
    _no_longer_than_own(act.officer, grant)
    if any(
        other.valid_to is None or valid_from is None or other.valid_to >= valid_from
        for other in Grant.objects.on(timezone.localdate(act.at)).filter(
            officer=officer, role=role, area=area, body=body, place_id=place_id
        )
    ):
        raise field_error("role", _("该用户已有这项授权。"), "granted_twice")
    return act.add(grant)


@action("end_grant", says=_("{officer}收回了{subject}"))
def end_grant(act: Act, *, grant: Grant, on: date, seen: str = "") -> Grant:
    """The last day of the grant is `on`; a day before today takes it away at once.

    A grant that would end before it begins is struck; its history stays.
    Raises Refused when no administrator of the county would be left, ValidationError, Conflict.
    """
    act.require(Right.MANAGE_OFFICERS, grant)
    grant = taken(grant, seen)
    if grant.valid_from and on < grant.valid_from:
        act.strike(grant)
    else:
        act.change(grant, valid_to=on)
    _somebody_administers()
    return grant


def appoint_first_administrator(
    *,
    username: str,
    display_name: str,
    password: str,
    county_name: str,
    county_code: str = "",
    id: UUID | None = None,
) -> Officer:
    """The administrator who registers all others, made from the command line of the machine.

    The county is registered if no area of that name stands at the top. With an `id` that is there
    already, that officer is returned unchanged. Raises ValidationError.
    """
    if found := known(Officer, id):
        return found
    with transaction.atomic():
        officer = _new_officer(username, display_name, password, id=id)
        return _appoint(Actor(officer, Origin.COMMAND_LINE), county_name=county_name, county_code=county_code)


@action("appoint_first_administrator", says=_("在服务器上建立了系统管理员{subject}"))
def _appoint(act: Act, *, county_name: str, county_code: str) -> Officer:
    if act.actor.origin != Origin.COMMAND_LINE:
        raise NotAllowed(Right.MANAGE_OFFICERS)
    act.anyone()
    officer = act.add(act.officer)
    county = Area.objects.filter(parent__isnull=True, name=county_name.strip()).first()
    if county is None:
        county = act.add(
            Area(name=tidy(county_name, "county"), level=AreaLevel.COUNTY, division_code=county_code)
        )
        renew_keys(county)
    act.add(Grant(officer=officer, role=Role.ADMINISTRATOR, area=county))
    return officer


def _new_officer(
    username: str,
    display_name: str,
    password: str,
    *,
    body: Body | None = None,
    person: Person | None = None,
    language: str = "zh-hans",
    id: UUID | None = None,
) -> Officer:
    officer = Officer(
        id=id or new_id(),
        username=username.strip(),
        display_name=tidy(display_name, "display_name"),
        body=body,
        person=person,
        language=language,
    )
    _set_password(officer, password)
    return officer


def _set_password(officer: Officer, password: str) -> None:
    try:
        validate_password(password, officer)
    except ValidationError as error:
        raise ValidationError({"password": error.error_list}) from error
    officer.set_password(password)


def _require_over(act: Act, officer: Officer) -> None:
    """One manages an officer where the officer stands and wherever the officer holds a role, or will.

    Otherwise the keeper of one town could take over the account of one who acts for the county.
    """
    act.require(Right.MANAGE_OFFICERS, officer)
    grants = Grant.objects.filter(officer=officer).exclude(valid_to__lt=timezone.localdate(act.at))
    for grant in grants.select_related("body"):
        act.require(Right.MANAGE_OFFICERS, grant)


def _no_longer_than_own(granter: Officer, grant: Grant) -> None:
    ends = [
        own.valid_to for own in granter.grants_with(Right.MANAGE_OFFICERS) if own.reach.covers(grant.scope())
    ]
    if not ends or None in ends:
        return
    last = max(end for end in ends if end is not None)
    if grant.valid_to is None or grant.valid_to > last:
        raise field_error(
            "valid_to",
            _("授权不能晚于您自己的权限到期日:%(day)s。") % {"day": last.isoformat()},
            "longer_than_own",
        )


def _somebody_administers() -> None:
    """At least one active officer manages officers everywhere, today and with no end in sight."""
    today = timezone.localdate()
    if (
        not Grant.objects.on(today)
        .filter(
            officer__is_active=True,
            role__in=roles_with(Right.MANAGE_OFFICERS),
            area__parent__isnull=True,
            area__isnull=False,
            valid_to__isnull=True,
        )
        .exists()
    ):
        raise Refused(_("这是最后一位系统管理员,不能停用或收回。"), "last_administrator")
