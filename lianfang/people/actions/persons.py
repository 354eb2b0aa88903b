"""Persons: registering them, the posts they hold, and reading what is kept sealed."""

from datetime import date
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import field_error
from lianfang.book.models import ReadEntry
from lianfang.book.registers import new_id
from lianfang.book.rights import COUNTY, Right
from lianfang.people.actions.seen import known, taken, tidy
from lianfang.people.models import Area, Body, Person, PostHeld, SealedField
from lianfang.people.namekeys import renew_keys


@action("register_person", says=_("{officer}登记了人员{subject}"))
def register_person(
    act: Act,
    *,
    name: str,
    rank: str = "",
    area: Area | None = None,
    document_kind: str = "",
    document_number: str = "",
    phone: str = "",
    remark: str = "",
    id: UUID | None = None,
) -> Person:
    """A person; number and phone are sealed. Raises ValidationError, also when the number is known."""
    act.require(Right.KEEP_PERSONS, area or COUNTY)
    if found := known(Person, id):
        return found
    return add_person(
        act,
        name=name,
        rank=rank,
        area=area,
        document_kind=document_kind,
        document_number=document_number,
        phone=phone,
        remark=remark,
        id=id,
    )


def add_person(
    act: Act,
    *,
    name: str,
    rank: str = "",
    area: Area | None = None,
    document_kind: str = "",
    document_number: str = "",
    phone: str = "",
    remark: str = "",
    id: UUID | None = None,
) -> Person:
    """Add a person within an act that has asked for its right. Raises ValidationError."""
    person = Person(
        id=id or new_id(),
        name=tidy(name),
        rank=rank.strip(),
        area=area,
        document_kind=document_kind,
        remark=remark.strip(),
    )
    _seal(person, document_number, phone)
    act.add(person)
    renew_keys(person)
    return person


@action("change_person", says=_("{officer}修改了人员{subject}"))
def change_person(
    act: Act,
    *,
    person: Person,
    name: str,
    rank: str,
    area: Area | None,
    remark: str,
    seen: str = "",
) -> Person:
    """Set what is known of a person, but for the sealed fields. Raises ValidationError, Conflict."""
    act.require(Right.KEEP_PERSONS, person)
    person = taken(person, seen)
    if person.area != area:
        act.require(Right.KEEP_PERSONS, area or COUNTY)
    person = act.change(person, name=tidy(name), rank=rank.strip(), area=area, remark=remark.strip())
    renew_keys(person)
    return person


@action("change_document_number", says=_("{officer}修改了{subject}的证件号码"))
def change_document_number(
    act: Act, *, person: Person, document_kind: str, document_number: str, seen: str = ""
) -> Person:
    """Seal another number, or none. Raises ValidationError for a wrong check digit or a known number."""
    act.require(Right.KEEP_PERSONS, person)
    person = taken(person, seen)
    person.document_kind = document_kind if document_number.strip() else ""
    person.seal_document_number(document_number)
    _number_is_free(person)
    return act.change(
        person,
        document_kind=person.document_kind,
        document_number=person.document_number,
        document_index=person.document_index,
        document_tail=person.document_tail,
    )


@action("change_phone", says=_("{officer}修改了{subject}的电话"))
def change_phone(act: Act, *, person: Person, phone: str, seen: str = "") -> Person:
    """Seal another phone number, or none. Raises ValidationError."""
    act.require(Right.KEEP_PERSONS, person)
    person = taken(person, seen)
    person.seal_phone(phone)
    return act.change(
        person, phone=person.phone, phone_index=person.phone_index, phone_tail=person.phone_tail
    )


@action("give_post", says=_("{officer}登记了任职{subject}"))
def give_post(
    act: Act,
    *,
    person: Person,
    body: Body,
    title: str,
    valid_from: date | None = None,
    valid_to: date | None = None,
    id: UUID | None = None,
) -> PostHeld:
    """A person holds a post at a body; one person may hold several. A rank (职级) is not a post."""
    act.require(Right.KEEP_PERSONS, person)
    act.require(Right.KEEP_PERSONS, body)
    if found := known(PostHeld, id):
        return found
    title = tidy(title, "title")
    if any(
        post.valid_to is None or valid_from is None or post.valid_to >= valid_from
        for post in PostHeld.objects.filter(person=person, body=body, title=title)
    ):
        raise field_error("title", _("该人员在这段时间已担任这一职务。"), "post_twice")
    return act.add(
        PostHeld(
            id=id or new_id(),
            person=person,
            body=body,
            title=title,
            valid_from=valid_from,
            valid_to=valid_to,
        )
    )


@action("end_post", says=_("{officer}登记了卸任:{subject}"))
def end_post(act: Act, *, post: PostHeld, on: date, seen: str = "") -> PostHeld:
    """The last day in the post is `on`. Raises ValidationError, Conflict."""
    act.require(Right.KEEP_PERSONS, post)
    return act.change(taken(post, seen), valid_to=on)


@action("read_person", says=_("{officer}查阅了{subject}"))
def read_person(act: Act, *, person: Person, what: str = "") -> ReadEntry:
    """Somebody looks at a person's page: called by each reading, before anything is shown."""
    act.require(Right.READ_PERSONS, person)
    return note_read(act, person, what or gettext("人员页面"), "")


@action("open_sealed", says=_("{officer}打开了{subject}的加密信息"))
def open_sealed(act: Act, *, person: Person, field: str, purpose: str) -> str:
    """The clear text of a sealed field, for a stated purpose. Logged with the purpose, and chained.

    Raises ValidationError without a purpose, SealBroken when the value does not open.
    """
    act.require(Right.READ_PERSONS, person)
    if len(purpose.strip()) < 2:
        raise field_error("purpose", _("请写明查看的用途。"), "required")
    if len(purpose) > _PURPOSE_LENGTH:
        raise field_error("purpose", _("用途请写在 200 字以内。"), "max_length")
    clear = person.open_phone() if field == SealedField.PHONE else person.open_document_number()
    note_read(act, person, str(SealedField(field).label), purpose.strip())
    act.note(person, opened=str(SealedField(field).value), purpose=purpose.strip())
    return clear


_PURPOSE_LENGTH = 200


def note_read(act: Act, person: Person, what: str, purpose: str) -> ReadEntry:
    """Log that the officer of an act has looked at something of a person."""
    return ReadEntry.objects.create(
        at=act.at,
        officer=act.officer,
        person_id=person.pk,
        person_name=person.name,
        what=what,
        purpose=purpose,
        address=act.actor.address,
    )


def _seal(person: Person, document_number: str, phone: str) -> None:
    """Seal both, and name what is wrong with each at once."""
    errors: dict[str, list[ValidationError]] = {}
    try:
        person.seal_document_number(document_number)
        _number_is_free(person)
    except ValidationError as error:
        errors.update(error.error_dict)
    try:
        person.seal_phone(phone)
    except ValidationError as error:
        errors.update(error.error_dict)
    if errors:
        raise ValidationError(errors)


def _number_is_free(person: Person) -> None:
    if person.document_number and not person.document_kind:
        raise field_error("document_kind", _("请选择证件类别。"), "required")
    if (
        person.document_index
        and Person.objects.filter(document_index=person.document_index).exclude(pk=person.pk).exists()
    ):
        raise field_error("document_number", _("已有人员登记了这个证件号码。"), "document_number_taken")
