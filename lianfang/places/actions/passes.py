"""Entry passes: issued for one or a whole building, replaced, revoked; the keys that sign them."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import Refused, field_error
from lianfang.book.registers import new_id
from lianfang.book.rights import COUNTY, Right
from lianfang.engines import passes as engine
from lianfang.people.actions.seen import taken
from lianfang.places import signing
from lianfang.places.indexing import passes_changed
from lianfang.places.models import (
    Building,
    Employee,
    EntryPass,
    Household,
    PassKind,
    Place,
    Resident,
    Vehicle,
)

_LABEL_LENGTH = 22
# After so many draws in vain the codes of a place are as good as used up.
_DRAWS = 200

Holder = Household | Resident | Vehicle | Employee


@dataclass(frozen=True, slots=True)
class Validity:
    """From a moment to a moment; `colour` as the rules of the gate name it."""

    begins_at: datetime
    ends_at: datetime
    colour: str = ""


@action("issue_passes", says=_("{officer}签发了出入证{subject}"))
def issue_passes(act: Act, *, place: Place, holders: Sequence[Holder], validity: Validity) -> list[EntryPass]:
    """A pass for each of these households, residents, vehicles or employees of the place.

    One who holds a pass already is passed over: to give another one, replace it. Raises ValidationError.
    """
    act.require(Right.ISSUE_PASSES, place)
    if validity.ends_at <= validity.begins_at:
        raise field_error("ends_at", _("失效时间应晚于生效时间。"), "period_reversed")
    if validity.ends_at <= act.at:
        raise field_error("ends_at", _("失效时间已经过去。"), "already_over")
    wanting = [holder for holder in holders if not _holds_already(holder, act.at)]
    return _issue(act, place, wanting, validity)


@action("issue_household_passes", says=_("{officer}批量签发了出入证{subject}等"))
def issue_household_passes(
    act: Act, *, place: Place, validity: Validity, building: Building | None = None
) -> list[EntryPass]:
    """A pass for every household of a building, or of the place, that has none. Twice adds nothing.

    Raises ValidationError.
    """
    act.require(Right.ISSUE_PASSES, place)
    if validity.ends_at <= max(validity.begins_at, act.at):
        raise field_error("ends_at", _("失效时间应晚于生效时间。"), "period_reversed")
    households = Household.objects.filter(place=place, ended_on=None, merged_into=None)
    if building:
        households = households.filter(building=building)
    holding = EntryPass.objects.filter(
        place=place, kind=PassKind.HOUSEHOLD, revoked_at=None, valid_to__gt=act.at
    ).values("household")
    wanting = list(households.exclude(pk__in=holding).select_related("place").order_by("label"))
    return _issue(act, place, wanting, validity)


@action("replace_pass", says=_("{officer}补发了出入证{subject}"))
def replace_pass(act: Act, *, entry_pass: EntryPass, reason: str) -> EntryPass:
    """The old one is revoked (lost, damaged); a new one holds as long as it would have.

    Raises Refused when it is revoked or over, ValidationError without a reason.
    """
    act.require(Right.ISSUE_PASSES, entry_pass)
    old = taken(entry_pass)
    _hold_live(old, act.at)
    _revoke(act, [old], reason)
    holder = _holder_of(old)
    if holder is None:
        raise Refused(_("持证的户、人或车辆已不在该场所,不能补发。"), "holder_gone")
    validity = Validity(max(old.valid_from, act.at), old.valid_to, old.colour)
    return _issue(act, old.place, [holder], validity)[0]


@action("revoke_passes", says=_("{officer}作废了出入证{subject}"))
def revoke_passes(act: Act, *, passes: Sequence[EntryPass], reason: str) -> list[EntryPass]:
    """These hold no longer, at any gate that has heard of it. Revoked ones stay as they are.

    Raises ValidationError without a reason.
    """
    act.require(Right.ISSUE_PASSES, *(passes or (COUNTY,)))
    return _revoke(act, [taken(one) for one in passes], reason)


@action("rotate_pass_key", says=_("{officer}更换了出入证签名密钥"))
def rotate_pass_key(act: Act) -> str:
    """Another key signs from now on; what was signed holds on. Returns the new key's id."""
    act.require(Right.ISSUE_PASSES)
    kid = signing.rotate().kid.hex()
    act.note(act.officer, pass_key=kid)
    return kid


@action("withdraw_pass_key", says=_("{officer}停用了泄露的出入证签名密钥"))
def withdraw_pass_key(act: Act, *, kid: str) -> None:
    """The key leaked: every pass that it signed is refused from now on. Raises Refused."""
    act.require(Right.ISSUE_PASSES)
    if not signing.withdraw(kid):
        raise Refused(_("没有这把密钥。"), "key_unknown")
    act.note(act.officer, withdrawn_pass_key=kid)


def revoke_passes_of(act: Act, household: Household, reason: str) -> list[EntryPass]:
    """Within an act that may change the household: its household passes are void."""
    live = EntryPass.objects.filter(household=household, kind=PassKind.HOUSEHOLD, revoked_at=None)
    return _revoke(act, list(live), reason)


def revoke_staff_passes(act: Act, employee: Employee, reason: str) -> list[EntryPass]:
    """Within an act that may change the employee: the staff passes at this site are void."""
    live = EntryPass.objects.filter(
        place=employee.place, person=employee.person, kind=PassKind.STAFF, revoked_at=None
    )
    return _revoke(act, list(live), reason)


