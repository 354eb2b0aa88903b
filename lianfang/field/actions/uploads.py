"""Receiving a batch from a phone: each record is stored, or kept with the reason why it was not taken."""

import json
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lianfang.book import rows, sealing
from lianfang.book.actions import Act, action
from lianfang.book.arriving import RECORD_TYPES, UNKNOWN_RECORD, Sender
from lianfang.book.asking import ID, MOMENT, PLAIN, Question, tell
from lianfang.book.records import Source
from lianfang.book.registers import new_id
from lianfang.field.chains import Chain, Fit
from lianfang.field.envelopes import Answer, Envelope, Letter, Result, beginning_of, letter_of
from lianfang.field.models import Device, RefusedArrival, Upload
from lianfang.field.signin import refuse_if_revoked

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

WAITING = "waiting"
"""The code of a record that was taken in, but waits for the one of which it speaks."""

_CLOCK_MAY_JUMP = timedelta(minutes=2)
_MOST_GAPS = 100
_TABLE = RefusedArrival._meta.db_table


@action("receive_upload", says=_("收到手机上传:{subject}({officer}登记的设备)"))
def receive_upload(
    act: Act, *, device: Device, sent_at: datetime, received_at: datetime, letters: Sequence[Letter]
) -> Answer:
    """Take what a phone sent; the enrolment of the device is its permission.

    All of it is one transaction: a batch is stored with its answers and its place in the chain, or not at
    all, and a phone that got no answer sends it again. Raises NotSignedIn if the device has been revoked.
    """
    act.anyone()
    state = _State(*_STATE.ask(device.pk)[0])
    refuse_if_revoked(state.revoked_at)
    post = _Post(act, device, state.chain(), received_at - sent_at)
    post.sort(letters)
    if state.waiting:
        post.fetch_waiting(received_at)
    post.look_up()
    post.accept()
    if letters:
        post.close(letters)
    chain = post.chain
    tell(
        "UPDATE field_devicechain SET next_sequence = %s, head = %s, pieces = %s, waiting = %s, "
        "last_seen_at = %s, clock_offset_ms = %s WHERE device_id = %s",
        chain.next_sequence,
        chain.head,
        json.dumps(chain.beyond),
        state.waiting + post.waiting_change,
        received_at,
        post.clock_offset_ms,
        device.pk,
    )
    return Answer(
        received_at=received_at,
        clock_offset_ms=post.clock_offset_ms,
        results=[post.results[at] for at in range(len(letters))],
        gaps=chain.gaps()[:_MOST_GAPS],
        next_seq=chain.end + 1,
    )


class _State(NamedTuple):
    """How far the chain of a device stands, and whether the device is one still."""

    next_sequence: int
    head: str
    pieces: str | list[Any]
    waiting: int
    revoked_at: datetime | None

    def chain(self) -> Chain:
        beyond = json.loads(self.pieces) if isinstance(self.pieces, str) else self.pieces
        return Chain.of(self.next_sequence, self.head, beyond)


_STATE = Question(
    "SELECT c.next_sequence, c.head, c.pieces, c.waiting, d.revoked_at FROM field_devicechain AS c "
    "JOIN field_device AS d ON d.id = c.device_id WHERE c.device_id = %s",
    (PLAIN, PLAIN, PLAIN, PLAIN, MOMENT),
)


@cache
def _there_already(table: str) -> Question:
    sql = f"SELECT id, envelope, happened_at FROM {table} WHERE id IN {{ids}}"  # noqa: S608
    return Question(sql, (ID, PLAIN, MOMENT))


