"""Fields that are encrypted at rest and found by a keyed index.

An ID number has so little entropy that a plain hash of it can be guessed: the key is all the
protection, for the cipher and for the index. The cipher binds a value to its table, row and
column (the associated data), so a sealed value that is copied to another row does not open.

A sealed text is `key number "." base64(nonce ‖ ciphertext ‖ tag)`. AES-256-GCM with HMAC-SHA256
is the default; an installation that must use the national algorithms sets
`LIANFANG_CIPHER=sm4`, which seals with SM4-GCM and indexes with HMAC-SM3. Texts sealed with
the other cipher still open: the key number carries a letter (`a1`, `s1`).
"""

import base64
import hashlib
import hmac
import os
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import hmac as keyed_hash
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.conf import settings

from lianfang.book.keyring import Keyring

_NONCE = 12
_TAG = 16


class SealBroken(Exception):
    """A sealed value does not open: wrong key, damaged, or moved from another row."""

    code = "seal_broken"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a sealed value stands."""

    table: str
    row: str
    column: str

    @property
    def associated_data(self) -> bytes:
        return f"{self.table}:{self.row}:{self.column}".encode()


def seal(value: str, place: Place) -> str:
    """The sealed text of `value`; an empty value stays empty."""
    if not value:
        return ""
    ring = _keyring()
    number = ring.newest_seal
    nonce = os.urandom(_NONCE)
    if settings.CIPHER == "sm4":
        body = _sm4_encrypt(ring.seal_keys[number][:16], nonce, value.encode(), place.associated_data)
        letter = "s"
    else:
        body = AESGCM(ring.seal_keys[number]).encrypt(nonce, value.encode(), place.associated_data)
        letter = "a"
    return f"{letter}{number}.{base64.b64encode(nonce + body).decode()}"


def unseal(sealed: str, place: Place) -> str:
    """The value of a sealed text. Raises SealBroken."""
    if not sealed:
        return ""
    head, _, body = sealed.partition(".")
    try:
        letter, key = head[0], _keyring().seal_keys[int(head[1:])]
        raw = base64.b64decode(body, validate=True)
        nonce, rest = raw[:_NONCE], raw[_NONCE:]
        if letter == "s":
            return _sm4_decrypt(key[:16], nonce, rest, place.associated_data).decode()
        if letter != "a":
            raise ValueError(letter)
        return AESGCM(key).decrypt(nonce, rest, place.associated_data).decode()
    except (InvalidTag, ValueError, KeyError, IndexError) as error:
        raise SealBroken(f"{place.table}.{place.column}") from error


def blind_index(value: str, kind: str) -> str:
    """The keyed index by which an equal value of the same `kind` ("phone", "document") is found."""
    if not value:
        return ""
    message = f"{kind}:{value}".encode()
    if settings.CIPHER == "sm4":
        digest = keyed_hash.HMAC(_keyring().index_key, hashes.SM3())
        digest.update(message)
        return "s" + digest.finalize().hex()
    return "a" + hmac.new(_keyring().index_key, message, hashlib.sha256).hexdigest()


def _keyring() -> Keyring:
    ring: Keyring = settings.KEYRING
    return ring


def _sm4_encrypt(key: bytes, nonce: bytes, value: bytes, associated: bytes) -> bytes:
    encryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(associated)
    return encryptor.update(value) + encryptor.finalize() + encryptor.tag


def _sm4_decrypt(key: bytes, nonce: bytes, body: bytes, associated: bytes) -> bytes:
    decryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce, body[-_TAG:])).decryptor()
    decryptor.authenticate_additional_data(associated)
    return decryptor.update(body[:-_TAG]) + decryptor.finalize()
