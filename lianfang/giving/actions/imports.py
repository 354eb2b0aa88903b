"""Taking in a table of gifts: uploaded, its columns confirmed, its rows checked, then booked in stretches.

Each stretch is one act: after a break, however it came, the import goes on where the last stretch ended.
The id of a gift follows from its row, so no row is ever booked twice.
"""

import hashlib
import json
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TYPE_CHECKING, Any
from uuid import UUID, uuid5

from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.errors import Conflict, Refused, field_error
from lianfang.book.models import Response
from lianfang.book.records import Source
from lianfang.book.rights import Right, Scope
from lianfang.engines.figures import Amount, Bound, Sum, add
from lianfang.engines.intake.sources import Layout, Role
from lianfang.giving.actions.donations import Arrival, receive_many
from lianfang.giving.gifts import Gift, value_of
from lianfang.giving.models import (
    ColumnMapping,
    Donation,
    DonationState,
    GiftKind,
    GiftSource,
    ImportCheck,
    ImportState,
    SourceKind,
    TableImport,
    TablePurpose,
    UploadedTable,
)
from lianfang.giving.tables.directory import Directory
from lianfang.giving.tables.gift_rows import ReadRow, RowFault, RowReader, names_in
from lianfang.giving.tables.kept_sums import sum_as_json
from lianfang.giving.tables.sheets import (
    ChosenColumn,
    Row,
    SheetColumns,
    Sheets,
    guessed,
    rows_of,
    sheets_from,
    with_choice,
    with_remembered,
)
from lianfang.people.models import Body

if TYPE_CHECKING:
    from django_stubs_ext import StrPromise

ROWS_AT_ONCE = 500
Lacks = Callable[[frozenset[Role]], "StrPromise | None"]
_NEEDED = frozenset({Role.AMOUNT, Role.ITEM, Role.VALUE})


class FaultyRows(StrEnum):
    """What happens when some rows cannot be booked."""

    REFUSE_ALL = "refuse_all"
    LEAVE_OUT = "leave_out"


class RowsRefused(Refused):
    """Some rows cannot be booked, so none is."""

    def __init__(self, count: int) -> None:
        super().__init__(
            _("有 %(count)d 处问题,整张表未导入。请改好后重新上传,或选择不导入这些行。") % {"count": count},
            "faulty_rows",
        )


@dataclass(frozen=True, slots=True)
class Prepared:
    """An import, and whether the same file had come before."""

    table_import: TableImport
    already_there: bool


@dataclass(frozen=True, slots=True)
class SheetChoice:
    """What a person says of one sheet: whether it is taken, and what each column is."""

    taken: bool
    columns: Sequence[ChosenColumn]


@action("prepare_import", says=_("{officer}上传了捐赠明细表《{subject}》"))
def prepare_import(
    act: Act,
    *,
    response: Response,
    sheets: Sheets,
    recipient: Body | None = None,
    via: Body | None = None,
    booked_as: str = DonationState.RECEIVED,
    title: str = "",
) -> Prepared:
    """Keep an uploaded table for import. `recipient` and `via` hold for rows that name none.

    The same file is recognised: the import that is there is returned, an abandoned one is opened again.
    Raises Refused (`imported_elsewhere`), NotAllowed.
    """
    act.require(Right.BOOK_GIFTS, _scope(recipient, via))
    known = GiftSource.objects.newest().filter(response=response, digest=sheets.digest).first()
    if known is not None:
        return Prepared(_again(act, known, recipient, via, booked_as), already_there=True)
    source = _add_source(
        act,
        GiftSource(
            response=response,
            written_by=act.officer,
            source=Source.IMPORT,
            kind=SourceKind.TABLE,
            title=(title.strip() or sheets.file_name.rsplit(".", 1)[0])[:200] or sheets.file_name,
            body=via or recipient,
            file_name=sheets.file_name,
            digest=sheets.digest,
        ),
    )
    made = act.add(
        TableImport(
            from_source=source,
            table=keep_table(act, sheets),
            recipient=recipient,
            via=via,
            booked_as=booked_as,
            columns=[one.as_json() for one in columns_for(sheets, TablePurpose.GIFTS)],
        )
    )
    return Prepared(made, already_there=False)


@action("set_columns", says=_("{officer}核对了《{subject}》的列"))
def set_columns(act: Act, *, table_import: TableImport, choices: Sequence[SheetChoice]) -> TableImport:
    """Say which column is which, remember it for the next table with this header, and check all rows.

    Raises ValidationError (`sheet-<number>`: a role given twice, no giver, nothing that is given), Refused
    (`not_open`), NotAllowed.
    """
    held = _held(act, table_import)
    _refuse_unless_open(held)
    columns = chosen_columns(
        [SheetColumns.from_json(one) for one in held.columns], choices, _lacks_gift_column
    )
    remember_columns(act, TablePurpose.GIFTS, columns)
    return _checked_again(act, held, columns)


