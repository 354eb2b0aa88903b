"""What an inspector's phone sends: a visit with what it found, and the check of what was put right.

The phone must have been enrolled by somebody who inspects at the place. Who inspected is who is on duty on
the phone, by name; the check of a finding is by another person than found it or put it right.
"""

import base64
import binascii
from collections.abc import Iterable, Sequence
from datetime import UTC, datetime
from typing import Annotated, Any, Literal
from uuid import UUID

import msgspec
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act
from lianfang.book.arriving import Arrival, Refusal, RowMaker, Sender, record_type
from lianfang.book.models import Response
from lianfang.book.records import Source
from lianfang.book.registers import new_id
from lianfang.book.rights import Right
from lianfang.inspections.actions.inspections import answers_refused, last_alike, words_of
from lianfang.inspections.models import Checklist, ChecklistItem, Finding, Inspection, Reinspection
from lianfang.inspections.standing import Stage, Standing, found_or_rectified_by, standings_of
from lianfang.people.models import Body
from lianfang.places.models import Photo, Place
from lianfang.places.pictures import keep_picture, read_picture

Picture = Annotated[str, msgspec.Meta(max_length=400_000)]
"""A JPEG in base64, made small by the phone."""
Pictures = Annotated[list[Picture], msgspec.Meta(max_length=4)]
Moment = Annotated[datetime, msgspec.Meta(tz=True)]
Line = Annotated[str, msgspec.Meta(max_length=300)]
Name = Annotated[str, msgspec.Meta(max_length=60)]
Kind = Literal[
    "gate",
    "duty",
    "disinfection",
    "publicity",
    "screening",
    "supplies",
    "ledger",
    "dormitory",
    "other",
]


