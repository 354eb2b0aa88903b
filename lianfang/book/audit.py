"""The audit chain: every act's entries, each bound to the one before by a hash.

An entry's digest covers all its columns and the digest of the entry before it, so an entry that is
edited, deleted or slipped in breaks the chain at its place, and `lianfang check` names that place.
For a record the entry also keeps the digest of the whole row, so that a row which was changed past
the actions is found as well.
"""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from django.db import connection, models
from django.utils import timezone

from lianfang.book.asking import MOMENT, PLAIN, Question, tell
from lianfang.book.models import AuditEntry, AuditHead
from lianfang.book.records import Record
from lianfang.book.rows import columns_of, insert_rows

MASK = "***"
# A clock that was set back by less than this is waited out by counting on from the last act.
_CLOCK_MAY_LAG = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class Draft:
    """What an act wrote on one subject, before it is chained."""

    kind: str
    id: str
    name: str
    values: Mapping[str, Any]

    @classmethod
    def of(cls, subject: models.Model, old: Mapping[str, Any] | None, new: Mapping[str, Any]) -> "Draft":
        """Taken down at once: a row that is struck later in the act has no id any more."""
        values: dict[str, Any] = {"new": dict(new)}
        if old is not None:
            values["old"] = dict(old)
        if isinstance(subject, Record):
            values["row"] = digest_of_row(subject)
        return cls(subject._meta.label_lower, str(subject.pk), subject_name(subject), values)


@dataclass(frozen=True, slots=True)
class Stamp:
    """Who acted, how and when: the same for all entries of an act."""

    act: UUID
    action: str
    at: datetime
    officer_id: UUID | None
    officer_name: str
    origin: str
    address: str


@dataclass(frozen=True, slots=True)
class Break:
    """A place where the chain does not hold."""

    sequence: int
    reason: str


@dataclass(slots=True)
class Head:
    """The end of the chain, as this transaction holds it, and the moment of the act."""

    sequence: int
    digest: str
    at: datetime


def lock() -> Head:
    """Take the end of the chain for this transaction, with the moment of the act.

    Every act takes it before anything else: acts that write follow one another, no two wait for each
    other in a circle, and each has a moment of its own, in the order of the chain. So whoever reads the
    book as it stood at a moment finds it the same for ever.
    """
    question = _LOCKED_HEAD if connection.vendor == "postgresql" else _HEAD
    found = question.ask()
    if not found:
        AuditHead.objects.get_or_create(pk=1)
        found = question.ask()
    sequence, digest, at = found[0]
    now = timezone.now()
    if at is not None and now <= at < now + _CLOCK_MAY_LAG:
        now = at + timedelta(microseconds=1)
    return Head(sequence, digest, now)


_HEAD = Question("SELECT sequence, digest, at FROM book_audithead WHERE id = 1", (PLAIN, PLAIN, MOMENT))
_LOCKED_HEAD = Question(
    "SELECT sequence, digest, at FROM book_audithead WHERE id = 1 FOR UPDATE", (PLAIN, PLAIN, MOMENT)
)


def append(head: Head | None, stamp: Stamp, drafts: Iterable[Draft], until: datetime) -> None:
    """Chain the entries of one act, which holds `head` by the `lock` and whose last moment is `until`.

    Without a head the end is read anew: other acts have been chained in this transaction, or taken back.
    """
    if head is None:
        head = Head(*_HEAD.ask()[0])
    entries = []
    for draft in drafts:
        entry = AuditEntry(
            sequence=head.sequence + 1,
            at=stamp.at,
            act=stamp.act,
            action=stamp.action,
            officer_id=stamp.officer_id,
            officer_name=stamp.officer_name,
            origin=stamp.origin,
            address=stamp.address,
            subject_kind=draft.kind,
            subject_id=draft.id,
            subject_name=draft.name,
            values=draft.values,
            previous=head.digest,
        )
        entry.digest = digest_of_entry(entry)
        head.sequence, head.digest = entry.sequence, entry.digest
        entries.append(entry)
    names = columns_of(AuditEntry)
    insert_rows(AuditEntry, [tuple(getattr(entry, name) for name in names) for entry in entries])
    tell(
        "UPDATE book_audithead SET sequence = %s, digest = %s, at = %s WHERE id = 1",
        head.sequence,
        head.digest,
        until,
    )


def breaks() -> Iterator[Break]:
    """Every place where the chain does not hold, from the oldest entry to the newest."""
    previous, expected = "0" * 64, 1
    for entry in AuditEntry.objects.order_by("sequence").iterator(chunk_size=2000):
        if entry.sequence != expected:
            yield Break(expected, "missing")
        elif entry.previous != previous:
            yield Break(entry.sequence, "not_linked")
        if entry.digest != digest_of_entry(entry):
            yield Break(entry.sequence, "edited")
        previous, expected = entry.digest, entry.sequence + 1
    head = AuditHead.objects.filter(pk=1).first() or AuditHead()
    if (head.sequence, head.digest) != (expected - 1, previous):
        yield Break(expected, "end_missing")


def digest_of_entry(entry: AuditEntry) -> str:
    return _digest(
        [
            entry.sequence,
            _plain(entry.at),
            str(entry.act),
            entry.action,
            str(entry.officer_id),
            entry.officer_name,
            entry.origin,
            entry.address,
            entry.subject_kind,
            entry.subject_id,
            entry.subject_name,
            entry.values,
            entry.previous,
        ]
    )


def digest_of_row(subject: models.Model) -> str:
    """The digest of a row's columns, the same before and after a trip through any database."""
    row = {
        field.attname: stored(field, getattr(subject, field.attname))
        for field in subject._meta.concrete_fields
    }
    return _digest(row)


def snapshot(subject: models.Model) -> dict[str, Any]:
    """A row's values as the audit log writes them, personal and sealed fields masked."""
    personal: frozenset[str] = getattr(subject, "personal", frozenset())
    return {
        field.name: MASK
        if field.name in personal and getattr(subject, field.attname)
        else stored(field, getattr(subject, field.attname))
        for field in subject._meta.concrete_fields
        if field.name not in {"id", "created_at", "password"}
    }


def subject_name(subject: models.Model) -> str:
    """How the log names a subject. A person's name may stand there; numbers and phones may not."""
    return str(subject)[:200]


def stored(field: "models.Field[Any, Any]", value: Any) -> Any:
    """A value of a column in the one form in which it is digested and logged."""
    if value is not None and isinstance(field, models.DecimalField):
        return format(Decimal(value).quantize(Decimal(1).scaleb(-field.decimal_places)), "f")
    return _plain(value)


def _digest(facts: Any) -> str:
    text = json.dumps(_same_everywhere(facts), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def _same_everywhere(value: Any) -> Any:
    """PostgreSQL gives a whole number that was stored as 1e16 back as an integer, SQLite as it was."""
    if isinstance(value, float) and value.is_integer():
        return int(value)
    if isinstance(value, Mapping):
        return {key: _same_everywhere(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_same_everywhere(inner) for inner in value]
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat(timespec="microseconds")
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, UUID | Decimal):
        return str(value)
    if isinstance(value, bytes | memoryview):
        return hashlib.sha256(bytes(value)).hexdigest()
    if isinstance(value, models.TextChoices):
        return str(value.value)
    if isinstance(value, models.fields.files.FieldFile):
        return value.name or ""
    return value
