"""The key files, sealed with a passphrase: scrypt makes the key, AES-256-GCM seals."""

import base64
import hashlib
import hmac
import json
import os
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from django.utils.translation import gettext as _

from lianfang.book.backups.archive import FORMAT, BackupUnreadable
from lianfang.book.keyring import Keyring

# 32 MiB of memory for each guess (RFC 7914, section 2).
_SCRYPT = {"n": 2**15, "r": 8, "p": 1, "maxmem": 64 * 1024 * 1024, "dklen": 32}
_NONCE = 12
_SALT = 16


def seal_keys(folder: Path, passphrase: str) -> bytes:
    """The key files of `folder` as one sealed text."""
    files = {path.name: path.read_text(encoding="ascii").strip() for path in sorted(folder.glob("*.key"))}
    salt, nonce = os.urandom(_SALT), os.urandom(_NONCE)
    body = AESGCM(_key(passphrase, salt)).encrypt(nonce, json.dumps(files).encode(), FORMAT.encode())
    return base64.b64encode(salt + nonce + body)


def open_keys(sealed: bytes, passphrase: str) -> dict[str, str]:
    """File name → content. Raises BackupUnreadable (`wrong_passphrase`)."""
    try:
        raw = base64.b64decode(sealed, validate=True)
        salt, nonce, body = raw[:_SALT], raw[_SALT : _SALT + _NONCE], raw[_SALT + _NONCE :]
        files: dict[str, str] = json.loads(
            AESGCM(_key(passphrase, salt)).decrypt(nonce, body, FORMAT.encode())
        )
    except (InvalidTag, ValueError) as error:
        raise BackupUnreadable(
            _("口令不对,打不开备份中的密钥。没有恢复任何内容。"), "wrong_passphrase"
        ) from error
    return files


def write_keys(files: dict[str, str], folder: Path) -> None:
    """Write the key files into a new folder that only the service may read."""
    folder.mkdir(mode=0o700)
    for name, content in files.items():
        handle = os.open(folder / Path(name).name, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(content)


def key_check(ring: Keyring) -> str:
    """A text by which equal keys are recognised; it does not tell the keys."""
    digest = hmac.new(ring.index_key, b"lianfang key check", hashlib.sha256)
    for number in sorted(ring.seal_keys):
        digest.update(hmac.digest(ring.seal_keys[number], f"seal {number}".encode(), "sha256"))
    return digest.hexdigest()


def _key(passphrase: str, salt: bytes) -> bytes:
    return hashlib.scrypt(passphrase.encode(), salt=salt, **_SCRYPT)