@action("check_import", says=_("{officer}重新核对了《{subject}》的各行"))
def check_import(act: Act, *, table_import: TableImport) -> TableImport:
    """Check all rows anew: the register, the rules or the officer's rights may have changed since."""
    held = _held(act, table_import)
    _refuse_unless_open(held)
    return _checked_again(act, held, [SheetColumns.from_json(one) for one in held.columns])


@action("start_import", says=_("{officer}开始导入《{subject}》"))
def start_import(
    act: Act, *, table_import: TableImport, faulty_rows: FaultyRows, seen: str = ""
) -> TableImport:
    """Begin booking. With LEAVE_OUT exactly the faulty rows stay out.

    `seen` is the `mark_of_faults` that the person had before the eyes. Raises RowsRefused, Conflict when
    other rows are faulty now than were seen, Refused (`not_open`, `nothing_to_book`), NotAllowed.
    """
    held = _held(act, table_import)
    if held.state == ImportState.BOOKING:
        return held
    _refuse_unless_open(held)
    if not held.columns_confirmed:
        raise Refused(_("请先核对各列。"), "columns_unconfirmed")
    found = ImportCheck.objects.get(pk=held.pk)
    if found.faults and faulty_rows is FaultyRows.REFUSE_ALL:
        raise RowsRefused(len(found.faults))
    if seen and seen != mark_of_faults(found.faults):
        raise Conflict(_("核对结果刚才有变化,请再看一遍不导入的行。"))
    if not found.rows:
        raise Refused(_("没有可以导入的行。"), "nothing_to_book")
    return act.change(held, state=ImportState.BOOKING)


@action("book_next_rows", says=_("{officer}导入《{subject}》的一批"))
def book_next_rows(act: Act, *, table_import: TableImport, from_row: int | None = None) -> TableImport:
    """Book the next stretch of rows in one act, and note how far the import is.

    Nothing happens where it is finished already, or where `from_row` is not the next row: somebody else has
    booked that stretch. A row that can no longer be booked (its body was taken out meanwhile) is left
    out with its reason. Raises NotAllowed.
    """
    held = _held(act, table_import)
    if held.state != ImportState.BOOKING or (from_row is not None and from_row != held.next_row):
        return held
    found = ImportCheck.objects.get(pk=held.pk)
    until = min(held.next_row + ROWS_AT_ONCE, len(found.rows))
    wanted = {tuple(place) for place in found.rows[held.next_row : until]}
    sheets = sheets_of(held)
    columns = [SheetColumns.from_json(one) for one in held.columns]
    rows = [row for row in rows_of(sheets, columns) if (row.sheet, row.number) in wanted]
    reader = _reader(act, held, columns, rows)
    booked, faults = _book(act, held, reader, rows)
    if faults:
        found.faults = [*found.faults, *(fault.as_json() for fault in faults)]
        found.save()
    finished = until == len(found.rows)
    return act.change(
        held,
        next_row=until,
        gift_count=held.gift_count + booked,
        left_out_count=_rows_with(found.faults),
        state=ImportState.FINISHED if finished else ImportState.BOOKING,
        finished_at=act.at if finished else None,
    )


@action("abandon_import", says=_("{officer}放弃了导入《{subject}》"))
def abandon_import(act: Act, *, table_import: TableImport) -> TableImport:
    """Stop an import. What is booked stays booked. The same file opens it again.

    Raises Refused (`finished`), NotAllowed.
    """
    held = _held(act, table_import)
    if held.state == ImportState.FINISHED:
        raise Refused(_("这份表格已导入完毕。"), "finished")
    return act.change(held, state=ImportState.ABANDONED)


def columns_for(sheets: Sheets, purpose: str) -> tuple[SheetColumns, ...]:
    """The guessed columns of each sheet, or those that were confirmed for the same header before."""
    layouts = (
        [Layout.GIFTS]
        if purpose == TablePurpose.GIFTS
        else [Layout.BANK_STATEMENT, Layout.WECHAT_BILL, Layout.ALIPAY_BILL]
    )
    found = guessed(sheets, layouts)
    signatures = [one.signature for one in found if one.signature]
    known = ColumnMapping.objects.filter(purpose=purpose, signature__in=signatures)
    return with_remembered(
        found,
        {
            mapping.signature: [ChosenColumn(Role(role), factor) for role, factor in mapping.columns]
            for mapping in known
        },
    )


