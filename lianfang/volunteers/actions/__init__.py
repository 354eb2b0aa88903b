"""The only functions that write the room of the volunteers. One function an act."""

from lianfang.volunteers.actions.certificates import issue_certificate, withdraw_certificate
from lianfang.volunteers.actions.hours import correct_hours, enter_hours, take_hours, withdraw_hours
from lianfang.volunteers.actions.pledges import Signed, make_pledge, sign_pledge, withdraw_signature
from lianfang.volunteers.actions.postings import cancel_posting, post_volunteer
from lianfang.volunteers.actions.signups import (
    accept_sign_up,
    close_call,
    decline_sign_up,
    open_call,
    sign_up_at_desk,
    sign_up_in_public,
)
from lianfang.volunteers.actions.teams import end_team, join_team, leave_team, set_up_team
from lianfang.volunteers.actions.volunteers import (
    change_volunteer,
    end_volunteer,
    open_phone,
    read_volunteer,
)

__all__ = [
    "Signed",
    "accept_sign_up",
    "cancel_posting",
    "change_volunteer",
    "close_call",
    "correct_hours",
    "decline_sign_up",
    "end_team",
    "end_volunteer",
    "enter_hours",
    "issue_certificate",
    "join_team",
    "leave_team",
    "make_pledge",
    "open_call",
    "open_phone",
    "post_volunteer",
    "read_volunteer",
    "set_up_team",
    "sign_pledge",
    "sign_up_at_desk",
    "sign_up_in_public",
    "take_hours",
    "withdraw_certificate",
    "withdraw_hours",
    "withdraw_signature",
]
