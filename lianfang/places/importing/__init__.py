"""Households, residents, vehicles and employees from a table: what each row says, and which cannot be taken.

    reading = read_rows(Table.RESIDENTS, place, rows)
    reading.new, reading.there, reading.bad

Nothing is written here; see `actions.imports`.
"""

from lianfang.places.importing.reading import Reading, read_rows
from lianfang.places.importing.rows import EmployeeRow, HouseholdRow, ResidentRow, VehicleRow
from lianfang.places.importing.tables import COLUMNS, Table

__all__ = [
    "COLUMNS",
    "EmployeeRow",
    "HouseholdRow",
    "Reading",
    "ResidentRow",
    "Table",
    "VehicleRow",
    "read_rows",
]
