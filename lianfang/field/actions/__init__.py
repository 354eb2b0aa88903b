"""What is written in the field: phones that are enrolled and revoked, PINs, and the batches that arrive."""

from lianfang.field.actions.devices import (
    Enrolled,
    PreparedEnrolment,
    enrol_at_once,
    enrol_device,
    prepare_enrolment,
    rename_device,
    revoke_device,
)
from lianfang.field.actions.pins import end_pin, give_pin
from lianfang.field.actions.refused import settle_refused
from lianfang.field.actions.uploads import receive_upload

__all__ = [
    "Enrolled",
    "PreparedEnrolment",
    "end_pin",
    "enrol_at_once",
    "enrol_device",
    "give_pin",
    "prepare_enrolment",
    "receive_upload",
    "rename_device",
    "revoke_device",
    "settle_refused",
]
