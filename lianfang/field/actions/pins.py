"""Shift PINs (值守口令): who is on duty at a phone."""

import base64
import hashlib
import secrets
from datetime import date

from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import field_error
from lianfang.book.rights import Right
from lianfang.field.models import DutyPin
from lianfang.people.models import Person
from lianfang.places.models import Place

_ITERATIONS = 60_000
_SALT = 16


@action("give_pin", says=_("{officer}给了{subject}值守口令"))
def give_pin(
    act: Act,
    *,
    place: Place,
    name: str,
    pin: str,
    person: Person | None = None,
    valid_from: date | None = None,
    valid_to: date | None = None,
) -> DutyPin:
    """Let `name` say by a PIN of 4 to 6 digits that they are on duty at a phone of `place`.

    A PIN in force of the same name at the place ends. Raises ValidationError.
    """
    act.require(Right.MANAGE_DEVICES, place)
    if not (pin.isascii() and pin.isdigit() and 4 <= len(pin) <= 6):
        raise field_error("pin", _("口令为 4 至 6 位数字。"), "pin_form")
    if len(set(pin)) == 1 or pin in "01234567890" or pin in "09876543210":
        raise field_error("pin", _("口令太容易猜,请不要用相同或连续的数字。"), "pin_easy")
    today = act.at.date()
    for earlier in DutyPin.objects.on(today).filter(place=place, name=name.strip()):
        act.strike(earlier)
    return act.add(
        DutyPin(
            place=place,
            person=person,
            name=name.strip(),
            pin_digest=digest_of_pin(pin),
            valid_from=valid_from or today,
            valid_to=valid_to,
        )
    )


@action("end_pin", says=_("{officer}收回了{subject}的值守口令"))
def end_pin(act: Act, *, pin: DutyPin) -> None:
    act.require(Right.MANAGE_DEVICES, pin)
    act.strike(pin)


def digest_of_pin(pin: str, salt: bytes | None = None) -> str:
    """As phones check it: `pbkdf2_sha256$iterations$salt$digest`, salt and digest in base64."""
    salt = salt or secrets.token_bytes(_SALT)
    digest = hashlib.pbkdf2_hmac("sha256", pin.encode(), salt, _ITERATIONS)
    return "$".join(
        [
            "pbkdf2_sha256",
            str(_ITERATIONS),
            base64.b64encode(salt).decode(),
            base64.b64encode(digest).decode(),
        ]
    )
