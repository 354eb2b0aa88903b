"""A phone as a client writes it: records with their chain, batches, and the request that carries them."""

import gzip
import hashlib
import json
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from django.test import Client

from lianfang.book.registers import new_id
from lianfang.field.chains import START
from lianfang.field.signin import forget_devices

NOON = datetime(2020, 2, 10, 4, 0, tzinfo=UTC)
"""12:00 in Boxing."""


_PREVIOUS = re.compile(r'"prev":"[0-9a-f]{64}",')


def canonical(value: Any) -> str:
    """The canonical JSON of the protocol: sorted keys, no blanks, characters as they are."""
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def moment(at: datetime) -> str:
    return at.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


WALKS = frozenset({"audit_chain", "record_rows", "batches", "corrections"})
"""What `lianfang check` walks of records, however few lines of the registers a test has made."""


@dataclass(slots=True)
class Phone:
    """Writes records into its outbox, as text, and remembers the chain."""

    device: str
    token: str
    gate: str
    sequence: int = 0
    head: str = START
    outbox: list[str] = field(default_factory=list)
    guard: str = "王某某"

    def write(
        self,
        type: str,
        data: dict[str, Any],
        *,
        at: datetime = NOON,
        corrects: str | None = None,
        **envelope: Any,
    ) -> str:
        """Write a record; the id under which it will stand in the book."""
        self.sequence += 1
        facts: dict[str, Any] = {
            "id": str(new_id()),
            "type": type,
            "seq": self.sequence,
            "prev": self.head,
            "happened_at": moment(at),
            "written_at": moment(at),
            "guard": self.guard,
            "data": data,
        }
        if corrects is not None:
            facts["corrects"] = corrects
        facts.update(envelope)
        text = canonical(facts)
        self.head = hashlib.sha256(text.encode()).hexdigest()
        self.outbox.append(text)
        return str(facts["id"])

    def passes(self, *, at: datetime = NOON, tenths: int | None = None, **data: Any) -> str:
        """Somebody passes the gate: a visitor who comes in and is admitted, unless said otherwise."""
        content = {"direction": "in", "category": "visitor", "outcome": "admitted", "name": "张某某", **data}
        if tenths is not None:
            content["readings"] = [{"id": str(new_id()), "tenths": tenths, "body_site": "forehead"}]
        return self.write("passage", content, at=at)

    def batch(
        self, records: list[str] | None = None, *, sent_at: datetime | None = None, short: bool = False
    ) -> bytes:
        """The body of an upload with these records, or with all that were written.

        `short` leaves out what each says of the one before it, which must then be the one before it here.
        """
        texts = self.outbox if records is None else records
        if short:
            texts = [*texts[:1], *(_PREVIOUS.sub("", text, 1) for text in texts[1:])]
        head = {"device": self.device, "sent_at": moment(sent_at or datetime.now(UTC))}
        return (canonical(head)[:-1] + ',"records":[' + ",".join(texts) + "]}").encode()

    def send(
        self, client: Client, records: list[str] | None = None, *, compressed: bool = False, **headers: str
    ) -> dict[str, Any]:
        """Upload and give the answer back, with its HTTP status as `http`."""
        return post(client, self.token, self.batch(records), compressed=compressed, **headers)


def post(
    client: Client, token: str, body: bytes, *, compressed: bool = False, **headers: str
) -> dict[str, Any]:
    forget_devices()
    if compressed:
        body, headers["content-encoding"] = gzip.compress(body), "gzip"
    response = client.post(
        "/api/field/records",
        body,
        content_type="application/json",
        headers={"authorization": f"Bearer {token}", **headers},
    )
    told = response.json() if response["content-type"] == "application/json" else {}
    return {"http": response.status_code, **told}


def statuses(answer: dict[str, Any]) -> list[str]:
    """The answers to the records: the status, or the code where there is one."""
    return [one.get("code") or one["status"] for one in answer["results"]]


def days(count: float) -> timedelta:
    return timedelta(days=count)


def uuid_of(text: str) -> UUID:
    return UUID(text)
