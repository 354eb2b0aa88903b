"""The archive file: its members, its manifest, and whether it is whole."""

import hashlib
import json
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from pathlib import Path, PurePosixPath
from typing import IO, Any

from django.utils.translation import gettext as _

FORMAT = "lianfang-backup"
VERSION = 1
MANIFEST = "manifest.json"
KEYS = "keys.sealed"
TABLES = "tables/"
UPLOADS = "uploads/"
_STEP = 1024 * 1024


class BackupUnreadable(Exception):
    """The file is no backup, is damaged, or does not fit this installation. `code` is for programs:
    `not_a_backup`, `damaged`, `other_version`, `wrong_passphrase`, `keys_missing`."""

    def __init__(self, message: str, code: str) -> None:
        super().__init__(message)
        self.code = code


@dataclass(frozen=True, slots=True)
class Member:
    """A member's length in bytes and the SHA-256 of its content, in hexadecimal."""

    length: int
    sha256: str


@dataclass(frozen=True, slots=True)
class Manifest:
    """What the archive says about itself. `key_check` recognises the keys without telling them."""

    made_at: str
    lianfang: str
    migrations: list[str]
    key_check: str
    rows: dict[str, int] = field(default_factory=dict)
    members: dict[str, Member] = field(default_factory=dict)

    def to_json(self) -> str:
        facts = {"format": FORMAT, "version": VERSION, **asdict(self)}
        return json.dumps(facts, ensure_ascii=False, indent=1)

    @classmethod
    def of_json(cls, text: bytes) -> "Manifest":
        """Raises BackupUnreadable."""
        try:
            facts: dict[str, Any] = json.loads(text)
            if facts.pop("format") != FORMAT:
                raise _not_a_backup()
            if facts.pop("version") != VERSION:
                raise BackupUnreadable(_("这个备份由更新的版本写成,请先升级本机的联防。"), "other_version")
            facts["members"] = {name: Member(**member) for name, member in facts["members"].items()}
            return cls(**facts)
        except (ValueError, KeyError, TypeError, AttributeError) as error:
            raise _not_a_backup() from error


class ArchiveWriter:
    """Adds members to an archive and keeps their lengths and digests for the manifest."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._archive = archive
        self.members: dict[str, Member] = {}

    @contextmanager
    def member(self, name: str) -> Iterator["_Hashed"]:
        with self._archive.open(name, "w", force_zip64=True) as file:
            hashed = _Hashed(file)
            yield hashed
        self.members[name] = Member(hashed.length, hashed.digest.hexdigest())

    def add_file(self, name: str, path: Path) -> None:
        with path.open("rb") as source, self.member(name) as target:
            while piece := source.read(_STEP):
                target.write(piece)


class _Hashed:
    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.length = 0
        self.digest = hashlib.sha256()

    def write(self, piece: bytes) -> None:
        self._file.write(piece)
        self.length += len(piece)
        self.digest.update(piece)


@contextmanager
def opened(path: Path) -> Iterator[tuple[zipfile.ZipFile, Manifest]]:
    """The archive at `path`, after every member was read once and held against the manifest.

    Raises BackupUnreadable (`not_a_backup`, `damaged`, `other_version`), OSError.
    """
    try:
        archive = zipfile.ZipFile(path)
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as error:
        raise _not_a_backup() from error
    with archive:
        if MANIFEST not in archive.namelist():
            raise _not_a_backup()
        manifest = Manifest.of_json(_whole(archive, MANIFEST))
        _hold_against(archive, manifest)
        yield archive, manifest


def _whole(archive: zipfile.ZipFile, name: str) -> bytes:
    try:
        return archive.read(name)
    except Exception as error:  # zipfile raises many kinds for one reason
        raise damaged(name) from error


def _hold_against(archive: zipfile.ZipFile, manifest: Manifest) -> None:
    names = [name for name in archive.namelist() if name != MANIFEST]
    if len(set(names)) != len(names) or set(names) != set(manifest.members):
        astray = sorted(set(names) ^ set(manifest.members)) or names
        raise damaged(astray[0])
    for name, member in manifest.members.items():
        if name.startswith(UPLOADS) and not _stays_below(name):
            raise damaged(name)
        digest, length = hashlib.sha256(), 0
        try:
            with archive.open(name) as file:
                while piece := file.read(_STEP):
                    length += len(piece)
                    digest.update(piece)
        except Exception as error:  # zipfile and zlib raise many kinds for one reason
            raise damaged(name) from error
        if (length, digest.hexdigest()) != (member.length, member.sha256):
            raise damaged(name)


def _stays_below(name: str) -> bool:
    parts = PurePosixPath(name).parts
    return not name.startswith("/") and ".." not in parts and "\\" not in name and ":" not in name


def damaged(name: str) -> BackupUnreadable:
    """The member `name` is not what was written."""
    return BackupUnreadable(_("备份文件已损坏({name}),没有恢复任何内容。").format(name=name), "damaged")


def _not_a_backup() -> BackupUnreadable:
    return BackupUnreadable(_("这不是联防的备份文件,或文件不完整。"), "not_a_backup")
