"""Actions: the only functions that write.

    @action("receive_donation", says=_("{officer}登记了{subject}"))
    def receive_donation(act: Act, *, recipient: Body, yuan: Decimal) -> Donation:
        act.require(Right.BOOK_GIFTS, recipient)
        return act.add(Donation(recipient=recipient, …))

    receive_donation(Actor.at_desk(officer, request), recipient=…, yuan=…)

The decorator opens the transaction, gives the function an `Act` to write through, and appends the
entries of the act to the audit chain. A function that returns without having asked for a right, or
that raises, writes nothing. Validation errors are Django's `ValidationError` (with a field, a
sentence and a code); a right that is missing is `NotAllowed`; an act that is not possible as the
book stands is `Refused`, and one that somebody else has overtaken is `Conflict`.

An action may call another action of any app with `act.actor`: both are one transaction.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import wraps
from typing import TYPE_CHECKING, Any, Concatenate, ParamSpec, TypeVar
from uuid import UUID

from django.core.exceptions import ValidationError
from django.db import IntegrityError, models, transaction
from django.db.models import ProtectedError
from django.utils.translation import gettext_lazy as _
from simple_history.utils import bulk_create_with_history

from lianfang.book import audit, rows
from lianfang.book.errors import Conflict, NotAllowed, Refused, field_error
from lianfang.book.records import Record
from lianfang.book.registers import Register, new_id
from lianfang.book.rights import COUNTY, Right, Scope, Scoped
from lianfang.book.turns import in_turn

if TYPE_CHECKING:
    from django.http import HttpRequest
    from django_stubs_ext import StrPromise

    from lianfang.people.models import Officer

P = ParamSpec("P")
R = TypeVar("R")
M = TypeVar("M", bound=models.Model)
RecordType = TypeVar("RecordType", bound=Record)

_INSERT_AT_ONCE = 500

# Action code → the sentence that the audit page shows.
SENTENCES: dict[str, "str | StrPromise"] = {}


class Origin(StrEnum):
    DESK = "desk"
    PHONE = "phone"
    COMMAND_LINE = "command"
    API = "api"
    PUBLIC = "public"
    """A page for everybody: the officer is the one who opened it."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts, and from where."""

    officer: "Officer"
    origin: Origin = Origin.DESK
    address: str = ""

    @classmethod
    def at_desk(cls, request: "HttpRequest") -> "Actor":
        """The signed-in officer of a request."""
        if not request.user.is_authenticated:
            raise NotAllowed("signed_in")
        return cls(request.user, Origin.DESK, request.META.get("REMOTE_ADDR", ""))


@dataclass(slots=True)
class Clock:
    """The moments of one act. Each record written in it gets the next microsecond: records stand in
    the order in which they were written, and a correction always after what it corrects."""

    head: audit.Head
    last: datetime
    alone: bool = True
    """Whether no act has been called within the act."""

    @property
    def at(self) -> datetime:
        return self.head.at

    def next(self) -> datetime:
        self.last += timedelta(microseconds=1)
        return self.last


