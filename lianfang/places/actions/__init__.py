"""The only functions that write what this app keeps. One function an act."""

from lianfang.places.actions.buildings import (
    Built,
    Plan,
    add_building,
    add_room,
    build_compound,
    change_building,
    change_room_use,
    strike_room,
)
from lianfang.places.actions.employees import change_employee, end_employment, register_employee
from lianfang.places.actions.households import (
    call_person,
    change_household,
    change_resident,
    end_household,
    end_vehicle,
    move_out,
    read_household,
    register_household,
    register_resident,
    register_vehicle,
)
from lianfang.places.actions.imports import import_place_rows, keep_place_import_draft
from lianfang.places.actions.measures import begin_measure, release_measure
from lianfang.places.actions.merging import (
    merge_households,
    merge_persons,
    merge_places,
    undo_register_merge,
)
from lianfang.places.actions.moving import move_household, move_resident, split_household
from lianfang.places.actions.passes import (
    Validity,
    issue_household_passes,
    issue_passes,
    replace_pass,
    revoke_passes,
    rotate_pass_key,
    withdraw_pass_key,
)
from lianfang.places.actions.places import change_place, end_place_state, register_place, set_place_state
from lianfang.places.actions.spots import (
    change_spot,
    close_spot,
    register_spot,
    register_stairwell_spots,
    renew_spot_code,
)

__all__ = [
    "Built",
    "Plan",
    "Validity",
    "add_building",
    "add_room",
    "begin_measure",
    "build_compound",
    "call_person",
    "change_building",
    "change_employee",
    "change_household",
    "change_place",
    "change_resident",
    "change_room_use",
    "change_spot",
    "close_spot",
    "end_employment",
    "end_household",
    "end_place_state",
    "end_vehicle",
    "import_place_rows",
    "issue_household_passes",
    "issue_passes",
    "keep_place_import_draft",
    "merge_households",
    "merge_persons",
    "merge_places",
    "move_household",
    "move_out",
    "move_resident",
    "read_household",
    "register_employee",
    "register_household",
    "register_place",
    "register_resident",
    "register_spot",
    "register_stairwell_spots",
    "register_vehicle",
    "release_measure",
    "renew_spot_code",
    "replace_pass",
    "revoke_passes",
    "rotate_pass_key",
    "set_place_state",
    "split_household",
    "strike_room",
    "undo_register_merge",
    "withdraw_pass_key",
]