@dataclass(slots=True)
class _Post:
    """A batch while it is being sorted: its letters by what becomes of them, and the answers by place."""

    act: Act
    device: Device
    chain: Chain
    clock_offset: timedelta
    upload_id: UUID = field(default_factory=new_id)
    results: dict[int, Result] = field(default_factory=dict)
    fresh: dict[UUID, tuple[int, Letter]] = field(default_factory=dict)
    """Letters that took their place now, by id."""
    known: dict[int, Letter] = field(default_factory=dict)
    """Letters whose place is taken already."""
    repeated: list[tuple[int, Envelope]] = field(default_factory=list)
    """Letters that stand in this very batch before."""
    refused: dict[int, tuple[Letter, "Why"]] = field(default_factory=dict)
    held: dict[UUID, tuple[RefusedArrival, Letter]] = field(default_factory=dict)
    """Letters of earlier batches that wait, by id."""
    clock_went_back: int = 0
    waiting_change: int = 0

    @property
    def clock_offset_ms(self) -> int:
        return round(self.clock_offset.total_seconds() * 1000)

    def sort(self, letters: Sequence[Letter]) -> None:
        """Give each letter that can be read its place in the chain, in the order of their numbers."""
        readable = []
        for at, letter in enumerate(letters):
            if letter.envelope is None:
                self.refused[at] = (letter, Why(letter.code, letter.message))
            else:
                readable.append((letter.envelope.seq, at, letter))
        readable.sort(key=lambda one: one[:2])
        before: datetime | None = None
        for sequence, at, letter in readable:
            envelope = letter.envelope
            if envelope is None:
                continue
            if before is not None and envelope.written_at < before - _CLOCK_MAY_JUMP:
                self.clock_went_back += 1
            before = envelope.written_at
            earlier = self.fresh.get(envelope.id)
            if earlier is not None:
                if earlier[1].digest == letter.digest:
                    self.repeated.append((at, envelope))
                else:
                    self.refused[at] = (letter, _id_taken())
                continue
            fit = self.chain.place(sequence, envelope.prev, letter.digest.hex())
            if fit is Fit.TAKEN:
                self.fresh[envelope.id] = (at, letter)
            elif fit is Fit.KNOWN:
                self.known[at] = letter
            else:
                self.refused[at] = (letter, Why("chain_broken", _("与这部手机前后的记录对不上。")))

    def fetch_waiting(self, received_at: datetime) -> None:
        lines = RefusedArrival.objects.current().filter(phone=self.device, code=WAITING)
        for line in lines.order_by("device_sequence"):
            raw = sealing.unseal(line.content, sealing.Place(_TABLE, str(line.pk), "content"))
            letter = letter_of(raw.encode(), received_at, beginning_of(self.device.response))
            if letter.arrival is not None:
                self.held[letter.arrival.id] = (line, letter)

    def look_up(self) -> None:
        """Answer the letters whose id is in the book, and those that came before and were refused."""
        wanted: dict[str, list[UUID]] = defaultdict(list)
        for letter in [*(letter for _at, letter in self.fresh.values()), *self.known.values()]:
            if letter.envelope is not None and letter.envelope.type in RECORD_TYPES:
                wanted[letter.envelope.type].append(letter.envelope.id)
        there: dict[UUID, tuple[bytes, datetime | None]] = {}
        for code, ids in wanted.items():
            for pk, envelope, happened_at in _there_already(RECORD_TYPES[code].model._meta.db_table).of(ids):
                there[pk] = (bytes(envelope or b""), happened_at)
        for pk in there.keys() & self.fresh.keys():
            at, letter = self.fresh.pop(pk)
            self._answer_there(at, letter, there[pk])
        unexplained = {}
        for at, letter in self.known.items():
            if letter.envelope is not None and letter.envelope.id in there:
                self._answer_there(at, letter, there[letter.envelope.id])
            else:
                unexplained[at] = letter
        self._answer_refused_before(unexplained)

    def accept(self) -> None:
        """Hand the fresh letters and those that waited to the apps, a type at a time."""
        offers: dict[str, list[Letter]] = defaultdict(list)
        for at, letter in self.fresh.values():
            if letter.arrival is None:
                self.refused[at] = (letter, Why(letter.code, letter.message))
            elif letter.envelope is not None:
                offers[letter.envelope.type].append(letter)
        for _line, letter in self.held.values():
            if letter.envelope is not None:
                offers[letter.envelope.type].append(letter)
        sender = Sender(
            device_id=self.device.pk,
            device_name=self.device.name,
            place_id=self.device.place_id,
            spot_id=self.device.spot_id,
            upload_id=self.upload_id,
            clock_offset_ms=self.clock_offset_ms,
        )
        refusals: dict[UUID, Why] = {}
        for code, kind in RECORD_TYPES.items():
            arrivals = [letter.arrival for letter in offers.get(code, ()) if letter.arrival is not None]
            if not arrivals:
                continue
            arrivals.sort(key=lambda arrival: arrival.sequence)
            for refusal in kind.accept(self.act, self.device.response, sender, arrivals):
                refusals[refusal.id] = Why(refusal.code, refusal.message)
        for pk, (at, letter) in self.fresh.items():
            if letter.arrival is None:
                continue
            if refusals and pk in refusals:
                self.refused[at] = (letter, self._now_or_later(letter, refusals[pk]))
            else:
                self.results[at] = Result(pk, letter.arrival.sequence, "stored")
        self._release(refusals)

    def close(self, letters: Sequence[Letter]) -> None:
        """Keep what was refused, answer what is left, and write down the upload."""
        self._keep_refused()
        for at, envelope in self.repeated:
            self._answer_repeated(at, envelope)
        said = [result.status for result in self.results.values()]
        numbers = [letter.envelope.seq for letter in letters if letter.envelope is not None]
        upload = Upload(
            id=self.upload_id,
            phone=self.device,
            first_sequence=min(numbers, default=None),
            last_sequence=max(numbers, default=None),
            stored=said.count("stored"),
            already_there=said.count("already_there"),
            refused=said.count("refused"),
            clock_offset_ms=self.clock_offset_ms,
            clock_went_back=self.clock_went_back,
            happened_at=self.act.at,
            **self._header(),
        )
        self.act.add_batch(upload)

    def _answer_there(self, at: int, letter: Letter, found: tuple[bytes, datetime | None]) -> None:
        envelope, happened_at = found
        same = envelope == letter.digest or (
            letter.envelope is not None and letter.envelope.happened_at == happened_at
        )
        if same and letter.envelope is not None:
            self.results[at] = Result(letter.envelope.id, letter.envelope.seq, "already_there")
        else:
            self.refused[at] = (letter, _id_taken())

    def _answer_refused_before(self, unexplained: Mapping[int, Letter]) -> None:
        before = _refused_before(self.device, unexplained.values())
        for at, letter in unexplained.items():
            line = before.get(letter.digest)
            if line is not None:
                self.results[at] = _answer_again(letter, line)
            else:
                self.refused[at] = (letter, Why("sequence_taken", _("这个序号已有另一条记录。")))

    def _answer_repeated(self, at: int, envelope: Envelope) -> None:
        first = self.results[self.fresh[envelope.id][0]] if envelope.id in self.fresh else None
        if first is not None and first.status == "refused":
            self.results[at] = first
        else:
            self.results[at] = Result(envelope.id, envelope.seq, "already_there")

    def _now_or_later(self, letter: Letter, why: "Why") -> "Why":
        """A record that speaks of one which may still be on its way waits for it."""
        early = letter.envelope is not None and self.chain.next_sequence <= letter.envelope.seq
        if why.code == UNKNOWN_RECORD and early:
            return Why("waiting", _("所更正或补充的记录还没有到,到了即入账。"))
        return why

    def _release(self, refusals: Mapping[UUID, "Why"]) -> None:
        """Take the letters that waited off the list, or say why they are refused for good."""
        for pk, (line, letter) in self.held.items():
            why = self._now_or_later(letter, refusals[pk]) if pk in refusals else None
            if why is not None and why.code == WAITING:
                continue
            self.waiting_change -= 1
            reason = _("所等的记录没有到") if why else _("所等的记录已到,已入账")
            later = self._refused_line(
                letter,
                why or Why(line.code, line.message),
                corrects=line,
                withdrawn=why is None,
                correction_reason=str(reason),
            )
            self._add_refused([later])

    def _keep_refused(self) -> None:
        before = _refused_before(self.device, (letter for letter, _why in self.refused.values()))
        lines = []
        for at, (letter, why) in self.refused.items():
            line = before.get(letter.digest)
            if line is not None:
                self.results[at] = _answer_again(letter, line)
                continue
            waits = why.code == WAITING
            self.waiting_change += waits
            self.results[at] = _result(letter, "stored" if waits else "refused", why.code, str(why.message))
            line = self._refused_line(letter, why)
            before[letter.digest] = line
            lines.append(line)
        self._add_refused(lines)

    def _refused_line(self, letter: Letter, why: "Why", **changes: Any) -> RefusedArrival:
        envelope = letter.envelope
        line = RefusedArrival(
            phone=self.device,
            record_id=str(envelope.id) if envelope else "",
            record_type=envelope.type if envelope and letter.code != "unstorable_text" else "",
            happened_at=letter.arrival.happened_at if letter.arrival else None,
            device_sequence=envelope.seq if envelope else None,
            guard_name=envelope.guard if envelope and letter.code != "unstorable_text" else "",
            upload=self.upload_id,
            envelope=letter.digest,
            **self._header(),
            code=why.code,
            message=str(why.message)[:300],
            **changes,
        )
        text = letter.raw.decode("utf-8", "replace")
        line.content = sealing.seal(text, sealing.Place(_TABLE, str(line.pk), "content"))
        return line

    def _add_refused(self, lines: Sequence[RefusedArrival]) -> None:
        names = rows.columns_of(RefusedArrival)
        self.act.add_rows(RefusedArrival, [tuple(getattr(line, name) for name in names) for line in lines])

    def _header(self) -> dict[str, Any]:
        return {
            "response": self.device.response,
            "written_at": self.act.at,
            "received_at": self.act.clock.next(),
            "written_by": self.device.officer,
            "device": str(self.device.pk),
            "source": Source.PHONE.value,
        }


class Why(NamedTuple):
    """Why a record was not taken: a code of the reference of errors, and a sentence."""

    code: str
    message: "str | StrPromise"


def _id_taken() -> Why:
    return Why("record_id_taken", _("这个编号已是另一条记录。"))


def _result(letter: Letter, status: str, code: str = "", message: str = "") -> Result:
    envelope = letter.envelope
    if envelope is None:
        return Result(None, None, status, code, message)
    return Result(envelope.id, envelope.seq, status, code, message)


def _refused_before(device: Device, letters: Iterable[Letter]) -> dict[bytes, RefusedArrival]:
    """The newest line about each of these letters, if the very same bytes came before and were not taken."""
    digests = [letter.digest for letter in letters]
    if not digests:
        return {}
    lines = RefusedArrival._base_manager.filter(phone=device, envelope__in=digests).order_by("received_at")
    return {bytes(line.envelope): line for line in lines if line.envelope is not None}


def _answer_again(letter: Letter, line: RefusedArrival) -> Result:
    if line.code == WAITING:
        return _result(letter, "already_there", WAITING)
    return _result(letter, "refused", line.code, line.message)