@dataclass(slots=True)
class Act:
    """One act in progress: the way through which an action checks and writes."""

    actor: Actor
    code: str
    clock: "Clock"
    id: UUID = field(default_factory=new_id)
    _drafts: list[audit.Draft] = field(default_factory=list)
    _lines: dict[str, list[bytes]] = field(default_factory=dict)
    _asked: bool = False

    @property
    def officer(self) -> "Officer":
        return self.actor.officer

    @property
    def at(self) -> datetime:
        """The moment of the act; acts within an act share it."""
        return self.clock.at

    def require(self, right: Right, *on: Scoped | Scope) -> None:
        """The officer holds `right` on each of `on` (on the whole county if none is named).

        Raises NotAllowed.
        """
        self._asked = True
        reach = self.officer.reach(right)
        for thing in on or (COUNTY,):
            if not reach.covers(thing if isinstance(thing, Scope) else thing.scope()):
                raise NotAllowed(right)

    def require_any(self, right: Right, *on: Scoped | Scope) -> None:
        """The officer holds `right` on at least one of `on`. Raises NotAllowed."""
        self._asked = True
        reach = self.officer.reach(right)
        if not any(reach.covers(thing if isinstance(thing, Scope) else thing.scope()) for thing in on):
            raise NotAllowed(right)

    def require_one_of(self, rights: Iterable[Right], on: Scoped | Scope) -> None:
        """The officer holds at least one of `rights` on `on`. Raises NotAllowed."""
        self._asked = True
        scope = on if isinstance(on, Scope) else on.scope()
        needed = list(rights)
        if not any(self.officer.reach(right).covers(scope) for right in needed):
            raise NotAllowed(needed[0])

    def anyone(self) -> None:
        """This act needs no right: every signed-in officer may do it to what is the officer's own."""
        self._asked = True

    def add(self, subject: M) -> M:
        """Validate and insert a register line or a record. Raises ValidationError."""
        self._receive(subject)
        subject.full_clean(exclude=_set_by_the_house(subject))
        self._note_user(subject)
        subject.save(force_insert=True)
        self._drafts.append(audit.Draft.of(subject, None, audit.snapshot(subject)))
        return subject

    def add_many(self, subjects: Iterable[M], *, validated: bool = False) -> list[M]:
        """Insert many of one kind at once. `validated` says that the caller has cleaned each."""
        rows = list(subjects)
        for row in rows:
            self._receive(row)
            if not validated:
                row.full_clean(exclude=_set_by_the_house(row))
        if not rows:
            return rows
        model = type(rows[0])
        if isinstance(rows[0], Register):
            bulk_create_with_history(
                rows, model, batch_size=_INSERT_AT_ONCE, default_user=self.officer, default_date=self.at
            )
        else:
            model._base_manager.bulk_create(rows, batch_size=_INSERT_AT_ONCE)
        self._drafts.extend(audit.Draft.of(row, None, audit.snapshot(row)) for row in rows)
        return rows

    def add_rows(self, model: type[Record], values: Sequence[rows.Row]) -> None:
        """Insert rows of a batch, as `book.rows` describes them, already validated.

        They stand in the audit log by their digest, in the entry of the batch: see `add_batch`.
        """
        if not values:
            return
        rows.insert_rows(model, values)
        self._lines.setdefault(model._meta.label_lower, []).extend(map(rows.line_of, values))

    def add_batch(self, batch: RecordType) -> RecordType:
        """Insert the batch that brought the rows of this act: one entry, with the digests of all rows."""
        rows.insert_rows(type(batch), [tuple(getattr(batch, name) for name in rows.columns_of(type(batch)))])
        facts = {
            label: {"count": len(lines), "digest": rows.digest_of_lines(lines)}
            for label, lines in sorted(self._lines.items())
        }
        draft = audit.Draft.of(batch, None, audit.snapshot(batch))
        self._drafts.append(replace(draft, values={**draft.values, "rows": facts}))
        self._lines = {}
        return batch

    def change(self, line: M, **values: Any) -> M:
        """Set these values on a register line, validate and save what differs.

        Raises ValidationError, and Conflict when the line has changed since it was read: saving it
        would undo what somebody else has done.
        """
        if isinstance(line, Record):
            raise TypeError("a record is corrected, not changed")
        seen = audit.snapshot(line)
        for name, value in values.items():
            setattr(line, name, value)
        new = audit.snapshot(line)
        # A value that the line had already been given before is no sign of a stale line.
        given = {name for name in values if new.get(name) == seen.get(name)}
        old = self._stored_as_seen(line, {name: seen[name] for name in seen if name not in given})
        personal: frozenset[str] = getattr(line, "personal", frozenset())
        changed = [name for name in new if new[name] != old[name] or (name in personal and name in values)]
        if not changed:
            return line
        _hold_storable(line)
        line.full_clean(exclude=_set_by_the_house(line))
        self._note_user(line)
        line.save()
        self._drafts.append(
            audit.Draft.of(line, {name: old[name] for name in changed}, {name: new[name] for name in changed})
        )
        return line

    def correct(self, old: RecordType, reason: str, /, **values: Any) -> RecordType:
        """Add a record that replaces `old` in what is read: its values, but for those given.

        Raises Conflict when `old` has been corrected meanwhile, ValidationError when the new values
        are not valid or no reason is given.
        """
        if not reason.strip():
            raise ValidationError(
                {"correction_reason": ValidationError(_("请写明更正原因。"), code="required")}
            )
        if type(old)._base_manager.filter(corrects=old).exists():
            raise Conflict
        kept = {
            f.attname: getattr(old, f.attname)
            for f in old._meta.concrete_fields
            if f.name not in _NOT_CARRIED_OVER
        }
        new = type(old)(
            **kept,
            corrects=old,
            written_by=self.officer,
            written_at=self.at,
            correction_reason=reason,
        )
        for name, value in values.items():
            setattr(new, name, value)
        self._receive(new)
        new.full_clean(exclude=_set_by_the_house(new))
        try:
            with transaction.atomic():
                new.save(force_insert=True)
        except IntegrityError as error:
            raise Conflict from error
        before, after = audit.snapshot(old), audit.snapshot(new)
        changed = [name for name in after if after[name] != before[name]]
        self._drafts.append(
            audit.Draft.of(new, {n: before[n] for n in changed}, {n: after[n] for n in changed})
        )
        return new

    def withdraw(self, old: RecordType, reason: str) -> RecordType:
        """Add a correction which says that `old` does not count. Raises as `correct`."""
        return self.correct(old, reason, withdrawn=True)

    def strike(self, line: models.Model) -> None:
        """Take a register line out; its history stays. Raises Refused if something refers to it."""
        if isinstance(line, Record):
            raise TypeError("a record is withdrawn, not struck")
        draft = audit.Draft.of(line, audit.snapshot(line), {})
        self._note_user(line)
        try:
            line.delete()
        except ProtectedError as error:
            raise Refused(_("已有其他记录引用,不能删除。"), "still_referred_to") from error
        self._drafts.append(draft)

    def note(self, subject: models.Model, **facts: Any) -> None:
        """Leave an entry about something that changes no row: sent, printed, looked up."""
        self._drafts.append(audit.Draft.of(subject, None, facts))

    def _stored_as_seen(self, line: models.Model, seen: Mapping[str, Any]) -> dict[str, Any]:
        """The stored values of a line, which are those `seen`. Raises Conflict if they are not.

        Acts follow one another, so what is read here stays so until the act ends.
        """
        stored = type(line)._base_manager.filter(pk=line.pk).first()
        if stored is None:
            raise Conflict
        values = audit.snapshot(stored)
        # Sealed values are set on the line before it is changed, and differ each time they are sealed.
        aside: frozenset[str] = _SET_BY_SIGNING_IN | getattr(line, "personal", frozenset())
        if any(values[name] != seen[name] for name in seen if name not in aside):
            raise Conflict
        return values

    def _receive(self, subject: models.Model) -> None:
        if isinstance(subject, Record):
            subject.received_at = self.clock.next()
        _hold_storable(subject)

    def _note_user(self, subject: models.Model) -> None:
        if isinstance(subject, Register):
            subject._history_user = self.officer  # type: ignore[attr-defined]
            subject._history_date = self.at  # type: ignore[attr-defined]

    def _close(self) -> None:
        if not self._asked:
            raise AssertionError(f"the action {self.code} has not asked for a right")
        if self._lines:
            raise AssertionError(f"the action {self.code} has added rows without their batch")
        if not self._drafts:
            return
        stamp = audit.Stamp(
            act=self.id,
            action=self.code,
            at=self.at,
            officer_id=self.officer.pk,
            officer_name=str(self.officer),
            origin=self.actor.origin,
            address=self.actor.address,
        )
        audit.append(self.clock.head if self.clock.alone else None, stamp, self._drafts, self.clock.last)


