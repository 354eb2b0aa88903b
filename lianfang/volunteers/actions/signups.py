"""Calls for volunteers, signing up, and deciding on it."""

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from lianfang.book import sealing
from lianfang.book.actions import Act, action
from lianfang.book.errors import NotAllowed, Refused, field_error
from lianfang.book.models import Response
from lianfang.book.registers import new_id
from lianfang.book.rights import Right
from lianfang.people.actions.persons import add_person
from lianfang.people.actions.seen import taken, tidy
from lianfang.people.models import Body, Person
from lianfang.places.models import Place
from lianfang.volunteers.actions.volunteers import enter
from lianfang.volunteers.consent import CONSENT
from lianfang.volunteers.models import (
    ServiceTime,
    SignUpDecision,
    SignUpVerdict,
    Skill,
    Volunteer,
    VolunteerCall,
    VolunteerSignUp,
)
from lianfang.volunteers.models.signups import plain_phone


@action("open_volunteer_call", says=_("{officer}开放了志愿者招募:{subject}"))
def open_call(
    act: Act,
    *,
    response: Response,
    body: Body,
    title: str,
    place: Place | None = None,
    text: str = "",
    contact: str = "",
    last_day: date | None = None,
    id: UUID | None = None,
) -> VolunteerCall:
    """Everybody may sign up on its public page from now on. With an `id` that is in the book, that one is
    returned. Raises ValidationError."""
    _require(act, body, place)
    known = VolunteerCall.objects.filter(pk=id).first() if id else None
    if known:
        return known
    if last_day and last_day < timezone.localdate(act.at):
        raise field_error("last_day", _("截止日期已经过去。"), "already_over")
    return act.add(
        VolunteerCall(
            id=id or new_id(),
            response=response,
            body=body,
            place=place,
            title=tidy(title, "title"),
            text=text.strip(),
            contact=contact.strip(),
            opened_by=act.officer,
            last_day=last_day,
        )
    )


@action("close_volunteer_call", says=_("{officer}关闭了志愿者招募:{subject}"))
def close_call(act: Act, *, call: VolunteerCall) -> VolunteerCall:
    """Nobody can sign up through it any longer."""
    act.require(Right.KEEP_VOLUNTEERS, call)
    return act.change(taken(call), closed_at=act.at)


@action("sign_up_in_public", says=_("{subject}在{officer}开放的招募页报了名"))
def sign_up_in_public(
    act: Act,
    *,
    call: VolunteerCall,
    name: str,
    phone: str,
    consented: bool,
    unit: str = "",
    party_member: bool = False,
    skills: Sequence[str] = (),
    times: Sequence[str] = (),
    words: str = "",
) -> VolunteerSignUp:
    """Somebody signs up on the public page; the actor is who opened the call. Who has signed up there
    before, with this name and phone, is recognised: the first sign-up stands and is returned.

    Raises Refused (`call_closed`), ValidationError.
    """
    now = taken(call)
    if not now.is_open(timezone.localdate(act.at)):
        raise Refused(_("这次招募已经结束。"), "call_closed")
    try:
        act.require(Right.KEEP_VOLUNTEERS, now)
    except NotAllowed as error:
        raise Refused(_("这次招募已经结束。"), "call_closed") from error
    _hold_consent(consented)
    before = _signed_up_before(tidy(name), phone, now.body)
    if before is not None:
        return before
    return _sign_up(
        act,
        now.response,
        call=now,
        in_public=True,
        body=now.body,
        place=now.place,
        name=name,
        phone=phone,
        unit=unit,
        party_member=party_member,
        skills=list(skills),
        times=list(times),
        words=words,
    )


@action("sign_up_at_desk", says=_("{officer}登记了{subject}报名做志愿者"))
def sign_up_at_desk(
    act: Act,
    *,
    response: Response,
    body: Body,
    name: str,
    phone: str,
    consented: bool,
    place: Place | None = None,
    unit: str = "",
    party_member: bool = False,
    skills: Sequence[str] = (),
    times: Sequence[str] = (),
    words: str = "",
    id: UUID | None = None,
) -> VolunteerSignUp:
    """Somebody signs up at the desk, and has heard what the data are for.

    Raises ValidationError: `signed_up_twice`, `unknown_skill`, `consent_missing`, `phone`.
    """
    _require(act, body, place)
    known: VolunteerSignUp | None = VolunteerSignUp.objects.filter(pk=id).first() if id else None
    if known:
        return known
    _hold_consent(consented)
    if _signed_up_before(tidy(name), phone, body) is not None:
        raise field_error("phone", _("此人已经报过名,不用再登记。"), "signed_up_twice")
    return _sign_up(
        act,
        response,
        id=id or new_id(),
        body=body,
        place=place,
        name=name,
        phone=phone,
        unit=unit,
        party_member=party_member,
        skills=list(skills),
        times=list(times),
        words=words,
    )


