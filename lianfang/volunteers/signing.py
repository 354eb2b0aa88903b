"""The keys under which certificates are signed: `keys/certificate-<seconds>.key`, published on the page of
the check."""

import time
from itertools import pairwise
from pathlib import Path

from django.conf import settings

from lianfang.book.keyring import new_signature_key, signature_keys
from lianfang.engines.passes import KeyRing, SigningKey, TrustedKey

_USE = "certificate"


def signing_key() -> SigningKey:
    """The key that signs now: the newest; made when it is first needed, or when the last was withdrawn."""
    keys = signature_keys(_folder(), _USE)
    if keys and not keys[-1].withdrawn:
        newest = keys[-1]
    else:
        last = max((key.active_from for key in keys), default=0)
        newest = new_signature_key(_folder(), _USE, max(int(time.time()), last + 1))
    return SigningKey(newest.secret, newest.active_from)


def trusted_keys() -> KeyRing:
    """All keys that whoever checks must know: the one that signs, those that did, and those withdrawn."""
    keys = signature_keys(_folder(), _USE)
    ends = [later.active_from for _earlier, later in pairwise(keys)]
    trusted = []
    for key, end in zip(keys, [*ends, None], strict=False):
        own = SigningKey(key.secret, key.active_from).trusted
        trusted.append(TrustedKey(own.kid, own.public, key.active_from, end, key.withdrawn))
    return KeyRing(trusted)


def _folder() -> Path:
    folder: Path = settings.DATA_DIR / "keys"
    return folder
