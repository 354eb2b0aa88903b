"""What one row of a table says. `there` tells that it stands in the register already."""

from dataclasses import dataclass, field
from uuid import UUID

from lianfang.people.models import Body, Person
from lianfang.places.importing.known import Address
from lianfang.places.models import Household


@dataclass(frozen=True, slots=True)
class Home:
    """A household as a row names it: the one that stands there, or one that is to be registered.

    Rows with the same `key` are of one household.
    """

    address: Address
    head: str
    standing: Household | None

    @property
    def shown(self) -> str:
        """As people write it: 3-2-501, or the group and the head."""
        if self.standing:
            return self.standing.label
        return "-".join(part for part in self.address if part) if self.address[2] else self.head

    @property
    def key(self) -> object:
        if self.standing:
            return self.standing.pk
        return self.address if self.address[2] else (self.address[0], self.head)


@dataclass(frozen=True, slots=True)
class ResidentRow:
    number: int
    name: str
    person: Person
    """Sealed and unsaved, or the one who is known by the ID number (`known_person`)."""
    home: Home
    kind: str
    relation: str
    plates: tuple[str, ...]
    needs: str
    there: bool
    known_person: UUID | None = None


@dataclass(frozen=True, slots=True)
class HouseholdRow:
    number: int
    name: str
    person: Person | None
    home: Home
    use: str
    plates: tuple[str, ...]
    needs: str
    there: bool
    known_person: UUID | None = None


@dataclass(frozen=True, slots=True)
class VehicleRow:
    number: int
    name: str
    """The plate."""
    home: Home | None
    kind: str
    there: bool


@dataclass(frozen=True, slots=True)
class EmployeeRow:
    number: int
    name: str
    person: Person
    employer: Body
    staff_number: str
    department: str
    job: str
    there: bool
    known_person: UUID | None = field(default=None)


Row = ResidentRow | HouseholdRow | VehicleRow | EmployeeRow