def keep_table(act: Act, sheets: Sheets) -> UploadedTable:
    """Keep the cells of a file, sealed."""
    table = UploadedTable(
        officer=act.officer, created_at=act.at, file_name=sheets.file_name, digest=sheets.digest
    )
    table.seal_cells(sheets.as_cells())
    table.save(force_insert=True)
    return table


def sheets_of(held: TableImport) -> Sheets:
    """The sheets of an import. Raises SealBroken."""
    return sheets_from(held.table.file_name, held.table.digest, held.table.open_cells())


def remember_columns(act: Act, purpose: str, columns: Iterable[SheetColumns]) -> None:
    """Remember what a person has said of the headers of the sheets that are taken."""
    for sheet in columns:
        if not sheet.taken or not sheet.signature:
            continue
        roles = [[column.role.value, column.factor] for column in sheet.columns]
        known = ColumnMapping.objects.filter(purpose=purpose, signature=sheet.signature).first()
        if known is None:
            act.add(ColumnMapping(purpose=purpose, signature=sheet.signature, columns=roles))
        else:
            act.change(known, columns=roles)


def chosen_columns(
    columns: Sequence[SheetColumns], choices: Sequence[SheetChoice], lacks: Lacks
) -> list[SheetColumns]:
    """The columns as a person has chosen them. `lacks` says which column is missing, if one is.

    Raises ValidationError under `sheet-<number>`, Conflict where the choice is of another table.
    """
    if len(columns) != len(choices):
        raise Conflict
    found: list[SheetColumns] = []
    errors: dict[str, ValidationError] = {}
    for number, (sheet, choice) in enumerate(zip(columns, choices, strict=True)):
        if len(sheet.columns) != len(choice.columns):
            raise Conflict
        made = with_choice(sheet, choice.columns)
        made = SheetColumns.from_json({**made.as_json(), "taken": choice.taken})
        roles = [column.role for column in made.columns if column.role is not Role.OTHER]
        twice = {role for role in roles if roles.count(role) > 1}
        if choice.taken and twice:
            errors[f"sheet-{number}"] = ValidationError(
                _("同一内容选在了两列上,每种内容只能对应一列。"), code="role_twice"
            )
        elif choice.taken and (lacking := lacks(frozenset(roles))):
            errors[f"sheet-{number}"] = ValidationError(lacking, code="column_missing")
        found.append(made)
    if errors:
        raise ValidationError(errors)
    if not any(sheet.taken for sheet in found):
        raise field_error("sheet-0", _("请至少选一张表导入。"), "no_sheet")
    return found


def mark_of_faults(faults: Sequence[Any]) -> str:
    """A short mark of these faults, by which one knows that they are still the ones that were seen."""
    places = sorted({(fault[0], fault[1]) for fault in faults})
    return hashlib.sha256(json.dumps(places, ensure_ascii=False).encode()).hexdigest()[:16]


def gift_id(held: TableImport, row: Row, nth: int) -> UUID:
    """The id of the nth gift of a row: the same whenever the row is booked."""
    return uuid5(held.pk, f"{row.sheet}!{row.number}!{nth}")


def reference_of(held: TableImport, sheet: str, row: Row) -> str:
    """Where a gift of an import comes from: the source, the sheet and the row as the table counts it."""
    return f"{held.from_source_id}#{sheet[:100]}!{row.number + 1}"


def _again(
    act: Act, known: GiftSource, recipient: Body | None, via: Body | None, booked_as: str
) -> TableImport:
    held = TableImport.objects.filter(from_source=known.root_id).select_related("recipient", "via").first()
    if held is None or not act.officer.reach(Right.BOOK_GIFTS).covers(held.scope()):
        raise Refused(_("同一份表格已由其他单位导入,没有重复入账。"), "imported_elsewhere")
    if held.state != ImportState.ABANDONED:
        return held
    # Its gifts may have been corrected or withdrawn since; what is in the book is not booked again.
    booked = Donation.objects.filter(
        corrects__isnull=True, source_reference__startswith=f"{held.from_source_id}#"
    )
    return act.change(
        held,
        state=ImportState.OPEN,
        recipient=recipient,
        via=via,
        booked_as=booked_as,
        columns_confirmed=False,
        next_row=0,
        gift_count=booked.count(),
    )


def _add_source(act: Act, source: GiftSource) -> GiftSource:
    try:
        with transaction.atomic():
            return act.add(source)
    except IntegrityError as error:
        raise Conflict(_("同一份表格刚刚已由他人上传,请刷新列表。")) from error


def _held(act: Act, table_import: TableImport) -> TableImport:
    """The import as it stands, locked. Raises NotAllowed."""
    TableImport._base_manager.select_for_update().get(pk=table_import.pk)
    held = TableImport.objects.select_related("from_source__response", "table", "recipient", "via").get(
        pk=table_import.pk
    )
    act.require(Right.BOOK_GIFTS, held)
    return held


