import json
import zipfile
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage

from lianfang.book import backups, soundness
from lianfang.book.actions import Act, action
from lianfang.book.backups import BackupUnreadable, IfNotEmpty
from lianfang.book.errors import Refused
from lianfang.book.keyring import Keyring
from lianfang.book.models import AuditEntry
from lianfang.book.rights import Role
from lianfang.people.models import Officer, Person
from lianfang.people.tests.builders import a_body, an_actor

pytestmark = pytest.mark.django_db(transaction=True)

PASSPHRASE = "a long enough passphrase"


@action("test_backups.write_down", says="{officer} {subject}")
def write_down(act: Act, *, name: str, phone: str) -> Person:
    act.anyone()
    person = Person(name=name)
    person.seal_phone(phone)
    return act.add(person)


@pytest.fixture(autouse=True)
def _installation(settings: object, tmp_path: Path) -> None:
    """An installation of its own for each test: keys and uploads below `tmp_path`."""
    home = tmp_path / "installation"
    settings.DATA_DIR = home  # type: ignore[attr-defined]
    settings.KEYRING = Keyring.of_folder(home / "keys")  # type: ignore[attr-defined]
    storages = dict(django_settings.STORAGES)
    storages["default"] = {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": home / "uploads"},
    }
    settings.STORAGES = storages  # type: ignore[attr-defined]


def a_written_book() -> Person:
    actor = an_actor(Role.FEDERATION_OFFICE)
    a_body("堃骉金属制品有限公司")
    person = write_down(actor, name="喆某", phone="13800000000")
    default_storage.save("2020/notice.txt", ContentFile("通知".encode()))
    return person


def a_backup(path: Path, passphrase: str | None = PASSPHRASE) -> Path:
    backups.write(path, passphrase=passphrase)
    return path


def forget_everything() -> None:
    from django.db import transaction

    from lianfang.book.backups import rows

    with transaction.atomic():
        rows.clear(rows.tables())


def test_a_restored_book_is_the_book_that_was_backed_up(tmp_path: Path) -> None:
    person = a_written_book()
    before = {officer.username: officer.password for officer in Officer.objects.all()}
    chain = list(AuditEntry.objects.order_by("sequence").values_list("digest", flat=True))
    file = a_backup(tmp_path / "backup.zip")
    forget_everything()
    assert not Person.objects.exists()

    restored = backups.restore(file, passphrase=PASSPHRASE, if_not_empty=IfNotEmpty.REFUSE)

    assert restored.uploads == 1
    again = Person.objects.get(pk=person.pk)
    assert (again.name, again.open_phone()) == ("喆某", "13800000000")
    assert {officer.username: officer.password for officer in Officer.objects.all()} == before
    assert list(AuditEntry.objects.order_by("sequence").values_list("digest", flat=True)) == chain
    with default_storage.open("2020/notice.txt") as upload:
        assert upload.read().decode() == "通知"
    assert list(soundness.findings()) == []


def test_keys_are_restored_and_only_their_owner_reads_them(tmp_path: Path, settings: object) -> None:
    person = a_written_book()
    file = a_backup(tmp_path / "backup.zip")
    forget_everything()
    elsewhere = tmp_path / "elsewhere"
    settings.DATA_DIR = elsewhere  # type: ignore[attr-defined]
    settings.KEYRING = Keyring.of_folder(elsewhere / "keys")  # type: ignore[attr-defined]

    backups.restore(file, passphrase=PASSPHRASE, if_not_empty=IfNotEmpty.REFUSE)

    settings.KEYRING = Keyring.of_folder(elsewhere / "keys")  # type: ignore[attr-defined]
    assert Person.objects.get(pk=person.pk).open_phone() == "13800000000"
    assert {path.stat().st_mode & 0o777 for path in (elsewhere / "keys").iterdir()} == {0o600}
    assert (elsewhere / "keys").stat().st_mode & 0o777 == 0o700


def test_a_book_with_content_is_replaced_only_on_purpose(tmp_path: Path) -> None:
    a_written_book()
    file = a_backup(tmp_path / "backup.zip")
    late = a_body("后来的企业")
    with pytest.raises(Refused) as refused:
        backups.restore(file, passphrase=PASSPHRASE, if_not_empty=IfNotEmpty.REFUSE)
    assert refused.value.code == "not_empty"
    assert type(late).objects.filter(pk=late.pk).exists()

    backups.restore(file, passphrase=PASSPHRASE, if_not_empty=IfNotEmpty.REPLACE)
    assert not type(late).objects.filter(pk=late.pk).exists()


@pytest.mark.parametrize("share", [0.1, 0.5, 0.9])
def test_a_damaged_archive_changes_nothing(tmp_path: Path, share: float) -> None:
    person = a_written_book()
    file = a_backup(tmp_path / "backup.zip")
    content = bytearray(file.read_bytes())
    place = int(len(content) * share)
    content[place : place + 40] = bytes(byte ^ 0xFF for byte in content[place : place + 40])
    file.write_bytes(content)
    with pytest.raises(BackupUnreadable):
        backups.restore(file, passphrase=PASSPHRASE, if_not_empty=IfNotEmpty.REPLACE)
    assert Person.objects.get(pk=person.pk).open_phone() == "13800000000"
    assert default_storage.exists("2020/notice.txt")


def test_an_archive_cut_short_is_no_backup(tmp_path: Path) -> None:
    a_written_book()
    file = a_backup(tmp_path / "backup.zip")
    file.write_bytes(file.read_bytes()[:-200])
    with pytest.raises(BackupUnreadable) as unreadable:
        backups.restore(file, passphrase=PASSPHRASE, if_not_empty=IfNotEmpty.REPLACE)
    assert unreadable.value.code == "not_a_backup"


