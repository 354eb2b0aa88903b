"""A row of a table of persons."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _

from lianfang.book.registers import new_id
from lianfang.people.importing.known import Known, RowError
from lianfang.people.models import Area, Body, DocumentNumberKind, Person, PostHeld

_SEPARATOR = re.compile(r"[、;;,,/\n]+")


@dataclass(frozen=True, slots=True)
class PersonRow:
    """A person as a row says it, number and phone sealed; `there` is who stands in the register already."""

    number: int
    person: Person
    area: Area | None
    body: Body | None
    posts: tuple[str, ...]
    there: UUID | None

    @property
    def key(self) -> object:
        """Two rows with the same key are one person: by number, else by phone, else by name and body."""
        if self.person.document_index:
            return "number", self.person.document_index
        if self.person.phone_index:
            return "phone", self.person.name, self.person.phone_index
        return "name", self.person.name, self.area and self.area.pk, self.body and self.body.pk

    @property
    def name(self) -> str:
        return self.person.name


class KnownPersons:
    """The persons of the register by number, by phone, by name and body. Two queries."""

    def __init__(self) -> None:
        self.by_key: dict[object, UUID] = {}
        bodies: dict[UUID, set[UUID | None]] = {}
        for person, body in PostHeld.objects.values_list("person_id", "body_id"):
            bodies.setdefault(person, set()).add(body)
        for pk, name, area, number, phone in Person.objects.values_list(
            "pk", "name", "area_id", "document_index", "phone_index"
        ):
            if number:
                self.by_key["number", number] = pk
            if phone:
                self.by_key["phone", name, phone] = pk
            known_at: set[UUID | None] = bodies.get(pk) or {None}
            for place in known_at:
                self.by_key["name", name, area, place] = pk


def read_person(number: int, cells: Mapping[str, str], known: Known, persons: KnownPersons) -> PersonRow:
    """Raises RowError."""
    name = cells["name"]
    if not name:
        raise RowError("name", _("请填写姓名。"))
    if len(name) > 80 or not name.isprintable():
        raise RowError("name", _("姓名请写在 80 字以内,不含不可显示的字符。"))
    area = known.area(cells.get("area", "")) or known.top
    body = known.body(cells["body"], "body") if cells.get("body") else None
    posts = tuple(dict.fromkeys(post for post in _SEPARATOR.split(cells.get("posts", "")) if post))
    if posts and body is None:
        raise RowError("body", _("写了职务,请也写明单位。"))
    if any(len(post) > 60 for post in posts):
        raise RowError("posts", _("职务请写在 60 字以内。"))
    person = Person(
        id=new_id(),
        name=name,
        area=area,
        rank=_at_most(cells, "rank", 60),
        remark=_at_most(cells, "remark", 300),
        document_kind=document_kind(cells),
    )
    try:
        person.seal_document_number(cells.get("document_number", ""))
        person.seal_phone(cells.get("phone", ""))
    except ValidationError as error:
        field = next(iter(error.error_dict))
        raise RowError(field, " ".join(error.messages)) from error
    row = PersonRow(number, person, area, body, posts, None)
    there = persons.by_key.get(row.key)
    return PersonRow(number, person, area, body, posts, there) if there else row


def _at_most(cells: Mapping[str, str], field: str, length: int) -> str:
    text = cells.get(field, "")
    if len(text) > length:
        raise RowError(field, _("请写在 %(length)d 字以内。") % {"length": length})
    return text


def document_kind(cells: Mapping[str, str]) -> str:
    """A number without a kind is an ID number; it must then have its check digit."""
    said, number = cells.get("document_kind", ""), cells.get("document_number", "")
    if not number:
        return ""
    if not said or said == "身份证":
        return DocumentNumberKind.ID_CARD
    for kind in DocumentNumberKind:
        if said in {kind.value, str(kind.label)}:
            return kind.value
    raise RowError(
        "document_kind",
        _("不认识证件类别「%(kind)s」,可写:%(known)s。")
        % {"kind": said, "known": "、".join(str(kind.label) for kind in DocumentNumberKind)},
    )
