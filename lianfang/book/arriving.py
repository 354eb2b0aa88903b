"""What may arrive from a phone: each app says which types of record it takes, and takes them.

    record_type(
        "passage", title=_("出入登记"), model=Passage, content=PassageContent, accept=accept_passages
    )

`field` decodes a batch, holds each envelope against the device's chain, and hands the rows of a type
together to its `accept`, inside one action and one transaction. An app never sees HTTP, and `field`
knows no app by name. A record type added here is on the phone's one outbox and one endpoint: there is
no second protocol.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from operator import itemgetter
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act
from lianfang.book.models import Response
from lianfang.book.records import FieldRecord, Source
from lianfang.book.rows import columns_of

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise


@dataclass(frozen=True, slots=True)
class Sender:
    """From where a batch comes: the device, its spot and place, and who enrolled it."""

    device_id: UUID
    device_name: str
    place_id: UUID
    spot_id: UUID
    upload_id: UUID
    clock_offset_ms: int


class Arrival(NamedTuple):
    """One record as it arrived. `content` is a value of the type's content class.

    `happened_at` and `written_at` are the device's own times (UTC); `corrects` is the id of the record
    that it corrects, whose `reason` then stands in the content.
    """

    id: UUID
    sequence: int
    happened_at: datetime
    written_at: datetime
    guard_name: str
    corrects: UUID | None
    envelope: bytes
    """SHA-256 of the very bytes that the phone sent."""
    content: Any


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a record was not taken: a code of the reference of errors, and a sentence."""

    id: UUID
    code: str
    message: "str | StrPromise"


Accept = Callable[[Act, Response, Sender, Sequence[Arrival]], Sequence[Refusal]]
"""Stores the arrivals of one type (all that it does not refuse) and returns what it refuses.

They come in the order of their sequence. None of them is in the book yet; the act holds the lock under
which all writers follow one another, so that what is read here stays so until it ends.
"""

UNKNOWN_RECORD = "unknown_record"
"""The code of a refusal for now: the record speaks of one which is not in the book. It waits as long as the
device still has a gap before it, and is refused for good when there is none."""


@dataclass(frozen=True, slots=True)
class RecordType:
    code: str
    title: "str | StrPromise"
    model: type[FieldRecord]
    """The record that stands in the book under the id of the envelope."""
    content: type[Any]
    """A `msgspec.Struct`: decodes, validates and documents what a record of this type carries."""
    accept: Accept


RECORD_TYPES: dict[str, RecordType] = {}


def record_type(
    code: str,
    *,
    title: "str | StrPromise",
    model: type[FieldRecord],
    content: type[Any],
    accept: Accept,
) -> RecordType:
    """Declare a type of record that phones may send. Done in a module `arriving` of the app."""
    if code in RECORD_TYPES:
        raise ValueError(f"two types of record are called {code}")
    RECORD_TYPES[code] = RecordType(code, title, model, content, accept)
    return RECORD_TYPES[code]


class Corrections:
    """What the arrivals of one type correct: whether they may, and to which first version they belong."""

    def __init__(self, model: type[FieldRecord], arrivals: Sequence[Arrival], *carried: str) -> None:
        self._carried_columns = carried
        self._roots: dict[UUID, UUID] = {}
        self._corrected: set[UUID] = set()
        self._replaced: list[UUID] = []
        self._carried: dict[UUID, dict[str, Any]] = {}
        self._wanted = wanted = {arrival.corrects for arrival in arrivals if arrival.corrects is not None}
        if not wanted:
            return
        for pk, root, *values in model._base_manager.filter(pk__in=wanted).values_list(
            "pk", "root_id", *carried
        ):
            self._roots[pk] = root
            self._carried[pk] = dict(zip(carried, values, strict=True))
        self._corrected.update(
            model._base_manager.filter(corrects__in=wanted).values_list("corrects_id", flat=True)
        )

    def refusal_of(self, arrival: Arrival) -> Refusal | None:
        """Why this arrival cannot correct what it says it corrects. To be asked in the order of sequence."""
        old = arrival.corrects
        if old is None:
            if arrival.content.withdrawn:
                return Refusal(arrival.id, "nothing_withdrawn", _("没有写明撤销的是哪一条。"))
            return None
        if old not in self._roots:
            return Refusal(arrival.id, UNKNOWN_RECORD, _("台账里没有所更正的记录。"))
        if old in self._corrected:
            return Refusal(arrival.id, "already_corrected", _("所更正的记录已经更正过。"))
        if not arrival.content.reason.strip():
            return Refusal(arrival.id, "reason_missing", _("没有写明更正原因。"))
        return None

    def take(self, arrival: Arrival) -> UUID:
        """The first version of the line to which this arrival, which is stored now, belongs."""
        old = arrival.corrects
        root = arrival.id if old is None else self._roots[old]
        if self._wanted:
            self._roots[arrival.id] = root
        if old is not None:
            self._corrected.add(old)
            self._replaced.append(old)
        return root

    def carried(self, arrival: Arrival) -> dict[str, Any] | None:
        """The values of the record that is corrected in the columns that were asked for."""
        return None if arrival.corrects is None else self._carried.get(arrival.corrects)

    def corrected(self) -> list[dict[str, Any]]:
        """The versions corrected by what has been taken: their ids, and the columns asked for."""
        taken = {old for old in self._replaced if old in self._carried}
        return [{"id": old, **self._carried[old]} for old in taken]

    def keep(self, arrival: Arrival, values: dict[str, Any]) -> None:
        """Remember the values of a record of this batch, which the next one may correct."""
        if self._carried_columns and self._wanted:
            self._carried[arrival.id] = {name: values[name] for name in self._carried_columns}


class RowMaker:
    """Makes the rows of one model out of arrivals, for `Act.add_rows`: what the envelope says, beside the
    values of the type."""

    def __init__(self, model: type[FieldRecord], act: Act, response: Response, sender: Sender) -> None:
        self._clock = act.clock
        self._pick = itemgetter(*columns_of(model))
        self._same: dict[str, Any] = {
            "response_id": response.pk,
            "written_by_id": act.officer.pk,
            "written_for": "",
            "device": str(sender.device_id),
            "source": Source.PHONE.value,
            "source_reference": "",
            "rule_profile_id": None,
            "upload": sender.upload_id,
        }

    def __call__(self, arrival: Arrival, root: UUID, values: dict[str, Any]) -> dict[str, Any]:
        """The row: what the envelope says, and `values` over it."""
        corrects = arrival.corrects
        row = self._same.copy()
        row["id"] = arrival.id
        row["happened_at"] = arrival.happened_at
        row["written_at"] = arrival.written_at
        row["received_at"] = self._clock.next()
        row["device_sequence"] = arrival.sequence
        row["corrects_id"] = corrects
        row["root_id"] = root
        row["withdrawn"] = arrival.content.withdrawn
        row["correction_reason"] = arrival.content.reason if corrects is not None else ""
        row["guard_name"] = arrival.guard_name
        row["envelope"] = arrival.envelope
        row.update(values)
        return row

    def tuple_of(self, row: dict[str, Any]) -> tuple[Any, ...]:
        values: tuple[Any, ...] = self._pick(row)
        return values
