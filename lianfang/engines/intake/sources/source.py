"""What a file holds, once read."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from enum import Enum

MEBIBYTE = 1024 * 1024


class Kind(Enum):
    """What a file is, by its content."""

    TEXT = "text"
    DELIMITED = "delimited"
    WORKBOOK = "workbook"
    DOCUMENT = "document"
    PDF = "pdf"
    WEB_PAGE = "web_page"
    IMAGE = "image"


@dataclass(frozen=True, slots=True)
class Limits:
    """What is still read. Sizes in bytes; `unpacked` and `ratio` guard against zip bombs."""

    size: int = 20 * MEBIBYTE
    unpacked: int = 200 * MEBIBYTE
    ratio: int = 200
    members: int = 5_000
    rows: int = 200_000
    columns: int = 500
    cells: int = 2_000_000
    pages: int = 500
    pixels: int = 50_000_000


@dataclass(frozen=True, slots=True)
class Remark:
    """Something that people must know. `code` is for programs, `text` a Chinese sentence for people."""

    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Merge:
    """A merged block of cells, rows and columns counted from 0, last ones included."""

    first_row: int
    first_column: int
    last_row: int
    last_column: int


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of texts, all equally wide. `name` is that of the sheet, or says which table of the file it is.

    A merged block has its text in its first cell only: see `filled`.
    """

    name: str
    rows: tuple[tuple[str, ...], ...]
    merges: tuple[Merge, ...] = ()


@dataclass(frozen=True, slots=True)
class Source:
    """What was read. `text` holds everything, tables as lines with tabs; `tables` holds the tables again.

    `encoding` is set for texts only ("utf-8", "gb18030"…).
    """

    kind: Kind
    text: str
    tables: tuple[Table, ...] = ()
    encoding: str = ""
    warnings: tuple[Remark, ...] = ()


def filled(table: Table, columns: Collection[int]) -> Table:
    """`table` with the text of merged blocks repeated in all their rows, in `columns` only.

    For columns that name someone or a day. A merged amount stands once for the whole block:
    repeating it would multiply the money.
    """
    rows = [list(row) for row in table.rows]
    for merge in table.merges:
        if merge.first_row >= len(rows) or merge.first_column >= len(rows[0]):
            continue
        for column in range(merge.first_column, min(merge.last_column, len(rows[0]) - 1) + 1):
            if column in columns:
                for row in range(merge.first_row, min(merge.last_row, len(rows) - 1) + 1):
                    rows[row][column] = table.rows[merge.first_row][merge.first_column]
    return Table(table.name, tuple(tuple(row) for row in rows), table.merges)


def table_of(name: str, rows: list[list[str]], merges: tuple[Merge, ...] = ()) -> Table:
    """A table of equally wide rows; rows that are too narrow are widened with empty texts."""
    width = max((len(row) for row in rows), default=0)
    return Table(name, tuple(tuple(row) + ("",) * (width - len(row)) for row in rows), merges)


def lines_of(table: Table) -> str:
    """The table as text: cells parted by tabs, empty rows and the blanks at line ends left out."""
    lines = ("\t".join(" ".join(cell.split()) for cell in row).rstrip() for row in table.rows)
    return "\n".join(line for line in lines if line)
