"""What the server did not take: a duty leader deals with it."""

from django.utils.translation import gettext_lazy as _

from lianfang.book.actions import Act, action
from lianfang.book.rights import Right
from lianfang.field.models import RefusedArrival


@action("settle_refused", says=_("{officer}处理了未收记录「{subject}」"))
def settle_refused(act: Act, *, refused: RefusedArrival, reason: str) -> RefusedArrival:
    """Say how a refused record was dealt with (entered by hand, a test, nothing to do); it leaves the list.

    Raises Conflict when somebody else was quicker, ValidationError when no reason is given.
    """
    act.require(Right.KEEP_GATE, refused)
    return act.withdraw(refused, reason)
