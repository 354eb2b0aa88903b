"""The only functions that write rounds and publicity. One function an act."""

from lianfang.rounds.actions.marks import Disinfected, record_mark, withdraw_mark
from lianfang.rounds.actions.publicity import (
    check_publicity,
    draft_bulletin,
    publish_bulletin,
    put_up,
    take_down,
)
from lianfang.rounds.actions.rounds import end_round, plan_round, set_up_screen, stop_at

__all__ = [
    "Disinfected",
    "check_publicity",
    "draft_bulletin",
    "end_round",
    "plan_round",
    "publish_bulletin",
    "put_up",
    "record_mark",
    "set_up_screen",
    "stop_at",
    "take_down",
    "withdraw_mark",
]
