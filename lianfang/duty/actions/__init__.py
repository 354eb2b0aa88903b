"""The only functions that write duty. One function an act."""

from lianfang.duty.actions.handovers import review_handover
from lianfang.duty.actions.planning import MemberLine, PostLine, change_roster, set_up_roster
from lianfang.duty.actions.registers import (
    change_member,
    end_member,
    end_post,
    enter_member,
    keep_post,
    link_member,
    renew_calendar,
    wish,
    withdraw_wish,
)
from lianfang.duty.actions.rosters import (
    exchange_cells,
    keep_draft,
    publish_roster,
    put_on_duty,
    report_absence,
    substitute,
    withdraw_absence,
)
from lianfang.duty.actions.swaps import answer_swap, ask_swap, decide_swap

__all__ = [
    "MemberLine",
    "PostLine",
    "answer_swap",
    "ask_swap",
    "change_member",
    "change_roster",
    "decide_swap",
    "end_member",
    "end_post",
    "enter_member",
    "exchange_cells",
    "keep_draft",
    "keep_post",
    "link_member",
    "publish_roster",
    "put_on_duty",
    "renew_calendar",
    "report_absence",
    "review_handover",
    "set_up_roster",
    "substitute",
    "wish",
    "withdraw_absence",
    "withdraw_wish",
]
