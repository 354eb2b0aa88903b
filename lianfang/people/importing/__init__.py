"""Registers from a table: what its columns mean, what each row says, which rows cannot be taken and why.

    reading = read_rows(Table.BODIES, rows)
    reading.good, reading.bad, reading.columns, reading.not_understood

Nothing is written here; see `actions.import_rows`.
"""

from lianfang.people.importing.bodies import BodyRow
from lianfang.people.importing.persons import PersonRow
from lianfang.people.importing.reading import Reading, read_rows
from lianfang.people.importing.tables import BadRow, Column, NoHeader, Table

__all__ = ["BadRow", "BodyRow", "Column", "NoHeader", "PersonRow", "Reading", "Table", "read_rows"]
