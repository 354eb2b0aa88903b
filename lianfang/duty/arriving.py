"""What phones on duty send: who came and left, and how a post was handed over.

A scanned code must be of a spot of this place. A handover without both signatures is refused: it is no
handover.
"""

import re
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act
from lianfang.book.arriving import Arrival, Corrections, Refusal, RowMaker, Sender, record_type
from lianfang.book.models import Response
from lianfang.duty.models import Attendance, DutyMember, DutyPost, Handover
from lianfang.places.models import Spot

Short = Annotated[str, msgspec.Meta(max_length=40)]
Long = Annotated[str, msgspec.Meta(max_length=500)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
Point = Annotated[int, msgspec.Meta(ge=0, le=1000)]
Line = Annotated[list[Point], msgspec.Meta(max_length=600)]
Drawn = Annotated[list[Line], msgspec.Meta(max_length=40)]
Count = Annotated[int, msgspec.Meta(ge=0, le=100_000)]


class AttendanceContent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody came or left. `code` is what was scanned at the post, empty where nothing was."""

    direction: Literal["in", "out"]
    code: Annotated[str, msgspec.Meta(max_length=200)] = ""
    post: UUID | None = None
    member: UUID | None = None
    name: Short = ""
    reason: Annotated[str, msgspec.Meta(max_length=200)] = ""
    withdrawn: bool = False


class PinSigned(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Somebody signed by the shift PIN, which the phone checked: who and when. The PIN itself is nowhere."""

    id: UUID
    name: Annotated[str, msgspec.Meta(max_length=80)]
    at: Moment


class HandoverContent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A post passed on. `signed_from`, `signed_to`: the lines drawn, each x, y, x, y … from 0 to 1000; or
    `pin_from`, `pin_to`: signed by the shift PIN."""

    began_at: Moment
    handed_by: Short
    taken_by: Short
    signed_from: Drawn = []
    signed_to: Drawn = []
    pin_from: PinSigned | None = None
    pin_to: PinSigned | None = None
    shift_end: Moment | None = None
    post: UUID | None = None
    incidents: Long = ""
    open_matters: Long = ""
    still_out: Long = ""
    counted: Annotated[dict[Short, Count], msgspec.Meta(max_length=30)] = {}
    reason: Annotated[str, msgspec.Meta(max_length=200)] = ""
    withdrawn: bool = False


def accept_attendances(
    act: Act, response: Response, sender: Sender, arrivals: Sequence[Arrival]
) -> Sequence[Refusal]:
    refusals: list[Refusal] = []
    codes = {code_in(arrival.content.code) for arrival in arrivals} - {""}
    spots = {spot.code: spot for spot in Spot.objects.filter(code__in=codes)}
    posts = _places_of(DutyPost, (arrival.content.post for arrival in arrivals))
    members = _places_of(DutyMember, (arrival.content.member for arrival in arrivals))
    corrections = Corrections(Attendance, arrivals)
    make = RowMaker(Attendance, act, response, sender)
    rows = []
    for arrival in arrivals:
        content: AttendanceContent = arrival.content
        code = code_in(content.code)
        refusal = corrections.refusal_of(arrival)
        refusal = refusal or _not_here(arrival.id, sender, (content.post, posts), (content.member, members))
        if code and code not in spots:
            refusal = Refusal(arrival.id, "unknown_spot", _("没有这个点位码。"))
        elif code and spots[code].place_id != sender.place_id:
            refusal = Refusal(arrival.id, "other_place", _("这是另一个场所的点位码。"))
        elif not content.member and not content.name.strip():
            refusal = refusal or Refusal(arrival.id, "nobody_named", _("没有写明是谁。"))
        if refusal is not None:
            refusals.append(refusal)
            continue
        values = {
            "place_id": sender.place_id,
            "post_id": content.post,
            "spot_id": spots[code].pk if code else None,
            "member_id": content.member,
            "name": content.name.strip(),
            "direction": content.direction,
        }
        rows.append(make(arrival, corrections.take(arrival), values))
    act.add_rows(Attendance, [make.tuple_of(row) for row in rows])
    return refusals


def accept_handovers(
    act: Act, response: Response, sender: Sender, arrivals: Sequence[Arrival]
) -> Sequence[Refusal]:
    refusals: list[Refusal] = []
    posts = _places_of(DutyPost, (arrival.content.post for arrival in arrivals))
    corrections = Corrections(Handover, arrivals)
    make = RowMaker(Handover, act, response, sender)
    rows = []
    for arrival in arrivals:
        content: HandoverContent = arrival.content
        refusal = corrections.refusal_of(arrival) or _not_here(arrival.id, sender, (content.post, posts))
        if not content.withdrawn and not _both_signed(content):
            refusal = refusal or Refusal(arrival.id, "signature_missing", _("交班人、接班人都要签字。"))
        if not content.handed_by.strip() or not content.taken_by.strip():
            refusal = refusal or Refusal(arrival.id, "nobody_named", _("没有写明是谁。"))
        if refusal is not None:
            refusals.append(refusal)
            continue
        values = {
            "place_id": sender.place_id,
            "post_id": content.post,
            "spot_id": sender.spot_id,
            "began_at": content.began_at.astimezone(UTC),
            "shift_end": content.shift_end.astimezone(UTC) if content.shift_end else None,
            "handed_by": content.handed_by.strip(),
            "taken_by": content.taken_by.strip(),
            "signatures": _signatures(content),
            "incidents": content.incidents,
            "open_matters": content.open_matters,
            "still_out": content.still_out,
            "counted": content.counted,
        }
        rows.append(make(arrival, corrections.take(arrival), values))
    act.add_rows(Handover, [make.tuple_of(row) for row in rows])
    return refusals


record_type(
    "attendance", title=_("考勤"), model=Attendance, content=AttendanceContent, accept=accept_attendances
)
record_type("handover", title=_("交接班"), model=Handover, content=HandoverContent, accept=accept_handovers)


def code_in(scanned: str) -> str:
    """The code of a spot in what was scanned: LS1:ABCDEFGHJK, an address that ends in it, or the code."""
    return re.split(r"[/:#]", scanned.strip())[-1].upper()


def _both_signed(content: HandoverContent) -> bool:
    """Each of the two has drawn something, or signed by the PIN that stands for that very name."""
    return all(
        _drawn(lines) or (pin is not None and pin.name.strip() == name.strip())
        for lines, pin, name in (
            (content.signed_from, content.pin_from, content.handed_by),
            (content.signed_to, content.pin_to, content.taken_by),
        )
    )


def _signatures(content: HandoverContent) -> dict[str, Any]:
    found: dict[str, Any] = {"from": content.signed_from, "to": content.signed_to}
    for side, pin in (("from_pin", content.pin_from), ("to_pin", content.pin_to)):
        if pin is not None:
            found[side] = {"id": str(pin.id), "name": pin.name, "at": pin.at.astimezone(UTC).isoformat()}
    return found


def _drawn(lines: list[list[int]]) -> bool:
    """Somebody has drawn something: a few points, not a touch by mistake."""
    return sum(len(line) for line in lines) >= 8 and all(len(line) % 2 == 0 for line in lines)


def _not_here(id: UUID, sender: Sender, *named: tuple[UUID | None, dict[UUID, UUID]]) -> Refusal | None:
    for one, places in named:
        if one is not None and places.get(one) != sender.place_id:
            return Refusal(id, "other_place", _("这是另一个场所的岗位或人员。"))
    return None


def _places_of(model: type[Any], ids: Iterable[UUID | None]) -> dict[UUID, UUID]:
    wanted = {one for one in ids if one is not None}
    return dict(model.objects.filter(pk__in=wanted).values_list("pk", "place_id")) if wanted else {}
