"""The only functions that write what enterprises keep. One function an act."""

from lianfang.enterprises.actions.resumption import (
    change_filing,
    draft_filing,
    give_opinion,
    submit_filing,
)
from lianfang.enterprises.actions.sites import (
    end_site_measure,
    leave_site_post,
    set_up_site_post,
    take_site_measure,
    take_site_post,
    withdraw_ledger_entry,
    write_ledger_entry,
)
from lianfang.enterprises.actions.staff import report_staff, set_staff_state

__all__ = [
    "change_filing",
    "draft_filing",
    "end_site_measure",
    "give_opinion",
    "leave_site_post",
    "report_staff",
    "set_staff_state",
    "set_up_site_post",
    "submit_filing",
    "take_site_measure",
    "take_site_post",
    "withdraw_ledger_entry",
    "write_ledger_entry",
]
