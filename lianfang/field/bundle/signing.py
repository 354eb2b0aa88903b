"""The key by which a phone knows that a bundle is this house's."""

import base64
import hmac
import json
from functools import lru_cache
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings


def canonical(content: Any) -> str:
    """The text that is signed, and by whose digest a chunk is named."""
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def sign(text: str) -> str:
    """The Ed25519 signature of a text, base64."""
    return base64.b64encode(_key(settings.KEYRING.index_key).sign(text.encode())).decode()


def public_key() -> str:
    """What a phone is given at enrolment and holds every bundle against: 32 bytes, base64."""
    return base64.b64encode(_key(settings.KEYRING.index_key).public_key().public_bytes_raw()).decode()


@lru_cache(maxsize=2)
def _key(index_key: bytes) -> Ed25519PrivateKey:
    """Derived, so that a house has one without keeping another file, and a restored house the same one."""
    return Ed25519PrivateKey.from_private_bytes(hmac.digest(index_key, b"field bundle signing", "sha256"))
