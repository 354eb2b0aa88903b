"""The several names of a body, and two bodies that are one: proposed by the system, decided by a person."""

from collections.abc import Iterable
from uuid import UUID

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import Conflict, Refused, field_error
from lianfang.book.registers import new_id
from lianfang.book.rights import COUNTY, Right
from lianfang.people.actions.seen import known, taken, tidy
from lianfang.people.likeness import AlikeBodies, alike_pairs
from lianfang.people.models import (
    AliasKind,
    AliasState,
    Body,
    BodyAlias,
    Resemblance,
    ResemblanceState,
)
from lianfang.people.namekeys import renew_keys
from lianfang.people.queries.bodies import canonical_body, canonical_ids, visible_bodies


@action("add_alias", says=_("{officer}登记了又名{subject}"))
def add_alias(
    act: Act,
    *,
    body: Body,
    name: str,
    kind: str = AliasKind.SHORT,
    state: str = AliasState.CONFIRMED,
    reason: str = "",
    id: UUID | None = None,
) -> BodyAlias:
    """Another name of a body. A confirmed one may belong to one body only. Raises ValidationError."""
    act.require(Right.KEEP_REGISTERS, body)
    if found := known(BodyAlias, id):
        return found
    alias = BodyAlias(
        id=id or new_id(), body=body, name=tidy(name), kind=kind, state=state, reason=reason.strip()
    )
    if state == AliasState.CONFIRMED:
        _names_one_body(alias)
    act.add(alias)
    renew_keys(canonical_body(body))
    return alias


@action("decide_alias", says=_("{officer}判定了又名{subject}"))
def decide_alias(act: Act, *, alias: BodyAlias, state: str, seen: str = "") -> BodyAlias:
    """Confirm or refuse another name, or open the question again. Raises ValidationError, Conflict."""
    act.require(Right.KEEP_REGISTERS, alias)
    alias = taken(alias, seen)
    if state == AliasState.CONFIRMED:
        _names_one_body(alias)
    act.change(alias, state=state)
    renew_keys(canonical_body(alias.body))
    return alias


@action("strike_alias", says=_("{officer}删去了又名{subject}"))
def strike_alias(act: Act, *, alias: BodyAlias) -> None:
    """Take out a name that was entered by mistake; its history stays."""
    act.require(Right.KEEP_REGISTERS, alias)
    alias = taken(alias)
    act.strike(alias)
    renew_keys(canonical_body(alias.body))


@action("propose_aliases", says=_("{officer}查找了疑似同一单位:{subject}"))
def propose_aliases(act: Act, *, bodies: Iterable[Body] = ()) -> list[Resemblance]:
    """Propose pairs of bodies whose names look alike, among all that the officer may see.

    `bodies` limits the search to pairs that one of them is part of. A pair that was proposed or
    decided before is not proposed again. Nothing is merged.
    """
    visible = visible_bodies(act.officer, Right.KEEP_REGISTERS).filter(merged_into__isnull=True)
    act.require_any(Right.KEEP_REGISTERS, COUNTY, *visible[:1])
    decided = set(Resemblance.objects.values_list("one_id", "other_id"))
    proposals = [
        _resemblance(pair)
        for pair in alike_pairs(visible, among=frozenset(body.pk for body in bodies))
        if _ordered(pair.one, pair.other) not in decided
    ]
    return act.add_many(proposals, validated=True)


@action("propose_resemblance", says=_("{officer}提出疑似同一单位:{subject}"))
def propose_resemblance(
    act: Act, *, body: Body, other: Body, reason: str, id: UUID | None = None
) -> Resemblance:
    """A person thinks that two bodies may be one, and leaves it to be decided. Raises ValidationError."""
    act.require(Right.KEEP_REGISTERS, body)
    act.require(Right.KEEP_REGISTERS, other)
    if found := known(Resemblance, id):
        return found
    if body.pk == other.pk:
        raise field_error("other", _("请选择另一个单位。"), "same_body")
    first, second = _ordered(body.pk, other.pk)
    if known_pair := Resemblance.objects.filter(one=first, other=second).first():
        return known_pair
    return act.add(
        Resemblance(
            id=id or new_id(), one_id=first, other_id=second, score=1.0, reasons=[tidy(reason, "reason")]
        )
    )


