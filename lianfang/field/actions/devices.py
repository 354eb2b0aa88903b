"""Enrolling phones, and ending it."""

import base64
import binascii
import secrets
from dataclasses import dataclass
from datetime import timedelta

from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import Refused, field_error
from lianfang.book.models import Response
from lianfang.book.rights import Right
from lianfang.field.models import Device, DeviceChain, Enrolment
from lianfang.field.tokens import digest_of_secret
from lianfang.places.models import Spot

CODE_LASTS = timedelta(minutes=15)
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class PreparedEnrolment:
    """An enrolment and its code, which is shown once and kept nowhere."""

    enrolment: Enrolment
    code: str


@dataclass(frozen=True, slots=True)
class Enrolled:
    """A device and its token, which is handed over once and kept nowhere."""

    device: Device
    token: str


@action("prepare_enrolment", says=_("{officer}准备在{subject}登记一部手机"))
def prepare_enrolment(act: Act, *, response: Response, spot: Spot, name: str = "") -> PreparedEnrolment:
    """A code by which one phone can be enrolled at `spot` within 15 minutes.

    Raises ValidationError.
    """
    act.require(Right.MANAGE_DEVICES, spot)
    _hold_is_open(spot)
    code = secrets.token_urlsafe(18)
    enrolment = act.add(
        Enrolment(
            response=response,
            place=spot.place,
            spot=spot,
            officer=act.officer,
            name=name.strip(),
            code_digest=digest_of_secret(code),
            expires_at=act.at + CODE_LASTS,
        )
    )
    return PreparedEnrolment(enrolment, code)


@action("enrol_device", says=_("{officer}登记了手机「{subject}」"))
def enrol_device(act: Act, *, enrolment: Enrolment, public_key: str, name: str) -> Enrolled:
    """Enrol the phone that showed the code of `enrolment`; the code is used up by it.

    It is done in the name of the officer who prepared the enrolment, whose right is asked again.
    Raises Refused (code_used, code_expired), ValidationError.
    """
    act.require(Right.MANAGE_DEVICES, enrolment)
    enrolment.refresh_from_db()
    if enrolment.device_id is not None:
        raise Refused(_("这个登记码已经用过,请重新生成。"), "code_used")
    if enrolment.expires_at <= act.at:
        raise Refused(_("登记码已过期,请重新生成。"), "code_expired")
    if not public_key:
        raise field_error("public_key", _("缺少手机的公钥。"), "required")
    enrolled = _enrol(act, enrolment.response, enrolment.spot, name or enrolment.name, public_key)
    act.change(enrolment, device=enrolled.device)
    return enrolled


@action("enrol_at_once", says=_("{officer}登记了设备「{subject}」"))
def enrol_at_once(act: Act, *, response: Response, spot: Spot, name: str, public_key: str = "") -> Enrolled:
    """Enrol a device without a code, for programs that send records. Raises ValidationError."""
    act.require(Right.MANAGE_DEVICES, spot)
    return _enrol(act, response, spot, name, public_key)


@action("rename_device", says=_("{officer}更改了手机「{subject}」的名称"))
def rename_device(act: Act, *, device: Device, name: str) -> Device:
    act.require(Right.MANAGE_DEVICES, device)
    return act.change(device, name=name.strip())


@action("revoke_device", says=_("{officer}注销了手机「{subject}」"))
def revoke_device(act: Act, *, device: Device, why: str) -> Device:
    """From now on nothing is taken from this device. It cannot be undone: enrol it anew.

    Raises Refused when it has been revoked, ValidationError when no reason is given.
    """
    act.require(Right.MANAGE_DEVICES, device)
    if device.revoked_at is not None:
        raise Refused(_("这部手机已经注销。"), "device_revoked")
    if not why.strip():
        raise field_error("why", _("请写明注销原因。"), "required")
    return act.change(device, revoked_at=act.at, revoked_why=why.strip())


def _enrol(act: Act, response: Response, spot: Spot, name: str, public_key: str) -> Enrolled:
    _hold_is_open(spot)
    token = secrets.token_urlsafe(32)
    device = act.add(
        Device(
            name=name.strip() or spot.name,
            response=response,
            place=spot.place,
            spot=spot,
            officer=act.officer,
            token_digest=digest_of_secret(token),
            public_key=_key_of(public_key),
            enrolled_at=act.at,
        )
    )
    DeviceChain.objects.create(device=device)
    return Enrolled(device, token)


def _key_of(text: str) -> str:
    """A public key as it is kept: 32 bytes in base64url without padding. Raises ValidationError."""
    bare = text.strip().rstrip("=")
    if not bare:
        return ""
    try:
        key = base64.b64decode(bare + "=" * (-len(bare) % 4), altchars=b"-_", validate=True)
    except (binascii.Error, ValueError):
        key = b""
    if len(key) != _KEY_BYTES:
        raise field_error("public_key", _("公钥应为 32 字节的 Ed25519 公钥(base64url)。"), "public_key")
    return base64.urlsafe_b64encode(key).decode().rstrip("=")


def _hold_is_open(spot: Spot) -> None:
    if spot.ended_on is not None:
        raise field_error("spot", _("这个点位已停用。"), "spot_ended")
