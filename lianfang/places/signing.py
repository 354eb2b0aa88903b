"""The keys under which passes are signed and trusted."""

import hmac
import time
from itertools import pairwise
from pathlib import Path

from django.conf import settings

from lianfang.book.keyring import (
    SignatureKey,
    new_signature_key,
    signature_keys,
    withdraw_signature_key,
)
from lianfang.engines.passes import KeyRing, SigningKey, TrustedKey

_USE = "pass"


def signing_key() -> SigningKey:
    """The key that signs now: the newest. The first is made when it is first needed, another when the
    newest was withdrawn."""
    keys = signature_keys(_folder(), _USE)
    if keys and not keys[-1].withdrawn:
        newest = keys[-1]
    else:
        newest = new_signature_key(_folder(), _USE, _after_the_last())
    return SigningKey(newest.secret, newest.active_from)


def trusted_keys() -> KeyRing:
    """All keys that a gate must know: the one that signs, those that did, and those withdrawn."""
    keys = signature_keys(_folder(), _USE)
    ends = [later.active_from for _earlier, later in pairwise(keys)]
    return KeyRing(_trusted(key, end) for key, end in zip(keys, [*ends, None], strict=False))


def rotate() -> TrustedKey:
    """A new key signs from now on; passes signed before hold until their last day."""
    made = new_signature_key(_folder(), _USE, _after_the_last())
    return SigningKey(made.secret, made.active_from).trusted


def withdraw(kid: str) -> bool:
    """The key leaked: no pass of it holds any longer. Another one signs. False if there is no such key."""
    for key in signature_keys(_folder(), _USE):
        if not key.withdrawn and _trusted(key, None).kid.hex() == kid:
            withdraw_signature_key(_folder(), _USE, key.active_from)
            signing_key()
            return True
    return False


def spoken_secret() -> bytes:
    """The secret from which spoken codes are drawn."""
    return hmac.digest(settings.KEYRING.index_key, b"spoken codes", "sha256")


def _trusted(key: SignatureKey, retired_at: int | None) -> TrustedKey:
    trusted = SigningKey(key.secret, key.active_from).trusted
    return TrustedKey(trusted.kid, trusted.public, key.active_from, retired_at, key.withdrawn)


def _after_the_last() -> int:
    last = max((key.active_from for key in signature_keys(_folder(), _USE)), default=0)
    return max(int(time.time()), last + 1)


def _folder() -> Path:
    folder: Path = settings.DATA_DIR / "keys"
    return folder
