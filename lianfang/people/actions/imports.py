"""Registers from a table: all rows, or those that can be taken, in one act."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import Refused
from lianfang.book.registers import new_id
from lianfang.book.rights import COUNTY, Right, Scope
from lianfang.people.importing import BadRow, BodyRow, PersonRow, Table, read_rows
from lianfang.people.models import AliasKind, Body, BodyAlias, ImportDraft, Person, PostHeld
from lianfang.people.namekeys import renew_many

RIGHT_FOR_TABLE: dict[str, Right] = {
    Table.BODIES: Right.KEEP_REGISTERS,
    Table.PERSONS: Right.KEEP_PERSONS,
}


DRAFT_HOLDS = timedelta(days=1)


class BadRows(StrEnum):
    """What happens when some rows cannot be taken."""

    REFUSE_ALL = "refuse_all"
    LEAVE_OUT = "leave_out"


class RowsRefused(Refused):
    """Some rows cannot be taken, so none was. `rows` names each with its reason."""

    def __init__(self, rows: Sequence[BadRow]) -> None:
        super().__init__(_("有 %(count)d 行不能导入,整张表未导入。") % {"count": len(rows)}, "bad_rows")
        self.rows = tuple(rows)


@dataclass(frozen=True, slots=True)
class Imported:
    """How many rows were added, how many stood in the register already, and which were left out."""

    added: int
    there: int
    left_out: tuple[BadRow, ...]


@action("keep_import_draft", says=_("{officer}上传了待导入的表{subject}"))
def keep_import_draft(act: Act, *, table: str, file_name: str, rows: Sequence[Sequence[str]]) -> ImportDraft:
    """Keep an uploaded table, sealed, until the officer has seen its preview and decided.

    Drafts of the day before, anybody's, are struck.
    """
    act.require_any(RIGHT_FOR_TABLE[table], COUNTY, *_kept_somewhere(act, RIGHT_FOR_TABLE[table]))
    ImportDraft.objects.filter(created_at__lt=act.at - DRAFT_HOLDS).delete()
    draft = ImportDraft(officer=act.officer, table=table, file_name=file_name[:200], created_at=act.at)
    draft.seal_rows(rows)
    draft.save()
    return draft


@action("give_up_import", says=_("{officer}放弃了导入"))
def give_up_import(act: Act, *, draft: ImportDraft) -> None:
    """Strike an uploaded table; only the officer who uploaded it does so."""
    act.anyone()
    ImportDraft.objects.filter(pk=draft.pk, officer=act.officer).delete()


@action("import_rows", says=_("{officer}导入了{subject}"))
def import_rows(
    act: Act, *, table: str, rows: Sequence[Sequence[str]], bad_rows: BadRows = BadRows.REFUSE_ALL
) -> Imported:
    """Add what a table says to the register; what stands there already is left as it is.

    So the same table imported twice changes nothing. Raises RowsRefused (nothing is written),
    NoHeader, NotAllowed when none of it lies where the officer keeps the register.
    """
    right = RIGHT_FOR_TABLE[table]
    reading = read_rows(table, rows, act.officer.reach(right))
    act.require_any(right, COUNTY, *(row.area for row in reading.good if row.area))
    if reading.bad and bad_rows is BadRows.REFUSE_ALL:
        raise RowsRefused(reading.bad)
    if table == Table.BODIES:
        _add_bodies(act, [row for row in reading.new if isinstance(row, BodyRow)])
    else:
        _add_persons(act, [row for row in reading.new if isinstance(row, PersonRow)])
    return Imported(len(reading.new), len(reading.there), reading.bad)


def _kept_somewhere(act: Act, right: Right) -> list[Scope]:
    """The scopes of the officer's own grants with this right."""
    return [grant.scope() for grant in act.officer.grants_with(right)]


def _add_bodies(act: Act, rows: Sequence[BodyRow]) -> None:
    bodies = [
        Body(
            id=new_id(),
            name=row.name,
            kind=row.kind,
            area=row.area,
            parent=row.parent,
            credit_code=row.credit_code,
            remark=row.remark,
        )
        for row in rows
    ]
    act.add_many(bodies, validated=True)
    act.add_many(
        [
            BodyAlias(id=new_id(), body=body, name=alias, kind=AliasKind.SHORT)
            for body, row in zip(bodies, rows, strict=True)
            for alias in row.aliases
        ],
        validated=True,
    )
    renew_many(bodies)


def _add_persons(act: Act, rows: Sequence[PersonRow]) -> None:
    persons: list[Person] = [row.person for row in rows]
    act.add_many(persons, validated=True)
    act.add_many(
        [
            PostHeld(id=new_id(), person=row.person, body=row.body, title=title)
            for row in rows
            if row.body
            for title in row.posts
        ],
        validated=True,
    )
    renew_many(persons)
