"""What may arrive from a phone: each app says which types of record it takes, and takes them.

    ARRIVALS = record_type(
        "passage", title=_("出入登记"), content=PassageContent, accept=accept_passages
    )

`field` decodes a batch, holds each envelope against the device's chain, and hands the rows of a type
together to its `accept`, inside one action and one transaction. An app never sees HTTP, and `field`
knows no app by name. A record type added here is on the phone's one outbox and one endpoint: there is
no second protocol.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Any
from uuid import UUID

from lianfang.book.actions import Act
from lianfang.book.models import Response

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


@dataclass(frozen=True, slots=True)
class Arrival:
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
    content: Any


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a record was not taken: a code of the reference of errors, and a sentence."""

    id: UUID
    code: str
    message: "str | StrPromise"


Accept = Callable[[Act, Response, Sender, Sequence[Arrival]], Sequence[Refusal]]
"""Stores the arrivals of one type (all that it does not refuse) and returns what it refuses."""


@dataclass(frozen=True, slots=True)
class RecordType:
    code: str
    title: "str | StrPromise"
    content: type[Any]
    """A `msgspec.Struct`: decodes, validates and documents what a record of this type carries."""
    accept: Accept


RECORD_TYPES: dict[str, RecordType] = {}


def record_type(code: str, *, title: "str | StrPromise", content: type[Any], accept: Accept) -> RecordType:
    """Declare a type of record that phones may send."""
    if code in RECORD_TYPES:
        raise ValueError(f"two types of record are called {code}")
    RECORD_TYPES[code] = RecordType(code, title, content, accept)
    return RECORD_TYPES[code]
