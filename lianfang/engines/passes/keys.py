"""Keys: one signs at a time, several are trusted, each told by its key id."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey

from lianfang.engines.passes.claims import PassError

KID_LENGTH = 4


@dataclass(frozen=True, slots=True)
class TrustedKey:
    """A public key and when it signs.

    A pass issued at or after `retired_at` is refused (`key_retired`); those issued before live on until
    they expire. `withdrawn` (the private key leaked) refuses every pass of the key, whenever issued.
    """

    kid: bytes
    public: bytes
    active_from: int
    retired_at: int | None = None
    withdrawn: bool = False


@dataclass(frozen=True, slots=True)
class SigningKey:
    """The private half, 32 bytes; keep it encrypted where it rests."""

    private: bytes
    active_from: int

    @property
    def trusted(self) -> TrustedKey:
        public = Ed25519PrivateKey.from_private_bytes(self.private).public_key().public_bytes_raw()
        return TrustedKey(key_id(public), public, self.active_from)


class KeyRing:
    """The keys that a gate trusts. `as_data` is what the phone gets; `from_data` reads it."""

    def __init__(self, keys: Iterable[TrustedKey] = ()) -> None:
        self._keys = {key.kid: key for key in keys}
        self._loaded: dict[bytes, Ed25519PublicKey] = {}

    def get(self, kid: bytes) -> TrustedKey | None:
        return self._keys.get(kid)

    def public_key(self, kid: bytes) -> Ed25519PublicKey:
        loaded = self._loaded.get(kid)
        if loaded is None:
            loaded = self._loaded[kid] = Ed25519PublicKey.from_public_bytes(self._keys[kid].public)
        return loaded

    def with_key(self, key: TrustedKey) -> KeyRing:
        return KeyRing([*self._keys.values(), key])

    def retired(self, kid: bytes, at: int) -> KeyRing:
        return self._changed(kid, retired_at=at)

    def withdrawn(self, kid: bytes) -> KeyRing:
        return self._changed(kid, withdrawn=True)

    def _changed(self, kid: bytes, **values: Any) -> KeyRing:
        if kid not in self._keys:
            raise PassError("key_unknown", "没有这把密钥。")
        return KeyRing(replace(key, **values) if key.kid == kid else key for key in self._keys.values())

    def as_data(self) -> list[dict[str, Any]]:
        return [
            {
                "kid": key.kid.hex(),
                "public": base64.b64encode(key.public).decode(),
                "active_from": key.active_from,
                "retired_at": key.retired_at,
                "withdrawn": key.withdrawn,
            }
            for key in self._keys.values()
        ]

    @classmethod
    def from_data(cls, data: Iterable[Mapping[str, Any]]) -> KeyRing:
        return cls(
            TrustedKey(
                bytes.fromhex(one["kid"]),
                base64.b64decode(one["public"]),
                one["active_from"],
                one["retired_at"],
                one["withdrawn"],
            )
            for one in data
        )


def new_signing_key(now: int) -> SigningKey:
    return SigningKey(Ed25519PrivateKey.generate().private_bytes_raw(), now)


def key_id(public: bytes) -> bytes:
    """The first 4 bytes of the key's SHA-256."""
    return hashlib.sha256(public).digest()[:KID_LENGTH]