@action("accept_sign_up", says=_("{officer}同意了{subject}的志愿者报名"))
def accept_sign_up(
    act: Act, *, sign_up: VolunteerSignUp, person: Person | None = None, joined_on: date | None = None
) -> Volunteer:
    """The one who signed up is a volunteer from today on: the `person` that the officer has recognised, the
    one with this name and phone, or a new line of the register.

    Raises Refused (`already_decided`), ValidationError.
    """
    act.require(Right.KEEP_VOLUNTEERS, sign_up)
    _hold_undecided(sign_up)
    phone = sign_up.open_phone()
    if person is None:
        person = Person.objects.filter(
            name=sign_up.name, phone_index=sign_up.phone_index, merged_into__isnull=True
        ).first()
    if person is None:
        person = add_person(act, name=sign_up.name, phone=phone, area=None)
    day = joined_on or timezone.localdate(act.at)
    volunteer = enter(act, person, sign_up, day)
    act.add(_decision(act, sign_up, SignUpVerdict.ACCEPTED, volunteer=volunteer))
    return volunteer


@action("decline_sign_up", says=_("{officer}婉拒了{subject}的志愿者报名"))
def decline_sign_up(act: Act, *, sign_up: VolunteerSignUp, reason: str) -> SignUpDecision:
    """Raises Refused (`already_decided`), ValidationError without a reason."""
    act.require(Right.KEEP_VOLUNTEERS, sign_up)
    _hold_undecided(sign_up)
    if not reason.strip():
        raise field_error("reason", _("请写明原因,便于答复本人。"), "required")
    return act.add(_decision(act, sign_up, SignUpVerdict.DECLINED, reason=reason.strip()))


def _require(act: Act, body: Body, place: Place | None) -> None:
    """The officer keeps the volunteers of the place, or those of the body where there is no place."""
    act.require(Right.KEEP_VOLUNTEERS, place or body)


def _hold_consent(consented: bool) -> None:
    if not consented:
        raise field_error("consented", _("请先阅读并同意个人信息的用途。"), "consent_missing")


def _sign_up(
    act: Act,
    response: Response,
    *,
    name: str,
    phone: str,
    unit: str,
    words: str,
    skills: list[str],
    times: list[str],
    **values: object,
) -> VolunteerSignUp:
    if set(skills) - set(Skill.values):
        raise field_error("skills", _("没有这项技能,请从列出的技能中选择。"), "unknown_skill")
    if set(times) - set(ServiceTime.values):
        raise field_error("times", _("没有这个时间,请从列出的时间中选择。"), "unknown_time")
    made = VolunteerSignUp(
        response=response,
        name=tidy(name),
        unit=unit.strip(),
        words=words.strip(),
        skills=skills,
        times=times,
        consent=str(CONSENT)[:300],
        happened_at=act.at,
        written_at=act.at,
        written_by=act.officer,
        **values,
    )
    made.seal_phone(phone)
    return act.add(made)


def _signed_up_before(name: str, phone: str, body: Body) -> VolunteerSignUp | None:
    """The sign-up of this name and phone with this body that stands: not declined, nor left since."""
    index = sealing.blind_index(plain_phone(phone), "phone")
    rows = VolunteerSignUp.objects.current().filter(name=name, phone_index=index, body=body)
    for row in rows.order_by("received_at"):
        last = SignUpDecision.objects.current().filter(sign_up=row.root_id).order_by("received_at").last()
        declined = last is not None and last.verdict == SignUpVerdict.DECLINED
        left = last is not None and last.volunteer is not None and last.volunteer.ended_on is not None
        if not declined and not left:
            found: VolunteerSignUp = row
            return found
    return None


def _hold_undecided(sign_up: VolunteerSignUp) -> None:
    if SignUpDecision.objects.current().filter(sign_up=sign_up.root_id).exists():
        raise Refused(_("这份报名已经处理过。"), "already_decided")


def _decision(
    act: Act, sign_up: VolunteerSignUp, verdict: str, *, reason: str = "", volunteer: Volunteer | None = None
) -> SignUpDecision:
    return SignUpDecision(
        response=sign_up.response,
        sign_up_id=sign_up.root_id,
        verdict=verdict,
        reason=reason,
        volunteer=volunteer,
        happened_at=act.at,
        written_at=act.at,
        written_by=act.officer,
    )
