"""Reading a table's rows: those that can be taken, and those that cannot, each with its reason."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from lianfang.book.rights import COUNTY, Reach
from lianfang.people.importing.bodies import BodyRow, read_body
from lianfang.people.importing.known import Known, RowError
from lianfang.people.importing.persons import KnownPersons, PersonRow, read_person
from lianfang.people.importing.tables import COLUMNS, BadRow, Column, Table, filled, find_header, shown

Row = BodyRow | PersonRow


@dataclass(frozen=True, slots=True)
class Reading:
    """What a table says.

    `columns` are those understood, each with its head in the table; `not_understood` are the heads
    of the others. `good` holds new rows and those that stand in the register already.
    """

    table: str
    columns: tuple[tuple[Column, str], ...]
    not_understood: tuple[str, ...]
    good: tuple[Row, ...]
    bad: tuple[BadRow, ...]

    @property
    def new(self) -> tuple[Row, ...]:
        return tuple(row for row in self.good if row.there is None)

    @property
    def there(self) -> tuple[Row, ...]:
        return tuple(row for row in self.good if row.there is not None)


def read_rows(table: str, rows: Sequence[Sequence[str]], reach: Reach) -> Reading:
    """Read a table with a head. `reach` is where the officer may register; other rows are bad ones.

    Raises NoHeader. A number of queries that does not grow with the rows.
    """
    header = find_header(COLUMNS[table], rows)
    known = Known.now()
    read = _reader(table, known)
    titles = {column.field: str(column.title) for column in COLUMNS[table]}
    good: list[Row] = []
    bad: list[BadRow] = []
    seen: dict[object, int] = {}
    for number, cells in filled(rows, header.row, header.fields):
        try:
            row = read(number, {"name": "", **cells})
            if row.key in seen:
                raise RowError("name", _("与第 %(row)d 行重复。") % {"row": seen[row.key]})
            if not _reaches(reach, row):
                raise RowError("area", _("您不能登记这个属地(单位)的名册。"))
        except RowError as error:
            bad.append(BadRow(number, titles[error.field], shown(cells, error.field), error.message))
            continue
        seen[row.key] = number
        good.append(row)
    understood = tuple(
        (column, header.heads[header.fields.index(column.field)])
        for column in COLUMNS[table]
        if column.field in header.fields
    )
    others = tuple(head for head, name in zip(header.heads, header.fields, strict=True) if head and not name)
    return Reading(table, understood, others, tuple(good), tuple(bad))


def _reader(table: str, known: Known) -> Callable[[int, Mapping[str, str]], Row]:
    if table == Table.BODIES:
        return lambda number, cells: read_body(number, cells, known)
    persons = KnownPersons()
    return lambda number, cells: read_person(number, cells, known, persons)


def _reaches(reach: Reach, row: Row) -> bool:
    here = reach.covers(row.area.scope() if row.area else COUNTY)
    if isinstance(row, PersonRow) and row.body and row.posts:
        return here and reach.covers(row.body.scope())
    return here