class FindingContent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A problem, with an id of its own. `deadline` is needed unless it was put right on the spot."""

    id: UUID
    text: Line
    kind: Kind
    severity: Literal["minor", "serious", "grave"]
    body: UUID
    person: Name = ""
    requirement: Line = ""
    deadline: Moment | None = None
    fixed_on_spot: bool = False
    item: UUID | None = None
    photos: Pictures = []


class InspectionContent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """An inspection with its findings. `answers`: line of the checklist → what was seen of it."""

    place: UUID
    inspectors: Annotated[str, msgspec.Meta(max_length=120)] = ""
    checklist: UUID | None = None
    answers: Annotated[dict[str, Literal["yes", "no", "not_seen"]], msgspec.Meta(max_length=200)] = {}
    summary: Annotated[str, msgspec.Meta(max_length=500)] = ""
    unannounced: bool = True
    photos: Pictures = []
    findings: Annotated[list[FindingContent], msgspec.Meta(max_length=60)] = []
    reason: Annotated[str, msgspec.Meta(max_length=200)] = ""
    withdrawn: bool = False


class ReinspectionContent(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """A finding checked again. `deadline` is the new one where it did not pass."""

    finding: UUID
    verdict: Literal["closed", "reopened"]
    text: Line = ""
    deadline: Moment | None = None
    photos: Pictures = []
    reason: Annotated[str, msgspec.Meta(max_length=200)] = ""
    withdrawn: bool = False


def accept_inspections(
    act: Act, response: Response, sender: Sender, arrivals: Sequence[Arrival]
) -> Sequence[Refusal]:
    desk = _Desk(act, response, arrivals)
    make, make_finding = (RowMaker(model, act, response, sender) for model in (Inspection, Finding))
    refusals, rows, found = [], [], []
    for arrival in arrivals:
        content: InspectionContent = arrival.content
        try:
            desk.hold(arrival)
            pictures = desk.pictures_of(arrival, content.place, content.photos)
            of_findings = [desk.pictures_of(arrival, content.place, one.photos) for one in content.findings]
        except _RefusedHere as error:
            refusals.append(Refusal(arrival.id, error.code, error.message))
            continue
        desk.taken.update(one.id for one in content.findings)
        place = desk.places[content.place]
        row = make(
            arrival,
            arrival.id,
            {
                "place_id": place.pk,
                "inspected_body_id": place.body_id,
                "team_id": None,
                "inspectors": _inspectors(arrival)[:120],
                "unannounced": content.unannounced,
                "checklist_id": content.checklist,
                "answers": dict(content.answers),
                "summary": content.summary.strip(),
                "photos": pictures,
            },
        )
        rows.append(row)
        for one, kept in zip(content.findings, of_findings, strict=True):
            item = desk.items.get(one.item) if one.item else None
            repeats = last_alike(response, arrival.id, place.pk, one.body, one.kind, item)
            found.append(
                make_finding(
                    arrival,
                    one.id,
                    {
                        "id": one.id,
                        "inspection_id": arrival.id,
                        "item_id": one.item,
                        "text": words_of(one.text, item),
                        "kind": one.kind,
                        "severity": one.severity,
                        "responsible_body_id": one.body,
                        "responsible_person": one.person.strip(),
                        "requirement": one.requirement.strip(),
                        "deadline": None if one.fixed_on_spot else _in_utc(one.deadline),
                        "fixed_on_spot": one.fixed_on_spot,
                        "photos": kept,
                        "repeats_id": repeats.pk if repeats else None,
                        "device_sequence": None,
                        "envelope": None,
                    },
                )
            )
    act.add_rows(Inspection, [make.tuple_of(row) for row in rows])
    act.add_rows(Finding, [make_finding.tuple_of(row) for row in found])
    return refusals


def accept_reinspections(
    act: Act, response: Response, sender: Sender, arrivals: Sequence[Arrival]
) -> Sequence[Refusal]:
    make = RowMaker(Reinspection, act, response, sender)
    refusals, rows = [], []
    known = standings_of({arrival.content.finding for arrival in arrivals})
    reach = act.officer.reach(Right.INSPECT)
    done: set[UUID] = set()
    for arrival in arrivals:
        content: ReinspectionContent = arrival.content
        standing = known.get(content.finding)
        try:
            if standing is None or not reach.covers(standing.finding.scope()):
                raise _RefusedHere("other_place", _("没有这个问题,或这部手机管不到。"))
            _hold_reinspection(arrival, standing, done)
            kept = _keep_pictures(act, response, arrival, standing.finding.inspection.place, content.photos)
        except _RefusedHere as error:
            refusals.append(Refusal(arrival.id, error.code, error.message))
            continue
        done.add(content.finding)
        measures = standing.rectification
        values = {
            "finding_id": standing.finding.root_id,
            "rectification_id": measures.pk if measures else None,
            "verdict": content.verdict,
            "text": content.text.strip(),
            "deadline": _in_utc(content.deadline) if content.verdict == "reopened" else None,
            "photos": kept,
        }
        rows.append(make(arrival, arrival.id, values))
    act.add_rows(Reinspection, [make.tuple_of(row) for row in rows])
    return refusals


class _RefusedHere(Exception):
    def __init__(self, code: str, message: Any) -> None:
        super().__init__(code)
        self.code, self.message = code, message


class _Desk:
    """What a batch of inspections speaks of, looked up once."""

    def __init__(self, act: Act, response: Response, arrivals: Sequence[Arrival]) -> None:
        self.act, self.response = act, response
        contents: list[InspectionContent] = [arrival.content for arrival in arrivals]
        self.places = Place.objects.in_bulk({content.place for content in contents})
        self.bodies = _there(Body, (one.body for content in contents for one in content.findings))
        self.items = ChecklistItem.objects.in_bulk(
            {one.item for content in contents for one in content.findings if one.item}
        )
        lists = Checklist.objects.filter(pk__in={one.checklist for one in contents if one.checklist})
        self.lists = {one.pk: one for one in lists}
        self.taken = _there(Finding, (one.id for content in contents for one in content.findings))
        self.reach = act.officer.reach(Right.INSPECT)

    def hold(self, arrival: Arrival) -> None:
        """Raises _RefusedHere for what cannot be taken."""
        content: InspectionContent = arrival.content
        place = self.places.get(content.place)
        if place is None or not self.reach.covers(place.scope()):
            raise _RefusedHere("may_not_inspect", _("登记这部手机的人不能检查这个场所。"))
        if arrival.corrects or content.withdrawn:
            raise _RefusedHere("correct_at_desk", _("检查记录请在电脑上更正、撤销。"))
        if not _inspectors(arrival):
            raise _RefusedHere("nobody_named", _("没有写明是谁。"))
        if content.checklist and content.checklist not in self.lists:
            raise _RefusedHere("unknown_item", _("没有这份检查表。"))
        checklist = self.lists.get(content.checklist) if content.checklist else None
        if refused := answers_refused(checklist, content.answers, content.summary, len(content.findings)):
            raise _RefusedHere(*refused)
        for one in content.findings:
            self._hold_finding(arrival, one)

    def _hold_finding(self, arrival: Arrival, one: FindingContent) -> None:
        if one.id in self.taken:
            raise _RefusedHere("record_id_taken", _("其中一个问题的编号已用过。"))
        if not one.text.strip() and not one.item:
            raise _RefusedHere("required", _("没有写明是什么问题。"))
        if one.body not in self.bodies:
            raise _RefusedHere("unknown_body", _("没有这个责任单位。"))
        if one.item and one.item not in self.items:
            raise _RefusedHere("unknown_item", _("检查表中没有这一项。"))
        if one.deadline is None and not one.fixed_on_spot:
            raise _RefusedHere("deadline_missing", _("没有整改时限,也没有写当场整改。"))
        if one.deadline and one.deadline < arrival.happened_at:
            raise _RefusedHere("period_reversed", _("整改时限不能早于检查时间。"))

    def pictures_of(self, arrival: Arrival, place: UUID, pictures: Sequence[str]) -> list[str]:
        return _keep_pictures(self.act, self.response, arrival, self.places[place], pictures)


def _hold_reinspection(arrival: Arrival, standing: Standing, done: set[UUID]) -> None:
    content: ReinspectionContent = arrival.content
    if arrival.corrects or content.withdrawn:
        raise _RefusedHere("correct_at_desk", _("检查记录请在电脑上更正、撤销。"))
    if standing.stage is not Stage.TO_REINSPECT or content.finding in done:
        raise _RefusedHere("nothing_to_reinspect", _("还没有待复查的整改。"))
    name = arrival.guard_name.strip()
    if not name:
        raise _RefusedHere("nobody_named", _("没有写明是谁。"))
    if name in found_or_rectified_by(standing):
        raise _RefusedHere("same_person", _("复查须由另一人进行:不能是发现问题的人,也不能是登记整改的人。"))
    if content.verdict == "reopened" and content.deadline is None:
        raise _RefusedHere("deadline_missing", _("未通过的,请给出新的整改时限。"))


def _keep_pictures(
    act: Act, response: Response, arrival: Arrival, place: Place, pictures: Sequence[str]
) -> list[str]:
    """The ids of the photographs. Raises _RefusedHere for one that is none; nothing is written then."""
    try:
        read = [read_picture(base64.b64decode(one, validate=True)) for one in pictures]
    except (ValidationError, binascii.Error, ValueError) as error:
        raise _RefusedHere("not_a_photo", _("这不是可用的照片,请用 JPG、PNG 或 WebP。")) from error
    kept = []
    for picture in read:
        keep_picture(picture)
        photo = act.add(
            Photo(
                id=new_id(),
                response=response,
                place=place,
                digest=picture.digest,
                width=picture.width,
                height=picture.height,
                happened_at=arrival.happened_at,
                written_at=arrival.written_at,
                written_by=act.officer,
                source=Source.PHONE,
            )
        )
        kept.append(str(photo.pk))
    return kept


def _inspectors(arrival: Arrival) -> str:
    return str(arrival.content.inspectors).strip() or arrival.guard_name.strip()


def _in_utc(moment: datetime | None) -> datetime | None:
    return moment.astimezone(UTC) if moment else None


def _there(model: type[Any], ids: Iterable[UUID]) -> set[UUID]:
    wanted = set(ids)
    return set(model.objects.filter(pk__in=wanted).values_list("pk", flat=True)) if wanted else set()


record_type(
    "inspection",
    title=_("督导检查"),
    model=Inspection,
    content=InspectionContent,
    accept=accept_inspections,
)
record_type(
    "reinspection",
    title=_("复查"),
    model=Reinspection,
    content=ReinspectionContent,
    accept=accept_reinspections,
)