@action("keep_apart", says=_("{officer}判定不是同一单位:{subject}"))
def keep_apart(act: Act, *, resemblance: Resemblance, seen: str = "") -> Resemblance:
    """The two are not one body. Raises Conflict when somebody has decided meanwhile."""
    act.require(Right.KEEP_REGISTERS, resemblance.one)
    act.require(Right.KEEP_REGISTERS, resemblance.other)
    resemblance = taken(resemblance, seen)
    if resemblance.state != ResemblanceState.OPEN:
        raise Conflict
    return act.change(resemblance, state=ResemblanceState.DIFFERENT)


@action("reopen_resemblance", says=_("{officer}重新提出疑似同一单位:{subject}"))
def reopen_resemblance(act: Act, *, resemblance: Resemblance) -> Resemblance:
    """Undo `keep_apart`."""
    act.require(Right.KEEP_REGISTERS, resemblance.one)
    act.require(Right.KEEP_REGISTERS, resemblance.other)
    return act.change(taken(resemblance), state=ResemblanceState.OPEN)


@action("merge_bodies", says=_("{officer}将{subject}并入另一单位"))
def merge_bodies(act: Act, *, body: Body, into: Body) -> Body:
    """Say that `body` is `into` under another name: from now on it is read as `into`.

    Nothing that refers to `body` is rewritten. What went into `body` before goes along with it.
    Raises Refused if `into` is itself merged, Conflict if `body` has been merged meanwhile.
    """
    act.require(Right.KEEP_REGISTERS, body)
    act.require(Right.KEEP_REGISTERS, into)
    # Both rows are locked, in one order, so that two merges that cross cannot both pass.
    rows = {pk: taken(Body(pk=pk)) for pk in sorted({body.pk, into.pk})}
    body, into = rows[body.pk], rows[into.pk]
    if body.pk == into.pk:
        raise Refused(_("单位不能并入自身。"), "merge_into_itself")
    if body.merged_into_id is not None:
        raise Conflict(_("「%(body)s」刚才已被并入另一单位。") % {"body": body.name})
    if into.merged_into is not None:
        raise Refused(
            _("「%(into)s」已并入「%(top)s」,请直接并入「%(top)s」。")
            % {"into": into.name, "top": canonical_body(into).name},
            "merge_across_merged",
        )
    act.change(body, merged_into=into)
    renew_keys(body, into)
    return body


@action("undo_merge", says=_("{officer}撤销了{subject}的合并"))
def undo_merge(act: Act, *, body: Body) -> Body:
    """`body` is read as itself again; all that referred to it still does. Raises Conflict if it is."""
    act.require(Right.KEEP_REGISTERS, body)
    body = taken(body)
    if body.merged_into is None:
        raise Conflict
    act.require(Right.KEEP_REGISTERS, body.merged_into)
    top = canonical_body(body)
    act.change(body, merged_into=None)
    renew_keys(body, top)
    return body


def _names_one_body(alias: BodyAlias) -> None:
    """A confirmed name leads to one body; two that are merged are one."""
    into = canonical_ids()
    here = into.get(alias.body_id, alias.body_id)
    holders = [
        *BodyAlias.objects.filter(name=alias.name, state=AliasState.CONFIRMED).values_list(
            "body_id", "body__name"
        ),
        *Body.objects.filter(name=alias.name).values_list("pk", "name"),
    ]
    for pk, name in holders:
        if into.get(pk, pk) != here:
            raise ValidationError(
                {
                    "name": ValidationError(
                        _("「%(alias)s」已是「%(body)s」的名称。若是同一单位,请合并。")
                        % {"alias": alias.name, "body": name},
                        code="alias_of_another",
                    )
                }
            )


def _resemblance(pair: AlikeBodies) -> Resemblance:
    one, other = _ordered(pair.one, pair.other)
    return Resemblance(one_id=one, other_id=other, score=pair.score, reasons=list(pair.reasons))


def _ordered(one: UUID, other: UUID) -> tuple[UUID, UUID]:
    return (one, other) if one < other else (other, one)