_SET_BY_SIGNING_IN = frozenset({"last_login"})
_NOT_CARRIED_OVER = {
    "id",
    "corrects",
    "written_by",
    "written_at",
    "received_at",
    "correction_reason",
    "device",
    "device_sequence",
    "upload",
    "envelope",
}


def action(
    code: str, *, says: "str | StrPromise"
) -> Callable[[Callable[Concatenate[Act, P], R]], Callable[Concatenate[Actor, P], R]]:
    """Make a function an action. `says` is its sentence on the audit page: {officer}, {subject}."""
    if code in SENTENCES:
        raise ValueError(f"two actions are called {code}")
    SENTENCES[code] = says

    def decorate(function: Callable[Concatenate[Act, P], R]) -> Callable[Concatenate[Actor, P], R]:
        @wraps(function)
        def run(actor: Actor, /, *args: P.args, **kwargs: P.kwargs) -> R:
            with in_turn(), transaction.atomic(), _clock_of_the_act() as clock:
                act = Act(actor, code, clock)
                result = function(act, *args, **kwargs)
                act._close()
            return result

        return run

    return decorate


# The clock of the outermost act in progress: acts within it are one act with it.
_CLOCK: ContextVar[Clock | None] = ContextVar("clock of the act", default=None)


@contextmanager
def _clock_of_the_act() -> Iterator[Clock]:
    outer = _CLOCK.get()
    if outer is not None:
        outer.alone = False
        yield outer
        return
    head = audit.lock()
    clock = Clock(head, head.at)
    token = _CLOCK.set(clock)
    try:
        yield clock
    finally:
        _CLOCK.reset(token)


def _hold_storable(subject: models.Model) -> None:
    """Refuse texts with characters that not every database keeps: NUL, half of a surrogate pair.

    Raises ValidationError at the field.
    """
    for column in subject._meta.concrete_fields:
        value = getattr(subject, column.attname)
        if not (value is None or isinstance(value, _NEVER_UNSTORABLE) or _is_storable(value)):
            raise field_error(column.name, _("含有无法保存的字符,请从原文重新复制。"), "unstorable_text")


_NEVER_UNSTORABLE = (int, float, Decimal, UUID, date, bytes)


def _is_storable(value: Any) -> bool:
    if isinstance(value, str):
        # An ASCII text cannot hold half of a pair; asking is much quicker than encoding.
        return "\x00" not in value and (value.isascii() or _encodes(value))
    if isinstance(value, Mapping):
        return all(_is_storable(key) and _is_storable(inner) for key, inner in value.items())
    if isinstance(value, list | tuple):
        return all(map(_is_storable, value))
    return True


def _encodes(text: str) -> bool:
    try:
        text.encode()
    except UnicodeEncodeError:
        return False
    return True


def _set_by_the_house(subject: models.Model) -> set[str]:
    """Fields that need no check at the door: the id is ours, the root may be the row itself."""
    excluded = {"id", "history"}
    if isinstance(subject, Record):
        excluded |= {"root", "written_by", "response", "rule_profile"}
    return excluded
