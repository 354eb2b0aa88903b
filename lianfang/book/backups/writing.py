"""Writing a backup: one consistent reading of the tables, the uploads, the sealed keys."""

import os
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from django.conf import settings
from django.core.files.storage import FileSystemStorage, default_storage
from django.db import connection, transaction
from django.db.migrations.recorder import MigrationRecorder

import lianfang
from lianfang.book.backups import rows
from lianfang.book.backups.archive import KEYS, MANIFEST, TABLES, UPLOADS, ArchiveWriter, Manifest
from lianfang.book.backups.keys import key_check, seal_keys


@dataclass(frozen=True, slots=True)
class Written:
    rows: int
    uploads: int
    keys: bool
    length: int


def write(path: Path, *, passphrase: str | None) -> Written:
    """Write the book to `path`, for its owner's eyes only; with a passphrase the sealed keys go with it.

    The file appears under its name when it is whole; until then it does not exist. Raises OSError.
    """
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    aside = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            written = _write_members(file, passphrase)
            file.flush()
            os.fsync(file.fileno())
        length = aside.stat().st_size
        aside.replace(path)
    except BaseException:
        aside.unlink(missing_ok=True)
        raise
    return Written(rows=written[0], uploads=written[1], keys=passphrase is not None, length=length)


def uploads_folder() -> Path:
    assert isinstance(default_storage, FileSystemStorage)
    return Path(default_storage.location)


def applied_migrations() -> list[str]:
    return sorted(f"{app}.{name}" for app, name in MigrationRecorder(connection).applied_migrations())


def _write_members(file: "object", passphrase: str | None) -> tuple[int, int]:
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:  # type: ignore[call-overload]
        writer = ArchiveWriter(archive)
        with _snapshot():
            migrations = applied_migrations()
            counted = {model._meta.db_table: _write_table(writer, model) for model in rows.tables()}
        # Uploads are only ever added: those that the rows speak of are there now.
        uploads = _write_uploads(writer)
        if passphrase is not None:
            with writer.member(KEYS) as member:
                member.write(seal_keys(settings.DATA_DIR / "keys", passphrase))
        manifest = Manifest(
            made_at=datetime.now(UTC).isoformat(timespec="seconds"),
            lianfang=lianfang.__version__,
            migrations=migrations,
            key_check=key_check(settings.KEYRING),
            rows=counted,
            members=writer.members,
        )
        archive.writestr(MANIFEST, manifest.to_json())
    return sum(counted.values()), uploads


def _write_table(writer: ArchiveWriter, model: rows.Model) -> int:
    counted = -1  # the line of columns is no row
    with writer.member(f"{TABLES}{model._meta.db_table}.jsonl") as member:
        for line in rows.lines(model):
            member.write(line.encode() + b"\n")
            counted += 1
    return counted


def _write_uploads(writer: ArchiveWriter) -> int:
    folder = uploads_folder()
    paths = sorted(path for path in folder.rglob("*") if path.is_file()) if folder.is_dir() else []
    for path in paths:
        writer.add_file(UPLOADS + path.relative_to(folder).as_posix(), path)
    return len(paths)


@contextmanager
def _snapshot() -> Iterator[None]:
    """All reads inside see one state of the book; nobody who writes is held up."""
    if connection.vendor == "postgresql":
        with transaction.atomic():
            with connection.cursor() as cursor:
                cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
        return
    mode = connection.transaction_mode  # type: ignore[attr-defined]
    connection.ensure_connection()
    # A transaction that only reads takes no lock that writers wait for.
    connection.transaction_mode = "DEFERRED"  # type: ignore[attr-defined]
    try:
        with transaction.atomic():
            yield
    finally:
        connection.transaction_mode = mode  # type: ignore[attr-defined]
