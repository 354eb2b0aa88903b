"""Backups: the whole book in one file that any database can take in again.

The file is a zip archive:

    tables/<table>.jsonl   a table: the first line names its columns, each further line is a row
    uploads/…              the files that were handed in
    keys.sealed            the keys of the installation, sealed with a passphrase (if one was given)
    manifest.json          format, version, migrations, and length and SHA-256 of every other member

Rows are written in one form for every database, so a backup moves from SQLite to PostgreSQL and back.
It is read inside one transaction: nothing that is written meanwhile is in it by half. Sign-in sessions
and caches stay out.

A restore first reads the whole archive and holds it against the manifest, then writes everything in one
transaction; an archive that is damaged, or of another version of the tables, changes nothing.
"""

from lianfang.book.backups.archive import BackupUnreadable
from lianfang.book.backups.restoring import IfNotEmpty, Restored, restore
from lianfang.book.backups.writing import Written, write

__all__ = ["BackupUnreadable", "IfNotEmpty", "Restored", "Written", "restore", "write"]
