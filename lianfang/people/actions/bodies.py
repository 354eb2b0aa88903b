"""Bodies: registering and changing them, their papers, and how many members a source says they have."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import field_error
from lianfang.book.registers import new_id
from lianfang.book.rights import COUNTY, Right
from lianfang.people.actions.seen import known, taken, tidy
from lianfang.people.models import Area, Body, BodyAlias, Document, MembershipStatement
from lianfang.people.models.bodies import AliasState
from lianfang.people.namekeys import renew_keys


@action("register_body", says=_("{officer}登记了单位{subject}"))
def register_body(
    act: Act,
    *,
    name: str,
    kind: str,
    area: Area | None = None,
    parent: Body | None = None,
    credit_code: str = "",
    may_issue_receipts: bool = False,
    remark: str = "",
    id: UUID | None = None,
) -> Body:
    """A new body under its full name. Raises ValidationError."""
    act.require(Right.KEEP_REGISTERS, area or COUNTY)
    if found := known(Body, id):
        return found
    name = tidy(name)
    _name_is_free(name, area)
    body = act.add(
        Body(
            id=id or new_id(),
            name=name,
            kind=kind,
            area=area,
            parent=parent,
            credit_code=credit_code.strip().upper(),
            may_issue_receipts=may_issue_receipts,
            remark=remark.strip(),
        )
    )
    renew_keys(body)
    return body


@action("change_body", says=_("{officer}修改了单位{subject}"))
def change_body(
    act: Act,
    *,
    body: Body,
    name: str,
    kind: str,
    area: Area | None,
    parent: Body | None,
    credit_code: str,
    may_issue_receipts: bool,
    remark: str,
    seen: str = "",
) -> Body:
    """Set what is known of a body. Raises ValidationError, Conflict."""
    act.require(Right.KEEP_REGISTERS, body)
    body = taken(body, seen)
    if body.area != area:
        act.require(Right.KEEP_REGISTERS, area or COUNTY)
    name = tidy(name)
    if (body.name, body.area_id) != (name, area.pk if area else None):
        _name_is_free(name, area)
    _no_circle_of_parents(body, parent)
    body = act.change(
        body,
        name=name,
        kind=kind,
        area=area,
        parent=parent,
        credit_code=credit_code.strip().upper(),
        may_issue_receipts=may_issue_receipts,
        remark=remark.strip(),
    )
    _renew(body)
    return body


@action("file_document", says=_("{officer}存入了文件{subject}"))
def file_document(
    act: Act,
    *,
    body: Body,
    kind: str,
    title: str,
    number: str = "",
    dated_on: date | None = None,
    text: str = "",
    id: UUID | None = None,
) -> Document:
    """A paper of a body; its text may be unknown. Raises ValidationError."""
    act.require(Right.KEEP_REGISTERS, body)
    if found := known(Document, id):
        return found
    return act.add(
        Document(
            id=id or new_id(),
            body=body,
            kind=kind,
            title=tidy(title, "title"),
            number=number.strip(),
            dated_on=dated_on,
            text=text,
        )
    )


@action("change_document", says=_("{officer}修改了文件{subject}"))
def change_document(
    act: Act,
    *,
    document: Document,
    kind: str,
    title: str,
    number: str,
    dated_on: date | None,
    text: str,
    seen: str = "",
) -> Document:
    """Set what is known of a paper. Raises ValidationError, Conflict."""
    act.require(Right.KEEP_REGISTERS, document)
    return act.change(
        taken(document, seen),
        kind=kind,
        title=tidy(title, "title"),
        number=number.strip(),
        dated_on=dated_on,
        text=text,
    )


@action("state_member_count", says=_("{officer}记下了口径数{subject}"))
def state_member_count(
    act: Act,
    *,
    body: Body,
    wording: str,
    roles: Iterable[str],
    count: int,
    source: str = "",
    id: UUID | None = None,
) -> MembershipStatement:
    """What a source says of the number of members, beside those that are known. Raises ValidationError."""
    act.require(Right.KEEP_REGISTERS, body)
    if found := known(MembershipStatement, id):
        return found
    return act.add(
        MembershipStatement(
            id=id or new_id(),
            body=body,
            wording=tidy(wording, "wording"),
            roles=[str(role) for role in roles],
            count=count,
            source=source.strip(),
        )
    )


def _name_is_free(name: str, area: Area | None) -> None:
    """The database holds this within an area; where the area is unknown, and against aliases, we do."""
    if Body.objects.filter(name=name, area=area).exists():
        raise field_error("name", _("该属地已有同名单位。"), "body_name_taken")
    alias = BodyAlias.objects.filter(name=name, state=AliasState.CONFIRMED).select_related("body").first()
    if alias:
        raise field_error(
            "name",
            _("这个名称已登记为「%(body)s」的又名。") % {"body": alias.body.name},
            "name_is_an_alias",
        )


def _no_circle_of_parents(body: Body, parent: Body | None) -> None:
    step = parent
    while step is not None:
        if step.pk == body.pk:
            raise field_error("parent", _("上级单位不能是本单位或其下级单位。"), "parent_circle")
        step = step.parent


def _renew(body: Body) -> None:
    from lianfang.people.queries.bodies import canonical_body

    renew_keys(body, canonical_body(body))
