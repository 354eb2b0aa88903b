"""Phones that write for a week, and a network that does everything to their uploads; all from one seed.

`write_week` fills the outboxes, `deliver` brings them to the server: in batches of any size and order,
twice, cut off, mixed with garbage, days late, with answers that get lost and a server that fails midway in
a batch. `state_of_book` is what must be the same in the end, whatever happened on the way.
"""

import random
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any
from unittest.mock import patch

from lianfang.book.registers import new_id
from lianfang.field.tests.phones import Phone
from lianfang.gates.models import HealthIncident, IncidentStep, Passage, Temperature
from lianfang.gates.queries.judgements import judgements_of

Post = Callable[[str, bytes], dict[str, Any]]
"""Sends a body under a token; gives the answer with its HTTP status as `http`, or {"http": 500}."""
Die = Callable[[str, bytes], None]
"""Sends a body to a server that dies in the middle of it, and sees to another one."""


@dataclass(slots=True)
class Faults:
    """What was done to the uploads, counted."""

    batches: int = 0
    repeated: int = 0
    cut_off: int = 0
    garbage: int = 0
    failed_midway: int = 0
    under_a_false_name: int = 0
    records_sent: int = 0
    refused: list[str] = field(default_factory=list)


def write_week(
    phones: Sequence[Phone],
    households: Sequence[tuple[str, Sequence[str]]],
    records: int,
    begin: datetime,
    chance: random.Random,
    days: int = 7,
) -> None:
    """Fill the outboxes with `records` records over a week. Clocks jump by a day now and then."""
    step = timedelta(days=days) / records
    own: dict[str, list[tuple[str, dict[str, Any], datetime]]] = {phone.device: [] for phone in phones}
    for index in range(records):
        phone = chance.choice(phones)
        jump = timedelta(days=chance.choice((-1, 1))) if chance.random() < 0.02 else timedelta()
        at = begin + index * step + jump
        _write_one(phone, households, own[phone.device], at, chance)


def _write_one(
    phone: Phone,
    households: Sequence[tuple[str, Sequence[str]]],
    own: list[tuple[str, dict[str, Any], datetime]],
    at: datetime,
    chance: random.Random,
) -> None:
    kind = chance.random()
    if kind < 0.06 and own:
        place = chance.randrange(max(0, len(own) - 20), len(own))
        newest, data, happened_at = own.pop(place)
        again = {**data, "reason": "登记有误"}
        again.pop("readings", None)
        if chance.random() < 0.5:
            phone.write("passage", {**again, "withdrawn": True}, at=happened_at, corrects=newest)
            return
        again["direction"] = "in" if data["direction"] == "out" else "out"
        own.append((phone.write("passage", again, at=happened_at, corrects=newest), again, happened_at))
        return
    if kind < 0.10 and own:
        phone.write("temperature", {"encounter": own[-1][0], "tenths": chance.randint(360, 379)}, at=at)
        return
    if kind < 0.12:
        incident = phone.write("incident", {"name": "某某"}, at=at)
        phone.write("incident_step", {"incident": incident, "kind": "leader_told"}, at=at)
        return
    household, persons = chance.choice(households)
    data = {
        "direction": chance.choice(("in", "out")),
        "category": "resident",
        "household": household,
        "person": chance.choice(persons),
        "outcome": "admitted",
        "facts": {"identity": "register"},
        "readings": [{"id": str(new_id()), "tenths": chance.randint(358, 371), "body_site": "forehead"}],
    }
    own.append((phone.write("passage", data, at=at), data, at))


def deliver(
    phones: Sequence[Phone], post: Post, die: Die, chance: random.Random, largest: int = 300
) -> Faults:
    """Bring all that the phones wrote to the server through such a network. Ends when all is answered."""
    faults = Faults()
    parcels = [(phone, batch) for phone in phones for batch in _batches(phone.outbox, chance, largest)]
    chance.shuffle(parcels)
    while parcels:
        phone, records = parcels.pop()
        if chance.random() < 0.05:
            # The answer is lost on its way: the phone sends the same again, some time.
            parcels.insert(chance.randrange(len(parcels) + 1), (phone, records))
            faults.repeated += 1
        if chance.random() < 0.1:
            _disturb(phone, chance.choice(phones), records, post, chance, faults)
        body = phone.batch(records)
        if chance.random() < 0.05:
            faults.failed_midway += 1
            die(phone.token, body)
        answer = post(phone.token, body)
        if answer["http"] != 200:
            raise AssertionError(answer)
        faults.batches += 1
        faults.records_sent += len(records)
        faults.refused += [one["code"] for one in answer["results"] if one["status"] == "refused"]
    return faults


class ServerDied(Exception):
    """Nothing of the batch may be left."""


def dies_within(post: Post) -> Die:
    """A server that fails when all rows of the batch are in, and before they are kept."""

    def die(token: str, body: bytes) -> None:
        with patch("lianfang.field.actions.uploads._Post.close", side_effect=ServerDied):
            if post(token, body)["http"] != 500:
                raise AssertionError("a server that died has answered")

    return die


def _batches(records: Sequence[str], chance: random.Random, largest: int) -> list[list[str]]:
    found, at = [], 0
    while at < len(records):
        size = chance.randint(1, largest)
        found.append(list(records[at : at + size]))
        at += size
    for batch in found:
        if chance.random() < 0.2:
            chance.shuffle(batch)
        if chance.random() < 0.1:
            batch += batch[: len(batch) // 2 + 1]
    return found


def _disturb(
    phone: Phone, other: Phone, records: list[str], post: Post, chance: random.Random, faults: Faults
) -> None:
    body = phone.batch(records)
    kind = chance.randrange(3)
    if kind == 0:
        faults.cut_off += 1
        answer = post(phone.token, body[: chance.randrange(len(body))])
    elif kind == 1:
        faults.garbage += 1
        answer = post(phone.token, chance.randbytes(200))
    elif other.token != phone.token:
        faults.under_a_false_name += 1
        answer = post(other.token, body)
    else:
        return
    if answer["http"] not in {400, 403}:
        raise AssertionError(answer)


def state_of_book() -> dict[str, tuple[Any, ...]]:
    """What the book says in the end: every record, and of each passage that stands what the rules say."""
    found: dict[str, tuple[Any, ...]] = {}
    for passage in Passage.objects.all().iterator(chunk_size=5000):
        found[str(passage.pk)] = (
            str(passage.root_id),
            str(passage.corrects_id),
            passage.withdrawn,
            passage.happened_at,
            passage.direction,
            passage.outcome,
            str(passage.household_id),
            passage.device_sequence,
        )
    standing = list(Passage.objects.current().filter(withdrawn=False))
    for start in range(0, len(standing), 500):
        part = standing[start : start + 500]
        for pk, judgement in judgements_of(part).items():
            found[str(pk)] += (judgement.outcome, judgement.reasons, judgement.differs)
    for model in (Temperature, HealthIncident, IncidentStep):
        for pk, root, happened_at in model.objects.values_list("pk", "root", "happened_at"):
            found[str(pk)] = (model.__name__, str(root), happened_at)
    return found
