"""Imports of tables as an officer sees them, and what checking their rows has found."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from django.db.models import QuerySet

from lianfang.book.models import Response
from lianfang.book.records import Source
from lianfang.book.rights import Right
from lianfang.engines.figures import Sum
from lianfang.engines.intake.sources import Role, Table
from lianfang.engines.intake.sources.titles import CHINESE_NAMES
from lianfang.giving.models import Donation, GiftKind, ImportCheck, ImportState, TableImport
from lianfang.giving.tables.gift_rows import RowFault, letters
from lianfang.giving.tables.kept_sums import sum_from_json
from lianfang.giving.tables.sheets import SheetColumns, Sheets
from lianfang.people.models import Officer

_SAMPLES = 3
_SAMPLE_FROM = 40


@dataclass(frozen=True, slots=True)
class KindSum:
    """What the rows of one kind come to."""

    kind: GiftKind
    count: int
    total: Sum


@dataclass(frozen=True, slots=True)
class ColumnSeen:
    """A column as the mapping page shows it: its letters, what it may be, and some of its cells."""

    index: int
    letters: str
    title: str
    role: Role
    factor: int
    reason: str
    samples: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SheetSeen:
    number: int
    sheet: SheetColumns
    row_count: int
    columns: tuple[ColumnSeen, ...]


def visible_imports(officer: Officer, response: Response | None) -> QuerySet[TableImport]:
    """The imports that the officer may work on, newest first."""
    rows = officer.reach(Right.BOOK_GIFTS).rows(
        areas=["recipient__area", "via__area"], bodies=["recipient", "via"]
    )
    found: QuerySet[TableImport] = (
        TableImport.objects.filter(rows, from_source__response=response)
        .select_related("from_source__written_by", "from_source__response", "recipient", "via", "table")
        .order_by("-created_at")
    )
    return found


def unfinished_imports(officer: Officer, response: Response | None) -> QuerySet[TableImport]:
    """Those that wait for a person: to be confirmed, or to go on."""
    return visible_imports(officer, response).filter(state__in=[ImportState.OPEN, ImportState.BOOKING])


def gifts_by_import() -> dict[UUID, int]:
    """How many gifts of each import were booked, also those withdrawn since, by the import's source."""
    found: Counter[UUID] = Counter()
    booked = Donation.objects.filter(corrects__isnull=True, source=Source.IMPORT)
    for reference in booked.values_list("source_reference", flat=True).iterator(chunk_size=5000):
        source, mark, _row = reference.partition("#")
        if mark and len(source) == 36:
            found[UUID(source)] += 1
    return dict(found)


def faults_of(check: ImportCheck) -> list[RowFault]:
    """The faults of the rows, in the order of the table."""
    return [RowFault(*one) for one in check.faults]


def fault_kinds(faults: Sequence[RowFault]) -> list[tuple[str, int]]:
    """How many faults of each kind, the most frequent first: the sentence of the first, and the count."""
    first: dict[str, str] = {}
    for fault in faults:
        first.setdefault(fault.code, fault.message)
    return [(first[code], count) for code, count in Counter(one.code for one in faults).most_common()]


def kind_sums(check: ImportCheck) -> list[KindSum]:
    """What the rows that can be booked come to, each kind apart; kinds without gifts are left out."""
    sums = [(kind, sum_from_json(check.sums[kind.value])) for kind in GiftKind if kind.value in check.sums]
    return [KindSum(kind, _count(total), total) for kind, total in sums if _count(total)]


def sheets_seen(sheets: Sheets, columns: Sequence[SheetColumns]) -> list[SheetSeen]:
    """The sheets with their columns for the page on which a person confirms them."""
    return [
        SheetSeen(
            number,
            sheet,
            sum(any(row) for row in table.rows[_first_row(sheet) :]) - len(sheet.rows_left_out),
            tuple(
                ColumnSeen(
                    column.index,
                    letters(column.index),
                    column.title,
                    column.role,
                    column.factor,
                    column.reason,
                    _samples(table, sheet, column.index),
                )
                for column in sheet.columns
            ),
        )
        for number, (table, sheet) in enumerate(zip(sheets.tables, columns, strict=True))
    ]


def role_name(role: Role) -> str:
    return CHINESE_NAMES[role]


def _samples(table: Table, sheet: SheetColumns, index: int) -> tuple[str, ...]:
    first = _first_row(sheet)
    cells = (row[index].strip() for row in table.rows[first : first + _SAMPLE_FROM])
    return tuple(dict.fromkeys(cell[:40] for cell in cells if cell))[:_SAMPLES]


def _count(total: Sum) -> int:
    return total.count + sum(one.count for one in total.beside)


def _first_row(sheet: SheetColumns) -> int:
    return 0 if sheet.header_row is None else sheet.header_row + 1
