from lianfang.places.models.buildings import Building, BuildingKind, Room, RoomUse, Stairwell
from lianfang.places.models.employees import Employee
from lianfang.places.models.finding import AddressKey, AddressKeyKind, LookupMark
from lianfang.places.models.households import Household, HouseholdMeasure, Resident, ResidentKind, Vehicle
from lianfang.places.models.merges import Merge, MergedKind
from lianfang.places.models.passes import EntryPass, PassKind
from lianfang.places.models.photos import Photo
from lianfang.places.models.places import Place, PlaceKind, PlaceState, Regime
from lianfang.places.models.spots import Lane, Spot, SpotKind, Way, new_spot_code

__all__ = [
    "AddressKey",
    "AddressKeyKind",
    "Building",
    "BuildingKind",
    "Employee",
    "EntryPass",
    "Household",
    "HouseholdMeasure",
    "Lane",
    "LookupMark",
    "Merge",
    "MergedKind",
    "PassKind",
    "Photo",
    "Place",
    "PlaceKind",
    "PlaceState",
    "Regime",
    "Resident",
    "ResidentKind",
    "Room",
    "RoomUse",
    "Spot",
    "SpotKind",
    "Stairwell",
    "Vehicle",
    "Way",
    "new_spot_code",
]
