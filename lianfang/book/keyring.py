"""The keys of an installation: made once, kept in a folder that only the service may read.

`session.key` signs cookies, `index.key` makes the blind indexes, `seal-1.key`, `seal-2.key`, …
encrypt: the highest number seals, every number opens, so a key is changed by adding the next file.
`pass-<seconds>.key` sign: see `signature_keys`.
No Django here: the settings read it.
"""

import os
import re
import secrets
import string
import tempfile
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path


class KeyringError(Exception):
    """A key file has not the right length, or is readable by others."""


@dataclass(frozen=True, slots=True)
class Keyring:
    session_secret: str = field(repr=False)
    index_key: bytes = field(repr=False)
    seal_keys: dict[int, bytes] = field(repr=False)

    @property
    def newest_seal(self) -> int:
        return max(self.seal_keys)

    @classmethod
    def of_folder(cls, folder: Path) -> "Keyring":
        """The keys kept in `folder`; those that are not there yet are made."""
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        session = _key(folder / "session.key", 48)
        index = _key(folder / "index.key", 32)
        _key(folder / "seal-1.key", 32)
        seals = {_number(path): _key(path, 32) for path in sorted(folder.glob("seal-*.key"))}
        return cls(session_secret=session.hex(), index_key=index, seal_keys=seals)


def _number(path: Path) -> int:
    number = path.stem.removeprefix("seal-")
    if not number.isdecimal():
        raise KeyringError(f"{path.name}: expected a name like seal-2.key")
    return int(number)


def _key(path: Path, length: int) -> bytes:
    """The key in `path`, made if absent; two processes that make it at once agree on one."""
    if not path.exists():
        _make(path, secrets.token_hex(length))
    if path.stat().st_mode & 0o077:
        raise KeyringError(f"{path}: others may read this key; chmod 600 it")
    text = path.read_text(encoding="ascii", errors="replace").strip()
    if len(text) != 2 * length or set(text) - set(string.hexdigits):
        raise KeyringError(f"{path.name}: expected {2 * length} hexadecimal digits")
    return bytes.fromhex(text)


def _make(path: Path, text: str) -> None:
    """Write the file whole beside its place, then give it its name unless somebody was quicker."""
    handle, aside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)  # mkstemp makes it 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
        with suppress(FileExistsError):
            os.link(aside, path)
    finally:
        os.unlink(aside)


@dataclass(frozen=True, slots=True)
class SignatureKey:
    """A private Ed25519 key (32 bytes), since when it signs (seconds since 1970), and whether it leaked."""

    secret: bytes = field(repr=False)
    active_from: int
    withdrawn: bool = False


def signature_keys(folder: Path, use: str) -> list[SignatureKey]:
    """The keys for one use ("pass"), oldest first, read anew each time: changing one needs no restart.

    They are files `pass-<seconds>.key`, named by when they began to sign; one that leaked is
    `pass-<seconds>-withdrawn.key`. Raises KeyringError.
    """
    keys = [
        SignatureKey(_key(path, 32), int(found["seconds"]), found["withdrawn"] is not None)
        for path in folder.glob(f"{use}-*.key")
        if (found := _SIGNATURE_FILE.fullmatch(path.name))
    ]
    return sorted(keys, key=lambda key: key.active_from)


def new_signature_key(folder: Path, use: str, at: int) -> SignatureKey:
    """A key that signs from second `at` on; the one before signs no more, what it signed holds on."""
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    return SignatureKey(_key(folder / f"{use}-{at}.key", 32), at)


def withdraw_signature_key(folder: Path, use: str, active_from: int) -> None:
    """Nothing that this key ever signed holds any longer."""
    (folder / f"{use}-{active_from}.key").rename(folder / f"{use}-{active_from}-withdrawn.key")


_SIGNATURE_FILE = re.compile(r"[a-z]+-(?P<seconds>\d+)(?P<withdrawn>-withdrawn)?\.key")