def test_a_row_added_by_hand_is_found_by_the_manifest(tmp_path: Path) -> None:
    a_written_book()
    file = a_backup(tmp_path / "backup.zip")
    forged = tmp_path / "forged.zip"
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(forged, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            target.writestr(name, content + b"[]\n" if name.endswith("people_body.jsonl") else content)
    with pytest.raises(BackupUnreadable) as unreadable:
        backups.restore(forged, passphrase=PASSPHRASE, if_not_empty=IfNotEmpty.REPLACE)
    assert (unreadable.value.code, "people_body" in str(unreadable.value)) == ("damaged", True)


@pytest.mark.parametrize("name", ["uploads/../escaped", "/uploads/x", "stray.txt"])
def test_a_member_that_does_not_belong_is_refused(tmp_path: Path, name: str) -> None:
    a_written_book()
    file = a_backup(tmp_path / "backup.zip")
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr(name, "x")
    with pytest.raises(BackupUnreadable) as unreadable:
        backups.restore(file, passphrase=PASSPHRASE, if_not_empty=IfNotEmpty.REPLACE)
    assert unreadable.value.code == "damaged"


def test_rows_that_break_the_tables_undo_everything(tmp_path: Path) -> None:
    """The manifest holds, the rows do not: whoever forged the archive also forged its digests."""
    import hashlib

    person = a_written_book()
    file = a_backup(tmp_path / "backup.zip")
    forged = tmp_path / "forged.zip"
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(forged, "w") as target:
        manifest = json.loads(source.read("manifest.json"))
        for name in source.namelist():
            content = source.read(name)
            if name == "tables/people_body.jsonl":
                content += b'["not","enough"]\n'
                manifest["members"][name] = {
                    "length": len(content),
                    "sha256": hashlib.sha256(content).hexdigest(),
                }
            if name != "manifest.json":
                target.writestr(name, content)
        target.writestr("manifest.json", json.dumps(manifest))
    with pytest.raises(BackupUnreadable):
        backups.restore(forged, passphrase=PASSPHRASE, if_not_empty=IfNotEmpty.REPLACE)
    assert Person.objects.get(pk=person.pk).open_phone() == "13800000000"
    assert default_storage.exists("2020/notice.txt")


def test_the_wrong_passphrase_opens_nothing(tmp_path: Path) -> None:
    person = a_written_book()
    file = a_backup(tmp_path / "backup.zip")
    with pytest.raises(BackupUnreadable) as unreadable:
        backups.restore(file, passphrase="another passphrase", if_not_empty=IfNotEmpty.REPLACE)
    assert unreadable.value.code == "wrong_passphrase"
    assert Person.objects.filter(pk=person.pk).exists()


def test_without_its_keys_a_backup_fits_only_where_they_are(tmp_path: Path, settings: object) -> None:
    a_written_book()
    file = a_backup(tmp_path / "backup.zip", passphrase=None)
    assert not backups.restore(file, passphrase=None, if_not_empty=IfNotEmpty.REPLACE).keys
    settings.KEYRING = Keyring.of_folder(tmp_path / "elsewhere" / "keys")  # type: ignore[attr-defined]
    with pytest.raises(BackupUnreadable) as unreadable:
        backups.restore(file, passphrase=None, if_not_empty=IfNotEmpty.REPLACE)
    assert unreadable.value.code == "keys_missing"


def test_a_backup_of_other_tables_is_refused(tmp_path: Path) -> None:
    a_written_book()
    file = a_backup(tmp_path / "backup.zip")
    older = tmp_path / "older.zip"
    with zipfile.ZipFile(file) as source, zipfile.ZipFile(older, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == "manifest.json":
                manifest = json.loads(content)
                manifest["migrations"].append("book.9999_from_the_future")
                content = json.dumps(manifest).encode()
            target.writestr(name, content)
    with pytest.raises(BackupUnreadable) as unreadable:
        backups.restore(older, passphrase=PASSPHRASE, if_not_empty=IfNotEmpty.REPLACE)
    assert unreadable.value.code == "other_version"


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"not a zip", b"{}"])
def test_a_file_that_is_no_backup_is_named_so(tmp_path: Path, content: bytes) -> None:
    file = tmp_path / "file"
    file.write_bytes(content)
    with pytest.raises(BackupUnreadable) as unreadable:
        backups.restore(file, passphrase=None, if_not_empty=IfNotEmpty.REPLACE)
    assert unreadable.value.code == "not_a_backup"


def test_a_backup_is_for_its_owner_and_holds_no_clear_number_or_key(tmp_path: Path) -> None:
    a_written_book()
    file = a_backup(tmp_path / "backup.zip")
    assert file.stat().st_mode & 0o777 == 0o600
    index_key = (django_settings.DATA_DIR / "keys" / "index.key").read_bytes()
    with zipfile.ZipFile(file) as archive:
        for name in archive.namelist():
            content = archive.read(name)
            assert b"13800000000" not in content, name
            assert index_key not in content, name


def test_a_backup_that_cannot_be_written_leaves_no_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    a_written_book()

    def fail(*_arguments: object) -> bytes:
        raise OSError("no space left")

    monkeypatch.setattr("lianfang.book.backups.writing.seal_keys", fail)
    with pytest.raises(OSError, match="no space left"):
        backups.write(tmp_path / "backup.zip", passphrase=PASSPHRASE)
    assert [path.name for path in tmp_path.iterdir()] == ["installation"]
