"""The only functions that write duty. One function an act."""

from lianfang.duty.actions.handovers import review_handover
from lianfang.duty.actions.registers import (
    change_member,
    end_member,
    end_post,
    keep_post,
    link_member,
    renew_calendar,
    wish,
)
from lianfang.duty.actions.rosters import (
    MemberLine,
    PostLine,
    change_rules,
    exchange_cells,
    keep_draft,
    publish_roster,
    put_on_duty,
    report_absence,
    set_up_roster,
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
    "change_rules",
    "decide_swap",
    "end_member",
    "end_post",
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
]