def _issue(act: Act, place: Place, holders: Sequence[Holder], validity: Validity) -> list[EntryPass]:
    key = signing.signing_key()
    taken_codes = set(
        EntryPass.objects.filter(place=place, revoked_at=None).values_list("spoken_code", flat=True)
    )
    numbers = _numbers(len(holders))
    persons = _persons_in(holders)
    made = []
    for holder, number in zip(holders, numbers, strict=True):
        one = _draft(place, holder, number, validity, act.at)
        one.spoken_code = _spoken(place, number, taken_codes)
        one.key_id = key.trusted.kid.hex()
        one.token = _sign(one, holder, persons, key)
        made.append(one)
    act.add_many(made)
    passes_changed(made)
    return made


def _draft(place: Place, holder: Holder, number: str, validity: Validity, at: datetime) -> EntryPass:
    one = EntryPass(
        id=new_id(),
        place=place,
        number=number,
        issued_at=at,
        colour=validity.colour.strip(),
        valid_from=validity.begins_at,
        valid_to=validity.ends_at,
    )
    match holder:
        case Household():
            one.kind, one.household = PassKind.HOUSEHOLD, holder
        case Resident():
            one.kind, one.person = PassKind.PERSON, holder.person
        case Vehicle():
            one.kind, one.vehicle = PassKind.VEHICLE, holder
        case Employee():
            one.kind, one.person, one.body = PassKind.STAFF, holder.person, holder.employer
    return one


def _sign(one: EntryPass, holder: Holder, persons: dict[UUID, int], key: engine.SigningKey) -> str:
    household, label = "", ""
    match holder:
        case Household():
            label = holder.label
        case Resident():
            household, label = str(holder.household_id), holder.household.label
        case Vehicle():
            household = str(holder.household_id) if holder.household_id else ""
            label = holder.plate
        case Employee():
            household, label = str(holder.employer_id), holder.employer.name
    subject = one.household_id or one.person_id or one.vehicle_id
    assert subject is not None
    claims = engine.PassClaims(
        number=one.number,
        kind=engine.PassKind(one.kind),
        subject=str(subject),
        places=(str(one.place_id),),
        valid_from=int(one.valid_from.timestamp()),
        valid_until=int(one.valid_to.timestamp()),
        issued_at=max(int(one.issued_at.timestamp()), key.active_from),
        household=household,
        label=label[:_LABEL_LENGTH],
        colour=one.colour,
        persons=persons.get(subject, 0),
    )
    return engine.issue_pass(claims, key)


def _persons_in(holders: Sequence[Holder]) -> dict[UUID, int]:
    counted: dict[UUID, int] = {}
    ids = [holder.pk for holder in holders if isinstance(holder, Household)]
    for start in range(0, len(ids), 500):
        living = Resident.objects.filter(household_id__in=ids[start : start + 500], valid_to=None)
        for household in living.values_list("household_id", flat=True):
            counted[household] = min(999, counted.get(household, 0) + 1)
    return counted


def _numbers(count: int) -> list[str]:
    """Numbers of nine digits that no pass of the county has."""
    drawn: set[str] = set()
    while len(drawn) < count:
        more = [str(100_000_000 + secrets.randbelow(900_000_000)) for _number in range(count - len(drawn))]
        known: set[str] = set()
        for start in range(0, len(more), 500):
            some = EntryPass.objects.filter(number__in=more[start : start + 500])
            known |= set(some.values_list("number", flat=True))
        drawn |= set(more) - known
    return sorted(drawn)


def _spoken(place: Place, number: str, taken_codes: set[str]) -> str:
    """A code that nobody at this place has; "" when they are used up (the card then goes without)."""
    for attempt in range(_DRAWS):
        code = engine.spoken_code(signing.spoken_secret(), str(place.pk), number, attempt)
        if code not in taken_codes:
            taken_codes.add(code)
            return code
    return ""


def _holds_already(holder: Holder, at: datetime) -> bool:
    live = EntryPass.objects.filter(revoked_at=None, valid_to__gt=at)
    match holder:
        case Household():
            return live.filter(household=holder, kind=PassKind.HOUSEHOLD).exists()
        case Resident():
            return live.filter(
                person=holder.person, place=holder.household.place, kind=PassKind.PERSON
            ).exists()
        case Vehicle():
            return live.filter(vehicle=holder).exists()
        case Employee():
            return live.filter(person=holder.person, place=holder.place, kind=PassKind.STAFF).exists()


def _holder_of(one: EntryPass) -> Holder | None:
    """The one for whom a pass was issued, as it stands now."""
    match one.kind:
        case PassKind.HOUSEHOLD:
            household = one.household
            while household is not None and household.merged_into is not None:
                household = household.merged_into
            return household if household and household.ended_on is None else None
        case PassKind.PERSON:
            return (
                Resident.objects.filter(person=one.person, household__place=one.place, valid_to=None)
                .select_related("person", "household__place")
                .first()
            )
        case PassKind.VEHICLE:
            return one.vehicle if one.vehicle and one.vehicle.valid_to is None else None
        case _:
            return (
                Employee.objects.filter(person=one.person, place=one.place, valid_to=None)
                .select_related("person", "employer")
                .first()
            )


def _hold_live(one: EntryPass, at: datetime) -> None:
    if one.revoked_at is not None:
        raise Refused(_("这张出入证已作废。"), "pass_revoked")
    if one.valid_to <= at:
        raise Refused(_("这张出入证已过期,请重新签发。"), "pass_over")


def _revoke(act: Act, passes: Iterable[EntryPass], reason: str) -> list[EntryPass]:
    if len(reason.strip()) < 2:
        raise field_error("reason", _("请写明作废原因,例如:遗失。"), "required")
    revoked = [
        act.change(one, revoked_at=act.at, revoked_why=reason.strip()[:200])
        for one in passes
        if one.revoked_at is None
    ]
    passes_changed(revoked)
    return revoked
