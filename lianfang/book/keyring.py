"""The keys of an installation: made once, kept in a folder that only the service may read.

`session.key` signs cookies, `index.key` makes the blind indexes, `seal-1.key`, `seal-2.key`, …
encrypt: the highest number seals, every number opens, so a key is changed by adding the next file.
No Django here: the settings read it.
"""

import os
import secrets
from dataclasses import dataclass, field
from pathlib import Path


class KeyringError(Exception):
    """A key file is missing its length or is readable by others."""


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
        seals = {
            int(path.stem.removeprefix("seal-")): _key(path, 32) for path in sorted(folder.glob("seal-*.key"))
        }
        return cls(session_secret=session.hex(), index_key=index, seal_keys=seals)


def _key(path: Path, length: int) -> bytes:
    """The key in `path`, made if absent; two processes that make it at once agree on one."""
    try:
        handle = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        pass
    else:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(secrets.token_hex(length))
    for _attempt in range(50):
        text = path.read_text(encoding="ascii").strip()
        if len(text) == 2 * length:
            return bytes.fromhex(text)
        # The process that creates the file has not written it yet.
        os.sched_yield()
    raise KeyringError(f"{path.name}: expected {2 * length} hexadecimal digits")
