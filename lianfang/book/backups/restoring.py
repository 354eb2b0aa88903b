"""Restoring a backup: everything is checked first, then everything is written, or nothing."""

import io
import shutil
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto
from pathlib import Path

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DataError, IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from lianfang.book.backups import rows
from lianfang.book.backups.archive import KEYS, TABLES, UPLOADS, BackupUnreadable, Manifest, damaged, opened
from lianfang.book.backups.keys import key_check, open_keys, write_keys
from lianfang.book.backups.writing import applied_migrations, uploads_folder
from lianfang.book.errors import Refused


@dataclass(frozen=True, slots=True)
class Restored:
    rows: int
    uploads: int
    keys: bool
    made_at: str


class IfNotEmpty(Enum):
    """What to do with a book in which something is written already."""

    REFUSE = auto()
    REPLACE = auto()


def restore(path: Path, *, passphrase: str | None, if_not_empty: IfNotEmpty) -> Restored:
    """Write what `path` holds into this installation, whose tables are there.

    Keys, uploads and rows that were there are replaced; the old keys and uploads are kept beside the new
    ones, in folders that carry the moment in their names. Raises BackupUnreadable, Refused (`not_empty`),
    OSError; then nothing has changed.
    """
    with opened(path) as (archive, manifest):
        _hold_that_it_fits(manifest)
        if if_not_empty is IfNotEmpty.REFUSE and not rows.is_empty():
            raise Refused(_("本机的台账里已有内容。确要以备份替换,请加 --replace。"), "not_empty")
        keys = _keys_of(archive, manifest, passphrase)
        with (
            _staged(archive, keys) as folders,
            _swapped_back_on_failure() as swap,
            transaction.atomic(),
        ):
            written = _write_rows(archive)
            for folder in folders:
                swap(folder)
    uploads = sum(1 for name in manifest.members if name.startswith(UPLOADS))
    return Restored(rows=written, uploads=uploads, keys=keys is not None, made_at=manifest.made_at)


@dataclass(frozen=True, slots=True)
class _Folder:
    """A folder of the installation, what it shall become, and where the present one is put."""

    place: Path
    staged: Path
    before: Path


def _hold_that_it_fits(manifest: Manifest) -> None:
    here = set(applied_migrations())
    tables = {model._meta.db_table for model in rows.tables()}
    if set(manifest.migrations) != here or set(manifest.rows) != tables:
        raise BackupUnreadable(
            _("备份的表结构与本机不同(备份由 {version} 版写成)。请用同一版本恢复后再升级。").format(
                version=manifest.lianfang
            ),
            "other_version",
        )


def _keys_of(archive: zipfile.ZipFile, manifest: Manifest, passphrase: str | None) -> dict[str, str] | None:
    """The key files of the backup; None if this installation has the same keys already."""
    if KEYS in manifest.members and passphrase is not None:
        return open_keys(archive.read(KEYS), passphrase)
    if manifest.key_check == key_check(settings.KEYRING):
        return None
    if KEYS in manifest.members:
        raise BackupUnreadable(_("备份中的密钥以口令封存,请给出口令。没有恢复任何内容。"), "wrong_passphrase")
    raise BackupUnreadable(
        _(
            "备份不含密钥,本机的密钥也不是备份时的密钥:证件号码和电话将无法打开。"
            "请先把原来的 keys 目录放回数据目录。没有恢复任何内容。"
        ),
        "keys_missing",
    )


@contextmanager
def _staged(archive: zipfile.ZipFile, keys: dict[str, str] | None) -> Iterator[list[_Folder]]:
    """Uploads and keys written beside their places, to be moved there at once."""
    moment = datetime.now(UTC).strftime("%Y%m%dT%H%M%S")
    folders = [_folder(uploads_folder(), moment)]
    if keys is not None:
        folders.append(_folder(settings.DATA_DIR / "keys", moment))
    try:
        _unpack_uploads(archive, folders[0].staged)
        if keys is not None:
            write_keys(keys, folders[1].staged)
        yield folders
    finally:
        for folder in folders:
            shutil.rmtree(folder.staged, ignore_errors=True)


def _folder(place: Path, moment: str) -> _Folder:
    return _Folder(
        place,
        place.with_name(f"{place.name}.restoring-{moment}"),
        place.with_name(f"{place.name}.before-{moment}"),
    )


def _unpack_uploads(archive: zipfile.ZipFile, folder: Path) -> None:
    folder.mkdir(parents=True)
    for name in archive.namelist():
        if name.startswith(UPLOADS):
            target = folder / name.removeprefix(UPLOADS)
            target.parent.mkdir(parents=True, exist_ok=True)
            with archive.open(name) as source, target.open("wb") as file:
                shutil.copyfileobj(source, file)


def _write_rows(archive: zipfile.ZipFile) -> int:
    models = rows.tables()
    with connection.constraint_checks_disabled():
        rows.clear(models)
        written = 0
        for model in models:
            member = f"{TABLES}{model._meta.db_table}.jsonl"
            try:
                with archive.open(member) as file:
                    written += rows.insert(model, iter(io.TextIOWrapper(file, encoding="utf-8")))
            except (KeyError, ValueError, TypeError, ValidationError, IntegrityError, DataError) as error:
                raise damaged(member) from error
    try:
        connection.check_constraints()
    except IntegrityError as error:
        raise damaged(TABLES) from error
    with connection.cursor() as cursor:
        for statement in connection.ops.sequence_reset_sql(no_style(), models):
            cursor.execute(statement)
    return written


@contextmanager
def _swapped_back_on_failure() -> Iterator[Callable[[_Folder], None]]:
    """Gives the function that puts a staged folder in its place; what it did is undone on failure."""
    done: list[_Folder] = []

    def swap(folder: _Folder) -> None:
        if folder.place.exists():
            folder.place.rename(folder.before)
        done.append(folder)
        folder.staged.rename(folder.place)

    try:
        yield swap
    except BaseException:
        for folder in done:
            if folder.place.exists():
                folder.place.rename(folder.staged)
            if folder.before.exists():
                folder.before.rename(folder.place)
        raise
