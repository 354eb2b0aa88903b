"""An uploaded table: its sheets, and which column of each is what."""

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from django.utils.translation import gettext_lazy as _

from lianfang.book.errors import Refused
from lianfang.engines.intake.sources import (
    ColumnGuess,
    Layout,
    Merge,
    Role,
    Table,
    filled,
    guess_columns,
    read_source,
)

# What a merged cell says holds for all its rows where it names someone or a day; money stands once.
_REPEATED = frozenset(
    {Role.DONOR, Role.RECIPIENT, Role.VIA, Role.DATE, Role.PURPOSE, Role.NAMING, Role.COUNTERPARTY}
)


@dataclass(frozen=True, slots=True)
class Sheets:
    """The sheets of a file that was read. `remarks` are sentences that a person should know."""

    file_name: str
    digest: str
    tables: tuple[Table, ...]
    remarks: tuple[str, ...] = ()

    def as_cells(self) -> dict[str, Any]:
        """What is sealed; `sheets_from` makes the sheets from it again."""
        return {
            "remarks": list(self.remarks),
            "sheets": [
                {
                    "name": table.name,
                    "rows": [list(row) for row in table.rows],
                    "merges": [
                        [m.first_row, m.first_column, m.last_row, m.last_column] for m in table.merges
                    ],
                }
                for table in self.tables
            ],
        }


@dataclass(frozen=True, slots=True)
class SheetColumns:
    """Which column of one sheet is what, as guessed, remembered or chosen by a person.

    `header_row` is counted from 0, None where the sheet has no header. `rows_left_out` are totals, notes
    and repeated headers.
    """

    name: str
    taken: bool
    header_row: int | None
    columns: tuple[ColumnGuess, ...]
    rows_left_out: frozenset[int]
    signature: str
    layout: str
    remembered: bool = False

    def column(self, role: Role) -> ColumnGuess | None:
        return next((column for column in self.columns if column.role is role), None)

    def has(self, role: Role) -> bool:
        return self.column(role) is not None

    def as_json(self) -> dict[str, Any]:
        return {
            "name": self.name,
            "taken": self.taken,
            "header_row": self.header_row,
            "left_out": sorted(self.rows_left_out),
            "signature": self.signature,
            "layout": self.layout,
            "remembered": self.remembered,
            "columns": [
                {"title": c.title, "role": c.role.value, "factor": c.factor, "reason": c.reason}
                for c in self.columns
            ],
        }

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> "SheetColumns":
        columns = tuple(
            ColumnGuess(index, one["title"], Role(one["role"]), 1.0, one["reason"], one["factor"])
            for index, one in enumerate(data["columns"])
        )
        return cls(
            data["name"],
            data["taken"],
            data["header_row"],
            columns,
            frozenset(data["left_out"]),
            data["signature"],
            data["layout"],
            data["remembered"],
        )


@dataclass(frozen=True, slots=True)
class ChosenColumn:
    """What a person says of one column: its role, and what one stands for (1 or 10,000 yuan)."""

    role: Role
    factor: int = 1


@dataclass(frozen=True, slots=True)
class Row:
    """One row that is an entry: its sheet and number (both from 0), its cells by role."""

    sheet: int
    number: int
    cells: Mapping[Role, str]

    def __getitem__(self, role: Role) -> str:
        return self.cells.get(role, "")


def read_sheets(file_name: str, data: bytes) -> Sheets:
    """The sheets of a file. Raises SourceError, and Refused (`no_table`) for a file without a table."""
    source = read_source(file_name, data)
    tables = tuple(table for table in source.tables if any(any(row) for row in table.rows))
    if not tables:
        raise Refused(
            _("「%(file)s」里没有表格。成段的文字请到「收入材料」粘贴识读。") % {"file": file_name[:60]},
            "no_table",
        )
    return Sheets(
        file_name[-200:],
        hashlib.sha256(data).hexdigest(),
        tables,
        tuple(remark.text for remark in source.warnings),
    )


def sheets_from(file_name: str, digest: str, cells: Mapping[str, Any]) -> Sheets:
    """The sheets out of what was sealed."""
    tables = tuple(
        Table(
            sheet["name"],
            tuple(tuple(row) for row in sheet["rows"]),
            tuple(Merge(*merge) for merge in sheet["merges"]),
        )
        for sheet in cells["sheets"]
    )
    return Sheets(file_name, digest, tables, tuple(cells["remarks"]))


def guessed(sheets: Sheets, layouts: Iterable[Layout]) -> tuple[SheetColumns, ...]:
    """The guess for each sheet; sheets of other layouts are not taken, unless there is no fitting one."""
    wanted = set(layouts)
    found = []
    for table in sheets.tables:
        mapping = guess_columns(table.rows)
        found.append(
            SheetColumns(
                table.name,
                mapping.layout in wanted,
                mapping.header_row,
                mapping.columns,
                mapping.left_out,
                mapping.signature,
                mapping.layout.value,
            )
        )
    if not any(sheet.taken for sheet in found):
        found[0] = replace(found[0], taken=True)
    return tuple(found)


def with_remembered(
    columns: Sequence[SheetColumns], known: Mapping[str, Sequence[ChosenColumn]]
) -> tuple[SheetColumns, ...]:
    """The columns as they were confirmed for the same header before; `known` is by signature."""
    return tuple(
        replace(with_choice(sheet, known[sheet.signature], str(_("上次确认过"))), remembered=True, taken=True)
        if sheet.signature and len(known.get(sheet.signature, ())) == len(sheet.columns)
        else sheet
        for sheet in columns
    )


def with_choice(sheet: SheetColumns, chosen: Sequence[ChosenColumn], reason: str = "") -> SheetColumns:
    """The sheet with the columns that a person has chosen."""
    return replace(
        sheet,
        columns=tuple(
            replace(guess, role=choice.role, factor=choice.factor, reason=reason or guess.reason)
            for guess, choice in zip(sheet.columns, chosen, strict=True)
        ),
    )


def rows_of(sheets: Sheets, columns: Sequence[SheetColumns]) -> list[Row]:
    """The entries of the sheets that are taken, in their order."""
    found: list[Row] = []
    for number, (table, sheet) in enumerate(zip(sheets.tables, columns, strict=True)):
        if sheet.taken:
            found += _entries(number, table, sheet)
    return found


def _entries(sheet_number: int, table: Table, sheet: SheetColumns) -> list[Row]:
    repeated = {column.index for column in sheet.columns if column.role in _REPEATED}
    rows = filled(table, repeated).rows if table.merges else table.rows
    first = 0 if sheet.header_row is None else sheet.header_row + 1
    by_role = [(column.index, column.role) for column in sheet.columns if column.role is not Role.OTHER]
    return [
        Row(
            sheet_number,
            number,
            {role: row[index].strip() for index, role in by_role if index < len(row) and row[index].strip()},
        )
        for number, row in enumerate(rows)
        # Whether a row is empty is asked of the file: what a merged cell lends it does not fill it.
        if number >= first
        and number not in sheet.rows_left_out
        and any(c.strip() for c in table.rows[number])
    ]