def _refuse_unless_open(held: TableImport) -> None:
    if held.state != ImportState.OPEN:
        raise Refused(_("这份表格已在导入或已处理,不能再改列。"), "not_open")


def _lacks_gift_column(roles: frozenset[Role]) -> "StrPromise | None":
    if Role.DONOR not in roles:
        return _("请指出哪一列是捐赠人。")
    if not roles & _NEEDED:
        return _("请指出哪一列是金额,或哪一列是物资。")
    return None


def _checked_again(act: Act, held: TableImport, columns: Sequence[SheetColumns]) -> TableImport:
    sheets = sheets_of(held)
    rows = rows_of(sheets, columns)
    reader = _reader(act, held, columns, rows)
    read = [reader.read(row) for row in rows]
    good = [one for one in read if not one.faults]
    faults = [fault.as_json() for one in read for fault in one.faults]
    ImportCheck.objects.update_or_create(
        table_import=held,
        defaults={
            "rows": [[one.row.sheet, one.row.number] for one in good],
            "faults": faults,
            "sums": _sums(good),
        },
    )
    return act.change(
        held,
        columns=[one.as_json() for one in columns],
        columns_confirmed=True,
        row_count=len(good),
        left_out_count=_rows_with(faults),
    )


def _rows_with(faults: Sequence[Any]) -> int:
    return len({(fault[0], fault[1]) for fault in faults})


def _sums(good: Sequence[ReadRow]) -> dict[str, Any]:
    """What the gifts of these rows come to, by kind, with bounds; foreign money beside."""
    gifts = [gift for one in good for gift, _state in one.gifts]
    return {kind.value: sum_as_json(_sum_of(gifts, kind)) for kind in GiftKind}


def _sum_of(gifts: Sequence[Gift], kind: GiftKind) -> Sum:
    return add(
        Amount(gift.foreign[1], Bound.EXACT, None, gift.foreign[0]) if gift.foreign else value_of(gift)
        for gift in gifts
        if gift.kind == kind
    )


def _reader(act: Act, held: TableImport, columns: Sequence[SheetColumns], rows: Sequence[Row]) -> RowReader:
    reach = act.officer.reach(Right.BOOK_GIFTS)
    return RowReader(
        held.from_source.response,
        columns,
        Directory(names_in(rows)),
        act.at,
        reach.covers,
        held.recipient,
        held.via,
        DonationState(held.booked_as),
    )


def _book(act: Act, held: TableImport, reader: RowReader, rows: Sequence[Row]) -> tuple[int, list[RowFault]]:
    """Book these rows: how many gifts were added, and what is wrong with rows that could not be."""
    read = [reader.parse(row) for row in rows]
    faults = [fault for one in read for fault in one.faults]
    good = [one for one in read if not one.faults]
    try:
        return _receive(act, held, reader, good), faults
    except ValidationError as error:
        refused = _refused_rows(error, good, reader)
    rest = [one for one in good if (one.row.sheet, one.row.number) not in refused]
    faults += [fault for found in refused.values() for fault in found]
    return _receive(act, held, reader, rest), faults


def _receive(act: Act, held: TableImport, reader: RowReader, read: Sequence[ReadRow]) -> int:
    if not read:
        return 0
    arrivals = [
        Arrival(
            gift,
            reference_of(held, reader.columns[one.row.sheet].name, one.row),
            gift_id(held, one.row, nth),
            state=state,
        )
        for one in read
        for nth, (gift, state) in enumerate(one.gifts)
    ]
    return len(receive_many(act.actor, response=held.from_source.response, arrivals=arrivals))


def _refused_rows(
    error: ValidationError, read: Sequence[ReadRow], reader: RowReader
) -> dict[tuple[int, int], list[RowFault]]:
    """Which rows the booking refused, and why: its errors stand under `rows-<nth gift>-<field>`."""
    row_of_gift = [one.row for one in read for _gift in one.gifts]
    said: dict[int, list[tuple[str, str, str]]] = {}
    for at, errors in error.error_dict.items():
        number, _dash, field = at.removeprefix("rows-").partition("-")
        said.setdefault(int(number), []).extend(
            (field, " ".join(one.messages), one.code or "invalid") for one in errors
        )
    found: dict[tuple[int, int], list[RowFault]] = {}
    for nth, errors_of_gift in said.items():
        row = row_of_gift[nth]
        found.setdefault((row.sheet, row.number), []).extend(reader.faults_of(row, errors_of_gift))
    return found


def _scope(recipient: Body | None, via: Body | None) -> Scope:
    return Scope.of(
        areas=[body.area_id for body in (recipient, via) if body],
        bodies=[body.pk for body in (recipient, via) if body],
    )
