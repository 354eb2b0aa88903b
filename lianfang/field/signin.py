"""How a phone signs in: by its token, and, if it has a key, by signing what it sends."""

import base64
import binascii
import time
from dataclasses import dataclass
from datetime import datetime

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey
from django.utils.translation import gettext_lazy as _

from lianfang.book.errors import Refused
from lianfang.field.models import Device
from lianfang.field.tokens import digest_of_secret

_REMEMBERED_FOR = 60.0  # seconds
_MOST_REMEMBERED = 5000


class NotSignedIn(Refused):
    """The caller is no enrolled device, or is one no more."""


def device_of(authorization: str) -> Device:
    """The device whose token the header `Authorization` carries. Raises NotSignedIn.

    What was found is remembered for a minute, so that a phone costs no question here. Whether it has been
    revoked meanwhile is asked within the transaction that takes its records, by `receive_upload`.
    """
    scheme, _blank, token = authorization.partition(" ")
    if scheme.lower() != "bearer" or not token:
        raise NotSignedIn(_("请用登记时得到的令牌登录。"), "token_missing")
    digest = digest_of_secret(token)
    known = _remembered.get(digest)
    if known is not None and known.until > time.monotonic():
        return known.device
    device = (
        Device.objects.select_related("officer", "response", "place", "spot")
        .filter(token_digest=digest)
        .first()
    )
    if device is None:
        raise NotSignedIn(_("这个令牌无效,请重新登记手机。"), "token_unknown")
    refuse_if_revoked(device.revoked_at)
    if len(_remembered) >= _MOST_REMEMBERED:
        _remembered.clear()
    _remembered[digest] = _Known(device, time.monotonic() + _REMEMBERED_FOR)
    return device


def forget_devices() -> None:
    """Forget what is remembered (for tests, whose databases come and go)."""
    _remembered.clear()


def refuse_if_revoked(revoked_at: datetime | None) -> None:
    """Raises NotSignedIn."""
    if revoked_at is not None:
        raise NotSignedIn(_("这部手机已被注销。"), "device_revoked")


def hold_signed(device: Device, body: bytes, signature: str) -> None:
    """What a device with a key sends is signed by it. Raises NotSignedIn."""
    if not device.public_key:
        return
    try:
        key = Ed25519PublicKey.from_public_bytes(_bytes_of(device.public_key))
        key.verify(_bytes_of(signature), body)
    except (InvalidSignature, binascii.Error, ValueError) as error:
        raise NotSignedIn(_("上传内容没有这部手机的签名。"), "signature_invalid") from error


@dataclass(frozen=True, slots=True)
class _Known:
    device: Device
    until: float


_remembered: dict[str, _Known] = {}


def _bytes_of(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
